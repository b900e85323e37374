"""Scores of data: shapes, identity, provenance, and whether every format is read back as it was by two engines."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import IO, cast

import rdflib
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, Triple, parse, serialize

from graph.model import MODEL
from graph.store import Reader
from ontology.checking import Breach, breaches
from ontology.compiling import Broken
from ontology.data import Data
from ontology.example import example
from ontology.export import Format, export, quads, triples
from ontology.facts import facts
from ontology.namespaces import CG, DEFAULT_BASE, EXPORTED, RDF, SCHEMA, VOCABULARIES, prefixes
from ontology.scoring import Score, score
from ontology.shapes import shapes
from ontology.things import Things

_SHOWN = 5
_FORMATS = tuple(format_.value for format_ in Format if not format_.reified)
"""Those of RDF 1.1: rdflib reads no other."""


def of_data(reader: Reader, base: str = DEFAULT_BASE) -> Iterator[Score]:
    """What a store exports."""
    data = Data.of_reader(reader, base)
    found = breaches(data, base)
    broken = {breach.valid for breach in found}
    messages = [rule.message for shape in shapes(base) for rule in shape.rules]
    yield score("shapes", "rules that the data keep", messages, lambda message: message not in broken)
    yield _declared(data)
    yield from _identity(reader, data, found, base)
    yield from _provenance(data, found)


def of_formats() -> Score:
    """The formats in which the example is read back by two engines as it was written."""
    return score("serialisations", "formats that two engines read alike", _FORMATS, _read_alike)


def _declared(data: Data) -> Score:
    """Terms that data use, properties and classes, each of a vocabulary that has it."""
    known = {vocabulary[term] for vocabulary in VOCABULARIES for term in vocabulary}
    used = _iris(data, "SELECT DISTINCT ?term WHERE { ?s ?term ?o }")
    used += _iris(data, f"SELECT DISTINCT ?term WHERE {{ ?s <{RDF.type}> ?term }}")
    return score("terms", "terms in use that are declared", sorted(used), lambda iri: iri in known)


def _identity(reader: Reader, data: Data, found: Sequence[Breach], base: str) -> Iterator[Score]:
    subjects = {quad.subject for quad in data.store}
    blank = [str(node) for node in subjects if isinstance(node, BlankNode)]
    yield _counted("identity", "nodes that have an IRI", len(subjects), blank)
    things = _count(data, f"?s <{CG.id}> ?o")
    strange = [breach.node for breach in found if breach.shape == "ThingShape"]
    yield _counted("identity", "IRIs that are made of ids", things, strange)
    countries = _count(data, f"?s a <{CG.Country}>")
    apart = _iris(data, f"SELECT ?term WHERE {{ ?term a <{CG.Country}> MINUS {{ ?term <{SCHEMA.sameAs}> ?o }} }}")
    yield _counted("identity", "countries that lead to those of others", countries, apart)
    once, again = _bytes(reader, base), _bytes(reader, base)
    yield Score("identity", "exports that are the same bytes again", int(once == again), 1)


def _provenance(data: Data, found: Sequence[Breach]) -> Iterator[Score]:
    cited = " ".join(f"<{r.iri}>" for r in MODEL.relationships if r.cited)
    plain = _count(data, f"?s ?p ?o VALUES ?p {{ {cited} }}")
    unstated = [breach.node for breach in found if breach.valid.startswith("Whatever has")]
    yield _counted("provenance", "plain triples with statement and citation", plain, unstated)
    kinds = " ".join(f"<{node.iri}>" for node in MODEL.nodes if node.cited)
    things = _count(data, f"?s a ?kind VALUES ?kind {{ {kinds} }}")
    missing = [b.node for b in found if b.broken is Broken.LEAST and "“evidenced by”" in b.found]
    yield _counted("provenance", "things with citations", things, missing)
    lines = _count(data, f"?s a <{CG.Citation}>")
    wrong = sorted({b.node for b in found if b.broken is Broken.QUERY and b.shape == "CitationShape"})
    yield _counted("provenance", "citations whose lines and hashes agree", lines, wrong)


def _counted(group: str, check: str, of: int, failed: Sequence[str]) -> Score:
    return Score(group, check, of - len(failed), of, tuple(sorted(set(failed))[:_SHOWN]))


def _count(data: Data, pattern: str) -> int:
    solutions = data.store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(solutions, QuerySolutions)
    return int(next(iter(solutions))["n"].value)


def _iris(data: Data, query: str) -> list[str]:
    solutions = data.store.query(query)
    assert isinstance(solutions, QuerySolutions)
    return [term.value for solution in solutions if isinstance(term := solution["term"], NamedNode)]


def _bytes(reader: Reader, base: str) -> bytes:
    sink = _Digest()
    export(reader, Format.NQUADS, cast(IO[bytes], sink), base=base)
    return sink.digest.digest()


class _Digest(io.RawIOBase):
    """A sink that keeps the hash of what is written."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.digest.update(data)
        return len(data)


def _read_alike(name: str) -> bool:
    format_ = Format(name)
    found = list(quads(facts(example(), Things())))
    wanted = set(found) if format_.rdf.supports_datasets else {q.triple for q in found}
    sink = io.BytesIO()
    content = found if format_.rdf.supports_datasets else list(triples(facts(example(), Things())))
    serialize(content, sink, format_.rdf, prefixes=prefixes(EXPORTED))
    ours = parse(sink.getvalue(), format=format_.rdf)
    return wanted == _as_read(format_, ours) == _as_read(format_, _theirs(format_, sink.getvalue()))


def _as_read(format_: Format, found: Iterator[Quad]) -> set[Quad] | set[Triple]:
    return set(found) if format_.rdf.supports_datasets else {quad.triple for quad in found}


def _theirs(format_: Format, content: bytes) -> Iterator[Quad]:
    """What rdflib reads, in a syntax that holds nothing but what was read."""
    dataset = rdflib.Dataset(default_union=False)
    target = dataset if format_.rdf.supports_datasets else dataset.default_graph
    target.parse(data=content, format="json-ld" if format_ is Format.JSONLD else format_.media_type)
    return parse(dataset.serialize(format="nquads"), format=Format.NQUADS.rdf)
