"""Themes and feelings of a batch are those that each comment has by itself."""

import pytest

from feedback.analysis import sentiment
from feedback.analysis.assigning import assign
from feedback.analysis.codebook import Codebook, Theme
from feedback.analysis.coding import ThemeCoder

BOOK = Codebook(
    "a small one",
    1,
    (
        Theme("waiting", "Waiting", "", ("waiting", "the wait", "# weeks", "waiting list")),
        Theme("staff", "Staff manner", "", ("staff", "kind", "rude")),
        Theme("travel", "Travel", "", ("taxi", "the taxi", "minibus")),
    ),
)
COMMENTS = [
    "Lovely staff but the wait is awful",
    "Lovely staff but the wait is awful",
    "Waiting on the taxi",  # two themes, and no clause shows a feeling
    "Waiting on the taxi",
    "20 weeks for an EHCNA, the staff were kind and the taxi was late!",
    "The sencco was rude. Still waiting",
    "",
    "Nothing to do with any of it",
]
ASKED = ["What should change?", "", "What was good?", "", "What should change?", "", "", ""]
CODED = [["staff", "waiting"]] * 2 + [["travel", "waiting"]] * 2 + [["travel"], ["staff"], [], []]


@pytest.fixture(params=[False, True], ids=["from words", "having learned"])
def coder(request) -> ThemeCoder:
    return ThemeCoder(BOOK).fit(COMMENTS, CODED) if request.param else ThemeCoder(BOOK)


def test_a_comment_is_read_in_a_batch_as_by_itself(coder):
    together = assign(coder, None, COMMENTS, ASKED)
    assert together == [
        assign(coder, None, [comment], [question])[0]
        for comment, question in zip(COMMENTS, ASKED, strict=True)
    ]


def test_feelings_by_theme_are_those_of_each_comment_by_itself(coder):
    several = 0
    made_of_all = assign(coder, None, COMMENTS, ASKED)
    for comment, question, made in zip(COMMENTS, ASKED, made_of_all, strict=True):
        assert made.feeling == sentiment.read([comment], [question])[0]
        if len(made.reading.themes) > 1:
            several += 1
            places = {
                code: [(span.start, span.end) for span in spans]
                for code, spans in made.reading.why.items()
            }

            def reader(texts, question=question):
                return sentiment.read(texts, [question] * len(texts))

            assert made.by_theme == sentiment.by_theme(comment, places, reader)
    assert several >= 4


def test_two_themes_of_one_comment_may_feel_differently():
    made = assign(ThemeCoder(BOOK), None, COMMENTS[:1], [""])[0]
    assert made.by_theme["staff"].side == -1
    assert made.by_theme["waiting"].side == 1
