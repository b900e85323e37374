"""The services that a text names: by the names that a report lists and explains, and by the reviewed table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.identifiers import fold
from loaders.inputs.documents import Document
from loaders.names.resolution import Names, Resolved

# A name begins with a capital or a digit, and not within a word, an address of a mailbox or a number with a prefix.
_START = re.compile(r"(?<![\w@.-])[A-Z0-9]\w*")
_ADDRESS = re.compile(r"https?://\S+")
_AFTER = re.compile(r"(?![\w@]|\.\w|-\d)")
_PLURAL = re.compile(r"s(?![\w@]|\.\w)")
# A single word with a capital alone may begin a sentence as any word does; two capitals or a digit are of a name.
_ORDINARY = re.compile(r"[A-Z][a-z]+")
_ACRONYM = re.compile(r"(?:[A-Za-z]+ )?[A-Z0-9&]{2,}")
_WORD_BEFORE = re.compile(r"(?P<word>[\w'’.-]+) $")
_IN_A_SENTENCE = re.compile(r"[a-z0-9,)’'] ?\(?$")
_CAPITAL_AFTER = re.compile(r" [A-Z]")
_BESIDE = 80
_FUNCTION_WORDS = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "if", "in", "into", "of", "on", "or", "other", "the"),
        *("these", "this", "through", "to", "under", "using", "via", "when", "while", "with"),
    )
)


@dataclass(frozen=True, slots=True)
class ServiceMention:
    """A service that a text names, between two offsets."""

    service: Resolved
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ServiceNames:
    """Finds the services of one provider in texts of one report: longest name first, precision before recall.

    A name that is an ordinary word counts with its vendor's prefix, or with a capital in the middle of a sentence and
    no other capital beside it. An acronym that only running text explains counts from that line on: before, it may
    stand for something else.
    """

    names: Names
    provider: str
    forms: Mapping[str, tuple[str, ...]]
    prefixes: tuple[str, ...]
    explained: Mapping[str, int]

    def find(self, text: str, line: int) -> tuple[ServiceMention, ...]:
        """The services that a text names which stands on that line, in order."""
        found: list[ServiceMention] = []
        text = _ADDRESS.sub(lambda address: " " * len(address.group()), text)
        end = 0
        for match in _START.finditer(text):
            start = match.start()
            form = self.form_at(text, start) if start >= end else None
            if form is None:
                continue
            end = start + len(form)
            if self._counts(form, text, start, line):
                service = self.names.resolve("Service", form, self.provider)
                found.append(ServiceMention(service, start, end, form))
        return tuple(found)

    def form_at(self, text: str, start: int) -> str | None:
        """The longest known name with which the text goes on there."""
        first = _START.match(text, start)
        for form in self.forms.get(first.group() if first else "", ()):
            if text.startswith(form, start) and self._ends(text, start + len(form), form):
                return form
        return self._plural_at(text, start, first.group() if first else "")

    def _plural_at(self, text: str, start: int, word: str) -> str | None:
        single = word.removesuffix("s")
        known = single != word and is_acronym(single) and single in self.forms.get(single, ())
        return single if known else None

    def _ends(self, text: str, end: int, form: str) -> bool:
        plural = is_acronym(form) and _PLURAL.match(text, end)
        return bool(plural or _AFTER.match(text, end))

    def _counts(self, form: str, text: str, start: int, line: int) -> bool:
        if line < self.explained.get(form, 0):
            return False
        if form.split(" ", 1)[0] in self.prefixes and " " in form:
            return True
        words = form.split()
        if not all(_ORDINARY.fullmatch(word) for word in words):
            return True
        before = text[max(0, start - _BESIDE) : start]
        word = _WORD_BEFORE.search(before)
        beside = bool(word and word["word"][:1].isupper() and word["word"].lower() not in _FUNCTION_WORDS)
        if len(words) > 1:
            return not beside
        return bool(_IN_A_SENTENCE.search(before)) and not beside and not _CAPITAL_AFTER.match(text, start + len(form))


def service_names(document: Document, names: Names, provider: str, stated: Collection[str]) -> ServiceNames:
    """What finds the services of a provider in a report whose lists were read.

    `names` knows its short names, `stated` holds the ids of its services: no other is found that no table knows.
    """
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for form in names.spellings("Service", provider):
        first, service = _START.match(form), names.resolve("Service", form, provider)
        if first and (service.known or service.id in stated):
            forms[first.group()].add(form)
    ordered = {first: tuple(sorted(found, key=lambda form: (-len(form), form))) for first, found in forms.items()}
    acronyms = {fold(a): a for a in _own_acronyms(names, provider)}
    return ServiceNames(names, provider, ordered, names.prefixes(provider), dict(_explained(document, acronyms)))


def is_acronym(text: str) -> bool:
    """Whether a name is an acronym, with or without a word before it."""
    return bool(_ACRONYM.fullmatch(text))


def _own_acronyms(names: Names, provider: str) -> Iterator[str]:
    """The acronyms that the document explains, and that no reviewed row knows."""
    for key, (_, kind) in names.own.items():
        if key[:2] == ("Service", provider) and kind == "acronym" and key not in names.table.rows:
            yield names.written[key]


def _explained(document: Document, acronyms: Mapping[str, str]) -> Iterable[tuple[str, int]]:
    """The line on which each acronym first stands in brackets."""
    pattern = re.compile(r"\((?:\w+ )?([A-Z][\w&-]*)\)")
    left = dict(acronyms)
    for number, line in enumerate(document.lines, 1):
        for match in pattern.finditer(line):
            acronym = left.pop(fold(match[1]), None)
            if acronym:
                yield acronym, number
