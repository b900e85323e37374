"""Invented providers of the shape of the real graph: one report each with controls and tests, claims beside it.

The same seed gives the same graph. What is shared is shared by chance: each service is in scope of some assessments of
its provider, of which one has objectives; controls achieve one objective, seldom two; frameworks and countries belong
to all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from benchmarks.graphql_peer.linking import link, requirements
from graph.identifiers import citation_id, document_id, identify, identify_below, name_id, natural_order
from graph.merging import Edge, Node
from graph.store import Change, Store

SERVICES, CATEGORIES, OBJECTIVES, CONTROLS, TESTS = 124, 14, 17, 85, 234
FRAMEWORKS = ("SOC 1", "SOC 2", "SOC 3", "ISO 27001", "PCI DSS", "FedRAMP")
COUNTRIES = (("DE", "Germany"), ("IE", "Ireland"), ("JP", "Japan"), ("US", "United States"))
CLAIMS = 4
LINES = 5
WORDS = ("Archive", "Ledger", "Queue", "Stream", "Table", "Vault", "Mesh", "Index", "Gate", "Relay")
RESULTS = ("no_deviation",) * 30 + ("deviation", "not_tested")
SEED = 100_003
"""The seed of the first provider; with the same seeds the graphs are the same."""
TOGETHER = 20
"""How many providers are written in one transaction."""

Item = Node | Edge


def fill(store: Store, providers: int, *, linked: bool = False) -> None:
    """Writes so many providers into an empty store; `linked` joins their nodes more than once (see `linking`)."""
    store.prepare()
    shared = requirements(identify("Framework", name) for name in FRAMEWORKS) if linked else []
    store.apply(_change([*_common(), *shared]))
    for first in range(0, providers, TOGETHER):
        numbers = range(first, min(first + TOGETHER, providers))
        store.apply(_change(item for number in numbers for item in _provider(number, shared)))


def _provider(number: int, shared: Sequence[Item]) -> Iterator[Item]:
    items = provider(number, Random(SEED + number))
    return link(items, shared, Random(2 * SEED + number)) if shared else items


def _change(items: Iterable[Item]) -> Change:
    kept = list(items)
    return Change([i for i in kept if isinstance(i, Node)], [i for i in kept if isinstance(i, Edge)])


def _common() -> Iterator[Item]:
    for name in FRAMEWORKS:
        yield _node("Framework", identify("Framework", name), name=name, kind="attestation")
    for code, name in COUNTRIES:
        yield _node("Country", identify("Country", code), name=name, code=code)


class Book:
    """One provider's document while its facts are written down: each relationship cites one of its lines."""

    def __init__(self, number: int, rng: Random) -> None:
        self.number, self.rng = number, rng
        self.key = f"provider-{number:04}"
        self.sha = hashlib.sha256(self.key.encode()).hexdigest()
        self.lines = [citation_id(self.sha, line, line) for line in range(1, LINES + 1)]

    def joined(self, type_: str, start: str, end: str, **values: Any) -> Edge:
        """A stated relationship."""
        cited = (self.rng.choice(self.lines),)
        return Edge(type_, start, end, {"citations": cited, "assertion": "stated", **values})

    def document(self) -> Iterator[Item]:
        """The document and its lines."""
        id_ = document_id(self.sha)
        yield _node("Document", id_, name=f"Report {self.number}", sha256=self.sha, kind="soc_1_report")
        for line, cited in enumerate(self.lines, 1):
            yield _node("Citation", cited, name=f"line {line}", first_line=line, last_line=line, quote_sha256="0" * 64)
            yield Edge("FROM_DOCUMENT", cited, id_, {})


