"""Who is here and what they may see. Every route names its permission with one of these."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager, UserMixin, current_user

from feedback.errors import PlaceNotFound, ResponseWithdrawn
from feedback.models.people import SignIn, User
from feedback.queries import responses, safeguarding
from feedback.queries.collections import plain_code
from feedback.queries.responses import Visit
from feedback.services import people, second_step
from feedback.vocabulary import OWN_EVENTS_ONLY, PERMISSIONS_OF, Permission, Role
from feedback.web.frame import db, now, parts, set_language

View = TypeVar("View", bound=Callable[..., Any])

MOST_PLACES = 4  # surveys that one browser may be in the middle of

login = LoginManager()

# The ways through the staff pages: where each begins, what it is called, what it takes.
WAYS = (
    ("listening.collections", _l("Answers"), Permission.READ_RESULTS),
    ("measures.what_moved", _l("What moved"), Permission.READ_MEASURES),
    ("themes.themes", _l("Themes"), Permission.READ_THEMES),
    ("improving.insights", _l("Promises"), Permission.SEE_PROMISES),
    ("reports.every", _l("Reports"), Permission.SEE_PROMISES),
    ("authoring.surveys", _l("Surveys"), Permission.DESIGN),
    ("planning.calendar", _l("Events"), Permission.SEE_CALENDAR),
    ("groups.every", _l("Groups"), Permission.HOLD_ROOMS),
    ("worries.queue", _l("Worries"), Permission.SAFEGUARD),
    ("entering.collections", _l("Paper"), Permission.ENTER_PAPER),
    ("oversight.people", _l("People"), Permission.MANAGE_PEOPLE),
    ("oversight.record", _l("Record"), Permission.READ_AUDIT),
)

SEEN_BY_ALL = ("groups.room", "groups.signing", "groups.confirm")  # a whole group looks at these

# Doors that lie below another one's way.
BELOW = {
    "issue_cards": "planning",
    **dict.fromkeys(("coding", "codebooks", "quoting"), "themes"),
    **dict.fromkeys(("releases", "profiles", "coverage", "twins"), "measures"),
    **dict.fromkeys(("commitments", "sharing", "rounds", "offer", "other_sources"), "improving"),
    "meetings": "reports",
}

ROLE_WORDS = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.OFFICER: _l("Officer"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.PARTNER: _l("Forum partner"),
    Role.VIEWER: _l("Viewer"),
    Role.DATA_ENTRY: _l("Data entry"),
}


def role_words(role: Role) -> str:
    """What a role is called on pages."""
    return str(ROLE_WORDS[role])


def ways() -> list[tuple[str, str, bool]]:
    """The ways open to whoever is signed in: address, name, whether this page is on it."""
    if not current_user.is_authenticated or current_user.waits:
        return []
    here = (
        request.blueprint,
        getattr(current_app.view_functions.get(request.endpoint or ""), "permission", None),
    )
    return [
        (url_for(endpoint), _called(endpoint, str(name)), _is_on(endpoint, permission, *here))
        for endpoint, name, permission in WAYS
        if _is_open(endpoint, permission)
    ]


def _is_open(endpoint: str, permission: Permission) -> bool:
    return current_user.may(permission) and endpoint in current_app.view_functions


def _called(endpoint: str, name: str) -> str:
    """What a way is called; the one to worries says how many wait, but never before a group.

    On the big screen a number that rises would tell everybody that one of them just asked for help.
    """
    if endpoint != "worries.queue" or request.endpoint in SEEN_BY_ALL:
        return name
    waiting = safeguarding.open_count(db())
    if not waiting:
        return name
    return gettext("%(name)s (%(count)s)", name=name, count=format_decimal(waiting))


def _is_on(endpoint: str, permission: Permission, door: str | None, asked: object) -> bool:
    """Whether a page of a door is on a way; of two ways through one door, by what it asks for."""
    door = BELOW.get(door or "", door)
    through = [way for way, _, _ in WAYS if way.partition(".")[0] == door]
    return endpoint in through and (len(through) == 1 or asked is permission)


def staff_home() -> str:
    """The first page that whoever is signed in may open."""
    if current_user.is_authenticated and not current_user.waits:
        for endpoint, _name, permission in WAYS:
            if _is_open(endpoint, permission):
                return url_for(endpoint)
    return url_for("account.own_page")


class Staff(UserMixin):
    """The member of staff behind a browser's sign-in.

    `waits` says that the password was right and the second step is still to come: until then no
    page opens but that one.
    """

    def __init__(
        self, token: str, user: User, sign_in: SignIn | None = None, *, passed: bool = False
    ) -> None:
        self.id, self.user_id, self.name, self.role = token, user.id, user.name, user.role
        self.sign_in = sign_in
        self.waits = second_step.asked_of(user.role) and not passed

    def may(self, permission: Permission) -> bool:
        """Whether their role has a permission."""
        return permission in PERMISSIONS_OF[self.role]

    @property
    def only_of(self) -> int | None:
        """Whose events alone they may see: their own number, or None where they see all."""
        return self.user_id if self.role in OWN_EVENTS_ONLY else None


@login.user_loader
def _staff(token: str) -> Staff | None:
    settings = parts().settings
    moment = now()
    found = people.signed_in(db(), token, idle=timedelta(minutes=settings.idle_minutes), now=moment)
    if found is None or (found.user.demonstration and not settings.demonstration):
        return None
    if moment - found.seen_at >= people.SEEN_EVERY:
        if request.method == "POST":  # this request writes already, and there is one writer
            people.seen(db(), found, now=moment)
        else:
            with parts().database.writing(durable=False) as writing:
                people.seen(writing, found, now=moment)
                writing.commit()
    return Staff(token, found.user, found, passed=found.second_step_at is not None)


def public(view: View) -> View:
    """A page for everybody."""
    return named(view, Permission.EVERYONE)


def needs(permission: Permission, *, after_second_step: bool = True) -> Callable[[View], View]:
    """A page for staff whose role has a permission; others are asked to sign in, or refused.

    Args:
        after_second_step: it waits until whoever is asked for a second step has passed it.
    """

    def asking(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
            if after_second_step and current_user.waits:
                here = request.full_path.rstrip("?") if request.method == "GET" else None
                return redirect(url_for("account.second_step", next=here), code=303)
            if not current_user.may(permission):
                abort(403)
            return cast(ResponseReturnValue, view(*args, **kwargs))

        return named(cast(View, checked), permission)

    return asking


def with_visit(view: View) -> View:
    """A page of somebody who is answering: finds their response by the one cookie."""

    @wraps(view)
    def found(code: str, **kwargs: Any) -> ResponseReturnValue:
        visit = current_visit(code)
        return cast(ResponseReturnValue, view(visit, **kwargs))

    return named(cast(View, found), Permission.ANSWERING)


def current_visit(code: str) -> Visit:
    """This browser's response in the survey with a short code.

    Raises:
        PlaceNotFound: the browser holds none.
        ResponseWithdrawn: it holds one that was deleted since.
    """
    places = session.get("answering") or {}
    submission_id = places.get(plain_code(code))
    if not isinstance(submission_id, str):
        raise PlaceNotFound
    visit = responses.visit(db(), submission_id, lock=request.method == "POST")
    if visit is None:
        raise ResponseWithdrawn
    set_language(visit.language)
    g.visit = visit
    return visit


def keep_place(code: str, submission_id: str) -> None:
    """Let this browser remember where somebody is; the oldest place makes room."""
    session["answering"] = keep_newest(session.get("answering") or {}, code, submission_id)


def keep_newest(kept: Mapping[str, str], code: str, submission_id: str) -> dict[str, str]:
    """What a browser holds by survey, with one more; the cookie stays small."""
    others = [(other, held) for other, held in kept.items() if other != code]
    return dict([*others, (code, submission_id)][-MOST_PLACES:])


def forget_place(code: str) -> None:
    """Let this browser forget a response, so that the next person finds nothing."""
    places = dict(session.get("answering") or {})
    places.pop(code, None)
    session["answering"] = places


def named(view: View, permission: Permission) -> View:
    """A view with the permission that it asks for written on it."""
    view.permission = permission  # type: ignore[attr-defined] # read by the walk over the URL map
    return view


def set_up(app: Flask) -> None:
    """Give an app its sign-ins."""
    login.init_app(app)
    app.jinja_env.globals.update(ways=ways, role_words=role_words, staff_home=staff_home)
    login.session_protection = None  # it would tie a sign-in to an address
