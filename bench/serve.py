"""An app under another server: `python -m bench.serve APP SERVER`, set up by FEEDBACK_ variables.

What `feedback serve` starts is measured through `feedback serve` itself; this is for what it does
not start: granian and waitress.
"""

import os
import sys
from typing import Any

from flask import Flask

APPS = {"ours": "bench.serve:ours", "floor": "bench.floor:create_app"}


def ours() -> Flask:
    """Our app as a worker of `feedback serve` makes it."""
    from feedback import log
    from feedback.app import create_app
    from feedback.settings import Settings

    settings = Settings()
    log.set_up(settings.log_format)
    return create_app(settings)


def granian(app: str, workers: int, threads: int, port: int) -> None:
    """Granian's WSGI server with as many workers and threads."""
    from granian import Granian
    from granian.constants import Interfaces

    options: dict[str, Any] = {"backlog": 2048, "log_access": False, "respawn_failed_workers": True}
    Granian(
        APPS[app],
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        **options,
    ).serve()


def waitress(app: str, workers: int, threads: int, port: int) -> None:
    """Waitress has one process: it gets all the threads of all the workers."""
    from waitress import serve

    from bench import floor

    made = {"ours": ours, "floor": floor.create_app}[app]()
    total = workers * threads
    serve(made, host="127.0.0.1", port=port, threads=total, backlog=2048, connection_limit=2000)


if __name__ == "__main__":
    server = {"granian": granian, "waitress": waitress}[sys.argv[2]]
    numbers = [int(os.environ[f"FEEDBACK_{name}"]) for name in ("WORKERS", "THREADS", "PORT")]
    server(sys.argv[1], *numbers)
