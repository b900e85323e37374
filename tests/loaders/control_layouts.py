"""One invented set of controls in the many layouts in which reports print them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

NONE = "No exceptions noted."


@dataclass(frozen=True, slots=True)
class Tested:
    """A test as a report words it."""

    procedure: str
    result: str = NONE


@dataclass(frozen=True, slots=True)
class Invented:
    """A control of the invented report."""

    number: str
    statement: str
    owner: str = "Harbor Office"
    frequency: str = "Quarterly"
    tests: tuple[Tested, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective of the invented report, with its controls."""

    number: str
    title: str
    statement: str
    controls: tuple[Invented, ...]


AIMS = (
    Aim(
        "1",
        "Access to the Quay",
        "Controls provide reasonable assurance that only crews with a berth enter the quay and that gates are kept.",
        (
            Invented(
                "QA-01",
                "Passes to the quay are issued once the berth master has compared the crew list to the berth plan.",
                tests=(
                    Tested("Inquired of the berth master and ascertained that passes follow the crew list."),
                    Tested(
                        "For a sample of 25 passes issued in the period, inspected the crew list and determined that "
                        "the holder was named in it.",
                        "Exception noted. For 2 of 25 passes sampled, the crew list did not name the holder.",
                    ),
                ),
            ),
            Invented(
                "QA-02",
                "Gates close at dusk. Keys stay in the lodge and are given out against a signature in the key book.",
                frequency="Daily",
                tests=(
                    Tested("Observed a watchman close the gates at dusk."),
                    Tested("Inspected the key book for a sample of 8 days."),
                    Tested("Attempted to draw a key without a signature and was refused."),
                ),
            ),
        ),
    ),
    Aim(
        "2",
        "Upkeep of Cranes",
        "Controls provide reasonable assurance that cranes are kept safe.",
        (
            Invented(
                "UC-01",
                "Ropes are replaced when their wear exceeds the limit that the maker of the crane has set.",
                frequency="Ad hoc",
                tests=(
                    Tested(
                        "Inspected the wear book and ascertained that no rope exceeded its limit in the period.",
                        "Not tested. No rope exceeded its limit during the period, so the control did not operate.",
                    ),
                ),
            ),
            Invented(
                "UC-02",
                "The brake of each crane is tried with twice the load of the day before the first lift.",
                frequency="Daily",
                tests=(Tested("Selected a sample of 12 mornings and inspected the brake book for the trial."),),
            ),
        ),
    ),
)

HEAD = """Report on Controls (SOC 1), Type 2 Report
Description of the Nimbus Harbor System
For the Period July 1, 2021 - June 30, 2022

SECTION III – Description of the System

The harbor keeps ships, cranes and ropes, and writes books of all that it does with them.

SECTION IV – Control Objectives, Controls, Tests and Results

"""
TAIL = """

SECTION V – Other Information Provided by the Harbor

The harbor plans a new pier.
"""


def tabs(aims: Sequence[Aim] = AIMS) -> str:
    """Cells apart by tabs, the title and the statement as rows."""
    lines: list[str] = []
    for aim in aims:
        lines += [f"Control Objective {aim.number}: {aim.title}\t\t", f"{aim.statement}\t\t"]
        lines.append("Controls Specified by the Harbor\tTests Performed by the Auditor\tResults of Tests")
        for control in aim.controls:
            for place, test in enumerate(control.tests):
                first = f"{control.number} {control.statement}" if not place else ""
                lines.append(f"{first}\t{test.procedure}\t{test.result}")
        lines += ["", "", ""]
    return HEAD + "\n".join(lines) + TAIL


def spaces(aims: Sequence[Aim] = AIMS) -> str:
    """The same with single spaces in place of tabs."""
    return tabs(aims).replace("\t", " ")


def folded(width: int) -> Callable[[], str]:
    """The same, folded at a width."""
    return lambda: "\n".join("\n".join(textwrap.wrap(line, width)) for line in spaces().split("\n"))


