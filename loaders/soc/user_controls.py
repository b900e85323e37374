"""Complementary user entity controls: in items under areas or in tables, with what they complement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.identifiers import identify_below
from loaders.layout.layout import Kind, Piece
from loaders.soc.bulleted_tables import items_in
from loaders.soc.leading_to_users import leads_to_user_controls
from loaders.soc.reading import Reading
from loaders.soc.references import References
from loaders.soc.sections import Part, Section, pieces_of
from loaders.soc.topics import Grid, Statement, Theme, grids, is_of_objective, statements, topics
from loaders.soc.user_controls_of_tests import topics_of_tests

_SPECIFIC = re.compile(r"^(?P<names>[A-Z0-9][\w ./&+-]{0,80}?)\s?-?\s?Specific\s*[–—:-]\s*(?=\S)")
_NUMBERED = re.compile(
    r"^(?:(?P<counted>\d{1,3})[.)]|\(?(?P<marked>(?:CUEC|UEC|CUC)[\s-]?#?\d+(?:\.\d+)*)\)?[.:)]?)\s+(?:[–—-]\s+)?(?=\S)"
)
_NUMBER = re.compile(r"^(?:no|nr|ref|number|#|id|item|reference|(?:cuec|uec)(?: (?:no|id|#|number|ref))?)\.?(?: #)?$")
_LONGEST_NUMBER = 20
_CRITERIA = re.compile(r"\bcriteri|\bobjectives?\b|^related\b|\btsc\b")
_STATEMENT = re.compile(r"\bcontrols?\b|\bconsiderations?\b|\bresponsibilit")
_USERS = re.compile(r"\buser|\bcustomer|\bclient|\bcomplementary\b(?!.*\bsub)|\bcuec")
_OF_USERS = re.compile(
    r"\b(?:user[- ]entit(?:y|ies)|customers?|clients?|users?|tenants?)\b.*\b(?:controls?|responsib|considerations?"
    r"|dut(?:y|ies)|expected)"
    r"|\b(?:controls?|responsibilit\w+|considerations?|dut(?:y|ies))\b.*\b(?:user[- ]entit(?:y|ies)|customers?"
    r"|clients?|users|tenants?)\b"
)
_SUBSERVICE = re.compile(r"\bsub-?service\b|\baccess\b")
_HABIT = 2
_AREA = re.compile(r"^(?:(?:control )?area|category|topic|domain|subject)$")
_SENTENCES = re.compile(r"(?<=[.;)\]])\s+(?=[A-Z])")
_USER = re.compile(
    r"^(?:(?:each|every|the) )?(?:user entit(?:y|ies)|customers?|clients?|users|tenants|subscribers)\b", re.IGNORECASE
)
_DUTY = re.compile(
    r"^(?:(?:each|every|the) )?(?:user entit(?:y|ies)|customers?|clients?|users|tenants|subscribers)\s+"
    r"(?:are responsible|is responsible|should|must|have to|has to|need to|needs to|are expected|is expected)\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"\b(?:list|section|report|represent|consider)\w*\b.*\b(?:not|all)\b|^(?:the|these|this) (?:list|following)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    statement: str
    first_line: int
    last_line: int
    number: str | None = None
    area: str | None = None
    area_piece: Piece | None = None
    ends: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


def read_user_controls(reading: Reading, sections: Sequence[Section], refers: References) -> int:
    """States the complementary user entity controls of a report; answers how many there are."""
    found: dict[tuple[str, str | None], _Found] = {}
    for grid in _anywhere(sections):
        for one in _in_table(reading, grid, refers):
            found.setdefault((one.statement, one.area), one)
    for topic in topics(sections, Theme.USER_CONTROLS):
        listed = [one for grid in grids(topic.pieces) for one in _in_table(reading, grid, refers)]
        for one in listed or list(_in_items(topic.pieces, refers)) or _in_prose(topic.pieces, refers):
            found.setdefault((one.statement, one.area), one)
        if not found:
            message = f"{topic.heading.text!r} has no list and no table of controls that could be read"
            reading.notes.warn(topic.heading.first_line, message)
    told = {one.statement for one in found.values()}
    for topic in topics_of_tests(sections):
        for one in _in_items(topic.pieces, refers):
            if one.statement not in told:
                found.setdefault((one.statement, one.area_piece.text if one.area_piece else None), one)
    areas = {one.area_piece.text for one in found.values() if one.area_piece}
    by_area = bool(areas) and all(refers.titled(area) for area in areas)
    for ordinal, one in enumerate(found.values(), 1):
        _state(reading, refers, ordinal, one, by_area=by_area)
    return len(found)


def _anywhere(sections: Sequence[Section]) -> Iterator[Grid]:
    """Tables of the description whose own heading says that they hold what users do."""
    for grid in grids(pieces_of(sections, Part.DESCRIPTION)):
        if any(_OF_USERS.search(title) and not _SUBSERVICE.search(title) for title in grid.titles):
            yield grid


def _in_items(pieces: Sequence[Piece], refers: References) -> Iterator[_Found]:
    for one in _with_codes_behind(list(statements(pieces)), refers):
        numbered = _NUMBERED.match(one.raw.lstrip("•-–o* "))
        text = _NUMBERED.sub("", one.text, count=1) if numbered and numbered["marked"] else one.text
        mark = _SPECIFIC.match(text)
        services = tuple(n.strip(" -") for n in mark["names"].split("/")) if mark else ()
        statement, ends = refers.split(_SPECIFIC.sub("", text, count=1))
        number = (numbered["counted"] or numbered["marked"]) if numbered else None
        objective = refers.titled(one.area.text) if one.area else None
        area = None if one.area is None or (objective and is_of_objective(one.area.text)) else one.area.text
        above = refers.ends(one.area.text) if one.area and not objective and refers.are_in(one.area.text) else None
        ends, area = (*ends, *(above or ()), *refers.below(pieces, one.last_line)), None if above else area
        yield _Found(statement, one.first_line, one.last_line, number, area, one.area, ends, services)


def _with_codes_behind(listed: Sequence[Statement], refers: References) -> Sequence[Statement]:
    """Items behind which their codes stand: codes alone on a line are of the item above then, not of those below."""
    if sum(bool(refers.split(one.text)[1]) for one in listed if one.text[-1:].isdigit()) < _HABIT:
        return listed
    found: list[Statement] = []
    for one in listed:
        codes = one.area if one.area and refers.are_in(one.area.text) else None
        if codes and found and not refers.split(found[-1].text)[1]:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {codes.text}", last_line=codes.last_line)
        found.append(replace(one, area=None) if codes else one)
    return found


def _in_prose(pieces: Sequence[Piece], refers: References) -> Iterator[_Found]:
    """Sentences that each say what users do, where a topic has no list: those that begin with the users."""
    area: Piece | None = None
    for piece in pieces:
        if piece.kind is Kind.HEADING:
            area = piece
        if piece.kind is not Kind.PARAGRAPH:
            continue
        for sentence in _SENTENCES.split(piece.text):
            statement, ends = refers.split(sentence)
            below = area is not None and is_of_objective(area.text)
            if leads_to_user_controls(sentence):
                continue
            if _DUTY.match(sentence) or ((ends or below) and _USER.match(sentence)):
                named = area.text if area and not below else None
                yield _Found(statement, piece.first_line, piece.last_line, None, named, area, ends)


def _in_table(reading: Reading, grid: Grid, refers: References) -> Iterator[_Found]:
    criteria = grid.holding(refers.are_in)
    criteria = grid.column(_CRITERIA) if criteria is None else criteria
    number, area = _numbers(grid), grid.column(_AREA)
    others = [i for i in range(len(grid.titles)) if i not in (criteria, number, area)]
    columns = [i for i in others if _STATEMENT.search(grid.titles[i])]
    columns = columns or [i for i in others if _USERS.search(grid.titles[i])]
    wordiest = grid.wordiest(criteria, number, area)
    stated = wordiest if wordiest is not None and (not columns or wordiest in columns) else next(iter(columns), None)
    if stated is None:
        reading.notes.warn(grid.heading.first_line, f"no column of controls in the table headed {grid.heading.text!r}")
        return
    counted = number is None and _are_counted([grid.cell(row, stated) for row in grid.rows])
    for row in grid.rows:
        statement, related = grid.cell(row, stated), grid.cell(row, criteria)
        if not statement:
            continue
        own, statement = statement.split(" ", 1) if counted else (grid.cell(row, number), statement)
        ends = _ends(refers, related) if related else ()
        if ends is None:
            reading.notes.warn(row.first_line, f"{related!r} names no criterion and no objective of the report")
        ends = ends or refers.marked(grid.heading, row)
        # A number is that of all that stands beside it.
        for said in (statement,) if own else items_in(statement):
            yield _Found(said, row.first_line, row.last_line, own or None, grid.cell(row, area) or None, None, ends)


def _ends(refers: References, related: str) -> tuple[str, ...] | None:
    """What a cell refers to by codes, or by the number and the title of an objective; None where it does not."""
    objective = refers.titled(related)
    return refers.ends(related) or refers.leading(related) or ((objective.id,) if objective else None)


def _numbers(grid: Grid) -> int | None:
    """The column of numbers; one titled `CUEC` may hold the controls themselves."""
    found = grid.column(_NUMBER)
    return found if all(len(grid.cell(row, found)) <= _LONGEST_NUMBER for row in grid.rows) else None


def _are_counted(statements: Sequence[str]) -> bool:
    """Whether statements begin with 1, 2, 3 and so on, as where their numbers touch them."""
    starts = [re.match(r"(\d{1,2}) [A-Z]", statement) for statement in statements if statement]
    return len(starts) > 1 and [found and int(found[1]) for found in starts] == list(range(1, len(starts) + 1))


def _state(reading: Reading, refers: References, ordinal: int, one: _Found, *, by_area: bool) -> None:
    notes = reading.notes
    id_ = identify_below("UserEntityControl", reading.assessment, str(ordinal))
    citation = notes.cite(one.first_line, one.last_line, reading.section_at(one.first_line))
    name = f"User entity control {one.number or ordinal}"
    notes.state(
        "UserEntityControl", id_, citation, name=name, ordinal=ordinal, number=one.number, statement=one.statement
    )
    notes.link("HAS_USER_ENTITY_CONTROL", reading.assessment, id_, citation)
    refers.state(id_, one.ends, citation)
    _state_area(reading, refers, id_, one, citation, by_area=by_area)
    for name in one.services:
        service = reading.resolve("Service", name, one.first_line)
        reading.state_service(service, citation, 2)
        notes.link("SPECIFIC_TO", id_, service.id, citation)


def _state_area(reading: Reading, refers: References, id_: str, one: _Found, citation: str, *, by_area: bool) -> None:
    """The area is stated by its heading; where all are titles of objectives, a rule derives what is complemented."""
    if one.area_piece is None:
        if one.area:
            reading.notes.state("UserEntityControl", id_, citation, area=one.area)
        return
    heading = one.area_piece
    above = reading.notes.cite(heading.first_line, heading.last_line, reading.section_at(heading.first_line))
    if one.area:
        name = f"User entity control {one.number or identify_ordinal(id_)}"
        reading.notes.state("UserEntityControl", id_, above, name=name, area=one.area)
    objective = refers.titled(heading.text) if by_area or is_of_objective(heading.text) else None
    if objective is None:
        return
    if objective.number.casefold() in heading.text.casefold():
        reading.notes.link("COMPLEMENTS", id_, objective.id, above, citation)
    else:
        reading.notes.derive("COMPLEMENTS", id_, objective.id, above, citation, rule="area-titled-as-objective")


def identify_ordinal(id_: str) -> str:
    """The ordinal with which an id ends."""
    return id_.rsplit("/", 1)[1]
