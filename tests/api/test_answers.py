"""What the API answers: connections, filters, orders, both directions, citations on nodes and edges."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from api.schema import Api
from graph.sqlite.store import SqliteStore
from tests.northwind import ISO, SOC

Ask = Callable[..., Any]
Refused = Callable[..., tuple[str, str]]


def test_a_list_comes_in_the_order_of_its_label(ask: Ask) -> None:
    found = ask("{ services { totalCount nodes { name namespaces } } }")
    assert found == {
        "services": {
            "totalCount": 3,
            "nodes": [
                {"name": "Northwind Objects", "namespaces": ["objects"]},
                {"name": "Northwind Queues", "namespaces": ["queues"]},
                {"name": "Northwind Tables", "namespaces": []},
            ],
        }
    }


def test_controls_come_as_people_count(ask: Ask) -> None:
    found = ask("{ controls { nodes { number } } }")
    assert [c["number"] for c in found["controls"]["nodes"]] == ["1.1", "1.2", "1.10", "2.1", "2.2"]


def test_an_edge_carries_its_relationship_and_its_citations(ask: Ask) -> None:
    query = """query($id: ID!) { assessment(id: $id) { services(where: {name: {contains: "Queues"}}) { edges {
        nameAsWritten qualification assertion rule node { name }
        citations { firstLine lastLine section quote document { title } } } } } }"""
    assert ask(query, id=SOC) == {
        "assessment": {
            "services": {
                "edges": [
                    {
                        "nameAsWritten": "Northwind Queues",
                        "qualification": "without dead letters",
                        "assertion": "STATED",
                        "rule": None,
                        "node": {"name": "Northwind Queues"},
                        "citations": [
                            {
                                "firstLine": 4,
                                "lastLine": 4,
                                "section": ["Northwind Cloud", "Scope"],
                                "quote": "- Northwind Queues (queues) [without dead letters]",
                                "document": {"title": "SOC 1 report"},
                            }
                        ],
                    }
                ]
            }
        }
    }


def test_a_relationship_is_walked_from_both_ends(ask: Ask) -> None:
    there = ask("{ regions { nodes { name country { code } countryEdge { assertion node { name } } } } }")
    back = ask('{ country(code: "NO") { regions { nodes { name } totalCount } } }')
    assert there["regions"]["nodes"] == [
        {
            "name": "Harbour",
            "country": {"code": "NO"},
            "countryEdge": {"assertion": "STATED", "node": {"name": "Norway"}},
        }
    ]
    assert back == {"country": {"regions": {"nodes": [{"name": "Harbour"}], "totalCount": 1}}}


@pytest.mark.parametrize("name", ["Northwind Queues", "northwind  QUEUE service", "Northwind Queue Service"])
def test_any_name_finds_the_entity(ask: Ask, name: str) -> None:
    found = ask(
        "query($name: String) { service(name: $name) { name aliases names { nodes { text kind } } } }",
        name=name,
    )
    assert found == {
        "service": {
            "name": "Northwind Queues",
            "aliases": ["Northwind Queue Service"],
            "names": {
                "nodes": [
                    {"text": "Northwind Queue Service", "kind": "FORMER"},
                    {"text": "Northwind Queues", "kind": "CANONICAL"},
                ]
            },
        }
    }


def test_a_natural_argument_finds_one_node(ask: Ask) -> None:
    query = 'query($a: String) { control(number: "1.10", assessment: $a) { id tests { nodes { result methods } } } }'
    assert ask(query, a=SOC) == {
        "control": {
            "id": "control/northwind/soc-1-type-2/2023-12-31/1.10",
            "tests": {"nodes": [{"result": "NOT_TESTED", "methods": ["OBSERVATION"]}]},
        }
    }


def test_what_is_not_there_is_null(ask: Ask) -> None:
    query = (
        '{ service(name: "Nothing") { id } node(id: "service/x/y") { id } nodes(ids: ["x", "country/no"]) { name } }'
    )
    assert ask(query) == {"service": None, "node": None, "nodes": [None, {"name": "Norway"}]}


def test_a_node_of_any_label_answers_by_its_type(ask: Ask) -> None:
    query = """query($id: ID!) { node(id: $id) { __typename id ... on Assessment { status periodEnd }
        ... on Service { namespaces } } }"""
    assert ask(query, id=SOC) == {
        "node": {"__typename": "Assessment", "id": SOC, "status": "ATTESTED", "periodEnd": "2023-12-31"}
    }


def test_a_node_shows_what_each_citation_states(ask: Ask) -> None:
    query = """{ service(name: "Northwind Queues") { description citations {
        edges { states { property value } node { firstLine document { title } } } } } }"""
    assert ask(query)["service"] == {
        "description": "What queues do.",
        "citations": {
            "edges": [
                {
                    "states": [
                        {"property": "description", "value": "What queues do."},
                        {"property": "name", "value": "Northwind Queue Service"},
                    ],
                    "node": {"firstLine": 3, "document": {"title": "Compliance page"}},
                },
                {
                    "states": [
                        {"property": "name", "value": "Northwind Queues"},
                        {"property": "namespaces", "value": "queues"},
                    ],
                    "node": {"firstLine": 4, "document": {"title": "SOC 1 report"}},
                },
            ]
        },
    }


def test_citations_lead_to_all_that_they_state(ask: Ask) -> None:
    query = """{ assessments(where: {status: {eq: CERTIFIED}}) { nodes { frameworks { edges { citations {
        firstLine evidences(orderBy: [{name: ASC}]) { totalCount nodes { __typename name } } } } } } } }"""
    (assessment,) = ask(query)["assessments"]["nodes"]
    assert assessment["frameworks"]["edges"][0]["citations"] == [
        {
            "firstLine": 4,
            "evidences": {
                "totalCount": 2,
                "nodes": [
                    {"__typename": "Assessment", "name": "ISO 27001"},
                    {"__typename": "Framework", "name": "ISO 27001"},
                ],
            },
        }
    ]


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ('{name: {eq: "Northwind Tables"}}', ["Tables"]),
        ('{name: {ne: "Northwind Tables"}}', ["Objects", "Queues"]),
        ('{name: {in: ["Northwind Tables", "Northwind Objects"]}}', ["Objects", "Tables"]),
        ('{name: {startsWith: "Northwind T"}}', ["Tables"]),
        ('{name: {contains: "ueue"}}', ["Queues"]),
        ('{namespaces: {contains: "objects"}}', ["Objects"]),
        ("{namespaces: {isNull: true}}", ["Tables"]),
        ("{description: {isNull: false}}", ["Objects", "Queues"]),
        ('{description: {eq: "x"}}', []),
        ('{description: {ne: "x"}}', ["Objects", "Queues", "Tables"]),
        ('{not: {description: {contains: "queues"}}}', ["Objects", "Tables"]),
        ('{or: [{name: {contains: "Tab"}}, {namespaces: {contains: "queues"}}]}', ["Queues", "Tables"]),
        ('{and: [{name: {contains: "North"}}, {name: {contains: "Tab"}}]}', ["Tables"]),
        ("{or: []}", []),
        ("{and: []}", ["Objects", "Queues", "Tables"]),
        ("{}", ["Objects", "Queues", "Tables"]),
        ("{controls: {some: {}}}", ["Objects"]),
        ("{controls: {none: {}}}", ["Queues", "Tables"]),
        ("{controls: {all: {serviceSpecific: {eq: true}}}}", ["Objects", "Queues", "Tables"]),
        ("{namedIn: {some: {status: {eq: CERTIFIED}}}}", ["Objects", "Queues"]),
        ("{assessments: {all: {reportType: {eq: TYPE_1}}}}", []),
        ('{provider: {name: {eq: "Northwind Cloud"}}, controls: {some: {number: {eq: "2.2"}}}}', ["Objects"]),
        (
            "{assessments: {some: {controls: {some: {tests: {some: {result: {eq: DEVIATION}}}}}}}}",
            ["Objects", "Queues", "Tables"],
        ),
    ],
)
def test_where_keeps_what_matches(ask: Ask, where: str, names: list[str]) -> None:
    found = ask(f"{{ services(where: {where}) {{ totalCount nodes {{ name }} }} }}")["services"]
    assert [node["name"].removeprefix("Northwind ") for node in found["nodes"]] == names
    assert found["totalCount"] == len(names)


def test_nulls_come_last_ascending_and_first_descending(ask: Ask) -> None:
    query = """{ up: services(orderBy: [{description: ASC}]) { nodes { name } }
        down: services(orderBy: [{description: DESC}, {name: DESC}]) { nodes { name } } }"""
    found = {key: [n["name"].split()[1] for n in value["nodes"]] for key, value in ask(query).items()}
    assert found == {"up": ["Objects", "Queues", "Tables"], "down": ["Tables", "Queues", "Objects"]}


@pytest.mark.parametrize(
    "order", ["", "orderBy: [{description: DESC}]", "orderBy: [{statement: ASC}]", "orderBy: [{id: DESC}]"]
)
@pytest.mark.parametrize("first", [1, 2, 7])
def test_pages_put_together_are_the_whole_list(ask: Ask, first: int, order: str) -> None:
    field, order = ("controls", order) if "statement" in order or not order else ("services", order)
    whole = ask(f"{{ {field}(first: 100, {order}) {{ nodes {{ id }} }} }}")[field]["nodes"]
    page_info = "pageInfo { hasNextPage hasPreviousPage endCursor }"
    query = f"query($a: String) {{ {field}(first: {first}, after: $a, {order}) {{ nodes {{ id }} {page_info} }} }}"
    pages, after = [], None
    while True:
        page = ask(query, a=after)[field]
        pages += page["nodes"]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert pages == whole


def test_pages_below_a_node_are_pages_of_its_own_list(ask: Ask) -> None:
    query = """query($id: ID!, $after: String) { assessment(id: $id) { controls(first: 2, after: $after) {
        edges { cursor node { number } } pageInfo { hasNextPage startCursor endCursor } totalCount } } }"""
    first = ask(query, id=SOC)["assessment"]["controls"]
    assert [e["node"]["number"] for e in first["edges"]] == ["1.1", "1.2"]
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "startCursor": first["edges"][0]["cursor"],
        "endCursor": first["edges"][1]["cursor"],
    }
    second = ask(query, id=SOC, after=first["edges"][1]["cursor"])["assessment"]["controls"]
    assert [e["node"]["number"] for e in second["edges"]] == ["1.10", "2.1"]
    assert second["totalCount"] == 5


def test_fragments_aliases_and_directives_are_graphql_s_own(ask: Ask) -> None:
    query = """query($yes: Boolean = true, $no: Boolean = false) {
        list: services(first: 1) { ...Page other: nodes { ... on Service { label: name } id @include(if: $no) } } }
        fragment Page on ServiceConnection { nodes { id @skip(if: $yes) ...Named } __typename }
        fragment Named on Service { name name kind: __typename }"""
    assert ask(query) == {
        "list": {
            "nodes": [{"name": "Northwind Objects", "kind": "Service"}],
            "__typename": "ServiceConnection",
            "other": [{"label": "Northwind Objects"}],
        }
    }


def test_children_that_parents_share_are_the_same_everywhere(ask: Ask) -> None:
    query = """{ services { nodes { assessments(first: 2) { nodes { name objectives(first: 9) { nodes { number
        controls(first: 9) { nodes { number tests(first: 9) { nodes { result } } } } } } } } } } }"""
    answers = [node["assessments"]["nodes"] for node in ask(query)["services"]["nodes"]]
    assert answers[0] == answers[1] == answers[2]
    assert [o["number"] for o in answers[0][0]["objectives"]["nodes"]] == ["1", "2"]
    assert [c["number"] for c in answers[0][0]["objectives"]["nodes"][0]["controls"]["nodes"]] == [
        "1.1",
        "1.2",
        "1.10",
    ]


@pytest.mark.parametrize(
    ("query", "statements"),
    [
        ("{ services { nodes { name } } }", 1),
        ("{ services { totalCount } }", 1),
        ("{ services { totalCount nodes { name provider { name } names { nodes { text } } } } }", 2),
        ("{ services { nodes { assessments { nodes { name } } } } }", 1),
        (
            "{ services { nodes { assessments { nodes { controls { nodes { tests { nodes { result } } } } } } } } }",
            2,
        ),
        (
            "{ assessments { nodes { objectives { nodes { controls { nodes { tests { nodes { result } } } } } } } } }",
            1,
        ),
    ],
)
def test_the_number_of_statements_does_not_grow_with_the_rows(
    ask: Ask, store: SqliteStore, query: str, statements: int
) -> None:
    before = store.statements
    ask(query)
    assert store.statements - before == statements


@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("{ services(first: 0) { totalCount } }", "BAD_USER_INPUT", "first is 0; it can be from 1 to 1000"),
        (
            "{ services(first: 1001) { totalCount } }",
            "BAD_USER_INPUT",
            "first is 1001; it can be from 1 to 1000",
        ),
        ('{ services(after: "x") { totalCount } }', "BAD_CURSOR", "it is not one of ours"),
        ("{ service { id } }", "BAD_USER_INPUT", "service needs one of: id, name"),
        ("{ services(where: {name: null}) { totalCount } }", "BAD_USER_INPUT", "where.name is null"),
        ("{ services(where: {name: {eq: null}}) { totalCount } }", "BAD_USER_INPUT", "use isNull"),
        (
            "{ services(orderBy: [{name: ASC, id: ASC}]) { totalCount } }",
            "GRAPHQL_VALIDATION_FAILED",
            "OneOf",
        ),
        ("{ services { nodes { size } } }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'size'"),
        ("{ services(", "GRAPHQL_PARSE_FAILED", "Syntax Error"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_code(refused: Refused, query: str, code: str, message: str) -> None:
    found = refused(query)
    assert found[0] == code
    assert message in found[1]


def test_a_cursor_of_another_list_is_refused(ask: Ask, refused: Refused) -> None:
    cursor = ask("{ services(first: 1) { pageInfo { endCursor } } }")["services"]["pageInfo"]["endCursor"]
    query = "query($c: String) { controls(after: $c) { totalCount } }"
    assert refused(query, c=cursor)[0] == "BAD_CURSOR"
    reordered = "query($c: String) { services(after: $c, orderBy: [{id: ASC}]) { totalCount } }"
    assert refused(reordered, c=cursor)[0] == "BAD_CURSOR"


def test_a_look_up_that_several_nodes_answer_names_them(refused: Refused) -> None:
    code, message = refused("query($id: String) { controlObjective(assessment: $id) { id } }", id=SOC)
    assert code == "AMBIGUOUS"
    assert "control-objective/northwind/soc-1-type-2/2023-12-31/1" in message


def test_in_public_the_wording_of_restricted_documents_is_null(store: SqliteStore) -> None:
    query = """{ services(first: 2) { nodes { description } } controls(first: 1) { nodes { number statement
        citations { edges { states { property } node { quote } } } } } }"""
    body = orjson.loads(Api(store, public=True).run(query).json())
    assert body == {
        "extensions": body["extensions"],
        "data": {
            "services": {"nodes": [{"description": "What objects do."}, {"description": "What queues do."}]},
            "controls": {
                "nodes": [
                    {
                        "number": "1.1",
                        "statement": None,
                        "citations": {
                            "edges": [
                                {
                                    "states": [{"property": p} for p in ("name", "number", "service_specific")],
                                    "node": {"quote": None},
                                }
                            ]
                        },
                    }
                ]
            },
        },
    }


def test_in_public_nothing_is_filtered_or_ordered_by_wording(store: SqliteStore) -> None:
    api = Api(store, public=True)
    for arguments in (
        'where: {controls: {some: {statement: {contains: "a"}}}}',
        "orderBy: [{description: ASC}]",
    ):
        body = orjson.loads(api.run(f"{{ services({arguments}) {{ totalCount }} }}").json())
        assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_an_assessment_is_undated_where_nothing_is_stated(ask: Ask) -> None:
    query = "query($id: ID!) { assessment(id: $id) { periodEnd asOf opinion levels } }"
    assert ask(query, id=ISO) == {"assessment": {"periodEnd": None, "asOf": None, "opinion": None, "levels": []}}


def test_a_long_chain_of_relations_is_answered(ask: Ask) -> None:
    opening = "assessment { controls(first: 1) { nodes { tests { nodes { control { "
    query = "{ controls(first: 1) { nodes { " + opening * 2 + "number" + " } } } } } }" * 2 + " } } }"
    found = ask(query)
    node = found["controls"]["nodes"][0]
    for _ in range(2):
        node = node["assessment"]["controls"]["nodes"][0]["tests"]["nodes"][0]["control"]
    assert node == {"number": "1.1"}


def test_citations_of_edges_lead_on_and_on(ask: Ask) -> None:
    query = """{ controls(first: 1) { nodes { tests { edges { citations { evidences { nodes {
        ... on Control { number tests { edges { citations { firstLine evidences { nodes { name } } } } } }
        } } } } } } } }"""
    (node,) = ask(query)["controls"]["nodes"]
    evidence = node["tests"]["edges"][0]["citations"][0]["evidences"]["nodes"][0]
    assert evidence["tests"]["edges"][0]["citations"] == [
        {"firstLine": 8, "evidences": {"nodes": [{"name": "1.1"}, {"name": "1.1 test 1"}]}}
    ]


def test_edges_asked_for_twice_have_their_own_citations_each(ask: Ask) -> None:
    query = """{ controls(first: 1) { nodes { tests {
        one: edges { citations { firstLine document { title } } } two: edges { citations { id: firstLine } } } } } }"""
    assert ask(query)["controls"]["nodes"][0]["tests"] == {
        "one": [{"citations": [{"firstLine": 8, "document": {"title": "SOC 1 report"}}]}],
        "two": [{"citations": [{"id": 8}]}],
    }


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ('{name: {in: ["x"' + ', "x"' * 1000 + "]}}", "has 1001 values; at most 1000"),
        ("{not: " * 11 + "{}" + "}" * 11, "levels"),
        ("{or: [" + '{name: {eq: "x"}}, ' * 101 + "]}", "branches"),
        ("{}}, orderBy: [" + "{name: ASC}, " * 9 + "]", "orderBy has 9 keys"),
    ],
)
def test_a_limit_that_is_passed_is_named(refused: Refused, where: str, message: str) -> None:
    where = where.replace("{}}, orderBy", "{}, orderBy")
    code, found = refused(f"{{ services(where: {where}) {{ totalCount }} }}")
    assert code == "BAD_USER_INPUT"
    assert message in found


@pytest.mark.parametrize("keys", [[1, 2], ["x", None], ["x", "y", "z"], ["x", True], ["\ud800", "y"]])
def test_a_forged_cursor_is_refused(refused: Refused, keys: list[Any]) -> None:
    content = json.dumps(["services +name +id", *keys]).encode()
    cursor = base64.urlsafe_b64encode(content).decode().rstrip("=")
    code, _ = refused("query($c: String) { services(after: $c) { totalCount } }", c=cursor)
    assert code == "BAD_CURSOR"


def test_a_date_that_is_none_is_refused(refused: Refused) -> None:
    _, message = refused('{ assessments(where: {periodEnd: {gt: "banana"}}) { totalCount } }')
    assert "is not a date such as 2017" in message


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("query A { services { totalCount } } query B { services { totalCount } }", None),
        ("query A { services { totalCount } }", "C"),
        ("fragment F on Service { id }", None),
    ],
)
def test_a_document_without_the_one_operation_is_refused(api: Api, query: str, name: str | None) -> None:
    answer = api.run(query, operation=name)
    assert not answer.executed
    assert answer.body["errors"][0]["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"


def test_an_empty_operation_name_is_none(api: Api) -> None:
    assert orjson.loads(api.run("query A { services { totalCount } }", operation="").json())["data"]


@pytest.mark.parametrize(
    ("levels", "query"),
    [
        (9, "{ services(where: %s) { totalCount nodes { id } } }"),
        (9, "{ services { nodes { parts(where: %s) { totalCount nodes { id } } } } }"),
        (6, "{ services { nodes { parts { nodes { parts(where: %s) { totalCount nodes { id } } } } } } }"),
    ],
)
def test_conditions_through_many_relations_are_answered(ask: Ask, levels: int, query: str) -> None:
    assert "services" in ask(query % ("{partOf: " * levels + "{}" + "}" * levels))


def test_conditions_too_deep_for_the_store_are_refused_with_a_code(api: Api) -> None:
    where = "{partOf: " * 9 + "{}" + "}" * 9
    deep = f"parts {{ nodes {{ parts {{ nodes {{ parts(where: {where}) {{ totalCount }} }} }} }} }}"
    body = orjson.loads(api.run(f"{{ services {{ nodes {{ {deep} }} }} }}").json())
    codes = [error["extensions"]["code"] for error in body.get("errors", [])]
    assert codes in ([], ["BAD_USER_INPUT"])


def test_a_page_is_read_from_the_end(ask: Ask) -> None:
    query = "query($last: Int, $before: String) { controls(last: $last, before: $before) { %s } }"
    wanted = "nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor }"
    end = ask(query % wanted, last=2)["controls"]
    start = end["pageInfo"].pop("startCursor")
    assert end == {
        "nodes": [{"number": "2.1"}, {"number": "2.2"}],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": True},
    }
    rest = ask(query % wanted, last=9, before=start)["controls"]
    assert [c["number"] for c in rest["nodes"]] == ["1.1", "1.2", "1.10"]
    assert (rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (True, False)


def test_first_before_a_cursor_and_the_last_of_the_first(ask: Ask) -> None:
    third = ask("{ controls(first: 3) { pageInfo { endCursor } } }")["controls"]["pageInfo"]["endCursor"]
    query = (
        "query($before: String) { controls(first: 3, last: %s, before: $before) { nodes { number } pageInfo { %s } } }"
    )
    assert ask(query % (2, "hasNextPage hasPreviousPage"), before=third) == {
        "controls": {
            "nodes": [{"number": "1.1"}, {"number": "1.2"}],
            "pageInfo": {"hasNextPage": False, "hasPreviousPage": False},
        }
    }
    assert ask(query % (1, "hasPreviousPage"), before=third) == {
        "controls": {"nodes": [{"number": "1.2"}], "pageInfo": {"hasPreviousPage": True}}
    }


def test_first_as_a_variable_without_a_value_is_not_given(ask: Ask) -> None:
    query = "query($first: Int, $last: Int) { controls(first: $first, last: $last) { nodes { number } %s } }"
    found = ask(query % "pageInfo { hasNextPage hasPreviousPage }", last=2)["controls"]
    assert [c["number"] for c in found["nodes"]] == ["2.1", "2.2"]
    assert found["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True}
    both = ask(query % "", first=3, last=2)["controls"]["nodes"]
    assert [c["number"] for c in both] == ["1.2", "1.10"]


@pytest.mark.parametrize("last", [0, -1, 1001])
def test_last_has_a_range(refused: Refused, last: int) -> None:
    code, message = refused("query($n: Int) { controls(last: $n) { totalCount } }", n=last)
    assert code == "BAD_USER_INPUT"
    assert message == f"last is {last}; it can be from 1 to 1000"
