"""Titles of sections whole and apart: those that wrap over lines, and those right above the text of their section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.identifiers import fold
from loaders.layout.contents import contents_entries
from loaders.layout.table_columns import segments
from loaders.layout.text import clean, reads_as_title
from loaders.soc.sections import Part, bare_part_of, below_mark, part_of

Line = tuple[int, str]

_MOST_LINES = 3
_LONGEST = 110
_SHARE = 0.75
_FEWEST_LETTERS = 4
_OPEN = re.compile(r"(?:[,&–—-]|['’]s|s['’]|\b(?:and|or|of|the|for|on|in|its|our|to|by|regarding))$", re.IGNORECASE)
_ENDS = {
    Part.AUDITOR: re.compile(r"\b(?:report|opinion)$", re.IGNORECASE),
    Part.ASSERTION: re.compile(r"\b(?:management|assertion)$", re.IGNORECASE),
    Part.DESCRIPTION: re.compile(
        r"\b(?:systems?|platform|services?|applications?|solutions?|suite|environment|network|portal)$", re.IGNORECASE
    ),
}
_MARKED = re.compile(r"(?:section|part|attachment|appendix|exhibit|annex)\b", re.IGNORECASE)
_PAGE = re.compile(r"(?:\s*\.{3,}\s*|\s+)\d{1,4}\s*$")


def with_titles_apart(lines: Sequence[Line], written: Sequence[str]) -> list[Line]:
    """The lines with each title of a section on one line, that of its beginning, and a blank line below it.

    `written` are the lines of the whole report, whose table of contents says where a title ends. What it does not
    name ends where its words do: a word that asks for more, a small letter or capitals throughout go on.
    """
    sizes = _titles(lines, written)
    found: list[Line] = []
    for at, (number, text) in enumerate(lines):
        size = sizes.get(at, 0)
        title = " ".join(line.strip() for _, line in lines[at : at + size])
        within = any(sizes.get(at - before, 0) > before for before in range(1, _MOST_LINES))
        found.append((number, text[: len(text) - len(text.lstrip())] + title if size else "" if within else text))
        found.extend([(number, "")] * _ends(sizes, at))
    return found


def with_gaps_below_titles(lines: Sequence[Line], written: Sequence[str]) -> list[Line]:
    """The lines as they are, with a blank line below each title of a section."""
    sizes = _titles(lines, written)
    return [one for at, line in enumerate(lines) for one in (line, *[(line[0], "")] * _ends(sizes, at))]


def _titles(lines: Sequence[Line], written: Sequence[str]) -> dict[int, int]:
    """Where the titles begin that wrap or have their text right below, and how many lines each takes."""
    named, usual = _named(written), _usual_width(lines)
    tops = (at for at in range(len(lines)) if at == 0 or not lines[at - 1][1].strip())
    return {at: size for at in tops if (size := _size(lines, at, named, usual))}


def _ends(sizes: dict[int, int], at: int) -> bool:
    """Whether a title ends in the line at an index."""
    return any(sizes.get(at - size + 1) == size for size in range(1, _MOST_LINES + 1))


def _named(written: Sequence[str]) -> frozenset[str]:
    """The titles of the table of contents, folded."""
    entries = (written[at] for at in sorted(contents_entries(written)))
    return frozenset(fold(clean(_PAGE.sub("", entry))) for entry in entries)


def _usual_width(lines: Sequence[Line]) -> int:
    """The width that three of four lines of the text keep to."""
    widths = sorted(len(text.strip()) for _, text in lines if text.strip())
    return widths[3 * len(widths) // 4] if widths else 0


def _size(lines: Sequence[Line], at: int, named: frozenset[str], usual: int) -> int:
    """How many lines the title takes that begins there; 0 where none does, or where it stands apart as it is."""
    block = list(_block(lines, at))
    if len(block) < 2 or len(block[0]) > _LONGEST or "\t" in block[0] or "|" in block[0]:
        return 0
    if below_mark(block[0]) is None and len(segments(block[1])) > 1:  # Titles of columns go on below.
        return 0
    for size in range(min(_MOST_LINES, len(block)), 0, -1):
        if fold(clean(" ".join(block[:size]))) in named and _part(" ".join(block[:size])):
            return size
    width = max(usual, *map(len, block))
    return _size_by_words(block, width) or _size_of_another(block, width)


def _size_by_words(block: Sequence[str], width: int) -> int:
    """How many lines a title takes by its words, among lines between blank lines."""
    size = 1
    while size < min(_MOST_LINES, len(block)) and _goes_on(block, size):
        size += 1
    title = " ".join(block[:size])
    if _part(title) is None or _OPEN.search(title) or block[size - 1].endswith((".", ";", ":", ",")):
        return 0
    below = block[size] if size < len(block) else ""
    if below_mark(title) is None and max(map(len, block[:size])) > _SHARE * width:
        return 0
    return 0 if below[:1].islower() else size


def _size_of_another(block: Sequence[str], width: int) -> int:
    """How many lines a title takes that has a mark and names no part: its lines are short and begin each word so."""
    if not _MARKED.match(block[0]) or not _may_begin(block[0]) or _part(block[0]) or not below_mark(block[0]):
        return 0
    short = [reads_as_title(line) and len(line) <= _SHARE * width and line[-1] not in ".;:," for line in block[:2]]
    return short.index(False) if False in short else len(short)


def _goes_on(block: Sequence[str], size: int) -> bool:
    """Whether a title of so many lines goes on in the next one."""
    title, below = " ".join(block[:size]), block[size]
    if len(below) > _LONGEST or _may_begin(below):
        return False
    known = _part(title)
    if known is None and not _begins(block, size):
        return False
    if _OPEN.search(title) or below[:1].islower() or (_is_upper(title) and _is_upper(below)):
        return True
    end = _ENDS.get(known or _part(f"{title} {below}") or Part.TITLE)
    if end is None or not end.search(below):
        return False
    return not end.search(title) or len(below.split()) == 1


def _begins(block: Sequence[str], size: int) -> bool:
    """Whether a title of so many lines that names no part yet may name one with the words of the next ones."""
    title = " ".join(block[:size])
    longer = (" ".join(block[:more]) for more in range(size + 1, _MOST_LINES + 1))
    return _may_begin(title) or bool(_OPEN.search(title) and any(map(_part, longer)))


def _may_begin(line: str) -> bool:
    """Whether a line has the mark of a title, with a capital letter behind it or nothing."""
    rest = below_mark(line)
    return rest is not None and not rest[:1].islower()


def _is_upper(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


def _part(title: str) -> Part | None:
    """The part that a title names: a marked one by its words, another one where it says nothing else."""
    if below_mark(title) is None:
        return bare_part_of(title)
    return part_of(title) if _may_begin(title) else None


def _block(lines: Sequence[Line], at: int) -> Iterator[str]:
    """The text of the lines from there to the next blank one."""
    for _, text in lines[at:]:
        if not text.strip():
            return
        yield text.strip()
