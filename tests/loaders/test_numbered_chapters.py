"""A report in numbered chapters: parts of the auditor's letter, objectives with letters, days between dots, answers."""

from __future__ import annotations

import pytest

from loaders.facts import Extraction
from loaders.inputs.documents import document_from
from loaders.names.resolution import read_names
from loaders.soc.controls.objective_headings import with_objective_titles
from loaders.soc.controls.stream import StreamReader
from loaders.soc.report import SocReport
from tests.loaders.test_numbered_report import links, values

TEXT = """Sandpiper Ledgers AG

Assurance report in accordance with ISAE 3402 (Type 2) on the description, the design and
the operating effectiveness of the controls for the Ledger Services

Period from 01.02.2024 to 31.01.2025

\f
1 Report of the independent auditor

To the Executive Board of Sandpiper Ledgers AG

1.1 Subject

We were engaged to report on the description of Sandpiper Ledgers AG of its Ledger Services
for the period from 01.02.2024 to 31.01.2025 in chapter 3.

1.2 Opinion

Our opinion has been formed on the basis of the matters set out in this letter. In our
opinion, in all material respects:

(a) the description fairly presents the Ledger Services; and

(b) the controls were suitably designed and operated effectively.

1.3 Tests of controls

The controls that we tested are listed in chapter 4.

Luzern, 05.03.2025

Brombeer Treuhand AG

\f
2 Statement of the Executive Board

Sandpiper Ledgers confirms that the description fairly presents the Ledger Services.

Chur, 03.03.2025

The Executive Board of Sandpiper Ledgers AG

\f
3 Description of the Ledger Services

3.1 Services within the scope of the report

  Service                 Content                                   In scope
  Ledger Books            Keeping of books                          whole period
  Ledger Archive          Keeping of vouchers                       since 01.06.2024

Not within the scope of the report are:

  • Tax advice
  • Printing

3.2 Locations

  Country         Place         Type            Use                  In scope
  Switzerland     Chur          Office          Bookkeeping          whole period
  Switzerland     Luzern        Data centre     Production           until 02.11.2024
  Switzerland     Zug           Data centre     Production           from 03.10.2024
  Austria         Graz          Office          Support              whole period

3.3 Directives

The following directives were in force:

  • Voucher Directive
  • Directive on Keys

3.4 Complementary controls at customers

It was assumed that customers operate the controls below.

  No.    Control objective      Complementary user entity control
  K1     B.1                    Customers send their vouchers each month.
  K2     B.2                    Customers name those who may give orders.

\f
4 Control objectives, controls, tests and results

4.1 Explanation

Statements of management on deviations are found in chapter 5; they were not examined by us.

4.2 B.1 Vouchers and books

Control objective: The controls provide reasonable assurance that vouchers are booked once and that
books are complete.

  No.     Control                       Owner        Frequency   Test by the auditor         Result
  B.1.1   Vouchers are numbered when    Mail Room    daily       Inspected the register      No deviations noted.
          they arrive.                                           for a sample of 25 days.
  B.1.2   Books are compared with the   Accountant   monthly     Inspected the comparison    Deviation noted: For 1
          statements of the bank.                                for a sample of 2 months.   of 2 months, the
                                                                                             comparison was not
                                                                                             signed.

Controls B.1.1 and B.1.2 are carried out by Kiebitz Scanning GmbH.

4.3 B.2 Keys

Control objective: The controls provide reasonable assurance that vouchers are kept under lock.

  No.     Control                       Owner        Frequency   Test by the auditor         Result
  B.2.1   Keys are issued against a     Caretaker    on event    Inspected the register of   Not tested: in the
          signature.                                             keys.                       period nobody asked
                                                                                             for a key.
  B.2.2   Cabinets are locked in the    Caretaker    daily       Observed the cabinets in    No deviations noted.
          evening.                                               Chur.

\f
5 Statements of management on deviations and further information

5.1 Statements on deviations

  Control    Deviation                              Statement of management                     Remedied
                                                                                                on
  B.1.2      For 1 of 2 months, the comparison      The comparison was signed later. A second   04.12.2024
             was not signed.                        person now looks at the folder.

5.2 Further information

Sandpiper Ledgers intends to open an office in Thun.
"""


@pytest.fixture(scope="module")
def found() -> Extraction:
    return SocReport().extract(document_from(TEXT.encode(), "report.txt"), read_names())


def _assessment(found: Extraction, *keys: str) -> tuple[object, ...]:
    return values(found, "Assessment", *keys)[0]


