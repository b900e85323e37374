"""How what has several representations is answered: the one that is accepted, where it stands alone, or 304."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.fields import listed
from api.negotiation import VARY, negotiate, not_acceptable
from api.revalidation import Revalidation, matches
from api.serving import Keeping

HTML, TURTLE = "text/html", "text/turtle"
RDF_TYPES: Mapping[str, str] = {
    TURTLE: "turtle",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/n-triples": "ntriples",
}
"""The formats of RDF documents by their media types; the first is given to whom it is all the same."""


SUFFIXES: Mapping[str, str] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
    "html": HTML,
}
"""The media type of a document by the suffix of its address."""


@dataclass(frozen=True, slots=True)
class Representation:
    """One representation: its content, the headers that are its own, and its own address where it has one."""

    content: bytes
    media: str
    headers: Mapping[str, str]


Represent = Callable[[str], Representation]
"""The representation of a media type."""


@dataclass(frozen=True, slots=True)
class Representing:
    """Answers with representations of what depends on the facts alone."""

    revalidation: Revalidation
    keeping: Keeping

    async def negotiated(
        self, request: Request, offers: tuple[str, ...], represent: Represent, *asked: str
    ) -> Response:
        """The representation that the client wants most, or 406 with those that there are."""
        media = negotiate(listed(request, "accept"), offers)
        if media is None:
            return not_acceptable(offers)
        found = await self.one(request, media, represent, *asked)
        found.headers.update(VARY)
        return found

    async def one(self, request: Request, media: str, represent: Represent, *asked: str) -> Response:
        """The representation of that media type, or 304 where the client has it; `asked` tells it from others."""
        tag = await run_in_threadpool(self.revalidation.export, media, *asked)
        headers = {"Cache-Control": self.keeping.header(), **({"ETag": tag} if tag else {})}
        if tag and matches(listed(request, "if-none-match"), tag):
            return Response(None, 304, headers)
        found = await run_in_threadpool(represent, media)
        return Response(found.content, headers={**headers, **found.headers}, media_type=found.media)


def address_of(request: Request) -> str:
    """The address of this server as the client knows it; Starlette passes over a host that could be none."""
    return f"{request.base_url.scheme}://{request.base_url.netloc}"
