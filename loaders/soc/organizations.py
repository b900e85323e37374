"""Subservice organizations: which ones a report names, what they provide, and how the report treats them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.identifiers import fold
from loaders.layout.layout import Kind, Piece
from loaders.names.proper_names import Name, name_at, name_before
from loaders.names.resolution import Resolved
from loaders.soc.provider import introductions
from loaders.soc.reading import Reading
from loaders.soc.sections import Part, Section, pieces_of
from loaders.soc.topics import Grid, Theme, Topic, grids, topics

_SUBSERVICE = re.compile(r"\bsub-?service\b|\bcarve[- ]?out\b|\binclusive method\b", re.IGNORECASE)
_CARVE_OUT = re.compile(r"\bcarve[- ]?d?[- ]?out\b", re.IGNORECASE)
_INCLUSIVE = re.compile(r"\binclusive\b", re.IGNORECASE)
_EXCLUDES = re.compile(r"\bexcludes?\b", re.IGNORECASE)
_USES = re.compile(
    r"\b(?:uses|use|utilizes|utilises|relies on|engages|has engaged|contracts with|outsources to)\s+(?:the\s+)?"
)
_APPOSITIVE = re.compile(r"^(?:\s*\([^()]*\))?,?(?:\s+an?\s+[^,.;]{0,40}?subservice organi[sz]ation,?)?\s*")
_PURPOSE = re.compile(r"^(?P<how>to\s+(?:provide|perform)\s+|for\s+(?:its\s+|the\s+)?|to\s+)(?P<what>[^;()]+)")
_AND_NEXT = re.compile(r"(?:,?\s+and\s+|,\s+)(?:on\s+|to\s+|by\s+)?")
# What names stand before together: `A (“a”) and B as subservice organizations`.
_AND_ALIKE = re.compile(
    rf"(?:\s*\([^()]*\))?{_AND_NEXT.pattern}"
    r"(?=.*?\bas (?:[\w-]+ ){0,2}?sub-?service (?:organi[sz]ations|suppliers|providers)\b)"
)
_CONTROLS_OF = re.compile(
    r"\b(?:controls|those|services|center|centre)\s+(?:of|at|performed by|operated by)\s+(?:the\s+)?"
    r"(?:sub-?service organi[sz]ation\s+)?"
)
_BY = re.compile(r"\b(?:performed|provided|operated|hosted|delivered)\s+by\s+(?:the\s+)?")
_IS_ONE = re.compile(
    r"\s+is\s+an?\s+(?:[\w-]+\s+){0,2}?subservice organi[sz]ation(?:\s+(?:that|which)\s+(?:provides|performs"
    r"|operates|is used for)\s+(?P<what>[^.;]+))?"
)
_AS_ONE = re.compile(
    r",\s+an?\s+(?:[\w-]+\s+){0,2}?subservice organi[sz]ation,\s+(?:that |which )?(?:provides|performs|operates)\s+"
    r"(?P<what>[^.;]+)"
)
_OWN_CONTROLS = re.compile(
    r"\b(?:includes?|excludes?)\s+(?:the\s+)?(?=[A-Z][^.;]{0,60}?['’]s?\s+(?:relevant |related )?control)"
)
_ITS = re.compile(
    r"\b(?:includes?|excludes?)\s+(?:its\s+(?:relevant |related )?control"
    r"|the\s+(?:relevant |related )?controls\s+(?:of|at)\s+(?:the|this|that)\s+sub-?service organi[sz]ation\b"
    r"(?!\s+[A-Z]))"
)
_IS_SUBSERVICE = re.compile(r"\s*(?:\([^()]*\))?,\s+an?\s+(?:[\w-]+\s+){0,2}?subservice organi[sz]ation\b")
_THE_ONE = re.compile(r"\b(?:the|this|our|its) sub-?service organi[sz]ation(?:['’]s)?(?![\w’'])", re.IGNORECASE)
_TREATED = re.compile(
    r"\s*[,;–—-]?\s*\(?\b(?:by |under |using |in accordance with |presented by |treated by )?(?:the )?(?:carve[- ]?out"
    r"|carved out|inclusive)(?: method)?\)?\.?$",
    re.IGNORECASE,
)
_LISTS_THEM = re.compile(
    r"\b(?:following|these)\s+(?:[\w-]+\s+){0,2}?organi[sz]ations,?\s+(?P<clause>(?:whose|the)\s+(?:[\w-]+\s+){0,3}?"
    r"controls\b[^.:;]*):$",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(r"\bexcluded\b|\bnot (?:included|covered|part of|within|in the scope)\b", re.IGNORECASE)
_SEVERAL = re.compile(r";\s+(?:and\s+)?|\s*/\s*")
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_ITEM = re.compile(r"^(?P<name>[^–—:(]{2,80}?)\s*(?:\((?P<short>[^()]+)\))?\s*(?:\s[–—-]\s|:\s+)(?P<service>.+?)\.?$")

ORGANIZATION = re.compile(
    r"^(?:name\b|(?:complementary )?sub-?service (?:organi[sz]ation|provider)s?(?: name)?$|organi[sz]ations?$"
    r"|vendors?\b|provider\b|third[- ]part|(?:sub-?service |sub-?)?(?:suppliers?|contractors?)(?: name)?$)"
)
"""The title of a column of organizations."""

_SERVICE = re.compile(r"\bservices?\b(?!.*organi)|\bfunction|\bpurpose|\bactivit|\bdescription\b|\bprovided\b|^use$")
_METHOD = re.compile(r"\bmethod\b|\btreatment\b|\bpresentation\b|\bapproach\b")
STATEMENT = re.compile(r"\bcontrols?\b(?! objectives?\b)|\bexpected\b|\bcriteria expected\b")
"""The title of a column of controls."""


@dataclass(slots=True)
class Organizations:
    """The subservice organizations of a report as they are found; `shorts` are the names that it introduces."""

    reading: Reading
    shorts: Mapping[str, str]
    named: dict[str, Resolved] = field(default_factory=dict)
    forms: dict[str, set[str]] = field(default_factory=dict)
    served: set[str] = field(default_factory=set)
    methods: dict[str, str | None] = field(default_factory=dict)

    def rely(self, text: str, lines: tuple[int, int], method: str | None, service: str | None) -> str | None:
        """States that the system relies on the organization of that name; answers its id."""
        full = self.shorts.get(text, text)
        found = self.reading.resolve("Organization", full, lines[0])
        if found.id == self.reading.provider.id:
            return None
        citation = self.reading.notes.cite(*lines, self.reading.section_at(lines[0]))
        self.reading.notes.state("Organization", found.id, citation, name=found.name)
        written = " ".join(" ".join(self.reading.document.lines[lines[0] - 1 : lines[1]]).split())
        if full == text or full in written:
            self.reading.state_names(found, citation)
        if full != text:
            self.reading.notes.name(found.id, text, "acronym" if text.isupper() else "variant", citation)
        self.methods.setdefault(found.id, method)
        service = None if found.id in self.served else self._without_provider(service)
        self.served.update({found.id} if service else ())
        self.reading.notes.link(
            "RELIES_ON", self.reading.assessment, found.id, citation, method=method, service=service
        )
        self.named[found.id] = found
        self.forms.setdefault(found.id, set()).update({text, full, *(form for form, _ in found.names)})
        return found.id

    def _without_provider(self, service: str | None) -> str | None:
        """What an organization provides, without the provider to whom it does."""
        links = self.reading.notes.links("HAS_NAME")
        names = [str(one.values["text"]) for one in links if one.start == self.reading.provider.id]
        tails = [f" {to} {the}{name}" for to in ("to", "for") for the in ("", "the ") for name in (*names, "Company")]
        tail = next((tail for tail in sorted(tails, key=len, reverse=True) if (service or "").endswith(tail)), "")
        return service.removesuffix(tail) if service else None

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The ids of the organizations that a text names, in its order."""
        places = {}
        for id_, forms in self.forms.items():
            at = [m.start() for form in forms if (m := re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text))]
            if at:
                places[id_] = min(at)
        return tuple(sorted(places, key=lambda id_: places[id_]))

    def leaves_out(self, text: str) -> bool:
        """Whether a text names an organization whose controls the report leaves out."""
        return any(self.methods.get(id_) == "carve_out" for id_ in self.mentioned(text))

    def only_one(self, text: str) -> str | None:
        """The organization of which a text speaks as the subservice organization, where there is but one."""
        if len(self.named) != 1 or not _THE_ONE.search(text):
            return None
        found = next(iter(self.named))
        return None if self.methods.get(found) == "inclusive" else found

    def without_name(self, text: str) -> tuple[str, str | None]:
        """A text without the organization that stands before it (`Example Ltd: ...`), and the id of this."""
        found = re.match(r"(?P<name>[^:–—]{2,80}?)(?::\s+|\s+[–—-]\s+)(?=\S)", text)
        whose = self.called(found["name"]) if found else None
        return (text[found.end() :], whose) if found and whose else (text, None)

    def all_known(self, cell: str) -> bool:
        """Whether a cell lists several organizations, all of which are known."""
        ways = (_SEVERAL.split(cell), re.split(r",\s+(?:and\s+)?|\s+and\s+", cell))
        return any(len(parts) > 1 and all(self.called(part) for part in parts) for parts in ways)

    def called(self, text: str) -> str | None:
        """The id of the organization that a cell names."""
        return next((id_ for id_, forms in self.forms.items() if fold(text) in {fold(f) for f in forms}), None)


