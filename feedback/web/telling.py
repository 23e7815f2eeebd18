"""Tell me what happened: a page that knows nobody, an address, a yes, and one click to stop.

These pages stand apart (`frame.APART`): they read and set no cookie, so nothing here can know who
answered what; and no line of the log says when somebody was here.
"""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.errors import NotFromHere, UnknownCollection
from feedback.forms.people import faults
from feedback.forms.telling import TellForm
from feedback.models.surveys import Edition
from feedback.queries import news
from feedback.services import telling
from feedback.services.sealing import Recipient, Seals
from feedback.vocabulary import Audience, Presentation
from feedback.web import findings
from feedback.web.access import public
from feedback.web.frame import APART, language, no_such_page, now, parts, today

bp = Blueprint("telling", __name__, url_prefix=APART)


@bp.route("/about/<name>", methods=["GET", "POST"])
@public
def ask(name: str) -> ResponseReturnValue:
    """Where somebody leaves an address to be told what happens after a survey."""
    edition = _edition(name)
    form = TellForm(data={"tongue": language(), "words": _wished()})
    status = 200
    if form.is_submitted():
        _check_sender()
        if form.validate():
            recipient = Recipient(
                form.email.data or "", form.tongue.data, Presentation(form.words.data)
            )
            with parts().addresses.writing() as store, store.begin():
                telling.follow(
                    store,
                    _seals(),
                    name,
                    recipient,
                    minutes=parts().settings.letter_minutes,
                    today=today(),
                    now=now(),
                )
            return redirect(url_for(".asked", name=name, language=language()), code=303)
        status = 422
    page = render_template(
        "public/tell_me.html",
        form=form,
        problems=faults(form),
        name=name,
        title=findings.titled(edition),
        young=edition.audience is Audience.YOUNG_PERSON,
        months=telling.LONGEST_MONTHS,
    )
    return page, status


@bp.get("/about/<name>/asked")
@public
def asked(name: str) -> ResponseReturnValue:
    """What happens now: a message with a link, which may be a while."""
    _edition(name)
    return render_template(
        "public/tell_me_asked.html", minutes=parts().settings.letter_minutes, name=name
    )


@bp.route("/yes/<token>", methods=["GET", "POST"])
@public
def yes(token: str) -> ResponseReturnValue:
    """The link of the first letter: one button says yes, for programs open links too."""
    if request.method == "GET":
        with parts().addresses.reading() as store:
            found = telling.asked(store, _seals(), token, telling.YES)
        edition = _edition(found.survey)
        if found.confirmed:
            return _confirmed(token)
        return render_template(
            "public/tell_me_yes.html", token=token, title=findings.titled(edition)
        )
    with parts().addresses.writing() as store, store.begin():
        telling.confirm(store, _seals(), token, today=today())
    return _confirmed(token)


def _confirmed(token: str) -> ResponseReturnValue:
    stop = _seals().token(telling.STOP, _seals().follower_of(telling.YES, token))
    return render_template(
        "public/tell_me_confirmed.html", stop=stop, months=telling.LONGEST_MONTHS
    )


@bp.route("/stop/<token>", methods=["GET", "POST"])
@public
def stop(token: str) -> ResponseReturnValue:
    """The link of every letter: one button stops them all; mail programs press it by themselves."""
    if request.method == "GET":
        return render_template("public/tell_me_stop.html", token=token)
    with parts().addresses.writing() as store, store.begin():
        telling.stop(store, _seals(), token)
    return render_template("public/tell_me_stopped.html")


def _edition(name: str) -> Edition:
    """What was asked last in a survey, where people can be told at all."""
    if not parts().settings.writes_letters:
        no_such_page()
    with parts().database.reading() as answers:  # reads, also where the page writes elsewhere
        found = news.asked_in(answers, name)
    if found is None:
        raise UnknownCollection
    return found


def _wished() -> str:
    wish = request.args.get("read")
    return wish if wish in list(Presentation) else Presentation.STANDARD.value


def _check_sender() -> None:
    """Refuse a form that another site sent in somebody's name.

    Browsers say where a form comes from. Our pages send no referrer, so the older of the two
    headers may say nothing; then the letter that asks for a yes is what protects people.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise NotFromHere
        return
    origin = request.headers.get("Origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.host:
        raise NotFromHere


def _seals() -> Seals:
    return Seals(parts().settings.secret.get_secret_value())
