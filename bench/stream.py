"""A million comments through `feedback themes apply`: how long, and how much memory at most.

Every comment gets its themes, its feeling and whether a person should look, from a coder that
learned 3,250 labels. The million are hospital comments (the demonstration's where those are
missing), two and two together so that few are the same.
"""

import csv
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from bench.demonstration import Demonstration
from bench.ground import Ground
from bench.report import MB, Outcome, Table, at_most
from bench.theme_words import codebook
from bench.themes import COMMENTS, Labelled
from feedback.analysis.coding import ThemeCoder, to_bytes

MILLION, SOME = 1_000_000, 100_000  # comments
WORKERS = 2
LOOK_EVERY = 0.25  # seconds
MOST_SECONDS, MOST_MB, MOST_SECONDS_SOME = 600, 1_000, 60


def run(ground: Ground) -> Outcome:
    """100,000 and a million (quick: a tenth of each), by the command as an analyst types it."""
    outcome = Outcome()
    rows: list[tuple[int, float, float, float]] = []
    for count in (ground.pick(SOME, SOME // 10), ground.pick(MILLION, MILLION // 10)):
        seconds, memory = measure(ground.folder, count)
        rows.append((count, seconds, count / seconds, memory))
    outcome.tables.append(
        Table(
            f"Themes and feelings from file to file, {WORKERS} processes",
            ("comments", "seconds", "a second", "MB of all processes at most"),
            rows,
            ["MB: resident memory added up, so that what processes share counts more than once"],
        )
    )
    (some, some_seconds, _, _), (many, seconds, _, memory) = rows
    outcome.verdicts += [
        at_most(
            "100,000 themed and scored", _scaled(some_seconds, some, SOME), MOST_SECONDS_SOME, " s"
        ),
        at_most("a million streamed", _scaled(seconds, many, MILLION), MOST_SECONDS, " s"),
        at_most("memory of a million streamed", memory, MOST_MB, " MB"),
    ]
    return outcome


def measure(folder: Path, count: int) -> tuple[float, float]:
    """Seconds, and MB of all processes together at most."""
    texts, model = _texts(), folder / "model"
    if not model.exists():
        model.write_bytes(to_bytes(_coder()))
    file, out = folder / "comments.csv", folder / "out.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(("id", "text"))
        rows.writerows(_varied(texts, count))
    words = [sys.executable, "-m", "feedback.cli", "themes", "apply", model, file, out]
    began = time.monotonic()
    run = subprocess.Popen([*map(str, words), "--workers", str(WORKERS)])
    most = 0.0
    while run.poll() is None:
        most = max(most, _resident(run.pid))
        time.sleep(LOOK_EVERY)
    seconds = time.monotonic() - began
    if run.returncode:
        raise RuntimeError("the command failed; what it said stands above")
    with out.open(encoding="utf-8") as opened:
        written = sum(1 for _ in opened) - 1
    if written != count:
        raise RuntimeError(f"{written:,} lines for {count:,} comments")
    file.unlink()
    out.unlink()
    return seconds, most


def _resident(process: int) -> float:
    total = 0
    try:
        first = psutil.Process(process)
        for each in (first, *first.children(recursive=True)):
            total += each.memory_info().rss
    except psutil.NoSuchProcess:  # it ended while it was looked at
        pass
    return total / MB


def _texts() -> list[str]:
    return Labelled().texts if COMMENTS.exists() else Demonstration().texts


def _coder() -> ThemeCoder:
    if not COMMENTS.exists():
        return ThemeCoder(Demonstration().book)
    data = Labelled()
    return data.learn(codebook(data.names), (data.folds != 1).nonzero()[0])


def _varied(texts: list[str], count: int) -> Iterator[tuple[int, str]]:
    """Comments in turn; from the second round on with the first words of another one behind."""
    for at in range(count):
        round_, place = divmod(at, len(texts))
        text = " ".join(texts[place].split())
        other = texts[(place + round_) % len(texts)].split()[:4]
        yield at, text if not round_ else f"{text} {' '.join(other)}"


def _scaled(seconds: float, measured: int, wanted: int) -> float:
    return seconds * wanted / measured
