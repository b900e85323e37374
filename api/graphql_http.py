"""GraphQL over HTTP: how requests are read (GraphQL-over-HTTP specification, draft of 2025)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

import orjson
from graphql import OperationType
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect, Request

from api.documents import Documents
from api.limits import Limits

GRAPHQL_JSON = "application/graphql-response+json"
JSON = "application/json"


class BadRequest(Exception):
    """A request that cannot be answered; `status` is its HTTP status, `code` the code of its error."""

    def __init__(self, message: str, status: int = 400, code: str = "BAD_REQUEST", **told: Any) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.extensions = {"code": code, **told}
        self.headers: dict[str, str] = {}

    def json(self) -> bytes:
        """The answer."""
        return orjson.dumps({"errors": [{"message": str(self), "extensions": self.extensions}]})


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks: the document, the values of its variables, and which operation of it."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None


def negotiated(accept: str | None) -> str:
    """The media type of the answer: that of GraphQL where the client asks for it, else JSON."""
    offered = [part.split(";", 1)[0].strip().lower() for part in (accept or "").split(",")]
    return GRAPHQL_JSON if GRAPHQL_JSON in offered else JSON


def reads(request: Request) -> bool:
    """Whether the request is a GET, or a HEAD, which is answered alike."""
    return request.method in ("GET", "HEAD")


async def operation_in(request: Request, limits: Limits, documents: Documents) -> Operation:
    """The operation of a GET or POST request; raises `BadRequest` where it has none that can be accepted."""
    if reads(request):
        return _from_address(request, documents)
    media = request.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if media != JSON:
        message = f"content type {media or 'missing'}; a body of {JSON} is accepted"
        raise BadRequest(message, 415, "UNSUPPORTED_MEDIA_TYPE")
    return _checked(_json(await body(request, limits), "the body"))


async def body(request: Request, limits: Limits) -> bytes:
    """The body of a request; raises `BadRequest` where it is too large, too slow or not whole."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limits.body_bytes:
        raise _too_large(int(announced[:20]), limits)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _received(request, limits)
    except TimeoutError as error:
        message = f"the body did not come within {limits.body_seconds} seconds"
        refused = BadRequest(message, 408, "BODY_TOO_SLOW", limit="body_seconds", most=limits.body_seconds)
        refused.headers["Connection"] = "close"
        raise refused from error
    except ClientDisconnect as error:
        raise BadRequest("the body ended before it was whole", 400, "BODY_INCOMPLETE") from error


async def _received(request: Request, limits: Limits) -> bytes:
    body, more = b"", True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body, more = body + message.get("body", b""), message.get("more_body", False)
        if len(body) > limits.body_bytes:
            raise _too_large(len(body), limits)
    return body


def _too_large(value: int, limits: Limits) -> BadRequest:
    most = limits.body_bytes
    message = f"a body of {value} bytes or more; at most {most} are accepted"
    return BadRequest(message, 413, "BODY_TOO_LARGE", limit="body_bytes", most=most, value=value)


def parameters(request: Request) -> QueryParams:
    """The parameters of an address; raises `BadRequest` where they are no UTF-8."""
    try:
        unquote_to_bytes(request.scope["query_string"]).decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"the address is not UTF-8: {error}") from error
    return request.query_params


def _from_address(request: Request, documents: Documents) -> Operation:
    given = parameters(request)
    found: dict[str, Any] = {key: given[key] for key in ("query", "operationName") if key in given}
    for key in ("variables", "extensions"):
        if given.get(key):
            found[key] = _json(given[key].encode(), key)
    operation = _checked(found)
    _refuse_writes(operation, documents)
    return operation


def _refuse_writes(operation: Operation, documents: Documents) -> None:
    if documents.prepare(operation.query).kind(operation.name) not in (None, OperationType.QUERY):
        refused = BadRequest("GET is for queries alone", 405, "METHOD_NOT_ALLOWED")
        refused.headers["Allow"] = "POST"
        raise refused


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
