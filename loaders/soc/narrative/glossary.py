"""The glossary of a report: terms with their definitions, be they paragraphs, items, rows, columns or headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from graph.identifiers import fold, identify
from loaders.layout.layout import Kind, Piece
from loaders.layout.pieces import piece_of
from loaders.layout.text import clean
from loaders.soc.controls.furniture import without_furniture
from loaders.soc.narrative.passages import RunningText, running_texts
from loaders.soc.reading import Reading

_TITLE = re.compile(r"\bglossary\b|\b(?:definitions? of|defined) terms\b|\bterms and definitions\b", re.IGNORECASE)
_WHOLE_TITLE = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+|(?:[A-Z]|[IVX]+)\.\s+|(?:appendix|annex|attachment|exhibit) (?:\d+|[IVX]+|[A-Z])\b\W*)?"
    r"(?:glossary(?: of terms)?|(?:key )?terms(?: used)?(?: in this report)?|definitions|list of terms|"
    r"abbreviations(?: and acronyms)?|terms and definitions|defined terms)$",
    re.IGNORECASE,
)
_TERM = re.compile(r"^(?P<term>[^\s:][^:]{0,79}?)(?P<sign>\s*:|\s[–—-])\s+(?P<definition>\S.*)$")
_COLUMNS = re.compile(r"^(?P<term>\S(?:\S| (?! )){0,79}) {2,}(?P<definition>\S.*)$")
_HEAD = re.compile(r"^(?:terms?|words?|acronyms?|abbreviations?|names?)$", re.IGNORECASE)
_SENSE = re.compile(r"^(?:meanings?|definitions?|descriptions?|explanations?)$", re.IGNORECASE)
_PART = re.compile(r"^(?:section|part|appendix|attachment|exhibit)\s+(?:\d+|[IVX]+|[A-Z])\b", re.IGNORECASE)
_QUOTES = '“”"'
_TERM_LENGTH = 80
_TERM_WORDS = 8
_TITLE_WORDS = 4
_CELLS = 2
_ENDS = tuple('.!?>)”"')


class _Style(Enum):
    """How a glossary sets its terms apart; its first entry decides."""

    COLON = ":"
    DASH = "-"
    COLUMNS = "columns"
    ROWS = "rows"
    HEADINGS = "headings"


@dataclass(slots=True)
class _Term:
    """A term with the paragraphs of its definition and the lines on which it stands."""

    name: str
    first_line: int
    last_line: int
    kind: Kind
    definition: str = ""

    def add(self, text: str, line: int) -> None:
        """Adds a paragraph, which goes on in the one before where that does not end with a sentence."""
        joint = "" if not self.definition else "\n" if self.is_whole else " "
        self.definition, self.last_line = f"{self.definition}{joint}{text}", line

    @property
    def is_whole(self) -> bool:
        """Whether the definition ends as a sentence does."""
        return self.definition[-1:] in _ENDS


def read_glossary(reading: Reading) -> None:
    """States every term that a glossary of the report defines; warns of what it cannot read there."""
    pieces = reading.layout.pieces
    starts = list(_starts(pieces))
    furniture = _furniture(reading) if starts else frozenset()
    for start in starts:
        inside = [piece for piece in _inside(reading, pieces, start) if not furniture.issuperset(_lines(piece))]
        for term in _terms(reading, inside):
            if term.definition:
                _state(reading, term, pieces[start].section)
            else:
                reading.notes.warn(term.first_line, f"the glossary has no definition of {term.name!r}")


def _furniture(reading: Reading) -> frozenset[int]:
    """The lines that come again on each page."""
    return frozenset(number for number, text in without_furniture(reading.document.lines) if not text.strip())


def _lines(piece: Piece) -> range:
    return range(piece.first_line, piece.last_line + 1)


def _starts(pieces: Sequence[Piece]) -> Iterator[int]:
    """The last of the titles in a row that name a glossary."""
    titles = [index for index, piece in enumerate(pieces) if _is_title(piece)]
    yield from (index for index in titles if index + 1 not in titles and not _is_listed(pieces, index))


def _is_listed(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a title stands in a table of contents without page numbers: it comes again, as that right above does."""
    if index == 0 or pieces[index - 1].kind not in (Kind.HEADING, Kind.LINE):
        return False
    below = [fold(piece.text) for piece in pieces[index + 1 :] if piece.kind in (Kind.HEADING, Kind.LINE)]
    above, own = fold(pieces[index - 1].text), fold(pieces[index].text)
    return own in below and above in below[: below.index(own)]


def _is_title(piece: Piece) -> bool:
    if piece.kind is Kind.HEADING and _TITLE.search(piece.text):
        return True
    return piece.kind in (Kind.HEADING, Kind.LINE) and bool(_WHOLE_TITLE.match(piece.text))


def _inside(reading: Reading, pieces: Sequence[Piece], start: int) -> Sequence[Piece]:
    """The pieces of the glossary: to the next title of the contents, or a heading that is no term."""
    titles = {fold(entry.text) for entry in reading.layout.contents}
    below = pieces[start + 1 :]
    by_heading = bool(below) and _is_bare_heading(below[0])
    for index, piece in enumerate(below):
        ends = (piece.kind is Kind.HEADING and fold(piece.text) in titles) or _begins_with(piece, titles)
        if ends or _PART.match(piece.text) or (_is_bare_heading(piece) and not by_heading):
            return below[:index]
    return below


