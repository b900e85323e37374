"""What the wording of reports means: verbs of tests, results, opinions, standards, dates, all in reviewed tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model.vocabulary import METHODS

# "Readings that are settled" of the model: which verbs of the auditor are which method.
_VERBS = {
    "inquired": "inquiry",
    "inspected": "inspection",
    "examined": "inspection",
    "observed": "observation",
    "reperformed": "reperformance",
    "attempted": "reperformance",
    "called": "reperformance",
    "granted": "reperformance",
    "created": "reperformance",
    "removed": "reperformance",
    "executed": "reperformance",
}
# A verb is the auditor's own where a sentence or a clause begins with it; elsewhere it is what was looked at.
_OWN_VERB = re.compile(rf"(?:^|,|\band|\bor|\bthen)\s+({'|'.join(_VERBS)})\b")
_ASCERTAINED = re.compile(r"\bascertain")
_SENTENCES = re.compile(r"(?<=[.;])\s+")

_NOTED = r"\b(?:deviations?|exceptions?)\s+(?:(?:was|were|is|are|has been|have been)\s+)?(?:noted|identified)\b"
_NONE_NOTED = re.compile(rf"\bno\s+(?:relevant\s+)?{_NOTED}", re.IGNORECASE)
_SOME_NOTED = re.compile(
    rf"{_NOTED}|\b(?:noted|identified)\s+(?:an?|the|\w+)\s+(?:deviations?|exceptions?)\b", re.IGNORECASE
)
# A negation beside the settled wordings, such as `no significant`, says neither that there is one nor none.
_NEGATED = re.compile(rf"\b(?:no|without)\s+(?:[\w-]+\s+){{0,2}}{_NOTED}", re.IGNORECASE)
_THERE = re.compile(r"\bthere (?:was|were)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"^except\b", re.IGNORECASE)
_CLAUSES = re.compile(
    r"(?<=[.;])\s+|,?\s+(?=(?:but|except|however|whereas|while)\b)|,\s+(?=no\b)",
    re.IGNORECASE,
)
_NOT_TESTED = re.compile(
    r"\bnot tested\b|\bdid not occur\b|\bno samples\b|\bno occurrences?\b|\bnot applicable during the period\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_COUNTED = re.compile(
    rf"\b(\d+|{'|'.join(_NUMBER_WORDS)})\s+(?:out\s+)?of\s+(?:the\s+|a\s+(?:sample|total)\s+of\s+)?"
    rf"(\d+|{'|'.join(_NUMBER_WORDS)})\b",
    re.IGNORECASE,
)

_OPINIONS = (
    (
        re.compile(r"\bdo(?:es)? not express an opinion\b|\bdisclaimer of opinion\b", re.IGNORECASE),
        "disclaimer",
    ),
    (re.compile(r"\badverse opinion\b", re.IGNORECASE), "adverse"),
    (re.compile(r"\bqualified opinion\b|\bexcept for\b", re.IGNORECASE), "qualified"),
    (re.compile(r"\bin our opinion, in all material respects\b", re.IGNORECASE), "unqualified"),
)

_STANDARDS = (
    (
        re.compile(
            r"attestation standards established by the (?:AICPA|American Institute of Certified Public Accountants)"
        ),
        "AICPA attestation standards",
    ),
    (
        re.compile(
            r"(?:International Standards? (?:on|for) Assurance Engagements (?:\(ISAE\) )?(?:No\. )?"
            r"|ISAE (?:No\. )?)3402"
        ),
        "ISAE 3402",
    ),
    (re.compile(r"(?:Attestation Engagements (?:\(SSAE\) )?(?:No\. )?|SSAE (?:No\. )?)16"), "SSAE 16"),
    (re.compile(r"(?:Attestation Engagements (?:\(SSAE\) )?(?:No\. )?|SSAE (?:No\. )?)18"), "SSAE 18"),
    (re.compile(r"AT-C (?:section )?320"), "AT-C 320"),
    (re.compile(r"AT-C (?:section )?205"), "AT-C 205"),
    (re.compile(r"AT-C (?:section )?105"), "AT-C 105"),
)

_CATEGORIES = ("security", "availability", "processing integrity", "confidentiality", "privacy")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = rf"(?:{'|'.join(_MONTHS)})\s+\d{{1,2}},\s+\d{{4}}"
_A_DATE = re.compile(rf"^({_DATE})\.?$")
_PERIOD = re.compile(rf"\bperiod\s+(?:from\s+)?({_DATE})\s*(?:-|–|—|to|through)\s*({_DATE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many items of a sample something was found."""

    occurrences: int
    sample_size: int


