"""What the store says of itself: counts, loads, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.limits import Limits
from api.schema import Api
from graph.model import MODEL
from graph.sqlite.store import SqliteStore
from loaders.pipeline import LoadOptions, load
from tests.loaders.stated import FIXTURES

Ask = Callable[..., Any]


def test_stats_count_every_label_and_type(ask: Ask, store: SqliteStore) -> None:
    found = ask("{ stats { nodes relationships labels { label count } types { type count } } }")["stats"]
    nodes, edges = store.counts()
    assert [entry["count"] for entry in found["labels"]] == list(nodes.values())
    assert {entry["type"]: entry["count"] for entry in found["types"]} == edges
    assert (found["nodes"], found["relationships"]) == (sum(nodes.values()), sum(edges.values()))
    assert {"CONTROL_TEST", "ENTITY"} & {entry["label"] for entry in found["labels"]} == {"CONTROL_TEST"}


def test_a_store_that_records_no_load_says_so(ask: Ask) -> None:
    query = "{ loadStatus { complete startedAt lastRun { id } message documents { title } } }"
    assert ask(query)["loadStatus"] == {
        "complete": None,
        "startedAt": None,
        "lastRun": None,
        "message": "The store records no load; what is missing cannot be told. `cg load` records one.",
        "documents": [
            {"title": "Compliance page"},
            {"title": "SOC 1 report"},
        ],
    }


@pytest.mark.parametrize("complete", [True, False])
def test_the_last_load_is_told(tmp_path: Path, complete: bool) -> None:
    store = SqliteStore(tmp_path / "loaded.db")
    store.prepare()
    (tmp_path / "broken.txt").write_text("Nothing that a loader knows.")
    paths = [FIXTURES / "soc_3_nimbus.txt", *([] if complete else [tmp_path / "broken.txt"])]
    load(paths, store, LoadOptions())
    query = "{ loadStatus { complete loaderVersion message lastRun { documents } documents { sha256 } } }"
    found = orjson.loads(Api(store).run(query).json())["data"]["loadStatus"]
    store.close()
    assert found["complete"] is complete
    assert found["message"].startswith("The last load was complete." if complete else "The last load was not complete")
    assert found["lastRun"]["documents"] == [document["sha256"] for document in found["documents"]]


def test_every_limit_is_published(ask: Ask) -> None:
    names = "headBytes headSeconds bodyBytes bodySeconds tokens depth fields aliases directives repeats nodes page"
    names += (
        " pageDefault ids whereLevels whereBranches inValues orderKeys orderRelations searchWords seconds responseBytes"
    )
    names += " together sparqlTogether sparqlMemoryBytes"
    found = ask(f"{{ limits {{ {names} }} }}")["limits"]
    assert list(found.values()) == [getattr(Limits(), f.name) for f in fields(Limits)]


def test_every_label_is_in_the_enum_of_entity_types(api: Api) -> None:
    values = api.schema.type_map["EntityType"].values  # type: ignore[attr-defined]
    assert list(values) == [node.prefix.replace("-", "_").upper() for node in MODEL.nodes]
