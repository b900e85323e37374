"""Laws of the shapes: data that keep to the model pass, each constraint can be broken, and two engines agree."""

from __future__ import annotations

import io
from typing import TypeAlias

import pyshacl
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize
from rdflib import RDF, Graph, URIRef

from graph.model import MODEL
from ontology.checking import Breach, breaches
from ontology.compiling import Broken as Kind
from ontology.data import Data
from ontology.example import example
from ontology.export import triples
from ontology.facts import facts
from ontology.header import SHAPES
from ontology.namespaces import CG, DEFAULT_BASE, SH
from ontology.rules import OfClasses, Path, Query, Values
from ontology.shacl import PATH, generated, shacl
from ontology.shapes import shapes
from ontology.terms import has_statements, statement_class
from ontology.things import Things
from tests.facts import CHECKOUT
from tests.ontology import harbour
from tests.ontology.broken import EXAMPLES, Broken

Told: TypeAlias = dict[Broken, tuple[Breach, ...]]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The harbour's export with all of its wording."""
    store = harbour.store(tmp_path_factory.mktemp("harbour"))
    data = Data.of_reader(store, with_quotes=True)
    store.close()
    return dumped(data)


@pytest.fixture(scope="module")
def told(good: bytes) -> Told:
    """What is found of each broken example."""
    return {broken: breaches(broken.apply(loaded(good))) for broken in EXAMPLES}


def test_the_committed_file_is_the_generated_one() -> None:
    assert (CHECKOUT / PATH).read_bytes() == generated()[PATH]


def test_every_class_and_every_property_and_relationship_is_shaped() -> None:
    graph = shacl(shapes())
    classes = {str(iri) for iri in graph.objects(None, URIRef(SH.targetClass))}
    owners = {str(iri) for iri in graph.objects(None, URIRef(SH.targetSubjectsOf))}
    stated = {CG[statement_class(r)] for r in MODEL.relationships if has_statements(r)}
    assert classes == {node.iri for node in MODEL.nodes} | stated | {CG.DifferingStatement}
    assert {r.iri for r in MODEL.relationships} | {p.iri for n in MODEL.nodes for p in n.written} <= owners


def test_the_names_of_shapes_are_their_own() -> None:
    names = [shape.name for shape in shapes()]
    assert len(set(names)) == len(names)


def test_shapes_of_every_kind_are_valid_shacl() -> None:
    """By the shapes of SHACL itself; those of all labels differ in their names alone."""
    kinds = ("Terms", "Thing", "Subject", "Citation", "Assessment", "InScopeOfStatement", "InScopeOf", "KindOwner")
    chosen = [shape for shape in shapes() if shape.name.removesuffix("Shape") in kinds]
    assert len(chosen) == len(kinds)
    assert pyshacl.validate(Graph(), shacl_graph=shacl(chosen), meta_shacl=True)[0]


def test_the_harbour_and_the_example_keep_to_all_shapes(good: bytes) -> None:
    assert breaches(loaded(good)) == ()
    assert breaches(whole()) == ()


@pytest.mark.parametrize("broken", EXAMPLES, ids=lambda broken: broken.name)
def test_what_breaks_a_constraint_is_named(told: Told, broken: Broken) -> None:
    node = NamedNode(broken.node if "://" in broken.node else DEFAULT_BASE + broken.node).value
    assert [b for b in told[broken] if b.node == node and broken.message in b.valid], told[broken]


def test_every_kind_of_constraint_has_a_broken_example(told: Told) -> None:
    found = {breach for breaches in told.values() for breach in breaches}
    assert {b.broken for b in found} == set(Kind)
    begins = {rule.message.split("“")[0] for s in shapes() for rule in s.rules if isinstance(rule, Query)}
    assert {begin for begin in begins if not any(b.valid.startswith(begin) for b in found)} == set()


def test_two_engines_agree_on_good_and_on_broken_data(good: bytes) -> None:
    graph = shacl(shapes())
    broken = loaded(good)
    for one in EXAMPLES:
        broken = broken if one.ours_alone else one.apply(broken)
    assert theirs(good, graph) == set()
    assert theirs(dumped(broken), graph) == {(b.node, b.valid) for b in breaches(broken)}


