"""The schema, made once, and how an operation runs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import Any

import orjson
import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    execute_sync,
    lexicographic_sort_schema,
    print_schema,
)
from graphql.execution.values import get_variable_values
from strawberry.schema.config import StrawberryConfig

from api.costs import Cost, check, operation_of, refusal
from api.documents import Documents
from api.errors import formatted
from api.execution import Context, GraphExecutor
from api.inputs import SCALARS
from api.limits import Limits
from api.specials import SPECIALS
from api.types import Types
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation answers: the body as GraphQL over HTTP has it, and whether it was executed at all."""

    body: dict[str, Any]
    executed: bool
    most: int | None = None

    def json(self) -> bytes:
        """The body as JSON; parts that the store gave are taken over as they are."""
        return self.written()[0]

    def written(self) -> tuple[bytes, tuple[str, ...]]:
        """The body as JSON, and the codes of its errors."""
        content = orjson.dumps(self.body)
        if self.most is None or len(content) <= self.most:
            return content, tuple(error["extensions"]["code"] for error in self.body.get("errors", ()))
        what = "bytes are in the answer; ask for fewer nodes or fields"
        error = refusal("RESPONSE_TOO_LARGE", "response_bytes", self.most, len(content), what)
        refused = {"errors": formatted([error]), "data": None, "extensions": self.body["extensions"]}
        return orjson.dumps(refused), ("RESPONSE_TOO_LARGE",)


def make_schema(types: Types) -> GraphQLSchema:
    """The schema of those types."""
    made = strawberry.Schema(query=types.query, types=types.concrete, config=StrawberryConfig(scalar_map=SCALARS))
    return made._schema


@cache
def schema_text() -> str:
    """The schema in the schema definition language, sorted: what `schema.graphql` holds."""
    return print_schema(lexicographic_sort_schema(make_schema(Types(SPECIALS)))) + "\n"


class Api:
    """The API over one store; with `public` the wording of restricted documents is null."""

    def __init__(self, store: Store, *, public: bool = False, limits: Limits | None = None) -> None:
        types = Types(SPECIALS)
        self.limits = limits or Limits()
        self.schema = make_schema(types)
        self.documents = Documents(self.schema, self.limits)
        self.store = store
        self.public = public
        self._root = types.root_value()

    def run(self, query: str, variables: Mapping[str, Any] | None = None, operation: str | None = None) -> Answer:
        """Runs one operation; what goes wrong is in the answer's `errors`, what it cost in `extensions.cost`."""
        prepared = self.documents.prepare(query)
        errors = prepared.refused(operation)
        if errors or prepared.document is None:
            return _refused(errors, Cost())
        values = dict(variables or {})
        cost = self.documents.cost(prepared, operation, values)
        try:
            check(cost, self.limits)
        except GraphQLError as error:
            return _refused([error], cost)
        compiled = self.documents.compiled(prepared.document, operation or None, values, cost)
        context = Context(self.store, self.limits, monotonic() + self.limits.seconds, compiled, self.public)
        with suppress(Exception):  # the executor meets it again, and says or masks what went wrong, and where
            if known := context.known():
                return self._answer(ExecutionResult(known), cost)
        return self._answer(self._execute(context), cost)

    def accepted(self, query: str, variables: Mapping[str, Any], operation: str | None) -> DocumentNode | None:
        """The document of an operation that would be executed; None of one that would be refused before."""
        prepared = self.documents.prepare(query)
        if prepared.document is None or prepared.refused(operation):
            return None
        wanted = operation_of(prepared.document, operation)
        declared = (wanted.variable_definitions if wanted else None) or ()
        try:
            check(self.documents.cost(prepared, operation, variables), self.limits)
        except GraphQLError:
            return None
        values = get_variable_values(self.schema, declared, dict(variables), max_errors=1)
        return None if isinstance(values, list) else prepared.document

    def _execute(self, context: Context) -> ExecutionResult:
        compiled = context.compiled
        result = execute_sync(
            self.schema,
            compiled.document,
            root_value=self._root,
            context_value=context,
            variable_values=dict(compiled.variables),
            operation_name=compiled.name,
            executor_class=GraphExecutor,
        )
        if not result.errors and result.data and compiled.readings.keys() == result.data.keys():
            compiled.remember()
        return result

    def _answer(self, result: ExecutionResult, cost: Cost) -> Answer:
        executed = result.data is not None or not result.errors or any(error.path for error in result.errors)
        body: dict[str, Any] = {"errors": formatted(result.errors)} if result.errors else {}
        if executed:
            body["data"] = result.data
        return Answer({**body, **_extensions(cost)}, executed, self.limits.response_bytes)


def _refused(errors: Sequence[GraphQLError], cost: Cost) -> Answer:
    return Answer({"errors": formatted(errors), **_extensions(cost)}, executed=False)


def _extensions(cost: Cost) -> dict[str, Any]:
    return {"extensions": {"cost": cost.as_json()}}
