"""The policies of the provider that a report lists, and whether its auditor inspected them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from graph.identifiers import fold, identify
from loaders.layout.layout import Kind, Piece
from loaders.layout.lists import Entry, entries
from loaders.layout.text import clean
from loaders.soc.controls.sentences import denies
from loaders.soc.narrative.passages import RunningText
from loaders.soc.reading import Reading

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_ANNOUNCED = re.compile(
    r"\bfollowing\b[^.:]*\bpolic(?:y|ies)\b[^:]*:$|\bpolicies\b[^.:]*\b(?:following|below)\b[^:]*:$|"
    r"\bpolicies\b[^.:]*\b(?:inspected|examined)\b[^.:]*:$|\b(?:inspected|examined)\b[^.:]*\bpolicies\b[^.:]*:$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"\bfollowing\b[^.:]*\bpolic(?:y|ies)\b[^.:]*\.$", re.IGNORECASE)
_THOSE = re.compile(
    r"^(?:Those|These|They|Among (?:them|these)|The following(?! (?:controls?|criteri\w+|services?)\b))\b[^.:]*"
    r"\b(?:include|are|were|apply|exist|have been|as follows)\b[^.:]*:$"
)
_SPEAKS = re.compile(r"\bpolicies\b[^.:]*[:.]$", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:customer|client|user|tenant|vendor|supplier|sub-?service|third)", re.IGNORECASE)
_TITLED = re.compile(r"[A-Z][\w&/-]*(?: (?:of|and|for|on|in|to|the|&|[A-Z][\w&/-]*))*")
_DOCUMENT = re.compile(r"\b(?:Polic(?:y|ies)|Standards?|Procedures?|Guidelines?|Code of [A-Z]\w+)\b")
_RELATED = re.compile(r"\b(?:Plan|Program|Programme|Handbook|Manual|Rules|Charter)\b")
_DIRECTIVES = re.compile(
    r"^(?!.*\b(?:EU|European|Union|laws?|legal|regulat\w+)\b).*(?:\bfollowing\b[^.:]*\bdirectives\b"
    r"|\bdirectives\b[^.:]*\b(?:following|below)\b)[^:]*:$"
)
_DIRECTIVE = re.compile(r"(?=.*\bDirective\b)[^\d]+")
_TITLE = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+|[A-Z]\.\s+)?(?:[A-Z]\w+ )?policies(?: and (?:procedures|standards))?$", re.I
)
_INSPECTED = re.compile(
    r"\b(?:were|was|are|have been|has been|we|auditor|those) (?:inspected|examined)\b", re.IGNORECASE
)
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_BESIDE = re.compile(r" {3,}")
_ENDS = re.compile(r"(?:(?<=Policy)|(?<=Standard)|(?<=Procedure)|(?<=Guideline)) (?=[A-Z])")
_COLUMN = re.compile(r"^polic(?:y|ies)(?: name| title)?$", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][^.:;?!]{2,118}")
_WORD = r"(?!Policy\b|The\b)[A-Z][\w&/-]*"
_POLICY = rf"{_WORD}(?: (?:(?:of|and|for|on|in|to|the|&) )*{_WORD})* Policy\b"
_ONE_POLICY = re.compile(_POLICY)
_NAMED = re.compile(rf"{_POLICY}(?:(?:,? and|,) (?:the )?{_POLICY})+")
_LESS = 3
_FEWEST_LINES = 2
_RULE = "listed-in-the-description"


def read_policies(reading: Reading, texts: Iterable[RunningText]) -> None:
    """States every policy of a list that a title or a text announces, or that a sentence names beside another.

    Those that the auditor inspected belong to the assessment as stated, the others by a rule: its description lists
    them.
    """
    pieces = reading.layout.pieces
    for index, piece in enumerate(pieces):
        last = _SENTENCES.split(piece.text)[-1] if piece.kind is Kind.PARAGRAPH else ""
        titled = piece.kind in (Kind.HEADING, Kind.LINE) and bool(_TITLE.match(piece.text))
        below = pieces[index + 1 :]
        if titled or ((_announces(piece, below[:1]) or _are_directives(last, below)) and not denies(last)):
            above = reading.cite(piece) if _INSPECTED.search(last) else None
            for entry in _policies(reading, below, titled=titled):
                _state(reading, entry.text, reading.cite(entry), above)
        elif _SPEAKS.search(last) and not _OF_OTHERS.search(last) and not denies(last):
            for entry in _documents(reading, below, alone=last.endswith(":")):
                _state(reading, entry.text, reading.cite(entry), None)
    for text in texts:
        for first, last_line, name in _named(text):
            if not _is_cut(name, reading.document.lines[first - 1 : last_line]):
                _state(reading, name, reading.notes.cite(first, last_line, text.section), None)


def _announces(piece: Piece, below: Sequence[Piece]) -> bool:
    """Whether the end of a paragraph says that policies follow: by a colon, or with items or their table below it."""
    if piece.kind is not Kind.PARAGRAPH:
        return False
    *before, last = _SENTENCES.split(piece.text)
    listed = bool(below) and (below[0].kind is Kind.ITEM or _column_of(below[0]) is not None)
    of_items = listed and bool(_FOLLOWING.search(last))
    taken_up = bool(before) and bool(_THOSE.match(last)) and "policies" in before[-1].lower()
    return bool(_ANNOUNCED.search(last)) or of_items or taken_up


def _are_directives(announced: str, below: Sequence[Piece]) -> bool:
    """Whether a list is announced of directives of the provider's own, each of which is called one: those of law have
    numbers.
    """
    listed = entries(below) if _DIRECTIVES.search(announced) else ()
    return bool(listed) and all(_DIRECTIVE.fullmatch(entry.text) for entry in listed)


def _is_cut(name: str, lines: Sequence[str]) -> bool:
    """Whether cells stand side by side on the lines of a name, in none of which it follows other words of its line."""
    cells = [cell for line in lines for cell in _BESIDE.split(line.strip())]
    return len(cells) > len(lines) and not any(f" {name}" in cell for cell in cells)


def _policies(reading: Reading, below: Sequence[Piece], *, titled: bool) -> Iterator[Entry]:
    """The entries of the list, or those of its column of policies where a row says which it is."""
    column = _column_of(below[0]) if below else None
    if titled and column is None and (not below or below[0].kind is not Kind.ITEM):
        return
    listed = (
        _column(below[1:], column)
        if column is not None
        else _parted(tuple(_set_in(reading, entries(tuple(_ragged(below))))))
    )
    for entry in listed:
        if _NAME.fullmatch(entry.text):
            yield entry
        else:
            message = f"{entry.text!r} stands in a list of policies, but is not read as a name"
            reading.notes.warn(entry.first_line, message)


def _ragged(below: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, where a title alone on the line below a row is a row too, whose other cells are empty."""
    above: Piece | None = None
    for piece in below:
        alone = piece.kind in (Kind.HEADING, Kind.LINE) and bool(_TITLED.fullmatch(piece.text))
        below_it = above is not None and piece.first_line == above.last_line + 1
        is_row = alone and below_it and bool(_DOCUMENT.search(piece.text))
        given = replace(piece, kind=Kind.ROW, cells=(piece.raw,)) if is_row else piece
        above = given if given.kind is Kind.ROW else None
        yield given


