import io
import zipfile
from random import Random
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.feeling_coder import VERSION
from feedback.analysis.feeling_evidence import evidence
from feedback.analysis.feeling_questions import Asked, asked
from feedback.analysis.sentiment import Feeling, FeelingCoder, WrongModel, by_theme, read


def side(comment: str) -> int:
    [feeling] = read([comment])
    return feeling.side


GOOD, MIXED, BAD = -1, 0, 1

# The words of this work


@pytest.mark.parametrize(
    ("comment", "leans"),
    [
        ("My child has special needs", MIXED),
        ("He goes to a special school", MIXED),
        ("We are on the waiting list", BAD),
        ("Still waiting for an EHCP", BAD),
        ("It went to tribunal", BAD),
        ("He was excluded twice", BAD),
        ("The SENCO left", BAD),
        ("No complaints", GOOD),
        ("Could not fault it", GOOD),
        ("couldnt fault them", GOOD),
        ("Nothing could be better", GOOD),
        ("I felt listened to", GOOD),
        ("Nobody listened", BAD),
        ("Not helpful", BAD),
        ("Not bad at all", GOOD),
        ("It was never rushed", GOOD),
        ("Too bright", BAD),
        ("luvly staff", GOOD),
        ("😀", GOOD),
        (":(", BAD),
        ("", MIXED),
        ("...", MIXED),
        ("The meeting was on Monday", MIXED),
    ],
)
def test_comments_lean_to_the_side_that_a_person_would_say(comment, leans):
    assert side(comment) == leans


def test_strong_words_and_strengthened_ones_go_further():
    good, very_good = read(["The staff were good", "Absolutely amazing, could not fault anybody"])
    bad, very_bad = read(["A bit slow", "Appalling. They failed us and lied."])
    assert [good.level, very_good.level, bad.level, very_bad.level] == [2, 1, 4, 5]
    assert evidence("very good").good > evidence("good").good > evidence("quite good").good


def test_a_comment_without_signs_is_unsure():
    nothing, something = read(["It was on Monday", "The staff were kind and helpful"])
    assert nothing.unsure
    assert not something.unsure
    assert something.sure > nothing.sure
    assert [sign.words for sign in something.signs] == ["kind", "helpful"]


@given(st.text(alphabet="so god lvey NOT too wrst EHCP’'!. 🙂\n", max_size=60))
def test_signs_lead_back_to_places_in_the_written_text(written):
    for sign in evidence(written).signs:
        assert 0 <= sign.start < sign.end <= len(written)


def test_the_words_that_show_a_feeling_are_found_where_they_were_written():
    written = "Luvly staff tbh, but cos of the wait it was awful 😞"
    shown = [written[sign.start : sign.end] for sign in evidence(written).signs]
    assert shown == ["Luvly", "awful", "😞"]


# Clause by clause


def test_one_comment_can_be_good_about_one_thing_and_bad_about_another():
    comment = "Lovely staff but the wait is awful"
    found = by_theme(comment, {"staff": [(7, 12)], "waiting": [(21, 25)]})
    assert found["staff"].side == GOOD
    assert found["waiting"].side == BAD


def test_a_theme_in_a_silent_clause_takes_the_feeling_of_the_whole_and_is_unsure():
    comment = "There was a talk on money. Brilliant day!"
    found = by_theme(comment, {"money": [(20, 25)], "thanks": []})
    assert found["money"].side == GOOD
    assert found["money"].unsure
    assert not found["thanks"].unsure


# Learning from labels


def labelled(number: int, seed: int = 3) -> tuple[list[str], list[int]]:
    """Comments with words whose meaning only the labels tell."""
    chance = Random(seed)
    kinds = {1: "zamboozle", 2: "flimber", 3: "crint", 4: "grotzel", 5: "vashnik"}
    comments, levels = [], []
    for at in range(number):
        level = at % 5 + 1
        words = [kinds[level], *(chance.choice(["room", "bus", "talk", "desk"]) for _ in range(3))]
        chance.shuffle(words)
        comments.append(" ".join(words))
        levels.append(level)
    return comments, levels


