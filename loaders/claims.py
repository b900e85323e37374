"""What prose claims for a provider: who the provider is, which statuses, levels and Regions its sentences state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.documents import Document
from loaders.facts import Notebook
from loaders.frameworks import FrameworkReader, Frameworks, Mention
from loaders.prose import Passage, Sentence
from loaders.resolution import Names, Resolved

CLAIM = re.compile(
    r"\b(?:has achieved|complies with|[Cc]ompliant|(?:holds|granted) [^.]{0,40}[Aa]uthori|registrant|"
    r"certification (?:scope|assessment)|alignment with|completed an independent assessment|publishes an? |"
    r"accredited to operate|supports [^.]*?compliance)"
)
"""What a text that claims conformity holds, whoever the provider is; only to recognise documents."""

_NEGATION = r"(?:\b(?:not(?! only)|never|no|cannot|without|neither|nor)\b|n['’]t\b)"
_NEGATED_BEFORE = re.compile(rf"{_NEGATION}\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
_NEGATED_WITHIN = re.compile(_NEGATION, re.IGNORECASE)

HEADING, ACT, WORDS = 1, 2, 3
"""Precedence in these documents: a heading; in running text the act of another party, then everything else."""

_VERBS = (
    "has achieved|has completed|has also been|complies with|enables|(?:now )?publishes|issues|engages|offers|maintains|"
    "delivers|provides|(?:currently )?holds|works with|is (?:an? )?(?:already |fully )?(?:[^\\s.]+ ){0,9}?[Cc]ompliant"
)
_SUBJECT = re.compile(rf"\b((?:[A-Z][\w&-]*\s){{1,4}})(?:\([A-Z]\w*\) )?(?:{_VERBS})\b")
_NO_NAME = frozenset({"It", "This", "These", "That", "We", "Our", "Customers", "Each", "New", "In", "Students"})
_EXPLAINED = re.compile(r"\b((?:[A-Z][\w&-]*\s){1,5})\(([A-Z][A-Za-z]{1,6})\)")
_LEVELS = re.compile(r"\b(?:Levels?|Tiers?)\s+(\d+(?:(?:,\s*(?:and\s+)?|\s+and\s+)\d+)*)")
_BASELINE = re.compile(r"[ -]([A-Z][a-z]+) (?:impact )?level\b")
_LIMIT = re.compile(
    r"\b(?:scope|certification|authorization|assessment)s? (?:is|are) limited to\b|\bencompass(?:es)?\b"
)
_LIST = re.compile(r"\bservices (?:include|including|are|such as):? (?P<items>[^.;]+)")
_SERVICE = re.compile(r"[A-Z][^()]*(?:\([^()]+\))?")
_REGION = re.compile(r"\b((?:[A-Z][\w.]*[ -])*[A-Z][\w.]*(?: \([^()]*\))?) [Rr]egions?\b")


@dataclass(frozen=True, slots=True)
class Status:
    """A status that a sentence words, on those lines."""

    value: str
    act: bool
    start: int
    sentence: Sentence

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that the sentence names with the status: those that come first after it begins."""
        return levels_in(self.sentence.text[self.start :])


