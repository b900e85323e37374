"""The addresses of a quick reference: those in its prose, and those at the foot of a page, in the prose's order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.pages.claims import Telling
from loaders.pages.quick_reference_layout import Footnote, Reference
from loaders.pages.quick_reference_relations import Programme
from loaders.pages.resources import addresses, state_resource

_MORE = re.compile(r"[/_=&?#%]|\.\w{2,4}$")
_FILE = re.compile(r"[\w-]+\.(?:pdf|html?|aspx?|php|xlsx?|docx?)")
_GENERIC = frozenset(
    {"index", "html", "htm", "page", "pages", "view", "aspx", "faq", "faqs", "pdf", "www", "the", "and"}
)
_RULE = "address-at-the-foot-of-a-page"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A programme to which an address at the foot may belong, and between which lines it is referred to."""

    programme: int
    first_line: int
    last_line: int


@dataclass(slots=True)
class _Links:
    telling: Telling
    reference: Reference
    programmes: Sequence[Programme]
    stated: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def prose(self) -> None:
        """States the addresses of the prose, each for its programme."""
        listed = frozenset(note.url for note in self.reference.footnotes)
        for programme in self.programmes:
            for url, lines in addresses_in(programme, listed):
                citation = self.telling.notes.cite(*lines, section=(programme.section.title,))
                self.telling.notes.link(
                    "REFERS_TO", programme.id, state_resource(self.telling, url, citation), citation
                )
                self.stated[(programme.id, url)].append(lines[0])

    def feet(self) -> None:
        """States the addresses at the foot of pages, and whose they are where that is beyond doubt."""
        for page in sorted({note.page for note in self.reference.footnotes}):
            notes = [note for note in self.reference.footnotes if note.page == page]
            there = [p for p in self.programmes if page in p.section.pages]
            for note, owner in zip(notes, self.owners(notes, there, page), strict=True):
                citation = self.telling.notes.cite(note.line, note.last_line)
                resource = state_resource(self.telling, note.url, citation)
                if owner is None:
                    self.telling.notes.warn(note.line, f"{note.url} could be of several programmes; it is of none")
                elif (owner, note.url) in self.stated:
                    self.telling.notes.link("REFERS_TO", owner, resource, citation)
                else:
                    self.telling.notes.derive("REFERS_TO", owner, resource, citation, rule=_RULE)

    def owners(self, notes: Sequence[Footnote], there: Sequence[Programme], page: int) -> list[str | None]:
        """The programme of each address of a page; None where it could be one of several."""
        texts = [_words_of(self._on_page(programme, page)) for programme in there]
        found = in_order([self._candidates(note.url, there, page, texts) for note in notes])
        sure = [next(iter(found_there)) if len(found_there := {c.programme for c in f}) == 1 else None for f in found]
        between = [_between(sure, index, len(there)) for index in range(len(notes))]
        chosen = [
            known if known is not None else _closest(note.url, span, texts)
            for note, known, span in zip(notes, sure, between, strict=True)
        ]
        return [None if index is None else there[index].id for index in chosen]

    def _candidates(
        self, url: str, there: Sequence[Programme], page: int, texts: Sequence[frozenset[str]]
    ) -> list[_Candidate]:
        """Where the prose of the page gives the address, else the one programme whose name or words stand in it."""
        exact = [
            _Candidate(index, line, line)
            for index, programme in enumerate(there)
            for line in self.stated.get((programme.id, url), ())
            if self.reference.page_of(line) == page
        ]
        lengths = [_named(self.telling, programme, url) for programme in there]
        named = [index for index, length in enumerate(lengths) if length and length == max(lengths)]
        words = _address_words(url)
        worded = [index for index, text in enumerate(texts) if words and words <= text]
        single = next((found[0] for found in (named, worded) if len(found) == 1), None)
        if exact or single is None:
            return exact
        lines = [n for n, line in there[single].section.body if line.strip() and self.reference.page_of(n) == page]
        return [_Candidate(single, min(lines, default=0), max(lines, default=len(self.reference.pages)))]

    def _on_page(self, programme: Programme, page: int) -> str:
        lines = (line for number, line in programme.section.body if self.reference.page_of(number) == page)
        return " ".join((programme.section.title, *lines))


