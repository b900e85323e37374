"""Laws of the JSON-LD context: what GraphQL answers of a node is, under it, what the export states of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from rdflib import Graph
from rdflib import Literal as RdflibLiteral

from api.schema import Api
from graph.ledger import put
from graph.model import MODEL, NodeType
from graph.sqlite.store import SqliteStore
from ontology.checking import breaches
from ontology.columns import precise
from ontology.compiling import Broken
from ontology.context import PATH, context, generated
from ontology.data import Data
from ontology.example import stated
from ontology.namespaces import CG, DCTERMS, DEFAULT_BASE, RDF, XSD
from tests.facts import CHECKOUT

UNSAID = frozenset({CG.id, CG.subject, CG.object, CG.citation})
ONLY_IN_RDF = frozenset(p.iri for node in MODEL.nodes for p in set(node.written) - set(node.shown))
"""What RDF needs so that facts can be read back, and no other door shows."""
DATES = frozenset({XSD.gYear, XSD.gYearMonth, XSD.date})
LABELS = [node for node in MODEL.nodes if node.label != "LoadRun"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """The example with something of every label, property and relationship."""
    found = SqliteStore(tmp_path_factory.mktemp("example") / "example.db")
    found.prepare()
    put(found, stated())
    yield found
    found.close()


@pytest.fixture(scope="module")
def exported(store: SqliteStore) -> set[Triple]:
    """The export's triples in our terms, ids aside, which are IRIs under the context."""
    ours = (q.triple for q in Data.of_reader(store).store if q.predicate.value.startswith(CG.iri))
    typed = (q.triple for q in Data.of_reader(store).store if q.predicate.value == RDF.type)
    named = [t for t in typed if isinstance(t.object, NamedNode) and t.object.value.startswith(CG.iri)]
    return {t for t in (*ours, *named) if t.predicate.value not in UNSAID | ONLY_IN_RDF}


def test_the_committed_file_is_the_generated_one() -> None:
    assert (CHECKOUT / PATH).read_bytes() == generated()[PATH]


def test_all_that_graphql_says_of_nodes_is_what_the_export_states(store: SqliteStore, exported: set[Triple]) -> None:
    """Every label with all of its fields in one document; dates are the same at one datatype."""
    answer = data(store, "{ " + " ".join(map(everything, LABELS)) + " }")
    nodes = [node for node_type in LABELS for node in answer[node_type.plural]["nodes"]]
    wanted = {t for t in exported if not of_statement(t)}
    said = theirs(nodes)
    assert said == {quad.triple for quad in parse(json.dumps(document(nodes)), format=RdfFormat.JSON_LD)}
    assert {datatype(t) for t in wanted} >= DATES
    assert {datatype(t) for t in said} & {*DATES, DCTERMS.W3CDTF} == {DCTERMS.W3CDTF}
    assert {Triple(t.subject, t.predicate, exact(t.object)) for t in said} == wanted


def test_dates_under_the_context_are_valid_at_every_precision() -> None:
    """By the shapes, and by rdflib, which marks a literal that its datatype does not have."""
    dates = {"2017", "2017-03", "2017-03-31"}
    said = theirs([{"id": f"assessment/{date}", "__typename": "Assessment", "periodEnd": date} for date in dates])
    assert {t.object.value for t in said if datatype(t) == DCTERMS.W3CDTF} == dates  # type: ignore[union-attr]
    assert [b for b in breaches(Data.of_quads(iter(said))) if b.broken is Broken.DATATYPE] == []
    graph = Graph().parse(data=serialize(said, format=RdfFormat.N_TRIPLES), format="nt")
    assert [term for term in graph.objects() if isinstance(term, RdflibLiteral) and term.ill_typed] == []


def test_nodes_on_edges_belong_to_what_has_the_list_whichever_way_it_leads(store: SqliteStore) -> None:
    """What else stands on an edge is the statement's, and means nothing here; pyoxigraph reads no edges."""
    query = """{ assessments { nodes { __typename id
        services { totalCount edges { cursor nameAsWritten from citations { id } node { __typename id name } } }
        frameworks { edges { node { __typename id } } pageInfo { hasNextPage } } } } }"""
    (found,) = [node for node in data(store, query)["assessments"]["nodes"] if node["frameworks"]["edges"]]
    thing, service, framework = (
        NamedNode(DEFAULT_BASE + id_) for id_ in (found["id"], "service/barge-storage", "framework/soc-2")
    )
    ours = {(t.subject, t.predicate, t.object) for t in theirs([found]) if t.predicate.value.startswith(CG.iri)}
    assert ours == {
        (service, NamedNode(CG.inScopeOf), thing),
        (service, NamedNode(CG.name), Literal("Barge Storage")),
        (thing, NamedNode(CG.against), framework),
    }


def everything(node: NodeType) -> str:
    """All nodes of a label with all of their fields."""
    lists = (
        f"{field} {{ __typename id }}" if relation.one else f"{field} {{ nodes {{ __typename id }} }}"
        for field, relation in MODEL.relations(node.label).items()
    )
    return f"{node.plural} {{ nodes {{ __typename {' '.join([*(p.field for p in node.shown), *lists])} }} }}"


def data(store: SqliteStore, query: str) -> Any:
    """The data of an answer without errors."""
    body = json.loads(Api(store).run(query).json())
    assert "errors" not in body, body["errors"]
    return body["data"]


def theirs(nodes: list[dict[str, Any]]) -> set[Triple]:
    """The triples of nodes under the context."""
    lines = jsonld.to_rdf(document(nodes), {"format": "application/n-quads"})
    return {quad.triple for quad in parse(lines, format=RdfFormat.N_QUADS)}


def document(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """Nodes with the context."""
    return {"@context": context(), "@graph": nodes}


def of_statement(triple: Triple) -> bool:
    """Whether a statement says it, of which GraphQL gives no id."""
    return isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(f"{DEFAULT_BASE}statement/")


def exact(term: Any) -> Any:
    """A date with the datatype of its precision."""
    return precise(term) if isinstance(term, Literal) else term


def datatype(triple: Triple) -> str:
    """The datatype of the value, nothing for what has none."""
    return triple.object.datatype.value if isinstance(triple.object, Literal) else ""
