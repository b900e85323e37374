"""Facilities in tables: which column holds the place, which the kind, which the use, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from loaders.layout.pieces import Kind, Piece
from loaders.soc.facility_kinds import FacilityFound, is_place, kind_of, use_with_dates
from loaders.soc.scope_items import Beside, read_beside, role_of, split_beside
from loaders.soc.topics import Grid

_PLACE_COLUMN = re.compile(r"^(?:city|location|place|address|site|town|where)\b|\blocation$")
_TOWN_COLUMN = re.compile(r"^(?:city|town)\b")
_CODE = re.compile(r"[A-Z]{2,6}[-\d]*")
_STATUS_COLUMN = re.compile(r"^(?:status|state of (?:use|operation)|operational status)$")
_UNUSED = re.compile(
    r"\b(?:planned|planning|future|under construction|not (?:yet )?(?:in use|open(?:ed)?|in operation)|to be opened"
    r"|opening (?:in|on))\b",
    re.IGNORECASE,
)
_COUNTRY_COLUMN = re.compile(r"^(?:country|country or region)$")
_STATE_COLUMN = re.compile(r"^(?:state|province|state or province|county|state/province)$")
_USE_COLUMN = re.compile(r"^(?:use|purpose|function|activit(?:y|ies)|used for|role|description|operations|usage)\b")
_PERIOD_COLUMN = re.compile(r"\bperiod\b|\bin scope\b|\bfrom\b|\bsince\b|\buntil\b|\bcovered\b")
_LABEL = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+|^(?:(?:the|our|list of|company|in-scope)\s+)+", re.IGNORECASE)
_REST = re.compile(r"\s+(?:in (?:the )?scope|locations?|used)\b.*$", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing\s+(?P<noun>[\w -]{4,40}?)\s+(?:are|were|is|belong)\b", re.IGNORECASE)


def in_table(grid: Grid, heading: Piece | None, pieces: Sequence[Piece]) -> Iterator[FacilityFound]:
    """The facilities of a table. The title of its column of places or the words above it may name their kind."""
    places = _column_of(grid, lambda cell: is_place(split_beside(cell)[0]))
    kind = next((i for i in _columns_of(grid, lambda cell: kind_of(cell) is not None) if i != places), None)
    titled = [i for i, title in enumerate(grid.titles) if i != kind and _PLACE_COLUMN.search(title)]
    # `Site` can hold a code of the provider's own beside the name of the town.
    titled.sort(key=lambda i: (not _TOWN_COLUMN.search(grid.titles[i]), i in _codes(grid)))
    where = places if places is not None else next(iter(titled), None)
    if where is None:
        return
    common = kind_of(grid.titles[where]) or _announced(grid, heading, pieces)
    if kind is not None and common and _USE_COLUMN.search(grid.titles[kind]):
        kind = None
    for row in grid.rows:
        yield from _in_row(grid, row, (where, kind), common)


def _codes(grid: Grid) -> set[int]:
    """The columns that hold codes alone, such as `OSL1`."""
    cells = {i: [row.cells[i].strip() for row in grid.rows if i < len(row.cells)] for i in range(len(grid.titles))}
    return {i for i, column in cells.items() if column and all(map(_CODE.fullmatch, column))}


def _announced(grid: Grid, heading: Piece | None, pieces: Sequence[Piece]) -> str | None:
    """The kind of facility that the words right above a table, or the heading above them, name."""
    above = [p.text for p in pieces if p.kind is Kind.PARAGRAPH and p.last_line < grid.heading.first_line][-1:]
    nouns = [found["noun"] for text in above if (found := _FOLLOWING.search(text))]
    titles = [_REST.sub("", _LABEL.sub("", _LABEL.sub("", heading.text)))] if heading else []
    return next((kind for text in (*nouns, *titles) if (kind := kind_of(text))), None)


def _in_row(grid: Grid, row: Piece, columns: tuple[int, int | None], common: str | None) -> Iterator[FacilityFound]:
    where, kind = columns
    country, state = grid.column(_COUNTRY_COLUMN), grid.column(_STATE_COLUMN)
    status = grid.column(_STATUS_COLUMN)
    if _UNUSED.search(grid.cell(row, status)):
        return
    others = [i for i in range(len(grid.titles)) if i not in (kind, where, country, state, status)]
    use = next((i for i in others if _USE_COLUMN.search(grid.titles[i])), None)
    period = next((i for i in others if i != use and _PERIOD_COLUMN.search(grid.titles[i])), None)
    told, used = grid.cell(row, kind), grid.cell(row, use)
    found = kind_of(told) or (None if kind is not None else common or kind_of(used.split(",")[0]))
    if found is None or not grid.cell(row, where):
        return
    parts = [split_beside(grid.cell(row, i)) for i in (where, state, country) if grid.cell(row, i)]
    said, more = use_with_dates(used) if used else (None, Beside())
    beside = _together(*(beside for _, beside in parts), _noted(told), Beside(role=role_of(told)))
    beside = _together(beside, read_beside(grid.cell(row, status)) or Beside())
    beside = _together(beside, read_beside(re.sub(r"^[Yy]es,?\s*", "", grid.cell(row, period))) or Beside(), more)
    yield FacilityFound(found, ", ".join(name for name, _ in parts), said, beside, row.text, row)


def _noted(told: str) -> Beside:
    """What the brackets behind a kind say."""
    note = re.search(r"\(([^()]*)\)", told)
    return (read_beside(note[1]) if note else None) or Beside()


def _together(first: Beside, *others: Beside) -> Beside:
    for other in others:
        first = first.and_(other)
    return first


def _columns_of(grid: Grid, is_it: Callable[[str], bool]) -> Iterator[int]:
    """The columns in which at least half of the cells are of a sort."""
    for index in range(len(grid.titles)):
        cells = [row.cells[index] for row in grid.rows if index < len(row.cells)]
        if cells and 2 * sum(is_it(cell) for cell in cells) >= len(cells):
            yield index


def _column_of(grid: Grid, is_it: Callable[[str], bool]) -> int | None:
    return next(_columns_of(grid, is_it), None)
