"""What else comments are about is suggested, never decided."""

from itertools import product

import pytest

from feedback.analysis.topics import FEWEST_COMMENTS, TooFewComments, discover, growing

# Three subjects, each with its own words, as people would mix them.
BUS = [
    f"The {what} {how} {when}"
    for what, how, when in product(
        ("minibus", "taxi", "escort on the minibus"),
        ("came late", "never came", "left without him", "drove too fast"),
        ("again on Monday", "in the rain", "this term"),
    )
]
SWIM = [
    f"{start} swimming {end}"
    for start, end in product(
        ("She loves", "More", "Saturday", "The quiet", "We enjoy", "Cheaper"),
        ("lessons at the pool", "sessions in a warm pool", "with the lifeguard", "club"),
    )
]
FORMS = [
    f"The {what} {how}"
    for what, how in product(
        ("form for the panel", "panel form", "form", "draft from the panel"),
        ("was full of jargon", "has too many pages", "needs plain words", "got lost", "is jargon"),
    )
]
ALL = [*BUS, *SWIM, *FORMS]


@pytest.fixture(scope="module")
def found():
    return discover(ALL, topics=3)


def test_subjects_that_share_words_come_apart(found):
    for subject, word in ((BUS, "minibus"), (SWIM, "swimming"), (FORMS, "form")):
        own = {at for at, text in enumerate(ALL) if text in subject}
        topic = next(each for each in found if word in each.words)
        assert len(own & set(topic.comments)) >= 0.8 * len(own)
        assert len(own & set(topic.comments)) >= 0.8 * len(topic.comments)


def test_each_comment_is_counted_once_at_most(found):
    counted = [at for topic in found for at in topic.comments]
    assert len(counted) == len(set(counted))


def test_typical_comments_are_three_different_ones_of_the_topic(found):
    for topic in found:
        texts = {ALL[at] for at in topic.typical}
        assert len(texts) == 3
        assert set(topic.typical) <= set(topic.comments)


def test_words_are_shown_as_people_write_them(found):
    words = {word for topic in found for word in topic.words}
    assert "swimming" in words and "jargon" in words
    assert not words & {"the", "with", "swim", "and"}


def test_subjects_that_are_there_are_stable_and_noise_is_less_so(found):
    assert all(topic.stable for topic in found)
    noise = [f"{a} {b}" for a, b in product("ant bee cow dog elk fox".split(), repeat=2)]
    noisy = discover([*noise, *noise[::2]], topics=3)
    least, most = min(each.stability for each in found), max(each.stability for each in noisy)
    assert least > sum(each.stability for each in noisy) / len(noisy)
    assert 0 <= most <= 1


def test_the_same_seed_gives_the_same_topics(found):
    assert discover(ALL, topics=3) == found


def test_repeats_and_empty_comments_do_no_harm(found):
    again = discover([*ALL, "", "😀", "the", *ALL], topics=3)
    assert {topic.words[0] for topic in again} == {topic.words[0] for topic in found}
    assert all(len(set(topic.typical)) == len(topic.typical) for topic in again)
    typical = [{([*ALL, "", "😀", "the", *ALL])[at] for at in topic.typical} for topic in again]
    assert all(len(texts) == 3 for texts in typical)


@pytest.mark.parametrize(
    "comments",
    [
        [],
        ALL[: FEWEST_COMMENTS - 1],
        ["The bus was late"] * 100,
        ["", "😀", "the and of"] * 50,
        [f"nothing{n} alike{n}" for n in range(40)],
    ],
)
def test_too_few_comments_are_refused(comments):
    with pytest.raises(TooFewComments):
        discover(comments)


def test_thirty_different_comments_are_enough():
    assert discover(ALL[:FEWEST_COMMENTS])


def test_one_topic_is_no_answer():
    with pytest.raises(ValueError, match="two"):
        discover(ALL, topics=1)


def test_what_more_people_say_in_the_later_round_stands_first():
    before, after = [*BUS, *FORMS[:3]], [*BUS[:6], *SWIM, *FORMS[:3]]
    first, *_, last = growing(before, after, topics=3)
    assert "swimming" in first.topic.words and "minibus" in last.topic.words
    assert first.before == 0 and first.after >= 0.8 * len(SWIM)
    assert first.difference == pytest.approx(first.after / len(after))
    assert 0 < first.interval.lower < first.difference < first.interval.upper
    assert last.interval.upper < 0


def test_a_round_without_comments_is_refused():
    with pytest.raises(TooFewComments):
        growing([], ALL)


def test_odd_comments_stop_nothing():
    odd = ["", "😀", "x" * 50_000, "swimming " * 5_000, "TAXI IS LATE", "نحن ننتظر", "\x00"]
    topics = discover([*ALL, *odd], topics=3)
    assert all(0 <= at < len(ALL) + len(odd) for topic in topics for at in topic.comments)


def test_capitals_are_the_same_words():
    assert [topic.words for topic in discover([text.upper() for text in ALL], topics=3)] == [
        topic.words for topic in discover(ALL, topics=3)
    ]
