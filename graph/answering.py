"""Runs plans on a snapshot of a store and gives their rows the shape of the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import orjson

from graph.cursors import encode_cursor
from graph.facets import facets_answer, facets_of, groupings
from graph.merging import Node
from graph.model import MODEL
from graph.plan import PropertyColumn, Rooted, StatesColumn
from graph.planner import (
    ID,
    Listing,
    Planned,
    PlannedField,
    citations_column,
    key_column,
    plan,
    plan_root,
    reading,
)
from graph.remembering import once
from graph.searching import Matches, Wanted
from graph.selection import (
    Connection,
    Constant,
    Cursor,
    EdgeCitations,
    EdgeField,
    EdgeNode,
    Edges,
    EdgeStates,
    Facets,
    Filter,
    Many,
    Nodes,
    One,
    OneEdge,
    Order,
    Page,
    PageInfo,
    Shape,
    Total,
    Value,
    Wording,
)
from graph.shaping import Fetched, Row, child_id, children, converter, shaper
from graph.store import Snapshot, Step

_TIMES_SHARED = 2
_WORDING = frozenset(p.key for node in MODEL.nodes for p in node.properties if p.verbatim)


class Answering:
    """Answers selections on one snapshot, so that all of an answer is of one state of the store.

    With `spliced` parts of an answer may be JSON that is taken over as it is (`orjson.Fragment`).
    """

    def __init__(self, snapshot: Snapshot, *, spliced: bool = False) -> None:
        self._snapshot = snapshot
        self._spliced = spliced

    def connection(self, label: str, connection: Connection) -> dict[str, Any]:
        """A root list: the parts of the connection under their response keys."""
        planned, listing, rooted = once(connection.made, (label, self._spliced), partial(self._root, label, connection))
        found = self._snapshot.roots(rooted, planned.block)
        keys = len(listing.edge)
        cell = [found.total, [[*row[:keys], row] for row in found.rows], *found.groups]
        fetched = {**self._fetch(planned, found.rows), **self._fetch_groups(connection, listing, [cell])}
        return _connection(connection, listing, cell, fetched)

    def nodes(self, ids: Sequence[str], shape: Shape) -> list[Any]:
        """The node of each id in the shape of its label; None where there is none, or none of those labels."""
        found = self._shaped(dict.fromkeys(ids), (shape,))
        return [found[id_][0] if id_ in found else None for id_ in ids]

    def matching(self, label: str, filter_: Filter, limit: int) -> list[str]:
        """The ids of at most `limit` nodes of a label that match, sorted."""
        block = plan(label, (Shape({label: (Value("id", ID),)}),)).block
        rooted = Rooted(label, limit, (Order(ID),), filter=filter_)
        return [row[0] for row in self._snapshot.roots(rooted, block).rows]

    def labels(self, ids: Sequence[str]) -> dict[str, str]:
        """The label of each id that is there."""
        return self._snapshot.labels(ids)

    def whole(self, ids: Sequence[str]) -> list[Node]:
        """The nodes with those ids as the store keeps them, as far as they are there, in any order."""
        return self._snapshot.whole(ids)

    def steps(self, ids: Sequence[str], types: Sequence[str]) -> list[Step]:
        """Every relationship of those types that starts or ends at one of the nodes, each once, sorted."""
        return self._snapshot.steps(ids, types)

    def search(self, wanted: Wanted) -> Matches:
        """How many nodes match a search, and the rank and the id of those of its page."""
        return self._snapshot.search(wanted)

    def scan(self, label: str) -> Iterator[Node]:
        """Every node of a label whole, sorted by id."""
        return self._snapshot.scan(label)

    def _shaped(self, ids: Iterable[str], shapes: Sequence[Shape]) -> dict[str, tuple[Any, ...]]:
        labels = self._labels(list(ids), shapes)
        shaped: dict[str, tuple[Any, ...]] = {}
        for label, members in labels.items():
            planned = self._planned(label, shapes)
            rows = self._snapshot.rows(label, members, planned.block)
            fetched = self._fetch(planned, rows.values())
            views = [shaper(view, fetched) or partial(_shape, view, fetched) for view in planned.views]
            for id_, row in rows.items():
                shaped[id_] = tuple(shape(row) for shape in views)
        return shaped

    def _root(self, label: str, connection: Connection) -> tuple[Planned, Listing, Rooted]:
        planned, listing = plan_root(label, connection, spliced=self._spliced)
        return planned, listing, _rooted(label, connection)

    def _planned(self, label: str, shapes: Sequence[Shape]) -> Planned:
        """The plan of shapes, kept beside the first of them together with the others, by which it is known."""
        key = (label, self._spliced, *map(id, shapes))
        planned, _ = once(shapes[0].made, key, lambda: (plan(label, shapes, spliced=self._spliced), shapes))
        return planned

    def _labels(self, ids: list[str], shapes: Sequence[Shape]) -> dict[str, list[str]]:
        label = shapes[0].label
        if label:
            return {label: ids}
        groups: dict[str, list[str]] = {}
        for id_, found in sorted(self._snapshot.labels(ids).items()):
            if found in shapes[0].fields:
                groups.setdefault(found, []).append(id_)
        return groups

    def _fetch(self, planned: Planned, rows: Iterable[Row]) -> Fetched:
        """Runs the steps that hang on the rows: every child once, serialised once where several rows share it."""
        rows = list(rows)
        fetched: dict[int, Mapping[str, tuple[Any, ...]]] = {}
        for field in (f for view in planned.views for f in view if f.listing):
            listing = _listing_of(field)
            entries = [entry for row in rows for entry in row[field.place][1] or ()]
            if listing.cut:
                fetched[id(listing)] = self._step(listing, [child_id(entry[-1]) for entry in entries])
            for cited in (c for c in listing.citations.values() if c.cut):
                place = listing.edge[citations_column(cited)]
                fetched[id(cited)] = self._step(cited, [id_ for entry in entries for id_ in entry[place]])
            if isinstance(field.field, Many) and listing.groups:
                cells = [row[field.place] for row in rows]
                fetched.update(self._fetch_groups(field.field.connection, listing, cells))
        return fetched

    def _fetch_groups(self, connection: Connection, listing: Listing, cells: Sequence[Row]) -> Fetched:
        """Runs the steps of the nodes that the members of groups share."""
        found: dict[int, Mapping[str, tuple[Any, ...]]] = {}
        for place, facets in enumerate(facets_of(connection), 2):
            if facets.key in listing.groups:
                entries = (entry for cell in cells for entry in cell[place][1])
                ids = [entry[2] for entry in entries if entry[2] is not None]
                found[id(listing.groups[facets.key])] = self._step(listing.groups[facets.key], ids)
        return found

    def _step(self, listing: Listing, ids: Sequence[str]) -> Mapping[str, tuple[Any, ...]]:
        times = Counter(ids)
        return {
            id_: tuple(_serialised(v) for v in values) if times[id_] >= _TIMES_SHARED else values
            for id_, values in self._shaped(times, listing.shapes).items()
        }


def _rooted(label: str, connection: Connection) -> Rooted:
    wants_rows = any(isinstance(part, Edges | Nodes | PageInfo) for part in connection.parts)
    one_more = any(isinstance(part, PageInfo) for part in connection.parts)
    orders, after, before = reading(connection)
    limit = connection.page.size + one_more if wants_rows else None
    total = any(isinstance(part, Total) for part in connection.parts)
    return Rooted(label, limit, orders, after, before, connection.filter, total, groupings(connection))


def _listing_of(field: PlannedField) -> Listing:
    assert field.listing is not None
    return field.listing


def _serialised(value: Any) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(value))


def _shape(view: Sequence[PlannedField], fetched: Fetched, row: Row) -> dict[str, Any]:
    return {field.field.key: _field(field, row, fetched) for field in view}


def _field(planned: PlannedField, row: Row, fetched: Fetched) -> Any:
    wanted = planned.field
    if isinstance(wanted, Value):
        return converter(wanted.property)(row[planned.place])
    if isinstance(wanted, Constant):
        return wanted.value
    if isinstance(wanted, Wording):
        return row[planned.place] if _may_be_shown(wanted, row[planned.place], row[planned.source][1]) else None
    if planned.listing is None:
        return row[planned.place]
    return _related(wanted, planned.listing, row[planned.place], fetched)


def _related(wanted: One | OneEdge | Many, listing: Listing, cell: Row, fetched: Fetched) -> Any:
    if isinstance(wanted, Many):
        return _connection(wanted.connection, listing, cell, fetched)
    if not cell[1]:
        return None
    entry = cell[1][0]
    children = _children(listing, entry, fetched)
    if isinstance(wanted, One):
        return children[0]
    return _edge(wanted.fields, listing, entry, iter(children), lambda _: None, fetched)


def _may_be_shown(wanted: Wording, value: Any, sources: Sequence[Row]) -> bool:
    if not wanted.source.type.carries_values:
        return bool(sources)
    return any(states.get(wanted.property.key) == value for states, _ in sources)


def _connection(connection: Connection, listing: Listing, cell: Row, fetched: Fetched) -> dict[str, Any]:
    entries = _page(connection.page, cell[1] or [])
    nodes = _nodes(listing, entries, fetched)
    occurrence = 0
    answer: dict[str, Any] = {}
    groups = iter(cell[2:])

    def cursor(entry: Row) -> str:
        keys = [entry[listing.edge[key_column(order)]] for order in connection.orders]
        return encode_cursor(connection.list, connection.orders, keys)

    for part in connection.parts:
        if isinstance(part, Constant):
            answer[part.key] = part.value
        elif isinstance(part, Total):
            answer[part.key] = cell[0]
        elif isinstance(part, Facets):
            grouped = fetched.get(id(listing.groups.get(part.key)), {})
            answer[part.key] = facets_answer(part, next(groups), grouped)
        elif isinstance(part, Nodes):
            answer[part.key] = [values[occurrence] for values in nodes]
            occurrence += 1
        elif isinstance(part, Edges):
            start = occurrence
            occurrence += sum(isinstance(f, EdgeNode) for f in part.fields)
            answer[part.key] = [
                _edge(
                    part.fields,
                    listing,
                    entry,
                    iter(nodes[i][start:] if nodes else ()),
                    cursor,
                    fetched,
                )
                for i, entry in enumerate(entries)
            ]
        else:
            answer[part.key] = _page_info(part, connection, cell, entries, cursor)
    return answer


def _page(page: Page, rows: Sequence[Row]) -> list[Row]:
    """The rows of the page in the order of the list; one more than its size may have been read."""
    read = list(rows[: page.size])
    if page.backward:
        return read[::-1]
    return read if page.last is None else read[max(0, len(read) - page.last) :]


def _page_info(
    part: PageInfo, connection: Connection, cell: Row, entries: list[Row], cursor: Callable[[Row], str]
) -> dict[str, Any]:
    page, more = connection.page, len(cell[1]) > connection.page.size
    cut = page.last is not None and not page.backward and len(entries) < min(len(cell[1]), page.size)
    known: dict[str, Callable[[], Any]] = {
        "hasNextPage": lambda: page.before is not None if page.backward else more,
        "hasPreviousPage": lambda: more if page.backward else cut or page.after is not None,
        "startCursor": lambda: cursor(entries[0]) if entries else None,
        "endCursor": lambda: cursor(entries[-1]) if entries else None,
        "__typename": lambda: "PageInfo",
    }
    return {key: known[name]() for key, name in part.fields}


def _nodes(listing: Listing, entries: Sequence[Row], fetched: Fetched) -> list[tuple[Any, ...]]:
    """For each entry its node, in each of the shapes; nothing where none is wanted."""
    shapes = children(listing, fetched)
    if shapes is None:
        return [_children(listing, entry, fetched) for entry in entries]
    return [tuple(shape(entry) for shape in shapes) for entry in entries] if shapes else []


def _children(listing: Listing, entry: Row, fetched: Fetched) -> tuple[Any, ...]:
    child = entry[-1]
    if listing.cut:
        return fetched[id(listing)].get(child_id(child), (None,) * len(listing.shapes))
    if listing.child is None:
        return ()
    return tuple(_shape(view, fetched, child) for view in listing.child.views)


def _edge(
    fields: Sequence[EdgeField],
    listing: Listing,
    entry: Row,
    children: Iterator[Any],
    cursor: Callable[[Row], str | None],
    fetched: Fetched,
) -> dict[str, Any]:
    return {field.key: _edge_field(field, listing, entry, children, cursor, fetched) for field in fields}


def _edge_field(
    field: EdgeField,
    listing: Listing,
    entry: Row,
    children: Iterator[Any],
    cursor: Callable[[Row], str | None],
    fetched: Fetched,
) -> Any:
    if isinstance(field, EdgeNode):
        return next(children)
    if isinstance(field, Constant):
        return field.value
    if isinstance(field, Cursor):
        return cursor(entry)
    if isinstance(field, Value):
        return converter(field.property)(entry[listing.edge[PropertyColumn(field.property)]])
    if isinstance(field, EdgeCitations):
        cited = listing.citations[id(field)]
        items = entry[listing.edge[citations_column(cited)]]
        return [_children(cited, [item], fetched)[0] for item in items]
    return _states(field, entry[listing.edge[StatesColumn()]])


def _states(field: EdgeStates, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stated values, a list as one entry for each item, in the order of their keys."""
    pairs = [
        (key, item)
        for key, value in sorted(values.items())
        if key != "precedence" and not (field.facts_only and key in _WORDING)
        for item in (value if isinstance(value, list) else [value])
    ]
    return [
        {
            f.key: f.value if isinstance(f, Constant) else {"property": key, "value": _text(item)}[f.name]
            for f in field.fields
        }
        for key, item in pairs
    ]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
