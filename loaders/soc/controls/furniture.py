"""Page furniture: running heads and feet, page numbers, letterheads among the lines of a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.layout.pages import page_tops
from loaders.layout.text import has_bullet
from loaders.soc.column_titles import are_titles, end_with_controls
from loaders.soc.controls.heading_words import are_of_headings
from loaders.soc.controls.labels import Role, column_role, label_in
from loaders.soc.controls.numbers import criterion_in, number_in, objective_in
from loaders.soc.controls.page_numbers import PAGE, PageNumbers
from loaders.soc.controls.running_lines import running_lines, shape_of
from loaders.soc.controls.titles import names_absence

Line = tuple[int, str]

LONGEST_FURNITURE = 110
"""How long lines are that pages repeat, wherever they stand near the edge of one."""

_LONGEST_RUNNING = 220
_RESULT = re.compile(r"\b(?:exceptions?|deviations?)\b.{0,30}\b(?:noted|identified)\b|\bnot tested\b", re.IGNORECASE)
_TABLE_WORDS = re.compile(r"\bControls?\b.*\bTest(?:s|ing)?\b|\bResults? of\b")
_ASSURANCE = re.compile(r"\bcontrols?\b.*\bassurance\b", re.IGNORECASE)
_FOOT = re.compile(r"\s_{10,}.*\d\s*$")
_LINE = re.compile(r"\s*[_=*]{3,}\s*")
_PAGED = re.compile(
    r"(?:^|[\s|–—-])\d{1,4}\W*$|^\W*(?:page\s+)?\d{1,4}(?:$|\s*[|–—]|\s{2,})|\bpage\s+\d{1,4}\b", re.IGNORECASE
)
_NAMED_PAGE = re.compile(
    r"\W*(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*|\W*\d{1,4}\s*(?:of|/)\s*\d{1,4}\W*", re.IGNORECASE
)
# The number of a page apart from the words behind it.
_PAGE_APART = re.compile(r"\s*\d{1,4}\s*[|–—]\s+(?=\S)")
_GAPS = re.compile(r"\s{2,}")
_OF_A_CONTROL = (Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.PERFORMER, Role.CRITERION, Role.PROCEDURE, Role.RESULT)
_EDGE = 4
_TIMES = 3
_LONGEST_GAP = 4


def without_furniture(lines: Sequence[str]) -> Iterator[Line]:
    """The lines with their numbers, without page numbers, letterheads and footers; a page break is a blank line."""
    dropped, pages = _furniture(lines), PageNumbers(lines)
    for index, line in enumerate(lines):
        text = _FOOT.sub("", line.replace("\f", "").replace("\xa0", " ").replace("\xad", ""))
        again = index in dropped and not pages.is_rest(index, text)
        yield index + 1, "" if again or _LINE.fullmatch(text) or pages.is_one(index, text) else text


def _furniture(lines: Sequence[str]) -> frozenset[int]:
    """The indices of lines that come again, page numbers aside, at the top or the bottom of pages."""
    numbered = _numbered_lines(lines)
    below = (index + 1 for index in numbered)
    tops = sorted({*page_tops(lines), *below})
    places: list[int] = []
    for start in tops:
        places += _written(lines, range(start, min(len(lines), start + 3 * _EDGE)))
        places += _written(lines, range(start - 1, max(-1, start - 4 * _EDGE), -1))
    if lines:
        places += _written(lines, range(len(lines) - 1, max(-1, len(lines) - 1 - 3 * _EDGE), -1))
    seen = Counter(shape_of(lines[index]) for index in set(places))
    often = max(2, min(_TIMES, len(tops) // 5))
    often_seen = {i for i in places if seen[shape_of(lines[i])] >= often}
    again = {i for i in often_seen if _may_be_furniture(lines[i]) and not _is_below_titles(lines, i, often_seen)}
    return frozenset(again | numbered | running_lines(lines, _may_run))


def _is_below_titles(lines: Sequence[str], index: int, repeated: set[int]) -> bool:
    """Whether a line stands right below titles of columns that come again with it: it is the rest of them."""
    for above in range(index - 1, max(-1, index - _EDGE), -1):
        text = lines[above].strip(" \t\f\r")
        if not text or above not in repeated:
            return False
        if _TABLE_WORDS.search(text) or are_columns(text):
            return True
    return False


def _numbered_lines(lines: Sequence[str]) -> set[int]:
    """Lines that come again with a number that grows, each beside a blank line or by name: page numbers with words."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        below = "".join(lines[index + 1 : index + 2])
        # A page may be full down to its foot.
        alone = not (lines[index - 1].strip() if index else "") or not below.strip() or below.startswith("\f")
        if (
            (alone or _NAMED_PAGE.fullmatch(line))
            and _PAGED.search(line)
            and (PAGE.fullmatch(line.replace("\f", "")) or _may_be_furniture(line, counted=True))
        ):
            places.setdefault(shape_of(line), []).append(index)
    found: set[int] = set()
    for same in places.values():
        numbers = [_last_number(lines[index]) for index in same]
        if len(same) >= _TIMES and all(a < b <= a + _LONGEST_GAP for a, b in pairwise(numbers)):
            found.update(same)
    return found


