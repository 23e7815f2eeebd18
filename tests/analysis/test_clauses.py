from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.clauses import of, split


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("...", []),
        ("Fine", ["Fine"]),
        (
            "Lovely staff but the wait is awful",
            ["Lovely staff", "but the wait is awful"],
        ),
        ("Kind, caring and helpful staff.", ["Kind, caring and helpful staff"]),
        (
            "Good day. Too loud though; no lunch",
            ["Good day", "Too loud", "though", "no lunch"],
        ),
        (
            "The room was warm, the talk was long",
            ["The room was warm", "the talk was long"],
        ),
        (
            "I liked the art and the lady was nice",
            ["I liked the art", "and the lady was nice"],
        ),
        (
            "It cost £4.50 at 9.30 however we paid",
            ["It cost £4.50 at 9.30", "however we paid"],
        ),
        ("first line\nsecond line", ["first line", "second line"]),
    ],
)
def test_a_comment_is_cut_where_its_feeling_may_turn(text, parts):
    assert said(text) == parts


@given(st.text(alphabet="abc but .,;!?-\n🙂é", max_size=80))
def test_every_letter_lies_in_exactly_one_clause(text):
    spans = split(text)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for at, letter in enumerate(text):
        if letter.isalnum():
            assert len(of(spans, (at, at + 1))) == 1


@pytest.mark.parametrize("piece", [" ", ", ", "\t", "but ", ". ", "and ", "and  ", "!", "\n", "- "])
def test_the_longest_comment_takes_less_than_a_second(piece):
    text = (piece * 50_000)[:50_000]
    began = process_time()
    split(text)
    assert process_time() - began < 1
