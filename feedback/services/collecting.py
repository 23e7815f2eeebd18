"""Opens collections, and says whether one takes answers now."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from feedback.errors import (
    CodeTaken,
    CollectionClosed,
    CollectionWithdrawn,
    EditionNotPublished,
    NotYetOpen,
)
from feedback.models.collections import Collection
from feedback.models.surveys import Edition
from feedback.queries.collections import by_code, plain_code
from feedback.vocabulary import Audience, EditionStatus

LONGEST_CODE = 20  # letters and digits; the path stays under 30


class Timed(Protocol):
    """Anything that knows when a collection opens and closes."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


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
    now: datetime,
) -> Collection:
    """Open a published edition to an audience under a short code.

    Raises:
        EditionNotPublished: the edition is a draft or retired.
        CodeTaken: another collection has the code, or it holds no letter or digit.
    """
    if edition.status is not EditionStatus.PUBLISHED:
        raise EditionNotPublished
    plain = plain_code(code)
    if not 1 <= len(plain) <= LONGEST_CODE or by_code(session, plain) is not None:
        raise CodeTaken(code=code)
    collection = Collection(
        edition_id=edition.id,
        code=plain,
        name=name,
        audience=audience,
        expected=expected,
        opens_at=opens_at,
        closes_at=closes_at,
        created_at=now,
    )
    session.add(collection)
    session.flush()
    return collection


def close(session: Session, collection: Collection, *, now: datetime) -> None:
    """Take no more answers; safe to do twice."""
    if collection.closes_at is None or collection.closes_at > now:
        collection.closes_at = now
        session.flush()


def check_open(collection: Timed, *, now: datetime) -> None:
    """Say nothing when the collection takes answers now.

    Raises:
        CollectionWithdrawn, NotYetOpen, CollectionClosed: why it does not.
    """
    if collection.withdrawn_at is not None and collection.withdrawn_at <= now:
        raise CollectionWithdrawn
    if now < collection.opens_at:
        raise NotYetOpen(collection.opens_at)
    if collection.closes_at is not None and collection.closes_at <= now:
        raise CollectionClosed(collection.closes_at)
