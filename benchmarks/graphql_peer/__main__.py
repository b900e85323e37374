"""usage: python benchmarks/graphql.py [--graphs NAME,...] [--questions table,templates] [--growth]
                                   [--rounds N] [--folder DIR] [--no-write]

On one Neo4j of its own, over HTTP, in turn: our API, `@neo4j/graphql` under Apollo Server, Cypher by hand through the
driver, our API on SQLite. The graphs are the bundled facts (`real`), 100 invented providers of that shape (`hundred`)
and 2,057 of them (`million`: 1,000,000 nodes and 5,000,000 relationships, written in minutes). The tables go into
RESULTS.md, unless `--no-write` is given. The folder keeps the graphs and the peer's packages; without one they pass
away. With `--growth` the peer is not asked, and what is printed is how the cost of each question grows with the graphs.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from benchmarks.graphql_peer import graphs, growth, hits, overhead, servers
from benchmarks.graphql_peer.client import Client
from benchmarks.graphql_peer.parties import HAND, OURS, PEER, SQLITE, Addresses, addresses
from benchmarks.graphql_peer.questions import CROWDED, TABLE, Question, picks, questions
from benchmarks.graphql_peer.report import Row, tables
from benchmarks.graphql_peer.results import put_section
from benchmarks.graphql_peer.rounds import CLIENTS, ROUNDS, WARM, crowd, measure

TITLES = {"table": "GraphQL beside @neo4j/graphql", "templates": "LinGBM's templates beside @neo4j/graphql"}
_MEDIANS = f"Milliseconds over HTTP, medians of rounds in turn after {WARM} warm ones"
_ASKED = (
    f"{_MEDIANS}; then {CLIENTS} clients.",
    "The peer is asked for the same order and pages; answers are compared value by value.",
)


def main() -> int:
    """Measures the graphs that are named and prints their tables."""
    options = _options()
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(options.folder or passing).resolve()
        if options.growth:
            return _growth(options, folder)
        for group in options.questions.split(","):
            parts = [_graph(name, folder, group, options.rounds) for name in options.graphs.split(",")]
            text = "\n\n".join([_machine(*_ASKED), *parts])
            print(text)
            if not options.no_write:
                put_section(TITLES[group], text)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/graphql.py", description=__doc__)
    parser.add_argument("--graphs", default="real,hundred")
    parser.add_argument("--questions", default=",".join(TITLES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder")
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--growth", action="store_true")
    return parser.parse_args()


def _graph(name: str, folder: Path, group: str, rounds: int) -> str:
    with graphs.opened(name, folder) as (server, sqlite), addresses(server, sqlite, folder) as at:
        wanted = [question for question in questions() if (question.name in TABLE) is (group == "table")]
        rows = list(_rows(at, wanted, rounds))
        title = f"{graphs.GRAPHS[name].title}: {graphs.counts(sqlite)[1]}; load {os.getloadavg()[1]:.1f}"
    return tables(title, rows)


def _growth(options: argparse.Namespace, folder: Path) -> int:
    sizes = [_size(name, folder, options.questions.split(","), options.rounds) for name in options.graphs.split(",")]
    text = "\n\n".join([_machine(f"{_MEDIANS}; with `--growth`."), growth.fits(sizes)])
    print(text)
    if not options.no_write:
        put_section("Cost with the size of the graph", text)
    return 0


def _size(name: str, folder: Path, groups: Sequence[str], rounds: int) -> growth.Size:
    wanted = [q for q in questions() if ("table" if q.name in TABLE else "templates") in groups]
    with graphs.opened(name, folder) as (server, sqlite), addresses(server, sqlite, None) as at:
        found = picks(Client(at.ours.port, "/graphql"))
        rows = {}
        for question in wanted:
            print(f"{name}, {question.name}: {question.title}", file=sys.stderr, flush=True)
            measured = measure(at.parties(), question, found, rounds)
            assert measured.equal[SQLITE], f"{question.name}: the stores give different answers"
            rows[question.name] = (measured, hits.of_ours(server.address, question, found))
        nodes, size = graphs.counts(sqlite)
        return growth.Size(f"{graphs.GRAPHS[name].title}: {size}", nodes, os.getloadavg()[1], rows)


def _rows(at: Addresses, wanted: Sequence[Question], rounds: int) -> Iterator[Row]:
    found = picks(Client(at.ours.port, "/graphql"))
    for question in wanted:
        print(f"{question.name}: {question.title}", file=sys.stderr, flush=True)
        yield _row(at, question, found, rounds)


def _row(at: Addresses, question: Question, found: Mapping[str, Any], rounds: int) -> Row:
    parties = at.parties()
    measured = measure(parties, question, found, rounds)
    assert at.peer
    cost = {OURS: hits.of_ours(at.neo4j.address, question, found), PEER: hits.of_peer(at.peer.port, question, found)}
    crowded = [p for p in parties if p.name != HAND] if question.name in CROWDED else []
    crowds = {party.name: crowd(party, question, found) for party in crowded}
    return Row(measured, cost, overhead.milliseconds(at.neo4j.address, question, found), crowds)


def _machine(*asked: str) -> str:
    peer = orjson.loads((servers.HERE / "package.json").read_bytes())["dependencies"]
    versions = {
        "Python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in ("neo4j", "graphql-core", "strawberry-graphql")},
        **{name: peer[name] for name in ("@neo4j/graphql", "@apollo/server")},
        "Neo4j": graphs.NEO4J_VERSION,
    }
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    run = f"`python benchmarks/graphql.py`; {named}; {os.cpu_count()} cores, {platform.machine()}."
    return "\n".join([run, *asked])


if __name__ == "__main__":
    sys.exit(main())
