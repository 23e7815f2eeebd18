"""Heard and not heard: who took part beside the profile of the area, and the profiles."""

from dataclasses import dataclass
from datetime import date

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from feedback.analysis.profile_files import LARGEST_FILE, Read, read_profile
from feedback.analysis.profiles import Group
from feedback.forms.account import ButtonForm
from feedback.forms.office_words import AUDIENCES
from feedback.forms.profiles import HeardForm, ProfileForm, WeightsForm, trouble_words
from feedback.models.profiles import Profile
from feedback.outputs import tables
from feedback.queries import profiles as stored
from feedback.services import profiling, reweighing, taking_part
from feedback.services.profiling import Facts
from feedback.services.taking_part import Window
from feedback.vocabulary import ABOUT, Audience, Permission
from feedback.web import hearing, reweighed, spans
from feedback.web.access import needs
from feedback.web.frame import db, now, parts, today

bp = Blueprint("profiles", __name__, url_prefix="/staff/heard")

_OF = "/<dimension>/<audience>"


@dataclass(frozen=True)
class _Of:
    """Which profile a page is about."""

    dimension: str
    audience: Audience

    @property
    def title(self) -> str:
        """What is asked, and of whom."""
        return f"{hearing.title(self.dimension)}: {AUDIENCES[self.audience]}"

    @property
    def address(self) -> dict[str, str]:
        """Its parts of an address."""
        return {"dimension": self.dimension, "audience": self.audience.value}


@bp.get("")
@needs(Permission.READ_MEASURES)
def heard() -> ResponseReturnValue:
    """Whom we have not heard, first; then each question about people with its profile."""
    wanted = _wanted()
    window = _window(wanted)
    threshold = parts().settings.threshold_staff
    found = profiling.heard(db(), window, threshold) if window else None
    page = render_template(
        "office/heard.html",
        found=found,
        opening=hearing.opening(found, window, threshold) if found and window else None,
        left_out=hearing.not_in_education(found.not_in_education, threshold) if found else "",
        parts=[hearing.part(each, threshold) for each in found.dimensions] if found else [],
        usable=hearing.usable(found.dimensions) if found else [],
        title_of=hearing.title,
        **_shared(wanted, window),
    )
    return page, 200 if window else 422


@bp.get("/weights")
@needs(Permission.READ_MEASURES)
def weights() -> ResponseReturnValue:
    """What weighting would change, where somebody asks for it, with what it costs beside it."""
    wanted, choice = _wanted(), WeightsForm(formdata=request.args)
    window, threshold = _window(wanted), _threshold()
    seen = profiling.heard(db(), window, threshold).dimensions if window else ()
    usable = hearing.usable(seen)
    choice.offer(each.name for each in usable)
    sound = choice.validate() and window is not None
    found = measures = None
    if sound and window and choice.by.data:
        found = profiling.weighing(db(), window, choice.by.data, threshold)
    if found and window and not found.reasons:
        names = choice.by.data
        seen_by = reweighing.core_measures(db(), names, window.audience, *_days(window), threshold)
        measures = reweighed.said(names, seen_by, usable)
    page = render_template(
        "office/heard_weights.html",
        choice=choice,
        usable=usable,
        found=found,
        words=hearing.weights(found, usable) if found else None,
        measures=measures,
        sources=[
            hearing.source(each.profile)
            for each in usable
            if each.profile and each.name in choice.by.data
        ],
        **_shared(wanted, window),
    )
    return page, 200 if sound else 422


