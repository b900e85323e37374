"""Services in scope and out of it, where a report lists them in items, in a table or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.dates import dates_in
from loaders.layout.layout import Kind, Piece
from loaders.soc.leading_sentences import is_negated, leading, leaves_out
from loaders.soc.note_marks import is_legend, legend, mark_behind, without_marks
from loaders.soc.scope_items import Beside, read_beside, read_titled, split_service
from loaders.soc.sections import Part, Section
from loaders.soc.service_blocks import under_headings, with_categories
from loaders.soc.services_left_out import (
    GENERIC,
    NOUN,
    PLACES,
    SENTENCE_LIST,
    SENTENCES,
    left_out,
    names_in,
    sentences,
    split_exception,
)
from loaders.soc.topics import Grid, Theme, grids

_ANNOUNCED = re.compile(
    rf"\b{NOUN}\b.*\b(?:scope|cover|boundar|included|report)|\b(?:scope|covers?|boundar\w+|includes?)\b.*\b{NOUN}\b"
    rf"|\b{NOUN}\b.*\b(?:belong to|make up|constitute|part of)\b.*\b(?:system|platform)\b",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:it|system|platform|suite)\b[^.]*\b(?:is made up|is composed|consists|comprises|includes)"
    rf"(?: of)? (?:the |these )?(?:following )?{NOUN}(?: (?:listed|named|shown|set out))? below[.:]$",
    re.IGNORECASE,
)
# A sentence that ends may promise what stands below it too: `The services below are not covered by this report.`
_STANDS_BELOW = re.compile(
    rf"^(?:the |these )?(?:following {NOUN}|{NOUN} (?:(?:(?:that|which) are )?(?:listed|named|set out) )?below)\b",
    re.IGNORECASE,
)
_FOLLOW = re.compile(rf"\bfollowing\b[^.:]*\b{NOUN}\b|\b{NOUN}\b[^.:]*\bbelow\b", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"^(?:not (?:a )?part of|not in|not covered by|outside|out of|excluded from)\b(?![^:]*\b(?:controls?|criteri\w+"
    r"|organi[sz]ations?|commitments?)\b)[^.:]*\b(?:scope|system|report|platform|suite|boundar\w+)\b[^.:]*:$",
    re.IGNORECASE,
)
_LEAVES_OUT = re.compile(
    r"\b(?:boundar\w+|scope|report|system)\b(?![^:]*\b(?:controls?|criteri\w+|organi[sz]ations?)\b)[^.:]*"
    r"\b(?:do(?:es)? not (?:include|cover|extend to)|excludes?)\b[^.:]*:$",
    re.IGNORECASE,
)
# `Not within the scope of the report are:` speaks of services below their heading.
_NOT_WITHIN = re.compile(
    r"^(?:not|outside|out of|excluded)\b[^.:]*\b(?:scope|report|system)\b[^.:]*\b(?:is|are):$", re.IGNORECASE
)
_HEADED = re.compile(
    rf"^(?:[\dA-Z.]+\.?\s+)?(?:in-scope {NOUN}|(?:services?|products?)(?: provided)?"
    rf"|{NOUN} (?:(?:in|within) (?:the )?scope|covered|included|provided)|"
    rf"scope of (?:{NOUN}|the report|this report)|(?:overview|description) of {NOUN}(?: provided)?|background and"
    rf" {NOUN})"
    rf"(?: of (?:the|this) report| by this report)?$",
    re.IGNORECASE,
)
_IN_SCOPE_HEADING = re.compile(
    rf"^(?:[\dA-Z.]+\.?\s+)?(?:[\w-]+ ){{0,3}}{NOUN}\b.{{0,30}}\b(?:scope|covered|included|examined|boundar\w+)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\bsub-?service|\bcontrols?\b|\bcommitments?\b|\borgani[sz]ations?\b|\btests?\b|\bchange", re.IGNORECASE
)
_EXCLUDED_HEADING = re.compile(
    rf"\b{NOUN}\b.*\b(?:not (?:in|covered|part|within|examined)|out of|excluded|outside)"
    r"|^out of scope|^exclusions?\b|^(?:excluded|out-of-scope) ",
    re.IGNORECASE,
)
_COVERED = re.compile(
    r"\bfollowing\b.*\b(?:covered|scope|included|belong)\b|\b(?:covers|includes)\b"
    r"|\b(?:system|platform|suite)\b[^.:]*\b(?:consists of|comprises|is made up of)\b[^.:]*"
    r"\b(?:services|products|applications|modules|offerings)\b",
    re.IGNORECASE,
)
_CONSISTS = re.compile(
    r"\b(?:[Ss]ystem|[Pp]latform|[Ss]uite) (?:consists of|comprises|is made up of|includes)\s+(?P<list>[^.]+)"
)
_SERVICE_COLUMN = re.compile(rf"^(?:in-scope )?(?:name of )?(?:the )?{NOUN}(?: name| in scope)?$")
_STOPS = re.compile(r"(?<=\.)\s+(?=[A-Z])")
_IN_SCOPE_COLUMN = re.compile(
    r"\bscope\b|\bcovered\b|\bincluded\b|\bstatus\b|\bperiod\b|\bsince\b|^(?:from|until|till)$"
)
# A column of coverage may be of the hours of support: it makes no table one of the scope.
_COVERAGE_COLUMN = re.compile(r"^coverage\b")
_NOTES_COLUMN = re.compile(r"^(?:notes?|remarks?|comments?|qualifications?|limitations?|exceptions?)$")
_NOT_IN = re.compile(r"^(?:out of scope|excluded|not (?:covered|in scope|included))\.?$", re.IGNORECASE)
_YES = re.compile(
    r"^(?:yes|y|in(?: scope)?|covered|included|throughout|entire period|full period|whole period|x|✓|✔|●)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]]+)[)\]]\.?")
_NO = re.compile(r"^(?:no|n|out(?: of scope)?|excluded|not (?:covered|in scope|included))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServiceFound:
    """A service as a report lists it: the name, what stands beside it, the words as written, whether it is left out.

    `note` is what a mark behind the name leads to.
    """

    name: str
    written: str
    beside: Beside
    first_line: int
    last_line: int
    excluded: bool = False
    note: Piece | None = None


def services_listed(sections: Sequence[Section], *, items: bool) -> Iterator[ServiceFound]:
    """The services of a report; those of lists in items only where these are not read elsewhere."""
    blocks = [
        (section.part, heading, pieces, list(_in_block(heading, pieces, items=True)))
        for section in sections
        if section.part in (Part.DESCRIPTION, Part.ASSERTION, Part.AUDITOR)
        for heading, pieces in with_categories(list(under_headings(section)), _ANNOUNCED)
        if heading is None or not any(theme.titles(heading.text) for theme in Theme)
    ]
    families = frozenset(one.name.split()[0] for _, _, _, found in blocks for one in found if one.name.strip())
    for part, heading, pieces, found in blocks:
        # Items that are read elsewhere tell, too, that what stands here is of services.
        yield from found if items else _in_block(heading, pieces, items=False)
        headed = bool(found) or (heading is not None and _is_headed(heading.text))
        of = families if part is Part.DESCRIPTION else None
        yield from _left_out(pieces, of, outright=not headed)


def _is_headed(title: str) -> bool:
    """Whether a heading says that services follow which the report covers."""
    if _HEADED.match(title):
        return True
    told = _IN_SCOPE_HEADING.match(title) and not _OF_OTHERS.search(title)
    return bool(told) and not _EXCLUDED_HEADING.search(title)


def _in_block(heading: Piece | None, pieces: Sequence[Piece], *, items: bool) -> Iterator[ServiceFound]:
    headed = heading is not None and _is_headed(heading.text)
    left_out = heading is not None and bool(_EXCLUDED_HEADING.search(heading.text))
    announced, negated = headed and not left_out, left_out
    listing, listed = announced or negated, False
    for at, piece in enumerate(pieces):
        if is_legend(piece):
            continue
        if piece.kind is Kind.PARAGRAPH:
            last = _STOPS.split(piece.text)[-1]
            below = _BELOW.search(last)
            promised = bool(below or _STANDS_BELOW.match(last)) or piece.text.endswith(":")
            told = (
                below
                or _ANNOUNCED.search(last)
                or _LEAVES_OUT.search(last)
                or (headed and (_COVERED.search(last) or _NOT_WITHIN.search(last)))
                # What is outside may be anything, unless services that are in stand right above it.
                or (listed and _OUTSIDE.match(last))
            )
            out = leaves_out(last)
            # Below a heading of what is left out a sentence that says nothing of the scope leads to that.
            listing = promised and bool(told or left_out) and not PLACES.search(last) and out is not None
            announced, negated = listing, listing and bool(out or (left_out and not told))
            yield from _in_sentences(piece, headed=headed)
        elif piece.kind is Kind.ITEM and listing:
            listed = listed or not negated
            if items or negated:
                yield _in_item(piece, pieces[at + 1 :], excluded=negated)
    for grid in grids(pieces):
        yield from _in_table(grid, headed=headed, left_out=left_out, pieces=pieces)


def _in_item(piece: Piece, below: Sequence[Piece], *, excluded: bool) -> ServiceFound:
    text, _ = without_marks(piece.text)
    name, beside = split_service(text)
    beside, note = _noted(beside, mark_behind(piece), below)
    return ServiceFound(name, text, beside, piece.first_line, piece.last_line, excluded, note)


def _noted(beside: Beside, mark: str, below: Sequence[Piece]) -> tuple[Beside, Piece | None]:
    """What stands beside a name together with what its mark leads to, and where that stands."""
    said, note = legend(mark, below) or (Beside(), None)
    return beside.and_(said), note


def _in_table(grid: Grid, *, headed: bool, left_out: bool, pieces: Sequence[Piece]) -> Iterator[ServiceFound]:
    column = grid.column(_SERVICE_COLUMN)
    others = [i for i, title in enumerate(grid.titles) if i != column and _IN_SCOPE_COLUMN.search(title)]
    notes = next((i for i, title in enumerate(grid.titles) if i != column and _NOTES_COLUMN.search(title)), None)
    above = [p for p in pieces if p.kind is Kind.PARAGRAPH and p.first_line < grid.heading.first_line]
    told = bool(above) and bool(_ANNOUNCED.search(above[-1].text))
    out = _left_out_below(above[-1].text if above else "", left_out=left_out)
    if column is None or out is None or not (headed or others or told):
        return
    others = others or [i for i, title in enumerate(grid.titles) if i != column and _COVERAGE_COLUMN.search(title)]
    for row in grid.rows:
        if column >= len(row.cells) or not row.cells[column]:
            continue
        written, mark = without_marks(row.cells[column])
        name, beside = split_service(written)
        beside, note = _noted(beside, mark, pieces)
        said = row.cells[others[0]] if others and others[0] < len(row.cells) else ""
        noted = grid.cell(row, notes)
        if out or (_NO.match(said) and not dates_in(said)) or _NOT_IN.match(noted):
            yield ServiceFound(name, written, beside, row.first_line, row.last_line, excluded=True)
            continue
        rest = _bare(_YES.sub("", said, count=1).strip(" ,;–-"))
        more = read_titled(grid.titles[others[0]], rest) if rest else Beside()
        for other in others[1:]:
            more = (more or Beside()).and_(read_titled(grid.titles[other], grid.cell(row, other)) or Beside())
        beside = beside.and_(more or Beside()).and_(read_beside(noted) or Beside()).and_(_dated(row, column))
        yield ServiceFound(name, written, beside, row.first_line, row.last_line, note=note)


def _bare(text: str) -> str:
    """A text without the brackets in which all of it stands: `Yes (paper forms excluded)`."""
    found = _IN_BRACKETS.fullmatch(text)
    return found["inside"] if found else text


def _left_out_below(text: str, *, left_out: bool) -> bool | None:
    """Whether the sentences that lead to a table leave out of the scope what it lists; None where that is in doubt.

    With `left_out` the heading says so, and only words that lead to the table may say otherwise.
    """
    said = {leaves_out(sentence) for sentence in leading(text) if _ANNOUNCED.search(sentence)}
    if len(said) > 1 or (left_out and not said):
        return None
    return next(iter(said), False)


def _dated(row: Piece, column: int) -> Beside:
    """Since when or until when a service is in scope by a sentence of its row that says nothing else."""
    cells = (cell for at, cell in enumerate(row.cells) if at != column)
    said = (read_beside(sentence) for cell in cells for sentence in SENTENCES.split(cell) if dates_in(sentence))
    return next((Beside(one.from_, one.to) for one in said if one), Beside())


def _in_sentences(piece: Piece, *, headed: bool) -> Iterator[ServiceFound]:
    for sentence in SENTENCES.split(piece.text):
        kept = split_exception(sentence)[0]
        found = SENTENCE_LIST.search(kept) or (_CONSISTS.search(kept) if headed else None)
        if found is None or is_negated(kept) or PLACES.search(found["list"]):
            continue
        for text in names_in(found["list"]):
            name, beside = split_service(text)
            if GENERIC.match(name):
                continue
            yield ServiceFound(name, text, beside, piece.first_line, piece.last_line)


def _left_out(pieces: Sequence[Piece], families: frozenset[str] | None, *, outright: bool) -> Iterator[ServiceFound]:
    """The services that sentences leave out."""
    for piece in pieces:
        for sentence in sentences(piece.text) if piece.kind is Kind.PARAGRAPH else ():
            for text in left_out(sentence, families, outright=outright):
                yield ServiceFound(text, text, Beside(), piece.first_line, piece.last_line, excluded=True)
