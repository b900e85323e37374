"""The model's words as Cypher writes them: labels, types and keys are quoted and come from the model alone."""

from __future__ import annotations

from functools import cache

from graph.model import MODEL, Direction, Property, Relation

ENTITY = "Entity"
"""The label that every node has beside its own."""

SEARCHED = "search"
"""The property that holds the words of a node's texts; it is derived from them and no door shows it."""

LACKING = "lacking"
"""The property that tells which indexed keys a node lacks; it is derived from the others too."""

HIDDEN = frozenset({SEARCHED, LACKING})
"""What belongs to this store alone."""


def quoted(name: str) -> str:
    """A label, type or key in Cypher."""
    return f"`{name}`"


def item(variable: str, key: str) -> str:
    """A property of a node or relationship in Cypher."""
    return f"{variable}.{quoted(key)}"


def answered(prop: Property, variable: str) -> str:
    """A property as an answer has it: enum values upper case, lists never null."""
    value = item(variable, prop.key)
    if prop.many:
        known = f"coalesce({value}, [])"
        return f"[value IN {known} | toUpper(value)]" if prop.values else known
    return f"toUpper({value})" if prop.values else value


def label_in_cypher(node: str) -> str:
    """The expression of a node's own label."""
    return f"[label IN labels({node}) WHERE label <> '{ENTITY}'][0]"


def pattern(relation: Relation, near: str, edge: str, far: str, *, labelled: bool) -> str:
    """The way from a node over a relation.

    Where no filter needs the label at the far end, it is left out if the type alone leads to no other label: the
    server then counts by the degree of the node and looks up no labels.
    """
    alone = _leads_only_there(relation.label, relation.field)
    if relation.target:
        labels = quoted(relation.target)
    else:
        labels = ENTITY if alone else "|".join(map(quoted, relation.targets))
    end = f"({far}:{labels})" if labelled or not alone else f"({far})"
    middle = f"[{edge}:{quoted(relation.type.type)}]"
    return f"({near})-{middle}->{end}" if relation.direction is Direction.OUT else f"({near})<-{middle}-{end}"


@cache
def _leads_only_there(label: str, field: str) -> bool:
    relations = MODEL.relations(label)
    wanted = relations[field]
    same = (r for r in relations.values() if (r.type.type, r.direction) == (wanted.type.type, wanted.direction))
    return {target for relation in same for target in relation.targets} == set(wanted.targets)
