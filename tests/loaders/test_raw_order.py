"""Tables of controls in reading order, without gaps that part columns: cells one after the other, or run together."""

from __future__ import annotations

from loaders.inputs.documents import document_from
from loaders.layout.pieces import Kind
from loaders.soc.controls.reading import read_tables
from loaders.soc.controls.values import Tables
from loaders.soc.pieces import read_soc_pieces

HEAD = """Report on Controls, Type 2 Report

Section 4: Control objectives, controls, tests and results

Control Objective 1: Ferry passes
Controls provide reasonable assurance that passes are issued to crews alone.
The following controls are performed by Gannet Passes plc.

Ref. Control

Tests performed

Results

"""
BLOCKS = """1.01 Passes are issued by
the purser after the mate
has signed the request.

For a sample of 25 passes,
inspected the request and
the signature of the mate.

No exceptions
noted.

1.02 Lost passes are blocked
within one hour.

For a sample of 4 passes No exceptions
that were lost, inspected the
noted.
hour of the block.
Observed the purser block a
pass.

1.03 Gates refuse passes that are Attempted to open two
blocked.
gates with a blocked pass.

Exception noted.
For 1 of 2 gates tested,
the pass was accepted.

\fRef. Control

Tests performed

Results

1.04 The list of passes is
compared each quarter to
the list of crews.

Enquired of the purser about
the comparison.

No exceptions
noted.

1.05 Keys of the bridge are
kept in a safe.

Inspected the safe.

No exceptions
noted.

The harbour moors three ferries.

For a sample of 2 quarters, inspected the
list of passes compared to the list of crews.

1.06 Crews hand in passes on of the purser for a
their last day. Inspected the drawer
sample of the drawer that is the purser's.

No exceptions
noted.
"""
COLUMNS = """1.01 Passes are issued by the purser.

1.02 Gates are closed at night.

Inspected two passes.

Observed the gates one night.

No exceptions noted.

Exception noted. For 1 of 2 gates, the bolt was open.

Ref. Control

Tests performed

Results

1.03 Ropes are renewed each year.

1.04 Ropes are counted each month.

Inspected the ropes.

No exceptions noted.

No exceptions noted.
"""
TAIL = """
Section 5: Other information provided by Gannet

Control 1.03
Exception: For 1 of 2 gates tested, the pass was accepted.
"""
ND = "No exceptions noted."


def tables_of(rows: str) -> Tables:
    return read_tables(document_from((HEAD + rows + TAIL).encode(), "report.txt")).tables


def told(tables: Tables) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    return {c.number: (c.wording, [(t.procedure, t.result) for t in c.tests]) for c in tables.controls.values()}


def test_cells_in_reading_order_are_told_by_their_words_also_where_they_run_together() -> None:
    tables = tables_of(BLOCKS)
    blocked = "For a sample of 4 passes that were lost, inspected the hour of the block."
    compared = "For a sample of 2 quarters, inspected the list of passes compared to the list of crews."
    assert told(tables) == {
        "1.01": (
            "Passes are issued by the purser after the mate has signed the request.",
            [("For a sample of 25 passes, inspected the request and the signature of the mate.", ND)],
        ),
        "1.02": (
            "Lost passes are blocked within one hour.",
            [(blocked, ND), ("Observed the purser block a pass.", ND)],
        ),
        "1.03": (
            "Gates refuse passes that are blocked.",
            [
                (
                    "Attempted to open two gates with a blocked pass.",
                    "Exception noted. For 1 of 2 gates tested, the pass was accepted.",
                )
            ],
        ),
        "1.04": (
            "The list of passes is compared each quarter to the list of crews.",
            [("Enquired of the purser about the comparison.", ND), (compared, ND)],
        ),
        "1.05": ("Keys of the bridge are kept in a safe.", [("Inspected the safe.", ND)]),
        "1.06": ("", []),
    }
    assert [said for _, said in tables.doubts if "1.06" in said or "run into" in said]
    assert tables.objectives["1"].statement.endswith("crews alone.")


