"""One invented table of controls as programs print it: cells at the top, the middle or the bottom, rows that drift."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from tests.loaders.control_layouts import AIMS, HEAD, TAIL, Tested

WIDTHS = (9, 30, 38, 24)
HEADING = ("No.", "Control Activity", "Tests of Controls", "Results of Tests")
STANDING = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
DRIFTS = ((0, 0), (9, 9), (4, 12), (17, 17))


@dataclass(frozen=True, slots=True)
class Print:
    """How a table is printed.

    Where cells stand in their rows, how many spaces part full cells, whether columns begin elsewhere from row to row,
    whether the words of its heading touch, after how many rows a page ends, how wide the column of numbers is.
    """

    standing: str = "top"
    gap: int = 3
    drifts: bool = False
    touching: bool = False
    rows: int = 1000
    numbers: int = 9

    def text(self) -> str:
        """The report."""
        lines = [HEAD]
        for aim in AIMS:
            lines += [f"Control Objective {aim.number}: {aim.title}", "", *textwrap.wrap(aim.statement, 88), ""]
            lines.append(self._heading())
            for place, control in enumerate(aim.controls):
                if place and place % self.rows == 0:
                    lines += ["", "Nimbus Harbor – SOC 1 Report        Page 1", "\f", self._heading()]
                lines += self._row(place, [control.number, control.statement, *_first(control.tests)])
            lines.append("")
        return "\n".join(lines) + TAIL

    def _heading(self) -> str:
        if self.touching:
            return "  " + " ".join(HEADING[:2]) + " " * 24 + " ".join(HEADING[2:])
        return "  " + "".join(word.ljust(width) for word, width in zip(HEADING, WIDTHS, strict=True)).rstrip()

    def _row(self, place: int, cells: Sequence[str]) -> list[str]:
        widths = (self.numbers, *WIDTHS[1:])
        wrapped = [textwrap.wrap(cell, width - self.gap) for cell, width in zip(cells, widths, strict=True)]
        height = max(len(lines) for lines in wrapped)
        down = [round((height - len(lines)) * STANDING[self.standing]) for lines in wrapped]
        drift = (0, 0, *DRIFTS[place % len(DRIFTS)]) if self.drifts else (0, 0, 0, 0)
        starts = [2 + sum(WIDTHS[:n]) + drift[n] for n in range(len(WIDTHS))]
        found = []
        for at in range(height):
            text = ""
            for start, lines, above in zip(starts, wrapped, down, strict=True):
                if 0 <= at - above < len(lines):
                    text = f"{text.ljust(start)}{lines[at - above]}"
            found.append(text)
        return found


def _first(tests: Sequence[Tested]) -> tuple[str, str]:
    return tests[0].procedure, tests[0].result


def truth() -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """What each table says: of each control the objective, number and wording, its test and the result."""
    return [
        (aim.number, control.number, control.statement, [_first(control.tests)])
        for aim in AIMS
        for control in aim.controls
    ]
