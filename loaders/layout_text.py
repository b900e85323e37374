"""What a line of text is apart from its words: bullets, markup, footnote marks, page breaks, letterheads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*-]|[\uf0b7\uf0a7])(?:\s+|$)")
_TAG = re.compile(r"</?(?:i|b|u|em|strong|ul|ol|li|br|p|span|sup|sub)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_ITALIC = re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])")
_SPACES = re.compile(r"\s+")
_SUPERSCRIPT = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(rf"^\s*[{_SUPERSCRIPT}]\s*\S")
_NOTE_MARK = re.compile(rf"[{_SUPERSCRIPT}]+")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?\s*", re.IGNORECASE)

_BREAK = 3
_SHORT = 60
_TOP = 4
_TIMES = {1: 3}
_ADDRESS = 3


def clean(text: str) -> str:
    """The text without bullet, markup and footnote marks, with single spaces."""
    text = _BULLET.sub("", text, count=1)
    text = _LINK.sub(r"\1", _TAG.sub(" ", text)).replace("**", "").replace("`", "")
    return _SPACES.sub(" ", _NOTE_MARK.sub("", _ITALIC.sub(r"\1", text))).strip()


def has_bullet(text: str) -> bool:
    """Whether the text begins with a bullet."""
    return bool(_BULLET.match(text))


def is_footnote(text: str) -> bool:
    """Whether a line is a footnote: it begins with the mark that stands in the text."""
    return bool(_NOTE.match(text))


def note_marks(text: str) -> tuple[str, ...]:
    """The footnote marks in a text, in order."""
    return tuple(_NOTE_MARK.findall(text))


def is_page_number(text: str) -> bool:
    """Whether a line is but a page number."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as sentences and lead-ins of lists do."""
    return text.rstrip(' \t*_"”’)')[-1:] in (".", ":", ";", "!", "?")


def letterheads(lines: Sequence[str]) -> frozenset[int]:
    """The indices of lines that belong to no text: short lines that come again at the top of pages.

    A block of several lines must stand at two page tops, a single line at three. A block of at least three lines
    with a number in it, as addresses have, is known at one page top where it comes again anywhere.
    """
    tops = [tuple(_top(lines, start)) for start in page_tops(lines)]
    blocks = _texts(lines, tops)
    seen = Counter(block[:size] for block in blocks for size in range(1, len(block) + 1))
    found: set[int] = set()
    for top, block in zip(tops, blocks, strict=True):
        sizes = [size for size in range(1, len(block) + 1) if seen[block[:size]] >= _TIMES.get(size, 2)]
        found.update(top[: max(sizes, default=0)])
    addresses = {block[:size] for block in blocks for size in range(_ADDRESS, len(block) + 1)}
    for address in addresses:
        places = _places(lines, address) if any(map(_has_digit, address)) else []
        found.update(index for place in places for index in place if len(places) > 1)
    return frozenset(found)


def _places(lines: Sequence[str], block: tuple[str, ...]) -> list[tuple[int, ...]]:
    """Where those lines stand one after the other, blank lines aside."""
    written = [(index, line.strip()) for index, line in enumerate(lines) if line.strip()]
    starts = [at for at, (_, text) in enumerate(written) if text == block[0]]
    runs = [written[at : at + len(block)] for at in starts]
    return [tuple(index for index, _ in run) for run in runs if tuple(text for _, text in run) == block]


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
    """The indices of the short lines at the top of a page, blank lines aside."""
    for index in range(start, min(start + 2 * _TOP, len(lines))):
        line = lines[index].strip()
        if line and (len(line) > _SHORT or "\t" in lines[index] or has_bullet(line) or line.startswith("|")):
            return
        if line:
            yield index


def _texts(lines: Sequence[str], tops: Sequence[tuple[int, ...]]) -> list[tuple[str, ...]]:
    return [tuple(lines[index].strip() for index in top[:_TOP]) for top in tops]
