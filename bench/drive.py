"""Our end of the driver: starts it, speaks with it, and ends it when its time is over."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from types import TracebackType
from typing import Any

from bench.load import Load, Result
from bench.running import ROOT, Server

LONGEST_SECONDS = 420  # of one load, whatever happens


class DriverEnded(Exception):
    """The driver stopped without a result."""


class Driven:
    """A load being driven by a process of its own."""

    def __init__(self, load: Load, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        self.load = load
        self._longest = longest_seconds

    def __enter__(self) -> "Driven":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._watch = threading.Timer(self._longest, self._process.kill)
        self._watch.daemon = True
        self._watch.start()
        self._write(json.dumps(asdict(self.load)))
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._watch.cancel()
        self._process.kill()
        self._process.communicate()

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def go(self) -> None:
        """Let the measured part begin."""
        self._write("go")

    def says(self) -> Iterator[dict[str, Any]]:
        """What the driver says, line by line."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield json.loads(line)

    def result(self) -> Result:
        """Wait for the result."""
        for said in self.says():
            if "result" in said:
                return Result(**said["result"])
        raise DriverEnded(f"no result of {self.load}")


def drive(load: Load) -> Result:
    """Drive a load to its end."""
    with Driven(load) as driven:
        return driven.result()


def drive_measured(load: Load, server: Server) -> tuple[Result, float]:
    """Drive a prepared load; the CPU seconds that the server used for its measured part."""
    with Driven(load) as driven:
        for said in driven.says():
            if "ready" in said:
                break
        else:
            raise DriverEnded(f"never ready: {load}")
        before = server.cpu_seconds()
        driven.go()
        result = driven.result()
        return result, server.cpu_seconds() - before
