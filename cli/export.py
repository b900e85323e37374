"""`cg export`: the graph as RDF, or the facts themselves as JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import IO, Annotated

import typer

from api.packing import packed
from cli.console import say
from cli.stores import BaseOption, StoreOption, base_of, licence_of, opened
from graph.errors import AmbiguousHash, CannotWrite, UnknownDocument, UsageError
from graph.ledger import stated_by
from graph.merging import Node
from graph.state import loaded, steady
from graph.store import Snapshot, Store

_SECONDS = 3600.0
"""How long a state of the store may be held; it is read twice, and the check is between."""


class Format(Enum):
    """What can be written; `jsonl` is what `cg load` reads back, those that end in 12 are of RDF 1.2.

    `void` is the description of the data set.
    """

    TRIG = "trig"
    NQUADS = "nquads"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"
    TRIG12 = "trig12"
    NQUADS12 = "nquads12"
    TURTLE12 = "turtle12"
    NTRIPLES12 = "ntriples12"
    JSONL = "jsonl"
    VOID = "void"


def export_command(
    format_: Annotated[Format, typer.Option("--format", help="The syntax.")],
    output: Annotated[
        Path | None,
        typer.Option(help="A file; for jsonl also a folder, which gets one file a document. Else standard output."),
    ] = None,
    compress: Annotated[bool, typer.Option("--gzip", help="Compress with gzip.")] = False,
    with_quotes: Annotated[
        bool,
        typer.Option("--with-quotes", help="Also the wording of restricted documents; for jsonl, any wording at all."),
    ] = False,
    graph: Annotated[str | None, typer.Option(metavar="IRI", help="Only what stands in that named graph.")] = None,
    class_: Annotated[
        str | None, typer.Option("--class", metavar="LABEL", help="Only the nodes of that label, with who says so.")
    ] = None,
    document: Annotated[
        str | None, typer.Option(metavar="SHA256", help="Only what the document of that hash states.")
    ] = None,
    check: Annotated[
        bool | None,
        typer.Option(
            help="Hold all to the shapes first, as RDF is unless told otherwise; write nothing where one breaks."
        ),
    ] = None,
    base: BaseOption = None,
    store: StoreOption = None,
) -> None:
    """Write the graph or a part of it in a fixed order: the same store gives the same bytes."""
    given = {"graph": graph, "class": class_, "document": document}
    part = {key: value for key, value in given.items() if value is not None}
    is_rdf = format_ not in (Format.JSONL, Format.VOID)
    if format_ is Format.JSONL and (part.keys() - {"document"} or base):
        raise UsageError("jsonl has no named graphs, classes or IRIs; --document chooses among its facts")
    _refuse(format_, is_rdf=is_rdf, partly=bool(part) or with_quotes, checked=bool(check))
    with opened(store) as found:
        if is_rdf:
            rdf = _Rdf(format_, base_of(base), part, with_quotes=with_quotes, checked=check is not False)
            rdf.write(found, partial(_sink, output, compress))
        elif format_ is Format.JSONL:
            _write_facts(found, output, document, with_quotes=with_quotes, compress=compress)
        else:
            _write_void(found, output, base, compress=compress)


def _write_facts(store: Store, output: Path | None, document: str | None, *, with_quotes: bool, compress: bool) -> None:
    """Writes the facts as JSON lines, into one file or, where the output is a folder, into one a document."""
    if output and output.is_dir():
        if compress:
            raise UsageError("--gzip packs one file; a folder of facts is written plain")
        _write_folder(store, output, document, with_quotes)
        return
    with _sink(output, compress) as sink:
        for one in _documents(store, document):
            sink.writelines(_lines(store, one, with_quotes))


def _write_void(store: Store, output: Path | None, base: str | None, *, compress: bool) -> None:
    from ontology.dataset import Datasets

    with _sink(output, compress) as sink:
        sink.write(Datasets(base_of(base), licence_of()).write(store))


def _refuse(format_: Format, *, is_rdf: bool, partly: bool, checked: bool) -> None:
    """Raises `UsageError` for what a format can not be asked."""
    if format_ is Format.VOID and partly:
        raise UsageError("void describes the whole export as everybody may have it")
    if checked and not is_rdf:
        raise UsageError(f"--check is for RDF of the graph; {format_.value} is none")


@dataclass(frozen=True, slots=True)
class _Rdf:
    """What is exported as RDF."""

    format: Format
    base: str
    part: Mapping[str, str]
    with_quotes: bool
    checked: bool

    def write(self, store: Store, sink: Callable[[], AbstractContextManager[IO[bytes]]]) -> None:
        """Writes what was checked: both see one state of the store, else `StoreChanging`, and no file appears."""
        from ontology.export import write

        with store.snapshot(_SECONDS) as snapshot:
            before = loaded(snapshot)
            if self.checked:
                with steady(snapshot, before):
                    self._check(snapshot)
            with sink() as content, steady(snapshot, before):
                write(snapshot, self.format.value, content, self.with_quotes, self.base, self.part)

    def _check(self, snapshot: Snapshot) -> None:
        """Raises `BrokenShapes` where what the snapshot exports breaks one."""
        from ontology.checking import hold
        from ontology.data import Data

        hold(Data.of_snapshot(snapshot, self.base, self.with_quotes), self.base)


def facts_file(document: Node) -> str:
    """The name of the file that holds a document's facts: its kind, its date, the start of its hash."""
    values = document.values
    kind = str(values.get("kind", "document")).replace("_", "-")
    return "-".join(filter(None, [kind, str(values.get("recency") or ""), str(values["sha256"])[:8]])) + ".jsonl"


