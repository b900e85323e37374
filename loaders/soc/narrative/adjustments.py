"""Changes of controls from one period to the next that a report states: old and new wording, and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.identifiers import identify_below
from loaders.layout.layout import Kind, Piece
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.index import ControlIndex, control_index
from loaders.soc.reading import Reading

_ROW = 0
_TEXT = 2
_CHANGES = re.compile(r"\b(?:changes?|adjustments?|modifications?|revisions?) (?:to|of) (?:\w+ ){0,3}controls?\b|"
                      r"\bcontrols? (?:adjustments?|changes?|modifications?|revisions?)\b", re.IGNORECASE)  # fmt: skip
_PERIODS = re.compile(
    r"\bfrom (?:the )?(?P<old>[^.:]{3,60}?) to (?:the )?(?P<new>[^.:]{3,60}?)(?: reporting)? periods?\b"
)
_OLD = re.compile(r"\b(?:old|previous|prior|former)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:new|current|revised|updated)\b", re.IGNORECASE)
_REASON_COLUMN = re.compile(r"^(?:rationale|reasons?)\b", re.IGNORECASE)
_REASON = re.compile(r"^(?:rationale|reasons?)(?: (?:for|of) (?:the )?change)?\s*:\s*", re.IGNORECASE)
_PERIOD = re.compile(r"\s[–—-]\s(?P<period>[^–—]+)$|\((?P<inside>[^()]*\d{4}[^()]*)\)$")
_NUMBER = re.compile(r"^(?:[Cc]ontrol )?(?P<number>(?:[A-Z]{1,10}[-.])?\d+(?:\.\d+)*[a-z]?|[A-Z]+\d+(?:[.-]\w+)*)"
                     r"\s*(?:[:.–—-]\s+|$)")  # fmt: skip
_NOTHING = re.compile(r"^(?:n/?a\.?|none\.?|not applicable\.?|[–—-]*)$", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:addition|added|new) (?:of )?(?:new )?controls?\b|\bcontrols? added\b", re.IGNORECASE)
_REMOVED = re.compile(r"\b(?:removal|removed|deletion|deleted|retired) (?:of )?controls?\b|"
                      r"\bcontrols? (?:removed|deleted|retired)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the cells of a table stand, and the periods that its head names."""

    old: int
    new: int
    reason: int | None
    from_period: str | None
    to_period: str | None


@dataclass(slots=True)
class _Change:
    """A row of the table, its rationale, and the lines on which they stand."""

    old: str
    new: str
    lines: list[int]
    section: tuple[str, ...]
    columns: _Columns
    head_line: int
    reason: str = ""
    reason_lines: list[int] = field(default_factory=list)


def adjustment_lines(reading: Reading) -> frozenset[int]:
    """The lines of the tables of changes: what they say of a control is no narrative."""
    lines: set[int] = set()
    for change in _changes(reading.layout.pieces):
        lines.update((change.head_line, *range(min(change.lines), max(change.lines) + 1)))
        lines.update(range(min(change.reason_lines, default=0), max(change.reason_lines, default=-1) + 1))
    return frozenset(lines)


def read_adjustments(reading: Reading) -> None:
    """States every reworded control; added and removed ones, for which the model has no place, are warnings."""
    index = control_index(reading)
    ordinals: dict[str, int] = {}
    paragraphs = (piece for piece in reading.layout.pieces if piece.kind is Kind.PARAGRAPH)
    above = [p for p in paragraphs if _CHANGES.search(p.text) and _PERIODS.search(p.text)]
    for change in _changes(reading.layout.pieces):
        id_ = _state(reading, index, change, ordinals)
        if id_ is not None:
            _state_periods(reading, change, id_, above)
    for piece in reading.layout.pieces:
        kind = _kind(piece.section) if piece.kind is not Kind.HEADING else None
        number = _NUMBER.match(piece.text) if kind else None
        if number and not index.table_lines.intersection(range(piece.first_line, piece.last_line + 1)):
            _warn(reading, piece.first_line, number["number"], str(kind))


def _kind(section: Sequence[str]) -> str | None:
    """Whether the nearest heading is that of added or of removed controls."""
    title = section[-1] if section else ""
    return "added" if _ADDED.search(title) else "removed" if _REMOVED.search(title) else None


def _warn(reading: Reading, line: int, number: str, kind: str) -> None:
    reading.notes.warn(line, f"control {number} is stated as {kind}, for which the model has no place")


def _changes(pieces: Sequence[Piece]) -> Iterator[_Change]:
    """The rows below each head of old and new wording; a row that a page break cut goes on in the next one."""
    columns: _Columns | None = None
    head, last = 0, None
    for piece in pieces:
        found = _columns(piece)
        if found is not None:
            columns, head = found, piece.first_line
        elif columns and last is not None and _add_reason(last, piece):
            continue
        elif columns and piece.kind is Kind.ROW and len(piece.cells) > max(columns.old, columns.new):
            if last is not None and _add_row(last, piece, columns):
                continue
            if last is not None:
                yield last
            last = _change(piece, columns, head)
        elif piece.kind is not Kind.FOOTNOTE:
            columns = None
    if last is not None:
        yield last


