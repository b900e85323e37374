"""The layout of a compliance quick reference: its headings, footnotes, table of objectives and revision history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.inputs.documents import Document
from loaders.pages.prose import Numbered, Passage, closed, has_bullet, passage

_ADDRESS = re.compile(r"https?://\S+")
_ADDRESSES = re.compile(r"https?://\S+(?:\s+https?://\S+)*")
_MARKUP = re.compile(r"^#{1,6}\s+|^\*\*(?=\S)|\*\*$|^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-Z])")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SHORT_MONTHS = "|".join(f"{month[:3]}(?:{month[3:]})?\\.?" if month[3:] else month for month in _MONTHS)
_DATE = (
    rf"(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{_SHORT_MONTHS})\s+(?:(?P<of>\d{{1,2}}),\s+)?(?P<year>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}(?:-\d{2})?)"
)
_VERSION = r"(?:(?:[Vv]ersion\s+|[Rr]evision\s+|[Vv]\.?\s?)?\d+(?:\.\d+)*\s*(?:[|–—:-]\s*|\t|\s{1,3}))?"
_REVISION = re.compile(rf"^(?:[•|*]\s*)?{_VERSION}(?:{_DATE})\b\s*(?:[|–—:-]\s*)?(?P<text>.*?)\s*\|?$")
_ISSUED = re.compile(
    r"^(?:(?:[Pp]ublished|[Ll]ast (?:updated|revised)|[Ii]ssued|[Dd]ate|[Vv]ersion of|[Ee]dition(?: of)?|[Rr]evised)"
    rf"(?: on)?:?\s+)?(?:{_DATE})\.?$"
)
_HISTORY = re.compile(
    r"^(?:Document )?(?:Revisions?|Revision History|Change History|Version History|Document History|Change Log)$|"
    r"\b(?:Revisions?|Revision History|Change History|Version History)$"
)
_TABLE = re.compile(r"^Objective\b.*\bDescription$")
_DESCRIPTION = re.compile(r"\bControls? (?:provides?|are|is|ensures?)\b")
_HEADING_WIDTH, _PROSE_WIDTH, _HEADING_LINES = 42, 45, 3
_FEWEST_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Footnote:
    """An address at the foot of a page, where addresses stand alone on their lines."""

    line: int
    last_line: int
    url: str
    page: int


@dataclass(slots=True)
class Section:
    """A heading with the lines below it; a heading may be split over several lines."""

    title: str
    first_line: int
    last_line: int
    page: int
    body: list[Numbered] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    @property
    def text(self) -> Passage:
        """The prose below the heading."""
        return passage(self.body)


@dataclass(frozen=True, slots=True)
class Revision:
    """One row of the revision history; the date at the precision that is stated."""

    date: str
    written: str
    description: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One row of a table of control objectives."""

    title: str
    statement: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A quick reference, taken apart; `history` is the heading over its revisions, where it has one."""

    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    revisions: tuple[Revision, ...]
    pages: tuple[int, ...]
    history: tuple[str, ...] = ()

    def page_of(self, line: int) -> int:
        """The number of the page on which a line stands."""
        return self.pages[line - 1]


def take_apart(document: Document) -> Reference:
    """The sections, footnotes and revisions of a document."""
    lines = document.lines
    history = _history(lines)
    feet = _feet(lines)
    pages = tuple(_pages(lines, feet))
    footnotes = tuple(_footnotes(lines, feet, pages))
    sections: list[Section] = []
    heads = {first: last for first, last in _headings(lines) if first < history}
    skip = -1
    for index, line in enumerate(lines[:history]):
        if index in heads:
            skip = heads[index]
            title = _MARKUP.sub("", " ".join(text.strip() for text in lines[index : skip + 1]))
            sections.append(Section(title, index + 1, skip + 1, pages[index]))
        if sections and index > skip and index not in feet:
            sections[-1].body.append((index + 1, line))
            if line.strip():
                sections[-1].pages.add(pages[index])
        if sections:
            sections[-1].pages.add(sections[-1].page)
    above = tuple(_MARKUP.sub("", line.strip()) for line in lines[history : history + 1])
    return Reference(tuple(sections), footnotes, tuple(_revisions(lines, history)), pages, above)


def objectives(section: Section) -> tuple[ObjectiveRow, ...]:
    """The rows of the table of control objectives in a section; a title may stand in a block of its own.

    The heading of the table comes again after a page break.
    """
    blocks = _blocks(section.body)
    start = next((n for n, block in enumerate(blocks) if _TABLE.match(_joined(block))), len(blocks))
    rows: list[ObjectiveRow] = []
    title: list[Numbered] = []
    for block in blocks[start:]:
        text = passage(block).text
        cut = _DESCRIPTION.search(text)
        if _TABLE.match(text):
            continue
        if rows and not title and not closed(rows[-1].statement) and not text[0].isupper():
            rows[-1] = replace(rows[-1], statement=f"{rows[-1].statement} {text}", last_line=block[-1][0])
            continue
        if cut is None and all(len(line.strip()) < _HEADING_WIDTH for _, line in block):
            title = block
        elif cut and bool(cut.start()) != bool(title) and cut.start() < _PROSE_WIDTH:
            whole = [*title, *block]
            name = _joined(title) if title else text[: cut.start()].strip()
            rows.append(ObjectiveRow(name.strip(" |\t"), text[cut.start() :].rstrip(" |"), whole[0][0], whole[-1][0]))
            title = []
        else:
            break
    return tuple(rows)


def _feet(lines: Sequence[str]) -> set[int]:
    """The indices of lines at the foot of a page: addresses alone, that go on with no sentence of the line above."""
    feet: set[int] = set()
    for index, line in enumerate(lines):
        above = lines[index - 1].strip() if index else ""
        apart = not above or (closed(above) and not above.endswith(":")) or index - 1 in feet
        rest = index - 1 in feet and above.endswith("-") and len(line.split()) == 1
        if rest or (apart and _ADDRESSES.fullmatch(line.strip()) and not closed(line)):
            feet.add(index)
    return feet


def _footnotes(lines: Sequence[str], feet: set[int], pages: Sequence[int]) -> Iterator[Footnote]:
    for index in sorted(feet):
        words = lines[index].split()
        below = lines[index + 1].split() if index + 1 in feet else []
        cut = words[-1].endswith("-") and len(below) == 1 and not _ADDRESS.match(below[0])
        for word in words if _ADDRESS.match(words[0]) else ():
            rest = below[0] if cut and word is words[-1] else ""
            yield Footnote(index + 1, index + 1 + bool(rest), word + rest, pages[index])


def _pages(lines: Sequence[str], feet: set[int]) -> Iterator[int]:
    """The number of each line's page; one begins behind addresses, with a line that is set in, else at a form feed.

    Where the text sets in the first lines of its pages, form feeds are those of a print.
    """
    tops = _set_in(lines)
    page, foot = 0, False
    for index, line in enumerate(lines):
        if line.strip():
            page += (line[0] == "\f" and not tops) or (foot and index not in feet) or index in tops
            foot = index in feet
        yield page


def _set_in(lines: Sequence[str]) -> set[int]:
    """The indices of lines that are set in by a space, as the tops of pages are.

    Where many lines are, this is the margin and says nothing; nor does a space that a full line above left over,
    unless what is set in heads what stands below.
    """
    lines = [line.lstrip("\f") for line in lines]
    written = [index for index, line in enumerate(lines) if line.strip()]
    width = max((len(lines[i].rstrip()) for i in written if not _ADDRESS.search(lines[i])), default=0)
    found = set[int]()
    for index in written:
        above = lines[index - 1].rstrip() if index else ""
        over = above and len(above) + 1 + len(lines[index].split()[0]) > width and not _ADDRESSES.fullmatch(above)
        if lines[index][0] == " " and (not over or _heads(lines, index)):
            found.add(index)
    return found if 4 * len(found) <= len(written) else set()


def _heads(lines: Sequence[str], index: int) -> bool:
    """Whether a short line stands over prose that comes back to one of its names."""
    below = lines[index + 1 : index + 4]
    if not (closed(lines[index - 1]) and _is_short(lines[index]) and below and _is_prose(below[0])):
        return False
    names = (word for word in re.findall(r"[\w-]+", lines[index]) if not word.islower())
    return any(re.search(rf"\b{re.escape(name)}\b", " ".join(below)) for name in names)


def _headings(lines: Sequence[str]) -> Sequence[tuple[int, int]]:
    """The index of the first and the last line of each heading; they stand right above their prose, or all apart."""
    close = list(_headings_above(lines, apart=False))
    return close if len(close) >= _FEWEST_HEADINGS else list(_headings_above(lines, apart=True))


def _headings_above(lines: Sequence[str], *, apart: bool) -> Iterator[tuple[int, int]]:
    tops = _set_in(lines)
    for index, line in enumerate(lines):
        before = lines[index - 1].strip() if index else ""
        starts = not before or _ADDRESSES.fullmatch(before) or line[:1] == "\f" or index in tops
        if not starts or not _is_short(line):
            continue
        size = 1
        while size < _HEADING_LINES and index + size < len(lines) and _is_short(lines[index + size]):
            size += 1
        below = index + size
        while apart and below < len(lines) and not lines[below].strip():
            below += 1
        if below < len(lines) and _is_prose(lines[below]):
            yield index, index + size - 1


def _is_short(line: str) -> bool:
    text = _MARKUP.sub("", line.strip())
    plain = bool(text) and len(text) <= _HEADING_WIDTH and text[-1] not in ".:;,?!"
    return plain and (text[0].isupper() or text[0].isdigit()) and not _ADDRESS.match(text) and not _REVISION.match(text)


def _is_prose(line: str) -> bool:
    text = line.strip()
    whole = (len(text) >= _PROSE_WIDTH or text.endswith(".")) and not text[0].islower()
    return whole and not has_bullet(text) and not _ADDRESS.match(text)


def _history(lines: Sequence[str]) -> int:
    """The index at which the revision history begins; the number of lines where there is none."""
    for index in range(len(lines) - 1, -1, -1):
        if _HISTORY.search(lines[index].strip()) and len(lines[index].strip()) <= _HEADING_WIDTH:
            return index
    return len(lines)


def issued(document: Document, sections: Sequence[Section]) -> Revision | None:
    """The date that stands alone on a line above the first heading."""
    last = sections[0].first_line if sections else len(document.lines) + 1
    for number, line in enumerate(document.lines[: last - 1], 1):
        match = _ISSUED.match(line.strip())
        if match:
            return Revision(_iso(match), line.strip(), "", number, number)
    return None


def _revisions(lines: Sequence[str], start: int) -> Iterator[Revision]:
    found: list[tuple[re.Match[str], list[Numbered]]] = []
    for index in range(start, len(lines)):
        text = lines[index].strip()
        match = _REVISION.match(text)
        if match:
            found.append((match, [(index + 1, match["text"])]))
        elif found and text and index == found[-1][1][-1][0]:
            found[-1][1].append((index + 1, text))
    for match, rows in found:
        begin = match.start("iso") if match["iso"] else match.start("day") if match["day"] else match.start("month")
        written = match.string[begin : match.end("iso") if match["iso"] else match.end("year")]
        yield Revision(_iso(match), written, passage(rows).text, rows[0][0], rows[-1][0])


def _iso(match: re.Match[str]) -> str:
    """The date, at the precision that is stated."""
    if match["iso"]:
        return match["iso"]
    month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    day = match["day"] or match["of"]
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")


def _blocks(lines: Sequence[Numbered]) -> list[list[Numbered]]:
    blocks: list[list[Numbered]] = [[]]
    for number, line in lines:
        if line.strip() and (not _TABLE.match(line.strip()) or not blocks[-1]):
            blocks[-1].append((number, line))
        elif line.strip():
            blocks.append([(number, line)])
        else:
            blocks.append([])
    return [block for block in blocks if block]


def _joined(block: Sequence[Numbered]) -> str:
    return " ".join(line.strip() for _, line in block)
