"""What people told us, written down: insights, the quotes on them, and making them public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext
from flask_login import current_user

from feedback.analysis.similar import most_similar
from feedback.errors import ChangedMeanwhile
from feedback.forms.account import ButtonForm
from feedback.forms.improving import ApproveForm, InsightForm, ReasonForm, TurnForm
from feedback.forms.office_words import AUDIENCES, tag_choices
from feedback.forms.public_words import words_data
from feedback.models.base import LARGEST_ID
from feedback.models.improvements import Insight
from feedback.models.issue_cards import IssueCard
from feedback.models.themes import ThemeWording, ThemingRun
from feedback.queries import codebooks as books
from feedback.queries import coding, events, theme_counts, trends
from feedback.queries import improvements as stored
from feedback.queries import issue_cards as cards
from feedback.queries import releases as all_releases
from feedback.queries import themes as runs
from feedback.queries.improvements import Worded
from feedback.queries.theme_counts import Scope
from feedback.services import approving, capturing, improving, validating
from feedback.services.improving import InsightFacts
from feedback.vocabulary import Audience, CommitmentState, Permission
from feedback.web import findings, promises, reasons, standing
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, today
from feedback.web.promise_words import STATE_WORDS

bp = Blueprint("improving", __name__, url_prefix="/staff/promises")

MOST_COMPARED = 500  # comments of a theme that a quote is held against; the newest
MOST_SIMILAR = 3
SHOWN = ("late", "check", "draft", *(state.value for state in CommitmentState))


@bp.get("")
@needs(Permission.SEE_PROMISES)
def insights() -> ResponseReturnValue:
    """Everything that was heard, with what became of it."""
    shown = request.args.get("show", "")
    rows = [standing.told(each, today()) for each in stored.every(db())]
    return render_template(
        "office/promises/insights.html",
        rows=[row for row in rows if shown not in SHOWN or shown in row.marks],
        counts={mark: sum(mark in row.marks for row in rows) for mark in SHOWN},
        every=len(rows),
        reply=promises.usual_reply([row.clock for row in rows if row.insight.withdrawn_at is None]),
        reply_words=promises.reply_words,
        shown=shown if shown in SHOWN else "",
        kept=findings.kept,
        states=STATE_WORDS,
        marks=[(state.value, words) for state, words in STATE_WORDS.items()],
        form=ButtonForm(),
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def new() -> ResponseReturnValue:
    """Write down what was heard; a theme, a measure or a card may have said what about."""
    card = _card()
    begun: dict[str, Any] = {
        "heard_on": card.event.ends_on if card else today(),
        "audience": Audience.PARENT.value,
        **{name: request.args.get(name) for name in ("theme", "measure", "question", "event")},
    }
    if card:
        begun |= {"theme": card.theme_id, "event": card.event_id}
    newest = all_releases.newest(db())
    if newest is not None and (begun["theme"] or begun["measure"]):
        begun["release"] = newest.id
    form = _form(begun)
    if form.validate_on_submit():
        made = improving.draft(db(), _facts(form), by=current_user.user_id, now=now())
        if card:
            capturing.tie(db(), card, made, by=current_user.user_id, now=now())
        flash(gettext("Kept. Only staff see it so far."))
        return redirect(url_for(".insight", code=made.code), code=303)
    return _show(form, None, card=card)


@bp.get("/<code>")
@needs(Permission.SEE_PROMISES)
def insight(code: str) -> ResponseReturnValue:
    """One insight: both wordings, what it rests on, what was promised, what to do next."""
    found = _found(code)
    form = ButtonForm()
    return render_template(
        "office/promises/insight.html",
        insight=found,
        told=standing.told(found, today()),
        figures=standing.figures(db(), found, parts().settings.threshold_public),
        theme=_theme_name(found),
        grades=standing.grades(found),
        quotes=stored.approved(db(), found.id),
        validated=validating.standing_of(db(), found),
        reply_words=promises.reply_words,
        turn=TurnForm(data={"version": found.version}),
        kept=findings.kept,
        states=STATE_WORDS,
        audiences=AUDIENCES,
        today=today(),
        form=form,
    )


@bp.route("/<code>/change", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def change(code: str) -> ResponseReturnValue:
    """Say it better; whoever comes second is told, and loses nothing."""
    found = _found(code)
    form = _form(_data(found))
    if not form.validate_on_submit():
        return _show(form, found)
    try:
        improving.change(
            db(),
            found,
            _facts(form),
            version=form.seen_version,
            by=current_user.user_id,
            now=now(),
            today=today(),
        )
    except ChangedMeanwhile:
        db().rollback()
        form.version.data = str(_found(code).version)
        return _show(form, found, changed=True)
    flash(gettext("Kept."))
    return redirect(url_for(".insight", code=code), code=303)


@bp.post("/<code>/publish")
@needs(Permission.PROMISE)
def publish(code: str) -> ResponseReturnValue:
    """Let everybody read it."""
    found, form = _found(code), TurnForm()
    if form.validate_on_submit():
        improving.publish(
            db(), found, version=form.seen_version, by=current_user.user_id, now=now()
        )
        flash(gettext("Everybody can read it now, in both wordings."))
    return redirect(url_for(".insight", code=code), code=303)


@bp.route("/<code>/take-back", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def take_back(code: str) -> ResponseReturnValue:
    """Take it away from everybody, with a reason that its page then says."""
    found, form = _found(code), ReasonForm()
    if found.published_at is None:
        abort(404)
    if form.validate_on_submit():
        improving.take_back(
            db(), found, form.because.data or "", by=current_user.user_id, now=now()
        )
        flash(gettext("Taken back. Its page says why."))
        return redirect(url_for(".insight", code=code), code=303)
    page = render_template(
        "office/promises/take_back.html", insight=found, kept=findings.kept, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<code>/remove", methods=["GET", "POST"])
@needs(Permission.PROMISE)
def remove(code: str) -> ResponseReturnValue:
    """Delete one that nobody outside ever could read, after asking once more."""
    found, form = _found(code), ButtonForm()
    if found.published_at is not None:
        abort(404)
    if form.validate_on_submit():
        improving.remove(db(), found, by=current_user.user_id, now=now())
        flash(gettext("Deleted. No comment and no answer was touched."))
        return redirect(url_for(".insights"), code=303)
    return render_template(
        "office/promises/remove.html", insight=found, kept=findings.kept, form=form
    )


@bp.route("/<code>/quotes", methods=["GET", "POST"])
@needs(Permission.CLEAR_QUOTES)
def quotes(code: str) -> ResponseReturnValue:
    """Choose words of people for everybody to read, one at a time, after a second look."""
    found, form = _found(code), ApproveForm()
    enough = parts().settings.threshold_public
    if form.validate_on_submit():
        key = reasons.key_of(_number(form.response_id.data), _number(form.question_id.data))
        approving.approve(db(), found, key, enough=enough, by=current_user.user_id, now=now())
        flash(gettext("These words now stand on the page."))
        return redirect(url_for(".quotes", code=code), code=303)
    page = render_template(
        "office/promises/quotes.html",
        insight=found,
        kept=findings.kept,
        there=stored.approved(db(), found.id),
        choices=_with_similar(found, stored.may_be_approved(db(), found, enough=enough)),
        enough=enough,
        form=form,
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<code>/quotes/<int:response_id>/<int:question_id>/take-off")
@needs(Permission.CLEAR_QUOTES)
def take_off(code: str, response_id: int, question_id: int) -> ResponseReturnValue:
    """Take a quote off the page."""
    found = _found(code)
    if ButtonForm().validate_on_submit():
        key = reasons.key_of(response_id, question_id)
        approving.take_off(db(), found, key, by=current_user.user_id, now=now())
        flash(gettext("Taken off. The words do not stand on the page any more."))
    return redirect(url_for(".quotes", code=code), code=303)


@dataclass(frozen=True)
class Candidate:
    """A quote that could stand on an insight, and comments that say much the same."""

    quote: Worded
    similar: Sequence[str]
    compared: bool  # whether there were comments to hold it against


def _with_similar(found: Insight, choices: Sequence[Worded]) -> list[Candidate]:
    run = runs.newest_done(db())
    others = _comments_like(found, run) if run is not None and choices else {}
    listed = list(others.items())
    candidates = []
    for each in choices:
        rest = [text for key, text in listed if key != each.key]
        alike = most_similar(each.text, rest, most=MOST_SIMILAR)
        candidates.append(Candidate(each, [rest[at] for at, _ in alike], bool(rest)))
    return candidates


def _comments_like(found: Insight, run: ThemingRun) -> dict[tuple[int, int], str]:
    """Masked comments on the insight's theme, or to its question, by their keys."""
    enough = parts().settings.threshold_staff
    if found.theme is None:
        return {}
    ids = books.read_as(db(), found.theme.codebook_id, found.theme.id)
    _, keys = theme_counts.keys(
        db(), Scope(run.id), ids, enough=enough, limit=MOST_COMPARED, offset=0
    )
    listed = coding.listed(db(), run.id, keys, ids)
    return {each.words.key: each.words.text for each in listed}


