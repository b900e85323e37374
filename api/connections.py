"""Connections of clients: how long the head of a request may take to come, and how large it may be."""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.limits import Limits


def connection(limits: Limits) -> type[HttpToolsProtocol]:
    """The protocol of one connection under the limits, for uvicorn's `http`."""
    bounds = {"head_seconds": limits.head_seconds, "head_bytes": limits.head_bytes}
    return type(Connection.__name__, (Connection,), bounds)


class Connection(HttpToolsProtocol):
    """A connection on which a head that is too slow is answered 408, one that is too large 431 (RFC 9110, RFC 6585).

    A client that connects and says nothing is left without a word. How long a connection may rest between requests is
    uvicorn's own setting.
    """

    head_seconds: float
    head_bytes: int
    _head = 0
    _waiting = 0
    _open = False
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._unwatch()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        begun = self._open
        super().data_received(data)
        if not self._open or self.transport.is_closing():
            return
        self._waiting += len(data) if begun else 0  # the parser tells of a field when it has all of it
        if self._waiting > self.head_bytes:
            self._refuse_large()
        elif self._timer is None:
            self._watch()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._open, self._head, self._waiting = True, 0, 0

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._open = False
        self._unwatch()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """The parser's complaint, or ours of a head that is too large, which ends the parser in the same way."""
        if self._head > self.head_bytes:
            self._refuse_large()
        else:
            super().send_400_response(msg)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > self.head_bytes:
            raise ValueError  # it ends the parser, which hands it to `send_400_response`

    def _watch(self) -> None:
        self._timer = self.loop.call_later(self.head_seconds, self._late)

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        if self._is_answering():
            self._watch()
        elif self._open:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, f"the head did not come within {self.head_seconds} seconds")
        else:
            self.transport.close()

    def _is_answering(self) -> bool:
        """Whether the answer to a request before is still on its way."""
        return bool(self.cycle) and not self.cycle.response_complete

    def _refuse_large(self) -> None:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        self._refuse(status, f"a request's head has at most {self.head_bytes} bytes")

    def _refuse(self, status: HTTPStatus, said: str) -> None:
        """Ends the connection, and says why unless that would stand in the middle of another answer."""
        if self._is_answering():
            self.transport.close()
            return
        lines = (
            f"HTTP/1.1 {status.value} {status.phrase}",
            "content-type: text/plain; charset=utf-8",
            f"content-length: {len(said)}",
            "connection: close",
        )
        self.transport.write("\r\n".join((*lines, "", said)).encode("ascii"))
        self.transport.close()
