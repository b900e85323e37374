"""One reading of a SOC report: what every part of the loader needs, and how entities are written down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.documents import Document
from loaders.facts import Notebook
from loaders.layout import Layout, Piece
from loaders.layout_lists import Entry
from loaders.places import find_country
from loaders.resolution import Names, Resolved


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the scope as it was found in a list."""

    id: str
    name: str
    entry: Entry
    namespaces: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """A report with its layout, its provider and its assessment, and the notebook in which its facts are collected."""

    document: Document
    layout: Layout
    names: Names
    notes: Notebook
    provider: Resolved
    assessment: str
    _unknown: set[str] = field(default_factory=set)

    def cite(self, where: Piece | Entry) -> str:
        """The citation of a piece or of an entry of a list."""
        return self.notes.cite(where.first_line, where.last_line, where.section)

    def resolve(self, label: str, text: str, line: int) -> Resolved:
        """What a name of this provider stands for; an unknown one is named once in the load report."""
        scope = "" if label in ("Country", "Framework", "Organization") else self.provider.key
        found = self.names.resolve(label, text, scope)
        if not found.known and found.id not in self._unknown:
            self._unknown.add(found.id)
            message = f"{label} {found.name!r} is known by no rule and no row of names.toml: an entity of its own"
            self.notes.warn(line, message)
        return found

    def state_names(self, found: Resolved, *citations: str) -> None:
        """Writes down every form of a name that was found there."""
        for text, kind in found.names:
            self.notes.name(found.id, text, kind, *citations)

    def state_service(self, found: Resolved, citation: str, precedence: int, namespaces: Iterable[str] = ()) -> None:
        """Writes down a service of the provider, its namespaces, and the service in which it lives on."""
        spaces = tuple(namespaces)
        name = None if found.learned else found.name
        self.notes.state("Service", found.id, citation, precedence, name=name, namespaces=spaces)
        self.notes.link("OF_PROVIDER", found.id, self.provider.id, citation)
        self.state_names(found, citation)
        for space in spaces:
            self.notes.name(found.id, space, "namespace", citation)
        if found.part_of and found.part_rule:
            self.notes.state("Service", found.part_of, citation, precedence, name=found.part_name)
            self.notes.link("OF_PROVIDER", found.part_of, self.provider.id, citation)
            self.notes.derive("PART_OF", found.id, found.part_of, citation, rule=found.part_rule)

    def state_country(self, text: str, line: int, citation: str) -> str:
        """Writes down the country that a text names; answers its id."""
        found = self.resolve("Country", text, line)
        country = find_country(text)
        self.notes.state("Country", found.id, citation, name=found.name, code=country.code if country else None)
        self.state_names(found, citation)
        return found.id
