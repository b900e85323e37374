"""Running text with the lines on which it stands: passages, their sentences, and the lines of any part of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.inputs.normalising import SOFT_HYPHEN

Numbered = tuple[int, str]

_SHORTENED = "".join(rf"(?<!\b{word}\.)" for word in (r"U\.S", r"U\.K", r"e\.g", r"i\.e", "Inc", "Ltd", "Corp", "No"))
_END = re.compile(rf"{_SHORTENED}(?<=[.!?])[)”\"]?\s+(?=[A-Z“\"•(])|\n")
_CLOSED = re.compile(r"[.:!?][)”\"]?$")
_DONE = re.compile(rf"{_SHORTENED}(?<=[.:!?])[)”\"]?$")
_BULLET = re.compile(r"^(?:[•●▪◦‣·*–—-]|[\uf0b7\uf0a7]|o|\d{1,2}[.)]|\([a-z\d]{1,2}\)|[a-z]\))\s+(?=\S)")


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

    def part(self, start: int, end: int) -> Passage:
        """The part of the passage between two offsets."""
        inside = [
            (at - start, number) for at, number in zip(self.starts, self.numbers, strict=True) if start < at < end
        ]
        return Passage(
            self.text[start:end], (0, *(at for at, _ in inside)), (self._line(start), *(number for _, number in inside))
        )

    def blocks(self) -> Iterator[Sentence]:
        """The paragraphs and items, in order, each as one long sentence."""
        start = 0
        for piece in self.text.split("\n"):
            if piece.strip():
                yield Sentence(piece.strip(), start, *self.lines(start, start + len(piece.rstrip())))
            start += len(piece) + 1

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

    An item of a list is a paragraph, which ends at a blank line unless the next one goes on in lower case. A line that
    ends in a hyphen is joined to the next without a space, so that addresses and words stay whole.
    """
    parts, starts, numbers = list[str](), list[int](), list[int]()
    length, blank, listed = 0, False, False
    for number, line in lines:
        stripped = line.strip()
        if not stripped:
            blank = True
            continue
        if parts:
            parts[-1] = parts[-1].removesuffix(SOFT_HYPHEN) + _joint(parts[-1], stripped, blank, listed)
            length += len(parts[-1])
        if not parts or parts[-1].endswith("\n"):
            listed = has_bullet(stripped)
        starts.append(length)
        numbers.append(number)
        parts.append(stripped)
        blank = False
    return Passage("".join(parts), tuple(starts), tuple(numbers))


def paragraphs(lines: Iterable[Numbered]) -> Iterator[Passage]:
    """Passages of one paragraph each.

    Without blank lines a paragraph ends with a sentence that ends its line, where the next word had still found room
    there. Lines that were folded just behind a sentence leave two paragraphs joined.
    """
    numbered = list(lines)
    width = max((len(line.strip()) for _, line in numbered), default=0)
    opened: list[Numbered] = []
    for (number, line), (_, following) in zip(numbered, [*numbered[1:], (0, "")], strict=True):
        if line.strip():
            opened.append((number, line))
        if opened and closed(opened[-1][1]) and _ends(line, following, width):
            yield passage(opened)
            opened = []
    if opened:
        yield passage(opened)


def has_bullet(line: str) -> bool:
    """Whether a line begins as an item of a list does."""
    return bool(_BULLET.match(line.strip()))


def without_bullet(line: str) -> str:
    """The line without the mark of an item."""
    return _BULLET.sub("", line.strip(), count=1)


def closed(line: str) -> bool:
    """Whether the line ends a sentence."""
    return bool(_CLOSED.search(line.strip()))


def _ends(line: str, following: str, width: int) -> bool:
    """Whether a line that ends a sentence ends a paragraph too."""
    word = following.split(maxsplit=1)[:1]
    fits = len(line.strip()) + 1 + len("".join(word)) <= width
    return not line.strip() or not word or fits or has_bullet(following)


def _joint(above: str, below: str, blank: bool, listed: bool) -> str:
    """What stands between two lines: nothing within a word, a line feed between paragraphs, else a space."""
    if above.endswith(SOFT_HYPHEN):
        return ""
    done = bool(_DONE.search(above))
    if has_bullet(below) and (blank or done or listed):
        return "\n"
    if blank and (done or (listed and not below[0].islower())):
        return "\n"
    return "" if above.endswith("-") and above[-2:-1].isalnum() else " "
