"""The IRIs of things, all made from content: a thing's from its id, a statement's from what it relates."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from graph.errors import UsageError
from graph.identifiers import differing_id, document_id, document_of, path_of, statement_id
from graph.model import RelationshipType
from ontology.namespaces import DEFAULT_BASE

_CACHED = 1 << 16


class Things:
    """The IRIs under one base; an id that holds more than ASCII is percent-encoded.

    The graph of a document is named by the document itself; names and identities stand in `graph/identity`. In
    `statement/in-scope-of/<start>~<end>` the tilde parts the ids, since no id holds one.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        self.base = _checked(base)
        self.identity = NamedNode(f"{self.base}graph/identity")
        self.thing = lru_cache(_CACHED)(self._thing)
        """The thing with that id."""
        self.graph_of = lru_cache(_CACHED)(self._graph_of)
        """The graph of the document with that id, or in which the citation with that id stands."""

    def statement(self, relationship: RelationshipType, start: str, end: str) -> NamedNode:
        """The statement that a relationship of that type joins those ids."""
        return self._thing(statement_id(relationship.type, start, end))

    def differing(self, relationship: RelationshipType, start: str, end: str, sha256: str) -> NamedNode:
        """What a document states of a relationship of that type otherwise than it is shown."""
        return self._thing(differing_id(relationship.type, start, end, sha256))

    def quote(self, citation: str) -> NamedNode:
        """The selector of a citation by its text."""
        return NamedNode(f"{self.base}{path_of(citation)}#quote")

    def lines(self, citation: str) -> NamedNode:
        """The selector of a citation by its lines."""
        return NamedNode(f"{self.base}{path_of(citation)}#lines")

    def _thing(self, id_: str) -> NamedNode:
        return NamedNode(self.base + path_of(id_))

    def _graph_of(self, place: str) -> NamedNode:
        return self._thing(document_id(document_of(place)))


def _checked(base: str) -> str:
    parts = urlsplit(base)
    if not (parts.scheme and parts.netloc and base[-1] in "/#" and _is_iri(base)):
        raise UsageError(f"base {base!r}: not an absolute IRI that ends in / or #, such as {DEFAULT_BASE}")
    return base


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
