"""SPARQL over the export: what is asked and answered, what is refused, and what a query cannot do to the server."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from graph.errors import AnswerTooLarge, BadQuery, ComplianceGraphError, QueryFailed, QueryTimedOut
from graph.ledger import put, take
from graph.sqlite.store import SqliteStore
from ontology.export import Format
from ontology.namespaces import CG, DEFAULT_BASE, EXPORTED, prefixes
from ontology.sparql import Engine
from ontology.sparql_process import Bounds, Terms
from ontology.sparql_text import Asked, read
from ontology.sparql_workers import Workers
from tests.long import is_read
from tests.ontology import harbour
from tests.ontology.test_export import read as exported

JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"
SECONDS = 0.4
BOUNDS = Bounds(SECONDS, 256 << 20, 1 << 20)
SECRET, PUBLIC = (f"{DEFAULT_BASE}document/{sha}" for sha in (harbour.SECRET, harbour.PUBLIC))
IDENTITY = f"{DEFAULT_BASE}graph/identity"
COUNT = "SELECT (COUNT(*) AS ?n) {from_} {{ {where} }}"
ALL = "?s ?p ?o"
PER_GRAPH = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
SCOPE = f"?s <{CG.inScopeOf}> ?o"
ENDLESS = {
    "a product": f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?s{i} ?p{i} ?o{i}' for i in range(5))} }}",
    "paths": f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?s{i} (<a:b>|!<a:b>)* ?o{i}' for i in range(4))} }}",
    "a filter": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = ?l) }",
    "its text": f"SELECT * {{ ?s a {'[ a ' * 900}<a:b>{' ]' * 900} }}",
}


@pytest.mark.parametrize(
    ("query", "hints"),
    [
        ("PREFIX cg: <{cg}> ASK {{ ?s cg:inScopeOf/cg:name 'cg:inScpeOf' }} # cg:inScpeOf", []),
        (
            "PREFIX o: <{cg}> ASK {{ ?s a o:Servce }}",
            ["cg:Servce is no term of the vocabulary; did you mean cg:Service?"],
        ),
        ("ASK {{ ?s <{cg}xyzzy> ?o ; <{cg}> ?p }}", ["cg:xyzzy is no term of the vocabulary"]),
        (
            "BASE <{cg}> ASK {{ ?s <#nme> ?o ; <#nme> ?p }}",
            ["cg:nme is no term of the vocabulary; did you mean cg:name?"],
        ),
        (
            "PREFIX cg: <http://cg.example/> ASK {{ ?s cg:name ?o }}",
            ["the prefix cg is <http://cg.example/>; the vocabulary is <{cg}>"],
        ),
        ("ASK {{ ?s <http://elsewhere.example/nme> ?o }}", []),
    ],
)
def test_terms_that_the_vocabulary_does_not_have_are_told(query: str, hints: list[str]) -> None:
    assert list(read(query.format(cg=CG.iri)).hints) == [hint.format(cg=CG.iri) for hint in hints]


@pytest.mark.parametrize("text", ["", " \n", "# SELECT * { ?s ?p ?o }", "{}"])
def test_a_text_without_a_query_is_told_so(text: str) -> None:
    with pytest.raises(BadQuery, match="no query in it"):
        read(text)


def test_hints_are_few_however_many_terms_are_misspelt() -> None:
    many = " ; ".join(f"<{CG.iri}nme{i}> ?o{i}" for i in range(1000))
    assert len(read(f"ASK {{ ?s {many} }}").hints) == 3


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Both documents of the harbour."""
    found = harbour.store(tmp_path)
    yield found
    found.close()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """SPARQL over both documents, within narrow bounds."""
    store = harbour.store(tmp_path_factory.mktemp("sparql"))
    made = Engine(store, BOUNDS)
    yield made
    made.close()
    store.close()