def _found(code: str) -> Insight:
    found = stored.by_code(db(), code)
    if found is None:
        abort(404)
    return found


def _card() -> IssueCard | None:
    """The card of a listening session that it begins with, for whoever may read cards."""
    number = request.args.get("card", type=int)
    if number is None or number > LARGEST_ID or not current_user.may(Permission.TAKE_NOTES):
        return None
    return cards.one(db(), number, only_of=current_user.only_of)


def _number(sent: str | None) -> int:
    return int(sent) if sent and sent.isdecimal() and len(sent) < 10 else 0


def _form(data: dict[str, Any]) -> InsightForm:
    form = InsightForm(data=data)
    form.today = today()
    form.audience.offer(AUDIENCES.items())
    form.theme.offer((each.theme_id, each.name) for each in _themes())
    form.measure.offer((each.id, findings.kept(each.title).words) for each in trends.measures(db()))
    form.release.offer(
        (
            each.id,
            gettext("Release %(number)s, %(day)s", number=each.number, day=_day(each.until)),
        )
        for each in all_releases.every(db())
        if each.made_at is not None
    )
    form.question.offer(
        (number, gettext("%(survey)s: %(ask)s", survey=survey, ask=findings.kept(ask).words))
        for number, survey, ask in stored.questions(db())
    )
    form.event.offer((each.id, each.name) for each in stored.past_events(db(), today()))
    form.place.offer((each.id, each.name) for each in events.places(db()))
    form.tags.offer(tag for _, tags in tag_choices() for tag in tags)
    return form