@pytest.fixture(scope="module")
def coder() -> FeelingCoder:
    return FeelingCoder().fit(*labelled(200))


def test_a_coder_learns_what_only_labels_tell(coder):
    comments, levels = labelled(50, seed=4)
    assert (coder.predict(comments) == levels).mean() >= 0.95
    scores = coder.scores(comments)
    assert scores.shape == (50, 5)
    np.testing.assert_allclose(scores.sum(axis=1), 1)
    assert isinstance(coder.read(comments)[0], Feeling)


def test_what_says_nothing_is_left_to_a_person(coder):
    assert all(feeling.unsure for feeling in coder.read(["", "🙂🙂", "12345"]))
    assert coder.read([]) == []


def test_a_question_pulls_only_as_its_labels_say():
    comments, levels = labelled(200)
    asked = ["good" if level < 3 else "better" for level in levels]
    coder = FeelingCoder().fit(comments, levels, asked)
    [good, better, never_seen, none] = (
        coder.scores(["the desk"], question)[0]
        for question in (["good"], ["better"], ["new one"], None)
    )
    assert good[:2].sum() > never_seen[:2].sum() > better[:2].sum()
    np.testing.assert_array_equal(never_seen, none)


def test_fitting_twice_gives_the_same(coder):
    again = FeelingCoder().fit(*labelled(200))
    np.testing.assert_array_equal(again.scores(["a grotzel bus"]), coder.scores(["a grotzel bus"]))
    assert again.trained_on == coder.trained_on
    assert FeelingCoder().fit(*labelled(195)).trained_on != coder.trained_on


def test_levels_that_nobody_gave_are_never_said():
    comments, levels = labelled(200)
    two = [2 if level < 3 else 4 for level in levels]
    coder = FeelingCoder().fit(comments, two)
    assert set(coder.predict(comments)) == {2, 4}


@pytest.mark.parametrize(
    ("comments", "levels", "says"),
    [
        (["a"] * 10, [1] * 10, "at least 30"),
        (["a"] * 40, [1] * 39, "differ in length"),
        (["a"] * 40, [1] * 39 + [6], "from 1 to 5"),
        (["a"] * 40, [1] * 39 + [4], "two sides"),
    ],
)
def test_labels_that_teach_nothing_are_refused(comments, levels, says):
    with pytest.raises(ValueError, match=says):
        FeelingCoder().fit(comments, levels)


def test_nothing_is_read_before_something_was_learned():
    with pytest.raises(ValueError, match="fit or load"):
        FeelingCoder().predict(["hello"])


# Keeping what was learned


def test_a_saved_coder_reads_the_same(coder):
    saved = coder.save()
    back = FeelingCoder.load(saved)
    comments, _ = labelled(30, seed=9)
    np.testing.assert_allclose(back.scores(comments), coder.scores(comments))
    assert back.trained_on == coder.trained_on
    assert saved == back.save()


