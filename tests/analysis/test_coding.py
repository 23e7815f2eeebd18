"""Comments get themes: from the codebook's words first, then from what people confirmed."""

import io
import json
import zipfile
from contextlib import suppress
from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest

from feedback.analysis.codebook import Codebook, Theme
from feedback.analysis.coding import (
    OtherCodebook,
    OtherVersion,
    TamperedModel,
    ThemeCoder,
    Unsure,
    UnusableCodebook,
    from_bytes,
    to_bytes,
)

CODEBOOK = Codebook(
    "a small one",
    1,
    (
        Theme(
            "waiting",
            "Waiting and delays",
            "time until an assessment or a decision",
            ("waiting", "waiting list", "months", "delay", "deadline"),
            ("We have been on the list for a year",),
        ),
        Theme("staff", "Staff manner", "", ("kind", "rude", "friendly", "lovely staff")),
        Theme("transport", "Travel and transport", "", ("taxi", "minibus", "bus", "escort")),
        Theme("food", "Food and drink", "", ("lunch", "sandwiches", "snack")),
    ),
)
CODED = [
    ("Nine months and still no assessment", ["waiting"]),
    ("The taxi was late again", ["transport"]),
    ("She was so kind to my son", ["staff"]),
    ("Lunch was cold", ["food"]),
    ("Rude on the phone", ["staff"]),
    ("No escort on the minibus", ["transport"]),
    ("Kind people but we waited ages", ["staff", "waiting"]),
    ("Nothing he can eat was on the table", ["food"]),
    ("The keyworker made us feel at ease", ["staff"]),
    ("Our keyworker is a gem", ["staff"]),
    ("Bring back the keyworker please", ["staff"]),
    ("It rained", []),
]
TEXTS = [text for text, _ in CODED]
CODES = [codes for _, codes in CODED]


@pytest.fixture(scope="module")
def learned() -> ThemeCoder:
    return ThemeCoder(CODEBOOK).fit(TEXTS * 3, CODES * 3)


def themes_of(coder: ThemeCoder, text: str) -> set[str]:
    return set(coder.read([text])[0].themes)


def shown(text: str, coder: ThemeCoder, theme: str) -> list[str]:
    return [text[span.start : span.end] for span in coder.read([text])[0].why[theme]]


# Before anybody has coded


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("We are on a waiting list", {"waiting"}),
        ("WAITED MONTHS!!!", {"waiting"}),
        ("lovely staff but the wait is awful", {"staff", "waiting"}),
        ("A taxi with a friendly escort", {"transport", "staff"}),
        ("The library is blue", set()),
    ],
)
def test_the_words_of_the_codebook_are_enough_to_begin(text, themes):
    assert themes_of(ThemeCoder(CODEBOOK), text) == themes


def test_the_words_that_moved_it_are_shown_before_any_label():
    text = "Lovely staff, but we have had months of delay"
    coder = ThemeCoder(CODEBOOK)
    assert shown(text, coder, "staff") == ["Lovely staff"]
    assert shown(text, coder, "waiting") == ["months", "delay"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It has been 10 weeks now", "10 weeks"),
        ("twelve  weeks and nothing", "twelve  weeks"),
        ("Several weeks, they said", "Several weeks"),
        ("Half of the ECHP is wrong", "ECHP"),
        ("We saw the draft plan on Monday", "draft plan"),
        ("Nobody at the apointment knew", "apointment"),
        ("still no appt :(", "appt"),
    ],
)
def test_numbers_and_other_spellings_are_found_and_shown_where_they_were_written(text, shown):
    book = Codebook(
        "spelling",
        1,
        (
            Theme("time", "How long", seeds=("# weeks",)),
            Theme("plan", "Papers", seeds=("EHCP",)),
            Theme("visit", "Visits", seeds=("appointment",)),
        ),
    )
    [reading] = ThemeCoder(book).read([text])
    assert len(reading.themes) == 1
    [span] = reading.why[reading.themes[0]]
    assert text[span.start : span.end] == shown


