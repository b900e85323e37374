"""The sections of a report of a service auditor: title page, assertion, auditor's report, description, tests, other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from loaders.layout.layout import Kind, Piece
from loaders.layout.text import is_abbreviated
from loaders.soc.dated_lines import dated

_TITLE_LENGTH = 220
_FEWEST_MARKED = 2

_MARK = re.compile(
    r"^(?:(?:SECTION|Section|PART|Part|ATTACHMENT|Attachment)\s+"
    r"(?:[IVX]+|\d{1,2}|[A-Z]|One|Two|Three|Four|Five|Six|ONE|TWO|THREE|FOUR|FIVE|SIX)\b"
    r"|(?P<annex>APPENDIX|Appendix|EXHIBIT|Exhibit|ANNEX|Annex)\b(?:\s+(?:[IVX]+|\d{1,2}|[A-Z])\b)?"
    r"|(?P<roman>I{1,3}|IV|VI{0,3}|IX|X)(?=\s*[.:)–—]))[.:)|\s–—-]*"
)
_NUMBERED = re.compile(r"^(?:\d{1,2}|[A-Z])[.):]?\s+(?=[A-Z])")
_OPEN = re.compile(r"(?:[,&–-]|\b(?:and|of|the|for|on|in|its|to))$", re.IGNORECASE)
_GO_ON = re.compile(r"\s*\((?:continued|cont[’'.]*d?\.?)\)\s*$|\s*[–—-]\s*continued\s*$", re.IGNORECASE)


class Part(Enum):
    """What a section of a report is."""

    TITLE = "title page"
    ASSERTION = "management's assertion"
    AUDITOR = "auditor's report"
    DESCRIPTION = "description of the system"
    TESTS = "controls and tests"
    OTHER = "other information"


_ANSWERS = (
    r"(?:statement|response|comment|repl(?:y|ie))s? (?:of|by|from) (?:the )?management (?:on|to|regarding)"
    r" (?:the )?(?:deviation|exception|finding)s?\b"
)
# The order decides where a title has the words of two: a title of tests names the description's objectives too.
_TITLES = (
    (
        Part.OTHER,
        re.compile(rf"\bother information\b|\bunaudited\b|\bnot (?:covered|examined) by\b|^{_ANSWERS}", re.IGNORECASE),
    ),
    (
        Part.AUDITOR,
        re.compile(
            r"\bindependent\b.{0,40}\b(?:report|opinion)\b|\breport of (?:the )?independent\b"
            r"|\b(?:service )?(?:auditor|accountant|practitioner)s?['’]?s?['’]? (?:assurance |examination"
            r" )?(?:report|opinion)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Part.ASSERTION,
        re.compile(
            r"\bassertions?\b|^(?:statement|representation)s? (?:of|by|from)\b|\b(?:statement|representation)s?"
            r" (?:of|by|from) .*management\b"
            r"|\bmanagement['’]?s?['’]? (?:statement|representation)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Part.TESTS,
        re.compile(
            r"\btests? of (?:operating effectiveness|controls?)\b|\b(?:results? of|tests and results|control tests?"
            r"|testing matri)"
            r"|\b(?:control )?(?:objectives?|criteria)\b.*\bcontrols\b|\bcontrols\b.*\b(?:criteria|objectives|tests?)\b"
            r"|\bdescription of criteria\b|\btesting (?:of|matrix|performed)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Part.DESCRIPTION,
        re.compile(r"\bdescription\b|\bsystem overview\b|\bboundar(?:y|ies) of\b", re.IGNORECASE),
    ),
)  # fmt: skip
_BARE = {
    Part.AUDITOR: re.compile(
        r"^(?:independent service auditors?['’]?s?['’]? (?:assurance |examination )?(?:report|opinion)"
        r"|independent (?:accountant|practitioner|auditor)s?['’]?s?['’]? (?:assurance |examination )?(?:report|opinion)"
        r"|(?:(?:limited |reasonable )?assurance |examination |attestation )?"
        r"report of (?:the )?independent (?:service )?(?:auditor|accountant|practitioner|certified public"
        r" accountant)s?)\b",
        re.IGNORECASE,
    ),
    Part.ASSERTION: re.compile(
        r"^(?:management['’]?s?['’]? assertion|assertion (?:of|by)\b|management assertion\b"
        r"|(?:[A-Z][\w.,&-]* ){1,6}management['’]?s?['’]? assertion)|^.{3,60}['’]s? (?:management )?assertion$"
        r"|^(?:[A-Z][\w.,&-]* ){0,6}management['’]?s?['’]? (?:report|statement) (?:of|on) (?:its |their )?"
        r"assertions?\b"
        r"|^(?:statement|representation) (?:of|by) .{0,60}management"
        r"|^statement (?:of|by) the (?:(?:executive|management) board|board of (?:directors|management)|directors)"
        r"(?: of [A-Z].{2,60})?$",
        re.IGNORECASE,
    ),
    Part.DESCRIPTION: re.compile(
        r"^(?:(?:management['’]?s?['’]? )?description (?:(?:by|from) [A-Z].{1,60}? )?of (?:the |its )?.{2,90}"
        r"|(?:system description|description of the system)\b.{0,80}"
        r"|(?:the )?(?:scope and )?(?:system )?boundaries of (?:the |its |[A-Z]).{2,90}"
        r"|.{3,60}['’]s? (?:accompanying )?description of .{2,90})$",
        re.IGNORECASE,
    ),
    Part.TESTS: re.compile(
        r"^(?:.*\btests? of (?:controls|operating effectiveness)\b.*|.*\btests? and results\b.*|.*\bresults of"
        r" tests\b.*"
        r"|(?:trust services )?(?:categor\w+, )?criteria,? (?:and )?related controls.*)$",
        re.IGNORECASE,
    ),
    Part.OTHER: re.compile(
        r"^other information (?:provided|that is|not|by)\b|^other information$|^(?:unaudited )?information provided"
        r" by\b",
        re.IGNORECASE,
    ),
}  # fmt: skip
_ANSWERING = re.compile(_ANSWERS, re.IGNORECASE)
_CHAPTER = re.compile(r"(?P<number>\d{1,2})[.):]?\s+[A-Z]")
_OF_CHAPTER = re.compile(r"(?P<number>\d{1,2})(?:\.\d{1,2})+\.?\s+[A-Z]")
_ABOUT_TESTS = re.compile(r"\btests of controls\b", re.IGNORECASE)
_WORDS = re.compile(r"\b(?:glossary|definitions?|acronyms|abbreviations|terms)\b", re.IGNORECASE)
_TABLE_OF_CONTENTS = re.compile(r"^(?:table of )?contents$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its title, the lines from its title to its end, and its pieces below the title."""

    part: Part
    title: str
    first_line: int
    last_line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Start:
    index: int
    after: int
    part: Part | None
    title: str
    marked: bool


