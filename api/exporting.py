"""The route `/export`: the graph or a part of it as RDF, streamed, compressed where the client takes it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from typing import IO, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from api.fields import listed
from api.graphql_http import BadRequest, parameters
from api.negotiation import negotiate, not_acceptable
from api.packing import GZIP, packed, takes_gzip
from api.representing import SUFFIXES
from api.revalidation import Revalidation, matches
from api.serving import NOT_KEPT, Keeping
from api.streaming import Streaming
from graph.errors import BrokenShapes, UsageError
from graph.store import Store

FORMAT = "format"
_SUFFIX_OF = {
    "application/trig": "trig",
    "application/n-quads": "nq",
    **{media: suffix for suffix, media in SUFFIXES.items()},
}
"""How the name of a file ends, by which `cg load` tells its format."""


class Export(Protocol):
    """Writes the graph or a part of it.

    Raises `UsageError` for a part that is not there, and `BrokenShapes` for data that are not to be given, before it
    writes.
    """

    def __call__(self, store: Store, format_: str, sink: IO[bytes], /, *, wanted: Mapping[str, str]) -> None:
        """Writes to the sink."""


class Exports:
    """Answers of the route; `parts` are the parameters that choose a part.

    Where they are `checked`, an ETag tells so too: whoever has one has had an answer that was.
    """

    def __init__(
        self,
        store: Store,
        export: Export,
        media_types: Mapping[str, str],
        parts: tuple[str, ...],
        *,
        checked: bool = False,
    ) -> None:
        self._checked = checked
        self._store = store
        self._export = export
        self._media_types = media_types
        self._parts = parts
        self._streaming = Streaming()

    async def answer(self, request: Request, revalidation: Revalidation, keeping: Keeping) -> Response:
        """The export that is asked for, without a format by `Accept`; 400 or 406 with those that there are."""
        try:
            given, wanted = self._asked(request)
        except BadRequest as error:
            return PlainTextResponse(f"{error}\n", error.status)
        format_ = given or self._accepted(request)
        if format_ is None:
            return not_acceptable(self._media_types.values())
        coding = GZIP if takes_gzip(listed(request, "accept-encoding")) else ""
        tag = await run_in_threadpool(revalidation.export, format_, coding, self._checked, *sorted(wanted.items()))
        headers = {
            "Cache-Control": keeping.header(),
            "Vary": "Accept-Encoding" if given else "Accept, Accept-Encoding",
            **({"ETag": tag} if tag else {}),
        }
        if tag and matches(listed(request, "if-none-match"), tag):
            return Response(None, 304, headers)
        suffix = _SUFFIX_OF[self._media_types[format_].partition(";")[0]]
        headers["Content-Disposition"] = f'attachment; filename="compliance-graph.{suffix}"'
        headers |= {"Content-Encoding": coding} if coding else {}
        return await self._streamed(request, format_, wanted, headers)

    def close(self) -> None:
        """Lets exports that still run end by themselves."""
        self._streaming.close()

    def _accepted(self, request: Request) -> str | None:
        """The format that the client wants most."""
        formats = {media: format_ for format_, media in self._media_types.items()}
        media = negotiate(listed(request, "accept"), tuple(formats))
        return formats[media] if media else None

    def _asked(self, request: Request) -> tuple[str | None, dict[str, str]]:
        given = parameters(request)
        known = (FORMAT, *self._parts)
        odd = sorted(set(given) - set(known))
        if odd or len(given.multi_items()) != len(given):
            raise BadRequest(f"{', '.join(odd) or 'a parameter'} is no parameter, or there twice; there are {known}")
        format_ = given.get(FORMAT)
        if format_ is not None and format_ not in self._media_types:
            raise BadRequest(f"format {format_!r}; one of {', '.join(self._media_types)}")
        return format_, {part: given[part] for part in self._parts if part in given}

    async def _streamed(
        self, request: Request, format_: str, wanted: Mapping[str, str], headers: dict[str, str]
    ) -> Response:
        def produce(sink: IO[bytes]) -> None:
            if "Content-Encoding" not in headers:
                self._export(self._store, format_, sink, wanted=wanted)
                return
            with packed(sink) as written:
                self._export(self._store, format_, written, wanted=wanted)

        try:
            content = await self._streaming.stream(produce)
        except UsageError as error:
            return PlainTextResponse(f"{error}\n", 400)
        except BrokenShapes as error:
            return PlainTextResponse(f"{error}\n", 500, {"Cache-Control": NOT_KEPT})
        sent = _nothing_of(content) if request.method == "HEAD" else content
        return StreamingResponse(sent, media_type=self._media_types[format_], headers=headers)


async def _nothing_of(content: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """No content, of no length that would be told: a part that is not there is refused as by GET, nothing is sent."""
    await content.aclose()
    for piece in tuple[bytes, ...]():
        yield piece
