"""Services in scope and out of it, where a report lists them in items, in a table or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.dates import dates_in
from loaders.layout.layout import Kind, Piece
from loaders.soc.note_marks import is_legend, legend, without_marks
from loaders.soc.scope_items import Beside, read_beside, split_service
from loaders.soc.sections import Part, Section
from loaders.soc.service_blocks import under_headings, with_categories
from loaders.soc.topics import Grid, Theme, grids

_NOUN = r"(?:services?|products?|applications?|modules?|solutions?|offerings?|components?)"
_NEGATED = re.compile(
    r"\b(?:not|neither|nor)\b|\bexclud|\bout(?:side)? of\b(?: the)? (?:scope|boundar)|\boutside (?:of )?the\b|\bout"
    r" of scope\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"\b{_NOUN}\b.*\b(?:scope|cover|boundar|included|report)|\b(?:scope|covers?|boundar\w+|includes?)\b.*\b{_NOUN}\b"
    rf"|\b{_NOUN}\b.*\b(?:belong to|make up|constitute|part of)\b.*\b(?:system|platform)\b",
    re.IGNORECASE,
)
_LEAVES_OUT = re.compile(
    r"\b(?:boundar\w+|scope|report|system)\b(?![^:]*\b(?:controls?|criteri\w+|organi[sz]ations?)\b)[^.:]*"
    r"\b(?:do(?:es)? not (?:include|cover|extend to)|excludes?)\b[^.:]*:$",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"^(?:[\dA-Z.]+\.?\s+)?(?:in-scope {_NOUN}|{_NOUN}(?: (?:in|within) (?:the )?scope| covered| included| provided)?|"
    rf"scope of (?:{_NOUN}|the report|this report)|(?:overview|description) of {_NOUN}(?: provided)?|background and"
    rf" {_NOUN})"
    rf"(?: of (?:the|this) report| by this report)?$",
    re.IGNORECASE,
)
_IN_SCOPE_HEADING = re.compile(
    rf"^(?:[\dA-Z.]+\.?\s+)?(?:[\w-]+ ){{0,3}}{_NOUN}\b.{{0,30}}\b(?:scope|covered|included|examined|boundar\w+)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\bsub-?service|\bcontrols?\b|\bcommitments?\b|\borgani[sz]ations?\b|\btests?\b|\bchange", re.IGNORECASE
)
_EXCLUDED_HEADING = re.compile(
    rf"\b{_NOUN}\b.*\b(?:not (?:in|covered|part|within|examined)|out of|excluded|outside)"
    r"|^out of scope|^exclusions?\b|^(?:excluded|out-of-scope) ",
    re.IGNORECASE,
)
_SENTENCE_LIST = re.compile(
    rf"(?:\b(?:this|the) report (?:also )?(?:covers|includes)(?: the following {_NOUN}:?)?"
    rf"|\b{_NOUN} (?:that are |which are )?(?:in|within|included in|covered by|covered in) (?:the )?(?:scope|this"
    rf" report|the report)"
    rf"(?: (?:of|for) (?:this|the) (?:report|examination))?(?: (?:are|is|include|comprise)|:)"
    rf"|\bfollowing {_NOUN} (?:are|is) (?:in|within|included in|covered)[^.:]*:"
    rf"|\bscope (?:of (?:this|the) (?:report|examination) )?(?:covers|includes|comprises|is limited to)(?: the(?:"
    rf" following)? {_NOUN}:?)?)"
    rf"\s+(?P<list>[^.]+)",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"^(?P<names>[^.:]+?),?\s+(?P<verb>is|are|was|were)\s+"
    r"(?:(?:an?|operated|provided|sold|offered|run)\b[^.]*?\b(?:and|which)\s+(?:(?:is|are|was|were)\s+|(?=not\b)))?"
    r"(?:not (?:covered|included|part|in|within|examined)|excluded|out of|outside)\b"
)
_OUTRIGHT = re.compile(
    rf"^The following {_NOUN} (?:is|are) (?:not (?:in|within|part of|included|covered)|excluded|out of|outside)"
    rf"|^[A-Z][^,.;:]{{1,60}}, an? (?:[\w-]+ ){{0,3}}{_NOUN}, (?:is|are) (?:not (?:in|within|part of|included|covered)"
    rf"|excluded from|out of|outside)\b[^.]*\b(?:scope|report)\b"
)
_COVERED = re.compile(r"\bfollowing\b.*\b(?:covered|scope|included|belong)\b|\b(?:covers|includes)\b", re.IGNORECASE)
_OUT_LIST = re.compile(
    rf"(?:^not (?:a )?part of (?:the )?(?:system|scope|report) (?:is|are)|^not (?:in|within) (?:the )?scope|^out of"
    rf" scope|^(?:excluded|not covered)(?: from (?:the )?scope)?"
    rf"|\bfollowing {_NOUN}\b[^.:]*\b(?:not|excluded|outside|out of)\b[^.:]*(?=:)"
    rf"|\b(?:excludes?|does not (?:cover|include))(?: the following(?: {_NOUN})?)?)"
    rf":?\s+(?P<list>[^.]+)",
    re.IGNORECASE,
)
_FOLLOWING_OUT = re.compile(rf"\bfollowing {_NOUN}\b[^.:]*\bnot\b[^.:]*\b(?:scope|report|examin\w+)\b[^.:]*:\s+\S")
_PLACES = re.compile(
    r"\b(?:office|data cent|processing cent|warehouse|print facilit|region|edge location|site|facilit)", re.IGNORECASE
)
_NO_NAMES = re.compile(
    r"^(?:the (?:former|planned|move|following)|it|they|neither|none|these|those|this|that|both|controls?"
    r"|the description|other|all|any|we|which|an? )\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_DATED_AND = re.compile(
    r",?\s+and,?\s+(?P<when>(?:from|since|until)\s+[^,]*?(?:,\s)?(?:19|20)\d{2}),\s+(?P<what>[^,]+)$", re.IGNORECASE
)
_CONSISTS = re.compile(
    r"\b(?:[Ss]ystem|[Pp]latform|[Ss]uite) (?:consists of|comprises|is made up of|includes)\s+(?P<list>[^.]+)"
)
_SERVICE_COLUMN = re.compile(rf"^(?:in-scope )?(?:name of )?(?:the )?{_NOUN}(?: name| in scope)?$")
_IN_SCOPE_COLUMN = re.compile(r"\bscope\b|\bcovered\b|\bincluded\b|\bstatus\b|\bperiod\b|\bsince\b")
_YES = re.compile(
    r"^(?:yes|y|in(?: scope)?|covered|included|throughout|entire period|full period|whole period|x|✓|✔|●)\b",
    re.IGNORECASE,
)
_NO = re.compile(r"^(?:no|n|out(?: of scope)?|excluded|not (?:covered|in scope|included))\b", re.IGNORECASE)
_EXCEPTION = re.compile(
    r",?\s+(?:but not|but excludes?|but does not (?:cover|include)|excluding|with the exception of|except(?: for)?"
    r"|other than)\s+"
)
_GENERIC = re.compile(rf"^(?:the )?(?:following\b.*|{_NOUN})$", re.IGNORECASE)
_ARTICLE = re.compile(r"^the (?=[a-z])")


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
    for section in sections:
        if section.part not in (Part.DESCRIPTION, Part.ASSERTION, Part.AUDITOR):
            continue
        for heading, pieces in with_categories(list(under_headings(section)), _ANNOUNCED):
            if heading is not None and any(theme.titles(heading.text) for theme in Theme):
                continue
            found = list(_in_block(heading, pieces, items=items))
            yield from found
            headed = bool(found) or (heading is not None and _is_headed(heading.text))
            yield from _left_out(pieces, outright=not headed)


def is_negated(text: str) -> bool:
    """Whether a sentence leaves out of the scope what it speaks of."""
    return bool(_NEGATED.search(text))


def _is_headed(title: str) -> bool:
    """Whether a heading says that services follow which the report covers."""
    if _HEADED.match(title):
        return True
    told = _IN_SCOPE_HEADING.match(title) and not _OF_OTHERS.search(title)
    return bool(told) and not _EXCLUDED_HEADING.search(title)


def _in_block(heading: Piece | None, pieces: Sequence[Piece], *, items: bool) -> Iterator[ServiceFound]:
    headed = heading is not None and _is_headed(heading.text)
    out = heading is not None and bool(_EXCLUDED_HEADING.search(heading.text))
    announced, negated = headed and not out, out
    listing = announced or negated
    for at, piece in enumerate(pieces):
        if is_legend(piece):
            continue
        if piece.kind is Kind.PARAGRAPH:
            last = _SENTENCES.split(piece.text)[-1]
            promised = piece.text.endswith(":")
            told = _ANNOUNCED.search(last) or _LEAVES_OUT.search(last) or (headed and _COVERED.search(last))
            listing = promised and bool(told) and not _PLACES.search(last)
            announced, negated = listing, listing and bool(_NEGATED.search(last))
            yield from _in_sentences(piece, headed=headed)
        elif piece.kind is Kind.ITEM and listing and (items or negated):
            yield _in_item(piece, pieces[at + 1 :], excluded=negated)
    for grid in grids(pieces):
        yield from _in_table(grid, headed=headed, pieces=pieces)


def _in_item(piece: Piece, below: Sequence[Piece], *, excluded: bool) -> ServiceFound:
    text, mark = without_marks(piece.text)
    name, beside = split_service(text)
    beside, note = _noted(beside, mark, below)
    return ServiceFound(name, text, beside, piece.first_line, piece.last_line, excluded, note)


def _noted(beside: Beside, mark: str, below: Sequence[Piece]) -> tuple[Beside, Piece | None]:
    """What stands beside a name together with what its mark leads to, and where that stands."""
    said, note = legend(mark, below) or (Beside(), None)
    return beside.and_(said), note


def _in_table(grid: Grid, *, headed: bool, pieces: Sequence[Piece]) -> Iterator[ServiceFound]:
    column = grid.column(_SERVICE_COLUMN)
    others = [i for i, title in enumerate(grid.titles) if i != column and _IN_SCOPE_COLUMN.search(title)]
    above = [p for p in pieces if p.kind is Kind.PARAGRAPH and p.first_line < grid.heading.first_line]
    told = bool(above) and bool(_ANNOUNCED.search(above[-1].text))
    if column is None or not (headed or others or told):
        return
    for row in grid.rows:
        if column >= len(row.cells) or not row.cells[column]:
            continue
        written, mark = without_marks(row.cells[column])
        name, beside = split_service(written)
        beside, note = _noted(beside, mark, pieces)
        said = row.cells[others[0]] if others and others[0] < len(row.cells) else ""
        if _NO.match(said) and not dates_in(said):
            yield ServiceFound(name, written, beside, row.first_line, row.last_line, excluded=True)
            continue
        rest = _YES.sub("", said, count=1).strip(" ,;–-")
        more = read_beside(rest) if rest else Beside()
        beside = beside.and_(more or Beside())
        yield ServiceFound(name, written, beside, row.first_line, row.last_line, note=note)


def _in_sentences(piece: Piece, *, headed: bool) -> Iterator[ServiceFound]:
    for sentence in _SENTENCES.split(piece.text):
        kept = _split_exception(sentence)[0]
        found = _SENTENCE_LIST.search(kept) or (_CONSISTS.search(kept) if headed else None)
        if found is None or _NEGATED.search(kept) or _PLACES.search(found["list"]):
            continue
        for text in names_in(found["list"]):
            name, beside = split_service(text)
            if _GENERIC.match(name):
                continue
            yield ServiceFound(name, text, beside, piece.first_line, piece.last_line)


def _left_out(pieces: Sequence[Piece], *, outright: bool) -> Iterator[ServiceFound]:
    """The services that sentences leave out; `outright` asks that the sentence itself speaks of services."""
    for piece in pieces:
        if piece.kind is not Kind.PARAGRAPH:
            continue
        for sentence in _SENTENCES.split(piece.text):
            if outright and not (_OUTRIGHT.search(sentence) or _FOLLOWING_OUT.search(sentence)):
                continue
            for text in _excluded_names(sentence):
                yield ServiceFound(text, text, Beside(), piece.first_line, piece.last_line, excluded=True)


def _split_exception(sentence: str) -> tuple[str, str]:
    """A sentence without the exception at its end, and the exception; what stands in brackets is neither."""
    for found in _EXCEPTION.finditer(sentence):
        head = sentence[: found.start()]
        if head.count("(") == head.count(")"):
            return head, sentence[found.end() :].strip(" .")
    return sentence, ""


def _excluded_names(sentence: str) -> Iterator[str]:
    kept, exception = _split_exception(sentence)
    if exception and _SENTENCE_LIST.search(kept) and not _PLACES.search(exception):
        yield from (_ARTICLE.sub("", name) for name in names_in(exception))
        return
    if sentence.endswith(":"):
        return
    listed = _OUT_LIST.search(sentence)
    if listed and not _PLACES.search(listed["list"]):
        listed_names = (_ARTICLE.sub("", name) for name in names_in(listed["list"]))
        yield from (name for name in listed_names if not _GENERIC.match(name))
        return
    found = _OUT.match(sentence)
    if found is None or _NO_NAMES.match(found["names"]) or _PLACES.search(found["names"]):
        return
    names = [found["names"]] if found["verb"] in ("is", "was") else list(names_in(found["names"]))
    for name in names:
        plain = re.sub(r"^[Tt]he (?=[A-Za-z])", "", name.split(", a ")[0].split(", an ")[0]).strip()
        yield re.sub(r"(?<=\w) service$", "", plain)


def names_in(text: str) -> Iterator[str]:
    """The names of a list in a sentence: parted by commas, the last by `and`; what explains a name is left out."""
    dated = _DATED_AND.search(text)
    last = f"{dated['what']} ({dated['when']})" if dated else None
    plain = (text[: dated.start()] if dated else text).strip(" .:;")
    parts = re.split(r",\s+(?![^()]*\))", plain)
    oxford = len(parts) > 1 and bool(re.match(r"and\s", parts[-1]))
    names = [re.sub(r"^and\s+", "", part).strip() for part in parts]
    names = [n for n in names[:1] + [n for n in names[1:] if not re.match(r"^(?:an?|which|who|that)\s", n)] if n]
    if not oxford and names and last is None:
        before, found, after = names[-1].rpartition(" and ")
        names[-1:] = [before, after] if found and before else names[-1:]
    yield from (re.sub(r"^(?:the|a|an) (?=[a-z])", "", name) for name in (*names, *([last] if last else [])))
