"""`search`: what is found, in which order, where it matches; what is refused; what `--public` keeps to itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import orjson
import pytest

from api.schema import Api
from graph.ledger import put
from graph.model import MODEL
from graph.records import DocumentFacts
from graph.sqlite.store import SqliteStore
from graph.store import Store
from graph.words import words
from tests.facts import CHECKOUT, LoadedServer
from tests.northwind import PAGE, REPORT, page, report

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]
SIGNS = (*"\"'`*()[]{}+-~^:;,.\\/!?&|<>=%_$#@\x00\ud800\u3000", "&&", "||", "--", "/*")
OBJECTS = "service/northwind/northwind-objects"
QUEUES = "service/northwind/northwind-queues"
QUERY = """query($text: String!, $types: [EntityType!], $first: Int, $after: String) {
    search(text: $text, types: $types, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        nodes { id } edges { cursor score property snippet node { id __typename } } } }"""


def found(ask: Ask, text: str, **others: Any) -> list[tuple[str, float, str, str]]:
    """The id, the score, the property and the snippet of each edge."""
    edges = ask(QUERY, text=text, **others)["search"]["edges"]
    return [(e["node"]["id"], e["score"], e["property"], e["snippet"]) for e in edges]


def test_each_edge_tells_where_the_text_matches(ask: Ask) -> None:
    assert found(ask, "objects", types=["SERVICE", "CITATION"]) == [
        (OBJECTS, 8.998, "namespaces", "<mark>objects</mark>"),
        *(
            (edge["node"]["id"], 0.999 - 0.001 * len(words(edge["node"]["quote"])), "quote", edge["snippet"])
            for edge in quotes(ask, "objects")
        ),
    ]
    assert found(ask, "northwind obj*")[0] == (
        OBJECTS,
        7.997,
        "name",
        "<mark>Northwind</mark> <mark>Objects</mark>",
    )


def quotes(ask: Ask, text: str) -> list[Any]:
    """The citations whose quotes hold a text, with their quotes."""
    query = """query($text: String!) { search(text: $text, types: [CITATION]) {
        edges { snippet node { id ... on Citation { quote } } } } }"""
    edges: list[Any] = ask(query, text=text)["search"]["edges"]
    assert all(text in edge["node"]["quote"].casefold() for edge in edges)
    return edges


def test_a_former_name_leads_to_what_it_names(ask: Ask) -> None:
    (first, *others) = found(ask, '"queue service"')
    assert first == (QUEUES, 3.996, "aliases", "Northwind <mark>Queue Service</mark>")
    assert {property_ for _, _, property_, _ in others} <= {"quote"}


def test_identifiers_wording_and_numbers_are_found(ask: Ask) -> None:
    assert found(ask, "nw-harbour-1", types=["REGION"]) == [
        ("region/northwind/nw-harbour-1", 10.996, "code", "<mark>nw-harbour-1</mark>")
    ]
    assert [id_.rpartition("/")[2] for id_, *_ in found(ask, "1.1", types=["CONTROL"])] == ["1.1"]
    assert found(ask, "ROTATED keys", types=["CONTROL"])[0][1:] == (
        0.996,
        "statement",
        "<mark>Keys</mark> are <mark>rotated</mark>.",
    )


def test_pages_follow_each_other_and_are_the_whole_list(ask: Ask) -> None:
    everything = ask(QUERY, text="northwind", first=1000)["search"]
    ids = [node["id"] for node in everything["nodes"]]
    assert ids == [edge["node"]["id"] for edge in everything["edges"]]
    assert len(set(ids)) == len(ids) == everything["totalCount"] > 5
    assert all(
        (-a["score"], a["node"]["id"]) < (-b["score"], b["node"]["id"]) for a, b in pairwise(everything["edges"])
    )
    walked: list[str] = []
    after, more = None, True
    while more:
        part = ask(QUERY, text="northwind", first=2, after=after)["search"]
        assert part["totalCount"] == len(ids)
        assert part["pageInfo"]["hasPreviousPage"] is (after is not None)
        walked += [node["id"] for node in part["nodes"]]
        after, more = part["pageInfo"]["endCursor"], part["pageInfo"]["hasNextPage"]
        assert (part["pageInfo"]["startCursor"], after) == (part["edges"][0]["cursor"], part["edges"][-1]["cursor"])
    assert walked == ids


def test_what_is_not_there_is_an_empty_page(ask: Ask) -> None:
    nothing = {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None}
    assert ask(QUERY, text="zebra")["search"] == {"totalCount": 0, "pageInfo": nothing, "nodes": [], "edges": []}


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"text": "?!"}, "NOTHING_TO_SEARCH", "there is nothing to search for in '?!'"),
        ({"text": "a " * 33}, "BAD_USER_INPUT", "the search text has 33 words; at most 32"),
        ({"first": 0}, "BAD_USER_INPUT", "first is 0; it can be from 1 to 1000"),
        ({"first": 1001}, "BAD_USER_INPUT", "first is 1001; it can be from 1 to 1000"),
        ({"types": []}, "BAD_USER_INPUT", "types is empty; it can be any of DOCUMENT, "),
        ({"types": ["SERVICE", "NAME"]}, "BAD_USER_INPUT", "types is not searched: NAME; it can be any of DOCUMENT, "),
        ({"after": "x"}, "BAD_CURSOR", "the cursor cannot be used on search"),
    ],
)
def test_what_cannot_be_asked_is_refused(refused: Refused, change: dict[str, Any], code: str, message: str) -> None:
    given, said = refused(QUERY, **{"text": "northwind", **change})
    assert said.startswith(message)
    assert given == code


def test_a_cursor_of_another_search_or_list_is_refused(ask: Ask, refused: Refused) -> None:
    cursor = ask(QUERY, text="northwind")["search"]["edges"][0]["cursor"]
    listed = ask("{ services { edges { cursor } } }")["services"]["edges"][0]["cursor"]
    assert ask(QUERY, text=" NORTHWIND ", after=cursor)["search"]["edges"]
    for change in ({"text": "north*"}, {"types": ["SERVICE"]}, {"after": listed}):
        assert refused(QUERY, **{"text": "northwind", "after": cursor, **change})[0] == "BAD_CURSOR"
    assert refused("query($c: String!) { services(after: $c) { totalCount } }", c=cursor)[0] == "BAD_CURSOR"


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_is_syntax(ask: Ask, sign: str) -> None:
    plain = found(ask, "northwind objects")
    assert found(ask, f"{sign} northwind {sign} objects {sign}{sign}") == plain
    assert {id_ for id_, *_ in found(ask, f"northwind{sign} objects")} >= {id_ for id_, *_ in plain}


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "TO", "name:objects", "words:objects", "NEAR(objects, 2)"])
def test_words_that_are_operators_elsewhere_are_words(ask: Ask, word: str) -> None:
    assert found(ask, f"northwind {word}", types=["SERVICE", "ORGANIZATION"]) == []


@pytest.mark.parametrize(
    ("fields", "nodes"), [("edges { node { id } }", 25), ("nodes { id } totalCount", 25), ("totalCount", 0)]
)
def test_the_cost_of_a_search_is_that_of_its_page(api: Api, fields: str, nodes: int) -> None:
    assert (
        orjson.loads(api.run(f'{{ search(text: "x") {{ {fields} }} }}').json())["extensions"]["cost"]["nodes"] == nodes
    )


def test_texts_are_read_only_where_they_are_asked_for(store: SqliteStore, api: Api) -> None:
    def statements(fields: str) -> int:
        before = store.statements
        body = orjson.loads(api.run(f'{{ search(text: "northwind") {{ {fields} }} }}').json())
        assert "errors" not in body
        return store.statements - before

    assert statements("totalCount edges { score cursor } pageInfo { hasNextPage }") == 1
    assert statements("edges { snippet }") > 1


def bare(facts: DocumentFacts) -> DocumentFacts:
    """The same facts without any wording."""
    worded = {(node.label, p.key) for node in MODEL.nodes for p in node.properties if p.verbatim}
    claims = tuple(
        replace(c, values={k: v for k, v in c.values.items() if (c.label, k) not in worded}) for c in facts.claims
    )
    return replace(facts, claims=claims, citations=tuple(replace(c, quote=None) for c in facts.citations))


@pytest.fixture(scope="module")
def without_wording(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store in which the restricted document has no wording at all."""
    store = SqliteStore(tmp_path_factory.mktemp("bare") / "bare.db")
    store.prepare()
    for facts in (bare(report()), page()):
        put(store, facts)
    yield store
    store.close()