def changed(saved: bytes, name: str, content: bytes) -> bytes:
    """A saved model with one part replaced and the digest left alone."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part))
    return packed.getvalue()


def test_a_model_that_was_changed_or_is_none_is_refused(coder):
    saved = coder.save()
    for wrong in (
        b"",
        b"no zip",
        saved[:-100],
        changed(saved, "side.weights.npy", b"something else"),
        changed(saved, "digest", b"0" * 64),
    ):
        with pytest.raises(WrongModel):
            FeelingCoder.load(wrong)


def test_a_model_of_another_version_says_so(coder, monkeypatch):
    monkeypatch.setattr("feedback.analysis.feeling_coder.VERSION", VERSION + 1)
    later = coder.save()
    monkeypatch.undo()
    with pytest.raises(WrongModel, match=f"version {VERSION + 1}"):
        FeelingCoder.load(later)


# What the question asked for


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("What was good?", Asked.GOOD),
        ("What did you like best?", Asked.GOOD),
        ("What is going well?", Asked.GOOD),
        ("What should we change?", Asked.BAD),
        ("What was not so good?", Asked.BAD),
        ("What is hard for you at school?", Asked.BAD),
        ("How could we do better?", Asked.BAD),
        ("What did you learn?", Asked.PLANS),
        ("What will you do differently from now on?", Asked.PLANS),
        ("What would you like us to know?", Asked.OPEN),
        ("What was good, and what was bad?", Asked.OPEN),
        ("", Asked.OPEN),
    ],
)
def test_a_question_says_which_side_it_asks_for(question, wants):
    assert asked(question) is wants


def test_a_dry_answer_takes_the_side_that_was_asked_for():
    answer = "the ramp by the side door"
    good, bad, unasked = read([answer] * 3, ["What was good?", "What should change?", ""])
    assert (good.side, bad.side, unasked.side) == (GOOD, BAD, MIXED)
    assert [read([answer])[0].level, read([answer])[0].unsure] == [3, True]


def test_what_an_answer_says_outweighs_the_question():
    good, bad = read(
        ["Awful, rude, we were ignored and laughed at", "Brilliant day, lovely kind staff"],
        ["What was good?", "What should change?"],
    )
    assert (good.side, bad.side) == (BAD, GOOD)


@pytest.mark.parametrize("answer", ["Nothing", "nothing at all", "None", "Not much really."])
def test_nothing_is_the_contrary_of_what_was_asked(answer):
    good, bad = read([answer, answer], ["What is going well?", "What should be better?"])
    assert good.side == BAD
    assert bad.side in (GOOD, MIXED)


@pytest.mark.parametrize("answer", ["n/a", "dunno", "I don't know", "Nothing to add"])
def test_who_passes_a_question_by_is_on_no_side(answer):
    for question in ("What was good?", "What should change?", "Anything else?"):
        [feeling] = read([answer], [question])
        assert (feeling.side, feeling.unsure) == (MIXED, True)


def test_a_wish_is_no_complaint():
    wish, complaint = read(
        ["A quiet corner for reading", "Nobody told us that the quiet corner was shut"],
        ["What should be better?"] * 2,
    )
    assert (wish.side, complaint.side) == (MIXED, BAD)


def test_questions_belong_to_comments_one_by_one():
    with pytest.raises(ValueError, match="length"):
        read(["one", "two"], ["What was good?"])


@pytest.mark.parametrize(
    ("comment", "leans"),
    [
        ("We have been on it for eighteen months", BAD),
        ("He is seven years old", MIXED),
        ("This is our fourth worker", BAD),
        ("They were supposed to ring on Monday", BAD),
        ("Turn the music down", BAD),
        ("He put his shoes on by himself", GOOD),
        ("There was no fuss about the form", GOOD),
        ("We didn't have to ask", GOOD),
        ("It made my week", GOOD),
    ],
)
def test_dry_reports_are_read_by_their_form(comment, leans):
    assert side(comment) == leans


def test_a_turn_of_phrase_shows_where_it_was_written():
    text = "Our review: she can’t read it and it’s been eighteen  months"
    spans = [text[sign.start : sign.end] for sign in read([text])[0].signs]
    assert "eighteen  months" in spans


@given(st.text(max_size=300))
def test_no_question_stops_it(question):
    assert len(read(["It was too loud"], [question])) == 1


# Bad input


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bus",
        "🚌",
        "x" * 50_000,
        "two years and a half " * 2_400,
        "still no " * 5_500,
        "now " * 12_500,
        "not " * 12_500,
        "turn it " * 6_000,
        "\x00",
        "İİ bus",
        "نحن ننتظر منذ عام",
    ],
)
def test_no_comment_stops_it(coder, text):
    began = perf_counter()
    for feelings in (read([text]), read([text], ["What was good?"]), coder.read([text])):
        [feeling] = feelings
        assert 1 <= feeling.level <= 5
        assert all(0 <= each.start < each.end <= len(text) for each in feeling.signs)
    assert perf_counter() - began < 10


def test_capitals_change_no_side():
    for comment in ("We are still waiting", "Lovely staff", "No fuss at all", "Nobody rang back"):
        assert side(comment.upper()) == side(comment)


def test_the_same_comment_twice_is_read_the_same():
    first, second, alone = *read(["Too loud for him"] * 2), read(["Too loud for him"])[0]
    assert first == second == alone
