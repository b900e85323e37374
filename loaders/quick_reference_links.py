"""The addresses of a quick reference: those in its prose, and those at the foot of a page, in the prose's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.identifiers import identify
from loaders.claims import Telling
from loaders.quick_reference_layout import Footnote, Reference
from loaders.quick_reference_relations import Programme

_ADDRESS = re.compile(r"https?://[^\s()<>“”\"]+")
_KINDS = (
    ("certificate", r"/certifications?/[^/]+\.pdf$"),
    ("faq", r"-faqs?/?$|/faqs?/?$"),
    ("workbook", r"workbook"),
    ("report", r"/soc\d?_[^/]*\.pdf$"),
    ("whitepaper", r"whitepaper|/Using_[^/]*\.pdf$"),
    ("registry", r"star(?:-registrant)?/"),
    ("standard", r"/(?:nist)?pub(?:lication)?s/.*\.pdf$|Trust_Services[^/]*\.pdf$"),
    ("program_page", r"/compliance/[^/]+/?$"),
    ("product_page", r"^https?://aws\.amazon\.com/[^/]+/?$"),
)


def state_links(telling: Telling, reference: Reference, programmes: Sequence[Programme]) -> None:
    """States every address, and the programme that refers to it where that is beyond doubt."""
    anchors: dict[str, set[str]] = {}
    for programme in programmes:
        for url, lines in addresses_in(programme):
            citation = telling.notes.cite(*lines, section=(programme.section.title,))
            telling.notes.link("REFERS_TO", programme.id, _state(telling, url, citation), citation)
            anchors.setdefault(url, set()).add(programme.id)
    for footnote in reference.footnotes:
        _state(telling, footnote.url, telling.notes.cite(footnote.line))
    for page in sorted({footnote.page for footnote in reference.footnotes}):
        notes = [footnote for footnote in reference.footnotes if footnote.page == page]
        there = [programme for programme in programmes if page in programme.section.pages]
        sure = [_sure(telling, note, there, anchors) for note in notes]
        for footnote, owner in zip(notes, owners(sure, [programme.id for programme in there]), strict=True):
            if owner:
                citation = telling.notes.cite(footnote.line)
                telling.notes.link("REFERS_TO", owner, identify("Resource", footnote.url), citation)


def addresses_in(programme: Programme) -> Iterator[tuple[str, tuple[int, int]]]:
    """The addresses in the prose of a programme, whole where a line break cut them, with their lines."""
    for match in _ADDRESS.finditer(programme.text.text):
        url = match.group().rstrip(".,;:")
        yield url, programme.text.lines(match.start(), match.start() + len(url))


def owners(sure: Sequence[str | None], order: Sequence[str]) -> list[str | None]:
    """The programme of each footnote of a page, from those that are sure; None where it could be one of several.

    Footnotes stand in the order of the prose, so one that stands between two of the same programme is that programme's,
    as is one before the first, or behind the last, of the page's first or last programme.
    """
    places = [order.index(id_) if id_ else None for id_ in sure]
    found: list[str | None] = []
    for index in range(len(sure)):
        before = [place for place in places[: index + 1] if place is not None]
        after = [place for place in places[index:] if place is not None]
        low, high = (max(before) if before else 0), (min(after) if after else len(order) - 1)
        found.append(order[low] if order and low == high else None)
    return found


def _sure(telling: Telling, note: Footnote, there: Sequence[Programme], anchors: dict[str, set[str]]) -> str | None:
    """The only programme of the page whose prose gives the address, or whose name stands in it."""
    ids = [programme.id for programme in there]
    stated = [id_ for id_ in ids if id_ in anchors.get(note.url, set())]
    named = [programme.id for programme in there if _names(telling, programme, note.url)]
    found = stated if stated else named
    return found[0] if len(found) == 1 else None


def _names(telling: Telling, programme: Programme, url: str) -> bool:
    squeezed = re.sub(r"[^a-z0-9]", "", url.lower())
    words = (re.sub(r"[^a-z0-9]", "", word.lower()) for word in _words(telling, programme))
    return any(len(word) > 2 and word in squeezed for word in words)


def _words(telling: Telling, programme: Programme) -> Iterator[str]:
    yield programme.section.title
    for framework in (*programme.against, *programme.standards):
        yield framework.name
        row = telling.reader.known(framework)
        yield (row.full_name if row else None) or framework.name
        yield from (word for word in framework.name.split() if word.isalpha() and word.isupper())


def _state(telling: Telling, url: str, citation: str) -> str:
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, url, re.IGNORECASE)), "other")
    return telling.notes.state("Resource", identify("Resource", url), citation, name=url, url=url, kind=kind)
