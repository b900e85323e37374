"""Topics of a report's description: the headings that begin one, what stands below them, their lists and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from graph.identifiers import fold
from loaders.layout.layout import Kind, Piece
from loaders.layout.text import ends_sentence, is_unfinished
from loaders.soc.column_titles import begins_small, is_next_service, is_title
from loaders.soc.sections import Part, Section

_LABELLED = re.compile(r"^(?:(?P<number>\d+(?:\.\d+)*)\.?|(?P<letter>[A-Z])\.|(?P<roman>[IVX]+)\.)\s+")
_MARKDOWN = re.compile(r"^(#{1,6})\s")
_OTHER_THEME = re.compile(
    r"\bnot appl|\binapplicable|\bglossary\b|\bdefinitions\b|^terms\b|^polic|\bacronyms\b", re.IGNORECASE
)
_WORDS = 6
_PAIR = 2
_BESIDE_SPAN = 3
_SENTENCE = 30
_PROMISED = re.compile(r":$")


_USERS = r"(?:user[- ]entit(?:y|ie)|user[- ]organi[sz]ation|customer|client|user|tenant|subscriber)"
_ASSUMED = re.compile(
    rf"\bassum\w*\b[^.]*\b{_USERS}s?\b|\b{_USERS}s?\b[^.]*\b(?:are responsible|should|are expected|is expected|must"
    rf"|need to)\b[^.]*:$"
    rf"|\bexpect\w*\b[^.]*\b{_USERS}s?\b|\bcomplementary\b[^.]*\b{_USERS}s?\b",
    re.IGNORECASE,
)


_OBJECTIVE = re.compile(r"^(?:control )?objective\s+\S*\d", re.IGNORECASE)
_USERS_FIRST = re.compile(rf"^(?:(?:each|every|the) )?{_USERS}s?\b", re.IGNORECASE)


class Theme(Enum):
    """What a topic is about, where its heading says so."""

    USER_CONTROLS = re.compile(
        rf"\bcomplementary\b(?!.*\bsub-?service\b).*\b(?:controls?|considerations?|responsibilit)"
        rf"|\b{_USERS}s?['’]?s? (?:control )?(?:considerations?|responsibilit\w+|obligations?|duties)\b"
        rf"|\b(?:user[- ]entity|customer|client|tenant|subscriber)s?['’]?s? controls?\b"
        rf"|\b(?:controls?|responsibilit\w+|considerations?|duties|obligations?)(?: \w+)?? (?:at|of|for|by|with"
        rf"|expected of|expected from) "
        rf"(?:the |our |its )?{_USERS}s?\b|\bCUECs?\b",
        re.IGNORECASE,
    )
    SUBSERVICE = re.compile(
        r"\bsub-?service\b|\bCSOCs?\b|^(?:[\dA-Z.]+\.?\s+)?(?:use of )?(?:vendors|third[- ]part(?:y|ies)(?:"
        r" (?:service )?providers)?|"
        r"sub-?contractors|outsourcing|(?:third-party |external )?service providers|suppliers)$",
        re.IGNORECASE,
    )
    COMMITMENTS = re.compile(r"\b(?:service )?commitments\b|\bsystem requirements\b", re.IGNORECASE)

    def titles(self, text: str) -> bool:
        """Whether a heading says that what follows is about this."""
        return bool(self.value.search(text))


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading with the pieces below it, up to the next topic."""

    theme: Theme
    heading: Piece
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An item of a list with its own lines, the mark before its text, and the heading under which it stands."""

    text: str
    raw: str
    first_line: int
    last_line: int
    area: Piece | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the folded titles of its columns, its rows with their lines, and where its heading stands."""

    titles: tuple[str, ...]
    rows: tuple[Piece, ...]
    heading: Piece

    def column(self, pattern: re.Pattern[str]) -> int | None:
        """The first column whose title matches."""
        return next((i for i, title in enumerate(self.titles) if pattern.search(title)), None)

    def cell(self, row: Piece, index: int | None) -> str:
        """The cell of a row; empty where the row has none there."""
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def holding(self, is_it: Callable[[str], bool], *without: int | None) -> int | None:
        """The first other column in which at least half of the cells are of a sort."""
        for index in (i for i in range(len(self.titles)) if i not in without):
            cells = [self.cell(row, index) for row in self.rows]
            if cells and 2 * sum(bool(cell) and is_it(cell) for cell in cells) >= len(cells):
                return index
        return None

    def wordiest(self, *without: int | None) -> int | None:
        """The other column with the longest cells; None where these are no more than names."""
        lengths = {i: sum(len(self.cell(r, i)) for r in self.rows) for i in range(len(self.titles)) if i not in without}
        best = max(lengths, key=lambda i: lengths[i], default=None)
        long = best is not None and lengths[best] > _SENTENCE * len(self.rows)
        return best if long else None


