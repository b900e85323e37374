"""Attributes of a control that stand with their labels in one cell of its row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from loaders.layout.hyphens import glued
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.values import Cell

ATTRIBUTES = (Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.PERFORMER)
"""What a control has one of each."""

_APART = re.compile(r"\s*[;|]\s*")
_LABELLED = re.compile(r":|\s[–—-]\s")


def labelled_attributes(lines: Iterable[tuple[str, int, int]]) -> list[Cell]:
    """The attributes that a cell holds with their labels (`Owner: Crew`), on lines or apart by semicolons.

    Each line comes with the numbers of the first and the last line of the document on which it stands; one without a
    label goes on with the one above. None where the cell says anything else, or one of them twice.
    """
    cells: list[Cell] = []
    for text, first, last in ((part, a, b) for line, a, b in lines for part in _APART.split(line) if part.strip()):
        label = label_in(text)
        if label and label[0] in ATTRIBUTES and _LABELLED.search(text):
            cells.append(Cell(label[0], label[1], first, last))
        elif (label and label[0] not in ATTRIBUTES) or not cells:
            return []
        else:
            cells[-1] = replace(cells[-1], text=glued(cells[-1].text, text), last_line=last)
    once = len({cell.role for cell in cells}) == len(cells)
    return cells if once and all(cell.text for cell in cells) else []
