"""The services and frameworks that a text of a report names, as what the described thing mentions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from loaders.names.resolution import Resolved
from loaders.names.service_names import ServiceMention, ServiceNames, is_acronym
from loaders.pages.frameworks import FrameworkReader, read_frameworks
from loaders.pages.frameworks import Mention as FrameworkMention
from loaders.soc.controls.sentences import TEXT
from loaders.soc.reading import Reading

Cite = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Mentions:
    """What finds them, and writes them down."""

    reading: Reading
    services: ServiceNames
    frameworks: FrameworkReader

    def state(self, id_: str, text: str, line: int, cite: Cite, own: Resolved | None = None) -> None:
        """States what the thing of that id mentions in a text that begins on a line.

        `cite` answers the citation of a part of the text; `own` is the service that is described, of which each name
        is evidence.
        """
        for mention in self.services.find(text, line):
            if not self._may_mean(own, mention):
                cited = cite(mention.start, mention.end)
                self.reading.state_service(mention.service, cited, TEXT)
                if mention.service.id != id_:
                    self.reading.notes.link("MENTIONS", id_, mention.service.id, cited)
        for named in self.frameworks.mentions(text):
            cited = cite(named.start, named.end)
            self._state_framework(named, cited)
            self.reading.notes.link("MENTIONS", id_, named.framework.id, cited)

    def _may_mean(self, own: Resolved | None, mention: ServiceMention) -> bool:
        """Another's name that is a part of the own one may stand for that, without the vendor's prefix."""
        words = mention.text.split()
        if own is None or own.id == mention.service.id or words[0] in self.services.prefixes:
            return False
        return set(words) <= set(own.name.split()) and not is_acronym(mention.text)

    def _state_framework(self, named: FrameworkMention, cited: str) -> None:
        row = self.frameworks.known(named.framework)
        kind = row.kind if row else None
        self.reading.notes.state("Framework", named.framework.id, cited, TEXT, name=named.framework.name, kind=kind)
        if self.frameworks.is_name(named):
            self.reading.notes.name(named.framework.id, named.text, self.frameworks.kind(named), cited)


def mentions_of(reading: Reading, names: ServiceNames) -> Mentions:
    """What finds the mentions in a report whose lists of services were read."""
    return Mentions(reading, names, read_frameworks().reader(reading.names))


def read_user_control_mentions(reading: Reading, mentions: Mentions) -> None:
    """States what the wording of each complementary user entity control names; these have to be stated before."""
    for claim in reading.notes.claims("UserEntityControl"):
        if "statement" in claim.values:
            first_line = int(claim.citation.rsplit("/", 1)[1].split("-", maxsplit=1)[0])
            line = reading.document.in_text(first_line)
            mentions.state(claim.id, str(claim.values["statement"]), line, partial(_whole, claim.citation))


def _whole(citation: str, _start: int, _end: int) -> str:
    return citation