def asked(engine: Engine, text: str, *, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> Any:
    """The rows of an answer, each a list of texts, or the truth value."""
    found = json.loads(engine.answer(engine.read(text, default, named), JSON))
    if "boolean" in found:
        return found["boolean"]
    return [[row[name]["value"] for name in found["head"]["vars"]] for row in found["results"]["bindings"]]


def number(engine: Engine, from_: str = "", where: str = ALL, **named: tuple[str, ...]) -> int:
    """How many solutions there are."""
    return int(asked(engine, COUNT.format(from_=from_, where=where), **named)[0][0])


def test_the_default_graph_is_the_union_in_which_each_triple_stands_once(store: SqliteStore, engine: Engine) -> None:
    quads, triples = exported(store, Format.NQUADS), exported(store, Format.NTRIPLES)
    each = {graph: sum(q.graph_name == NamedNode(graph) for q in quads) for graph in (SECRET, PUBLIC, IDENTITY)}
    assert number(engine) == len(set(triples))
    assert {graph: int(n) for graph, n in asked(engine, PER_GRAPH)} == each
    counted: dict[str | None, int] = {graph.value if graph else None: n for graph, n in engine.counts().items()}
    assert counted.pop(None) == len(triples)
    assert counted == each


def test_a_data_set_is_chosen_by_the_query_or_before_it_by_the_request(engine: Engine) -> None:
    size = {graph.value: n for graph, n in engine.counts().items() if graph}
    in_graphs = "GRAPH ?g { ?s ?p ?o }"
    union = number(engine, where=f"SELECT DISTINCT ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{IDENTITY}>) }}")
    prefixed = f"base <{DEFAULT_BASE}document/> prefix : <{DEFAULT_BASE}> select * from <{harbour.SECRET}> from"
    assert {
        "FROM": number(engine, f"FROM <{SECRET}>"),
        "two graphs": number(engine, f"FROM <{SECRET}> FROM <{PUBLIC}>"),
        "two graphs by other words": len(asked(engine, f"{prefixed} :document\\/{harbour.PUBLIC} {{ {ALL} }}")),
        "two graphs of a request": number(engine, default=(SECRET, PUBLIC)),
        "the same graph twice": number(engine, default=(SECRET, SECRET)),
        "FROM, no named graph": number(engine, f"FROM <{SECRET}>", in_graphs),
        "FROM NAMED": number(engine, f"FROM NAMED <{PUBLIC}>", in_graphs),
        "FROM NAMED, an empty default graph": number(engine, f"FROM NAMED <{PUBLIC}>"),
        "FROM of what is not there": number(engine, "FROM <https://nowhere.example/>"),
        "default": number(engine, default=(SECRET,)),
        "default, no named graph": number(engine, where=in_graphs, default=(SECRET,)),
        "named": number(engine, where=in_graphs, named=(PUBLIC,)),
        "named, an empty default graph": number(engine, named=(PUBLIC,)),
        "the request before the query": number(engine, f"FROM <{SECRET}>", default=(IDENTITY,)),
    } == {
        "FROM": size[SECRET],
        "two graphs": union,
        "two graphs by other words": union,
        "two graphs of a request": union,
        "the same graph twice": size[SECRET],
        "FROM, no named graph": 0,
        "FROM NAMED": size[PUBLIC],
        "FROM NAMED, an empty default graph": 0,
        "FROM of what is not there": 0,
        "default": size[SECRET],
        "default, no named graph": 0,
        "named": size[PUBLIC],
        "named, an empty default graph": 0,
        "the request before the query": size[IDENTITY],
    }
    assert size[SECRET] < union < size[SECRET] + size[PUBLIC]
    assert number(engine) == engine.counts()[None]


@pytest.mark.parametrize("with_quotes", [False, True])
def test_wording_that_only_restricted_documents_state_is_there_by_name_alone(
    store: SqliteStore, with_quotes: bool
) -> None:
    engine = Engine(store, BOUNDS, with_quotes=with_quotes)
    texts = {text for (text,) in asked(engine, "SELECT DISTINCT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }")}
    engine.close()
    assert set(harbour.SECRET_WORDING) <= texts if with_quotes else texts.isdisjoint(harbour.SECRET_WORDING)
    assert {*harbour.PUBLIC_WORDING, harbour.SHARED_WORDING} <= texts


def test_a_graph_is_written_with_prefixes_and_relative_iris_stand_under_the_base(engine: Engine) -> None:
    query = f"CONSTRUCT {{ ?s <{CG.inScopeOf}> ?o }} {{ BIND(<{harbour.BARGE}> AS ?s) ?s <{CG.inScopeOf}> ?o }}"
    written = engine.answer(engine.read(query), TURTLE).decode()
    assert f"@prefix cg: <{CG.iri}> ." in written
    assert f"<{DEFAULT_BASE}{harbour.BARGE}> cg:inScopeOf" in written


def test_a_load_is_seen_by_the_next_query_and_triples_are_read_once_for_each_state(store: SqliteStore) -> None:
    engine = Engine(store, BOUNDS)

    def scopes() -> tuple[int, int]:
        before = store.statements
        return number(engine, where=SCOPE), store.statements - before

    (first, whole), again = scopes(), scopes()
    take(store, harbour.PUBLIC)
    fewer, kept = scopes(), scopes()
    put(store, harbour.page())
    back = scopes()
    engine.close()
    assert (first, again, fewer[0], kept, back[0]) == (2, (2, 1), 1, (1, 1), 2)
    assert whole > 10 and fewer[1] > 10


def test_queries_beside_loads_are_all_answered_from_one_state_or_another(store: SqliteStore) -> None:
    engine = Engine(store, Bounds(10))
    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(number, engine, where=SCOPE) for _ in range(20)]
        take(store, harbour.PUBLIC)
        found += [pool.submit(number, engine, where=SCOPE) for _ in range(20)]
        assert {one.result() for one in found[:20]} <= {1, 2}
        assert {one.result() for one in found[20:]} == {1}
    engine.close()


