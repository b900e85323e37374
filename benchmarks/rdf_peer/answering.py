"""The public questions in SPARQL: by our workers, by rdflib over the same export, and in Cypher on a real Neo4j."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from neo4j import READ_ACCESS, GraphDatabase
from rdflib import Dataset

from api.questions import Question, read_questions
from api.settings import QUESTIONS
from benchmarks.graphql_peer.servers import CHECKOUT, neo4j
from graph.addresses import parse_address
from graph.opening import Credentials, open_store
from ontology.export import export
from ontology.sparql import Engine
from ontology.sparql_process import Bounds

WARM, ROUNDS, ROUNDS_OF_RDFLIB = 5, 20, 1
JSON = "application/sparql-results+json"
Asking = Callable[[Question], object]


def measured(folder: Path) -> dict[str, dict[str, float]]:
    """Milliseconds by question, then by way: medians of rounds in turn; rdflib is asked once, it takes so long."""
    store = f"sqlite:///{folder / 'questions.db'}"
    _load(store)
    found: dict[str, dict[str, float]] = {}
    with (
        closing(open_store(parse_address(store), Credentials())) as opened,
        closing(Engine(opened, Bounds())) as engine,
    ):
        content = io.BytesIO()
        export(opened, "nquads", content)
        theirs = Dataset(default_union=True)
        theirs.parse(data=content.getvalue(), format="nquads")
        with _cypher(folder) as cypher:
            ways: dict[str, Asking] = {
                "ours": lambda q: engine.answer(engine.read(q.sparql), JSON),
                "cypher": cypher,
                "rdflib": lambda q: list(theirs.query(q.sparql)),
            }
            for question in read_questions(QUESTIONS):
                found[question.name] = _of(question, ways)
    return found


def _of(question: Question, ways: Mapping[str, Asking]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(WARM + ROUNDS):
        for name, ask in ways.items():
            if name == "rdflib" and not WARM <= number < WARM + ROUNDS_OF_RDFLIB:
                continue
            began = time.perf_counter()
            ask(question)
            if number >= WARM:
                times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


@contextmanager
def _cypher(folder: Path) -> Iterator[Asking]:
    with neo4j(folder / "questions-neo4j") as server:
        _load(server.address)
        with GraphDatabase.driver(server.address) as driver:

            def ask(question: Question) -> object:
                with driver.session(database="neo4j", default_access_mode=READ_ACCESS) as session:
                    return session.run(question.cypher).values()

            yield ask


def _load(store: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "cli", "load", "data", "--store", store], cwd=CHECKOUT, check=True, capture_output=True
    )
