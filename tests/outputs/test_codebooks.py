import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.codebook import Codebook, Theme
from feedback.demo.written import hand_written
from feedback.frameworks import TAGS
from feedback.outputs.codebooks import STARTER, read_codebook, read_ties, write_codebook
from feedback.outputs.lined import WrongFile

LONG = 3  # words of a seed that would hardly be met by chance
MET_BY_CHANCE = 0.14  # of them; 25 of 185 when nobody had read a comment yet
MORE_BY_CHANCE = 8  # where the halves are drawn anew, in 95 of 100 (bench/demonstration.py)
WRITTEN = "coproduction later listening live parents training young".split()
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CODES = """waiting ehcp communication listening information staff expertise turnover joined_up slt
    neuro mental_health therapies school_support attendance places adulthood transport activities
    family_support venue sensory organisation food money safety learning change thanks""".split()
SMALL = """\
codebook: small
version: 2
themes:
  - code: food
    name: Food
    seeds: [lunch, cake]
    tags: [area-3]
  - code: venue
    name: Venue
"""


def problems(text: str | bytes) -> list[str]:
    with pytest.raises(WrongFile) as wrong:
        read_codebook(text, file="small.yaml")
    return wrong.value.problems


# The starter codebook


def test_the_starter_codebook_has_its_themes_with_words_for_each():
    book = read_codebook(STARTER.read_bytes(), file="send.yaml")
    assert [theme.code for theme in book.themes] == CODES
    for theme in book.themes:
        assert theme.definition, theme.code
        assert len(theme.seeds) >= 20, theme.code
        assert len(theme.examples) >= 3, theme.code


def test_every_part_of_a_framework_that_is_about_what_families_meet_has_a_theme():
    ties = read_ties(STARTER.read_bytes(), file="send.yaml")
    tied = {tag for tags in ties.values() for tag in tags}
    # What only leaders can say of themselves, and what no comment is about.
    assert set(TAGS) - tied == {"statement-6", "inspectors-4"}


def test_a_theme_may_speak_to_many_parts_and_a_part_to_many_themes():
    ties = read_ties(STARTER.read_bytes(), file="send.yaml")
    assert len(ties["listening"]) > 3
    assert sum("action-3" in tags for tags in ties.values()) >= 3


# Files of the host's own


def test_a_small_codebook_needs_few_words():
    book = read_codebook(SMALL)
    assert (book.name, book.version) == ("small", 2)
    assert book.themes[0].seeds == ("lunch", "cake")
    assert book.themes[1].definition == ""
    assert read_ties(SMALL) == {"food": ("area-3",), "venue": ()}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "    seeds:",
            "    seed:",
            "small.yaml:6: themes › 1 › seed: `seed` is not a key that we know. "
            "Did you mean `seeds`?",
        ),
        (
            "code: venue",
            "code: food",
            "small.yaml:8: themes › 2 › code: Another theme has the code `food`. Choose another.",
        ),
        (
            "name: Venue",
            "name: FOOD",
            "small.yaml:9: themes › 2 › name: Another theme is called “FOOD”. Choose another name.",
        ),
        (
            "[lunch, cake]",
            "[lunch, Lunch]",
            "small.yaml:6: themes › 1 › seeds › 2: “Lunch” stands here twice. Keep one.",
        ),
        (
            "[lunch, cake]",
            "[lunch, 3]",
            "small.yaml:6: themes › 1 › seeds › 2: Write words here "
            "(put them in quotes if they look like a number).",
        ),
        (
            "area-3",
            "area-30",
            "small.yaml:7: themes › 1 › tags › 1: No framework has the part `area-30`. "
            "feedback/frameworks.py lists them.",
        ),
        ("version: 2", "version: two", "small.yaml:2: version: Write a whole number."),
        ("version: 2\n", "", "small.yaml:1: version: Add `version`."),
        (
            "code: food",
            "code: Food!",
            "small.yaml:4: themes › 1 › code: Use small letters, digits and _ only, "
            "beginning with a letter.",
        ),
    ],
)
def test_a_wrong_file_says_where_and_what_to_do(old, new, says):
    assert problems(SMALL.replace(old, new, 1)) == [says]


