"""The wording of reports means what the reviewed tables say, and nothing where they do not know it."""

from __future__ import annotations

import pytest

from loaders.dates import date_of, period_of
from loaders.soc.controls.results import Counted, counted, methods_of, result_of
from loaders.soc.services import ServiceItem, service_item
from loaders.soc.wording import opinion_of, standards_in


@pytest.mark.parametrize(
    ("procedure", "methods"),
    [
        ("Inquired of a keeper and ascertained the keys were inspected.", ("inquiry",)),
        ("Selected a sample of keys and inspected them.", ("inspection",)),
        ("Examined the book.", ("inspection",)),
        ("Selected a quay, observed the crane, and ascertained it lifts.", ("observation",)),
        (
            "Observed a keeper attempt the lock and inspected the log to ascertain it held.",
            ("inspection", "observation"),
        ),
        ("For a sample of locks, attempted to open them.", ("reperformance",)),
        ("Created a key, removed it, and called the keeper.", ("reperformance",)),
        ("Inspected the plan created by the keepers and submitted.", ("inspection",)),
        ("Observed the count. Reperformed the count.", ("observation", "reperformance")),
        ("Walked along the quay to ascertain it is long.", ()),
        ("Recalculated the toll of 5 of the 30 days.", ("reperformance",)),
        ("Compared the day of leaving to the day of closing by inspection of the log.", ("inspection",)),
    ],
)
def test_the_auditors_own_verbs_are_the_methods_in_the_models_order(procedure: str, methods: tuple[str, ...]) -> None:
    assert methods_of(procedure) == methods


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("No deviations noted.", "no_deviation"),
        ("No relevant exceptions noted.", "no_deviation"),
        ("No exceptions were identified.", "no_deviation"),
        ("Deviation noted. For 2 of 25 keys there was no keeper.", "deviation"),
        ("Exceptions were identified in one case.", "deviation"),
        ("No deviations noted for doors. For gates the auditor identified an exception.", "deviation"),
        ("Not tested, as there was no ship.", "not_tested"),
        ("The event did not occur.", "not_tested"),
        ("There were no samples to draw.", "not_tested"),
        ("The control was not applicable during the period.", "not_tested"),
        ("No deviations noted, except that for 2 of 25 keys there was no keeper.", "deviation"),
        ("Except for 2 of 25 keys, no deviations noted.", "deviation"),
        ("No deviations noted for 23 of 25 keys; for 2 of 25 keys a deviation was noted.", "deviation"),
        ("No deviations noted in Q4. In Q1, 2 of 25 keys had no keeper.", None),
        ("No deviations noted. Not tested for Q1.", None),
        ("No significant deviations noted.", None),
        ("No further exceptions noted.", None),
        ("All was well.", None),
        ("", None),
    ],
)
def test_a_result_has_a_known_wording_or_is_unknown(text: str, result: str | None) -> None:
    assert result_of(text) == result


def test_a_deviation_says_in_how_many_of_a_sample() -> None:
    assert counted("For 2 of 25 keys") == Counted(2, 25)
    assert counted("For one out of a sample of twelve keys") == Counted(1, 12)
    assert counted("For some keys") is None


@pytest.mark.parametrize(
    "text",
    [
        "No deviations noted for 23 of 25 keys; for 2 of 25 keys a deviation was noted.",
        "Except for 2 of 25 keys, no deviations noted.",
        "Inspected 25 of 40 keys. Deviation noted for 2 of 25 keys.",
        "No deviations noted, except that for 2 of 25 keys there was no keeper.",
    ],
)
def test_a_count_is_that_of_the_clause_of_the_deviation(text: str) -> None:
    assert counted(text) == Counted(2, 25)


@pytest.mark.parametrize(
    ("heading", "text", "opinion"),
    [
        ("Opinion", "In our opinion, in all material respects, all is well.", "unqualified"),
        ("Qualified opinion", "In our opinion, except for the matter above, in all material respects", "qualified"),
        ("Opinion", "In our opinion, in all material respects, except for the gate, all is well.", "qualified"),
        ("Adverse opinion", "In our opinion, because of the matter above", "adverse"),
        ("Disclaimer of opinion", "We do not express an opinion.", "disclaimer"),
        ("Opinion", "We think that all is well.", None),
    ],
)
def test_an_opinion_has_a_known_wording_or_is_unknown(heading: str, text: str, opinion: str | None) -> None:
    assert opinion_of(heading, text) == opinion


def test_dates_and_periods_are_iso() -> None:
    assert date_of("April 20, 2020") == "2020-04-20"
    assert date_of("In April 20, 2020") is None
    assert period_of("For the Period October 1, 2019 - March 31, 2020") == ("2019-10-01", "2020-03-31")
    assert period_of("throughout the\nperiod April 1, 2017 to September 30, 2017,") == ("2017-04-01", "2017-09-30")


def test_standards_are_known_by_their_full_and_their_short_names() -> None:
    text = (
        "attestation standards established by the American Institute of Certified Public Accountants and "
        "International Standard on Assurance Engagements (ISAE) 3402"
    )
    assert standards_in(text) == ("AICPA attestation standards", "ISAE 3402")


@pytest.mark.parametrize(
    ("text", "item"),
    [
        (
            "Amazon Cognito (cognito-idp, cognito-sync)",
            ServiceItem("Amazon Cognito", ("cognito-idp", "cognito-sync"), None),
        ),
        ("AWS Shield (shield, DDoSProtection)", ServiceItem("AWS Shield", ("shield", "DDoSProtection"), None)),
        ("Amazon Lex (runtime.lex)", ServiceItem("Amazon Lex", ("runtime.lex",), None)),
        ("Amazon VPC Long (Amazon VPC) (ec2)", ServiceItem("Amazon VPC Long (Amazon VPC)", ("ec2",), None)),
        ("Some DB (with Other compatibility)", ServiceItem("Some DB (with Other compatibility)", (), None)),
        ("Amazon Elastic Block Store (EBS)", ServiceItem("Amazon Elastic Block Store (EBS)", (), None)),
        ("Crane (crane) – [Excludes boats]", ServiceItem("Crane", ("crane",), "Excludes boats")),
        ("Nimbus Backup (backup)", ServiceItem("Nimbus Backup", ("backup",), None)),
        ("Nimbus Backup (backup) – [Excludes boats]", ServiceItem("Nimbus Backup", ("backup",), "Excludes boats")),
        ("Archive Crane (archive)", ServiceItem("Archive Crane", ("archive",), None)),
        ("Nimbus Crane (standby)", ServiceItem("Nimbus Crane", (), None)),
    ],
)
def test_an_item_is_a_name_namespaces_and_a_qualification(text: str, item: ServiceItem) -> None:
    assert service_item(text) == item