def topics(sections: Sequence[Section], theme: Theme) -> Iterator[Topic]:
    """The topics of one theme, in the sections that describe the system; a section's own title may begin one."""
    for section in sections:
        if section.part is not Part.DESCRIPTION:
            continue
        if theme.titles(section.title) and section.pieces:
            yield Topic(theme, section.pieces[0], section.pieces[: _end(section.pieces, 0, None, theme)])
        for index, piece in enumerate(section.pieces):
            if piece.kind is Kind.HEADING and (theme.titles(piece.text) or _led(section.pieces, index, theme)):
                end = _end(section.pieces, index + 1, piece, theme)
                yield Topic(theme, piece, section.pieces[index + 1 : end])


def _led(pieces: Sequence[Piece], index: int, theme: Theme) -> bool:
    """Whether the words below a heading of no theme lead to a list of what users are expected to do."""
    if theme is not Theme.USER_CONTROLS or any(other.titles(pieces[index].text) for other in Theme):
        return False
    below = pieces[index + 1 : index + 4]
    if len(below) < _PAIR or below[0].kind is not Kind.PARAGRAPH:
        return False
    by_area = len(below) > _PAIR and below[2].kind is Kind.ITEM and is_statement(below[2].text)
    promised = (below[0].text.endswith(":") or by_area) and below[1].kind is Kind.HEADING
    return (promised or below[1].kind in (Kind.ITEM, Kind.ROW)) and bool(_ASSUMED.search(below[0].text))


def _end(pieces: Sequence[Piece], start: int, heading: Piece | None, theme: Theme) -> int:
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.kind is Kind.HEADING and _ends(pieces, index, heading, theme):
            return index
    return len(pieces)


def _ends(pieces: Sequence[Piece], index: int, heading: Piece | None, theme: Theme) -> bool:
    """Whether a heading ends a topic: it names another, is of the same rank, or no list of statements follows it."""
    piece = pieces[index]
    if any(other.titles(piece.text) for other in Theme) or _OTHER_THEME.search(piece.text):
        return True
    if theme is not Theme.USER_CONTROLS and _led(pieces, index, Theme.USER_CONTROLS):
        return True
    if heading is not None and _rank(heading) is not None and _rank(piece) == _rank(heading):
        return True
    below = list(pieces[index + 1 : index + 3])
    if theme is Theme.USER_CONTROLS and below and is_of_objective(piece.text) and begins_with_users(below[0].text):
        return False
    if below and below[0].kind is Kind.PARAGRAPH and _PROMISED.search(below[0].text):
        below = below[1:]
    return not (below and below[0].kind is Kind.ITEM and is_statement(below[0].text))


def is_of_objective(title: str) -> bool:
    """Whether a heading is the number, or the title, of a control objective."""
    return bool(_OBJECTIVE.match(title))


def begins_with_users(text: str) -> bool:
    """Whether a sentence speaks first of those who use the system."""
    return bool(_USERS_FIRST.match(text))


def _rank(piece: Piece) -> tuple[str, int] | None:
    """How a heading is counted: by its marks of markdown, its letter, or the number of parts of its number."""
    marks = _MARKDOWN.match(piece.raw)
    if marks:
        return "#", len(marks[1])
    found = _LABELLED.match(piece.text)
    if found is None:
        return None
    if found["number"]:
        return "number", found["number"].count(".")
    return ("letter", 0) if found["letter"] else ("roman", 0)


def is_statement(text: str) -> bool:
    """Whether an item says something, and is no mere name."""
    return ends_sentence(text) or text.rstrip().endswith((")", "]")) or len(text.split()) >= _WORDS


def statements(pieces: Sequence[Piece]) -> Iterator[Statement]:
    """The items of a topic, each with the heading nearest above, or the item of an outer list to which it belongs."""
    area: Piece | None = None
    for piece in pieces:
        if piece.kind in (Kind.HEADING, Kind.AREA):
            area = piece
        elif piece.kind is Kind.ITEM:
            yield Statement(piece.text, piece.raw, piece.first_line, piece.last_line, area)


