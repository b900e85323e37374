"""A file as the loaders see it: its text, its lines, its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.errors import UnreadableDocument
from graph.identifiers import document_id


@dataclass(frozen=True)
class Document:
    """A text document; line numbers count from 1, by line feed only."""

    where: str
    sha256: str
    text: str
    media_type: str = "text/plain"

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their line feed and a carriage return before it; `lines[0]` is line 1."""
        return tuple(line.removesuffix("\r") for line in self.text.removesuffix("\n").split("\n"))

    @property
    def id(self) -> str:
        """The id of the document's node."""
        return document_id(self.sha256)

    def quote(self, first_line: int, last_line: int) -> str:
        """The text of those lines as it stands in the file, without white space around it."""
        return "\n".join(self.lines[first_line - 1 : last_line]).strip()


def read_document(path: Path) -> Document:
    """The document in a file; raises `UnreadableDocument` where it is empty, binary or not UTF-8."""
    try:
        return document_from(path.read_bytes(), str(path))
    except OSError as error:
        raise UnreadableDocument(str(path), error.strerror or str(error)) from error


def document_from(content: bytes, where: str) -> Document:
    """The document that those bytes are; `where` is what messages call it."""
    if not content.strip():
        raise UnreadableDocument(where, "the file is empty")
    if b"\0" in content:
        raise UnreadableDocument(where, "the file is binary (it holds a NUL byte)")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableDocument(where, f"line {line} is not UTF-8") from error
    return Document(where, hashlib.sha256(content).hexdigest(), text)
