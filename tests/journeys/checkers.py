"""Checkers written by others: axe for what a person meets, the Nu checker for the markup."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

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


def markup_checker() -> list[str] | None:
    """The command that checks markup, if this machine has its two parts."""
    java, jar = shutil.which("java"), Path(os.environ.get("VNU_JAR") or ROOT / JAR)
    return [java, *QUICK_START, "-jar", str(jar)] if java and jar.is_file() else None


def markup_faults(command: list[str], folder: Path) -> list[str]:
    """What the Nu checker has against the pages in a folder; an empty file is no page."""
    pages = [str(file) for file in sorted(folder.glob("*.html")) if file.stat().st_size]
    run = subprocess.run(
        [*command, "--errors-only", "--format", "json", "--exit-zero-always", *pages],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{Path(fault['url']).stem}: {fault['message']} {fault.get('extract', '').strip()!r}"
        for fault in json.loads(run.stderr)["messages"]
    ]
