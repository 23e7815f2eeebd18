"""Checkers written by others: axe for what a person meets, the Nu checker for the markup."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from .site import START_SECONDS, free_port

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
QUICK_START = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m"]
ROOT = Path(__file__).parent.parent.parent
JAR = "node_modules/vnu-jar/build/dist/vnu.jar"


def none_of(found: Iterable[str]) -> None:
    """Fail with every fault on a line of its own, if there is any."""
    __tracebackhide__ = True
    if faults := sorted(set(found)):
        pytest.fail("\n".join(faults), pytrace=False)


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def axe(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """What axe has against a page that is open: all of our rules, or only some."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate(
        "options => axe.run(document, options)",
        {"runOnly": only, "resultTypes": ["violations"], "preload": False, "iframes": False},
    )
    return [
        f"{fault['id']}: {node['html'][:200]} {_why(node)}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return " / ".join(check["message"] for check in checks)


class MarkupChecker:
    """The Nu checker as a service of its own, for starting it takes longer than a hundred pages."""

    def __init__(self, java: str, jar: Path) -> None:
        self._port = free_port()
        where = ("-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(jar))
        self._process = subprocess.Popen(
            [java, *QUICK_START, *where, "nu.validator.servlet.Main", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        last = time.monotonic() + START_SECONDS
        while time.monotonic() < last and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._port)):
                return
            time.sleep(0.1)
        self.close()
        raise RuntimeError("the markup checker did not start")

    def faults(self, page: str) -> list[str]:
        """What it has against a page as it travelled."""
        asked = Request(
            f"http://127.0.0.1:{self._port}/?out=json&level=error",
            data=page.encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urlopen(asked, timeout=START_SECONDS) as reply:
            messages = json.load(reply)["messages"]
        return [f"{fault['message']} {fault.get('extract', '').strip()!r}" for fault in messages]

    def close(self) -> None:
        """Stop it."""
        self._process.kill()
        self._process.wait()


def markup_checker() -> MarkupChecker | None:
    """A checker of markup, if this machine has its two parts."""
    java = os.environ.get("FEEDBACK_TEST_JAVA") or shutil.which("java")
    jar = Path(os.environ.get("VNU_JAR") or ROOT / JAR)
    return MarkupChecker(java, jar) if java and jar.is_file() else None
