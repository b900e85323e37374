"""What the database is given before the first fact: constraints, indexes and words, all derived from the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graph.model import MODEL
from graph.neo4j import lacking, searching
from graph.neo4j.words import ENTITY, HIDDEN, quoted

SECONDS_TO_INDEX = 600
"""How long an index over facts that are already there may take."""

Run = Callable[[str, Mapping[str, Any]], list[list[Any]]]

_WORDS = """
RETURN COLLECT { CALL db.labels() YIELD label RETURN label },
       COLLECT { CALL db.relationshipTypes() YIELD relationshipType RETURN relationshipType },
       COLLECT { CALL db.propertyKeys() YIELD propertyKey RETURN propertyKey }
"""


def fill_hidden(run: Run) -> None:
    """Gives the nodes of a database what an index is over that it has not: such a one is older than the index."""
    present = _present(run)
    for room in (searching, lacking):
        if room.INDEX not in present:
            room.fill(run)


def make_indexes(run: Run) -> None:
    """Makes the constraints and indexes that are missing."""
    present = _present(run)
    for name, statement in statements().items():
        if name not in present:
            run(statement, {})


def _present(run: Run) -> set[str]:
    return {row[0] for row in run("SHOW INDEXES YIELD name", {})}


def await_indexes(run: Run) -> None:
    """Waits until every index answers."""
    run("CALL db.awaitIndexes($seconds)", {"seconds": SECONDS_TO_INDEX})


def make_words(run: Run) -> None:
    """Makes the model's words known, so that the server warns of a word only where it is misspelt."""
    labels, types, keys = map(set, run(_WORDS, {})[0])
    for procedure, wanted, present in (
        ("db.createLabel", {*MODEL.labels, ENTITY}, labels),
        ("db.createRelationshipType", {r.type for r in MODEL.relationships}, types),
        ("db.createProperty", _keys(), keys),
    ):
        if wanted - present:
            run(f"UNWIND $words AS word CALL {procedure}(word)", {"words": sorted(wanted - present)})


def statements() -> dict[str, str]:
    """By its name, what makes each constraint and each index."""
    found = {"entity_id": _unique("entity_id", ENTITY)}
    for node in MODEL.nodes:
        table = node.prefix.replace("-", "_")
        found[f"{table}_id"] = _unique(f"{table}_id", node.label)
        for key in lacking.indexed_keys(node):
            found[f"{table}_by_{key}"] = _index(f"{table}_by_{key}", node.label, key)
    found |= {room.INDEX: room.index_statement() for room in (searching, lacking)}
    return found


def _unique(name: str, label: str) -> str:
    return f"CREATE CONSTRAINT {quoted(name)} IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.id IS UNIQUE"


def _index(name: str, label: str, key: str) -> str:
    return f"CREATE RANGE INDEX {quoted(name)} IF NOT EXISTS FOR (n:{quoted(label)}) ON (n.{quoted(key)})"


def _keys() -> set[str]:
    nodes = {p.key for node in MODEL.nodes for p in node.stored}
    edges = {p.key for relationship in MODEL.relationships for p in relationship.properties}
    return nodes | edges | {"citations", *HIDDEN}
