"""Where in a file of RDF a quad stands: its line and column, found by reading the file once more, line by line."""

from __future__ import annotations

import re
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

Word: TypeAlias = str | NamedNode | Literal | Triple

_BEFORE = rb'(?<![\w-])(?:[<"]|[A-Za-z][\w-]*:)?'
"""What opens a word, or its prefix."""

_AT_ONCE = frozenset({RdfFormat.JSON_LD})
"""Formats of which the parser reads all before it says anything."""
_LONGEST = 1 << 16
"""The longest line in which the column is looked for, byte by byte."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line, counted from 1, and the column where it is known."""

    line: int
    column: int | None = None

    @classmethod
    def of(cls, content: bytes, at: int) -> Place:
        """That of a byte."""
        begin = content.rfind(b"\n", 0, at) + 1
        return cls(_line(content, at), len(content[begin:at].decode(errors="replace")) + 1)

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}" if self.column else f"line {self.line}"


def place_of(content: bytes, format_: RdfFormat, number: int, word: Word) -> Place:
    """The place of the quad of that number; in its line or above it stands the word.

    The parser tells no places of what it has read; but how many lines it was given by then is the line of the quad.
    """
    end = len(content)
    if format_ not in _AT_ONCE:
        lines = _Lines(content)
        next(islice(parse(lines, format=format_), number, None), None)
        end = lines.tell()
    found = _last(content[:end], word)
    if found is None:
        return Place(_line(content, max(end - 1, 0)))
    return Place.of(content, found)


def place_of_error(content: bytes, format_: RdfFormat) -> Place | None:
    """Where a parser that tells no places stops: the last byte that it was given by then; None where that is all."""
    if format_ in _AT_ONCE:
        return None
    end = max(_read(_Lines(content), format_), 1)
    begin = content.rfind(b"\n", 0, end - 1) + 1
    if end - begin > _LONGEST:
        return Place(_line(content, begin))
    return Place.of(content, max(_read(_Lines(content, begin), format_), 1) - 1)


def _read(lines: _Lines, format_: RdfFormat) -> int:
    """How many bytes a parser is given until it stops."""
    with suppress(SyntaxError):
        deque(parse(lines, format=format_), maxlen=0)
    return lines.tell()


class _Lines(BytesIO):
    """A file of which the parser gets one line at a time, behind some place one byte."""

    def __init__(self, content: bytes, bytewise: int | None = None) -> None:
        super().__init__(content)
        self._bytewise = len(content) if bytewise is None else bytewise

    def read(self, size: int | None = -1, /) -> bytes:
        """What is left of the line, as much as is wanted; else the next line."""
        if self.tell() >= self._bytewise:
            return super().read(1)
        return self.readline(-1 if size is None else size)


def _last(content: bytes, word: Word) -> int | None:
    """Where the word was written last, by its whole IRI, or by the end of it that stands behind a prefix or a base."""
    for form in _forms(word):
        places = re.compile(_BEFORE + re.escape(form.encode()) + rb"(?![\w-])").finditer(content)
        found = max((match.start() for match in places), default=None)
        if found is not None:
            return found
    return None


def _forms(word: Word) -> tuple[str, ...]:
    if isinstance(word, Literal):
        return (word.value,) if word.value else ()
    if isinstance(word, Triple):
        return ()
    iri = word if isinstance(word, str) else word.value
    ends = (iri[match.end() :] for match in re.finditer(r"[/#]", iri))
    return (iri, *filter(None, ends))


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1
