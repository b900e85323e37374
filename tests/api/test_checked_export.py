"""`/export` gives alone what keeps to the shapes: the verdict is found once for each state of the store, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from graph.ledger import put
from graph.records import DocumentFacts
from graph.sqlite.store import SqliteStore
from ontology.checked_export import CheckedExport
from ontology.export import MEDIA_TYPES, export
from ontology.parts import PARTS
from tests.ontology import harbour

ASKED = "/export?format=nquads"
LINES = 12
"""How many the page has."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of the harbour's documents, which keep to the shapes."""
    made = harbour.store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def client(store: SqliteStore, tmp_path: Path) -> TestClient:
    """A client of a server that checks, which has exported nothing yet."""
    return TestClient(create_app(store, Doors(CheckedExport(), MEDIA_TYPES, {}, tmp_path, parts=PARTS, checked=True)))


def behind_the_end() -> DocumentFacts:
    """The page with one more citation, of lines that it does not have."""
    page = harbour.page()
    beyond = replace(page.citations[0], first_line=LINES + 1, last_line=LINES + 2)
    return replace(page, citations=(*page.citations, beyond))


def costs(client: TestClient, store: SqliteStore, asked: str = ASKED, **headers: str) -> tuple[int, int]:
    """The status of an export, and how many statements the store was sent for it."""
    before = store.statements
    status = client.get(asked, headers={name.replace("_", "-"): value for name, value in headers.items()}).status_code
    return status, store.statements - before


def test_what_keeps_to_the_shapes_is_given_as_it_is_written(
    client: TestClient, store: SqliteStore, tmp_path: Path
) -> None:
    with (tmp_path / "export").open("wb") as sink:
        export(store, "nquads", sink)
    assert client.get(ASKED).content == (tmp_path / "export").read_bytes()


@pytest.mark.parametrize("part", ["", "&class=Region", f"&document={harbour.SECRET}"])
def test_what_breaks_a_shape_is_refused_whatever_part_is_wanted(
    client: TestClient, store: SqliteStore, part: str
) -> None:
    put(store, behind_the_end())
    answer = client.get(f"{ASKED}{part}")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/plain; charset=utf-8")
    assert answer.text.startswith("1 breaches of shapes, nothing is written; the first: ")
    assert "is a line of its document" in answer.text
    assert "lines: Page, 13-14, under Below · Top" in answer.text
    assert (answer.headers["cache-control"], "etag" in answer.headers) == ("no-store", False)
    head = client.head(f"{ASKED}{part}")
    assert (head.status_code, head.content) == (500, b"")


def test_the_verdict_is_found_once_for_each_state(client: TestClient, store: SqliteStore) -> None:
    first, again = costs(client, store), costs(client, store)
    assert (first[0], again[0]) == (200, 200)
    assert first[1] > again[1]
    assert costs(client, store) == again
    put(store, behind_the_end())
    refused, kept = costs(client, store), costs(client, store)
    assert (refused[0], kept[0]) == (500, 500)
    assert refused[1] > kept[1]
    put(store, harbour.page())
    assert costs(client, store) == first
    assert costs(client, store) == again


def test_neither_a_head_nor_a_question_whether_it_changed_pays_again(client: TestClient, store: SqliteStore) -> None:
    first = costs(client, store)
    before = store.statements
    tag = client.head(ASKED).headers["etag"]
    assert store.statements - before < first[1]
    assert costs(client, store, If_None_Match=tag) == (304, 1)


def test_exports_that_come_together_wait_for_one_verdict(client: TestClient, store: SqliteStore) -> None:
    alone, kept = costs(client, store)[1], costs(client, store)[1]
    put(store, replace(harbour.page(), recency="2022"))
    before = store.statements
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(client.get, [ASKED] * 4))
    assert [one.status_code for one in found] == [200] * 4
    assert store.statements - before == alone + 3 * kept


def test_a_tag_that_was_given_without_a_check_is_none_of_what_was_checked(store: SqliteStore, tmp_path: Path) -> None:
    put(store, behind_the_end())
    open_ = TestClient(create_app(store, Doors(export, MEDIA_TYPES, {}, tmp_path)))
    closed = TestClient(create_app(store, Doors(CheckedExport(), MEDIA_TYPES, {}, tmp_path, checked=True)))
    answer = open_.get(ASKED)
    assert answer.status_code == 200
    assert open_.get(ASKED, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    assert closed.get(ASKED, headers={"If-None-Match": answer.headers["etag"]}).status_code == 500