def _show(
    form: InsightForm,
    found: Insight | None,
    *,
    changed: bool = False,
    card: IssueCard | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "office/promises/insight_form.html",
        card=card,
        form=form,
        insight=found,
        changed=changed,
        kept=findings.kept,
        frameworks=tag_choices(),
    )
    return page, 409 if changed else 422 if form.is_submitted() else 200


def _facts(form: InsightForm) -> InsightFacts:
    return InsightFacts(
        title=form.words("title"),
        said=form.words("said"),
        audience=Audience(form.audience.data),
        heard_on=form.heard_on.data or today(),
        theme_id=form.theme.number,
        measure_id=form.measure.number,
        question_id=form.question.number,
        event_id=form.event.number,
        place_id=form.place.number,
        release_id=form.release.number,
        tags=form.tags.data,
    )


def _data(found: Insight) -> dict[str, Any]:
    return {
        **words_data(title=found.title, said=found.said),
        "audience": found.audience.value,
        "heard_on": found.heard_on,
        "theme": found.theme_id,
        "measure": found.measure_id,
        "question": found.question_id,
        "event": found.event_id,
        "place": found.place_id,
        "release": found.release_id,
        "tags": found.tags,
        "version": found.version,
    }


def _themes() -> Sequence[ThemeWording]:
    """The themes of the codebook in use; none where nobody has set one up."""
    book = books.in_use(db())
    return books.wordings(db(), books.newest(db(), book.id).id) if book else ()


def _theme_name(found: Insight) -> str:
    if found.theme is None:
        return ""
    names = books.last_wordings(db(), found.theme.codebook_id)
    return names[found.theme.id].name if found.theme.id in names else found.theme.code


def _day(day: date) -> str:
    return str(format_date(day, "d MMMM y"))