def test_something_that_is_no_codebook_is_refused():
    assert problems("just words") == [
        "small.yaml:1: Write `codebook:`, `version:` and `themes:`, one a line."
    ]
    assert "not UTF-8" in problems(b"\xff\xfe\x00")[0]
    assert "not used here" in problems("codebook: &a x\nversion: *a\n")[0]
    assert "larger than" in problems("x" * 1_000_001)[0]


# Files that are written


def test_the_starter_codebook_is_written_as_it_is_read():
    book, ties = read_codebook(STARTER.read_bytes()), read_ties(STARTER.read_bytes())
    written = write_codebook(book, ties)
    assert (read_codebook(written), read_ties(written)) == (book, ties)
    assert max(map(len, written.splitlines())) <= 100
    assert "  - code: waiting\n    name: Waiting and delays\n" in written


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(str.strip).filter(bool)
TRICKY = st.sampled_from(["yes", "3", "1:1", "null", "- a", "# a", "a: b", "*a", "=", "2026-11-14"])


@st.composite
def codebooks(draw) -> tuple[Codebook, dict[str, tuple[str, ...]]]:
    themes, ties = [], {}
    names = draw(st.lists(WORDS | TRICKY, min_size=1, max_size=4, unique_by=str.casefold))
    some = st.lists(WORDS | TRICKY, max_size=4, unique_by=str.casefold).map(tuple)
    for at, name in enumerate(names):
        code = f"theme_{at}"
        themes.append(Theme(code, name, draw(st.just("") | WORDS), draw(some), draw(some)))
        ties[code] = tuple(draw(st.lists(st.sampled_from(sorted(TAGS)), unique=True, max_size=5)))
    return Codebook(draw(WORDS | TRICKY), draw(st.integers(1, 10**6)), tuple(themes)), ties


@given(codebooks())
def test_whatever_a_codebook_says_it_is_written_as_it_is_read(made):
    book, ties = made
    written = write_codebook(book, ties)
    assert read_codebook(written.encode()) == book
    assert read_ties(written.encode()) == ties


# The seeds are our own


def test_few_long_seed_phrases_stand_in_the_demonstrations_comments():
    """The demonstration measures the seeds, so they were written before it was looked at.

    Common turns of phrase meet by chance; more than these would mean that somebody copied.
    """
    phrases, met = long_seeds()
    assert len(phrases) > 150
    assert len(met) <= MET_BY_CHANCE * len(phrases), sorted(met)


def test_comments_that_were_read_hold_no_more_seed_phrases_than_those_that_nobody_read():
    """Whoever improves seeds may look at half of the comments, told by a digest of their number.

    What somebody knew before stands in both halves as often; what was copied stands in the first.
    """
    _, met = long_seeds()
    read = {phrase for phrase, halves in met.items() if halves == {True}}
    unread = {phrase for phrase, halves in met.items() if halves == {False}}
    assert len(read) - len(unread) <= MORE_BY_CHANCE, sorted(read)


def long_seeds() -> tuple[list[str], dict[str, set[bool]]]:
    """Long phrases of the starter codebook; those that are met, and in which half: read or not."""
    said = [
        (f" {' '.join(_WORD.findall(comment.text.lower()))} ", _may_be_read(comment.source))
        for file in WRITTEN
        for comment in hand_written(file)
    ]
    book = read_codebook(STARTER.read_bytes(), file="send.yaml")
    phrases = [
        " ".join(words)
        for theme in book.themes
        for seed in theme.seeds
        if len(words := _WORD.findall(seed.lower())) >= LONG
    ]
    places = {phrase: {half for text, half in said if f" {phrase} " in text} for phrase in phrases}
    return phrases, {phrase: halves for phrase, halves in places.items() if halves}


def _may_be_read(source: str) -> bool:
    return sha256(source.encode()).digest()[-1] % 2 == 0
