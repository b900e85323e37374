"""What a question costs in the database: statements and database hits, by PROFILE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from neo4j import Session

from api.schema import Api
from benchmarks.graphql_peer.client import Client
from benchmarks.graphql_peer.questions import Question
from graph.neo4j.store import Neo4jStore


@dataclass(frozen=True, slots=True)
class Hits:
    """Statements and database hits of one question."""

    statements: int
    hits: int


class Profiled(Neo4jStore):
    """A store whose statements run under PROFILE."""

    hits = 0

    def _ask(self, session: Session, until: float, text: str, values: Mapping[str, Any]) -> Iterator[list[Any]]:
        self.statements += 1
        result = session.run(f"PROFILE {text}", dict(values))
        yield from result.values()
        self.hits += _hits(result.consume().profile or {})


def of_ours(bolt: str, question: Question, picks: Mapping[str, Any]) -> Hits:
    """What our API asks the database for."""
    store = Profiled(bolt)
    answer = Api(store).run(question.ours, question.values(picks))
    store.close()
    assert "errors" not in answer.body, answer.body["errors"]
    return Hits(store.statements, store.hits)


def of_peer(port: int, question: Question, picks: Mapping[str, Any]) -> Hits:
    """What the peer asks the database for."""
    client = Client(port, "/")
    found = orjson.loads(client.ask(question.peer, question.peer_values(picks), "x-profile: 1"))
    client.close()
    return Hits(**found["extensions"]["found"])


def _hits(plan: Mapping[str, Any]) -> int:
    return int(plan.get("dbHits", 0)) + sum(map(_hits, plan.get("children", ())))
