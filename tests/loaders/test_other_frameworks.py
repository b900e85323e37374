"""Frameworks beside the criteria: named by the auditor, and by the columns of codes in the tables of controls."""

from __future__ import annotations

import pytest

from loaders.soc.controls.foreign_codes import codes_in
from loaders.soc.controls.labels import Role
from loaders.soc.controls.values import Cell
from tests.loaders.soc_facts import change, fixture_text, replaced, stated

LARKSPUR = fixture_text("soc_2_larkspur")
REPORT = "assessment/larkspur-freight-systems/soc-2-type-2/2023-09-30"
CONTROL = "control/larkspur-freight-systems/soc-2-type-2/2023-09-30/lf-01"
EXAMINED = "confidentiality set forth in TSP Section 100."
TABLE = LARKSPUR[
    LARKSPUR.index("    Criteria   Control  ") : LARKSPUR.index("V. Other Information Provided by Larkspur\n\n")
]
COLUMNS = """
    No.     Control                    TSC     CCM    Test of controls            Result

    LF-01   Access is granted after    CC6.2   IAM-   Inspected a sample of       No exceptions noted.
            approval.                          07,    approvals.
                                               LOG-
                                               13

"""
BELOW = """
    Criteria      Control                    Test of controls               Result

    CC6.2         LF-01                      Inspected a sample of          No exceptions noted.
    CCM: IAM-07,  Access is granted after    approvals.
    A&A-02        approval.

                                             Observed the gate of the       No exceptions noted.
                                             harbor.

    CC6.3         LF-02                      Inspected the list of keys.    No exceptions noted.
                  Keys are counted.

"""
MATRIX = """
  How the safeguards are met

    Citation             Safeguard                     Controls

    164.308(a)(3)(i)     Clearance of the crew         LF-01
    164.310(c)           Locks of                      Not applicable: the harbor has no
                         workstations                  workstation.
\f
    Citation             Safeguard                        Controls
    § 164.312(b)         Logs                             LF-01,
                                                          LF-02
    164.312(e)(2)(ii)    Ciphers                          None

  Tests of controls

"""
CRITERIA = """
    No.     Control                                       Owner

    LF-01   Access is granted after approval.             Harbor master
    LF-02   Berths are counted.                           Harbor master

  How the criteria are met

    Criterion    What it asks of the harbor        {title}

    CC6.2        Users are registered.             LF-01,
                                                   LF-02
    CC6.4        Doors are locked.                 Not applicable: the harbor has no doors.
\f
    Criterion    What it asks of the harbor             {title}

    CC7.1:       Changes are seen.                      LF-02

"""
CODED = """
    Control\tControl activity\tCriteria\tNIST CSF 2.0\tTests performed\tResults
    LF-01\tAccess is granted after approval.\tCC6.2\tPR.AA-05\tInspected a sample of approvals.\tNo exceptions noted.
    \t\t\tGV.RR-02\t\t
    LF-02\tScreens of the pilots are locked.\tCC6.3\tDE.CM-09\tInspected a sample of screens.\tNo exceptions noted.

"""
REASONS = """
    The following criteria and subcategories do not apply:

    Criterion or subcategory\tReason
    CC6.4\tThe berths of the machines are let.
    PR.AA-06\tThe doors are those of the landlord.
    LF-03\tThe cranes are not part of the system.

"""
USERS = "    CUEC-2     User entities report incidents to the service desk.     CC7.3"
SUBCATEGORIES = (
    "whether the controls meet the subcategories of the NIST Cybersecurity Framework (NIST CSF), version 2.0"
)
CSF = "requirement/nist-csf"
OTHERS = {"framework/nist-csf", CONTROL.replace("lf-01", "lf-02")}


def _examined(words: str) -> str:
    return LARKSPUR.replace(EXAMINED, f"{EXAMINED[:-1]}, and {words}.")


