"""Which of the readings fits the part of a report that holds its controls, and what it reads there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.inputs.documents import Document
from loaders.layout.hyphens import Hyphens
from loaders.layout.table_folding import whole_bars
from loaders.layout.text import is_abbreviated
from loaders.soc.controls.absences import unexplained
from loaders.soc.controls.attempts import Attempt, best_attempt, least, sound, streamed, understood
from loaders.soc.controls.exclusions import Exclusion, excluding_rows, exclusions
from loaders.soc.controls.foreign_codes import Codes, codes_apart, give_codes
from loaders.soc.controls.grids import GridReader
from loaders.soc.controls.group_headings import group_headings
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line, Part, controls_part, is_short_title, other_part, parts, without_rows
from loaders.soc.controls.numbers import criteria_in
from loaders.soc.controls.objective_headings import with_objective_titles
from loaders.soc.controls.register import Register
from loaders.soc.controls.requirement_matrices import Matrix, requirement_matrices
from loaders.soc.controls.soundness import is_sound, without_counted
from loaders.soc.controls.values import Cell, CriterionRow, Tables
from loaders.soc.sections import Part as SectionPart
from loaders.soc.sections import is_marked, part_of


@dataclass(frozen=True, slots=True)
class ControlsRead:
    """What the part with the controls says, its lines, the lines after it, and remarks on how it was read.

    `headings` are those of groups of controls, which stand blank among the lines, as do the rows of `matrices`.
    """

    document: Document
    source: Document
    tables: Tables
    lines: tuple[Line, ...]
    after: tuple[Line, ...]
    remarks: tuple[str, ...]
    headings: tuple[Line, ...] = ()
    matrices: tuple[Matrix, ...] = ()

    def line(self, number: int) -> int:
        """The line of the document's text in which a line that was read stands."""
        return self.document.in_text(number) if self.source is not self.document else number


@dataclass(frozen=True, slots=True)
class _Told:
    """The lines with the controls; blank where headings of groups stand, matrices, rows of what does not apply.

    `codes` are those of other frameworks that stood among the lines; `parts` are all parts of the source.
    """

    source: Document
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    headings: tuple[Line, ...]
    matrices: tuple[Matrix, ...]
    excluded: tuple[Exclusion, ...]
    codes: tuple[Codes, ...]

    @classmethod
    def by(cls, source: Document) -> _Told:
        """Finds them."""
        found = tuple(parts(source.lines))
        lines, headings, matrices = _lines_of_controls(found)
        excluded = tuple(excluding_rows(lines))
        lines, codes = codes_apart(without_rows(lines, excluded))
        return cls(source, found, lines, headings, matrices, excluded, codes)

    @property
    def pages(self) -> frozenset[int]:
        """The lines with which pages begin."""
        return frozenset(number for number, text in enumerate(self.source.lines, 1) if "\f" in text)

    @property
    def outside(self) -> list[Line]:
        """The lines that stand elsewhere."""
        inside = {number for number, _ in self.lines}
        return [line for part in self.parts for line in part.lines if line[0] not in inside]


def read_tables(document: Document) -> ControlsRead:
    """Reads the controls of a report in the layout that its lines show.

    Where no tabs keep cells apart each line of the file is a place; rows by tabs are read as whole lines.
    """
    told, best = _best(document)
    best = sound(best, told.lines)
    tables = best.tables
    without_counted(tables)
    give_codes(tables, told.codes)
    _map_criteria(tables, told.matrices)
    _map_elsewhere(tables, told.outside, told.pages)
    _exclude(tables, [*exclusions(told.outside), *told.excluded])
    _explain(tables, told.lines)
    _exclude(tables, unexplained(tables, told.lines))
    ends = (told.lines[0][0], told.lines[-1][0]) if told.lines else (0, 0)
    remarks = (f"controls: {best.how}, lines {ends[0]}-{ends[1]}",)
    after = other_part(told.parts, told.lines)
    others = tuple(one for one in told.matrices if not one.is_of_criteria)
    return ControlsRead(document, told.source, tables, told.lines, after, remarks, told.headings, others)


def _best(document: Document) -> tuple[_Told, Attempt]:
    """What is understood best, of the text by its places or, where that is little, as a stream of whole lines."""
    rows = any("\t" in line.strip() for line in document.lines)
    told = _Told.by(document if rows or document.folded else replace(document, folded=True))
    hyphens = Hyphens(told.source.lines)
    best = best_attempt(told.lines, told.pages, hyphens)
    if is_sound(best.tables) and understood(best) > least(best):
        return told, best
    # Cells whose borders are lost in print follow each other in the whole lines of the text.
    whole = _Told.by(document)
    stream = streamed(whole.lines, hyphens)
    better = max(understood(best), 0) if is_sound(best.tables) else understood(best)
    if is_sound(stream.tables) and understood(stream) > better:
        return whole, stream
    return told, best


