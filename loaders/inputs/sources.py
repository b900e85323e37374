"""What there is to load: files, the documents in folders, standard input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import NoDocuments, UnreadableDocument
from loaders.inputs.documents import Document, document_from, read_document

SUFFIXES = (".txt", ".pdf", ".html", ".htm", ".jsonl")
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to load: a name for messages, and a file or the content itself; `refusal` where there is neither."""

    where: str
    path: Path | None = None
    content: bytes | None = None
    refusal: NoDocuments | UnreadableDocument | None = None

    @property
    def exported(self) -> bool:
        """Whether the file says by its name that it holds exported facts."""
        return self.path is not None and self.path.suffix.lower() == ".jsonl"

    def read(self) -> Document:
        """The document; raises `UnreadableDocument`, or why there is nothing to read."""
        if self.refusal:
            raise self.refusal
        if self.content is not None:
            return document_from(self.content, self.where)
        return read_document(self.path or Path(self.where))


def sources(paths: Sequence[str | Path], standard_input: bytes | None = None) -> tuple[Source, ...]:
    """What the paths name, in their order; a folder's documents in the order of their paths, hidden ones aside."""
    return tuple(source for path in paths for source in _sources(str(path), standard_input))


def _sources(path: str, standard_input: bytes | None) -> Iterator[Source]:
    if path == STANDARD_INPUT:
        yield Source("standard input", content=standard_input or b"")
        return
    if not Path(path).is_dir():
        yield Source(path, Path(path))
        return
    found = _documents(Path(path))
    if not found:
        yield Source(path, refusal=NoDocuments(path, SUFFIXES))
    yield from (Source(str(file), file) for file in found)


def _documents(folder: Path) -> list[Path]:
    found = (file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    shown = (file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))
    return sorted(shown, key=lambda file: file.relative_to(folder).parts)
