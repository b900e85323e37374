"""What the page about queries shows is what a reader gets, from either store."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from api.schema import Api
from graph.store import Store
from tests.facts import CHECKOUT, LoadedServer

PAGE = (CHECKOUT / "docs" / "queries.md").read_text("utf-8")
SHOWN = re.findall(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


def data(store: Store, query: str) -> Any:
    body = json.loads(Api(store).run(query).json())
    assert "errors" not in body, body["errors"]
    return body["data"]


def test_every_question_is_shown_with_its_answer() -> None:
    assert len(SHOWN) == PAGE.count("```graphql") == PAGE.count("```json") > 3


@pytest.mark.parametrize(("query", "answer"), SHOWN)
def test_sqlite_gives_the_answer_that_is_shown(bundled_store: Store, query: str, answer: str) -> None:
    assert data(bundled_store, query) == json.loads(answer)


@pytest.mark.parametrize(("query", "answer"), SHOWN)
def test_neo4j_gives_the_answer_that_is_shown(neo4j_loaded: LoadedServer, query: str, answer: str) -> None:
    assert data(neo4j_loaded.store, query) == json.loads(answer)