def _map_criteria(tables: Tables, matrices: Sequence[Matrix]) -> None:
    """Adds which controls meet a criterion by the tables from criteria to controls that the report states."""
    register, stated = Register(tables=tables), {control.number for control in tables.controls.values()}
    rows = (row for one in matrices if one.is_of_criteria and one.numbers & stated for row in one.rows)
    register.take(Cell(Role.MAPPED, row.said, row.first_line, row.last_line, row.code) for row in rows)
    register.close()


def _map_elsewhere(tables: Tables, outside: Sequence[Line], pages: frozenset[int]) -> None:
    """Adds which controls meet a criterion by a table apart from theirs, where their own tables name no criteria."""
    controls = tables.controls.values()
    if not controls or any(control.criteria or control.objectives for control in controls):
        return
    if not any(_MAPS.search(text) for _, text in outside):
        return
    register = Register(tables=tables)
    register.take(cell for cell in GridReader(outside, pages).read() if cell.role is Role.MAPPED)
    register.close()


_MAPS = re.compile(
    r"^\s*\W*(?:trust services? )?criteri(?:on|a)\b.*(?:\s{2}|\||\t)\s*(?:related |mapped )?controls?\b", re.IGNORECASE
)


def _lines_of_controls(found: Sequence[Part]) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Matrix, ...]]:
    """The lines of the part with the controls, blank where headings of groups stand and matrices, and these two."""
    lines = with_objective_titles(_without_other_information(whole_bars(controls_part(found))))
    matrices = _matrices(found, lines)
    within = {number for one in matrices for number in range(one.lines[0], one.lines[1] + 1)}
    lines = tuple((number, "" if number in within else text) for number, text in lines)
    numbers = frozenset(number for number, _ in lines)
    titles = [part.title for part in found if any(number in numbers for number, _ in part.lines)]
    of_groups = group_headings(lines, titles)
    headings = tuple(line for line in lines if line[0] in of_groups)
    return tuple((number, "" if number in of_groups else text) for number, text in lines), headings, matrices


def _matrices(found: Sequence[Part], controls: Sequence[Line]) -> tuple[Matrix, ...]:
    """The tables from other requirements to controls, up to the end of the controls; none of other information."""
    last = controls[-1][0] if controls else 0
    told = [part for part in found if part_of(part.title) is not SectionPart.OTHER]
    return tuple(requirement_matrices([line for part in told for line in part.lines if line[0] <= last]))


def _without_other_information(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines up to the title of a section of other information, where responses may stand."""
    for at in range(1, len(lines)):
        text = lines[at][1].strip()
        ended = text[-1:] in (".", ";", ",") and not is_abbreviated(text)
        apart = not lines[at - 1][1].strip() and is_short_title(text) and not ended
        if apart and is_marked(text) and part_of(text) is SectionPart.OTHER:
            return lines[:at]
    return lines


def _exclude(tables: Tables, found: Sequence[Exclusion]) -> None:
    """Adds the criteria that the report declares not applicable elsewhere; one with controls is a doubt.

    Of which framework other codes are, what the controls state tells.
    """
    served = {code for control in tables.controls.values() for code in control.criteria}
    for one in found:
        where = (one.first_line, one.last_line)
        if not criteria_in(one.code):
            tables.excluded.append(Cell(Role.REQUIREMENT, one.reason, *where, one.code))
            continue
        if one.code in served:
            said = f"criterion {one.code} is declared not applicable, and controls stand under it"
            tables.doubts.append((one.first_line, said))
            continue
        criterion = tables.criteria.setdefault(one.code, CriterionRow(one.code))
        criterion.places.append(where)
        if criterion.rationale is None or not criterion.rationale.text:
            criterion.rationale = Cell(Role.RESULT, one.reason, *where)


def _explain(tables: Tables, lines: Sequence[Line]) -> None:
    """Adds the reasons of criteria that a matrix but calls not applicable, where they stand beside the controls."""
    bare = {code for code, one in tables.criteria.items() if one.rationale is not None and not one.rationale.text}
    if bare:
        _exclude(tables, [one for one in exclusions(lines) if one.code in bare])
