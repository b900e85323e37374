"""The scorer by itself, on facts written by hand."""

from __future__ import annotations

from typing import Any

from graph.identifiers import identify, identify_below
from graph.records import DocumentFacts
from loaders.facts import Notebook
from loaders.inputs.documents import document_from
from tests.reports.scoring import score, table
from tests.reports.truth import Fact, Truth

BERTHS = "Berth Planner"
TRUTH: dict[str, Any] = {
    "document": {"kind": "soc_2_report"},
    "provider": "Quaystone Ltd",
    "framework": "SOC 2",
    "opinion": "qualified",
    "services": [{"name": BERTHS, "from": "2023-07-01"}],
    "never_in_scope": ["Crane Rental"],
    "requirements": [{"code": "CC6.1", "applicable": True}],
    "controls": [
        {
            "number": "LA-07",
            "statement": "Keys are counted.",
            "may": {"frequency": "daily"},
            "requirements": ["CC6.1"],
            "tests": [
                {
                    "procedure": "Inspected the key log.",
                    "methods": ["inspection"],
                    "result": "deviation",
                    "deviations": [{"statement": "Two keys were lost.", "sample_size": 25}],
                }
            ],
        }
    ],
}


def facts(
    *, statement: str = "Keys  are\ncounted.", owner: str | None = None, service: str = "Berth Planner"
) -> DocumentFacts:
    """What a loader would state of that report."""
    book = Notebook(document_from(b"A report.\n", "report.txt"))
    line = book.cite(1)
    provider = book.state("Organization", "organization/quaystone", line, name="Quaystone")
    book.name(provider, "Quaystone Ltd", "variant", line)
    report = book.state("Assessment", "assessment/quaystone/soc-2", line, name="SOC 2", opinion="qualified")
    book.link("OF_PROVIDER", report, provider, line)
    book.link("AGAINST", report, book.state("Framework", "framework/soc-2", line, name="SOC 2"), line)
    offered = book.state("Service", identify("Service", "quaystone", service), line, name=service)
    book.link("IN_SCOPE_OF", offered, report, line, **{"from": "2023-07-01"})
    criterion = book.state("Requirement", "requirement/tsc/cc6.1", line, name="CC6.1", code="CC6.1")
    book.link("EVALUATES", report, criterion, line, applicable=True)
    control = book.state(
        "Control",
        identify_below("Control", report, "la-07"),
        line,
        name="LA-07",
        number="LA-07",
        statement=statement,
        owner=owner,
        frequency="daily",
    )
    book.link("HAS_CONTROL", report, control, line)
    book.link("ADDRESSES", control, criterion, line)
    test = book.state(
        "ControlTest",
        identify_below("ControlTest", control, "1"),
        line,
        name="LA-07 test 1",
        ordinal=1,
        procedure="Inspected the key log.",
        methods=("inspection",),
        result="deviation",
        result_scope="test",
    )
    book.link("HAS_TEST", control, test, line)
    deviation = book.state(
        "Deviation",
        identify_below("Deviation", test, "1"),
        line,
        name="Deviation 1",
        ordinal=1,
        statement="Exception noted. Two keys were lost.",
        sample_size=25,
    )
    book.link("HAS_DEVIATION", test, deviation, line)
    return book.close({"kind": "soc_2_report"}).facts


def test_what_is_stated_as_the_truth_has_it_is_perfect() -> None:
    tally = score(facts(), TRUTH)
    assert (tally.missing, tally.wrong) == (frozenset(), frozenset())
    assert (tally.precision, tally.recall) == (1.0, 1.0)
    assert Fact("control", "LA-07", "requirements", "CC6.1") in tally.true
    assert Fact("deviation", "LA-07 test 1 deviation 1", "sample_size", "25") in tally.true


def test_what_the_loader_does_not_state_is_missing() -> None:
    truth = {**TRUTH, "policies": ["Key Policy"]}
    tally = score(facts(), truth)
    assert tally.missing == {Fact("policy", "Key Policy")}
    assert not tally.wrong
    assert tally.of("policy").recall == 0


def test_what_the_truth_does_not_know_is_wrong() -> None:
    tally = score(facts(owner="Harbour master"), TRUTH)
    assert tally.wrong == {Fact("control", "LA-07", "owner", "Harbour master")}
    assert not tally.missing
    assert tally.of("control").precision == len(tally.of("control").true) / (len(tally.of("control").true) + 1)


def test_another_value_is_both_missing_and_wrong() -> None:
    tally = score(facts(statement="Keys are counted"), TRUTH)
    assert tally.missing == {Fact("control", "LA-07", "statement", "Keys are counted.")}
    assert tally.wrong == {Fact("control", "LA-07", "statement", "Keys are counted")}


def test_what_is_never_in_scope_is_wrong_once() -> None:
    tally = score(facts(service="Crane Rental"), TRUTH)
    assert tally.wrong == {Fact("never in scope", "Crane Rental")}
    assert {fact.of for fact in tally.missing} == {BERTHS}


def test_what_running_text_says_may_be_stated_but_not_otherwise() -> None:
    control = {**TRUTH["controls"][0], "may": {"frequency": "weekly"}}
    truth: Truth = {**TRUTH, "controls": [control]}
    assert score(facts(), truth).wrong == {Fact("control", "LA-07", "frequency", "daily")}


def test_the_table_has_a_line_for_each_kind_and_one_for_all() -> None:
    lines = list(table("quaystone", score(facts(), TRUTH)))
    assert lines[0].split() == ["quaystone", "true", "missing", "wrong", "precision", "recall"]
    assert lines[-1].split()[0] == "all"
    assert lines[-1].split()[-2:] == ["100.0%", "100.0%"]
