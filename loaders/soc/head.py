"""What a report says first: whose system it is, what the system is called, the period or the date that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import BrokenDocument
from loaders.dates import dates_in, period_of, periods_in
from loaders.inputs.documents import Document
from loaders.layout.layout import Piece
from loaders.names.proper_names import SYSTEM_LINKS, name_at, name_before
from loaders.names.resolution import Names
from loaders.soc.provider import Provider, read_provider
from loaders.soc.sections import Part, Section, pieces_of

_PAGES = 40
_NOUN = (
    r"(?:[Ss]ystems?|[Pp]latform|[Ss]ervices?|[Aa]pplications?|[Ss]olutions?|[Ss]uite|[Ee]nvironment|[Nn]etwork"
    r"|[Pp]ortal)"
)
_A_NOUN = re.compile(rf"\b{_NOUN}$")
_NOUN_BEFORE = re.compile(rf"\s+{_NOUN}$")
_NOUN_AFTER = re.compile(
    rf"(?:\s+(?!(?:and|or|for|to|of|in|on|by|with|as|at|the|that|which|its|is|are|was|were|used|throughout)\b)[a-z]+){{0,2}}?"
    rf"\s+{_NOUN.lower()}\b"
)
_QUOTED_AFTER = re.compile(r"\s+[“\"][A-Z][^“”\"]{1,30}[”\"]")
_CALLED = re.compile(r"\s*\((?:hereinafter |hereafter |the )*[“\"]?(?:the )?[Ss]ystem[”\"]?\)")
_DESCRIPTION_OF = re.compile(
    r"\b[Dd]escription\s+of\s+(?:the\s+|its\s+|Its\s+|their\s+|Their\s+|our\s+)?(?:[Ss]ystem\s+(?:titled|entitled"
    r"|called)\s+[“\"]?)?"
)
_OF_ITS = re.compile(r"\bof\s+(?:its|Its|their|our)\s+")
_ITS_SYSTEM_OF = re.compile(r"\b(?:its|their|our)\s+system\s+of\s+")
_CONTROLS_OVER = re.compile(r"\b[Cc]ontrols\s+(?:within|over|of|for)\s+(?:the\s+|its\s+|their\s+|our\s+)?")
_CUT = re.compile(
    r"\s+(?:and\s+(?:on\s+|of\s+)?the\s+|and\s+(?:on|its|Its)\b|Throughout\b|[Ff]or\s+the\b|Relevant\b|As\s+of\b"
    r"|Found\b).*$"
)
_GENERIC = re.compile(
    r"^(?:system|platform|services?|service organi[sz]ation|control\b.*|criteria\b.*|tests?\b.*|complementary\b.*|"
    r"section\b.*|related\b.*|trust\b.*)$",
    re.IGNORECASE,
)
# What is controlled may be another organization: no system is called `B.V.`.
_COMPANY = re.compile(
    r"(?:\b(?:LLC|Inc|Ltd|Limited|LLP|PLC|plc|GmbH|AG|SE|SAS|ASA|AB|Oy|ApS|Pty)\b|\b(?:S\.A|B\.V|N\.V)\.|\b[AIKP]/S)\.?$"
)
_AS_OF = re.compile(r"\b(?:as of|as at|as on)\s+$", re.IGNORECASE)
_TITLES = 3
_CALLED_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Stated:
    """A text that was found, with the lines on which it stands and the headings above them."""

    text: str
    first_line: int
    last_line: int
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a report; what is not stated is None. `where` states the period or the date of `as_of`."""

    provider: Provider
    system: Stated | None
    period: tuple[str, str] | None
    as_of: str | None
    where: Stated | None

    @property
    def date(self) -> str | None:
        """The last day of the period, or the date as of which the report holds."""
        return self.period[1] if self.period else self.as_of


def read_head(document: Document, names: Names, sections: Sequence[Section]) -> Head:
    """The head of a report; raises `BrokenDocument` where no words say whose report it is."""
    front = _front(sections)
    provider = read_provider(names, sections, front)
    if provider is None:
        why, valid = "the document does not name the system that it describes", "a SOC report names it and its provider"
        raise BrokenDocument(document.where, len(document.lines), why, valid)
    known = {text for text, _, _ in provider.names} | {provider.found.name}
    system = _system([*_stated(front), *_section_titles(sections)], known)
    for where in _stated(front):
        covered = _covered(where)
        if covered:
            return Head(provider, system, *covered, where)
    return Head(provider, system, None, None, None)


