"""One way over one store, measured: `python -m benchmarks.rdf_peer WAY STORE FILE` prints one JSON object."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from graph.addresses import parse_address
from graph.opening import Credentials, open_store
from graph.store import Store
from ontology.export import export
from ontology.facts import facts
from ontology.namespaces import EXPORTED, prefixes
from ontology.things import Things

_MEGABYTE = 1 << 20
_PIECE = 1 << 16


def ours(store: Store, path: Path) -> None:
    """The export as it is, into Turtle."""
    with path.open("wb") as sink:
        export(store, "turtle", sink)


def rdflib(store: Store, path: Path) -> None:
    """The same facts, read in the same way, added to a graph of rdflib, which writes them into Turtle."""
    graph = Graph(bind_namespaces="none")
    for prefix, iri in prefixes(EXPORTED).items():
        graph.bind(prefix, iri)
    with store.snapshot() as snapshot:
        for subject, predicate, value, _ in facts(snapshot, Things()):
            known = getattr(value, "datatype", None)
            term = Literal(value.value, datatype=URIRef(known.value)) if known else URIRef(value.value)
            graph.add((URIRef(subject.value), URIRef(predicate.value), term))
    graph.serialize(path, format="turtle", encoding="utf-8")


def bare(_: Store, path: Path) -> None:
    """The bytes that `ours` wrote before, copied piece by piece: what the file alone takes."""
    with path.open("rb") as source, path.with_suffix(".bare").open("wb") as sink:
        while piece := source.read(_PIECE):
            sink.write(piece)


WAYS: dict[str, Callable[[Store, Path], None]] = {"ours": ours, "rdflib": rdflib, "bare": bare}


def main(way: str, store: str, file: str) -> None:
    """Opens the store, then measures one way; what was imported is no part of it."""
    path = Path(file)
    with closing(open_store(parse_address(store), Credentials())) as opened:
        before, began, computed = _resident(), time.perf_counter(), time.process_time()
        WAYS[way](opened, path)
        taken = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - computed}
        peak = _peak()
        triples = _count(opened) if way == "ours" else 0
    print(json.dumps({**taken, "megabytes": peak - before, "triples": triples}))


def _count(store: Store) -> int:
    with store.snapshot() as snapshot:
        return sum(1 for _ in facts(snapshot, Things()))


def _resident() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE


def _peak() -> float:
    """The most megabytes that this program ever held; the figure of `getrusage` begins with that of its parent."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
