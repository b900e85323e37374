"""Groups of the rows that tables and conditions give, as one expression of SQL: their number, and the largest."""

from __future__ import annotations

from graph.model import Relation
from graph.plan import Grouping
from graph.planner import order_property
from graph.sqlite.conditions import Parameters, column, ends
from graph.sqlite.schema import ENTITY, edge_table, node_table


def groups(wanted: Grouping, tables: str, where: str, aliases: tuple[str, str], parameters: Parameters) -> str:
    """The groups of the nodes of `tables`, whose aliases are those of the node and of the edge that leads to it."""
    node, edge = aliases
    if isinstance(wanted.by, Relation):
        more, row, by, order, counted = _by_relation(wanted.by, node, parameters)
    else:
        more, row, by, order, counted = _by_property(wanted, edge if wanted.edge else node, node, parameters)
    limit = parameters.bind(-1 if wanted.limit is None else wanted.limit)
    rows = (
        f"SELECT json_array({row}) AS j, count(*) OVER () AS n FROM {tables}{more} WHERE {where} "
        f"GROUP BY {by} ORDER BY {counted} DESC, {order} LIMIT {limit}"
    )
    return f"(SELECT json_array(ifnull(max(n), 0), json_group_array(json(j))) FROM ({rows}))"


def _by_relation(relation: Relation, node: str, parameters: Parameters) -> tuple[str, str, str, str, str]:
    edge, far = parameters.alias(), parameters.alias()
    target = node_table(relation.target) if relation.target else ENTITY
    near_end, far_end = ends(relation)
    there = f"EXISTS (SELECT 1 FROM {target} WHERE id = {edge}.{far_end})"
    more = (
        f" LEFT JOIN {edge_table(relation.type.type)} AS {edge} ON {edge}.{near_end} = {node}.id AND {there}"
        f" LEFT JOIN {target} AS {far} ON {far}.id = {edge}.{far_end}"
    )
    order = f"{far}.name ASC NULLS LAST, {far}.id ASC NULLS LAST"
    return more, f"{far}.name, count(*), {far}.id", f"{far}.id", order, "count(*)"


def _by_property(wanted: Grouping, owner: str, node: str, parameters: Parameters) -> tuple[str, str, str, str, str]:
    assert not isinstance(wanted.by, Relation)
    value, order = column(owner, wanted.by), column(owner, order_property(wanted.by))
    if not wanted.by.many:
        return "", f"{value}, count(*)", value, f"{order} ASC NULLS LAST", "count(*)"
    item = parameters.alias()
    counted = f"count(DISTINCT {node}.id)"
    more = f" LEFT JOIN json_each({value}) AS {item}"
    return more, f"{item}.value, {counted}", f"{item}.value", f"{item}.value ASC NULLS LAST", counted
