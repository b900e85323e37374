"""Laws of the export: one content in every format, no wording that is not to leave, and who says so beside it."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.compare import to_canonical_graph

from graph.errors import UsageError
from graph.ledger import put, take
from graph.merging import Edge, Node
from graph.model import MODEL
from graph.sqlite.store import SqliteStore
from graph.store import Change
from ontology.data import Data
from ontology.export import MEDIA_TYPES, Format, export, write
from ontology.namespaces import CG, DCTERMS, DEFAULT_BASE, OA, RDF, RDFS, SKOS, VOCABULARIES, XSD
from ontology.stating import DisorderedStore, Evidence
from ontology.terms import statement_class
from tests.ontology import harbour

ROOT = Path(__file__).resolve().parents[2]
SECRET_GRAPH = NamedNode(f"{DEFAULT_BASE}document/{harbour.SECRET}")
PUBLIC_GRAPH = NamedNode(f"{DEFAULT_BASE}document/{harbour.PUBLIC}")
IDENTITY = NamedNode(f"{DEFAULT_BASE}graph/identity")
WRITE = """
import sys
from pathlib import Path
from graph.sqlite.store import SqliteStore
from ontology.export import export
for format_ in sys.argv[2:]:
    export(SqliteStore(Path(sys.argv[1])), format_, sys.stdout.buffer)
"""
DATASETS = (Format.TRIG, Format.NQUADS, Format.JSONLD)
PLAIN = [format_ for format_ in Format if not format_.reified]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Both documents of the harbour, and a run of loading."""
    found = harbour.store(tmp_path_factory.mktemp("harbour"))
    run = Node("LoadRun", "load-run/1", {"name": "run 1", "ordinal": 1, "started_at": "2024-01-01T00:00:00Z"})
    found.apply(Change(put_nodes=[run]))
    yield found
    found.close()


def test_what_is_checked_is_what_is_written(tmp_path: Path) -> None:
    """Both see one snapshot, whatever is loaded between them."""
    found, sink = harbour.store(tmp_path), io.BytesIO()
    with found.snapshot() as snapshot:
        checked = {quad.triple for quad in Data.of_snapshot(snapshot).store}
        take(found, harbour.PUBLIC)
        write(snapshot, "ntriples", sink)
    assert {quad.triple for quad in parse(sink.getvalue(), format=RdfFormat.N_TRIPLES)} == checked
    assert {quad.triple for quad in Data.of_reader(found).store} < checked
    found.close()


@pytest.fixture(scope="module")
def quads(store: SqliteStore) -> set[Quad]:
    """The export as quads."""
    return set(read(store, Format.TRIG))


def test_every_format_holds_the_same_and_nothing_twice(store: SqliteStore, quads: set[Quad]) -> None:
    plain = {Quad(q.subject, q.predicate, q.object) for q in quads}
    for format_ in PLAIN:
        found = read(store, format_)
        assert len(found) == len(set(found)), format_
        assert set(found) == (quads if format_ in DATASETS else plain), format_


@pytest.mark.parametrize("format_", [Format.TURTLE, Format.NTRIPLES, Format.RDFXML])
def test_two_engines_read_the_same_triples(store: SqliteStore, format_: Format) -> None:
    theirs = rdflib.Graph().parse(data=written(store, format_), format=format_.media_type)
    again = list(parse(to_canonical_graph(theirs).serialize(format="nt"), format=Format.NTRIPLES.rdf))
    assert canonical(again) == canonical(read(store, format_))


@pytest.mark.parametrize("format_", [Format.TRIG, Format.NQUADS])
def test_two_engines_read_the_same_graphs(store: SqliteStore, format_: Format) -> None:
    theirs = rdflib.Dataset()
    theirs.parse(data=written(store, format_), format=format_.media_type)
    again = list(parse(theirs.serialize(format="nquads"), format=Format.NQUADS.rdf))
    assert canonical(again) == canonical(read(store, format_))


@pytest.mark.parametrize("format_", [format_ for format_ in Format if format_.reified])
def test_in_rdf_1_2_each_statement_reifies_its_triple(store: SqliteStore, quads: set[Quad], format_: Format) -> None:
    found = set(read(store, format_))
    reifying = {q for q in found if q.predicate.value == RDF.reifies}
    datasets = format_ in (Format.TRIG12, Format.NQUADS12)
    assert found - reifying == (quads if datasets else {Quad(q.subject, q.predicate, q.object) for q in quads})
    stated = {(q.subject, q.object.subject, q.object.object) for q in reifying if isinstance(q.object, Triple)}
    statements = {q.subject for q in quads if q.predicate.value == CG.subject}
    assert stated == {(s, only(quads, s, CG.subject), only(quads, s, CG.object)) for s in statements}
    asserted = {(q.subject, q.predicate, q.object) for q in quads}
    assert {q.object for q in reifying} <= {Triple(*triple) for triple in asserted}


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_every_process_writes_the_same_bytes(store: SqliteStore, seed: str) -> None:
    assert process(store, seed) == b"".join(written(store, format_) for format_ in Format)


