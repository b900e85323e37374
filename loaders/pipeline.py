"""From paths to a store: every document read, recognised, put; the only loader module that knows a Writer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import InputRefused, ManyReplacements, UsageError
from graph.identifiers import document_of, identify
from graph.ledger import put
from graph.merging import Difference, Node
from graph.records import DocumentFacts, FactsRead, Value
from graph.store import Change, Writer
from loaders.base import Loader
from loaders.facts import Extraction, Remark
from loaders.inputs.sources import sources
from loaders.names.resolution import Names, read_names
from loaders.reading import FactsReader, Reader, Reading, why
from loaders.registry import VERSION, all_loaders
from loaders.report import DocumentReport, LoadReport, Status

_LONGEST = 60
"""How much of a value a message shows."""

Progress = Callable[[int, int, str], None]


def _now() -> datetime:
    return datetime.now(UTC)


def _silent(done: int, total: int, name: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load. `progress` hears (done, total, name).

    `replaces` is the hash, or its start, of the document whose place is taken (see `graph.ledger.find`).

    `readers` read files of facts by the ends of their names; so many `processes` read documents side by side.

    `standard_input` is the content that the path `-` stands for; `clock` gives the times of the LoadRun.
    """

    names: Names = field(default_factory=read_names)
    loaders: Sequence[Loader] = field(default_factory=all_loaders)
    readers: Sequence[FactsReader] = ()
    replaces: str | None = None
    dry: bool = False
    processes: int = 1
    standard_input: bytes | None = None
    progress: Progress = _silent
    clock: Callable[[], datetime] = _now


def load(paths: Sequence[str | Path], store: Writer, options: LoadOptions) -> LoadReport:
    """Loads what the paths name, each document in a transaction of its own, and says what became of each.

    What is refused is in the report, all else is loaded. Raises `ManyReplacements` where more than one document would
    take the place of `options.replaces`, and whatever the store raises.
    """
    suffixes = [suffix for reader in options.readers for suffix in reader.suffixes]
    found = sources(paths, options.standard_input, suffixes)
    if options.replaces and len(found) > 1:
        raise ManyReplacements(options.replaces, [source.where for source in found])
    loading = _Loading(store, options)
    run = None if options.dry else _start(store, options)
    try:
        readings = Reader(options.names, options.loaders, options.readers).read_all(found, options.processes)
        for done, source in enumerate(found):
            options.progress(done, len(found), source.where)
            loading.take(next(readings))
    except UsageError:
        if run:
            _finish(store, options, run, LoadReport(tuple(loading.reports), options.dry))
        raise
    options.progress(len(found), len(found), "")
    report = LoadReport(tuple(loading.reports), options.dry)
    if run:
        _finish(store, options, run, report)
    return report


@dataclass(slots=True)
class _Loading:
    store: Writer
    options: LoadOptions
    reports: list[DocumentReport] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def take(self, read: Reading) -> None:
        """Loads what was read of one file, which was read whole before any of it is put."""
        found = read.found
        try:
            if isinstance(found, FactsRead):
                self._put_all(found, read.where)
            elif read.sha256 and self._duplicate(read.sha256, read.where):
                return
            elif found:
                self._put(found, read.where)
            else:
                self._refuse(read, read.refused)
        except InputRefused as error:
            self._refuse(read, why(error, read.where))

    def _refuse(self, read: Reading, why: str | None) -> None:
        self.reports.append(DocumentReport(read.where, Status.REFUSED, read.kind, read.sha256, error=why))

    def _put_all(self, found: FactsRead, where: str) -> None:
        """Puts the facts of each document; what is remarked of the file is told once."""
        if self.options.replaces and len(found.documents) > 1:
            raise ManyReplacements(self.options.replaces, [part.sha256 for part in found.documents])
        remarks = tuple(Remark(line, message) for line, message in found.remarks)
        for facts in found.documents:
            if not self._duplicate(facts.sha256, where):
                self._put(Extraction(facts, remarks), where, exported=True)
                remarks = ()

    def _duplicate(self, sha256: str, where: str) -> bool:
        if sha256 not in self.seen:
            self.seen[sha256] = where
            return False
        notice = f"the same document as {self.seen[sha256]}; loaded once"
        self.reports.append(DocumentReport(where, Status.DUPLICATE, sha256=sha256, notice=notice))
        return True

    def _put(self, extraction: Extraction, where: str, *, exported: bool = False) -> None:
        """Puts the facts; of exported ones the document's differences with itself were told when it was read."""
        facts = extraction.facts
        outcome = put(self.store, facts, self.options.replaces, dry=self.options.dry)
        differences = [d for d in outcome.differences if not (exported and _within(facts.sha256, d))]
        told = sorted(_differences(facts.sha256, differences), key=_place_of)
        remarks = (*extraction.warnings, *(map(_of_document, told) if exported else told))
        nodes, relationships = _stated(facts)
        self.reports.append(
            DocumentReport(
                where,
                Status.LOADED if outcome.changed else Status.UNCHANGED,
                _kind(facts),
                facts.sha256,
                nodes,
                relationships,
                remarks if exported else tuple(sorted(remarks, key=_place_of)),
                None if outcome.changed else "the store holds the same facts of this document already",
            )
        )


