"""One theme of a codebook: its words; merged, split, retired, brought back."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.analysis.disclosure import hide_summary
from feedback.errors import ChangedMeanwhile, InListAlready, ThemeNotThere
from feedback.forms.account import ButtonForm
from feedback.forms.codebooks import MergeForm, SeenForm, SplitForm, ThemeForm
from feedback.forms.office_words import tag_choices, tag_words
from feedback.models.themes import ThemeWording
from feedback.queries import codebooks as stored
from feedback.services import recoding
from feedback.services.codebook_changes import Facts, facts_of
from feedback.services.recoding import ThemeChanged
from feedback.vocabulary import Permission
from feedback.web.access import needs
from feedback.web.codebooks.door import OF_BOOK, OF_THEME, Book, begun, book_of, bp, by, to_book
from feedback.web.frame import db, parts


@dataclass(frozen=True)
class Difference:
    """Something of a theme that two people changed, or that somebody else alone did.

    `yours` is what this person wrote, where that is something else; None where the form took over
    what stands there now.
    """

    label: str
    now: str
    yours: str | None


@bp.route(f"{OF_BOOK}/new", methods=["GET", "POST"])
@needs(Permission.CODE)
def new(codebook_id: int) -> ResponseReturnValue:
    """Add a theme."""
    found, form = book_of(codebook_id), ThemeForm()
    form.offer()
    if form.validate_on_submit():
        try:
            recoding.add(db(), found.codebook, Facts(**form.facts), by=by())
        except InListAlready as taken:
            form.name.errors = [gettext(taken.message, **taken.facts)]
        else:
            flash(gettext("“%(name)s” was added.", name=form.name.data))
            return to_book(codebook_id)
    return _theme_page(form, found, None)


@bp.route(OF_THEME, methods=["GET", "POST"])
@needs(Permission.CODE)
def theme(codebook_id: int, theme_id: int) -> ResponseReturnValue:
    """One theme: its words; of one that does not stand any more, what became of it."""
    found = book_of(codebook_id)
    row = found.row(theme_id)
    if row is None and request.method == "GET":
        return _gone_page(found, theme_id)
    form = ThemeForm(data=vars(facts_of(row)) if row else None)
    form.offer()
    begun(form, found)
    if form.validate_on_submit():
        facts, seen = Facts(**form.facts), form.seen_version
        try:
            recoding.reword(db(), found.codebook, theme_id, facts, seen=seen, by=by())
        except InListAlready as taken:
            form.name.errors = [gettext(taken.message, **taken.facts)]
        except ThemeNotThere:
            return _theme_page(form, found, None, changed=True)
        except ThemeChanged as changed:
            differences = _differences(form, changed)
            form = ThemeForm(formdata=None, data=vars(changed.meant))
            form.offer()
            form.seen.data = str(changed.number)
            return _theme_page(form, found, row, differences=differences, changed=True)
        else:
            flash(gettext("“%(name)s” was saved.", name=form.name.data))
            return to_book(codebook_id)
    return _theme_page(form, found, row)


@bp.route(f"{OF_THEME}/merge", methods=["GET", "POST"])
@needs(Permission.CODE)
def merge(codebook_id: int, theme_id: int) -> ResponseReturnValue:
    """Make a theme part of another one."""
    found = book_of(codebook_id)
    row = _standing(found, theme_id)
    form = MergeForm(data={"with_words": True})
    form.offer((each.theme_id, each.name) for each in found.themes if each is not row)

    def act(seen: int) -> str:
        into, along = form.into.number or 0, bool(form.with_words.data)
        recoding.merge(db(), found.codebook, theme_id, into, with_words=along, seen=seen, by=by())
        other = form.into.offered[form.into.data]
        return gettext("“%(name)s” is now part of “%(other)s”.", name=row.name, other=other)

    return _act(act, form, found, row, "merge")


@bp.route(f"{OF_THEME}/split", methods=["GET", "POST"])
@needs(Permission.CODE)
def split(codebook_id: int, theme_id: int) -> ResponseReturnValue:
    """Put two or more themes in the place of one."""
    found = book_of(codebook_id)
    row = found.row(theme_id) or (_last(found, theme_id) if request.method == "POST" else None)
    row = row or _standing(found, theme_id)
    form = SplitForm(data={"seeds_1": row.seeds})

    def act(seen: int) -> str:
        tags = tuple(row.tags)
        made = [Facts(name=name, seeds=seeds, tags=tags) for name, seeds in form.parts]
        recoding.split(db(), found.codebook, theme_id, made, seen=seen, by=by())
        return gettext("“%(name)s” was split. Its comments wait for another look.", name=row.name)

    return _act(act, form, found, row, "split")


@bp.route(f"{OF_THEME}/retire", methods=["GET", "POST"])
@needs(Permission.CODE)
def retire(codebook_id: int, theme_id: int) -> ResponseReturnValue:
    """Take a theme out of use, after asking."""
    found = book_of(codebook_id)
    row = _standing(found, theme_id)

    def act(seen: int) -> str:
        recoding.retire(db(), found.codebook, theme_id, seen=seen, by=by())
        return gettext("“%(name)s” is out of use. You can bring it back.", name=row.name)

    return _act(act, SeenForm(), found, row, "retire")


@bp.post(f"{OF_THEME}/back")
@needs(Permission.CODE)
def back(codebook_id: int, theme_id: int) -> ResponseReturnValue:
    """Bring back a theme that was retired, merged or split."""
    found = book_of(codebook_id)
    ButtonForm().validate()
    if theme_id not in stored.last_wordings(db(), codebook_id):
        abort(404)
    recoding.back(db(), found.codebook, theme_id, by=by())
    flash(gettext("The theme is back."))
    return to_book(codebook_id)


def _act(
    act: Callable[[int], str], form: SeenForm, found: Book, row: ThemeWording, what: str
) -> ResponseReturnValue:
    """Show a form about a theme and do what it says; who comes second is told."""
    status = 422 if form.is_submitted() else 200
    begun(form, found)
    if form.validate_on_submit():
        try:
            done = act(form.seen_version)
        except InListAlready as taken:
            _at_name(form, taken)
        except (ChangedMeanwhile, ThemeNotThere):
            form.seen.data, status = str(found.number), 409
        else:
            flash(done)
            return to_book(found.id)
    people = stored.carried(db(), found.id, _read_as(found.id, row.theme_id))
    page = render_template(
        f"office/codebooks/{what}.html",
        form=form,
        book=found,
        row=row,
        changed=status == 409,
        stands=found.row(row.theme_id) is not None,
        people=None if hide_summary(people, _threshold()) else people,
        threshold=_threshold(),
    )
    return page, status


def _at_name(form: SeenForm, taken: InListAlready) -> None:
    """Say that a name is taken at the box where it was written."""
    for field in form:
        if str(field.data or "").casefold() == str(taken.facts["name"]).casefold():
            field.errors = [gettext(taken.message, **taken.facts)]


def _standing(found: Book, theme_id: int) -> ThemeWording:
    """A theme that can be changed; the page of any other says what became of it."""
    row = found.row(theme_id)
    if row is None:
        abort(redirect(url_for(".theme", codebook_id=found.id, theme_id=theme_id), code=303))
    return row


def _last(found: Book, theme_id: int) -> ThemeWording | None:
    """A theme as it read last, for what somebody wrote about it while it was taken out."""
    return stored.last_wordings(db(), found.id).get(theme_id)


def _read_as(codebook_id: int, theme_id: int) -> list[int]:
    """The themes whose codings are read as this one."""
    resolved = stored.resolved(db(), codebook_id)
    return [each for each, into in resolved.items() if into == theme_id]


def _threshold() -> int:
    return parts().settings.threshold_staff


def _gone_page(found: Book, theme_id: int) -> ResponseReturnValue:
    every = stored.gone(db(), found.id)
    gone = next((each for each in every if each.words.theme_id == theme_id), None)
    if gone is None:
        abort(404)
    return render_template("office/codebooks/gone.html", book=found, gone=gone, form=ButtonForm())


def _theme_page(
    form: ThemeForm,
    found: Book,
    row: ThemeWording | None,
    *,
    differences: list[Difference] | None = None,
    changed: bool = False,
) -> ResponseReturnValue:
    page = render_template(
        "office/codebooks/theme.html",
        form=form,
        book=found,
        row=row,
        frameworks=tag_choices(),
        differences=differences or [],
        changed=changed,
        what_became="" if row or not changed else request.path,
    )
    return page, 409 if changed else 422 if form.is_submitted() else 200


def _differences(form: ThemeForm, changed: ThemeChanged) -> list[Difference]:
    """What somebody else changed since, beside what this person wrote."""
    found = []
    for name, stands in vars(changed.latest).items():
        if stands == getattr(changed.before, name):
            continue
        meant = getattr(changed.meant, name)
        yours = None if meant == stands else _plain(name, meant)
        found.append(Difference(str(form[name].label.text), _plain(name, stands), yours))
    return found


def _plain(name: str, value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(tag_words(each) if name == "tags" else each for each in value)
