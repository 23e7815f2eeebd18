"""Whether people find our pages clear: one tap is counted, and read month by month.

A tap is counted in whole days; of whoever made it a mark is left until the day is over. Numbers
leave from the public threshold on, and only for days that are over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from feedback.analysis import disclosure, months
from feedback.analysis.disclosure import HIDDEN, Shown
from feedback.analysis.periods import Period
from feedback.models.clear_votes import ClearTap, ClearVotes
from feedback.models.surveys import Measure
from feedback.outputs.measured import MOST_POINTS
from feedback.queries import clear_votes
from feedback.queries.tallies import Asked
from feedback.queries.upserts import dialect_of, insert_into
from feedback.services.gating import Cell
from feedback.services.series import Series, read_series
from feedback.services.tallied import Count, Frame
from feedback.vocabulary import Better, Presentation, QuestionKind

NAME = "clear"
_taps, _votes = cast(Table, ClearTap.__table__), cast(Table, ClearVotes.__table__)


@dataclass(frozen=True)
class Clear:
    """How many found a page clear, of how many who said."""

    yes: int
    people: int


def say(
    session: Session, page: str, presentation: Presentation, mark: str, *, clear: bool, today: date
) -> bool:
    """Count one tap on a page; of two that one browser makes at one moment, the first.

    Args:
        mark: as `Codes.tapped` makes it: the same for a browser, a page and a day.

    Returns:
        Whether it counts.
    """
    forget(session, today=today)
    first = session.scalar(
        insert_into(dialect_of(session), _taps)
        .values(day=today, mark=mark)
        .on_conflict_do_nothing(index_elements=["day", "mark"])
        .returning(_taps.c.mark)
    )
    if first is None:
        return False
    added = {"yes": int(clear), "no": int(not clear)}
    session.execute(
        insert_into(dialect_of(session), _votes)
        .values(page=page, day=today, presentation=presentation, **added)
        .on_conflict_do_update(
            index_elements=["page", "day", "presentation"],
            set_={name: _votes.c[name] + more for name, more in added.items()},
        )
    )
    return True


def forget(session: Session, *, today: date) -> None:
    """Delete the marks of days that are over; what was counted stays."""
    session.execute(delete(_taps).where(_taps.c.day < today))


def of_page(session: Session, page: str, *, threshold: int, today: date) -> Clear | None:
    """What was said of a page before today; None while too few have said."""
    rows = clear_votes.before(session, today, page=page)
    yes, people = sum(row.yes for row in rows), sum(row.yes + row.no for row in rows)
    return Clear(yes, people) if people >= threshold else None


def over_time(
    session: Session, *, presentation: Presentation | None = None, threshold: int, today: date
) -> Series | None:
    """What was said of all pages, month by month; None while nobody has said anything.

    Args:
        presentation: of those who read it so; None: of all.
    """
    rows = [
        row
        for row in clear_votes.before(session, today)
        if presentation is None or row.presentation is presentation
    ]
    if not rows:
        return None
    spans = _months(rows[0].day, today)
    counts = [_count(rows, span) for span in spans]
    shown = disclosure.hide_counts(
        {span.key: each.people for span, each in zip(spans, counts, strict=True)}, threshold
    )
    cells = [_cell(shown.cells[span.key], each) for span, each in zip(spans, counts, strict=True)]
    measure = Measure(name=NAME, title={}, better=Better.HIGHER, top=["yes"])
    asked = Asked(0, NAME, 0, {}, QuestionKind.YES_NO, (), several=False, options=())
    return read_series(measure, asked, cells, counts, Frame(spans), [], [], None, None, today)


def _months(first: date, today: date) -> list[Period]:
    """The months up to this one, the newest that a chart has room for."""
    month, found = months.month_of(first), list[Period]()
    while month <= today:
        found.append(Period(month, months.last_day(month)))
        month = months.later(month, 1)
    return found[-MOST_POINTS:]


def _count(rows: Sequence[ClearVotes], span: Period) -> Count:
    own = [row for row in rows if span.first <= row.day <= span.last]
    return Count(sum(row.yes + row.no for row in own), sum(row.yes for row in own))


def _cell(people: Shown, count: Count) -> Cell:
    """A month that is shown is shown whole: who said yes and who did not is nobody's secret."""
    return Cell(HIDDEN, HIDDEN) if people.hidden else Cell(people, Shown(int(count.total)))
