"""The headings over tables of complementary controls: what their columns are called and hold, and where they begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from loaders.layout.table_columns import Segment, segments
from loaders.layout.table_places import HALF
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.headings import merged
from loaders.soc.controls.lines import Line


class Holds(Enum):
    """What a column of such a table holds."""

    NUMBER = r"(?:cuecs?|csocs?|control)?\s*(?:no|nr|ref(?:erence)?|number|id|#)?\.?\s*#?"
    AREA = r"area|topic|category|control area"
    CONTROL = (
        r"(?:complementary |expected )?(?:user (?:entity|organi[sz]ation) |sub-?service organi[sz]ation |customer )?"
        r"(?:controls?|considerations?|responsibilit(?:y|ies))(?: (?:activity|description|expected|considerations?))?"
    )
    ORGANIZATION = r"(?:sub-?service )?organi[sz]ations?|vendors?|sub-?service providers?|responsible organi[sz]ations?"
    AIM = (
        r"(?:related |applicable |relevant |supported |impacted )*(?:trust services )?"
        r"(?:(?:control )?objectives?|criteri(?:a|on))(?: (?:supported|addressed|affected|reference|impacted))?"
    )


_WORDS = frozenset(
    (
        *("complementary", "user", "entity", "entities", "control", "controls", "consideration", "considerations"),
        *("subservice", "organization", "organizations", "organisation", "organisations", "criteria", "criterion"),
        *("objective", "objectives", "related", "no", "ref", "reference", "number", "id", "area", "topic", "category"),
        *("trust", "services", "expected", "applicable", "relevant", "responsible", "responsibility", "description"),
        *("responsibilities", "supported", "addressed", "affected", "impacted", "customer", "vendor", "vendors"),
        *("activity", "cuec", "csoc", "cuecs", "csocs", "nr", "provider", "providers", "#", "sub-service"),
    )
)


_NUMBER = re.compile(r"(?:[A-Z]{2,8}[-\s]?)?\d{1,3}(?:\.\d{1,2})?\.?")
AIMS = re.compile(r"(?:(?:CC|PI|A|C|P|CO)?-?\d{1,2}(?:\.\d{1,2})?(?:,\s*|\s+and\s+|,\s+and\s+|$))+")
"""Criteria or objectives, listed."""

_IN_FRONT = re.compile(rf"\s*(?:{_NUMBER.pattern}|{HALF.pattern}) (?=[A-Z])")
_AT_END = re.compile(rf"(?<=[a-z]) {AIMS.pattern}$")
_HEADING_LINES = 5
_NEAR = 3

Parting = Callable[[Segment], Iterator[Segment]]
"""How the words of a heading that touch are told apart."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the columns are called and hold, where their names begin, and the first line below."""

    titles: tuple[str, ...]
    holds: tuple[Holds, ...]
    starts: tuple[int, ...]
    end: int

    @property
    def key(self) -> int:
        """The column that tells how many rows there are."""
        return self.holds.index(Holds.NUMBER if Holds.NUMBER in self.holds else Holds.AIM)

    def is_key(self, text: str) -> bool:
        """Whether a cell of that column begins a row."""
        pattern = _NUMBER if self.holds[self.key] is Holds.NUMBER else AIMS
        return bool(text) and bool(pattern.fullmatch(text.strip()) or HALF.fullmatch(text))

    def apart(self, text: str) -> str:
        """A line with a number in front, or criteria or objectives at its end, set apart from what they touch."""
        if self.holds[0] is Holds.NUMBER:
            found = _IN_FRONT.match(text)
            text = f"{found.group().rstrip():<{self.starts[1]}}{text[found.end() :]}" if found else text
        found = _AT_END.search(text) if self.holds[-1] is Holds.AIM else None
        return f"{text[: found.start()]:<{self.starts[-1]}}{found.group().strip()}" if found else text

    def begins(self, text: str) -> bool:
        """Whether a row begins with a line, as far as the line itself tells."""
        found = segments(text)
        place = 0 if self.holds[self.key] is Holds.NUMBER else -1
        return bool(found) and self.is_key(found[place].text) and (len(found) > 1 or place == 0)


def headings_at(lines: Sequence[Line], at: int) -> list[Heading]:
    """The headings that a line may begin: as it is, and with words that touch told apart; none where it begins none."""
    if not is_of_heading(lines[at][1]):
        return []
    ways = (_as_it_is, _parted, _parted_below(lines, at))
    return [one for parting in ways if (one := _named(lines, at, parting))]


def _parted_below(lines: Sequence[Line], at: int) -> Parting:
    """Parts words where another line of the heading has the beginning of a column."""
    rows = lines[at : at + _HEADING_LINES]
    begun = [s.start for _, text in rows if is_of_heading(text) for s in segments(text)]

    def parted(segment: Segment) -> Iterator[Segment]:
        places = (n + 1 for n, letter in enumerate(segment.text) if letter == " ")
        cut = next((n for n in places if n > _NEAR and _is_near(segment.start + n, begun)), 0)
        if cut:
            yield Segment(segment.start, segment.text[: cut - 1])
        yield Segment(segment.start + cut, segment.text[cut:])

    return parted


def _named(lines: Sequence[Line], at: int, parting: Parting) -> Heading | None:
    columns: list[list[Segment]] = []
    end = at
    while end < min(len(lines), at + _HEADING_LINES) and is_of_heading(lines[end][1]):
        below = [part for segment in segments(lines[end][1]) for part in parting(segment)]
        columns = merged(columns, below) if columns else [[segment] for segment in below]
        end += 1
    titles = tuple(clean(" ".join(segment.text for segment in column)) for column in columns)
    holds = [held(title) for title in titles]
    known = tuple(one for one in holds if one)
    if len(known) < len(holds) or len(set(known)) < len(known) or Holds.CONTROL not in known:
        return None
    named = "complementary" in " ".join(titles).lower() or {Holds.ORGANIZATION, Holds.AIM} <= set(known)
    if not (named and {Holds.NUMBER, Holds.AIM}.intersection(known)):
        return None
    return Heading(titles, known, tuple(min(s.start for s in column) for column in columns), end)


def is_of_heading(text: str) -> bool:
    """Whether a line has words of such headings alone, the first with a capital letter."""
    words = [word.strip("()./:").lower() for word in re.split(r"[\s/]+", text.strip()) if word.strip("()./:")]
    return (
        bool(words)
        and not ends_sentence(text.replace("No.", "").replace("Ref.", ""))
        and all(w in _WORDS for w in words)
    )


def held(title: str) -> Holds | None:
    """What a column of that title holds; None where no rule says so."""
    return next((one for one in Holds if re.fullmatch(one.value, title, re.IGNORECASE)), None)


def _as_it_is(segment: Segment) -> Iterator[Segment]:
    yield segment


def _is_near(place: int, starts: Sequence[int]) -> bool:
    return any(abs(place - start) <= _NEAR for start in starts)


def _parted(segment: Segment) -> Iterator[Segment]:
    """The names of columns that touch each other."""
    for at, letter in enumerate(segment.text):
        left, right = segment.text[:at], segment.text[at + 1 :]
        if letter == " " and held(left) and right[:1].isupper() and held(segment.text) is None:
            yield Segment(segment.start, left)
            yield from _parted(Segment(segment.start + at + 1, right))
            return
    yield segment
