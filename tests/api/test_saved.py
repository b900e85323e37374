"""Saved questions: read from folders, listed, asked by name with parameters; `only_saved` refuses all else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.graphql_http import GRAPHQL_JSON
from api.saved import BrokenQuestion, checked, read_saved
from api.schema import Api
from api.serving import Keeping
from api.settings import QUESTIONS
from graph.sqlite.store import SqliteStore
from ontology.export import MEDIA_TYPES, export

TYPED = """# Whatever is given
query Typed(
  $size: Int! = 2
  $names: [String!], $where: ServiceWhere = {}, $alone: Boolean = false, $order: [ServiceOrder!]
  $id: ID = ""
) {
  services(first: $size, where: {and: [{name: {in: $names}}, $where]}, orderBy: $order) {
    nodes { name id @skip(if: $alone) }
  }
  node(id: $id) @include(if: $alone) { id }
}
"""
PLAIN = "query($name: String!) { service(name: $name) { name } }"
NAMES = "names=Northwind Objects&names=Northwind Queues&names=Northwind Tables"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two saved questions, one in a folder of its own."""
    made = tmp_path_factory.mktemp("saved")
    (made / "typed.graphql").write_text(TYPED)
    (made / "service-of-name").mkdir()
    (made / "service-of-name" / "question.graphql").write_text(PLAIN)
    (made / "service-of-name" / "question.toml").write_text('title = "Which service?"\nanswer = "One."')
    return made


@pytest.fixture(scope="module")
def doors(folder: Path) -> Doors:
    """What is served: the saved questions of the folder."""
    return Doors(export, MEDIA_TYPES, {}, folder, read_saved(folder))


@pytest.fixture(scope="module")
def client(store: SqliteStore, doors: Doors) -> TestClient:
    """A client of a server with all doors open."""
    return TestClient(create_app(store, doors))


def names(client: TestClient, address: str) -> list[str]:
    answer = client.get(address)
    assert "errors" not in answer.json(), answer.text
    return [node["name"] for node in answer.json()["data"]["services"]["nodes"]]


def refused(client: TestClient, address: str) -> tuple[int, str, str]:
    answer = client.get(address)
    (error,) = answer.json()["errors"]
    return answer.status_code, error["extensions"]["code"], error["message"]


def test_the_list_tells_what_can_be_asked(client: TestClient) -> None:
    first, second = client.get("/saved").json()["questions"]
    assert first == {
        "name": "service-of-name",
        "title": "Which service?",
        "address": "/saved/service-of-name",
        "variables": [{"name": "name", "type": "String!", "default": None, "required": True}],
        "document": PLAIN,
    }
    assert (second["title"], second["variables"][0]) == (
        "Whatever is given",
        {"name": "size", "type": "Int!", "default": "2", "required": False},
    )


def test_parameters_are_read_by_the_types_of_the_variables(client: TestClient) -> None:
    assert names(client, f"/saved/typed?{NAMES}") == ["Northwind Objects", "Northwind Queues"]
    assert len(names(client, f"/saved/typed?{NAMES}&size=3")) == 3
    assert names(client, f'/saved/typed?{NAMES}&where={{"name":{{"contains":"Tab"}}}}') == ["Northwind Tables"]
    assert names(client, f'/saved/typed?{NAMES}&size=1&order={{"name":"DESC"}}') == ["Northwind Tables"]
    data = client.get(f"/saved/typed?{NAMES}&size=1&alone=true&id=organization/northwind").json()["data"]
    assert data == {"services": {"nodes": [{"name": "Northwind Objects"}]}, "node": {"id": "organization/northwind"}}


