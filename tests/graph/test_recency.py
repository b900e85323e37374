"""As of when an assessment holds: its period, its date, or the date of a document that states it."""

from __future__ import annotations

import pytest

from graph.identifiers import document_of
from graph.ledger import put
from graph.merging import Node
from loaders.jsonl import read_facts
from tests.facts import DATA
from tests.stores.dicts import DictStore

UNDATED = {"security_overview_page", "soc_overview_page"}
"""The kinds of document that state no date at all; what they alone state has none, and none is made up."""


@pytest.fixture(scope="module")
def store() -> DictStore:
    """The bundled facts."""
    made = DictStore()
    for path in sorted(DATA.glob("*.jsonl")):
        for facts in read_facts(path.read_text(encoding="utf-8").splitlines(), path.name):
            put(made, facts)
    return made


def stating(store: DictStore, id_: str) -> list[Node]:
    """The documents that state something of a node."""
    shas = {document_of(edge.end) for edge in store.leaving([id_], ["EVIDENCED_BY"])}
    return [document for document in store.documents() if document.values["sha256"] in shas]


def test_every_assessment_has_its_period_its_date_or_that_of_a_document_that_states_it(store: DictStore) -> None:
    assessments = [node for node in store.graph.nodes.values() if node.label == "Assessment"]
    undated = [
        node
        for node in assessments
        if not {"period_end", "as_of"} & node.values.keys()
        and not any({"published", "recency"} & document.values.keys() for document in stating(store, node.id))
    ]
    assert len(assessments) > len(undated)
    assert {str(document.values["kind"]) for node in undated for document in stating(store, node.id)} <= UNDATED


def test_a_report_is_as_recent_as_the_period_that_it_covers(store: DictStore) -> None:
    reports = [d for d in store.documents() if str(d.values["kind"]).endswith("_report")]
    ends = {str(n.values.get("period_end")) for n in store.graph.nodes.values() if n.label == "Assessment"}
    assert reports
    assert {str(document.values["recency"]) for document in reports} <= ends
