"""One server for one app: `python -m bench.serve APP SERVER`, set up by FEEDBACK_ variables.

APP is `ours` or `floor`; SERVER is `gunicorn`, `granian` or `waitress`. What `feedback serve`
starts is measured through `feedback serve` itself; this is for what it does not start.
"""

import os
import sys
from typing import Any

from flask import Flask

from bench import floor
from feedback import log, serving
from feedback.app import create_app
from feedback.settings import Settings


def ours() -> Flask:
    """Our app as a worker of `feedback serve` makes it."""
    settings = Settings()
    log.set_up(settings.log_format)
    return create_app(settings)


def bare() -> Flask:
    """The floor."""
    return floor.create_app(os.environ)


APPS = {"ours": ours, "floor": bare}


class Gunicorn(serving.Server):
    """The server of `feedback serve`, settings and all, with either app."""

    def load(self) -> Flask:
        """An app for one worker."""
        return APPS[sys.argv[1]]()


def gunicorn(settings: Settings) -> None:
    """As in `feedback serve`; workers are never renewed where a variable says so."""
    if os.environ.get("FEEDBACK_BENCH_NEVER_RENEW"):
        serving.MOST_REQUESTS = 0
    Gunicorn(settings).run()


def granian(settings: Settings) -> None:
    """Granian's WSGI server with as many workers and threads."""
    from granian import Granian
    from granian.constants import Interfaces

    options: dict[str, Any] = {"backlog": 2048, "log_access": False, "respawn_failed_workers": True}
    Granian(
        f"bench.serve:{APPS[sys.argv[1]].__name__}",
        factory=True,
        address=settings.address,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        **options,
    ).serve()


def waitress(settings: Settings) -> None:
    """Waitress has one process: it gets all the threads of all the workers."""
    from waitress import serve

    serve(
        APPS[sys.argv[1]](),
        host=settings.address,
        port=settings.port,
        threads=settings.threads * settings.workers,
        backlog=2048,
        connection_limit=2000,
    )


if __name__ == "__main__":
    {"gunicorn": gunicorn, "granian": granian, "waitress": waitress}[sys.argv[2]](Settings())
