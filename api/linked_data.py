"""The doors of linked data: the description of the data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.representing import RDF_TYPES, Representation, Representing, address_of
from graph.store import Store

NO_HEADERS: Mapping[str, str] = {}


class DataSet(Protocol):
    """Writes the description of the data set in a format, for a server at an address."""

    def __call__(self, store: Store, format_: str, address: str, /) -> bytes:
        """The description."""


class LinkedData:
    """The routes of linked data."""

    def __init__(self, store: Store, representing: Representing, dataset: DataSet) -> None:
        self._store = store
        self._representing = representing
        self._dataset = dataset

    def table(self) -> list[Route]:
        """The routes by path."""
        return [Route("/.well-known/void", self.void)]

    async def void(self, request: Request) -> Response:
        """The description of the data set."""
        address = address_of(request)

        def represent(media: str) -> Representation:
            return Representation(self._dataset(self._store, RDF_TYPES[media], address), media, NO_HEADERS)

        return await self._representing.negotiated(request, tuple(RDF_TYPES), represent, "void", address)