def read_organizations(reading: Reading, sections: Sequence[Section]) -> Organizations:
    """States the subservice organizations: those of tables and lists with their service, then those of prose."""
    told = pieces_of(sections, Part.AUDITOR, Part.ASSERTION, Part.DESCRIPTION)
    shorts = {short: full for full, short, _ in reversed(list(introductions(told)))}
    found = Organizations(reading, shorts)
    prose = [piece for piece in told if piece.kind is Kind.PARAGRAPH and _SUBSERVICE.search(piece.text)]
    methods = _methods(found, prose)
    common = _common_method(told)
    about = list(topics(sections, Theme.SUBSERVICE))
    tables = [grid for topic in about for grid in grids(topic.pieces)]
    for grid in (grid for grid in tables if not _holds_controls(grid)):
        _in_table(found, grid, methods, common)
    for topic in about:
        _in_items(found, topic, methods, common)
    for piece in prose:
        for name, service in _used(piece.text):
            id_ = reading.names.resolve("Organization", shorts.get(name, name)).id
            found.rely(name, (piece.first_line, piece.last_line), methods.get(id_, common), service)
    # A cell of a table of controls may name several organizations, which are known by now.
    for grid in (grid for grid in tables if _holds_controls(grid)):
        _in_table(found, grid, methods, common)
    for piece in prose:
        for sentence in _SENTENCES.split(piece.text):
            for name in _treated(sentence, shorts):
                id_ = reading.names.resolve("Organization", shorts.get(name, name)).id
                found.rely(name, (piece.first_line, piece.last_line), methods.get(id_, common), None)
    return found