@pytest.mark.parametrize(
    ("words", "framework", "name"),
    [
        ("the specifications of the Cloud Controls Matrix", "csa-cloud-controls-matrix", "Cloud Controls Matrix"),
        ("the requirements of the HIPAA Security Rule that Section IV lists", "hipaa-security-rule", None),
        ("the controls of ISO/IEC 27001:2022", "iso-27001", "ISO/IEC 27001:2022"),
        ("the requirements set forth in the NIST Cybersecurity Framework", "nist-csf", "NIST Cybersecurity Framework"),
    ],
)
def test_a_framework_whose_requirements_were_examined_is_one_of_the_report(
    words: str, framework: str, name: str | None
) -> None:
    changed = change(LARKSPUR, lambda _: _examined(words))
    assert (REPORT, "AGAINST", f"framework/{framework}") in changed.new
    names = {end for start, type_, end in changed.new if start == f"framework/{framework}" and type_ == "HAS_NAME"}
    assert any(str(end).endswith(f"kind=variant, text={name}") for end in names) == (name is not None)


@pytest.mark.parametrize(
    "words",
    ["services that hold a certificate for ISO 27001", "not the services of those who hold the CCM certificate"],
)
def test_a_framework_that_is_but_named_is_none_of_the_report(words: str) -> None:
    against = {link for link in stated(_examined(words)).links if link[1] == "AGAINST"}
    assert {end for _, _, end in against} == {"framework/soc-2"}


def test_codes_that_the_end_of_a_line_cuts_are_whole_below_the_heading_of_the_framework() -> None:
    text = _examined("the control specifications of the Cloud Controls Matrix (“CCM”)").replace(TABLE, COLUMNS)
    addressed = {end for start, type_, end in stated(text).links if start == CONTROL and type_ == "ADDRESSES"}
    assert addressed == {
        "requirement/trust-services-criteria/cc6.2",
        "requirement/csa-cloud-controls-matrix/iam-07",
        "requirement/csa-cloud-controls-matrix/log-13",
    }


def test_codes_below_the_criteria_of_a_control_are_its_own_and_begin_no_other() -> None:
    text = _examined("the control specifications of the Cloud Controls Matrix (“CCM”)").replace(TABLE, BELOW)
    found = stated(text)
    addressed = {(start[-1], str(end).split("/", 1)[1]) for start, type_, end in found.links if type_ == "ADDRESSES"}
    matrix, criteria = "csa-cloud-controls-matrix", "trust-services-criteria"
    assert addressed == {
        ("1", f"{criteria}/cc6.2"),
        ("1", f"{matrix}/iam-07"),
        ("1", f"{matrix}/a-a-02"),
        ("2", f"{criteria}/cc6.3"),
    }
    tests = [start[-1] for start, type_, _ in found.links if type_ == "HAS_TEST"]
    assert sorted(tests) == ["1", "1", "2"]


def test_codes_behind_criteria_in_one_cell_are_those_of_the_framework_before_them() -> None:
    found = codes_in(Cell(Role.CRITERION, "CC6.1, CC6.2 ISO 27001: A.5.15, A.8.2 HIPAA: 164.312(a)(1)", 3, 4))
    assert [(cell.number, cell.text) for cell in found] == [("ISO 27001", "A.5.15, A.8.2"), ("HIPAA", "164.312(a)(1)")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CC6.1, CC6.2, IDM-05, A&A-02", "IDM-05, A&A-02"),
        ("A.5.15; CC1.1 - CC1.3 and AC-2(1)", "A.5.15, AC-2(1)"),
        ("PR.AA-05 / 164.312(a)(1)", "PR.AA-05, 164.312(a)(1)"),
    ],
)
def test_codes_beside_criteria_without_the_name_of_a_framework_are_kept_until_all_are_known(
    text: str, codes: str
) -> None:
    assert [(cell.number, cell.text) for cell in codes_in(Cell(Role.CRITERION, text, 3, 4))] == [("", codes)]


@pytest.mark.parametrize(
    "text",
    [
        "CC6.1: Access is granted.",
        "CC6.1 Note: 3 keys",
        "CC6.1, CC6.2",
        "CC6.1 to CC6.3",
        "CC6.1, OPS-01 to OPS-04",
        "CC6.1, see OPS-01",
        "CC6.1 12",
    ],
)
def test_words_behind_criteria_are_no_codes(text: str) -> None:
    assert codes_in(Cell(Role.CRITERION, text, 3, 3)) == []


