"""Running text with the lines on which it stands: passages, their sentences, and the lines of any part of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Numbered = tuple[int, str]

_END = re.compile(r"(?<!U\.S\.)(?<!Inc\.)(?<=[.!?])[)”\"]?\s+(?=[A-Z“\"•(])|\n")
_CLOSED = re.compile(r"[.:!?][)”\"]?$")


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines joined to one text; a paragraph ends in a line feed. `starts` and `numbers` say where each line begins."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """The first and last line of the part of the text between two offsets."""
        return (self._line(start), self._line(max(start, end - 1)))

    def sentences(self) -> Iterator[Sentence]:
        """The sentences, in order; a paragraph's end ends a sentence too."""
        start = 0
        for end in (*(match.start() for match in _END.finditer(self.text)), len(self.text)):
            piece = self.text[start:end].lstrip(' \n)”"')
            begin = end - len(piece)
            if piece.strip():
                yield Sentence(piece.rstrip(), begin, *self.lines(begin, begin + len(piece.rstrip())))
            start = end

    def _line(self, offset: int) -> int:
        return self.numbers[max(0, bisect_right(self.starts, offset) - 1)]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, where it begins in its passage, and its lines."""

    text: str
    offset: int
    first_line: int
    last_line: int


def passage(lines: Iterable[Numbered]) -> Passage:
    """The passage of those lines; blank lines end a paragraph where the text before them ends a sentence.

    A line that ends in a hyphen is joined to the next without a space, so that addresses and words stay whole.
    """
    text, starts, numbers, open_blank = "", list[int](), list[int](), False
    for number, line in lines:
        stripped = line.strip()
        if not stripped:
            open_blank = True
            continue
        if text and not text.endswith("\n"):
            text += _joint(text, open_blank)
        starts.append(len(text))
        numbers.append(number)
        text, open_blank = text + stripped, False
    return Passage(text, tuple(starts), tuple(numbers))


def paragraphs(lines: Iterable[Numbered]) -> Iterator[Passage]:
    """Passages of one paragraph each, where every line is a paragraph unless it ends in the middle of a sentence."""
    open_lines: list[Numbered] = []
    for number, line in lines:
        if line.strip():
            open_lines.append((number, line))
        if open_lines and closed(line):
            yield passage(open_lines)
            open_lines = []
    if open_lines:
        yield passage(open_lines)


def closed(line: str) -> bool:
    """Whether the line ends a sentence."""
    return bool(_CLOSED.search(line.strip()))


def _joint(text: str, blank: bool) -> str:
    if blank and _CLOSED.search(text):
        return "\n"
    return "" if text.endswith("-") else " "
