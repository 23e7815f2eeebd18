"""What changed in a cycle, on one page to hang up: what people said and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.languages import DEFAULT, direction
from feedback.outputs.documents import spoken
from feedback.outputs.illustrating import Pictures, square
from feedback.outputs.papers.pdf import moment
from feedback.outputs.papers.told import day_written
from feedback.outputs.typesetting import typeset


@dataclass(frozen=True, slots=True)
class News:
    """One thing that people said, what came of it, and where that stands, in words.

    `picture` is shown in easy read alone.
    """

    you_said: str
    we_did: str
    state: str = ""
    day: date | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One page of news. `about` says for when and whom; `address` is where all of it stands."""

    title: str
    host: str
    address: str
    news: tuple[News, ...]
    made_on: date
    about: str = ""
    language: str = DEFAULT
    easy_read: bool = False


def bulletin(page: Bulletin, uploaded: Mapping[str, bytes]) -> bytes:
    """A tagged PDF of one A4 page, whatever there is to tell.

    News stand in the order given. Where there are more than fit in letters that can be read on a
    wall, the last ones go and a sentence says how many more the address has.

    Raises:
        DocumentNotMade: as for `typeset`.
    """
    pictures = Pictures(uploaded)
    many = len(page.news)
    data = {
        "title": page.title,
        "about": page.about,
        "host": page.host,
        "language": page.language,
        "direction": direction(page.language),
        "easy": page.easy_read,
        "news": [_told(each, pictures, easy=page.easy_read) for each in page.news],
        "labels": {"said": _("You said"), "did": _("We did")},
        "nothing": _("There is no news this time. We are still working on what you said."),
        # Which of these is true is known once the page is set.
        "more": [
            ngettext("and %(num)d more on our page.", "and %(num)d more on our page.", left)
            if left
            else ""
            for left in range(many + 1)
        ],
        "code": square(page.address),
        "address": spoken(page.address),
        "read": _("Read it all, and tell us more"),
        "made": day_written(page.made_on),
    }
    return typeset("bulletin", data, pictures.files, now=moment(page.made_on))


def _told(news: News, pictures: Pictures, *, easy: bool) -> dict[str, Any]:
    return {
        "said": news.you_said,
        "did": news.we_did,
        "state": news.state,
        "day": day_written(news.day) if news.day else "",
        "picture": pictures.shown(news.picture) if easy else None,
    }
