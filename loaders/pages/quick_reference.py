"""A provider's compliance quick reference: one programme under each heading, each a claim against a framework."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.errors import BrokenDocument
from graph.identifiers import identify, identify_below, slug
from loaders.facts import Extraction
from loaders.inputs.documents import Document
from loaders.names.resolution import Names, Resolved
from loaders.pages.claim_scope import state_limits, state_listed_services, state_subjects
from loaders.pages.claims import CLAIM, HEADING, WORDS, Telling, begin, levels_in, state_provider
from loaders.pages.frameworks import Frameworks, Mention
from loaders.pages.prose import closed, passage
from loaders.pages.quick_reference_layout import Reference, Revision, Section, issued, objectives, take_apart
from loaders.pages.quick_reference_links import state_links
from loaders.pages.quick_reference_relations import Programme, state_relations
from loaders.soc.wording import trust_services_categories

_MARK = re.compile(r"(?<=[A-Za-z]{2})(?:sm|SM|™|®|℠)(?=\s|$)")
_RANK = re.compile(r"\s+(?:Levels?|Tiers?)\s+\d.*$")
_CERTIFICATION = re.compile(r"\s+Certifications?$")
_TYPE = re.compile(r"\bType (?:II|2|I|1)\b")
_CRITERIA = re.compile(r"\bcriteria for the ([\w, ]+?) principles\b")
_PUBLIC = re.compile(r"\breport is a (?:public(?:al)?ly[- ]available|public)\b")
_AS_OF_ISSUE = re.compile(r"\bas of (?:the|its|their) date of (?:issue|publication)\b")
_WRITTEN_OUT = r"((?:[A-Z][\w&-]*,?\s(?:(?:of|for|and|the|on|in)\s){0,2}){2,9})"
_FEWEST = 3
_VALID = "a quick reference closes with a table of its revisions, each row a month, a year and what changed"


@dataclass(frozen=True, slots=True)
class QuickReference:
    """Reads quick references; the headings are found by their layout, so that a new programme is one more claim."""

    frameworks: Frameworks
    name: str = "quick_reference"
    version: str = "2"
    kinds: tuple[str, ...] = ("compliance_quick_reference",)
    facts: tuple[str, ...] = (
        "Assessment", "Framework", "Requirement", "ControlObjective", "Organization", "Service", "Region",
        "DocumentRevision", "Resource",
    )  # fmt: skip

    def accepts(self, document: Document) -> str | None:
        """The kind, where short headings name frameworks over prose, a third of them or more over a claim."""
        reference = take_apart(document.in_short_lines())
        texts = [(section.title, section.text.text) for section in reference.sections]
        claims = sum(1 for title, text in texts if CLAIM.search(text) and _names_itself(title, text))
        known = sum(1 for title, _ in texts if self.frameworks.names_one(title))
        enough = claims >= _FEWEST <= known and 3 * claims >= len(reference.sections)
        return self.kinds[0] if enough else None

    def why(self, document: Document) -> str:
        """What makes it one, for people."""
        return "short headings stand over prose, and a third of them or more over a claim of compliance"

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a quick reference; raises `BrokenDocument` where its revision history is missing."""
        document = document.in_short_lines()
        reference = take_apart(document)
        dated = max(reference.revisions, key=lambda row: row.date, default=None) or _issued(document, reference)
        if dated is None:
            raise BrokenDocument(document.where, len(document.lines), "it ends without its revision history", _VALID)
        telling = begin(document, names, self.frameworks, passage(enumerate(document.lines, 1)))
        if telling is None:
            raise BrokenDocument(document.where, 1, "no sentence says whose programmes these are", _VALID)
        reading = _Reading(telling, reference, dated)
        for section in reading.programmes():
            reading.programme(section)
        state_links(telling, reference, reading.found)
        reading.revisions()
        reading.as_of()
        return telling.close(
            {
                "name": f"Compliance quick reference of {telling.provider.name} ({reading.date})",
                "kind": self.kinds[0],
                "publisher": telling.provider.name,
                "published": reading.date,
                "loader": self.name,
                "loader_version": self.version,
                "loaded_facts": self.facts,
            },
            reading.date,
        )


