"""The states of the pages about codebooks."""

import secrets
from datetime import UTC, datetime
from functools import partial

from feedback.models.themes import Codebook
from feedback.queries import codebooks as stored
from feedback.services import codebooks, recoding
from feedback.services.codebook_changes import By, Facts

from .site import OFFICER, Site
from .states import Place, State

WRONG = b"codebook: ours\nversion: 1\nthemes:\n  - {code: Food!, name: Food, seed: [lunch]}\n"
BOOK = "/staff/codebooks/{book}"
THEME = f"{BOOK}/themes/{{theme}}"


def with_a_past(site: Site) -> Codebook:
    """The codebook that travels along, once, with a theme retired, one merged and one split."""
    with site.database.writing() as session, session.begin():
        now = codebooks.ready(session, by=None, now=datetime.now(UTC))
        book, by = now.codebook, By(None, datetime.now(UTC))
        if now.version.number == 1:
            recoding.merge(
                session, book, now.ids["turnover"], now.ids["staff"], with_words=True, seen=1, by=by
            )
            recoding.retire(session, book, now.ids["change"], seen=2, by=by)
            parts = [Facts(name="Food", seeds=("lunch",)), Facts(name="The kitchen")]
            recoding.split(session, book, now.ids["food"], parts, seen=3, by=by)
    return book


def _codebook(path: str, place: Place) -> None:
    book = with_a_past(place.site)
    with place.site.database.reading() as session:
        ids = {theme.code: theme.id for theme in stored.themes(session, book.id)}
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(book=book.id, theme=ids["waiting"]))


def _theme_with_errors(place: Place) -> None:
    _codebook(THEME, place)
    place.phone.page.locator("#name").fill("")
    place.phone.page.locator("#seeds").fill("long " * 60)
    place.press("main form.office-form > .govuk-button-group button")


def _theme_changed_meanwhile(place: Place) -> None:
    _codebook(THEME, place)
    page = place.phone.page
    other = place.phone.context.new_page()
    other.goto(page.url)
    other.locator("#name").fill(f"Waiting {secrets.token_hex(3)}")
    other.locator("#definition").fill(f"How long it takes {secrets.token_hex(3)}.")
    with other.expect_navigation():
        other.locator("main form.office-form > .govuk-button-group button").click()
    other.close()
    page.locator("#name").fill("My own name for it")
    place.press("main form.office-form > .govuk-button-group button")


def _wrong_file(place: Place) -> None:
    _codebook("/staff/codebooks/from-file", place)
    file = {"name": "ours.yaml", "mimeType": "application/yaml", "buffer": WRONG}
    place.phone.page.locator("#file").set_input_files(file)
    place.press("main form button")


def of_codebooks() -> list[State]:
    """The pages about codebooks: where much stands, and where something is to be mended."""
    return [
        State("codebook", partial(_codebook, BOOK)),
        State("codebook, frameworks", partial(_codebook, f"{BOOK}/frameworks")),
        State("codebook, history", partial(_codebook, f"{BOOK}/history")),
        State("codebook, wrong file", _wrong_file, 422),
        State("theme, errors", _theme_with_errors, 422, error=True),
        State("theme, changed meanwhile", _theme_changed_meanwhile, 409),
        State("theme, split", partial(_codebook, f"{THEME}/split")),
    ]
