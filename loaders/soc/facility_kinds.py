"""What kinds of facilities there are, by the words that reports have for them, and what is found of one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.layout.pieces import Piece
from loaders.names.places import find_country, find_state
from loaders.soc.scope_items import Beside, read_beside, role_of, split_beside

_KINDS = (
    (
        "data_center",
        r"(?:production |primary |backup |secondary )?(?:data ?cent(?:er|re)s?|colocation (?:facility|facilities"
        r"|sites?)|data halls?)",
    ),
    ("processing_center", r"(?:processing|operations) cent(?:er|re)s?"),
    (
        "print_facility",
        r"print(?:ing)?(?: and mail(?:ing)?)? (?:facilit(?:y|ies)|cent(?:er|re)s?|shops?|sites?|plants?)"
        r"|mail(?:ing)? facilit(?:y|ies)",
    ),
    ("warehouse", r"warehouses?|fulfil+ment cent(?:er|re)s?|storage facilit(?:y|ies)"),
    ("office", r"(?:corporate |regional |head |branch |main |sales )?offices?|headquarters|corporate headquarters"),
)  # fmt: skip
_PREFIX = r"(?:(?:primary|backup|secondary|standby|alternate|production) )?"
ANY_KIND = _PREFIX + "(?:" + "|".join(pattern for _, pattern in _KINDS) + ")"
"""A pattern of all words for a facility."""

_BOTH = re.compile(r"\s+and\s+|\s*[,&/+]\s*(?:and\s+)?", re.IGNORECASE)
_KIND = re.compile(rf"\b{ANY_KIND}(?!\w)", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=\.)\s+(?=[A-Z])")
_APART = re.compile(r"\b(?:other than|except|excluding|not|without|besides|former|planned)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"\bfollowing\s+(?P<noun>[\w -]+)")
_LISTING = re.compile(
    rf"\b(?:{ANY_KIND}|premises|places|locations?|facilit(?:y|ies)|sites?|cit(?:y|ies)|towns?|addresses|countries)(?!\w)",
    re.IGNORECASE,
)
_MOST_WORDS = 5
_ROLES = ("primary", "backup", "secondary", "standby")


@dataclass(frozen=True, slots=True)
class FacilityFound:
    """A facility as a report names it: its kind, its place, what it is used for, and what stands beside it.

    `code` is what the report calls it in short, such as `LHR2`; it is no place. `in_state` says that its place is in a
    state of a country, `in_city` that it is a city where it names nothing else.
    """

    kind: str
    place: str
    use: str | None
    beside: Beside
    written: str
    piece: Piece
    owner: str | None = None
    code: str | None = None
    in_state: bool = False
    in_city: bool = False


def kind_of(text: str) -> str | None:
    """The kind of facility that a text names and nothing else, words before the noun aside."""
    plain = re.sub(rf"^{_PREFIX}|\s*\([^()]*\)", "", text.strip().lower()).strip()
    whole = next((kind for kind, pattern in _KINDS if re.fullmatch(pattern, plain, re.IGNORECASE)), None)
    if whole or len(plain.split()) > _MOST_WORDS:
        return whole
    return next((kind for kind, pattern in _KINDS if re.fullmatch(rf"(?:[\w-]+ ){{1,3}}{pattern}", plain)), None)


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds of facility that a text names and nothing else: `Office and warehouse` is two at one place."""
    parts = [kind_of(part) for part in _BOTH.split(text.strip())]
    if len(parts) > 1 and all(parts):
        return tuple(dict.fromkeys(kind for kind in parts if kind))
    whole = kind_of(text)
    return (whole,) if whole else ()


def kind_promised(text: str) -> str | None:
    """The one kind of facility that the last sentence above a list names: `performed at offices in these places:`."""
    last = _SENTENCES.split(text)[-1]
    found = _FOLLOWING.search(last)
    if not text.endswith(":") or _APART.search(last) or (found and not _LISTING.search(found["noun"])):
        return None
    # The item of an outer list stands behind the words that lead to it: `in these places: Data centers:`.
    if of_area := kind_of(text[:-1].rpartition(": ")[2]) if ": " in text else None:
        return of_area
    # What stands behind the noun says more of the places: `the following cities, each with a data center:`.
    named = {kind_of(kind.group()) for kind in _KIND.finditer(last[: found.end()] if found else last)}
    return next(iter(named)) if len(named) == 1 else None


def is_place(text: str) -> bool:
    """Whether a text is a place with its country or its state."""
    last = text.rsplit(", ", 1)[-1]
    return "," in text and (find_country(last) is not None or find_state(last) is not None)


def use_with_dates(text: str) -> tuple[str | None, Beside]:
    """What a facility is used for, and the part of the period or the role that stands behind it."""
    whole = read_beside(text)
    if whole is not None and (whole.role in _ROLES or (not whole.role and (whole.from_ or whole.to))):
        return None, whole
    name, beside = split_beside(text)
    role = role_of(name) if re.fullmatch(r"\w+", name) else None
    role = role if role in _ROLES else None
    return (None if role else name), beside.and_(Beside(role=role))
