"""GraphQL over HTTP: how requests are read and answers written (GraphQL-over-HTTP specification, draft of 2025)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import GraphQLSyntaxError, OperationType, get_operation_ast, parse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.schema import Answer, Api

BODY_MOST = 64 * 1024
"""The most bytes that the body of a request may have."""

GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"


class BadRequest(Exception):
    """A request that is no GraphQL request; `status` is its HTTP status."""

    def __init__(self, message: str, status: int = 400, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks: the document, the values of its variables, and which operation of it."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None


async def answer(request: Request, api: Api) -> Response:
    """Answers a GraphQL request over GET or POST."""
    media = negotiated(request.headers.get("accept"))
    try:
        operation = await _operation(request)
    except BadRequest as error:
        body = {"errors": [{"message": str(error), "extensions": {"code": "BAD_REQUEST"}}]}
        return Response(orjson.dumps(body), error.status, error.headers, media)
    found = await run_in_threadpool(api.run, operation.query, operation.variables, operation.name)
    return Response(found.json(), _status(found, media), {"Vary": "Accept"}, media)


def negotiated(accept: str | None) -> str:
    """The media type of the answer: that of GraphQL where the client asks for it, else JSON."""
    offered = [part.split(";", 1)[0].strip().lower() for part in (accept or "").split(",")]
    return GRAPHQL_JSON if GRAPHQL_JSON in offered else JSON


def _status(found: Answer, media: str) -> int:
    """What was executed is 200; what was refused before is 400, which plain JSON cannot tell from a proxy's error."""
    return 200 if found.executed or media == JSON else 400


async def _operation(request: Request) -> Operation:
    if request.method in ("GET", "HEAD"):
        return _from_address(request)
    media = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if media != JSON:
        raise BadRequest(f"content type {media or 'missing'}; a body of {JSON} is accepted", 415)
    return _checked(_json(await _body(request), "the body"))


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > BODY_MOST:
        raise BadRequest(f"a body of {announced} bytes; at most {BODY_MOST} are accepted", 413)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MOST:
            raise BadRequest(f"a body of more than {BODY_MOST} bytes", 413)
    return body


def _from_address(request: Request) -> Operation:
    given = request.query_params
    found: dict[str, Any] = {key: given[key] for key in ("query", "operationName") if key in given}
    for key in ("variables", "extensions"):
        if given.get(key):
            found[key] = _json(given[key].encode(), key)
    operation = _checked(found)
    _refuse_writes(operation)
    return operation


def _refuse_writes(operation: Operation) -> None:
    try:
        found = get_operation_ast(parse(operation.query), operation.name)
    except GraphQLSyntaxError:  # a broken document is answered as every other is
        return
    if found and found.operation is not OperationType.QUERY:
        raise BadRequest("GET is for queries alone", 405, {"Allow": "POST"})


def _json(content: bytes, what: str) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"{what} is not JSON: {error}") from error


def _checked(found: Any) -> Operation:
    if not isinstance(found, dict):
        raise BadRequest("a request is one JSON object; batches are not accepted")
    query, name, variables = found.get("query"), found.get("operationName"), found.get("variables")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("`query` is missing; it holds the document as text")
    if name is not None and not isinstance(name, str):
        raise BadRequest("`operationName` is not a text")
    for key in ("variables", "extensions"):
        if found.get(key) is not None and not isinstance(found[key], dict):
            raise BadRequest(f"`{key}` is not an object")
    return Operation(query, variables or {}, name)
