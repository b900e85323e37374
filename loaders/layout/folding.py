"""Lines that some program folded at a width, put together again: which lines of a file make one line of its text.

A text that was folded at spaces has lines up to a width and none beyond; where the next word would still have fitted,
the line ended there before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.inputs.normalising import joint
from loaders.layout.text import bullet_of, ends_sentence, is_footnote, is_rule, reads_as_title

Span = tuple[int, int]

_NARROWEST, _WIDEST = 40, 250
_EDGE, _NEAR = 3, 10
_SHARP, _BEYOND = 0.15, 0.1
_FEWEST = 4
_NEARLY, _MISSES = 0.85, 0.05
_PAGE = re.compile(r"(?:\t\s*|\.{3,}\s*)\d{1,4}$")
_CUT_WORD = re.compile(r"\w[-/]$")
_OTHER_WORD = re.compile(r"(?:and|or|to|nor|but)\b|[^\w]")
_ADDRESS = re.compile(r"<?https?://\S+")
_NUMBERED = re.compile(r"(?:\(?[a-z]\)|\(?[ivx]{1,5}\)|\d{1,3}[.)]|[A-Z]{0,6}-?\d+(?:\.\d+)+[.:]?)(?=\s)")
_CODE = re.compile(r"[A-Z]{2,}[- ]?\d+(?:\.\d+)+:\s")
_TITLE_WORDS = 9
_PAIR = 2


def unfolded(lines: Sequence[str]) -> tuple[Span, ...]:
    """The first and last index of each whole line of a text; every line is whole where nothing was folded."""
    width = folded_at(lines)
    widest_row = max((len(line.rstrip()) for line in lines if "\t" in line), default=0)
    width = widest_row if 0 < width < widest_row < width + _NEAR else width
    known = _standing_alone(lines, width) if width else frozenset[str]()
    rows_too = all(len(line) <= width for line in lines if "\t" in line)
    loose = frozenset(_loose(lines, width)) if width else frozenset[int]()
    text = _Text(lines, width, known, _marks(lines, width), rows_too, loose)
    return tuple(row for block in text.blocks() for row in _rows(text, block))


def _rows(text: _Text, block: Sequence[Span]) -> Iterator[Span]:
    """The lines of a block, where a row of a table holds as many cells as most rows there do."""
    counted = Counter(tabs for run in block if (tabs := text.tabs(run)))
    most = max(counted, key=lambda tabs: (counted[tabs], -tabs), default=0)
    for run in block:
        yield from text.rows(run, most if run[0] < run[1] else 0)


def whole(lines: Sequence[str], span: Span) -> str:
    """The line that the lines of a span were before they were folded."""
    text = lines[span[0]]
    for index in range(span[0] + 1, span[1] + 1):
        text = _together(text.rstrip(" "), lines[index].lstrip(" \f"))
    return text


def folded_at(lines: Sequence[str]) -> int:
    """The width at which the plain lines of a text were folded; 0 where they were not."""
    lengths = Counter(len(line.strip("\f").rstrip()) for line in lines if _can_be_folded(line))
    beyond = 0
    for width in sorted(lengths, reverse=True):
        edge = sum(lengths[width - n] for n in range(_EDGE))
        near = sum(lengths[width - n] for n in range(_NEAR))
        alone = not any(lengths[width + n] for n in range(1, _NEAR))
        sharp = edge >= max(_FEWEST, _SHARP * near)
        if alone and beyond <= _BEYOND * near and _NARROWEST <= width <= _WIDEST and _is_strict(lines, width, sharp):
            return width
        beyond += lengths[width]
    return 0


def _is_strict(lines: Sequence[str], width: int, sharp: bool) -> bool:
    """Whether lines whose sentence goes on are full, but for such as were short already: few are nearly full.

    Where few lines end at the very edge, none may be nearly full.
    """
    below = [(a.rstrip(), b) for a, b in pairwise(lines) if b[:1].islower() and _is_open(a)]
    full = sum(_is_full(a, b, width) for a, b in below)
    nearly = sum(width > len(a) >= _NEARLY * width and not _is_full(a, b, width) for a, b in below)
    return nearly <= _MISSES * (full + _FEWEST) if sharp else full > 1 and not nearly


def _is_open(line: str) -> bool:
    return bool(line.strip()) and "\t" not in line and not ends_sentence(line)


def _can_be_folded(line: str) -> bool:
    return " " in line.strip() and "\t" not in line and "|" not in line


def _standing_alone(lines: Sequence[str], width: int) -> frozenset[str]:
    """The lines that stand twice in the text, once ended by themselves, as a title does."""
    counted = Counter(_bare(line) for line in lines)
    pairs = pairwise((*lines, ""))
    ended = (a for a, b in pairs if not b or b.startswith(("\t", "|")) or not _is_full(a.rstrip(), b, width))
    return frozenset(bare for line in ended if (bare := _bare(line)) and counted[bare] > 1)


def _bare(line: str) -> str:
    return line.strip().removeprefix(bullet_of(line) or "").strip()


def _marks(lines: Sequence[str], width: int) -> frozenset[str]:
    """The marks that begin items: those that stand at least twice below a line that ended by itself."""
    found = Counter[str]()
    for index, line in enumerate(lines):
        above = lines[index - 1].rstrip() if index else ""
        mark = _mark(line)
        if mark and not (above and _is_full(above, line, width)):
            found[mark] += 1
    return frozenset(mark for mark, times in found.items() if times > 1)


def _loose(lines: Sequence[str], width: int) -> Iterator[int]:
    """The lines that stand together without a sentence or a mark, one of which ended by itself: titles, or a list."""
    start = 0
    for index, line in enumerate((*lines, "")):
        if line.strip():
            continue
        block = lines[start:index]
        bare = not any("\t" in one or "|" in one or _mark(one) or ends_sentence(one) for one in block)
        bare = bare and all(map(reads_as_title, block))
        if bare and len(block) > _PAIR and not all(_is_full(a.rstrip(), b, width) for a, b in pairwise(block)):
            yield from range(start, index)
        start = index + 1


def _mark(line: str) -> str | None:
    """The bullet of a line, or the form of the number with which it begins: `1.`, `(a)`."""
    number = _NUMBERED.match(line.strip())
    if number is None:
        return bullet_of(line)
    return re.sub(r"\d+", "1", re.sub(r"[a-z]+", "a", number.group()))


def _is_full(above: str, below: str, width: int) -> bool:
    """Whether the first word of the line below had no room above."""
    above, word = above.lstrip("\f"), below.lstrip(" \f").split(" ", 1)[0]
    return 0 < width < len(above) + 1 + len(word) and (len(above) <= width or " " not in above.strip())


@dataclass(frozen=True, slots=True)
class _Text:
    """The lines of a text with what is known of them all."""

    lines: Sequence[str]
    width: int
    known: frozenset[str]
    marks: frozenset[str]
    rows_too: bool
    loose: frozenset[int]

    def runs(self) -> Iterator[Span]:
        """Lines that belong together by their widths and marks."""
        start = 0
        pipes = False
        for index, line in enumerate(self.lines):
            if index == start:
                pipes = _opens_pipes(line)
            below = self.lines[index + 1] if index + 1 < len(self.lines) else ""
            goes_on = _pipes_go_on(line, below) if pipes else self._goes_on(start, index)
            if not below.strip() or not goes_on:
                yield (start, index)
                start = index + 1

    def _goes_on(self, start: int, index: int) -> bool:
        """Whether the line at an index, of a whole line that began at `start`, goes on in the next."""
        above, below = self.lines[index].rstrip(" "), "".join(self.lines[index + 1 : index + 2])
        if not (self.width and above.strip() and below.strip() and _is_full(above, below, self.width)):
            return False
        return not (_is_apart(above, below) or self._is_own(start, index) or self._ends(start, index))

    def _is_own(self, start: int, index: int) -> bool:
        """Whether the line at an index is one that programs do not fold, or one of several titles."""
        above, below = self.lines[index], self.lines[index + 1]
        row = "\t" in above + below and not self.rows_too
        loose = index in self.loose and not below[:1].islower()
        return row or loose or (start == index and bool(_ADDRESS.fullmatch(above.strip())))

    def _ends(self, start: int, index: int) -> bool:
        """Whether a new item, row, title or known line begins below."""
        above, below = self.lines[index].rstrip(" "), self.lines[index + 1]
        rows = any("\t" in self.lines[at] for at in range(max(start, index - _FEWEST), index + 1))
        if _begins(self.lines[start], above, below, self.marks) or (rows and _CODE.match(below)):
            return True
        if start == index and _bare(above) in self.known and (below[:1].isupper() or "\t" in above):
            return True
        title = "\t" not in below and self._is_title(index + 1)
        return ends_sentence(above) and (title or _bare(below) in self.known)

    def _is_title(self, index: int) -> bool:
        """Whether a short line reads as a title does: its words begin with capitals, and it ends no sentence."""
        line = self.lines[index].strip()
        following = self.lines[index + 1].strip() if index + 1 < len(self.lines) else ""
        ended = ends_sentence(line) or _is_full(line, following, self.width) or following[:1].islower()
        return bool(following) and len(line.split()) <= _TITLE_WORDS and reads_as_title(line) and not ended

    def rows(self, run: Span, most: int) -> Iterator[Span]:
        """The run, or the rows of a table in it where it holds more cells than the table has columns."""
        start, tabs, last = run[0], 0, run[0]
        for index in range(run[0], run[1] + 1):
            here = self.lines[index].count("\t")
            if here and most and tabs + here > most and index > last:
                cut = self._cut(last + 1, index)
                yield (start, cut - 1)
                start, tabs = cut, 0
            tabs, last = tabs + here, index if here else last
        yield (start, run[1])

    def _cut(self, start: int, end: int) -> int:
        """The line with which a further row begins: one with a number, else what follows a sentence."""
        ended = [at for at in range(start, end + 1) if ends_sentence(self.lines[at - 1])]
        numbered = [at for at in range(start, end + 1) if _NUMBERED.match(self.lines[at])]
        return next(iter([*numbered, *ended]), end)

    def tabs(self, run: Span) -> int:
        """The tabs in the lines of a run."""
        return sum(self.lines[index].count("\t") for index in range(run[0], run[1] + 1))

    def blocks(self) -> Iterator[list[Span]]:
        """The runs that stand together between blank lines."""
        block: list[Span] = []
        for run in self.runs():
            block.append(run)
            if not self.lines[run[1]].strip():
                yield block
                block = []
        yield block


def _is_apart(above: str, below: str) -> bool:
    """Whether the line below is no part of a text that goes on: a rule, a row, a note, one address after another."""
    address = _ADDRESS.fullmatch(below.strip())
    if address and (above[-1] in ".!?" or _ADDRESS.fullmatch(above.strip())):
        return True
    marked = (
        below.startswith(("\t", "|", " ")) or _is_page(below) or is_rule(below) or is_rule(above) or is_footnote(below)
    )
    return marked or above.endswith("\t") or bool(_PAGE.search(above))


def _is_page(line: str) -> bool:
    """Whether a page begins with a line that is no part of a sentence of the page before."""
    return line.startswith("\f") and not line.lstrip("\f")[:1].islower()


def _begins(first: str, above: str, below: str, marks: frozenset[str]) -> bool:
    """Whether the mark of the line below is a bullet or a number and no part of a sentence."""
    mark = _mark(below)
    return mark in marks and (ends_sentence(above) or _mark(first) in marks)


def _opens_pipes(line: str) -> bool:
    return _bare(line).startswith("|") and not is_rule(line)


def _pipes_go_on(line: str, below: str) -> bool:
    """A row in pipes goes on to the line that ends in a pipe, and in a line that only ends in one."""
    bare = below.strip()
    if not line.rstrip().endswith("|"):
        return not is_rule(below)
    return bare.endswith("|") and not _bare(below).startswith("|") and not is_rule(below)


def _together(above: str, below: str) -> str:
    """Two lines as one; an address or a word that was cut after a hyphen or a stroke goes on without a space."""
    address = above.endswith("-") and "://" in above.rsplit(" ", 1)[-1]
    if address or (_CUT_WORD.search(above) and not _OTHER_WORD.match(below)):
        return above + below
    return joint(above, below)
