"""The statements of a file of RDF as links and as evidence, each of the document that states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.continuing import RULE
from graph.identifiers import document_of
from graph.model import MODEL, RelationshipType
from graph.records import DERIVED, Link, Value
from ontology.columns import edge_columns, node_columns
from ontology.namespaces import CG
from ontology.parsing import BadRdf
from ontology.quads import Quads, Said
from ontology.terms import DIFFERING, DIFFERS, has_statements, statement_class

_EVIDENCE = MODEL.relationship("EVIDENCED_BY")
_NAMED = "HAS_NAME"
_TOLD_BY_ALL = frozenset({"assertion", "rule", "kind"})
"""What every document that agrees on a statement says of it (kind: of a name)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement node: what it relates, whether it differs from what is shown, what else is said of it."""

    iri: str
    type: RelationshipType
    start: str
    end: str
    differing: bool
    said: Sequence[Said]


class Relations:
    """The statements of a file."""

    def __init__(self, quads: Quads) -> None:
        self._quads = quads
        stated = (r for r in MODEL.relationships if has_statements(r))
        self._classes = {CG[statement_class(r)]: r for r in stated}
        self._kinds = {r.type.lower().replace("_", "-"): r for r in self._classes.values()}
        prefix = f"{quads.known.base}statement/"
        self._all = [self._statement(iri) for iri in list(quads.subjects) if iri.startswith(prefix)]

    def evidence(self) -> dict[tuple[str, str], dict[str, Value]]:
        """What each citation states of each thing, by both ids."""
        found: dict[tuple[str, str], dict[str, Value]] = {}
        for iri, said in self._quads.subjects.items():
            for one in said:
                if one.predicate == _EVIDENCE.iri:
                    found[self._quads.id_of(iri, one), self._cited(one)] = {}
        for statement in self._all:
            if statement.type is _EVIDENCE:
                label = self._quads.label(statement.start, statement.iri)
                columns = (*node_columns(label), *edge_columns(_EVIDENCE.type))
                found[statement.start, statement.end] = self._quads.values(columns, statement.iri, statement.said)
        return found

    def links(self, texts: Mapping[str, str]) -> dict[str, list[Link]]:
        """The links of each document by its hash; `texts` are those of names by their ids."""
        found = defaultdict[str, list[Link]](list)
        others = [(s, self._citations(s)) for s in self._all if s.type is not _EVIDENCE]
        differing = {(s.type.type, s.start, s.end, sha) for s, cited in others if s.differing for sha in cited}
        for statement, cited in others:
            for sha, citations in () if self._is_of_rule(statement) else cited.items():
                if statement.differing or (statement.type.type, statement.start, statement.end, sha) not in differing:
                    values = self._values(statement, self._of(statement, sha), several=len(cited) > 1)
                    found[sha].append(self._link(statement, citations, values, texts))
        return found

    def _statement(self, iri: str) -> Statement:
        types = self._quads.types(iri)
        differing = CG[DIFFERING] in types
        known = [self._classes[one] for one in types if one in self._classes]
        if differing:
            shown = self._quads.one(iri, CG[DIFFERS]).removeprefix(f"{self._quads.known.base}statement/")
            known = [self._kinds[kind] for kind in (shown.split("/")[0],) if kind in self._kinds]
        if len(known) != 1 or len(types) != 1:
            why = f"<{iri}> has {len(types) or 'no'} types"
            raise self._quads.bad(why, "a statement has the class of its relationship", iri)
        start, end = (self._quads.id_of(self._quads.one(iri, one), iri) for one in (CG.subject, CG.object))
        found = Statement(iri, known[0], start, end, differing, self._quads.subjects[iri])
        expected = self._iri(found)
        if iri != expected:
            why = f"<{iri}> is not the IRI of that statement"
            raise self._quads.bad(why, f"what it relates, and who differs, make it <{expected}>", iri)
        return found

    def _iri(self, found: Statement) -> str:
        """The IRI that a statement has by what it says."""
        if not found.differing:
            return self._quads.known.statement(found.type, found.start, found.end).value
        cited = list(self._citations(found))
        if len(cited) > 1:
            raise self._quads.bad(
                f"<{found.iri}> cites several documents", "each that differs says so itself", found.iri
            )
        return self._quads.known.differing(found.type, found.start, found.end, cited[0]).value

    def _citations(self, statement: Statement) -> dict[str, list[str]]:
        """The citations by their documents, each once."""
        found = defaultdict[str, list[str]](list)
        for id_ in dict.fromkeys(self._cited(one) for one in statement.said if one.predicate == CG.citation):
            found[document_of(id_)].append(id_)
        if not found:
            why = f"<{statement.iri}> has no cg:citation"
            raise self._quads.bad(why, "a statement cites the lines that state it", statement.iri)
        return found

    def _cited(self, said: Said) -> str:
        id_ = self._quads.id_of(said.iri, said)
        if not id_.startswith("citation/") or id_.count("/") != 2:
            raise self._quads.bad(f"<{said.iri}> is no citation", "what states a fact is lines of a document", said)
        return id_

    def _is_of_rule(self, statement: Statement) -> bool:
        """Whether the ledger's rule made it, which makes it again; with graphs it stands in that of identity."""
        values = self._quads.values(edge_columns(statement.type.type), statement.iri, statement.said)
        if (values.get("assertion"), values.get("rule")) != (DERIVED, RULE) or statement.differing:
            return False
        return not self._quads.has_graphs or any(x.graph == self._quads.known.identity.value for x in statement.said)

    def _of(self, statement: Statement, sha: str) -> Sequence[Said]:
        """What a document says of a statement."""
        if not self._quads.has_graphs:
            return statement.said
        graphs = {self._quads.known.graph_of(f"document/{sha}").value}
        if statement.type.type == _NAMED and not statement.differing:
            graphs.add(self._quads.known.identity.value)
        return [one for one in statement.said if one.graph in graphs]

    def _values(self, statement: Statement, said: Sequence[Said], *, several: bool) -> dict[str, Value]:
        values = self._quads.values(edge_columns(statement.type.type), statement.iri, said)
        untold = values.keys() - _TOLD_BY_ALL
        if several and untold and not self._quads.has_graphs:
            raise self._untold(statement, untold)
        return values

    def _untold(self, statement: Statement, keys: set[str]) -> BadRdf:
        why = f"<{statement.iri}> cites several documents; which states {', '.join(sorted(keys))} is not told"
        return self._quads.bad(why, "TriG, N-Quads and JSON-LD tell it by their graphs", statement.iri)

    def _link(
        self, statement: Statement, citations: list[str], values: dict[str, Value], texts: Mapping[str, str]
    ) -> Link:
        assertion, rule = values.pop("assertion", None), values.pop("rule", None)
        if assertion is None:
            why, valid = f"<{statement.iri}> has no cg:assertion", "it is cg:stated, or cg:derived with a cg:rule"
            raise self._quads.bad(why, valid, statement.iri)
        if statement.type.type == _NAMED:
            if statement.end not in texts:
                raise self._quads.bad(
                    f"<{statement.iri}> has a name without cg:text", "a cg:Name has its cg:text", statement.iri
                )
            values["text"] = texts[statement.end]
        made = None if rule is None else str(rule)
        return Link(statement.type.type, statement.start, statement.end, tuple(citations), values, str(assertion), made)
