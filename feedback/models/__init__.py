"""What is kept, one file a noun; importing this package knows every table."""

from feedback.models import collections, oversight, people, responses, surveys
from feedback.models.base import Base

__all__ = ["Base", "collections", "oversight", "people", "responses", "surveys"]
