"""Laws of exports of a part: each is of the whole, holds what it is asked for, and names its sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad

from graph.errors import UsageError
from graph.model import MODEL
from graph.sqlite.store import SqliteStore
from ontology.export import Format
from ontology.namespaces import CG, OA, RDF
from ontology.parts import EXPORTED_LABELS
from tests.ontology import harbour
from tests.ontology.test_export import IDENTITY, PUBLIC_GRAPH, SECRET_GRAPH, graphs, read, texts, thing, written


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Both documents of the harbour."""
    found = harbour.store(tmp_path_factory.mktemp("harbour"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def quads(store: SqliteStore) -> set[Quad]:
    """The whole export."""
    return set(read(store, Format.TRIG))


@pytest.mark.parametrize("graph", [IDENTITY, PUBLIC_GRAPH, SECRET_GRAPH])
def test_a_named_graph_is_what_stands_in_it(store: SqliteStore, quads: set[Quad], graph: NamedNode) -> None:
    found = read(store, Format.NQUADS, part={"graph": graph.value})
    assert set(found) == {q for q in quads if q.graph_name == graph}
    plain = read(store, Format.NTRIPLES, part={"graph": graph.value})
    assert (len(plain), set(plain)) == (len(found), {Quad(q.subject, q.predicate, q.object) for q in found})


def test_a_document_is_its_graph_and_who_it_speaks_of(store: SqliteStore, quads: set[Quad]) -> None:
    found = set(read(store, Format.NQUADS, part={"document": harbour.PUBLIC}))
    assert {q for q in found if q.graph_name == PUBLIC_GRAPH} == {q for q in quads if q.graph_name == PUBLIC_GRAPH}
    assert {q.graph_name for q in found} == {PUBLIC_GRAPH, IDENTITY}
    assert found < quads
    spoken = {q.subject for q in found if q.predicate.value == RDF.type and q.graph_name == IDENTITY}
    assert {thing(harbour.BARGE), thing(harbour.CRANE), thing(harbour.ISO)} <= spoken
    assert not {thing(harbour.SOC), thing(harbour.OBJECTIVE)} & spoken
    assert harbour.SECRET not in "".join(map(str, found))


@pytest.mark.parametrize("label", EXPORTED_LABELS)
def test_a_class_has_its_nodes_whole_and_all_who_say_so(store: SqliteStore, quads: set[Quad], label: str) -> None:
    found = set(read(store, Format.NQUADS, part={"class": label}))
    assert found <= quads
    nodes = {q.subject for q in quads if q.predicate.value == RDF.type and q.object == NamedNode(CG[label])}
    ends = nodes if label != "Citation" else set()  # what a citation states of others is theirs
    assert {q for q in quads if q.subject in nodes or q.object in ends} <= found
    cited = {q.object for q in found if q.predicate.value == CG.citation}
    if label != "Citation":
        assert cited <= {q.subject for q in found if q.predicate.value == OA.hasSelector}
    sources = {q.object for q in found if q.predicate.value == OA.hasSource}
    assert sources <= {q.subject for q in found if q.object == NamedNode(CG.Document)}


def test_each_graph_in_which_a_fact_stands_stays(store: SqliteStore) -> None:
    found = set(read(store, Format.TRIG, part={"class": "Service"}))
    assert graphs(found, thing(harbour.BARGE), CG.inScopeOf, thing(harbour.SOC)) == {SECRET_GRAPH}
    assert not texts(list(found)) & set(harbour.SECRET_WORDING)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"graph": "https://harbour.example/"}, "graph/identity"),
        ({"class": "Servise"}, "the nearest is Service"),
        ({"class": "LoadRun"}, "it has Document"),
        ({"document": "c"}, f"loaded are {harbour.SECRET}"),
        ({"document": harbour.SECRET, "class": "Service"}, "one of graph, class, document"),
        ({"label": "Service"}, "one of graph, class, document"),
    ],
)
def test_a_part_that_is_not_there_is_refused_with_those_that_are(
    store: SqliteStore, part: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        written(store, Format.TRIG, part=part)


def test_every_label_but_loads_can_be_had() -> None:
    assert set(MODEL.labels) - set(EXPORTED_LABELS) == {"LoadRun"}
