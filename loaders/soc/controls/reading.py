"""Which of the readings fits the part of a report that holds its controls, and what it reads there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.inputs.documents import Document
from loaders.layout.hyphens import Hyphens
from loaders.layout.table_folding import unfolded, whole_bars
from loaders.layout.text import ends_sentence, is_abbreviated
from loaders.soc.controls.absences import absences, unexplained
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.blocks import BlockReader, labels_of
from loaders.soc.controls.exclusions import Exclusion, excluding_rows, exclusions
from loaders.soc.controls.flow_reader import FlowReader
from loaders.soc.controls.foreign_codes import codes_apart, give_codes
from loaders.soc.controls.grids import GridReader
from loaders.soc.controls.group_headings import group_headings
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line, Part, controls_part, is_short_title, other_part, parts, result_lines
from loaders.soc.controls.numbers import criteria_in
from loaders.soc.controls.objective_headings import with_objective_titles
from loaders.soc.controls.raw_order import RawReader
from loaders.soc.controls.register import Register
from loaders.soc.controls.requirement_matrices import Matrix, requirement_matrices
from loaders.soc.controls.results import is_procedure, result_of
from loaders.soc.controls.soundness import holds_test, is_sound, without_counted, without_cut
from loaders.soc.controls.stream import StreamReader
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
class _Attempt:
    """What one way of reading made of the lines, with how often it was in doubt.

    What stands in place of a criterion's controls is told of, but no doubt about the way of reading.
    """

    how: str
    cells: list[Cell]
    tables: Tables
    doubts: int


def read_tables(document: Document) -> ControlsRead:
    """Reads the controls of a report in the layout that its lines show.

    Where no tabs keep cells apart each line of the file is a place; rows by tabs are read as whole lines.
    """
    rows = any("\t" in line.strip() for line in document.lines)
    source = document if rows or document.folded else replace(document, folded=True)
    found = parts(source.lines)
    lines, headings, matrices = _lines_of_controls(found)
    apart = excluding_rows(lines)
    lines, codes = codes_apart(_without(lines, apart))
    pages = frozenset(number for number, text in enumerate(source.lines, 1) if "\f" in text)
    hyphens = Hyphens(source.lines)
    attempts = [_attempt(one, pages, hyphens) for one in dict.fromkeys((lines, unfolded(lines)))]
    attempts += _in_raw_order(lines, hyphens)
    flow = _in_flow(lines, hyphens)
    attempts += [flow] if flow else []
    best = max(attempts, key=_understood)
    if not is_sound(best.tables) or _understood(best) <= _least(best):
        # Cells whose borders are lost in print follow each other in the whole lines of the text.
        whole = parts(document.lines)
        whole_lines, whole_headings, whole_matrices = _lines_of_controls(whole)
        whole_lines, whole_codes = codes_apart(whole_lines)
        streamed = _streamed(whole_lines, hyphens)
        least = max(_understood(best), 0) if is_sound(best.tables) else _understood(best)
        if is_sound(streamed.tables) and _understood(streamed) > least:
            best, source, found = streamed, document, whole
            lines, headings, matrices, codes = whole_lines, whole_headings, whole_matrices, whole_codes
    best = _sound(best, lines)
    without_counted(best.tables)
    give_codes(best.tables, codes)
    inside = {number for number, _ in lines}
    outside = [line for part in found for line in part.lines if line[0] not in inside]
    _map_elsewhere(best.tables, outside, pages)
    _exclude(best.tables, [*exclusions(outside), *apart])
    _explain(best.tables, lines)
    _exclude(best.tables, unexplained(best.tables, lines))
    ends = (lines[0][0], lines[-1][0]) if lines else (0, 0)
    remarks = (f"controls: {best.how}, lines {ends[0]}-{ends[1]}",)
    return ControlsRead(document, source, best.tables, lines, other_part(found, lines), remarks, headings, matrices)


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


def _without(lines: Sequence[Line], rows: Sequence[Exclusion]) -> tuple[Line, ...]:
    """The lines with those of rows blank, which would be read as titles of criteria."""
    taken = {number for one in rows for number in range(one.first_line, one.last_line + 1)}
    return tuple((number, "" if number in taken else text) for number, text in lines)


def _explain(tables: Tables, lines: Sequence[Line]) -> None:
    """Adds the reasons of criteria that a matrix but calls not applicable, where they stand beside the controls."""
    bare = {code for code, one in tables.criteria.items() if one.rationale is not None and not one.rationale.text}
    if bare:
        _exclude(tables, [one for one in exclusions(lines) if one.code in bare])


def _attempt(lines: Sequence[Line], pages: frozenset[int], hyphens: Hyphens) -> _Attempt:
    """Tables where headings of columns stand over them; blocks where labels stand; else a stream of sentences."""
    tables = GridReader(lines, pages)
    cells = mended(tables.read(), hyphens)
    tested = any(Role.RESULT in roles or Role.PROCEDURE in roles for roles in tables.headings.values())
    results = result_lines(lines)
    if tested or (tables.headings and results < _FEWEST_LABELS):
        return _register(f"tables by {', '.join(dict.fromkeys(tables.ways))}", cells, lines, tables.doubts)
    mapped = [cell for cell in cells if cell.role is Role.MAPPED]
    labels = labels_of(lines)
    if (labels >= _FEWEST_LABELS and results <= 3 * labels) or results < _FEWEST_LABELS:
        return _register("labelled blocks", [*mended(BlockReader(lines).read(), hyphens), *mapped], lines)
    return _streamed(lines, hyphens, mapped)


def _in_raw_order(lines: Sequence[Line], hyphens: Hyphens) -> list[_Attempt]:
    """Tables whose cells follow each other in reading order, where headings of columns stand above them."""
    raw = RawReader(lines)
    cells = mended(raw.read(), hyphens)
    if not raw.headed:
        return []
    attempt = _register("cells in reading order", cells, lines, raw.doubts)
    return [attempt] if attempt.tables.controls else []


def _in_flow(lines: Sequence[Line], hyphens: Hyphens) -> _Attempt | None:
    """Tables whose cells flow into each other below headings of their columns, where more than some rows are told."""
    flow = FlowReader(lines)
    cells = mended(flow.read(), hyphens)
    if not flow.headed or flow.rows < _FEWEST_ROWS or flow.broken > _MOST_BROKEN * flow.rows:
        return None
    return _register("cells that flow into each other", cells, lines, flow.doubts)


_FEWEST_ROWS = 3
_MOST_BROKEN = 0.5


def _streamed(lines: Sequence[Line], hyphens: Hyphens, mapped: Sequence[Cell] = ()) -> _Attempt:
    stream = StreamReader(lines)
    attempt = _register("a stream of sentences", [*mended(stream.read(), hyphens), *mapped], lines, stream.doubts)
    without_cut(attempt.tables)
    return attempt


def _understood(attempt: _Attempt) -> int:
    """How many controls with a wording and tests with a known procedure and result a reading gives, less the others.

    Wordings and procedures that are no whole sentences count against it, and so do attributes of no known wording.
    """
    controls = list(attempt.tables.controls.values())
    tests = [test for control in controls for test in control.tests]
    known = sum(is_procedure(test.procedure) and result_of(test.result) is not None for test in tests)
    worded = sum(len(control.wording.split()) > _FEWEST_WORDS for control in controls)
    texts = [*(control.wording for control in controls), *(test.procedure for test in tests)]
    cut = sum(text[:1].islower() or not ends_sentence(text) for text in texts if text)
    unknown = sum(not _is_known(cell) for control in controls for cell in control.attributes)
    mixed = _MIXED * sum(map(holds_test, controls))
    return 2 * (known + worded) - len(tests) - len(controls) - attempt.doubts - cut - unknown - mixed


def _least(attempt: _Attempt) -> float:
    """How much a reading has to understand: half of what it says where nothing but places tells its cells apart."""
    controls = attempt.tables.controls.values()
    said = len(controls) + sum(len(control.tests) for control in controls)
    return _HALF * said if "grids" in attempt.how else 0.0


_HALF = 0.5
_MIXED = 2


def _is_known(attribute: Cell) -> bool:
    """Whether the wording of a frequency or of a nature is known."""
    known = {Role.FREQUENCY: frequency_of, Role.NATURE: nature_of}.get(attribute.role)
    return known is None or known(attribute.text) is not None


_FEWEST_WORDS = 2


def _sound(attempt: _Attempt, lines: Sequence[Line]) -> _Attempt:
    """The attempt as it is where it is sound; else its titles alone, and a doubt with the lines."""
    if is_sound(attempt.tables):
        return attempt
    titles = [cell for cell in attempt.cells if cell.role in (Role.OBJECTIVE, Role.CRITERION) and cell.number]
    first, last = lines[0][0], lines[-1][0]
    said = f"the tables of controls in lines {first}-{last} can not be read: their columns are not told apart"
    return _register(f"{attempt.how}, not read", titles, lines, [(first, said)])


def mended(cells: Sequence[Cell], hyphens: Hyphens) -> list[Cell]:
    """The cells with words whole that only the end of a line had cut."""
    return [replace(cell, text=hyphens.mended(cell.text)) for cell in cells]


def _register(how: str, cells: list[Cell], lines: Sequence[Line], doubts: Sequence[tuple[int, str]] = ()) -> _Attempt:
    instead = frozenset(line for one in absences(lines) for line in one.lines)
    register = Register(unread=frozenset((*instead, *(line for line, _ in doubts))))
    register.take(cells)
    tables = register.close()
    tables.doubts.extend(doubts)
    return _Attempt(how, cells, tables, sum(line not in instead for line, _ in tables.doubts))


_FEWEST_LABELS = 3
