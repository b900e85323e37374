"""RDF to be checked: read from files or from a store of the graph, with what each node has and the lines it cites."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from graph.errors import InputRefused
from graph.state import loaded, steady
from graph.store import Reader, Snapshot
from ontology.columns import precise
from ontology.facts import facts
from ontology.namespaces import CG, DEFAULT_BASE, RDF, RDFS
from ontology.parsing import parsed
from ontology.things import Things

Node: TypeAlias = NamedNode | BlankNode | Literal
_Object: TypeAlias = Node | Triple
_TOGETHER = 5_000
"""How many triples of a store are taken up at once."""

SUFFIXES = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""The formats by the ends of the names of files; `.gz` may follow."""


class NotRdf(InputRefused):
    """A file of which the format is not known, or the bytes cannot be had."""

    def __init__(self, where: str, why: str) -> None:
        known = ", ".join(SUFFIXES)
        super().__init__(f"{where}: {why}; files of RDF in UTF-8 end in {known}, each with or without .gz")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Lines of a document, with the headings above them as far as the data tell."""

    document: str
    first_line: int
    last_line: int
    headings: tuple[str, ...]

    def __str__(self) -> str:
        """The place as people read it."""
        lines = f"{self.first_line}-{self.last_line}" if self.last_line > self.first_line else f"{self.first_line}"
        under = f", under {' · '.join(self.headings)}" if self.headings else ""
        return f"{self.document}, {lines}{under}" if self.document else f"{lines}{under}"


class Data:
    """Triples in one graph, whatever graphs they came from."""

    def __init__(self) -> None:
        self.store = Store()

    @classmethod
    def of_reader(cls, reader: Reader, base: str = DEFAULT_BASE, with_quotes: bool = False) -> Data:
        """What a store of the graph exports."""
        with reader.snapshot() as snapshot, steady(snapshot, loaded(snapshot)):
            return cls.of_snapshot(snapshot, base, with_quotes)

    @classmethod
    def of_snapshot(cls, snapshot: Snapshot, base: str = DEFAULT_BASE, with_quotes: bool = False) -> Data:
        """What a snapshot of one exports."""
        data = cls()
        found = (Quad(s, p, o) for s, p, o, _ in facts(snapshot, Things(base), with_quotes))
        while some := list(islice(found, _TOGETHER)):  # all at once would keep every other thread waiting for seconds
            data.store.bulk_extend(some)
        return data

    @classmethod
    def of_files(cls, paths: Sequence[Path]) -> Data:
        """The triples of all files together; `NotRdf` or `BadRdf` where one cannot be read."""
        data = cls()
        for path in paths:
            data.store.bulk_extend(Quad(t.subject, t.predicate, _precise(t.object)) for t in _read(path))
        return data

    @classmethod
    def of_quads(cls, found: Iterator[Quad | Triple]) -> Data:
        """The triples of quads."""
        data = cls()
        data.store.extend(Quad(t.subject, t.predicate, t.object) for t in found)
        return data

    @property
    def has_things(self) -> bool:
        """Whether any node is of a class of ours."""
        kinds = {quad.object for quad in self.store.quads_for_pattern(None, NamedNode(RDF.type), None, None)}
        return any(isinstance(kind, NamedNode) and kind.value.startswith(CG.iri) for kind in kinds)

    def values(self, node: Node, predicate: str) -> list[Node]:
        """What a node has under a predicate."""
        if isinstance(node, Literal):
            return []
        quads = self.store.quads_for_pattern(node, NamedNode(predicate), None, None)
        return [quad.object for quad in quads if not isinstance(quad.object, Triple)]

    def holders(self, node: Node, predicate: str) -> list[Node]:
        """What has a node under a predicate."""
        quads = self.store.quads_for_pattern(None, NamedNode(predicate), node, None)
        return [quad.subject for quad in quads if not isinstance(quad.subject, Triple)]

    def classes(self, node: Node) -> list[str]:
        """The classes of a node."""
        return [kind.value for kind in self.values(node, RDF.type) if isinstance(kind, NamedNode)]

    def name(self, node: Node) -> str:
        """What a person calls the node; a statement by what it relates; else nothing."""
        for predicate in (RDFS.label, CG.name):
            for found in self.values(node, predicate):
                return str(found.value)
        ends = [self.name(end) for p in (CG.subject, CG.object) for end in self.values(node, p)[:1]]
        return " → ".join(ends) if all(ends) else ""

    def places(self, node: Node) -> tuple[Place, ...]:
        """The lines that state a node: those that it cites, or itself where it is a citation."""
        cited = [*self.values(node, CG.citation), *self.values(node, CG.evidencedBy)]
        for statement in self.holders(node, CG.object) if not cited else ():
            cited += self.values(statement, CG.citation)
        if CG.EvidencedByStatement in self.classes(node):
            cited += self.values(node, CG.object)
        return tuple(sorted({place for citation in cited or [node] for place in self._lines(citation)}))

    def _lines(self, citation: Node) -> Iterator[Place]:
        first, last = (self.values(citation, p) for p in (CG.firstLine, CG.lastLine))
        if first and last and first[0].value.isdecimal() and last[0].value.isdecimal():
            documents = self.values(citation, CG.fromDocument)
            titles = [self.name(document) or document.value for document in documents]
            headings = tuple(sorted(heading.value for heading in self.values(citation, CG.section)))
            yield Place(titles[0] if titles else "", int(first[0].value), int(last[0].value), headings)


def _precise(term: _Object) -> _Object:
    """A date as the context has it as an export has it, so that both together say it once."""
    return precise(term) if isinstance(term, Literal) else term


def _read(path: Path) -> Iterator[Quad]:
    suffixes = [suffix for suffix in path.suffixes[-2:] if suffix != ".gz"]
    format_ = SUFFIXES.get(suffixes[-1] if suffixes else "")
    if format_ is None:
        raise NotRdf(str(path), "the end of its name tells no format")
    try:
        with _opened(path) as file:
            content = file.read()
    except (OSError, EOFError, zlib.error) as error:
        raise NotRdf(str(path), str(error)) from error
    yield from parsed(content, format_, str(path))


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]  # it reads alike
