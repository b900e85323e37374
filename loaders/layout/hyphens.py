"""Words that the end of a line or of a column cuts by a hyphen: whether the hyphen belongs to the word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from spellchecker import SpellChecker

_HYPHENED = re.compile(r"(?<![\w-])([A-Za-z]+)-([a-z]+)(?![\w-])")
_WORD = re.compile(r"[A-Za-z]{2,}")
_CUT = re.compile(r"[A-Za-z]+-(?=\s|$)|(?<=\w)-\w+")
_CUT_CODE = re.compile(r"\b[A-Z]{1,6}-$")
_PREFIXES = frozenset(
    [
        "multi",
        "non",
        "pre",
        "post",
        "re",
        "co",
        "semi",
        "self",
        "anti",
        "inter",
        "cross",
        "sub",
        "ex",
        "all",
        "well",
        "e",
    ]
)
_RARE = 50
_USUAL = 1000


def glued(text: str, more: str) -> str:
    """A text with the next line of it; after a word or a code that a hyphen cuts the line goes on without a space."""
    cut = text.endswith("-")
    if cut and (
        (re.search(r"\d-$", text) and re.match(r"[A-Z]\b", more))
        or (re.search(r"[A-Za-z]-$", text) and more[:1].islower())
        or (_CUT_CODE.search(text) and more[:1].isdigit())
    ):
        return f"{text}{more}"
    return f"{text} {more}".strip()


@dataclass(frozen=True)
class Hyphens:
    """What the lines of a document know of words with and without a hyphen."""

    lines: Sequence[str]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that the document has without a hyphen."""
        plain = (_CUT.sub(" ", line) if "-" in line else line for line in self.lines)
        return frozenset(word.lower() for line in plain for word in _WORD.findall(line))

    @cached_property
    def hyphened(self) -> frozenset[str]:
        """The words that the document writes with a hyphen within a line."""
        lines = (line for line in self.lines if "-" in line)
        return frozenset(match.group().lower() for line in lines for match in _HYPHENED.finditer(line))

    def mended(self, text: str) -> str:
        """The text with words whole that only the end of a line had cut."""
        return _HYPHENED.sub(self._mend, text) if "-" in text else text

    def belongs(self, first: str, last: str) -> bool:
        """Whether the hyphen between two halves belongs to the word: as the document has it, else as English has it."""
        first, last = first.lower(), last.lower()
        if f"{first}-{last}" in self.hyphened:
            return True
        if f"{first}{last}" in self.words:
            return False
        whole, parts = _often(f"{first}{last}"), (_often(first), _often(last))
        if whole >= _RARE:
            return whole < min(_USUAL, *parts)
        return first in _PREFIXES or all(
            often >= _RARE or half in self.words for half, often in zip((first, last), parts, strict=True)
        )

    def _mend(self, found: re.Match[str]) -> str:
        return found.group() if self.belongs(found[1], found[2]) else f"{found[1]}{found[2]}"


def _often(word: str) -> int:
    """How often English texts have a word."""
    return int(_english().word_frequency[word])


@cache
def _english() -> SpellChecker:
    return SpellChecker()
