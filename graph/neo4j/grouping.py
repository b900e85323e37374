"""Groups of the nodes that a MATCH finds, as the query of one value in Cypher: their number, and the largest."""

from __future__ import annotations

from graph.facets import LABEL
from graph.model import Relation
from graph.neo4j.filters import Parameters
from graph.neo4j.words import item, label_in_cypher, pattern
from graph.plan import Grouping
from graph.planner import order_property


def groups(wanted: Grouping, match: str, node: str, edge: str, parameters: Parameters) -> str:
    """The groups of the nodes of a MATCH, which are reached over the edge."""
    text = _by_relation(wanted.by, node, parameters) if isinstance(wanted.by, Relation) else ""
    text = text or _by_property(wanted, edge if wanted.edge else node, node, parameters)
    kept = "" if wanted.limit is None else f"[..{parameters.bind(wanted.limit)}]"
    return f"{match} {text} AS found RETURN [size(found), found{kept}]"


def _by_relation(relation: Relation, node: str, parameters: Parameters) -> str:
    far, count = parameters.name("n"), parameters.name("c")
    name, id_ = item(far, "name"), item(far, "id")
    grouped = f"WITH {far}, count(*) AS {count} ORDER BY {count} DESC, {name}, {id_}"
    way = pattern(relation, node, "", far, labelled=True)
    return f"OPTIONAL MATCH {way} {grouped} WITH collect([{name}, {count}, {id_}])"


def _by_property(wanted: Grouping, owner: str, node: str, parameters: Parameters) -> str:
    assert not isinstance(wanted.by, Relation)
    value, order, count = (parameters.name(name) for name in ("v", "o", "c"))
    stored, sorted_by = item(owner, wanted.by.key), item(owner, order_property(wanted.by).key)
    if wanted.by is LABEL:
        stored = sorted_by = label_in_cypher(node)
    unwound = ""
    if wanted.by.many:
        each = parameters.name("e")
        unwound = f"UNWIND CASE WHEN size({stored}) > 0 THEN {stored} ELSE [null] END AS {each} "
        stored = sorted_by = each
    counted = f"count(DISTINCT {node})" if wanted.by.many else "count(*)"
    grouped = f"WITH {stored} AS {value}, {sorted_by} AS {order}, {counted} AS {count} ORDER BY {count} DESC, {order}"
    return f"{unwound}{grouped} WITH collect([{value}, {count}])"
