"""Lists and their pages: cursors and Relay's algorithm of pages, over ways in plain lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from tests.api.operations.conditions import matches
from tests.api.operations.dicts import Dicts, Way
from tests.api.operations.ordering import Key, compared, ordered

DEFAULT = 25
"""How many nodes a page has where neither `first` nor `last` is given."""

PLACE = "place "
"""With which the cursors of this executor begin; those of a store are opaque and only compared for being the same."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, and all ways that its filter leaves."""

    ways: Sequence[Way]
    members: Sequence[Way]
    has_next: bool
    has_previous: bool
    list: str
    order: tuple[Key, ...]

    def cursor(self, way: Way) -> str:
        """The place of a way: its list, its order, its node, the relationship that leads to it."""
        edge = " ".join(way.edge.key) if way.edge else ""
        return f"{PLACE}{self.list} {','.join(map(str, self.order))} {way.node.id} {edge}"


def page(dicts: Dicts, ways: Sequence[Way], label: str | None, list_: str, given: Mapping[str, Any]) -> Page:
    """The page that the arguments of a connection ask for (Relay's cursor connections, section 4.4)."""
    order = ordered(label, given.get("orderBy") or ())
    members = [way for way in ways if matches(dicts, way, label, given.get("where") or {})]
    members.sort(key=cmp_to_key(lambda one, other: compared(dicts, one, other, order)))
    left, after, before = members, given.get("after"), given.get("before")
    if after is not None:
        left = [way for way in left if compared(dicts, way, _pointed(dicts, after), order) > 0]
    if before is not None:
        left = [way for way in left if compared(dicts, way, _pointed(dicts, before), order) < 0]
    first, last = given.get("first"), given.get("last")
    if first is None and last is None:
        first = DEFAULT
    head = left if first is None else left[:first]
    tail = head if last is None else head[max(0, len(head) - last) :]
    has_next = len(head) < len(left) if first is not None else before is not None
    has_previous = len(tail) < len(head) or (first is not None and after is not None)
    return Page(tail, members, has_next, has_previous, list_, order)


def _pointed(dicts: Dicts, cursor: str) -> Way:
    """The way at the place of a cursor."""
    _, _, id_, *edge = cursor.removeprefix(PLACE).split()
    return Way(dicts.nodes[id_], dicts.edges[edge[0], edge[1], edge[2]] if edge else None)
