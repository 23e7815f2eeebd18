"""Comments on pages: which one, words marked that moved a theme, doubts and warnings in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from flask import abort
from flask_babel import gettext
from markupsafe import Markup, escape

from feedback.analysis.distress import Kind, distressing
from feedback.models.base import LARGEST_ID
from feedback.queries.coding import Listed
from feedback.queries.quotes import Cleared
from feedback.queries.themes import Key
from feedback.web.findings import Titled, kept

Spans = Sequence[tuple[int, int, float]]


def key_of(response_id: int, question_id: int) -> Key:
    """Which comment an address names; not found where no comment can have such numbers."""
    if max(response_id, question_id) > LARGEST_ID:
        abort(404)
    return response_id, question_id


def marked(text: str, themes: Sequence[Spans], *, numbered: bool = True) -> Markup:
    """A comment whose telling words are marked with the numbers of the themes they moved.

    Args:
        themes: for each theme, from number 1 on, the letters that moved it.
        numbered: whether the numbers are shown; where there is one theme they say nothing.
    """
    edges = {0, len(text)}
    for spans in themes:
        for start, end, _ in spans:
            edges |= {min(start, len(text)), min(end, len(text))}
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        numbers = [
            number
            for number, spans in enumerate(themes, start=1)
            if any(first <= start and end <= last for first, last, _ in spans)
        ]
        pieces.append(_piece(text[start:end], numbers, numbered))
    return Markup("").join(pieces)


def _piece(text: str, numbers: Sequence[int], numbered: bool) -> Markup:
    if not numbers or not text.strip():
        return escape(text)
    if not numbered:
        return Markup('<mark class="why">{}</mark>').format(text)
    return Markup('<mark class="why">{}<sup class="why__number">{}</sup></mark>').format(
        text, " ".join(map(str, numbers))
    )


def unsure(doubts: Sequence[str]) -> list[str]:
    """Why a person should look, in words."""
    known = {
        "empty": gettext("It has no words to read."),
        "language": gettext("It may not be in English, and the machine knows only English."),
        "long": gettext("It is long, and long comments say many things."),
        "many": gettext("It seems to be about many things."),
        "score": gettext("The machine is not sure what it is about."),
        "feeling": gettext("The machine is not sure how it feels."),
    }
    return [known[doubt] for doubt in doubts if doubt in known]


def warning(kind: Kind) -> str:
    """What a distressing comment speaks of."""
    known = {
        "self_harm": gettext("hurting oneself"),
        "suicide": gettext("suicide"),
        "abuse": gettext("somebody being hurt or treated badly"),
        "violence": gettext("violence"),
        "death": gettext("death"),
        "sexual_harm": gettext("sexual harm"),
        "neglect": gettext("somebody not being looked after"),
    }
    return known.get(kind.value, gettext("something upsetting"))


def hard(text: str) -> list[str]:
    """What somebody may not want to read about in a text; nothing for most."""
    return [warning(kind) for kind in distressing(text)]


@dataclass(frozen=True)
class InList:
    """A comment in a list: marked words, what it answers, and what it may be hard to read for."""

    key: Key
    text: Markup
    language: str
    ask: Titled
    sent_at: datetime
    by_person: bool
    may_be_quoted: bool
    warnings: Sequence[str]


def listed(each: Listed) -> InList:
    """A comment of a theme as the list shows it."""
    words = each.words
    return InList(
        key=words.key,
        text=marked(words.text, [each.spans], numbered=False),
        language=words.language,
        ask=kept(words.ask),
        sent_at=words.sent_at,
        by_person=each.by_person,
        may_be_quoted=words.may_be_quoted,
        warnings=hard(words.text),
    )


@dataclass(frozen=True)
class Quoted:
    """A cleared quote as a theme's page shows it."""

    key: Key
    text: str
    language: str
    ask: Titled
    warnings: Sequence[str]


def quoted(each: Cleared) -> Quoted:
    """A cleared quote with what it answers."""
    return Quoted(each.key, each.text, each.language, kept(each.ask), hard(each.text))