def _columns(piece: Piece) -> _Columns | None:
    cells = [clean(cell) for cell in piece.cells]
    old = next((n for n, cell in enumerate(cells) if _OLD.search(cell) and not _NUMBER.match(cell)), None)
    new = next((n for n, cell in enumerate(cells) if _NEW.search(cell) and n != old), None)
    if old is None or new is None or any(ends_sentence(cell) for cell in cells) or "control" not in piece.text.lower():
        return None
    reason = next((n for n, cell in enumerate(cells) if _REASON_COLUMN.match(cell)), None)
    return _Columns(old, new, reason, _period(cells[old]), _period(cells[new]))


def _period(cell: str) -> str | None:
    found = _PERIOD.search(cell)
    return (found["period"] or found["inside"]).strip() if found else None


def _change(row: Piece, columns: _Columns, head: int) -> _Change:
    cells = [clean(cell) for cell in row.cells]
    number = next(
        (cell for n, cell in enumerate(cells) if n not in (columns.old, columns.new) and _is_number(cell)), ""
    )
    old, new = (f"{number}: {cell}" if number else cell for cell in (cells[columns.old], cells[columns.new]))
    change = _Change(old, new, [row.first_line, row.last_line], row.section, columns, head)
    if columns.reason is not None and columns.reason < len(cells):
        change.reason, change.reason_lines = cells[columns.reason], [row.first_line, row.last_line]
    return change


def _is_number(cell: str) -> bool:
    found = _NUMBER.match(cell)
    return found is not None and found.end() == len(cell)


def _add_reason(last: _Change, piece: Piece) -> bool:
    """Whether a row or a paragraph gives the rationale of the row above."""
    found = _REASON.match(piece.text)
    if found:
        last.reason = piece.text[found.end() :].strip()
        last.reason_lines = [piece.first_line, piece.last_line]
    return bool(found)


def _add_row(last: _Change, row: Piece, columns: _Columns) -> bool:
    """Whether a row without a number goes on with a wording that did not end."""
    old, new = clean(row.cells[columns.old]), clean(row.cells[columns.new])
    cut = not (ends_sentence(last.old) and ends_sentence(last.new))
    if _NUMBER.match(old) or _NUMBER.match(new) or not cut:
        return False
    last.old, last.new = f"{last.old} {old}".strip(), f"{last.new} {new}".strip()
    last.lines.append(row.last_line)
    return True


def _state(reading: Reading, index: ControlIndex, change: _Change, ordinals: dict[str, int]) -> str | None:
    """States the change of a control of the tables; answers the id of the revision, None where there is none."""
    old, new = (_NUMBER.match(text) for text in (change.old, change.new))
    named = new or old
    number = named["number"] if named else None
    control = index.control(number) if number else None
    line = change.lines[0]
    texts = [text[match.end() :] if match else text for text, match in ((change.old, old), (change.new, new))]
    if number and any(_NOTHING.match(text) for text in texts):
        _warn(reading, line, number, "added" if _NOTHING.match(texts[0]) else "removed")
        return None
    if control is None:
        reading.notes.warn(line, f"the change of {number or change.old!r} is that of no control of the report's tables")
        return None
    if old and new and old["number"] != new["number"]:
        reading.notes.warn(line, f"control {new['number']} was numbered {old['number']} before")
    ordinals[control.id] = ordinal = ordinals.get(control.id, 0) + 1
    id_ = identify_below("ControlRevision", control.id, str(ordinal))
    cited = reading.notes.cite(line, change.lines[-1], change.section)
    reading.notes.state("ControlRevision", id_, cited, name=f"{control.number} revision {ordinal}", ordinal=ordinal,
                        from_statement=texts[0], to_statement=texts[1])  # fmt: skip
    reading.notes.link("REVISES", id_, control.id, cited)
    if change.reason:
        why = reading.notes.cite(change.reason_lines[0], change.reason_lines[-1], change.section)
        reading.notes.state("ControlRevision", id_, why, rationale=change.reason)
    return id_


def _state_periods(reading: Reading, change: _Change, id_: str, above: Sequence[Piece]) -> None:
    """The periods as the text above the table names them, else as its head does."""
    shared = [p for p in above if p.last_line < change.head_line and p.section and p.section[-1] in change.section]
    found = _PERIODS.search(shared[-1].text) if shared else None
    cited = reading.cite(shared[-1]) if shared else reading.notes.cite(change.head_line, None, change.section)
    old = found["old"] if found else change.columns.from_period
    new = found["new"] if found else change.columns.to_period
    if old or new:
        reading.notes.state("ControlRevision", id_, cited, _TEXT if found else _ROW, from_period=old, to_period=new)
