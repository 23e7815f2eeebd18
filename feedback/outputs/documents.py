"""Posters, slips and cards: what stands on them, in the page's language.

The caller has set the language; these are its words, and the survey's in the same one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from flask_babel import format_date, format_datetime, format_decimal, ngettext, to_user_timezone
from flask_babel import gettext as _

from feedback.languages import OFFERED
from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.outputs.illustrating import Pictures, square
from feedback.outputs.typesetting import typeset
from feedback.questionnaire import Questionnaire, said
from feedback.vocabulary import Presentation

PosterSize = Literal["a4", "a3"]
USUAL_PICTURE = "own/words"


@dataclass(frozen=True)
class Reader:
    """Whom a document is for: language, wording, and the host whose name stands on it."""

    language: str
    presentation: Presentation
    host: str


@dataclass(frozen=True)
class Asking:
    """What a poster or a slip asks people to do.

    `code` is the short code to type, where the address alone does not do; `about` says when
    and where.
    """

    title: str
    why: str
    address: str
    code: str = ""
    about: str = ""
    asked_by: str = ""
    until: str = ""
    minutes: int | None = None
    languages: Sequence[str] = ()
    picture: str = USUAL_PICTURE


@dataclass(frozen=True)
class Handed:
    """An event whose people get cards, and the two words on each."""

    event: Event
    address: str
    cards: Sequence[str]


def of_collection(
    collection: Collection, asked: Questionnaire, address: str, reader: Reader
) -> Asking:
    """A collection as its posters and slips tell of it."""
    language, presentation = reader.language, reader.presentation
    pictures = asked.pictures
    return Asking(
        title=said(asked.title, language, presentation),
        why=said(asked.why, language, presentation),
        address=address,
        code=collection.code,
        asked_by=said(asked.asked_by, language, presentation),
        until=last_day(collection.closes_at),
        minutes=asked.minutes,
        languages=asked.complete_languages,
        picture=pictures[0].name if pictures else USUAL_PICTURE,
    )


def of_event(event: Event, address: str) -> Asking:
    """An event as its poster tells of it: one address for what is asked before and after."""
    why = [
        _("Please answer a few questions before we begin."),
        _("Then answer them again when we finish."),
        _("So we can see what helped, and what to do better."),
    ]
    return Asking(
        title=event.name,
        why=" ".join(why),
        address=address,
        about=when_and_where(event),
    )


def posters(
    asking: Sequence[Asking],
    reader: Reader,
    size: PosterSize,
    uploaded: Mapping[str, bytes],
    *,
    now: datetime,
) -> bytes:
    """Posters, one a page."""
    pictures = Pictures(uploaded)
    data = {
        **_head(_("Poster: %(title)s", title=asking[0].title), reader),
        "size": size,
        "posters": [_poster(each, reader, pictures) for each in asking],
    }
    return typeset("poster", data, pictures.files, now=now)


def slips(asking: Asking, reader: Reader, *, now: datetime) -> bytes:
    """A sheet of slips to cut and hand out."""
    data = {
        **_head(_("Slips: %(title)s", title=asking.title), reader),
        "sheets": 1,
        "slip": {
            "title": asking.title,
            "code": square(asking.address),
            "address": spoken(asking.address),
            "scan": _("Scan with your phone"),
            "facts": f"{_lasting(asking)} {_('You do not have to answer.')}".strip(),
        },
    }
    return typeset("slips", data, {}, now=now)


def cards(handed: Sequence[Handed], reader: Reader, *, now: datetime) -> bytes:
    """Cards with two words for the people of each event, every event on sheets of its own."""
    title = handed[0].event.name
    data = {
        **_head(_("Cards: %(title)s", title=title), reader),
        "yours": _("Your two words"),
        "keep": _("Keep this card. It has no name on it."),
        "parts": [_("before"), _("after"), _("3 months later")],
        "events": [
            {
                "title": each.event.name,
                "about": when_and_where(each.event),
                "many": _many(len(each.cards)),
                "code": square(each.address),
                "address": spoken(each.address),
                "cards": list(each.cards),
            }
            for each in handed
        ],
    }
    return typeset("cards", data, {}, now=now)


def spoken(address: str) -> str:
    """An address as people read and type it."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"


def last_day(closes_at: datetime | None) -> str:
    """Until when answers can come in, as a sentence; nothing where there is no end."""
    if closes_at is None:
        return ""
    closes = to_user_timezone(closes_at)
    if closes.time() == time():  # midnight belongs to the day before, in everybody's mind
        return _("You can answer until %(day)s.", day=_day(closes - timedelta(days=1)))
    return _(
        "You can answer until %(day)s at %(time)s.",
        day=_day(closes),
        time=format_datetime(closes, "HH:mm", rebase=False),
    )


def when_and_where(event: Event) -> str:
    """An event's days and its place, as a line."""
    days = [event.starts_on, *([event.ends_on] if event.ends_on != event.starts_on else [])]
    when = " – ".join(format_date(day, "EEEE d MMMM y") for day in days)
    return f"{when}, {event.place.name}." if event.place else f"{when}."


def _head(title: str, reader: Reader) -> dict[str, Any]:
    return {"title": title, "language": reader.language, "host": reader.host}


def _poster(asking: Asking, reader: Reader, pictures: Pictures) -> dict[str, Any]:
    facts = [
        ("own/waiting", _lasting(asking)),
        ("own/stop", _("You do not have to answer.")),
        ("own/quiet", _("We do not ask for your name.")),
    ]
    return {
        "host": reader.host,
        "title": asking.title,
        "about": asking.about or None,
        "why": asking.why,
        "picture": pictures.shown(asking.picture) or pictures.shown(USUAL_PICTURE),
        "code": square(asking.address),
        "address": spoken(asking.address),
        "scan": _("Point your phone’s camera here"),
        "typed": {"label": _("or use this short code"), "code": asking.code}
        if asking.code
        else None,
        "go": _("or open this page"),
        "facts": [{"picture": pictures.shown(name), "text": text} for name, text in facts if text],
        "languages": [{"tag": tag, "name": OFFERED[tag].own_name} for tag in asking.languages],
        "small": [line for line in (asking.until, asking.asked_by) if line],
    }


def _lasting(asking: Asking) -> str:
    if asking.minutes is None:
        return ""
    return ngettext(
        "About %(num)d minute. There is no time limit.",
        "About %(num)d minutes. There is no time limit.",
        asking.minutes,
    )


def _many(number: int) -> str:
    return ngettext(
        "%(many)s card. Give each person one, in any order.",
        "%(many)s cards. Give each person one, in any order.",
        number,
        many=format_decimal(number),
    )


def _day(moment: datetime) -> str:
    return str(format_datetime(moment, "d MMMM y", rebase=False))
