"""Blocks as Cypher: each row is one list in the order of the block's columns, each statement gives one record.

Sorting and cutting come before descending: the columns of a node are computed for the rows of the page alone. One
record of lists is several times cheaper in the driver than a record for each row, or than whole nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import MODEL
from graph.neo4j.filters import (
    TRUE,
    Parameters,
    after,
    bind_key,
    both,
    condition,
    edge_name,
    key_of,
    ordering,
    where,
)
from graph.neo4j.schema import indexed_keys
from graph.neo4j.words import item, label_in_cypher, pattern, quoted
from graph.plan import Block, CitationsColumn, EdgeColumn, EndColumn, NestColumn, PropertyColumn, Rooted, StatesColumn
from graph.selection import turned

_LAZY_UNION = "CYPHER runtime=slotted "
"""The runtime that answers the first half of a UNION before it looks at the second."""


def root_statement(rooted: Rooted, block: Block, parameters: Parameters) -> str:
    """The total of a root list, or null, and its rows."""
    total = _root_total(rooted, parameters) if rooted.total else "null"
    if rooted.limit is None:
        return f"RETURN {total}, []"
    node = parameters.name("n")
    source = _root_nodes(rooted, node, parameters)
    text = f"RETURN {total}, COLLECT {{ {source} RETURN {row(block, node, parameters)} }}"
    return _LAZY_UNION + text if "UNION" in source else text


def rows_statement(label: str, ids: Sequence[str], block: Block, parameters: Parameters) -> str:
    """The id and the row of each node of a label among the ids."""
    node, id_ = parameters.name("n"), parameters.name("id")
    source = f"UNWIND {parameters.bind(list(ids))} AS {id_} MATCH ({node}:{quoted(label)} {{id: {id_}}})"
    return f"RETURN COLLECT {{ {source} RETURN [{item(node, 'id')}, {row(block, node, parameters)}] }}"


def labels_statement(ids: Sequence[str], parameters: Parameters) -> str:
    """The id and the label of each node among the ids."""
    source = f"MATCH (n:Entity) WHERE {item('n', 'id')} IN {parameters.bind(list(ids))}"
    return f"RETURN COLLECT {{ {source} RETURN [{item('n', 'id')}, {label_in_cypher('n')}] }}"


def row(block: Block, node: str, parameters: Parameters) -> str:
    """The expression of one row of a block."""
    return "[" + ", ".join(_column(c, node, parameters) for c in block.columns) + "]"


def _root_total(rooted: Rooted, parameters: Parameters) -> str:
    node = parameters.name("n")
    wanted = where(condition(rooted.filter, node, parameters))
    return f"COUNT {{ MATCH ({node}:{quoted(rooted.label)}){wanted} }}"


def _root_nodes(rooted: Rooted, node: str, parameters: Parameters) -> str:
    """The nodes of a page in their order.

    Where an index gives the order of the first key, the nodes that have the key are read from it as far as the page
    goes; those without come after them, and are looked for only where the page is not full.
    """
    match, wanted = f"MATCH ({node}:{quoted(rooted.label)})", condition(rooted.filter, node, parameters)
    limit = parameters.bind(rooted.limit)
    if not _gives_order(rooted):
        return f"{match}{where(_between(rooted, node, parameters), wanted)} {_cut(rooted, node, limit)}"
    wanted = both(_before(rooted, node, parameters), wanted)
    with_key = f"{match}{where(_from_index(rooted, node, parameters), wanted)} {_cut(rooted, node, limit)}"
    if rooted.orders[0].property.key == "id":
        return with_key
    without_key = f"{match}{where(_beyond_index(rooted, node, parameters), wanted)} {_cut(rooted, node, limit)}"
    if rooted.after is not None and rooted.after[0] is None:
        return without_key
    halves = f"{with_key} RETURN {node} UNION ALL {without_key} RETURN {node}"
    return f"CALL () {{ {halves} }} WITH {node} LIMIT {limit}"


def _between(wanted: Rooted | NestColumn, node: str, parameters: Parameters) -> str:
    """The condition that a node stands between the places of a page."""
    start = after(wanted.orders, wanted.after, node, parameters) if wanted.after is not None else TRUE
    return both(start, _before(wanted, node, parameters))


def _before(wanted: Rooted | NestColumn, node: str, parameters: Parameters) -> str:
    return after(turned(wanted.orders), wanted.before, node, parameters) if wanted.before is not None else TRUE


def _cut(rooted: Rooted | NestColumn, node: str, limit: str, *others: str) -> str:
    return f"WITH {', '.join((*others, node))} ORDER BY {ordering(rooted.orders, node)} LIMIT {limit}"


def _gives_order(rooted: Rooted) -> bool:
    if not rooted.orders or rooted.orders[0].descending:
        return False
    key = key_of(rooted.orders[0], "n")
    return key in {item("n", k) for k in ("id", *indexed_keys(MODEL.node(rooted.label)))}


def _from_index(rooted: Rooted, node: str, parameters: Parameters) -> str:
    key = key_of(rooted.orders[0], node)
    if rooted.after is None or rooted.after[0] is None:
        return f"{key} IS NOT NULL"
    start = f"{key} >= {bind_key(rooted.orders[0], rooted.after[0], parameters)}"
    return both(start, f"{key} IS NOT NULL", after(rooted.orders, rooted.after, node, parameters))


def _beyond_index(rooted: Rooted, node: str, parameters: Parameters) -> str:
    missing = f"{key_of(rooted.orders[0], node)} IS NULL"
    if rooted.after is None or rooted.after[0] is not None:
        return missing
    return both(missing, after(rooted.orders[1:], rooted.after[1:], node, parameters))


def _column(wanted: PropertyColumn | NestColumn, node: str, parameters: Parameters) -> str:
    if isinstance(wanted, PropertyColumn):
        return item(node, wanted.property.key)
    total = _nested_total(wanted, node, parameters) if wanted.total else "null"
    rows = _nested(wanted, node, parameters) if wanted.limit is not None else "[]"
    return f"[{total}, {rows}]"


def _nested_total(wanted: NestColumn, near: str, parameters: Parameters) -> str:
    far, edge = parameters.name("n"), edge_name(wanted.filter, parameters)
    inner = condition(wanted.filter, far, parameters, edge=edge)
    return f"COUNT {{ MATCH {pattern(wanted.relation, near, edge, far, labelled=inner != TRUE)}{where(inner)} }}"


def _nested(wanted: NestColumn, near: str, parameters: Parameters) -> str:
    edge, far = parameters.name("r"), parameters.name("n")
    inner = condition(wanted.filter, far, parameters, edge=edge)
    page = _between(wanted, far, parameters)
    way = pattern(wanted.relation, near, edge, far, labelled=inner != TRUE)
    source = f"MATCH {way}{where(page, inner)} {_cut(wanted, far, parameters.bind(wanted.limit), edge)}"
    cells = [_edge_column(c, edge, far, parameters) for c in wanted.edge]
    return f"COLLECT {{ {source} RETURN [{', '.join([*cells, _child(wanted, far, parameters)])}] }}"


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
