"""A request's head that comes too slowly or is too large is refused; the server answers others meanwhile and after."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.facts import served

BYTES = 2_000
LIMITS = {
    "COMPLIANCE_GRAPH_LIMIT_HEAD_SECONDS": "1",
    "COMPLIANCE_GRAPH_LIMIT_HEAD_BYTES": str(BYTES),
    "COMPLIANCE_GRAPH_LIMIT_SECONDS": "3",
}
ENDLESS = quote("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
GET = b"GET /healthz HTTP/1.1\r\nHost: a.example\r\n"
LONG = b"a" * (BYTES + 1)
Address = tuple[str, int]


@pytest.fixture(scope="module")
def address(bundled_address: str) -> Iterator[Address]:
    with served(bundled_address, environment=LIMITS) as base:
        host, _, port = base.removeprefix("http://").partition(":")
        yield host, int(port)
        with urlopen(f"{base}/healthz", timeout=120) as response:
            assert response.status == 200


def answered(client: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    return b"".join(iter(lambda: client.recv(65_536), b""))


@pytest.mark.parametrize(
    ("begun", "status"),
    [
        (b"", b""),
        (b"GET", b"HTTP/1.1 408 "),
        (GET, b"HTTP/1.1 408 "),
        (GET + b"Accept: */*\r\nX", b"HTTP/1.1 408 "),
        (b"GET /" + LONG, b"HTTP/1.1 431 "),
        (GET + b"X: " + LONG + b"\r\n\r\n", b"HTTP/1.1 431 "),
        (GET + b"X: a\r\n" * BYTES, b"HTTP/1.1 431 "),
        (b"\0\r\n\r\n", b"HTTP/1.1 400 "),
    ],
)
def test_a_head_that_is_not_whole_in_time_or_too_large_ends_its_connection(
    address: Address, begun: bytes, status: bytes
) -> None:
    with closing(socket.create_connection(address, timeout=120)) as client:
        client.sendall(begun)
        found = answered(client)
    assert found.startswith(status) and bool(found) == bool(status)
    assert b"connection: close\r\n" in found or not status


def test_a_client_that_says_a_little_now_and_then_is_refused(address: Address) -> None:
    with closing(socket.create_connection(address, timeout=120)) as client:
        client.sendall(GET)
        while True:
            time.sleep(0.2)
            try:
                client.sendall(b"X: a\r\n")
            except OSError:
                break
            client.setblocking(False)
            try:
                found = client.recv(65_536)
                break
            except BlockingIOError:
                client.setblocking(True)
    assert found.startswith(b"HTTP/1.1 408 ")


def test_a_field_without_an_end_is_not_held_in_memory(address: Address) -> None:
    with closing(socket.create_connection(address, timeout=120)) as client:
        client.sendall(GET + b"X: ")
        with pytest.raises(OSError):
            while True:
                client.sendall(b"a" * 65_536)
                time.sleep(0.01)


def test_a_connection_answers_one_request_after_another_and_then_refuses_a_slow_one(address: Address) -> None:
    with closing(socket.create_connection(address, timeout=120)) as client:
        client.sendall((GET + b"\r\n") * 2 + GET)
        found = answered(client)
    assert re.findall(rb"HTTP/1\.1 (\d{3})", found) == [b"200", b"200", b"408"]


def test_a_slow_head_behind_a_slow_answer_is_refused_when_that_has_come(address: Address) -> None:
    slow = f"GET /sparql?query={ENDLESS} HTTP/1.1\r\nHost: a.example\r\n\r\n".encode()
    with closing(socket.create_connection(address, timeout=120)) as client:
        client.sendall(slow + GET)
        found = answered(client)
    assert re.findall(rb"HTTP/1\.1 (\d{3})", found) == [b"504", b"408"]
