"""Whether a report reaches its end: its last paragraph is a whole one, and the last part of its contents is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.errors import BrokenDocument
from graph.identifiers import fold
from loaders.inputs.documents import Document
from loaders.layout.layout import Layout
from loaders.layout.pieces import Kind, Piece
from loaders.layout.text import clean, ends_sentence, reads_as_title
from loaders.soc.reading import Reading
from loaders.soc.sections import Section, part_of

_MARK = re.compile(r"^(?:section|part|attachment|appendix)\s+\S+?[\s.:–—-]+\s*|^[ivx]+\.\s+|^\d+\.\s+")
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(r"(?:.{0,80}\bpage\s+)?\W{0,3}\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}", re.IGNORECASE)
_END = re.compile(
    r"\W{0,3}(?:the )?end(?: of (?:the |this )?(?:report|document))?\W{0,3}|\W{0,3}(?:strictly )?confidential\b.{0,80}",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[a-z,]\s+(?:and|or|of|for|to|in|on|with|by|the|an?|as|at|from|their|its|our|every|each|is|are|was|were|that|which)$"
)
_LINES_OF_A_TITLE = 3
_LONG = 120
_LONGEST_FURNITURE = 110
_TIMES = 3
_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Ending:
    """How a report ends: the lines of its last paragraph where that is unfinished, and what is to be warned of."""

    unfinished: tuple[int, int] | None = None
    doubts: tuple[tuple[int, str], ...] = ()


def read_ending(
    document: Document, layout: Layout, pieces: Sequence[Piece], sections: Sequence[Section], *, is_sure: bool
) -> Ending:
    """How a report ends; raises `BrokenDocument` where it was cut before the last part that its contents name.

    In what surely is a report a last paragraph that is no whole sentence is a doubt: it may be of another kind.
    """
    seen = _shapes(document)
    end = pieces[-1] if pieces else None
    if end is None:
        raise BrokenDocument(document.where, len(document.lines), "the document has no text", "a whole report has")
    entries = _entries(layout, seen)
    missing = _missing_parts(document, entries)
    last = bool(missing) and missing[-1] == entries[-1] and len(missing) < len(entries)
    if last and part_of(missing[-1].text) not in {section.part for section in sections}:
        named = f"which its table of contents names in line {missing[0].first_line}"
        if not _reaches_page_of(document, missing[-1]):
            why = f"the document ends before {missing[0].text!r}, {named}"
            raise BrokenDocument(
                document.where, len(document.lines), why, "a whole report holds all parts of its contents"
            )
    if not _is_cut(document, end, seen):
        return Ending()
    if not is_sure:
        why = "the document ends in the middle of a sentence"
        raise BrokenDocument(document.where, len(document.lines), why, "a whole report ends with one")
    said = "the document ends in the middle of a sentence: its last paragraph is not read, and what follows is missing"
    return Ending((end.first_line, end.last_line), ((end.first_line, said),))


def without_lines(document: Document, first_line: int, last_line: int) -> Document:
    """The document with blank lines in place of those of its text, and all others where they stand."""
    first, last = document.in_file(first_line, last_line)
    lines = document.written.split("\n")
    blank = ["" if first <= number <= last else line for number, line in enumerate(lines, 1)]
    return replace(document, written="\n".join((*blank, "")))  # so that a blank last line is one too


def _reaches_page_of(document: Document, entry: Piece) -> bool:
    """Whether the number of a page stands alone at the end of the text that is not before that of an entry."""
    named = _LAST_NUMBER.search(entry.raw)
    alone = (_ALONE.fullmatch(line.strip()) for line in document.lines[entry.last_line :])
    pages = [int(found["page"]) for found in alone if found]
    return named is not None and bool(pages) and pages[-1] >= int(named["page"]) and pages[-1] == max(pages)


_LAST_NUMBER = re.compile(r"(?P<page>\d{1,4})\s*$")
_ALONE = re.compile(r"\W{0,6}(?:page\s+)?(?P<page>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}", re.IGNORECASE)


def warn_of_missing_parts(reading: Reading) -> None:
    """Names the entries of the contents that are no headings of the text."""
    entries = _entries(reading.layout, _shapes(reading.document))
    for entry in _missing_parts(reading.document, entries):
        reading.notes.warn(entry.first_line, f"the contents name {entry.text!r}, which is no heading of the text")


def _is_cut(document: Document, end: Piece, seen: Counter[str]) -> bool:
    """Whether the last paragraph is an unfinished one, the furniture of the last page and a title below it aside."""
    if end.kind is not Kind.PARAGRAPH or (len(end.text) <= _LONG and not _GOES_ON.search(end.text)):
        return False
    lines = list(document.lines[end.first_line - 1 : end.last_line])
    while lines and (not lines[-1].strip() or _is_furniture(lines[-1], seen)):
        lines.pop()
    text = clean(" ".join(lines))
    if ends_sentence(text) and not text.endswith(":"):
        return False
    return bool(_GOES_ON.search(text)) or (len(text) > _LONG and not _is_title_below(lines))


def _is_title_below(lines: Sequence[str]) -> bool:
    """Whether the last line stands below a finished sentence and is short and in capitals, as titles and names are."""
    last, above = lines[-1].strip(), lines[-2].strip() if len(lines) > 1 else ""
    short = len(last) <= _SHARE * max(len(line.strip()) for line in lines)
    return ends_sentence(above) and short and reads_as_title(last) and not last.endswith((",", ":"))


def _is_furniture(line: str, seen: Counter[str]) -> bool:
    """Whether a short line comes again, numbers aside, or holds but the number of the page or the word of the end."""
    text = " ".join(line.split())
    if len(text) > _LONGEST_FURNITURE:
        return False
    return bool(_PAGE.fullmatch(text) or _END.fullmatch(text)) or seen[_shape(text)] >= _TIMES


def _shapes(document: Document) -> Counter[str]:
    return Counter(_shape(line) for line in document.lines if line.strip())


def _shape(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _entries(layout: Layout, seen: Counter[str]) -> list[Piece]:
    """The entries of the contents without the footers of their pages, which end with a number too."""
    return [entry for entry in layout.contents if seen[_shape(entry.raw)] < _TIMES]


def _missing_parts(document: Document, entries: Sequence[Piece]) -> list[Piece]:
    """The entries of the contents that are on no line below them, be they broken over lines or without their mark."""
    if not entries:
        return []
    lines = [fold(clean(line).strip("#* ")) for line in document.lines[entries[-1].last_line :]]
    found = set(_titles([line.rstrip(". ") for line in lines if line]))
    named = ((entry, fold(entry.text).rstrip(". ")) for entry in entries)
    return [entry for entry, text in named if not {text, _MARK.sub("", text)} & found]


def _titles(lines: Sequence[str]) -> Iterator[str]:
    """Every line, and every run of lines as a title may be broken over them, with and without its mark."""
    for size in range(1, _LINES_OF_A_TITLE + 1):
        for at in range(len(lines)):
            text = " ".join(lines[at : at + size])
            yield text
            yield _MARK.sub("", text)
