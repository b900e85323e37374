"""An answer that leaves while it is written: the client reads behind the writer, from a file that nobody else sees."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from io import RawIOBase
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any, cast

from starlette.concurrency import run_in_threadpool

_PIECE = 256 * 1024
_WRITERS = 8

Produce = Callable[[IO[bytes]], None]


class Abandoned(Exception):
    """Nobody reads any more what is written."""


class Spool(RawIOBase):
    """A file that one thread writes and another reads behind it; `wake` is called when there is a piece more.

    The writer never waits for the reader, so that what it reads from, a transaction of the store, ends as soon as it
    can; a slow client costs room on the disk alone.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        super().__init__()
        self._wake = wake
        self._file = TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._lock = Lock()
        self._read = self._written = self._told = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: Any) -> int:
        """Adds to the end; raises `Abandoned` when the reader has closed the file."""
        with self._lock:
            if self.closed:
                raise Abandoned
            self._file.seek(self._written)
            self._written += self._file.write(content)
            full = self._written - self._told >= _PIECE
        if full:
            self._told = self._written
            self._wake()
        return len(content)

    def next_piece(self) -> bytes:
        """What stands behind the last piece, nothing where there is no more yet."""
        with self._lock:
            self._file.seek(self._read)
            piece = self._file.read(min(_PIECE, self._written - self._read))
        self._read += len(piece)
        return piece

    def close(self) -> None:
        """Gives the room back; the writer is stopped at its next word."""
        with self._lock:
            super().close()
            self._file.close()


class Streaming:
    """Writers of answers, a few at a time."""

    def __init__(self) -> None:
        self._writers = ThreadPoolExecutor(_WRITERS, "writer")

    async def stream(self, produce: Produce) -> AsyncGenerator[bytes, None]:
        """The content that `produce` writes; what it raises before a first piece is full is raised here.

        What it raises later ends the iterator, so that the answer breaks off and no client takes it for whole.
        """
        pieces = self._pieces(produce)
        return _after(await anext(pieces, b""), pieces)

    def close(self) -> None:
        """Lets writers that still run end by themselves."""
        self._writers.shutdown(wait=False)

    async def _pieces(self, produce: Produce) -> AsyncGenerator[bytes, None]:
        loop, more = asyncio.get_running_loop(), asyncio.Event()
        with closing(Spool(lambda: _wake(loop, more))) as spool:
            writer = loop.run_in_executor(self._writers, produce, cast(IO[bytes], spool))
            writer.add_done_callback(lambda done: _ended(done, more))
            while True:
                await more.wait()
                more.clear()
                if ended := writer.done():
                    writer.result()
                while piece := await run_in_threadpool(spool.next_piece):
                    yield piece
                if ended:
                    return


async def _after(first: bytes, pieces: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """All pieces; where the client goes, the file is closed at once and not when the garbage is collected."""
    async with aclosing(pieces):
        yield first
        async for piece in pieces:
            yield piece


def _wake(loop: asyncio.AbstractEventLoop, more: asyncio.Event) -> None:
    loop.call_soon_threadsafe(more.set)


def _ended(writer: asyncio.Future[None], more: asyncio.Event) -> None:
    """Looks at the error too, of which nobody hears any more where the client has gone."""
    if not writer.cancelled():
        writer.exception()
    more.set()
