"""Complementary subservice organization controls: what is expected of which organization, and what it complements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.identifiers import identify_below
from loaders.layout.layout import Kind, Piece
from loaders.soc.bulleted_tables import items_in
from loaders.soc.organizations import ORGANIZATION, STATEMENT, Organizations, lists_organizations
from loaders.soc.reading import Reading
from loaders.soc.references import References
from loaders.soc.sections import Section
from loaders.soc.topics import Grid, Theme, Topic, grids, is_statement, topics

_EXPECTED = re.compile(r"\bexpect|\bassum|\bresponsib|\bcomplementary\b|\bcontrols\b", re.IGNORECASE)
_CONTROLS = re.compile(r"\bcomplementary\b|\bcontrols\b|\bfollowing control\b|\bCSOC", re.IGNORECASE)
_PROMISED = re.compile(
    r"(?:\bexpect|\bassum|\bresponsib|\bcomplementary\b).*\bcontrols\b.*:$|\bcontrols\b.*\b(?:expect|assum)\w*.*:$",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"\bexpect|\bassum|\bcomplementary\b|\bto be (?:in place|implemented)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\(?(?P<number>(?:CSOCs?|CSC|SOC|CSO)[\s-]?#?\d+(?:\.\d+)*)\)?[.:)]?\s+(?:[–—-]\s+)?(?=\S)")
_COUNTED = re.compile(r"^(?P<number>\d{1,3})[.)]\s")
_NUMBER = re.compile(r"^(?:no|nr|ref|number|#|id|item|reference|(?:csoc)(?: (?:no|id|#|number|ref))?)\.?(?: #)?$")
_CRITERIA = re.compile(r"\bcriteri|\bobjectives?\b|^related\b|\btsc\b")


@dataclass(frozen=True, slots=True)
class _Found:
    statement: str
    first_line: int
    last_line: int
    number: str | None
    organizations: tuple[str, ...]
    ends: tuple[str, ...]
    above: Piece | None = None
    only: bool = False


def read_subservice_controls(
    reading: Reading, sections: Sequence[Section], organizations: Organizations, refers: References
) -> int:
    """States the complementary subservice organization controls of a report; answers how many there are."""
    found: dict[tuple[str, tuple[str, ...]], _Found] = {}
    for topic in topics(sections, Theme.SUBSERVICE):
        read = (*_in_tables(reading, topic, organizations, refers), *_in_items(topic, organizations, refers))
        for one in read:
            found.setdefault((one.statement, one.organizations), one)
        lead = next((one for one in topic.pieces if one.kind is Kind.PARAGRAPH and _PROMISED.search(one.text)), None)
        if lead is not None and not read:
            message = "no list and no table of controls of subservice organizations could be read below these words"
            reading.notes.warn_of(lead.first_line, topic.pieces[-1].last_line, message)
    for ordinal, one in enumerate(found.values(), 1):
        _state(reading, refers, ordinal, one)
    return len(found)


def _in_tables(reading: Reading, topic: Topic, organizations: Organizations, refers: References) -> Iterator[_Found]:
    for grid in grids(topic.pieces):
        criteria = grid.holding(refers.are_in)
        criteria = grid.column(_CRITERIA) if criteria is None else criteria
        organization = grid.holding(lambda cell: organizations.called(cell) is not None, criteria)
        others = [i for i in range(len(grid.titles)) if i not in (criteria, organization)]
        columns = [i for i in others if STATEMENT.search(grid.titles[i])]
        if not columns and criteria is not None and (wordiest := grid.wordiest(criteria, organization)) is not None:
            columns = [wordiest]
        if not columns:
            continue
        if organization is None:
            organization = next((i for i in others if ORGANIZATION.search(grid.titles[i]) and i not in columns), None)
        intro = _above(topic.pieces, grid.heading, organizations)
        for row in grid.rows:
            if not grid.cell(row, columns[0]):
                continue
            found = _row(reading, grid, row, (columns[0], criteria, organization), (organizations, refers, intro))
            # A number is that of all that stands beside it.
            said = (found.statement,) if found.number else items_in(found.statement)
            yield from (replace(found, statement=one) for one in said)


def _row(
    reading: Reading,
    grid: Grid,
    row: Piece,
    columns: tuple[int, int | None, int | None],
    known: tuple[Organizations, References, Piece | None],
) -> _Found:
    (statement, criteria, organization), (organizations, refers, intro) = columns, known
    said, related = row.cells[statement], grid.cell(row, criteria)
    said, related = refers.apart(said, related) if criteria is not None else (said, related)
    ends = (refers.ends(related) or refers.leading(related) or None) if related else ()
    if ends is None:
        reading.notes.warn(row.first_line, f"{related!r} names no criterion and no objective of the report")
    number = grid.column(_NUMBER)
    if organization is not None:
        whose = organizations.called(grid.cell(row, organization))
        ids = (whose,) if whose else organizations.mentioned(grid.cell(row, organization))
        above = None
    else:
        ids, above = (_organizations_in(intro.text, organizations), intro) if intro else ((), None)
    cited = grid.cell(row, number) or None if number != statement else None
    only = above is not None and not organizations.mentioned(above.text)
    ends = ends or refers.marked(grid.heading, row)
    return _Found(said, row.first_line, row.last_line, cited, ids, ends, above, only)


def _organizations_in(text: str, organizations: Organizations) -> tuple[str, ...]:
    """The organizations that a text names, or the one of the report of which it speaks as the only one."""
    only = organizations.only_one(text) if _OF_ONE.search(text) else None
    return organizations.mentioned(text) or ((only,) if only else ())


def _above(pieces: Sequence[Piece], heading: Piece, organizations: Organizations) -> Piece | None:
    """The nearest words above a table or a list that name an organization."""
    before = [p for p in pieces if p.first_line < heading.first_line and p.kind in (Kind.PARAGRAPH, Kind.HEADING)]
    return next((p for p in reversed(before[-2:]) if _organizations_in(p.text, organizations)), None)


def _in_items(topic: Topic, organizations: Organizations, refers: References) -> Iterator[_Found]:
    above: Piece | None = None
    lead: Piece | None = None
    about = topic.heading
    for piece in topic.pieces:
        if piece.kind in (Kind.PARAGRAPH, Kind.HEADING):
            above, lead = piece, piece if piece.kind is Kind.PARAGRAPH else lead
            continue
        said = above.text if above else about.text
        if piece.kind is not Kind.ITEM or not is_statement(piece.text) or lists_organizations(said):
            continue
        below = above is not None and above.kind is Kind.HEADING
        promised = below and lead is not None and bool(_PROMISED.search(lead.text))
        if not (_EXPECTED.search(said) or promised or (_CONTROLS.search(about.text) and below)):
            continue
        text = _NUMBERED.sub("", piece.text, count=1)
        marked = _NUMBERED.match(piece.text) or _COUNTED.match(piece.raw.lstrip("•-–o* "))
        statement, ends = refers.split(text)
        ends = (*ends, *refers.below(topic.pieces, piece.last_line))
        ends = (*ends, *(_referred(above.text, refers) if above else ()))
        statement, whose = organizations.without_name(statement)
        own = organizations.mentioned(statement)
        begins = next((id_ for id_ in own if any(statement.startswith(f) for f in organizations.forms[id_])), None)
        named = _organizations_in(said, organizations)
        ids = (
            (whose,)
            if whose
            else (begins,)
            if begins
            else named
            if len(named) == 1
            else tuple(own[:1])
            if len(own) == 1
            else ()
        )
        if not ids and not (promised or _CONTROLS.search(said)):
            continue
        only = ids == named and not organizations.mentioned(said)
        yield _Found(
            statement, piece.first_line, piece.last_line, marked["number"] if marked else None, ids, ends,
            None if begins or whose else above, only,
        )  # fmt: skip


def _referred(title: str, refers: References) -> tuple[str, ...]:
    """What the words above a list refer to: all of them, or those behind the name of the organization."""
    parts = (title.rstrip(":"), re.split(r"\s[–—-]\s|\(", title, maxsplit=1)[-1].rstrip("): "))
    return next((refers.ends(part) or () for part in parts if refers.are_in(part)), ())


def _state(reading: Reading, refers: References, ordinal: int, one: _Found) -> None:
    notes = reading.notes
    id_ = identify_below("SubserviceControl", reading.assessment, str(ordinal))
    citation = notes.cite(one.first_line, one.last_line, reading.section_at(one.first_line))
    name = f"Subservice control {one.number or ordinal}"
    notes.state(
        "SubserviceControl", id_, citation, name=name, ordinal=ordinal, number=one.number, statement=one.statement
    )
    notes.link("HAS_SUBSERVICE_CONTROL", reading.assessment, id_, citation)
    refers.state(id_, one.ends, citation)
    above = one.above
    others = (notes.cite(above.first_line, above.last_line, reading.section_at(above.first_line)),) if above else ()
    for organization in one.organizations:
        if one.only:
            notes.derive("EXPECTED_OF", id_, organization, *others, citation, rule="only-subservice-organization")
        else:
            notes.link("EXPECTED_OF", id_, organization, *others, citation)
    if not one.organizations:
        notes.warn(one.first_line, "no subservice organization is named of which this control is expected")
