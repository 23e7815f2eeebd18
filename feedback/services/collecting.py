"""Opens collections, and says whether one takes answers now."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from feedback.errors import CollectionClosed, CollectionWithdrawn, NotYetOpen, Refusal
from feedback.models.collections import Collection
from feedback.models.surveys import Edition
from feedback.queries.collections import plain_code
from feedback.vocabulary import Audience, EditionStatus


class Timed(Protocol):
    """Anything that knows when a collection opens and closes."""

    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...


class EditionNotPublished(Refusal):
    """Only a published edition can be opened to people."""


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
    """
    if edition.status is not EditionStatus.PUBLISHED:
        raise EditionNotPublished
    collection = Collection(
        edition_id=edition.id,
        code=plain_code(code),
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
