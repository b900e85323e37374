"""Snippets: the part of a text in which most of a query stands, as HTML in which the matches are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from graph.words import Query, Term, spans

BEFORE, WIDTH = 6, 30
"""Words before the first match, and words in all."""

LOOKED_AT = 100
"""At how many matches a snippet may begin; the first ones are tried."""

_SPACES = re.compile(r"\s+")
_CUT = "…"


def snippet(text: str, query: Query) -> str:
    """At most `WIDTH` words of a text around its matches, runs of white space as one space.

    Matches stand in `<mark>`, `&`, `<` and `>` are escaped, and an ellipsis stands where the text goes on.
    """
    places = spans(text)
    cut = [word for word, _, _ in places]
    found = sorted(match for term in query.terms for match in _matches(term, cut))
    first = _first(found)
    last = min(first + WIDTH, len(places))
    start = places[first][1] if first else 0
    end = places[last - 1][2] if last < len(places) else len(text)
    marks = [(places[a][1], places[min(b, last) - 1][2]) for a, b in found if first <= a < last]
    shown = _SPACES.sub(" ", "".join(_marked(text, start, end, marks)).strip())
    return f"{_CUT if first else ''}{shown}{_CUT if last < len(places) else ''}"


def _matches(term: Term, cut: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a term stands among the words: the number of its first word and that behind its last."""
    size = len(term.words)
    for place in range(len(cut) - size + 1):
        if tuple(cut[place : place + size - 1]) == term.words[:-1] and _ends(term, cut[place + size - 1]):
            yield place, place + size


def _ends(term: Term, word: str) -> bool:
    return word.startswith(term.words[-1]) if term.prefix else word == term.words[-1]


def _first(found: Sequence[tuple[int, int]]) -> int:
    """The first word of the snippet in which most matches stand whole, of the first such."""
    begins = list(dict.fromkeys(max(0, place - BEFORE) for place, _ in found))[:LOOKED_AT]
    return max(begins, key=lambda begin: sum(begin <= a and b <= begin + WIDTH for a, b in found), default=0)


def _marked(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The text between two places, what overlaps in one mark."""
    place = start
    for a, b in _joined(marks):
        yield escape(text[place:a], quote=False)
        yield f"<mark>{escape(text[a:b], quote=False)}</mark>"
        place = b
    yield escape(text[place:end], quote=False)


def _joined(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined = list[tuple[int, int]]()
    for a, b in marks:
        if joined and a < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined
