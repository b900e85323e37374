"""What was compiled before is taken again for the same question alone: never for other values of variables."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import parse

from api.remembering import Compiled, Selections, inner_variables
from api.schema import Api
from graph.merging import Node
from graph.sqlite.store import SqliteStore
from graph.store import Change

DOCUMENT = """
query Whole($id: ID!, $first: Int = 2, $with: Boolean = true, $where: ControlWhere) {
  node(id: $id) { id ... on Service @include(if: $with) { name assessments(first: $first) { nodes { id } } } }
  controls(first: $first, where: $where) { nodes { id } }
  more: controls(first: 1) { ...More }
}
query Other($id: ID!) { service(id: $id) { id assessments(first: 1) { totalCount } } }
fragment More on ControlConnection { nodes { id tests(first: $first) { nodes { ordinal } } } }
"""


def _values(api: Api) -> list[dict[str, Any]]:
    found = orjson.loads(api.run("{ services(first: 3) { nodes { id } } controls(first: 3) { nodes { id } } }").json())
    services = [node["id"] for node in found["data"]["services"]["nodes"]]
    controls = [node["id"] for node in found["data"]["controls"]["nodes"]]
    more: list[dict[str, Any]] = [{}, {"first": 1}, {"with": False}, {"where": {"id": {"eq": controls[1]}}}]
    return [{"id": id_, **values} for values in more for id_ in (services[0], services[1], controls[0])]


def test_answers_are_those_of_an_api_that_remembers_nothing(store: SqliteStore) -> None:
    known = Api(store)
    asked = [(name, values) for values in _values(known) for name in ("Whole", "Other")]
    answers = [known.run(DOCUMENT, values, name).json() for _ in range(2) for name, values in asked]
    fresh = [Api(store).run(DOCUMENT, values, name).json() for name, values in asked[:6]]
    assert answers[: len(fresh)] == fresh
    assert answers[: len(asked)] == answers[len(asked) :]
    assert len({orjson.dumps(orjson.loads(a).get("data")) for a in answers}) > len(fresh)


def test_arguments_of_root_fields_alone_are_not_inner_variables() -> None:
    document = parse(DOCUMENT.replace("@include(if: $with)", ""))
    assert inner_variables(document, "Other") == ("first",)
    assert inner_variables(parse("query ($a: ID!, $b: Boolean!) { node(id: $a) @skip(if: $b) { id } }"), None) == ("b",)


def _compiled(selections: Selections, variables: dict[str, Any], fields: int = 1) -> Compiled:
    return Compiled(selections, _DOCUMENT, None, variables, fields)


_DOCUMENT = parse("query ($id: ID!) { node(id: $id) { id } }")


def test_what_is_asked_for_last_is_kept_up_to_so_many_fields() -> None:
    selections, made = Selections(fields=3), list[str]()

    def made_now(id_: str) -> str:
        made.append(id_)
        return id_

    for id_ in ("a", "b", "a", "c", "a", "d", "a", "b"):
        assert _compiled(selections, {"id": id_}).whole(("node",), partial(made_now, id_)) == id_
    assert made == ["a", "b", "c", "d", "b"]


def test_long_values_of_variables_leave_room_for_few() -> None:
    selections, made = Selections(fields=1000), list[str]()

    def made_now(id_: str) -> str:
        made.append(id_[:1])
        return id_

    for id_ in ("a" * 60_000, "b" * 60_000, "a" * 60_000):
        _compiled(selections, {"id": id_}).whole(("node",), partial(made_now, id_))
    assert made == ["a", "b", "a"]


@pytest.mark.parametrize("value", [2**70, "\ud800", "text"])
def test_any_value_of_a_variable_can_be_told_from_others(value: object) -> None:
    selections = Selections(fields=10)
    assert _compiled(selections, {"id": value}).whole(("node",), lambda: "one") == "one"
    assert _compiled(selections, {"id": repr(value)}).whole(("node",), lambda: "other") == "other"


def test_a_known_question_is_answered_by_what_the_store_holds_now(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db")
    store.prepare()
    api, told = Api(store), []
    for names in (["One"], [], ["Two", "Three"]):
        store.apply(Change([Node("Policy", f"policy/{name.lower()}", {"name": name}) for name in names]))
        told += [orjson.loads(api.run("{ policies(first: 2) { nodes { name } } }").json()) for _ in range(2)]
    store.close()
    assert [[n["name"] for n in answer["data"]["policies"]["nodes"]] for answer in told] == [
        *[["One"]] * 4,
        *[["One", "Three"]] * 2,
    ]


def test_a_known_question_that_has_become_ambiguous_is_refused_as_any_other(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.db")
    store.prepare()
    api = Api(store)
    told = []
    for key in ("one", "two"):
        store.apply(Change([Node("Policy", f"policy/{key}", {"name": "Access"})]))
        told += [api.run('{ policy(name: "Access") { id } }').json() for _ in range(2)]
    fresh = Api(store).run('{ policy(name: "Access") { id } }').json()
    store.close()
    assert orjson.loads(told[1])["data"] == {"policy": {"id": "policy/one"}}
    assert told[2] == told[3] == fresh
    assert orjson.loads(fresh)["errors"][0]["extensions"]["code"] == "AMBIGUOUS"
