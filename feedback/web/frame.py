"""What every page shares: the program's parts, language, one transaction, headers, error pages."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property, lru_cache
from http import HTTPStatus
from time import perf_counter
from typing import Any, TypeVar, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

import structlog
from babel.lists import format_list
from flask import Flask, abort, current_app, g, render_template, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask.wrappers import Request
from flask.wrappers import Response as Reply
from flask_babel import Babel, Domain, format_date, format_datetime, get_locale, gettext
from flask_babel import refresh as babel_refresh
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from feedback import errors, languages
from feedback.database import Database, address_store
from feedback.forms.questions import PageForm, field_name, page_form
from feedback.queries.signing_off import Credits
from feedback.queries.surveys import Asked, Editions
from feedback.questionnaire import UPLOADED
from feedback.services.codes import Codes
from feedback.settings import Settings, manifest, place
from feedback.vocabulary import EditionStatus

log = structlog.get_logger("feedback")

View = TypeVar("View", bound=Callable[..., Any])
_PLAIN_IN_ADDRESS = "/:=,;'()@*+$!~-._"  # what an address may hold as it is, inside quotes
_MAY_BE_ALLOWED = ("connect-src", "frame-src", "frame-ancestors", "worker-src", "media-src")
_OLD_WORDS = {"'none'": "DENY", "'self'": "SAMEORIGIN"}
# Pages on which nobody is known: no cookie is read or set, and no line of the log tells when.
APART = "/tell-me"
QUIET = "quiet"  # mark of a view that browsers ask for all the time: no line of the log each time
DURABLE = "durable"  # mark of a view whose commit must be on the disk before it answers


@dataclass
class Parts:
    """What the pages need of the program, made once a process."""

    settings: Settings
    database: Database
    codes: Codes
    editions: Editions = field(default_factory=Editions)
    credits: Credits = field(default_factory=Credits)
    forms: dict[tuple[int, int], type[PageForm]] = field(default_factory=dict)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @cached_property
    def addresses(self) -> Database:
        """The store of those who want to be told; few workers ever open it."""
        return address_store(self.settings)

    def form_of(self, asked: Asked, position: int) -> type[PageForm]:
        """The form class of a page; kept for editions that cannot change."""
        if asked.status is EditionStatus.DRAFT:
            return page_form(asked.questionnaire.pages[position - 1])
        key = (asked.edition_id, position)
        if key not in self.forms:
            self.forms[key] = page_form(asked.questionnaire.pages[position - 1])
        return self.forms[key]


class FeedbackFlask(Flask):
    """Flask with one transaction a request: returning commits, raising rolls back."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view and commit before its answer leaves."""
        try:
            answer = super().dispatch_request()
            kept = g.get("db")
            if kept is not None:
                kept.commit()
        except BaseException:
            kept = g.get("db")
            if kept is not None:
                kept.rollback()
            raise
        return answer


class _Sessions(SecureCookieSessionInterface):
    """The one cookie; it does not travel with what browsers may keep and share."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie says; on pages that stand apart, nothing."""
        if apart(request.path):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Reply) -> None:
        """Send the cookie where it changed, and say that the page depends on it."""
        kept_by_browsers = response.headers.get("Cache-Control", "").startswith("public")
        if not kept_by_browsers and not apart(request.path):
            super().save_session(app, session, response)


def apart(path: str) -> bool:
    """Whether a page stands apart from everything that people answer."""
    return path.startswith(f"{APART}/")


def parts() -> Parts:
    """The program's parts."""
    return cast(Parts, current_app.extensions["feedback"])


def db() -> Session:
    """This request's session: for reading on GET, for writing on POST."""
    kept = g.get("db")
    if kept is None:
        database = parts().database
        if request.method in ("GET", "HEAD", "OPTIONS"):
            kept = database.reading()
        else:
            view = current_app.view_functions.get(request.endpoint or "")
            kept = database.writing(durable=getattr(view, DURABLE, True))
        g.db = kept
    return cast(Session, kept)


def now() -> datetime:
    """This moment, in UTC."""
    return parts().clock()


def zone() -> ZoneInfo:
    """The time zone of the host."""
    return ZoneInfo(parts().settings.time_zone)


def today() -> date:
    """The day it is where the host is."""
    return now().astimezone(zone()).date()


def not_durable(view: View) -> View:
    """Mark a view whose commit may be lost with the power, as answers on the way may be."""
    setattr(view, DURABLE, False)
    return view


def quiet(view: View) -> View:
    """Mark a view that screens ask every second; what goes wrong there is still noted."""
    setattr(view, QUIET, True)
    return view


# Language


class _Words(Domain):
    """Finds a page's translations once, not for each of its forty pieces of text."""

    def get_translations(self) -> Any:
        """The translations in this page's language."""
        if not g:
            return super().get_translations()
        found = g.get("words")
        if found is None:
            found = g.words = super().get_translations()
        return found


