"""How fast RDF is written, asked and checked, beside rdflib and pySHACL doing the same (`--help` tells the options)."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.graphql_peer.data import fill
from benchmarks.graphql_peer.results import put_section
from benchmarks.rdf_peer import answering, validating
from graph.addresses import parse_address
from graph.opening import Credentials, open_store

CHECKOUT = Path(__file__).resolve().parent.parent
DATA = CHECKOUT / "data"
CHECKED = ("soc-3-report", "security-overview-page")
TITLE = "RDF beside rdflib"
PROVIDERS = (53, 211, 1056)
"""Half a million triples, two million, ten million."""
BARS = {"ratio": 20.0, "megabytes": 64.0}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one way took: seconds, seconds of computing, megabytes above what was there; ours counts the triples."""

    seconds: float
    cpu: float
    megabytes: float
    triples: int


def main() -> int:
    """Measures each size and writes the table into RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = f"providers of each graph; {PROVIDERS[-1]} are ten million triples (all: {' '.join(map(str, PROVIDERS))})"
    parser.add_argument("--sizes", type=int, nargs="+", default=PROVIDERS[:2], help=sizes)
    parser.add_argument("--folder", type=Path, help="where made graphs are kept")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.folder or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        rows = [measured(folder, providers, peer=providers == min(asked.sizes)) for providers in asked.sizes]
        answers, checked = answering.measured(folder), validating.measured(of_bundled(folder))
    table = "\n".join([report(rows), *asked_in_sparql(answers), *held_to_shapes(checked)])
    print(table)
    put_section(TITLE, table)
    return 0


def of_bundled(folder: Path) -> str:
    """The address of a store that holds some of the bundled facts: as many as pySHACL checks in minutes."""
    store = f"sqlite:///{folder / 'checked.db'}"
    facts = [str(path) for path in sorted(DATA.glob("*.jsonl")) if path.name.startswith(CHECKED)]
    command = [sys.executable, "-m", "cli", "load", *facts, "--store", store]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    return store


def measured(folder: Path, providers: int, *, peer: bool) -> dict[str, Taken]:
    """What each way takes for a graph; the peer is asked for the smallest alone."""
    store, file = made(folder, providers), folder / f"{providers}.ttl"
    found = {way: taken(way, store, file) for way in ("ours", "bare", *(("rdflib",) if peer else ()))}
    for left in (file, file.with_suffix(".bare")):
        left.unlink()
    return found


def made(folder: Path, providers: int) -> str:
    """The address of a SQLite file that holds so many invented providers."""
    path = folder / f"rdf-{providers}.db"
    address = f"sqlite:///{path}"
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with closing(open_store(parse_address(f"sqlite:///{part}"), Credentials(), create=True)) as store:
            fill(store, providers)
        part.rename(path)
    return address


def taken(way: str, store: str, file: Path) -> Taken:
    """One way in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.rdf_peer", way, store, str(file)]
    done = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True)
    return Taken(**json.loads(done.stdout.splitlines()[-1]))


def report(rows: list[dict[str, Taken]]) -> str:
    """The table in Markdown, and what was missed."""
    lines = [
        f"`python benchmarks/rdf.py`; Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}, "
        f"rdflib {version('rdflib')}; {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}.",
        "Export into Turtle, each way in a process of its own; seconds of computing stand in brackets.",
        "",
        "| triples | ours | microseconds a triple | megabytes above the process | bare file | rdflib | rdflib / ours |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *map(_row, rows),
        "",
    ]
    return "\n".join([*lines, _missed(rows), ""])


def asked_in_sparql(found: dict[str, dict[str, float]]) -> list[str]:
    """The table of the questions."""
    lines = [
        "### The questions in SPARQL, over the bundled facts",
        "",
        f"Milliseconds, medians of {answering.ROUNDS} rounds in turn after {answering.WARM} warm ones; rdflib once.",
        "",
        "| question | ours | rdflib | rdflib / ours | Cypher on Neo4j | Cypher / ours |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, ways in found.items():
        ours, theirs, cypher = ways["ours"], ways["rdflib"], ways["cypher"]
        lines.append(
            f"| {name} | {ours:.2f} | {theirs:.1f} | {theirs / ours:.1f} | {cypher:.2f} | {cypher / ours:.1f} |"
        )
    return [*lines, ""]


def held_to_shapes(found: validating.Validated) -> list[str]:
    """The line of the shapes."""
    ratio = found.theirs / found.ours
    return [
        "### The shapes",
        "",
        f"{found.triples:,} triples that keep to all of them: {found.ours:.2f} seconds of computing, pySHACL "
        f"{found.theirs:.1f}: {ratio:.0f} times (bar {BARS['ratio']:.0f}).",
        "",
    ]


def _row(row: dict[str, Taken]) -> str:
    ours, bare, peer = row["ours"], row["bare"], row.get("rdflib")
    each = ours.cpu / ours.triples * 1e6
    theirs = f"{peer.seconds:.1f} ({peer.cpu:.1f}) | {peer.cpu / ours.cpu:.1f}" if peer else " | "
    return (
        f"| {ours.triples:,} | {ours.seconds:.2f} ({ours.cpu:.2f}) | {each:.2f} | {ours.megabytes:.0f} "
        f"| {bare.seconds:.2f} | {theirs} |"
    )


def _missed(rows: list[dict[str, Taken]]) -> str:
    missed = [
        f"{row['ours'].triples:,} triples: {row['ours'].megabytes:.0f} MB of {BARS['megabytes']:.0f}"
        for row in rows
        if row["ours"].megabytes > BARS["megabytes"]
    ]
    for row in rows:
        if "rdflib" in row and (ratio := row["rdflib"].cpu / row["ours"].cpu) < BARS["ratio"]:
            missed.append(f"{ratio:.1f} of {BARS['ratio']:.0f} times rdflib")
    return f"Missed: {'; '.join(missed)}." if missed else "Nothing was missed."


if __name__ == "__main__":
    sys.exit(main())
