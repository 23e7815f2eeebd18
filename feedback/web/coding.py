"""The coding desk: somebody says what comments are about, one after the other, by keyboard."""

from datetime import datetime, time
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from markupsafe import Markup
from wtforms import SelectChoice  # type: ignore[attr-defined] # types one version behind

from feedback.forms.account import ButtonForm
from feedback.forms.coding import LEVELS, CodingForm
from feedback.models.base import LARGEST_ID
from feedback.models.themes import ThemeWording, ThemingRun
from feedback.queries import codebooks as books
from feedback.queries import coding as stored
from feedback.queries import quotes
from feedback.queries import themes as runs
from feedback.queries.themes import Key
from feedback.services import audit, coding
from feedback.services.coding import OnDesk, Pile
from feedback.vocabulary import Permission
from feedback.web import findings, reasons
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, today, zone

bp = Blueprint("coding", __name__, url_prefix="/staff")


@bp.get("/coding")
@needs(Permission.CODE)
def desk() -> ResponseReturnValue:
    """The next comment of a pile; or the desk when nothing is left on it."""
    run = runs.newest_done(db())
    if run is None:
        return redirect(url_for("themes.themes"))
    pile, after, theme = _where()
    coming = partial(
        coding.next_one,
        *(db(), run, pile),
        by=current_user.user_id,
        enough=parts().settings.threshold_staff,
        theme_ids=_ids_of(run, theme),
    )
    found = coming(after=after)
    if found is None:
        return render_template(
            "office/desk_empty.html",
            pile=pile.value,
            skipped=coming(after=-1) is not None,
            theme=theme,
            form=ButtonForm(),
        )
    key, turn = found
    return redirect(
        url_for(
            ".comment",
            response_id=key[0],
            question_id=key[1],
            pile=pile.value,
            turn=turn,
            theme=theme or None,
        ),
        code=303,
    )


