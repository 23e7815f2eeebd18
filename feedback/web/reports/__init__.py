"""The door of papers: writing them from a template, freezing them, saying whom they went to."""

from feedback.web.reports import (  # each brings its routes
    freezing,
    publishing,
    versions,
    writing,
)
from feedback.web.reports.door import bp

__all__ = ["bp", "freezing", "publishing", "versions", "writing"]
