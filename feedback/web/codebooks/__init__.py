"""The door of codebooks: which there are, their versions, their themes."""

from feedback.web.codebooks import books, themes  # each brings its routes
from feedback.web.codebooks.door import bp

__all__ = ["books", "bp", "themes"]