@dataclass(slots=True)
class _Reading:
    telling: Telling
    reference: Reference
    dated: Revision
    found: list[Programme] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    @property
    def date(self) -> str:
        """The month of the newest revision."""
        return self.dated.date

    def as_of(self) -> None:
        """States as of when the claims hold, where the document says that they do as of its date of issue."""
        if _AS_OF_ISSUE.search(passage(enumerate(self.telling.document.lines, 1)).text):
            above = self.reference.history if self.dated in self.reference.revisions else ()
            citation = self.telling.notes.cite(self.dated.first_line, self.dated.last_line, above)
            for programme in self.found:
                self.telling.notes.state("Assessment", programme.id, citation, 0, as_of=self.date)

    def programmes(self) -> Sequence[Section]:
        """The sections from the first programme to the last: notices stand before them, further reading behind."""
        sections = self.reference.sections
        found = [n for n, section in enumerate(sections) if self._is_programme(section)]
        return sections[found[0] : found[-1] + 1] if found else ()

    def _is_programme(self, section: Section) -> bool:
        """Whether a section words a status, or its heading is named in the prose below it."""
        title, text = _MARK.sub("", section.title), section.text
        claims = self.telling.heading_status(title) or self.telling.statuses(text)
        return bool(claims) or _names_itself(title, text.text)

    def programme(self, section: Section) -> None:
        """States what one section claims."""
        title = _MARK.sub("", section.title)
        text = section.text
        against, standards = self._frameworks(title, text.text)
        statuses = list(self.telling.statuses(text))
        status = self.telling.heading_status(title)
        head = self.telling.notes.cite(section.first_line, section.last_line, (section.title,))
        programme = Programme(
            self._id(title, [m.framework for m in against], text.text),
            section,
            text,
            tuple(mention.framework for mention in against),
            tuple(mention.framework for mention in standards),
            head,
        )
        self.found.append(programme)
        self._heading(programme, title, status)
        for type_, mentions in (("AGAINST", against), ("PERFORMED_UNDER", standards)):
            self._named(programme, type_, mentions)
        self._prose(programme)
        self._explained(programme, title)
        if not (statuses or status):
            self.telling.notes.warn(section.first_line, f"{title}: the wording of no status is known; it stays unknown")
        self._objectives(programme)
        state_relations(self.telling, programme)

    def revisions(self) -> None:
        """States the rows of the revision history."""
        notes = self.telling.notes
        for ordinal, row in enumerate(self.reference.revisions, 1):
            citation = notes.cite(row.first_line, row.last_line, self.reference.history)
            id_ = identify("DocumentRevision", notes.document.sha256, str(ordinal))
            description = row.description or None
            notes.state(
                "DocumentRevision", id_, citation,
                name=row.written, ordinal=ordinal, date=row.date, description=description,
            )  # fmt: skip
            notes.link("HAS_REVISION", notes.document.id, id_, citation)

    def _frameworks(self, title: str, text: str) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """The frameworks of a heading: `A and B` is against both, `A/B` against A, performed under B.

        A heading that is a body's name stands for what the text below names, where this does not name the one known
        by it.
        """
        reader = self.telling.reader
        for sign in ("/", " and "):
            parts = tuple(Mention(reader.resolve(part), 0, len(part), part) for part in title.split(sign))
            if len(parts) == 2 and all(part.framework.known for part in parts):
                return (parts[:1], parts[1:]) if sign == "/" else (parts, ())
        plain = _CERTIFICATION.sub("", _RANK.sub("", title))
        found = reader.of_body(plain, text) or reader.resolve(plain)
        return (Mention(found, 0, len(plain), plain),), ()

    def _id(self, title: str, against: Sequence[Resolved], text: str) -> str:
        key = "-".join(framework.id.split("/", 1)[1].replace("/", "-") for framework in against)
        found = report_type(text)
        key += f"-{found.replace('_', '-')}" if found else ""
        id_ = identify("Assessment", self.telling.provider.key, key, self.date)
        if id_ in self.taken:
            id_ = identify("Assessment", self.telling.provider.key, f"{key}-{slug(title)}", self.date)
        self.taken.add(id_)
        return id_

    def _heading(self, programme: Programme, title: str, status: str | None) -> None:
        notes, telling = self.telling.notes, self.telling
        notes.state(
            "Assessment", programme.id, programme.head, HEADING,
            name=title, status=status, levels=levels_in(title),
        )  # fmt: skip
        if title != programme.section.title:
            notes.name(programme.id, programme.section.title, "variant", programme.head)
        state_provider(telling, programme.id, programme.head, programme.text, (programme.section.title,))

    def _named(self, programme: Programme, type_: str, mentions: Sequence[Mention]) -> None:
        for mention in mentions:
            self.telling.state_mention(replace(mention, text=""), programme.head, programme.section.title)
            for text in self._names(programme, mention):
                kind = self.telling.reader.kind(mention, text)
                self.telling.notes.name(mention.framework.id, text, kind, programme.head)
            self.telling.notes.link(type_, programme.id, mention.framework.id, programme.head)

    def _names(self, programme: Programme, mention: Mention) -> Iterator[str]:
        """The names of a framework in a heading: the part that names it, and a heading that is of it alone."""
        if re.search(rf"(?<![\w-]){re.escape(mention.text)}(?!\w)", programme.section.title):
            yield mention.text
        if len(programme.against) + len(programme.standards) == 1 and programme.section.title != mention.text:
            yield programme.section.title

    def _explained(self, programme: Programme, title: str) -> None:
        """States the full name of a framework that no table knows, where its acronym stands in brackets behind it."""
        if programme.against[0].known or programme.against[0].name != title or not title.isupper():
            return
        for match in re.finditer(rf"\b{_WRITTEN_OUT}\({re.escape(title)}\)", programme.text.text):
            name = match[1].strip().removeprefix("The ")
            if "".join(word[0] for word in name.split() if word[0].isupper()) == title:
                citation = self.telling.notes.cite(*programme.text.lines(*match.span()), (programme.section.title,))
                own = programme.against[0].id
                self.telling.notes.state("Framework", own, citation, WORDS, full_name=name)
                self.telling.notes.name(own, name, "variant", citation)

    def _prose(self, programme: Programme) -> None:
        notes = self.telling.notes
        section = (programme.section.title,)
        found = self.telling.state_statuses(programme.id, programme.text, section)
        state_limits(self.telling, programme.id, programme.text, section, found)
        state_subjects(self.telling, programme.id, programme.text, section, found)
        state_listed_services(self.telling, programme.id, programme.text, section)
        for sentence in programme.text.sentences():
            criteria, kind = _CRITERIA.search(sentence.text), report_type(sentence.text)
            if criteria or kind or _PUBLIC.search(sentence.text):
                citation = notes.cite(sentence.first_line, sentence.last_line, section)
                notes.state(
                    "Assessment", programme.id, citation, WORDS,
                    report_type=kind,
                    trust_services_categories=trust_services_categories(criteria[1]) if criteria else None,
                    availability="public" if _PUBLIC.search(sentence.text) else None,
                )  # fmt: skip

    def _objectives(self, programme: Programme) -> None:
        """States the rows of a table of objectives; their place in the table is their number."""
        notes = self.telling.notes
        for number, row in enumerate(objectives(programme.section), 1):
            citation = notes.cite(row.first_line, row.last_line, (programme.section.title,))
            id_ = identify_below("ControlObjective", programme.id, str(number))
            notes.state(
                "ControlObjective", id_, citation, 0, name=row.title, number=str(number), statement=row.statement
            )
            notes.link("HAS_OBJECTIVE", programme.id, id_, citation)


def _issued(document: Document, reference: Reference) -> Revision | None:
    """The date of a document that keeps no history, where it is whole: it ends with a sentence or an address."""
    last = next((line for line in reversed(document.lines) if line.strip()), "")
    whole = closed(last) or any(note.last_line == len(document.lines) for note in reference.footnotes)
    return issued(document, reference.sections) if whole else None


def report_type(text: str) -> str | None:
    """`type_1` or `type_2`, where a text that is of one report says so."""
    found = _TYPE.search(_elsewhere(text))
    return {"II": "type_2", "2": "type_2", "I": "type_1", "1": "type_1"}[found.group().split()[1]] if found else None


def _elsewhere(text: str) -> str:
    """The text without what it says of the report whose place another took."""
    return re.sub(r"\breplacement of [^.]*\.?[^.]*", "", text)


def _names_itself(title: str, text: str) -> bool:
    """Whether a word of the heading that reads like a name comes again in the prose below it."""
    words: Iterator[str] = (word for word in re.findall(r"[\w-]+", title) if not word.islower())
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in words)
