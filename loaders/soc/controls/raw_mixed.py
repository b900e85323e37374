"""Cells of a table whose lines run into each other, as a text in reading order has them where columns stand close.

Row by row come the lines of each, on lines of their own or with one space between. They are told apart where one way
alone gives whole sentences; else they are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.raw_blocks import Block, cell_of, is_test, is_whole, is_written, joined, parts_of
from loaders.soc.controls.results import is_procedure
from loaders.soc.controls.values import Cell

_NONE_FOUND = tuple(
    tuple(f"No {what} {said}{found}{stop}".split())
    for what in ("deviations", "exceptions", "deviation", "exception", "relevant exceptions", "relevant deviations")
    for said in ("", "were ", "was ")
    for found in ("noted", "identified")
    for stop in (".", "")
)
_NEAR = 3
_MOST_LINES = 30
_MOST_WAYS = 400


def read_block(block: Block) -> list[tuple[Block, list[Cell] | None]]:
    """The cells of a block, part by part; None for a part in which cells are mixed and not told apart."""
    parts = parts_of(block)
    singles = [cell_of(part) for part in parts]
    if None in singles and (told := _told_apart(block)):
        return [(block, told)]
    found: list[tuple[Block, list[Cell] | None]] = []
    at = 0
    while at < len(parts):
        one, end = singles[at], at + 1
        # Tests below cells that run into each other are of the same row.
        while one is None and end < len(parts) and (below := singles[end]) and below.role is Role.PROCEDURE:
            end += 1
        whole = Block(tuple(line for part in parts[at:end] for line in part.lines))
        told = [one] if one else _told_apart(whole)
        end = end if told else at + 1
        found.append((whole, told) if told else (parts[at], _told_apart(parts[at])))
        at = end
    return found


def _told_apart(block: Block) -> list[Cell] | None:
    """The cells that run into each other in a block, where one way alone parts them."""
    ways = {tuple(cells) for cells in _apart(block)}
    return list(ways.pop()) if len(ways) == 1 else None


def _apart(block: Block) -> Iterator[list[Cell]]:
    """The ways in which a block is a control, tests and a result side by side."""
    if len(block.lines) > _MOST_LINES:
        return
    found = number_in(block.text)
    numbered = bool(found and found.marked)
    for rest, result in [(block, None), *_without_result(block)]:
        ways = [] if numbered else list(_tests(rest))
        for cells in ways or _controls_and_tests(rest, numbered=numbered):
            if result is not None or len(cells) > 1:
                yield [*cells, *([result] if result else [])]


def _tests(block: Block) -> Iterator[list[Cell]]:
    """The tests that lines are, where they are whole ones."""
    tests = [part.cell(Role.PROCEDURE) for part in parts_of(block)]
    if all(is_test(test.text) for test in tests):
        yield tests


def _controls_and_tests(block: Block, *, numbered: bool) -> Iterator[list[Cell]]:
    """The ways in which lines are a control, or the wording of one whose number stands above, and tests beside it."""
    single = cell_of(block)
    if single is not None and single.role in _WORDED and is_whole(single.text):
        yield [single]
    for left, right in _side_by_side(block.lines):
        tests = parts_of(Block(right))
        control = cell_of(Block(left)) if all(is_test(part.text) for part in tests) else None
        if control is None or (control.role is not (Role.CONTROL if numbered else Role.REMARK)):
            continue
        if is_whole(control.text):
            yield [control, *(part.cell(Role.PROCEDURE) for part in tests)]


_WORDED = (Role.CONTROL, Role.REMARK)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Lines of two columns so far; `joined` and `apart` are the widths of the left ones that touch the right or not."""

    left: tuple[Line, ...] = ()
    right: tuple[Line, ...] = ()
    at: int = 0
    joined: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()

    def with_row(self, left: Line, right: Line, size: int) -> _Beside | None:
        """The lines with one more row, on one line or on two; None where they would not be those of two columns.

        They are where the left lines that touch the right ones are the widest, and both columns begin as cells do.
        """
        width = (len(left[1]),)
        joined_, apart = (width, ()) if size == 1 else ((), width)
        widths = (*self.joined, *joined_), (*self.apart, *apart)
        if not _fit(*widths):
            return None
        more = _Beside((*self.left, left), (*self.right, right), self.at + size, *widths)
        return more if _may_begin_test(more.right) and is_written(joined(more.left)) else None


def _fit(joined: Sequence[int], apart: Sequence[int]) -> bool:
    """Whether lines of these widths, which touch the column beside them or not, are those of one column."""
    narrow = min(joined, default=0)
    return max(joined, default=0) - narrow <= _RAGGED and (not joined or max(apart, default=0) - narrow <= _NARROWER)


_RAGGED = 5
_NARROWER = 2


def _side_by_side(lines: tuple[Line, ...]) -> list[tuple[tuple[Line, ...], tuple[Line, ...]]]:
    """The ways in which lines are those of two columns, read row by row, until one of the two ends.

    None where there are too many to look at.
    """
    found: list[tuple[tuple[Line, ...], tuple[Line, ...]]] = []
    open_ = [_Beside()]
    for _ in range(_MOST_WAYS):
        if not open_:
            return found
        now = open_.pop()
        rest = lines[now.at :]
        if now.right and is_whole(joined(now.right)):
            found.append(((*now.left, *rest), now.right))
        if now.right and rest and is_whole(joined(now.left)):
            found.append((now.left, (*now.right, *rest)))
        open_.extend(more for row in _row(lines, now.at) if (more := now.with_row(*row)))
    return []


def _row(lines: Sequence[Line], at: int) -> Iterator[tuple[Line, Line, int]]:
    """A row of two columns that begins with a line: parted at one of its spaces, or with the next line beside it."""
    if at >= len(lines):
        return
    number, text = lines[at]
    words = text.split(" ")
    for cut in range(1, len(words)):
        yield (number, " ".join(words[:cut])), (number, " ".join(words[cut:])), 1
    if at + 1 < len(lines):
        yield lines[at], lines[at + 1], 2


def _may_begin_test(lines: Sequence[Line]) -> bool:
    """Whether lines begin as a procedure does, as far as so few tell."""
    if not joined(lines[:1])[:1].isupper():
        return False
    text = joined(lines)
    return is_written(text) and (len(lines) < _NEAR or is_procedure(text))


def _without_result(block: Block) -> Iterator[tuple[Block, Cell]]:
    """The block without the words of a result at the ends of its lines, for each way to take them."""
    for words in _NONE_FOUND:
        for taken in _taken(block.lines, 0, words, _NEAR):
            lines = [(number, text) for n, (number, text) in enumerate(block.lines) if n not in dict(taken)]
            kept = [(block.lines[n][0], _cut(block.lines[n][1], size)) for n, size in taken]
            rest = tuple(sorted([*lines, *((number, text) for number, text in kept if text)]))
            if rest:
                where = (block.lines[taken[0][0]][0], block.lines[taken[-1][0]][0])
                yield Block(rest), Cell(Role.RESULT, " ".join(words), *where)


def _taken(lines: Sequence[Line], at: int, words: Sequence[str], near: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """The ways in which the words stand at the ends of near lines: the lines with how many words each."""
    if not words:
        yield ()
        return
    for n in range(at, min(len(lines), at + near)):
        written = lines[n][1].split(" ")
        for size in range(1, len(words) + 1):
            if written[-size:] == list(words[:size]):
                for rest in _taken(lines, n + 1, words[size:], _NEAR):
                    yield ((n, size), *rest)


def _cut(text: str, size: int) -> str:
    return " ".join(text.split(" ")[:-size])