def _begins_with(piece: Piece, titles: Collection[str]) -> bool:
    """Whether a text begins with a title that stands right above it, without a gap."""
    begins = fold(piece.text)
    return piece.kind is Kind.PARAGRAPH and any(
        begins.startswith(f"{title} ") for title in titles if len(title.split()) >= _TITLE_WORDS
    )


def _is_bare_heading(piece: Piece) -> bool:
    return piece.kind is Kind.HEADING and not _TERM.match(piece.text) and not _COLUMNS.match(piece.raw)


def _terms(reading: Reading, pieces: Sequence[Piece]) -> list[_Term]:
    found: list[_Term] = []
    style: _Style | None = None
    pieces = [line for piece in pieces for line in _by_columns(reading, piece)]
    by_line = {piece.first_line: piece for piece in pieces}
    texts = list(running_texts(reading.document, pieces))
    if [bool(found) for found in map(re.fullmatch, (_HEAD, _SENSE), (one.text for one in texts[:2]))] == [True, True]:
        return _pairs(reading, texts[2:])
    for text in texts:
        piece = by_line[text.first_line]
        entry = _entry(text, piece)
        if entry is not None and (style is None or entry[0] is style) and _may_follow(found, text):
            style, name, definition = entry
            if not _HEAD.match(name):
                found.append(_Term(name, text.first_line, text.last_line, text.kind))
                found[-1].add(definition, text.last_line)
        elif text.kind is not Kind.FOOTNOTE and not _goes_on(found, text, piece):
            reading.notes.warn(text.first_line, f"{text.text!r} stands in the glossary, but defines no term")
    return found


def _by_columns(reading: Reading, piece: Piece) -> Sequence[Piece]:
    """The terms of a paragraph whose lines stand in two columns, each with the lines in which its definition goes on.

    All definitions begin at one place, and what goes on with them is set in as far.
    """
    lines = [(number, reading.document.lines[number - 1]) for number in _lines(piece)]
    found = [_COLUMNS.match(text) for _, text in lines]
    begins = {match.start("definition") for match in found if match}
    indents = {len(text) - len(text.lstrip()) for (_, text), match in zip(lines, found, strict=True) if not match}
    if piece.kind is not Kind.PARAGRAPH or not found[0] or len(begins) != 1 or not indents <= begins:
        return [piece]
    starts = [at for at, match in enumerate(found) if match]
    parts = [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
    return [replace(piece_of(piece.kind, part), section=piece.section) for part in parts]


def _pairs(reading: Reading, texts: Sequence[RunningText]) -> list[_Term]:
    """Terms each above its definition, as a table in reading order has them below the titles of its two columns."""
    found: list[_Term] = []
    for term, definition in zip(texts[::2], texts[1::2], strict=False):
        if term.text[-1:] in _ENDS or definition.text[-1:] not in _ENDS or len(term.text) > _TERM_LENGTH:
            said = f"{term.text!r} stands in the glossary, and which term is defined there is not told"
            reading.notes.warn(term.first_line, said)
            return found
        found.append(_Term(term.text, term.first_line, term.last_line, term.kind))
        found[-1].add(definition.text, definition.last_line)
    return found


def _may_follow(found: Sequence[_Term], text: RunningText) -> bool:
    """In a list of items only items are terms."""
    return not found or found[0].kind is not Kind.ITEM or text.kind is Kind.ITEM


def _goes_on(found: Sequence[_Term], text: RunningText, piece: Piece) -> bool:
    """Adds to the last definition what goes on with it: its next paragraph, or the rest of a sentence."""
    words = " ".join(clean(cell) for cell in piece.cells).strip() if piece.kind is Kind.ROW else text.text
    if not found or not any(map(str.isalnum, words)):
        return not words
    last = found[-1]
    if last.is_whole and (text.kind is not Kind.PARAGRAPH or last.kind is Kind.ITEM):
        return False
    last.add(words, text.last_line)
    return True


def _entry(text: RunningText, piece: Piece) -> tuple[_Style, str, str] | None:
    """A term and its definition, with the style in which they stand there; a heading has its definition below."""
    if piece.kind is Kind.FOOTNOTE or not text.text.lstrip(_QUOTES)[:1].isalnum():
        return None
    if piece.kind is Kind.ROW:
        cells = [clean(cell) for cell in piece.cells]
        return (_Style.ROWS, cells[0], " ".join(filter(None, cells[1:]))) if len(cells) >= _CELLS and cells[0] else None
    match = _TERM.match(text.text)
    if match and len(match["term"].split()) <= _TERM_WORDS and "://" not in match["term"]:
        style = _Style.COLON if match["sign"].endswith(":") else _Style.DASH
        return style, match["term"].strip(f" {_QUOTES}"), match["definition"]
    columns = _COLUMNS.match(piece.raw)
    if columns:
        name = clean(columns["term"])
        return _Style.COLUMNS, name, text.text.removeprefix(name).strip()
    bare = piece.kind is Kind.HEADING and len(text.text) <= _TERM_LENGTH
    return (_Style.HEADINGS, text.text, "") if bare else None


def _state(reading: Reading, term: _Term, section: tuple[str, ...]) -> None:
    id_ = identify("GlossaryTerm", reading.document.sha256, term.name)
    cited = reading.notes.cite(term.first_line, term.last_line, section)
    reading.notes.state("GlossaryTerm", id_, cited, name=term.name, definition=term.definition)
    reading.notes.name(id_, term.name, "canonical", cited)
    reading.notes.link("DEFINED_IN", id_, reading.document.id, cited)
