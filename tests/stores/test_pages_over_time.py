"""Pages that are read while documents come and go: nothing twice, nothing missed of what stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.answering import Answering
from graph.cursors import decode_cursor
from graph.identifiers import name_id
from graph.ledger import put, take
from graph.model import MODEL
from graph.planner import ID, default_orders, total_order
from graph.records import Citation, Claim, DocumentFacts, Link
from graph.selection import Connection, Nodes, Order, Page, PageInfo, Shape, Value
from graph.store import Store

SETTINGS = settings(max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate])
SERVICE = MODEL.node("Service")
ORDERS = (
    default_orders("Service"),
    total_order([Order(SERVICE.prop("name"), descending=True)]),
    total_order([Order(SERVICE.prop("responsibility")), Order(SERVICE.prop("name"), descending=True)]),
    total_order([Order(MODEL.node("Name").prop("text"), path=(MODEL.relations("Service")["names"],))]),
)
ROWS = 60


def services(number: int, rng: Random) -> DocumentFacts:
    """A document that states services of its own, whose names stand anywhere in the list, and one that all state."""
    sha = f"{number:064x}"
    cited = Citation(sha, 1, 1, ("Scope",), None, f"hash {number}")
    own = {f"service/d{number}/s{n}": "".join(rng.choices("abc", k=3)) for n in range(ROWS)}
    values = SERVICE.prop("responsibility").values
    claims = [
        Claim("Service", id_, cited.id, {"name": name, **({"responsibility": rng.choice(values)} if n % 2 else {})})
        for n, (id_, name) in enumerate({"service/all/shared": "bbb", **own}.items())
    ]
    links = [
        Link("HAS_NAME", id_, name_id(id_, name), (cited.id,), {"text": name, "kind": "variant"})
        for n, (id_, name) in enumerate(own.items())
        if n % 3
    ]
    return DocumentFacts({"sha256": sha, "title": f"Document {number}"}, "2020", (cited,), tuple(claims), tuple(links))


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk through all services, page by page, in one direction."""

    store: Store
    orders: tuple[Order, ...]
    size: int
    backward: bool

    def pages(self) -> Iterator[list[str]]:
        """The ids of each page as they stand in the list; what happens between two pages is the caller's."""
        cursor: str | None = None
        more = True
        names = ("hasPreviousPage", "startCursor") if self.backward else ("hasNextPage", "endCursor")
        while more:
            place = decode_cursor("services", self.orders, cursor) if cursor else None
            page = Page(None, before=place, last=self.size) if self.backward else Page(self.size, after=place)
            info = PageInfo("page", (("more", names[0]), ("cursor", names[1])))
            shape = Shape({"Service": (Value("id", ID),)})
            with self.store.snapshot() as snapshot:
                wanted = Connection("services", page, self.orders, (Nodes("nodes", shape), info))
                found: Any = Answering(snapshot).connection("Service", wanted)
            yield [node["id"] for node in found["nodes"]]
            more, cursor = found["page"]["more"], found["page"]["cursor"] or cursor

    def whole(self) -> list[str]:
        """All ids in the order of the list."""
        pages = list(self.pages())
        return [id_ for page in (pages[::-1] if self.backward else pages) for id_ in page]


@pytest.mark.parametrize("size", [1, 7, 100])
@SETTINGS
@given(seed=st.integers(0, 2**32), orders=st.sampled_from(ORDERS))
def test_what_stays_comes_once_while_documents_come_and_go(
    loaded: dict[str, Store], size: int, seed: int, orders: tuple[Order, ...]
) -> None:
    rng = Random(seed)
    stays, *others = (services(number, rng) for number in range(3))
    kept = {claim.id for claim in stays.claims}
    for store in loaded.values():
        put(store, stays)
        for backward in (False, True):
            put(store, others[0])
            changes = cycle(changes_of(*others))
            seen: list[str] = []
            for number, page in enumerate(Walk(store, orders, size, backward).pages()):
                seen += page[::-1] if backward else page
                if number % max(1, 30 // size) == 0:
                    act, facts = next(changes)
                    put(store, facts) if act == "put" else take(store, facts.sha256)
            assert len(seen) == len(set(seen))
            assert kept - set(seen) == set()
            loaded_now = {node.values["sha256"] for node in store.documents()}
            for facts in (facts for facts in others if facts.sha256 in loaded_now):
                take(store, facts.sha256)
    walks = [Walk(store, orders, size, backward).whole() for store in loaded.values() for backward in (False, True)]
    assert walks == [Walk(loaded["referee"], orders, 1000, False).whole()] * len(walks)


def changes_of(here: DocumentFacts, other: DocumentFacts) -> list[tuple[str, DocumentFacts]]:
    """The one that is there goes and comes again, and so does the other."""
    return [("put", other), ("take", here), ("put", here), ("take", other)]
