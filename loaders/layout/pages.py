"""Pages in a text without pages: where they begin, and what their tops repeat that belongs to no text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from loaders.layout.text import has_bullet, number_of

Block = tuple[str, ...]

_BREAK = 3
_SHORT = 60
_TOP = 4
_TIMES = {1: 3}
_ADDRESS = 3
_FEWEST_PAGES = 3
_SHARE = 3
_COLUMNS = 2
_GAPS = re.compile(r" {2,}")
_DIGITS = re.compile(r"\d+")


def letterheads(lines: Sequence[str]) -> frozenset[int]:
    """The indices of lines that belong to no text: short lines that come again at the top of pages.

    A block of several lines must stand at two page tops, a single line at three; one that comes again with still
    more lines below is a text, such as a list that a report holds twice. A block of at least three lines with a
    number in it, as addresses have, is known at one page top where it comes again anywhere.
    """
    tops = [tuple(_top(lines, start)) for start in page_tops(lines)]
    blocks = [tuple(lines[index].strip() for index in top) for top in tops]
    seen = Counter(block[:size] for block in blocks for size in range(1, len(block) + 1))
    found: set[int] = set()
    for top, block in zip(tops, blocks, strict=True):
        sizes = [size for size in range(1, len(block) + 1) if seen[block[:size]] >= _TIMES.get(size, 2)]
        if max(sizes, default=0) <= _TOP:
            found.update(top[: max(sizes, default=0)])
    longer = {block for block in blocks if len(block) > _TOP}
    repeated = (block for block, places in _places(lines, longer).items() if len(places) > 1)
    texts = {block[:size] for block in repeated for size in range(_ADDRESS, _TOP + 1)}
    addresses = {block[:size] for block in blocks for size in range(_ADDRESS, min(_TOP, len(block)) + 1)}
    for block, places in _places(lines, {one for one in addresses if any(map(_has_digit, one))}).items():
        if len(places) > 1 and block not in texts:
            found.update(index for place in places for index in place)
    return frozenset(found)


def running_lines(lines: Sequence[str]) -> frozenset[int]:
    """The indices of running heads and feet, in a text whose pages begin with form feeds.

    These are the first or the last line of many pages, alike but for their numbers. The titles of columns and the
    items of lists come again too, and are none.
    """
    starts = [0, *(index for index, line in enumerate(lines) if "\f" in line), len(lines)]
    pages = [[i for i in range(*page) if lines[i].strip()] for page in pairwise(starts)]
    often = max(_FEWEST_PAGES, sum(map(bool, pages)) // _SHARE)
    found: set[int] = set()
    for edge in ([page[0] for page in pages if page], [page[-1] for page in pages if page]):
        shapes = {index: _shape(lines[index]) for index in edge if _may_run(lines[index])}
        seen = Counter(shapes.values())
        found.update(index for index, shape in shapes.items() if seen[shape] >= often)
    return frozenset(found)


def _shape(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _may_run(line: str) -> bool:
    bare = line.strip()
    marked = "\t" in bare or bare.startswith("|") or has_bullet(bare) or number_of(bare) or bare.endswith(":")
    return not marked and len(_GAPS.findall(bare)) < _COLUMNS


def _places(lines: Sequence[str], blocks: set[Block]) -> Mapping[Block, list[tuple[int, ...]]]:
    """Where those lines stand one after the other, blank lines aside."""
    written = [(index, line.strip()) for index, line in enumerate(lines) if line.strip()]
    found: defaultdict[Block, list[tuple[int, ...]]] = defaultdict(list)
    for start in range(len(written)):
        for size in range(_ADDRESS, _TOP + 2):
            run = written[start : start + size]
            block = tuple(text for _, text in run)
            if block in blocks:
                found[block].append(tuple(index for index, _ in run))
    return found


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def page_tops(lines: Sequence[str]) -> Iterator[int]:
    """The index of the first line after each page break: a form feed or a run of three blank lines."""
    blanks = 0
    for index, line in enumerate(lines):
        if line.strip(" \t\f"):
            if blanks >= _BREAK or "\f" in line:
                yield index
            blanks = 0
        else:
            blanks += _BREAK if "\f" in line else 1


def _top(lines: Sequence[str], start: int) -> Iterator[int]:
    """The indices of the short lines at the top of a page, blank lines aside, and one more than a letterhead has."""
    count = 0
    for index in range(start, min(start + 2 * _TOP, len(lines))):
        line = lines[index].strip()
        marked = "\t" in lines[index] or has_bullet(line) or line.startswith("|") or number_of(line)
        if line and (len(line) > _SHORT or marked or line.endswith(":")):
            return
        if line and count <= _TOP:
            count += 1
            yield index
