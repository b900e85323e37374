"""What prose claims for a provider: who the provider is, which statuses, levels and Regions its sentences state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.records import Value
from loaders.facts import Extraction, Notebook
from loaders.inputs.documents import Document
from loaders.inputs.normalising import normalised
from loaders.names.resolution import Names, Resolved
from loaders.pages.frameworks import FrameworkReader, Frameworks, Mention
from loaders.pages.prose import Passage, Sentence, passage

CLAIM = re.compile(
    r"\b(?:compl(?:y|ies) with|[Cc]ompliant|certified|certification (?:scope|assessment)|[Cc]onforms? (?:to|with)|"
    r"(?:achieved|awarded|obtained|earned|received|holds?|granted) [^.]{0,60}(?:[Cc]ertificat|[Aa]uthori|compliance)|"
    r"registrant|(?:alignment|aligned|aligns?) (?:with|to)|completed an independent assessment|publishes an? |"
    r"accredited to operate|supports [^.]*?compliance|(?:audited|assessed|examined) by|validated|"
    r"(?:undergoe?s?|undergone|completed|obtain\w*) [^.]{0,60}(?:examination|attestation)|helps? customers|enables)"
)
"""What a text that claims conformity holds, whoever the provider is; only to recognise documents."""

_NEGATION = r"(?:\b(?:not(?! only)|never|no|cannot|without|neither|nor)\b|n['’]t\b)"
_NEGATED_BEFORE = re.compile(
    rf"(?:{_NEGATION}\s+(?:[\w-]+\s+){{0,2}}|\b(?:if|once|when|until|unless)\s+)$", re.IGNORECASE
)
_NEGATED_WITHIN = re.compile(_NEGATION, re.IGNORECASE)
_INTENDED = re.compile(
    r"\b(?:working|plan(?:s|ning)?|expect(?:s|ed)?|aim(?:s|ing)?|seek(?:s|ing)?|prepar\w+|pursu\w+|to become|to be|"
    r"formerly|previously|would|could|should|may|might|partially|nearly|almost|lost|withdrew|expired)\b"
)
_DENYING = (
    r"(?:\s[\w'’-]+){0,6}?(?:\s(?:no longer|not(?! only)|never|cannot|neither|lost|withdrew)|n['’]t)\b"
    r"(?:\s[\w-]+){0,5}?\s(?:compl|certif|authori[sz]|accredit|align|validat|attest|regist|hold|publish|achiev|audit|assess|evaluat)\w*"
)

HEADING, ACT, WORDS = 1, 2, 3
"""Precedence in these documents: a heading; in running text the act of another party, then everything else."""

_VERBS = (
    "has achieved|has completed|has also been|has been|has obtained|has received|complies with|enables|"
    "(?:now )?publishes|issues|releases|engages|offers|maintains|delivers|provides|(?:currently )?holds|works with|"
    "undergoes|aligns with|conforms to|helps|uses|"
    "is (?:an? )?(?:already |fully )?(?:[^\\s.]+ ){0,9}?(?:[Cc]ompliant|certified|aligned|registered)"
)
_SUBJECT = re.compile(rf"\b((?:[A-Z][\w&-]*\s){{1,4}})(?:\([A-Z]\w*\) )?(?:{_VERBS})\b")
_NO_NAME = frozenset({"It", "This", "These", "That", "We", "Our", "Customers", "Each", "New", "In", "Students"})
_EXPLAINED = re.compile(r"\b((?:[A-Z][\w&-]*\s){1,5})\(([A-Z][A-Za-z]{1,6})\)")
_NUMBERS = r"\d+(?:(?:,\s*(?:and\s+|&\s+)?|\s+and\s+|\s*&\s*|\s*/\s*)\d+)*"
_LEVELS = re.compile(rf"\b(?:[Ll]evels?|[Tt]iers?|[Ii]mpact [Ll]evels?)\s+({_NUMBERS})\b|\bIL ?(\d)\b")
_WORDED = r"(?!Service|Federal|State|National|Board|Executive|Top|The|Impact)[A-Z][a-z]+"
_BASELINE = re.compile(
    rf"[ -]({_WORDED}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_WORDED})*)[ -](?:impact )?(?:[Ll]evels?|baselines?)\b(?! \d)"
)


@dataclass(frozen=True, slots=True)
class Status:
    """A status that a sentence words, on those lines."""

    value: str
    act: bool
    start: int
    end: int
    sentence: Sentence
    of_services: bool = False

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
    forms: tuple[str, ...] = ()
    _said: set[str] = field(default_factory=set)
    _unsaid: dict[str, tuple[str, str, str, int]] = field(default_factory=dict)
    _unknown: set[str] = field(default_factory=set)
    _negated: set[tuple[int, str]] = field(default_factory=set)
    _read: dict[Passage, tuple[Status, ...]] = field(default_factory=dict)

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

    def said(self, citation: str, text: str) -> bool:
        """Whether the cited lines say a text, as words of their own."""
        first, last = map(int, citation.rsplit("/", 1)[1].split("-"))
        lines = passage(enumerate(normalised(self.document.quote(first, last)).split("\n"))).text.replace("\n", " ")
        return text in lines and bool(re.search(rf"(?<![\w/-]){re.escape(text)}(?!\w)", lines))

    def state_names(self, found: Resolved, *citations: str) -> None:
        """Writes down every form of a name that was found there."""
        for text, kind in found.names:
            for citation in citations:
                if self.said(citation, text):
                    self.notes.name(found.id, text, kind, citation)

    def state_entity(self, found: Resolved, citation: str, precedence: int = WORDS) -> str:
        """Writes down an entity under the names that it has there; answers its id."""
        self.state_name(found.label, found.id, found.name, citation, precedence)
        self.state_names(found, citation)
        return found.id

    def state_name(self, label: str, id_: str, name: str, citation: str, precedence: int = WORDS) -> None:
        """Claims the name of a node where the lines say it; `close` names those that no line names so."""
        said = self.said(citation, name)
        self.notes.state(label, id_, citation, precedence, name=name if said else None)
        if said:
            self._unsaid.pop(id_, None)
            self._said.add(id_)
        elif id_ not in self._said:
            self._unsaid.setdefault(id_, (label, name, citation, precedence))

    def close(self, values: Mapping[str, Value | None], recency: str = "") -> Extraction:
        """The facts of the document.

        What no line calls by the name that the table gives is named so where it is first named otherwise.
        """
        for id_, (label, name, citation, precedence) in self._unsaid.items():
            self.notes.state(label, id_, citation, precedence, name=name)
        return self.notes.close(values, recency)

    def state_mention(self, mention: Mention, citation: str, text: str = "") -> str:
        """Writes down a framework that is named there, with what `text` says of it; answers its id."""
        found = mention.framework
        line = int(citation.rsplit("/", 1)[1].split("-", maxsplit=1)[0])
        self.remark_unknown(found, self.document.in_text(line))
        row = self.reader.known(found)
        if row and row.full_name:
            full_name = row.full_name if row.full_name == mention.text else None
        else:
            full_name = self.reader.explained(text, mention)
        kind = self.reader.kind_said(text, mention) if text else None
        self.state_name("Framework", found.id, found.name, citation)
        self.notes.state(
            "Framework", found.id, citation, WORDS, kind=kind, full_name=full_name, edition=mention.edition
        )
        for name in self.reader.names_in(mention):
            self.notes.name(found.id, name, self.reader.kind(mention, name), citation)
        return found.id

    def statuses(self, text: Passage) -> tuple[Status, ...]:
        """The statuses that sentences word, in the order of the text; one of a kind in a sentence."""
        if text not in self._read:
            self._read[text] = tuple(self._statuses(text))
        return self._read[text]

    def _statuses(self, text: Passage) -> Iterator[Status]:
        for sentence in text.sentences():
            found: dict[str, Status] = {}
            for wording in self.reader.table.wordings:
                match = None if wording.heading else self.affirmed(self.filled(wording.pattern), sentence)
                if match and wording.status not in found:
                    span = match.span()
                    found[wording.status] = Status(wording.status, wording.act, *span, sentence, wording.of_services)
            if not found:
                self._remark_denied(sentence)
            yield from sorted(found.values(), key=lambda s: (s.start, s.end))

    def words_of(self, sentence: Sentence) -> tuple[str, ...]:
        """The statuses that one sentence words."""
        lines = (sentence.first_line,)
        return tuple(status.value for status in self.statuses(Passage(sentence.text, (0,), lines)))

    def affirmed(self, pattern: str | re.Pattern[str], sentence: Sentence) -> re.Match[str] | None:
        """The first place where a sentence words something and negates it not; a negated one is a warning."""
        denied = ""
        for match in re.finditer(pattern, sentence.text):
            if not _is_denied(match.group(), sentence.text[: match.start()]):
                return match
            denied = denied or match.group()
        if denied:
            self._remark_negated(sentence.first_line, denied)
        return None

    def _remark_denied(self, sentence: Sentence) -> None:
        match = re.search(self.subject + _DENYING, sentence.text)
        if match and not any(line == sentence.first_line for line, _ in self._negated):
            self._remark_negated(sentence.first_line, match.group())

    def _remark_negated(self, line: int, words: str) -> None:
        if (line, words) not in self._negated:
            self._negated.add((line, words))
            self.notes.warn(line, f"{words!r} is negated there; it is read as no claim")

    def heading_status(self, title: str) -> str | None:
        """The status that a heading words."""
        words = (w for w in self.reader.table.wordings if w.heading)
        return next((w.status for w in words if re.search(w.pattern, title)), None)

    def filled(self, pattern: str) -> str:
        """A pattern with `{p}` filled in: the provider by any of its names, or `we`."""
        return pattern.replace("{p}", self.subject)

    def state_statuses(self, assessment: str, text: Passage, section: tuple[str, ...]) -> list[Status]:
        """Writes down the statuses of an assessment, and the levels that their sentences state."""
        found = list(self.statuses(text))
        for status in sorted(found, key=lambda s: (not s.act, s.sentence.offset + s.start, s.end)):
            citation = self.notes.cite(status.sentence.first_line, status.sentence.last_line, section)
            precedence = ACT if status.act else WORDS
            self.notes.state("Assessment", assessment, citation, precedence, status=status.value)
            self.notes.state("Assessment", assessment, citation, WORDS, levels=status.levels)
        return found


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
    ordered = tuple(sorted(forms[id_]))
    return Telling(document, names, reader, Notebook(document), provider, subject, places, services, ordered)


def state_provider(telling: Telling, assessment: str, head: str, text: Passage, section: tuple[str, ...]) -> None:
    """Writes down whose assessment it is, by the first sentence that names the provider or speaks as it."""
    named = (s for s in text.sentences() if re.search(rf"(?<![\w/-]){telling.subject}(?!\w)", s.text))
    status = next((s.sentence for s in telling.statuses(text) if re.search(telling.subject, s.sentence.text)), None)
    ours = (s for s in text.sentences() if re.search(r"\b(?:[Uu]s|[Oo]urs?)\b", s.text))
    sentence = status or next(named, None) or next(ours, None)
    citation = telling.notes.cite(sentence.first_line, sentence.last_line, section) if sentence else head
    state_owner(telling, assessment, citation)


def state_owner(telling: Telling, assessment: str, citation: str) -> None:
    """Writes down whose assessment it is, under the names that stand in those lines."""
    for form in telling.forms:
        telling.state_names(telling.names.resolve("Organization", form), citation)
    telling.state_name("Organization", telling.provider.id, telling.provider.name, citation)
    telling.notes.link("OF_PROVIDER", assessment, telling.provider.id, citation)


def levels_in(text: str) -> tuple[str, ...]:
    """The levels, tiers or baselines that a text names first, as written but for the word `level`."""
    found = sorted((*_LEVELS.finditer(text), *_BASELINE.finditer(text)), key=lambda match: match.start())
    if not found:
        return ()
    if found[0].lastindex == 2:
        return tuple(match[2] for match in found if match.lastindex == 2)
    return tuple(re.findall(r"[A-Za-z]+|\d+", re.sub(r"\band\b", "", found[0][1])))


def _forms(names: Names, label: str, provider: str) -> re.Pattern[str]:
    """What the table calls the Regions or the services of the provider, the longest name first."""
    rows = {row.name for row in names.table.rows.values() if (row.label, row.scope) == (label, provider)}
    groups = {group.name for group in names.table.groups.values() if (group.label, group.scope) == (label, provider)}
    forms = sorted(rows | groups, key=lambda form: (-len(form), form))
    return re.compile("|".join(rf"(?<![\w/-]){re.escape(form)}(?!\w)" for form in forms) or r"(?!)")


def _is_denied(words: str, before: str) -> bool:
    """Whether words of a claim are negated, intended only, or of the past."""
    return bool(_NEGATED_WITHIN.search(words) or _INTENDED.search(words) or _NEGATED_BEFORE.search(before))


def _initials(name: str, acronym: str) -> bool:
    return "".join(word[0] for word in name.split() if word[0].isupper()).endswith(acronym.upper())
