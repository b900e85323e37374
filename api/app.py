"""The application: every route over HTTP, on one store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api.border import FOR_ALL, Border, shared_with
from api.exporting import Export, Exports
from api.fields import listed
from api.graphql_http import reads
from api.limits import Limits
from api.linked_data import LinkedData, Linking
from api.metrics import Metrics
from api.overview import last_load, overview
from api.pages import GRAPHIQL_CSP, START_PAGE_CSP, start_page
from api.representing import Representing
from api.request_ids import request_id
from api.revalidation import etag
from api.saved import SavedText, checked
from api.saved_http import SavedQuestions, fixed
from api.schema import Api, schema_text
from api.serving import Keeping, Serving
from api.sparql_http import Place, Sparql, SparqlRoute
from api.tokens import Bearers
from api.tracing import NO_TRACING, Tracing
from api.vocabulary_door import ONTOLOGY
from api.watching import watched
from graph.errors import ComplianceGraphError
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Doors:
    """What the application is given besides its store: other rooms' exports, files, questions."""

    export: Export
    media_types: Mapping[str, str]
    """The media type of each export format."""
    files: Mapping[str, tuple[bytes, str]]
    """Fixed answers by path: content and media type."""
    pages: Path
    """The folder of the built pages, their style sheet among them."""
    questions: tuple[SavedText, ...] = ()
    neo4j_browser: str | None = None
    public: bool = False
    only_saved: bool = False
    """Whether GraphQL answers saved questions alone."""
    keeping: Keeping = field(default_factory=Keeping)
    limits: Limits = field(default_factory=Limits)
    origins: tuple[str, ...] = ()
    """The origins whose pages may read answers; `*` is every one."""
    tokens: Mapping[str, str] = field(default_factory=dict)
    """The hashes of bearer tokens by their names; where there is none, no token is asked for."""
    tracing: Tracing = NO_TRACING
    parts: tuple[str, ...] = ()
    """The parameters by which an export is asked for a part."""
    sparql: Callable[[Store, Limits], Sparql] | None = None
    """What makes that which answers SPARQL over a store; where there is none, there is no such route."""
    linking: Linking | None = None
    """What describes things and the data set; without it there are no doors of linked data."""
    checked: bool = False
    """Whether the export is given alone of data that keep to the shapes."""