def methods_of(procedure: str) -> tuple[str, ...]:
    """How a procedure tests, in the model's order; empty where none of its verbs is known.

    What follows `ascertained` is what the auditor found, not what was done.
    """
    found = set[str]()
    for sentence in _SENTENCES.split(procedure):
        done = _ASCERTAINED.split(sentence, maxsplit=1)[0]
        found |= {_VERBS[verb] for verb in _OWN_VERB.findall(f" {done[:1].lower()}{done[1:]}")}
    return tuple(method for method in METHODS if method in found)


def result_of(text: str) -> str | None:
    """The result that a text words; None where its wording is unknown, or says more than that there was none."""
    if any(_is_deviation(clause, text) for clause in _CLAUSES.split(text)):
        return "deviation"
    rest = _THERE.sub("", _NONE_NOTED.sub("", text))
    if _NONE_NOTED.search(text):
        return None if re.search(r"\w", rest) else "no_deviation"
    return "not_tested" if _NOT_TESTED.search(text) and not _NEGATED.search(text) else None


def counted(text: str) -> Counted | None:
    """`2 of 25` in the clause of a deviation, or in the one after it; in the whole text where it words neither."""
    clauses = _CLAUSES.split(text)
    first = next((n for n, clause in enumerate(clauses) if _is_deviation(clause, text)), None)
    read = (text,) if first is None else clauses[first : first + 2]
    found = next((m for clause in read if not _NEGATED.search(clause) and (m := _COUNTED.search(clause))), None)
    return Counted(_number(found[1]), _number(found[2])) if found else None


def _is_deviation(clause: str, text: str) -> bool:
    """Whether a clause words a deviation: as noted, or as counted exceptions from there being none."""
    if _SOME_NOTED.search(_NEGATED.sub("", clause)):
        return True
    excepted = _EXCEPT.search(clause) and _COUNTED.search(clause) and _NONE_NOTED.search(text)
    return bool(excepted) and not _NOT_TESTED.search(text)


def opinion_of(heading: str, text: str) -> str | None:
    """The auditor's opinion by the heading above it and its wording; None where that is unknown."""
    return next((opinion for pattern, opinion in _OPINIONS if pattern.search(f"{heading}\n{text}")), None)


def standards_in(text: str) -> tuple[str, ...]:
    """The professional standards that a text names."""
    return tuple(name for pattern, name in _STANDARDS if pattern.search(text))


def trust_services_categories(text: str) -> tuple[str, ...]:
    """The trust services categories that a text names, in the order of the criteria."""
    return tuple(category for category in _CATEGORIES if re.search(rf"\b{category}\b", text, re.IGNORECASE))


def date_of(text: str) -> str | None:
    """The ISO date of a text that is nothing but a date, such as `April 20, 2020`."""
    found = _A_DATE.match(" ".join(text.split()))
    return _iso(found[1]) if found else None


def period_of(text: str) -> tuple[str, str] | None:
    """The first period that a text names, as ISO dates."""
    found = _PERIOD.search(" ".join(text.split()))
    return (_iso(found[1]), _iso(found[2])) if found else None


def _iso(text: str) -> str:
    month, day, year = text.replace(",", " ").split()
    return f"{year}-{_MONTHS.index(month.capitalize()) + 1:02}-{int(day):02}"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBER_WORDS.index(text.lower())