def test_values_can_be_given_as_one_json_object_beside_parameters(client: TestClient) -> None:
    given = '{"names": ["Northwind Objects", "Northwind Tables"], "order": [{"name": "DESC"}]}'
    answer = client.get("/saved/typed", params={"variables": given, "size": "1"}, headers={"Accept": GRAPHQL_JSON})
    assert answer.json()["data"]["services"]["nodes"][0]["name"] == "Northwind Tables"
    assert answer.headers["content-type"] == GRAPHQL_JSON


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("typed?siz=3", "BAD_USER_INPUT", "siz is no variable of typed; its variables: size, names"),
        ("typed?size=three", "BAD_USER_INPUT", "size: 'three' is no Int"),
        ("typed?size=1e2", "BAD_USER_INPUT", "size: '1e2' is no Int"),
        ("typed?size=" + "9" * 400, "BAD_USER_INPUT", "is no Int"),
        ("typed?size=1&size=2", "BAD_USER_INPUT", "size is given 2 times; it is one Int"),
        ("typed?alone=yes", "BAD_USER_INPUT", "alone: 'yes' is no Boolean"),
        ("typed?where={", "BAD_USER_INPUT", "where is not JSON"),
        ("typed?variables=[]", "BAD_USER_INPUT", "variables is not a JSON object"),
        ('typed?variables={"x":1}', "BAD_USER_INPUT", "x is no variable of typed"),
        ('typed?size=1&variables={"size":1}', "BAD_USER_INPUT", "size is given as a parameter and in `variables`"),
        ("none", "NOT_FOUND", "there is no saved question none; GET /saved lists them"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_the_store(
    client: TestClient, store: SqliteStore, address: str, code: str, said: str
) -> None:
    before = store.statements
    status, found, message = refused(client, f"/saved/{address}")
    assert (status, found) == (404 if code == "NOT_FOUND" else 400, code)
    assert said in message
    assert store.statements == before


def test_a_missing_value_is_an_error_of_graphql(client: TestClient) -> None:
    answer = client.get("/saved/service-of-name", headers={"Accept": GRAPHQL_JSON})
    assert (answer.status_code, "data" in answer.json()) == (400, False)
    assert "$name" in answer.json()["errors"][0]["message"]


def test_only_saved_questions_are_answered_where_that_is_said(store: SqliteStore, doors: Doors, folder: Path) -> None:
    (folder / "graphiql.html").write_text("<title>GraphiQL</title>")
    client = TestClient(create_app(store, replace(doors, only_saved=True)))
    before = store.statements
    body: dict[str, Any] = {"query": "{ __typename }"}
    for answer in (
        client.post("/graphql", json=body),
        client.post("/graphql", content=b"{"),
        client.get("/graphql", params=body),
        client.get("/graphql", headers={"Accept": "text/html"}),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "ONLY_SAVED")
        assert "GET /saved" in answer.json()["errors"][0]["message"]
    assert store.statements == before
    assert len(names(client, f"/saved/typed?{NAMES}")) == 2
    page = client.get("/").text
    assert "answers saved questions alone" in page
    assert "/saved/service-of-name" in page
    assert "GraphiQL" not in page


def test_the_start_page_leads_to_saved_questions_and_to_graphiql(client: TestClient) -> None:
    page = client.get("/").text
    assert all(text in page for text in ('href="/saved"', 'href="/saved/service-of-name"', "Ask it in GraphiQL"))


def test_how_long_an_answer_may_be_used_is_a_setting(store: SqliteStore, doors: Doors) -> None:
    client = TestClient(create_app(store, replace(doors, keeping=Keeping(60, private=True))))
    assert client.get(f"/saved/typed?{NAMES}").headers["cache-control"] == "private, max-age=60"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("broken.graphql", "{ nothing }", "Cannot query field 'nothing'"),
        ("many.graphql", "query A { __typename } query B { __typename }", "2 operations and no operationName"),
        ("empty.graphql", "", "Syntax Error"),
        ("Not A Name.graphql", "{ __typename }", "is no name for an address"),
        ("service-of-name.graphql", "{ __typename }", "has the same name"),
        ("latin.graphql", "# \xe9", "can't decode byte"),
    ],
)
def test_a_file_that_is_no_question_stops_the_server(
    api: Api, folder: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_bytes(text.encode("latin-1"))
    with pytest.raises(BrokenQuestion, match=said) as raised:
        checked([*read_saved(folder), *read_saved(tmp_path)], api.schema, api.documents)
    assert str(raised.value).startswith(str(tmp_path / name))


def test_our_own_questions_can_be_asked_by_name(store: SqliteStore, folder: Path) -> None:
    own = [path.parent.name for path in sorted(QUESTIONS.glob("*/question.graphql"))]
    client = TestClient(create_app(store, Doors(export, MEDIA_TYPES, {}, folder, read_saved(QUESTIONS))))
    assert [one["name"] for one in client.get("/saved").json()["questions"]] == own
    assert {name: client.get(f"/saved/{name}").status_code for name in own} == dict.fromkeys(own, 200)
