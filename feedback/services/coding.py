"""The coding desk: which comment comes next, what is suggested, and a person's word on it.

A person's word is never overwritten: not by the machine, and not by another person, whose reading
is kept beside it as a check.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from feedback.models.themes import Coding, Reading, ThemeWording, ThemingRun
from feedback.queries import codebooks as books
from feedback.queries import coding as stored
from feedback.queries.coding import Put, Words
from feedback.queries.themes import Key
from feedback.vocabulary import CodingState


class Pile(StrEnum):
    """Which comments somebody reads."""

    TURN = "turn"  # hard ones, what nothing fits, surprises and some of the rest, in turns
    SPLIT = "split"  # what people put on a theme that was split since
    CHECK = "check"  # a sample of what somebody else read, without seeing what they said


@dataclass(frozen=True)
class OnDesk:
    """A comment that lies on the desk.

    `suggested` are the machine's themes, the surest first; none where it is read as a check.
    `mine` is what this person said of it before, and `of_others` who else has read it.
    """

    words: Words
    suggested: Sequence[Put]
    level: int | None
    unsure: Sequence[str]
    mine: frozenset[int] | None
    my_level: int | None
    of_others: Sequence[str]


def next_one(
    session: Session,
    run: ThemingRun,
    pile: Pile,
    *,
    by: int,
    after: int,
    enough: int,
    theme_ids: Sequence[int] = (),
) -> tuple[Key, int] | None:
    """The comment that comes next, and its turn; None where all are read.

    Args:
        after: the turn of the one that somebody leaves for later.
        enough: people who must have sent to a collection before its words are read.
        theme_ids: of one theme alone, and those merged into it.
    """
    if pile is Pile.CHECK:
        return stored.next_to_check(session, by, after, enough=enough)
    if pile is Pile.SPLIT:
        split = sorted(books.split_up(session, run.version.codebook_id))
        return stored.next_of_split(session, split, after, enough=enough)
    if theme_ids:
        return stored.next_of_theme(session, run.id, theme_ids, after, enough=enough)
    return stored.next_in_turn(session, run.id, after, enough=enough)


def lay_out(
    session: Session, run: ThemingRun, key: Key, *, by: int, blind: bool, enough: int
) -> OnDesk | None:
    """A comment as it lies on the desk; None where it was taken back, or too few have sent.

    Args:
        blind: without what the machine and others made of it.
        enough: people who must have sent to its collection.
    """
    words = stored.words(session, key, enough=enough)
    if words is None:
        return None
    machine = stored.machine_reading(session, run.id, key)
    people = stored.readings_of_people(session, key)
    mine = next((reading for reading, _ in people if reading.user_id == by), None)
    found = stored.puts(session, [each.id for each in (machine, mine) if each])
    return OnDesk(
        words=words,
        suggested=() if blind or not machine else found.get(machine.id, ()),
        level=None if blind or not machine else machine.level,
        unsure=() if blind or not machine else machine.unsure.split(),
        mine=_themes(found.get(mine.id, ())) if mine else None,
        my_level=mine.level if mine else None,
        of_others=[name for reading, name in people if reading.user_id != by],
    )


def _themes(puts: Sequence[Put]) -> frozenset[int]:
    return frozenset(put.theme_id for put in puts if put.state is CodingState.CONFIRMED)


def say(
    session: Session,
    run: ThemingRun,
    key: Key,
    themes: Collection[int],
    level: int | None,
    *,
    by: int,
    check: bool,
    now: datetime,
) -> Reading:
    """Keep what somebody says of a comment; said again, it takes the place of what they said.

    Where another person has read it meanwhile, theirs stays first and this one becomes a check;
    but for a word on a theme that was split since: that is kept, and does not count any more.

    Args:
        themes: what the comment is about, and nothing else is.
        level: how it feels, 1 (very good) to 5 (very bad).
        check: it was read without seeing what was said before.
    """
    people = stored.readings_of_people(session, key)
    mine = next((reading for reading, _ in people if reading.user_id == by), None)
    first = next((reading for reading, _ in people if not reading.second), None)
    if (
        first is not None
        and first.user_id != by
        and not check
        and _split_since(session, run, first)
    ):
        first.second, first = True, None
    if mine is None:
        mine = Reading(
            response_id=key[0],
            question_id=key[1],
            user_id=by,
            second=first is not None,
        )
        session.add(mine)
    mine.version_id, mine.level, mine.read_at = run.version_id, level, now
    session.flush()
    machine = stored.machine_reading(session, run.id, key)
    suggested = {
        put.theme_id: put
        for put in (stored.puts(session, [machine.id]).get(machine.id, ()) if machine else ())
    }
    session.execute(delete(Coding).where(Coding.reading_id == mine.id))
    rows = [
        {
            "reading_id": mine.id,
            "theme_id": theme,
            "state": CodingState.CONFIRMED if theme in themes else CodingState.REFUSED,
            "suggested": theme in suggested,
            "score": suggested[theme].score if theme in suggested else None,
            "level": suggested[theme].level if theme in suggested else level,
            "spans": list(suggested[theme].spans) if theme in suggested else [],
        }
        for theme in sorted({*themes, *suggested})
    ]
    if rows:
        session.execute(insert(Coding), rows)
    return mine


def _split_since(session: Session, run: ThemingRun, reading: Reading) -> bool:
    """Whether somebody put a theme on that was split since."""
    put = _themes(stored.puts(session, [reading.id]).get(reading.id, ()))
    return bool(put & books.split_up(session, run.version.codebook_id))


def take_back(session: Session, key: Key, *, by: int) -> None:
    """Forget what somebody said of a comment: it is as if they had not read it."""
    for reading, _ in stored.readings_of_people(session, key):
        if reading.user_id == by:
            session.delete(reading)
    session.flush()


def sorted_themes(themes: Sequence[ThemeWording]) -> list[ThemeWording]:
    """Themes by their names, as somebody looks for one."""
    return sorted(themes, key=lambda each: each.name.casefold())
