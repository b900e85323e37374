"""The running text of a report as passages: what a page break cut is one text again, and knows its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.inputs.documents import Document
from loaders.layout.layout import Kind, Piece
from loaders.layout.text import clean, ends_sentence
from loaders.pages.prose import Passage

_RUNNING = (Kind.PARAGRAPH, Kind.ITEM)
_ENDS_IN_ADDRESS = re.compile(r"(?:https?://\S+|>)$")
# A number that is broken after its hyphen or point, such as `AB-9.` above `5`, goes on without a space.
_CUT_NUMBER = re.compile(r"(?:\b[A-Z]{2,}-(?:\d+\.)*|\b[Cc]ontrols? (?:[A-Z]{2,}-)?(?:\d+\.)+)$")


@dataclass(frozen=True, slots=True)
class RunningText:
    """A text in one line, the kind of the piece with which it begins, and the headings above it.

    `spans` says where the text of each line begins, or of several lines that cannot be told apart.
    """

    kind: Kind
    text: str
    spans: tuple[tuple[int, int, int], ...]
    section: tuple[str, ...]

    @property
    def first_line(self) -> int:
        """The line on which it begins."""
        return self.spans[0][1]

    @property
    def last_line(self) -> int:
        """The line on which it ends."""
        return self.spans[-1][2]

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """The first and last line of the part of the text between two offsets."""
        return (self._span(start)[1], self._span(max(start, end - 1))[2])

    def sentences(self) -> Iterator[tuple[int, str]]:
        """The sentences, each with the offset at which it begins."""
        for sentence in Passage(self.text, (0,), (self.first_line,)).sentences():
            yield sentence.offset, sentence.text

    def _span(self, offset: int) -> tuple[int, int, int]:
        return self.spans[max(0, bisect_right(self.spans, offset, key=lambda span: span[0]) - 1)]


def running_texts(document: Document, pieces: Iterable[Piece]) -> Iterator[RunningText]:
    """The pieces as passages, in order; a paragraph that does not end goes on in the next one below."""
    open_: list[Piece] = []
    for piece in pieces:
        if piece.kind is Kind.FOOTNOTE:
            yield _text(document, (piece,))
            continue
        if open_ and not _goes_on(open_[-1], piece):
            yield _text(document, open_)
            open_ = []
        open_.append(piece)
    if open_:
        yield _text(document, open_)


def _goes_on(above: Piece, piece: Piece) -> bool:
    """Whether a paragraph is the rest of the piece above, which a page break or a footnote cut."""
    if piece.kind is not Kind.PARAGRAPH or above.kind not in _RUNNING or piece.section != above.section:
        return False
    if piece.text[:1].isdigit() and _CUT_NUMBER.search(above.text):
        return True
    if ends_sentence(above.text) or _ENDS_IN_ADDRESS.search(above.text):
        return False
    return above.kind is Kind.PARAGRAPH or piece.text[:1].islower()


def _text(document: Document, pieces: Sequence[Piece]) -> RunningText:
    text, spans = "", list[tuple[int, int, int]]()
    for piece in pieces:
        for first, last, part in _parts(document, piece):
            text += _joint(text, part)
            spans.append((len(text), first, last))
            text += part
    return RunningText(pieces[0].kind, text, tuple(spans), pieces[0].section)


def _parts(document: Document, piece: Piece) -> list[tuple[int, int, str]]:
    """The lines of a piece, where its text is but theirs one after the other; else all of it on all its lines."""
    if piece.first_line == piece.last_line:
        return [(piece.first_line, piece.last_line, piece.text)]
    lines = [(n, clean(document.lines[n - 1])) for n in range(piece.first_line, piece.last_line + 1)]
    written = [(number, number, line) for number, line in lines if line]
    joined = " ".join(line for _, _, line in written)
    return written if written and joined == piece.text else [(piece.first_line, piece.last_line, piece.text)]


def _joint(text: str, line: str) -> str:
    if not text or (line[:1].isdigit() and _CUT_NUMBER.search(text)):
        return ""
    return " "
