"""Staff come in: an invitation, a password, a second step; and each person's own page."""

from contextlib import AbstractContextManager
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user, login_user, logout_user

from feedback.errors import (
    PasswordTooWeak,
    Refusal,
    TooManyNumbers,
    TooManySignIns,
    WrongNumber,
    WrongPassword,
    WrongSignIn,
)
from feedback.forms.account import ButtonForm, SignInForm
from feedback.forms.people import (
    AcceptForm,
    ConfirmForm,
    NameForm,
    NumberForm,
    PasswordForm,
    faults,
)
from feedback.models.people import User
from feedback.queries import people as stored
from feedback.services import guessing, inviting, people
from feedback.services import second_step as steps
from feedback.services.guessing import Guess
from feedback.vocabulary import Permission
from feedback.web.access import Staff, needs, public, staff_home
from feedback.web.frame import db, now, parts

bp = Blueprint("account", __name__)

MOST_WRONG = 10  # passwords of one account
# Three numbers in a million are right at a time: a week of guessing finds one in 300 accounts
# whose password is known already.
MOST_WRONG_NUMBERS = 5  # in the same time


@bp.route("/staff/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with e-mail and password; the session begins anew."""
    form = SignInForm()
    wrong = False
    if form.validate_on_submit():
        email = form.email.data or ""
        try:
            with _guess(f"sign-in:{email.strip().casefold()[:254]}", WrongSignIn):
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
            return _come_in(user, token)
    status = 422 if form.is_submitted() else 200
    return render_template("office/sign_in.html", form=form, wrong=wrong), status


@bp.route("/staff/second-step", methods=["GET", "POST"])
@needs(Permission.SIGNED_IN, after_second_step=False)
def second_step() -> ResponseReturnValue:
    """The six digits after the password; the first time, setting up the app that shows them."""
    if not current_user.waits:
        return redirect(_wanted(), code=303)
    settings, codes = parts().settings, parts().codes
    form = NumberForm()
    if form.validate_on_submit():
        try:
            with _guess(f"second-step:{current_user.user_id}", WrongNumber):
                token = steps.pass_step(
                    db(),
                    codes,
                    current_user.sign_in,
                    form.number.data or "",
                    demonstration=settings.demonstration,
                    now=now(),
                )
        except WrongNumber as wrong:
            form.tell(form.number, gettext(wrong.message))
        else:
            return _come_in(_myself(), token, passed=True)
    user = _myself()
    key = None if user.second_step_since else steps.key_of(codes, user)
    page = render_template(
        "office/second_step.html",
        form=form,
        problems=faults(form),
        key=key,
        qr_code=_qr_code(steps.address_of(codes, user, settings.host_name)) if key else None,
        made_up=user.demonstration and settings.demonstration,
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/staff/sign-out")
@needs(Permission.SIGNED_IN, after_second_step=False)
def sign_out() -> ResponseReturnValue:
    """End this sign-in, here and on the server."""
    if ButtonForm().validate_on_submit():
        people.sign_out(db(), current_user.id)
        _leave()
    return redirect(url_for(".sign_in"), code=303)


@bp.route("/staff/invitation/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Somebody who was invited says their name, chooses a password and is in."""
    invited = inviting.find(db(), token, now=now())
    form = AcceptForm(data={"name": invited.name})
    if form.validate_on_submit():
        name, password = form.name.data or "", form.password.data or ""
        try:
            user = inviting.accept(db(), token, name, password, now=now())
        except PasswordTooWeak as weak:
            form.tell(form.password, _words(weak))
        else:
            if current_user.is_authenticated:  # somebody else, in this browser
                people.sign_out(db(), current_user.id)
            return _come_in(user, people.begin(db(), user, now=now()))
    page = render_template(
        "office/invitation.html",
        form=form,
        invited=invited,
        problems=faults(form),
        least=people.SHORTEST_PASSWORD,
    )
    return page, 422 if form.is_submitted() else 200


# One's own page


@bp.get("/staff/account")
@needs(Permission.SIGNED_IN)
def own_page() -> ResponseReturnValue:
    """Somebody's own name, password, second step and sign-ins."""
    return _own_page()


@bp.post("/staff/account/name")
@needs(Permission.SIGNED_IN)
def change_name() -> ResponseReturnValue:
    """Be called something else."""
    form = NameForm()
    if not form.validate_on_submit():
        return _own_page(name=form)
    people.rename(db(), _myself(), form.name.data or "", now=now())
    flash(gettext("Your name is changed."))
    return redirect(url_for(".own_page"), code=303)


@bp.post("/staff/account/password")
@needs(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Choose another password; every other sign-in ends."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            with _guess(f"password:{current_user.user_id}", WrongPassword):
                token = people.change_password(
                    db(),
                    current_user.sign_in,
                    form.old.data or "",
                    form.new.data or "",
                    now=now(),
                )
        except WrongPassword as wrong:
            form.tell(form.old, _words(wrong))
        except PasswordTooWeak as weak:
            form.tell(form.new, _words(weak))
        else:
            login_user(Staff(token, _myself()))
            flash(gettext("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for(".own_page"), code=303)
    return _own_page(change=form)


@bp.post("/staff/account/second-step")
@needs(Permission.SIGNED_IN)
def second_step_anew() -> ResponseReturnValue:
    """Set up the second step with another app; every other sign-in ends."""
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            with _guess(f"password:{current_user.user_id}", WrongPassword):
                token = steps.set_up_anew(
                    db(), current_user.sign_in, form.password.data or "", now=now()
                )
        except WrongPassword as wrong:
            form.tell(form.password, _words(wrong))
        else:
            login_user(Staff(token, _myself()))
            return redirect(url_for(".second_step", next=url_for(".own_page")), code=303)
    return _own_page(confirm=form)


@bp.post("/staff/account/sign-out")
@needs(Permission.SIGNED_IN)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every sign-in of one's own, this one too."""
    people.sign_out_everywhere(db(), current_user.user_id)
    _leave()
    return redirect(url_for(".sign_in"), code=303)


def _own_page(
    *,
    name: NameForm | None = None,
    change: PasswordForm | None = None,
    confirm: ConfirmForm | None = None,
) -> ResponseReturnValue:
    moment, user = now(), _myself()
    idle = timedelta(minutes=parts().settings.idle_minutes)
    forms = (
        name or NameForm(formdata=None, data={"name": user.name}),
        change or PasswordForm(formdata=None),
        confirm or ConfirmForm(formdata=None),
    )
    problems = [problem for form in forms for problem in faults(form)]
    page = render_template(
        "office/account.html",
        user=user,
        name=forms[0],
        change=forms[1],
        confirm=forms[2],
        form=ButtonForm(),
        problems=problems,
        least=people.SHORTEST_PASSWORD,
        asked=steps.asked_of(user.role),
        sign_ins=people.signed_in_places(db(), user.id, idle=idle, now=moment),
        this_one=people.hashed(current_user.id),
    )
    return page, 422 if problems else 200


# What these pages share


def _myself() -> User:
    """Whoever is signed in, as they stand in the database."""
    user = stored.by_id(db(), current_user.user_id)
    assert user is not None, "nobody is deleted"  # noqa: S101
    return user


def _guess(what: str, wrong: type[Refusal]) -> AbstractContextManager[None]:
    """Something typed that others could guess at; wrong ones are counted for each account."""
    numbers = wrong is WrongNumber
    guess = Guess(
        what,
        most=MOST_WRONG_NUMBERS if numbers else MOST_WRONG,
        wrong=wrong,
        refusal=TooManyNumbers if numbers else TooManySignIns,
    )
    return guessing.slowed(db(), parts().codes, guess, now=now())


def _come_in(user: User, token: str, *, passed: bool = False) -> ResponseReturnValue:
    """Begin the browser's session anew as somebody, and go on to the second step or the page."""
    _forget_browser()
    staff = Staff(token, user, passed=passed)
    login_user(staff)
    if staff.waits:
        return redirect(url_for(".second_step", next=request.args.get("next")), code=303)
    return redirect(_wanted(), code=303)


def _leave() -> None:
    logout_user()
    _forget_browser()


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
    ours = plain and wanted.startswith("/staff/") and not urlsplit(wanted).netloc
    return wanted if ours and wanted != "/staff/" else staff_home()


def _words(refusal: Refusal) -> str:
    return gettext(refusal.message, **refusal.facts)


def _qr_code(address: str) -> str:
    """An address as a picture that an app reads: dark on light, also on a dark page."""
    import segno  # late: only somebody who sets up their app needs it

    made: str = segno.make(address, error="m", micro=False).svg_data_uri(
        scale=4, border=4, dark="#000", light="#fff", omit_charset=True
    )
    return made
