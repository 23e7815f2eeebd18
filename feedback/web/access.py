"""Who is here and what they may see. Every route names its permission with one of these."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user

from feedback.errors import PlaceNotFound, ResponseWithdrawn
from feedback.queries import responses
from feedback.queries.collections import plain_code
from feedback.queries.responses import Visit
from feedback.services import people
from feedback.vocabulary import PERMISSIONS_OF, Permission, Role
from feedback.web.frame import db, now, parts, set_language

View = TypeVar("View", bound=Callable[..., Any])

MOST_PLACES = 4  # surveys that one browser may be in the middle of

login = LoginManager()


class Staff(UserMixin):
    """The member of staff behind a browser's sign-in."""

    def __init__(self, token: str, user_id: int, name: str, role: Role) -> None:
        self.id, self.user_id, self.name, self.role = token, user_id, name, role

    def may(self, permission: Permission) -> bool:
        """Whether their role has a permission."""
        return permission in PERMISSIONS_OF[self.role]


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
    return Staff(token, found.user.id, found.user.name, found.user.role)


def public(view: View) -> View:
    """A page for everybody."""
    return _named(view, Permission.EVERYONE)


def needs(permission: Permission) -> Callable[[View], View]:
    """A page for staff whose role has a permission; others are asked to sign in, or refused."""

    def named(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
            if not current_user.may(permission):
                abort(403)
            return cast(ResponseReturnValue, view(*args, **kwargs))

        return _named(cast(View, checked), permission)

    return named


def with_visit(view: View) -> View:
    """A page of somebody who is answering: finds their response by the one cookie."""

    @wraps(view)
    def found(code: str, **kwargs: Any) -> ResponseReturnValue:
        visit = current_visit(code)
        return cast(ResponseReturnValue, view(visit, **kwargs))

    return _named(cast(View, found), Permission.ANSWERING)


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


def _named(view: View, permission: Permission) -> View:
    view.permission = permission  # type: ignore[attr-defined] # read by the walk over the URL map
    return view


def set_up(app: Flask) -> None:
    """Give an app its sign-ins."""
    login.init_app(app)
    login.session_protection = None  # it would tie a sign-in to an address
