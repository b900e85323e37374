"""The API over both documents of the invented provider, in a SQLite file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

from api.schema import Api
from graph.ledger import put
from graph.sqlite.store import SqliteStore
from tests.northwind import page, report


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store that holds the report and the page."""
    made = SqliteStore(tmp_path_factory.mktemp("store") / "northwind.db")
    made.prepare()
    for facts in (report(), page()):
        put(made, facts)
    yield made
    made.close()


@pytest.fixture(scope="session")
def api(store: SqliteStore) -> Api:
    """The API over that store."""
    return Api(store)


@pytest.fixture
def ask(api: Api) -> Callable[..., Any]:
    """Asks a question and answers its data; an error fails the test."""

    def asked(query: str, **variables: Any) -> Any:
        body = orjson.loads(api.run(query, variables).json())
        assert "errors" not in body, body["errors"]
        return body["data"]

    return asked


@pytest.fixture
def refused(api: Api) -> Callable[..., tuple[str, str]]:
    """Asks what is refused, and answers the code and the message of the only error."""

    def asked(query: str, **variables: Any) -> tuple[str, str]:
        (error,) = orjson.loads(api.run(query, variables).json())["errors"]
        return error["extensions"]["code"], error["message"]

    return asked
