"""Lists of places below a heading that is a kind of facility and nothing else: `Offices`, `C. Data centers`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.pieces import Kind, Piece
from loaders.soc.facility_kinds import ANY_KIND, kind_of
from loaders.soc.leading_sentences import leading
from loaders.soc.sections import Part, Section
from loaders.soc.topics import Theme

_NUMBER = re.compile(r"^(?:#{1,6}\s+)?(?P<number>(?:\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.)\s+)?(?P<title>.*)$")
_BARE = re.compile(rf"(?:our )?{ANY_KIND}", re.IGNORECASE)
_IN_SCOPE = re.compile(r" (?:(?:in|within) (?:the )?scope|covered(?: by (?:this|the) report)?)$", re.IGNORECASE)
_OUR = re.compile(r"^our ", re.IGNORECASE)
_KIND = re.compile(rf"\b{ANY_KIND}(?!\w)", re.IGNORECASE)
_LISTED = re.compile(r"\b(?:following|below|as follows|these)\b|:$", re.IGNORECASE)
_OF_PLACES = re.compile(r"(?:our |the )?(?:locations?|premises|facilities|places|sites)(?: in scope)?", re.IGNORECASE)


def kinds_headed(sections: Sequence[Section]) -> dict[int, str]:
    """The kind of facility that the heading above each list names, by the first lines of the list's items.

    Nothing stands between the two but a paragraph that says of facilities of this kind that they are listed below it.
    The heading has a number of its own, or stands below one of places; below one of other organizations it may speak
    of their places.
    """
    found: dict[int, str] = {}
    for section in sections:
        if section.part is Part.DESCRIPTION:
            _read(section.pieces, found)
    return found


def _read(pieces: Sequence[Piece], found: dict[int, str]) -> None:
    above, kind = "", None
    for piece in pieces:
        if piece.kind is Kind.HEADING:
            kind = _headed(piece.text, above)
            above = above if kind else piece.text
        elif piece.kind is not Kind.ITEM:
            kind = kind if kind and _leads_to(kind, piece.text) else None
        elif kind:
            found[piece.first_line] = kind


def _leads_to(kind: str, paragraph: str) -> bool:
    """Whether a sentence of a paragraph leads to a list of facilities of one kind: `from the offices below`."""
    sentence = next(iter(leading(paragraph)), "")
    named = {kind_of(found.group()) for found in _KIND.finditer(sentence)}
    return bool(_LISTED.search(sentence)) and named == {kind}


def _headed(text: str, above: str) -> str | None:
    """The kind of facility that a heading is, where what stands above it does not speak of other organizations.

    One of what is in scope (`Offices in Scope`) speaks of the provider's own.
    """
    number, title = _parted(text)
    if (plain := _IN_SCOPE.sub("", title)) != title:
        return kind_of(_OUR.sub("", plain)) if _BARE.fullmatch(plain) else None
    over = _parted(above)[1]
    foreign = "." in number.rstrip(". ") and any(theme.titles(over) for theme in Theme)
    own = (bool(number) and not foreign) or bool(_OF_PLACES.fullmatch(over))
    return kind_of(_OUR.sub("", title)) if own and _BARE.fullmatch(title) else None


def _parted(heading: str) -> tuple[str, str]:
    """The number of a heading, and its words."""
    found = _NUMBER.match(heading.strip().rstrip(":"))
    return (found["number"] or "", found["title"]) if found else ("", heading)
