"""One SPARQL query on a filled store: the answer as bytes in a format, or why there is none."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

from graph.errors import AnswerTooLarge, BadQuery
from ontology.sparql_text import Asked

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""How rows, yes and no are written, by media type; the last two are for clients that know no better."""

GRAPHS: Mapping[str, RdfFormat] = {
    format_.media_type: format_
    for format_ in (
        RdfFormat.TURTLE,
        RdfFormat.N_TRIPLES,
        RdfFormat.RDF_XML,
        RdfFormat.JSON_LD,
        RdfFormat.TRIG,
        RdfFormat.N_QUADS,
    )
}
"""How graphs are written, by media type."""

_PLACED = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHOWN = 300


class _Sink(io.BytesIO):
    """Keeps what is written, up to so many bytes."""

    def __init__(self, most: int | None) -> None:
        super().__init__()
        self._most = most

    def write(self, piece: ReadableBuffer) -> int:
        if self._most is not None and self.tell() + len(memoryview(piece)) > self._most:
            raise AnswerTooLarge(self._most)
        return super().write(piece)


def evaluate(store: Store, asked: Asked, media: str, most: int | None, prefixes: Mapping[str, str], base: str) -> bytes:
    """The answer in the format of that media type; relative IRIs of the query stand under `base`.

    Raises `BadQuery`, or `AnswerTooLarge` where the answer has more than `most` bytes.
    """
    sink = _Sink(most)
    try:
        found = store.query(asked.text, base_iri=base, **_data_set(store, asked))
        if isinstance(found, QueryTriples):
            serialize(found, sink, GRAPHS[media], prefixes=dict(prefixes))
        else:
            found.serialize(sink, RESULTS[media])
    except SyntaxError as error:
        raise _misspelt(str(error)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise BadQuery(f"the query cannot be answered: {error}") from error
    return sink.getvalue()


def _data_set(store: Store, asked: Asked) -> dict[str, Any]:
    """The data set that is named; several graphs become the default graph of the store, each triple once.

    The engine would answer a triple of two of them twice. The store is changed by it, and is for no other query.
    """
    if asked.default_graphs is None or asked.named_graphs is None:
        return {}
    default, named = ([NamedNode(graph) for graph in graphs] for graphs in (asked.default_graphs, asked.named_graphs))
    if not asked.merges:
        return {"default_graph": default, "named_graphs": named}
    store.update(" ; ".join(["CLEAR DEFAULT", *(f"ADD SILENT {graph} TO DEFAULT" for graph in default)]))
    return {"default_graph": DefaultGraph(), "named_graphs": named}


def _misspelt(told: str) -> BadQuery:
    placed = _PLACED.fullmatch(told)
    if not placed:
        return BadQuery(told)
    why = " ".join(placed[3].split())
    if "Prefix not found" in why:
        why = "the prefix is not declared"
    return BadQuery(why if len(why) <= _SHOWN else f"{why[:_SHOWN]} …", int(placed[1]), int(placed[2]))
