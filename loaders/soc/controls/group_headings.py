"""Headings of groups of controls that begin as controls do: by the number of a section, or of a series of criteria.

`4.2 Operations` is a heading where it counts on from section 4, and `CC7 – System operations` where CC7.1 stands below;
what has labels, tests or results of its own is a control. A title alone between rows is a heading, too, and so is one
right above the first criterion of a series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from loaders.layout.table_bars import is_row, row_cells
from loaders.layout.table_columns import segments
from loaders.layout.text import clean, ends_sentence, is_abbreviated, reads_as_title
from loaders.soc.controls.headings import roles_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import criteria_in, criterion_in, number_in, objective_in
from loaders.soc.controls.results import is_procedure, result_of
from loaders.soc.numbered_titles import follows

_TITLE = r"(?P<title>[A-Z](?:(?!\s{2}|[|\t]).){2,110})"
_NUMBERED = re.compile(rf"\W*(?P<section>\d{{1,2}}|[IVX]{{1,4}}|[A-Z])(?P<rest>(?:\.\d{{1,2}}){{1,3}})\.?\s+{_TITLE}")
_SERIES = re.compile(
    r"\W*(?:(?:Common\s+)?Criteria\s+)?(?P<series>CC ?[1-9]|A1|C1|PI1|P[1-8])(?:\.0|\.x|(?:\s|-)[Ss]eries)?"
    rf"(?:\s*[:.–—-]\s*|\s+){_TITLE}"
)
_IS_SERIES = re.compile(r"(?:CC[1-9]|A1|C1|PI1|P[1-8])(?:\.|$)")
_SECTION = re.compile(
    r"\W*(?:(?:SECTION|PART|CHAPTER|ATTACHMENT)\s+)?(?P<number>\d{1,2}|[IVX]{1,4}|[A-Z]|ONE|TWO|THREE|FOUR|FIVE|SIX)\b",
    re.IGNORECASE,
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_WORDS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX")
_MOST_WORDS = 5
_FEWEST = 2
_HIGHEST, _NEAR = 20, 1
_LETTERS = 100

_Found = Mapping[int, re.Match[str]]


def group_headings(lines: Sequence[Line], titles: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that are headings of groups, in sections of these titles."""
    alone = [at for at in range(len(lines)) if _is_alone(lines, at)]
    found = [*_of_sections(lines, alone, titles), *_of_series(lines), *_of_families(lines), *_above_series(lines)]
    return frozenset(lines[line][0] for at in found for line in (at, *_wrapped(lines, at)))


def _of_sections(lines: Sequence[Line], alone: Sequence[int], titles: Sequence[str]) -> list[int]:
    """Headings that count on from the number of their section; the deepest of them may be numbers of controls."""
    sections = {_value(named["number"]) for title in titles if (named := _SECTION.match(title))}
    found = _matching(_NUMBERED, lines, alone)
    keys = {at: _key(title) for at, title in found.items()}
    for depth in range(max(map(len, keys.values()), default=0), 1, -1):
        kept = {at: found[at] for at, key in keys.items() if len(key) <= depth}
        counted = _count_on([keys[at] for at in kept], sections)
        if counted and _others(lines, kept, depth) >= len(kept) and not any(_owns(lines, at, kept) for at in kept):
            return list(kept)
    return []


def _count_on(keys: Sequence[tuple[int, ...]], sections: set[int]) -> bool:
    """Whether numbers count from the first part of a section, of one of those that are known."""
    own = {key[0] for key in keys}
    known = own <= sections if sections else len(own) == 1
    return known and keys[0][1:] == (1,) and all(a == b or follows(a, b) for a, b in pairwise(keys))


def _others(lines: Sequence[Line], headings: _Found, depth: int) -> int:
    """How many lines begin as controls that are numbered otherwise: with letters, or in more parts."""
    rest = (clean(text.strip("| \t")) for at, (_, text) in enumerate(lines) if at not in headings)
    numbers = (found for text in rest if (found := number_in(text)) and found.marked)
    return sum(bool(found.letters) or found.number.count(".") >= depth for found in numbers)


def _of_series(lines: Sequence[Line]) -> list[int]:
    """Headings with the number of a series of criteria, of which the first below is one."""
    found = {
        at: title
        for at, title in _matching(_SERIES, lines, range(len(lines))).items()
        if _is_alone(lines, at) or _names_first(lines[at + 1 : at + 2], title["series"].replace(" ", ""))
    }
    series = {at: title["series"].replace(" ", "") for at, title in found.items()}
    others = {one.letters for _, text in lines if (one := number_in(text)) and not _IS_SERIES.match(one.number)}
    return [
        at
        for at, end in pairwise([*found, len(lines)])
        if series[at].rstrip("0123456789") not in others
        and _names_first(lines[at + 1 : end], series[at])
        and not _owns(lines, at, found)
    ]


def _of_families(lines: Sequence[Line]) -> Iterator[int]:
    """Titles alone in the place of numbers where a number in a column of its own is the next that stands there."""
    found = [(at, place) for at, (_, text) in enumerate(lines) if (place := _first_cell(text))]
    for index, (at, (start, title, others)) in enumerate(found):
        if others or not _is_family(title):
            continue
        below = (place for _, place in found[index + 1 : index + _HIGHEST] if place[0] <= start + _NEAR)
        number = number_in(nearest[1]) if (nearest := next(below, None)) and nearest[2] else None
        if nearest and number and number.marked and not number.rest and abs(nearest[0] - start) <= _NEAR:
            yield at