def _set_in(reading: Reading, listed: Sequence[Entry]) -> Iterator[Entry]:
    """The entries of a list up to a line that is set in less than its first one: that is the next title."""
    lines = [reading.document.lines[entry.first_line - 1] for entry in listed]
    margins = [len(line) - len(line.lstrip()) for line in lines]
    within = takewhile(lambda pair: pair[1] + _LESS > margins[0], zip(listed, margins, strict=True))
    yield from (entry for entry, _ in within)


def _documents(reading: Reading, below: Sequence[Piece], *, alone: bool) -> tuple[Entry, ...]:
    """The items below a sentence about policies where each is called what such a document is, and nothing else.

    Among a majority of such, a plan or a handbook is one too. Below a colon items may be lines `alone`, without marks;
    one such line may be a title.
    """
    kinds = (Kind.ITEM, Kind.LINE) if alone else (Kind.ITEM,)
    listed = tuple(_set_in(reading, entries(below))) if below and below[0].kind in kinds else ()
    if below and below[0].kind is Kind.LINE and len(listed) < _FEWEST_LINES:
        return ()
    called = [entry for entry in listed if _DOCUMENT.search(entry.text)]
    related = all(entry in called or _RELATED.search(entry.text) for entry in listed)
    told = related and 2 * len(called) > len(listed) and all(_TITLED.fullmatch(entry.text) for entry in listed)
    return listed if told else ()


def _parted(listed: Sequence[Entry]) -> Iterator[Entry]:
    """The entries; where a list stands in columns side by side, those of each line apart.

    Between two columns that touch, a title ends with what the document is.
    """
    side_by_side = any(_GAP.search(entry.raw.strip()) for entry in listed)
    for entry in listed:
        gap = _GAP.search(entry.raw.strip())
        parts = re.split(_GAP if gap else _ENDS, entry.raw.strip()) if side_by_side else [entry.text]
        yield from (replace(entry, text=text) for part in parts if (text := clean(part)))


def _column_of(titles: Piece) -> int | None:
    """Which column holds policies by the titles of a row; None where none is titled so."""
    return next((n for n, cell in enumerate(titles.cells) if _COLUMN.match(clean(cell))), None)


def _column(rows: Sequence[Piece], column: int) -> Iterator[Entry]:
    for row in rows:
        if row.kind is not Kind.ROW:
            return
        text = clean(row.cells[column]) if column < len(row.cells) else ""
        if text and not _COLUMN.match(text):
            yield Entry(text, text, row.first_line, row.last_line, row.section)


def _named(text: RunningText) -> Iterator[tuple[int, int, str]]:
    """The policies that a sentence names one after the other, with their lines."""
    if text.kind not in (Kind.PARAGRAPH, Kind.ITEM) or text.text.count(" Policy") < 2:
        return
    for offset, sentence in text.sentences():
        for listed in _NAMED.finditer(sentence) if not denies(sentence) else ():
            for found in _ONE_POLICY.finditer(sentence, *listed.span()):
                yield *text.lines(offset + found.start(), offset + found.end()), found.group()


def _state(reading: Reading, name: str, cited: str, inspected: str | None) -> None:
    id_ = identify("Policy", reading.provider.key, fold(name))
    reading.notes.state("Policy", id_, cited, name=name)
    reading.notes.name(id_, name, "canonical", cited)
    reading.notes.link("OF_PROVIDER", id_, reading.provider.id, cited)
    if inspected:
        reading.notes.link("INSPECTED_IN", id_, reading.assessment, inspected, cited)
    else:
        reading.notes.derive("INSPECTED_IN", id_, reading.assessment, cited, rule=_RULE)
