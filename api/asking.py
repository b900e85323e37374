"""The application asked within its own process, as a client asks it over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.types import ASGIApp

_HOST = "localhost"


@dataclass(frozen=True, slots=True)
class Answered:
    """The status, the fields and the content of an answer."""

    status: int
    fields: Mapping[str, str]
    content: bytes

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return self.fields.get("content-type", "").partition(";")[0]


async def asked(app: ASGIApp, path: str, accept: str) -> Answered:
    """The answer to a GET of a path, percent-encoded as in an address, by who accepts that."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(_scope(path, {"host": _HOST, "accept": accept}), receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in sent)
    return Answered(start["status"], _fields(start["headers"]), content)


def _scope(path: str, fields: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in fields.items()],
        "client": (_HOST, 0),
        "server": (_HOST, 80),
    }


def _fields(given: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode().lower(): value.decode() for name, value in given}