def test_a_part_of_the_auditors_letter_begins_no_section(found: Extraction) -> None:
    assert _assessment(found, "opinion", "opinion_date") == ("unqualified", "2025-03-05")
    assert [end for _, end in links(found, "EXAMINED_BY")] == ["brombeer-treuhand"]


@pytest.mark.parametrize("by", ["by Sandpiper Ledgers AG of the Ledger Services", "from Sandpiper of its Ledgers"])
def test_a_description_by_the_provider_is_the_part_that_describes(by: str, found: Extraction) -> None:
    titled = TEXT.replace("3 Description of the Ledger Services\n", f"3 Description {by}\n")
    assert titled != TEXT
    one = SocReport().extract(document_from(titled.encode(), "report.txt"), read_names())
    for type_ in ("IN_SCOPE_OF", "EXCLUDED_FROM", "HAS_USER_ENTITY_CONTROL"):
        assert links(found, type_)
        assert [end for end, _ in links(one, type_)] == [end for end, _ in links(found, type_)]


def test_items_below_the_words_of_an_opinion_may_qualify_it() -> None:
    qualified = TEXT.replace("(b) the controls were", "(b) except for the matter set out above, the controls were")
    one = SocReport().extract(document_from(qualified.encode(), "report.txt"), read_names())
    assert _assessment(one, "opinion") == ("qualified",)
    cited = {c.id: c for c in one.facts.citations}
    stated = [cited[c.citation] for c in one.facts.claims if "opinion" in c.values]
    assert [TEXT.split("\n")[one.last_line - 1][:3] for one in stated] == ["(b)"]


def test_what_a_sentence_below_the_heading_of_services_leaves_out_is_excluded(found: Extraction) -> None:
    excluded = [start for start, _ in links(found, "EXCLUDED_FROM")]
    assert sorted(excluded) == ["printing", "tax-advice"]


def test_each_row_with_a_cell_in_small_letters_is_a_place(found: Extraction) -> None:
    spans = {
        one.start.rsplit("/", 1)[1]: (one.values.get("from"), one.values.get("to"))
        for one in found.facts.links
        if one.type == "IN_SCOPE_OF" and one.start.startswith("facility/")
    }
    assert sorted(spans.values(), key=str) == [
        ("2024-10-03", None),
        (None, "2024-11-02"),
        (None, None),
        (None, None),
    ]


def test_an_objective_with_a_code_is_titled_above_its_statement(found: Extraction) -> None:
    assert values(found, "ControlObjective", "number", "name", "statement") == [
        (
            "B.1",
            "Vouchers and books",
            "The controls provide reasonable assurance that vouchers are booked once and that books are complete.",
        ),
        ("B.2", "Keys", "The controls provide reasonable assurance that vouchers are kept under lock."),
    ]
    assert sorted(links(found, "ACHIEVES")) == [("b.1.1", "b.1"), ("b.1.2", "b.1"), ("b.2.1", "b.2"), ("b.2.2", "b.2")]


def test_a_code_without_an_objective_below_is_no_title() -> None:
    lines = [(1, ""), (2, "4.2 B.1 Vouchers and books"), (3, ""), (4, "Vouchers come by post.")]
    assert with_objective_titles(lines) == tuple(lines)


def test_statements_of_management_on_deviations_are_responses(found: Extraction) -> None:
    assert values(found, "Deviation", "response", "response_examined", "remediated_on") == [
        ("The comparison was signed later. A second person now looks at the folder.", False, "2024-12-04")
    ]
    assert [number for (number,) in values(found, "Control", "number")] == ["B.1.1", "B.1.2", "B.2.1", "B.2.2"]


def test_controls_are_carried_out_by_others_and_operate_on_an_occasion(found: Extraction) -> None:
    performed = [("b.1.1", "kiebitz-scanning"), ("b.1.2", "kiebitz-scanning")]
    assert links(found, "PERFORMED_BY") == performed
    nodes = [claim.id.rsplit("/", 1)[1] for claim in found.facts.claims if claim.values.get("operated") is False]
    assert nodes == ["b.2.1"]


def test_directives_of_the_provider_are_its_policies(found: Extraction) -> None:
    assert sorted(values(found, "Policy", "name")) == [("Directive on Keys",), ("Voucher Directive",)]


def test_a_statement_that_flows_into_the_title_above_is_none_of_it() -> None:
    lines = [
        (1, "Control Objective B.2: Keys"),
        (2, "The controls provide reasonable assurance that vouchers are kept under lock."),
    ]
    assert [(cell.number, cell.text) for cell in StreamReader(lines).read()] == [("B.2", "Keys"), ("", lines[1][1])]
