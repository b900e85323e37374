"""What our API costs beside the database: an operation is run again on what the server answered before."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from api.schema import Api
from benchmarks.graphql_peer.questions import Question
from graph.neo4j.snapshot import Neo4jSnapshot
from graph.neo4j.store import Neo4jStore

TIMES = 200


class Replayed(Neo4jStore):
    """A store that asks the server once for each statement, and then remembers what it answered."""

    def __init__(self, bolt: str) -> None:
        super().__init__(bolt)
        self._answers: dict[str, list[list[Any]]] = {}

    @contextmanager
    def snapshot(self, seconds: float | None = None) -> Iterator[Neo4jSnapshot]:
        """A snapshot of what is remembered."""
        yield Neo4jSnapshot(self._remembered, lambda: self._remembered)

    def _remembered(self, text: str, values: Mapping[str, Any]) -> Iterator[list[Any]]:
        if text not in self._answers:
            with super().snapshot() as snapshot:
                self._answers[text] = list(snapshot._ask(text, values))
        return iter(self._answers[text])


def milliseconds(bolt: str, question: Question, picks: Mapping[str, Any]) -> float:
    """The median time that a known operation computes: limits, planning, statements, shaping, serialising."""
    api, values = Api(Replayed(bolt)), question.values(picks)
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        answer = api.run(question.ours, values)
        answer.json()
        taken.append((time.process_time() - began) * 1000)
    assert "errors" not in answer.body, answer.body["errors"]
    return statistics.median(taken[TIMES // 10 :])