class _Babel(Babel):
    """Flask-Babel with words that are found once a page."""

    @cached_property
    def domain_instance(self) -> Domain:
        """The words of the whole program."""
        return _Words(domain=self.domain)


def language() -> str:
    """The language of this page."""
    found = g.get("language")
    if found is None:
        found = session.get("language")
        if found not in languages.OFFERED:
            found = preferred_language(languages.OFFERED)
        g.language = found
    return cast(str, found)


def preferred_language(offered: Iterable[str]) -> str:
    """The offered language that the browser likes best ("pl-PL" is "pl"), or the first offered."""
    choices = list(offered)
    liked = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((tag for tag in liked if tag in choices), choices[0])


def set_language(tag: str, *, lasting: bool = False) -> None:
    """Show this page in another language, and the pages that follow when lasting."""
    if tag in languages.OFFERED:
        if g.get("language") != tag:
            g.language = tag
            g.pop("words", None)
            babel_refresh()
        if lasting and session.get("language") != tag:
            session["language"] = tag


def _language_of_link() -> None:
    """A link may say the language; it is kept for the pages that follow."""
    wanted = request.args.get("language")
    if wanted in languages.OFFERED:
        set_language(wanted, lasting=True)


def moment(value: datetime) -> str:
    """A day and a time in words, in the page's language and the host's time zone."""
    day, time = format_datetime(value, "d MMMM y"), format_datetime(value, "HH:mm")
    return gettext("%(day)s at %(time)s", day=day, time=time)


def public_url(endpoint: str, **values: Any) -> str:
    """The full address of a page, for an e-mail or for paper."""
    return public_address(url_for(endpoint, **values))


def public_address(path: str) -> str:
    """A path as the full address that people outside get."""
    root = parts().settings.public_address.rstrip("/") or request.host_url.rstrip("/")
    return f"{root}{path}"


def days(first: date, last: date) -> str:
    """A day in words, or a span of days."""
    if first == last:
        return str(format_date(first, "EEEE d MMMM y"))
    same = first.year == last.year
    begins = format_date(first, "d MMMM" if same else "d MMMM y")
    return str(gettext("%(first)s to %(last)s", first=begins, last=format_date(last, "d MMMM y")))


def listed(words: Iterable[str]) -> str:
    """Words one after the other, parted as the page's language parts them."""
    return format_list(list(words), locale=get_locale())


def quoted(names: Iterable[str]) -> str:
    """Names one after the other, in the quotation marks of the page's language."""
    return listed(gettext("“%(name)s”", name=name) for name in names)


# Addresses of built files, and the nonce that lets our own script run


def static_file(name: str) -> str:
    """The address of a built file, with the hash of its content."""
    return f"/static/{manifest().get(name, name)}"


@lru_cache(maxsize=256)
def picture(name: str) -> Markup:
    """A picture as a `data:` address: it comes with its page, without a request of its own.

    One that the host's own people brought in is larger: a browser fetches it once and keeps it.
    """
    if name.startswith(UPLOADED):
        return Markup(f"/pictures/{quote(name.removeprefix(UPLOADED))}")  # noqa: S704
    try:
        svg = _svg(name).replace('"', "'")
    except FileNotFoundError:  # a set changed; the browser shows the picture's words
        return Markup(f"/static/pictures/{quote(name)}.svg")  # noqa: S704
    return Markup(f"data:image/svg+xml,{quote(svg, safe=_PLAIN_IN_ADDRESS)}")  # noqa: S704


def paper_picture(file: str) -> str:
    """The address of a picture of a paper, by the file that its papers know it as."""
    return f"/static/{file}"


def picture_file(name: str) -> str:
    """The address of a picture by itself, for pages that show many of them."""
    return str(picture(name)) if name.startswith(UPLOADED) else f"/static/pictures/{name}.svg"


def _svg(name: str) -> str:
    return (place("static/dist") / "pictures" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def drawing(name: str) -> Markup:
    """One of our own drawings, inside the page: no further request, nothing to read aloud."""
    size = 'aria-hidden="true" focusable="false" width="64" height="64"'
    return Markup(_svg(f"own/{name}").replace("<svg ", f"<svg {size} ", 1))  # noqa: S704


def nonce() -> str:
    """A value that only this page's own script carries."""
    found = g.get("nonce")
    if found is None:
        found = g.nonce = secrets.token_urlsafe(16)
    return cast(str, found)


def allow(directive: str, sources: str = "'self'") -> None:
    """Let this page alone do one thing more, such as `frame-src`.

    Args:
        sources: addresses with which; our own where nothing is said.
    """
    g.allowed = {**g.get("allowed", {}), directive: sources or "'none'"}


def _headers(reply: Reply) -> Reply:
    headers = reply.headers
    allowed: dict[str, str] = g.get("allowed", {})
    script = f"'nonce-{g.nonce}'" if g.get("nonce") else "'none'"
    ours = {name: allowed.get(name, "'none'") for name in _MAY_BE_ALLOWED}
    # A view may say these two for itself: a picture may be kept, and holds no page.
    headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; "
        + "; ".join(f"{name} {source}" for name, source in ours.items()),
    )
    headers.setdefault("Cache-Control", "no-store")
    headers["X-Content-Type-Options"] = "nosniff"
    if ours["frame-ancestors"] in _OLD_WORDS:  # the older header knows no list of sites
        headers["X-Frame-Options"] = _OLD_WORDS[ours["frame-ancestors"]]
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    if parts().settings.production:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return reply