def bars(aims: Sequence[Aim] = AIMS) -> str:
    """A table of markdown for each objective, with all tests of a control in one cell."""
    lines: list[str] = []
    for aim in aims:
        lines += [f"### Control Objective {aim.number} – {aim.title}", "", aim.statement, ""]
        lines.append("| Ref. | Control | Owner | Frequency | Test of controls | Result |")
        lines.append("|---|:--|---|---|---|---|")
        for control in aim.controls:
            procedures = "<br>".join(test.procedure for test in control.tests)
            results = "<br>".join(test.result for test in control.tests)
            cells = (control.number, control.statement, control.owner, control.frequency, procedures, results)
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return HEAD + "\n".join(lines) + TAIL


def blocks(aims: Sequence[Aim] = AIMS) -> str:
    """A block of labelled lines for each control."""
    lines: list[str] = []
    for aim in aims:
        lines += [f"Objective {aim.number}: {aim.title}", aim.statement, ""]
        for control in aim.controls:
            lines += [f"Control {control.number}", *_fill(f"Control activity: {control.statement}")]
            lines += [f"Control owner: {control.owner}", f"Frequency: {control.frequency}"]
            for test in control.tests:
                lines += [*_fill(f"Test performed: {test.procedure}"), *_fill(f"Result: {test.result}")]
            lines.append("")
    return HEAD + "\n".join(lines) + TAIL


def lettered(aims: Sequence[Aim] = AIMS) -> str:
    """All tests of a control by letters, then all results by the same letters."""
    lines: list[str] = []
    for aim in aims:
        lines += [f"Control Objective {aim.number}: {aim.title}", "", *_fill(aim.statement), ""]
        for control in aim.controls:
            lines += [*_fill(f"{control.number} {control.statement}"), ""]
            lines.append(f"Owner: {control.owner}   Frequency: {control.frequency}")
            lines.append("Tests performed")
            for letter, test in zip("abcdef", control.tests, strict=False):
                lines += _fill(f"{letter}. {test.procedure}")
            lines.append("Results of tests")
            for letter, test in zip("abcdef", control.tests, strict=False):
                lines += _fill(f"{letter}. {test.result}")
            lines.append("")
    return HEAD + "\n".join(lines) + TAIL


def columns(*, tight: bool = False, shift: int = 0, length: int = 1000, again: bool = True) -> str:
    """Columns side by side; `length` lines a page, each page shifted, with the heading repeated or not."""
    return HEAD + "\n".join(_pages(list(_column_lines(tight=tight)), shift, length, again=again)) + TAIL


WIDTHS = (9, 34, 16, 13, 40, 30)
NAMES = ("No.", "Control Activity", "Owner", "Frequency", "Tests Performed by the Auditor", "Results of Tests")


def _column_lines(*, tight: bool) -> Iterator[str]:
    for aim in AIMS:
        yield from (f"Control Objective {aim.number}: {aim.title}", "", *_fill(aim.statement), "", _HEADING, "")
        for control in aim.controls:
            cells = [control.number, control.statement, control.owner, control.frequency, "", ""]
            for place, test in enumerate(control.tests):
                left = cells[:4] if not place else [""] * 4
                below = _row([*left, test.procedure, test.result])
                yield from below if tight else (*below, "")
        yield ""


_HEADING = "".join(name.ljust(width) for name, width in zip(NAMES, WIDTHS, strict=True)).rstrip()


def _row(cells: Sequence[str]) -> list[str]:
    wrapped = [textwrap.wrap(cell, width - 3) for cell, width in zip(cells, WIDTHS, strict=True)]
    height = max(len(lines) for lines in wrapped)
    return [
        "".join(
            (lines[n] if n < len(lines) else "").ljust(w) for lines, w in zip(wrapped, WIDTHS, strict=True)
        ).rstrip()
        for n in range(height)
    ]


def _pages(lines: Sequence[str], shift: int, length: int, *, again: bool) -> Iterator[str]:
    for page, start in enumerate(range(0, len(lines), length)):
        left = " " * (shift * (page % 3))
        if page:
            yield from (f"Nimbus Harbor – SOC 1 Report – Confidential                      Page {page + 6}", "\f")
            yield from ("NIMBUS HARBOR", "For the crews of the harbor alone", "")
            if again:
                yield from (left + _HEADING, "")
        yield from ((left + line).rstrip() for line in lines[start : start + length])


def _fill(text: str) -> list[str]:
    return textwrap.wrap(text, 88)


