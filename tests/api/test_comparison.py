"""Two assessments compared: members by entity, controls by number, names and wording as each document has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

from api.comparison import Changes, Item, changes
from api.schema import Api
from graph.identifiers import identify, identify_below
from graph.ledger import put
from graph.records import DocumentFacts
from graph.sqlite.store import SqliteStore
from loaders.facts import Notebook
from loaders.inputs.documents import document_from
from tests.northwind import PROVIDER, SOC, report

NEXT = "assessment/northwind/soc-1-type-2/2024-12-31"
LATER = """Northwind Cloud
SOC 1 report, 2024-01-01 to 2024-12-31
- Northwind Object Store
- Northwind Rockets
1. Access Control
1.1 Access is granted  on request.
1.2 Access is reviewed every year.
1.3 Visitors are escorted.
"""
QUERY = """query($from: ID!, $to: ID!) { compare(from: $from, to: $to) {
    from { name } to { name }
    services { added { name } removed { name } common { id } renamed { from to fromNode { id } toNode { id } } }
    regions { removed { name } }
    objectives { common { name } renamed { from to } }
    controls { added { number } removed { number } common { id } reworded { from to toNode { id } } }
} }"""


def later() -> DocumentFacts:
    """The report of the year after: two services, one under a new name, and three controls."""
    book = Notebook(document_from(LATER.encode(), "later"))
    provider = book.state("Organization", PROVIDER, book.cite(1), name="Northwind Cloud")
    soc = book.state("Assessment", NEXT, book.cite(2), name="SOC 1 Type 2 2024", period_end="2024-12-31")
    book.link("OF_PROVIDER", soc, provider, book.cite(2))
    for line, key, name in ((3, "Northwind Objects", "Northwind Object Store"), (4, "Northwind Rockets", None)):
        service = book.state("Service", identify("Service", "northwind", key), book.cite(line), name=name or key)
        book.link("IN_SCOPE_OF", service, soc, book.cite(line), name_as_written=name or key)
    objective = identify_below("ControlObjective", soc, "1")
    book.state("ControlObjective", objective, book.cite(5), name="Access Control", number="1")
    book.link("HAS_OBJECTIVE", soc, objective, book.cite(5))
    for line in (6, 7, 8):
        number, statement = LATER.splitlines()[line - 1].split(" ", 1)
        control = identify_below("Control", soc, number)
        book.state("Control", control, book.cite(line), name=number, number=number, statement=statement)
        book.link("HAS_CONTROL", soc, control, book.cite(line))
    return book.close({"title": "SOC 1 report of 2024", "distribution": "restricted"}, "2024-12-31").facts


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """A store that holds both reports."""
    store = SqliteStore(tmp_path_factory.mktemp("two") / "two.db")
    store.prepare()
    for facts in (report(), later()):
        put(store, facts)
    yield store
    store.close()


def compared(store: SqliteStore, *, public: bool = False) -> Any:
    body = orjson.loads(Api(store, public=public).run(QUERY, {"from": SOC, "to": NEXT}).json())
    assert "errors" not in body, body
    return body["data"]["compare"]


def test_members_are_matched_and_named_as_each_document_names_them(two: SqliteStore) -> None:
    found = compared(two)
    assert (found["from"], found["to"]) == ({"name": "SOC 1 Type 2 2023"}, {"name": "SOC 1 Type 2 2024"})
    objects = {"id": "service/northwind/northwind-objects"}
    assert found["services"] == {
        "added": [{"name": "Northwind Rockets"}],
        "removed": [{"name": "Northwind Queues"}, {"name": "Northwind Tables"}],
        "common": [objects],
        "renamed": [
            {"from": "Northwind Objects", "to": "Northwind Object Store", "fromNode": objects, "toNode": objects}
        ],
    }
    assert found["regions"] == {"removed": [{"name": "Harbour"}]}


def test_controls_are_matched_by_number_and_their_wording_compared(two: SqliteStore) -> None:
    found = compared(two)
    assert [c["number"] for c in found["controls"]["added"]] == ["1.3"]
    assert [c["number"] for c in found["controls"]["removed"]] == ["1.10", "2.1", "2.2"]
    assert found["controls"]["reworded"] == [
        {
            "from": "Access is reviewed.",
            "to": "Access is reviewed every year.",
            "toNode": {"id": identify_below("Control", NEXT, "1.2")},
        }
    ]
    assert found["objectives"] == {
        "common": [{"name": "Access Control"}],
        "renamed": [{"from": "Access", "to": "Access Control"}],
    }


def test_in_public_what_was_reworded_is_told_and_the_wording_is_not(two: SqliteStore) -> None:
    (reworded,) = compared(two, public=True)["controls"]["reworded"]
    assert (reworded["from"], reworded["to"]) == (None, None)


def test_what_lives_on_inside_another_is_renamed_and_the_other_is_not_added_too() -> None:
    logs, watch, crane = (Item(key, key.title(), key) for key in ("logs", "watch", "crane"))
    found = changes([logs], [watch, crane], {"logs": "watch"})
    assert found == Changes(added=[crane], moved=[(logs, watch)])
    assert list(found.renamed()) == [(logs, watch)]


def test_an_assessment_that_is_not_there_is_refused(refused: Callable[..., tuple[str, str]]) -> None:
    code, message = refused(QUERY, **{"from": SOC, "to": "assessment/none"})
    assert (code, message) == (
        "BAD_USER_INPUT",
        "no assessment has the id 'assessment/none'; `assessments` lists them",
    )


def test_it_takes_a_fixed_number_of_statements(two: SqliteStore) -> None:
    before = two.statements
    compared(two)
    assert two.statements - before < 25