def read_sections(pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """The sections of a report in their order; what stands before the first is the title page.

    Where titles carry marks such as `SECTION III` or `IV.`, those alone begin sections; else titles that say nothing
    else do. Without any of them all is description. A title with nothing below it is an entry of a table of contents;
    one that comes again goes on.
    """
    starts = [s for s in _starts(pieces) if s.part is not None]
    marked = [s for s in starts if s.marked]
    begins = marked if len({s.part for s in marked}) >= _FEWEST_MARKED else starts
    begins = [s for s in begins if not _is_entry(pieces, s, begins)]
    begins = [s for s in begins if not _is_of_auditor(pieces, s, begins) and not _is_of_chapter(s, begins)]
    begins = [*begins, *_unnamed(pieces, begins)]
    whole = Part.TITLE if begins else Part.DESCRIPTION
    found = [_section(pieces, whole, "", 0, 0, begins[0].index if begins else len(pieces))]
    for start, following in zip(begins, [*begins[1:], None], strict=False):
        assert start.part is not None
        end = following.index if following else len(pieces)
        found.append(_section(pieces, start.part, start.title, start.index, start.after, end))
    return tuple(_merged([section for section in found if section.first_line]))


def pieces_of(sections: Sequence[Section], *parts: Part) -> tuple[Piece, ...]:
    """The pieces of those parts, in the order of the document."""
    return tuple(piece for section in sections if section.part in parts for piece in section.pieces)


def part_of(title: str) -> Part | None:
    """The part that a title names, with or without its mark; annexes are other information."""
    mark = _MARK.match(title)
    text = title[mark.end() :] if mark else title
    return _part(text) or (Part.OTHER if mark and mark["annex"] else None)


def is_marked(text: str) -> bool:
    """Whether a line begins as the marked title of a section: `SECTION III – Description`."""
    mark = _MARK.match(text)
    return bool(mark and not mark["roman"] and not mark["annex"] and _part(text[mark.end() :]))


def bare_part_of(title: str) -> Part | None:
    """The part that a title without a mark names, which says nothing else.

    Answers to deviations are a part of the report where their title is numbered as such.
    """
    text = _NUMBERED.sub("", title)
    return Part.OTHER if text != title and _ANSWERING.match(text) else _bare_part(text)


def is_below_letter(title: str, part: Part | None, chapter: str) -> bool:
    """Whether a title is numbered as within the auditor's report or the assertion: `1.3` in the chapter `1`."""
    own, above = _OF_CHAPTER.match(title), _CHAPTER.match(chapter)
    return part in (Part.AUDITOR, Part.ASSERTION) and bool(own and above and own["number"] == above["number"])


def below_mark(title: str) -> str | None:
    """What follows the mark of a title, such as `SECTION III –`; None where it has none."""
    mark = _MARK.match(title)
    return title[mark.end() :] if mark else None


def is_title(piece: Piece) -> bool:
    """Whether a piece may be the title of a section or of a part of one."""
    if piece.kind is Kind.HEADING:
        return True
    short = len(piece.text) <= _TITLE_LENGTH and piece.first_line >= piece.last_line - 2
    text = piece.text.rstrip()
    ended = text[-1:] in ".;:," and not is_abbreviated(text)
    return piece.kind in (Kind.LINE, Kind.PARAGRAPH) and short and not ended


def _starts(pieces: Sequence[Piece]) -> list[_Start]:
    found: list[_Start] = []
    skipped = -1
    for index, piece in enumerate(pieces):
        if index <= skipped or not is_title(piece):
            continue
        mark = _MARK.match(piece.text)
        text = _GO_ON.sub("", piece.text[mark.end() :] if mark else piece.text).strip()
        after = index + 1
        while mark and after < len(pieces) and is_title(pieces[after]) and after <= index + 2 and not _part(text):
            if _MARK.match(pieces[after].text) or not _is_open(text, pieces[after].text):
                break
            text, after = f"{text} {pieces[after].text}".strip(), after + 1
        before = found[-1].part if found else None
        part = _marked_part(text, mark, before) if mark else bare_part_of(text)
        if part is not None:
            skipped = after - 1
            found.append(_Start(index, after, part, text, bool(mark)))
    return found


def _is_open(text: str, following: str) -> bool:
    """Whether a title goes on in the next line."""
    return not text or bool(_OPEN.search(text)) or following[:1].islower()


def _marked_part(text: str, mark: re.Match[str], before: Part | None) -> Part | None:
    """The part that a marked title names; one with other words belongs to the description, or to what is annexed."""
    part = _part(text)
    if part or mark["roman"] or not text:
        return part
    if mark["annex"] or _WORDS.search(text):
        return Part.OTHER
    return None if before in (Part.TESTS, Part.OTHER) else Part.DESCRIPTION


def _part(text: str) -> Part | None:
    return next((part for part, pattern in _TITLES if pattern.search(text)), None) if text else None


def _bare_part(text: str) -> Part | None:
    return next((part for part, pattern in _BARE.items() if pattern.search(text)), None)


def _is_entry(pieces: Sequence[Piece], start: _Start, starts: Sequence[_Start]) -> bool:
    """Whether a title stands in a list of titles: nothing but other titles follows to the next one."""
    following = next((s for s in starts if s.index > start.index), None)
    if following is None or following.part is start.part:
        return False
    between = pieces[start.after : following.index]
    return all(is_title(piece) or _TABLE_OF_CONTENTS.match(piece.text) for piece in between)


def _is_of_auditor(pieces: Sequence[Piece], start: _Start, starts: Sequence[_Start]) -> bool:
    """Whether a title about tests stands within the auditor's report: the day of the signature comes only below it."""
    at = starts.index(start)
    if start.marked or at == 0 or starts[at - 1].part is not Part.AUDITOR or not _ABOUT_TESTS.search(start.title):
        return False
    end = starts[at + 1].index if at + 1 < len(starts) else len(pieces)
    above, below = pieces[starts[at - 1].after : start.index], pieces[start.after : end]
    return not any(dated(piece.text) for piece in above) and any(dated(piece.text) for piece in below)


def _is_of_chapter(start: _Start, starts: Sequence[_Start]) -> bool:
    """Whether a title is numbered as a part of the letter in which it stands."""
    above = starts[: starts.index(start)]
    chapter = next((one for one in reversed(above) if _CHAPTER.match(one.title)), None)
    return chapter is not None and is_below_letter(start.title, chapter.part, chapter.title)


def _unnamed(pieces: Sequence[Piece], starts: Sequence[_Start]) -> list[_Start]:
    """The chapter behind the assertion and the auditor's report, numbered as they are, where none is the description.

    Its title may name anything; chapters further behind belong to it.
    """
    chapters = [(int(found["number"]), one) for one in starts if (found := _CHAPTER.match(one.title))]
    if {one.part for one in starts} != {Part.ASSERTION, Part.AUDITOR} or len(chapters) != len(starts):
        return []
    if [number for number, _ in chapters] != [*range(chapters[0][0], chapters[0][0] + len(chapters))]:
        return []
    last, start = chapters[-1]
    for index in range(start.after, len(pieces)):
        found = _CHAPTER.match(pieces[index].text)
        if pieces[index].kind is Kind.HEADING and found and int(found["number"]) == last + 1:
            return [_Start(index, index + 1, Part.DESCRIPTION, pieces[index].text, False)]
    return []


def _section(pieces: Sequence[Piece], part: Part, title: str, first: int, after: int, end: int) -> Section:
    if first == end:
        return Section(part, title, 0, 0, ())
    return Section(part, title, pieces[first].first_line, pieces[end - 1].last_line, tuple(pieces[after:end]))


def _heading(section: Section) -> Piece:
    """The title of a section as a heading of the one that it goes on with."""
    return Piece(Kind.HEADING, section.title, section.first_line, section.first_line, section.title)


def _merged(sections: Sequence[Section]) -> list[Section]:
    """Sections of one part that follow each other are one: the title is repeated at the top of pages."""
    merged: list[Section] = []
    for section in sections:
        if merged and merged[-1].part is section.part:
            again = section.title == merged[-1].title or not section.title
            heading = () if again else (_heading(section),)
            both = (*merged[-1].pieces, *heading, *section.pieces)
            merged[-1] = replace(merged[-1], last_line=section.last_line, pieces=both)
        else:
            merged.append(section)
    return merged
