"""Laws of CONTINUES: a control continues that of the same number in the nearest earlier report of the same series."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings

from graph.continuing import RULE, continued, reports_before
from graph.identifiers import citation_id, identify, identify_below
from graph.ledger import put, stated_by, take
from graph.merging import is_of_rule
from graph.records import Citation, Claim, DocumentFacts, Link, Value
from tests.graph.histories import Step, live, steps
from tests.stores.dicts import DictStore

CASES = ("2019-12-31", "2020-12-31", "2021-12-31")


def report(
    day: str,
    numbers: Sequence[str] = ("1.1", "1.2"),
    *,
    provider: str = "nimbus",
    key: str = "period_end",
    **given: str,
) -> DocumentFacts:
    """A report of a provider up to a day, with controls of those numbers, one a line."""
    kind, framework = given.get("kind", "type_2"), given.get("framework", "soc-1")
    sha = hashlib.sha256(f"{provider} {day} {kind} {framework} {given.get('copy', '')}".encode()).hexdigest()
    first = citation_id(sha, 1, 1)
    soc = identify("Assessment", provider, f"{framework} {kind}", day)
    values: dict[str, Value] = {"name": soc, "report_type": kind, key: day}
    ends = {"OF_PROVIDER": f"organization/{provider}", "AGAINST": f"framework/{framework}"}
    claims = [Claim("Assessment", soc, first, {k: v for k, v in values.items() if v != "none"})]
    claims += [Claim("Organization", ends["OF_PROVIDER"], first, {"name": provider})]
    claims += [Claim("Framework", ends["AGAINST"], first, {"name": framework})]
    links = [Link(type_, soc, end, (first,)) for type_, end in ends.items()]
    for line, number in enumerate(numbers, 2):
        cited, control = citation_id(sha, line, line), identify_below("Control", soc, number)
        claims.append(Claim("Control", control, cited, {"name": number, "number": number}))
        links.append(Link("HAS_CONTROL", soc, control, (cited,)))
    lines = range(1, len(numbers) + 2)
    citations = tuple(Citation(sha, line, line, (), f"{line}", f"{line:064}") for line in lines)
    return DocumentFacts({"sha256": sha}, day if key == "period_end" else "", citations, tuple(claims), tuple(links))


def control(day: str, number: str = "1.1", series: str = "nimbus/soc-1-type-2") -> str:
    """The id of a control of such a report."""
    return f"control/{series}/{day}/{number}"


def joined(store: DictStore) -> list[tuple[str, str]]:
    """The ends of every CONTINUES."""
    return sorted((e.start, e.end) for e in store.graph.edges.values() if e.type == "CONTINUES")


def loaded(*reports: DocumentFacts) -> DictStore:
    """A store with those reports."""
    store = DictStore()
    for one in reports:
        put(store, one)
    return store


def test_a_control_continues_that_of_the_same_number_with_the_citations_of_both_and_a_named_rule() -> None:
    old, new = report(CASES[0]), report(CASES[1], ("1.2", "1.3"))
    store = loaded(old, new)
    (edge,) = [e for e in store.graph.edges.values() if e.type == "CONTINUES"]
    assert (edge.start, edge.end) == (control(CASES[1], "1.2"), control(CASES[0], "1.2"))
    cited = sorted([citation_id(new.sha256, 2, 2), citation_id(old.sha256, 3, 3)])
    assert dict(edge.values) == {"citations": tuple(cited), "assertion": "derived", "rule": RULE}


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_a_report_that_comes_or_goes_between_two_others_mends_the_chain(order: tuple[int, ...]) -> None:
    reports = [report(day) for day in CASES]
    store = loaded(*(reports[n] for n in order))
    chain = [(control(CASES[n + 1], x), control(CASES[n], x)) for n in (0, 1) for x in ("1.1", "1.2")]
    assert joined(store) == sorted(chain)
    take(store, reports[1].sha256)
    assert joined(store) == [(control(CASES[2], x), control(CASES[0], x)) for x in ("1.1", "1.2")]
    put(store, reports[1])
    assert joined(store) == sorted(chain)
    put(store, report(CASES[1], ("1.2",), copy="corrected"), replaces=reports[1].sha256)
    assert joined(store) == [
        (control(CASES[1], "1.2"), control(CASES[0], "1.2")),
        (control(CASES[2], "1.2"), control(CASES[1], "1.2")),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (report(CASES[0]), report(CASES[1], provider="cumulus")),
        (report(CASES[0]), report(CASES[1], kind="type_1")),
        (report(CASES[0]), report(CASES[1], framework="soc-2")),
        (report(CASES[0]), report(CASES[1], ("2.1",))),
        (report("2020-12"), report("2020-12-31")),
        (report(CASES[0], kind="none"), report(CASES[1], kind="none")),
        (report(CASES[0], key="system_name"), report(CASES[1])),
    ],
    ids=["provider", "report type", "framework", "number", "a month and its last day", "no report type", "no date"],
)
def test_where_anything_differs_or_is_not_stated_nothing_is_derived(one: DocumentFacts, other: DocumentFacts) -> None:
    assert joined(loaded(one, other)) == []


def test_a_report_as_of_a_date_stands_in_the_same_order() -> None:
    store = loaded(report("2020-06-30", key="as_of", kind="type_1"), report("2021-06-30", key="as_of", kind="type_1"))
    series = "nimbus/soc-1-type-1"
    assert joined(store)[0] == (control("2021-06-30", series=series), control("2020-06-30", series=series))


def test_nobody_states_what_the_rule_derives() -> None:
    old, new = report(CASES[0]), report(CASES[1])
    store = loaded(old, new)
    assert [stated_by(store, one.sha256).links for one in (old, new)] == [
        tuple(sorted(one.links, key=lambda x: (x.type, x.start, x.end))) for one in (old, new)
    ]
    assert put(store, new).changed is False


def test_what_a_document_states_itself_stays_as_it_states_it_and_leaves_the_derived_behind() -> None:
    old, new = report(CASES[0]), report(CASES[1])
    both = report(CASES[0], copy="both")
    first = both.citations[1].id
    claims = (*both.claims, Claim("Control", control(CASES[1]), first, {"name": "1.1", "number": "1.1"}))
    said = Link("CONTINUES", control(CASES[1]), control(CASES[0]), (first,))
    stating = DocumentFacts(both.document, both.recency, both.citations, claims, (*both.links, said))
    store = loaded(old, new)
    derived = dict(store.graph.edges)
    put(store, stating)
    edge = store.graph.edges[said.type, said.start, said.end]
    assert (edge.values["assertion"], edge.values["citations"]) == ("stated", (first,))
    take(store, stating.sha256)
    assert store.graph.edges == derived


@settings(max_examples=100, deadline=None)
@given(steps())
def test_after_any_history_it_is_what_the_rule_gives_for_the_whole_graph(history: list[Step]) -> None:
    store = DictStore()
    live(history, store)
    continues = {key: e for key, e in store.graph.edges.items() if key[0] == "CONTINUES"}
    wanted = continued(store.graph, reports_before(store.graph))
    of_documents = {key for key, edge in continues.items() if not is_of_rule(edge)}
    assert {key: e for key, e in continues.items() if is_of_rule(e)} == {
        key: e for key, e in wanted.items() if key not in of_documents
    }
