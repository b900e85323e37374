"""Blocks as SQL: each row is one JSON array in the order of the block's columns."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import TooWide
from graph.model import Property
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
from graph.selection import turned
from graph.sqlite.conditions import Parameters, after, column, condition, end_of_path, ends, joined, ordering
from graph.sqlite.grouping import groups
from graph.sqlite.schema import node_table
from graph.sqlite.whole import is_whole, whole_text

IDS = "ids"
_ARGUMENTS = 100
"""SQLite takes 127 arguments a function; a few are left for what a row carries beside its fields."""


def root_statement(rooted: Rooted, block: Block, parameters: Parameters) -> str:
    """The rows of a root list."""
    alias = parameters.alias()
    row = cells(block, alias, parameters)
    where = _where(rooted, alias, parameters)
    limit = parameters.bind(rooted.limit)
    order = ordering(rooted.orders, alias, "", parameters)
    return f"SELECT {row} FROM {node_table(rooted.label)} AS {alias} WHERE {where} ORDER BY {order} LIMIT {limit}"


def total_statement(rooted: Rooted, parameters: Parameters) -> str:
    """The number of nodes that the filter of a root leaves."""
    alias = parameters.alias()
    where = condition(rooted.filter, alias, parameters)
    return f"SELECT count(*) FROM {node_table(rooted.label)} AS {alias} WHERE {where}"


def groups_statement(rooted: Rooted, grouping: Grouping, parameters: Parameters) -> str:
    """The groups of the nodes that the filter of a root leaves."""
    alias = parameters.alias()
    where = condition(rooted.filter, alias, parameters)
    return f"SELECT {groups(grouping, f'{node_table(rooted.label)} AS {alias}', where, (alias, ''), parameters)}"


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
    edge, node = parameters.alias(), parameters.alias()
    near, _ = ends(wanted.relation)
    cells = [_edge_column(c, edge, node, parameters) for c in wanted.edge]
    row = _json_array([*cells, _child(wanted, node, parameters)])
    where = _where(wanted, node, parameters, edge)
    order, limit = ordering(wanted.orders, node, edge, parameters), parameters.bind(wanted.limit)
    rows = (
        f"SELECT {row} AS j FROM {joined(wanted.relation, edge, node)} "
        f"WHERE {where} AND {edge}.{near} = {alias}.id ORDER BY {order} LIMIT {limit}"
    )
    return f"(SELECT json_group_array(json(j)) FROM ({rows}))"


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


def _json_array(cells: Sequence[str]) -> str:
    if len(cells) <= _ARGUMENTS:
        return f"json_array({', '.join(cells)})"
    raise TooWide(len(cells), _ARGUMENTS)
