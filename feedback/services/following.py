"""What stands behind a published insight: figures out of its release, quotes, what was measured.

Nothing here counts answers: figures are those that a release froze.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.models.improvements import Insight
from feedback.queries import published
from feedback.queries.published import Key, Spoken


@dataclass(frozen=True)
class Raised:
    """How many people raised a theme, of how many who wrote, from when to when.

    `of` is None where it is hidden.
    """

    people: int
    of: int | None
    since: date
    until: date


def raised(session: Session, insights: Sequence[Insight], *, threshold: int) -> dict[int, Raised]:
    """Insight → how many people said so; those of which nothing may be shown are left out.

    Args:
        threshold: people, for the public; what a release showed under a lower one stays hidden.
    """
    keys = {each.id: _keys(each) for each in insights}
    found = published.released_themes(session, {key for own in keys.values() for key in own})
    read = {
        number: _read(figures, threshold)
        for number, own in keys.items()
        for figures in [next((found[key] for key in own if key in found), None)]
        if figures is not None
    }
    return {number: each for number, each in read.items() if each is not None}


def spoken(session: Session, insight: Insight, raised: Raised | None) -> Sequence[Spoken]:
    """Approved quotes, while enough people raised what they are about."""
    return published.quotes(session, insight.id) if raised is not None else ()


def _keys(insight: Insight) -> list[Key]:
    """Where its figures stand: under its theme, or under the one that theme was merged into."""
    if insight.release_id is None or insight.theme is None:
        return []
    themes = (insight.theme.id, insight.theme.merged_into_id)
    return [(insight.release_id, each, insight.audience) for each in themes if each is not None]


def _read(figures: Mapping[str, Any], threshold: int) -> Raised | None:
    people, of = figures.get("people"), figures.get("of")
    if people is None or people < threshold:
        return None
    return Raised(
        people,
        of if of is not None and of >= people else None,
        date.fromisoformat(figures["since"]),
        date.fromisoformat(figures["until"]),
    )
