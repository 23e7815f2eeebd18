"""Brings what tests need from the system, runs a command with it, and takes it away again.

    python tools/test_services.py [--durable] -- COMMAND …

- a Chromium, as FEEDBACK_TEST_CHROMIUM
- a Java for the HTML checker, as FEEDBACK_TEST_JAVA
- espeak-ng, which reads questions aloud
- a PostgreSQL server of our own, made for this run, as FEEDBACK_TEST_POSTGRESQL

What is missing is installed from the system's packages where that can be done (as root, with
apt). What cannot be had is not set, and is said loudly; on CI (CI=true) that is a failure.
"""

import argparse
import glob
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

ON_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# The first has no windows to draw and opens a new visitor's browser three times as fast.
CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
SERVER_PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian
    "/usr/pgsql-*/bin",  # Red Hat
    "/usr/local/opt/postgresql*/bin",  # Homebrew
)


def main() -> int:
    """Run the command and hand back its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--durable", action="store_true", help="PostgreSQL writes for good")
    parser.add_argument("command", nargs="+")
    wanted = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)

    install_missing()
    environ = dict(os.environ)
    skipped = []
    for name, words, found in (
        ("FEEDBACK_TEST_CHROMIUM", "no Chromium: nothing is tried in a browser", chromium()),
        ("FEEDBACK_TEST_JAVA", "no Java: the HTML of pages is not checked", java()),
    ):
        if found:
            environ[name] = str(found)
        else:
            skipped.append(words)

    if not shutil.which("espeak-ng"):
        skipped.append("no espeak-ng: nothing is read aloud")

    with ExitStack() as services:
        binaries = postgresql_binaries()
        if binaries:
            environ["FEEDBACK_TEST_POSTGRESQL"] = services.enter_context(
                postgresql(binaries, durable=wanted.durable)
            )
        else:
            skipped.append("no PostgreSQL: the program is tried on SQLite alone")

        for words in skipped:
            print(f"SKIPPED: {words}.", flush=True)
        if skipped and ON_CI:
            print("On CI nothing may be skipped.")
            return 1
        code = subprocess.run(wanted.command, env=environ).returncode
    for words in skipped:
        print(f"SKIPPED: {words}.", flush=True)
    return code


def chromium() -> str | None:
    """The browser to drive: the one named by hand, or the system's."""
    named = os.environ.get("FEEDBACK_TEST_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def java() -> str | None:
    """A Java that runs; some systems have a `java` that only says it is not there."""
    found = os.environ.get("FEEDBACK_TEST_JAVA") or shutil.which("java")
    if not found:
        return None
    fit = subprocess.run([found, "-version"], capture_output=True).returncode == 0
    return found if fit else None


def postgresql_binaries() -> Path | None:
    """The folder with PostgreSQL's server programs, the newest where there are several."""
    places = [Path(found) for pattern in SERVER_PLACES for found in glob.glob(pattern)]
    places.sort(key=lambda place: [int(part) for part in re.findall(r"\d+", str(place))])
    config = shutil.which("pg_config")
    if config:
        asked = subprocess.run([config, "--bindir"], capture_output=True, text=True)
        places.insert(0, Path(asked.stdout.strip()))
    usual = shutil.which("initdb")
    if usual:
        places.insert(0, Path(usual).resolve().parent)
    fit = [place for place in places if all((place / one).exists() for one in ("initdb", "pg_ctl"))]
    return fit[-1] if fit else None


def install_missing() -> None:
    """Install from Debian's packages what is not there, where we may."""
    packages = []
    if not chromium():
        packages += ["chromium-headless-shell", "fonts-noto-core"]  # letters of all our languages
    if not java():
        packages += ["default-jre-headless"]
    if not postgresql_binaries():
        packages += ["postgresql"]
    if not shutil.which("espeak-ng"):
        packages += ["espeak-ng"]
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return

    began = time.monotonic()
    print(f"Installing {', '.join(packages)} …", end=" ", flush=True)
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in _steps(packages):
        step = subprocess.run(
            ["apt-get", "-q", *arguments],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if step.returncode:
            print(f"could not be done:\n{step.stdout}", flush=True)
            return
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def _steps(packages: list[str]) -> Iterator[list[str]]:
    """What apt-get is told, one after the other: what is offered is known after the first."""
    yield ["update"]
    yield ["install", "--yes", "--no-install-recommends", *map(_offered, packages)]


def _offered(package: str) -> str:
    """A package, or the whole browser where the system does not offer its headless half."""
    if package != "chromium-headless-shell":
        return package
    shown = subprocess.run(["apt-cache", "show", package], capture_output=True)
    return package if shown.returncode == 0 else "chromium"


@contextmanager
def postgresql(binaries: Path, *, durable: bool) -> Iterator[str]:
    """A server of our own on a free port, gone with all its data at the end."""
    began = time.monotonic()
    account = _server_account()
    # Short, for a socket's path may have no more than about a hundred letters.
    place = Path(tempfile.mkdtemp(prefix="fb-pg-", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108
    data, log = place / "data", place / "log"
    password = secrets.token_hex(16)

    def run(program: str, *arguments: str) -> None:
        step = subprocess.run(
            [str(binaries / program), "-D", str(data), *arguments],
            cwd=place,
            # A server that outlives this call must not hold on to our screen.
            stdin=subprocess.DEVNULL,
            stdout=(place / "said").open("w"),
            stderr=subprocess.STDOUT,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=account and [],
        )
        if step.returncode:
            told = (place / "said").read_text() + (log.read_text() if log.exists() else "")
            raise RuntimeError(f"PostgreSQL: {program} failed.\n{told}")

    try:
        (place / "password").write_text(password)
        if account:
            for path in (place, place / "password"):
                os.chown(path, account.pw_uid, account.pw_gid)
        port = _free_port()
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": place,
            "max_connections": 200,
        }
        if not durable:  # data that is thrown away need not survive a power cut
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        run(
            "initdb", "--username=feedback", f"--pwfile={place / 'password'}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale", "--no-sync",
        )  # fmt: skip
        settings = " ".join(f"-c {name}={value}" for name, value in options.items())
        try:
            run("pg_ctl", "start", "-w", "-t", "60", "-l", str(log), "-o", settings)
            took = time.monotonic() - began
            print(f"Started a PostgreSQL of our own from {binaries} … {took:.1f} s", flush=True)
            yield f"postgresql+psycopg://feedback:{password}@127.0.0.1:{port}/postgres"
        finally:
            if (data / "postmaster.pid").exists():
                run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _server_account() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as where we are root, for it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
