"""Was this clear? What pages for everybody ask, and whether this browser has said."""

from hashlib import sha256
from typing import Any

from flask import session

from feedback.forms.account import ButtonForm
from feedback.services import clarity
from feedback.web.frame import db, parts, today

MOST_KEPT = 40  # pages that one browser has said something of; the cookie stays small
FIGURES = "figures:"  # what pages of public figures are called, with the measure's name after it


def asked(page: str) -> dict[str, Any]:
    """What a page needs to ask whether it is clear, by what it is called."""
    return {
        "form": ButtonForm(),
        "asked": page,
        "has_said": has_said(page),
        "clear": clarity.of_page(
            db(), page, threshold=parts().settings.threshold_public, today=today()
        ),
    }


def has_said(page: str) -> bool:
    """Whether this browser has said something of a page."""
    return _mark(page) in _said()


def remember(page: str) -> None:
    """Keep in the cookie that this browser has said something of a page."""
    session["clear"] = [*_said(), _mark(page)][-MOST_KEPT:]


def _said() -> list[str]:
    kept = session.get("clear")
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []


def _mark(page: str) -> str:
    """A page in the cookie: short, for a browser keeps four thousand letters."""
    return sha256(page.encode()).hexdigest()[:8]