def _common_method(pieces: Sequence[Piece]) -> str | None:
    """The method of a report that speaks of one alone."""
    text = " ".join(piece.text for piece in pieces)
    left_out = re.search(r"\bexcludes?\b[^.;]*\bcontrols?\b[^.;]*\bsub-?service", text)
    carved, inclusive = (
        bool(_CARVE_OUT.search(text) or left_out),
        bool(re.search(r"\binclusive(?: method)?\b", text, re.IGNORECASE)),
    )
    if carved and re.search(r"whether the carve-out method or the inclusive method", text):
        return None
    return None if carved == inclusive else "carve_out" if carved else "inclusive"


def _methods(found: Organizations, prose: Sequence[Piece]) -> dict[str, str]:
    """The method of each organization whose controls a sentence leaves out or takes in."""
    methods: dict[str, str] = {}
    for piece in prose:
        before = ""
        for sentence in _SENTENCES.split(piece.text):
            method = _method_of(sentence)
            named = list(_treated(sentence, found.shorts)) if method else []
            if method and not named and _ITS.search(sentence):
                named = [name for name, _ in _used(before)][-1:]
            for name in named:
                id_ = found.reading.names.resolve("Organization", found.shorts.get(name, name)).id
                methods.setdefault(id_, str(method))
            before = sentence
    return methods


def _method_of(sentence: str) -> str | None:
    carved, inclusive = bool(_CARVE_OUT.search(sentence)), bool(_INCLUSIVE.search(sentence))
    if carved != inclusive:
        return "carve_out" if carved else "inclusive"
    return "carve_out" if _EXCLUDES.search(sentence) and not inclusive else None


def _treated(sentence: str, shorts: Mapping[str, str]) -> Iterator[str]:
    """The organizations whose controls a sentence takes in or leaves out; others are only named."""
    if _method_of(sentence) is None:
        return
    excluded = _EXCLUDES.search(sentence)
    for pattern in (_CONTROLS_OF, _BY, _OWN_CONTROLS):
        for found in pattern.finditer(sentence):
            if excluded and not _CARVE_OUT.search(sentence) and found.start() < excluded.start():
                continue
            name = name_at(sentence, found.end())
            if name and (_is_organization(name) or name.text in shorts):
                yield name.text


def _is_organization(name: Name) -> bool:
    return " " in name.text or name.text.isupper()