def provider(number: int, rng: Random) -> Iterator[Item]:
    """All that one provider's document states."""
    book = Book(number, rng)
    id_ = identify("Organization", book.key)
    yield _node("Organization", id_, name=f"Provider {number:04}")
    yield from book.document()
    yield _node("Name", name_id(id_, "P"), name=f"P{number}", text=f"P{number}", folded=f"p{number}", kind="acronym")
    yield Edge("HAS_NAME", id_, name_id(id_, "P"), {"citations": (book.lines[0],), "assertion": "stated"})
    yield Edge("EVIDENCED_BY", id_, book.lines[0], {"precedence": 0, "name": f"Provider {number:04}"})
    claims = [identify("Assessment", book.key, name, "2030-12-31") for name in FRAMEWORKS[:CLAIMS]]
    for claim, framework in zip(claims, FRAMEWORKS, strict=False):
        yield from _claim(book, id_, claim, framework)
    services = [identify("Service", book.key, f"service {n}") for n in range(SERVICES)]
    yield from _services(book, id_, services, claims)
    yield from _report(book, claims[0], services)


def _claim(book: Book, provider_id: str, claim: str, framework: str) -> Iterator[Item]:
    kind = {"report_type": "type_2"} if framework == "SOC 1" else {}
    name = f"{framework} of Provider {book.number:04}"
    yield _node("Assessment", claim, name=name, status="attested", period_end="2030-12-31", **kind)
    yield book.joined("OF_PROVIDER", claim, provider_id)
    yield book.joined("AGAINST", claim, identify("Framework", framework))


def _services(book: Book, provider_id: str, services: Sequence[str], claims: Sequence[str]) -> Iterator[Item]:
    categories = [identify("ServiceCategory", book.key, f"category {n}") for n in range(CATEGORIES)]
    for place, category in enumerate(categories):
        yield _node("ServiceCategory", category, name=f"Category {place:02}")
        yield book.joined("OF_PROVIDER", category, provider_id)
    for place, service in enumerate(services):
        name = f"P{book.number:04} {book.rng.choice(WORDS)} {place:03}"
        yield _node("Service", service, name=name, namespaces=(f"ns{place}",))
        yield book.joined("OF_PROVIDER", service, provider_id)
        yield book.joined("IN_CATEGORY", service, book.rng.choice(categories))
        for claim, share in zip(claims, (0.9, 0.6, 0.5, 0.3), strict=True):
            if book.rng.random() < share:
                yield book.joined("IN_SCOPE_OF", service, claim, name_as_written=name)


def _report(book: Book, report: str, services: Sequence[str]) -> Iterator[Item]:
    objectives = [identify_below("ControlObjective", report, str(n + 1)) for n in range(OBJECTIVES)]
    for place, objective in enumerate(objectives, 1):
        values = {"name": f"{book.rng.choice(WORDS)} objective {place}", **_number(str(place))}
        yield _node("ControlObjective", objective, **values)
        yield book.joined("HAS_OBJECTIVE", report, objective)
    counts = [0] * CONTROLS
    for n in range(TESTS):
        counts[n if n < CONTROLS else book.rng.randrange(CONTROLS)] += 1
    for place, tests in enumerate(counts):
        yield from _control(book, report, place, objectives, tests)
    for place in book.rng.sample(range(CONTROLS), 20):
        yield book.joined("SPECIFIC_TO", _control_id(report, place), book.rng.choice(services))


def _control(book: Book, report: str, place: int, objectives: Sequence[str], tests: int) -> Iterator[Item]:
    control, number = _control_id(report, place), _written(place)
    yield _node("Control", control, name=f"Control {number}", title=book.rng.choice(WORDS), **_number(number))
    yield book.joined("HAS_CONTROL", report, control)
    own = place % OBJECTIVES
    others = {book.rng.randrange(OBJECTIVES)} if book.rng.random() < 0.1 else set()
    for objective in sorted({own, *others}):
        yield book.joined("ACHIEVES", control, objectives[objective])
    for ordinal in range(1, tests + 1):
        test = identify_below("ControlTest", control, str(ordinal))
        name = f"Test {ordinal} of {number}"
        yield _node("ControlTest", test, name=name, ordinal=ordinal, result=book.rng.choice(RESULTS))
        yield book.joined("HAS_TEST", control, test)


def _control_id(report: str, place: int) -> str:
    return identify_below("Control", report, _written(place))


def _written(place: int) -> str:
    return f"{place % OBJECTIVES + 1}.{place // OBJECTIVES + 1}"


def _number(number: str) -> dict[str, str]:
    return {"number": number, "number_order": natural_order(number)}


def _node(label: str, id_: str, **values: Any) -> Node:
    return Node(label, id_, values)