def test_a_number_in_a_seed_is_a_number_in_the_comment():
    book = Codebook("numbers", 1, (Theme("time", "How long", seeds=("# weeks",)),))
    said = ["10 weeks", "Ten weeks!", "weeks", "Week 10", "10 years", "some weeks"]
    assert ThemeCoder(book).predict(said)[:, 0].tolist() == [1, 1, 0, 0, 0, 0]


def test_a_word_that_two_themes_share_counts_less_for_each():
    both = Codebook("two", 1, (Theme("a", "Apple", "", ("pip",)), Theme("b", "Pear", "", ("pip",))))
    alone = Codebook("one", 1, (Theme("a", "Apple", "", ("pip",)), Theme("b", "Pear")))
    shared, own = (ThemeCoder(each).predict_scores(["a pip"])[0, 0] for each in (both, alone))
    assert shared < own


# Learning


def test_a_word_that_no_codebook_has_is_learned_from_people(learned):
    assert "staff" not in themes_of(ThemeCoder(CODEBOOK), "Our keyworker left")
    assert "staff" in themes_of(learned, "Our keyworker left")
    assert shown("Our keyworker left", learned, "staff")[0].endswith("keyworker")


def test_what_people_say_against_a_seed_outweighs_it():
    texts = [f"The bus stop poster {n} was nice" for n in "abcdefghijklmnopqrst"]
    coder = ThemeCoder(CODEBOOK)
    before = coder.predict_scores(["The bus stop poster"])[0, 2]
    after = coder.fit(texts, [[] for _ in texts]).predict_scores(["The bus stop poster"])[0, 2]
    assert before > coder.calibration.threshold > after


def test_seeds_still_count_for_a_theme_that_nobody_has_confirmed_yet():
    coder = ThemeCoder(CODEBOOK).fit(TEXTS[:3], CODES[:3])
    assert "food" in themes_of(coder, "lunch and a snack")


def test_one_label_moves_it_a_little_and_many_move_it_more():
    scores = [
        ThemeCoder(CODEBOOK)
        .fit([f"sensory room {n}" for n in range(count)], [["staff"]] * count)
        .predict_scores(["the sensory room"])[0, 1]
        for count in (0, 1, 8)
    ]
    assert scores[0] < scores[1] < scores[2]


def test_codes_and_a_table_of_nought_and_one_are_the_same():
    coder = ThemeCoder(CODEBOOK)
    table = coder.truth(CODES, len(CODES))
    by_table, by_codes = (ThemeCoder(CODEBOOK).fit(TEXTS, each) for each in (table, CODES))
    np.testing.assert_array_equal(by_table.predict_scores(TEXTS), by_codes.predict_scores(TEXTS))


def test_the_same_comments_give_the_same_coder(learned):
    assert to_bytes(ThemeCoder(CODEBOOK).fit(TEXTS * 3, CODES * 3)) == to_bytes(learned)


def test_a_new_fit_keeps_nothing_of_the_last():
    twice = ThemeCoder(CODEBOOK).fit(TEXTS, CODES).fit(TEXTS[:6], CODES[:6])
    assert to_bytes(twice) == to_bytes(ThemeCoder(CODEBOOK).fit(TEXTS[:6], CODES[:6]))
    bare = ThemeCoder(CODEBOOK).fit(TEXTS, CODES).fit([], [])
    assert to_bytes(bare) == to_bytes(ThemeCoder(CODEBOOK))


def test_scores_are_probabilities_and_predictions_follow_them(learned):
    scores = learned.predict_scores(TEXTS)
    assert scores.shape == (len(TEXTS), 4)
    assert ((scores >= 0) & (scores <= 1)).all()
    expected = (scores >= learned.calibration.threshold).astype(int)
    np.testing.assert_array_equal(learned.predict(TEXTS), expected)


