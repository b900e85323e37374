"""How long `cg load` of the source documents takes, into SQLite and into a Neo4j that has just started.

usage: python benchmarks/loading.py [RUNS=5]

The time is that of the whole process less that of its imports (`cg --help`). Reading and extracting alone stands
beside both as the floor. Prints medians and ratios, and writes them into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from graphql_peer.results import put_section

from graph.neo4j.server import ServerSettings, start, stop

CHECKOUT = Path(__file__).resolve().parent.parent
DOCUMENTS = Path(os.environ.get("DOCUMENTS") or CHECKOUT.parent / "shared" / "documents")
TITLE = "Loading the five documents"
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
BUDGETS = {"SQLite": 3.0, "Neo4j": 10.0}


def main() -> int:
    """Runs the benchmark; without the documents there is nothing to load."""
    if not DOCUMENTS.is_dir():
        print(f"no source documents in {DOCUMENTS}: set DOCUMENTS to their folder", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        table = report(measure(Path(folder)))
    print(table)
    put_section(TITLE, table)
    return 0


def measure(folder: Path) -> dict[str, list[float]]:
    """Seconds of each run, the three kinds in turn."""
    imports = statistics.median(seconds("--help") for _ in range(RUNS))
    kinds: dict[str, Callable[[int], float]] = {
        "extracting alone": lambda run: seconds("load", str(DOCUMENTS), "--dry-run", "--store", sqlite(folder, -1)),
        "SQLite": lambda run: seconds("load", str(DOCUMENTS), "--store", sqlite(folder, run)),
        "Neo4j": lambda run: into_neo4j(folder / f"neo4j-{run}"),
    }
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for run in range(RUNS):
        for name, timed in kinds.items():
            found[name].append(timed(run) - imports)
    return found


def into_neo4j(home: Path) -> float:
    """Seconds of a load into a server that was started just before, as a first user meets it."""
    running = start(ServerSettings(home, auth=False))
    try:
        return seconds("load", str(DOCUMENTS), "--store", running.bolt_url)
    finally:
        stop(home)


def sqlite(folder: Path, run: int) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{folder / f'{run}.db'}"


def seconds(*arguments: str) -> float:
    """The wall time of one `cg`."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "cli", *arguments], cwd=CHECKOUT, check=True, capture_output=True)
    return time.perf_counter() - began


def report(found: dict[str, list[float]]) -> str:
    """The table in Markdown."""
    floor = statistics.median(found["extracting alone"])
    lines = [
        f"`benchmarks/loading.py`; Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()};",
        f"{RUNS} runs each, the kinds in turn; seconds of the whole process less its imports.",
        "",
        "| into | minimum | median | maximum | budget | ratio to extracting alone |",
        "|---|---|---|---|---|---|",
    ]
    for name, times in found.items():
        middle = statistics.median(times)
        budget = f"{BUDGETS[name]:g}" if name in BUDGETS else ""
        lines.append(
            f"| {name} | {min(times):.2f} | {middle:.2f} | {max(times):.2f} | {budget} | {middle / floor:.1f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