def _front(sections: Sequence[Section]) -> tuple[Piece, ...]:
    """The title page, the assertion and the auditor's report; else the first pages."""
    front = pieces_of(sections, Part.TITLE, Part.AUDITOR, Part.ASSERTION)
    return front or pieces_of(sections, Part.DESCRIPTION)[:_PAGES]


def _stated(front: Sequence[Piece]) -> list[Stated]:
    """The pieces, then up to three short ones that follow each other as one: titles are broken over lines."""
    alone = [Stated(p.text, p.first_line, p.last_line, p.section) for p in front]
    joined = []
    for size in range(2, _TITLES + 1):
        for at in range(len(front) - size + 1):
            run = front[at : at + size]
            text = " ".join(p.text for p in run)
            if len(text) <= 300 and run[-1].last_line - run[0].first_line <= 2 * _TITLES:
                joined.append(Stated(text, run[0].first_line, run[-1].last_line, run[0].section))
    return [*alone, *joined]


def _section_titles(sections: Sequence[Section]) -> Iterator[Stated]:
    for section in sections:
        if section.part in (Part.DESCRIPTION, Part.ASSERTION) and section.title:
            yield Stated(section.title, section.first_line, section.first_line + 2, (section.title,))


def _system(places: Sequence[Stated], provider: set[str]) -> Stated | None:
    """The name that most places give the system: as `the System`, as what is described, or as what is controlled."""
    weights: dict[str, int] = {}
    first: dict[str, Stated] = {}
    for weight, read in ((_CALLED_WEIGHT, _called), (1, _described), (1, _controlled)):
        for where in places:
            for text in read(where.text):
                name = _without_owner(_CUT.sub("", text), provider)
                if name and not _GENERIC.match(name) and name not in provider and not _COMPANY.search(name):
                    weights[name] = weights.get(name, 0) + weight
                    first.setdefault(name, Stated(name, where.first_line, where.last_line, where.section))
    order = list(weights)
    best = max(order, key=lambda n: (bool(_A_NOUN.search(n)), weights[n], -order.index(n)), default=None)
    return first[best] if best else None


def _called(text: str) -> Iterator[str]:
    for found in _CALLED.finditer(text):
        noun = _NOUN_BEFORE.search(text, max(0, found.start() - 20), found.start())
        at = noun.start() if noun and noun.group().strip()[0].islower() else found.start()
        name = name_before(text, at, SYSTEM_LINKS)
        if name:
            yield text[name.start : found.start()].strip()


def _described(text: str) -> Iterator[str]:
    for pattern in (_OF_ITS, _ITS_SYSTEM_OF, _DESCRIPTION_OF):
        for found in pattern.finditer(text):
            yield from _system_at(text, found.end())


def _controlled(text: str) -> Iterator[str]:
    for found in _CONTROLS_OVER.finditer(text):
        yield from _system_at(text, found.end())


def _system_at(text: str, at: int) -> Iterator[str]:
    """The name at a place with the noun behind it; after a possessive, the name behind that."""
    name = name_at(text, at, SYSTEM_LINKS)
    if name and name.possessive:
        behind = re.compile(r"['’]?s?\s+(?:\([^()]*\)\s+)?").match(text, name.end)
        name = name_at(text, behind.end() if behind else name.end, SYSTEM_LINKS)
    if name:
        further = _NOUN_AFTER.match(text, name.end) or _QUOTED_AFTER.match(text, name.end)
        yield text[name.start : further.end() if further else name.end]


def _without_owner(name: str, provider: set[str]) -> str:
    """`Example Hub System of Example` is the Example Hub System."""
    for owner in provider:
        name = name.removesuffix(f" of {owner}").removesuffix(f" of the {owner}")
    return name.strip(" ,–—-")


def _covered(where: Stated) -> tuple[tuple[str, str] | None, str | None] | None:
    """The period of a place, else the date as of which it says that the report holds."""
    period = period_of(where.text) or next(_whole_periods(where.text), None)
    if period:
        return period, None
    dated = (found.iso for found in dates_in(where.text) if _AS_OF.search(where.text[: found.start]))
    as_of = next(dated, None)
    return (None, as_of) if as_of else None


def _whole_periods(text: str) -> Iterator[tuple[str, str]]:
    """Periods of a short line, as a title page gives them without the word."""
    if len(text) <= 80:
        yield from ((p.first, p.last) for p in periods_in(text))
