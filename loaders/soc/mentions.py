"""Which words of a description speak of what is in use: not of what was given up, is planned or belongs to others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from loaders.layout.layout import Kind, Piece
from loaders.soc.leading_sentences import besides, leading
from loaders.soc.sections import Part, Section
from loaders.soc.service_blocks import under_headings
from loaders.soc.topics import Theme

_NOT_IN_USE = re.compile(
    r"\b(?:former(?:ly)?|planned|plans?|planning|will|would|retired|decommissioned|shut down|sold|given up|gave up"
    r"|moved out|"
    r"evaluated|considered|reserved|was not used|were not used|under construction|being (?:prepared|built|set up)"
    r"|is to be|are to be|to open|to be opened|"
    r"not (?:yet )?(?:used|in use|in scope|offered|available|covered|part|included|within)|no longer|was closed"
    r"|were closed|had been closed|"
    r"excluded|outside|out of scope|neither|previous(?:ly)?|let to another|future|intends?|intended to|expected to"
    r" open|"
    r"until (?:19|20)\d{2}|was vacated|relocated from|discontinued)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:(?-i:may)|might|could|can choose|can select|customers? (?:can|may|choose|select)s?)\b", re.IGNORECASE
)
_OWN_CLAUSE = re.compile(
    r";\s+(?:the|an?|one|another|its) (?:[\w-]+ ){1,4}in [A-Z][\w’'. -]*, [A-Z][\w’'. -]*?"
    r" (?:was|is|will|has|had)\b[^;]*$"
)
_UNUSED_AFTER = re.compile(
    r"^(?:It|They|(?:The|This|That|These|Those|Both) (?:offices?|sites?|facilit(?:y|ies)|data cent(?:er|re)s?"
    r"|locations?|regions?|warehouses?|cent(?:er|re)s?))\b(?! (?:in|at|of) )[^.]*?"
    r"\b(?:(?:will|is to|are to|is expected to|is planned to) (?:open|be opened|begin|enter|come)"
    r"|(?:was|were|is|are) not (?:yet )?(?:in use|used|open|occupied|in operation|part of|in scope|within|covered"
    r"|included))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:closed|opened|vacated|moved|sold|given up|ended|left|relocated)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.;])(?<!\([A-Z]\.)\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, an item or a row that speaks of what is in use, with the words that lead to it.

    To an item of an inner list the item of the outer one leads too.
    """

    text: str
    piece: Piece
    intro: str
    heading: str

    @property
    def whole(self) -> bool:
        """Whether the text is all of an item or a paragraph."""
        return self.piece.kind is Kind.ITEM or len(_SENTENCES.split(self.piece.text)) == 1


def told(sections: Sequence[Section]) -> Iterator[tuple[Piece | None, tuple[Piece, ...]]]:
    """The pieces of the description below each heading that is about no other theme."""
    for section in sections:
        if section.part is Part.DESCRIPTION:
            for heading, pieces in under_headings(section):
                if heading is None or not any(theme.titles(heading.text) for theme in Theme):
                    yield heading, pieces


def in_use(sections: Sequence[Section]) -> Iterator[Told]:
    """The sentences and items of the description that speak of what is in use."""
    for heading, pieces in told(sections):
        title = heading.text if heading else ""
        intro = above = area = ""
        for piece in pieces:
            if piece.kind is Kind.AREA:
                area = f"{piece.text.rstrip(':')}:"
            elif piece.kind is Kind.PARAGRAPH:
                area = ""
                sentences = _SENTENCES.split(piece.text)
                above = piece.text if piece.text.endswith((":", ".")) else ""
                intro = _introduction(above, sentences[-1]) if above else ""
                yield from (Told(s, piece, "", title) for s in _of_use(sentences) if s)
            elif (
                piece.kind is Kind.ITEM
                and all(map(is_in_use, (area, piece.text)))
                and lists_what_is_in_use(above, piece.text)
            ):
                yield Told(piece.text, piece, f"{intro} {area}".strip(), title)


def lists_what_is_in_use(above: str, *names: str) -> bool:
    """Whether a paragraph says of the list below it, or of one of its members by name, nothing but that it is in use.

    A sentence about something else, such as a Region that is planned, says nothing of the list.
    """
    others = (sentence for sentence in besides(above) if not is_in_use(sentence))
    return all(map(is_in_use, leading(above))) and not any(_is_named(names, sentence) for sentence in others)


def leaves_out_by_name(above: str, place: str) -> bool:
    """Whether a paragraph says of a place in the list below it that it is not in use, and not since when.

    It may name the city alone; a city of that name elsewhere is another.
    """
    city, _, rest = place.partition(",")
    named = re.compile(rf"(?<![\w-]){re.escape(city)}(?:{re.escape(f',{rest}')}(?!\w)|(?!, [A-Z]|[\w-]))")
    others = (s for s in besides(above) if not is_in_use(s) and not _CHANGED.search(s))
    return bool(city) and any(named.search(sentence) for sentence in others)


def _is_named(names: Sequence[str], sentence: str) -> bool:
    return any(name and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", sentence) for name in names)


def _introduction(paragraph: str, last: str) -> str:
    """The sentence that leads to a list: the last, where it does not speak of something else that is not in use."""
    return last if is_in_use(last) else next(iter(leading(paragraph)), "")


def _of_use(sentences: Sequence[str]) -> Iterator[str]:
    """The sentences that speak of what is in use, by themselves and by the sentence that takes up their subject."""
    for sentence, after in zip_longest(sentences, sentences[1:], fillvalue=""):
        yield "" if _UNUSED_AFTER.search(after) else _used(sentence)


def _used(sentence: str) -> str:
    """A sentence without a last clause of its own that speaks of one place not in use; empty where all of it does."""
    if is_in_use(sentence):
        return sentence
    clause = _OWN_CLAUSE.search(sentence)
    return sentence[: clause.start()] if clause and is_in_use(sentence[: clause.start()]) else ""


@lru_cache(4096)
def is_in_use(text: str) -> bool:
    """Whether a text says nothing of the past, of plans or of what is left out."""
    return not _NOT_IN_USE.search(text) and not _HYPOTHETICAL.search(text)
