"""Tables of controls whose cells flow into each other: no gap and no blank line parts them, as in a text in raw order.

The heading of columns stands above the rows and comes again on each page. A row begins with the number of a control.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from loaders.layout.text import clean, ends_sentence, reads_as_title
from loaders.soc.controls.flow_headings import FlowHeading, heading_at
from loaders.soc.controls.flow_pieces import Piece, pieces_of, text_of
from loaders.soc.controls.flow_rows import FlowRow
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import Numbered, criterion_in, is_codes_alone, number_in, shape
from loaders.soc.controls.register import says_not_applicable
from loaders.soc.controls.titles import Title, begin_title, is_statement
from loaders.soc.controls.values import Cell

_FEWEST = 2
_CAMEL = re.compile(r"[a-z]{1,3}[A-Z]")
_LISTED = re.compile(r"[A-Za-z]{0,10}[-.]?\d[\w.-]*(?:(?:,|;| and) ?[A-Za-z]{0,10}[-.]?\d[\w.-]*)*[,;]?")


@dataclass(slots=True)
class FlowReader:
    """Reads the lines of the part with the controls; `headed` counts headings of columns."""

    lines: Sequence[Line]
    headed: int = 0
    rows: int = 0
    broken: int = 0
    doubts: list[tuple[int, str]] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)
    _heading: FlowHeading | None = None
    _row: FlowRow | None = None
    _mapped: tuple[str, int, list[Piece]] | None = None
    _title: Title | None = None
    _numbers: frozenset[str] = frozenset()
    _known: set[str] = field(default_factory=set)
    _parted: bool = False

    def read(self) -> list[Cell]:
        """All cells, in order."""
        self._numbers = _shapes(self.lines)
        at = 0
        while at < len(self.lines):
            number, text = self.lines[at]
            heading = heading_at(self.lines, at)
            if heading is not None and self._begins_table(heading, at):
                self._take_heading(heading)
                at += heading.size
                continue
            if text.strip():
                self._take(number, text)
            else:
                self._parted = True
            at += 1
        self._end()
        return self._cells

    def _begins_table(self, heading: FlowHeading, at: int) -> bool:
        """Whether a heading is known, or a row or the title of a group of rows stands below it."""
        if heading.text in self._known:
            return True
        below = next((text for _, text in self.lines[at + heading.size :] if text.strip()), "")
        if heading.maps:
            return criterion_in(below) is not None
        return self._numbered(below) is not None or begin_title(0, clean(below)) is not None

    def _take_heading(self, heading: FlowHeading) -> None:
        self._known.add(heading.text)
        self.headed += 1
        same = self._heading is not None and self._heading.text == heading.text
        self._heading, self._parted = heading, True
        if not same:
            self._end()

    def _take(self, line: int, text: str) -> None:
        bare = clean(text)
        parted, self._parted = self._parted, False
        title = begin_title(line, bare) if not is_codes_alone(bare) else None
        if title is not None and self._is_title(title, bare):
            self._end()
            self._title = title
        elif self._title is not None and self._goes_on(line, bare):
            pass
        elif self._heading is None:
            return
        elif self._heading.maps and (found := criterion_in(bare)) and found.rest:
            self._end()
            self._mapped = (found.number, line, list(pieces_of(line, found.rest)))
        elif not self._heading.maps and (numbered := self._numbered(bare)) is not None:
            self._end()
            self._row = FlowRow(numbered.number, line, self._heading.roles, list(pieces_of(line, numbered.rest)))
        elif self._row is not None:
            self._row.pieces.extend(pieces_of(line, text, broken=parted))
        elif self._mapped is not None:
            self._mapped[2].extend(pieces_of(line, text))

    def _is_title(self, title: Title, bare: str) -> bool:
        """Whether a line is a title of rows: it has the mark of one, and is no row of a table of criteria."""
        if title.role is Role.OBJECTIVE:
            return True
        return not (self._heading and self._heading.maps) and bool(_MARKED.match(bare))

    def _goes_on(self, line: int, bare: str) -> bool:
        """Takes a line that belongs to the title above it or is its statement."""
        title = self._title
        assert title is not None
        if title.statement or is_statement(bare) or title.role is Role.CRITERION:
            if not title.open(bare):
                return False
            title.add(line, bare)
        elif self._numbered(bare) is not None:
            return False
        else:
            title.text, title.last_line = f"{title.text} {bare}", line
        return True

    def _numbered(self, text: str) -> Numbered | None:
        """The number of a control with which a line begins a row, and the words behind it."""
        found = number_in(clean(text))
        if found is None or not found.marked or shape(found.number) not in self._numbers:
            return None
        first = found.rest[:1]
        return found if first and (first.isupper() or first in '“"(' or _CAMEL.match(found.rest)) else None

    def _end(self) -> None:
        """Ends what is open: a title, a row, the controls of a criterion."""
        if self._title is not None:
            self._cells.extend(self._title.cells())
        if self._row is not None:
            self._end_row(self._row)
        if self._mapped is not None:
            self._cells.extend(_mapped(*self._mapped))
        self._title, self._row, self._mapped = None, None, None

    def _end_row(self, row: FlowRow) -> None:
        while len(row.pieces) > 1 and _is_heading_of_group(row.pieces):
            row.pieces.pop()
        self._cells.extend(row.read())
        self.rows += 1
        self.broken += any(said.endswith("they are not read") for _, said in row.doubts)
        self.doubts.extend(row.doubts)


_MARKED = re.compile(r"^[\w .-]{3,24}(?<=\d)\s?[:–—-]\s")


def _is_heading_of_group(pieces: Sequence[Piece]) -> bool:
    """Whether the last line of a row is the title of a group of rows below: it stands below the end of a cell.

    A line that ends in codes is none: these stand in the last cells of the row.
    """
    last, above = pieces[-1], pieces[-2]
    if is_codes_alone(last.text.rstrip(",;").split()[-1]):
        return False
    ended = ends_sentence(above.text) or is_codes_alone(above.text.split()[-1])
    return last.begins and ended and reads_as_title(last.text) and not ends_sentence(last.text)


def _shapes(lines: Sequence[Line]) -> frozenset[str]:
    """The shapes of the numbers that begin several lines with words behind them; a number alone counts off."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for _, text in lines:
        found = number_in(clean(text)) if text.strip() else None
        if found and found.marked and found.rest and not criterion_in(text) and not found.number.isdigit():
            seen[shape(found.number)].add(found.number)
    return frozenset(one for one, numbers in seen.items() if len(numbers) >= _FEWEST)


def _mapped(code: str, line: int, pieces: Sequence[Piece]) -> Iterator[Cell]:
    """The controls of a criterion that stand behind its statement, or that it does not apply."""
    for size in range(1, len(pieces)):
        if not ends_sentence(pieces[size - 1].text):
            continue
        rest = pieces[size:]
        if says_not_applicable(rest[0].text):
            yield Cell(Role.MAPPED, _sentences(rest), line, rest[-1].line, code)
            return
        listed = _listed(rest)
        if listed:
            yield Cell(Role.MAPPED, text_of(listed), line, listed[-1].line, code)
            return


def _sentences(pieces: Sequence[Piece]) -> str:
    """The words up to the last end of a sentence."""
    last = max((n for n, piece in enumerate(pieces) if ends_sentence(piece.text)), default=0)
    return text_of(pieces[: last + 1])


def _listed(pieces: Sequence[Piece]) -> list[Piece]:
    """The first pieces, as far as they but list numbers."""
    found: list[Piece] = []
    for piece in pieces:
        if not _LISTED.fullmatch(piece.text) or (found and not found[-1].text.endswith((",", ";", "and"))):
            break
        found.append(piece)
    return found
