"""A client of little cost: one connection that stays open, answers parsed by httptools, the body as it comes."""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from typing import Any

import httptools
import orjson

SECONDS = 120
SECONDS_KEPT = 3
"""After so long without a question a new connection is made, before the server ends the old one."""


class Client:
    """One connection to a GraphQL server on this machine."""

    def __init__(self, port: int, path: str) -> None:
        self._port, self._path = port, path
        self._socket = self._connected()
        self._used = time.monotonic()

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()

    def ask(self, query: str, variables: Mapping[str, Any], *headers: str) -> bytes:
        """The body of the answer; `ValueError` for any status but 200, with what was answered."""
        body = orjson.dumps({"query": query, "variables": dict(variables)})
        lines = [
            f"POST {self._path} HTTP/1.1",
            "host: localhost",
            "content-type: application/json",
            f"content-length: {len(body)}",
            *headers,
        ]
        if time.monotonic() - self._used > SECONDS_KEPT:
            self.close()
            self._socket = self._connected()
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = self._answer()
        self._used = time.monotonic()
        return answer

    def _connected(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self._port), SECONDS)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def _answer(self) -> bytes:
        answer = _Answer()
        parser = httptools.HttpResponseParser(answer)
        while not answer.complete:
            piece = self._socket.recv(1 << 20)
            if not piece:
                raise ValueError("the server closed the connection")
            parser.feed_data(piece)
        body = b"".join(answer.pieces)
        if parser.get_status_code() != 200:
            raise ValueError(f"status {parser.get_status_code()}: {body[:300]!r}")
        return body


class _Answer:
    """What the parser of httptools calls while it reads an answer."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.complete = False

    def on_body(self, piece: bytes) -> None:
        self.pieces.append(piece)

    def on_message_complete(self) -> None:
        self.complete = True
