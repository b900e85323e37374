"""How a document was understood: its kind, sections and lists, what of it was taken, what was left and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from graph.errors import InputRefused
from graph.identifiers import label_of
from graph.records import DocumentFacts
from loaders.base import Loader, SaysWhy
from loaders.facts import Extraction, Remark, Seen
from loaders.inputs.documents import Document
from loaders.layout.layout import Kind, Layout, Piece, read_layout
from loaders.layout.pages import letterheads
from loaders.layout.text import is_page_number, is_rule
from loaders.names.resolution import Names
from loaders.registry import recognise

Span = tuple[int, int]

_LISTED = (Kind.ITEM, Kind.ROW, Kind.LINE)
_FEWEST = 2
_BEGINNING = 70
_LEFT = {
    Kind.HEADING: "a heading above no fact",
    Kind.PARAGRAPH: "prose without facts",
    Kind.ITEM: "items without facts",
    Kind.LINE: "lines without facts",
    Kind.ROW: "rows without facts",
    Kind.FOOTNOTE: "a footnote without facts",
    Kind.CONTENTS: "the table of contents",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the lines that it stands over, and how many of them state facts."""

    title: str
    level: int
    first_line: int
    last_line: int
    cited: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, be it of items, rows or bare lines: how many entries it has, and how many of them state facts."""

    what: str
    after: str
    first_line: int
    last_line: int
    entries: int
    cited: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How many nodes of a label, or relationships of a type, the document states, and on which lines."""

    what: str
    count: int
    lines: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Lines that state no fact, the reason where one is known, and how they begin."""

    first_line: int
    last_line: int
    reason: str
    begins: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one document was understood; `error` says why nothing is taken of it."""

    path: str
    kind: str | None
    why: str | None
    error: str | None
    media_type: str
    lines: int
    pages: int | None
    sections: tuple[Section, ...]
    lists: tuple[Listing, ...]
    seen: tuple[Seen, ...]
    labels: tuple[Taken, ...]
    relationships: tuple[Taken, ...]
    left: tuple[Left, ...]
    warnings: tuple[Remark, ...]

    def as_json(self) -> dict[str, Any]:
        """The explanation as plain values, in the order of the fields."""
        return asdict(self)


def explain(document: Document, loaders: Sequence[Loader], names: Names) -> Explanation:
    """How a document is understood by the loader that accepts it; one that is refused is shown as far as it is read."""
    layout = read_layout(document)
    kind, why, made, error = _read(document, loaders, names)
    facts = made.facts if made else None
    cited = frozenset(n for c in (facts.citations if facts else ()) for n in range(c.first_line, c.last_line + 1))
    return Explanation(
        document.where,
        kind,
        why,
        error,
        document.media_type,
        document.file_lines,
        document.pages,
        tuple(_sections(document, layout, cited)),
        tuple(_lists(document, layout, cited)),
        made.seen if made else (),
        tuple(_labels(facts)) if facts else (),
        tuple(_relationships(facts)) if facts else (),
        tuple(_left(document, layout, cited)) if facts else (),
        made.warnings if made else (),
    )


def _read(
    document: Document, loaders: Sequence[Loader], names: Names
) -> tuple[str | None, str | None, Extraction | None, str | None]:
    """The kind of a document, why it is that, what was made of it, and why nothing was."""
    kind = why = None
    try:
        loader, kind = recognise(document, loaders)
        why = _why(document, loaders, loader)
        return kind, why, loader.extract(document, names), None
    except InputRefused as error:
        return kind, why, None, str(error).removeprefix(f"{document.where}: ")


def _why(document: Document, loaders: Sequence[Loader], loader: Loader) -> str:
    accepts = f"{loader.name} {loader.version} accepts it"
    reason = loader.why(document) if isinstance(loader, SaysWhy) else None
    if reason:
        return f"{accepts}: {reason}"
    asked = [one.name for one in loaders]
    before = asked[: asked.index(loader.name)]
    return accepts + (f"; {', '.join(before)}, asked before, did not" if before else "")


