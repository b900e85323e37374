"""Arguments of the fields of a random operation: pages, cursors and look-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLField, GraphQLInputObjectType, get_named_type
from hypothesis import strategies as st

from tests.api.operations.resolving import LISTS, LOOKUPS
from tests.api.operations.values import Values, literal

CURSORS = ("after", "before")
PARENTS = ("Query", *LISTS.values())
SIZES = (1, 2, 3, 4, 1000)


@dataclass(frozen=True, slots=True)
class Slot:
    """A variable that holds the cursor of a node in a list under an order: the one at that place, counted round."""

    variable: str
    parent: str
    field: str
    order: str
    """The order as an argument, or nothing."""
    place: int


@dataclass(slots=True)
class Arguments:
    """Writes the arguments of fields, and collects the variables that are to hold cursors."""

    values: Values
    slots: list[Slot] = field(default_factory=list)

    def written(self, parent: str, name: str, declared: GraphQLField) -> str:
        """The arguments of a field in brackets; nothing where none is given."""
        if "by" in declared.args:
            parts = self._facets(declared)
        elif "last" in declared.args:
            parts = self._page(parent, name, declared)
        else:
            parts = self._look_up(name, declared) if declared.args else []
        return f"({', '.join(parts)})" if parts else ""

    def _page(self, parent: str, name: str, declared: GraphQLField) -> list[str]:
        parts, order = [], ""
        for key, argument in declared.args.items():
            if self.values.seldom(12):
                parts.append(f"{key}: {self.values.unset(argument.type)}")
            elif key not in CURSORS and self.values.seldom(3):
                value = self._page_value(key, argument)
                parts.append(f"{key}: {self.values.written(value, argument.type)}")
                order = literal(value, argument.type) if key == "orderBy" and value else order
        free = [key for key in CURSORS if not any(part.startswith(f"{key}:") for part in parts)]
        free = free if parent in PARENTS else []
        return parts + [f"{key}: {self._slot(parent, name, order)}" for key in free if self.values.seldom(6)]

    def _facets(self, declared: GraphQLField) -> list[str]:
        by, first = declared.args["by"], declared.args["first"]
        enum = get_named_type(by.type)
        assert isinstance(enum, GraphQLEnumType)
        parts = [f"by: {self.values.written(self.values.one_of(list(enum.values)), by.type)}"]
        size = [f"first: {self.values.written(self.values.one_of(SIZES), first.type)}"] if self.values.seldom(2) else []
        return parts + size

    def _page_value(self, key: str, argument: GraphQLArgument) -> Any:
        if self.values.seldom(12):
            return None
        if key in ("first", "last"):
            return self.values.one_of(SIZES)
        inner = get_named_type(argument.type)
        assert isinstance(inner, GraphQLInputObjectType), f"nothing is known of the argument {key}"
        return self.values.condition(inner) if key == "where" else self.values.order(inner)

    def _slot(self, parent: str, name: str, order: str) -> str:
        variable = f"c{len(self.slots)}"
        self.values.declared.append(f"${variable}: String")
        self.slots.append(Slot(variable, parent, name, order, self.values.draw(st.integers(0, 9))))
        return f"${variable}"

    def _look_up(self, name: str, declared: GraphQLField) -> list[str]:
        if name == "nodes":
            known = [*self.values.pools.ids, "nothing"]
            ids = self.values.draw(st.lists(st.sampled_from(known), max_size=5))
            return [f"ids: {self.values.written(ids, declared.args['ids'].type)}"]
        keys = list(declared.args)
        chosen = keys if name == "node" else self.values.draw(st.lists(st.sampled_from(keys), unique=True))
        return [f"{key}: {self.values.written(self._sought(name, key), declared.args[key].type)}" for key in chosen]

    def _sought(self, name: str, key: str) -> Any:
        """What a node is looked up by: mostly something that there is."""
        pools, label = self.values.pools, LOOKUPS.get(name)
        if self.values.seldom(10):
            return "nothing"
        known = pools.of(label, key)
        if key == "assessment":
            known = [*pools.of("Assessment", "id"), *pools.of("Assessment", "name")]
        if key == "name":
            known = [*pools.of(label, "name"), *pools.of("Name", "text")]
        value = self.values.one_of(known or ["nothing"])
        return f" {value.upper()}  " if key == "name" and self.values.seldom() else value


def probe(slot: Slot) -> str:
    """A document that asks for all cursors of the list of a slot, wherever it hangs."""
    order = f", orderBy: {slot.order}" if slot.order else ""
    inner = f"{slot.field}(first: 1000{order}) {{ edges {{ cursor }} }}"
    plural = {label: plural for plural, label in LISTS.items()}
    return f"{{ {inner} }}" if slot.parent == "Query" else f"{{ {plural[slot.parent]} {{ nodes {{ {inner} }} }} }}"
