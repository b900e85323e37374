"""The doors of linked data: things, the documents about them in each format, the description of the data set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from api.fields import listed
from api.framing import PAGE_CSP
from api.negotiation import VARY, negotiate, not_acceptable
from api.representing import HTML, RDF_TYPES, SUFFIXES, Representation, Representing, address_of
from api.serving import NOT_KEPT
from api.thing_page import ThingPage
from api.vocabulary_door import VocabularyDoor
from api.vocabulary_page import Published
from graph.errors import InputRefused
from graph.identifiers import path_of
from graph.merging import Node
from graph.store import Store
from graph.surroundings import Surroundings, is_there, surroundings

_OFFERS = tuple(SUFFIXES.values())
_SUFFIX_OF = {media: suffix for suffix, media in SUFFIXES.items()}
_VOID = "/.well-known/void"
_NO_HEADERS: Mapping[str, str] = {}


class DataSet(Protocol):
    """Writes the description of the data set in a format, for a server at an address."""

    def __call__(self, store: Store, format_: str, address: str, /) -> bytes:
        """The description."""


Outward: TypeAlias = Callable[[Node], str | None]


def _nowhere(_: Node) -> str | None:
    return None


class Describe(Protocol):
    """Writes the document about a thing in a format; `page` is its address, `following` that of its next part."""

    def __call__(self, about: Surroundings, format_: str, page: str, following: str | None, /) -> bytes:
        """The document."""


@dataclass(frozen=True, slots=True)
class Linking:
    """What the application is given for linked data; `base` is what the IRIs of things begin with."""

    base: str
    dataset: DataSet
    describe: Describe
    vocabulary: Published
    licence: str = ""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Where else than in a document of its own something below `/id/` is described, by what stands behind `/id/`."""
    outward: Outward = _nowhere
    """Where others have a thing, for its page."""


class LinkedData:
    """The routes of linked data; in `public` pages hide the wording of restricted documents.

    `seconds` is how long the store may take for a document.
    """

    def __init__(
        self, store: Store, representing: Representing, linking: Linking, *, public: bool, seconds: float
    ) -> None:
        self._store = store
        self._seconds = seconds
        self._representing = representing
        self._linking = linking
        self._public = public

    def table(self) -> list[Route]:
        """The routes by path."""
        return [
            *VocabularyDoor(self._linking.vocabulary, self._representing.keeping).table(),
            Route(_VOID, self.void),
            Route("/id/{id:path}", self.thing),
            Route("/doc/{id:path}", self.document),
            Route("/data/{id:path}.{suffix:str}", self.representation),
        ]

    async def void(self, request: Request) -> Response:
        """The description of the data set."""
        address = address_of(request)

        def represent(media: str) -> Representation:
            return Representation(self._linking.dataset(self._store, RDF_TYPES[media], address), media, _NO_HEADERS)

        asked = ("void", self._linking.base, self._linking.licence, address)
        return await self._representing.negotiated(request, tuple(RDF_TYPES), represent, *asked)

    async def thing(self, request: Request) -> Response:
        """A thing is no document: 303 leads to the one about it (Cool URIs, 4.3), which is negotiated there."""
        id_ = request.path_params["id"]
        if place := self._linking.moved.get(id_):
            return RedirectResponse(place, 303)
        if negotiate(listed(request, "accept"), _OFFERS) is None:
            return not_acceptable(_OFFERS)
        if not await run_in_threadpool(self._knows, id_):
            return _unknown(id_)
        return RedirectResponse(f"/doc/{path_of(id_)}", 303, VARY)

    async def document(self, request: Request) -> Response:
        """The document about a thing, in the format that the client wants most."""
        id_ = request.path_params["id"]
        about = await self._about(request, id_)
        if isinstance(about, Response):
            about.headers.update(VARY)
            return about
        writing = Writing(self._linking, about, address_of(request), self._public)
        return await self._representing.negotiated(request, _OFFERS, writing.represent, *self._asked(request, id_))

    async def representation(self, request: Request) -> Response:
        """The document about a thing in the format of its suffix."""
        id_, suffix = request.path_params["id"], request.path_params["suffix"]
        if suffix not in SUFFIXES:
            return PlainTextResponse(
                f"suffix .{suffix}; one of {', '.join(SUFFIXES)}\n", 404, {"Cache-Control": NOT_KEPT}
            )
        about = await self._about(request, id_)
        if isinstance(about, Response):
            return about
        writing = Writing(self._linking, about, address_of(request), self._public)
        return await self._representing.one(request, SUFFIXES[suffix], writing.represent, *self._asked(request, id_))

    async def _about(self, request: Request, id_: str) -> Surroundings | Response:
        try:
            found = await run_in_threadpool(self._read, id_, request.query_params.get("after"))
        except InputRefused as error:
            return PlainTextResponse(f"{error}\n", 400, {"Cache-Control": NOT_KEPT})
        return found or _unknown(id_)

    def _read(self, id_: str, after: str | None) -> Surroundings | None:
        with self._store.snapshot(self._seconds) as snapshot:
            return surroundings(snapshot, id_, after)

    def _knows(self, id_: str) -> bool:
        with self._store.snapshot(self._seconds) as snapshot:
            return is_there(snapshot, id_)

    def _asked(self, request: Request, id_: str) -> tuple[str, ...]:
        linking, after = self._linking, request.query_params.get("after", "")
        return ("doc", linking.base, linking.licence, address_of(request), id_, after)


