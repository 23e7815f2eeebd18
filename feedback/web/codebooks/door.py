"""What the pages of codebooks share: finding one, who changes it, where to go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from feedback.forms.codebooks import SeenForm
from feedback.models.themes import Codebook, CodebookVersion, ThemeWording
from feedback.queries import codebooks as stored
from feedback.services.codebook_changes import By
from feedback.web.frame import db, now

bp = Blueprint("codebooks", __name__, url_prefix="/staff/codebooks")
OF_BOOK, OF_THEME = "/<int:codebook_id>", "/<int:codebook_id>/themes/<int:theme_id>"


@dataclass(frozen=True)
class Book:
    """A codebook as it stands now."""

    codebook: Codebook
    version: CodebookVersion
    themes: Sequence[ThemeWording]

    @property
    def id(self) -> int:
        """Its number in addresses."""
        return self.codebook.id

    @property
    def name(self) -> str:
        """What it is called."""
        return self.codebook.name

    @property
    def number(self) -> int:
        """Its newest version."""
        return self.version.number

    def row(self, theme_id: int) -> ThemeWording | None:
        """A theme that stands in it."""
        return next((row for row in self.themes if row.theme_id == theme_id), None)

    def tied_to(self, tag: str) -> list[ThemeWording]:
        """The themes that speak to a part of a framework."""
        return [row for row in self.themes if tag in row.tags]


def book_of(codebook_id: int) -> Book:
    """A codebook with its themes; whoever changes it keeps others waiting. No page without one."""
    found = stored.one(db(), codebook_id, lock=request.method == "POST")
    if found is None:
        abort(404)
    version = stored.newest(db(), codebook_id)
    return Book(found, version, stored.wordings(db(), version.id))


def by() -> By:
    """Who changes something, and when."""
    return By(current_user.user_id, now())


def begun(form: SeenForm, book: Book) -> None:
    """Let a form remember which version somebody has before them."""
    if not form.is_submitted():
        form.seen.data = str(book.number)


def to_book(codebook_id: int) -> ResponseReturnValue:
    """On to a codebook's page."""
    return redirect(url_for("codebooks.book", codebook_id=codebook_id), code=303)
