"""How sentences name Regions one after another, and the role of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.soc.scope_items import role_of

_NAMED = r"[A-Z][\w.'’]*(?:[ -](?:[A-Z][\w.'’]*|\d))*"
ELEMENT = re.compile(
    r"(?P<item>[a-z]{2,}(?:-[a-z]+)*-[a-z]*\d{1,2}(?:\s\([^()]*\))?"
    rf"|{_NAMED}(?:\s\([^()]*\)){{0,2}}(?:,\s[a-z]{{2,}}(?:-[a-z]+)*-[a-z]*\d{{1,2}}(?:\s\([^()]*\))?)?)"
)
_JOINT = re.compile(r"\s*(?:,\s*and|;\s*and|and|,|;|&)\s+(?:in\s+)?(?:the\s+)?")
_BEING = r"(?:\s+as|,?\s+(?:(?:which|that)\s+)?(?:is|was|being|serves\s+as|acts\s+as|is\s+used\s+as))"
_AS = re.compile(
    rf"{_BEING}\s+(?:the\s+|an?\s+|its\s+)?(?P<role>[a-z][a-z -]*?)\s+[Rr]egion\b|\s+as\s+(?:the\s+|an?\s+"
    r"|its\s+)?(?P<bare>primary|backup|secondary|standby)\b"
    r"|,\s+(?:the|its|our)\s+(?P<apposed>[a-z-]+(?: [a-z]+)?)\s+[Rr]egion(?=[,.;]|\s+and\b|$)"
)
_ROLE_IS = re.compile(
    r"\b(?:(?:the|its|our)\s+)?(?P<role>[a-z]+(?:[ -][a-z]+)?)\s+[Rr]egion\s+(?:is|was)\s+(?:the\s+)?(?=[A-Za-z])"
)
_ALONE = re.compile(r"(?P<code>(?<![\w-])[a-z]{2,}(?:-[a-z]+)*-[a-z]*\d{1,2}(?![\w-]))(?:\s\([^()]*\))?")


def named_alone(text: str) -> Iterator[str]:
    """The Regions of a sentence behind their roles (`the primary region is ...`), and those that it names by code."""
    roles = [found for found in _ROLE_IS.finditer(text) if role_of(found["role"])]
    led = [(role["role"], one) for role in roles if (one := ELEMENT.match(text, role.end())) and _is_whole(text, one)]
    yield from (f"{element['item']} ({role})" for role, element in led)
    inside = [(element.start(), element.end()) for _, element in led]
    for found in _ALONE.finditer(text):
        if not any(start <= found.start() < end for start, end in inside):
            yield f"{found.group()}{_role_after(text[found.end() :])}"


def _is_whole(text: str, found: re.Match[str]) -> bool:
    """Whether no bracket stands open behind a name."""
    return not text[found.end() :].lstrip().startswith("(")


def elements(text: str) -> Iterator[str]:
    """The Regions that follow each other from the beginning of a text on, each with its role in brackets."""
    at = 0
    while True:
        found = ELEMENT.match(text.replace("`", ""), at)
        if found is None:
            return
        rest = text.replace("`", "")
        role = _AS.match(rest, found.end())
        yield f"{found['item']}{_role_after(rest[found.end() :])}"
        joint = _JOINT.match(rest, role.end() if role else found.end())
        if joint is None:
            return
        at = joint.end()


def _role_after(text: str) -> str:
    """`as the primary Region`, or `, the primary Region`, behind a Region, as it would stand in brackets."""
    found = _AS.match(text)
    role = found["role"] or found["bare"] or found["apposed"] if found else ""
    return f" ({role})" if role and role_of(role) else ""