class Revalidated(StaticFiles):
    """Files whose names do not change when their content does, so that a browser asks each time."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, not to be used again without asking."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Content-Security-Policy"] = GRAPHIQL_CSP
        return response


def create_app(store: Store, doors: Doors) -> ASGIApp:
    """The application over an open store, which it closes when it ends."""
    metrics = Metrics()
    routes = Routes(watched(store, metrics, doors.tracing), doors, metrics)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        routes.close()
        store.close()

    handlers = {ComplianceGraphError: _unavailable, Exception: _unexpected}
    others = Starlette(routes=routes.table(), lifespan=lifespan, exception_handlers=handlers)
    app: ASGIApp = ServerErrorMiddleware(Straight(routes.graphql, others), _unexpected)
    if doors.tokens:
        app = Bearers(app, doors.tokens, metrics)
    return Border(shared_with(app, doors.origins), metrics, doors.tracing)


class Straight:
    """Gives questions, which are most of what is asked, to their route at once, and all else to the others."""

    def __init__(self, graphql: Callable[[Request], Awaitable[Response]], others: ASGIApp) -> None:
        self._graphql = graphql
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http" and scope["path"] == "/graphql" and scope["method"] == "POST":
            response = await self._graphql(Request(scope, receive))
            await response(scope, receive, send)
        else:
            await self._others(scope, receive, send)


async def _unavailable(request: Request, error: Exception) -> Response:
    """The store does not answer; GraphQL says so in its own way."""
    return PlainTextResponse(f"{error}\n", 503)


async def _unexpected(request: Request, error: Exception) -> Response:
    """What was not foreseen is masked; the server's log has it under the request's id."""
    return PlainTextResponse(f"An unexpected error; the log has it under {request_id()}.\n", 500)


class Routes:
    """The answers of every route."""

    def __init__(self, store: Store, doors: Doors, metrics: Metrics) -> None:
        self._store = store
        self._doors = doors
        api = Api(store, public=doors.public, limits=doors.limits)
        self._metrics = metrics
        self._serving = Serving(api, doors.keeping, metrics, only_saved=doors.only_saved, release=_release(doors))
        self._saved = SavedQuestions(self._serving, checked(doors.questions, api.schema, api.documents))
        self._exports = Exports(store, doors.export, doors.media_types, doors.parts, checked=doors.checked)
        representing = Representing(self._serving.revalidation, doors.keeping)
        self._linked = doors.linking and LinkedData(
            store, representing, doors.linking, public=doors.public, seconds=doors.limits.seconds
        )
        self._sdl = schema_text().encode()
        self._sparql = doors.sparql(store, doors.limits) if doors.sparql else None

    def table(self) -> list[Route | Mount]:
        """The routes by path."""
        fixed = [Route(path, self._fixed) for path in self._doors.files]
        return [
            Route("/", self.start),
            Route("/graphql", self.graphql, methods=["GET", "POST"]),
            Route("/saved", self._saved.all),
            Route("/saved/{name}", self._saved.one),
            Route("/schema.graphql", self.sdl),
            Route("/export", self.export),
            *self._sparql_route(),
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self._metrics.page),
            *(self._linked.table() if self._linked else ()),
            *fixed,
            Mount("/static", Revalidated(directory=self._doors.pages, check_dir=False)),
        ]

    def close(self) -> None:
        """Begins no more answers, and ends what the routes started."""
        self._serving.close()
        self._exports.close()
        if self._sparql:
            self._sparql.close()

    async def start(self, request: Request) -> Response:
        """The start page."""
        doors = self._doors
        found = await run_in_threadpool(overview, self._store, doors.questions, doors.neo4j_browser, doors.only_saved)
        return Response(start_page(found), media_type="text/html", headers={"Content-Security-Policy": START_PAGE_CSP})

    async def graphql(self, request: Request) -> Response:
        """GraphQL; a browser that opens the address gets GraphiQL."""
        browser = reads(request) and "text/html" in (listed(request, "accept") or "")
        if browser and not self._doors.only_saved:
            headers = {"Content-Security-Policy": GRAPHIQL_CSP, "Vary": "Accept"}
            page = self._doors.pages / "graphiql.html"
            if not page.is_file():
                return PlainTextResponse("GraphiQL is not built; `make install` builds it.\n", 503)
            return FileResponse(page, headers=headers, media_type="text/html")
        return await self._serving.graphql(request)

    async def sdl(self, request: Request) -> Response:
        """The schema in the schema definition language."""
        return fixed(request, self._sdl, "text/plain; charset=utf-8", self._doors.keeping.header())

    async def export(self, request: Request) -> Response:
        """The graph as RDF."""
        return await self._exports.answer(request, self._serving.revalidation, self._doors.keeping)

    async def alive(self, request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        """The store answers, and the last load was complete."""
        if await run_in_threadpool(last_load, self._store):
            return PlainTextResponse("ready\n")
        return PlainTextResponse("no load has been recorded, or the last one was not complete\n", 503)

    def _sparql_route(self) -> list[Route]:
        if not self._sparql:
            return []
        doors, page = self._doors, self._doors.pages / "sparql.html"
        place = Place(
            self._serving.revalidation, doors.keeping, doors.limits, self._metrics, page, only_saved=doors.only_saved
        )
        return [Route("/sparql", SparqlRoute(self._sparql, place).answer, methods=["GET", "POST"])]

    async def _fixed(self, request: Request) -> Response:
        content, media_type = self._doors.files[request.url.path]
        found = fixed(request, content, media_type, self._doors.keeping.header())
        found.headers.update(FOR_ALL if request.url.path.startswith(f"{ONTOLOGY}/") else {})
        return found


def _release(doors: Doors) -> str:
    """What stands for the program's release: its fixed files, the ontology among them."""
    return etag(b"".join(content for _, (content, _) in sorted(doors.files.items())))
