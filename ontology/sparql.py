"""SPARQL over what `/export` gives: the triples of one state of a store, held until the state is another."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter

from pyoxigraph import NamedNode, Quad

from graph.errors import StoreChanging
from graph.state import loaded, steady
from graph.store import Reader
from ontology.facts import Fact, facts
from ontology.namespaces import DEFAULT_BASE, EXPORTED, prefixes
from ontology.sparql_description import description
from ontology.sparql_evaluation import GRAPHS, RESULTS
from ontology.sparql_process import Bounds, Terms
from ontology.sparql_text import Asked, read
from ontology.sparql_workers import Workers
from ontology.things import Things

_LOG = logging.getLogger("compliance_graph.sparql")
_TIMES = 3


@dataclass(slots=True)
class Held:
    """The triples of one state, how many are in each graph (all of them under None), and who is asking."""

    state: str | None
    workers: Workers
    counts: Mapping[NamedNode | None, int]
    users: int = field(default=0)


class Engine:
    """Answers SPARQL over a store; every method may be called by any thread.

    The default graph is the union of the named graphs, in which each triple stands once. Wording that only restricted
    documents state is there `with_quotes` alone. A query that comes after a load waits until the new facts are there,
    and is never answered from the old ones; what is being answered then is answered from those it began with.
    """

    results = tuple(RESULTS)
    """The media types in which rows, yes and no are written; the first one where all are as good."""
    graphs = tuple(GRAPHS)
    """Those of graphs."""

    def __init__(self, reader: Reader, bounds: Bounds, *, with_quotes: bool = False, base: str = DEFAULT_BASE) -> None:
        self._reader = reader
        self._terms = Terms(bounds, prefixes(EXPORTED), base)
        self._with_quotes = with_quotes
        self._building, self._lock = Lock(), Lock()
        self._held: Held | None = None

    def read(self, text: str, default_graphs: tuple[str, ...] = (), named_graphs: tuple[str, ...] = ()) -> Asked:
        """The query in a text, on the data set of those graphs where any are named; raises `BadQuery`."""
        return read(text, default_graphs, named_graphs, self._terms.base)

    def state(self) -> str | None:
        """The state of the store: what decides every answer that does not change by itself."""
        with self._reader.snapshot() as snapshot:
            return loaded(snapshot)

    def answer(self, asked: Asked, media: str, state: str | None = None) -> bytes:
        """The answer in that media type, from `state`, which was just read, or from a later one.

        Raises `BadQuery`, `QueryTimedOut`, `AnswerTooLarge`, `QueryFailed`, and what the store raises.
        """
        with self._at(state) as held:
            return held.workers.answer(asked, media)

    def counts(self, state: str | None = None) -> Mapping[NamedNode | None, int]:
        """How many triples each named graph has, by its name; those of the default graph under None."""
        with self._at(state) as held:
            return held.counts

    def description(self, address: str, media: str, state: str | None = None) -> bytes:
        """What the service at that address says of itself, in a media type of graphs."""
        return description(address, self.counts(state), GRAPHS[media])

    def close(self) -> None:
        """Ends all that it started."""
        with self._building, self._lock:
            if self._held:
                self._held.workers.close()
            self._held = None

    @contextmanager
    def _at(self, state: str | None) -> Iterator[Held]:
        with self._building:  # whoever comes while triples are read waits for them
            held = self._fresh(state)
            with self._lock:
                held.users += 1
        try:
            yield held
        finally:
            with self._lock:
                held.users -= 1
                self._let_go(held)

    def _fresh(self, state: str | None) -> Held:
        """What holds the state of the store; one that cannot tell its state is read anew each time."""
        held = self._held
        if held and held.workers.alive and held.state and (held.state == state or held.state == self.state()):
            return held
        with self._lock:
            self._held = None
            if held:
                self._let_go(held)
        self._held = self._built()
        return self._held

    def _let_go(self, held: Held) -> None:
        """Ends what is neither asked nor the newest."""
        if held is not self._held and not held.users:
            held.workers.close()

    def _built(self) -> Held:
        for _ in range(_TIMES):
            begun = perf_counter()
            with suppress(StoreChanging):
                held = self._filled()
                taken = round((perf_counter() - begun) * 1000)
                _LOG.info("%d triples are held for SPARQL after %d ms", held.counts[None], taken)
                return held
        raise StoreChanging(_TIMES)

    def _filled(self) -> Held:
        """What holds the store as it is now; `StoreChanging` where it was loaded meanwhile."""
        with self._reader.snapshot() as snapshot, ExitStack() as undone:
            before, counts = loaded(snapshot), Counter[NamedNode | None]()
            with steady(snapshot, before):
                found = facts(snapshot, Things(self._terms.base), self._with_quotes)
                workers = Workers(_quads(found, counts), self._terms)
                undone.callback(workers.close)
            undone.pop_all()
        return Held(before, workers, counts)


def _quads(found: Iterable[Fact], counts: Counter[NamedNode | None]) -> Iterator[Quad]:
    """Each fact once in the default graph, and once in every graph in which it stands."""
    for subject, predicate, object_, graphs in found:
        counts[None] += 1
        yield Quad(subject, predicate, object_)
        for graph in graphs:
            counts[graph] += 1
            yield Quad(subject, predicate, object_, graph)