def _sections(document: Document, layout: Layout, cited: frozenset[int]) -> Iterator[Section]:
    headings = [piece for piece in layout.pieces if piece.kind is Kind.HEADING]
    starts = [document.in_file(piece.first_line, piece.first_line)[0] for piece in headings]
    for index, (piece, first) in enumerate(zip(headings, starts, strict=True)):
        level = len(piece.section)
        below = (starts[at] for at in range(index + 1, len(headings)) if len(headings[at].section) <= level)
        last = next(below, document.file_lines + 1) - 1
        yield Section(piece.text, level, first, last, _count(cited, first, last))


def _count(cited: frozenset[int], first: int, last: int) -> int:
    return sum(number in cited for number in range(first, last + 1))


def _lists(document: Document, layout: Layout, cited: frozenset[int]) -> Iterator[Listing]:
    """Runs of pieces of one kind; what stands above the first tells which list it is."""
    above = ""
    for kind, run in groupby(layout.pieces, key=lambda piece: piece.kind):
        pieces = list(run)
        if kind in _LISTED and len(pieces) >= _FEWEST:
            spans = [document.in_file(piece.first_line, piece.last_line) for piece in pieces]
            taken = sum(_count(cited, *span) > 0 for span in spans)
            yield Listing(kind.value, _beginning(above), spans[0][0], spans[-1][1], len(pieces), taken)
        above = pieces[-1].text


def _beginning(text: str) -> str:
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rstrip()}…"


def _labels(facts: DocumentFacts) -> Iterator[Taken]:
    stated: dict[str, set[str]] = {}
    lines: dict[str, set[Span]] = {}
    for claim in facts.claims:
        stated.setdefault(claim.label, set()).add(claim.id)
        lines.setdefault(claim.label, set()).add(_span(claim.citation))
    for label in sorted(stated):
        yield Taken(label, len(stated[label]), _joined(lines[label]))


def _relationships(facts: DocumentFacts) -> Iterator[Taken]:
    counted = Counter(_relationship(link.type, link.start, link.end) for link in facts.links)
    lines: dict[str, set[Span]] = {}
    for link in facts.links:
        lines.setdefault(_relationship(link.type, link.start, link.end), set()).update(map(_span, link.citations))
    for what in sorted(counted):
        yield Taken(what, counted[what], _joined(lines[what]))


def _relationship(type_: str, start: str, end: str) -> str:
    return f"{label_of(start)} {type_} {label_of(end)}"


def _span(citation: str) -> Span:
    first, last = citation.rsplit("/", 1)[1].split("-")
    return int(first), int(last)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def _left(document: Document, layout: Layout, cited: frozenset[int]) -> Iterator[Left]:
    """Runs of written lines without facts that are left for one reason, blank lines aside."""
    reasons = _reasons(document, layout)
    written = [(n, text) for n, text in enumerate(document.written.split("\n"), 1) if text.strip()]
    for (reason, stated), run in groupby(written, key=lambda line: (reasons.get(line[0], ""), line[0] in cited)):
        lines = list(run)
        if not stated:
            yield Left(lines[0][0], lines[-1][0], reason, _beginning(lines[0][1].strip()))


def _reasons(document: Document, layout: Layout) -> dict[int, str]:
    """Why a line would be left, by its number in the file."""
    lines = document.lines
    heads = letterheads(lines)
    reasons: dict[int, str] = {}
    for index, line in enumerate(lines):
        reason = _of_no_piece(line, index in heads)
        if reason:
            reasons.update(_each(document, index + 1, index + 1, reason))
    for piece in (*layout.pieces, *layout.contents):
        reasons.update(_of_piece(document, piece))
    return reasons


def _of_no_piece(line: str, letterhead: bool) -> str:
    if letterhead:
        return "a letterhead, which comes again on other pages"
    if is_page_number(line):
        return "a page number"
    return "a rule of a table" if is_rule(line) else ""


def _of_piece(document: Document, piece: Piece) -> dict[int, str]:
    return _each(document, piece.first_line, piece.last_line, _LEFT[piece.kind])


def _each(document: Document, first_line: int, last_line: int, reason: str) -> dict[int, str]:
    first, last = document.in_file(first_line, last_line)
    return dict.fromkeys(range(first, last + 1), reason)
