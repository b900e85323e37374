"""Lists in a layout, be they items, bare lines or cells of a table; wrapped entries become one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.layout.layout import Kind, Piece
from loaders.layout.text import clean, has_bullet, unnumbered


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: its text without bullet and markup, as it stands (`raw`), its lines, its section."""

    text: str
    raw: str
    first_line: int
    last_line: int
    section: tuple[str, ...]


def entries(pieces: Sequence[Piece]) -> tuple[Entry, ...]:
    """The entries of the list with which the pieces begin.

    A list goes on after footnotes and areas (page breaks and letterheads are no pieces), and may change from a table to
    items; it ends at a paragraph or a heading. A cell without a bullet below one with a bullet goes on with it.
    """
    found: list[Entry] = []
    columns: dict[int, int] = {}
    for piece in _list_pieces(pieces):
        cells = piece.cells if piece.kind is Kind.ROW else (piece.raw,)
        for column, cell in enumerate(cells):
            text = clean(unnumbered(cell) if piece.kind is Kind.ITEM and not has_bullet(cell) else cell)
            if not any(map(str.isalnum, text)):
                continue
            above = columns.get(column)
            if piece.kind is Kind.ROW and above is not None and not has_bullet(cell):
                found[above] = _longer(found[above], text, cell, piece.last_line)
                continue
            if piece.kind is Kind.ROW and has_bullet(cell):
                columns[column] = len(found)
            found.append(Entry(text, cell, piece.first_line, piece.last_line, piece.section))
    return tuple(found)


def join_wrapped(found: Sequence[Entry], known: Callable[[str], bool]) -> tuple[Entry, ...]:
    """Joins an entry to the one above that it continues.

    Two entries that are not known alone are one where that is known, or where the second is a single word without a
    bullet.
    """
    joined: list[Entry] = []
    for entry in found:
        if joined and _continues(joined[-1].text, entry, known):
            joined[-1] = _longer(joined[-1], entry.text, entry.raw, entry.last_line)
        else:
            joined.append(entry)
    return tuple(joined)


def _continues(above: str, entry: Entry, known: Callable[[str], bool]) -> bool:
    if known(above) or known(entry.text):
        return False
    return known(f"{above} {entry.text}") or (" " not in entry.text and not has_bullet(entry.raw))


def _longer(entry: Entry, text: str, raw: str, last_line: int) -> Entry:
    return replace(entry, text=f"{entry.text} {text}", raw=f"{entry.raw} {raw}", last_line=last_line)


def _list_pieces(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of the list; bare lines are entries only where the list begins with one."""
    kinds = (Kind.LINE,) if pieces and pieces[0].kind is Kind.LINE else (Kind.ITEM, Kind.ROW)
    for piece in pieces:
        if piece.kind in kinds:
            yield piece
        elif piece.kind not in (Kind.FOOTNOTE, Kind.AREA):
            return
