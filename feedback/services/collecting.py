"""Opens collections, and says whether one takes answers now."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Protocol

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from feedback.errors import (
    ClosesBeforeItOpens,
    CodeTaken,
    CollectionClosed,
    CollectionWithdrawn,
    EditionNotPublished,
    NotYetOpen,
)
from feedback.models.collections import Collection
from feedback.models.events import Event
from feedback.models.oversight import AuditEvent
from feedback.models.surveys import Edition
from feedback.queries import events
from feedback.queries.collections import noted, plain_code
from feedback.services import audit, signing_off
from feedback.services.codes import easy_words
from feedback.vocabulary import Audience, Channel, EditionStatus, Part

LONGEST_CODE = 20  # letters and digits; the path stays under 30
LONGEST_STEM = 6  # letters of the word in a code that we propose
PROPOSED = 3  # codes, where the one that was wished for is taken
LONGEST_REASON = 80  # letters; with the code and the new end it fits a line of the record

# What the record calls what is done to a collection.
OPENED, OPENED_NOW, CLOSED = "open collection", "open collection now", "close collection"
CHANGED, EXTENDED = "change collection", "extend collection"
WITHDRAWN, PUT_BACK = "withdraw collection", "put back collection"
NO_END = "-"
_MOMENT = "%Y-%m-%dT%H:%MZ"
_END = re.compile(r"\w+ (?P<end>\S+) (?P<reason>.*)")


class Timed(Protocol):
    """Anything that knows when a collection opens and closes."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Noted:
    """One line of what was done to a collection; `until` and `reason` belong to a new end."""

    action: str
    who: str | None
    happened_at: datetime
    until: datetime | None = None
    reason: str = ""


