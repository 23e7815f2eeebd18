"""Staff and organisations; who did what."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
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
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from feedback.errors import AlreadyStaff, LastAdministrator, NameTaken, NotOneself, Refusal
from feedback.forms.account import ButtonForm
from feedback.forms.office_words import ORGANISATION_KINDS
from feedback.forms.people import InviteForm, OrganisationForm, PersonForm, faults
from feedback.models.people import StaffInvitation, User
from feedback.outputs import tables
from feedback.queries import oversight as kept
from feedback.queries import people as stored
from feedback.services import audit, inviting, second_step, staffing
from feedback.vocabulary import OrganisationKind, Permission, Role
from feedback.web import deeds
from feedback.web.access import ROLE_WORDS, needs
from feedback.web.frame import db, moment, now, parts, public_url

bp = Blueprint("oversight", __name__, url_prefix="/staff")
log = structlog.get_logger("feedback.oversight")

LARGEST_ID = 2**31 - 1  # that every database can look for
LINES_A_PAGE = 50
MOST_PAGES = 100_000

# What each role is for, beside its name where one is chosen.
ROLE_HINTS = {
    Role.ADMINISTRATOR: _l("Invites people and sees who did what. Does not read comments."),
    Role.OFFICER: _l("Writes surveys, plans events, reads comments and downloads answers."),
    Role.FACILITATOR: _l("Plans and prints for their own events, and sees the results of those."),
    Role.PARTNER: _l("Sees what the subgroup sees: results and the calendar, no single answers."),
    Role.VIEWER: _l("Sees results with small groups hidden, and nothing else."),
    Role.DATA_ENTRY: _l("Types in what came on paper, and prints the paper."),
}


# People


@bp.get("/people")
@needs(Permission.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    """Everybody who may come in, who is invited, and whose access has ended."""
    everybody = stored.listed(db())
    return render_template(
        "office/people.html",
        here=[each for each in everybody if each.user.ended_at is None],
        ended=[each for each in everybody if each.user.ended_at is not None],
        invitations=stored.invitations(db()),
        asked=second_step.asked_of,
        now=now(),
        form=ButtonForm(),
    )


@bp.route("/people/invite", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Invite somebody by a link that works once."""
    form = InviteForm()
    _offer(form)
    if form.validate_on_submit():
        try:
            invitation, token = inviting.invite(
                db(),
                form.email.data or "",
                form.name.data or "",
                Role(form.role.data),
                form.organisation_id,
                by=current_user.user_id,
                now=now(),
            )
        except AlreadyStaff as there:
            form.tell(form.email, gettext(there.message))
        else:
            return _deliver(invitation, token)
    page = render_template(
        "office/invite.html", form=form, problems=faults(form), hints=_role_hints()
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/people/invitations/<int:invitation_id>/again")
@needs(Permission.MANAGE_PEOPLE)
def invite_again(invitation_id: int) -> ResponseReturnValue:
    """Send an invitation once more, with a new link."""
    invitation = _invitation(invitation_id)
    token = inviting.send_again(db(), invitation, by=current_user.user_id, now=now())
    return _deliver(invitation, token)


@bp.post("/people/invitations/<int:invitation_id>/take-back")
@needs(Permission.MANAGE_PEOPLE)
def take_back(invitation_id: int) -> ResponseReturnValue:
    """Make an invitation worth nothing."""
    inviting.take_back(db(), _invitation(invitation_id), by=current_user.user_id, now=now())
    flash(gettext("The invitation is taken back. Its link does not work any more."))
    return redirect(url_for(".people"), code=303)


@bp.route("/people/<int:user_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def person(user_id: int) -> ResponseReturnValue:
    """One person: their role, whom they belong to, and the way to end their access."""
    user = _person(user_id)
    form = PersonForm(
        data={"role": user.role.value, "organisation": str(user.organisation_id or 0)}
    )
    _offer(form)
    if form.validate_on_submit():
        role, organisation_id = Role(form.role.data), form.organisation_id
        try:
            staffing.change(db(), user, role, organisation_id, by=current_user.user_id, now=now())
        except (NotOneself, LastAdministrator) as refused:
            form.tell(form.role, _words(refused))
        else:
            flash(gettext("Saved."))
            return redirect(url_for(".person", user_id=user.id), code=303)
    page = render_template(
        "office/person.html",
        user=user,
        seen_at=stored.last_seen(db(), user.id),
        asked=second_step.asked_of(user.role),
        form=form,
        problems=faults(form),
        hints=_role_hints(),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/people/<int:user_id>/end", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def end(user_id: int) -> ResponseReturnValue:
    """Ask once more, then let somebody in no more."""
    user = _person(user_id)
    if not ButtonForm().validate_on_submit():
        return render_template("office/end.html", user=user, form=ButtonForm())
    staffing.end(db(), user, by=current_user.user_id, now=now())
    flash(gettext("The access of %(name)s has ended.", name=user.name))
    return redirect(url_for(".people"), code=303)


@bp.post("/people/<int:user_id>/back")
@needs(Permission.MANAGE_PEOPLE)
def bring_back(user_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    user = _person(user_id)
    staffing.bring_back(db(), user, by=current_user.user_id, now=now())
    flash(gettext("%(name)s can sign in again.", name=user.name))
    return redirect(url_for(".person", user_id=user.id), code=303)


@bp.route("/people/<int:user_id>/second-step", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def reset_second_step(user_id: int) -> ResponseReturnValue:
    """Ask once more, then let somebody set up their second step anew."""
    user = _person(user_id)
    if not ButtonForm().validate_on_submit():
        return render_template("office/reset_second_step.html", user=user, form=ButtonForm())
    staffing.reset_second_step(db(), user, by=current_user.user_id, now=now())
    flash(gettext("%(name)s sets up the second step when they sign in.", name=user.name))
    return redirect(url_for(".person", user_id=user.id), code=303)


# Organisations


@bp.route("/organisations", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def organisations() -> ResponseReturnValue:
    """Whom people belong to and who runs events."""
    form = _organisation_form()
    if form.validate_on_submit():
        name, kind = form.name.data or "", OrganisationKind(form.kind.data)
        try:
            staffing.add_organisation(db(), name, kind, by=current_user.user_id, now=now())
        except NameTaken as taken:
            form.tell(form.name, _words(taken))
        else:
            flash(gettext("%(name)s is added.", name=name))
            return redirect(url_for(".organisations"), code=303)
    page = render_template(
        "office/organisations.html",
        rows=stored.organisations(db()),
        kinds=ORGANISATION_KINDS,
        form=form,
        problems=faults(form),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/organisations/<int:organisation_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def organisation(organisation_id: int) -> ResponseReturnValue:
    """Give an organisation another name or kind."""
    found = stored.organisation(db(), organisation_id) if organisation_id <= LARGEST_ID else None
    if found is None:
        abort(404)
    form = _organisation_form(data={"name": found.name, "kind": found.kind.value})
    if form.validate_on_submit():
        name, kind = form.name.data or "", OrganisationKind(form.kind.data)
        try:
            staffing.change_organisation(
                db(), found, name, kind, by=current_user.user_id, now=now()
            )
        except NameTaken as taken:
            form.tell(form.name, _words(taken))
        else:
            flash(gettext("Saved."))
            return redirect(url_for(".organisations"), code=303)
    page = render_template(
        "office/organisation.html", organisation=found, form=form, problems=faults(form)
    )
    return page, 422 if form.is_submitted() else 200


# The record


@bp.get("/record")
@needs(Permission.READ_AUDIT)
def record() -> ResponseReturnValue:
    """Who did what, the newest first; whether the record is whole is read when asked for."""
    wanted = _wanted_lines()
    page = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    found = kept.lines(db(), wanted, limit=LINES_A_PAGE, offset=(page - 1) * LINES_A_PAGE)
    if page > 1 and not found:
        abort(404)
    many = kept.count(db(), wanted)
    names = stored.names(db())
    called = {each.id: each.name for each, _ in stored.organisations(db())}
    asked = {name: request.args.get(name, "") for name in ("who", "what", "since", "until")}
    return render_template(
        "office/record.html",
        lines=found,
        many=many,
        page=page,
        pages=-(-many // LINES_A_PAGE),
        names=names,
        actions={action: deeds.action_words(action) for action in kept.actions(db())},
        what=deeds.action_words,
        to_what=lambda line: deeds.subject_words(line.subject, names, called),
        asked=asked if any(asked.values()) else {},
        checked=audit.check(db()) if request.args.get("check") else None,
        form=ButtonForm(),
    )


@bp.post("/record.csv")
@needs(Permission.READ_AUDIT)
def export_record() -> ResponseReturnValue:
    """The lines that were looked for as a file, as they were noted."""
    names = stored.names(db())
    rows = [
        [
            line.id,
            line.happened_at.isoformat(),
            line.user_id,
            names.get(line.user_id) if line.user_id else None,
            line.action,
            line.subject,
            line.chained,
        ]
        for line in kept.lines(db(), _wanted_lines())
    ]
    audit.note(db(), current_user.user_id, "export record", f"{len(rows)} lines", now=now())
    headers = ["line", "moment", "person", "name", "action", "subject", "hash"]
    reply = make_response(tables.csv_bytes(headers, rows))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = 'attachment; filename="record.csv"'
    return reply


def _wanted_lines() -> kept.Wanted:
    """Which lines the address or the form asks for; what cannot be read is as if not asked."""
    zone = ZoneInfo(parts().settings.time_zone)
    since, until = _day("since"), _day("until")
    who = request.values.get("who", type=int)
    return kept.Wanted(
        user_id=who if who is not None and 0 <= who <= LARGEST_ID else None,
        action=request.values.get("what", "").replace("\0", "")[:60],
        since=datetime.combine(since, time(), zone) if since else None,
        before=datetime.combine(until + timedelta(days=1), time(), zone) if until else None,
    )


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.values.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None


# What these pages share


def _deliver(invitation: StaffInvitation, token: str) -> ResponseReturnValue:
    """Bring a link to whom it is for, once the invitation stands and the link works."""
    db().commit()
    link = public_url("account.invitation", token=token)
    settings = parts().settings
    if not settings.mail_server:
        return render_template(
            "office/invited.html", invitation=invitation, link=link, form=ButtonForm()
        )
    from feedback.outputs import messages  # what speaks to mail servers, for few pages of one role

    try:
        messages.send(
            settings,
            to=invitation.email,
            subject=gettext("Your invitation to %(host)s", host=settings.host_name),
            text=render_template(
                "messages/invitation.txt",
                invitation=invitation,
                link=link,
                until=moment(invitation.expires_at),
                by=current_user.name,
            ),
        )
    except messages.NotSent as trouble:
        log.warning("mail_not_sent", reason=str(trouble))
        flash(
            gettext(
                "The e-mail to %(name)s could not be sent. The invitation is kept: "
                "press “Send again” in a while.",
                name=invitation.name,
            ),
            "problem",
        )
    else:
        flash(gettext("The invitation to %(name)s is on its way.", name=invitation.name))
    return redirect(url_for(".people"), code=303)


def _offer(form: PersonForm) -> None:
    form.offer(
        [(role.value, str(words)) for role, words in ROLE_WORDS.items()],
        [(each.id, each.name) for each, _ in stored.organisations(db())],
        gettext("None"),
    )


def _organisation_form(**data: Mapping[str, str]) -> OrganisationForm:
    form = OrganisationForm(**data)
    form.offer([(kind.value, str(words)) for kind, words in ORGANISATION_KINDS.items()])
    return form


def _role_hints() -> dict[str, str]:
    return {role.value: str(words) for role, words in ROLE_HINTS.items()}


def _person(user_id: int) -> User:
    user = stored.by_id(db(), user_id) if user_id <= LARGEST_ID else None
    if user is None:
        abort(404)
    return user


def _invitation(invitation_id: int) -> StaffInvitation:
    known = invitation_id <= LARGEST_ID
    found = stored.invitation_by_id(db(), invitation_id) if known else None
    if found is None:
        abort(404)
    return found


def _words(refusal: Refusal) -> str:
    return gettext(refusal.message, **refusal.facts)
