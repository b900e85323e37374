"""Files into facts, one after the other or several side by side in processes; knows no store."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pickle import PicklingError
from typing import Protocol

from graph.errors import InputRefused
from graph.records import FactsRead
from loaders.base import Loader
from loaders.facts import Extraction
from loaders.inputs.documents import Document
from loaders.inputs.sources import Source
from loaders.jsonl import read_facts
from loaders.names.resolution import Names
from loaders.registry import recognise

_AHEAD = 2
"""So many documents for each process are given out before their turn; what is read waits in memory for its turn."""


_UNSENT = (PicklingError, TypeError, AttributeError)
"""What tells that facts can not be sent, as those of a loader from outside; a fault of a loader is met here again."""


class FactsReader(Protocol):
    """What reads files that hold the facts of documents in a form of its own, such as RDF."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of the names of its files."""

    def read(self, content: bytes, where: str) -> FactsRead:
        """The facts of all documents in a file; raises `InputRefused` where it cannot be read whole."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file: the facts of a document, or those that a file of facts holds, or why it is refused.

    `sha256` and `kind` are those of the document as far as it was read.
    """

    where: str
    sha256: str | None = None
    kind: str | None = None
    found: Extraction | FactsRead | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads files with loaders of documents and readers of facts."""

    names: Names
    loaders: Sequence[Loader]
    readers: Sequence[FactsReader] = ()

    def read_all(self, found: Sequence[Source], processes: int) -> Iterator[Reading]:
        """What becomes of each file, in their order; documents are read ahead in so many processes.

        Processes are forks of this one, which has its loaders and their data already: Linux alone has them for sure.
        """
        documents = sum(map(self._is_document, found))
        if min(processes, documents) < _AHEAD or sys.platform != "linux":
            return map(self.read, found)
        return self._side_by_side(found, min(processes, documents))

    def read(self, source: Source) -> Reading:
        """What becomes of a file."""
        try:
            reader = next((reader for reader in self.readers if source.suffix in reader.suffixes), None)
            if reader:
                return Reading(source.where, found=reader.read(source.unpacked(), source.where))
            document = source.read()
        except InputRefused as error:
            return Reading(source.where, refused=why(error, source.where))
        if source.exported or document.written.startswith('{"'):
            return _exported(document, source.where)
        return self._document(document, source.where)

    def _document(self, document: Document, where: str) -> Reading:
        kind = None
        try:
            loader, kind = recognise(document, self.loaders)
            return Reading(where, document.sha256, kind, loader.extract(document, self.names))
        except InputRefused as error:
            return Reading(where, document.sha256, kind, refused=why(error, where))

    def _is_document(self, source: Source) -> bool:
        return not source.exported and all(source.suffix not in reader.suffixes for reader in self.readers)

    def _side_by_side(self, found: Sequence[Source], processes: int) -> Iterator[Reading]:
        """Files of facts are read here, each in its turn: they can be large, and would have to be sent."""
        pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin, (self,))
        ahead: deque[tuple[Source, Future[Reading] | None]] = deque()
        try:
            for source in found:
                ahead.append((source, _given(pool, source) if self._is_document(source) else None))
                if len(ahead) > _AHEAD * processes:
                    yield self._awaited(*ahead.popleft())
            while ahead:
                yield self._awaited(*ahead.popleft())
        finally:
            pool.shutdown(cancel_futures=True)

    def _awaited(self, source: Source, future: Future[Reading] | None) -> Reading:
        """What a process has read of a file; what none could read or send, as where one was killed, is read here."""
        try:
            return future.result() if future else self.read(source)
        except (BrokenProcessPool, *_UNSENT):
            return self.read(source)


def _given(pool: ProcessPoolExecutor, source: Source) -> Future[Reading] | None:
    """The file is given to a process, if there is any."""
    try:
        return pool.submit(_read, source)
    except BrokenProcessPool:
        return None


_reader: Reader | None = None
"""In a process that reads for another one: with what."""


def _begin(reader: Reader) -> None:
    """Takes what the process reads with; an interrupt ends it without a word, as the command has its own."""
    global _reader  # noqa: PLW0603 (a process has no other place for what it begins with)
    _reader = reader
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read(source: Source) -> Reading:
    assert _reader, "the process has begun"
    return _reader.read(source)


def _exported(document: Document, where: str) -> Reading:
    """The facts of a file that an export wrote."""
    try:
        lines = document.written.removesuffix("\n").split("\n")
        return Reading(where, document.sha256, found=FactsRead(read_facts(lines, where)))
    except InputRefused as error:
        return Reading(where, document.sha256, refused=why(error, where))


def cores() -> int:
    """How many processes can compute at one time."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def why(error: InputRefused, where: str) -> str:
    """Why a file is refused, without its name, which stands beside it."""
    return str(error).removeprefix(f"{where}: ")