def state_links(telling: Telling, reference: Reference, programmes: Sequence[Programme]) -> None:
    """States every address, and the programme that refers to it where that is beyond doubt."""
    links = _Links(telling, reference, programmes)
    links.prose()
    links.feet()


def addresses_in(programme: Programme, listed: frozenset[str] = frozenset()) -> Iterator[tuple[str, tuple[int, int]]]:
    """The addresses in the prose of a programme, whole where a line break cut them, with their lines.

    One that a line's end cuts goes on where what stands below completes an address that is listed whole, or where
    both parts look like those of an address.
    """
    text = programme.text.text
    ends = {start - 1 for start in programme.text.starts}
    for url, start, end in addresses(text):
        rest = re.match(r" ([^\s()]+)", text[end : end + 200])
        more = rest[1].rstrip(".,;:") if rest else ""
        cut = end in ends and (url + more in listed or (url[-1] in "/_=&?%" and _MORE.search(more)))
        if more and (cut or (url.endswith("/") and _FILE.fullmatch(more))):
            yield url + more, programme.text.lines(start, end + 1 + len(more))
        else:
            yield url, programme.text.lines(start, end)


def in_order(candidates: Sequence[Sequence[_Candidate]]) -> list[list[_Candidate]]:
    """What is left of the candidates of each address, since those at the foot stand in the order of the prose."""
    found, low = list[list[_Candidate]](), 0
    for each in candidates:
        kept = [c for c in each if c.last_line >= low]
        low = max(low, min((c.first_line for c in kept), default=low))
        found.append(kept)
    high = max((c.last_line for each in found for c in each), default=0)
    for index in range(len(found) - 1, -1, -1):
        found[index] = [c for c in found[index] if c.first_line <= high]
        high = min(high, max((c.last_line for c in found[index]), default=high))
    return found


def _between(sure: Sequence[int | None], index: int, size: int) -> range:
    """The programmes between those of the nearest addresses whose programme is sure."""
    before = [place for place in sure[: index + 1] if place is not None]
    after = [place for place in sure[index:] if place is not None]
    return range(max(before, default=0), min(after, default=size - 1) + 1)


def _closest(url: str, span: range, texts: Sequence[frozenset[str]]) -> int | None:
    """The only programme there, or the one whose prose holds words of the address that no other holds more of."""
    if len(span) == 1:
        return span[0]
    words = {index: _address_words(url) & texts[index] for index in span}
    best = max(span, key=lambda index: len(words[index]), default=None)
    if best is None or any(not words[other] < words[best] for other in span if other != best):
        return None
    return best


def _address_words(url: str) -> frozenset[str]:
    """The words of the last part of an address."""
    last = url.rstrip("/").rsplit("/", 1)[-1]
    return frozenset(re.findall(r"[a-z]{3,}", last.lower())) - _GENERIC


def _words_of(text: str) -> frozenset[str]:
    """The words of a text, and those that two words make together, as addresses write them."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return frozenset((*words, *(a + b for a, b in pairwise(words))))


def _named(telling: Telling, programme: Programme, url: str) -> int:
    """The length of the longest name of a programme that an address holds."""
    squeezed = re.sub(r"[^a-z0-9]", "", url.lower())
    words = (re.sub(r"[^a-z0-9]", "", word.lower()) for word in _words(telling, programme))
    return max((len(word) for word in words if len(word) > 2 and word in squeezed), default=0)


def _words(telling: Telling, programme: Programme) -> Iterator[str]:
    yield programme.section.title
    for framework in (*programme.against, *programme.standards):
        yield framework.name
        row = telling.reader.known(framework)
        yield (row.full_name if row else None) or framework.name
        yield from (word for word in framework.name.split() if word.isalpha() and word.isupper())
