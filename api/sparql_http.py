"""SPARQL over HTTP: what is negotiated, how many queries run at once, and the status of what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from api.border import QUERY_HINT
from api.fields import listed
from api.graphql_http import JSON, BadRequest, reads
from api.limits import Limits
from api.metrics import Metrics
from api.negotiation import VARY, negotiate, not_acceptable
from api.pages import SPARQL_PAGE_CSP
from api.revalidation import Revalidation, matches
from api.serving import NOT_KEPT, ONLY_SAVED, Keeping
from api.sparql_request import SparqlRequest, asks_nothing, sparql_request
from graph.errors import (
    AnswerTooLarge,
    BadQuery,
    ComplianceGraphError,
    QueryFailed,
    QueryTimedOut,
    StoreUnreachable,
)

HTML = "text/html"
PLAIN = "text/plain"

_REFUSALS: Mapping[type[ComplianceGraphError], tuple[int, str]] = {
    BadQuery: (400, "BAD_QUERY"),
    AnswerTooLarge: (400, "RESPONSE_TOO_LARGE"),
    QueryTimedOut: (504, "TIMED_OUT"),
    QueryFailed: (503, "TOO_MUCH_MEMORY"),
    StoreUnreachable: (503, "STORE_UNREACHABLE"),
}


class Query(Protocol):
    """A query that was read."""

    @property
    def graph(self) -> bool:
        """Whether a graph is the answer."""

    @property
    def changing(self) -> bool:
        """Whether two answers from the same facts can differ."""

    @property
    def hints(self) -> tuple[str, ...]:
        """What it seems to mean and does not say."""


class Sparql(Protocol):
    """What answers SPARQL."""

    @property
    def results(self) -> tuple[str, ...]:
        """The media types of rows."""

    @property
    def graphs(self) -> tuple[str, ...]:
        """The media types of graphs."""

    def read(self, text: str, default_graphs: tuple[str, ...], named_graphs: tuple[str, ...]) -> Any:
        """The query in a text, a `Query`; raises `BadQuery`."""

    def state(self) -> str | None:
        """The state of the facts."""

    def answer(self, asked: Any, media: str, state: str | None) -> bytes:
        """The answer."""

    def description(self, address: str, media: str, state: str | None) -> bytes:
        """What the service at an address says of itself."""

    def close(self) -> None:
        """Ends all that was started."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the route stands on."""

    revalidation: Revalidation
    keeping: Keeping
    limits: Limits
    metrics: Metrics
    page: Path
    """The query page for browsers, which need not be built."""
    only_saved: bool = False


class SparqlRoute:
    """The route `/sparql`."""

    def __init__(self, sparql: Sparql, place: Place) -> None:
        self._sparql = sparql
        self._place = place
        self._free = asyncio.Semaphore(place.limits.sparql_together)

    async def answer(self, request: Request) -> Response:
        """Answers a query, or says what the service is."""
        try:
            return await self._answered(request)
        except BadRequest as error:
            return self._refused(request, error)
        except tuple(_REFUSALS) as error:
            status, code = next(told for kind, told in _REFUSALS.items() if isinstance(error, kind))
            return self._refused(request, BadRequest(str(error), status, code, **_where(error)))

    async def _answered(self, request: Request) -> Response:
        if self._place.only_saved:
            raise BadRequest(ONLY_SAVED, 403, "ONLY_SAVED")
        if asks_nothing(request):
            return await self._service(request)
        said = await sparql_request(request, self._place.limits)
        asked: Query = self._sparql.read(said.query, said.default_graphs, said.named_graphs)
        offers = self._sparql.graphs if asked.graph else self._sparql.results
        media = negotiate(listed(request, "accept"), offers)
        if media is None:
            return not_acceptable(offers)
        found = await self._found(request, said, asked, media)
        found.headers.update({QUERY_HINT: "; ".join(map(_ascii, asked.hints))} if asked.hints else {})
        return found

    async def _found(self, request: Request, said: SparqlRequest, asked: Query, media: str) -> Response:
        def answer(state: str | None) -> bytes:
            return self._sparql.answer(asked, media, state)

        if not reads(request):
            async with self._turn():
                return Response(await run_in_threadpool(answer, None), headers=VARY, media_type=media)
        parts = None if asked.changing else [said.query, said.default_graphs, said.named_graphs]
        return await self._kept(request, media, parts, answer)

    async def _service(self, request: Request) -> Response:
        """The page for browsers, and what the service says of itself for all others."""
        page = self._place.page
        offers = (*self._sparql.graphs, *((HTML,) if page.is_file() else ()))
        media = negotiate(listed(request, "accept"), offers)
        if media is None:
            return not_acceptable(offers)
        if media == HTML:
            return FileResponse(page, headers={**VARY, "Content-Security-Policy": SPARQL_PAGE_CSP}, media_type=HTML)
        address = str(request.url.replace(query="", fragment=""))

        def answer(state: str | None) -> bytes:
            return self._sparql.description(address, media, state)

        return await self._kept(request, media, [address], answer)

    async def _kept(
        self, request: Request, media: str, parts: list[Any] | None, answer: Callable[[str | None], bytes]
    ) -> Response:
        """An answer to a GET, with an ETag of what decides it; without such parts it changes, and is not kept."""
        state = await run_in_threadpool(self._sparql.state)
        tag = self._place.revalidation.sparql(state, media, *parts) if parts is not None else None
        keeping = self._place.keeping.header() if tag else NOT_KEPT
        headers = {**VARY, "Cache-Control": keeping, **({"ETag": tag} if tag else {})}
        if tag and matches(listed(request, "if-none-match"), tag):
            return Response(None, 304, headers)
        async with self._turn():
            return Response(await run_in_threadpool(answer, state), headers=headers, media_type=media)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One of the places for queries; who gets none in time is told to come again."""
        seconds = self._place.limits.seconds
        try:
            async with asyncio.timeout(seconds):
                await self._free.acquire()
        except TimeoutError as error:
            busy = BadRequest(f"other queries were running for {seconds} seconds; ask again later", 503, "BUSY")
            busy.headers["Retry-After"] = str(ceil(seconds))
            raise busy from error
        try:
            yield
        finally:
            self._free.release()

    def _refused(self, request: Request, error: BadRequest) -> Response:
        self._place.metrics.refused(error.code)
        headers = {**VARY, "Cache-Control": NOT_KEPT, **error.headers}
        if negotiate(listed(request, "accept"), (PLAIN, JSON)) == JSON:
            return Response(error.json(), error.status, headers, JSON)
        return PlainTextResponse(f"{error}\n", error.status, headers)


def _ascii(hint: str) -> str:
    """As a field can have it (RFC 9110, 5.5)."""
    return hint.encode("unicode_escape").decode()


def _where(error: ComplianceGraphError) -> dict[str, int]:
    """Where a query is wrong, as far as it is known."""
    if not isinstance(error, BadQuery) or error.line is None or error.column is None:
        return {}
    return {"line": error.line, "column": error.column}
