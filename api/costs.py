"""What a request asks, measured before its document is validated, and the refusals of what is over a limit.

The order is that of cost: the body by its size, the document by its tokens while it is parsed, then one pass over it.
The pass looks at each fragment once for each type on which it is spread, so that its time is linear in the document
however often fragments are spread; what it counts, it counts as often as they are spread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NoFragmentCyclesRule,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    validate,
)

from api.limits import FIRST_DEFAULT, Limits

FACETS = "Facets"
"""The type of the groups of a list."""
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Cost:
    """What is asked, fragments counted each time they are spread; `nodes` is the most that can come back.

    `groups` are the nodes and groups of facets, which come once, whatever the size of the page beside them.
    """

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    nodes: int = 0
    groups: int = 0

    def as_json(self) -> dict[str, int]:
        """The cost as an answer's extensions hold it; the groups are among the nodes there."""
        return {key: getattr(self, key) for key in self.__slots__ if key != "groups"}


_MEASURED = (
    ("fields", "TOO_MANY_FIELDS", "fields are selected"),
    ("aliases", "TOO_MANY_ALIASES", "fields have an alias"),
    ("directives", "TOO_MANY_DIRECTIVES", "directives stand on operations, fields and fragments"),
    ("depth", "TOO_DEEP", "fields stand below one another"),
    ("nodes", "TOO_EXPENSIVE", "nodes can come back, by the sizes of the pages"),
)


def refusal(code: str, limit: str, most: int, value: int, what: str) -> GraphQLError:
    """The error of a request over a limit, which it names with the value."""
    message = f"{value} {what}; at most {most} are possible"
    return GraphQLError(message, extensions={"code": code, "limit": limit, "most": most, "value": value})


