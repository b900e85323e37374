"""Lists of edge locations in a description: items, rows and tables, below a heading or the headings of areas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from loaders.layout.layout import Kind, Piece
from loaders.layout.lists import Entry, entries
from loaders.layout.text import clean
from loaders.names.places import Place, find_country, place
from loaders.soc.facility_kinds import is_place
from loaders.soc.leading_sentences import leading, leaves_out
from loaders.soc.topics import Grid, grids

_NAMES = r"(?:edge (?:locations|sites|nodes|points of presence)|points of presence|PoPs)"
EDGES = re.compile(rf"\b{_NAMES}\b", re.IGNORECASE)
EDGE_TITLE = re.compile(
    rf"^(?:[\dA-Z.]+\.?\s+)?(?:[A-Z][\w-]+ ){{0,2}}{_NAMES}(?: \([A-Za-z ]+\))?(?: (?:in|within) (?:the )?scope)?:?$",
    re.IGNORECASE,
)
_AREA = re.compile(
    r"\b(?:Africa|Americas?|Antarctica|Asia|Australia|Caribbean|Europe|Middle East|Oceania|Pacific|APAC|EMEA|LATAM)\b"
)
_LEADS = re.compile(r"\b(?:following|below|these)\b")
_PLACES = re.compile(r";\s*")
_CITY_COLUMN = re.compile(rf"^(?:city|town|location|place|metro|{_NAMES}|edge location|pop)\b", re.IGNORECASE)
_STATE_COLUMN = re.compile(r"^(?:state|province)\b")
_COUNTRY_COLUMN = re.compile(r"^(?:country|state or country|country or state)\b")


def edge_lists(pieces: Sequence[Piece]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The words above each list of edge locations and its entries, of which each is a place with its country."""
    for index, piece in enumerate(pieces):
        below = pieces[index + 1 :]
        headed = piece.kind in (Kind.HEADING, Kind.LINE) and EDGE_TITLE.match(piece.text)
        if headed and below and below[0].kind is Kind.PARAGRAPH and not _is_left_out(below[0].text):
            below = below[1:]
        if headed or (piece.kind is Kind.PARAGRAPH and announces_edges(piece.text)):
            listed = _in_table(below) or tuple(_in_areas(below))
            if listed and all(is_in_a_country(place_of(entry)[0]) for entry in listed):
                yield piece.text, listed


def announces_edges(text: str) -> bool:
    """Whether a paragraph leads to a list of edge locations, and says of none that it is left out."""
    led = leading(text)
    if not led or not EDGES.search(led[0]) or _is_left_out(text):
        return False
    return text.endswith(":") or (text.endswith(".") and bool(_LEADS.search(led[0])))


def _is_left_out(text: str) -> bool:
    return any(leaves_out(sentence) is not False for sentence in leading(text))


def _in_areas(pieces: Sequence[Piece]) -> Iterator[Entry]:
    """The entries of a list, and of those below headings of areas that follow."""
    rest = pieces
    while rest:
        listed = tuple(takewhile(lambda piece: piece.kind in (Kind.ITEM, Kind.ROW, Kind.FOOTNOTE), rest))
        yield from entries(listed)
        rest = rest[len(listed) :]
        if not rest or rest[0].kind not in (Kind.HEADING, Kind.LINE) or not _is_area(rest[0].text):
            return
        rest = rest[1:]


def _is_area(text: str) -> bool:
    """Whether a heading is the name of a part of the world or of a country."""
    return bool(_AREA.search(text) or find_country(text))


def _in_table(pieces: Sequence[Piece]) -> tuple[Entry, ...]:
    """The places of a table right below, whose title of a column says what they are."""
    rows = tuple(takewhile(lambda piece: piece.kind in (Kind.ROW, Kind.FOOTNOTE), pieces))
    grid = next(grids(rows), None)
    column = grid.column(_CITY_COLUMN) if grid else None
    return tuple(_in_rows(grid, column)) if grid and column is not None else ()


def _in_rows(grid: Grid, column: int) -> Iterator[Entry]:
    """Each place of each row; as it stands there (`raw`) with the state and the country of columns of their own."""
    behind = [found for pattern in (_STATE_COLUMN, _COUNTRY_COLUMN) if (found := grid.column(pattern)) is not None]
    for row in grid.rows:
        beside = [text for index in behind if index != column and (text := clean(grid.cell(row, index)))]
        for name in filter(None, _PLACES.split(clean(grid.cell(row, column)))):
            yield Entry(name, ", ".join((name, *beside)), row.first_line, row.last_line, row.section)


def place_of(entry: Entry) -> tuple[str, Place]:
    """The whole text of a place, and what it says; columns beside the name of a city are a part of it."""
    whole = entry.text if is_in_a_country(entry.text) else entry.raw
    return whole, place(whole)


def are_places(listed: Sequence[Entry]) -> bool:
    """Whether a list is one of places, a few of which may be written as no place that is known."""
    unknown = sum(not is_in_a_country(entry.text) for entry in listed)
    return bool(listed) and _FEW * unknown <= len(listed)


_FEW = 10


def is_in_a_country(text: str) -> bool:
    """Whether a text is a place with its country or state, or with a name that may be either (Georgia)."""
    return is_place(text) or find_country(place(text).country) is not None
