"""The program with every part put together."""

import re

from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from feedback.database import Database
from feedback.services.codes import Codes
from feedback.settings import Settings, place
from feedback.web import (
    access,
    account,
    authoring,
    codebooks,
    coding,
    collecting,
    commitments,
    coverage,
    entering,
    figures,
    frame,
    groups,
    improving,
    issue_cards,
    listening,
    local_offer,
    measures,
    meetings,
    offer,
    other_sources,
    oversight,
    papers,
    picturing,
    planning,
    printing,
    profiles,
    public,
    quoting,
    releases,
    reports,
    respond,
    rounds,
    said,
    sessions,
    sharing,
    telling,
    themes,
    together,
    twins,
    validating,
    worries,
)
from feedback.web.frame import FeedbackFlask, Parts

ANSWERING = (respond, public, figures, said, papers, validating, local_offer, telling, together)
OFFICE = (
    *(account, listening, themes, coding, quoting, codebooks, authoring, picturing),
    *(planning, issue_cards, collecting, printing, entering, sessions),
    *(measures, releases, coverage, profiles, twins),
    *(improving, commitments, sharing, rounds, offer, other_sources),
    *(reports, meetings, groups, worries),
)
DOORS = (*ANSWERING, *OFFICE, oversight)
ONE_HOUR = 3600  # seconds; only for built files whose name carries no hash
_HASHED = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+$")


def create_app(settings: Settings | None = None, database: Database | None = None) -> FeedbackFlask:
    """An app for these settings; a test may bring its own database."""
    settings = settings or Settings()
    secret = settings.secret.get_secret_value()
    app = FeedbackFlask(
        "feedback",
        template_folder=str(place("templates")),
        static_folder=None,
    )
    app.config.update(
        SECRET_KEY=secret,
        MAX_CONTENT_LENGTH=settings.largest_request,
        MAX_FORM_MEMORY_SIZE=settings.largest_request,
        SESSION_COOKIE_NAME="__Host-feedback" if settings.production else "feedback",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,  # a page may stay open as long as a family needs
        WTF_CSRF_SSL_STRICT=False,  # the page sends no referrer; the token is what counts
        BABEL_TRANSLATION_DIRECTORIES=str(place("translations")),
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["feedback"] = Parts(
        settings=settings,
        database=database
        or Database(
            settings.database, busy_seconds=settings.busy_seconds, threads=settings.threads
        ),
        codes=Codes(secret),
    )
    CSRFProtect(app).exempt(telling.bp)  # it reads no cookie, and looks where a form comes from
    frame.set_up(app)
    access.set_up(app)
    for door in DOORS:
        app.register_blueprint(door.bp)
    _serve_built_files(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


class BuiltFiles(WhiteNoise):
    """Built files leave compressed; each is looked up when somebody first asks for it.

    There are some thousand pictures, and a survey uses ten of them.
    """

    def find_file(self, url: str) -> StaticFile | None:
        """The file behind an address, remembered once found."""
        found = self.files.get(url) or super().find_file(url)
        if found is not None:
            self.files[url] = found
        return found


def _serve_built_files(app: FeedbackFlask) -> None:
    served = BuiltFiles(
        app.wsgi_app,
        autorefresh=True,  # look files up one by one
        max_age=ONE_HOUR,
        immutable_file_test=_never_changes,
        allow_all_origins=False,
        add_headers_function=lambda headers, _path, _url: headers.add_header(
            "X-Content-Type-Options", "nosniff"
        ),
    )
    served.add_files(str(place("static/dist")), prefix="static/")
    app.wsgi_app = served  # type: ignore[method-assign]


def _never_changes(_path: str, url: str) -> bool:
    """A hash stands in the name, or it is a picture of a set."""
    return url.startswith("/static/pictures/") or bool(_HASHED.search(url))
