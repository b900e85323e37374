"""What a line of text is apart from its words: bullets, numbers, markup, footnote marks, ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from loaders.inputs.normalising import SOFT_HYPHEN

_BULLETS = "•●○◦▪■□◆❖‣►▶➢➤✓·∙⁃*–—-" + "\uf06e\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
_BULLET = re.compile(rf"^\s*(?P<mark>[{re.escape(_BULLETS)}]|o(?=\s+\S))(?:\s+|$)")
_NUMBER = re.compile(r"^\s*(?P<mark>\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})\)|(?:\d{1,3}|[a-z]|[ivx]{1,5})\.)\s+(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_TAG = re.compile(r"</?(?:i|b|u|em|strong|ul|ol|li|br|p|span|sup|sub)\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)")
_ITALIC = re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])")
_SUPERSCRIPT = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_MARKED = frozenset("<[*`" + _SUPERSCRIPT)
_NOTE = re.compile(rf"^\s*[{_SUPERSCRIPT}]\s*\S")
_NOTE_MARK = re.compile(rf"[{_SUPERSCRIPT}]+")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?\s*", re.IGNORECASE)

_ENDS = ' \t*_"”’)'
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Co|Corp|Pty|Pte|Bros)\.$|\b(?:[^\W\d_]\.){2,}$")

_KEPT = 1 << 13
"""How many lines are kept clean, as a line is read in many ways."""

_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


@lru_cache(_KEPT)
def clean(text: str) -> str:
    """The text without bullet, markup and footnote marks, with single spaces."""
    text = _BULLET.sub("", text, count=1)
    if not _MARKED.isdisjoint(text):  # nearly all lines have none of these, and patterns are slow
        text = _LINK.sub(r"\1", _TAG.sub(" ", text)).replace("**", "").replace("`", "")
        text = _NOTE_MARK.sub("", _ITALIC.sub(r"\1", text))
    return " ".join(text.split()).removesuffix(SOFT_HYPHEN)


def unnumbered(text: str) -> str:
    """The text of an item without the number with which it begins."""
    return _NUMBER.sub("", text, count=1)


def has_bullet(text: str) -> bool:
    """Whether the text begins with a bullet."""
    return bool(_BULLET.match(text))


def bullet_of(text: str) -> str | None:
    """The bullet with which a text begins."""
    found = _BULLET.match(text)
    return found["mark"] if found else None


def number_of(text: str) -> str | None:
    """The number or letter with which an item of a numbered list begins, with its mark: `1.`, `a)`, `(iv)`."""
    found = _NUMBER.match(text)
    return found["mark"] if found else None


def follows(above: str, below: str) -> bool:
    """Whether one mark of a numbered list is the next of another."""
    first, second = above.strip("().").lower(), below.strip("().").lower()
    if above.replace(first, "") != below.replace(second, ""):
        return False
    if first.isdigit() or second.isdigit():
        return first.isdigit() and second.isdigit() and int(second) == int(first) + 1
    roman = first in _ROMAN and second in _ROMAN and _ROMAN.index(second) == _ROMAN.index(first) + 1
    return roman or (len(first) == len(second) == 1 and ord(second) == ord(first) + 1)


def is_unfinished(lines: Sequence[str]) -> bool:
    """Whether a text visibly goes on: it is but a bullet, a bracket is open, or it ends in a comma or a small word."""
    text = " ".join(lines).rstrip()
    return (
        not any(map(str.isalnum, text))
        or text.count("(") > text.count(")")
        or text.endswith((",", SOFT_HYPHEN))
        or text.rsplit(" ", 1)[-1] in _SMALL
    )


def is_rule(text: str) -> bool:
    """Whether a line is but drawn: the rule of a table."""
    return "---" in text and not text.strip(" \t|:+-")


def is_footnote(text: str) -> bool:
    """Whether a line is a footnote: it begins with the mark that stands in the text."""
    return bool(_NOTE.match(text))


def note_marks(text: str) -> tuple[str, ...]:
    """The footnote marks in a text, in order."""
    return tuple(_NOTE_MARK.findall(text))


def is_page_number(text: str) -> bool:
    """Whether a line is but a page number."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as sentences and lead-ins of lists do."""
    return text.rstrip(_ENDS)[-1:] in (".", ":", ";", "!", "?")


def leads_to_list(text: str) -> bool:
    """Whether words lead to a list that follows, and say so: no item of another list ends in these."""
    return text.rstrip().endswith(":") and text.lstrip()[:1].isupper() and "following" in text.split()


def is_abbreviated(text: str) -> bool:
    """Whether the full stop at the end is that of an abbreviation with which names of companies end, such as `B.V.`."""
    ending = text.rstrip(_ENDS)
    return ending.endswith(".") and bool(_ABBREVIATED.search(ending))


def reads_as_title(text: str) -> bool:
    """Whether all words begin as those of titles do, none but small ones with a small letter, and no small one ends."""
    words = text.split()
    return bool(words) and words[-1] not in _SMALL and not any(w[0].islower() and w not in _SMALL for w in words)