TEXTS = sorted({*words(REPORT), *words(PAGE), "what objects do", "keys are", "r*", '"is granted on request"'})


@pytest.fixture(scope="module")
def public_api(store: SqliteStore) -> Api:
    """The API that hides the wording of restricted documents."""
    return Api(store, public=True)


def test_in_public_restricted_wording_is_as_if_it_were_not_there(public_api: Api, without_wording: SqliteStore) -> None:
    plain = Api(without_wording)
    for text in TEXTS:
        shown, expected = (
            orjson.loads(api.run(QUERY, {"text": text, "first": 3}).json()) for api in (public_api, plain)
        )
        assert "errors" not in shown
        assert shown == expected, text


def test_in_public_names_and_the_wording_of_public_documents_are_found(api: Api, public_api: Api) -> None:
    def asked(api: Api, text: str) -> list[tuple[str, str]]:
        edges = orjson.loads(api.run(QUERY, {"text": text}).json())["data"]["search"]["edges"]
        return [(edge["property"], edge["node"]["id"]) for edge in edges]

    assert asked(public_api, "what objects do") == [("description", OBJECTS)]
    assert ("name", "service/northwind/northwind-tables") in asked(public_api, "tables")
    assert ("statement", "control/northwind/soc-1-type-2/2023-12-31/2.2") in asked(api, "rotated")
    assert asked(public_api, "rotated") == []


def test_in_public_pages_follow_each_other(public_api: Api) -> None:
    walked, after, more = list[str](), None, True
    while more:
        asked = {"text": "northwind", "first": 2, "after": after}
        part = orjson.loads(public_api.run(QUERY, asked).json())["data"]["search"]
        walked += [node["id"] for node in part["nodes"]]
        after, more = part["pageInfo"]["endCursor"], part["pageInfo"]["hasNextPage"]
    assert len(walked) == len(set(walked)) == part["totalCount"]


@pytest.mark.parametrize("public", [False, True])
def test_both_stores_give_the_same_answers_of_the_bundled_facts(
    bundled_store: Store, neo4j_loaded: LoadedServer, public: bool
) -> None:
    apis = [Api(store, public=public) for store in (bundled_store, neo4j_loaded.store)]
    for text in ("s3", "kms key*", '"elastic compute cloud"', "us-east-1", "AWSCA-1.*", "iot", "a*"):
        one, other = (orjson.loads(api.run(QUERY, {"text": text}).json()) for api in apis)
        assert one["data"]["search"]["edges"]
        assert one == other, text


def test_the_page_about_searching_shows_what_is_answered(bundled_store: Store) -> None:
    shown = (CHECKOUT / "docs" / "search.md").read_text("utf-8")
    query, answer = (re.findall(rf"```{kind}\n(.*?)```", shown, re.DOTALL)[0] for kind in ("graphql", "json"))
    assert {"data": orjson.loads(Api(bundled_store).run(query).json())["data"]} == json.loads(answer)
