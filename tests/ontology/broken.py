"""The harbour's export, broken in one way each: what is taken away, what is put there, and which rule that breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ontology.data import Data
from ontology.namespaces import CG, DCTERMS, DEFAULT_BASE, OA, RDF, XSD
from tests.ontology import harbour

_CITED = f"citation/{harbour.PUBLIC}/1-1"
_SECRET = f"citation/{harbour.SECRET}/3-4"
_SCOPE = f"statement/in-scope-of/{harbour.BARGE}~{harbour.SOC}"
_DERIVED = f"statement/integrates-with/{harbour.BARGE}~{harbour.CRANE}"
_PREFIXES = f"@prefix cg: <{CG.iri}> . @prefix oa: <{OA.iri}> . @prefix rdf: <{RDF.iri}> . @prefix xsd: <{XSD.iri}> ."


@dataclass(frozen=True, slots=True)
class Broken:
    """One way to break it; `without` are subjects and predicates, `with_` is Turtle under the base of things.

    `ours_alone` marks what the other engine lets pass: rdflib takes any text for a month, a pattern any day.
    """

    name: str
    node: str
    message: str
    without: tuple[tuple[str, str], ...] = ()
    with_: str = ""
    ours_alone: bool = False

    def apply(self, data: Data) -> Data:
        """Breaks the data."""
        for subject, predicate in self.without:
            found = data.store.quads_for_pattern(NamedNode(DEFAULT_BASE + subject), NamedNode(predicate), None, None)
            for quad in list(found):
                data.store.remove(quad)
        data.store.extend(self._added())
        return data

    def _added(self) -> Iterator[Quad]:
        text = f"{_PREFIXES} {self.with_}"
        return (Quad(q.subject, q.predicate, q.object) for q in parse(text, RdfFormat.TURTLE, base_iri=DEFAULT_BASE))


def _said(name: str, node: str, said: str, message: str, *without: str) -> Broken:
    """One thing more is said of a node, in the place of what it has under the predicates."""
    return Broken(name, node, message, tuple((node, predicate) for predicate in without), f"<{node}> {said} .")


EXAMPLES = (
    Broken("a missing name", harbour.CRANE, "A service has exactly one “name”", ((harbour.CRANE, CG.name),)),
    _said("two names", harbour.CRANE, 'cg:name "Another"', "A service has exactly one “name”"),
    _said("a number that is text", harbour.SOC, 'cg:periodMonths "12"', "any number of “period months”"),
    _said("a text with a language", harbour.CRANE, 'cg:description "Ein Kran"@de', "“description”", CG.description),
    _said("a date that is none", harbour.SOC, 'cg:asOf "2023-02-30"^^xsd:date', "at most one “as of”", CG.asOf),
    Broken(
        "a month that is none",
        harbour.ISO,
        "at most one “as of”",
        ((harbour.ISO, CG.asOf),),
        f'<{harbour.ISO}> cg:asOf "2023-13"^^xsd:gYearMonth .',
        ours_alone=True,
    ),
    _said(
        "a text that is no date", harbour.ISO, f'cg:asOf "2023-13"^^<{DCTERMS.W3CDTF}>', "at most one “as of”", CG.asOf
    ),
    Broken(
        "a day that is none",
        harbour.ISO,
        "at most one “as of”",
        ((harbour.ISO, CG.asOf),),
        f'<{harbour.ISO}> cg:asOf "2023-02-30"^^<{DCTERMS.W3CDTF}> .',
        ours_alone=True,
    ),
    _said("a value of another set", harbour.SOC, "cg:status cg:noDeviation", "at most one “status”", CG.status),
    _said("an unknown concept", harbour.SOC, "cg:status cg:atested", "is a concept of the vocabulary", CG.status),
    _said("a misspelt property", harbour.CRANE, 'cg:desription "A crane."', "A property of our namespace"),
    _said("a misspelt class", "service/harbour/raft", "a cg:Servise", "A class of our namespace"),
    _said("a property of another class", harbour.CRANE, "cg:sampleSize 3", "“sample size” is said of a deviation"),
    _said("two classes", harbour.CRANE, "a cg:Region", "of one class of ours, not of two"),
    _said("an end of the wrong class", harbour.BARGE, f"cg:integratesWith <{harbour.SOC}>", "leading to a service"),
    _said("an end that is not there", harbour.BARGE, "cg:partOf <https://elsewhere.example/x>", "leading to a service"),
    _said("a start of the wrong class", harbour.SOC, f"cg:inScopeOf <{harbour.ISO}>", "“in scope of” starts at"),
    _said("a triple without statement", harbour.CRANE, f"cg:inScopeOf <{harbour.SOC}>", "has a statement of it"),
    Broken("a statement without citation", _SCOPE, "has one or more citations", ((_SCOPE, CG.citation),)),
    Broken("a statement without subject", _SCOPE, "has exactly one subject", ((_SCOPE, CG.subject),)),
    _said("a statement of two objects", _SCOPE, f"cg:object <{harbour.ISO}>", "has exactly one object"),
    Broken("a statement without assertion", _SCOPE, "exactly one “assertion”", ((_SCOPE, CG.assertion),)),
    Broken("a derived statement without rule", _DERIVED, "that is derived names the rule", ((_DERIVED, CG.rule),)),
    _said("a rule of what is stated", _SCOPE, 'cg:rule "guess"', "that a document states has no rule"),
    Broken("a statement beside nothing", _SCOPE, "beside the plain triple", ((harbour.BARGE, CG.inScopeOf),)),
    Broken(
        "a thing that no line states", harbour.CRANE, "one or more “evidenced by”", ((harbour.CRANE, CG.evidencedBy),)
    ),
    Broken(
        "an objective of no report",
        harbour.OBJECTIVE,
        "Exactly one assessment leads",
        ((harbour.SOC, CG.hasObjective),),
    ),
    _said("lines that begin at 0", _CITED, "cg:firstLine 0", "“first line”", CG.firstLine),
    _said("lines that end before they begin", _SECRET, "cg:lastLine 2", "“first line”", CG.lastLine),
    _said("lines behind the end", _SECRET, "cg:lastLine 99", "is a line of its document", CG.lastLine),
    Broken("no selector of lines", _CITED, "has a selector of its lines", ((_CITED, OA.hasSelector),)),
    Broken(
        "other lines",
        _CITED,
        "agrees with the first",
        ((f"{_CITED}#lines", RDF.value),),
        f'<{_CITED}#lines> rdf:value "line=1,1" .',
    ),
    _said("a quote of another hash", _CITED, f'cg:quoteSha256 "{"0" * 64}"', "The hash of a quote", CG.quoteSha256),
    _said("a hash that is none", _CITED, 'cg:quoteSha256 "ABC"', "64 hexadecimal digits", CG.quoteSha256),
    Broken(
        "another text",
        _CITED,
        "holds its quote",
        ((f"{_CITED}#quote", OA.exact),),
        f'<{_CITED}#quote> oa:exact "Else." .',
    ),
    _said(
        "another source", _CITED, f"oa:hasSource <document/{harbour.SECRET}>", "The source of a citation", OA.hasSource
    ),
    _said("an id of another label", harbour.CRANE, 'cg:id "region/crane"', "The id of a service begins", CG.id),
    _said(
        "an id of other lines", _CITED, f'cg:id "citation/{harbour.PUBLIC}/2-2"', "made of its document's hash", CG.id
    ),
    _said("an id of another thing", harbour.CRANE, 'cg:id "service/harbour/raft"', "is the base", CG.id),
    _said("an IRI outside the base", "https://elsewhere.example/x", 'cg:id "service/x"', "begins with the base"),
    _said(
        "a statement outside the base",
        "https://elsewhere.example/y",
        f"a cg:HasNameStatement ; cg:subject <{harbour.CRANE}>",
        "The IRI of a statement begins",
    ),
)
"""Every kind of constraint, broken at least once."""