@dataclass(slots=True)
class Telling:
    """A document that is being told: its provider, its frameworks, the notebook in which its facts are collected."""

    document: Document
    names: Names
    reader: FrameworkReader
    notes: Notebook
    provider: Resolved
    subject: str
    regions: re.Pattern[str]
    services: re.Pattern[str]
    _unknown: set[str] = field(default_factory=set)
    _negated: set[tuple[int, str]] = field(default_factory=set)

    def resolve(self, label: str, text: str, line: int, scope: str = "") -> Resolved:
        """What a name stands for; an unknown one is named once in the load report."""
        found = self.names.resolve(label, text, scope)
        self.remark_unknown(found, line)
        return found

    def remark_unknown(self, found: Resolved, line: int) -> None:
        """Names an unknown entity once in the load report."""
        if not found.known and found.id not in self._unknown:
            self._unknown.add(found.id)
            message = f"{found.label} {found.name!r} is known by no rule and no row of names.toml: an entity of its own"
            self.notes.warn(line, message)

    def state_names(self, found: Resolved, *citations: str) -> None:
        """Writes down every form of a name that was found there."""
        for text, kind in found.names:
            self.notes.name(found.id, text, kind, *citations)

    def state_entity(self, found: Resolved, citation: str, precedence: int = WORDS) -> str:
        """Writes down an entity under the name that it has there; answers its id."""
        self.notes.state(found.label, found.id, citation, precedence, name=found.name)
        self.state_names(found, citation)
        return found.id

    def state_mention(self, mention: Mention, citation: str) -> str:
        """Writes down a framework that is named there, with the edition that stands beside it; answers its id."""
        self.remark_unknown(mention.framework, int(citation.rsplit("/", 1)[1].split("-", maxsplit=1)[0]))
        row = self.reader.known(mention.framework)
        full_name = row.full_name if row and row.full_name == mention.text else None
        self.notes.state(
            "Framework",
            mention.framework.id,
            citation,
            WORDS,
            name=mention.framework.name,
            kind=row.kind if row else None,
            full_name=full_name,
            edition=mention.edition,
        )
        if self.reader.is_name(mention):
            self.notes.name(mention.framework.id, mention.text, self.reader.kind(mention), citation)
        return mention.framework.id

    def statuses(self, text: Passage) -> Iterator[Status]:
        """The statuses that sentences word, in the order of the text; one of a kind in a sentence."""
        for sentence in text.sentences():
            found: dict[str, Status] = {}
            for wording in self.reader.table.wordings:
                match = None if wording.heading else self.affirmed(self.filled(wording.pattern), sentence)
                if match and wording.status not in found:
                    found[wording.status] = Status(wording.status, wording.act, match.start(), sentence)
            yield from sorted(found.values(), key=lambda s: s.start)

    def affirmed(self, pattern: str | re.Pattern[str], sentence: Sentence) -> re.Match[str] | None:
        """The first place where a sentence words something and negates it not; a negated one is a warning."""
        denied = ""
        for match in re.finditer(pattern, sentence.text):
            if not (_NEGATED_WITHIN.search(match.group()) or _NEGATED_BEFORE.search(sentence.text[: match.start()])):
                return match
            denied = denied or match.group()
        if denied and (sentence.first_line, denied) not in self._negated:
            self._negated.add((sentence.first_line, denied))
            self.notes.warn(sentence.first_line, f"{denied!r} is negated there; it is read as no claim")
        return None

    def heading_status(self, title: str) -> str | None:
        """The status that a heading words."""
        words = (w for w in self.reader.table.wordings if w.heading)
        return next((w.status for w in words if re.search(w.pattern, title)), None)

    def filled(self, pattern: str) -> str:
        """A pattern with `{p}` filled in: the provider by any of its names, or `we`."""
        return pattern.replace("{p}", self.subject)

    def state_statuses(self, assessment: str, text: Passage, section: tuple[str, ...]) -> list[Status]:
        """Writes down the statuses of an assessment, and the levels and the limits that their sentences state.

        Of two that stand on the same line the first is written down, the act of another party before all.
        """
        found = list(self.statuses(text))
        shown: dict[tuple[int, int], Status] = {}
        for status in sorted(found, key=lambda s: (not s.act, s.sentence.offset + s.start)):
            lines = (status.sentence.first_line, status.sentence.last_line)
            if lines in shown:
                start = status.sentence.offset + status.start
                lines = text.lines(start, start + 1)
            shown.setdefault(lines, status)
        for lines, status in shown.items():
            citation = self.notes.cite(*lines, section=section)
            self.notes.state("Assessment", assessment, citation, ACT if status.act else WORDS, status=status.value)
        for status in found:
            citation = self.notes.cite(status.sentence.first_line, status.sentence.last_line, section)
            self.notes.state("Assessment", assessment, citation, WORDS, levels=status.levels)
        self._state_limits(assessment, text, section, {s.sentence.offset for s in found})
        return found

    def _state_limits(self, assessment: str, text: Passage, section: tuple[str, ...], claiming: set[int]) -> None:
        for sentence in text.sentences():
            if sentence.offset not in claiming and not _LIMIT.search(sentence.text):
                continue
            for name in self.regions_in(sentence.text):
                citation = self.notes.cite(sentence.first_line, sentence.last_line, section)
                for region in self.names.resolve_all("Region", name, self.provider.key):
                    self.remark_unknown(region, sentence.first_line)
                    self.notes.state("Region", region.id, citation, WORDS, name=region.name)
                    if region.names[0][0] == name:
                        self.state_names(region, citation)
                    self.notes.link("OPERATED_BY", region.id, self.provider.id, citation)
                    self.notes.link("LIMITED_TO", assessment, region.id, citation)

    def regions_in(self, text: str) -> tuple[str, ...]:
        """The Regions and groups of Regions that a text names: those of the table, and whatever is called a Region."""
        known = list(self.regions.finditer(text))
        called = [
            m for m in _REGION.finditer(text) if not any(k.start() < m.end() and m.start() < k.end() for k in known)
        ]
        plain = (re.sub(r"^(?:The|All|Our|An?) ", "", match.group(1)) for match in called)
        return tuple(dict.fromkeys((*(match.group() for match in known), *plain)))


