"""Headings over columns that stand on one line, or wrap, with no gaps between them: which columns they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.soc.controls.heading_words import are_of_headings
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line

_MOST_LINES = 5
_OWNS = re.compile(r"\b[A-Z][\w&.-]*['’]s?\s+(?=controls?\b)|\b[Oo]ur\s+(?=tests?\b|controls?\b)", re.IGNORECASE)
_WIDE = re.compile(r"\S\s{2,}\S|[\t|]")
_RESULT = re.compile(
    r"\b(?:tests?(?:ing)? )?results?\b(?: of (?:the )?(?:service )?"
    r"(?:auditor['’]?s? )?(?:tests?|testing|procedures?)\b)?"
    r"|\bconclusions?\b|\boutcomes?\b",
    re.IGNORECASE,
)
_COLUMNS = (
    (Role.RESPONSE, re.compile(r"\bresponses?\b", re.IGNORECASE)),
    (Role.RESULT, _RESULT),
    (Role.PROCEDURE, re.compile(r"\btest(?:s|ing|ed)?\b|\bprocedures?\b", re.IGNORECASE)),
    (Role.CRITERION, re.compile(r"\bcriteri\w+|\btsc\b|\btsp\b", re.IGNORECASE)),
    (Role.OWNER, re.compile(r"\bowners?\b|\bresponsib\w+", re.IGNORECASE)),
    (Role.FREQUENCY, re.compile(r"\bfreq(?:uency|\.)|\bhow often\b", re.IGNORECASE)),
    (Role.NATURE, re.compile(r"\bnature\b|\btype\b|\bmanual\b", re.IGNORECASE)),
)
_OTHER = re.compile(
    r"\bobjectives?\b|\brisks?\b|\bassertions?\b|\bevidence\b|\bdates?\b|\bperformed by\b", re.IGNORECASE
)
_CONTROL = re.compile(r"\bcontrols?\b|\bactivit(?:y|ies)\b", re.IGNORECASE)
_MAPPING = re.compile(r"(?:criteri\w+|tsc|tsp)\b.*\bcontrols?(?: (?:ids?|nos?\.?|numbers?))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FlowHeading:
    """The columns that a heading names in their order, how many lines it takes, and its words.

    `maps` says whether the table lists the controls of each criterion.
    """

    roles: tuple[Role, ...]
    size: int
    text: str
    maps: bool = False


def heading_at(lines: Sequence[Line], at: int) -> FlowHeading | None:
    """The heading that begins with a line: all lines of its words alone, which name controls and another column."""
    words: list[str] = []
    for _, text in lines[at : at + _MOST_LINES]:
        plain = _OWNS.sub("", text.strip())
        if not plain or _WIDE.search(text.strip()) or not (are_of_headings(plain) or plain == "#"):
            break
        words.append(plain)
    text = " ".join(words)
    roles = _roles(text)
    if not _CONTROL.search(text) or _OTHER.search(text) or len(roles) < 1 or text.endswith(":"):
        return None
    return FlowHeading(roles, len(words), text, _MAPPING.fullmatch(text) is not None)


def _roles(text: str) -> tuple[Role, ...]:
    """The columns beside that of the controls in their order; what a column is called is taken once."""
    found: list[tuple[int, Role]] = []
    for role, pattern in _COLUMNS:
        match = pattern.search(text)
        if match:
            found.append((match.start(), role))
            text = text[: match.start()] + "_" * (match.end() - match.start()) + text[match.end() :]
    return tuple(role for _, role in sorted(found, key=lambda one: one[0]))
