"""Principal service commitments and system requirements, with the category under which each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.identifiers import identify_below
from loaders.layout.layout import Piece
from loaders.soc.reading import Reading
from loaders.soc.sections import Section
from loaders.soc.topics import Theme, Topic, grids, is_statement, statements, topics

_LABELLED = re.compile(
    r"^(?P<category>(?:Security|Availability|Processing [Ii]ntegrity|Confidentiality|Privacy)"
    r"(?:(?:, | and )(?:[Ss]ecurity|[Aa]vailability|[Pp]rocessing [Ii]ntegrity|[Cc]onfidentiality"
    r"|[Pp]rivacy))*)\s*[:–—-]\s+(?=\S)"
)
_OWN = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+|[A-Z]\.\s+)?(?P<category>(?:Security|Availability|Processing [Ii]ntegrity"
    r"|Confidentiality|Privacy).*? [Cc]ommitments)$"
)
_NO_CATEGORY = re.compile(
    r"^(?:(?:principal|our|key) )?(?:service |customer )?(?:commitments|(?:system )?requirements)"
    r"(?: to \w+(?: \w+)?)?:?$",
    re.IGNORECASE,
)
_CATEGORIES = re.compile(
    r"^(?:security|availability|processing integrity|confidentiality|privacy)\b(?![^.]{40})", re.IGNORECASE
)
_STATEMENT = re.compile(r"\bcommitments?\b|\brequirements?\b|\bdescription\b|\bstatement\b")
_CATEGORY = re.compile(r"\bcategor|^area$|\bcriteri|\bprinciple|^topic$|^type$")


@dataclass(frozen=True, slots=True)
class _Found:
    statement: str
    category: str | None
    first_line: int
    last_line: int
    above: Piece | None = None


def read_commitments(reading: Reading, sections: Sequence[Section]) -> int:
    """States the commitments of a report; answers how many there are."""
    found: dict[tuple[str, str | None], _Found] = {}
    for topic in topics(sections, Theme.COMMITMENTS):
        for one in (*_in_items(topic), *_in_tables(topic)):
            found.setdefault((one.statement, one.category), one)
    for ordinal, one in enumerate(found.values(), 1):
        _state(reading, ordinal, one)
    return len(found)


def _in_items(topic: Topic) -> Iterator[_Found]:
    own = _OWN.match(topic.heading.text)
    for one in statements(topic.pieces):
        if not is_statement(one.text):
            continue
        labelled = _LABELLED.match(one.text)
        if labelled:
            yield _Found(one.text[labelled.end() :], labelled["category"], one.first_line, one.last_line)
        elif one.area and not _NO_CATEGORY.match(one.area.text):
            yield _Found(one.text, one.area.text, one.first_line, one.last_line, one.area)
        else:
            category = own["category"] if own else None
            yield _Found(one.text, category, one.first_line, one.last_line, topic.heading if own else None)


def _in_tables(topic: Topic) -> Iterator[_Found]:
    for grid in grids(topic.pieces):
        category = grid.holding(lambda cell: bool(_CATEGORIES.match(cell)))
        category = grid.column(_CATEGORY) if category is None else category
        columns = [i for i, title in enumerate(grid.titles) if _STATEMENT.search(title) and i != category]
        wordiest = grid.wordiest(category)
        stated = wordiest if not columns or wordiest in columns else columns[0]
        for row in grid.rows if stated is not None else ():
            if grid.cell(row, stated):
                said = grid.cell(row, category) or None
                yield _Found(grid.cell(row, stated), said, row.first_line, row.last_line)


def _state(reading: Reading, ordinal: int, one: _Found) -> None:
    notes = reading.notes
    id_ = identify_below("Commitment", reading.assessment, str(ordinal))
    citation = notes.cite(one.first_line, one.last_line, reading.section_at(one.first_line))
    name = f"Commitment {ordinal}"
    own = None if one.above else one.category
    notes.state("Commitment", id_, citation, name=name, ordinal=ordinal, category=own, statement=one.statement)
    notes.link("HAS_COMMITMENT", reading.assessment, id_, citation)
    if one.above:
        above = notes.cite(one.above.first_line, one.above.last_line, reading.section_at(one.above.first_line))
        notes.state("Commitment", id_, above, name=name, category=one.category)
