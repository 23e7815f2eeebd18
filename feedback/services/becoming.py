"""What became of one person's own words: which published insights they belong to.

Only for whoever holds the receipt and asks. A theme is a hint of the words, so one is named only
when everybody may read it, with enough people behind it, and never from words that are hard to
read (`docs/decisions/0037-you-said-we-did.md`).
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from feedback.analysis.distress import distressing
from feedback.models.collections import Collection
from feedback.models.improvements import Insight
from feedback.queries import published, theme_counts, themes
from feedback.queries.responses import Visit
from feedback.queries.themes import Key
from feedback.services import following
from feedback.services.following import Raised
from feedback.vocabulary import Audience, Part


@dataclass(frozen=True)
class Became:
    """One insight that somebody's words belong to.

    `counted` says that they are one of the people in its figure; else they said it too, at
    another time or as somebody else.
    """

    insight: Insight
    raised: Raised
    counted: bool


def became(session: Session, visit: Visit, *, threshold: int, zone: ZoneInfo) -> list[Became]:
    """What stands published about the themes of a person's comments, the newest first.

    Args:
        threshold: people, for the public.
    """
    collection = session.get(Collection, visit.collection_id)
    if visit.sent_at is None or collection is None:
        return []
    run = themes.newest_done(session)
    carried = theme_counts.carried_by(session, run.id if run else 0, visit.id)
    hard = {key: _is_hard(session, key) for key in {key for _, key in carried}}
    about = {theme_id for theme_id, key in carried if not hard[key]}
    insights = published.on_themes(session, about)
    raised = following.raised(session, insights, threshold=threshold)
    day = visit.sent_at.astimezone(zone).date()
    return [
        Became(each, figure, _is_counted(each, collection) and figure.since <= day <= figure.until)
        for each in insights
        for figure in [raised.get(each.id)]
        if figure is not None
    ]


def _is_hard(session: Session, key: Key) -> bool:
    comment = themes.comment(session, key)
    return comment is None or bool(distressing(comment.text))


def _is_counted(insight: Insight, collection: Collection) -> bool:
    """Whether words from a collection count in an insight's figure."""
    audiences = (collection.audience, Audience.EVERYONE)
    return collection.part is Part.WHOLE and insight.audience in audiences
