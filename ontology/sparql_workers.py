"""The other end of the process that answers SPARQL: it is started, filled, asked, and closed here."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from threading import Lock

import orjson
from pyoxigraph import Quad, RdfFormat, serialize

from graph.errors import AnswerTooLarge, BadQuery, QueryFailed, QueryTimedOut
from ontology.sparql_process import NUMBER, SPLIT, Terms, request, written
from ontology.sparql_text import Asked


class Worker:
    """One process that answers one query at a time."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self.number = number

    def ask(self, asked: Asked, media: str) -> tuple[dict[str, object], bytes]:
        """What is told of the answer, and the answer; raises `EOFError` or `OSError` where the process ended."""
        self._connection.send_bytes(request(asked, media))
        told: dict[str, object] = orjson.loads(self._connection.recv_bytes())
        return told, self._connection.recv_bytes()

    def close(self) -> None:
        """Lets it go."""
        self._connection.close()


class Workers:
    """A process that holds triples, and the workers that it splits off; every method may be called by any thread."""

    def __init__(self, quads: Iterable[Quad], terms: Terms) -> None:
        self._terms = terms
        self._control, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "ontology.sparql_process", str(theirs.fileno()), written(terms)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[theirs.fileno()])
        theirs.close()
        self._lock = Lock()
        self._idle: list[Worker] = []
        with ExitStack() as undone:
            undone.callback(self.close)  # whatever goes wrong, no process stays
            undone.callback(self._process.kill)
            self._fill(quads)
            undone.pop_all()

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def answer(self, asked: Asked, media: str) -> bytes:
        """The answer in that media type; raises `BadQuery`, `QueryTimedOut`, `AnswerTooLarge` and `QueryFailed`."""
        worker = self._worker()
        try:
            told, content = worker.ask(asked, media)
        except (EOFError, OSError) as error:
            raise self._death(worker) from error
        if told["last"]:
            self._death(worker)
        else:
            self._idle.append(worker)
        return _checked(told, content)

    def close(self) -> None:
        """Ends the process and all workers, those that are busy too."""
        self._control.close()
        for worker in self._idle:
            worker.close()
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def _fill(self, quads: Iterable[Quad]) -> None:
        assert self._process.stdin is not None
        try:
            with self._process.stdin as sink:
                serialize(quads, sink, RdfFormat.N_QUADS)
        except BrokenPipeError as error:
            raise QueryFailed(None) from error
        self._number()

    def _worker(self) -> Worker:
        try:
            return self._idle.pop()
        except IndexError:
            ours, theirs = socket.socketpair()
            with theirs:
                number = self._order(SPLIT, theirs.fileno())
            return Worker(Connection(ours.detach()), number)

    def _death(self, worker: Worker) -> QueryTimedOut | QueryFailed:
        """How a worker ended."""
        worker.close()
        status = self._order(worker.number)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
            return QueryTimedOut("SPARQL")
        return QueryFailed(self._terms.bounds.memory)

    def _order(self, number: int, *descriptors: int) -> int:
        with self._lock:
            try:
                socket.send_fds(self._control, [NUMBER.pack(number)], descriptors)
                return self._number()
            except OSError as error:
                raise QueryFailed(None) from error

    def _number(self) -> int:
        told = self._control.recv(NUMBER.size)
        if len(told) < NUMBER.size:
            raise QueryFailed(None)
        return int(NUMBER.unpack(told)[0])


def _checked(told: dict[str, object], content: bytes) -> bytes:
    match told:
        case {"bad": [str(why), (int() | None) as line, (int() | None) as column]}:
            raise BadQuery(why, line, column)
        case {"large": int(most)}:
            raise AnswerTooLarge(most)
    return content
