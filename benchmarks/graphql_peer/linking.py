"""What joins the nodes of the largest graph beside: evidence of every node, requirements, services that work together.

With it a provider has five relationships for each of its nodes, as the question of size asks, where the real graph and
that of 100 providers have two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from graph.identifiers import identify_below
from graph.merging import Edge, Node
from graph.model import UNCITED_LABELS

REQUIREMENTS = 48
"""How many requirements each framework has."""

CITED, ADDRESSED, TOGETHER = 2, 3, 209
"""Citations of each node, requirements of each control, pairs of services of a provider."""

Item = Node | Edge


def requirements(frameworks: Iterable[str]) -> list[Item]:
    """The requirements of the frameworks, which the controls of all providers share."""
    found: list[Item] = []
    for framework in frameworks:
        for place in range(1, REQUIREMENTS + 1):
            code = f"R{place}"
            id_ = identify_below("Requirement", framework, code)
            edge = Edge("HAS_REQUIREMENT", framework, id_, {"citations": (), "assertion": "stated"})
            found += [Node("Requirement", id_, {"name": code, "code": code}), edge]
    return found


def link(items: Iterable[Item], shared: Sequence[Item], rng: Random) -> Iterator[Item]:
    """What one provider's document states, and what joins its nodes beside."""
    kept = list(items)
    nodes = [item for item in kept if isinstance(item, Node)]
    lines = [node.id for node in nodes if node.label == "Citation"]
    yield from kept
    yield from _evidence([n for n in nodes if n.label not in {*UNCITED_LABELS, "Organization"}], lines, rng)
    codes = [item.id for item in shared if isinstance(item, Node)]
    for node in nodes:
        if node.label == "Control":
            yield from (_joined("ADDRESSES", node.id, code, lines, rng) for code in rng.sample(codes, ADDRESSED))
    yield from _pairs([node.id for node in nodes if node.label == "Service"], lines, rng)


def _evidence(nodes: Iterable[Node], lines: Sequence[str], rng: Random) -> Iterator[Edge]:
    for node in nodes:
        for line in rng.sample(lines, CITED):
            yield Edge("EVIDENCED_BY", node.id, line, {"precedence": 0, "name": node.values["name"]})


def _pairs(services: Sequence[str], lines: Sequence[str], rng: Random) -> Iterator[Edge]:
    for place in rng.sample(range(len(services) * (len(services) - 1)), TOGETHER):
        one, other = divmod(place, len(services) - 1)
        yield _joined("INTEGRATES_WITH", services[one], services[other + (other >= one)], lines, rng)


def _joined(type_: str, start: str, end: str, lines: Sequence[str], rng: Random) -> Edge:
    return Edge(type_, start, end, {"citations": (rng.choice(lines),), "assertion": "stated"})
