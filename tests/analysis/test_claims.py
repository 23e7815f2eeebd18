"""What a paper claims, put against its figures: the agreed verdicts of the bank, and the edges."""

from pathlib import Path

import pytest
import yaml

from feedback.analysis.claims import Kind, Known, Way, check, numbers, paragraphs, sentences, tokens

BANK = yaml.safe_load((Path(__file__).parent / "claims_bank.yaml").read_text(encoding="utf-8"))
NOT_MOVED: frozenset[Way] = frozenset()


def figure(name, share, lower, upper, went, **more):
    shared = {"share": share, "lower": lower, "upper": upper, "went": went, "series": True}
    shared = {**shared, "about": name, **more}
    return {
        name: Known(**shared, based=True),
        f"{name}, value": Known(**shared),
        f"{name}, people": Known(based=True, about=name),
        f"{name}, range": Known(spread=True, series=True, went=went, based=True, about=name),
    }


KNOWN = {
    **figure("up", 0.62, 0.57, 0.67, frozenset({Way.UP})),
    **figure("down", 0.41, 0.36, 0.46, frozenset({Way.DOWN})),
    **figure("flat", 0.48, 0.42, 0.54, NOT_MOVED),
    **figure("young", 0.75, 0.60, 0.86, None),
    **figure("high", 0.94, 0.91, 0.96, NOT_MOVED),
    **figure("low", 0.12, 0.09, 0.16, NOT_MOVED),
    **figure("unsure", 0.56, 0.41, 0.70, NOT_MOVED),
    **figure("wait", 0.30, 0.25, 0.35, frozenset({Way.DOWN}), higher_is_better=False),
    "insight taxi": Known(about="insight taxi"),
}


@pytest.mark.parametrize("entry", BANK, ids=lambda entry: entry["say"])
def test_a_sentence_gets_the_agreed_verdict(entry):
    found: dict[str, list[str]] = {}
    for each in check(entry["say"], KNOWN):
        found.setdefault(each.kind.value, []).append(each.words)
        assert entry["say"][each.start : each.start + len(each.words)] == each.words

    assert found == entry["found"]


def test_the_bank_is_large_and_has_sentences_of_both_sorts():
    assert len(BANK) >= 80
    assert sum(not entry["found"] for entry in BANK) >= 40
    assert len({kind for entry in BANK for kind in entry["found"]}) >= 5


@pytest.mark.parametrize("entry", BANK, ids=lambda entry: entry["say"])
def test_every_finding_can_be_filled_with_its_facts(entry):
    for each in check(entry["say"], KNOWN, impact=True):
        assert "%(" not in each.why % each.facts
        assert "%(" not in each.instead % each.facts


def test_an_impact_sentence_leads_to_evidence_or_owns_that_nothing_is_known():
    text = "Taxis come in time now. We do not know yet if it lasts. Trust stands at [up]."
    found = check(text, KNOWN, impact=True)

    assert [(each.kind, each.sentence) for each in found] == [
        (Kind.UNPROVED, "Taxis come in time now.")
    ]
    assert check(text, KNOWN) == []


def test_a_figure_of_the_same_paragraph_carries_a_word_and_one_of_another_does_not():
    near = "We asked about trust: [up]. Most parents trust us."
    far = "We asked about trust: [up].\nMost parents trust us."

    assert check(near, KNOWN) == []
    assert [each.kind for each in check(far, KNOWN)] == [Kind.BARE]


def test_a_word_is_put_against_the_next_figure_and_not_another_one():
    assert check("After [flat] before, most parents agree: [up].", KNOWN) == []
    found = check("After [up] before, most parents agree: [flat].", KNOWN)
    assert [each.facts["share"] for each in found] == ["48%"]


def test_only_a_word_without_a_figure_does_not_stop_a_paper():
    assert [kind for kind in Kind if not kind.stops] == [Kind.BARE]
    assert {kind for kind in Kind if not kind.may_be_kept} == {Kind.UNKNOWN, Kind.UNPROVED}


def test_each_number_that_is_no_figure_says_why():
    found = numbers("On 3 May 2026 the Year 6 class met for those aged 14; 12 parents came.")

    assert [(each.words, bool(each.reason)) for each in found] == [
        ("3 May 2026", True), ("Year 6", True), ("aged 14", True), ("12", False),
    ]  # fmt: skip


def test_a_text_is_cut_at_sentences_and_not_at_short_forms():
    text = "- We met Dr. Hill, e.g. in May. It went well (see 3.2). “Good.” Then we left"
    only = next(paragraphs(text))

    assert [each.text for each in sentences(only)] == [
        "We met Dr. Hill, e.g. in May.", "It went well (see 3.2).", "“Good.”", "Then we left",
    ]  # fmt: skip
    for each in sentences(only):
        assert text[each.start :].startswith(each.text)


def test_a_reference_is_read_whatever_its_blanks_and_capitals():
    assert [each.key for each in tokens("[ Happy ,  Latest ] and [x,,y] and [] and [a\nb]")] == [
        "happy, latest",
        "x, y",
    ]


@pytest.mark.parametrize("text", ["", "   \n\n ", "[", "]]][[", "“" * 50, "1" * 5000, "[" * 5000])
def test_strange_texts_are_read_to_their_end(text):
    # Whatever stands in a part about impact, and rests on nothing, is found.
    assert bool(check(text, KNOWN, impact=True)) == bool(text.strip())


def test_a_very_long_text_is_read_in_a_second():
    from time import perf_counter

    text = "Most parents said 12 things about the very long road of waiting, again. " * 500
    began = perf_counter()
    check(text[:40_000], KNOWN)
    assert perf_counter() - began < 3
