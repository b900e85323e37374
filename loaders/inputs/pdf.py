"""A PDF as pages of lines; it knows the library that draws PDF and what cannot be read."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import c_double
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from graph.errors import UnreadableDocument
from loaders.inputs.pdf_lines import Glyph, pages_of_lines

_END = b"%%EOF"
_TAIL = 2048
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-"}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_WRITTEN = {**_HYPHENS, **_LIGATURES}
_JOINED = frozenset("fijlt")
"""Letters that one shape may hold together."""

_LINE_ENDS = "\r\n"
"""The library adds them between what is drawn apart, be it on one line."""

_NO_TEXT = "\N{REPLACEMENT CHARACTER}"
_QUARTER = math.pi / 2
_TILTED = 0.05
_LEAST_HEIGHT = 0.1
_UNMAPPED_SHARE = 20


class _Mark(NamedTuple):
    """A glyph with its direction in quarters of a turn; None where it is tilted, as watermarks are."""

    glyph: Glyph
    turn: int | None
    unmapped: bool


class PdfText(NamedTuple):
    """The lines of each page, and the numbers of the pages on which something is drawn, but no text."""

    pages: tuple[tuple[str, ...], ...]
    pictures: tuple[int, ...]


def read_pdf(content: bytes, where: str) -> PdfText:
    """The text of a PDF; raises `UnreadableDocument` where it is locked, damaged or without text."""
    if _END not in content[-_TAIL:]:
        raise UnreadableDocument(where, "the PDF is cut: its end is missing")
    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = [_marks(document, number) for number in range(len(document))]
            pictures = (number for number, marks in enumerate(pages) if not marks and _is_drawn(document, number))
            drawn = tuple(number + 1 for number in pictures)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(where, _why(error)) from error
    _must_have_text(pages, where)
    return PdfText(pages_of_lines([_upright(page) for page in pages]), drawn)


def _why(error: pypdfium2.PdfiumError) -> str:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return "the PDF is encrypted; load it without its password"
    return f"the PDF is damaged ({error})"


def _must_have_text(pages: list[list[_Mark]], where: str) -> None:
    count = sum(map(len, pages))
    if not any(map(_upright, pages)):
        raise UnreadableDocument(where, "the PDF holds no text, only images; load it after text recognition")
    unmapped = sum(mark.unmapped for page in pages for mark in page)
    if unmapped * _UNMAPPED_SHARE > count:
        why = f"{unmapped} of {count} characters of the PDF have no text behind their shapes"
        raise UnreadableDocument(where, why)


def _marks(document: pypdfium2.PdfDocument, number: int) -> list[_Mark]:
    page = document[number]
    text = page.get_textpage()
    try:
        return list(_spaced(_whole_ligatures(_read(text, text.count_chars()))))
    finally:
        text.close()
        page.close()


def _is_drawn(document: pypdfium2.PdfDocument, number: int) -> bool:
    page = document[number]
    try:
        return bool(pdfium.FPDFPage_CountObjects(page) > 0)
    finally:
        page.close()


def _read(text: pypdfium2.PdfTextPage, count: int) -> Iterator[_Mark]:
    """The glyphs in the order in which they are drawn, and the spaces among them that are drawn too."""
    x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
    spaced = False
    for index in range(count):
        character = _character(pdfium.FPDFText_GetUnicode(text, index))
        blank = character.isspace() or character == "\0"
        if blank:
            spaced = character not in _LINE_ENDS
            if pdfium.FPDFText_IsGenerated(text, index) == 1 or not spaced:
                continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        turn = _turn(pdfium.FPDFText_GetCharAngle(text, index))
        unmapped = not blank and pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        written = " " if blank else _NO_TEXT if unmapped else _WRITTEN.get(character, character)
        yield _Mark(_turned(written, (x.value, y.value), box, turn or 0, spaced), turn, unmapped)
        spaced = blank


def _whole_ligatures(marks: Iterable[_Mark]) -> Iterator[_Mark]:
    """The glyphs, where one shape is several letters (`ff`) each in its share of it, and none drawn again."""
    shape, place = None, 0
    for mark in marks:
        glyph = mark.glyph
        drawn = (glyph.left, glyph.right, glyph.base)
        place = place + 1 if drawn == shape else 0
        shape = drawn
        share = (glyph.right - glyph.left) * place / (place + 1)
        yield mark._replace(glyph=glyph._replace(left=glyph.left + share)) if glyph.text in _JOINED else mark


def _spaced(marks: Iterable[_Mark]) -> Iterator[_Mark]:
    """The glyphs without spaces: one right behind a space is spaced, also where others were drawn between the two."""
    found = list(marks)
    ends = {_place(mark.glyph.right, mark.glyph.base) for mark in found if mark.glyph.text == " "}
    near = {(left + step, base) for left, base in ends for step in (-1, 0, 1)}
    for mark in found:
        glyph = mark.glyph
        if glyph.text != " ":
            behind = glyph.spaced or _place(glyph.left, glyph.base) in near
            yield mark._replace(glyph=glyph._replace(spaced=behind)) if behind else mark


def _place(edge: float, base: float) -> tuple[int, int]:
    """Where on a page something ends or begins, in quarters of a point."""
    return (round(4 * edge), round(4 * base)) if math.isfinite(edge) and math.isfinite(base) else (0, 0)


def _character(code: int) -> str:
    return _NO_TEXT if 0xD800 <= code <= 0xDFFF or code > sys.maxunicode else chr(code)


def _turn(angle: float) -> int | None:
    quarters = angle / _QUARTER
    return round(quarters) % 4 if math.isfinite(quarters) and abs(quarters - round(quarters)) < _TILTED else None


def _turned(text: str, origin: tuple[float, float], box: pdfium.FS_RECTF, turn: int, spaced: bool) -> Glyph:
    """The glyph as if its line ran from left to right."""
    x, y = origin
    left, right, bottom, top = box.left, box.right, box.bottom, box.top
    if turn == 1:
        return Glyph(text, -top, -bottom, x, right - left, spaced)
    if turn == 2:
        return Glyph(text, -right, -left, -y, top - bottom, spaced)
    if turn == 3:
        return Glyph(text, bottom, top, -x, right - left, spaced)
    return Glyph(text, left, right, y, top - bottom, spaced)


def _upright(marks: list[_Mark]) -> list[Glyph]:
    """The glyphs that run in the direction of most of the page: a page can lie on its side."""
    turns = Counter(mark.turn for mark in marks if mark.turn is not None)
    usual = turns.most_common(1)[0][0] if turns else None
    return [mark.glyph for mark in marks if mark.turn == usual and _is_placed(mark.glyph)]


def _is_placed(glyph: Glyph) -> bool:
    return glyph.height > _LEAST_HEIGHT and all(map(math.isfinite, (glyph.left, glyph.right, glyph.base, glyph.height)))
