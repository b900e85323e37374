"""One reading of a SOC report: what every part of the loader needs, and how entities are written down."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.facts import Notebook
from loaders.inputs.documents import Document
from loaders.layout.layout import Layout, Piece
from loaders.layout.lists import Entry
from loaders.names.places import find_country
from loaders.names.resolution import Names, Resolved
from loaders.names.service_names import ServiceNames, service_names


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the scope as it was found in a list."""

    id: str
    name: str
    entry: Entry
    namespaces: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """A report with its layout, its provider and its assessment, and the notebook in which its facts are collected.

    `frameworks` are those against which the auditor reports beside the criteria, by the headings of their columns;
    `spoken` are names in such a place that no rule knows, and `requirements` the codes that were stated of each.
    `sectioned` says whether the report has what no whole one lacks: the auditor's report, be it without its title.
    `covered` are the first and the last day that the report covers, the same for a report as of one day.
    """

    document: Document
    layout: Layout
    names: Names
    notes: Notebook
    provider: Resolved
    assessment: str
    sectioned: bool = False
    frameworks: dict[str, Resolved] = field(default_factory=dict)
    spoken: dict[str, tuple[str, Piece]] = field(default_factory=dict)
    requirements: dict[tuple[Resolved, str], None] = field(default_factory=dict)
    covered: tuple[str, str] | None = None
    _unknown: set[str] = field(default_factory=set)
    _firsts: list[int] = field(default_factory=list)

    def cite(self, where: Piece | Entry) -> str:
        """The citation of a piece or of an entry of a list."""
        return self.notes.cite(where.first_line, where.last_line, where.section)

    def covers(self, start: str | None, end: str | None) -> bool:
        """Whether what begins and ends there is in use on a day of the report, as far as the two say so."""
        if self.covered is None:
            return True
        first, last = self.covered
        over = end is not None and end < first[: len(end)]
        ahead = start is not None and start > last[: len(start)]
        return not over and not ahead

    def section_at(self, line: int) -> tuple[str, ...]:
        """The headings above a line, outermost first."""
        if not self._firsts:
            self._firsts.extend(piece.first_line for piece in self.layout.pieces)
        at = bisect_right(self._firsts, line) - 1
        return self.layout.pieces[at].section if at >= 0 else ()

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

    def service_names(self) -> ServiceNames:
        """What finds services in the report's text; its lists have to be read before."""
        self.names = self.names.without_vendor(self.provider.key)
        stated = {claim.id for claim in self.notes.claims("Service")}
        return service_names(self.document, self.names, self.provider.key, stated)

    def state_country(self, text: str, line: int, citation: str) -> str:
        """Writes down the country that a text names; answers its id."""
        found = self.resolve("Country", text, line)
        country = find_country(text)
        self.notes.state("Country", found.id, citation, name=found.name, code=country.code if country else None)
        self.state_names(found, citation)
        return found.id

    def state_country_of(self, name: str, citation: str) -> str:
        """Writes down the country of a state that a text names without it; answers its id."""
        found, country = self.names.resolve("Country", name), find_country(name)
        self.notes.state("Country", found.id, citation, name=found.name, code=country.code if country else None)
        return found.id
