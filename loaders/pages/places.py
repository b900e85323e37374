"""The sentences of a text with the frameworks that each names, and how what they say is cited."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.names.resolution import Resolved
from loaders.pages.claims import Telling
from loaders.pages.framework_titles import state_title
from loaders.pages.frameworks import FrameworkReader, Mention
from loaders.pages.prose import Passage, Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a text with the frameworks that it names."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    section: tuple[str, ...]
    text: Passage | None = None

    def cite(self, telling: Telling) -> str:
        """The citation of the sentence."""
        return telling.notes.cite(self.sentence.first_line, self.sentence.last_line, self.section)

    def cite_part(self, telling: Telling, start: int, end: int) -> str:
        """The citation of the part of the sentence between two offsets."""
        if self.text is None:
            return self.cite(telling)
        offset = self.sentence.offset
        return telling.notes.cite(*self.text.lines(offset + start, offset + end), self.section)

    def state(self, telling: Telling) -> None:
        """Writes down every framework that the sentence names."""
        for mention in self.mentions:
            telling.state_mention(mention, self.cite(telling), self.sentence.text)
            state_title(telling, mention, self.cite(telling), self.sentence.text)

    def mention(self, telling: Telling, own: Resolved, related: set[str]) -> None:
        """Writes down that the programme's framework mentions those to which nothing else relates it."""
        for mention in self.mentions:
            if mention.framework.id not in related | {own.id}:
                telling.notes.link("MENTIONS", own.id, mention.framework.id, self.cite(telling))


def places_of(reader: FrameworkReader, text: Passage, section: tuple[str, ...]) -> list[Place]:
    """The sentences of a text, with what they name."""
    return [Place(sentence, reader.mentions(sentence.text), section, text) for sentence in text.sentences()]
