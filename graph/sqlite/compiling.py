"""Blocks as SQL: each row is one JSON array in the order of the block's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.anchoring import Anchor, anchored
from graph.errors import TooWide
from graph.model import Property, Relation
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
from graph.selection import Filter, turned
from graph.sqlite.conditions import TRUE, Parameters, after, column, condition, end_of_path, ends, joined, ordering
from graph.sqlite.grouping import groups
from graph.sqlite.schema import edge_table, node_table
from graph.sqlite.whole import carried, is_whole, whole_text

IDS = "ids"
_ARGUMENTS = 100
"""SQLite takes 127 arguments a function; a few are left for what a row carries beside its fields."""


def root_statement(rooted: Rooted, block: Block, parameters: Parameters) -> str:
    """The rows of a root list."""
    alias, page = parameters.alias(), parameters.alias()
    row = cells(block, page, parameters)
    tables, filter_ = _found(rooted, alias, parameters)
    where = _where(replace(rooted, filter=filter_), alias, parameters)
    limit = parameters.bind(rooted.limit)
    order = ordering(rooted.orders, alias, "", parameters)
    picked = f"SELECT {carried(block.columns, alias)} FROM {tables} WHERE {where} ORDER BY {order} LIMIT {limit}"
    return f"SELECT {row} FROM ({picked}) AS {page}"


def total_statement(rooted: Rooted, parameters: Parameters) -> str:
    """The number of nodes that the filter of a root leaves."""
    alias = parameters.alias()
    tables, filter_ = _found(rooted, alias, parameters)
    where = condition(filter_, alias, parameters)
    whole = where == TRUE and filter_ == rooted.filter
    return size_statement(node_table(rooted.label)) if whole else f"{size_statement(tables)} WHERE {where}"


def size_statement(tables: str) -> str:
    """The number of rows of a table, or of those that are joined; SQLite counts a table by its pages."""
    return f"SELECT count(*) FROM {tables}"


def groups_statement(rooted: Rooted, grouping: Grouping, parameters: Parameters) -> str:
    """The groups of the nodes that the filter of a root leaves."""
    alias = parameters.alias()
    tables, filter_ = _found(rooted, alias, parameters)
    where = condition(filter_, alias, parameters)
    return f"SELECT {groups(grouping, tables, where, (alias, ''), parameters)}"


def rows_statement(label: str, block: Block, parameters: Parameters) -> str:
    """The id and the row of each node among the ids, which are one JSON array under the name `IDS`."""
    alias = parameters.alias()
    row = cells(block, alias, parameters)
    source = f"json_each(:{IDS}) AS wanted"
    return f"SELECT {alias}.id, {row} FROM {source} JOIN {node_table(label)} AS {alias} ON {alias}.id = wanted.value"


def cells(block: Block, alias: str, parameters: Parameters) -> str:
    """A row as a statement gives it: its array, in which nothing stands for what is given whole, and each of these."""
    texts: list[str] = []
    read: list[str] = []
    for wanted in block.columns:
        if is_whole(wanted):
            texts.append(whole_text(wanted, alias, parameters, _where))
            read.append("NULL")
        else:
            read.append(_column(wanted, alias, parameters))
    return ", ".join([_json_array(read), *texts])


def array(block: Block, alias: str, parameters: Parameters) -> str:
    """The expression of one row of a block."""
    return _json_array([_column(c, alias, parameters) for c in block.columns])


def _column(wanted: Column, alias: str, parameters: Parameters) -> str:
    if isinstance(wanted, PropertyColumn):
        return _property(wanted.property, alias)
    if isinstance(wanted, PathColumn):
        return end_of_path(wanted, alias, parameters)
    if wanted.whole:
        return f"json({whole_text(wanted, alias, parameters, _where)})"
    total = _total(wanted, alias, parameters) if wanted.total else "NULL"
    rows = _nested(wanted, alias, parameters) if wanted.limit is not None else "json('[]')"
    grouped = (_groups(wanted, grouping, alias, parameters) for grouping in wanted.groupings)
    return f"json_array({', '.join([total, rows, *grouped])})"


def _property(prop: Property, alias: str) -> str:
    name = column(alias, prop)
    return f"json({name})" if prop.many else name


def _total(wanted: NestColumn, alias: str, parameters: Parameters) -> str:
    edge, node = parameters.alias(), parameters.alias()
    near, _ = ends(wanted.relation)
    where = condition(wanted.filter, node, parameters, edge=edge)
    return f"(SELECT count(*) FROM {joined(wanted.relation, edge, node)} WHERE {where} AND {edge}.{near} = {alias}.id)"


def _groups(wanted: NestColumn, grouping: Grouping, alias: str, parameters: Parameters) -> str:
    edge, node = parameters.alias(), parameters.alias()
    near, _ = ends(wanted.relation)
    where = f"{edge}.{near} = {alias}.id AND {condition(wanted.filter, node, parameters, edge=edge)}"
    return groups(grouping, joined(wanted.relation, edge, node), where, (node, edge), parameters)


def _nested(wanted: NestColumn, alias: str, parameters: Parameters) -> str:
    edge, node, page = parameters.alias(), parameters.alias(), parameters.alias()
    near, _ = ends(wanted.relation)
    picked = _is_picked(wanted)
    shown = page if picked else node
    cells = [_edge_column(c, edge, shown, parameters) for c in wanted.edge]
    row = _json_array([*cells, _child(wanted, shown, parameters)])
    read = carried([*wanted.edge, *(wanted.block.columns if wanted.block else ())], node) if picked else f"{row} AS j"
    where = _where(wanted, node, parameters, edge)
    order, limit = ordering(wanted.orders, node, edge, parameters), parameters.bind(wanted.limit)
    rows = (
        f"SELECT {read} FROM {joined(wanted.relation, edge, node)} "
        f"WHERE {where} AND {edge}.{near} = {alias}.id ORDER BY {order} LIMIT {limit}"
    )
    return f"(SELECT json_group_array({row if picked else 'json(j)'}) FROM ({rows}) AS {page})"


def _is_picked(wanted: NestColumn) -> bool:
    """Whether the page is cut before its rows are put together: they are dear, and nothing of relationships is read."""
    dear = wanted.block is not None and any(not isinstance(c, PropertyColumn) for c in wanted.block.columns)
    return dear and all(isinstance(c, EndColumn | PathColumn) for c in wanted.edge)


def _child(wanted: NestColumn, node: str, parameters: Parameters) -> str:
    if wanted.block:
        return array(wanted.block, node, parameters)
    return f"{node}.id" if wanted.relation.target else f"json_array({node}.id, {node}.label)"


def _edge_column(wanted: EdgeColumn, edge: str, node: str, parameters: Parameters) -> str:
    if isinstance(wanted, PropertyColumn):
        return _property(wanted.property, edge)
    if isinstance(wanted, EndColumn):
        return _property(wanted.property, node)
    if isinstance(wanted, PathColumn):
        return end_of_path(wanted, node, parameters)
    if isinstance(wanted, StatesColumn):
        return f"json({edge}.states)"
    return _citations(wanted, edge, parameters)


def _citations(wanted: CitationsColumn, edge: str, parameters: Parameters) -> str:
    if wanted.block is None:
        return f"json({edge}.citations)"
    item, node = parameters.alias(), parameters.alias()
    row = array(wanted.block, node, parameters)
    rows = (
        f"SELECT {row} AS j FROM json_each({edge}.citations) AS {item} "
        f"JOIN {node_table('Citation')} AS {node} ON {node}.id = {item}.value ORDER BY {item}.key LIMIT -1"
    )
    return f"(SELECT json_group_array(json(j)) FROM ({rows}))"


def _where(wanted: Rooted | NestColumn, alias: str, parameters: Parameters, edge: str = "") -> str:
    conditions = [condition(wanted.filter, alias, parameters, edge=edge)]
    for orders, place in ((wanted.orders, wanted.after), (turned(wanted.orders), wanted.before)):
        if place is not None:
            conditions.append(after(orders, place, alias, edge, parameters))
    return " AND ".join(conditions)


def _found(rooted: Rooted, alias: str, parameters: Parameters) -> tuple[str, Filter]:
    """The tables in which the nodes of a root are found, and the filter that is left for them.

    CROSS JOIN has SQLite read the tables in this order: from the nodes that the filter names, not from the label.
    """
    anchor, table = anchored(rooted.filter), f"{node_table(rooted.label)} AS {alias}"
    if anchor is None:
        return table, rooted.filter
    found = parameters.alias()
    return f"({_reached(anchor, parameters)}) AS {found} CROSS JOIN {table} ON {alias}.id = {found}.id", anchor.rest


def _reached(anchor: Anchor, parameters: Parameters) -> str:
    """The ids of the nodes from which relations lead to those that an anchor names, each once."""
    far = parameters.alias()
    wanted = ", ".join(parameters.bind(id_) for id_ in anchor.ids)
    where = f"{far}.id IN ({wanted})"
    tables = [f"{_target(anchor.path[-1])} AS {far}"]
    for relation, before in zip(reversed(anchor.path), [*anchor.path[-2::-1], None], strict=False):
        edge, (near_end, far_end) = parameters.alias(), ends(relation)
        tables.append(f"{edge_table(relation.type.type)} AS {edge} ON {edge}.{far_end} = {far}.id")
        if before:
            far = parameters.alias()
            tables.append(f"{_target(before)} AS {far} ON {far}.id = {edge}.{near_end}")
    distinct = "" if anchor.leads_once else "DISTINCT "
    return f"SELECT {distinct}{edge}.{near_end} AS id FROM {' CROSS JOIN '.join(tables)} WHERE {where}"


def _target(relation: Relation) -> str:
    assert relation.target, "an anchor is reached over relations to one label"
    return node_table(relation.target)


def _json_array(cells: Sequence[str]) -> str:
    if len(cells) <= _ARGUMENTS:
        return f"json_array({', '.join(cells)})"
    raise TooWide(len(cells), _ARGUMENTS)
