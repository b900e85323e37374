"""A provider's page of questions and answers about its SOC reports, a table of the reports side by side among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.errors import BrokenDocument
from graph.identifiers import identify
from graph.records import Value
from loaders.claims import ACT, WORDS, Telling, begin, state_provider
from loaders.documents import Document
from loaders.facts import Extraction
from loaders.frameworks import Frameworks, Mention
from loaders.prose import Sentence, closed, paragraphs, passage
from loaders.quick_reference_relations import Place, state_between
from loaders.resolution import Names
from loaders.soc_overview_table import Cell, SocTable, read_table
from loaders.wording import trust_services_categories

_REPORT = re.compile(r"\bSOC [123]\b(?!\d)")
_REPORT_WORD = re.compile(r"\bSOC\b")
_GROUP = re.compile(r"\bSOC (?P<numbers>[123](?:(?:\s*/\s*|,\s*(?:and\s+)?|\s+and\s+)(?:SOC )?[123]\b)*)(?!®)")
_QUESTION = re.compile(r"^[A-Z][^.?!]*\?$")
_AUDITOR = re.compile(r"^(?P<name>[A-Z].*?) performs (?:the )?.*\baudits?\b")
_TYPE = re.compile(r"\bSOC (?P<number>[12]) Type (?P<type>II|I|2|1)\b")
_CADENCE = re.compile(r"\b(?P<often>quarterly|twice (?:per|a) year|semi-?annually|annually|once (?:per|a) year)\b")
_OFTEN = {"quarterly": "quarterly", "twice": "semiannual", "semi": "semiannual", "annually": "annual", "once": "annual"}
_MONTHS_LONG = re.compile(r"\b(?P<months>\d+)[ -]month periods?\b")
_RELEASED = re.compile(
    r"(?P<months>(?:mid-|early |late )?[A-Z][a-z]+ and (?:mid-|early |late )?[A-Z][a-z]+) for SOC (?P<for>[\d/ ]+)"
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_UNDER = re.compile(r"\b(?:conducted|performed) in accordance with\b")
_NDA = re.compile(r"\b(?:NDA|non-disclosure agreement) is required\b")
_AVAILABLE = re.compile(r"\b(?P<public>publicly )?available (?P<to>to customers|to \S+ customers|as|on|summary)\b")
_EXAMINATION = re.compile(r"\bindependent third-party (?:examination|attestation) reports\b")
_VALID = "the page answers in sentences, and its table gives standard, purpose, audience and period of each report"
_FEWEST = 2

Stated = tuple[Sequence[str], int, dict[str, Value]]
"""Which reports, by their numbers, with which precedence, have which values."""


@dataclass(frozen=True, slots=True)
class SocOverview:
    """Reads pages about SOC reports. The page can contradict itself; every stated value stays with its citation."""

    frameworks: Frameworks
    name: str = "soc_overview"
    version: str = "1"
    kinds: tuple[str, ...] = ("soc_overview_page",)
    facts: tuple[str, ...] = ("Assessment", "Framework", "Organization")

    def accepts(self, document: Document) -> str | None:
        """The kind, where a page asks questions and names all three SOC reports again and again."""
        named = {match.group() for match in _REPORT.finditer(document.text)}
        shown = [line for line in document.lines if line.strip(" -")]
        dense = sum(1 for line in shown if _REPORT_WORD.search(line))
        enough = document.text.count("?") >= _FEWEST and len(named) == len("123") and 3 * dense >= len(shown)
        return self.kinds[0] if enough else None

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a page; raises `BrokenDocument` where it was cut."""
        table = read_table(document.lines)
        _must_be_whole(document, table)
        telling = begin(document, names, self.frameworks, passage(enumerate(document.lines, 1)))
        if telling is None:
            raise BrokenDocument(document.where, 1, "no sentence says whose reports these are", _VALID)
        reading = _Reading(telling, _assessments(telling, document))
        question = ""
        for text in paragraphs(_prose(document, table)):
            if _QUESTION.match(text.text):
                question = text.text
            for sentence in text.sentences():
                reading.sentence(sentence, (question,) if question else ())
        reading.table(table)
        reading.rest()
        return telling.notes.close(
            {
                "name": f"SOC overview page of {telling.provider.name}",
                "title": _title(document),
                "kind": self.kinds[0],
                "publisher": telling.provider.name,
                "loader": self.name,
                "loader_version": self.version,
                "loaded_facts": self.facts,
            }
        )


