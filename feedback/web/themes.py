"""What comments are about: the list of themes, a page for each, and the machine's runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.forms.account import ButtonForm
from feedback.forms.other_sources import SOURCE_KINDS
from feedback.models.base import LARGEST_ID
from feedback.models.themes import ThemeWording, ThemingRun
from feedback.queries import codebooks as books
from feedback.queries import coding as stored
from feedback.queries import collections, quotes, theme_counts
from feedback.queries import themes as runs
from feedback.queries.quotes import Cleared
from feedback.queries.theme_counts import SIDES, Scope
from feedback.services import other_sources, theme_figures, theming
from feedback.vocabulary import Permission
from feedback.web import findings, reasons, shares
from feedback.web.access import needs
from feedback.web.frame import allow, db, now, parts

bp = Blueprint("themes", __name__, url_prefix="/staff")

WEEKS = (4, 12, 26, 52)  # lengths of a round that somebody can choose
ROUNDS = 6  # shown one after the other
COMMENTS_A_PAGE = 25
MOST_PAGES = 100_000
MOST_QUOTES = 6  # on a theme's page
QUOTABLE = "quotable"  # beside the sides: comments whose writers said that others may read them


@dataclass(frozen=True)
class Choice:
    """Whose comments a page is about, as its address says."""

    collection: int | None
    question: str
    weeks: int

    @property
    def address(self) -> dict[str, int | str]:
        """What to add to a link so that it stays with this choice."""
        plain = {"collection": self.collection, "question": self.question, "weeks": self.weeks}
        return {name: value for name, value in plain.items() if value}


@bp.get("/themes")
@needs(Permission.READ_THEMES)
def themes() -> ResponseReturnValue:
    """All themes: how many people raised each, which way they feel, and whether it grew."""
    run, choice, threshold = runs.newest_done(db()), _choice(), parts().settings.threshold_staff
    figures = None
    if run is not None:
        figures = theme_figures.figures(
            db(), _scope(run, choice), threshold=threshold, weeks=choice.weeks or None, now=now()
        )
    return render_template(
        "office/themes.html",
        figures=figures,
        lines=shares.lines(figures) if figures else [],
        nothing=shares.nothing(figures) if figures else None,
        choice=choice,
        weeks=WEEKS,
        collections=collections.with_comments(db()),
        questions=[
            (name, findings.kept(ask)) for name, ask in theme_counts.asked_with_comments(db())
        ],
        waiting=runs.comment_count(db()) if run is None else 0,
        open_run=runs.open_run(db()),
        split=_split(run),
        threshold=threshold,
        form=ButtonForm(),
    )


@bp.get("/theme/<code>")
@needs(Permission.READ_THEMES)
def theme(code: str) -> ResponseReturnValue:
    """One theme: its share, who raised it, when, which way, and how well the machine sees it."""
    run, wording = _found(code)
    choice, threshold = _choice(), parts().settings.threshold_staff
    scope, ids = _scope(run, choice), books.read_as(db(), run.version.codebook_id, wording.theme_id)
    figures = theme_figures.figures(
        db(), scope, threshold=threshold, weeks=choice.weeks or None, now=now()
    )
    if figures is None:
        abort(404)
    line = next(each for each in figures.lines if each.theme.theme_id == wording.theme_id)
    sources = other_sources.beside(db(), *ids, threshold=threshold)
    audiences = theme_figures.by_audience(db(), scope, ids, threshold=threshold)
    rounds = theme_figures.rounds(
        db(),
        scope,
        ids,
        weeks=choice.weeks or WEEKS[1],
        number=ROUNDS,
        threshold=threshold,
        now=now(),
    )
    quoted: Sequence[Cleared] = ()
    if line.count.count:  # never from fewer people than a number may be of
        quoted = quotes.on_theme(db(), scope, ids, enough=threshold, limit=MOST_QUOTES)
    return render_template(
        "office/theme.html",
        theme=wording,
        line=shares.line(line),
        figures=figures,
        audiences=shares.audiences(audiences),
        rounds=shares.rounds(rounds),
        quotes=[reasons.quoted(each) for each in quoted],
        most_quotes=MOST_QUOTES,
        may_clear=bool(line.count.count) and current_user.may(Permission.CLEAR_QUOTES),
        sources=sources,
        source_kinds=SOURCE_KINDS,
        typical=run.quality.get("typical", {}).get(code, []),
        checked=line.checked,
        agreement=theme_figures.agreement_on(db(), ids),
        precise=theme_figures.PRECISE,
        enough=theme_figures.CHECKED,
        choice=choice,
        weeks=WEEKS,
        collections=collections.with_comments(db()),
        questions=[
            (name, findings.kept(ask)) for name, ask in theme_counts.asked_with_comments(db())
        ],
        threshold=threshold,
        form=ButtonForm(),
    )


@bp.get("/theme/<code>/comments")
@needs(Permission.READ_COMMENTS)
def comments(code: str) -> ResponseReturnValue:
    """The comments that a theme's figures rest on, newest first."""
    run, wording = _found(code)
    choice, threshold = _choice(), parts().settings.threshold_staff
    side = request.args.get("side", "")
    page = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    ids = books.read_as(db(), run.version.codebook_id, wording.theme_id)
    count, keys = theme_counts.keys(
        db(),
        _scope(run, choice),
        ids,
        enough=threshold,
        side=side if side in SIDES else "",
        may_be_quoted=side == QUOTABLE,
        limit=COMMENTS_A_PAGE,
        offset=(page - 1) * COMMENTS_A_PAGE,
    )
    if page > 1 and not keys:
        abort(404)
    return render_template(
        "office/theme_comments.html",
        theme=wording,
        count=count,
        comments=[reasons.listed(each) for each in stored.listed(db(), run.id, keys, ids)],
        side=side if side in (*SIDES, QUOTABLE) else "",
        choice=choice,
        page=page,
        pages=-(-count // COMMENTS_A_PAGE),
        form=ButtonForm(),
    )


@bp.get("/themes/suggestions")
@needs(Permission.CODE)
def suggestions() -> ResponseReturnValue:
    """What else comments may be about: words that come together where no theme fits."""
    run = runs.newest_done(db())
    topics = run.quality.get("topics", []) if run else []
    enough = parts().settings.threshold_staff
    found = []
    for topic in topics:
        typical = [stored.words(db(), (key[0], key[1]), enough=enough) for key in topic["typical"]]
        found.append((topic, [each for each in typical if each is not None]))
    return render_template("office/topics.html", topics=found, hard=reasons.hard, form=ButtonForm())


# Runs


@bp.post("/themes/run")
@needs(Permission.CODE)
def start() -> ResponseReturnValue:
    """Ask the machine to read all comments."""
    ButtonForm().validate()
    run = theming.start(db(), by=current_user.user_id, now=now())
    return redirect(url_for(".run", run_id=run.id), code=303)


@bp.get("/themes/runs")
@needs(Permission.CODE)
def all_runs() -> ResponseReturnValue:
    """Every run: when, by which codebook, and how good it was."""
    listed = runs.runs(db())
    return render_template(
        "office/theming_runs.html",
        runs=[(each, _told(each)) for each in listed],
        form=ButtonForm(),
    )


@bp.get("/themes/runs/<int:run_id>")
@needs(Permission.CODE)
def run(run_id: int) -> ResponseReturnValue:
    """One run: how far it is, and once it is done how good it was."""
    found = _run(run_id)
    allow("connect-src")  # the page asks how far the run is
    return render_template(
        "office/theming_run.html",
        run=found,
        told=_told(found),
        silent=found.beat_at is not None and found.beat_at < now() - theming.SILENT,
        form=ButtonForm(),
    )


@bp.get("/themes/runs/<int:run_id>/progress")
@needs(Permission.CODE)
def progress(run_id: int) -> ResponseReturnValue:
    """How far a run is, for the page that waits for it."""
    found = _run(run_id)
    reply = jsonify(state=found.state.value, done=found.done, total=found.total)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@bp.post("/themes/runs/<int:run_id>/<any('stop', 'go-on'):what>")
@needs(Permission.CODE)
def change(run_id: int, what: str) -> ResponseReturnValue:
    """Stop a run, or let it go on."""
    ButtonForm().validate()
    found = _run(run_id)
    if what == "stop":
        theming.stop(db(), found, by=current_user.user_id, now=now())
        flash(gettext("Stopped. What has been read is kept, and you can go on at any time."))
    else:
        theming.go_on(db(), found, by=current_user.user_id, now=now())
    return redirect(url_for(".run", run_id=run_id), code=303)


def _split(run: ThemingRun | None) -> int:
    """How many comments wait because their theme was split."""
    if run is None or not current_user.may(Permission.CODE):
        return 0
    return stored.split_count(db(), sorted(books.split_up(db(), run.version.codebook_id)))


def _told(run: ThemingRun | None) -> dict[str, theme_figures.Checked]:
    """How good a run was: by words alone, and having learned."""
    if run is None:
        return {}
    return {
        how: theme_figures.together(run.quality[how])
        for how in ("words", "learned")
        if how in run.quality
    }


def _run(run_id: int) -> ThemingRun:
    found = runs.run(db(), run_id) if run_id <= LARGEST_ID else None
    if found is None:
        abort(404)
    return found


def _found(code: str) -> tuple[ThemingRun, ThemeWording]:
    """The run that figures rest on, and a theme of its codebook by code."""
    run = runs.newest_done(db())
    if run is None:
        abort(404)
    for wording in books.wordings(db(), run.version_id):
        if wording.theme.code == code:
            return run, wording
    abort(404)


def _choice() -> Choice:
    weeks = request.args.get("weeks", WEEKS[1], type=int)
    collection = request.args.get("collection", 0, type=int)
    return Choice(
        collection=collection if 0 < collection <= LARGEST_ID else None,
        question=request.args.get("question", "")[:40],
        weeks=weeks if weeks in WEEKS else 0,
    )


def _scope(run: ThemingRun, choice: Choice) -> Scope:
    return Scope(run.id, choice.collection, choice.question or None)
