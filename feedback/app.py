"""The program with every part put together."""

from pathlib import Path

from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from feedback.database import Database
from feedback.services.codes import Codes
from feedback.settings import Settings, place
from feedback.web import access, account, frame, listening, public, respond
from feedback.web.frame import FeedbackFlask, Parts

ONE_HOUR = 3600  # seconds; only for built files whose name carries no hash


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
    CSRFProtect(app)
    frame.set_up(app)
    access.set_up(app)
    for door in (respond, public, account, listening):
        app.register_blueprint(door.bp)
    _serve_built_files(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _serve_built_files(app: FeedbackFlask) -> None:
    """Built files leave compressed and are kept by the browser for good."""
    dist = place("static/dist")
    served = WhiteNoise(app.wsgi_app, max_age=ONE_HOUR, immutable_file_test=_immutable)
    if dist.is_dir():
        served.add_files(str(dist), prefix="static/")
    app.wsgi_app = served  # type: ignore[method-assign]


def _immutable(path: Path | str, url: str) -> bool:
    """A hash stands in the name, or it is a picture of a set that never changes under its name."""
    return True
