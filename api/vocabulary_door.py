"""The door of the vocabulary: its file in each format and its page, negotiated or by suffix."""

from __future__ import annotations

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api.border import FOR_ALL
from api.fields import listed
from api.framing import PAGE_CSP
from api.negotiation import VARY, negotiate, not_acceptable
from api.representing import HTML, RDF_TYPES, SUFFIXES
from api.saved_http import fixed
from api.serving import NOT_KEPT, Keeping
from api.vocabulary_page import Published, vocabulary_page

ONTOLOGY = "/ontology"
_OFFERS = tuple(SUFFIXES.values())


class VocabularyDoor:
    """The routes of the vocabulary, which is the same until the server starts again."""

    def __init__(self, vocabulary: Published, keeping: Keeping) -> None:
        self._vocabulary = vocabulary
        self._keeping = keeping
        self._content = lru_cache(len(_OFFERS))(self._made)

    def table(self) -> list[Route]:
        """The routes by path; the version has an address of its own."""
        return [
            Route(ONTOLOGY, self.negotiated),
            Route(f"{ONTOLOGY}/{self._vocabulary.version}", self.negotiated),
            Route(f"{ONTOLOGY}.{{suffix:str}}", self.representation),
        ]

    async def negotiated(self, request: Request) -> Response:
        """The vocabulary in the format that the client wants most."""
        media = negotiate(listed(request, "accept"), _OFFERS)
        if media is None:
            return not_acceptable(_OFFERS)
        found = await self._answer(request, media)
        found.headers.update(VARY)
        return found

    async def representation(self, request: Request) -> Response:
        """The vocabulary in the format of its suffix."""
        media = SUFFIXES.get(request.path_params["suffix"])
        if media is None:
            return PlainTextResponse(f"one of .{', .'.join(SUFFIXES)}\n", 404, {"Cache-Control": NOT_KEPT})
        return await self._answer(request, media)

    async def _answer(self, request: Request, media: str) -> Response:
        content = await run_in_threadpool(self._content, media)
        found = fixed(request, content, media, self._keeping.header())
        places = {kind: f"{ONTOLOGY}.{suffix}" for suffix, kind in SUFFIXES.items()}
        found.headers.update({**FOR_ALL, "Content-Location": places[media]})
        others = (f'<{place}>; rel="alternate"; type="{kind}"' for kind, place in places.items() if kind != media)
        found.headers["Link"] = ", ".join(others)
        if media == HTML:
            found.headers["Content-Security-Policy"] = PAGE_CSP
        return found

    def _made(self, media: str) -> bytes:
        if media == HTML:
            places = {kind: f"{ONTOLOGY}.{suffix}" for suffix, kind in SUFFIXES.items() if kind != HTML}
            return vocabulary_page(self._vocabulary, places).encode()
        return self._vocabulary.write(RDF_TYPES[media])
