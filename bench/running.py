"""Servers under measurement: started, asked for CPU and memory, stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType

import psutil

from bench.report import MB
from feedback import serving
from feedback.settings import Settings

ROOT = Path(__file__).parent.parent
WORKERS, THREADS = 2, 6  # as `feedback serve` starts without settings
START_SECONDS, STOP_SECONDS = 60, 30

SHARED = (  # what the floor's server takes over from ours
    "workers", "threads", "worker_class", "backlog", "keepalive", "timeout",
    "graceful_timeout", "max_requests", "max_requests_jitter", "loglevel",
)  # fmt: skip
SERVE = ("-c", "from feedback.cli import main; main()", "serve")  # `feedback serve` itself


class DidNotHappen(Exception):
    """Something that the measurement waited for."""


def until(happened: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Wait for something, but not for ever."""
    last = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > last:
            raise DidNotHappen(f"waited {seconds} seconds for {what}")
        time.sleep(0.05)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Memory:
    """A worker's memory in MB: all of it, and what is its own (shared pages by their share)."""

    rss: float
    pss: float
    uss: float


class Server:
    """One server's process tree, stopped when the block ends."""

    def __init__(
        self,
        database: str,
        folder: Path,
        *,
        command: tuple[str, ...] = SERVE,
        port: int | None = None,
    ) -> None:
        self.port = port or free_port()
        self.log = folder / f"server-{self.port}.log"
        self._command = [sys.executable, *command]
        kept = {key: value for key, value in os.environ.items() if not key.startswith("FEEDBACK_")}
        self._environment = {
            **kept,
            "FEEDBACK_DATABASE": database,
            "FEEDBACK_INSTANCE": str(folder / "instance"),
            "FEEDBACK_PORT": str(self.port),
            "FEEDBACK_WORKERS": str(WORKERS),
            "FEEDBACK_THREADS": str(THREADS),
        }

    def __enter__(self) -> "Server":
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._tree = psutil.Process(self.process.pid)
        try:
            until(self._ready, seconds=START_SECONDS, what=f"the server ({self.log.name})")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _ready(self) -> bool:
        if self.process.poll() is not None:
            raise DidNotHappen(f"the server ended at once:\n{self.log.read_text()[-2000:]}")
        return self.answers()

    def answers(self) -> bool:
        """Whether the first page comes."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> float:
        """Ask it to end, as a system does; gives the seconds that it took."""
        began = time.monotonic()
        family = [self.process.pid, *(child.pid for child in self._children())]
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        took = time.monotonic() - began
        for pid in family:  # only where something did not end by itself
            try:
                if os.getpgid(pid) == self.process.pid:
                    os.kill(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
        self.process.wait()
        return took

    def _children(self) -> list[psutil.Process]:
        try:
            return list(self._tree.children(recursive=True))
        except psutil.NoSuchProcess:
            return []

    def workers(self) -> list[psutil.Process]:
        """The processes that answer: the children of a master, or the only process."""
        children = [p for p in self._children() if _alive(p) and not _is_tracker(p)]
        return children or [self._tree]

    def kill_worker(self, worker: psutil.Process) -> None:
        """End one of our workers at once, as a machine that is out of memory does."""
        worker.send_signal(signal.SIGKILL)

    def cpu_seconds(self) -> float:
        """User and system time of the whole tree so far, workers that have ended included."""
        total = 0.0
        for process in (self._tree, *self._children()):
            try:
                used = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += used.user + used.system + used.children_user + used.children_system
        return total

    def memory(self) -> list[Memory]:
        """Each worker's memory now."""
        found = []
        for worker in self.workers():
            try:
                full = worker.memory_full_info()
            except psutil.NoSuchProcess:
                continue
            found.append(Memory(full.rss / MB, getattr(full, "pss", full.rss) / MB, full.uss / MB))
        return found


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _is_tracker(process: psutil.Process) -> bool:
    """Python's own bookkeeper of a multiprocessing parent answers nobody."""
    try:
        return "resource_tracker" in " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return True


def ours(database: str, folder: Path) -> Server:
    """Our app through `feedback serve`."""
    return Server(database, folder)


def bare(database: str, folder: Path) -> Server:
    """The floor under the server of `feedback serve`, with all of its settings."""
    settings = Settings(workers=WORKERS, threads=THREADS, port=free_port())
    known = serving.Server(settings).cfg.settings
    shared = [part for key in SHARED for part in (_flag(known[key].cli), str(known[key].get()))]
    bind = ("--bind", f"127.0.0.1:{settings.port}")
    command = ("-m", "gunicorn", *bind, *shared, "bench.floor:create_app()")
    return Server(database, folder, command=command, port=settings.port)


def _flag(spellings: list[str] | None) -> str:
    return spellings[-1] if spellings else ""


def under(server: str, app: str, database: str, folder: Path) -> Server:
    """Either app under a server by name."""
    if server == "gunicorn":
        return {"ours": ours, "floor": bare}[app](database, folder)
    return Server(database, folder, command=("-m", "bench.serve", app, server))