# Logging: an event and its facts; never an address, a code or a word that somebody wrote


def _start_clock() -> None:
    g.began = perf_counter()


def _note(reply: Reply) -> Reply:
    if apart(request.path):  # a moment here could be laid beside the moment of an answer
        return reply
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, QUIET, False) and reply.status_code < 400:
        return reply
    log.info(
        "request",
        method=request.method,
        page=request.endpoint,
        status=reply.status_code,
        ms=round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
    )
    return reply


# Error pages


def kept_words() -> list[str]:
    """What the person just wrote, so that an error page can give it back to them."""
    if request.method != "POST":
        return []
    try:
        sent = request.form
    except HTTPException:
        return []
    visit = g.get("visit")
    asked = parts().editions.known(visit.edition_id) if visit else None
    if asked is None:  # which questions take words cannot be told; several words are no code
        return [v for name, v in sent.items() if name.startswith("q_") and len(v.split()) > 1]
    questions = asked.questionnaire.questions.values()
    names = [field_name(question.name) for question in questions if question.kind.has_text]
    return [value for name in names for value in sent.getlist(name) if value.strip()]


def refusal_page(refusal: errors.Refusal) -> ResponseReturnValue:
    """A refusal in the person's language: what happened, what is safe, what to do."""
    kept = g.get("db")
    if kept is not None:
        kept.rollback()
    facts = {
        key: moment(value) if isinstance(value, datetime) else value
        for key, value in refusal.facts.items()
    }
    page = render_template(
        "errors/refusal.html",
        title=gettext(refusal.title),
        message=gettext(refusal.message, **facts) if facts else gettext(refusal.message),
        kept=kept_words(),
        refusal=type(refusal).__name__,
        code=request.view_args.get("code") if request.view_args else None,
    )
    wait = {"Retry-After": str(refusal.wait)} if refusal.wait else {}
    return page, refusal.status, wait


def _no_key(_trouble: Exception) -> ResponseReturnValue:
    """The page's safety key did not fit; where there is no cookie at all, that is why."""
    return refusal_page(errors.FormExpired() if request.cookies else errors.PlaceNotFound())


def _database_trouble(trouble: Exception) -> ResponseReturnValue:
    log.error("database_trouble", page=request.endpoint, exc_info=trouble)
    return refusal_page(errors.Busy())


def _http(trouble: HTTPException) -> ResponseReturnValue:
    status = trouble.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(trouble, RequestEntityTooLarge):
        return refusal_page(errors.TooMuch())
    if trouble.response is not None or status < 400:
        return trouble.get_response()
    return render_template("errors/plain.html", status=int(status), kept=kept_words()), status


def _unexpected(trouble: Exception) -> ResponseReturnValue:
    log.error("unexpected", page=request.endpoint, exc_info=trouble)
    kept = g.get("db")
    if kept is not None:
        kept.rollback()
    return render_template("errors/plain.html", status=500, kept=kept_words()), 500


def _give_back(_trouble: BaseException | None) -> None:
    kept = g.pop("db", None)
    if kept is not None:
        kept.close()


def no_such_page() -> None:
    """Answer as if there were no such page."""
    abort(HTTPStatus.NOT_FOUND)


def set_up(app: Flask) -> None:
    """Give an app what every page shares."""
    settings = app.extensions["feedback"].settings
    _Babel(
        app,
        locale_selector=language,
        timezone_selector=lambda: settings.time_zone,
        default_translation_directories=app.config["BABEL_TRANSLATION_DIRECTORIES"],
    )
    app.session_interface = _Sessions()
    app.before_request(_start_clock)
    app.before_request(_language_of_link)
    app.after_request(_headers)
    app.after_request(_note)
    app.teardown_request(_give_back)
    app.register_error_handler(errors.Refusal, refusal_page)
    app.register_error_handler(CSRFError, _no_key)
    app.register_error_handler(DBAPIError, _database_trouble)
    app.register_error_handler(PoolTimeout, _database_trouble)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)
    app.jinja_env.globals.update(
        static_file=static_file,
        picture_address=picture,
        picture_file=picture_file,
        paper_picture=paper_picture,
        drawing=drawing,
        nonce=nonce,
        moment=moment,
        days=days,
        listed=listed,
        quoted=quoted,
        language=language,
        direction=lambda: languages.direction(language()),
        direction_of=languages.direction,
        offered_languages=languages.OFFERED,
        settings=settings,
    )
