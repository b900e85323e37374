"""Facilities in tables: which column holds the place, which the kind, which the use, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.layout.pieces import Kind, Piece
from loaders.names.places import find_state
from loaders.soc.facility_kinds import (
    ANY_KIND,
    FacilityFound,
    is_place,
    kind_of,
    kind_promised,
    kinds_of,
    use_with_dates,
)
from loaders.soc.mentions import is_in_use, leaves_out_by_name, lists_what_is_in_use
from loaders.soc.scope_items import Beside, denies, read_beside, read_titled, role_of, split_beside
from loaders.soc.topics import Grid

_PLACE_COLUMN = re.compile(r"^(?:city|location|place|address|site|town|where)\b|\blocation$")
_PART_OF = r"(?:state|province|region|county)"
_COUNTRY_COLUMN = re.compile(
    rf"^(?:(?:{_PART_OF}(?:, | or | and | ?/ ?))*country|country(?:(?:, | or | and | ?/ ?){_PART_OF})*)$"
)
_CITY_COLUMN = re.compile(r"^(?:city|town|municipality)\b")
_CITY = re.compile(r"[A-Z][^\W\d_]+(?:[ ’'-][^\W\d_]+\.?){0,3}")
_CODE_COLUMN = re.compile(
    r"^(?!.*\b(?:country|state|province|region|zip|postal|post)\b).*\b(?:site|facility|location|code|id|name|place)\b"
)
_SITE_CODE = re.compile(r"[A-Z]{1,5}[ _-]?\d{1,3}[A-Z]?|[A-Z]{2,4}")
_KIND_BEHIND = re.compile(rf"^(?P<rest>\S.*?)\s+(?P<kind>{ANY_KIND}(?: and {ANY_KIND})?)$", re.IGNORECASE)
_STANDING_COLUMN = re.compile(
    r"^(?:status|condition|phase|operational|state of (?:use|operation)|in (?:use|operation|service))\b"
)
_RUNS = re.compile(
    r"^(?:(?:in (?:operation|use|service)|operational|operating|active|open|live)\b[\s,;:–—-]*)", re.IGNORECASE
)
_NOT_YET = re.compile(
    r"^(?:planned|planning|proposed|future|under construction|not (?:yet|open)|to open|opening|to be opened"
    r"|former(?:ly)?)\b",
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"^(?:closed|decommissioned|retired|sold|vacated|inactive|not in (?:use|operation|service)|out of service)\b",
    re.IGNORECASE,
)
_STATE_COLUMN = re.compile(r"^(?:state|province|state or province|county|state/province)$")
_USE_COLUMN = re.compile(
    r"^(?:uses?|purposes?|functions?|activit(?:y|ies)|used for|roles?|descriptions?|operations|usage"
    r"|what (?:it|this|each|the \w+) is used for|what is done)\b"
)
_OF_USES = re.compile(r"(?:uses?|purposes?|functions?|used for|usage|what)\b")
_ROLE_COLUMN = re.compile(r"^role\b")
_NOTES_COLUMN = re.compile(r"^(?:notes?|remarks?|comments?|details|further information)\b")
_PERIOD_COLUMN = re.compile(r"\bperiod\b|\bin scope\b|\bfrom\b|\bsince\b|\buntil\b|\bcover(?:ed|age)\b|\bincluded\b")
_LABEL = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+|^(?:(?:the|our|list of|company|in-scope)\s+)+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]+)\)$")
_REST = re.compile(r"\s+(?:in (?:the )?scope|locations?|used)\b.*$", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing\s+(?P<noun>[\w -]{4,40}?)\s+(?:are|were|is|belong)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table of facilities: of the place, of its kind, and of what it is called in short."""

    place: int
    kind: int | None
    code: int | None


