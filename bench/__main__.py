"""`python -m bench [NAME …] [--quick]`: runs benchmarks and says what was met."""

import argparse
import importlib
import os
import platform
import signal
import sys
import tempfile
import time
import traceback
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

from bench.databases import postgresql
from bench.ground import Ground
from bench.report import Outcome, Table

NAMES = (
    *("turn", "crowd", "kill", "weight", "long", "design", "printing", "memory", "server"),
    *("themes", "feelings", "demonstration", "topics", "stream", "theming"),
    *("attacker", "dashboard", "papers", "promises", "rooms"),
)
ON_POSTGRESQL = {"turn", "kill", "server", "dashboard", "rooms"}  # the others need none


def main() -> int:
    """Run what is asked for; 1 where something could not be run, whatever was met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; none: all"
    )
    parser.add_argument("--quick", action="store_true", help="shorter, with more noise")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, _stop)  # so that servers are stopped on the way out
    rows: list[tuple[object, ...]] = []
    broken = 0
    wanted = [name for name in NAMES if not asked.names or name in asked.names]
    with tempfile.TemporaryDirectory(prefix="feedback-bench-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        with postgresql(folder) if ON_POSTGRESQL & {*wanted} else nullcontext() as databases:
            ground = Ground(folder, asked.quick, databases)
            print(_machine(ground), flush=True)
            for name in wanted:
                outcome = _run(name, ground)
                broken += outcome is None
                rows += _summary(name, outcome)
    print(f"\n{Table('Summary', ('benchmark', 'figure', 'measured', 'target', ''), rows)}")
    return 1 if broken else 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    sys.exit(1)


def _run(name: str, ground: Ground) -> Outcome | None:
    began = time.monotonic()
    print(f"\n== {name} ==", flush=True)
    try:
        outcome: Outcome = importlib.import_module(f"bench.{name}").run(ground)
    except Exception:  # the others are still worth running
        traceback.print_exc()
        return None
    for table in outcome.tables:
        print(f"\n{table}", flush=True)
    print(f"\n({name}: {time.monotonic() - began:.0f} seconds)", flush=True)
    return outcome


def _summary(name: str, outcome: Outcome | None) -> list[tuple[object, ...]]:
    if outcome is None:
        return [(name, "could not be run", "", "", "FAILED")]
    return [(name, v.figure, v.measured, v.target, v.word) for v in outcome.verdicts]


def _machine(ground: Ground) -> str:
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}, "
        f"{os.cpu_count()} cores, load before: {load}"
        f"{'; quick' if ground.quick else ''}"
    )


if __name__ == "__main__":
    sys.exit(main())
