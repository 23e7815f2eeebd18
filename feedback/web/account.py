"""Staff sign in and out."""

from contextlib import AbstractContextManager
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from feedback.errors import TooManySignIns, WrongSignIn
from feedback.forms.account import ButtonForm, SignInForm
from feedback.services import guessing, people
from feedback.services.guessing import Guess
from feedback.vocabulary import Permission
from feedback.web.access import Staff, needs, public
from feedback.web.frame import db, now, parts

bp = Blueprint("account", __name__)

MOST_WRONG = 10  # passwords of one account


@bp.route("/staff/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with e-mail and password; the session begins anew."""
    form = SignInForm()
    wrong = False
    if form.validate_on_submit():
        email = form.email.data or ""
        try:
            with _guess(email):
                user, token = people.sign_in(
                    db(),
                    email,
                    form.password.data or "",
                    demonstration=parts().settings.demonstration,
                    now=now(),
                )
        except WrongSignIn:
            wrong = True
        else:
            _forget_browser()
            login_user(Staff(token, user.id, user.name, user.role))
            return redirect(_wanted(), code=303)
    status = 422 if form.is_submitted() else 200
    return render_template("office/sign_in.html", form=form, wrong=wrong), status


@bp.post("/staff/sign-out")
@needs(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this sign-in, here and on the server."""
    if ButtonForm().validate_on_submit():
        people.sign_out(db(), current_user.id)
        logout_user()
        _forget_browser()
    return redirect(url_for(".sign_in"), code=303)


def _guess(email: str) -> AbstractContextManager[None]:
    """A password that somebody typed; wrong ones are counted for each account."""
    guess = Guess(
        f"sign-in:{email.strip().casefold()[:254]}",
        most=MOST_WRONG,
        wrong=WrongSignIn,
        refusal=TooManySignIns,
    )
    return guessing.slowed(db(), parts().codes, guess, now=now())


def _forget_browser() -> None:
    """Begin the browser's session anew; only the language stays."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def _wanted() -> str:
    """Where somebody was going before they were asked to sign in, if that is a page of ours."""
    wanted = request.args.get("next", "")
    plain = wanted.isprintable() and "\\" not in wanted
    ours = plain and wanted.startswith("/staff") and not urlsplit(wanted).netloc
    return wanted if ours else url_for("listening.collections")
