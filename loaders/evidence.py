"""How a stated value may stand in the lines that it cites: the normalisation that loaders apply, property by property.

A text stands there word by word: case, markup, bullets, footnote marks, punctuation and line breaks aside; lines that a
page break puts between do not count, and an acronym may stand in the plural. What is no text of the document has a row
in one of the tables below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

import pycountry

from graph.records import Scalar, Value
from loaders.names.places import find_country, place
from loaders.pages.frameworks import read_frameworks
from loaders.soc.controls.results import methods_of, result_of
from loaders.soc.wording import opinion_of

COMPOSED = frozenset(
    {
        ("Assessment", "name"),
        ("Control", "title"),
        ("ControlTest", "name"),
        ("ControlTest", "result_scope"),
        ("Deviation", "name"),
        ("ControlRevision", "name"),
        ("UserEntityControl", "name"),
        ("SubserviceControl", "name"),
        ("Commitment", "name"),
        ("Resource", "kind"),
        ("Framework", "kind"),
        ("Document", "name"),
    }
)
"""What loaders compose, count or know by a reviewed table; ordinals are counted too. It stands in no line."""

NAMELESS = frozenset({"Assessment", "Document", "Citation", "Name", "ControlTest", "Deviation", "ControlRevision"})
"""Labels whose nodes a text does not call by a name: as the end of a relationship they are what the text is about."""

ABOVE = frozenset(
    {"MENTIONS", "SPECIFIC_TO", "REVISES", "REFERS_TO", "ISSUED_BY", "BASED_ON", "COMPLEMENTS", "HAS_REQUIREMENT"}
)
"""Relationships whose start may stand in a heading above the lines."""

IMPLIED = frozenset({"OF_PROVIDER", "OPERATED_BY", "HAS_OBJECTIVE", "HAS_CONTROL", "HAS_TEST"})
"""Relationships to the provider or the report that the whole document is about: one end alone stands in the lines."""

_MARKS = re.compile(r"[¹²³⁰⁴⁵⁶⁷⁸⁹]+|</?[a-z]{1,6}>|\]\([^()\s]*\)|\ue000")
_WORD = re.compile(r"[^\W_]+")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_COUNTS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve"),
)
_ROMAN = {"type_1": r"\btype (?:1|I)\b", "type_2": r"\btype (?:2|II)\b"}

_RANGE = re.compile(r"(\d+(?:\.\d+)*)\s*(?:through|thru|to|[–—-])\s*(?:[A-Z]+-)?(\d+(?:\.\d+)*)")

Check = Callable[[str, Scalar], bool]


def stands(text: str, label: str, key: str, value: Value) -> bool:
    """Whether a value of a property stands in the text of the lines that it cites."""
    if key == "ordinal" or (label, key) in COMPOSED:
        return True
    check = _CHECKS.get((label, key)) or _KEYS.get(key) or _plain
    return all(check(text, item) for item in (value if isinstance(value, tuple) else (value,)))


def has_words(text: str, words: str) -> bool:
    """Whether the words stand in the text, in order and one after the other, but for breaks of lines and pages."""
    found, wanted = _words(text), _words(words)
    if not wanted or f" {' '.join(wanted)} " in f" {' '.join(found)} ":
        return True
    breaks = text.count("\n") + text.count("\t") + text.count("|")
    return breaks > 0 and _runs(found, wanted) <= 2 * breaks + 1


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", _MARKS.sub(" ", text)).casefold())


def _runs(found: Sequence[str], wanted: Sequence[str]) -> float:
    """In how many runs of words the wanted ones stand in the text, in order; infinite where one is missing."""
    at, runs, last = 0, 0, -2
    for word in wanted:
        try:
            place_ = found.index(word, at)
        except ValueError:
            return float("inf")
        runs += place_ != last + 1
        at, last = place_ + 1, place_
    return runs


def _plain(text: str, value: Scalar) -> bool:
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return _number(text, value)
    words = str(value).replace("_", " ")
    return has_words(text, words) or (words.isupper() and has_words(text, f"{words}s"))


def _number(text: str, value: Scalar) -> bool:
    number = int(value)
    word = _COUNTS[number] if number < len(_COUNTS) else str(number)
    return bool(re.search(rf"(?<!\d){number}(?!\d)|\b{word}\b", text, re.IGNORECASE))


def _date(text: str, value: Scalar) -> bool:
    """A date, a month or a year, in the forms in which reports write it."""
    year, *rest = str(value).split("-")
    month = _MONTHS[int(rest[0]) - 1] if rest else ""
    day = int(rest[1]) if len(rest) > 1 else None
    if not rest:
        return year in text
    short = rf"{month[:3]}(?:{month[3:]}|\.)?"
    if day is None:
        return bool(re.search(rf"\b{short},?\s+{year}\b", text, re.IGNORECASE))
    number = int(rest[0])
    forms = (
        rf"{short}\s+0?{day}(?:st|nd|rd|th)?,?\s+{year}",
        rf"0?{day}(?:st|nd|rd|th)?\s+(?:of\s+)?{short},?\s+{year}",
        rf"0?{number}/0?{day}/{year}|0?{day}[./]0?{number}[./]{year}|{value}",
    )
    return bool(re.search("|".join(forms), " ".join(text.split()), re.IGNORECASE))


def _pattern(patterns: Mapping[str, str]) -> Check:
    """A check by the wording of each value; a value that has none is not checked."""

    def check(text: str, value: Scalar) -> bool:
        pattern = patterns.get(str(value))
        return pattern is None or bool(re.search(pattern, " ".join(text.split()), re.IGNORECASE))

    return check


def _status(text: str, value: Scalar) -> bool:
    """A status by the reviewed wordings of frameworks, whoever is their subject."""
    table = (w.pattern for w in read_frameworks().wordings if w.status == value)
    own = {"attested": r"\breports?\b|\bevaluation\b|\bassertion\b", "compliant": r"complian", "certified": r"certif"}
    patterns = [pattern.replace("{p}", ".*?") for pattern in table]
    flat = " ".join(text.split())
    return any(re.search(p, flat) for p in patterns) or bool(re.search(own.get(str(value), r"$^"), flat, re.IGNORECASE))


def _country(text: str, value: Scalar) -> bool:
    """A country by any name that ISO 3166 or the reviewed table has for it, or by the name of a part of it."""
    return has_words(text, str(value)) or any(
        country is not None and str(value) in (country.code, country.name)
        for country in map(find_country, _places(text))
    )


def _subdivision(text: str, value: Scalar) -> bool:
    """A part of a country by its name in ISO 3166-2, or by one of the reviewed table."""
    names = (str(one.name) for one in pycountry.subdivisions if one.code == value)
    return any(has_words(text, name) for name in names) or any(
        place(part).subdivision == value for part in _cells(text)
    )


def _cells(text: str) -> list[str]:
    joined = " ".join(text.split())
    return [part.strip(" •-*") for part in (*re.split(r"[|\t]", text), *text.split("\n"), joined)]


def _places(text: str) -> list[str]:
    cells = _cells(text)
    return [*cells, *(part.strip(" *-:•") for cell in cells for part in re.split(r"[,:]", cell))]


def _url(text: str, value: Scalar) -> bool:
    return str(value) in re.sub(r"\s+", "", text)


def _method(text: str, value: Scalar) -> bool:
    return value in methods_of(" ".join(text.split())) or any(
        value in methods_of(part.strip()) for part in _cells(text)
    )


def _result(text: str, value: Scalar) -> bool:
    return value in {result_of(part) for part in (*_cells(text), *re.split(r"(?<=[.;])\s+", text))}


def _opinion(text: str, value: Scalar) -> bool:
    return opinion_of("", " ".join(text.split())) == value


def _specific(text: str, value: Scalar) -> bool:
    return bool(re.search(r"\bSpecific\b", text)) or not value


def _months(text: str, value: Scalar) -> bool:
    """A number of months, which may follow the day that ends the cell before it without a space."""
    return _number(text, value) or bool(re.search(rf"(?<=/\d\d){value}[ -]months?\b", text))


def _objective_number(text: str, value: Scalar) -> bool:
    """An objective goes by its place where no row of its table prints a number."""
    return _plain(text, value) or (str(value).isdigit() and not re.search(r"\d", text))


def _control_number(text: str, value: Scalar) -> bool:
    """Tables leave out the prefix, and below the title of an objective also its number; a range names its ends."""
    number = re.sub(r"^[A-Z]+-", "", str(value))
    last = number.rsplit(".", 1)[-1]
    if any(_lies_between(number, match[1], match[2]) for match in _RANGE.finditer(text)):
        return True
    return bool(re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)|^\W*{re.escape(last)}\s*[.:]", text, re.MULTILINE))


def _lies_between(number: str, first: str, last: str) -> bool:
    if not re.fullmatch(r"\d+(?:\.\d+)*", number):
        return False
    parts, low, high = ([int(part) for part in text.split(".")] for text in (number, first, last))
    return parts[:-1] == low[:-1] == high[:-1] and low < parts < high


_CHECKS: dict[tuple[str, str], Check] = {
    ("Assessment", "status"): _status,
    ("Assessment", "opinion"): _opinion,
    ("Assessment", "report_type"): _pattern(_ROMAN),
    ("Assessment", "availability"): _pattern(
        {"public": r"public", "under_nda": r"\bNDA\b|non-?disclosure", "customers": r"customer"}
    ),
    ("Assessment", "cadences"): _pattern(
        {
            "quarterly": r"quarter",
            "semiannual": r"semi-?annual|twice (?:a|per) year|(?:six|6) months",
            "annual": r"annual|year",
        }
    ),
    ("Assessment", "period_months"): _months,
    ("ControlObjective", "number"): _objective_number,
    ("Country", "name"): _country,
    ("Country", "code"): _country,
    ("EdgeLocation", "subdivision"): _subdivision,
    ("Facility", "subdivision"): _subdivision,
    ("Control", "number"): _control_number,
    ("Control", "name"): _control_number,
    ("Control", "service_specific"): _specific,
    ("ControlTest", "methods"): _method,
    ("ControlTest", "result"): _result,
    ("Service", "content_storage"): _pattern({"primary": r"\bprimary\b", "local": r"\blocal\b"}),
    ("Service", "responsibility"): _pattern(
        {"abstracted": r"\babstract", "container": r"\bcontainer", "infrastructure": r"\binfrastructure"}
    ),
    ("Resource", "url"): _url,
    ("Resource", "name"): _url,
}

_KEYS: dict[str, Check] = {
    key: _date
    for key in (
        "date",
        "period_start",
        "period_end",
        "as_of",
        "opinion_date",
        "changed_on",
        "remediated_on",
        "from",
        "to",
    )
}