def _documents(store: Store, sha256: str | None) -> list[Node]:
    """The documents, or the one whose hash is given or begins so."""
    found = store.documents()
    if sha256 is None:
        return found
    chosen = [one for one in found if sha256 and str(one.values["sha256"]).startswith(sha256)]
    if not chosen:
        raise UnknownDocument(sha256, [str(document.values["sha256"]) for document in found])
    if len(chosen) > 1:
        raise AmbiguousHash(sha256, [str(document.values["sha256"]) for document in chosen])
    return chosen


def _write_folder(store: Store, folder: Path, sha256: str | None, with_quotes: bool) -> None:
    for document in _documents(store, sha256):
        path = folder / facts_file(document)
        content = b"".join(_lines(store, document, with_quotes))
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CannotWrite(str(path), error.strerror or str(error)) from error
        say(f"wrote {path}")


def _lines(store: Store, document: Node, with_quotes: bool) -> Iterator[bytes]:
    from loaders.jsonl import write_facts

    facts = stated_by(store, str(document.values["sha256"]))
    return (f"{line}\n".encode() for line in write_facts(facts, with_quotes))


@contextmanager
def _sink(output: Path | None, compress: bool) -> Iterator[IO[bytes]]:
    """Where the export goes; a file appears whole or not at all, and a gzip header holds no clock."""
    if output is None:
        with _compressed(sys.stdout.buffer, compress) as sink:
            yield sink
        return
    output = output.resolve()
    if output.exists() and not output.is_file() and not output.is_dir():  # a device or a pipe is written to as it is
        with output.open("wb") as file, _compressed(file, compress) as sink:
            yield sink
        return
    part = output.with_name(f"{output.name}.part")
    if output.is_dir() or not output.parent.is_dir():
        raise CannotWrite(str(output), "it is a folder" if output.is_dir() else "its folder is not there")
    try:
        with part.open("wb") as file, _compressed(file, compress) as sink:
            yield sink
        part.replace(output)
    except OSError as error:
        raise CannotWrite(str(output), error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _compressed(sink: IO[bytes], compress: bool) -> Iterator[IO[bytes]]:
    if not compress:
        yield sink
        return
    with packed(sink) as written:
        yield written
