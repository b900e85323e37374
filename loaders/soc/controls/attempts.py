"""The ways to read the tables of controls, and which of them understands the lines best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.layout.hyphens import Hyphens
from loaders.layout.table_folding import unfolded
from loaders.layout.text import ends_sentence
from loaders.soc.controls.absences import absences
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.block_labels import labels_of
from loaders.soc.controls.blocks import BlockReader
from loaders.soc.controls.flow_reader import FlowReader
from loaders.soc.controls.grids import GridReader
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line, result_lines, without_rows
from loaders.soc.controls.numbers import number_in, shape
from loaders.soc.controls.raw_order import RawReader
from loaders.soc.controls.register import Register
from loaders.soc.controls.results import is_procedure, result_of
from loaders.soc.controls.soundness import holds_test, is_sound, without_cut
from loaders.soc.controls.stream import StreamReader
from loaders.soc.controls.values import Cell, Tables


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one way of reading made of the lines, with how often it was in doubt.

    What stands in place of a criterion's controls is told of, but no doubt about the way of reading.
    """

    how: str
    cells: list[Cell]
    tables: Tables
    doubts: int


def best_attempt(lines: tuple[Line, ...], pages: frozenset[int], hyphens: Hyphens) -> Attempt:
    """The reading that understands most of the lines; the others are not tried where the first understands them all."""
    first = _attempt(lines, pages, hyphens)
    if _is_complete(first, lines):
        return first
    attempts = [first, *(_attempt(one, pages, hyphens) for one in {unfolded(lines)} - {lines})]
    attempts += _in_raw_order(lines, hyphens)
    flow = _in_flow(lines, hyphens)
    attempts += [flow] if flow else []
    return max(attempts, key=understood)


def _is_complete(attempt: Attempt, lines: Sequence[Line]) -> bool:
    """Whether a reading understands what it says, and passes over no number that is written as its controls' are."""
    said = _said(attempt)
    if not said or understood(attempt) < _NEARLY_ALL * said or not is_sound(attempt.tables):
        return False
    controls = attempt.tables.controls
    written = {_alike(number) for number in controls}
    found = (number_in(" ".join(text.split())) for _, text in lines if text.strip())
    passed = {one.number for one in found if one and one.marked} - set(controls)
    return written.isdisjoint(map(_alike, passed))


def _alike(number: str) -> str:
    """The shape of a number, as long as its letters may be."""
    return re.sub("a+", "a", shape(number))


_NEARLY_ALL = 0.95


def _attempt(lines: Sequence[Line], pages: frozenset[int], hyphens: Hyphens) -> Attempt:
    """Tables where headings of columns stand over them; blocks where labels stand; else a stream of sentences."""
    tables = GridReader(lines, pages)
    cells = mended(tables.read(), hyphens)
    tested = any(Role.RESULT in roles or Role.PROCEDURE in roles for roles in tables.headings.values())
    results = result_lines(lines)
    if tested or (tables.headings and results < _FEWEST_LABELS):
        return _register(f"tables by {', '.join(dict.fromkeys(tables.ways))}", cells, lines, tables.doubts)
    mapped = [cell for cell in cells if cell.role is Role.MAPPED]
    # No controls stand below criteria that rows map to controls.
    lines = without_rows(lines, mapped)
    labels = labels_of(lines)
    if (labels >= _FEWEST_LABELS and results <= 3 * labels) or results < _FEWEST_LABELS:
        return _register("labelled blocks", [*mended(BlockReader(lines).read(), hyphens), *mapped], lines)
    return streamed(lines, hyphens, mapped)


def _in_raw_order(lines: Sequence[Line], hyphens: Hyphens) -> list[Attempt]:
    """Tables whose cells follow each other in reading order, where headings of columns stand above them."""
    raw = RawReader(lines)
    cells = mended(raw.read(), hyphens)
    if not raw.headed:
        return []
    attempt = _register("cells in reading order", cells, lines, raw.doubts)
    return [attempt] if attempt.tables.controls else []


def _in_flow(lines: Sequence[Line], hyphens: Hyphens) -> Attempt | None:
    """Tables whose cells flow into each other below headings of their columns, where more than some rows are told."""
    flow = FlowReader(lines)
    cells = mended(flow.read(), hyphens)
    if not flow.headed or flow.rows < _FEWEST_ROWS or flow.broken > _MOST_BROKEN * flow.rows:
        return None
    return _register("cells that flow into each other", cells, lines, flow.doubts)


_FEWEST_ROWS = 3
_MOST_BROKEN = 0.5


def streamed(lines: Sequence[Line], hyphens: Hyphens, mapped: Sequence[Cell] = ()) -> Attempt:
    stream = StreamReader(lines)
    attempt = _register("a stream of sentences", [*mended(stream.read(), hyphens), *mapped], lines, stream.doubts)
    without_cut(attempt.tables)
    return attempt


def understood(attempt: Attempt) -> int:
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


def least(attempt: Attempt) -> float:
    """How much a reading has to understand: half of what it says where nothing but places tells its cells apart."""
    return _HALF * _said(attempt) if "grids" in attempt.how else 0.0


def _said(attempt: Attempt) -> int:
    """How many controls and tests a reading gives."""
    controls = attempt.tables.controls.values()
    return len(controls) + sum(len(control.tests) for control in controls)


_HALF = 0.5
_MIXED = 2


def _is_known(attribute: Cell) -> bool:
    """Whether the wording of a frequency or of a nature is known."""
    known = {Role.FREQUENCY: frequency_of, Role.NATURE: nature_of}.get(attribute.role)
    return known is None or known(attribute.text) is not None


_FEWEST_WORDS = 2


def sound(attempt: Attempt, lines: Sequence[Line]) -> Attempt:
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


def _register(how: str, cells: list[Cell], lines: Sequence[Line], doubts: Sequence[tuple[int, str]] = ()) -> Attempt:
    instead = frozenset(line for one in absences(lines) for line in one.lines)
    register = Register(unread=frozenset((*instead, *(line for line, _ in doubts))))
    register.take(cells)
    tables = register.close()
    tables.doubts.extend(doubts)
    return Attempt(how, cells, tables, sum(line not in instead for line, _ in tables.doubts))


_FEWEST_LABELS = 3