def test_a_table_from_requirements_to_controls_is_read_where_its_framework_is_one_of_the_report() -> None:
    examined = _examined("the requirements of the HIPAA Security Rule that Section IV lists")
    text = examined.replace(TABLE, MATRIX.replace("safeguards are", "HIPAA safeguards are") + TABLE)
    found = change(examined, lambda _: text)
    rule = "requirement/hipaa-security-rule/164.3"
    assert {end for start, type_, end in found.new if start == CONTROL and type_ == "ADDRESSES"} == {
        f"{rule}08-a-3-i",
        f"{rule}12-b",
    }
    assert {end for start, type_, end in found.new if start == REPORT and type_ == "EVALUATES"} == {
        f"{rule}08-a-3-i applicable=True",
        f"{rule}10-c applicable=False, rationale=the harbor has no workstation.",
        f"{rule}12-b applicable=True",
        f"{rule}12-e-2-ii applicable=True",
    }
    assert not found.gone
    assert "the table maps control LF-02, which the report does not state" in found.warnings


def test_a_table_from_requirements_of_no_framework_of_the_report_is_warned_of_and_spoils_no_other() -> None:
    found = change(LARKSPUR, replaced(TABLE, MATRIX + TABLE))
    assert not found.gone and not found.new
    assert any("maps controls to requirements of no framework of the report" in said for said in found.warnings)


@pytest.mark.parametrize("title", ["Controls", "Control activities", "Met by", "Controls that meet it"])
def test_a_table_from_criteria_to_controls_stands_apart_from_the_controls_under_whatever_titles(title: str) -> None:
    text = LARKSPUR.replace(TABLE, CRITERIA.format(title=title))
    criterion = "requirement/trust-services-criteria/cc"
    assert _of_report(text, "ADDRESSES") == {f"{criterion}6.2"}
    assert _of_report(text, "ADDRESSES", CONTROL.replace("lf-01", "lf-02")) == {f"{criterion}6.2", f"{criterion}7.1"}
    assert f"{criterion}6.4 applicable=False, rationale=the harbor has no doors." in _of_report(
        text, "EVALUATES", REPORT
    )


def test_a_table_from_criteria_to_controls_may_hold_titles_of_series_and_ranges() -> None:
    text = CRITERIA.format(title="Controls").replace("LF-01,\n" + 51 * " " + "LF-02", "LF-01 to LF-03")
    series = text.replace("    CC6.2  ", "    CC6 Access to the harbor\n\n    CC6.2  ").replace(
        "    CC6.4", "\n    CC6.4"
    )
    found = stated(LARKSPUR.replace(TABLE, series))
    met = {(start, end) for start, type_, end in found.links if type_ == "ADDRESSES"}
    criterion, others = "requirement/trust-services-criteria/cc", CONTROL.replace("lf-01", "lf-02")
    assert met == {(CONTROL, f"{criterion}6.2"), (others, f"{criterion}6.2"), (others, f"{criterion}7.1")}
    assert "the table maps control LF-03, which the report does not state" in found.warnings


def test_tables_from_criteria_and_from_requirements_end_at_the_titles_of_each_other() -> None:
    controls = CRITERIA.format(title="Controls").replace("    LF-02   Berths", "\n  LFB – Berths\n\n    LF-02   Berths")
    matrix = MATRIX.replace("How the safeguards are", "HIPAA safeguards").replace("Citation", "45 CFR  ")
    examined = _examined("the requirements of the HIPAA Security Rule that Section IV lists")
    text = examined.replace(TABLE, controls.rstrip() + "\n" + matrix)
    assert _of_report(text, "ADDRESSES") == {
        "requirement/trust-services-criteria/cc6.2",
        "requirement/hipaa-security-rule/164.308-a-3-i",
        "requirement/hipaa-security-rule/164.312-b",
    }


def test_criteria_among_controls_with_numbers_of_another_form_are_no_controls() -> None:
    text = CRITERIA.format(title="Controls").replace("LF-01,\n" + 51 * " " + "LF-02", "Ropes")
    found = stated(LARKSPUR.replace(TABLE, text))
    assert {end for _, type_, end in found.links if type_ == "HAS_CONTROL"} == {CONTROL, CONTROL.replace("-01", "-02")}


