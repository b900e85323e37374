"""The interfaces `Node` and `Cited`: what can be asked of nodes whose label is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLScalarType, build_schema

from api.schema import schema_text
from graph.model import MODEL, UNCITED_LABELS
from tests.northwind import SOC

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]


def test_what_documents_state_is_cited_and_everything_is_a_node() -> None:
    schema = build_schema(schema_text())
    members = {}
    for name in ("Node", "Cited"):
        interface = schema.type_map[name]
        assert isinstance(interface, GraphQLInterfaceType)
        members[name] = {t.name for t in schema.get_possible_types(interface)}
    assert members == {"Node": set(MODEL.labels), "Cited": set(MODEL.labels) - set(UNCITED_LABELS)}


def test_every_scalar_of_our_own_says_where_it_is_specified() -> None:
    types = build_schema(schema_text()).type_map.values()
    scalars = {t.name: t.specified_by_url for t in types if isinstance(t, GraphQLScalarType)}
    built_in = {"ID", "String", "Int", "Float", "Boolean"}
    assert {name for name, url in scalars.items() if url} == set(scalars) - built_in == {"Date", "DateTime", "URL"}


def test_citations_and_names_are_asked_of_any_label_at_once(ask: Ask) -> None:
    query = """query($ids: [ID!]!) { nodes(ids: $ids) { __typename ...Proof } }
        fragment Proof on Cited { names { nodes { text } } citations(first: 1) { totalCount
            edges { node { firstLine } states { property value } } } }"""
    found = ask(query, ids=[SOC, "country/no"])["nodes"]
    assert [node["__typename"] for node in found] == ["Assessment", "Country"]
    assert found[1] == {
        "__typename": "Country",
        "names": {"nodes": []},
        "citations": {
            "totalCount": 1,
            "edges": [
                {
                    "node": {"firstLine": 6},
                    "states": [{"property": "code", "value": "NO"}, {"property": "name", "value": "Norway"}],
                }
            ],
        },
    }


def test_what_is_not_cited_has_no_fields_of_cited_nodes(ask: Ask) -> None:
    documents = ask("{ documents { nodes { id } } }")["documents"]["nodes"]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Cited { citations { totalCount } } } }"
    found = ask(query, ids=[document["id"] for document in documents])["nodes"]
    assert found == [{"__typename": "Document"}, {"__typename": "Document"}]


def test_nodes_of_several_labels_are_asked_for_their_citations(ask: Ask) -> None:
    query = """{ citations(where: {firstLine: {eq: 6}}) { nodes { evidences { nodes {
        name ... on Cited { citations { nodes { firstLine } } } ... on Region { code } } } } } }"""
    (citation,) = ask(query)["citations"]["nodes"]
    cited = {"citations": {"nodes": [{"firstLine": 6}]}}
    assert citation["evidences"]["nodes"] == [
        {"name": "Harbour", **cited, "code": "nw-harbour-1"},
        {"name": "Norway", **cited},
    ]


def test_labels_share_the_types_of_their_citations_but_not_the_cursors(ask: Ask, refused: Refused) -> None:
    query = "{ countries { nodes { citations { __typename pageInfo { endCursor } edges { __typename } } } } }"
    (country,) = ask(query)["countries"]["nodes"]
    cursor = country["citations"]["pageInfo"].pop("endCursor")
    assert country["citations"] == {
        "__typename": "CitedCitationsConnection",
        "pageInfo": {},
        "edges": [{"__typename": "CitedCitationsEdge"}],
    }
    other = "query($c: String) { regions { nodes { citations(after: $c) { totalCount } } } }"
    assert refused(other, c=cursor)[0] == "BAD_CURSOR"
