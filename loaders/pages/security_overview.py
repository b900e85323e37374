"""A provider's page about its security in paragraphs without headings, some of which claim conformity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.errors import BrokenDocument
from graph.identifiers import identify
from loaders.facts import Extraction
from loaders.inputs.documents import Document
from loaders.names.resolution import Names, Resolved
from loaders.pages.claim_scope import state_limits, state_listed_services, state_subjects
from loaders.pages.claims import CLAIM, WORDS, Telling, begin, state_provider
from loaders.pages.frameworks import Frameworks
from loaders.pages.issuers import state_issuers
from loaders.pages.places import Place, places_of
from loaders.pages.prose import Passage, closed, paragraphs, passage
from loaders.pages.quick_reference import QuickReference, report_type
from loaders.pages.quick_reference_relations import standing_in, state_between, state_replaced, state_standards
from loaders.pages.resources import addresses, state_resource
from loaders.pages.topics import Topic, topics_of, unknown_frameworks

_VALID = "the page is made of paragraphs, each of whole sentences"
_FEWEST, _LONG, _SHARE = 3, 150, 3


@dataclass(frozen=True, slots=True)
class SecurityOverview:
    """Reads security pages: a paragraph that words a status is about the first framework of its claim."""

    frameworks: Frameworks
    name: str = "security_overview"
    version: str = "2"
    kinds: tuple[str, ...] = ("security_overview_page",)
    facts: tuple[str, ...] = ("Assessment", "Framework", "Organization", "Service", "Region", "Resource")

    def accepts(self, document: Document) -> str | None:
        """The kind, where long paragraphs, no headings and no questions, claim several things in much of the text."""
        texts = [text.text for text in paragraphs(enumerate(document.lines, 1))]
        long = sum(1 for text in texts if len(text) > _LONG)
        claims = [text for text in texts if CLAIM.search(text)]
        asked = sum(1 for line in document.lines if line.rstrip().endswith("?"))
        dense = 2 * long >= len(texts) and 10 * sum(map(len, claims)) >= _SHARE * sum(map(len, texts))
        if not dense or len(claims) < _FEWEST or asked >= _FEWEST or QuickReference(self.frameworks).accepts(document):
            return None
        return self.kinds[0]

    def why(self, document: Document) -> str:
        """What makes it one, for people."""
        return "long paragraphs without headings or questions claim compliance with several things"

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a page; raises `BrokenDocument` where it ends in the middle of a sentence."""
        last = max(number for number, line in enumerate(document.lines, 1) if line.strip())
        if not closed(document.lines[last - 1]):
            raise BrokenDocument(document.where, last, "the page ends in the middle of a sentence", _VALID)
        telling = begin(document, names, self.frameworks, passage(enumerate(document.lines, 1)))
        if telling is None:
            raise BrokenDocument(document.where, 1, "no sentence says whose page it is", _VALID)
        texts = list(paragraphs(enumerate(document.lines, 1)))
        telling.reader = telling.reader.having(unknown_frameworks(telling, texts))
        reading = _Reading(telling)
        for text in texts:
            for topic in topics_of(telling, text):
                reading.claim(topic)
        reading.names(texts)
        return telling.close(
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
    stated: set[str] = field(default_factory=set)

    def claim(self, topic: Topic) -> None:
        """States what a part of a paragraph claims of its frameworks."""
        places = places_of(self.telling.reader, topic.text, ())
        own = topic.mentions[0].framework
        for mention in topic.mentions:
            assessment = self._assessment(mention.framework, report_type(topic.text.text))
            self._open(assessment, mention.framework, topic.text, places)
            self._details(assessment, topic.text, places)
        related = {mention.framework.id for mention in topic.mentions}
        for place in places:
            place.state(self.telling)
            self.stated |= {mention.framework.id for mention in place.mentions}
            related |= state_between(self.telling, place, own)
            state_issuers(self.telling, place, (own,))
        standing = standing_in(places)
        related |= {mention.framework.id for _, mention in standing}
        for place in places:
            related |= state_replaced(self.telling, place, standing)
        for place in places:
            place.mention(self.telling, own, related)

    def names(self, texts: Iterable[Passage]) -> None:
        """States the names of the claimed frameworks wherever the page names them."""
        for place in (place for text in texts for place in places_of(self.telling.reader, text, ())):
            for mention in place.mentions:
                if mention.framework.id in self.stated:
                    self.telling.state_mention(mention, place.cite(self.telling), place.sentence.text)

    def _assessment(self, own: Resolved, kind: str | None) -> str:
        key = own.id.split("/", 1)[1].replace("/", "-") + (f"-{kind.replace('_', '-')}" if kind else "")
        return identify("Assessment", self.telling.provider.key, key, self.telling.document.sha256[:8])

    def _open(self, assessment: str, own: Resolved, text: Passage, places: Sequence[Place]) -> None:
        place = next(p for p in places if any(m.framework.id == own.id for m in p.mentions))
        citation = place.cite(self.telling)
        mention = next(m for m in place.mentions if m.framework.id == own.id)
        self.telling.notes.state("Assessment", assessment, citation, WORDS, name=own.name)
        framework = self.telling.state_mention(mention, citation, place.sentence.text)
        self.telling.notes.link("AGAINST", assessment, framework, citation)
        state_provider(self.telling, assessment, citation, text, ())

    def _details(self, assessment: str, text: Passage, places: Sequence[Place]) -> None:
        found = self.telling.state_statuses(assessment, text, ())
        state_limits(self.telling, assessment, text, (), found)
        state_subjects(self.telling, assessment, text, (), found)
        state_listed_services(self.telling, assessment, text, ())
        for url, start, end in addresses(text.text):
            citation = self.telling.notes.cite(*text.lines(start, end))
            self.telling.notes.link("REFERS_TO", assessment, state_resource(self.telling, url, citation), citation)
        for place in places:
            state_standards(self.telling, assessment, place)
            kind = report_type(place.sentence.text)
            if kind:
                self.telling.notes.state("Assessment", assessment, place.cite(self.telling), WORDS, report_type=kind)
