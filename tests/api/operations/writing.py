"""Random valid operations: selections, fragments, directives and aliases over the types of the schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type
from hypothesis import strategies as st

from graph.model import MODEL
from tests.api.operations.arguments import Arguments, Slot
from tests.api.operations.knowledge import LEFT_OUT
from tests.api.operations.values import Draw, Pools, Values

DEEPEST = 3
"""How many nodes stand below one another in an answer."""
FIELDS_MOST = 30
"""After so many fields only leaves are asked for."""
HOW = (*("field",) * 9, "inline fragment", "named fragment", "__typename")
"""How something is asked for, as often as it stands here."""

Composite = GraphQLObjectType | GraphQLInterfaceType


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation with the values of its variables, cursors aside, which differ from store to store."""

    document: str
    name: str
    variables: dict[str, Any]
    slots: tuple[Slot, ...]


@st.composite
def operations(draw: Draw, schema: GraphQLSchema, pools: Pools) -> Operation:
    """An operation on the root fields of the schema."""
    return Writing(schema, Arguments(Values(draw, pools))).operation()


@dataclass(slots=True)
class Writing:
    """Writes one operation; names of its answer meet only where the same is asked for, since all else has an alias."""

    schema: GraphQLSchema
    arguments: Arguments
    fragments: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The type and the text of each fragment."""
    aliases: int = 0
    fields: int = 0

    @property
    def values(self) -> Values:
        """Where values are drawn and variables declared."""
        return self.arguments.values

    def operation(self) -> Operation:
        """The whole document."""
        query = self.schema.query_type
        assert query is not None
        body = self.selections(query, 0, apart=True)
        declared = f"({', '.join(self.values.declared)})" if self.values.declared else ""
        texts = [f"query Asked{declared} {body}", *(text for _, text in self.fragments.values())]
        if self.values.seldom():
            texts.append("query Other { __typename }")
        return Operation("\n".join(texts), "Asked", self.values.given, tuple(self.arguments.slots))

    def selections(self, type_: Composite, depth: int, *, apart: bool = False, likely: Sequence[str] = ()) -> str:
        """A selection set; `apart` where what stands beside it may be of another type, so that names must differ."""
        if isinstance(type_, GraphQLInterfaceType):
            return self._of_any(type_, depth, likely)
        count = self.values.draw(st.integers(1, 3))
        return f"{{ {' '.join(self._selection(type_, depth, apart) for _ in range(count))} }}"

    def _of_any(self, type_: GraphQLInterfaceType, depth: int, likely: Sequence[str]) -> str:
        leaves = [name for name, known in type_.fields.items() if is_leaf_type(get_named_type(known.type))]
        shared = self.values.draw(st.lists(st.sampled_from([*leaves, "__typename"]), unique=True))
        possible = sorted(known.name for known in self.schema.get_possible_types(type_))
        others = [known.name for known in self.schema.get_implementations(type_).interfaces]
        labels = self.values.draw(st.lists(st.sampled_from([*(likely or possible), *others]), max_size=4, unique=True))
        parts = [f"... on {label} {self._apart(label, depth)}" for label in labels]
        if len(leaves) < len(type_.fields) and self.values.seldom(2):
            parts.append(self._field(type_, depth, apart=True))
        return f"{{ {' '.join([*shared, *parts] or ['__typename'])} }}"

    def _apart(self, label: str, depth: int) -> str:
        type_ = self.schema.type_map[label]
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        return self.selections(type_, depth, apart=True)

    def _selection(self, type_: GraphQLObjectType, depth: int, apart: bool) -> str:
        how = self.values.one_of(HOW)
        if how == "field":
            return self._field(type_, depth, apart)
        if how == "named fragment":
            return self._spread(type_, depth, apart)
        if how == "__typename":
            return f"{self._alias()}__typename {self._directive()}"
        on = self.values.one_of(["", f"on {type_.name} ", *(f"on {known.name} " for known in type_.interfaces)])
        of_itself = on in ("", f"on {type_.name} ")
        body = self.selections(type_, depth, apart=apart) if of_itself else "{ id aliases }"
        return f"... {on}{self._directive()}{body}"

    def _spread(self, type_: GraphQLObjectType, depth: int, apart: bool) -> str:
        """A named fragment: a new one, or one that stands elsewhere already."""
        known = [name for name, (on, _) in self.fragments.items() if on == type_.name]
        if known and self.values.seldom(2):
            return f"...{known[0]} {self._directive()}"
        text = self.selections(type_, depth, apart=True)
        name = f"Part{len(self.fragments)}"
        self.fragments[name] = (type_.name, f"fragment {name} on {type_.name} {text}")
        return f"...{name} {self._directive()}"

    def _field(self, type_: Composite, depth: int, apart: bool) -> str:
        name = self._chosen(type_, depth)
        declared = type_.fields[name]
        self.fields += 1
        arguments = self.arguments.written(type_.name, name, declared)
        alias = self._alias() if arguments or apart or self.values.seldom() else ""
        head = f"{alias}{name}{arguments} {self._directive()}"
        inner = get_named_type(declared.type)
        if not isinstance(inner, GraphQLObjectType | GraphQLInterfaceType):
            return head
        below = depth + (inner.name in (*MODEL.labels, "Node"))
        return f"{head}{self.selections(inner, below, likely=_targets(type_.name, name))}"

    def _chosen(self, type_: Composite, depth: int) -> str:
        """A field: seldom a leaf where the operation may still grow, else nothing but leaves."""
        known = {name: f for name, f in type_.fields.items() if f"{type_.name}.{name}" not in LEFT_OUT}
        leaves = [name for name, f in known.items() if is_leaf_type(get_named_type(f.type))]
        if "id" in known and (depth >= DEEPEST or self.fields > FIELDS_MOST):
            return str(self.values.one_of(leaves))
        more = [name for name in known if name not in leaves]
        if leaves and (not more or self.values.draw(st.booleans())):
            return str(self.values.one_of(leaves))
        return str(self.values.one_of(more))

    def _alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}: "

    def _directive(self) -> str:
        if not self.values.seldom(10):
            return ""
        name, wanted = self.values.one_of([("include", True), ("skip", False), ("include", False), ("skip", True)])
        argument = self.schema.get_directive(name)
        assert argument is not None
        return f"@{name}(if: {self.values.written(wanted, argument.args['if'].type)}) "


def _targets(type_name: str, name: str) -> Sequence[str]:
    """The labels that a field can lead to, where the schema says Node."""
    for label in MODEL.labels:
        for relation in MODEL.relations(label).values():
            base = f"{label}{relation.field[0].upper()}{relation.field[1:]}"
            if type_name in (f"{base}Connection", f"{base}Edge") or (type_name, name) == (label, relation.field):
                return relation.targets
    return ()
