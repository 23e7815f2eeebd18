"""Rules about what stands around the words: options, scales, pictures.

They hold in every language.
"""

import re
from collections.abc import Iterator

from feedback.analysis.checking.findings import Finding, Reading, Rule
from feedback.questionnaire import Option, Page, Picture, Question
from feedback.vocabulary import Audience, QuestionKind

MOST_OPTIONS = 5  # besides "I don't know" and the like
_BESIDES = re.compile(
    r"\b(?:(?:don['’]t|do not|can['’]t|cannot) (?:know|say|remember)|not sure|(?:rather|prefer) not"
    r"|(?:don['’]t|do not) want to (?:say|answer)|none of these)\b",
    re.I,
)
_BESIDES_CODES = frozenset(
    """
    do_not_know dont_know no_answer none not_sure prefer_not prefer_not_to_say skip unknown unsure
    """.split()
)
_AGREEING = re.compile(r"\b(?:dis)?agree\b", re.I)


def options(question: Question, reading: Reading) -> Iterator[Finding]:
    """Whether there are more options than are held in mind at once."""
    if not question.kind.has_options:
        return
    count = sum(not _stands_aside(option, reading) for option in question.options)
    if count > MOST_OPTIONS:
        last = question.options[-1]
        yield reading.finding(
            Rule.MANY_OPTIONS, _label(last, reading), count=count, most=MOST_OPTIONS
        )


def _stands_aside(option: Option, reading: Reading) -> bool:
    if option.code.replace("-", "_") in _BESIDES_CODES:
        return True
    return reading.english and bool(_BESIDES.search(_label(option, reading)))


def _label(option: Option, reading: Reading) -> str:
    wording = option.label.get(reading.language)
    return wording.text(reading.presentation) if wording else option.code


def agreeing(question: Question, reading: Reading) -> Iterator[Finding]:
    """Whether young people are asked to agree: many agree with whatever is put to them.

    Source:
        Chambers & Johnston (2002) on young children; Department of Health (2010).
    """
    if reading.audience is not Audience.YOUNG_PERSON:
        return
    labels = [_label(option, reading) for option in question.options]
    if question.kind is QuestionKind.AGREEMENT or any(map(_AGREEING.search, labels)):
        said = question.ask.get(reading.language)
        yield reading.finding(
            Rule.AGREE_SCALE,
            said.text(reading.presentation) if said else question.name,
            fault=reading.easy,
        )


def same_pictures(question: Question, reading: Reading) -> Iterator[tuple[int, Finding]]:
    """Each option whose picture another option has already, with its position."""
    seen: dict[str, Option] = {}
    for at, option in enumerate(question.options):
        if option.picture is None:
            continue
        if option.picture.name in seen:
            yield (
                at,
                reading.finding(
                    Rule.SAME_PICTURE,
                    _label(option, reading),
                    fault=reading.easy,
                    other=_label(seen[option.picture.name], reading),
                    picture=option.picture.name,
                ),
            )
        seen.setdefault(option.picture.name, option)


def is_drawn(question: Question) -> bool:
    """The question has a picture; or it is a choice, and every option has one.

    The faces and thumbs of a scale draw the answer, not what is asked.
    """
    if question.picture is not None:
        return True
    chosen = question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
    return chosen and all(option.picture is not None for option in question.options)


def untold(picture: Picture | None, words: str, reading: Reading) -> Iterator[Finding]:
    """Whether a picture that says something says nothing to those who cannot see it."""
    if picture is not None and not picture.decorative and reading.language not in picture.alt:
        yield reading.finding(Rule.NO_ALT, words, fault=reading.easy, picture=picture.name)


def undrawn(page: Page) -> Iterator[int]:
    """Positions of the sentences of a page that have no picture."""
    return (at for at, statement in enumerate(page.statements) if statement.picture is None)
