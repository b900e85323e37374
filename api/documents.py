"""Documents of operations: parsed, held to the limits and validated once, and remembered by their text."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
    validate,
)

from api.errors import bad_request
from api.limits import Limits, check_document, operation_of, refusal

_REMEMBERED = 512
_ERRORS_MOST = 20
_TOO_MANY_TOKENS = "tokens. Parsing aborted"
_TOO_DEEP = "nested too deeply"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, None where it cannot be parsed or is over a limit, and why it cannot be run."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()

    def refused(self, name: str | None) -> list[GraphQLError]:
        """Why the operation of that name, or the only one, cannot be run; nothing where it can."""
        if self.document and not operation_of(self.document, name):
            return [_no_operation(self.document, name)]
        return list(self.errors)


class Documents:
    """Prepares documents for one schema; safe to share between threads."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._known: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = Lock()

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

    def _prepared(self, text: str) -> Prepared:
        try:
            document = parse(text, max_tokens=self._limits.tokens)
            check_document(self._schema, document, self._limits)
        except GraphQLSyntaxError as error:
            return Prepared(None, (self._named(error),))
        except GraphQLError as error:
            return Prepared(None, (error,))
        errors = validate(self._schema, document, max_errors=_ERRORS_MOST)
        return Prepared(document, tuple(map(_readable, errors)))

    def _named(self, error: GraphQLSyntaxError) -> GraphQLError:
        """The error under the code of the limit at which parsing stopped, if it did."""
        if _TOO_MANY_TOKENS in error.message:
            most = self._limits.tokens
            return refusal("TOO_MANY_TOKENS", "tokens", most, most + 1, "tokens or more are in the document")
        if _TOO_DEEP in error.message:
            return GraphQLError(error.message, extensions={"code": "TOO_DEEP", "limit": "depth"})
        return error


def _readable(error: GraphQLError) -> GraphQLError:
    """The error; where a type failed to read a literal, such as a number of thousands of digits, in words of ours."""
    if isinstance(error.original_error, ValueError):
        return GraphQLError("a literal cannot be read as a value of its type", error.nodes)
    return error


def _no_operation(document: DocumentNode, name: str | None) -> GraphQLError:
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    names = ", ".join(node.name.value for node in operations if node.name) or "none has a name"
    why = f"no operation {name}" if name else f"{len(operations)} operations and no operationName"
    return bad_request(f"the document has {why}; its operations: {names}")
