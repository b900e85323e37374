"""Rows of a column of labels and the column of what they say, written as labelled lines: `Owner: Head of IT`.

What a label says goes on below in its own column, also on the next page; a second label within a row, as of a response
beside a result, begins lines of its own. No blank line parts the rows of a control, and one parts its last row from the
criterion of the next controls. A row whose label is not known is left out: it goes on with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.layout.text import ends_sentence, is_unfinished, reads_as_title
from loaders.soc.controls.label_cells import labels_apart
from loaders.soc.controls.label_columns import Column, label_columns, role_of
from loaders.soc.controls.label_places import Label, LabelPlaces
from loaders.soc.controls.label_stacks import stacks_as_columns
from loaders.soc.controls.label_tables import tables_as_columns
from loaders.soc.controls.labelled_cells import ATTRIBUTES
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.results import is_procedure, result_of

_UNKNOWN = re.compile(r"[A-Z][a-z]+(?: [\w’'/&-]+){0,4}:?")
_MOST_HEADING = 6
_VALUES = (*ATTRIBUTES, Role.CRITERION)
_BEGIN = (Role.CONTROL, Role.NUMBER)


@dataclass(slots=True)
class _Row:
    """A label with the lines of what it says, each with its words where they stood."""

    label: str
    column: Column
    lines: list[Line] = field(default_factory=list)

    def add(self, number: int, value: str) -> None:
        """Adds a line of what the label says."""
        self.lines.append((number, " " * self.column.value + value))

    def is_ended(self) -> bool:
        """Whether what the label says is whole: a value that does not go on, or words that end as sentences do."""
        last = self.lines[-1][1] if self.lines else ""
        if role_of(self.label) in _VALUES:
            return not is_unfinished([last])
        return not last or ends_sentence(last)

    def is_further(self, value: str) -> bool:
        """Whether words below a gap are a further test, or a further result."""
        role = role_of(self.label)
        words = value.strip()
        return (role is Role.PROCEDURE and is_procedure(words)) or (role is Role.RESULT and bool(result_of(words)))

    def written(self) -> Iterator[Line]:
        """The row as labelled lines, those of each label within it behind the ones before that."""
        if not self.label:
            return
        for label, lines in labels_apart(self.label, self.lines):
            for at, (number, text) in enumerate(lines):
                yield number, text if at else f"{label}: {text.strip()}"


@dataclass(slots=True)
class _Reader:
    lines: Sequence[Line]
    places: LabelPlaces
    out: list[Line] = field(default_factory=list)
    _row: _Row | None = None
    _blank: list[Line] = field(default_factory=list)
    _words: frozenset[int] = frozenset()
    _begun_controls: bool = False
    _titled: bool | None = None

    def read(self) -> list[Line]:
        for at, (number, text) in enumerate(self.lines):
            if not text.strip():
                self._blank.append((number, text))
            elif at in self._words and self._row is not None:
                self._go_on(self._row, number, text[self._row.column.value :])
            elif (label := self.places.begun(at, between=self._row is None or self._row.is_ended())) is not None:
                self._go_on(self._open(number, label), number, text[label.column.value :])
            elif self._row is not None and (value := self._value(self._row, text)):
                self._go_on(self._row, number, value)
            else:
                self._close()
                self.out.append((number, text))
        self._close()
        return self.out

    def _go_on(self, row: _Row, number: int, value: str) -> None:
        if self._blank and row.lines and row.is_ended() and row.is_further(value):
            row.lines.append((self._blank[-1][0], ""))
        self._blank.clear()
        if value.strip():
            row.add(number, value.rstrip())

    def _value(self, row: _Row, text: str) -> str:
        """What a line without a known label adds to a row, or to one whose label is not known; else nothing."""
        label, value = row.column.cut(text) or ("", "")
        if label and value.strip() and _UNKNOWN.fullmatch(label) and not _is_number(label):
            self._close()
            self._row = _Row("", row.column)
            return value
        words = value.strip()
        titled = self._blank and row.is_ended() and reads_as_title(words) and not ends_sentence(words)
        return "" if label or titled else value

    def _open(self, number: int, label: Label) -> _Row:
        """Begins a row below the one before; the gap between rows of one control is none."""
        role, gap, after_row = role_of(label.words), self._blank, self._row is not None
        self._blank = []
        if role is Role.CRITERION:
            self._titled = not self._is_within() if self._titled is None else self._titled
            gap = [(number, "")] if self._titled else []
        elif after_row and role not in _BEGIN:
            gap = []
        self._close()
        self.out.extend(gap)
        self._begun_controls = self._begun_controls or role in _BEGIN
        self._row, self._words = _Row(label.words, label.column), label.at
        return self._row

    def _is_within(self) -> bool:
        """Whether a control has begun above: what names criteria for the first time is no title then."""
        above = [text for _, text in self.out if text.strip()][-_MOST_HEADING:]
        return self._begun_controls or any(map(_is_number, above))

    def _close(self) -> None:
        if self._row is not None:
            self.out.extend(self._row.written())
        self.out.extend(self._blank)
        self._row, self._blank, self._words = None, [], frozenset()


def rows_as_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the rows of a column of labels written as labelled lines in its place."""
    lines = stacks_as_columns(tables_as_columns(lines))
    columns = label_columns(lines)
    return _Reader(lines, LabelPlaces(lines, columns)).read() if columns else list(lines)


def _is_number(text: str) -> bool:
    """Whether a line begins with what can be the number of a control."""
    found = number_in(text)
    return found is not None and found.marked
