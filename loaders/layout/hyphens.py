"""Words that the end of a line or of a column cuts by a hyphen: whether the hyphen belongs to the word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_HYPHENED = re.compile(r"(?<![\w-])([A-Za-z]+)-([a-z]+)(?![\w-])")
_WORD = re.compile(r"[A-Za-z]{2,}")
_CUT = re.compile(r"[A-Za-z]+-(?=\s|$)|(?<=\w)-\w+")
_PREFIXES = frozenset(
    (
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
    )
)


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

    def _mend(self, found: re.Match[str]) -> str:
        written, first, last = found.group(), found[1].lower(), found[2]
        if written.lower() in self.hyphened or first in _PREFIXES:
            return written
        whole = f"{first}{last}" in self.words
        parts = first in self.words and last in self.words
        return written if parts and not whole else f"{found[1]}{last}"
