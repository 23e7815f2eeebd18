"""An officer designs a survey: pages, questions, words, routes; tries it, publishes it."""

from feedback.web.authoring import choosing, designing, surveys, trying
from feedback.web.authoring.door import bp

__all__ = ["bp", "choosing", "designing", "surveys", "trying"]