def _last_number(line: str) -> int:
    numbers = re.findall(r"\d{1,4}", re.sub(r"(?:\bof|/)\s*\d+\W*$", "", line))
    return int(numbers[-1]) if numbers else 0


def _written(lines: Sequence[str], indices: range) -> list[int]:
    """The first indices of lines with text; below the title of an objective stands no header of a page."""
    found: list[int] = []
    for index in indices:
        if indices.step > 0 and objective_in(lines[index].strip(" \t\f\r")):
            break
        if lines[index].strip(" \t\f\r"):
            found.append(index)
        if len(found) == _EDGE:
            break
    return found


def _may_run(line: str) -> bool:
    """Whether a line may run through pages at their edge, where the number of each may stand before its words."""
    numbered = _PAGE_APART.match(line)
    text = line[numbered.end() :] if numbered else line
    return not _is_padded_label(text.strip()) and _may_be_furniture(text, counted=True, longest=_LONGEST_RUNNING)


def _may_be_furniture(line: str, *, counted: bool = False, longest: int = LONGEST_FURNITURE) -> bool:
    """Whether a short line holds no title, no heading of columns, no number of a control and no result.

    One that begins in small letters may go on with a cell, unless it is counted from page to page.
    """
    text = line.strip(" \t\f\r")
    if (
        len(" ".join(text.split())) > longest
        or "|" in text[:1]
        or "\t" in line
        or has_bullet(text)
        or (text[:1].islower() and not counted)
    ):
        return False
    if _TABLE_WORDS.search(text) or _ASSURANCE.search(text):
        return False
    if _RESULT.search(text) or objective_in(text) or criterion_in(text) or label_in(text) or names_absence(text):
        return False
    if not counted and _is_padded_label(text):
        return False
    if are_columns(text) or are_of_headings(text) or are_titles(text) or end_with_controls(text):
        return False
    found = number_in(text)
    return not (found and found.marked)


def _is_padded_label(text: str) -> bool:
    """Whether a line is a label of what belongs to a control, a gap, and what it says."""
    cells = _GAPS.split(text)
    label = label_in(cells[0]) if len(cells) > 1 else None
    return label is not None and not label[1] and not label[2] and label[0] in _OF_A_CONTROL


def are_columns(text: str) -> bool:
    """Whether a line holds titles of columns of different roles, parted by gaps."""
    cells = [cell for cell in re.split(r"\s{2,}", text) if cell]
    roles = {column_role(cell) for cell in cells} - {None}
    return len(roles) > 1


def words_result(text: str) -> bool:
    """Whether a line words the result of a test."""
    return bool(_RESULT.search(text))