def in_table(grid: Grid, heading: Piece | None, pieces: Sequence[Piece]) -> Iterator[FacilityFound]:
    """The facilities of a table. The title of its column of places or the words above it may name their kind."""
    # Beside a column of cities one of countries may name their states too.
    country = grid.column(_COUNTRY_COLUMN) if grid.column(_CITY_COLUMN) is not None else None
    places = next((i for i in _columns_of(grid, lambda cell: is_place(split_beside(cell)[0])) if i != country), None)
    kind = next((i for i in _columns_of(grid, lambda cell: bool(kinds_of(cell))) if i != places), None)
    code = next((i for i in _codes(grid) if i not in (kind, places)), None)
    where = places if places is not None else _titled(grid, kind, code)
    if where is None or not lists_what_is_in_use(_above(grid, pieces)):
        return
    common = _titled_kind(grid.titles[where]) or _announced(grid, heading, pieces)
    if kind is not None and common and _USE_COLUMN.search(grid.titles[kind]):
        kind = None
    above = _above(grid, pieces)
    owner = above if common and not kind_of(grid.titles[where]) else ""
    for row in grid.rows:
        if leaves_out_by_name(above, split_beside(grid.cell(row, where))[0]):
            continue
        found = _in_row(grid, row, _Columns(where, kind, code), common)
        yield from (replace(one, owner=owner if kind_promised(owner) else None) for one in found)


def _titled_kind(title: str) -> str | None:
    """The kind of facility that the title of a column of places names: `Office`, `Office location`."""
    return kind_of(title) or kind_of(re.sub(r" (?:locations?|address(?:es)?|cit(?:y|ies))$", "", title))


def _titled(grid: Grid, *without: int | None) -> int | None:
    """The column whose title says that it holds places: cities before sites, which may be called anything.

    It may be headed by what the places are, such as `Office`.
    """
    titles = [(i, title) for i, title in enumerate(grid.titles) if i not in without]
    found = [i for i, title in titles if _PLACE_COLUMN.search(title)] or [i for i, title in titles if kind_of(title)]
    return next((i for i in found if _CITY_COLUMN.search(grid.titles[i])), next(iter(found), None))


def _codes(grid: Grid) -> Iterator[int]:
    """The columns of what sites are called in short: capitals and digits alone, such as `LHR2` or `HQ`."""
    for index, title in enumerate(grid.titles):
        cells = [cell.strip() for row in grid.rows if (cell := grid.cell(row, index))]
        if cells and _CODE_COLUMN.search(title) and all(map(_SITE_CODE.fullmatch, cells)):
            yield index


def _announced(grid: Grid, heading: Piece | None, pieces: Sequence[Piece]) -> str | None:
    """The kind of facility that the words right above a table, or the heading above them, name."""
    above = _above(grid, pieces)
    following = _FOLLOWING.search(above)
    titles = [_REST.sub("", _LABEL.sub("", _LABEL.sub("", heading.text)))] if heading else []
    named = (kind_of(following["noun"]) if following else None) or kind_promised(above)
    return named or next((kind for text in titles if (kind := kind_of(text))), None)


def _above(grid: Grid, pieces: Sequence[Piece]) -> str:
    """The words right above a table."""
    above = [p.text for p in pieces if p.kind is Kind.PARAGRAPH and p.last_line < grid.heading.first_line]
    return above[-1] if above else ""


def _in_row(grid: Grid, row: Piece, columns: _Columns, common: str | None) -> Iterator[FacilityFound]:
    country, state = grid.column(_COUNTRY_COLUMN), grid.column(_STATE_COLUMN)
    others = [
        i for i in range(len(grid.titles)) if i not in (columns.kind, columns.place, columns.code, country, state)
    ]
    use = next((i for i in others if _USE_COLUMN.search(grid.titles[i])), None)
    period = next((i for i in others if i != use and _PERIOD_COLUMN.search(grid.titles[i])), None)
    told, used = grid.cell(row, columns.kind), grid.cell(row, use)
    one = common or kind_of(used.split(",")[0])
    row, told = _with_kind_apart(row, columns) if columns.kind is not None and not told else (row, told)
    row, bracketed = (row, None) if columns.kind is not None or one else _with_kind_in_brackets(row, columns.place)
    one = one or bracketed
    found = kinds_of(told) or ((one,) if columns.kind is None and one else ())
    note = grid.cell(row, grid.column(_NOTES_COLUMN))
    stands = _standing(grid, row, [i for i in others if i != use], (told, used, note))
    if not grid.cell(row, columns.place) or stands is None or denies(grid.cell(row, period)):
        return
    parts = [split_beside(grid.cell(row, i)) for i in (columns.place, state, country) if grid.cell(row, i)]
    alike = [other for other in grid.rows if grid.cell(other, columns.kind) == grid.cell(row, columns.kind)]
    said, more = _used_for(replace(grid, rows=tuple(alike)), used, use) if used else (None, Beside())
    beside = _together(*(beside for _, beside in parts), _noted(told), Beside(role=role_of(told)))
    role = next((i for i in others if i != use and _ROLE_COLUMN.search(grid.titles[i])), None)
    beside = _together(beside, _since(grid, row, period), more, stands, read_beside(note) or Beside())
    beside = beside.and_(read_beside(grid.cell(row, role)) or Beside())
    where, code = ", ".join(name for name, _ in parts), grid.cell(row, columns.code) or None
    in_state = state is not None and not grid.cell(row, country) and _holds_states(grid, state)
    in_city = bool(_CITY.fullmatch(where)) and _holds_cities(grid.titles[columns.place])
    for kind in found:
        yield FacilityFound(kind, where, said, beside, row.text, row, code=code, in_state=in_state, in_city=in_city)


