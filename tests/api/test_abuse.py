"""Requests that are meant to hurt are refused with a stable code before the store is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.graphql_http import JSON
from api.limits import Limits
from graph.sqlite.store import SqliteStore
from ontology.export import MEDIA_TYPES, export
from tests.api.abuse import Abuse, abuses, spreads

ADDRESS_MOST = 16_000
"""What the test client puts into an address."""


@pytest.fixture(scope="module")
def client(store: SqliteStore, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of the application."""
    return TestClient(create_app(store, Doors(export, MEDIA_TYPES, {}, Path(tmp_path_factory.mktemp("pages")))))


@pytest.mark.parametrize("abuse", list(abuses()), ids=lambda abuse: abuse.name)
def test_it_is_refused_with_its_code_and_the_store_is_not_asked(
    client: TestClient, store: SqliteStore, abuse: Abuse
) -> None:
    before = store.statements
    answer = client.post("/graphql", content=abuse.body, headers=abuse.all_headers())
    codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
    assert (answer.status_code, codes) == (abuse.status, {abuse.code})
    assert store.statements == before


def by_address(abuse: Abuse) -> dict[str, str] | None:
    """The same question as parameters of an address, where the body is one that can be read."""
    try:
        body = orjson.loads(abuse.body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(body, dict) or abuse.status != 200 or len(abuse.body) > ADDRESS_MOST:
        return None
    return {"query": body["query"], "variables": json.dumps(body.get("variables") or {})}


@pytest.mark.parametrize("abuse", [one for one in abuses() if by_address(one)], ids=lambda abuse: abuse.name)
def test_an_address_is_refused_as_a_body_is(client: TestClient, store: SqliteStore, abuse: Abuse) -> None:
    before = store.statements
    answer = client.get("/graphql", params=by_address(abuse))
    codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
    assert (codes <= {abuse.code, "METHOD_NOT_ALLOWED"}, answer.headers.get("etag")) == (True, None)
    assert store.statements - before == (1 if abuse.code == "BAD_USER_INPUT" else 0)


@pytest.mark.parametrize("address", ["/graphql?query=%ff", "/saved/none?x=%ff", "/graphql?query={a}&variables=%c3"])
def test_an_address_that_is_no_utf_8_is_refused(client: TestClient, address: str) -> None:
    answer = client.get(address)
    code = answer.json()["errors"][0]["extensions"]["code"]
    assert (answer.status_code, code) in [(400, "BAD_REQUEST"), (404, "NOT_FOUND")]


def test_the_exponential_document_is_as_small_as_it_is_said_to_be() -> None:
    assert len(spreads()) <= 732


def test_a_body_that_does_not_come_is_not_waited_for(store: SqliteStore, tmp_path: Path) -> None:
    doors = Doors(export, MEDIA_TYPES, {}, tmp_path, limits=Limits(body_seconds=0.05))
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        if sent:
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-type", JSON.encode()), (b"content-length", b"20")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers, "query_string": b""}

    async def answered() -> None:
        await create_app(store, doors)(scope, receive, send)

    asyncio.run(answered())
    start, body = sent[:2]
    (error,) = orjson.loads(body["body"])["errors"]
    assert (start["status"], error["extensions"]["code"]) == (408, "BODY_TOO_SLOW")
    assert (b"connection", b"close") in start["headers"]
