"""The lines of a report in which its controls stand, and those in which other information follows, without furniture.

A part begins at a heading such as `SECTION IV` or `Appendix`; which part holds the controls is decided by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from loaders.layout.text import is_abbreviated, reads_as_title
from loaders.soc.controls.cut_numbers import with_whole_numbers
from loaders.soc.controls.furniture import LONGEST_FURNITURE, are_columns, without_furniture, words_result
from loaders.soc.controls.labels import label_in
from loaders.soc.controls.numbers import criterion_in, is_series_title, number_in, objective_in
from loaders.soc.section_titles import with_gaps_below_titles, with_titles_apart
from loaders.soc.sections import Part as SectionPart
from loaders.soc.sections import bare_part_of, is_below_letter, is_marked, part_of

Line = tuple[int, str]

_PART = re.compile(
    r"^\W*(?P<kind>SECTION|Section|PART|Part|APPENDIX|Appendix|CHAPTER|Chapter|ATTACHMENT|Attachment|EXHIBIT|Exhibit)"
    r"(?:\s+(?P<number>[IVX]+|\d{1,2}|[A-Z]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|ONE|TWO|THREE|FOUR"
    r"|FIVE|SIX))?"
    r"\s*\**(?:[.:–—|-]\s*\**\s*[A-Z“\"].*|\s*|\s+[A-Z][A-Z].*)$"
)
_ALONE = re.compile(r"\W*(?:SECTION|Section|PART|Part)\s+\d{1,2}\W*")
# The title of an appendix in small letters may be the beginning of a sentence, unless it stands apart.
_APPENDIX = re.compile(
    r"^\W*(?P<kind>APPENDIX|Appendix|ATTACHMENT|Attachment|EXHIBIT|Exhibit|ANNEX|Annex)\s+(?P<number>[IVX]+|\d{1,2}|[A-Z])\s+"
    r"[A-Z](?:(?!\s{3})[^.;:,|\t]){2,60}$"
)
_BARE_PART = re.compile(
    r"^\W*(?:(?P<number>[IVX]{1,4})[.:)]\s+[A-Z][^.;]{2,100}"
    r"|(?P<digit>[1-6])\.\s+(?:(?:Other|Additional|Supplemental|Supplementary)\s+[Ii]nformation|(?:Independent|Description"
    r"|Assertion|Management|(?:Applicable )?Trust [Ss]ervices|Control [Oo]bjectives|Controls|Tests)\b).{0,90})$"
)
_COUNTED = re.compile(r"^\s*(?P<digit>[1-6])\.\s+[A-Z][^.;:|\t]{2,100}$")
_TABLE_TITLE = re.compile(r"[A-Z](?:(?!\s{2})[^.;|\t]){2,80}(?<![,:])")
_CONTENTS = re.compile(r"(?:\.{3,}|\s{3,}|\t)\s*\d{1,4}\s*$")
_COLUMNS = re.compile(r"\bcontrols?\b.*\btest(?:s|ing)?\b.*\bresults?\b", re.IGNORECASE)
_TESTS = re.compile(r"\bcontrols?\b.*\btests?\b|\btests? of controls?\b|\bresults? of tests?\b", re.IGNORECASE)
_LONGEST_MARKED = 220
_SHARE = 8
_LARGE_SHARE = 2
_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report: what its heading calls it, and its lines without page furniture."""

    title: str
    lines: tuple[Line, ...]