def open_collection(
    session: Session,
    edition: Edition,
    code: str,
    name: str,
    *,
    audience: Audience,
    opens_at: datetime,
    closes_at: datetime | None = None,
    expected: int | None = None,
    event: Event | None = None,
    part: Part = Part.WHOLE,
    channels: Iterable[Channel] = (Channel.OWN_PHONE,),
    user_id: int | None = None,
    now: datetime,
) -> Collection:
    """Open a published edition to an audience under a short code.

    Args:
        user_id: who does it, for the record; None for the program itself, which leaves no line.

    Raises:
        EditionNotPublished: the edition is a draft or retired.
        NotSignedOff: the edition's group has not said yes to its words.
        ClosesBeforeItOpens: the last moment is not after the first.
        CodeTaken: another collection or an event has the code, or nobody could type it.
    """
    if edition.status is not EditionStatus.PUBLISHED:
        raise EditionNotPublished
    signing_off.check(session, edition, audience)
    if closes_at is not None and closes_at <= opens_at:
        raise ClosesBeforeItOpens
    plain = plain_code(code)
    if not can_be_typed(plain) or events.code_taken(session, plain):
        raise CodeTaken(code=code)
    collection = Collection(
        edition_id=edition.id,
        code=plain,
        name=name,
        audience=audience,
        expected=expected,
        event=event,
        part=part,
        channels=[channel.value for channel in channels],
        opens_at=opens_at,
        closes_at=closes_at,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(collection)
    except IntegrityError:  # somebody else took the code in this very moment
        if events.code_taken(session, plain):
            raise CodeTaken(code=code) from None
        raise
    _note(session, user_id, OPENED, collection, now=now)
    return collection


def can_be_typed(plain: str) -> bool:
    """Whether a short code is one that every telephone can type, and that fits its address."""
    return 1 <= len(plain) <= LONGEST_CODE and plain.isascii() and plain.isalnum()


def free_codes(session: Session, wish: str, *, chance: Random, now: datetime) -> list[str]:
    """Three short codes that nothing has yet, like the one that somebody wished for."""
    stem = "".join(letter for letter in plain_code(wish) if letter.isascii())
    stem = stem[: LONGEST_CODE - 4] or chance.choice(_stems())
    years = (f"{now:%y}", f"{now:%Y}")
    more = [str(number) for number in chance.sample(range(10, 100), 20)]
    wished = [f"{stem}{end}" for end in (*years, *"23456789", *more)]
    taken = events.taken_of(session, wished)
    free = [code for code in wished if code not in taken]
    while len(free) < PROPOSED:  # everything like it is taken
        free.append(new_code(session, chance))
    return free[:PROPOSED]


def new_code(session: Session, chance: Random) -> str:
    """A short code that nothing has yet: an easy word and two digits, such as "fern42"."""
    while True:
        code = f"{chance.choice(_stems())}{chance.randint(10, 99)}"
        if not events.code_taken(session, code):
            return code


@cache
def _stems() -> tuple[str, ...]:
    return tuple(word for word in easy_words() if len(word) <= LONGEST_STEM)


def change(
    session: Session,
    collection: Collection,
    *,
    name: str,
    audience: Audience,
    expected: int | None,
    part: Part,
    channels: Iterable[Channel],
    user_id: int | None = None,
    now: datetime,
) -> None:
    """Say something else about a collection; its code and what it asks stay.

    Raises:
        NotSignedOff: it would ask young people what their group has not said yes to.
    """
    if audience is not collection.audience:
        _check_signed_off(session, collection, audience)
    collection.name, collection.audience, collection.expected = name, audience, expected
    collection.part = part
    collection.channels = [channel.value for channel in channels]
    session.flush()
    _note(session, user_id, CHANGED, collection, now=now)


def open_now(
    session: Session, collection: Collection, *, user_id: int | None = None, now: datetime
) -> None:
    """Take answers from now on instead of later; safe to do twice.

    Raises:
        NotSignedOff: another group signs the survey off since, and has not said yes.
    """
    if collection.opens_at > now:
        _check_signed_off(session, collection, collection.audience)
        collection.opens_at = now
        session.flush()
        _note(session, user_id, OPENED_NOW, collection, now=now)


def close(
    session: Session, collection: Collection, *, user_id: int | None = None, now: datetime
) -> None:
    """Take no more answers; safe to do twice."""
    if collection.closes_at is None or collection.closes_at > now:
        collection.closes_at = now
        session.flush()
        _note(session, user_id, CLOSED, collection, now=now)


def extend(
    session: Session,
    collection: Collection,
    closes_at: datetime | None,
    reason: str,
    *,
    user_id: int | None = None,
    now: datetime,
) -> None:
    """Give a collection another end, or none, and note why; a closed one opens again.

    Args:
        reason: at most `LONGEST_REASON` letters; kept in the record of who did what.

    Raises:
        ClosesBeforeItOpens: the new end is over already, or before the collection opens.
        NotSignedOff: it is closed, and another group, which has not said yes, signs it off since.
    """
    if closes_at is not None and closes_at <= max(now, collection.opens_at):
        raise ClosesBeforeItOpens
    if collection.closes_at is not None and collection.closes_at <= now:
        _check_signed_off(session, collection, collection.audience)
    collection.closes_at = closes_at
    session.flush()
    end = NO_END if closes_at is None else closes_at.astimezone(UTC).strftime(_MOMENT)
    _note(session, user_id, EXTENDED, collection, end, reason, now=now)


def withdraw(
    session: Session, collection: Collection, *, user_id: int | None = None, now: datetime
) -> None:
    """Take a collection back: nobody can answer, or carry on; safe to do twice."""
    if collection.withdrawn_at is None:
        collection.withdrawn_at = now
        session.flush()
        _note(session, user_id, WITHDRAWN, collection, now=now)


def put_back(
    session: Session, collection: Collection, *, user_id: int | None = None, now: datetime
) -> None:
    """Undo that a collection was taken back; safe to do twice.

    Raises:
        NotSignedOff: another group signs the survey off since, and has not said yes.
    """
    if collection.withdrawn_at is not None:
        _check_signed_off(session, collection, collection.audience)
        collection.withdrawn_at = None
        session.flush()
        _note(session, user_id, PUT_BACK, collection, now=now)


def _check_signed_off(session: Session, collection: Collection, audience: Audience) -> None:
    signing_off.check(session, session.get_one(Edition, collection.edition_id), audience)


def log(session: Session, collection: Collection) -> list[Noted]:
    """What was done to a collection and by whom, oldest first."""
    return [_read(line, who) for line, who in noted(session, collection)]


def check_open(collection: Timed, *, now: datetime, after: timedelta = timedelta()) -> None:
    """Say nothing when the collection takes answers now.

    Args:
        after: how long after its end a collection takes them still. Only what was written on
            paper before that end and is typed in later may say so.

    Raises:
        CollectionWithdrawn, NotYetOpen, CollectionClosed: why it does not.
    """
    if collection.withdrawn_at is not None and collection.withdrawn_at <= now:
        raise CollectionWithdrawn
    if now < collection.opens_at:
        raise NotYetOpen(collection.opens_at)
    if collection.closes_at is not None and collection.closes_at + after <= now:
        raise CollectionClosed(collection.closes_at)


def _note(
    session: Session,
    user_id: int | None,
    action: str,
    collection: Collection,
    *more: str,
    now: datetime,
) -> None:
    if user_id is not None:
        audit.note(session, user_id, action, " ".join([collection.code, *more]), now=now)


def _read(line: AuditEvent, who: str | None) -> Noted:
    """A line of the record; what `extend` wrote into its subject is taken apart again."""
    found = _END.fullmatch(line.subject) if line.action == EXTENDED else None
    if found is None:
        return Noted(line.action, who, line.happened_at)
    end = found["end"]
    until = None if end == NO_END else datetime.strptime(end, _MOMENT).replace(tzinfo=UTC)
    return Noted(line.action, who, line.happened_at, until, found["reason"])
