"""Blocks as Cypher: each row is one list in the order of the block's columns, each statement gives one record.

Sorting and cutting come before descending: the columns of a node are computed for the rows of the page alone. One
record of lists is several times cheaper in the driver than a record for each row, or than whole nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.anchoring import Anchor, anchored
from graph.model import MODEL
from graph.neo4j.filters import TRUE, Parameters, both, condition, edge_name, joined, where
from graph.neo4j.grouping import groups
from graph.neo4j.lacking import indexed_keys, without
from graph.neo4j.ordering import Sorting, after, bind_key, cut, end_of_path, sorting
from graph.neo4j.words import ENTITY, LACKING, answered, item, label_in_cypher, pattern, quoted
from graph.plan import (
    Block,
    CitationsColumn,
    Column,
    EdgeColumn,
    EndColumn,
    Grouping,
    NestColumn,
    PathColumn,
    PropertyColumn,
    Rooted,
    StatesColumn,
)
from graph.planner import key_column
from graph.selection import is_id
from graph.whole import NODES

IDS = "ids"
_LAZY_UNION = "CYPHER runtime=slotted "
"""The runtime that answers the first half of a UNION before it looks at the second."""


def root_statement(rooted: Rooted, block: Block, parameters: Parameters) -> str:
    """The total of a root list, or null, and its rows."""
    total = _root_total(rooted, parameters) if rooted.total else "null"
    groups = "".join(f", {_root_groups(rooted, grouping, parameters)}" for grouping in rooted.groupings)
    if rooted.limit is None:
        return f"RETURN {total}, []{groups}"
    node = parameters.name("n")
    source = _root_nodes(rooted, node, parameters)
    calls, cells = _with_groups(block, node, parameters)
    text = f"RETURN {total}, COLLECT {{ {source} {calls}RETURN {cells} }}{groups}"
    return _LAZY_UNION + text if "UNION" in source else text


def rows_statement(label: str, block: Block, parameters: Parameters) -> str:
    """The id and the row of each node of a label among the ids, which are under the name `IDS`."""
    node, id_ = parameters.name("n"), parameters.name("id")
    source = f"UNWIND ${IDS} AS {id_} MATCH ({node}:{quoted(label)} {{id: {id_}}})"
    calls, cells = _with_groups(block, node, parameters)
    return f"RETURN COLLECT {{ {source} {calls}RETURN [{item(node, 'id')}, {cells}] }}"


def labels_statement(ids: Sequence[str], parameters: Parameters) -> str:
    """The id and the label of each node among the ids."""
    source = f"MATCH (n:Entity) WHERE {item('n', 'id')} IN {parameters.bind(list(ids))}"
    return f"RETURN COLLECT {{ {source} RETURN [{item('n', 'id')}, {label_in_cypher('n')}] }}"


def row(block: Block, node: str, parameters: Parameters) -> str:
    """The expression of one row of a block."""
    if block.keys:
        return _object(block, node, parameters)
    return "[" + ", ".join(_column(c, node, parameters) for c in block.columns) + "]"


def _with_groups(block: Block, node: str, parameters: Parameters) -> tuple[str, str]:
    """What computes the groups of lists below a node, and the expression of its row.

    An aggregation may not stand within an expression beside a node's properties, so that it is called before; the
    planner sees to it that lists with groups stand in the outermost block.
    """
    calls, cells = [], []
    for wanted in block.columns:
        names = []
        if isinstance(wanted, NestColumn):
            names = [parameters.name("g") for _ in wanted.groupings]
            found = [_nested_groups(wanted, grouping, node, parameters) for grouping in wanted.groupings]
            calls += [f"CALL ({node}) {{ {query} AS {name} }} " for query, name in zip(found, names, strict=True)]
        cells.append(_column(wanted, node, parameters, names))
    return "".join(calls), f"[{', '.join(cells)}]"


def _object(block: Block, node: str, parameters: Parameters) -> str:
    """A row as the answer has it: a map under the keys of the block, which are fields of the model."""
    cells = [
        answered(c.property, node) if isinstance(c, PropertyColumn) else _column(c, node, parameters)
        for c in block.columns
    ]
    return "{" + ", ".join(f"{quoted(key)}: {cell}" for key, cell in zip(block.keys, cells, strict=True)) + "}"


def _root_total(rooted: Rooted, parameters: Parameters) -> str:
    node = parameters.name("n")
    match, wanted = _matched(rooted, node, parameters)
    ending = f" RETURN {node}" if " WITH " in match else ""
    return f"COUNT {{ {match}{where(wanted)}{ending} }}"


def _root_groups(rooted: Rooted, grouping: Grouping, parameters: Parameters) -> str:
    node = parameters.name("n")
    match, wanted = _matched(rooted, node, parameters)
    found = groups(grouping, f"{match}{where(wanted)}", node, "", parameters)
    return f"COLLECT {{ {found} }}[0]"


def _root_nodes(rooted: Rooted, node: str, parameters: Parameters) -> str:
    """The nodes of a page in their order.

    Where an index gives the order of the first key, the nodes that have the key are read from it, from either end, as
    far as the page goes. Those without come after them, descending before them; the second half is looked for only
    where the first does not fill the page.
    """
    order = sorting(rooted.orders, node, "", parameters)
    match, wanted = _matched(rooted, node, parameters)
    limit = parameters.bind(rooted.limit)
    if " WITH " in match or not _gives_order(rooted, order):
        between = _between(rooted, order, parameters)
        free, bound = (TRUE, between) if order.bound else (between, TRUE)
        return f"{match}{where(free, wanted)} {cut(order, [node], bound, limit)}"
    wanted, page = both(_before(rooted, order, parameters), wanted), cut(order, [node], TRUE, limit)
    halves = [f"{match}{where(half, wanted)} {page}" for half in _halves(rooted, order, node, parameters)]
    if len(halves) == 1:
        return halves[0]
    united = " UNION ALL ".join(f"{half} RETURN {node}" for half in halves)
    return f"CALL () {{ {united} }} WITH {node} LIMIT {limit}"


def _matched(rooted: Rooted, node: str, parameters: Parameters) -> tuple[str, str]:
    """What finds the nodes of a root, and the condition that is left for them.

    `WITH` has the server plan what stands before it first: from the nodes that the filter names, not from the label.
    """
    anchor, match = anchored(rooted.filter), f"MATCH ({node}:{quoted(rooted.label)})"
    if anchor is None:
        return match, condition(rooted.filter, node, parameters)
    ends = [node, *(parameters.name("n") for _ in anchor.path)]
    ways = [
        f"MATCH {pattern(relation, near, '', far, labelled=True)}"
        for relation, near, far in zip(anchor.path, ends, ends[1:], strict=False)
    ]
    label = quoted(anchor.path[-1].target or ENTITY)
    start = f"MATCH ({ends[-1]}:{label}) WHERE {_is_one_of(ends[-1], anchor, parameters)}"
    found = f"WITH {node}" if anchor.leads_once else f"WITH DISTINCT {node}"
    text = " ".join([start, f"WITH {ends[-1]}", match, *ways, found])
    return text, condition(anchor.rest, node, parameters)


def _is_one_of(node: str, anchor: Anchor, parameters: Parameters) -> str:
    if len(anchor.ids) == 1:
        return f"{item(node, 'id')} = {parameters.bind(anchor.ids[0])}"
    return f"{item(node, 'id')} IN {parameters.bind(anchor.ids)}"


def _between(wanted: Rooted | NestColumn, order: Sorting, parameters: Parameters) -> str:
    """The condition that a node stands between the places of a page."""
    start = after(order, wanted.after, parameters) if wanted.after is not None else TRUE
    return both(start, _before(wanted, order, parameters))


def _before(wanted: Rooted | NestColumn, order: Sorting, parameters: Parameters) -> str:
    return after(order.turned, wanted.before, parameters) if wanted.before is not None else TRUE


def _gives_order(rooted: Rooted, order: Sorting) -> bool:
    if not rooted.orders or order.bound:
        return False
    return key_column(rooted.orders[0]).property.key in {"id", *indexed_keys(MODEL.node(rooted.label))}


def _halves(rooted: Rooted, order: Sorting, node: str, parameters: Parameters) -> list[str]:
    """The conditions of the nodes that have the first key of the order and of those that have not, as they come."""
    descending, started = rooted.orders[0].descending, rooted.after is not None
    amid_missing = rooted.after is not None and rooted.after[0] is None
    with_key = _from_index(rooted, order, parameters) if descending or not amid_missing else None
    if is_id(rooted.orders[0]) or (descending and started and not amid_missing):
        without_key = None
    else:
        without_key = _beyond_index(rooted, order, node, parameters)
    found = (without_key, with_key) if descending else (with_key, without_key)
    return [half for half in found if half is not None]


def _from_index(rooted: Rooted, order: Sorting, parameters: Parameters) -> str:
    """The condition of the nodes that have the first key, from a place on: one range of the index.

    Written as `key > place OR key = place AND ...` it can be planned as two ranges, which give no order.
    """
    key = order.keys[0]
    if rooted.after is None or rooted.after[0] is None:
        return f"{key} IS NOT NULL"
    place = bind_key(rooted.orders[0], rooted.after[0], parameters)
    way = "<=" if rooted.orders[0].descending else ">="
    rest = after(order.rest, rooted.after[1:], parameters)
    return both(f"{key} {way} {place}", joined([f"{key} <> {place}", rest], all_of=False))


def _beyond_index(rooted: Rooted, order: Sorting, node: str, parameters: Parameters) -> str:
    """The condition of the nodes that have not the first key, which another index gives."""
    lacking = without(rooted.label, key_column(rooted.orders[0]).property.key)
    missing = f"({node}:{ENTITY} AND {item(node, LACKING)} IN {parameters.bind(lacking)})"
    if rooted.after is None or rooted.after[0] is not None:
        return missing
    return both(missing, after(order.rest, rooted.after[1:], parameters))


def _column(wanted: Column, node: str, parameters: Parameters, groups: Sequence[str] = ()) -> str:
    if isinstance(wanted, PropertyColumn):
        return item(node, wanted.property.key)
    if isinstance(wanted, PathColumn):
        return end_of_path(wanted, node, parameters)
    total = _nested_total(wanted, node, parameters) if wanted.total else "null"
    rows = _nested(wanted, node, parameters) if wanted.limit is not None else "[]"
    if wanted.whole:
        return f"head({rows})" if wanted.relation.one else f"{{{quoted(NODES)}: {rows}}}"
    assert len(wanted.groupings) == len(groups), "lists with groups stand in the outermost block"
    return f"[{', '.join([total, rows, *groups])}]"


def _nested_total(wanted: NestColumn, near: str, parameters: Parameters) -> str:
    far, edge = parameters.name("n"), edge_name(wanted.filter, parameters)
    inner = condition(wanted.filter, far, parameters, edge=edge)
    return f"COUNT {{ MATCH {pattern(wanted.relation, near, edge, far, labelled=inner != TRUE)}{where(inner)} }}"


def _nested_groups(wanted: NestColumn, grouping: Grouping, near: str, parameters: Parameters) -> str:
    """The query of the groups of what a relation leads to."""
    far, edge = parameters.name("n"), parameters.name("r")
    inner = condition(wanted.filter, far, parameters, edge=edge)
    match = f"MATCH {pattern(wanted.relation, near, edge, far, labelled=True)}{where(inner)}"
    return groups(grouping, match, far, edge, parameters)


def _nested(wanted: NestColumn, near: str, parameters: Parameters) -> str:
    edge, far = parameters.name("r"), parameters.name("n")
    order = sorting(wanted.orders, far, edge, parameters)
    inner = condition(wanted.filter, far, parameters, edge=edge)
    page = _between(wanted, order, parameters)
    free, bound = (TRUE, page) if order.bound else (page, TRUE)
    way = pattern(wanted.relation, near, edge, far, labelled=inner != TRUE)
    source = f"MATCH {way}{where(free, inner)} {cut(order, [edge, far], bound, parameters.bind(wanted.limit))}"
    cells = [_edge_column(c, edge, far, parameters) for c in wanted.edge]
    child = _child(wanted, far, parameters)
    entry = child if wanted.whole else f"[{', '.join([*cells, child])}]"
    return f"COLLECT {{ {source} RETURN {entry} }}"


def _child(wanted: NestColumn, node: str, parameters: Parameters) -> str:
    if wanted.block:
        return row(wanted.block, node, parameters)
    id_ = item(node, "id")
    return id_ if wanted.relation.target else f"[{id_}, {label_in_cypher(node)}]"


def _edge_column(wanted: EdgeColumn, edge: str, node: str, parameters: Parameters) -> str:
    match wanted:
        case PropertyColumn(prop):
            return item(edge, prop.key)
        case EndColumn(prop):
            return item(node, prop.key)
        case PathColumn():
            return end_of_path(wanted, node, parameters)
        case StatesColumn():
            return f"properties({edge})"
        case CitationsColumn(block):
            return _citations(block, edge, parameters)


def _citations(block: Block | None, edge: str, parameters: Parameters) -> str:
    ids = f"coalesce({item(edge, 'citations')}, [])"
    if block is None:
        return ids
    place, node = parameters.name("i"), parameters.name("n")
    source = (
        f"UNWIND range(0, size({ids}) - 1) AS {place} "
        f"MATCH ({node}:{quoted('Citation')} {{id: {ids}[{place}]}}) WITH {place}, {node} ORDER BY {place}"
    )
    return f"COLLECT {{ {source} RETURN {row(block, node, parameters)} }}"
