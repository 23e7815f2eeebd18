"""The door of papers: writing them from a template, freezing them, saying whom they went to."""

from feedback.web.reports import freezing, versions, writing  # each brings its routes
from feedback.web.reports.door import bp

__all__ = ["bp", "freezing", "versions", "writing"]