def test_every_term_is_of_a_known_vocabulary(quads: set[Quad]) -> None:
    known = {vocabulary[term] for vocabulary in VOCABULARIES for term in vocabulary}
    used = {q.predicate.value for q in quads}
    used |= {q.object.value for q in quads if q.predicate.value == RDF.type and isinstance(q.object, NamedNode)}
    used |= {iri(n) for q in quads for n in (q.subject, q.object) if iri(n).startswith(CG.iri)}
    used |= {q.object.datatype.value for q in quads if isinstance(q.object, Literal)}
    assert used - known == set()


def test_there_are_no_blank_nodes(quads: set[Quad]) -> None:
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_a_run_of_loading_is_in_no_export(store: SqliteStore) -> None:
    assert not [f for f in Format if b"oad-run" in written(store, f) or b"LoadRun" in written(store, f)]


def test_what_a_store_keeps_for_itself_is_in_no_export(store: SqliteStore) -> None:
    kept = {p.field for o in harbour.OWNERS for p in o.properties if p.internal} | {"numberOrder"}
    shown = {p.field for o in harbour.OWNERS for p in o.written}
    predicates = {q.predicate.value for q in read(store, Format.TURTLE)}
    assert {CG.iri + name for name in kept - shown} & predicates == set()


@pytest.mark.parametrize("format_", list(Format))
def test_wording_that_only_restricted_documents_state_stays_inside(store: SqliteStore, format_: Format) -> None:
    content = texts(read(store, format_))
    assert content & set(harbour.SECRET_WORDING) == set()
    assert set(harbour.PUBLIC_WORDING) | {harbour.SHARED_WORDING} <= content


def test_with_quotes_all_wording_leaves(store: SqliteStore) -> None:
    content = texts(read(store, Format.TRIG, with_quotes=True))
    assert {*harbour.SECRET_WORDING, *harbour.PUBLIC_WORDING, harbour.SHARED_WORDING} <= content


def test_a_cited_triple_has_one_statement_with_citations(quads: set[Quad]) -> None:
    for relationship in MODEL.relationships:
        if not relationship.cited:
            continue
        plain = {(q.subject, q.object) for q in quads if q.predicate.value == relationship.iri}
        nodes = {q.subject for q in quads if q.object == NamedNode(CG[statement_class(relationship)])}
        ends = {(only(quads, n, CG.subject), only(quads, n, CG.object)) for n in nodes}
        assert plain == ends, relationship.type
        assert len(nodes) == len(plain)
        assert all(objects(quads, n, CG.citation) and objects(quads, n, CG.assertion) for n in nodes)


def test_an_exclusion_is_no_scope(quads: set[Quad]) -> None:
    crane, soc = thing(harbour.CRANE), thing(harbour.SOC)
    assert {q.predicate.value for q in quads if (q.subject, q.object) == (crane, soc)} == {CG.excludedFrom}


def test_a_triple_stands_in_the_graph_of_each_document_that_states_it(quads: set[Quad]) -> None:
    barge, crane, soc, iso = (thing(i) for i in (harbour.BARGE, harbour.CRANE, harbour.SOC, harbour.ISO))
    assert {
        "scope of the report": graphs(quads, barge, CG.inScopeOf, soc),
        "scope of the certificate": graphs(quads, barge, CG.inScopeOf, iso),
        "wording that both have": graphs(quads, crane, CG.description, Literal(harbour.SHARED_WORDING)),
        "a value of one": graphs(quads, crane, CG.namespaces, Literal("cr")),
        "what it is": graphs(quads, barge, RDF.type, NamedNode(CG.Service)),
        "its name": graphs(quads, barge, RDFS.label, Literal("Harbour Barge")),
        "the title of a document": graphs(quads, PUBLIC_GRAPH, CG.title, Literal("Page")),
    } == {
        "scope of the report": {SECRET_GRAPH},
        "scope of the certificate": {PUBLIC_GRAPH},
        "wording that both have": {SECRET_GRAPH, PUBLIC_GRAPH},
        "a value of one": {SECRET_GRAPH},
        "what it is": {IDENTITY},
        "its name": {IDENTITY},
        "the title of a document": {PUBLIC_GRAPH},
    }


