"""Lists and tables of a report's scope of which nothing, or not all, could be read: none is lost without a warning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from loaders.layout.layout import Kind, Piece
from loaders.layout.text import ends_sentence
from loaders.soc.mentions import told
from loaders.soc.note_marks import is_legend
from loaders.soc.reading import Reading
from loaders.soc.sections import Part, Section, pieces_of
from loaders.soc.topics import grids

_NOUN = (
    r"(?:services|products|applications|modules|regions|edge locations|offices|data cent(?:er|re)s|facilities|locations"
    r"|sites|premises|places)"
)
_LEADS = re.compile(
    rf"\bfollowing (?:[\w-]+ ){{0,3}}{_NOUN}\b|\b{_NOUN} (?:(?:is|are) )?(?:in|within|covered|included)\b[^.]*\bscope\b"
    rf"|\bscope\b[^.]*\b{_NOUN}\b",
    re.IGNORECASE,
)
_HEADS = re.compile(
    rf"^(?:[\dA-Z.]+\.?\s+)?(?:scope of (?:the )?|(?:[\w-]+ (?:and )?){{0,3}}){_NOUN}"
    r"(?: (?:in|within) (?:the )?scope| covered\b.*| included\b.*)?$",
    re.IGNORECASE,
)
_IN_SCOPE = re.compile(
    rf"^(?:[\dA-Z.]+\.?\s+)?(?:in-scope {_NOUN}"
    rf"|(?:[\w-]+ ){{0,2}}{_NOUN} (?:(?:in|within) (?:the )?scope|covered|included)\b.*)$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_BEGINNING = 60


@dataclass(frozen=True, slots=True)
class _Run:
    """The entries of a list or the rows of a table, without the titles of its columns, and what leads to them."""

    lead: Piece
    body: tuple[Piece, ...]


def warn_of_unread_scope(reading: Reading, sections: Sequence[Section]) -> None:
    """Warns of entries of scope lists that state nothing, and of words that lead to no list; scope has to be read."""
    for heading, pieces in told(sections):
        for run in _runs(heading, pieces):
            _warn(reading, run)
            for below in (one for one in pieces if one.first_line == run.body[-1].last_line + 1):
                if run.body[-1].kind is Kind.ROW and below.kind is Kind.PARAGRAPH and _is_cut(below.text):
                    message = f"what stands right below the table of {_begins(run.lead.text)!r} is read as no row of it"
                    reading.notes.warn_of(below.first_line, below.last_line, message)
    pieces = pieces_of(sections, Part.DESCRIPTION)
    for at, piece in enumerate(pieces):
        promised = piece.kind is Kind.PARAGRAPH and piece.text.endswith(":") and _leads(piece)
        promised = promised or (piece.kind is Kind.HEADING and bool(_IN_SCOPE.match(piece.text)))
        if promised and _lost(reading, piece, pieces[at + 1 :]):
            message = f"no list could be read to which {_begins(_SENTENCES.split(piece.text)[-1])!r} leads"
            reading.notes.warn(piece.last_line, message)


def _runs(heading: Piece | None, pieces: Sequence[Piece]) -> Iterator[_Run]:
    """The lists below words or a heading that speak of what is in scope; other lists have words of their own."""
    lead = heading if heading is not None and _HEADS.match(heading.text) else None
    for listed, group in groupby(pieces, key=lambda piece: piece.kind in (Kind.ITEM, Kind.ROW)):
        found = tuple(group)
        if listed and lead is not None:
            entries = tuple(one for one in found if not is_legend(one))
            for kind, same in groupby(entries, key=lambda one: one.kind):
                rows = tuple(same)
                tables = (one.rows for one in grids(rows) if one.rows)
                yield from (_Run(lead, body) for body in (tables if kind is Kind.ROW else (rows,)))
        elif not listed:
            lead = _lead_of(found[-1], lead)


def _lead_of(piece: Piece, above: Piece | None) -> Piece | None:
    """What leads to the list below a paragraph: that, where it promises one, else the heading above both."""
    if piece.text.endswith(":"):
        return piece if _leads(piece) else None
    return above


def _leads(piece: Piece) -> bool:
    return bool(_LEADS.search(_SENTENCES.split(piece.text)[-1]))


def _warn(reading: Reading, run: _Run) -> None:
    lines = ((one, one.first_line, one.last_line) for one in run.body)
    unread = [one for one, first, last in lines if not reading.notes.remarks_on(first, last)]
    if unread and len(unread) == len(run.body):
        what = "table" if run.body[0].kind is Kind.ROW else "list"
        message = f"the {what} below {_begins(run.lead.text)!r} could not be read: {len(unread)} entries state nothing"
        reading.notes.warn_of(unread[0].first_line, unread[-1].last_line, message)
        return
    for one in unread:
        message = f"an entry below {_begins(run.lead.text)!r} states nothing: {_begins(one.text)!r}"
        reading.notes.warn_of(one.first_line, one.last_line, message)


def _lost(reading: Reading, piece: Piece, below: Sequence[Piece]) -> bool:
    """Whether no list stands below words, headings of categories aside, and what does stand there states nothing."""
    block = tuple(takewhile(lambda one: one.kind is not Kind.HEADING, below))
    if not block:
        block = (*below[:1], *takewhile(lambda one: one.kind is not Kind.HEADING, below[1:]))
    promised = piece.kind is Kind.HEADING and any(one.text.endswith(":") for one in block)
    if not block or promised or any(one.kind in (Kind.ITEM, Kind.ROW) for one in block):
        return False
    return not any(reading.notes.remarks_on(one.first_line, one.last_line) for one in (piece, *block))


def _is_cut(text: str) -> bool:
    """Whether a text is no sentence: cells of a row that were not told apart."""
    return text.count("(") != text.count(")") or not ends_sentence(text)


def _begins(text: str) -> str:
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rstrip()} ..."
