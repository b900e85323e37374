"""What was compiled before: selections by document, field and the variables that they rest on, and whole operations."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, TypeAlias, TypeVar

import orjson
from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, Node, VariableNode, Visitor, visit

from api.costs import operation_of
from graph.answering import Answering

Selection = TypeVar("Selection")
Place: TypeAlias = tuple[str, ...]
"""The response keys that lead to a field."""
Reading: TypeAlias = Callable[[Answering], Any]
"""What answers a root field on a snapshot; it rests on nothing else that can change."""

_BYTES_OF_FIELD = 100
"""So many bytes of values count for as much as a field."""


class Selections:
    """Selections of so many fields in all, those asked for last; safe to share between threads."""

    def __init__(self, fields: int) -> None:
        self._most = fields
        self._held = 0
        self._known: OrderedDict[tuple[Any, ...], tuple[DocumentNode, int, Any]] = OrderedDict()
        self._lock = Lock()

    def of(self, compiled: Compiled, key: tuple[Any, ...], make: Callable[[], Selection]) -> Selection:
        """The selection under a key of an operation; what cannot be compiled raises each time."""
        known: Selection | None = self.known(compiled, key)
        if known is not None:
            return known
        made = make()
        self.keep(compiled, key, made)
        return made

    def known(self, compiled: Compiled, key: tuple[Any, ...]) -> Any:
        """What is kept under a key of an operation, None where there is nothing."""
        with self._lock:
            found = self._known.get(whole := (id(compiled.document), compiled.name, *key))
            if found is None:
                return None
            self._known.move_to_end(whole)
            return found[2]

    def keep(self, compiled: Compiled, key: tuple[Any, ...], made: object) -> None:
        """Keeps something under a key of an operation."""
        with self._lock:
            self._keep((id(compiled.document), compiled.name, *key), compiled, made)

    def _keep(self, key: tuple[Any, ...], compiled: Compiled, made: object) -> None:
        """What is kept holds its document, so that no other can come to stand in its place in memory."""
        if key not in self._known:
            self._known[key] = (compiled.document, compiled.weight, made)
            self._held += compiled.weight
        while self._held > self._most:
            _, (_, fields, _) = self._known.popitem(last=False)
            self._held -= fields


@dataclass(frozen=True)
class Compiled:
    """An operation of a document with the variables as the client gave them; `fields` is how many it selects."""

    selections: Selections
    document: DocumentNode
    name: str | None
    variables: Mapping[str, Any]
    fields: int
    readings: dict[str, Reading] = field(default_factory=dict)
    """What answered its root fields, by their response keys, as far as it has been executed."""

    @cached_property
    def weight(self) -> int:
        """How much of what is kept it counts for: its fields, and long values of variables, which are kept with it."""
        return self.fields + len(self._all) // _BYTES_OF_FIELD

    def known(self) -> Mapping[str, Reading] | None:
        """What answers the operation with these variables, if it is remembered."""
        found: Mapping[str, Reading] | None = self.selections.known(self, ("", self._all))
        return found

    def remember(self) -> None:
        """Remembers what answered all of the operation."""
        self.selections.keep(self, ("", self._all), self.readings)

    def below(self, place: Place, make: Callable[[], Selection]) -> Selection:
        """What is selected below a field: it rests on no variable that is an argument of a root field alone."""
        return self.selections.of(self, (place, self._inner), make)

    def whole(self, place: Place, make: Callable[[], Selection]) -> Selection:
        """A root field with its arguments."""
        return self.selections.of(self, (place, self._all), make)

    @cached_property
    def _all(self) -> bytes:
        return _written(self.variables)

    @cached_property
    def _inner(self) -> bytes:
        names = self.selections.of(self, (), lambda: inner_variables(self.document, self.name))
        return _written({name: self.variables[name] for name in names if name in self.variables})


def inner_variables(document: DocumentNode, name: str | None) -> tuple[str, ...]:
    """The variables of an operation that stand elsewhere than in arguments of its root fields."""
    operation = operation_of(document, name)
    assert operation, "what is executed has an operation"
    roots = operation.selection_set.selections
    found = _Variables()
    for node in (inner for root in roots for inner in _inner(root)):
        visit(node, found)
    for definition in document.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            visit(definition, found)
    return tuple(sorted(found.names))


def _inner(root: Node) -> Iterator[Node]:
    if not isinstance(root, FieldNode):
        yield root
        return
    yield from root.directives or ()
    if root.selection_set:
        yield root.selection_set


class _Variables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names = set[str]()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.names.add(node.name.value)


def _written(variables: Mapping[str, Any]) -> bytes:
    """The values as one text: JSON, or what Python calls them where JSON cannot hold them, such as huge numbers."""
    try:
        return orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return b"not JSON: " + repr(sorted(variables.items())).encode(errors="backslashreplace")
