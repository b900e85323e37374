"""The questions: each as an operation of ours, the same for the peer, and in Cypher where it was written by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.graphql_peer.client import Client

FOLDER = Path(__file__).parent / "questions"
TABLE = ("shared", "tree", "limited", "filter", "list", "connection", "lookup")
CROWDED = ("tree", "list", "limited", "lookup")
_VARIABLE = re.compile(r"\$(\w+)")

TRIES = 20
"""A server that has just started takes longer to compile a statement than a question may run."""

_TEST = "{ controlTests(first: 1) { nodes { id control { assessment { id } } } } }"
_PARTS = (
    "services(first: 10) { nodes { id name categories(first: 1) { nodes { id } } } }",
    "controls(first: 20) { nodes { number } pageInfo { endCursor } }",
    "objectives(first: 2) { nodes { name } }",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question by its name, in words, and in the three languages."""

    name: str
    title: str
    ours: str
    peer: str
    cypher: str | None

    def values(self, picks: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the variables that the question has."""
        return {name: picks[name] for name in dict.fromkeys(_VARIABLE.findall(self.ours))}

    def peer_values(self, picks: Mapping[str, Any]) -> dict[str, Any]:
        """The same for the peer, who turns pages by counting."""
        return {name: picks[name] for name in dict.fromkeys(_VARIABLE.findall(self.peer))}


def questions() -> list[Question]:
    """All of them: those of the table, then the templates of LinGBM in our vocabulary."""
    templates = sorted(path.name.split(".")[0] for path in FOLDER.glob("qt*.ours.graphql"))
    return [_read(name) for name in (*TABLE, *templates)]


def _read(name: str) -> Question:
    title, ours = (FOLDER / f"{name}.ours.graphql").read_text().split("\n", 1)
    cypher = FOLDER / f"{name}.cypher"
    peer = (FOLDER / f"{name}.peer.graphql").read_text()
    return Question(name, title.removeprefix("# "), ours, peer, cypher.read_text() if cypher.exists() else None)


def picks(client: Client) -> dict[str, Any]:
    """Values for the variables: parts of the report of the first test, as our API tells them."""
    test = _asked(client, _TEST, {})["controlTests"]["nodes"][0]
    report, found = test["control"]["assessment"]["id"], dict[str, Any]()
    for part in _PARTS:
        found |= _asked(client, f"query ($id: ID!) {{ assessment(id: $id) {{ {part} }} }}", {"id": report})[
            "assessment"
        ]
    service = next(s for s in found["services"]["nodes"] if s["categories"]["nodes"])
    controls = found["controls"]
    return {
        "report": report,
        "service": service["id"],
        "category": service["categories"]["nodes"][0]["id"],
        "test": test["id"],
        "after": controls["pageInfo"]["endCursor"],
        "word": max(service["name"].split(), key=len),
        "objectiveWord": found["objectives"]["nodes"][-1]["name"].split()[0],
        "number": controls["nodes"][-1]["number"],
    }


def _asked(client: Client, query: str, values: Mapping[str, Any]) -> Any:
    for _ in range(TRIES):
        answer = orjson.loads(client.ask(query, values))
        if "errors" not in answer:
            return answer["data"]
    raise SystemExit(f"{query}: {answer['errors']}")