def parts(lines: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a report in order; a heading that is repeated on each page begins no further part."""
    written = list(without_furniture(lines))
    kept = with_gaps_below_titles(written, lines)
    found: list[tuple[str, str, list[Line]]] = [("", "", [])]
    repeated = 0
    for position, (number, text) in enumerate(kept):
        heading = _heading(text) or _appendix(kept, position)
        if heading and _is_below(heading, found[-1][0]):
            heading = None
        if heading and not _is_contents(kept, position) and heading != found[-1][0]:
            found.append((heading, text.strip(" *"), []))
        again = heading is not None and heading == found[-1][0] and bool(found[-1][2])
        # The rest of a repeated heading stands on the next line, where it is too long for one.
        rest = number - repeated == 1 and _is_rest(text)
        repeated = number if again else repeated
        found[-1][2].append((number, "" if again or rest else text))
    found = found if len(found) > 1 else _by_bare_titles(with_titles_apart(written, lines))
    return tuple(Part(title, tuple(inside)) for _, title, inside in found)


def _by_bare_titles(lines: Sequence[Line]) -> list[tuple[str, str, list[Line]]]:
    """The parts of a report whose titles have no mark: each apart from its text, that of the tests up to other ones."""
    found: list[tuple[str, str, list[Line]]] = [("", "", [])]
    part: SectionPart | None = None
    for at, (number, text) in enumerate(lines):
        apart = not any(one.strip() for _, one in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2]))
        title = text.strip() if apart and len(text.strip()) <= LONGEST_FURNITURE else ""
        ended = title[-1:] in (".", ";", ":", ",") and not is_abbreviated(title)
        named = bare_part_of(title) if title and not ended else None
        within = is_below_letter(title, part, found[-1][1])
        if named not in (None, part) and not within and (part is not SectionPart.TESTS or named is SectionPart.OTHER):
            part = named
            found.append(("", title, []))
        found[-1][2].append((number, text))
    return found


def _is_below(heading: str, above: str) -> bool:
    """Whether a heading is that of a part of a section, such as `Part A` below `Section IV`."""
    return above.startswith("section ") and heading.startswith(("part ", "chapter "))


def _is_rest(text: str) -> bool:
    """Whether a line holds but words of a heading."""
    words = re.findall(r"[^\W\d]+", text)
    short = bool(words) and all(word[0].isupper() or word in _SMALL for word in words)
    return short and not objective_in(text) and not label_in(text.rstrip() + ":") and "\t" not in text


_SMALL = frozenset(("of", "and", "the", "for", "by", "to", "in", "on", "with"))


def controls_part(found: Sequence[Part]) -> tuple[Line, ...]:
    """The lines of the parts in which the controls stand: those that say by far the most about tests or controls."""
    scores, share = [_tested(part) for part in found], _SHARE
    if max(scores, default=0) < _WEIGHT:
        scores, share = _by_titles(found, [_designed(part) for part in found]), _LARGE_SHARE
    best = max(scores, default=0)
    if best < _WEIGHT:
        return ()
    chosen = [index for index, score in enumerate(scores) if share * score >= best]
    at = scores.index(best)
    run = [index for index in chosen if index <= at and all(i in chosen for i in range(index, at))]
    run += [index for index in chosen if index > at and all(i in chosen for i in range(at, index))]
    # A part whose heading comes again after another goes on.
    same = _heading(found[at].title)
    run += [index for index, part in enumerate(found) if same and _heading(part.title) == same and index > at]
    inside = [line for index in sorted(set(run)) for line in found[index].lines]
    return with_whole_numbers(_without_titles_of_tables(inside))


def _without_titles_of_tables(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without titles that stand apart above the columns of a table and name no aim and no control.

    They would go on with the last cell of the table above, or would be a control of their own.
    """
    written = [at for at, (_, text) in enumerate(lines) if text.strip()]
    titles = {at for at, below in pairwise(written) if below > at + 1 and _heads_table(lines, at, lines[below][1])}
    titles |= {at for at in written if is_series_title(lines[at][1])}
    return tuple((number, "" if at in titles else text) for at, (number, text) in enumerate(lines))


def _heads_table(lines: Sequence[Line], at: int, below: str) -> bool:
    """Whether a line is a title that stands apart, with the columns of a table below."""
    text, above = lines[at][1], lines[at - 1][1] if at else ""
    words = text.strip()
    if above.strip() or not _TABLE_TITLE.fullmatch(words) or not are_columns(below.strip()):
        return False
    if len(text) - len(text.lstrip()) > len(below) - len(below.lstrip()):
        return False
    found = number_in(words)
    return not (objective_in(words) or criterion_in(words) or label_in(words) or (found and found.marked))


def _by_titles(found: Sequence[Part], scores: Sequence[int]) -> list[int]:
    """The scores, but none for other parts where one that says much of controls has a title that says so too."""
    titled = [part_of(part.title) is SectionPart.TESTS for part in found]
    if not any(score >= _WEIGHT for score, named in zip(scores, titled, strict=True) if named):
        return list(scores)
    return [score if named else 0 for score, named in zip(scores, titled, strict=True)]


def other_part(found: Sequence[Part], controls: Sequence[Line]) -> tuple[Line, ...]:
    """The lines after those of the controls, where management may respond to deviations."""
    end = controls[-1][0] if controls else 0
    return tuple(line for part in found for line in part.lines if line[0] > end)


def _heading(text: str) -> str | None:
    """The kind and number of a part of which a line is the heading."""
    found = _PART.match(text) or _BARE_PART.match(text) or _counted_title(text)
    ended = text.rstrip().endswith((".", ";")) and not is_abbreviated(text.rstrip())
    if found is None or ended or not is_short_title(text):
        return None
    said = found.groupdict()
    kind, number = said.get("kind") or "section", said.get("number") or said.get("digit") or ""
    if kind.lower() not in ("appendix", "attachment", "exhibit") and not number:
        return None
    return f"{kind} {number}".lower()


def _appendix(lines: Sequence[Line], position: int) -> str | None:
    """The kind and number of an appendix whose title stands below a blank line."""
    found = _APPENDIX.match(lines[position][1])
    apart = position == 0 or not lines[position - 1][1].strip()
    return f"{found['kind']} {found['number']}".lower() if found and apart else None


def is_short_title(text: str) -> bool:
    """Whether a line is no longer than titles are; one with the mark of a section may be as long as two lines."""
    words = text.strip()
    marked = len(words) <= _LONGEST_MARKED and is_marked(words) and reads_as_title(words)
    return len(text) <= LONGEST_FURNITURE or marked


def _counted_title(text: str) -> re.Match[str] | None:
    """A title of tests with a number before it, such as `4. Trust Services Criteria and Related Controls`."""
    found = _COUNTED.match(text)
    return found if found and bare_part_of(text.strip()) is SectionPart.TESTS else None


def _is_contents(lines: Sequence[Line], position: int) -> bool:
    """Whether a heading stands in a table of contents: with a page number, or right above another heading."""
    text = lines[position][1]
    if _CONTENTS.search(text) or (re.search(r"\s\d{1,3}\s*$", text) and not _ALONE.fullmatch(text)):
        return True
    below = [one for _, one in lines[position + 1 : position + 6] if one.strip()][:2]
    own = _heading(text) or ""
    return any((other := _heading(one)) and other != own and not _is_below(other, own) for one in below)


def _tested(part: Part) -> int:
    titled = _WEIGHT if _TESTS.search(part.title) else 0
    return (
        titled
        + sum(1 for _, text in part.lines if words_result(text))
        + 2 * sum(1 for _, text in part.lines if _COLUMNS.search(text) and len(text) < 2 * LONGEST_FURNITURE)
    )


def _designed(part: Part) -> int:
    return sum(1 for _, text in part.lines if text.strip() and _names_something(text))


def _names_something(text: str) -> bool:
    cell = re.split(r"\t|\|", text.strip("| \t"), maxsplit=1)[0]
    found = number_in(cell)
    return bool(
        (found and found.marked and (found.letters or "." in found.number)) or objective_in(cell) or criterion_in(cell)
    )


def result_lines(lines: Sequence[Line]) -> int:
    """How many lines word a result."""
    return sum(1 for _, text in lines if words_result(text))


def without_rows(lines: Sequence[Line], rows: Iterable[_Placed]) -> tuple[Line, ...]:
    """The lines with those of rows blank, which would be read as titles."""
    taken = {number for row in rows for number in range(row.first_line, row.last_line + 1)}
    return tuple((number, "" if number in taken else text) for number, text in lines)


class _Placed(Protocol):
    """What stands on lines."""

    @property
    def first_line(self) -> int:
        """The first of them."""

    @property
    def last_line(self) -> int:
        """The last of them."""