@dataclass(slots=True)
class _Reading:
    """The telling with the assessment of each report, by its number."""

    telling: Telling
    assessments: dict[str, str]
    opened: set[str] = field(default_factory=set)

    def table(self, table: SocTable) -> None:
        """States the cells of the table, each for its report."""
        for cell in table.cells:
            if cell.report not in self.assessments:
                continue
            citation = self.telling.notes.cite(cell.first_line, cell.last_line, (cell.question,))
            self._open(cell.report, citation)
            for mention in self._standards(cell):
                self.telling.state_mention(mention, citation)
                self._link(cell.report, "PERFORMED_UNDER", mention.framework.id, citation)
            self._state(
                cell.report,
                citation,
                WORDS,
                audience=cell.audience,
                period_months=cell.months,
                availability="public" if "publicly available" in (cell.audience or "").lower() else None,
            )

    def rest(self) -> None:
        """States the reports that only a title or a question names, by the first line that does."""
        for report in self.assessments:
            lines = enumerate(self.telling.document.lines, 1)
            named = next((n for n, line in lines if re.search(rf"\bSOC {report}\b", line)), None)
            if named:
                self._open(report, self.telling.notes.cite(named))

    def sentence(self, sentence: Sentence, section: tuple[str, ...]) -> None:
        """States what one sentence says of the reports that it names."""
        place = Place(sentence, self.telling.reader.mentions(sentence.text), section)
        facts = [*self._facts(sentence)]
        named = numbers_in(sentence.text)
        auditor = _AUDITOR.match(sentence.text)
        related = state_between(self.telling, place, None)
        if not (facts or auditor or related or _UNDER.search(sentence.text)):
            return
        citation = place.cite(self.telling)
        for reports, precedence, values in facts:
            for report in reports:
                if report in named:
                    self._open(report, citation)
                self._state(report, citation, precedence, **values)
        for report in named if auditor else ():
            found = self.telling.resolve("Organization", auditor["name"], sentence.first_line) if auditor else None
            if found:
                self._open(report, citation)
                self._link(report, "EXAMINED_BY", self.telling.state_entity(found, citation), citation)
        self._under(place, citation)

    def _under(self, place: Place, citation: str) -> None:
        start = _UNDER.search(place.sentence.text)
        reports = numbers_in(place.sentence.text[: start.start()]) if start else ()
        for mention in place.mentions:
            if start and mention.start > start.end():
                self.telling.state_mention(mention, citation)
                for report in reports:
                    self._open(report, citation)
                    self._link(report, "PERFORMED_UNDER", mention.framework.id, citation)

    def _facts(self, sentence: Sentence) -> Iterator[Stated]:
        text = sentence.text
        every = tuple(self.assessments)
        named = numbers_in(text) or every
        for match in _TYPE.finditer(text):
            yield (match["number"],), WORDS, {"report_type": "type_2" if match["type"] in ("II", "2") else "type_1"}
        for reports, often in cadences_in(text):
            yield reports or every, WORDS, {"cadences": (often,)}
        for match in _MONTHS_LONG.finditer(text):
            yield named, WORDS, {"period_months": (int(match["months"]),)}
        for reports, months in releases_in(text):
            yield reports, WORDS, {"release_months": months}
        if self.telling.affirmed(_EXAMINATION, sentence):
            yield every, WORDS, {"status": "attested"}
        if self.telling.affirmed(_NDA, sentence):
            yield named, ACT, {"availability": "under_nda"}
        yield from self._available(sentence, named)

    def _available(self, sentence: Sentence, named: Sequence[str]) -> Iterator[Stated]:
        """A report that is under an agreement is available to customers too, so the stricter word is shown."""
        text, match = sentence.text, self.telling.affirmed(_AVAILABLE, sentence)
        if match and not _EXAMINATION.search(text):
            reports = numbers_in(text[: match.start()])[:1] if match["public"] else named
            kind = "public" if match["public"] else "customers"
            yield reports, WORDS, {"availability": kind}
            categories = trust_services_categories(text[: match.start()])
            if categories:
                yield reports, WORDS, {"trust_services_categories": categories}

    def _standards(self, cell: Cell) -> list[Mention]:
        own = {self.telling.reader.resolve(f"SOC {number}").id for number in self.assessments}
        return [m for m in self.telling.reader.mentions(cell.standards) if m.framework.id not in own]

    def _open(self, report: str, citation: str) -> None:
        """States that the report is one of the provider against its framework, where it is named first."""
        assessment, framework = self.assessments[report], self.telling.reader.resolve(f"SOC {report}")
        if report in self.opened:
            return
        self.opened.add(report)
        self.telling.state_mention(Mention(framework, 0, len(framework.name), framework.name), citation)
        self.telling.notes.state("Assessment", assessment, citation, WORDS, name=framework.name)
        self.telling.notes.link("AGAINST", assessment, framework.id, citation)
        state_provider(self.telling, assessment, citation)

    def _state(self, report: str, citation: str, precedence: int, **values: Value | None) -> None:
        self.telling.notes.state("Assessment", self.assessments[report], citation, precedence, **values)

    def _link(self, report: str, type_: str, end: str, citation: str) -> None:
        self.telling.notes.link(type_, self.assessments[report], end, citation)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of the SOC reports that a text names, `SOC 1/2/3` and `SOC 1, SOC 2, and SOC 3` being three."""
    found = (re.findall(r"[123]", re.sub("SOC ", "", match["numbers"])) for match in _GROUP.finditer(text))
    return tuple(dict.fromkeys(number for numbers in found for number in numbers))


def cadences_in(text: str) -> list[tuple[tuple[str, ...], str]]:
    """How often which reports are issued: the reports named since the cadence before."""
    found, start = [], 0
    for match in _CADENCE.finditer(text) if re.search(r"\bissues?\b", text) else ():
        often = next(value for word, value in _OFTEN.items() if match["often"].startswith(word))
        found.append((numbers_in(text[start : match.start()]), often))
        start = match.end()
    return found


def releases_in(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """In which months which reports are released, in the order of the year."""
    months: dict[str, set[str]] = {}
    for match in _RELEASED.finditer(text):
        for number in re.findall(r"[123]", match["for"]):
            months.setdefault(number, set()).update(re.findall(r"[A-Z][a-z]+", match["months"]))
    return [((number,), tuple(m for m in _MONTHS if m in found)) for number, found in sorted(months.items())]


def _assessments(telling: Telling, document: Document) -> dict[str, str]:
    """The assessment of each report that the page names; an undated page gives the start of its hash for a date."""
    types = {m["number"]: "type-2" if m["type"] in ("II", "2") else "type-1" for m in _TYPE.finditer(document.text)}
    found = sorted({match.group()[-1] for match in _REPORT.finditer(document.text)})
    keys = {number: "-".join(filter(None, (f"soc-{number}", types.get(number)))) for number in found}
    day = document.sha256[:8]
    return {number: identify("Assessment", telling.provider.key, key, day) for number, key in keys.items()}


def _title(document: Document) -> str | None:
    """The short lines above the first sentence."""
    return " ".join(line.strip() for line in document.lines[: _first(document)] if line.strip()) or None


def _first(document: Document) -> int:
    return next((n for n, line in enumerate(document.lines) if closed(line)), 0)


def _prose(document: Document, table: SocTable) -> Iterator[tuple[int, str]]:
    """The lines below the title, without the table and the separators."""
    for number, line in enumerate(document.lines, 1):
        if number > _first(document) and number not in table.lines and line.strip() != "-":
            yield number, line


def _must_be_whole(document: Document, table: SocTable) -> None:
    """A cut page ends in the middle of a sentence, with a question or a separator, or its table lacks a row."""
    shown = [(number, line.strip()) for number, line in enumerate(document.lines, 1) if line.strip()]
    number, last = shown[-1]
    if not closed(last) or last.endswith("?"):
        raise BrokenDocument(document.where, number, "the page ends in the middle", _VALID)
    if table.missing:
        line = max(table.lines, default=number)
        raise BrokenDocument(document.where, line, f"the table lacks {', '.join(table.missing)}", _VALID)
