"""A hidden property that tells which of its label's indexed keys a node lacks: what is missing stands in no index.

With an index over it the nodes that have no key of an order, which come last or first in a list, are found without a
look at all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from graph.merging import Node
from graph.model import MODEL, NodeType
from graph.neo4j.words import ENTITY, LACKING, quoted

INDEX = "entity_by_lacking"

Run = Callable[[str, Mapping[str, Any]], list[list[Any]]]

_FILL = f"""
WITH n, [key IN $keys WHERE n[key] IS NULL] AS lacked WHERE size(lacked) > 0
SET n.{quoted(LACKING)} = reduce(text = $label, key IN lacked | text + ' ' + key)
"""


def indexed_keys(node: NodeType) -> list[str]:
    """The stored keys by which nodes of a label are ordered or looked up; the id aside, which a constraint indexes."""
    keys = [node.prop(key).order_key for key in ("name", *node.order)]
    keys += [key for lookup in node.lookups for key in lookup if key in node.keys]
    return list(dict.fromkeys([*keys, *(["folded"] if node.label == "Name" else [])]))


def index_statement() -> str:
    """What makes the index."""
    return f"CREATE RANGE INDEX {quoted(INDEX)} IF NOT EXISTS FOR (n:{quoted(ENTITY)}) ON (n.{quoted(LACKING)})"


def lacks(node: Node) -> dict[str, str]:
    """The property of a node; nothing where it lacks no key."""
    lacked = [key for key in indexed_keys(MODEL.node(node.label)) if node.values.get(key) is None]
    return {LACKING: _text(node.label, lacked)} if lacked else {}


def without(label: str, key: str) -> list[str]:
    """Every value of the property that nodes of a label can have which lack a key."""
    return [_text(label, lacked) for lacked in _some(indexed_keys(MODEL.node(label))) if key in lacked]


def fill(run: Run) -> None:
    """Writes the property of every node, as writing a node does."""
    for node in MODEL.nodes:
        run(f"MATCH (n:{quoted(node.label)}) {_FILL}", {"keys": indexed_keys(node), "label": node.label})


def _some(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(keys) + 1):
        yield from combinations(keys, size)


def _text(label: str, lacked: Sequence[str]) -> str:
    return " ".join([label, *lacked])
