"""What changed in one cycle: the news of the page, and the same on one side of paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from flask_babel import format_date, gettext
from sqlalchemy.orm import Session

from feedback.analysis import periods
from feedback.analysis.periods import Period
from feedback.languages import DEFAULT
from feedback.models.improvements import Commitment
from feedback.outputs.papers.bulletin import Bulletin, News, bulletin
from feedback.queries import pictures, published
from feedback.vocabulary import Presentation
from feedback.web import promises
from feedback.web.findings import Titled
from feedback.web.frame import language, parts, public_url
from feedback.web.promises import Heard, Promise, Said

MOST_NEXT = 5  # promises in "coming next" and "late"
MOST_KEPT = 32  # bulletins in memory: each cycle in some languages and both wordings
LISTEN = "own/listen"


@dataclass(frozen=True)
class Change:
    """What happened with a promise, and what people had said."""

    code: str
    title: Titled
    what: Titled | None
    update: Said


@dataclass(frozen=True)
class Next:
    """A promise that is late or comes next, and what people had said."""

    code: str
    title: Titled
    promise: Promise

    @property
    def pair(self) -> tuple[str, Promise]:
        """What a page shows of it."""
        return self.code, self.promise


@dataclass(frozen=True)
class CycleNews:
    """All of it, as the page says it one after the other."""

    changed: list[Change]
    heard: list[Heard]
    late: list[Next]
    coming: list[Next]


def of(session: Session, cycle: Period, reading: Presentation, today: date) -> CycleNews:
    """What changed in a cycle; what is late and comes next stands with the newest alone."""
    newest = cycle.last >= today - timedelta(days=periods.CYCLE_DAYS)

    def following(found: Commitment) -> Next:
        told = promises.promised(
            found, found.insight.heard_on, today=today, presentation=reading, short=True
        )
        return Next(found.insight.code, _title(found, reading), told)

    return CycleNews(
        changed=[
            Change(
                each.commitment.insight.code,
                _title(each.commitment, reading),
                promises.worded(each.commitment.what, reading),
                promises.update_said(each, reading),
            )
            for each in published.updates_between(session, cycle.first, cycle.last)
        ],
        heard=[
            promises.heard(each, None, today=today, presentation=reading, short=True)
            for each in published.heard_between(session, cycle.first, cycle.last)
        ],
        late=[following(each) for each in published.late(session, today, limit=MOST_NEXT)]
        if newest
        else [],
        coming=[following(each) for each in published.due_next(session, today, limit=MOST_NEXT)]
        if newest
        else [],
    )


def on_paper(news: CycleNews, cycle: Period, reading: Presentation, today: date) -> Bulletin:
    """The news as a bulletin in the page's language."""
    easy = reading is Presentation.EASY_READ
    told = [
        News(
            each.title.words,
            _joined(each.what, each.update.words),
            each.update.state_words,
            each.update.day,
        )
        for each in news.changed
    ]
    told += [
        News(
            each.said.words,
            " ".join(one.what.words for one in each.promises)
            or gettext("Nothing is promised yet. We read on."),
            each.promises[0].state_words if len(each.promises) == 1 else "",
        )
        for each in news.heard
    ]
    told += [
        News(
            each.title.words,
            _joined(each.promise.what, each.promise.why_late),
            each.promise.late,
        )
        for each in news.late
    ]
    told += [
        News(
            each.title.words,
            each.promise.what.words,
            gettext("Coming next"),
            each.promise.due_on,
        )
        for each in news.coming
    ]
    if easy:
        told = [News(n.you_said, n.we_did, n.state, n.day, _picture(n.you_said)) for n in told]
    days = {
        "first": format_date(cycle.first, "d MMMM y"),
        "last": format_date(cycle.last, "d MMMM y"),
    }
    return Bulletin(
        title=gettext("What changed"),
        about=gettext("%(first)s to %(last)s", **days),
        host=parts().settings.host_name,
        address=public_url("said.bulletin", cycle=cycle.key),
        news=tuple(told),
        made_on=min(today, cycle.last),
        language=language(),
        easy_read=easy,
    )


@lru_cache(maxsize=MOST_KEPT)
def as_pdf(page: Bulletin) -> bytes:
    """One side of A4; it is set anew only when something in it has changed."""
    return bulletin(page, {})


def _title(found: Commitment, reading: Presentation) -> Titled:
    return promises.worded(found.insight.title, reading) or Titled("", language())


def _joined(*said: Titled | None) -> str:
    return " ".join(each.words for each in said if each is not None and each.words)


def _picture(words: str) -> str:
    if language() != DEFAULT:  # pictures are found by English words
        return LISTEN
    return next(iter(pictures.drawn_for(words)), LISTEN)