@dataclass(frozen=True, slots=True)
class Writing:
    """The document about a thing on a server, in any format."""

    linking: Linking
    about: Surroundings
    address: str
    public: bool

    def represent(self, media: str) -> Representation:
        """The document in the format of that media type."""
        own = self._place(_SUFFIX_OF[media])
        content = self._page() if media == HTML else self._data(media)
        headers = {"Content-Location": own, "Link": self._links(media)}
        return Representation(
            content, media, headers | ({"Content-Security-Policy": PAGE_CSP} if media == HTML else {})
        )

    def _data(self, media: str) -> bytes:
        following = self._following(self._generic())
        page = f"{self.address}{self._generic()}"
        return self.linking.describe(
            self.about, RDF_TYPES[media], page, f"{self.address}{following}" if following else None
        )

    def _page(self) -> bytes:
        alternates = {media: self._place(suffix) for suffix, media in SUFFIXES.items() if media != HTML}
        iri, data = self.linking.base + path_of(self.about.id), self._data(SUFFIXES["jsonld"])
        following = self._following(self._generic())
        outward = self.linking.outward(self.about.node) if self.about.node else None
        return ThingPage(self.about, self.public, iri, alternates, data, following, outward).html().encode()

    def _links(self, media: str) -> str:
        """The other formats, the thing, and the next part (RFC 8288)."""
        found = [f'<{self.linking.base}{path_of(self.about.id)}>; rel="describes"']
        found += [f'<{self._place(s)}>; rel="alternate"; type="{m}"' for s, m in SUFFIXES.items() if m != media]
        following = self._following(self._generic())
        return ", ".join([*found, f'<{following}>; rel="next"'] if following else found)

    def _generic(self) -> str:
        return f"/doc/{path_of(self.about.id)}"

    def _place(self, suffix: str) -> str:
        return f"/data/{path_of(self.about.id)}.{suffix}{self._after(self.about.begun)}"

    def _following(self, place: str) -> str | None:
        return f"{place}{self._after(self.about.following)}" if self.about.following else None

    def _after(self, cursor: str | None) -> str:
        return f"?after={quote(cursor, safe='')}" if cursor else ""


def _unknown(id_: str) -> Response:
    told = (
        f"there is nothing that is called {id_!r} here. The ids of things are made of content, such as "
        "service/PROVIDER/NAME; the start page and a search in GraphQL lead to what there is\n"
    )
    return PlainTextResponse(told, 404, {"Cache-Control": NOT_KEPT})