def test_cells_without_blank_lines_between_them_are_the_same() -> None:
    lines = BLOCKS[: BLOCKS.index("\f")].split("\n")
    dense = "\n".join(line for line in lines if line)
    assert told(tables_of(f"{dense}\n")) == {n: told(tables_of(BLOCKS))[n] for n in ("1.01", "1.02", "1.03")}


def test_columns_that_follow_each_other_are_rows_where_each_has_as_many_cells() -> None:
    tables = tables_of(COLUMNS)
    assert told(tables) == {
        "1.01": ("Passes are issued by the purser.", [("Inspected two passes.", ND)]),
        "1.02": (
            "Gates are closed at night.",
            [("Observed the gates one night.", "Exception noted. For 1 of 2 gates, the bolt was open.")],
        ),
        "1.03": ("Ropes are renewed each year.", []),
        "1.04": ("Ropes are counted each month.", []),
    }
    assert [said for _, said in tables.doubts if "1.03" in said and "not told apart" in said]


DESCRIPTION = """Gannet Passes plc
Report on Controls (SOC 1 Type 2)
For the period from 1 January 2024 to 31 December 2024

Section 1: Independent service auditor’s report

We have examined the description of Gannet Passes plc.

Section 3: Description of the system
3.1 Locations covered by this report
City

Country

Type

Activities

Cork

Ireland

Office

Passes and
complaints

Luxembourg

Luxembourg Office

Crews

Bergen (since 1
March 2024)

Norway

Printing of passes

Data centre

A quay in Ostend, Belgium will open in 2025.

3.2 Subservice organisations
Subservice organisation

Services

Method

Kittiwake Hosting Ltd

Hosting of the pass
system

Carve-out
Inclusive

Petrel Post Ltd

Delivery of passes

3.3 Glossary
Term

Meaning

Mate

The officer below the
master.

Purser

One who keeps the cash: the officer of the money of a ferry.

Section 4: Controls
"""


def test_rows_in_reading_order_are_told_by_cells_of_closed_kinds_or_not_read() -> None:
    pieces = read_soc_pieces(document_from(DESCRIPTION.encode(), "report.txt"))
    assert [piece.cells for piece in pieces if piece.kind is Kind.ROW] == [
        ("City", "Country", "Type", "Activities"),
        ("Cork", "Ireland", "Office", "Passes and complaints"),
        ("Luxembourg", "Luxembourg", "Office", "Crews"),
        ("Bergen (since 1 March 2024)", "Norway", "Data centre", "Printing of passes"),
        ("Term", "Meaning"),
        ("Mate", "The officer below the master."),
        ("Purser", "One who keeps the cash: the officer of the money of a ferry."),
    ]


FLOW = """Report on Controls, Type 2 Report
Section 4: Control objectives, controls, tests and results
Control Objective 1: Ferry passes
Controls provide reasonable assurance that passes are issued to crews alone.
Ref. Control Tests performed Results
1.01 Passes are issued by
the purser.
Inspected the passes
of the crew.
No exceptions noted.
1.02 Gates are closed at night.
Observed the gates for two nights.
Exception noted. For 1 of 2 nights the
gate was open.
1.03 Ropes are renewed each year. Inspected the ropes.
Not tested. No rope was due in
the period.
"""


def test_cells_that_flow_into_each_other_are_told_by_how_they_begin_and_end() -> None:
    tables = read_tables(document_from(FLOW.encode(), "report.txt")).tables
    assert {c.number: (c.wording, [(t.procedure, t.result) for t in c.tests]) for c in tables.controls.values()} == {
        "1.01": (
            "Passes are issued by the purser.",
            [("Inspected the passes of the crew.", "No exceptions noted.")],
        ),
        "1.02": (
            "Gates are closed at night.",
            [
                (
                    "Observed the gates for two nights.",
                    "Exception noted. For 1 of 2 nights the gate was open.",
                )
            ],
        ),
        "1.03": (
            "Ropes are renewed each year.",
            [("Inspected the ropes.", "Not tested. No rope was due in the period.")],
        ),
    }