@bp.route(f"{_OF}/profile", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def profile(dimension: str, audience: str) -> ResponseReturnValue:
    """Bring a profile in: a file or pasted lines, a look at it, then yes."""
    of, there = _found(dimension, audience)
    form = ProfileForm(data={"source": there.source, "day": there.counted_on} if there else None)
    form.today = today()
    names = hearing.names(profiling.groups_of(db(), of.dimension, of.audience))
    read = None
    if form.validate_on_submit():
        content = _sent(form)
        read = read_profile(
            content,
            names,
            ages=dimension in profiling.AGES,
            base=form.base.data,
            day=form.day.data,
            today=today(),
        )
        if not read.problems:
            if request.form.get("do") == "keep":
                return _keep(form, of, read)
            return _preview(form, of, read, content, names, there)
    page = render_template(
        "office/profile.html",
        form=form,
        of=of,
        there=there,
        problems=[trouble_words(each) for each in read.problems] if read else [],
        names=names,
    )
    return page, 422 if form.is_submitted() else 200


@bp.get(f"{_OF}/template.csv")
@needs(Permission.KEEP_FIGURES)
def template(dimension: str, audience: str) -> ResponseReturnValue:
    """A file to fill in: the codes and names of all groups, and a column for the people."""
    of, _there = _found(dimension, audience)
    names = hearing.names(profiling.groups_of(db(), of.dimension, of.audience))
    rows = [(code, name, "") for code, name in names.items()]
    reply = make_response(tables.csv_bytes(("group", "name", "people"), rows))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = (
        f'attachment; filename="profile-{of.dimension}-{of.audience.value}.csv"'
    )
    return reply


@bp.route(f"{_OF}/profile/remove", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def remove(dimension: str, audience: str) -> ResponseReturnValue:
    """Take a profile out, after asking."""
    of, there = _found(dimension, audience)
    if there is None:
        abort(404)
    form = ButtonForm()
    if form.validate_on_submit():
        profiling.remove(db(), there, by=current_user.user_id, now=now())
        flash(gettext("The profile was taken out."))
        return _to_heard(of)
    return render_template(
        "office/profile_remove.html", form=form, of=of, source=hearing.source(there)
    )


def _keep(form: ProfileForm, of: _Of, read: Read) -> ResponseReturnValue:
    facts = Facts(
        of.dimension, of.audience, read.groups, form.source.data, form.day.data, read.base
    )
    profiling.keep(db(), facts, by=current_user.user_id, now=now())
    flash(gettext("The profile is kept."))
    return _to_heard(of)


def _preview(
    form: ProfileForm,
    of: _Of,
    read: Read,
    content: str | bytes,
    names: dict[str, str],
    there: Profile | None,
) -> ResponseReturnValue:
    """What was read, with what somebody should look at before they say yes."""
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    facts = Profile(source=form.source.data, counted_on=form.day.data, base=read.base)
    return render_template(
        "office/profile_preview.html",
        form=form,
        of=of,
        there=there,
        text=text,
        groups=[(names.get(group.code, group.code), *_figures(group)) for group in read.groups],
        source=hearing.source(facts),
        warnings=[trouble_words(each) for each in read.warnings],
    )


def _figures(group: Group) -> tuple[int | None, str]:
    return group.people, hearing.one_decimal(100 * group.share)


def _sent(form: ProfileForm) -> str | bytes:
    """What was sent: the file, or what was pasted where there is none."""
    if sent := form.file.data:
        content = bytes(sent.read(LARGEST_FILE + 1))
        sent.close()
        if content:
            return content
    return form.pasted.data or ""


def _found(dimension: str, audience: str) -> tuple[_Of, Profile | None]:
    if dimension not in ABOUT or audience not in {each.value for each in Audience}:
        abort(404)
    of = _Of(dimension, Audience(audience))
    locked = request.method == "POST"
    return of, stored.one(db(), of.dimension, of.audience, lock=locked)


def _to_heard(of: _Of) -> ResponseReturnValue:
    address = url_for(".heard", audience=of.audience.value, _anchor=of.dimension)
    return redirect(address, code=303)


def _threshold() -> int:
    return parts().settings.threshold_staff


def _wanted() -> HeardForm:
    """Whose answers the address asks for."""
    form = HeardForm(formdata=request.args)
    form.offer({year.first.year: spans.years(year) for year in taking_part.years(db())[::-1]})
    return form


def _window(wanted: HeardForm) -> Window | None:
    """Whose answers count; None where the form needs another look."""
    if not wanted.validate():
        return None
    year = wanted.year.data
    return Window(Audience(wanted.audience.data), int(year) if year else None)


def _days(window: Window) -> tuple[date | None, date | None]:
    """The first and last day that count; None where all do."""
    found = next((each for each in taking_part.years(db()) if each.first.year == window.year), None)
    return (found.first, found.last) if found else (None, None)


def _shared(wanted: HeardForm, window: Window | None) -> dict[str, object]:
    """What the pages of who was heard say besides: whose answers, and of which year."""
    return {
        "form": ButtonForm(),
        "wanted": wanted,
        "audience": AUDIENCES.get(window.audience) if window else "",
        "year": wanted.year.offered[wanted.year.data] if window and window.year else "",
        "threshold": _threshold(),
        "asked": {name: value for name in ("audience", "year") if (value := wanted[name].data)},
    }