def _holds_cities(title: str) -> bool:
    """Whether a place in a column is a city where it names nothing else: it is headed so, or by what stands there."""
    return bool(_CITY_COLUMN.search(title)) or kind_of(title) is not None


def _used_for(grid: Grid, used: str, column: int | None) -> tuple[str | None, Beside]:
    """What a place is used for; a role such as `Backup` is a use where places alike have other uses."""
    said, beside = use_with_dates(used)
    uses = (use_with_dates(cell)[1].role for row in grid.rows if (cell := grid.cell(row, column)))
    if said is not None or beside.role is None or all(uses) or not _OF_USES.match(grid.titles[column or 0]):
        return said, beside
    return split_beside(used)[0], replace(beside, role=None)


def _since(grid: Grid, row: Piece, column: int | None) -> Beside:
    """Since when or until when a place is in use by a column of dates."""
    cell = re.sub(r"^[Yy]es,?\s*", "", grid.cell(row, column))
    return (read_titled(grid.titles[column], cell) if column is not None else None) or Beside()


def _holds_states(grid: Grid, column: int) -> bool:
    """Whether all cells of a column are states, as its title says."""
    return all(find_state(split_beside(cell)[0]) for row in grid.rows if (cell := grid.cell(row, column)))


def _with_kind_apart(row: Piece, columns: _Columns) -> tuple[Piece, str]:
    """A row whose kind stands right behind the cell before it, as where that fills its column, and the kind."""
    at = (columns.kind or 0) - 1
    found = _KIND_BEHIND.match(row.cells[at]) if at >= 0 else None
    if found is None or not kinds_of(found["kind"]):
        return row, ""
    cells = (*row.cells[:at], found["rest"], found["kind"], *row.cells[at + 2 :])
    return replace(row, cells=cells), found["kind"]


def _with_kind_in_brackets(row: Piece, place: int) -> tuple[Piece, str | None]:
    """A row without the kind that stands in brackets behind its place, as in `Cork, Ireland (office)`, and the kind."""
    cell = row.cells[place] if place < len(row.cells) else ""
    found = _IN_BRACKETS.search(cell)
    parts = [part.strip() for part in found["inside"].split(";")] if found else []
    kinds = [kind for part in parts if (kind := kind_of(part))]
    if found is None or len(kinds) != 1:
        return row, None
    rest = "; ".join(part for part in parts if not kind_of(part))
    written = f"{cell[: found.start()]} ({rest})" if rest else cell[: found.start()]
    return replace(row, cells=(*row.cells[:place], written, *row.cells[place + 1 :])), kinds[0]


def _standing(grid: Grid, row: Piece, others: Sequence[int], further: Sequence[str]) -> Beside | None:
    """Since when or until when the row's place is in use by a column of states; None where it is not in use."""
    column = next((i for i in others if _STANDING_COLUMN.search(grid.titles[i])), None)
    cell = grid.cell(row, column)
    said = read_beside(_RUNS.sub("", cell)) if cell else None
    if any(_NOT_YET.match(text) for text in (cell, *further)):
        return None
    if said is not None and (said.from_ or said.to):
        return said
    return None if _GIVEN_UP.match(cell) or not is_in_use(cell) else Beside()


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
