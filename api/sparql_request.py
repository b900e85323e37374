"""The SPARQL 1.1 Protocol: how a request says its query and its data set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from starlette.requests import Request

from api.graphql_http import BadRequest, body, parameters, reads
from api.limits import Limits

QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"

_QUERY, _UPDATE = "query", "update"
_DEFAULT, _NAMED = "default-graph-uri", "named-graph-uri"
_SAID = frozenset({_QUERY, _UPDATE, _DEFAULT, _NAMED})


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query as text, and the graphs that the request names as its data set."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def asks_nothing(request: Request) -> bool:
    """Whether the service itself is asked for: a GET that says nothing of a query."""
    return reads(request) and _SAID.isdisjoint(parameters(request))


async def sparql_request(request: Request, limits: Limits) -> SparqlRequest:
    """What a request asks, by GET, by a POST of a form, or by a POST of the query itself; raises `BadRequest`."""
    said = parameters(request).multi_items()
    if reads(request):
        return _asked(said)
    media, charset = _content_type(request)
    if media == UPDATE:
        raise _read_only()
    if media not in (QUERY, FORM) or charset not in ("utf-8", "us-ascii"):
        told = f"content type {request.headers.get('content-type') or 'missing'}"
        raise BadRequest(f"{told}; {QUERY} and {FORM} in UTF-8 are accepted", 415, "UNSUPPORTED_MEDIA_TYPE")
    text = _text(await body(request, limits))
    return _asked([*said, (_QUERY, text)] if media == QUERY else [*said, *_form(text)])


def _asked(said: Sequence[tuple[str, str]]) -> SparqlRequest:
    queries = [value for name, value in said if name == _QUERY]
    if any(name == _UPDATE for name, _ in said):
        raise _read_only()
    if len(queries) != 1:
        raise BadRequest(f"`query` is given {len(queries)} times; a request has one query")
    default, named = (tuple(value for name, value in said if name == kind) for kind in (_DEFAULT, _NAMED))
    return SparqlRequest(queries[0], default, named)


def _read_only() -> BadRequest:
    return BadRequest("an update is refused: this service answers queries alone", 403, "READ_ONLY")


def _content_type(request: Request) -> tuple[str, str]:
    header = Message()
    header["content-type"] = request.headers.get("content-type") or "missing/type"
    return header.get_content_type(), str(header.get_param("charset", "utf-8")).lower()


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body is not UTF-8: {error}") from error


def _form(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise BadRequest(f"the form cannot be read: {error}") from error
