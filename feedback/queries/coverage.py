"""Training coverage and figures of providers, as they are kept."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from feedback.models.base import LARGEST_ID
from feedback.models.coverage import Coverage, ProviderFigure


def entries(session: Session) -> Sequence[Coverage]:
    """Every count of coverage with its training, organisation and keeper, oldest first."""
    found = _whole(select(Coverage)).order_by(Coverage.counted_on, Coverage.id)
    return session.scalars(found).all()


def entry(session: Session, number: int, *, lock: bool = False) -> Coverage | None:
    """One count of coverage.

    Args:
        lock: keep others who change it waiting until this transaction ends.
    """
    if number > LARGEST_ID:
        return None
    found = _whole(select(Coverage).where(Coverage.id == number))
    return session.scalars(_locked(found, Coverage) if lock else found).first()


def figures(session: Session) -> Sequence[ProviderFigure]:
    """Every figure of a provider with its keeper: by programme, then the newest first."""
    found = select(ProviderFigure).options(joinedload(ProviderFigure.keeper))
    order = (ProviderFigure.programme, ProviderFigure.counted_on.desc(), ProviderFigure.id)
    return session.scalars(found.order_by(*order)).all()


def figure(session: Session, number: int, *, lock: bool = False) -> ProviderFigure | None:
    """One figure of a provider; `lock` as for `entry`."""
    if number > LARGEST_ID:
        return None
    found = select(ProviderFigure).where(ProviderFigure.id == number)
    found = found.options(joinedload(ProviderFigure.keeper))
    return session.scalars(_locked(found, ProviderFigure) if lock else found).first()


def _whole(found: Select[Coverage]) -> Select[Coverage]:
    return found.options(
        joinedload(Coverage.series),
        joinedload(Coverage.organisation),
        joinedload(Coverage.keeper),
    )


def _locked(found: Select[Any], of: type[Coverage] | type[ProviderFigure]) -> Select[Any]:
    return found.with_for_update(of=of).execution_options(populate_existing=True)