def check_document(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
    """Raises the refusal of a document that would be slow to validate, whichever of its operations is asked for."""
    measuring = _Measuring(schema, document, {})
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            check(replace(measuring.definition(definition), nodes=0), limits)
    for error in validate(schema, document, [NoFragmentCyclesRule]) if measuring.cyclic else ():
        raise error
    repeats = most_repeated(document)
    if repeats > limits.repeats:
        raise refusal("TOO_MANY_REPEATS", "repeats", limits.repeats, repeats, "times one response name is asked for")


def measured(schema: GraphQLSchema, document: DocumentNode, name: str | None, variables: Mapping[str, Any]) -> Cost:
    """The cost of the operation of that name, or of the only one; nothing where there is no such."""
    operation = operation_of(document, name)
    if operation is None:
        return Cost()
    return _Measuring(schema, document, _given(operation, variables)).definition(operation)


def check(cost: Cost, limits: Limits) -> None:
    """Raises the refusal of the first limit that the cost is over."""
    for key, code, what in _MEASURED:
        value, most = getattr(cost, key), getattr(limits, key)
        if value > most:
            raise refusal(code, key, most, value, what)


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    """The operation of that name, or the only one; None where the document has no such."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    found = [node for node in operations if not name or (node.name and node.name.value == name)]
    return found[0] if len(found) == 1 else None


def most_repeated(document: DocumentNode) -> int:
    """How often one response name stands at one place of an answer, over all operations and fragments of a document.

    Validation compares each pair of them, so that its time goes with their square. The document has to be within the
    limit of fields and no fragment may spread itself, since they are looked into each time they are spread.
    """
    fragments, most = fragments_of(document), 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            waiting = [[definition.selection_set]]
            while waiting:
                for nodes in _merged(waiting.pop(), fragments).values():
                    most = max(most, len(nodes))
                    below = [node.selection_set for node in nodes if node.selection_set]
                    waiting += [below] if below else []
    return most


@dataclass(slots=True)
class _Measuring:
    schema: GraphQLSchema
    document: DocumentNode
    variables: Mapping[str, Any]
    cyclic: bool = False
    _fragments: dict[str, FragmentDefinitionNode] = field(init=False)
    _open: set[str] = field(default_factory=set)
    _known: dict[tuple[str, str], Cost] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._fragments = fragments_of(self.document)

    def definition(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> Cost:
        on = (
            self.schema.get_root_type(node.operation)
            if isinstance(node, OperationDefinitionNode)
            else self._type(node.type_condition, None)
        )
        found = self._set(node.selection_set, on)
        return replace(found, directives=found.directives + len(node.directives or ()))

    def _set(self, selected: SelectionSetNode, on: GraphQLNamedType | None) -> Cost:
        found = Cost()
        for node in selected.selections:
            one = self._field(node, on) if isinstance(node, FieldNode) else self._spread(node, on)
            found = _beside(found, replace(one, directives=one.directives + len(node.directives or ())))
        return found

    def _spread(self, node: Any, on: GraphQLNamedType | None) -> Cost:
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value, on)
        return self._set(node.selection_set, self._type(node.type_condition, on))

    def _fragment(self, name: str, on: GraphQLNamedType | None) -> Cost:
        """A fragment's own cost; of one that is not there, or that spreads itself, validation tells."""
        fragment, key = self._fragments.get(name), (name, on.name if on else "")
        if fragment is None:
            return Cost()
        if name in self._open:
            self.cyclic = True
            return Cost()
        if key not in self._known:
            self._open.add(name)
            self._known[key] = self._set(fragment.selection_set, self._type(fragment.type_condition, on))
            self._open.discard(name)
        return self._known[key]

    def _type(self, condition: Any, on: GraphQLNamedType | None) -> GraphQLNamedType | None:
        return self.schema.get_type(condition.name.value) if condition else on

    def _field(self, node: FieldNode, on: GraphQLNamedType | None) -> Cost:
        declared = getattr(on, "fields", {}).get(node.name.value)
        type_ = get_named_type(declared.type) if declared else None
        below = self._set(node.selection_set, type_) if node.selection_set else Cost()
        times = self._times(node, on, type_)
        own = 1 if node.selection_set and _counts(node.name.value, on, type_) else 0
        nodes, groups = times * (own + below.nodes) + below.groups, 0
        if type_ is not None and type_.name == FACETS:
            nodes, groups = 0, nodes
        return Cost(
            below.depth + 1, below.fields + 1, below.aliases + bool(node.alias), below.directives, nodes, groups
        )

    def _times(self, node: FieldNode, on: GraphQLNamedType | None, type_: GraphQLNamedType | None) -> int:
        """How many nodes a field can give: the size of its page, the number of its ids, else one."""
        given = {argument.name.value: argument.value for argument in node.arguments or ()}
        declared = getattr(on, "fields", {}).get(node.name.value)
        if "ids" in given and declared and "ids" in declared.args:
            return self._length(given["ids"])
        if not _is_connection(type_) and not given.keys() & {"first", "last"}:
            return 1
        sizes = [self._number(given[name]) for name in ("first", "last") if name in given]
        known = [size for size in sizes if size is not None]
        return max(0, min(known)) if known else FIRST_DEFAULT

    def _number(self, value: ValueNode) -> int | None:
        if isinstance(value, IntValueNode):
            return _whole(value)
        found = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return found if isinstance(found, int) else None

    def _length(self, value: ValueNode) -> int:
        if isinstance(value, ListValueNode):
            return len(value.values)
        found = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return len(found) if isinstance(found, list) else 1


def _beside(one: Cost, other: Cost) -> Cost:
    """The cost of two selections side by side."""
    return Cost(
        max(one.depth, other.depth),
        one.fields + other.fields,
        one.aliases + other.aliases,
        one.directives + other.directives,
        one.nodes + other.nodes,
        one.groups + other.groups,
    )


def _merged(
    sets: Sequence[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> dict[str, list[FieldNode]]:
    """The fields of selection sets by response name, fragments spread, whatever their type conditions."""
    found: dict[str, list[FieldNode]] = {}
    waiting, seen = [node for selected in reversed(sets) for node in reversed(selected.selections)], set[str]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, FieldNode):
            found.setdefault((node.alias or node.name).value, []).append(node)
        elif isinstance(node, InlineFragmentNode):
            waiting += reversed(node.selection_set.selections)
        elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments and node.name.value not in seen:
            seen.add(node.name.value)
            waiting += reversed(fragments[node.name.value].selection_set.selections)
    return found


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The fragments of a document by name."""
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}


def _given(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the variables, defaults included, as far as they are whole numbers or lists."""
    defaults = {
        definition.variable.name.value: _whole(definition.default_value)
        for definition in operation.variable_definitions or ()
        if isinstance(definition.default_value, IntValueNode)
    }
    return {**defaults, **variables}


def _whole(value: IntValueNode) -> int:
    """The number of a literal, cut where it has more digits than any Int: Python refuses to read thousands of them."""
    return int(value.value[:_DIGITS])


def _is_connection(type_: GraphQLNamedType | None) -> bool:
    return type_ is not None and (type_.name.endswith("Connection") or type_.name == FACETS)


def _counts(name: str, on: GraphQLNamedType | None, type_: GraphQLNamedType | None) -> bool:
    """Whether a field gives nodes of its own: the rows of a page do, what wraps them does not."""
    if _is_connection(on):
        return name in ("nodes", "edges", "groups")
    if _is_connection(type_) or (on is not None and on.name.endswith("Edge") and name == "node"):
        return False
    return not name.startswith("__") and name != "pageInfo"
