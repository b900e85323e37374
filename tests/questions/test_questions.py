"""The public questions, asked of the bundled facts through every door: equal rows, and those that are expected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import orjson
import pytest
from neo4j import Driver, GraphDatabase

from api.questions import Question, read_questions
from api.schema import Api
from graph.store import Store
from tests.facts import LoadedServer
from tests.questions.rows import FOLDER, Rows, expected, graphql_rows, names, ordered

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
RESULTS = "application/sparql-results+json"
QUESTIONS = {question.name: question for question in read_questions(FOLDER)}


@pytest.fixture(scope="module")
def driver(neo4j_loaded: LoadedServer) -> Iterator[Driver]:
    """A driver on the loaded server, as a visual explorer has it."""
    with GraphDatabase.driver(neo4j_loaded.bolt_url) as opened:
        yield opened


@pytest.fixture(params=names())
def question(request: pytest.FixtureRequest) -> Question:
    """Each of the questions."""
    return QUESTIONS[request.param]


@pytest.fixture(scope="module")
def sqlite_api(bundled_store: Store) -> Api:
    """The API on SQLite."""
    return Api(bundled_store)


@pytest.fixture(scope="module")
def neo4j_api(neo4j_loaded: LoadedServer) -> Api:
    """The API on Neo4j."""
    return Api(neo4j_loaded.store)


def graphql(api: Api, question: Question) -> Rows:
    body = orjson.loads(api.run(question.graphql).json())
    assert "errors" not in body, body["errors"]
    return graphql_rows(body["data"], expected(question.name))


def test_graphql_answers_from_sqlite(sqlite_api: Api, question: Question) -> None:
    assert graphql(sqlite_api, question) == ordered(expected(question.name).rows)


def test_graphql_answers_from_neo4j(neo4j_api: Api, question: Question) -> None:
    assert graphql(neo4j_api, question) == ordered(expected(question.name).rows)


def test_cypher_answers(driver: Driver, question: Question) -> None:
    records, summary, _ = driver.execute_query(question.cypher)
    assert ordered([record.values() for record in records]) == ordered(expected(question.name).rows)
    assert list(summary.gql_status_objects[1:]) == []


def test_a_picture_is_of_paths(driver: Driver) -> None:
    drawn = {name: question.picture for name, question in QUESTIONS.items() if question.picture}
    empty = [name for name, query in drawn.items() if not driver.execute_query(query).records]
    assert len(drawn) >= 3
    assert empty == []


def test_sparql_answers_over_http(served_app: str, question: Question) -> None:
    asked = Request(f"{served_app}/sparql?{urlencode({'query': question.sparql})}", headers={"Accept": RESULTS})
    with urlopen(asked, timeout=120) as answer:
        found = orjson.loads(answer.read())
    names = found["head"]["vars"]
    rows = [[_python(row.get(name)) for name in names] for row in found["results"]["bindings"]]
    assert ordered(rows) == ordered(expected(question.name).rows)


def _python(term: Any) -> Any:
    if term is None:
        return None
    return int(term["value"]) if term.get("datatype") == INTEGER else term["value"]
