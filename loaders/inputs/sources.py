"""What there is to load: files, the documents in folders, standard input."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import NoDocuments, UnreadableDocument
from loaders.inputs.documents import Document, document_from, read_bytes

SUFFIXES = (".txt", ".pdf", ".html", ".htm")
FACTS = ".jsonl"
PACKED = ".gz"
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to load: a name for messages, and a file or the content itself; `refusal` where there is neither."""

    where: str
    path: Path | None = None
    content: bytes | None = None
    refusal: NoDocuments | UnreadableDocument | None = None

    @property
    def suffix(self) -> str:
        """What the name of the file ends in, that it is packed aside."""
        return Path(self.path.name.lower().removesuffix(PACKED)).suffix if self.path and not self.refusal else ""

    @property
    def exported(self) -> bool:
        """Whether the file says by its name that it holds exported facts."""
        return self.suffix == FACTS

    def read(self) -> Document:
        """The document; raises `UnreadableDocument`, or why there is nothing to read."""
        return document_from(self.unpacked() if self.exported else self._bytes(), self.where)

    def unpacked(self) -> bytes:
        """The bytes of a file of facts, which can be packed by gzip."""
        content = self._bytes()
        if not self.where.lower().endswith(PACKED):
            return content
        try:
            return gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableDocument(self.where, f"it is no whole file of gzip ({error})") from error

    def _bytes(self) -> bytes:
        if self.refusal:
            raise self.refusal
        return self.content if self.content is not None else read_bytes(self.path or Path(self.where))


def sources(
    paths: Sequence[str | Path], standard_input: bytes | None = None, facts: Sequence[str] = ()
) -> tuple[Source, ...]:
    """What the paths name, in their order; a folder's documents in the order of their paths, hidden ones aside.

    `facts` are the ends of names of further files of facts; with .gz behind them such files are packed.
    """
    packed = (FACTS, *facts)
    suffixes = (*SUFFIXES, *packed, *(f"{suffix}{PACKED}" for suffix in packed))
    return tuple(source for path in paths for source in _sources(str(path), standard_input, suffixes))


def _sources(path: str, standard_input: bytes | None, suffixes: tuple[str, ...]) -> Iterator[Source]:
    if path == STANDARD_INPUT:
        yield Source("standard input", content=standard_input or b"")
        return
    if not Path(path).is_dir():
        yield Source(path, Path(path))
        return
    found = _documents(Path(path), suffixes)
    if not found:
        yield Source(path, refusal=NoDocuments(path, [one for one in suffixes if not one.endswith(PACKED)]))
    yield from (Source(str(file), file) for file in found)


def _documents(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    found = (file for file in folder.rglob("*") if file.name.lower().endswith(suffixes) and file.is_file())
    shown = (file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))
    return sorted(shown, key=lambda file: file.relative_to(folder).parts)