def test_a_table_from_criteria_to_numbers_that_are_no_controls_of_the_report_says_nothing() -> None:
    text = LARKSPUR.replace(TABLE, CRITERIA.format(title="Controls"))
    for old, new in (("LF-01,", "MX-01,"), ("  LF-02\n", "  MX-02\n")):
        text = text.replace(old, new)
    assert not {end for _, type_, end in stated(text).links if type_ == "ADDRESSES"}


def _of_report(text: str, type_: str, start: str = CONTROL) -> set[object]:
    return {end for first, named, end in stated(text).links if first == start and named == type_}


@pytest.mark.parametrize(
    ("words", "heading", "framework"),
    [
        (SUBCATEGORIES, "NIST CSF 2.0", "nist-csf"),
        (SUBCATEGORIES, "NIST CSF", "nist-csf"),
        ("the requirements of PCI DSS", "PCI DSS v4.0.1", "pci-dss"),
        ("the practices of the Quay Resilience Code (“QRC”)", "QRC", "quay-resilience-code"),
        ("the requirements set out in the Quay Resilience Code", "Quay Resilience Code 3.1", "quay-resilience-code"),
    ],
)
def test_codes_below_the_name_of_a_framework_of_the_report_are_its_requirements(
    words: str, heading: str, framework: str
) -> None:
    text = _examined(words).replace(TABLE, CODED.replace("NIST CSF 2.0", heading))
    codes = {f"requirement/{framework}/{code}" for code in ("pr.aa-05", "gv.rr-02")}
    assert _of_report(text, "ADDRESSES") == {"requirement/trust-services-criteria/cc6.2", *codes}
    assert codes < {str(end).removesuffix(" applicable=True") for end in _of_report(text, "EVALUATES", REPORT)}
    assert f"framework/{framework}" in _of_report(text, "AGAINST", REPORT)


def test_codes_below_a_name_that_the_auditor_does_not_give_are_requirements_of_nothing() -> None:
    found = stated(LARKSPUR.replace(TABLE, CODED.replace("NIST CSF 2.0", "QRC")))
    assert not {end for _, type_, end in found.links if type_ == "ADDRESSES" and "pr.aa" in str(end)}
    assert "'QRC' is the heading of no known framework; what stands below it is not read" in found.warnings


def test_what_users_complement_can_be_a_requirement_that_the_controls_state_or_one_of_its_form() -> None:
    items = USERS.replace("CC7.3", "CC7.3, DE.CM-09, PR.DS-11")
    text = _examined(SUBCATEGORIES).replace(TABLE, CODED).replace(USERS, items)
    (own,) = {start for start, _, end in stated(text).links if str(end) == f"{CSF}/de.cm-09"} - OTHERS
    assert _of_report(text, "COMPLEMENTS", own) == {
        "requirement/trust-services-criteria/cc7.3", f"{CSF}/de.cm-09", f"{CSF}/pr.ds-11"
    }  # fmt: skip


def test_the_number_of_a_control_is_no_requirement_of_the_form_of_a_code() -> None:
    coded = CODED.replace("PR.AA-05", "AC-05").replace("GV.RR-02", "IR-02").replace("DE.CM-09", "AU-09")
    text = _examined(SUBCATEGORIES).replace(TABLE, coded).replace(USERS, USERS.replace("CC7.3", "LF-01"))
    assert not {end for start, type_, end in stated(text).links if type_ == "COMPLEMENTS" and "lf-01" in str(end)}


def test_a_requirement_of_another_framework_that_does_not_apply_has_its_own_reason() -> None:
    text = _examined(SUBCATEGORIES).replace(TABLE, CODED)
    found = change(text, replaced("D. Facilities", f"{REASONS}D. Facilities"))
    of_criteria = "requirement/trust-services-criteria/cc6.4 applicable=False, rationale=The berths of the machines are"
    assert {end for start, type_, end in found.new if start == REPORT and type_ == "EVALUATES"} == {
        f"{of_criteria} let.",
        f"{CSF}/pr.aa-06 applicable=False, rationale=The doors are those of the landlord.",
    }
    said = "LF-03 is declared not applicable, and is the code of no one framework of the report; it is not read"
    assert said in found.warnings


