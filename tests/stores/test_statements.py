"""What the stores are sent for what costs little: totals are counts alone, groups come without rows."""

from __future__ import annotations

from graph.facets import groupings
from graph.model import MODEL
from graph.neo4j import cypher
from graph.neo4j.filters import Parameters as CypherParameters
from graph.plan import Block, NestColumn, PropertyColumn, Rooted
from graph.planner import ID, NAME, default_orders, plan_root, total_order
from graph.selection import (
    And,
    Compare,
    Connection,
    Facets,
    GroupField,
    Groups,
    Many,
    Nodes,
    OnEdge,
    Operator,
    Order,
    Page,
    Quantifier,
    Shape,
    Through,
    Total,
    turned,
)
from graph.sqlite import compiling
from graph.sqlite.conditions import Parameters as SqlParameters

ASSESSMENTS = MODEL.relations("Service")["assessments"]
ROLE = OnEdge(Compare(MODEL.relationship("IN_SCOPE_OF").prop("role"), Operator.EQ, "primary"))
FILTER = Through(ASSESSMENTS, Quantifier.SOME, ROLE)
FACETS = Facets("facets", ASSESSMENTS, 5, (Groups("groups", (GroupField("count", "count"),)),))


def test_the_total_of_a_filtered_list_is_a_count_alone() -> None:
    rooted, block = Rooted("Service", None, filter=FILTER, total=True), Block("Service", (PropertyColumn(ID),))
    exists = "EXISTS { MATCH (n1)-[r3:`IN_SCOPE_OF`]->(n2:`Assessment`) WHERE r3.`role` = $p0 }"
    text = cypher.root_statement(rooted, block, CypherParameters())
    assert text == f"RETURN COUNT {{ MATCH (n1:`Service`) WHERE {exists} }}, []"
    tables = '"in_scope_of" AS t2 JOIN "assessment" AS t3 ON t3.id = t2."end"'
    inner = f'EXISTS (SELECT 1 FROM {tables} WHERE t2."role" = :p0 AND t2."start" = t1.id)'
    assert compiling.total_statement(rooted, SqlParameters()) == (f'SELECT count(*) FROM "service" AS t1 WHERE {inner}')


def test_the_total_below_a_node_is_a_count_alone() -> None:
    total = Many("services", MODEL.relations("Assessment")["services"], below(Total("total")))
    listed = connection("Assessment", Nodes("nodes", Shape({"Assessment": (total,)})))
    block = plan_root("Assessment", listed)[0].block
    (column,) = block.columns
    assert isinstance(column, NestColumn)
    assert (column.limit, column.total, column.block) == (None, True, None)
    assert cypher.row(block, "n", CypherParameters()) == (
        "[[COUNT { MATCH (n)<-[r2:`IN_SCOPE_OF`]-(n1:`Service`) WHERE r2.`role` = $p0 }, []]]"
    )
    assert "json_group_array" not in compiling.array(block, "t", SqlParameters())


def test_groups_alone_read_no_rows() -> None:
    rooted = Rooted("Service", None, filter=FILTER, groupings=groupings(connection("Service", FACETS)))
    block = Block("Service", (PropertyColumn(ID),))
    text = cypher.root_statement(rooted, block, CypherParameters())
    assert text.startswith("RETURN null, [], COLLECT { MATCH (n1:`Service`)")
    assert "count(*)" in text


def test_a_descending_list_is_read_from_the_index_behind_a_cursor() -> None:
    orders = total_order([Order(NAME, descending=True)])
    rooted = Rooted("Service", 2, orders, after=("b", "service/b"))
    text = cypher.root_statement(rooted, Block("Service", (PropertyColumn(NAME),)), CypherParameters())
    assert text == (
        "RETURN null, COLLECT { MATCH (n1:`Service`) WHERE (n1.`name` <= $p1 AND (n1.`name` <> $p1 OR n1.`id` > $p2)) "
        "WITH n1 ORDER BY n1.`name` DESC, n1.`id` LIMIT $p0 RETURN [n1.`name`] }"
    )


def test_a_list_from_its_end_begins_with_what_lacks_the_key_from_an_index_over_that() -> None:
    rooted = Rooted("Service", 2, turned(total_order([Order(NAME)])))
    text = cypher.root_statement(rooted, Block("Service", (PropertyColumn(NAME),)), CypherParameters())
    page = "WITH n1 ORDER BY n1.`name` DESC, n1.`id` DESC LIMIT $p0 RETURN n1"
    assert text == (
        "CYPHER runtime=slotted RETURN null, COLLECT { CALL () { "
        f"MATCH (n1:`Service`) WHERE (n1:Entity AND n1.`lacking` IN $p1) {page} UNION ALL "
        f"MATCH (n1:`Service`) WHERE n1.`name` IS NOT NULL {page} }} WITH n1 LIMIT $p0 RETURN [n1.`name`] }}"
    )


def connection(label: str, part: Nodes | Facets) -> Connection:
    """A list of all nodes of a label."""
    return Connection(label, Page(25), default_orders(label), (part,), And(()))


def below(part: Total) -> Connection:
    """A list below a node, filtered by its relationships."""
    return Connection("below", Page(25), default_orders("Service"), (part,), ROLE)