def test_taking_a_document_away_leaves_what_the_others_state(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    left, alone = harbour.store(tmp_path), SqliteStore(tmp_path / "other" / "alone.db")
    take(left, harbour.SECRET)
    alone.prepare()
    put(alone, harbour.page())
    assert written(left, Format.TRIG, with_quotes=True) == written(alone, Format.TRIG, with_quotes=True)
    assert {q.graph_name for q in read(left, Format.TRIG)} == {PUBLIC_GRAPH, IDENTITY}
    left.close()
    alone.close()


def test_names_are_a_graph_of_their_own(quads: set[Quad]) -> None:
    names = {q for q in quads if q.predicate.value == CG.hasName or iri(q.subject).startswith(f"{DEFAULT_BASE}name/")}
    assert names
    assert {q.graph_name for q in names} == {IDENTITY}


def test_a_value_has_the_datatype_of_what_is_stated(quads: set[Quad]) -> None:
    soc, iso, statement = thing(harbour.SOC), thing(harbour.ISO), scope_statement()
    assert {
        "day": objects(quads, soc, CG.periodEnd),
        "month": objects(quads, soc, CG.asOf),
        "year": objects(quads, iso, CG.asOf),
        "year of a relationship": objects(quads, statement, CG["from"]),
        "number": objects(quads, soc, CG.periodMonths),
        "concept": objects(quads, soc, CG.status),
        "address": objects(quads, thing(harbour.LINK), CG.url),
        "concept of two sets": objects(quads, PUBLIC_GRAPH, CG.distribution),
    } == {
        "day": {Literal("2023-12-31", datatype=NamedNode(XSD.date))},
        "month": {Literal("2023-12", datatype=NamedNode(XSD.gYearMonth))},
        "year": {Literal("2021", datatype=NamedNode(XSD.gYear))},
        "year of a relationship": {Literal("2023", datatype=NamedNode(XSD.gYear))},
        "number": {Literal(12), Literal(6)},
        "concept": {NamedNode(CG.attested)},
        "address": {Literal("https://harbour.example/c", datatype=NamedNode(XSD.anyURI))},
        "concept of two sets": {NamedNode(CG.distributionPublic)},
    }


def test_a_statement_has_its_own_values_and_its_lines(quads: set[Quad]) -> None:
    found = {(q.predicate.value, q.object) for q in quads if q.subject == scope_statement()}
    cited = [thing(f"citation/{harbour.SECRET}/{lines}") for lines in ("3-4", "9-9")]
    assert found == {
        (RDF.type, NamedNode(CG.InScopeOfStatement)),
        (CG.subject, thing(harbour.BARGE)),
        (CG.object, thing(harbour.SOC)),
        (CG.citation, cited[0]),
        (CG.citation, cited[1]),
        (CG.qualification, Literal("north quay")),
        (CG["from"], Literal("2023", datatype=NamedNode(XSD.gYear))),
        (CG.assertion, NamedNode(CG.stated)),
    }


def test_every_stated_value_stays_readable_with_its_citation(quads: set[Quad]) -> None:
    path = f"statement/evidenced-by/{harbour.BARGE}~citation/{harbour.PUBLIC}/1-1"
    found = {(q.predicate.value, q.object) for q in quads if q.subject == thing(path)}
    assert found == {
        (RDF.type, NamedNode(CG.EvidencedByStatement)),
        (CG.subject, thing(harbour.BARGE)),
        (CG.object, thing(f"citation/{harbour.PUBLIC}/1-1")),
        (CG.name, Literal("Harbour Barge")),
        (CG.description, Literal(harbour.PUBLIC_WORDING[0])),
    }


def test_a_citation_points_at_its_lines_and_at_wording_that_may_be_shown(quads: set[Quad]) -> None:
    secret, public = (thing(f"citation/{p}") for p in (f"{harbour.SECRET}/3-4", f"{harbour.PUBLIC}/1-1"))
    lines, quoted = (NamedNode(f"{public.value}#{part}") for part in ("lines", "quote"))
    assert objects(quads, secret, OA.hasSelector) == {NamedNode(f"{secret.value}#lines")}
    assert objects(quads, NamedNode(f"{secret.value}#lines"), RDF.value) == {Literal("line=2,4")}
    assert objects(quads, secret, OA.hasSource) == {SECRET_GRAPH}
    assert objects(quads, public, OA.hasSelector) == {lines, quoted}
    assert objects(quads, quoted, OA.exact) == {Literal(harbour.PUBLIC_WORDING[1])}
    assert objects(quads, lines, DCTERMS.conformsTo) == {NamedNode("http://tools.ietf.org/rfc/rfc5147")}


def test_other_names_are_alternative_labels(quads: set[Quad]) -> None:
    crane = thing(harbour.CRANE)
    assert objects(quads, crane, SKOS.altLabel) == objects(quads, crane, CG.aliases) == {Literal("Crane")}


def test_a_derived_relationship_says_so_and_by_which_rule(quads: set[Quad]) -> None:
    statement = thing(f"statement/integrates-with/{harbour.BARGE}~{harbour.CRANE}")
    assert objects(quads, statement, CG.assertion) == {NamedNode(CG.derived)}
    assert objects(quads, statement, CG.rule) == {Literal("both on one quay")}


def test_things_stand_under_the_base_that_is_asked_for(store: SqliteStore, quads: set[Quad]) -> None:
    ours = written(store, Format.NQUADS).replace(DEFAULT_BASE.encode(), b"https://harbour.example/id/")
    assert written(store, Format.NQUADS, base="https://harbour.example/id/") == ours


@pytest.mark.parametrize("base", ["", "no-iri/", "https://harbour.example/id", "https://harbour.example/a b/"])
def test_a_base_that_is_no_iri_is_refused(store: SqliteStore, base: str) -> None:
    with pytest.raises(UsageError, match="base"):
        written(store, Format.TRIG, base=base)


def test_an_unknown_format_is_refused_with_those_that_are_known(store: SqliteStore) -> None:
    with pytest.raises(UsageError, match=r"'trigs'.*trig, nquads, turtle, ntriples, rdfxml, jsonld"):
        export(store, "trigs", io.BytesIO())


def test_every_format_has_its_registered_media_type() -> None:
    assert MEDIA_TYPES == {
        "trig": "application/trig",
        "nquads": "application/n-quads",
        "turtle": "text/turtle",
        "ntriples": "application/n-triples",
        "rdfxml": "application/rdf+xml",
        "jsonld": "application/ld+json",
        "trig12": "application/trig;version=1.2",
        "nquads12": "application/n-quads;version=1.2",
        "turtle12": "text/turtle;version=1.2",
        "ntriples12": "application/n-triples;version=1.2",
    }


def test_evidence_in_the_wrong_order_is_refused() -> None:
    edges = [Edge("EVIDENCED_BY", f"service/{name}", "citation/x/1-1", {}) for name in "acb"]
    evidence = Evidence(edges)
    assert evidence.of("service/a") == edges[:1]
    with pytest.raises(DisorderedStore, match="service/b"):
        evidence.of("service/c")


def test_evidence_of_what_is_not_there_is_refused() -> None:
    evidence = Evidence([Edge("EVIDENCED_BY", "service/z", "citation/x/1-1", {})])
    assert evidence.of("service/a") == []
    with pytest.raises(DisorderedStore, match="service/z"):
        evidence.close()


def test_an_empty_store_is_an_empty_export(tmp_path: Path) -> None:
    empty = SqliteStore(tmp_path / "empty.db")
    empty.prepare()
    assert written(empty, Format.NQUADS) == b""
    empty.close()


def written(
    store: SqliteStore,
    format_: Format,
    with_quotes: bool = False,
    base: str = DEFAULT_BASE,
    part: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of an export."""
    sink = io.BytesIO()
    export(store, format_.value, sink, with_quotes=with_quotes, base=base, wanted=part)
    return sink.getvalue()


def read(
    store: SqliteStore, format_: Format, with_quotes: bool = False, part: Mapping[str, str] | None = None
) -> list[Quad]:
    """The export, read back."""
    return list(parse(written(store, format_, with_quotes, part=part), format=format_.rdf))


def process(store: SqliteStore, seed: str) -> bytes:
    """What a process of its own writes in all formats, one after the other."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITE, str(store.path), *(format_.value for format_ in Format)]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True).stdout


def canonical(quads: list[Quad]) -> tuple[int, str]:
    """The number of quads and the hash of their canonical form."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return len(dataset), hashlib.sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()


def texts(quads: list[Quad]) -> set[str]:
    """Every literal."""
    return {q.object.value for q in quads if isinstance(q.object, Literal)}


def iri(node: object) -> str:
    """The IRI of a node, nothing for what has none."""
    return node.value if isinstance(node, NamedNode) else ""


def thing(path: str) -> NamedNode:
    """The thing at a path below the base."""
    return NamedNode(DEFAULT_BASE + path)


def scope_statement() -> NamedNode:
    """The statement that the barge is in scope of the report."""
    return thing(f"statement/in-scope-of/{harbour.BARGE}~{harbour.SOC}")


def objects(quads: set[Quad], subject: object, predicate: str) -> set[object]:
    """What a subject has under a predicate."""
    return {q.object for q in quads if q.subject == subject and q.predicate.value == predicate}


def only(quads: set[Quad], subject: object, predicate: str) -> object:
    """The one thing that a subject has under a predicate."""
    (found,) = {q.object for q in quads if q.subject == subject and q.predicate.value == predicate}
    return found


def graphs(quads: set[Quad], subject: NamedNode, predicate: str, object_: NamedNode | Literal) -> set[object]:
    """The graphs in which a triple stands."""
    found = (subject, NamedNode(predicate), object_)
    return {q.graph_name for q in quads if (q.subject, q.predicate, q.object) == found}
