"""Documents of operations: parsed, held to the limits and validated once, and remembered by their text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeAlias

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from api.costs import Cost, check_document, measured, refusal
from api.errors import PARSE_FAILED, bad_request
from api.limits import Limits
from api.remembering import Compiled, Selections

_REMEMBERED = 512
_COSTS_REMEMBERED = 32
_FIELDS_REMEMBERED = 50_000
_ERRORS_MOST = 20
_TOO_MANY_TOKENS = "tokens. Parsing aborted"
_TOO_DEEP = "nested too deeply"


Sizes: TypeAlias = tuple[str | None, tuple[tuple[str, bool, int], ...]]
"""The name of an operation, and of its variables the whole numbers and the lengths of lists: what its cost rests on."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, None where it cannot be run, with why, and its operations by name and kind, None where it is none."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    operations: tuple[tuple[str | None, OperationType], ...] | None = None
    costs: dict[Sizes, Cost] = field(default_factory=dict, compare=False)
    """What its operations were found to cost."""

    def kind(self, name: str | None) -> OperationType | None:
        """The kind of the operation of that name, or of the only one; None where the document has no such."""
        found = [kind for own, kind in self.operations or () if not name or own == name]
        return found[0] if len(found) == 1 else None

    def refused(self, name: str | None) -> list[GraphQLError]:
        """Why the operation of that name, or the only one, cannot be run; nothing where it can."""
        if self.operations is not None and not self.kind(name):
            return [_no_operation(self.operations, name)]
        return list(self.errors)


class Documents:
    """Prepares documents for one schema; safe to share between threads."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._known: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = Lock()
        self._selections = Selections(_FIELDS_REMEMBERED)

    def prepare(self, text: str) -> Prepared:
        """The document of that text; one that was prepared before is not looked at again."""
        with self._lock:
            known = self._known.get(text)
            if known:
                self._known.move_to_end(text)
                return known
        made = self._prepared(text)
        with self._lock:
            self._known[text] = made
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return made

    def cost(self, prepared: Prepared, name: str | None, variables: Mapping[str, Any]) -> Cost:
        """The cost of an operation of a document with those variables; one that was measured is not measured again."""
        sizes = (name, tuple((k, isinstance(v, list), _size(v)) for k, v in variables.items() if _counts(v)))
        known = prepared.costs.get(sizes)
        if known is None:
            assert prepared.document, "only what can be run has a cost"
            known = measured(self._schema, prepared.document, name, variables)
            if len(prepared.costs) < _COSTS_REMEMBERED:
                prepared.costs[sizes] = known
        return known

    def compiled(self, document: DocumentNode, name: str | None, variables: Mapping[str, Any], cost: Cost) -> Compiled:
        """An operation that is executed, of which what was compiled before is remembered."""
        return Compiled(self._selections, document, name, variables, 1 + cost.fields)

    def _prepared(self, text: str) -> Prepared:
        try:
            document = parse(text, max_tokens=self._limits.tokens)
            check_document(self._schema, document, self._limits)
        except GraphQLSyntaxError as error:
            return Prepared(None, (self._named(error),))
        except GraphQLError as error:
            return Prepared(None, (_bare(error),))
        errors = validate(self._schema, document, max_errors=_ERRORS_MOST)
        return Prepared(None if errors else document, tuple(map(_bare, errors)), _operations(document))

    def _named(self, error: GraphQLSyntaxError) -> GraphQLError:
        """The error under the code of the limit at which parsing stopped, if it did."""
        if _TOO_MANY_TOKENS in error.message:
            most = self._limits.tokens
            return refusal("TOO_MANY_TOKENS", "tokens", most, most + 1, "tokens or more are in the document")
        if _TOO_DEEP in error.message:
            return GraphQLError(error.message, extensions={"code": "TOO_DEEP", "limit": "depth"})
        told = {"code": PARSE_FAILED}
        return GraphQLError(error.message, source=error.source, positions=error.positions, extensions=told)


def _counts(value: Any) -> bool:
    """Whether a cost can rest on the value of a variable."""
    return isinstance(value, int | list)


def _size(value: Any) -> int:
    return len(value) if isinstance(value, list) else int(value)


def _bare(error: GraphQLError) -> GraphQLError:
    """The error without its nodes and its traceback, which would hold the whole document in memory with it.

    Where a type failed to read a literal, such as a number of thousands of digits, it says so in words of ours.
    """
    unreadable = isinstance(error.original_error, ValueError)
    message = "a literal cannot be read as a value of its type" if unreadable else error.message
    return GraphQLError(message, source=error.source, positions=error.positions, extensions=error.extensions)


def _operations(document: DocumentNode) -> tuple[tuple[str | None, OperationType], ...]:
    found = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    return tuple((node.name.value if node.name else None, node.operation) for node in found)


def _no_operation(operations: Sequence[tuple[str | None, OperationType]], name: str | None) -> GraphQLError:
    names = ", ".join(own for own, _ in operations if own) or "none has a name"
    why = f"no operation {name}" if name else f"{len(operations)} operations and no operationName"
    return bad_request(f"the document has {why}; its operations: {names}")