def cells_apart() -> str:
    """Each cell on lines of its own, as where a program reads a page cell by cell."""
    lines: list[str] = []
    for aim in AIMS:
        lines += [f"Control Objective {aim.number}: {aim.title}", *_fill(aim.statement)]
        lines += ["Controls Specified by the Harbor", "Tests Performed by the Auditor", "Results of Tests"]
        for control in aim.controls:
            lines += [control.number, *textwrap.wrap(control.statement, 34)]
            for test in control.tests:
                lines += [*textwrap.wrap(test.procedure, 40), *textwrap.wrap(test.result, 30)]
    return HEAD + "\n".join(lines) + TAIL


def control_above() -> str:
    """The control stands above a table of its tests in two columns."""
    lines: list[str] = []
    for aim in AIMS:
        lines += [f"Control Objective {aim.number}: {aim.title}", "", *_fill(aim.statement), ""]
        for control in aim.controls:
            lines += [*_fill(f"Control {control.number}: {control.statement}"), ""]
            lines += ["Tests of Operating Effectiveness".ljust(58) + "Results of Tests", ""]
            for test in control.tests:
                left, right = textwrap.wrap(test.procedure, 54), textwrap.wrap(test.result, 34)
                height = max(len(left), len(right))
                pad = [*left, *[""] * (height - len(left))]
                other = [*right, *[""] * (height - len(right))]
                lines += [(a.ljust(58) + b).rstrip() for a, b in zip(pad, other, strict=True)] + [""]
    return HEAD + "\n".join(lines) + TAIL


def centred() -> str:
    """Columns whose numbers and results stand at half the height of their cells."""
    lines: list[str] = []
    for aim in AIMS:
        lines += [f"Control Objective {aim.number}: {aim.title}", "", *_fill(aim.statement), "", _HEADING, ""]
        for control in aim.controls:
            for place, test in enumerate(control.tests):
                left = [control.number, control.statement, control.owner, control.frequency] if not place else [""] * 4
                lines += [*_centred([*left, test.procedure, test.result]), ""]
    return HEAD + "\n".join(lines) + TAIL


def _centred(cells: Sequence[str]) -> list[str]:
    wrapped = [textwrap.wrap(cell, width - 3) for cell, width in zip(cells, WIDTHS, strict=True)]
    height = max(len(lines) for lines in wrapped)
    down = [(height - len(lines)) // 2 for lines in wrapped]
    return [
        "".join(
            (lines[n - d] if 0 <= n - d < len(lines) else "").ljust(w)
            for lines, d, w in zip(wrapped, down, WIDTHS, strict=True)
        ).rstrip()
        for n in range(height)
    ]


def numbered_tests() -> str:
    """Rows by tabs of which each repeats the number of its control beside a number of its test."""
    lines: list[str] = []
    for aim in AIMS:
        lines += [f"Objective {aim.number} – {aim.title}", aim.statement]
        lines.append("Control No.\tControl\tTest No.\tTest of Control\tTest Result")
        for control in aim.controls:
            for place, test in enumerate(control.tests, 1):
                name = f"{control.number}.{place}"
                lines.append(f"{control.number}\t{control.statement}\t{name}\t{test.procedure}\t{test.result}")
        lines.append("")
    return HEAD + "\n".join(lines) + TAIL


def bars_by_row() -> str:
    """A table of markdown with a row for each test and empty cells below a control's own."""
    lines: list[str] = []
    for aim in AIMS:
        lines += [f"**Control Objective {aim.number}: {aim.title}**", "", f"*{aim.statement}*", ""]
        lines += ["Ref | Control | Test | Result", "--- | --- | --- | ---"]
        for control in aim.controls:
            for place, test in enumerate(control.tests):
                left = f"{control.number} | {control.statement}" if not place else " | "
                lines.append(f"{left} | {test.procedure} | {test.result}")
        lines.append("")
    return HEAD + "\n".join(lines) + TAIL


def paged_blocks() -> str:
    """Labelled blocks without blank lines, with a foot of three lines on each page."""
    lines = [line for line in blocks().split("\n") if line]
    pages = [lines[start : start + 9] for start in range(0, len(lines), 9)]
    found: list[str] = []
    for page, inside in enumerate(pages, 1):
        foot = ("Nimbus Harbor, Inc. | SOC 1 Type 2", "CONFIDENTIAL – Do not forward", f"Page {page} / {len(pages)}")
        found += [*inside, *(foot if page < len(pages) else ())]
    return "\n".join(found)
