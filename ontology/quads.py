"""The quads of a file of RDF by their subjects, each term known to the vocabulary and each thing under the base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from sys import intern
from typing import TypeAlias
from urllib.parse import unquote

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from graph.identifiers import label_of
from graph.model import MODEL
from graph.records import Scalar, Value
from ontology.columns import Column, Term, precise, value_of
from ontology.data import SUFFIXES
from ontology.namespaces import CG, EXPORTED, RDF, SCHEMA
from ontology.parsing import TRIPLES, BadRdf, parsed
from ontology.placing import Place, Word, place_of
from ontology.terms import local_names
from ontology.things import Things

Object: TypeAlias = NamedNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a subject: predicate, object, the IRI of the named graph, empty where there is none.

    `number` counts the quads of the file from 0.
    """

    predicate: str
    object: Object
    graph: str
    number: int

    @property
    def iri(self) -> str:
        """The IRI of the object; nothing where it has none."""
        return self.object.value if isinstance(self.object, NamedNode) else ""


class Quads:
    """All quads of a file; those of a subject keep their order, which tells the order of lists."""

    def __init__(self, content: bytes, where: str, base: str) -> None:
        self.where, self.known = where, Things(base)
        self._content, self._format = content, SUFFIXES[PurePath(where.removesuffix(".gz")).suffix.lower()]
        self.subjects = defaultdict[str, list[Said]](list)
        once = dict[Object, Object]()
        for number, quad in enumerate(parsed(content, self._format, where)):
            self._add(number, quad, once)
        self.has_graphs = self._has_graphs()

    def bad(self, why: str, valid: str, about: Said | str | None = None, word: Word | None = None) -> BadRdf:
        """The error that says so of a subject, or of what is said of one; `word` is what to look at in the text."""
        said = next(iter(self.subjects.get(about, ())), None) if isinstance(about, str) else about
        if said is None:
            return BadRdf(self.where, None, why, valid)
        return BadRdf(
            self.where, self.place(said, word or (about if isinstance(about, str) else said.object)), why, valid
        )

    def place(self, said: Said, word: Word) -> Place:
        """Where it is said, and the word in it."""
        return place_of(self._content, self._format, said.number, word)

    def id_of(self, iri: str, about: Said | str | None = None) -> str:
        """The id of the thing with that IRI."""
        if not iri and isinstance(about, Said):
            raise self.bad(f"{about.object} is no thing", f"things stand under {self.known.base}", about)
        if not iri.startswith(self.known.base):
            raise self.bad(f"<{iri}> stands outside the base", f"things stand under {self.known.base}", about or iri)
        id_ = unquote(iri.removeprefix(self.known.base))
        if self.known.thing(id_).value != iri:
            valid = f"it is <{self.known.thing(id_).value}>"
            raise self.bad(f"<{iri}> is not as IRIs are written here", valid, about or iri)
        return id_

    def is_part(self, iri: str) -> bool:
        """Whether it is a statement or a selector, which belong to things."""
        return iri.startswith(f"{self.known.base}statement/") or self._is_selector(iri)

    def label(self, id_: str, about: Said | str | None = None) -> str:
        """The label of a thing by its id."""
        try:
            return label_of(id_)
        except KeyError:
            kind, known = id_.split("/", maxsplit=1)[0], tuple(node.prefix for node in MODEL.nodes)
            iri = f"{self.known.base}{id_}"
            raise self.bad(f"<{iri}> is a thing of no class", _nearest(kind, known), about or iri) from None

    def values(self, columns: Sequence[Column], iri: str, said: Iterable[Said]) -> dict[str, Value]:
        """The values of some of what is said of a subject; of what is no list there is one."""
        by = {column.predicates[0].value: column for column in columns}
        lists, found = defaultdict[str, list[Scalar]](list), dict[str, Value]()
        for one in said:
            if one.predicate in by:
                column = by[one.predicate]
                item = self._value(column, one, iri)
                if item in lists[column.key]:
                    continue
                lists[column.key].append(item)
                if len(lists[column.key]) > 1 and not column.many:
                    why = f"<{iri}> has several values under cg:{column.term_name}"
                    raise self.bad(why, "it has at most one", one)
        for column in columns:
            items = lists.get(column.key)
            if items:
                found[column.key] = tuple(items) if column.many else items[0]  # type: ignore[assignment]
        return found

    def one(self, iri: str, predicate: str) -> str:
        """The IRI that a subject has under a predicate."""
        found = {said.iri for said in self.subjects[iri] if said.predicate == predicate}
        if len(found) != 1:
            name = predicate.removeprefix(CG.iri)
            raise self.bad(f"<{iri}> has {len(found) or 'no'} cg:{name}", f"it has exactly one cg:{name}", iri)
        return found.pop()

    def types(self, iri: str) -> set[str]:
        """The classes of a subject."""
        return {said.iri for said in self.subjects[iri] if said.predicate == RDF.type}

    def _is_selector(self, iri: str) -> bool:
        """Whether it says which lines, or which text, a citation means."""
        cited, _, part = iri.rpartition("#")
        return part in ("lines", "quote") and cited.startswith(f"{self.known.base}citation/")

    def _value(self, column: Column, said: Said, iri: str) -> Scalar:
        term: Term | None = None if isinstance(said.object, Triple) else said.object
        value = None if term is None else value_of(column, term)
        if value is None:
            raise self.bad(f"<{iri}> has {said.object} under cg:{column.term_name}", f"it is {column.valid}", said)
        return value

    def _has_graphs(self) -> bool:
        """Whether the quads stand in named graphs; in one file all do or none does."""
        first: dict[str, Said] = {}
        for every in self.subjects.values():
            for said in every:
                first.setdefault(said.graph, said)
        if len(first) > 1 and "" in first:
            valid = "all stand in the graph of a document or in graph/identity"
            raise self.bad("some quads stand in no graph", valid, first[""])
        for graph, said in first.items():
            if graph and graph != self.known.identity.value and not self.id_of(graph, said).startswith("document/"):
                valid = "a graph is that of a document, or graph/identity"
                raise self.bad(f"<{graph}> is no graph of facts", valid, said, graph)
        return bool(first) and "" not in first

    def _add(self, number: int, quad: Quad, once: dict[Object, Object]) -> None:
        """Keeps a quad; each object that is there `once` is the same one, as terms are told many times in a file."""
        subject, object_, graph = quad.subject, quad.object, quad.graph_name
        object_ = precise(object_) if isinstance(object_, Literal) else object_
        in_graph = "" if isinstance(graph, DefaultGraph) else intern(graph.value)
        if isinstance(subject, BlankNode) or isinstance(object_, BlankNode) or isinstance(graph, BlankNode):
            place = place_of(self._content, self._format, number, quad.predicate)
            raise BadRdf(self.where, place, "it has a blank node", "all things of facts have IRIs")
        said = Said(intern(quad.predicate.value), once.setdefault(object_, object_), in_graph, number)
        if (isinstance(object_, Triple) and said.predicate != RDF.reifies) or isinstance(subject, Triple):
            raise self.bad("it has a triple as a term", TRIPLES, said, quad.predicate)
        self._known(said.predicate, said)
        if said.iri and said.predicate != SCHEMA.sameAs and not said.iri.startswith(self.known.base):
            self._known(said.iri, said)
        if not subject.value.startswith(self.known.base):
            valid = f"things stand under {self.known.base}"
            raise self.bad(f"<{subject.value}> stands outside the base", valid, said, subject)
        self.subjects[subject.value].append(said)

    def _known(self, iri: str, said: Said) -> None:
        if iri in _KNOWN:
            return
        if iri.startswith(CG.iri):
            name = iri.removeprefix(CG.iri)
            raise self.bad(f"cg:{name} is no term of the vocabulary", _nearest(name, local_names()), said, iri)
        valid = f"known are things under {self.known.base} and terms of {', '.join(v.prefix for v in EXPORTED)}"
        raise self.bad(f"<{iri}> is neither a thing under the base nor a known term", valid, said, iri)


def _nearest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    return f"did you mean {near[0]}?" if near else "none is near to it; docs/model.md names all"


_KNOWN = {vocabulary[term] for vocabulary in EXPORTED for term in vocabulary} | {"http://tools.ietf.org/rfc/rfc5147"}
