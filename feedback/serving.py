"""Serves the pages: one process tree, a few workers with a few threads each."""

import contextlib
import ctypes
import gc
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import structlog
from gunicorn.app.base import BaseApplication

from feedback import log
from feedback.app import create_app
from feedback.settings import Settings

ARENAS = 2  # heaps that threads share; more only leave holes in memory
ARENA_MAX = -8  # the name of that setting to the C library (M_ARENA_MAX in malloc.h)
LOG = structlog.get_logger("feedback.serving")


class Server(BaseApplication):
    """Gunicorn with our settings; each worker builds its own app after the fork."""

    def __init__(self, settings: Settings) -> None:
        self.feedback_settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings over."""
        settings = self.feedback_settings
        options: dict[str, Any] = {
            "bind": f"{settings.address}:{settings.port}",
            "workers": settings.workers,
            "threads": settings.threads,
            "worker_class": "gthread",
            "backlog": 2048,
            "keepalive": 15,
            "timeout": 60,
            "graceful_timeout": 20,
            "accesslog": None,  # its lines carry addresses
            "errorlog": "-",
            "loglevel": "warning",
            "worker_tmp_dir": None,
        }
        if settings.work:
            helper = _Helper()
            options |= {"when_ready": helper.begin, "on_exit": helper.end}
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """An app for one worker."""
        log.set_up(self.feedback_settings.log_format)
        _share_heaps()
        app = create_app(self.feedback_settings)
        gc.collect()
        gc.freeze()  # what is there now stays: not looked through again and again
        return app


class _Helper:
    """A process beside the workers that does the long work, and goes when they go."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, _server: Any) -> None:
        """Start it once the pages are served."""
        command = "from feedback.cli import main; main()"
        self._process = subprocess.Popen(  # noqa: S603 -- our own program, with nothing from outside
            [sys.executable, "-c", command, "work", "--beside", str(os.getpid())]
        )

    def end(self, _server: Any) -> None:
        """Let it put back what it has in hand."""
        if self._process is not None:
            self._process.terminate()


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    LOG.info("serving", port=settings.port, workers=settings.workers, threads=settings.threads)
    logging.getLogger("gunicorn.error").addFilter(log.NoAddresses())
    Server(settings).run()


def _share_heaps() -> None:
    """Let a worker's threads share memory where the C library knows how; elsewhere do nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(ARENA_MAX, ARENAS)
