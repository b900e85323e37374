"""Rows of tables whose first cell is a label (`Owner`, a tab, `Head of IT`), written with their cells in columns.

Web pages and word processors give each row as one line, whose cells tabs or bars part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.soc.controls.label_columns import KINDS, role_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line

_FEWEST = 4
_GAP = 2
_PAIR = 2


def tables_as_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines, where rows that begin with a label and those that go on with them have their cells in columns.

    Labels are told from other first cells where there are some of several kinds beside what is no label.
    """
    rows = {number: _cells(text) for number, text in lines if "\t" in text or text.lstrip().startswith("|")}
    roles = [role for cells in rows.values() if (role := _role(cells)) in KINDS and not label_in(cells[1])]
    if len(roles) < _FEWEST or len({*roles}) < _PAIR:
        return list(lines)
    found = dict(_of_labels(lines, rows))
    count = max(map(len, found.values()))
    widths = [max(len(cells[n]) if n < len(cells) else 0 for cells in found.values()) + _GAP for n in range(count)]
    return [(n, _padded(found[n], widths) if n in found else text) for n, text in lines]


def _cells(text: str) -> list[str]:
    """What stands in each cell of a row, up to the last that is filled."""
    bare = text.strip(" ")
    parts = bare.strip("|").split("|") if bare.startswith("|") else bare.split("\t")
    cells = [" ".join(part.replace("**", "").split()) for part in parts]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _role(cells: Sequence[str]) -> Role | None:
    """The role of the label with which a row begins, beside which something stands."""
    return role_of(cells[0]) if len(cells) > 1 and cells[0] else None


def _of_labels(lines: Sequence[Line], rows: dict[int, list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that begin with labels, up to the next line that is none: also those that go on, or have another one."""
    within = False
    for number, text in lines:
        cells = rows.get(number, [])
        labelled = _role(cells) is not None and not label_in(cells[1])
        within = labelled or (within and (len(cells) > 1 or not text.strip()))
        if within and len(cells) > 1:
            yield number, cells


def _padded(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)).rstrip()
