"""A file as the loaders see it: its text, its lines, its hash."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from graph.errors import UnreadableDocument
from graph.identifiers import document_id
from loaders.inputs.html_encoding import is_html
from loaders.inputs.normalising import DAMAGED, normalised, storable
from loaders.layout.folding import unfolded, whole

_PAGE_WIDTH = 160
_FEW = 20
_PDF, _HEAD = b"%PDF-", 1024


@dataclass(frozen=True)
class Document:
    """A document as text; line numbers count from 1, by line feed only. `written` is its text as it stands in the file.

    Where the file has pages, `page_starts` holds the number of the first line of each, and `pictures` the numbers of
    the pages on which something is drawn but no text.
    """

    where: str
    sha256: str
    written: str
    media_type: str = "text/plain"
    page_starts: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()
    folded: bool = False

    @cached_property
    def text(self) -> str:
        """The text of the lines: what every reader reads."""
        return "\n".join(self.lines)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines with their characters normalised; `lines[0]` is line 1. Those that were folded are whole again."""
        return tuple(whole(self._file_lines, span) for span in self._spans)

    def in_short_lines(self) -> Document:
        """The same document, for readers of prose to which each line is a place: whole paragraphs stay folded."""
        wide = sum(len(line) > _PAGE_WIDTH for line in self.lines)
        return replace(self, folded=True) if _FEW * wide > len(self.lines) else self

    def in_file(self, first_line: int, last_line: int) -> tuple[int, int]:
        """The numbers of the lines of the file in which lines of the text stand."""
        return self._spans[first_line - 1][0] + 1, self._spans[last_line - 1][1] + 1

    def in_text(self, line: int) -> int:
        """The number of the line of the text in which a line of the file stands."""
        return bisect_right(self._spans, (line - 1, len(self._file_lines)))

    @property
    def file_lines(self) -> int:
        """How many lines the file has."""
        return len(self._file_lines)

    @property
    def damaged(self) -> tuple[int, ...]:
        """The numbers of the lines of the file that hold characters which can be no text."""
        return tuple(n for n, line in enumerate(self._file_lines, 1) if DAMAGED in line)

    @cached_property
    def _file_lines(self) -> tuple[str, ...]:
        return tuple(normalised(self.written).removesuffix("\n").split("\n"))

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        if self.folded:
            return tuple((index, index) for index in range(len(self._file_lines)))
        return unfolded(self._file_lines)

    @property
    def id(self) -> str:
        """The id of the document's node."""
        return document_id(self.sha256)

    @property
    def pages(self) -> int | None:
        """How many pages the file has, where it has pages."""
        return len(self.page_starts) or None

    def page_of(self, line: int) -> int | None:
        """The page on which a line of the file stands, where the file has pages."""
        return bisect_right(self.page_starts, line) or None

    def quote(self, first_line: int, last_line: int) -> str:
        """The text of those lines of the file as it stands there, without white space around it."""
        return "\n".join(map(storable, self._written_lines[first_line - 1 : last_line])).strip()

    @cached_property
    def _written_lines(self) -> tuple[str, ...]:
        return tuple(line.removesuffix("\r") for line in self.written.removesuffix("\n").split("\n"))


def read_document(path: Path) -> Document:
    """The document in a file; raises `UnreadableDocument` where it is empty, binary or not UTF-8."""
    return document_from(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises `UnreadableDocument` where they cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(str(path), error.strerror or str(error)) from error


def document_from(content: bytes, where: str) -> Document:
    """The document that those bytes are, by what they begin with; `where` is what messages call it."""
    if not content.strip():
        raise UnreadableDocument(where, "the file is empty")
    sha256 = hashlib.sha256(content).hexdigest()
    if _PDF in content[:_HEAD]:
        return _pdf(content, where, sha256)
    if b"<" in content[:_HEAD] and is_html(content):
        return _html(content, where, sha256)
    return Document(where, sha256, _text(content, where))


def _pdf(content: bytes, where: str, sha256: str) -> Document:
    """The pages one after the other, each but the first after a form feed."""
    from loaders.inputs.pdf import read_pdf

    pages, pictures = read_pdf(content, where)
    starts = accumulate((max(1, len(page)) for page in pages[:-1]), initial=1)
    written = "\n\f".join("\n".join(page) for page in pages)
    return Document(where, sha256, written, "application/pdf", tuple(starts), pictures)


def _html(content: bytes, where: str, sha256: str) -> Document:
    from loaders.inputs.html import read_html

    return Document(where, sha256, "\n".join(read_html(content, where)), "text/html")


def _text(content: bytes, where: str) -> str:
    if b"\0" in content:
        raise UnreadableDocument(where, "the file is binary (it holds a NUL byte)")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableDocument(where, f"line {line} is not UTF-8") from error
