"""Builds all that the program needs in .venv, node_modules and static/dist.

    python tools/setup.py [test] [bench]

Needs nothing but Python. A step whose inputs are those of the last time is skipped, so
running it again costs a moment. Each step says what it does and how long it took.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
OLDEST_NODE = 20
INSTALL: list[str | Path] = [BIN / "python", "-m", "pip", "install", "--quiet", "--no-input"]


def main(extras: list[str]) -> None:
    """Do every step that is not done yet, in order."""
    began = time.monotonic()
    done = [environment()]
    done += [packages("run"), project()]
    done += [packages(name) for name in extras]
    done += [translations(), *front_end(with_checkers="test" in extras)]
    if any(done):
        print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)


def environment() -> bool:
    """A virtual environment; a new one where the project was moved, for it holds full paths."""
    stamp = Stamp(VENV / ".stamp-environment", str(ROOT))
    if stamp.fresh and (BIN / "python").exists():
        return False
    say("Making a Python environment", [sys.executable, "-m", "venv", "--clear", VENV])
    stamp.keep()
    return True


def packages(name: str) -> bool:
    """The packages of one lock: those very files, and nothing that they ask for besides."""
    lock = ROOT / "requirements" / f"{name}.txt"
    stamp = Stamp(VENV / f".stamp-{name}", lock)
    if stamp.fresh:
        return False
    count = sum(line[:1].isalnum() for line in lock.read_text().splitlines())
    say(
        f"Installing {count} Python packages ({name})",
        [*INSTALL, "--require-hashes", "--no-deps", "-r", lock],
    )
    stamp.keep()
    return True


def project() -> bool:
    """This project where it stands, built with the tools that the lock has just brought."""
    stamp = Stamp(VENV / ".stamp-project", ROOT / "pyproject.toml")
    if stamp.fresh and (BIN / "feedback").exists():
        return False
    say(
        "Installing the program itself",
        [*INSTALL, "--no-build-isolation", "--no-deps", "--editable", ROOT],
    )
    stamp.keep()
    return True


def translations() -> bool:
    """Translations in the form that the program reads."""
    words = sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po"))
    stamp = Stamp(VENV / ".stamp-translations", *words)
    if stamp.fresh and all(file.with_suffix(".mo").exists() for file in words):
        return False
    if words:
        say(
            f"Compiling the words of {len(words)} languages",
            [BIN / "pybabel", "--quiet", "compile", "--directory", ROOT / "translations"],
        )
    stamp.keep()
    return True


def front_end(*, with_checkers: bool) -> list[bool]:
    """Styles, fonts, scripts and pictures; with the HTML checker where tests are wanted."""
    done = []
    tools = node_on_path()
    if not tools:
        done.append(packages("node"))
        tools = {name: BIN / name for name in ("node", "npm")}
    # npm starts `node` by name.
    path = os.pathsep.join([str(Path(tools["node"]).parent), os.environ.get("PATH", os.defpath)])

    modules = ROOT / "node_modules"
    locks = [ROOT / "package.json", ROOT / "package-lock.json"]
    full = Stamp(modules / ".stamp", "with checkers", *locks)
    lean = Stamp(modules / ".stamp", "without checkers", *locks)
    if not (full.fresh or (lean.fresh and not with_checkers)):
        command = [tools["npm"], "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        say(
            "Fetching styles, fonts and pictures",
            [*command, *([] if with_checkers else ["--omit=dev"])],
            path=path,
        )
        (full if with_checkers else lean).keep()
        done.append(True)

    # Knows itself whether anything changed, and is silent then.
    done.append(
        say("Building static/dist", [tools["node"], "static/build.mjs"], path=path, quiet=True)
    )
    return done


def node_on_path() -> dict[str, str | Path]:
    """The system's own Node and npm, where they are new enough."""
    found = {name: shutil.which(name) for name in ("node", "npm")}
    node, npm = found["node"], found["npm"]
    if not node or not npm:
        return {}
    asked = subprocess.run([node, "--version"], capture_output=True, text=True)
    major = asked.stdout.strip().removeprefix("v").partition(".")[0]
    fit = major.isdigit() and int(major) >= OLDEST_NODE
    return {"node": node, "npm": npm} if fit else {}


class Stamp:
    """Remembers what a step was last done with."""

    def __init__(self, file: Path, *inputs: str | Path) -> None:
        self.file = file
        digest = hashlib.sha256()
        for one in inputs:
            digest.update(one.read_bytes() if isinstance(one, Path) else one.encode())
            digest.update(b"\0")
        self.value = digest.hexdigest()

    @property
    def fresh(self) -> bool:
        return self.file.exists() and self.file.read_text() == self.value

    def keep(self) -> None:
        self.file.write_text(self.value)


def say(
    words: str, command: Sequence[str | Path], *, path: str | None = None, quiet: bool = False
) -> bool:
    """Run one step on one line of the screen, and show all it said when it fails.

    A quiet step gets its line only when it had something to say; returns whether it had.
    """
    began = time.monotonic()
    if not quiet:
        print(f"{words} …", end=" ", flush=True)
    environ = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"} | ({"PATH": path} if path else {})
    environ.setdefault("NODE_USE_SYSTEM_CA", "1")  # as pip does: a council's own proxy is trusted
    step = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    took = f"{time.monotonic() - began:.1f} s"
    if step.returncode:
        print(f"failed after {took}.\n\n{step.stdout}", flush=True)
        sys.exit(f"Could not go on: {words.lower()}. Mend what is said above and run it again.")
    if quiet and step.stdout.strip():
        told = ", ".join(step.stdout.split("\n")).strip(", ")
        print(f"{words} … {told}, {took}", flush=True)
    elif not quiet:
        print(took, flush=True)
    return not quiet or bool(step.stdout.strip())


if __name__ == "__main__":
    main(sys.argv[1:])