def _used(text: str) -> Iterator[tuple[str, str | None]]:
    """The organizations that a text says are used, with what for."""
    for sentence in _SENTENCES.split(text):
        for found in (*_IS_ONE.finditer(sentence), *_AS_ONE.finditer(sentence)):
            one = name_before(sentence, found.start())
            if one:
                yield one.text, found["what"].strip(" ,") if found["what"] else None
        for found in _USES.finditer(sentence):
            if name_before(sentence, found.start()) is None:
                continue
            at = found.end()
            while True:
                name = name_at(sentence, at)
                if (
                    name is None
                    or not (_is_organization(name) or _IS_SUBSERVICE.match(sentence, name.end))
                    or sentence[at : name.start].strip().lower() not in ("", "the")
                ):
                    break
                rest = sentence[name.end :]
                skipped = _APPOSITIVE.match(rest)
                start = skipped.end() if skipped else 0
                service, length = _purpose(rest[start:])
                yield name.text, service
                alike = _AND_ALIKE.match(rest) if length == 0 else None
                following = alike or _AND_NEXT.match(rest, start + length)
                if following is None:
                    break
                at = name.end + following.end()


def _purpose(rest: str) -> tuple[str | None, int]:
    """What an organization is used for, and how far that reaches: to the next organization, or to the end."""
    found = _PURPOSE.match(rest)
    if found is None:
        return None, 0
    what = found["what"]
    for nxt in _AND_NEXT.finditer(what):
        name = name_at(what, nxt.end())
        after = what[name.end :] if name else ""
        if name and name.start == nxt.end() and re.match(r"^(?:\s*\([^()]*\))?,?\s+(?:to|for|an? )\s*", after):
            return what[: nxt.start()].strip(" ,"), found.start("what") + nxt.start()
    return _TREATED.sub("", what).strip(" ,."), found.end()


def _holds_controls(grid: Grid) -> bool:
    return grid.column(STATEMENT) is not None


def _in_table(found: Organizations, grid: Grid, methods: Mapping[str, str], common: str | None) -> None:
    organization = grid.column(ORGANIZATION)
    if organization is None:
        return
    columns = range(len(grid.titles))
    method = next((i for i in columns if i != organization and _METHOD.search(grid.titles[i])), None)
    taken = {organization, method}
    service = next(
        (
            i
            for i in columns
            if i not in taken and _SERVICE.search(grid.titles[i]) and not STATEMENT.search(grid.titles[i])
        ),
        None,
    )
    for row in grid.rows:
        name = row.cells[organization] if organization < len(row.cells) else ""
        if not name or (_holds_controls(grid) and found.all_known(name)):
            continue
        id_ = found.reading.names.resolve("Organization", found.shorts.get(name, name)).id
        how = _method_of(row.cells[method]) if method is not None else methods.get(id_, common)
        what = row.cells[service] or None if service is not None else None
        found.rely(name, (row.first_line, row.last_line), how, what)


def lists_organizations(text: str) -> bool:
    """Whether words lead to a list of organizations, and say of their controls but how the report treats them."""
    return _treatment(text) is not None


def _treatment(text: str) -> str | None:
    """The method that words which lead to a list of organizations state of all of them."""
    found = _LISTS_THEM.search(text)
    if found is None:
        return None
    clause = found["clause"]
    return _method_of(clause) or ("carve_out" if _LEFT_OUT.search(clause) else None)


def _in_items(found: Organizations, topic: Topic, methods: Mapping[str, str], common: str | None) -> None:
    """Items such as `Example Ltd – hosting`, where the words above them speak of organizations, not of controls."""
    above = topic.heading.text
    for piece in topic.pieces:
        if piece.kind is Kind.PARAGRAPH:
            above = piece.text
        if (
            piece.kind is not Kind.ITEM
            or not _SUBSERVICE.search(above)
            or (re.search(r"\bcontrols\b[^.]*:?$", above, re.IGNORECASE) and not lists_organizations(above))
        ):
            continue
        item = _ITEM.match(piece.text)
        name = name_at(piece.text, 0) if item else None
        if item and name and name.end >= len(item["name"].rstrip()):
            id_ = found.reading.names.resolve("Organization", found.shorts.get(name.text, name.text)).id
            method = _method_of(piece.text) or methods.get(id_) or _treatment(above) or common
            service = _TREATED.sub("", item["service"]).strip(" ,;")
            found.rely(name.text, (piece.first_line, piece.last_line), method, service or None)