def test_a_breach_names_the_fact_and_its_lines(told: Told) -> None:
    (found,) = next(breaches for broken, breaches in told.items() if broken.name == "a date that is none")
    assert found == Breach(
        f"{DEFAULT_BASE}{harbour.SOC}",
        "SOC 1",
        "AssessmentShape",
        Kind.DATATYPE,
        "“as of” is “2023-02-30” (xsd:date)",
        "An assessment has at most one “as of”, a date as far as it is stated "
        "(xsd:gYear 2017, xsd:gYearMonth 2017-03 or xsd:date 2017-03-31; or dcterms:W3CDTF).",
        found.places,
    )
    assert [(p.document, p.first_line, p.last_line, p.headings) for p in found.places] == [
        ("Report", 3, 4, ("Below", "Top")),
        ("Report", 9, 9, ("Below", "Top")),
    ]


def test_each_rule_about_values_can_be_broken() -> None:
    """A node of each class with two wrong values of everything, and one with nothing."""
    asked = [(s.target.classes[0], r) for s in shapes() if isinstance(s.target, OfClasses) for r in s.rules]
    rules = [(kind, rule, rule.path) for kind, rule in asked if isinstance(rule, Values) and rule.path]
    classes = [Quad(node(kind), NamedNode(RDF.type), NamedNode(kind)) for kind in {kind for kind, _, _ in rules}]
    wrong = [
        Quad(other, NamedNode(path.predicate), node(kind)) if path.inverse else said(kind, path, text)
        for kind, _, path in rules
        for text, other in (
            ("x", NamedNode("https://elsewhere.example/x")),
            ("y", NamedNode("https://elsewhere.example/y")),
        )
    ]
    heard = {
        (b.valid, b.broken) for quads in ([*classes, *wrong], classes) for b in breaches(Data.of_quads(iter(quads)))
    }
    assert {(rule.message, kind) for _, rule, _ in rules for kind in kinds(rule)} - heard == set()


def kinds(rule: Values) -> list[Kind]:
    """What of a rule can be broken."""
    asked = {
        Kind.DATATYPE: rule.datatypes,
        Kind.MEMBER: rule.members,
        Kind.CLASS: rule.classes,
        Kind.LEAST: rule.least,
        Kind.MOST: rule.most,
        Kind.PATTERN: rule.pattern,
        Kind.MINIMUM: rule.minimum,
    }
    return [kind for kind, what in asked.items() if what]


def node(kind: str) -> NamedNode:
    """A node of its own for a class."""
    return NamedNode(f"{DEFAULT_BASE}{kind.removeprefix(CG.iri)}")


def said(kind: str, path: Path, text: str) -> Quad:
    """A value that nothing is to have, or one more that leads there."""
    if path.inverse:
        return Quad(NamedNode(f"https://elsewhere.example/{text}"), NamedNode(path.predicate), node(kind))
    return Quad(node(kind), NamedNode(path.predicate), Literal(text, language="en"))


def whole() -> Data:
    """The example with something of every label, property and relationship."""
    return Data.of_quads(triples(facts(example(), Things())))


def loaded(content: bytes) -> Data:
    """Data of its own."""
    data = Data()
    data.store.load(content, RdfFormat.N_TRIPLES)
    return data


def dumped(data: Data) -> bytes:
    """The triples."""
    sink = io.BytesIO()
    serialize((quad.triple for quad in data.store), sink, RdfFormat.N_TRIPLES)
    return sink.getvalue()


def theirs(content: bytes, graph: Graph) -> set[tuple[str, str]]:
    """What pySHACL finds: the nodes, each with the words of the rule."""
    data = Graph().parse(data=content, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=graph, inference="none")
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(RDF.type, URIRef(SH.ValidationResult)):
        shape, focus, value = (report.value(result, URIRef(SH[p])) for p in ("sourceShape", "focusNode", "value"))
        of_all = shape == URIRef(f"{SHAPES}TermsShape")
        found.add((str(value if of_all else focus), str(report.value(result, URIRef(SH.resultMessage)))))
    return found
