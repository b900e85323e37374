"""A provider's page of questions and answers about its SOC reports, a table of the reports side by side among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.errors import BrokenDocument
from graph.identifiers import identify
from graph.records import Value
from loaders.facts import Extraction
from loaders.inputs.documents import Document
from loaders.names.resolution import Names
from loaders.pages.claims import WORDS, Telling, begin, state_owner
from loaders.pages.framework_titles import state_title
from loaders.pages.frameworks import Frameworks, Mention
from loaders.pages.issuers import state_issuers
from loaders.pages.places import Place
from loaders.pages.prose import Passage, Sentence, closed, passage
from loaders.pages.quick_reference_relations import UNDER, state_between
from loaders.pages.resources import addresses, state_resource
from loaders.pages.soc_overview_table import (
    REPORTS,
    Cell,
    SocTable,
    question_at,
    read_delimited,
    read_run_together,
    without_here,
)
from loaders.pages.soc_overview_words import auditor_in, auditor_row, facts_in, numbers_in, types_in, values_in

_REPORT = re.compile(r"\bSOC [123]\b(?!\d)")
SEPARATORS = ("-", "–", "—", "*", "---")
_VALID = "the page answers in sentences, and its table gives standard, purpose, audience and period of each report"
_TITLE_WIDTH, _FEWEST, _DENSITY = 42, 2, 300


@dataclass(frozen=True, slots=True)
class SocOverview:
    """Reads pages about SOC reports. The page can contradict itself; every stated value stays with its citation."""

    frameworks: Frameworks
    name: str = "soc_overview"
    version: str = "2"
    kinds: tuple[str, ...] = ("soc_overview_page",)
    facts: tuple[str, ...] = ("Assessment", "Framework", "Organization", "Resource")

    def accepts(self, document: Document) -> str | None:
        """The kind, where a page asks questions and names all three SOC reports again and again."""
        named = [match.group() for match in _REPORT.finditer(document.text)]
        dense = _DENSITY * document.text.count("SOC") >= len(document.text)
        enough = document.text.count("?") >= _FEWEST and len(set(named)) == len(REPORTS)
        return self.kinds[0] if enough and dense else None

    def why(self, document: Document) -> str:
        """What makes it one, for people."""
        return "it asks questions and names all three SOC reports again and again"

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a page; raises `BrokenDocument` where it was cut."""
        delimited = read_delimited(document.lines)
        text = passage(_written(document, delimited[1] if delimited else frozenset()))
        table = delimited[0] if delimited else read_run_together(text)
        _must_be_whole(document, table)
        telling = begin(document, names, self.frameworks, passage(enumerate(document.lines, 1)))
        if telling is None:
            raise BrokenDocument(document.where, 1, "no sentence says whose reports these are", _VALID)
        reading = _Reading(telling, _assessments(telling, document), tuple(text.sentences()))
        if delimited:
            reading.table(table)
        reading.prose(text.part(0, table.span[0]))
        reading.prose(text.part(table.span[1], len(text.text)))
        if not delimited:
            reading.table(table)
        reading.rest(text)
        reading.names(text)
        return telling.close(
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
    sentences: tuple[Sentence, ...]
    opened: set[str] = field(default_factory=set)

    def prose(self, text: Passage) -> None:
        """States what the questions and answers say of the reports."""
        question = ""
        for sentence in _sentences(text):
            question = sentence.text if sentence.text.endswith("?") else question
            self.sentence(sentence, (question,) if question else ())

    def table(self, table: SocTable) -> None:
        """States the cells of the table, each for its report."""
        for doubt in table.doubts:
            self.telling.notes.warn(doubt.line, doubt.message)
        for cell in table.cells:
            if cell.report in self.assessments and re.search(r"\w", cell.text):
                citation = self.telling.notes.cite(cell.first_line, cell.last_line, (cell.question,))
                self._open(cell.report, citation)
                self._cell(cell, citation)

    def _cell(self, cell: Cell, citation: str) -> None:
        if cell.label == "standard":
            for mention in self._standards(cell):
                self.telling.state_mention(mention, citation, cell.text)
                state_title(self.telling, mention, citation, cell.text, run_on=True)
                self._link(cell.report, "PERFORMED_UNDER", mention.framework.id, citation)
        elif cell.label == "purpose":
            self._state(cell.report, citation, WORDS, purpose=cell.text)
        elif cell.label == "audience":
            self._state(cell.report, citation, WORDS, audience=without_here(cell.text))
        elif cell.label == "period":
            self._state(cell.report, citation, WORDS, period_months=cell.months)
        elif cell.label == "report":
            self._state(cell.report, citation, WORDS, report_type=types_in(cell.text).get(cell.report))
        elif auditor_row(cell.label):
            self._examined(cell.text, (cell.report,), cell.first_line, citation)
        if cell.label != "purpose":
            for values in values_in(cell.text):
                self._state(cell.report, citation, WORDS, **values)

    def rest(self, text: Passage) -> None:
        """States the reports that only a title or a question names, by the first line that does."""
        for report in self.assessments:
            named = re.search(rf"\bSOC {report}\b", text.text)
            if named:
                self._open(report, self.telling.notes.cite(*text.lines(*named.span())))

    def names(self, text: Passage) -> None:
        """States the names of the reports' frameworks wherever the page names them, and who issues a framework."""
        own = {self.telling.reader.resolve(f"SOC {report}").id for report in self.assessments}
        for sentence in _sentences(text):
            place = Place(sentence, self.telling.reader.mentions(sentence.text), (), text)
            state_issuers(self.telling, place, ())
            for mention in place.mentions:
                if mention.framework.id in own:
                    self.telling.state_mention(mention, place.cite(self.telling), place.sentence.text)

    def _mentions(self, place: Place) -> None:
        """States which other framework a sentence names that tells of one report's framework."""
        own = {self.telling.reader.resolve(f"SOC {report}").id for report in self.assessments}
        ids = [mention.framework.id for mention in place.mentions]
        asks = place.sentence.text.endswith("?") or UNDER.search(place.sentence.text)
        if asks or not ids or ids[0] not in own:
            return
        named = [m for m in place.mentions[1:] if m.framework.id not in own]
        if named and all(id_ not in own for id_ in ids[1 : ids.index(named[0].framework.id)]):
            place = replace(place, mentions=(place.mentions[0], *named))
            for mention in place.mentions:
                self.telling.state_mention(mention, place.cite(self.telling), place.sentence.text)
            place.mention(self.telling, place.mentions[0].framework, set())

    def sentence(self, sentence: Sentence, section: tuple[str, ...]) -> None:
        """States what one sentence says of the reports that it names."""
        place = Place(sentence, self.telling.reader.mentions(sentence.text), section)
        every = tuple(self.assessments)
        facts = list(facts_in(self.telling, sentence, every))
        named = numbers_in(sentence.text)
        auditor = auditor_in(sentence.text)
        urls = list(addresses(sentence.text))
        related = state_between(self.telling, place, None)
        self._mentions(place)
        if not (facts or auditor or related or urls or UNDER.search(sentence.text)):
            return
        citation = place.cite(self.telling)
        for reports, precedence, values in facts:
            for report in (report for report in reports if report in self.assessments):
                if report in named:
                    self._open(report, citation)
                self._state(report, citation, precedence, **values)
        if auditor:
            about = re.search(r"\bSOC\b", " ".join((sentence.text, *section)))
            self._examined(auditor, named or (every if about else ()), sentence.first_line, citation)
        for url, _, _ in urls:
            for report in named:
                self._open(report, citation)
                self._link(report, "REFERS_TO", state_resource(self.telling, url, citation), citation)
        self._under(place, citation)

    def _examined(self, name: str, reports: Sequence[str], line: int, citation: str) -> None:
        if name in self.telling.forms or self.telling.reader.mentions(name):
            return
        for report in (report for report in reports if report in self.assessments):
            found = self.telling.resolve("Organization", name, line)
            self._open(report, citation)
            self._link(report, "EXAMINED_BY", self.telling.state_entity(found, citation), citation)

    def _under(self, place: Place, citation: str) -> None:
        start = UNDER.search(place.sentence.text)
        reports = numbers_in(place.sentence.text[: start.start()]) if start else ()
        for mention in place.mentions:
            if start and mention.start > start.end():
                self.telling.state_mention(mention, citation, place.sentence.text)
                for report in (report for report in reports if report in self.assessments):
                    self._open(report, citation)
                    self._link(report, "PERFORMED_UNDER", mention.framework.id, citation)

    def _standards(self, cell: Cell) -> list[Mention]:
        own = {self.telling.reader.resolve(f"SOC {number}").id for number in self.assessments}
        return [m for m in self.telling.reader.mentions(cell.text) if m.framework.id not in own]

    def _open(self, report: str, citation: str) -> None:
        """States that the report is one of the provider against its framework, where it is named first."""
        assessment, framework = self.assessments[report], self.telling.reader.resolve(f"SOC {report}")
        if report in self.opened:
            return
        self.opened.add(report)
        self.telling.state_mention(Mention(framework, 0, len(framework.name), framework.name), citation)
        self.telling.notes.state("Assessment", assessment, citation, WORDS, name=framework.name)
        self.telling.notes.link("AGAINST", assessment, framework.id, citation)
        self._belongs(report, assessment, citation)

    def _belongs(self, report: str, assessment: str, citation: str) -> None:
        """States whose report it is, by the first sentence that names both, else one that names SOC reports."""
        provider = rf"(?<![\w/-])(?:{'|'.join(map(re.escape, self.telling.forms))})\b[^.?!]*"
        for pattern in (rf"{provider}\bSOC {report}\b", rf"{provider}\bSOC\b", provider):
            sentence = next((s for s in self.sentences if re.search(pattern, s.text)), None)
            if sentence:
                citation = self.telling.notes.cite(sentence.first_line, sentence.last_line)
                break
        state_owner(self.telling, assessment, citation)

    def _state(self, report: str, citation: str, precedence: int, **values: Value | None) -> None:
        self.telling.notes.state("Assessment", self.assessments[report], citation, precedence, **values)

    def _link(self, report: str, type_: str, end: str, citation: str) -> None:
        self.telling.notes.link(type_, self.assessments[report], end, citation)


def _sentences(text: Passage) -> Iterator[Sentence]:
    """The sentences; a question is one of its own, apart from cells of a table that run into it."""
    for sentence in text.sentences():
        at = question_at(sentence.text) if sentence.text.endswith("?") else 0
        for start, end in ((0, at), (at, len(sentence.text))):
            piece = sentence.text[start:end].rstrip()
            begin = sentence.offset + start
            if piece:
                yield Sentence(piece, begin, *text.lines(begin, begin + len(piece)))


def _assessments(telling: Telling, document: Document) -> dict[str, str]:
    """The assessment of each report that the page names; an undated page gives the start of its hash for a date."""
    text = passage(_written(document, frozenset())).text
    types = types_in(text)
    found = sorted({match.group()[-1] for match in _REPORT.finditer(text)})
    keys = {n: "-".join(filter(None, (f"soc-{n}", types.get(n, "").replace("_", "-")))) for n in found}
    day = document.sha256[:8]
    return {number: identify("Assessment", telling.provider.key, key, day) for number, key in keys.items()}


def _title(document: Document) -> str | None:
    """The short lines above the first sentence."""
    lines = document.lines[: _title_size(document)]
    return " ".join(line.strip() for line in lines if line.strip()) or None


def _title_size(document: Document) -> int:
    """How many lines at the top are a title: short ones that end no sentence."""
    for index, line in enumerate(document.lines):
        if closed(line) or len(line.strip()) > _TITLE_WIDTH:
            return index
    return 0


def _written(document: Document, table: frozenset[int]) -> Iterator[tuple[int, str]]:
    """The lines below the title; the separators between the answers are blank, as are the lines of a table."""
    top = _title_size(document)
    for number, line in enumerate(document.lines, 1):
        if number > top:
            yield number, "" if line.strip() in SEPARATORS or number in table else line


def _must_be_whole(document: Document, table: SocTable) -> None:
    """A cut page ends in the middle of a sentence, with a question or a separator, or its table lacks a row."""
    shown = [(number, line.strip()) for number, line in enumerate(document.lines, 1) if line.strip()]
    number, last = shown[-1]
    if not closed(last) or last.endswith("?"):
        raise BrokenDocument(document.where, number, "the page ends in the middle", _VALID)
    if table.missing:
        raise BrokenDocument(document.where, number, f"the table lacks {', '.join(table.missing)}", _VALID)
