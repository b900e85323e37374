"""The IRIs of things, all made from content: a thing's from its id, a statement's from what it relates."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from graph.errors import UsageError
from graph.identifiers import document_id, document_of
from graph.model import RelationshipType
from ontology.namespaces import DEFAULT_BASE

_CACHED = 1 << 16
_SAFE = "/:@!$&'()*+,;=-._"
_PLAIN = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=\-._]*")


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
        kind = relationship.type.lower().replace("_", "-")
        return NamedNode(f"{self.base}statement/{kind}/{_path(start)}~{_path(end)}")

    def quote(self, citation: str) -> NamedNode:
        """The selector of a citation by its text."""
        return NamedNode(f"{self.base}{_path(citation)}#quote")

    def lines(self, citation: str) -> NamedNode:
        """The selector of a citation by its lines."""
        return NamedNode(f"{self.base}{_path(citation)}#lines")

    def _thing(self, id_: str) -> NamedNode:
        return NamedNode(self.base + _path(id_))

    def _graph_of(self, place: str) -> NamedNode:
        return self._thing(document_id(document_of(place)))


def _path(id_: str) -> str:
    return id_ if _PLAIN.fullmatch(id_) else quote(id_, safe=_SAFE)


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