def _above_series(lines: Sequence[Line]) -> list[int]:
    """Titles without a number below a blank line and right above the first criterion of a series, two at least."""
    found = [
        at
        for at in range(1, len(lines) - 1)
        if not _at(lines, at - 1) and _is_words_of_title(lines[at][1]) and _begins_series(lines[at + 1][1])
    ]
    return found if len(found) >= _FEWEST else []


def _is_words_of_title(text: str) -> bool:
    words = text.strip()
    plain = words[:1].isupper() and len(words.split()) <= _MOST_WORDS and len(segments(text)) == 1 and not is_row(text)
    return plain and not ends_sentence(words) and number_in(words) is None and label_in(f"{words}:") is None


def _begins_series(text: str) -> bool:
    found = criterion_in(text.strip("| \t"))
    return found is not None and found.number.endswith(".1") and bool(found.rest)


def _first_cell(text: str) -> tuple[int, str, int] | None:
    """Where the first cell of a line begins, its text, and how many others there are; None where there is none."""
    if is_row(text):
        cells = [cell.strip() for cell in row_cells(text)]
        return (0, cells[0], sum(map(bool, cells[1:]))) if cells[0] else None
    found = segments(text)
    return (found[0].start, found[0].text, len(found) - 1) if found else None


def _is_family(words: str) -> bool:
    named = number_in(words) or criterion_in(words) or objective_in(words) or label_in(f"{words}:")
    return reads_as_title(words) and not ends_sentence(words) and not named and words[:1].isalpha()


def _names_first(lines: Sequence[Line], series: str) -> bool:
    """Whether the first criteria that lines name are of a series."""
    codes = next((codes for _, text in lines if (codes := criteria_in(text))), ())
    return any(code.startswith(f"{series}.") for code in codes)


def _matching(pattern: re.Pattern[str], lines: Sequence[Line], places: Sequence[int]) -> dict[int, re.Match[str]]:
    """The lines that are titles in the form of a pattern, and no sentences."""
    found = ((at, pattern.fullmatch(lines[at][1].strip("| \t"))) for at in places)
    return {at: title for at, title in found if title and _is_title(title["title"])}


def _is_title(words: str) -> bool:
    return (not ends_sentence(words) or is_abbreviated(words)) and words[-1] != "," and not is_procedure(words)


def _is_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands between blank ones, or is all that a row holds."""
    text = lines[at][1]
    if is_row(text):
        return sum(bool(cell.strip()) for cell in row_cells(text)) == 1
    below = _at(lines, at + 1)
    return bool(text.strip()) and not _at(lines, at - 1) and (not below or _begins(below) or bool(_wrapped(lines, at)))


def _begins(text: str) -> bool:
    """Whether a table begins with a line, or something that is numbered."""
    found = number_in(clean(text))
    return bool(found and found.marked) or criterion_in(clean(text)) is not None or roles_of(_cells(text)) is not None


def _wrapped(lines: Sequence[Line], at: int) -> list[int]:
    """The line with which a heading goes on: a few words up to a blank line."""
    words = _at(lines, at + 1)
    few = bool(words) and len(words.split()) <= _MOST_WORDS and not _at(lines, at + 2)
    plain = few and len(segments(words)) == 1 and not is_row(lines[at][1]) and not ends_sentence(words)
    return [at + 1] if plain and not (number_in(words) or label_in(words) or is_procedure(words)) else []


def _at(lines: Sequence[Line], at: int) -> str:
    return lines[at][1].strip() if 0 <= at < len(lines) else ""


def _owns(lines: Sequence[Line], at: int, headings: _Found) -> bool:
    """Whether labels, tests or results stand below a line before anything else that is numbered."""
    return any(
        text is None or label_in(text) or is_procedure(text) or result_of(text) for text in _below(lines, at, headings)
    )


def _below(lines: Sequence[Line], at: int, headings: _Found) -> Iterator[str | None]:
    """The texts below a heading up to the next number or table; None for a table of tests alone."""
    for below in range(at + 1, len(lines)):
        text = clean(lines[below][1].strip("| \t"))
        found = number_in(text)
        if below in headings or (found and found.marked) or criterion_in(text):
            return
        columns = roles_of(_cells(lines[below][1]))
        if columns:
            if not {Role.NUMBER, Role.CONTROL, Role.CRITERION}.intersection(columns):
                yield None
            return
        if text:
            yield text


def _cells(text: str) -> list[str]:
    return row_cells(text) if is_row(text) else [segment.text for segment in segments(text)]


def _key(title: re.Match[str]) -> tuple[int, ...]:
    return (_value(title["section"]), *map(int, title["rest"][1:].split(".")))


def _value(number: str) -> int:
    """The number of a section that digits, a Roman number, a word or a letter write."""
    known = number.upper()
    for written in (_ROMAN, _WORDS):
        if known in written:
            return written.index(known) + 1
    return int(number) if number.isdigit() else _LETTERS + ord(known[0])