@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_query_that_never_ends_is_stopped_and_the_next_one_answered(engine: Engine, query: str) -> None:
    asked(engine, "ASK {}")
    begun = perf_counter()
    with pytest.raises(QueryTimedOut):
        asked(engine, query)
    taken = perf_counter() - begun
    assert asked(engine, "ASK {}") is True
    assert taken >= SECONDS


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a", (QueryFailed, QueryTimedOut)),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", (AnswerTooLarge,)),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", (AnswerTooLarge,)),
        (f"SELECT ({'(' * 20_000}1{')' * 20_000} AS ?x) {{}}", (QueryFailed,)),
        (f"SELECT * {'{' * 20_000}{'}' * 20_000}", (QueryFailed,)),
    ],
)
def test_a_query_that_takes_too_much_is_stopped_and_the_next_one_answered(
    engine: Engine, query: str, error: tuple[type[ComplianceGraphError], ...]
) -> None:
    with pytest.raises(error, match="ask for less"):
        engine.answer(engine.read(query), TURTLE if query.startswith("CONSTRUCT") else JSON)
    assert asked(engine, "ASK {}") is True


def test_a_process_that_is_closed_leaves_no_worker(engine: Engine) -> None:
    iris = [NamedNode(f"https://example.com/{i}") for i in range(20)]
    quads = [Quad(s, p, o) for s in iris for p in iris[:3] for o in iris]
    workers = Workers(quads, Terms(Bounds(), prefixes(EXPORTED), DEFAULT_BASE))
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(workers.answer, read(ENDLESS["a product"]), JSON)
        assert workers.answer(read("ASK {}"), JSON)
        workers.close()
        with pytest.raises(QueryFailed):
            busy.result(timeout=120)
    assert not workers.alive


@pytest.mark.parametrize(
    ("query", "line", "column", "said"),
    [
        ("SELECT ?x WHERE {\n  ?x a }", 2, 9, "expected one of"),
        ("SELECT ?x WHERE {\n  ?x a foo:bar }", 2, None, "the prefix is not declared"),
        ("", 1, 1, "there is no query"),
        ("SELECT * {} LIMIT -1", 1, None, "expected"),
        ("SELECT * { SELECT", 1, None, "expected"),
        ("ASK {} ASK {}", 1, None, "expected"),
        ("\x00", 1, None, "there is no query"),
        ("ASK { BIND(<a:unknown>() AS ?x) }", None, None, "The custom function <a:unknown> is not supported"),
        ("SELECT * {\n  SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 2, 3, "SERVICE asks another server"),
        ("SELECT * { service silent <http://127.0.0.1/> {} }", 1, 12, "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1/> {} }", 1, 12, "SERVICE"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", None, None, "INSERT is an update"),
        ("PREFIX a: <a:> # DELETE\nBASE <a:b> load <http://127.0.0.1/>", None, None, "LOAD is an update"),
        ("DROP ALL", None, None, "read only"),
    ],
)
def test_what_is_no_query_is_refused_with_its_place(
    engine: Engine, query: str, line: int | None, column: int | None, said: str
) -> None:
    with pytest.raises(BadQuery, match=re.escape(said)) as refused:
        asked(engine, query)
    assert refused.value.line == line
    assert column is None or refused.value.column == column
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    "text",
    [
        "# SERVICE <a:b> {}",
        '"SERVICE <a:b> {}"',
        "'''a ' SERVICE\n''b\\''''",
        '"""SERVICE""""x"""',
        "'\\'SERVICE'",
        "<http://example.com/it's/SERVICE>",
        "?SERVICE $service",
        '"x"@service',
        "SERVICE:x a:SERVICE a:it\\'s-SERVICE _:SERVICE service-x:y",
        "'unclosed SERVICE",
    ],
)
def test_a_word_within_something_else_is_no_keyword(text: str) -> None:
    assert read(f"SELECT * {{ {text}").form == "SELECT"


def test_who_gets_past_the_first_look_reaches_no_other_server(engine: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        service = f"SERVICE <http://127.0.0.1:{listening.getsockname()[1]}/> {{ ?s ?p ?o }}"
        with pytest.raises(BadQuery, match="cannot be answered"):
            engine.answer(Asked(f"SELECT * {{ {service} }}", "SELECT", False), JSON)
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize(
    ("query", "form", "changing"),
    [
        ("PREFIX now: <a:> SELECT * { ?rand now:uuid 'NOW()' }", "SELECT", False),
        ("base <a:b>\nask { filter(now() > 1) }", "ASK", True),
        ("CONSTRUCT { ?s ?p [] } { ?s ?p ?o }", "CONSTRUCT", True),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT", False),
        ("DESCRIBE <a:b>", "DESCRIBE", False),
        ("nothing at all", None, False),
    ],
)
def test_a_text_tells_its_form_and_whether_its_answer_changes(query: str, form: str | None, changing: bool) -> None:
    found = read(query)
    assert (found.form, found.changing) == (form, changing)


def test_a_text_of_any_length_is_read_in_time_proportional_to_it() -> None:
    pieces = ('"', "'", '"""', "'''a", "\\u0041", "<a", "a:\\", "[ ", "# ", "a.", "::", "é")
    assert is_read("ontology.sparql_text", "read", pieces, before="SELECT ")


def test_a_graph_that_is_no_iri_is_refused() -> None:
    for graph in ("graph/identity", "", "a b", "https://example.com/<"):
        with pytest.raises(BadQuery, match="no absolute IRI"):
            read("ASK {}", (), (graph,))
