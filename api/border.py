"""What every request passes first and every answer last: its id, its headers, its line in the log, its time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from time import perf_counter

import structlog
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.request_ids import begin
from api.tracing import NO_TRACING, Tracing

REQUEST_ID = "X-Request-Id"
QUERY_HINT = "Query-Hint"
"""The field that tells of terms of a query that the vocabulary does not have: the answer itself can only be empty."""
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every answer that does not say otherwise; pages have a Content-Security-Policy of their own."""
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
"""On the vocabulary and the files beside it, which hold no facts: programs in browsers fetch contexts and shapes."""

SECONDS_OF_PREFLIGHT = 600

_ASKED = ("Authorization", "Content-Type", "If-None-Match", REQUEST_ID)
_SHOWN = ("ETag", QUERY_HINT, REQUEST_ID)

_LOG = structlog.get_logger()
_LOGGER = "compliance_graph.http"
_ID = REQUEST_ID.lower().encode()
_SECURITY = {name.lower().encode(): value.encode() for name, value in SECURITY_HEADERS.items()}


def shared_with(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """The application, readable by pages of those origins; credentials of a browser are never sent along."""
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=("GET", "HEAD", "POST"),
        allow_headers=_ASKED,
        expose_headers=_SHOWN,
        max_age=SECONDS_OF_PREFLIGHT,
    )


class Border:
    """The outermost layer of an application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, tracing: Tracing = NO_TRACING) -> None:
        self._app = app
        self._metrics = metrics
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, begun, status = Headers(scope=scope), perf_counter(), 499
        id_ = begin(headers.get(REQUEST_ID, ""))

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _completed(message["headers"], id_)
            await send(message)

        try:
            with self._tracing.request(scope["method"], scope["path"], headers, id_):
                await self._app(scope, receive, answer)
        finally:
            # A server sends what is written when it comes to rest: the client need not wait for the log.
            asyncio.get_running_loop().call_soon(self._seen, scope["method"], scope["path"], status, begun)

    def _seen(self, method: str, path: str, status: int, begun: float) -> None:
        taken = perf_counter() - begun
        self._metrics.request(method, path, status, taken)
        told = {"method": method, "path": path, "status": status, "milliseconds": round(taken * 1000, 1)}
        _LOG.info("request", logger=_LOGGER, **told)


def _completed(headers: Iterable[tuple[bytes, bytes]], id_: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, in lower case as ASGI has them, with those that are missing."""
    own = [header for header in headers if header[0] != _ID]
    names = {name for name, _ in own}
    return [*own, *(header for header in _SECURITY.items() if header[0] not in names), (_ID, id_.encode())]
