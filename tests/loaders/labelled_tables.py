"""One invented table of controls whose cells hold labelled lines, as a text, a printed page and a web page."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fpdf import FPDF

from loaders.soc.controls.labels import Role

HEADING = ("Ref.", "Control description", "Criteria", "Tests of controls", "Results of tests")
WIDTHS = (9, 36, 10, 46, 32)
MILLIMETRES = (18, 62, 22, 96, 72)
BEFORE = "SECTION IV – Criteria, Controls, Tests and Results"
AFTER = ("SECTION V – Other Information", "The ferry line plans a new pier.")
NONE = "No exceptions noted."


@dataclass(frozen=True, slots=True)
class Ferry:
    """A control of the ferry line: `family` is the title of the group that it begins."""

    number: str
    wording: str
    codes: str
    owner: str
    often: str
    kind: str
    tests: tuple[str, ...]
    results: tuple[str, ...] = (NONE,)
    family: str = ""


FERRIES = (
    Ferry(
        "DCK-01",
        "Moorings are looked over before the first sailing and after each storm.",
        "CC6.4, CC7.1",
        "Harbor Master",
        "Daily",
        "Manual",
        ("a. Observed the look over the moorings.", "b. Inspected the mooring book for a sample of 12 mornings."),
        family="Docks and Moorings",
    ),
    Ferry(
        "DCK-02",
        "Gangways close by themselves once the ship has cast off.",
        "CC6.4",
        "Director of Landing Stages and Passenger Safety",
        "Continuous",
        "Automated",
        ("Observed the closing of a gangway.",),
    ),
    Ferry(
        "TKT-01",
        "Fares are changed with the consent of two officers; the desk compares them each month with the printed list of"
        " fares.",
        "CC5.2, CC8.1",
        "Ticket Desk",
        "Monthly",
        "Manual",
        (
            "a. Inspected the consent to all changes of fares.",
            "b. Inspected, for a sample of 3 months, the comparison.",
        ),
        ("a. No exceptions noted.", "b. Exception noted: For 1 of 3 months sampled, no comparison had been made."),
        family="Tickets",
    ),
    Ferry(
        "TKT-02",
        "Refunds above the limit need the approval of the purser.",
        "CC5.2",
        "Purser",
        "Ad hoc",
        "Manual",
        ("Inspected, for a sample of 25 refunds, the approval of the purser.",),
    ),
)
Labels = Sequence[Role]
LABELS = {Role.OWNER: "Control owner", Role.FREQUENCY: "Frequency", Role.NATURE: "Type"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """How the table is written: which labels its cells have, at their head or foot, in tight rows or in open ones."""

    labels: tuple[Role, ...] = (Role.OWNER,)
    head: bool = False
    tight: bool = False
    families: bool = True

    def text(self) -> str:
        """The table in columns side by side."""
        lines = [BEFORE, "", _line(HEADING)]
        for one in FERRIES:
            lines += [] if self.tight else [""]
            lines += [one.family, *([] if self.tight else [""])] if one.family and self.families else []
            columns = [
                [part for line in cell for part in textwrap.wrap(line, width - 2)]
                for cell, width in zip(self._cells(one), WIDTHS, strict=True)
            ]
            height = max(map(len, columns))
            lines += [_line([c[at] if at < len(c) else "" for c in columns]) for at in range(height)]
        return "\n".join([*lines, "", AFTER[0], "", AFTER[1], ""])

    def bars(self) -> str:
        """The table of markdown."""
        rows = ["<br>".join(HEADING).split("<br>"), ["---"] * len(HEADING)]
        for one in FERRIES:
            rows += [[one.family, "", "", "", ""]] if one.family and self.families else []
            rows.append(["<br>".join(cell) for cell in self._cells(one)])
        return "\n".join([BEFORE, "", *(f"| {' | '.join(row)} |" for row in rows), "", AFTER[0], "", AFTER[1], ""])

    def page(self) -> bytes:
        """The table of a web page."""
        rows = [f"<tr>{''.join(f'<th>{title}</th>' for title in HEADING)}</tr>"]
        for one in FERRIES:
            if one.family and self.families:
                rows.append(f'<tr><td colspan="5"><b>{one.family}</b></td></tr>')
            cells = ("<br>".join(map(html.escape, cell)) for cell in self._cells(one))
            rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
        table = f"<table>{''.join(rows)}</table>"
        body = f"<h1>{BEFORE}</h1>{table}<h1>{AFTER[0]}</h1><p>{AFTER[1]}</p>"
        return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()

    def printed(self, width: float = 270) -> bytes:
        """The table on landscape pages in letters of their own widths."""
        pdf = FPDF(orientation="landscape", format="A4")
        pdf.core_fonts_encoding = "windows-1252"
        pdf.add_page()
        pdf.set_font("helvetica", size=9)
        pdf.cell(0, 10, BEFORE, new_x="LMARGIN", new_y="NEXT")
        padding = (0.2, 1) if self.tight else (2.5, 1)
        with pdf.table(
            col_widths=MILLIMETRES, width=width, line_height=4.2, padding=padding, borders_layout="NONE"
        ) as table:
            table.row(HEADING)
            for one in FERRIES:
                if one.family and self.families:
                    table.row().cell(one.family, colspan=len(HEADING))
                table.row(["\n".join(cell) for cell in self._cells(one)])
        pdf.ln(8)
        for line in AFTER:
            pdf.cell(0, 10, line, new_x="LMARGIN", new_y="NEXT")
        return bytes(pdf.output())

    def _cells(self, one: Ferry) -> tuple[list[str], ...]:
        said = {Role.OWNER: one.owner, Role.FREQUENCY: one.often, Role.NATURE: one.kind}
        labels = [f"{LABELS[role]}: {said[role]}" for role in self.labels]
        wording = [*labels, one.wording] if self.head else [one.wording, *labels]
        return [one.number], wording, [one.codes], list(one.tests), list(one.results)

    def truth(self) -> Iterator[tuple[object, ...]]:
        """What each control says: number, wording, labelled values, criteria, tests with their results."""
        for one in FERRIES:
            said = {Role.OWNER: one.owner, Role.FREQUENCY: one.often, Role.NATURE: one.kind}
            tests = [test[3:] if test[1] == "." else test for test in one.tests]
            results = [result[3:] if result[1] == "." else result for result in one.results]
            results = results if len(results) == len(tests) else results * len(tests)
            yield (
                one.number,
                one.wording,
                [(role, said[role]) for role in self.labels],
                one.codes.split(", "),
                list(zip(tests, results, strict=True)),
            )


def _line(cells: Sequence[str]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