def _stated(facts: DocumentFacts) -> tuple[int, int]:
    """How many nodes and relationships the facts are in a store by themselves."""
    names = {link.end for link in facts.links if link.type == "HAS_NAME"}
    nodes = {facts.id, *names, *(c.id for c in facts.citations), *(c.id for c in facts.claims)}
    return len(nodes), len(facts.links) + len(facts.claims) + len(facts.citations)


def _kind(facts: DocumentFacts) -> str | None:
    """What kind of document they are of, which facts that were brought need not say."""
    kind = facts.document.get("kind")
    return None if kind is None else str(kind)


def _place_of(remark: Remark) -> tuple[int, str]:
    return remark.line, remark.message


def _of_document(remark: Remark) -> Remark:
    """A remark on a line of the document itself, which stands in a file of facts on a line that nobody knows."""
    return Remark(0, f"line {remark.line} of the document: {remark.message}")


def _within(sha256: str, found: Difference) -> bool:
    return document_of(found.citation) == document_of(found.other_citation) == sha256


def _differences(sha256: str, differences: Sequence[Difference]) -> Iterator[Remark]:
    """Where the document states another value than is shown, or is shown where another states another."""
    for found in differences:
        here, there = found.citation, found.other_citation
        mine, other = found.shown, found.other
        if document_of(here) != sha256:
            here, there, mine, other = there, here, other, mine
        if document_of(here) == sha256:
            values = f"{_short(mine)} here, {_short(other)} in {_place(there)}; {_short(found.shown)} is shown"
            message = f"{found.id}: {found.key} is {values}"
            yield Remark(int(here.rsplit("/", 1)[1].split("-")[0]), message)


def _short(value: Value) -> str:
    """A value as a message has it: of a long wording its beginning."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 4]}...{text[-1]}"


def _place(citation: str) -> str:
    _, sha256, lines = citation.split("/")
    return f"lines {lines} of document {sha256[:12]}"


def _start(store: Writer, options: LoadOptions) -> Node:
    """Writes down that a run has begun; one that never ends stays incomplete.

    The ordinal is taken while no other run can take it, so that runs side by side have ordinals of their own.
    """
    store.prepare()
    with store.alone():
        ordinal = max(map(_ordinal, store.runs()), default=0) + 1
        values: dict[str, Value] = {
            "name": f"load {ordinal}",
            "ordinal": ordinal,
            "started_at": _time(options),
            "complete": False,
            "loader_version": VERSION,
        }
        run = Node("LoadRun", identify("LoadRun", str(ordinal)), values)
        store.apply(Change(put_nodes=[run]))
    return run


def _finish(store: Writer, options: LoadOptions, run: Node, report: LoadReport) -> None:
    """Writes down what a run did; one that changed nothing is taken away, so that loading again changes nothing."""
    if not report.loaded and _was_complete(store, run):
        store.apply(Change(delete_nodes=[run.id]))
        return
    nodes, relationships = store.counts()
    done: dict[str, Value] = {
        "finished_at": _time(options),
        "complete": report.ok,
        **({"documents": report.loaded} if report.loaded else {}),
        "nodes": sum(nodes.values()),
        "relationships": sum(relationships.values()),
    }
    store.apply(Change(put_nodes=[Node(run.label, run.id, {**run.values, **done})]))


def _was_complete(store: Writer, run: Node) -> bool:
    """Whether the run before was complete, or there was none."""
    earlier = [node for node in store.runs() if _ordinal(node) < _ordinal(run)]
    return not earlier or max(earlier, key=_ordinal).values.get("complete") is True


def _ordinal(run: Node) -> int:
    return int(str(run.values["ordinal"]))


def _time(options: LoadOptions) -> str:
    return options.clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