@pytest.mark.parametrize(
    ("comments", "themes", "said"),
    [
        (["a", "b"], [["staff"]], "shape"),
        (["a"], [["nobody"]], "nobody"),
        (["a"], [[0, 1, 2, 0]], "0 or 1"),
        (["a"], [[0, 1]], "shape"),
    ],
)
def test_labels_that_do_not_fit_are_refused(comments, themes, said):
    with pytest.raises(ValueError, match=said):
        ThemeCoder(CODEBOOK).fit(comments, themes)


def test_fifty_labels_take_less_than_a_coder_notices():
    texts = [f"{TEXTS[n % 12]} {n}" for n in range(50)]
    rest = [f"{TEXTS[n % 12]} of {n}" for n in range(1000)]
    began = perf_counter()
    ThemeCoder(CODEBOOK).fit(texts, [CODES[n % 12] for n in range(50)]).predict(rest)
    assert perf_counter() - began < 5  # seconds; two on a quiet machine with 29 themes


# Doubt


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("", Unsure.EMPTY),
        ("😀😀 !!", Unsure.EMPTY),
        ("Czekamy już rok na pierwszą wizytę u lekarza", Unsure.LANGUAGE),
        ("نحن ننتظر منذ عام", Unsure.LANGUAGE),
        ("we waited " * 100, Unsure.LONG),
        ("months on a bus with rude people and no lunch", Unsure.MANY),
        ("It is what it is, as they say here", Unsure.SCORE),
    ],
)
def test_a_person_is_asked_to_look(text, doubt):
    coder = ThemeCoder(CODEBOOK)
    assert doubt in coder.read([text])[0].unsure
    assert coder.unsure([text]) == [coder.read([text])[0].unsure]


def test_nobody_is_asked_where_words_are_plain():
    assert ThemeCoder(CODEBOOK).unsure(["Two kind and friendly ladies at the door"]) == [()]


# Bad input


@pytest.mark.parametrize(
    "text", ["", "bus", "🚌", "x" * 50_000, "wait " * 10_000, "WHERE IS THE BUS", "\x00", "İİ bus"]
)
def test_no_comment_stops_it(learned, text):
    began = perf_counter()
    for coder in (ThemeCoder(CODEBOOK), learned):
        (reading,) = coder.read([text, text])[:1]
        assert set(reading.scores) == {"waiting", "staff", "transport", "food"}
        for spans in reading.why.values():
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert perf_counter() - began < 5


def test_no_comments_give_no_scores(learned):
    assert learned.predict_scores([]).shape == (0, 4)
    assert learned.read([]) == []


def test_it_learns_from_odd_comments_too():
    odd = ["", "😀", "bus", "BUS", "bus", "x" * 50_000]
    coder = ThemeCoder(CODEBOOK).fit(odd, [[], [], ["transport"], [], ["transport"], ["staff"]])
    assert np.isfinite(coder.predict_scores(odd)).all()


@pytest.mark.parametrize("odd", [[""] * 120, ["😀"] * 120, [f"w{n}" for n in range(120)]])
def test_it_learns_from_many_comments_that_share_no_word(odd):
    coder = ThemeCoder(CODEBOOK).fit(odd, [["food"], *[[]] * 119])
    assert np.isfinite(coder.predict_scores([*odd, "lunch"])).all()


def test_a_theme_with_one_example_is_learned_with_care():
    coder = ThemeCoder(CODEBOOK).fit([*TEXTS[:2], "Soup"], [["waiting"], ["transport"], ["food"]])
    assert coder.predict_scores(["Soup"])[0, 3] > coder.predict_scores(["Rain"])[0, 3]


