"""Lists of definitions of a web page: which of them label each of their terms, and which list what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from selectolax.lexbor import LexborNode

_EMPHASIS = ("b", "del", "dfn", "em", "i", "ins", "mark", "s", "small", "strong", "sub", "sup", "u")
_INLINE = frozenset(("a", "abbr", "cite", "code", "kbd", "q", "samp", "span", "time", "var", "wbr", *_EMPHASIS))
_LONGEST_LABEL = 60
_SENTENCE = (".", "?", "!", ";", ",")
_SEVERAL = 2


class Definitions(Enum):
    """How the definitions of a list stand to its terms."""

    PLAIN = "a term is a line, and what defines it stands below"
    LABELS = "a term is the label of the one line that it has"
    LISTS = "a term is a line above a list of its lines"


def definitions_of(node: LexborNode) -> Definitions:
    """How a list of definitions (`dl`) reads: labels where each short term has one line, lists where one has several.

    Definitions that hold several paragraphs, lists or tables stay as they are, as do those that several terms share.
    """
    groups: list[tuple[LexborNode, list[LexborNode]]] = []
    for part in _parts(node):
        if part.tag == "dt":
            if groups and not groups[-1][1]:
                return Definitions.PLAIN
            groups.append((part, []))
        elif not groups or not _is_line(part):
            return Definitions.PLAIN
        else:
            groups[-1][1].append(part)
    if not groups or not groups[-1][1] or not all(_is_label(term) for term, _ in groups):
        return Definitions.PLAIN
    several = any(len(defined) >= _SEVERAL for _, defined in groups)
    return Definitions.LISTS if several else Definitions.LABELS


def _parts(node: LexborNode) -> Iterator[LexborNode]:
    """The terms and definitions of a list in order, those that a `div` groups too."""
    for child in node.iter():
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from _parts(child)


def _is_line(node: LexborNode) -> bool:
    """Whether a definition is one line of running text, which may be its only paragraph."""
    held = list(node.iter())
    alone = len(held) == 1 and held[0].tag == "p" and held[0].text(deep=True).strip() == node.text(deep=True).strip()
    return _is_inline(held[0] if alone else node)


def _is_inline(node: LexborNode) -> bool:
    """Whether an element holds but running text on one line."""
    return all(child.tag in _INLINE and _is_inline(child) for child in node.iter())


def _is_label(term: LexborNode) -> bool:
    words = " ".join(term.text(deep=True).split())
    return bool(words) and len(words) <= _LONGEST_LABEL and not words.endswith(_SENTENCE) and _is_inline(term)
