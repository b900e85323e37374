"""The application: every route over HTTP, on one store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from api import graphql_http
from api.overview import last_load, overview
from api.pages import GRAPHIQL_CSP, START_PAGE_CSP, start_page
from api.questions import Question
from api.schema import Api, schema_text
from graph.errors import ComplianceGraphError
from graph.store import Store

_IN_MEMORY = 8 * 1024 * 1024
_PIECE = 256 * 1024

Export = Callable[[Store, str, IO[bytes]], None]


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
    questions: tuple[Question, ...] = ()
    neo4j_browser: str | None = None
    public: bool = False


class Revalidated(StaticFiles):
    """Files whose names do not change when their content does, so that a browser asks each time."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, not to be used again without asking."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def create_app(store: Store, doors: Doors) -> Starlette:
    """The application over an open store, which it closes when it ends."""
    routes = Routes(store, doors)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        store.close()

    return Starlette(routes=routes.table(), lifespan=lifespan, exception_handlers={ComplianceGraphError: _unavailable})


async def _unavailable(request: Request, error: Exception) -> Response:
    """The store does not answer; GraphQL says so in its own way."""
    return PlainTextResponse(f"{error}\n", 503)


class Routes:
    """The answers of every route."""

    def __init__(self, store: Store, doors: Doors) -> None:
        self._store = store
        self._doors = doors
        self._api = Api(store, public=doors.public)
        self._sdl = schema_text()

    def table(self) -> list[Route | Mount]:
        """The routes by path."""
        fixed = [Route(path, self._fixed) for path in self._doors.files]
        return [
            Route("/", self.start),
            Route("/graphql", self.graphql, methods=["GET", "POST"]),
            Route("/schema.graphql", self.sdl),
            Route("/export", self.export),
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            *fixed,
            Mount("/static", Revalidated(directory=self._doors.pages, check_dir=False)),
        ]

    async def start(self, request: Request) -> Response:
        """The start page."""
        found = await run_in_threadpool(overview, self._store, self._doors.questions, self._doors.neo4j_browser)
        return Response(start_page(found), media_type="text/html", headers={"Content-Security-Policy": START_PAGE_CSP})

    async def graphql(self, request: Request) -> Response:
        """GraphQL; a browser that opens the address gets GraphiQL."""
        if request.method != "POST" and "text/html" in request.headers.get("accept", ""):
            headers = {"Content-Security-Policy": GRAPHIQL_CSP, "Vary": "Accept"}
            page = self._doors.pages / "graphiql.html"
            if not page.is_file():
                return PlainTextResponse("GraphiQL is not built; `make install` builds it.\n", 503)
            return FileResponse(page, headers=headers, media_type="text/html")
        return await graphql_http.answer(request, self._api)

    async def sdl(self, request: Request) -> Response:
        """The schema in the schema definition language."""
        return PlainTextResponse(self._sdl)

    async def export(self, request: Request) -> Response:
        """The whole graph as RDF."""
        format_ = request.query_params.get("format", "")
        known = self._doors.media_types
        if format_ not in known:
            return PlainTextResponse(f"format {format_ or 'missing'}; one of {', '.join(known)}\n", 400)
        content = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the answer closes it
        await run_in_threadpool(self._doors.export, self._store, format_, content)
        name = f'attachment; filename="compliance-graph.{format_}"'
        return StreamingResponse(_pieces(content), media_type=known[format_], headers={"Content-Disposition": name})

    async def alive(self, request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        """The store answers, and the last load was complete."""
        if await run_in_threadpool(last_load, self._store):
            return PlainTextResponse("ready\n")
        return PlainTextResponse("no load has been recorded, or the last one was not complete\n", 503)

    async def _fixed(self, request: Request) -> Response:
        content, media_type = self._doors.files[request.url.path]
        return Response(content, media_type=media_type)


async def _pieces(content: IO[bytes]) -> AsyncIterator[bytes]:
    with content:
        content.seek(0)
        while piece := content.read(_PIECE):
            yield piece
