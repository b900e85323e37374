"""Words: how a text is cut into them, and what a search text asks for; the same for every store.

Both stores index words that are cut here, so that they find the same. Case, diacritics and the forms of one letter are
folded (NFKD without combining marks, case folded); whatever is no letter, mark or digit parts words. So an identifier
is found whole and by its parts: `us-east-1` is the three words `us east 1` in a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import NothingToSearch, TooManyWords

LONGEST = 64
"""Characters of a word; what is longer is several words in a row. Lucene would cut it too, but elsewhere."""

_TERM = re.compile(r'"(?P<phrase>[^"]*)"|(?P<chunk>[^\s"]+)')
_QUOTES = str.maketrans("“”„", '"""')
_WORD = "LMN"


class _Folding(dict[int, str]):
    """What each character becomes, once it was asked for: letters and digits, a space, or nothing."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand in a row; with `prefix` the last of them is only the start of a word."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def sought(self) -> str:
        """What the words of a text contain that matches, where each word has a space before and behind it."""
        return f" {' '.join(self.words)}" + ("" if self.prefix else " ")


@dataclass(frozen=True, slots=True)
class Query:
    """What one text has to hold to match: all of the terms, in any order."""

    terms: tuple[Term, ...]

    @property
    def line(self) -> str:
        """The words of all terms in their order, as a text that consists of them has them."""
        return " ".join(word for term in self.terms for word in term.words)

    @property
    def start(self) -> str:
        """With what the words of a text begin that begins with these, each word with a space behind it."""
        return self.line if self.terms[-1].prefix else f"{self.line} "


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    found = text.translate(_FOLDING).split()
    if all(len(word) <= LONGEST for word in found):
        return found
    return [word[first : first + LONGEST] for word in found for first in range(0, len(word), LONGEST)]


def spans(text: str) -> list[tuple[str, int, int]]:
    """The words of a text, each with the place where it begins and the place behind it."""
    folded, origin = list[str](), list[int]()
    for place, character in enumerate(text):
        piece = _FOLDING[ord(character)]
        folded.append(piece)
        origin += [place] * len(piece)
    whole = "".join(folded)
    found = []
    for match in re.finditer(r"\S+", whole):
        for first in range(match.start(), match.end(), LONGEST):
            last = min(first + LONGEST, match.end())
            found.append((whole[first:last], origin[first], _behind(text, origin[last - 1])))
    return found


def parse(text: str, most: int) -> Query:
    """The query of a search text: words, `prefix*` and "quoted phrases"; every other sign parts words.

    Words that signs join, such as `AWSCA-1.4`, stand in a row. A quotation mark without a second one is a sign. Raises
    `NothingToSearch` where no letter or digit is left, `TooManyWords` where there are more than `most` words.
    """
    terms = tuple(_terms(unicodedata.normalize("NFC", text).translate(_QUOTES)))
    count = sum(len(term.words) for term in terms)
    if not count:
        raise NothingToSearch(text)
    if count > most:
        raise TooManyWords(count, most)
    return Query(terms)


def _terms(text: str) -> Iterator[Term]:
    for match in _TERM.finditer(text):
        phrase, chunk = match["phrase"], match["chunk"] or ""
        before, star, behind = chunk.rpartition("*")
        prefix = bool(star and not words(behind) and before and words(before[-1]))
        found = words(phrase if phrase is not None else chunk)
        if found:
            yield Term(tuple(found), prefix)


def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(c if unicodedata.category(c)[0] in _WORD else " " for c in plain if not _vanishes(c))


def _vanishes(character: str) -> bool:
    """Whether it only changes how the letter before it looks, or cannot be seen at all."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me"):
        return True
    return unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def _behind(text: str, place: int) -> int:
    """The place behind a letter and behind the marks on it."""
    behind = place + 1
    while behind < len(text) and not _FOLDING[ord(text[behind])]:
        behind += 1
    return behind
