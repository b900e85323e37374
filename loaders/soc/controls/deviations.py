"""Deviations in the wording of a result, and what management responds to them, beside them or in a later section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.dates import date_of
from loaders.soc.controls.results import Counted, count_in, counted, result_of

_DATE_WORDS = (
    r"(?:(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>(?:19|20)\d{2})"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month2>January|February|March|April|May|June|July|August"
    r"|September|October|November|December),?"
    r"\s+(?P<year2>(?:19|20)\d{2})|(?P<iso>(?:19|20)\d{2}-\d{2}-\d{2})"
    r"|(?P<numbers>\d{1,2}(?P<sep>[/.])\d{1,2}(?P=sep)(?:19|20)\d{2}))"
)
_DATE = re.compile(rf"\b{_DATE_WORDS}\b")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_REMEDIED = re.compile(
    r"\b(?:remediat|correct|resolv|fix|clos|complet|implement|remov|disabl|revok|deploy|rectif|address|reinforc"
    r"|updat|introduc|roll|perform|"
    r"put in place|enforc|activat|automat|retrain)(?:i?ed|ied|ed)?\b|\bin place\b|\bwent live\b|\btook effect\b"
    r"|\b(?:was|were|has been|have been) (?:put|made|set|built)\b"
    r"|\b(?:taken|brought|came|come|went|gone) into (?:use|operation|service|effect|force|production)\b",
    re.IGNORECASE,
)
_WORKED = re.compile(
    r"\b(?:remediated|corrected|resolved|fixed|rectified|closed|remediation (?:was|were|has been))\b", re.IGNORECASE
)
# The day of an incident is not that of what was done about it.
_DATED_BY = re.compile(
    rf"\b(?:during|after|following|before|since|until)\s+(?:an?|the|that|this)\s+[^.;,]{{1,60}}?{_DATE_WORDS}"
)
# A day since when something holds is none on which the deviation was done away with.
_HOLDS_SINCE = re.compile(rf"\bsince\s+(?:about\s+)?{_DATE_WORDS}")
_CLAUSES = re.compile(r",\s+(?:and|but|which|while|whereas)\s+")
_TO_COME = re.compile(
    r"\b(?:will|shall|plans?|planned|expect(?:s|ed)?|scheduled|target(?:s|ed)?|intends?|is to be|are to be"
    r"|anticipat\w+|by the end of|in progress)\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    r"(?:^|(?<=[.;:])\s+|\s+)(?P<label>(?:[A-Z][\w’']*\s+){0,3}?[Mm]anagement(?:[’']?s)?\s+[Rr]esponse|Response"
    r" of [Mm]anagement)\s*(?:\([^()]{1,60}\)\s*)?[:–—-]\s*"
)
_SENTENCES = re.compile(r"(?<=[.;!?])\s+(?=[A-Z“\"(])")
_MARKED = re.compile(
    r"(?:^|(?<=\s))(?:\(?(?:[a-z]|[ivx]{1,3}|\d{1,2})[.)]|(?:Exception|Deviation)\s+(?:No\.?\s*"
    r"|#)?\d{1,2}\s*[:.–—-])\s+(?=[A-Z“\"])"
)


# A result can end by saying where the response stands.
_RESPONSE_ELSEWHERE = re.compile(
    r"(?<=[.!?])\s+\(?(?:(?:Please )?(?:refer to|see)) (?:Section|Part|Appendix|Chapter) [\w.]{1,4} for (?:the )?"
    r"(?:management(?:[’']?s)? (?:responses?|comments?)|responses? of (?:the )?management)"
    r"(?: to (?:this|the) (?:exception|deviation)s?)?\.?\)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Deviating:
    """A deviation as a result words it, and in how many items of a sample."""

    statement: str
    count: Counted | None


def without_response(text: str) -> tuple[str, str]:
    """A result without the response of management that stands behind it in the same cell, and that response."""
    text = _RESPONSE_ELSEWHERE.sub("", text) or text
    found = _RESPONSE.search(text)
    if found is None or not text[: found.start()].strip():
        return text, ""
    return text[: found.start()].strip(), text[found.end() :].strip()


def deviations_in(text: str) -> list[Deviating]:
    """The deviations of a result, in order: those counted off, else each sentence that counts, else all of it."""
    if result_of(text) != "deviation":
        return []
    parts = _counted_off(text) or _by_heads(text) or _by_counts(text)
    if len(parts) > 1:
        return [Deviating(part, count_in(part)) for part in parts]
    return [Deviating(text, counted(text))]


def _counted_off(text: str) -> list[str]:
    marks = list(_MARKED.finditer(text))
    if len(marks) < 2:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts = [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    return [part for part in parts if result_of(part) not in ("no_deviation", "not_tested")]


def _by_heads(text: str) -> list[str]:
    """The parts of a result each of which says anew that a deviation was noted."""
    heads = list(_HEAD.finditer(text))
    if len(heads) < 2 or heads[0].start() > 0:
        return []
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [text[head.start() : end].strip() for head, end in zip(heads, ends, strict=True)]


_HEAD = re.compile(
    r"(?:^|(?<=[.;]\s))(?:Deviation|Exception)s?\s+(?:(?:was|were)\s+)?(?:noted|identified)\s*[.:–—-]\s*(?=\S)"
)


def _by_counts(text: str) -> list[str]:
    """The sentences that say in how many of a sample, each with the sentences after it that do not."""
    sentences = _SENTENCES.split(text)
    counting = [
        index
        for index, sentence in enumerate(sentences)
        if count_in(sentence) and result_of(sentence) not in ("no_deviation", "not_tested")
    ]
    if len(counting) < 2 or len({count_in(sentences[index]) for index in counting}) < 2:
        return []
    ends = [*counting[1:], len(sentences)]
    return [" ".join(sentences[start:end]) for start, end in zip(counting, ends, strict=True)]


def date_in(text: str) -> str | None:
    """The one date of a text that says when something was done."""
    found = {_iso(match) for match in _DATE.finditer(text)}
    return found.pop() if len(found) == 1 and not _TO_COME.search(text) else None


def remediated_on(response: str) -> str | None:
    """The date on which a response says that a deviation was remediated; None where it is to be, or is not dated."""
    found: list[str | None] = []
    for sentence in (part for part in re.split(r"(?<=[.;])\s+", response) if not _TO_COME.search(part)):
        for clause in _CLAUSES.split(_HOLDS_SINCE.sub("", _DATED_BY.sub("", sentence))):
            date = _DATE.search(clause)
            if date and _WORKED.search(clause):
                return _iso(date)
            if date and _REMEDIED.search(clause):
                found.append(_iso(date))
    return found[0] if len(found) == 1 else None


def _iso(date: re.Match[str]) -> str | None:
    if date["numbers"]:
        return date_of(date["numbers"])
    if date["iso"]:
        return date["iso"]
    month, year, day = date["month"] or date["month2"], date["year"] or date["year2"], date["day"] or date["day2"]
    text = f"{year}-{_MONTHS.index(month) + 1:02}"
    return f"{text}-{int(day):02}" if day else text


_EXAMINED_NOT = re.compile(
    r"\b(?:not (?:been )?(?:subject(?:ed)?|audited|examined|tested|covered|part of)|not a part of|no (?:procedures"
    r"|opinion|assurance)|did not (?:perform|examine|audit|test)"
    r"|(?:do|does) not express|unaudited|have not performed|without (?:performing|applying))\b",
    re.IGNORECASE,
)
_RESPONSES = re.compile(
    r"\bresponses?\b|\bmanagement(?:[’']?s)? (?:comments?|repl(?:y|ies)|actions?)\b"
    r"|\b(?:comments?|statements?|repl(?:y|ies)) (?:of|by|from) (?:the )?management on (?:the )?"
    r"(?:deviation|exception)s?\b",
    re.IGNORECASE,
)
_THIS_SECTION = re.compile(
    r"\binformation\b.{0,160}\b(?:section|part)\b|\b(?:section|part)\b.{0,160}\binformation\b|^\W*this section\b",
    re.IGNORECASE,
)


_EXAMINED = re.compile(
    r"\bresponses?\b[^.|]{0,80}\b(?:was|were|has been|have been|are) (?:also )?(?:subjected|examined|audited"
    r"|tested|covered)\b"
    r"|\bwe (?:also )?(?:subjected|examined|tested|inspected|audited)\b.{0,30}\bresponses?\b",
    re.IGNORECASE,
)


def speaks_of_responses(sentence: str) -> bool:
    """Whether a sentence speaks of what management responds."""
    return bool(_RESPONSES.search(sentence) and _MANAGEMENT.search(sentence))


def examined_by(sentence: str, *, here: bool) -> bool | None:
    """Whether a sentence says that the auditor examined responses, or the information of its section; None: neither."""
    speaks = speaks_of_responses(sentence)
    if not speaks and not (here and _THIS_SECTION.search(sentence)):
        return None
    if _EXAMINED_NOT.search(sentence):
        return False
    return True if speaks and _EXAMINED.search(sentence) else None


_MANAGEMENT = re.compile(r"\bmanagement\b|\bdeviations?\b|\bexceptions?\b|\bservice organi[sz]ation\b", re.IGNORECASE)


def matching(statements: Sequence[str], told: str) -> int | None:
    """Which of the deviations a repeated wording is: the only one, that of the same numbers, that of most words."""
    if len(statements) == 1:
        return 0
    count = count_in(told)
    same = [index for index, one in enumerate(statements) if count and count_in(one) == count]
    if len(same) == 1:
        return same[0]
    words = set(re.findall(r"\w{4,}", told.lower()))
    shared = [len(words & set(re.findall(r"\w{4,}", one.lower()))) for one in statements]
    best = max(shared, default=0)
    return shared.index(best) if best >= _FEWEST_WORDS and shared.count(best) == 1 else None


_FEWEST_WORDS = 3
