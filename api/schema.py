"""The schema, made once, and how an operation runs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
import strawberry
from graphql import (
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    lexicographic_sort_schema,
    parse,
    print_schema,
)
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext, ExecutionResult

from api.errors import bad_request, formatted
from api.execution import Context, GraphExecutor
from api.inputs import SCALARS
from api.types import Types
from graph.store import Reader

_CACHED = 512


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers: the body as GraphQL over HTTP has it, and whether it was executed at all."""

    body: dict[str, Any]
    executed: bool

    def json(self) -> bytes:
        """The body as JSON; parts that the store gave are taken over as they are."""
        return orjson.dumps(self.body)


class GraphSchema(strawberry.Schema):
    """The schema; errors are answered and logged by `api.errors`, not by strawberry."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Leaves errors to `api.errors`."""


def make_schema(types: Types) -> GraphSchema:
    """The schema of those types."""
    return GraphSchema(
        query=types.query,
        types=types.concrete,
        execution_context_class=GraphExecutor,
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[partial(ParserCache, maxsize=_CACHED), partial(ValidationCache, maxsize=_CACHED)],
    )


def schema_text() -> str:
    """The schema in the schema definition language, sorted: what `schema.graphql` holds."""
    schema = make_schema(Types())
    return print_schema(lexicographic_sort_schema(schema._schema)) + "\n"


class Api:
    """The API over one reader; with `public` the wording of restricted documents is null."""

    def __init__(self, reader: Reader, *, public: bool = False) -> None:
        types = Types()
        self._root = types.root_value()
        self._context = Context(reader, public)
        self.schema = make_schema(types)

    def run(self, query: str, variables: Mapping[str, Any] | None = None, operation: str | None = None) -> Answer:
        """Runs one operation; what goes wrong is in the answer's `errors`."""
        refused = _without_operation(query, operation)
        if refused:
            return refused
        result = self.schema.execute_sync(
            query,
            variable_values=dict(variables) if variables else None,
            operation_name=operation or None,
            root_value=self._root,
            context_value=self._context,
        )
        return _response(result)


def _without_operation(query: str, name: str | None) -> Answer | None:
    """What a document without the operation that is asked for answers; a document that cannot be parsed is not ours."""
    try:
        document = parse(query)
    except GraphQLSyntaxError:
        return None
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    found = [node for node in operations if not name or (node.name and node.name.value == name)]
    if len(found) == 1:
        return None
    names = ", ".join(node.name.value for node in operations if node.name) or "none has a name"
    why = f"no operation {name}" if name else f"{len(operations)} operations and no operationName"
    return Answer({"errors": formatted([bad_request(f"the document has {why}; its operations: {names}")])}, False)


def _response(result: ExecutionResult) -> Answer:
    executed = result.data is not None or not result.errors or any(error.path for error in result.errors)
    body: dict[str, Any] = {"errors": formatted(result.errors)} if result.errors else {}
    if executed:
        body["data"] = result.data
    return Answer(body, executed)
