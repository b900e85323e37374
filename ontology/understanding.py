"""Whether all that a file of RDF says is understood: what would not be there when it is written again is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from pyoxigraph import Literal

from graph.identifiers import ends_of, label_of
from graph.model import MODEL, Direction
from graph.records import DocumentFacts
from ontology.columns import edge_columns, node_columns
from ontology.facts import Fact, facts
from ontology.namespaces import CG, DCTERMS, OA, RDF, RDFS, SCHEMA, SKOS
from ontology.parsing import BadRdf
from ontology.quads import Quads, Said
from ontology.scanning import Merged
from ontology.terms import DIFFERING, DIFFERS

_Left: TypeAlias = list[tuple[str, Said]]
_Key: TypeAlias = tuple[str, str, str]

_RELATED = {r.iri: r for r in MODEL.relationships}
_CALLED = frozenset({CG.name, RDFS.label, CG.aliases, SKOS.altLabel})
_OF_NAMES = frozenset({CG.kind, CG.validFrom, CG.validTo, SCHEMA.validFrom, SCHEMA.validThrough})
_ENDS = (RDF.type, CG.subject, CG.object, CG.citation, CG[DIFFERS])
_SELECTORS = (RDF.type, RDF.value, DCTERMS.conformsTo, OA.exact)
_USUAL = (CG.precedence, Literal(0))


@dataclass(frozen=True, slots=True)
class Called:
    """Where a file calls a thing otherwise than its documents do, as an export of some of all documents does."""

    iri: str
    said: Said


def refuse_the_rest(quads: Quads, documents: Sequence[DocumentFacts]) -> tuple[Called, ...]:
    """Raises `BadRdf` for the first fact of a file that would be lost, if its documents were written again.

    What things are called in `graph/identity` is the reading of all documents. An export of one alone has it too:
    where that document says otherwise, its names are taken, and it is told. What it states otherwise than others is
    what is shown, where they are not there.
    """
    merged, alone = Merged(documents), len(documents) == 1
    left = [(iri, said) for iri, said in _left(quads, merged) if not _is_understood(quads, iri, said)]
    if alone and left:
        unseen = _unseen(merged, documents[0])
        left = [(iri, said) for iri, said in left if not _is_unseen(quads, iri, said, unseen)]
    others = [one for one in left if not alone or not _is_called(quads, *one)]
    if others:
        raise _lost(quads, merged, *min(others, key=lambda one: one[1].number))
    return tuple(Called(iri, said) for iri, said in sorted(left, key=lambda one: one[1].number))


def _left(quads: Quads, merged: Merged) -> _Left:
    """What is not written again, in the order of the subjects of the file."""
    graphs = quads.has_graphs
    left = {(iri, one.predicate, one.object, one.graph): one for iri, every in quads.subjects.items() for one in every}
    for subject, predicate, object_, stands in _written(quads, merged):
        for graph in stands if graphs else ():
            left.pop((subject.value, predicate.value, object_, graph.value), None)
        if not graphs:
            left.pop((subject.value, predicate.value, object_, ""), None)
    return [(key[0], said) for key, said in left.items()]


def _written(quads: Quads, merged: Merged) -> Iterator[Fact]:
    return facts(merged, quads.known, with_quotes=True, reified=True)


def _is_understood(quads: Quads, iri: str, said: Said) -> bool:
    """What is said with more words than it is written: the usual precedence, and the order of headings as JSON."""
    id_, more = unquote(iri.removeprefix(quads.known.base)), (said.predicate, said.object)
    citation = id_.rpartition("~")[2]
    if not citation.startswith("citation/") or said.graph not in ("", quads.known.graph_of(citation).value):
        return False
    return more == _USUAL if "~" in id_ else said.predicate == CG.sectionInOrder


def _unseen(merged: Merged, document: DocumentFacts) -> set[_Key]:
    """The relationships that a document states and does not show, since it states another in their place."""
    shown = {edge.key for relationship in MODEL.relationships for edge in merged.scan_edges(relationship.type)}
    return {(link.type, link.start, link.end) for link in document.links} - shown


def _is_unseen(quads: Quads, iri: str, said: Said, unseen: set[_Key]) -> bool:
    """Whether it is of a relationship that was read as stated, though not as shown: here others show something else."""
    if said.predicate in _RELATED:
        return (_RELATED[said.predicate].type, quads.id_of(iri), quads.id_of(said.iri, said)) in unseen
    relates = ends_of(unquote(iri.removeprefix(quads.known.base)))
    if relates is None or not (relates in unseen or CG[DIFFERING] in quads.types(iri)):
        return False
    return said.predicate in _of_statement(*relates[:2]) and said.predicate != RDF.reifies


def _is_called(quads: Quads, iri: str, said: Said) -> bool:
    """Whether it is what a thing is called, or of which kind a name is, by all documents together.

    Without graphs it is not told apart from what no line states; of what a thing is, its document tells a name itself.
    """
    if said.graph not in ("", quads.known.identity.value):
        return False
    if iri.startswith((f"{quads.known.base}statement/has-name/", f"{quads.known.base}name/")):
        return said.predicate in _OF_NAMES
    return said.predicate in _CALLED and not quads.is_part(iri) and isinstance(said.object, Literal)


def _lost(quads: Quads, merged: Merged, iri: str, said: Said) -> BadRdf:
    """Why it is not written again, and what would be."""
    known = _predicates(quads, iri)
    what = f"<{iri}> has {_short(said.predicate)} {said.object}"
    if said.predicate not in known:
        valid = f"it has {', '.join(_short(one) for one in known)}"
        return quads.bad(f"<{iri}> has {_short(said.predicate)}, which is not said of it", valid, said, said.predicate)
    again = [(o, graphs) for s, p, o, graphs in _written(quads, merged) if (s.value, p.value) == (iri, said.predicate)]
    graphs = [graph.value for o, where in again if o == said.object for graph in where]
    if graphs:
        return quads.bad(f"{what} in <{said.graph}>", f"it stands in <{'>, <'.join(graphs)}>", said)
    relationship = _RELATED.get(said.predicate)
    if relationship and relationship.cited:
        statement = quads.known.statement(relationship, quads.id_of(iri, said), quads.id_of(said.iri, said)).value
        return quads.bad(f"{what}, a plain triple without a statement", f"<{statement}> says who states it", said)
    if again:
        valid = f"by what the documents of the file state it is {', '.join(str(o) for o, _ in again)}"
        return quads.bad(what, valid, said)
    valid = "a cg:EvidencedByStatement, with the cg:Citation of the lines as its object, says so too"
    return quads.bad(f"{what}, which no citation states", valid, said)


def _predicates(quads: Quads, iri: str) -> tuple[str, ...]:
    """What can be said of a subject."""
    id_ = unquote(iri.removeprefix(quads.known.base))
    if relates := ends_of(id_):
        return _of_statement(*relates[:2])
    if quads.is_part(iri):
        return _SELECTORS
    columns = node_columns(label_of(id_))
    known = tuple(predicate.value for column in columns for predicate in column.predicates)
    related = (r.type.iri for r in MODEL.relations(label_of(id_)).values() if r.direction is Direction.OUT)
    known = (*known, *dict.fromkeys(related), RDF.type, SCHEMA.sameAs)
    return (*known, *((OA.hasSource, OA.hasSelector) if "citation/" in id_ else ()))


def _of_statement(type_: str, start: str) -> tuple[str, ...]:
    carried = node_columns(label_of(start)) if MODEL.relationship(type_).carries_values else ()
    own = (column.predicates[0].value for column in (*carried, *edge_columns(type_)))
    return (*_ENDS, RDF.reifies, *own)


def _short(iri: str) -> str:
    return f"cg:{iri.removeprefix(CG.iri)}" if iri.startswith(CG.iri) else f"<{iri}>"
