"""Totals from other sources, as they are kept."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.other_sources import SourceCount
from feedback.models.themes import ThemeWording
from feedback.vocabulary import SourceKind


def every(session: Session) -> Sequence[SourceCount]:
    """All totals, the newest time first."""
    return session.scalars(
        _whole().order_by(
            SourceCount.last_on.desc(),
            SourceCount.first_on,
            SourceCount.kind,
            SourceCount.theme_id.is_not(None),
            SourceCount.theme_id,
            SourceCount.id,
        )
    ).all()


def one(session: Session, number: int, *, lock: bool = False) -> SourceCount | None:
    """One total with its keeper.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if number > LARGEST_ID:
        return None
    found = _whole().where(SourceCount.id == number)
    if lock:
        found = found.with_for_update(of=SourceCount)
        found = found.execution_options(populate_existing=True)
    return session.scalars(found).first()


def sharing_days(
    session: Session, kind: SourceKind, theme_id: int | None, first: date, last: date
) -> Sequence[SourceCount]:
    """Totals of one kind and theme that share a day with a span, the oldest first."""
    found = _whole().where(
        SourceCount.kind == kind,
        SourceCount.first_on <= last,
        SourceCount.last_on >= first,
        SourceCount.theme_id.is_(None) if theme_id is None else SourceCount.theme_id == theme_id,
    )
    return session.scalars(found.order_by(SourceCount.first_on, SourceCount.id)).all()


def theme_names(session: Session, theme_ids: Sequence[int]) -> dict[int, str]:
    """What themes are called, in the newest words that each has."""
    rows = session.execute(
        select(ThemeWording.theme_id, ThemeWording.name)
        .where(ThemeWording.theme_id.in_(theme_ids))
        .order_by(ThemeWording.version_id)
    )
    return {row[0]: row[1] for row in rows}


def _whole() -> Select[SourceCount]:
    return select(SourceCount).options(joinedload(SourceCount.keeper))
