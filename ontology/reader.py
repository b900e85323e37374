"""The reader of RDF that a load is given: it knows its files by their names; what reads them is imported for them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.records import FactsRead
from ontology.namespaces import DEFAULT_BASE

SUFFIXES = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld")
"""How names of its files end; an .xml in a folder can be anything."""


@dataclass(frozen=True, slots=True)
class RdfReader:
    """Reads files of RDF whose things stand under a base."""

    base: str = DEFAULT_BASE
    suffixes: tuple[str, ...] = SUFFIXES

    def read(self, content: bytes, where: str) -> FactsRead:
        """The facts of all documents in a file, in the order of their hashes; the end of its name tells the format.

        Raises `BadRdf` for what cannot be read or kept: nothing is passed over.
        """
        from ontology.reading import read

        return read(content, where, self.base)