def test_an_opinion_can_be_qualified_on_a_requirement_of_another_framework() -> None:
    text = _examined(SUBCATEGORIES).replace(TABLE, CODED)
    found = change(text, replaced("meet criterion CC6.2, “the", "meet criterion CC6.2 and subcategory PR.AA-05, “the"))
    qualified = {str(end).split(" ")[0] for start, type_, end in found.new if type_ == "QUALIFIED_ON"}
    assert f"{CSF}/pr.aa-05" in qualified


MIXED = """
    Ref      Control                         Criteria   Test of controls            Result

    HR-01    Access is granted after         CC6.2,     Inspected a sample of       No exceptions noted.
             approval.                       IDM-05,    approvals.
                                             HR-01

    HR-02    Berths are counted.             CC6.3      Inspected the list.         No exceptions noted.

"""
CATALOGUE = "the basic criteria of the Cloud Computing Compliance Criteria Catalogue of the German office (BSI C5:2020)"


@pytest.mark.parametrize("words", [CATALOGUE, "the criteria of C5", "the controls of ISO 27001 and the criteria of C5"])
def test_codes_beside_criteria_in_one_column_are_of_the_framework_that_has_such_be_they_numbers_too(
    words: str,
) -> None:
    catalogue, criteria = "requirement/bsi-c5-2020", "requirement/trust-services-criteria"
    text = _examined(words).replace(TABLE, MIXED).replace(USERS, USERS.replace("CC7.3", "HR-02"))
    own = CONTROL.replace("lf-01", "hr-01")
    assert _of_report(text, "ADDRESSES", own) == {f"{criteria}/cc6.2", f"{catalogue}/idm-05", f"{catalogue}/hr-01"}
    assert _of_report(text, "ADDRESSES", CONTROL.replace("lf-01", "hr-02")) == {f"{criteria}/cc6.3"}
    assert not {end for _, type_, end in stated(text).links if type_ == "COMPLEMENTS" and "hr-02" in str(end)}


@pytest.mark.parametrize(
    "words", ["nothing more", "the controls of ISO 27001", "the criteria of C5 and the controls of NIST SP 800-53"]
)
def test_codes_beside_criteria_that_no_or_more_than_one_framework_of_the_report_can_have_are_warned_of(
    words: str,
) -> None:
    found = stated(_examined(words).replace(TABLE, MIXED.replace("HR-01\n", "PS-01\n")))
    assert "PS-01 stands beside criteria, and is of no one framework of the report" in found.warnings
    assert not {end for _, type_, end in found.links if type_ == "ADDRESSES" and "ps-01" in str(end)}


BRACKETED = """
    LF-07 Logs of the pilots are kept for a year. (CC7.2, PR.PS-04)

    Test: Inspected the logs of a sample of days.
    Result: No exceptions noted.

    LF-08 Buoys are lit at night. (CC7.3, XQ.TT-9)

    Test: Inspected the buoys.
    Result: No exceptions noted.

    LF-09 Ropes are dry. (CC7.4)

    Test: Inspected the ropes.
    Result: No exceptions noted.

"""


def test_codes_in_brackets_behind_a_control_beside_criteria_are_of_the_framework_that_has_such_codes() -> None:
    found = stated(_examined(SUBCATEGORIES).replace(TABLE, BRACKETED))
    own = {start.split("/")[-1]: end for start, type_, end in found.links if type_ == "ADDRESSES" and CSF in str(end)}
    assert own == {"lf-07": f"{CSF}/pr.ps-04"}
    statements = {value for id_, key, value in found.values if id_.startswith("control/") and key == "statement"}
    assert statements == {"Logs of the pilots are kept for a year.", "Buoys are lit at night.", "Ropes are dry."}
    assert "XQ.TT-9 stands beside criteria, and is of no one framework of the report" in found.warnings


def test_a_code_that_the_end_of_a_line_cuts_behind_its_full_stop_is_whole() -> None:
    coded = COLUMNS.replace("CCM ", "CSF ").replace("IAM-", "PR. ").replace("07,   ", "AA-05,")
    text = _examined(SUBCATEGORIES).replace(TABLE, coded.replace("LOG-", "DE. ").replace("13", "CM-09"))
    assert {f"{CSF}/pr.aa-05", f"{CSF}/de.cm-09"} < _of_report(text, "ADDRESSES")
