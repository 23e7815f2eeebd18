"""Takes one letter at a time from the address store, and notes what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from feedback.models.followers import Follower, Letter, Told
from feedback.outputs.messages import Fate
from feedback.queries import followers as stored
from feedback.services.sealing import NotOurs, Recipient, Seals
from feedback.services.telling import CONFIRM, LAST, MOST_ASKED, MOST_BOUNCES, turn_after

BACK = "back "  # what a note of a letter that came back begins with
LONGEST_PAUSE = timedelta(days=1)
# A letter that is being handed over is tried again no sooner: longer than any server is waited for.
LEAST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True)
class Taken:
    """A letter in hand."""

    follower_id: str
    about: str
    survey: str
    to: Recipient
    until: date  # when the address is deleted
    tried_before: bool


def take(
    store: Session, seals: Seals, follower_id: str, about: str, *, minutes: int, now: datetime
) -> Taken | None:
    """Take a letter in hand: its next try is set before it leaves, and nobody else has it.

    Returns:
        The letter; None where another worker has it, it is gone, or it is the last one and
        another one has to leave before it.
    """
    letter = store.get(Letter, (follower_id, about))
    if letter is None or letter.not_before > now:
        return None
    first = about != LAST or len(stored.waiting(store, follower_id)) == 1
    again = _next_try(letter.tries, minutes, now)
    mine = store.execute(
        update(Letter)
        .where(
            Letter.follower_id == follower_id,
            Letter.about == about,
            Letter.tries == letter.tries,
            Letter.not_before == letter.not_before,
        )
        .values(tries=Letter.tries + int(first), not_before=again)
        .execution_options(synchronize_session=False)
    )
    follower = stored.by_id(store, follower_id)
    if not cast(CursorResult[object], mine).rowcount or follower is None or not first:
        return None
    try:
        recipient = seals.open(follower_id, follower.sealed)
    except NotOurs:  # nobody can read where it was to go, nor ever will
        store.delete(follower)
        return None
    return Taken(
        follower_id, about, follower.survey, recipient, follower.delete_on, letter.tries > 0
    )


def _next_try(tries: int, minutes: int, now: datetime) -> datetime:
    """A turn after a pause that doubles with each try."""
    turn = timedelta(minutes=minutes)
    pause = min(turn * 2 ** min(tries, 12), LONGEST_PAUSE)
    return turn_after(now + max(pause - turn, LEAST_PAUSE), minutes)


def drop(store: Session, follower_id: str, about: str) -> None:
    """Forget a letter that is not to be sent any more, as where its news was taken back."""
    store.execute(delete(Letter).where(Letter.follower_id == follower_id, Letter.about == about))


def sent(store: Session, follower_id: str, about: str, *, arrived: bool = True) -> None:
    """Note that a letter was taken; after the last one the address goes.

    Args:
        arrived: whoever took it knows the address. Where not, the letter may still come back.
    """
    if about == LAST:
        store.execute(delete(Follower).where(Follower.id == follower_id))
        return
    drop(store, follower_id, about)
    if arrived:
        _forgive(store, follower_id)


def _forgive(store: Session, follower_id: str) -> None:
    store.execute(
        update(Follower)
        .where(Follower.id == follower_id, Follower.bounces > 0)
        .values(bounces=0)
        .execution_options(synchronize_session=False)
    )


def refused(store: Session, follower_id: str, about: str) -> None:
    """Note that a mail server knows no such person; who is unknown three times is deleted.

    An address that never said yes goes at once: it was mistyped.
    """
    drop(store, follower_id, about)
    store.execute(
        update(Follower)
        .where(Follower.id == follower_id)
        .values(bounces=Follower.bounces + 1)
        .execution_options(synchronize_session=False)
    )
    gone = (
        Follower.confirmed.is_(False)
        if about.startswith(CONFIRM)
        else Follower.bounces >= (1 if about == LAST else MOST_BOUNCES)
    )
    store.execute(delete(Follower).where(Follower.id == follower_id, gone))


def came_back(
    store: Session,
    seals: Seals,
    bounced: Sequence[Fate],
    arrived: Sequence[Fate],
    *,
    since: datetime,
) -> int:
    """Count letters that were taken and could not be delivered later, each of them once.

    Of letters that were handed over nothing is kept: whose one was is found by its address, and
    that it was ours by its keyed name. Whose newest letter arrived begins anew.

    Args:
        bounced: what came back, from a while before `since`, so that what was counted stays known.
        since: what was taken before it counts no more.

    Returns:
        How many came back and were not counted before.
    """
    told = stored.told(store)
    counted = {about.removeprefix(BACK) for about in told if about.startswith(BACK)}
    abouts = [about for about in told if not about.startswith(BACK)]
    abouts += [LAST, *(f"{CONFIRM} {turn}" for turn in range(1, MOST_ASKED + 1))]
    surveys = stored.surveys(store)
    back = _by_mark(seals, surveys, [each for each in bounced if each.taken_at >= since])
    well = _by_mark(seals, surveys, arrived)
    new = 0
    for follower in stored.with_marks(store, back.keys() | (well.keys() & stored.bounced(store))):
        own = {seals.letter_name(follower.id, about): about for about in abouts}
        mine = [each for each in back.get(follower.mark, ()) if each.name in own]
        fine = [each for each in well.get(follower.mark, ()) if each.name in own]
        fresh = [each for each in mine if each.name not in counted]
        last = max((each.taken_at for each in mine), default=None)
        forgiven = any(last is None or each.taken_at > last for each in fine)
        for each in fresh:
            store.add(Told(about=BACK + each.name))
            if not forgiven:
                refused(store, follower.id, own[each.name])
        if forgiven:
            _forgive(store, follower.id)
        new += len(fresh)
    over = counted - {each.name for each in bounced}
    store.execute(delete(Told).where(Told.about.in_([BACK + name for name in over])))
    store.flush()
    return new


def _by_mark(seals: Seals, surveys: Sequence[str], fates: Sequence[Fate]) -> dict[str, list[Fate]]:
    """Messages by the marks that their addresses have for each survey."""
    found: dict[str, list[Fate]] = {}
    for each in fates:
        for survey in surveys:
            found.setdefault(seals.mark(survey, each.to), []).append(each)
    return found
