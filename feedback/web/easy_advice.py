"""What the easy-read checker says of the words of a paper, line by line.

The checker is imported late: only a worker that somebody writes with needs its megabytes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext

from feedback.analysis import claims
from feedback.settings import easy_words
from feedback.vocabulary import Presentation
from feedback.web.frame import quoted

MOST = 6  # lines with advice at once; more help nobody


class Tip(NamedTuple):
    """What was seen, and what would be better."""

    title: str
    better: str


class Advised(NamedTuple):
    """A line, and how it could be easier."""

    line: str
    tips: Sequence[Tip]


def of_lines(text: str, language: str) -> list[Advised]:
    """What could be easier in a text whose lines are one idea each."""
    lines = [_without_references(each.text) for each in claims.paragraphs(text)]
    found = [Advised(line, _tips(line, language)) for line in dict.fromkeys(lines) if line]
    return [each for each in found if each.tips][:MOST]


def _tips(line: str, language: str) -> list[Tip]:
    from feedback.analysis.checking import Rule, check_text
    from feedback.forms import advice

    findings = check_text(
        line, language=language, presentation=Presentation.EASY_READ, known=easy_words()
    )
    hard = [
        each.words for each in findings if each.rule is Rule.HARD_WORD and "plain" not in each.facts
    ]
    said = [advice.say(each) for each in findings if each.words not in hard]
    tips = [Tip(each.title, each.better) for each in said]
    if hard:
        title = gettext("Some people do not know: %(words)s", words=quoted(hard))
        tips.append(Tip(title, gettext("Write words from daily life.")))
    return list(dict.fromkeys(tips))


def _without_references(line: str) -> str:
    point = claims.point_of(line)
    words = line if point is None else point
    for token in reversed(claims.tokens(words)):
        words = words[: token.start] + words[token.end :]
    return " ".join(words.split()) if any(map(str.isalpha, words)) else ""
