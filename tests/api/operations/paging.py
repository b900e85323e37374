"""Lists and their pages: orders, cursors and Relay's algorithm of pages, over ways in plain lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from graph.merging import Node
from graph.model import MODEL, Property
from tests.api.operations.conditions import matches
from tests.api.operations.dicts import Dicts, Way, properties, sorting, stored

DEFAULT = 25
"""How many nodes a page has where neither `first` nor `last` is given."""

PLACE = "place "
"""With which the cursors of this executor begin; those of a store are opaque and only compared for being the same."""

Key = tuple[Property, bool]
"""One key of an order, and whether it descends."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and how many ways its filter leaves."""

    ways: Sequence[Way]
    total: int
    has_next: bool
    has_previous: bool
    list: str
    order: tuple[Key, ...]

    def cursor(self, way: Way) -> str:
        """The place of a way: its list, its order, its node."""
        keys = ",".join(("-" if descending else "+") + prop.key for prop, descending in self.order)
        return f"{PLACE}{self.list} {keys} {way.node.id}"


def page(dicts: Dicts, ways: Sequence[Way], label: str | None, list_: str, given: Mapping[str, Any]) -> Page:
    """The page that the arguments of a connection ask for (Relay's cursor connections, section 4.4)."""
    order = ordered(label, given.get("orderBy") or ())
    left = [way for way in ways if matches(dicts, way.node, label, given.get("where") or {})]
    left.sort(key=cmp_to_key(lambda one, other: _compared(one.node, other.node, order)))
    total = len(left)
    after, before = given.get("after"), given.get("before")
    if after is not None:
        left = [way for way in left if _compared(way.node, _pointed(dicts, after), order) > 0]
    if before is not None:
        left = [way for way in left if _compared(way.node, _pointed(dicts, before), order) < 0]
    first, last = given.get("first"), given.get("last")
    if first is None and last is None:
        first = DEFAULT
    head = left if first is None else left[:first]
    tail = head if last is None else head[max(0, len(head) - last) :]
    has_next = len(head) < len(left) if first is not None else before is not None
    has_previous = len(tail) < len(head) or (first is not None and after is not None)
    return Page(tail, total, has_next, has_previous, list_, order)


def ordered(label: str | None, given: Sequence[Mapping[str, str]]) -> tuple[Key, ...]:
    """The keys of an order, each property once, the id last; where none is given, the order of the label."""
    known = {prop.key: prop for prop in properties(label or "Service").values()}
    by_field = {prop.field: prop.key for prop in known.values()}
    asked = [(by_field[name], direction == "DESC") for key in given for name, direction in key.items()]
    usual = MODEL.node(label).order if label else ("name",)
    total: dict[str, bool] = {}
    for key, descending in (*(asked or [(key, False) for key in usual]), ("id", False)):
        total.setdefault(key, descending)
    keys = list(total)
    return tuple((known[key], total[key]) for key in keys[: keys.index("id") + 1])


def _compared(one: Node, other: Node, order: Sequence[Key]) -> int:
    """Below zero where one node comes before the other, above where it comes after; only a node itself is equal."""
    for prop, descending in order:
        mine, theirs = sorting(prop, stored(one, prop)), sorting(prop, stored(other, prop))
        if mine != theirs:
            return 1 if (mine > theirs) is not descending else -1
    return 0


def _pointed(dicts: Dicts, cursor: str) -> Node:
    """The node at the place of a cursor."""
    return dicts.nodes[cursor.removeprefix(PLACE).split(" ", 2)[-1]]
