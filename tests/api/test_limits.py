"""What is refused before it costs anything: each limit, its code, and that measuring is linear in the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import get_introspection_query, parse

from api.costs import Cost, check_document, measured, most_repeated
from api.limits import Limits
from api.schema import Api
from graph.answering import Answering
from graph.errors import QueryTimedOut
from graph.ledger import put
from graph.model import MODEL
from graph.selection import And, Compare, Operator, Quantifier, Through
from graph.sqlite.store import SqliteStore
from tests.northwind import report

Refused = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ " + "services " * 3000 + "}", "TOO_MANY_TOKENS"),
        ("{ a" * 400 + " }" * 400, "TOO_DEEP"),
        ("{ " + "services { " * 20 + "totalCount" + " }" * 21, "TOO_DEEP"),
        ("{" + "".join(f" a{n}: services {{ totalCount }}" for n in range(31)) + " }", "TOO_MANY_ALIASES"),
        ("{ services " + "@include(if: true) " * 51 + "{ totalCount } }", "TOO_MANY_DIRECTIVES"),
        ("{ " + "services { totalCount } " * 21 + "}", "TOO_MANY_REPEATS"),
        ("{ services { nodes { " + "name " * 1001 + "} } }", "TOO_MANY_FIELDS"),
        ("{ services(first: 1000) { nodes { assessments(first: 1000) { nodes { id } } } } }", "TOO_EXPENSIVE"),
        ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_each_limit_has_a_code(refused: Refused, query: str, code: str) -> None:
    assert refused(query)[0] == code


def test_a_refusal_names_the_limit_and_the_value(api: Api) -> None:
    query = (
        "query($n: Int = 400) { services(first: $n) { nodes { assessments(first: 1000) { edges { node { id } } } } } }"
    )
    (error,) = orjson.loads(api.run(query, {"n": 900}).json())["errors"]
    assert error == {
        "message": "900900 nodes can come back, by the sizes of the pages; at most 500000 are possible",
        "extensions": {"code": "TOO_EXPENSIVE", "limit": "nodes", "most": 500000, "value": 900900},
    }
    assert "errors" not in orjson.loads(api.run(query).json())


def test_the_cost_of_a_known_document_follows_the_variables(api: Api) -> None:
    query = "query($n: Int = 7, $ids: [ID!]!) { services(first: $n) { nodes { id } } nodes(ids: $ids) { id } }"

    def nodes(**variables: Any) -> int:
        return int(orjson.loads(api.run(query, variables).json())["extensions"]["cost"]["nodes"])

    asked: list[dict[str, Any]] = [{"n": 1, "ids": ["a"]}, {"n": 500, "ids": []}, {"ids": ["a", "b"]}]
    assert [nodes(**variables) for variables in [*asked, *asked]] == [2, 500, 9] * 2


def test_the_usual_introspection_query_passes(api: Api) -> None:
    body = orjson.loads(api.run(get_introspection_query()).json())
    assert "errors" not in body


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ services { totalCount } }", Cost(2, 2)),
        ("{ services { nodes { name } } }", Cost(3, 3, nodes=25)),
        ("{ services(last: 3) { edges { cursor node { n: name } } } }", Cost(4, 5, aliases=1, nodes=3)),
        ('{ service(name: "x") { provider { name } assessments(first: 2) { nodes { id } } } }', Cost(4, 6, nodes=4)),
        ('{ nodes(ids: ["a", "b"]) { ... on Service { names(first: 4) { nodes { text } } } } }', Cost(4, 4, nodes=10)),
        ("{ ...F ...F } fragment F on Query { services { totalCount } }", Cost(2, 4)),
    ],
)
def test_the_cost_counts_what_can_come_back(api: Api, query: str, cost: Cost) -> None:
    assert measured(api.schema, parse(query), None, {}) == cost


def test_the_cost_is_in_every_answer(api: Api) -> None:
    for query in ("{ services { totalCount } }", "{ nothing }", "{"):
        assert set(orjson.loads(api.run(query).json())["extensions"]["cost"]) == set(Cost().as_json())


def test_names_repeat_at_one_place_of_the_answer_whatever_the_selection_set() -> None:
    document = parse("{ a { b b } a { b ...F } } fragment F on Any { b c { b } }")
    assert most_repeated(document) == 4


def test_measuring_a_document_of_many_spreads_looks_at_each_fragment_once(api: Api) -> None:
    """6 fragments that spread the next 30 times stand for 30^6 fields; without memory this would not end."""
    names = "".join(f"fragment F{n} on Query {{ {f'...F{n + 1} ' * 30} }} " for n in range(6))
    document = parse("{ ...F0 } " + names + "fragment F6 on Query { services { totalCount } }")
    assert measured(api.schema, document, None, {}).fields == 2 * 30**6


def test_a_document_of_many_operations_is_held_to_the_limits_in_each(api: Api) -> None:
    operations = "query A { services { totalCount } } query B { " + "services { totalCount } " * 21 + "}"
    (error,) = orjson.loads(api.run(operations, operation="A").json())["errors"]
    assert error["extensions"]["code"] == "TOO_MANY_REPEATS"


def test_a_document_within_the_limits_is_left_alone(api: Api) -> None:
    document = parse("{ services { totalCount } }")
    check_document(api.schema, document, Limits())
    assert measured(api.schema, document, None, {}).fields == 2


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Callable[[Limits], Any]]:
    """Asks for all names under other limits than the usual ones."""
    store = SqliteStore(tmp_path / "small.db")
    store.prepare()
    put(store, report())

    def ask(limits: Limits) -> Any:
        return orjson.loads(Api(store, limits=limits).run("{ entityNames { nodes { id text } } }").json())

    yield ask
    store.close()


def test_an_answer_over_its_size_is_an_error(small: Callable[[Limits], Any]) -> None:
    body = small(Limits(response_bytes=100))
    assert body["data"] is None
    assert body["errors"][0]["extensions"]["code"] == "RESPONSE_TOO_LARGE"
    assert body["errors"][0]["extensions"]["most"] == 100


def test_a_store_that_runs_out_of_time_stops_the_statement(store: SqliteStore) -> None:
    """For every control all controls of its assessment are looked at, and that 400 times."""
    numbered = Compare(MODEL.node("Control").prop("number"), Operator.IS_NULL, False)
    controls = Through(MODEL.relations("Assessment")["controls"], Quantifier.ALL, numbered)
    condition = Through(MODEL.relations("Control")["assessment"], Quantifier.SOME, controls)
    with pytest.raises(QueryTimedOut), store.snapshot(0.0) as snapshot:
        Answering(snapshot).matching("Control", And((condition,) * 400), 9)
    with store.snapshot() as snapshot:
        assert len(Answering(snapshot).matching("Control", condition, 9)) == 5
