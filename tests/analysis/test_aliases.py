import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.aliases import spell


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Still no ECHP", "Still no EHCP"),
        ("the EHC plan is late", "the EHCP is late"),
        ("the plan is late", "the EHCP is late"),
        ("the plan for the day was late", "the plan for the day was late"),
        ("our SENDCo left", "our SENCO left"),
        ("cahms closed the case", "CAMHS closed the case"),
        ("the Portsmouth tool", "the profiling tool"),
        ("the Plymouth profiling tool", "the profiling tool"),
        ("tbh ur staff r gr8", "to be honest your staff are great"),
        ("cos they dont listen", "because they don't listen"),
        ("couldn’t of been better", "couldn't have been better"),
        ("greatful for the suport", "grateful for the support"),
        ("assesment", "assessment"),
        ("salt", "speech and language therapy"),
    ],
)
def test_many_spellings_become_one(written, plain):
    assert spell(written).text == plain


@pytest.mark.parametrize(
    "text",
    ["", "Everything was fine.", "We salted the road", "an area, a plane, a rota", "🙂", "EHCP"],
)
def test_what_is_spelt_plainly_stays(text):
    assert spell(text).text == text


def test_a_span_leads_back_to_what_was_written():
    written = "tbh the ECHP took 2 yrs, cos nobody rang"
    plain = spell(written)
    for said, stood in [
        ("EHCP", "the ECHP"),
        ("took 2", "took 2"),
        ("years", "yrs"),
        ("because nobody", "cos nobody"),
    ]:
        start = plain.text.index(said)
        first, last = plain.written(start, start + len(said))
        assert written[first:last] in (stood, stood.removeprefix("the "))


@given(st.text(alphabet="abcdehnopstu ECHP'’.,-é🙂\n", max_size=60))
def test_every_span_leads_to_a_span_of_what_was_written(written):
    plain = spell(written)
    if plain.text:
        assert plain.written(0, len(plain.text)) == (0, len(written))
    for at in range(len(plain.text)):
        start, end = plain.written(at, at + 1)
        assert 0 <= start < end <= len(written)


def test_spelling_twice_changes_nothing_more():
    once = spell("tbh ur ECHP took 2 yrs cos the sendco left, thx").text
    assert spell(once).text == once