def begin(document: Document, names: Names, frameworks: Frameworks, text: Passage) -> Telling | None:
    """The telling of a document; None where no sentence of it claims anything for a provider."""
    explained = [f"{m[1].strip()} ({m[2]})" for m in _EXPLAINED.finditer(text.text) if _initials(m[1], m[2])]
    names = names.having("Organization", "", explained)
    reader = frameworks.reader(names)
    counted, forms = Counter[str](), dict[str, set[str]]()
    for match in _SUBJECT.finditer(text.text):
        name = match[1].strip().removeprefix("The ")
        if name.split()[0] not in _NO_NAME and not reader.mentions(name):
            found = names.resolve("Organization", name)
            counted[found.id] += 1
            forms.setdefault(found.id, set()).add(name)
    if not counted:
        return None
    id_ = min(counted, key=lambda i: (-counted[i], i))
    best = max(forms[id_], key=lambda form: (len(form), form))
    provider = names.resolve("Organization", best)
    subject = "(?:" + "|".join(re.escape(f) for f in sorted(forms[id_], key=lambda f: (-len(f), f))) + "|[Ww]e)"
    places, services = (_forms(names, label, provider.key) for label in ("Region", "Service"))
    return Telling(document, names, reader, Notebook(document), provider, subject, places, services)


def state_provider(telling: Telling, assessment: str, citation: str) -> None:
    """Writes down whose assessment it is."""
    telling.state_entity(telling.provider, citation)
    telling.notes.link("OF_PROVIDER", assessment, telling.provider.id, citation)


def state_services(telling: Telling, assessment: str, found: Iterator[str], sentence: Sentence, citation: str) -> None:
    """Writes down the services that a claim names."""
    for text in found:
        service = telling.resolve("Service", text, sentence.first_line, telling.provider.key)
        telling.state_entity(service, citation)
        telling.notes.link("OF_PROVIDER", service.id, telling.provider.id, citation)
        telling.notes.link("INCLUDES_SERVICE", assessment, service.id, citation)


def listed_services(text: str) -> Iterator[str]:
    """The services of a list that a sentence gives, such as `services include A, B (C) and D`."""
    match = _LIST.search(text)
    for item in re.split(r",\s*(?:and\s+)?|(?<=\))\s+and\s+(?=[A-Z])", match["items"]) if match else ():
        halves = item.strip().split(" and ")
        same = len({half.split()[0] for half in halves if half}) == 1
        for name in halves if same else (item.strip(),):
            if _SERVICE.fullmatch(name):
                yield name


def levels_in(text: str) -> tuple[str, ...]:
    """The levels, tiers or baselines that a text names first, as written but for the word `level`."""
    found = sorted((*_LEVELS.finditer(text), *_BASELINE.finditer(text)), key=lambda match: match.start())
    return tuple(re.findall(r"\w+", found[0][1].replace("and", ""))) if found else ()


def _forms(names: Names, label: str, provider: str) -> re.Pattern[str]:
    """What the table calls the Regions or the services of the provider, the longest name first."""
    rows = {row.name for row in names.table.rows.values() if (row.label, row.scope) == (label, provider)}
    groups = {group.name for group in names.table.groups.values() if (group.label, group.scope) == (label, provider)}
    forms = sorted(rows | groups, key=lambda form: (-len(form), form))
    return re.compile("|".join(rf"(?<![\w/-]){re.escape(form)}(?!\w)" for form in forms) or r"(?!)")


def _initials(name: str, acronym: str) -> bool:
    return "".join(word[0] for word in name.split() if word[0].isupper()).endswith(acronym.upper())
