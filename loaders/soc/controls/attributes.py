"""What reports say of a control beside its wording: how often it operates, and whether people or systems do it."""

from __future__ import annotations

import re

_FREQUENCIES = (
    ("continuous", r"continuous(?:ly)?|real[ -]?time|ongoing|on an ongoing basis|always"),
    (
        "daily",
        r"daily|each day|every day|once a day|per day|each (?:business|working) day|every (?:business|working)"
        r" day|nightly",
    ),
    ("weekly", r"weekly|each week|every week|once a week"),
    ("monthly", r"monthly|each month|every month|once a month"),
    ("quarterly", r"quarterly|each quarter|every quarter|once a quarter|every three months"),
    (
        "semiannual",
        r"semi-?\s?annual(?:ly)?|bi-?annual(?:ly)?|half-?yearly|twice (?:a|per) year|every six months|twice yearly",
    ),
    ("annual", r"annual(?:ly)?|yearly|each year|every year|once a year|per annum|every twelve months"),
    (
        "ad_hoc",
        r"ad[- ]?hoc|as (?:needed|required|necessary)|on[- ]demand|event[- ]driven|per (?:event|occurrence"
        r"|request|change|incident|transaction|instance)"
        r"|(?:upon|on|at|per) (?:new )?(?:occurrence|request|event|hire|hiring|onboarding|offboarding|termination"
        r"|separation|transfer|role change|change|incident|release|deployment)"
        r"|when(?:ever)? (?:needed|required|occurring)|as (?:it )?occurs?|each"
        r" occurrence|for each (?:change|request|event|occurrence)",
    ),
)
_EXACT = tuple(
    (value, re.compile(rf"(?:at least\s+)?(?:{words})(?:\s+basis)?", re.IGNORECASE)) for value, words in _FREQUENCIES
)
_MANUAL = re.compile(r"manual(?:ly)?(?: control)?", re.IGNORECASE)
_AUTOMATED = re.compile(r"(?:fully )?automat(?:ed|ic|ically)(?: control)?|system(?:atic)?", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[/,;|]|\s[–—-]\s)\s*")


def frequency_of(text: str) -> str | None:
    """How often a control operates, where the wording of its cell is known."""
    return _one(
        value for part in (text, *_parts(text)) for value, words in _EXACT if words.fullmatch(part.strip(" .()"))
    )


def nature_of(text: str) -> str | None:
    """Whether a control is manual or automated, where the wording of its cell is known and says one alone."""
    found = [
        v for part in _parts(text) for v, w in (("manual", _MANUAL), ("automated", _AUTOMATED)) if w.fullmatch(part)
    ]
    return _one(iter(found))


def _parts(text: str) -> list[str]:
    return [part.strip(" .()") for part in _SPLIT.split(text)]


def _one(found: object) -> str | None:
    values = list(dict.fromkeys(found))  # type: ignore[call-overload]
    return values[0] if len(values) == 1 else None
