"""Labelled lines below the number of a control that the report states elsewhere, as in a catalogue of its controls.

Such a block is the number alone on its line, or with a title behind it, perhaps the wording, and lines with labels:
each with what it says behind a colon or in the next cell, or below a label that is alone on its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.soc.controls.labelled_cells import ATTRIBUTES
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.values import Cell

_OF_CONTROLS = frozenset((*ATTRIBUTES, Role.CONTROL, Role.CRITERION, Role.NUMBER, Role.OBJECTIVE))
# Who owns what is to be done about a deviation, and how often, is nothing of its control.
_PLANNED = re.compile(
    r"^[^:]*\b(?:due|target|actions?|plan(?:ned)?|remed\w+|exceptions?|findings?|risks?)\b[^:]*:", re.I
)
_NEXT_CELL = re.compile(r"\s*:?\t\s*")
_SEVERAL = re.compile(r"\S:(?:\s|$)|\s{3,}|\t")
_ENDS = (".", ";", ":", ",")
_MOST_OF_WORDING = 3
_FEWEST = 2


@dataclass(slots=True)
class _Labelled:
    """A label with the lines of what it says."""

    role: Role
    line: int
    texts: list[str] = field(default_factory=list)

    def cell(self) -> Cell:
        """What it says where that is one line; the words of several are not told from what stands below."""
        told = self.texts[0] if len(self.texts) == 1 and not _SEVERAL.search(self.texts[0]) else ""
        return Cell(self.role, told, self.line, self.line + max(0, len(self.texts) - 1))


@dataclass(frozen=True, slots=True)
class AttributeBlock:
    """The number of a control, and the attributes that stand below it; of those that are not told the text is empty."""

    number: str
    line: int
    cells: tuple[Cell, ...]


def attribute_blocks(lines: Sequence[Line], is_control: Callable[[str], bool]) -> Iterator[AttributeBlock]:
    """The blocks among lines; one that tells an attribute twice, or anything but a control, is none."""
    for at, (line, text) in enumerate(lines):
        number = _heading(text)
        if number is None or not is_control(number):
            continue
        found = _labelled(lines[at + 1 :], is_control)
        attributes = [one for one in found if one.role in ATTRIBUTES]
        once = len({one.role for one in attributes}) == len(attributes)
        if attributes and once and len(found) >= _FEWEST and all(one.role in _OF_CONTROLS for one in found):
            yield AttributeBlock(number, line, tuple(one.cell() for one in attributes))


def _heading(text: str) -> str | None:
    """The number that a line is, with or without a title or behind its label; another row, or a sentence, is none."""
    label = label_in(_NEXT_CELL.sub(": ", text.strip(), count=1))
    if label and label[0] in (Role.NUMBER, Role.CONTROL) and (own := number_in(label[1])) and not own.rest:
        return own.number
    found = number_in(text) if "\t" not in text else None
    return found.number if found and found.marked and not found.rest.endswith(_ENDS) else None


def _labelled(below: Sequence[Line], is_control: Callable[[str], bool]) -> list[_Labelled]:
    """The labels below a number with what they say; none where a line among them is of a plan."""
    found: list[_Labelled] = []
    worded, blank = 0, False
    for line, text in below:
        words = _NEXT_CELL.sub(": ", text.strip(" -•*|"), count=1)
        if not words:
            blank = True
            continue
        label = label_in(words) if ":" in words or not blank or not found else None
        if is_control(_heading(words) or "") or (found and blank and label is None):
            break
        if _PLANNED.match(words):
            return []
        if label is not None and (label[1] or words.endswith(":") or _is_alone(words)):
            found.append(_Labelled(label[0], line, [label[1]] if label[1] else []))
        elif found:
            found[-1].texts.append(words)
        elif (worded := worded + 1) > _MOST_OF_WORDING:
            break
        blank = False
    return found


def _is_alone(words: str) -> bool:
    """Whether a label stands alone on its line."""
    return ":" not in words and not words.endswith(_ENDS)
