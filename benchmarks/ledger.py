"""How the time to load a report grows with the reports that are there: each shares countries, frameworks and criteria.

usage: python benchmarks/ledger.py [REPORTS=60] [STORE_URL]

The reports are of invented providers and of one size. The peer of each time is that of the same report into an empty
store. Without an address the store is a SQLite file that passes away; a server that is named must be empty.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.addresses import parse_address
from graph.identifiers import identify, identify_below, name_id
from graph.ledger import put, take
from graph.opening import Credentials, open_store
from graph.records import Citation, Claim, DocumentFacts, Link, Value
from graph.store import Store

REPORTS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
ADDRESS = sys.argv[2] if len(sys.argv) > 2 else None
COUNTRIES, CRITERIA, SERVICES, CONTROLS = 50, 60, 120, 85
SAMPLE = 5
FRAMEWORK = "framework/soc-2"


def main() -> int:
    """Prints the medians of the first and of the last loads, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        empty = [into_empty(Path(folder) / f"{n}.db", n) for n in range(SAMPLE)]
        with opened(ADDRESS or f"sqlite:///{folder}/all.db") as store:
            times = [seconds(store, report(n)) for n in range(REPORTS)]
            again = timed(lambda: put(store, report(REPORTS - 1)))
            gone = timed(lambda: take(store, report(REPORTS - 1).sha256))
    first = statistics.median(empty) if ADDRESS is None else times[0]
    last = statistics.median(times[-SAMPLE:])
    print(f"a report into an empty store: {first:.3f} s")
    for label, value in ((f"as number {REPORTS}", last), ("the same again", again), ("taken away", gone)):
        print(f"{label}: {value:.3f} s, {value / first:.2f} times that")
    return 0


def into_empty(path: Path, number: int) -> float:
    """Seconds of one report into a file that is not there."""
    with opened(f"sqlite:///{path}") as store:
        return seconds(store, report(number))


@contextmanager
def opened(address: str) -> Iterator[Store]:
    """The store at an address, ready for facts."""
    with closing(open_store(parse_address(address), Credentials(), create=True)) as store:
        store.prepare()
        yield store


def seconds(store: Store, facts: DocumentFacts) -> float:
    """Seconds of putting the facts."""
    return timed(lambda: put(store, facts))


def timed(work: object) -> float:
    """Seconds of some work."""
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - began


class Book:
    """The facts of one report while they are written down, one line each."""

    def __init__(self, number: int) -> None:
        self.sha = hashlib.sha256(f"report {number}".encode()).hexdigest()
        self.citations: list[Citation] = []
        self.claims: list[Claim] = []
        self.links: list[Link] = []

    def cite(self) -> str:
        """The next line."""
        line = len(self.citations) + 1
        self.citations.append(Citation(self.sha, line, line, ("Scope",), f"line {line}", f"{line:064}"))
        return self.citations[-1].id

    def state(self, label: str, id_: str, name: str, *ways: tuple[str, str], **values: Value) -> str:
        """States a node, its name, and relationships that start there, all on the next line."""
        cited = self.cite()
        self.claims.append(Claim(label, id_, cited, {"name": name, **values}))
        named: dict[str, Value] = {"text": name, "kind": "canonical"}
        self.links.append(Link("HAS_NAME", id_, name_id(id_, name), (cited,), named))
        self.links += [Link(type_, id_, end, (cited,)) for type_, end in ways]
        return id_


def report(number: int) -> DocumentFacts:
    """The report of one provider."""
    book, key = Book(number), f"provider-{number}"
    provider = book.state("Organization", f"organization/{key}", f"Provider {number}")
    book.state("Framework", FRAMEWORK, "SOC 2", kind="attestation")
    soc = identify("Assessment", key, "soc-2-type-2", "2030-12-31")
    book.state("Assessment", soc, "SOC 2", ("OF_PROVIDER", provider), ("AGAINST", FRAMEWORK), period_end="2030-12-31")
    for place in range(COUNTRIES):
        _places(book, key, soc, place)
    for service in range(SERVICES):
        id_ = identify("Service", key, f"service {service}")
        book.state("Service", id_, f"Service {service}", ("OF_PROVIDER", provider), ("IN_SCOPE_OF", soc))
    codes = [_criterion(book, n) for n in range(CRITERIA)]
    for n in range(CONTROLS):
        _control(book, soc, n, codes[n % CRITERIA])
    document: dict[str, Value] = {"sha256": book.sha, "kind": "soc_2_report"}
    return DocumentFacts(document, "2030-12-31", tuple(book.citations), tuple(book.claims), tuple(book.links))


def _places(book: Book, provider: str, soc: str, place: int) -> None:
    code = f"{chr(65 + place // 26)}{chr(65 + place % 26)}"
    country = book.state("Country", identify("Country", code), f"Country {place}", code=code)
    edge = identify("EdgeLocation", provider, f"city {place}")
    book.state("EdgeLocation", edge, f"City {place}", ("LOCATED_IN", country), ("IN_SCOPE_OF", soc))


def _criterion(book: Book, place: int) -> str:
    code = f"CC{place // 10 + 1}.{place % 10 + 1}"
    id_ = book.state("Requirement", identify("Requirement", "soc-2", code), code, code=code, kind="criterion")
    book.links.append(Link("HAS_REQUIREMENT", FRAMEWORK, id_, (book.cite(),)))
    return id_


def _control(book: Book, soc: str, place: int, criterion: str) -> None:
    control = identify_below("Control", soc, f"1.{place}")
    book.state("Control", control, f"1.{place}", ("ADDRESSES", criterion), number=f"1.{place}")
    book.links.append(Link("HAS_CONTROL", soc, control, (book.cite(),)))
    for ordinal in (1, 2, 3):
        test = identify_below("ControlTest", control, str(ordinal))
        book.state("ControlTest", test, f"1.{place} test {ordinal}", ordinal=ordinal, result="no_deviation")
        book.links.append(Link("HAS_TEST", control, test, (book.cite(),)))


if __name__ == "__main__":
    sys.exit(main())