@bp.route("/coding/<int:response_id>/<int:question_id>", methods=["GET", "POST"])
@needs(Permission.CODE)
def comment(response_id: int, question_id: int) -> ResponseReturnValue:
    """One comment on the desk: what the machine suggests and why; then what this person says."""
    run = runs.newest_done(db())
    if run is None:
        return redirect(url_for("themes.themes"))
    key, (pile, turn, theme) = reasons.key_of(response_id, question_id), _where()
    blind = pile is Pile.CHECK
    on_desk = _lay_out(run, key, blind=blind)
    warnings = reasons.hard(on_desk.words.text)
    wordings = coding.sorted_themes(books.wordings(db(), run.version_id))
    form = CodingForm()
    form.themes.choices = [SelectChoice(each.theme_id, each.name) for each in wordings]
    if form.validate_on_submit():
        coding.say(
            db(),
            run,
            key,
            set(form.themes.data or ()),
            form.level.data,
            by=current_user.user_id,
            check=blind,
            now=now(),
        )
        _say_saved(key, on_desk)
        # What was left for later waits until the end of the pile.
        return redirect(
            url_for(".desk", pile=pile.value, after=turn, theme=theme or None), code=303
        )
    if not form.is_submitted():
        _fill(form, on_desk)
    page = render_template(
        "office/desk.html",
        desk=on_desk,
        form=form,
        themes=_sorted_out(wordings, on_desk),
        chosen=set(form.themes.data or ()),
        words=reasons.marked(on_desk.words.text, [put.spans for put in on_desk.suggested]),
        ask=findings.kept(on_desk.words.ask),
        shown=not warnings or "show" in request.args,
        warnings=warnings,
        unsure=reasons.unsure(on_desk.unsure),
        pile=pile.value,
        turn=turn,
        theme=theme,
        progress=_progress(),
        levels=LEVELS,
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/coding/<int:response_id>/<int:question_id>/take-back")
@needs(Permission.CODE)
def take_back(response_id: int, question_id: int) -> ResponseReturnValue:
    """Forget what this person said of a comment."""
    ButtonForm().validate()
    coding.take_back(db(), reasons.key_of(response_id, question_id), by=current_user.user_id)
    flash(gettext("Taken back. It is as if you had not read this comment."))
    return redirect(url_for(".comment", response_id=response_id, question_id=question_id), code=303)


@bp.get("/comments/<int:response_id>/<int:question_id>")
@needs(Permission.READ_COMMENTS)
def whole(response_id: int, question_id: int) -> ResponseReturnValue:
    """One comment with everything that was said of it."""
    return _whole(reasons.key_of(response_id, question_id), None)


@bp.post("/comments/<int:response_id>/<int:question_id>/raw")
@needs(Permission.READ_RAW)
def raw(response_id: int, question_id: int) -> ResponseReturnValue:
    """One comment as it was written; the look is noted before it is given."""
    ButtonForm().validate()
    key = reasons.key_of(response_id, question_id)
    words = stored.raw(db(), key)
    if words is None:
        abort(404)
    page = _whole(key, words)
    subject = f"comment {response_id}-{question_id}"
    audit.note(db(), current_user.user_id, "read raw comment", subject, now=now())
    return page


def _whole(key: Key, as_written: str | None) -> ResponseReturnValue:
    run = runs.newest_done(db())
    enough = parts().settings.threshold_staff
    words = stored.words(db(), key, enough=enough)
    if words is None:
        abort(404)
    machine = stored.machine_reading(db(), run.id, key) if run else None
    people = stored.readings_of_people(db(), key)
    puts = stored.puts(db(), [each.id for each in (machine, *(one for one, _ in people)) if each])
    names = {
        theme_id: wording.name
        for theme_id, wording in (
            books.last_wordings(db(), run.version.codebook_id).items() if run else ()
        )
    }
    suggested = puts.get(machine.id, []) if machine else []
    return render_template(
        "office/comment.html",
        words=words,
        text=reasons.marked(words.text, [put.spans for put in suggested]),
        ask=findings.kept(words.ask),
        machine=machine,
        suggested=suggested,
        people=[(reading, name, puts.get(reading.id, [])) for reading, name in people],
        names=names,
        levels=dict(LEVELS),
        as_written=as_written,
        quote=quotes.of_comment(db(), key),
        warnings=reasons.hard(words.text),
        shown="show" in request.args or as_written is not None,
        form=ButtonForm(),
    )


def _lay_out(run: ThemingRun, key: Key, *, blind: bool) -> OnDesk:
    found = coding.lay_out(
        db(),
        run,
        key,
        by=current_user.user_id,
        blind=blind,
        enough=parts().settings.threshold_staff,
    )
    if found is None:
        abort(404)
    return found


def _fill(form: CodingForm, on_desk: OnDesk) -> None:
    """What this person said before, or what the machine suggests."""
    if on_desk.mine is not None:
        form.themes.data = sorted(on_desk.mine)
        form.level.data = on_desk.my_level
    else:
        form.themes.data = [put.theme_id for put in on_desk.suggested]
        form.level.data = on_desk.level


def _sorted_out(
    wordings: list[ThemeWording], on_desk: OnDesk
) -> tuple[list[ThemeWording], list[ThemeWording]]:
    """The suggested themes, the surest first; then all others by name."""
    by_id = {each.theme_id: each for each in wordings}
    first = [by_id[put.theme_id] for put in on_desk.suggested if put.theme_id in by_id]
    return first, [each for each in wordings if each not in first]


def _say_saved(key: Key, on_desk: OnDesk) -> None:
    address = url_for(".comment", response_id=key[0], question_id=key[1])
    words = gettext("Saved.")
    if on_desk.of_others and on_desk.mine is None:
        words = gettext("Saved beside what somebody else said. Theirs stays as it is.")
    flash(
        Markup('{} <a class="govuk-link" href="{}">{}</a>').format(
            words, address, gettext("Go back to that comment")
        )
    )


def _progress() -> dict[str, int]:
    """How many comments this person read today, and how many suggestions were right so far."""
    midnight = datetime.combine(today(), time(), tzinfo=zone())
    judged, right = stored.suggestions_judged(db())
    read = stored.read_since(db(), current_user.user_id, midnight)
    return {"today": read, "judged": judged, "right": right}


def _where() -> tuple[Pile, int, str]:
    """The pile, the turn of the comment that lies there, and the one theme that is read for."""
    pile = request.args.get("pile", Pile.TURN.value)
    turn = request.args.get("turn", request.args.get("after", -1, type=int), type=int)
    return (
        Pile(pile) if pile in set(Pile) else Pile.TURN,
        min(max(turn, -1), LARGEST_ID),
        request.args.get("theme", "")[:40],
    )


def _ids_of(run: ThemingRun, code: str) -> list[int]:
    """A theme by its code and those that are read as it; none for no theme."""
    if not code:
        return []
    wanted = [
        each.theme_id for each in books.wordings(db(), run.version_id) if each.theme.code == code
    ]
    if not wanted:
        abort(404)
    return books.read_as(db(), run.version.codebook_id, wanted[0])
