"""A provider's page about its security in paragraphs without headings, some of which claim conformity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import BrokenDocument
from graph.identifiers import identify
from loaders.claims import CLAIM, WORDS, Telling, begin, listed_services, state_provider, state_services
from loaders.documents import Document
from loaders.facts import Extraction
from loaders.frameworks import Frameworks, Mention
from loaders.prose import Passage, closed, paragraphs, passage
from loaders.quick_reference import report_type
from loaders.quick_reference_relations import (
    Place,
    places_of,
    standing_in,
    state_between,
    state_issuers,
    state_replaced,
    state_standards,
)
from loaders.resolution import Names, Resolved

_VALID = "the page is made of paragraphs, each of whole sentences"
_FEWEST, _WIDTH = 3, 150


@dataclass(frozen=True, slots=True)
class SecurityOverview:
    """Reads security pages: a paragraph that words a status is about the first framework of its claim."""

    frameworks: Frameworks
    name: str = "security_overview"
    version: str = "1"
    kinds: tuple[str, ...] = ("security_overview_page",)
    facts: tuple[str, ...] = ("Assessment", "Framework", "Organization", "Service", "Region")

    def accepts(self, document: Document) -> str | None:
        """The kind, where long paragraphs, no headings and no questions, claim several things."""
        shown = [line.strip() for line in document.lines if line.strip()]
        long = sum(1 for line in shown if len(line) > _WIDTH)
        claims = sum(1 for text in paragraphs(enumerate(document.lines, 1)) if CLAIM.search(text.text))
        asked = sum(1 for line in shown if line.endswith("?"))
        dense = 2 * long >= len(shown) and 10 * claims >= len(shown)
        return self.kinds[0] if dense and claims >= _FEWEST > asked else None

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a page; raises `BrokenDocument` where it ends in the middle of a sentence."""
        last = max(number for number, line in enumerate(document.lines, 1) if line.strip())
        if not closed(document.lines[last - 1]):
            raise BrokenDocument(document.where, last, "the page ends in the middle of a sentence", _VALID)
        telling = begin(document, names, self.frameworks, passage(enumerate(document.lines, 1)))
        if telling is None:
            raise BrokenDocument(document.where, 1, "no sentence says whose page it is", _VALID)
        reading = _Reading(telling)
        for text in paragraphs(enumerate(document.lines, 1)):
            reading.paragraph(text)
        return telling.notes.close(
            {
                "name": f"Security overview page of {telling.provider.name}",
                "kind": self.kinds[0],
                "publisher": telling.provider.name,
                "loader": self.name,
                "loader_version": self.version,
                "loaded_facts": self.facts,
            }
        )


@dataclass(slots=True)
class _Reading:
    telling: Telling

    def paragraph(self, text: Passage) -> None:
        """States what a paragraph claims; one without a status, or without a framework, claims nothing."""
        places = places_of(self.telling.reader, text, ())
        main = self._main(text, places)
        if main is None:
            return
        own = main.framework
        kind = report_type(text.text)
        assessment = self._assessment(own, kind)
        self._open(assessment, own, places)
        self.telling.state_statuses(assessment, text, ())
        related = {own.id}
        for place in places:
            related |= state_between(self.telling, place, own)
            state_standards(self.telling, assessment, place)
            state_issuers(self.telling, place, (own,))
            self._details(assessment, place)
        standing = standing_in(places)
        related |= {mention.framework.id for mention in standing}
        for place in places:
            related |= state_replaced(self.telling, place, standing)
            self._passing(own, place, related)

    def _main(self, text: Passage, places: Sequence[Place]) -> Mention | None:
        """The framework of the claim: the first in the sentence that words a status, else in the paragraph."""
        claiming = {status.sentence.offset for status in self.telling.statuses(text)}
        in_claim = (m for p in places if p.sentence.offset in claiming for m in p.mentions)
        anywhere = (m for p in places for m in p.mentions)
        return next(in_claim, None) or next(anywhere, None) if claiming else None

    def _assessment(self, own: Resolved, kind: str | None) -> str:
        key = own.id.split("/", 1)[1].replace("/", "-") + (f"-{kind.replace('_', '-')}" if kind else "")
        return identify("Assessment", self.telling.provider.key, key, self.telling.document.sha256[:8])

    def _open(self, assessment: str, own: Resolved, places: Sequence[Place]) -> None:
        place = next(p for p in places if any(m.framework.id == own.id for m in p.mentions))
        citation = place.cite(self.telling)
        mention = next(m for m in place.mentions if m.framework.id == own.id)
        self.telling.notes.state("Assessment", assessment, citation, WORDS, name=own.name)
        self.telling.notes.link("AGAINST", assessment, self.telling.state_mention(mention, citation), citation)
        state_provider(self.telling, assessment, citation)

    def _details(self, assessment: str, place: Place) -> None:
        text = place.sentence.text
        kind = report_type(text)
        if kind:
            self.telling.notes.state("Assessment", assessment, place.cite(self.telling), WORDS, report_type=kind)
        services = list(listed_services(text))
        if services:
            state_services(self.telling, assessment, iter(services), place.sentence, place.cite(self.telling))

    def _passing(self, own: Resolved, place: Place, related: set[str]) -> None:
        for mention in place.mentions:
            citation = place.cite(self.telling)
            self.telling.state_mention(mention, citation)
            if mention.framework.id not in related:
                self.telling.notes.link("MENTIONS", own.id, mention.framework.id, citation)
