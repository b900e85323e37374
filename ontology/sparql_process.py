"""The process in which SPARQL is answered: it is filled once, then splits off one worker after another.

A query cannot be stopped from within: the engine has no way to be told. So it runs in a process that the system ends
when its time is over, and that shares the memory of the triples with all others. What a query brings down (too much
memory, a parser that nests too deep) ends there too, and no worker can open a file or a connection.

Run as a program with the number of a connected Unix socket. Standard input has the triples as N-Quads; the socket then
has their number, and takes orders, each a number: 0 beside the descriptor of a socket splits off a worker on it and
answers the worker's number; any other is the number of a worker, and answers how it ended. When the socket closes, all
end.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import orjson
from pyoxigraph import RdfFormat, Store

from graph.errors import AnswerTooLarge, BadQuery
from ontology.sparql_evaluation import evaluate
from ontology.sparql_text import Asked

NUMBER = struct.Struct("!q")
SPLIT = 0

_GROWN = 64 << 20
"""A worker that has taken so much memory for a query answers no other: it would keep it."""
_SIZE = Path("/proc/self/statm")
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may take: seconds, bytes of memory (where the system counts them), bytes of its answer."""

    seconds: float | None = None
    memory: int | None = None
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What all workers are held to, and what they need to read and write: prefixes, the base of relative IRIs."""

    bounds: Bounds
    prefixes: Mapping[str, str]
    base: str


def written(terms: Terms) -> str:
    """The terms as the program's second argument."""
    return orjson.dumps(asdict(terms)).decode()


def request(asked: Asked, media: str) -> bytes:
    """The message to a worker that asks for an answer in that media type."""
    return orjson.dumps({"asked": asdict(asked), "media": media})


def main() -> None:
    """Fills a store from standard input, then obeys the socket until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    control, terms = socket.socket(fileno=int(sys.argv[1])), _terms(sys.argv[2])
    store = Store()
    store.bulk_load(sys.stdin.buffer, format=RdfFormat.N_QUADS)
    gc.collect()
    gc.freeze()
    control.sendall(NUMBER.pack(len(store)))
    for worker in _obey(control, store, terms):
        os.kill(worker, signal.SIGKILL)


def _terms(text: str) -> Terms:
    given = orjson.loads(text)
    return Terms(Bounds(**given["bounds"]), given["prefixes"], given["base"])


def _obey(control: socket.socket, store: Store, terms: Terms) -> set[int]:
    """Obeys until the socket closes; the workers that live then."""
    workers = set[int]()
    while True:
        order, descriptors, _, _ = socket.recv_fds(control, NUMBER.size, 1)
        if len(order) < NUMBER.size:
            return workers
        (number,) = NUMBER.unpack(order)
        if number == SPLIT:
            number = _split(control, descriptors[0], store, terms)
            workers.add(number)
            control.sendall(NUMBER.pack(number))
        else:
            workers.discard(number)
            control.sendall(NUMBER.pack(os.waitpid(number, 0)[1]))


def _split(control: socket.socket, descriptor: int, store: Store, terms: Terms) -> int:
    worker = os.fork()
    if worker:
        os.close(descriptor)
        return worker
    control.close()
    _limit(terms.bounds)
    with Connection(descriptor) as connection:
        _answer_all(connection, store, terms)
    os._exit(0)


def _limit(bounds: Bounds) -> None:
    """No new file, socket or core file; no more memory than is allowed beside that of the triples."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a native library that aborts writes there, past the log
    if bounds.memory is not None and _SIZE.is_file():
        pages = int(_SIZE.read_text().split()[0])
        most = pages * resource.getpagesize() + bounds.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def _answer_all(connection: Connection, store: Store, terms: Terms) -> None:
    """Answers until the connection closes, a query has taken much memory, or its data set has changed the store."""
    most, last = _peak() + _GROWN, False
    while not last:
        try:
            given = orjson.loads(connection.recv_bytes())
        except EOFError:
            return
        asked = Asked(**given["asked"])
        told, content = _answer(store, asked, given["media"], terms)
        last = asked.merges or _peak() > most
        connection.send_bytes(orjson.dumps({**told, "last": last}))
        connection.send_bytes(content)


def _answer(store: Store, asked: Asked, media: str, terms: Terms) -> tuple[dict[str, object], bytes]:
    signal.setitimer(signal.ITIMER_REAL, terms.bounds.seconds or 0)  # its signal ends the process
    try:
        return {}, evaluate(store, asked, media, terms.bounds.answer, terms.prefixes, terms.base)
    except BadQuery as error:
        return {"bad": (error.why, error.line, error.column)}, b""
    except AnswerTooLarge as error:
        return {"large": error.most}, b""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


if __name__ == "__main__":
    main()
