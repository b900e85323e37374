"""`/export` as a client has it: streamed, in parts, compressed, and broken off where it could not be finished."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Event
from typing import IO

import pytest
from starlette.testclient import TestClient

from api.app import Doors, create_app
from api.packing import takes_gzip
from api.streaming import Abandoned, Streaming
from graph.sqlite.store import SqliteStore
from graph.store import Store
from ontology.data import SUFFIXES
from ontology.export import MEDIA_TYPES, Format, export
from ontology.parts import PARTS

PIECE = b"x" * 300_000
PRODUCT = "compliance-graph"


@pytest.fixture(scope="module")
def client(store: SqliteStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the application over both documents."""
    doors = Doors(export, MEDIA_TYPES, {}, tmp_path_factory.mktemp("pages"), parts=PARTS)
    yield TestClient(create_app(store, doors))


@pytest.mark.parametrize("format_", list(MEDIA_TYPES))
def test_what_http_gives_is_what_the_export_writes(
    client: TestClient, store: SqliteStore, format_: str, tmp_path: Path
) -> None:
    with (tmp_path / "export").open("wb") as sink:
        export(store, format_, sink)
    plain = client.get("/export", params={"format": format_}, headers={"Accept-Encoding": "identity"})
    assert plain.content == (tmp_path / "export").read_bytes()
    media = plain.headers["content-type"].removesuffix("; charset=utf-8")
    assert media == MEDIA_TYPES[format_]
    name = plain.headers["content-disposition"].removeprefix("attachment; filename=").strip('"')
    assert (name.partition(".")[0], SUFFIXES[f".{name.partition('.')[2]}"]) == (PRODUCT, Format(format_).rdf)


def test_it_is_packed_where_the_client_takes_it_with_a_tag_of_its_own(client: TestClient) -> None:
    asked = {"format": "nquads", "class": "Service"}
    plain = client.get("/export", params=asked, headers={"Accept-Encoding": "identity"})
    with client.stream("GET", "/export", params=asked, headers={"Accept-Encoding": "br, gzip;q=0.5"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert gzip.decompress(packed) == plain.content
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert answer.headers["etag"] != plain.headers["etag"]
    with client.stream("GET", "/export", params=asked, headers={"Accept-Encoding": "gzip"}) as again:
        assert b"".join(again.iter_raw()) == packed
    had = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["etag"]}
    assert client.get("/export", params=asked, headers=had).status_code == 304
    lines = [("Accept-Encoding", "br"), ("Accept-Encoding", "gzip")]
    assert client.get("/export", params=asked, headers=lines).headers["etag"] == answer.headers["etag"]


def test_a_part_is_asked_for_by_parameters(client: TestClient) -> None:
    whole, part = (client.get("/export", params={"format": "nquads", **p}) for p in ({}, {"class": "Region"}))
    assert set(part.text.splitlines()) < set(whole.text.splitlines())
    assert "nw-harbour-1" in part.text


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("format=trig&class=Servise", "the nearest is Service"),
        ("format=trig&graph=x", "graph/identity"),
        ("format=", "format ''"),
        ("format=trig&klass=Service", "klass is no parameter"),
        ("format=trig&format=turtle", "there twice"),
        ("format=trig&class=Service&document=a", "one of graph"),
        ("format=trig&class=", "class '' is none"),
        ("format=trig&graph=", "graph '' is none"),
        ("format=trig&document=", "document '' is no document"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(client: TestClient, parameters: str, said: str) -> None:
    answer = client.get(f"/export?{parameters}")
    assert (answer.status_code, said in answer.text) == (400, True), answer.text
    assert client.head(f"/export?{parameters}").status_code == 400


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/turtle;version=1.2, text/turtle;q=0.1", "text/turtle;version=1.2; charset=utf-8"),
        ("text/html, application/n-triples;q=0.1", "application/n-triples"),
        ("*/*", "application/trig"),
        (None, "application/trig"),
    ],
)
def test_without_a_format_it_is_negotiated(client: TestClient, accept: str | None, media: str) -> None:
    headers = {"Accept": accept} if accept else {}
    request = client.build_request("GET", "/export", params={"class": "Region"}, headers=headers)
    if accept is None:
        del request.headers["Accept"]
    answer = client.send(request)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert (
        client.get("/export", params={"format": "nquads"}, headers={"Accept": "text/turtle"}).headers["content-type"]
        == "application/n-quads"
    )


def test_what_accepts_no_rdf_gets_the_list_of_formats(client: TestClient) -> None:
    answer = client.get("/export", headers={"Accept": "text/html"})
    assert (answer.status_code, "application/trig;version=1.2" in answer.text) == (406, True)


def test_a_head_has_the_fields_of_the_answer_and_no_content(client: TestClient) -> None:
    asked = "/export?format=turtle&class=Service"
    head, answer = client.head(asked), client.get(asked)
    told = ("content-type", "content-disposition", "content-encoding", "etag", "vary", "cache-control")
    assert [head.headers.get(name) for name in told] == [answer.headers.get(name) for name in told]
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("GZIP;q=0.1, br", True),
        ("*", True),
        ("x-gzip", True),
        ("gzip;q=0, *", False),
        ("gzip;q=x", False),
        ("br", False),
        ("", False),
        (None, False),
    ],
)
def test_gzip_is_for_those_who_take_it(accepted: str | None, taken: bool) -> None:
    assert takes_gzip(accepted) is taken


def test_the_first_piece_leaves_before_the_last_is_written() -> None:
    go_on = Event()

    def produce(sink: IO[bytes]) -> None:
        sink.write(PIECE)
        assert go_on.wait(10)
        sink.write(b"end")

    async def read() -> bytes:
        found = await Streaming().stream(produce)
        first = await anext(found)
        go_on.set()
        return bytes(first + b"".join([piece async for piece in found]))

    assert asyncio.run(read()) == PIECE + b"end"


def test_an_answer_that_cannot_be_finished_breaks_off() -> None:
    def produce(sink: IO[bytes]) -> None:
        sink.write(PIECE * 2)
        raise RuntimeError("the store went away")

    async def read() -> None:
        async for _ in await Streaming().stream(produce):
            pass

    with pytest.raises(RuntimeError, match="went away"):
        asyncio.run(read())


def test_a_writer_whose_client_has_gone_is_stopped() -> None:
    stopped, go_on = Event(), Event()

    def produce(sink: IO[bytes]) -> None:
        try:
            sink.write(PIECE)
            assert go_on.wait(10)
            sink.write(PIECE)
        except Abandoned:
            stopped.set()

    async def leave() -> None:
        found = await Streaming().stream(produce)
        await anext(found)
        await found.aclose()
        go_on.set()

    asyncio.run(leave())
    assert stopped.wait(10)


def test_a_store_that_fails_at_once_is_told_by_the_status(store: SqliteStore, tmp_path: Path) -> None:
    def fails(found: Store, format_: str, sink: IO[bytes], /, *, wanted: Mapping[str, str]) -> None:
        sink.write(b"something")
        raise RuntimeError("at once")

    client = TestClient(create_app(store, Doors(fails, MEDIA_TYPES, {}, tmp_path)), raise_server_exceptions=False)
    assert client.get("/export?format=trig").status_code == 500
