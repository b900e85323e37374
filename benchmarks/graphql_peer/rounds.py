"""Rounds: every party is asked the same question in turn, so that what else the machine does meets all alike."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from benchmarks.graphql_peer.comparing import same
from benchmarks.graphql_peer.parties import HAND, OURS, PEER, Asking, Party
from benchmarks.graphql_peer.questions import TRIES, Question

WARM, ROUNDS = 30, 60
SECONDS_A_QUESTION = 90.0
"""When a question has taken so long, no further round begins; the table says how many there were."""
CLIENTS, SECONDS_A_CROWD = 16, 4.0


@dataclass(slots=True)
class Measured:
    """One question: milliseconds and bytes by party, and whether the answers were equal to ours."""

    question: Question
    times: dict[str, list[float]] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)
    equal: dict[str, bool] = field(default_factory=dict)

    def median(self, party: str) -> float | None:
        """The median in milliseconds."""
        return statistics.median(self.times[party]) if self.times.get(party) else None

    def p95(self, party: str) -> float:
        """The 95th percentile in milliseconds."""
        return sorted(self.times[party])[int(len(self.times[party]) * 0.95)]


def measure(parties: Sequence[Party], question: Question, picks: Mapping[str, Any], rounds: int) -> Measured:
    """Warm rounds, then the rounds that count, in turn and each time from another party on."""
    asking = {p.name: p.opened() for p in parties if p.name != HAND or question.cypher}
    found = Measured(question, {name: [] for name in asking})
    bodies = {name: _first(ask, question, picks) for name, ask in asking.items()}
    found.size = {name: len(body) for name, body in bodies.items()}
    found.equal = _equal(bodies)
    until = time.monotonic() + SECONDS_A_QUESTION
    for number in range(WARM + rounds):
        for name in _turned(list(asking), number):
            taken = _milliseconds(asking[name], question, picks)
            if number >= WARM:
                found.times[name].append(taken)
        if time.monotonic() > until and number > WARM:
            break
    return found


@dataclass(frozen=True, slots=True)
class Crowd:
    """What many clients get: answers a second, and milliseconds of computing for each, the database's included."""

    rate: float
    cpu: float


def crowd(party: Party, question: Question, picks: Mapping[str, Any]) -> Crowd:
    """What 16 clients get that ask without a pause."""
    asking = [party.opened() for _ in range(CLIENTS)]
    counts, until = [0] * CLIENTS, time.monotonic() + SECONDS_A_CROWD
    began, before = time.perf_counter(), party.cpu()

    def keep_asking(place: int) -> None:
        while time.monotonic() < until:
            asking[place](question, picks)
            counts[place] += 1

    threads = [threading.Thread(target=keep_asking, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Crowd(sum(counts) / (time.perf_counter() - began), (party.cpu() - before) / sum(counts))


def _first(ask: Asking, question: Question, picks: Mapping[str, Any]) -> bytes:
    """The first answer; a server that has just started may take longer to compile than a question may run."""
    for _ in range(TRIES):
        body = ask(question, picks)
        if b'"TIMED_OUT"' not in body:
            break
    return body


def _equal(bodies: Mapping[str, bytes]) -> dict[str, bool]:
    data = {name: orjson.loads(body) for name, body in bodies.items() if name != HAND}
    for name, answer in data.items():
        if "errors" in answer:
            raise SystemExit(f"{name}: {answer['errors'][0]}")
    others = {name: answer["data"] for name, answer in data.items() if name != OURS}
    return {
        name: same(data[OURS]["data"], answer) if name == PEER else bool(data[OURS]["data"] == answer)
        for name, answer in others.items()
    }


def _turned(names: list[str], number: int) -> list[str]:
    first = number % len(names)
    return names[first:] + names[:first]


def _milliseconds(ask: Asking, question: Question, picks: Mapping[str, Any]) -> float:
    began = time.perf_counter()
    ask(question, picks)
    return (time.perf_counter() - began) * 1000