def grids(pieces: Sequence[Piece]) -> Iterator[Grid]:
    """The tables among pieces; one that goes on under its repeated heading is one, and cut rows are whole.

    No row has the title of a column in that column: such a one is the heading of a further table.
    """
    found: list[tuple[Piece, list[Piece]]] = []
    open_table = False
    for piece in pieces:
        if piece.kind is not Kind.ROW:
            open_table = open_table and piece.kind is Kind.FOOTNOTE
            continue
        titles = _titles(piece)
        if found and titles == _titles(found[-1][0]):
            open_table = True
        elif not open_table or len(piece.cells) != len(found[-1][0].cells) or _is_heading(found[-1][0], piece):
            found.append((piece, []))
            open_table = True
        elif not found[-1][1] and _is_rest_of_titles(piece):
            found[-1] = (_with_titles(found[-1][0], piece), [])
        else:
            found[-1][1].append(piece)
    for heading, rows in found:
        yield Grid(_titles(heading), tuple(_whole_rows(heading, rows)), heading)


def _is_heading(heading: Piece, row: Piece) -> bool:
    """Whether a row right below a table is the heading of another, one of whose columns is called alike."""
    alike = any(a and a == b for a, b in zip(_titles(heading), _titles(row), strict=False))
    return alike and all(row.cells) and not any(map(ends_sentence, row.cells))


def _is_rest_of_titles(row: Piece) -> bool:
    """Whether a row right below the titles of columns is the second line of some of them."""
    given = [cell for cell in row.cells if cell]
    return bool(given) and len(given) < len(row.cells) and all(map(is_title, given))


def _with_titles(heading: Piece, row: Piece) -> Piece:
    cells = tuple(f"{above} {below}".strip() for above, below in zip(heading.cells, row.cells, strict=False))
    return replace(heading, text=" ".join(cells), last_line=row.last_line, cells=cells)


def _titles(piece: Piece) -> tuple[str, ...]:
    return tuple(fold(cell) for cell in piece.cells)


def _whole_rows(heading: Piece, rows: Sequence[Piece]) -> Iterator[Piece]:
    """Rows that a page break cut are joined; a cell that is left empty is that of the row above."""
    whole: list[Piece] = []
    for row in rows:
        above = whole[-1] if whole else None
        named = above is not None and any(map(is_next_service, heading.cells, above.cells, row.cells))
        if above is not None and not named and _goes_on(above, row):
            cells = tuple(f"{a} {b}".strip() for a, b in zip(above.cells, row.cells, strict=False))
            whole[-1] = Piece(Kind.ROW, " ".join(cells), above.first_line, row.last_line, above.raw, cells)
        elif above is not None and not row.cells[0] and any(row.cells):
            cells = tuple(
                a if not b and all(not c for c in row.cells[:i]) else b
                for i, (a, b) in enumerate(zip(above.cells, row.cells, strict=False))
            )
            whole.append(Piece(Kind.ROW, " ".join(cells), row.first_line, row.last_line, row.raw, cells))
        else:
            whole.append(row)
    return iter(whole)


def _closes(above: str, cell: str) -> bool:
    """Whether a cell closes the bracket that is open in the one above."""
    return above.count("(") > above.count(")") and cell.count(")") > cell.count("(")


def _is_below_span(above: Piece, row: Piece) -> bool:
    """Whether a row fills every column but the first, which a cell of the row above spans, and goes on with nothing.

    Words that one cell leaves open may go on in the next row; all cells of a row are not cut at once between names.
    """
    beside = list(zip(above.cells[1:], row.cells[1:], strict=False))
    if row.cells[0] or len(beside) < _BESIDE_SPAN or not all(a and b for a, b in beside):
        return False
    return not any(is_unfinished([a]) or (begins_small(b) and not _are_codes(a, b)) for a, b in beside)


def _are_codes(*cells: str) -> bool:
    """Whether each of the cells of a column is one word in small letters, such as the short name of a Region."""
    return all(begins_small(cell) and len(cell.split()) == 1 for cell in cells)


def _goes_on(above: Piece, row: Piece) -> bool:
    given = [(a, b) for a, b in zip(above.cells, row.cells, strict=False) if b]
    if row.cells[0]:  # What stands below an empty cell goes on with nothing there.
        given = [(a, b) for a, b in given if a]
    if not given:
        return False
    if any(_closes(a, b) for a, b in given):
        return True
    if _is_below_span(above, row):
        return False
    longest = max(given, key=lambda pair: len(pair[0]) + len(pair[1]))
    # A name such as `eBay` may begin a further row, which has a first cell of its own.
    # So may each cell of a column, such as `whole period` above `until 31 March`.
    ended = ends_sentence(longest[0]) or (begins_small(longest[0]) and all(row.cells))
    own = bool(row.cells[0]) and not begins_small(row.cells[0]) and ended
    return (begins_small(longest[1]) and not own) or (
        not row.cells[0] and bool(longest[0]) and not ends_sentence(longest[0]) and len(given) < len(row.cells)
    )
