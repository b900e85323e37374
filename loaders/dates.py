"""Dates and periods as documents write them, in every notation that says one date only, as ISO 8601 text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT = 3
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_DATE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s+(?P<d1>{_DAY})(?:,?\s+(?P<y1>{_YEAR}))?"
    rf"|(?P<d2>{_DAY})\.?\s+(?:day\s+of\s+)?(?:of\s+)?(?P<m2>{_MONTH})(?:,?\s+(?P<y2>{_YEAR}))?"
    rf"|(?P<y3>{_YEAR})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}})"
    rf"|(?P<a4>\d{{1,2}})(?P<sep>[/.])(?P<b4>\d{{1,2}})(?P=sep)(?P<y4>{_YEAR}))(?!\d)",
    re.IGNORECASE,
)
_MONTH_OF = re.compile(rf"\b(?P<m>{_MONTH})\s+(?P<y>{_YEAR})\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*(?:,\s*)?(?:-|–|—|to|through|thru|until|till|up to|and ending(?: on)?|and|ending(?: on)?)\s+(?:and"
    r" including\s+)?"
    r"|\s*[-–—]\s*",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(r"\b(?:period|months|year|from|between|beginning|starting)\b[^.;]{0,40}$", re.IGNORECASE)
_TWELVE = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its place in a text."""

    iso: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its place in a text."""

    first: str
    last: str
    start: int
    end: int


def date_of(text: str) -> str | None:
    """The ISO date of a text that is nothing but a date, such as `April 20, 2020` or `Date: 20 April 2020`."""
    plain = re.sub(r"^(?:date[d]?:?|on)\s+", "", " ".join(text.split()).strip(" .*_"), flags=re.IGNORECASE)
    found = _DATE.fullmatch(plain)
    return _iso(found) if found else None


def dates_in(text: str) -> tuple[Dated, ...]:
    """Every whole date of a text, in order."""
    found = ((match, _iso(match)) for match in _DATE.finditer(text))
    return tuple(Dated(iso, match.start(), match.end()) for match, iso in found if iso)


def moment_of(text: str) -> str | None:
    """The first date of a text, else the first month with a year, at that precision; None where it has neither."""
    dates = dates_in(text)
    if dates:
        return dates[0].iso
    found = _MONTH_OF.search(text)
    return f"{found['y']}-{_month(found['m']):02}" if found else None


def period_of(text: str) -> tuple[str, str] | None:
    """The first period that a text names with that word, as ISO dates."""
    plain = " ".join(text.split())
    found = next((p for p in periods_in(plain) if _INTRODUCED.search(plain[: p.start])), None)
    return (found.first, found.last) if found else None


def periods_in(text: str) -> Iterator[Period]:
    """The periods of a text: two dates with `to`, `through` or a dash between them; the first may lack its year."""
    matches = list(_DATE.finditer(text))
    for first, last in pairwise(matches):
        if not _BETWEEN.fullmatch(text[first.end() : last.start()]):
            continue
        end = _iso(last, first)
        start = _iso(first, last, year=end[:4] if end else None)
        if start and end and start <= end:
            yield Period(start, end, first.start(), last.end())


def _iso(found: re.Match[str], beside: re.Match[str] | None = None, year: str | None = None) -> str | None:
    """The date of a match; one written with numbers alone must show which of them is the day, or stand beside one.

    Between dots the day stands first.
    """
    if found["y3"]:
        return _checked(found["y3"], int(found["m3"]), int(found["d3"]))
    if found["y4"]:
        day_first = _day_first(found)
        if day_first is None and beside is not None and beside["y4"] and beside["sep"] == found["sep"]:
            day_first = _day_first(beside)
        if day_first is None and found["sep"] == ".":
            day_first = True
        if day_first is None:
            return None
        day, month = (found["a4"], found["b4"]) if day_first else (found["b4"], found["a4"])
        return _checked(found["y4"], int(month), int(day))
    if found["m1"] and found["m1"] == "may":
        return None
    month, day = found["m1"] or found["m2"], found["d1"] or found["d2"]
    stated = found["y1"] or found["y2"] or year
    return _checked(stated, _month(month), int(re.sub(r"\D", "", day))) if stated else None


def _day_first(found: re.Match[str]) -> bool | None:
    """Whether the day stands first in `13/01/2023`; None where both numbers may be months and differ."""
    first, second = int(found["a4"]), int(found["b4"])
    if first > _TWELVE or first == second:
        return True
    return False if second > _TWELVE else None


def _month(text: str) -> int:
    return next(n for n, name in enumerate(_NAMES, 1) if name.startswith(text[:_SHORT].lower()))


def _checked(year: str, month: int, day: int) -> str | None:
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return None
