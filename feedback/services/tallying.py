"""Counts answers day by day, beside the pages, so that charts need not read every answer.

A day of a collection is counted anew whenever who sent on it has changed: somebody answered, or
took their answers back. Nothing on the family's side knows of it, and everything can be done twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from feedback.models.tallies import TalliedDay, Tally
from feedback.queries import tallies
from feedback.queries.tallies import Clock, Counted
from feedback.vocabulary import AnswerState

MOST_PEOPLE = 20_000  # counted in one go; a day with more is a go of its own
MOST_DAYS = 31  # in one go
RULES = 1  # raise when what is tallied changes: every day is then counted anew
_UNSAID = {AnswerState.UNKNOWN: "-unknown", AnswerState.SKIPPED: "-skipped"}


@dataclass(frozen=True)
class Due:
    """Days of one collection that are to be counted anew, with who sent on them."""

    collection_id: int
    clock: Clock
    days: dict[date, tuple[int, str]]


def due(session: Session, zone: ZoneInfo) -> list[Due]:
    """What is to be counted anew, in portions that one transaction carries."""
    span = tallies.first_and_last_sent(session)
    known = tallies.days_tallied(session)
    found: list[Due] = []
    seen: set[tuple[int, date]] = set()
    for clock in _clocks(*span, zone) if span else ():
        changed: dict[int, dict[date, tuple[int, str]]] = defaultdict(dict)
        for key, (people, mark) in tallies.days_sent(session, clock).items():
            seen.add(key)
            mark = f"{RULES}.{mark}"
            if known.get(key) != mark:
                changed[key[0]][key[1]] = people, mark
        for collection_id, days in sorted(changed.items()):
            found += _portions(collection_id, clock, days, zone)
    gone: dict[int, dict[date, tuple[int, str]]] = defaultdict(dict)
    for collection_id, day in known.keys() - seen:
        gone[collection_id][day] = 0, ""
    never = datetime.min.replace(tzinfo=UTC)
    nobody = Clock(never, never, 0)
    return found + [Due(number, nobody, days) for number, days in sorted(gone.items())]


def tally(session: Session, portion: Due) -> None:
    """Count some days anew and keep what came of it."""
    number, days = portion.collection_id, list(portion.days)
    session.execute(delete(Tally).where(Tally.collection_id == number, Tally.day.in_(days)))
    session.execute(
        delete(TalliedDay).where(TalliedDay.collection_id == number, TalliedDay.day.in_(days))
    )
    there = {day: said for day, said in portion.days.items() if said[0]}
    if not there:
        return
    asked, clock = tallies.questions_of(session, number), portion.clock
    counts = _folded(
        each
        for found in (
            tallies.counted(session, number, clock, {**asked.measured, **asked.about}),
            tallies.counted_by_group(session, number, clock, asked.measured, asked.dimensions),
            tallies.counted_by_group(session, number, clock, asked.about, asked.who),
        )
        for each in found
        if each.day in there
    )
    rows = [
        {
            "collection_id": number,
            "day": day,
            "question_id": question_id,
            "grouped_by": grouped_by,
            "group": group,
            "counts": answers,
        }
        for (day, question_id, grouped_by, group), answers in sorted(counts.items())
    ]
    if rows:
        session.execute(insert(Tally), rows)
    session.execute(
        insert(TalliedDay),
        [
            {"collection_id": number, "day": day, "people": people, "mark": mark}
            for day, (people, mark) in there.items()
        ],
    )


def tally_all(session: Session, zone: ZoneInfo) -> int:
    """Count everything that is due in one transaction; returns how many portions there were."""
    portions = due(session, zone)
    for portion in portions:
        tally(session, portion)
    return len(portions)


def _folded(
    counted: Iterable[Counted],
) -> dict[tuple[date, int, str, str], dict[str, int]]:
    """Counts by day, question and group. Who chose several groups counts in each of them."""
    found: dict[tuple[date, int, str, str], dict[str, int]] = defaultdict(dict)
    for each in counted:
        said = _UNSAID.get(each.state)
        if said is None:
            said = each.codes or "" if each.number is None else str(each.number)
        for group in each.group.split() or [""]:
            answers = found[each.day, each.question_id, each.grouped_by, group]
            answers[said] = answers.get(said, 0) + each.people
    return found


def _portions(
    collection_id: int, clock: Clock, days: dict[date, tuple[int, str]], zone: ZoneInfo
) -> Iterator[Due]:
    """Neighbouring days together, as many as one transaction carries."""
    together: dict[date, tuple[int, str]] = {}
    for day in sorted(days):
        people = sum(each[0] for each in together.values()) + days[day][0]
        first = next(iter(together), day)
        if together and (people > MOST_PEOPLE or (day - first).days >= MOST_DAYS):
            yield Due(collection_id, _narrowed(clock, list(together), zone), together)
            together = {}
        together[day] = days[day]
    if together:
        yield Due(collection_id, _narrowed(clock, list(together), zone), together)


def _narrowed(clock: Clock, days: Sequence[date], zone: ZoneInfo) -> Clock:
    """The part of a stretch of time that some days lie in."""
    since, before = _midnight(min(days), zone), _midnight(max(days) + timedelta(days=1), zone)
    return replace(clock, since=max(since, clock.since), before=min(before, clock.before))


def _clocks(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[Clock]:
    """Whole days of the place, in stretches in which the clocks stand alike.

    A day on which the clocks change is a stretch by itself.
    """
    day, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    since, ahead = day, _ahead(day, zone)
    while day <= end:
        after = day + timedelta(days=1)
        if _ahead(after, zone) != ahead:
            if since < day:
                yield Clock(_midnight(since, zone), _midnight(day, zone), ahead)
            yield Clock(_midnight(day, zone), _midnight(after, zone), ahead, only=day)
            since, ahead = after, _ahead(after, zone)
        day = after
    if since < day:
        yield Clock(_midnight(since, zone), _midnight(day, zone), ahead)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _ahead(day: date, zone: ZoneInfo) -> int:
    """Seconds that the clocks stand ahead of UTC at the beginning of a day."""
    offset = datetime.combine(day, time(), zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0
