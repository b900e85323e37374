"""Plain lines that stand together: which are paragraphs, which headings, which a list without bullets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.layout.pieces import Kind, Numbered, Piece, piece_of
from loaders.layout.text import ends_sentence, has_bullet, reads_as_title

_HEADING_LENGTH = 110
_WIDEST_WRAP = 160
_HEADINGS_IN_A_ROW = 2
_FEWEST_OF_A_LIST = 3
_SHORT_SHARE = 0.62
_FULL_SHARE = 0.9
_NARROW = 64
_USUAL = 0.5


def wrapped_at(lines: Sequence[str]) -> int:
    """The usual width of lines where paragraphs are broken into lines, else 0.

    They are where most long lines that end no sentence go on in the next line.
    """
    plain = [(a, b) for a, b in pairwise((*lines, "")) if not ("\t" in a or "|" in a or has_bullet(a))]
    cut = [(a, below) for a, below in plain if len(a) > _NARROW and not ends_sentence(a)]
    if sum(len(line) > _WIDEST_WRAP for line, _ in plain) > sum(below[:1].islower() for _, below in cut):
        return 0
    if 2 * sum(bool(below.strip()) for _, below in cut) <= len(cut):
        return 0
    lengths = sorted(len(line) for line, _ in plain if len(line) > _NARROW)
    return lengths[int(_USUAL * (len(lengths) - 1))]


def plain_pieces(text: Sequence[Numbered], usual: int) -> Iterator[Piece]:
    """The pieces of plain lines between blank lines, tables and lists; `usual` is the width of wrapped lines."""
    if text:
        yield from _wrapped(text, usual) if usual else _unwrapped(text)


def _wrapped(text: Sequence[Numbered], usual: int) -> Iterator[Piece]:
    """Where lines are parts of paragraphs, short lines before a paragraph are headings."""
    width = min(usual, max(len(line) for _, line in text))
    start = 0
    while start < len(text):
        run = _short_run(text, start, width)
        if run > start:
            heads = run < len(text) and run - start <= _HEADINGS_IN_A_ROW
            yield from (piece_of(Kind.HEADING if heads else Kind.LINE, text[i : i + 1]) for i in range(start, run))
        end = _paragraph_end(text, run, width)
        if end > run:
            yield piece_of(Kind.PARAGRAPH, text[run:end])
        start = end


def _short_run(text: Sequence[Numbered], start: int, width: int) -> int:
    """The end of the run of short lines that begins there: headings, or a list without bullets."""
    end = start
    while end < len(text) and _is_short(text[end][1], width) and not ends_sentence(text[end][1]):
        end += 1
    return end


def _is_short(line: str, width: int) -> bool:
    return width <= _NARROW or len(line.strip()) <= _SHORT_SHARE * width


def _paragraph_end(text: Sequence[Numbered], start: int, width: int) -> int:
    """A paragraph ends with a sentence: on a line that is not full, or before lines that are short."""
    for end in range(start, len(text)):
        line = text[end][1]
        if not ends_sentence(line):
            continue
        following = text[end + 1][1] if end + 1 < len(text) else ""
        if _is_short(line, width) or (_is_short(following, width) and not ends_sentence(following)):
            return end + 1
        if len(line.strip()) < _FULL_SHARE * width:
            return end + 1
    return len(text)


def _unwrapped(text: Sequence[Numbered]) -> Iterator[Piece]:
    """Where lines are paragraphs, short lines alone or above a paragraph are headings, as are lines in bold."""
    bold = text[0][1].strip().startswith("**") and text[-1][1].strip().endswith("**")
    short = sum(len(line) for _, line in text) <= 2 * _HEADING_LENGTH
    if bold and short:
        yield piece_of(Kind.HEADING, text)
        return
    groups = _groups(text)
    if len(groups) > _FEWEST_OF_A_LIST and not any(ends_sentence(line) for _, line in text):
        yield from (piece_of(Kind.LINE, group) for group in groups)
        return
    heads = [_may_be_heading(group) for group in groups]
    start = 0
    for index, group in enumerate(groups):
        if not heads[index]:
            yield piece_of(Kind.PARAGRAPH, group)
            start = index + 1
        elif index + 1 == len(groups) or not heads[index + 1]:
            above = index + 1 < len(groups) and index + 1 - start <= _HEADINGS_IN_A_ROW
            kind = Kind.HEADING if above or len(groups) == 1 else Kind.LINE
            yield from (piece_of(kind, title) for title in groups[start : index + 1])
            start = index + 1


def _groups(text: Sequence[Numbered]) -> list[list[Numbered]]:
    """The lines, each with those in which its sentence goes on."""
    in_sentences = any(ends_sentence(line) for _, line in text)
    groups = [[text[0]]]
    for (_, above), entry in pairwise(text):
        small = entry[1][:1].islower() and (in_sentences or len(above) > _NARROW // 2)
        prose = len(above) > _NARROW and in_sentences and ("," in above or not reads_as_title(above))
        if not ends_sentence(above) and (small or prose):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _may_be_heading(group: Sequence[Numbered]) -> bool:
    line = group[0][1]
    return len(group) == 1 and len(line) <= _HEADING_LENGTH and not ends_sentence(line)
