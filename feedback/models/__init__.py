"""What is kept, one file a noun; importing this package knows every table."""

from feedback.models import (
    collections,
    coverage,
    events,
    improvements,
    meetings,
    oversight,
    people,
    pictures,
    profiles,
    quotes,
    releases,
    responses,
    surveys,
    tallies,
    themes,
    trends,
    twins,
)
from feedback.models.base import Base

__all__ = [
    "Base",
    "collections",
    "coverage",
    "events",
    "improvements",
    "meetings",
    "oversight",
    "people",
    "pictures",
    "profiles",
    "quotes",
    "releases",
    "responses",
    "surveys",
    "tallies",
    "themes",
    "trends",
    "twins",
]