@pytest.mark.parametrize(
    ("themes", "said"),
    [
        ((), "needs a theme"),
        ((Theme("a", "Food"), Theme("b", " food ")), "name food"),
        ((Theme("a", "Food"), Theme("a", "Drink")), "code a"),
        ((Theme("", "Food"),), "needs a code"),
        ((Theme("a", "  "),), "needs a name"),
    ],
)
def test_a_codebook_that_cannot_be_coded_with_is_refused(themes, said):
    with pytest.raises(UnusableCodebook, match=said):
        ThemeCoder(Codebook("bad", 1, themes))


# Kept and brought back


def test_a_kept_coder_codes_as_before(learned):
    for coder in (learned, ThemeCoder(CODEBOOK)):
        back = from_bytes(to_bytes(coder), codebook=CODEBOOK)
        assert back.training == coder.training
        assert back.read([*TEXTS, "A new one, months late"]) == coder.read(
            [*TEXTS, "A new one, months late"]
        )


def test_it_says_what_it_was_trained_on(learned):
    assert learned.training.comments == 36
    assert dict(zip(learned.codes, learned.training.themes, strict=True)) == {
        "waiting": 6,
        "staff": 18,
        "transport": 6,
        "food": 6,
    }
    other = ThemeCoder(CODEBOOK).fit(TEXTS * 3, [[], *CODES[1:]] * 3)
    assert other.training.digest != learned.training.digest


def test_another_codebook_or_other_words_in_it_are_refused(learned):
    renamed = replace(
        CODEBOOK, themes=(replace(CODEBOOK.themes[0], name="W"), *CODEBOOK.themes[1:])
    )
    with pytest.raises(OtherCodebook, match="as it stands"):
        from_bytes(to_bytes(learned), codebook=renamed)


def changed(kept: bytes, member: str, content: bytes) -> bytes:
    """The same file with one part written anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(kept)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("member", ["about.json", "weights.npy", "terms.json", "digest"])
def test_a_part_that_was_written_anew_is_refused(learned, member):
    with pytest.raises(TamperedModel):
        from_bytes(changed(to_bytes(learned), member, b"{}"))


@pytest.mark.parametrize("kept", [b"", b"no zip", b"PK\x03\x04" + b"\x00" * 50])
def test_what_is_no_model_is_refused(kept):
    with pytest.raises(TamperedModel):
        from_bytes(kept)


def test_every_broken_byte_is_noticed(learned):
    kept = to_bytes(ThemeCoder(CODEBOOK))
    whole = from_bytes(kept).read(TEXTS)
    for at in range(0, len(kept), 7):
        broken = kept[:at] + bytes([kept[at] ^ 0x55]) + kept[at + 1 :]
        with suppress(TamperedModel):
            assert from_bytes(broken).read(TEXTS) == whole  # a byte of the zip's own book-keeping


def test_a_key_keeps_others_from_writing_one(learned):
    kept = to_bytes(learned, key=b"ours")
    assert from_bytes(kept, key=b"ours").training == learned.training
    for key in (None, b"theirs"):
        with pytest.raises(TamperedModel):
            from_bytes(kept, key=key)


def test_another_version_is_refused_by_name(learned, monkeypatch):
    from feedback.analysis.coding import keeping

    kept = to_bytes(learned)
    with monkeypatch.context() as later:
        later.setattr(keeping, "FORMAT", keeping.FORMAT + 1)
        with pytest.raises(OtherVersion, match=f"shape {keeping.FORMAT - 1}"):
            from_bytes(kept)
    monkeypatch.setattr(keeping, "version", lambda name: "99.0")
    with pytest.raises(OtherVersion, match="scikit-learn"):
        from_bytes(kept)


def test_nothing_in_a_kept_coder_is_a_pickle(learned):
    with zipfile.ZipFile(io.BytesIO(to_bytes(learned))) as file:
        for name in file.namelist():
            content = file.read(name)
            if name.endswith(".npy"):
                np.load(io.BytesIO(content), allow_pickle=False)
            elif name.endswith(".json"):
                json.loads(content)
            else:
                assert name == "digest"
