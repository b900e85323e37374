"""The scope of a SOC report: the lists of services, Regions and edge locations, wherever and in whatever layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from graph.identifiers import fold, identify
from loaders.layout.layout import Kind, Piece
from loaders.layout.lists import Entry, entries, join_wrapped
from loaders.layout.text import clean, note_marks
from loaders.names.places import find_country, place
from loaders.names.resolution import Names
from loaders.soc.column_titles import are_titles, is_title
from loaders.soc.edge_lists import EDGE_TITLE, EDGES, are_places, edge_lists, place_of
from loaders.soc.leading_sentences import leaves_out
from loaders.soc.nested_items import with_areas
from loaders.soc.note_marks import is_legend, legend, without_marks
from loaders.soc.organizations import Organizations
from loaders.soc.reading import Member, Reading
from loaders.soc.scope_items import Beside
from loaders.soc.sections import Part, Section, pieces_of
from loaders.soc.service_scope import services_listed
from loaders.soc.services import service_item
from loaders.soc.unmarked_lists import bulleted

_SERVICES = re.compile(r"\b(?:following services|scope of services|services (?:covered|in scope)|in-scope services)\b")
_REGIONS = re.compile(r"\bdata cent(?:er|re)s\b.*?\b(?:located in|in the|in)\b", re.IGNORECASE)
_IN_A_SENTENCE = re.compile(r"\bdata cent(?:er|re)s (?:located )?in (?:the )?(?P<names>.+?),? Regions\b")
_SENTENCES = re.compile(r"(?<=\.)\s+(?=[A-Z])")
_BETWEEN = re.compile(r",\s+and\s+|,\s+|\s+and\s+(?=[A-Z])")
_COUNTRY = re.compile(r"^(?P<country>[^():]+):\s*(?P<regions>.+)$")
_CODE = re.compile(r"\([a-z]{2}(?:-[a-z]+)+(?:-\d+)?\)$")
_WHAT_IT_IS = re.compile(r"\bis an? (?P<what>[A-Z][\w-]*(?: [A-Z][\w-]*)*)")


class Scope(Enum):
    """What a list of a report's scope holds, by the label of its members."""

    SERVICES = "Service"
    REGIONS = "Region"
    EDGES = "EdgeLocation"


@dataclass(frozen=True, slots=True)
class ScopeList:
    """One place at which a report lists a part of its scope."""

    scope: Scope
    entries: tuple[Entry, ...]
    intro: str = ""
    told: frozenset[int] = frozenset()

    @property
    def first_line(self) -> int:
        """The line of its first entry."""
        return self.entries[0].first_line


def read_scope(reading: Reading, sections: Sequence[Section], organizations: Organizations) -> dict[str, Member]:
    """States the scope of a report; answers all its members by id, as the first list has them."""
    lists = tuple(one for one in _lists(reading) if not _is_of_another(one, organizations))
    if not any(one.scope is Scope.EDGES for one in lists):
        edges = edge_lists(pieces_of(sections, Part.DESCRIPTION))
        lists = (*lists, *(ScopeList(Scope.EDGES, found, above) for above, found in edges))
    listed = [item.text for one in lists if one.scope is Scope.SERVICES for item in one.entries]
    reading.names = _with_short_names(reading, listed)
    found = [(one, _STATE[one.scope](reading, one)) for one in lists]
    members = _read_services(reading, sections, items=Scope.SERVICES not in {one.scope for one in lists})
    for scope in Scope:
        _warn_of_differences(reading, [pair for pair in found if pair[0].scope is scope])
    listed_ = {member.id: member for _, ms in reversed(found) for member in reversed(ms)}
    return {**{member.id: member for member in members}, **listed_}


def _is_of_another(one: ScopeList, organizations: Organizations) -> bool:
    """Whether a list holds Regions of an operator that is not the provider: these are read with their operator."""
    if one.scope is not Scope.REGIONS:
        return False
    coded = all(_CODE.search(clean(entry.text)) or entry.first_line in one.told for entry in one.entries)
    return not coded or bool(organizations.mentioned(one.intro))


def _lists(reading: Reading) -> Iterator[ScopeList]:
    pieces = with_areas(reading.layout.pieces, tuple(enumerate(reading.document.lines, 1)))
    for index, piece in enumerate(pieces):
        headed = _heads_table(pieces[index + 1 : index + 2])
        if piece.kind in (Kind.HEADING, Kind.LINE) and EDGE_TITLE.match(piece.text) and not headed:
            listed = _joined(reading, Scope.EDGES, entries(pieces[index + 1 :]))
            if are_places(listed) and not any(bulleted(entry.text) for entry in listed):
                yield ScopeList(Scope.EDGES, listed, piece.text)
        if piece.kind is not Kind.PARAGRAPH:
            continue
        regions = tuple(_in_a_sentence(reading, piece))
        if regions:
            told = frozenset(entry.first_line for entry in regions)
            yield ScopeList(Scope.REGIONS, regions, piece.text, told)
        scope = None if headed else _announced(piece.text)
        found = _joined(reading, scope, entries(pieces[index + 1 :])) if scope else ()
        if len(found) == 1 and pieces[index + 1].kind is Kind.LINE:
            continue  # A line alone is the heading of a category above the names in it.
        if any(bulleted(entry.text) for entry in found):
            continue  # Items of several columns are told apart where the columns are known.
        if scope and found:
            yield ScopeList(scope, found, piece.text)


def _heads_table(below: Sequence[Piece]) -> bool:
    """Whether titles of columns stand below: a table is read by these, and not as a list of its cells."""
    rows = (piece.cells for piece in below if piece.kind is Kind.ROW and len(piece.cells) > 1)
    return any(are_titles(piece.raw) for piece in below) or any(all(map(is_title, cells)) for cells in rows)


def _announced(text: str) -> Scope | None:
    """What the list holds that a paragraph announces in its last sentence, None where it announces none."""
    if not text.endswith(":"):
        return None
    last = _SENTENCES.split(text)[-1]
    if leaves_out(last) is not False:
        return None
    order = ((EDGES, Scope.EDGES), (_REGIONS, Scope.REGIONS), (_SERVICES, Scope.SERVICES))
    return next((scope for pattern, scope in order if pattern.search(last)), None)


def _joined(reading: Reading, scope: Scope, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if scope is Scope.REGIONS:
        return found
    if scope is Scope.EDGES:
        return join_wrapped(found, lambda text: find_country(place(text).country) is not None)
    found = tuple(entry for entry in found if not is_legend(entry))
    headings = {fold(p.text) for p in reading.layout.pieces if p.kind is Kind.HEADING}
    return join_wrapped(found, lambda text: fold(text) in headings or _is_known(reading, text))


def _is_known(reading: Reading, text: str) -> bool:
    return reading.names.resolve("Service", service_item(text).name, reading.provider.key).known


def _in_a_sentence(reading: Reading, piece: Piece) -> Iterator[Entry]:
    """The Regions that a sentence names, each with the lines on which it stands."""
    found = _IN_A_SENTENCE.search(piece.text)
    spans = _line_spans(reading, piece)
    at = found.start("names") if found else 0
    for name in _BETWEEN.split(found["names"]) if found else ():
        at = piece.text.index(name, at)
        lines = [line for line, start, end in spans if start < at + len(name) and at < end]
        yield Entry(name, name, lines[0], lines[-1], piece.section)


def _line_spans(reading: Reading, piece: Piece) -> list[tuple[int, int, int]]:
    """Each line of a wrapped piece with the part of its text that stands there."""
    spans, at = [], 0
    for line in range(piece.first_line, piece.last_line + 1):
        length = len(clean(reading.document.lines[line - 1]))
        spans.append((line, at, at + length))
        at += length + 1
    return spans


def _with_short_names(reading: Reading, listed: Iterable[str]) -> Names:
    """The names, with the short forms that the report puts in brackets after the services that it lists."""
    listed = [without_marks(text)[0] for text in listed]
    plain = sorted({service_item(text).name.split(" (")[0] for text in listed}, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, plain))}) \([A-Z][^()\n]{{1,20}}\)")
    explained = {match.group() for match in pattern.finditer(reading.document.text)}
    texts = {*explained, *(service_item(text).name for text in listed)}
    return reading.names.having("Service", reading.provider.key, sorted(texts))


def _services(reading: Reading, found: ScopeList) -> list[Member]:
    members = []
    for entry in found.entries:
        text, mark = without_marks(entry.text)
        item = service_item(text)
        service = reading.resolve("Service", item.name, entry.first_line)
        citation = reading.cite(entry)
        reading.state_service(service, citation, 0, item.namespaces)
        said, note = legend(mark, _below(reading, entry)) or (Beside(), None)
        beside = Beside(item.start, item.end, None, item.qualification).and_(said)
        noted = (reading.cite(note),) if note else ()
        _in_scope(reading, service.id, text, citation, *noted, **beside.within(reading.covered).values())
        members.append(Member(service.id, service.name, entry, item.namespaces))
    return members


def _below(reading: Reading, entry: Entry) -> Iterator[Piece]:
    return (piece for piece in reading.layout.pieces if piece.first_line > entry.last_line)


def _read_services(reading: Reading, sections: Sequence[Section], *, items: bool) -> list[Member]:
    """States the services of tables, sentences and other lists, and those that are left out of the scope."""
    members = []
    for one in services_listed(sections, items=items):
        item = service_item(one.name)
        service = reading.resolve("Service", item.name, one.first_line)
        section = reading.section_at(one.first_line)
        citation = reading.notes.cite(one.first_line, one.last_line, section)
        reading.state_service(service, citation, 0, item.namespaces)
        if one.excluded:
            reading.notes.link("EXCLUDED_FROM", service.id, reading.assessment, citation)
            continue
        noted = (reading.cite(one.note),) if one.note else ()
        _in_scope(reading, service.id, one.written, citation, *noted, **one.beside.within(reading.covered).values())
        entry = Entry(one.name, one.written, one.first_line, one.last_line, section)
        members.append(Member(service.id, service.name, entry, item.namespaces))
    return members


def _regions(reading: Reading, found: ScopeList) -> list[Member]:
    members = []
    for entry, country in _single_regions(found):
        text = clean(entry.text)
        region = reading.resolve("Region", text, entry.first_line)
        citation = reading.cite(entry)
        code = region.key if _CODE.search(text) else None
        reading.notes.state("Region", region.id, citation, name=region.name, code=code)
        reading.notes.link("OPERATED_BY", region.id, reading.provider.id, citation)
        reading.state_names(region, citation)
        if country:
            where = reading.state_country(country, entry.first_line, citation)
            reading.notes.link("LOCATED_IN", region.id, where, citation)
        note = _footnote(reading, entry)
        what = _WHAT_IT_IS.search(note.text) if note else None
        noted = (reading.cite(note),) if note and what else ()
        _in_scope(reading, region.id, text, citation, *noted, qualification=what["what"] if what else None)
        members.append(Member(region.id, region.name, entry))
    return members


def _single_regions(found: ScopeList) -> Iterator[tuple[Entry, str | None]]:
    """Each Region of a list with its country: an entry may name a country and several Regions in it."""
    for entry in found.entries:
        grouped = _COUNTRY.match(entry.text)
        if grouped is None:
            yield entry, None
            continue
        raw = entry.raw.split(":", 1)[1].replace("*", "")
        for part in re.split(r",\s+(?![^()]*\))", raw):
            yield replace(entry, text=part.strip(), raw=part), grouped["country"].strip()


def _footnote(reading: Reading, entry: Entry) -> Piece | None:
    """The footnote to which a mark of the entry leads: the next one below that begins with it."""
    marks = note_marks(entry.raw)
    below = (p for p in reading.layout.pieces if p.kind is Kind.FOOTNOTE and p.first_line > entry.last_line)
    return next((p for p in below if marks and p.raw.startswith(marks[0])), None)


def _edges(reading: Reading, found: ScopeList) -> list[Member]:
    members = []
    for entry in found.entries:
        whole, where = place_of(entry)
        edge = identify("EdgeLocation", reading.provider.key, whole)
        citation = reading.cite(entry)
        reading.notes.state(
            "EdgeLocation", edge, citation, name=entry.text, city=where.city, subdivision=where.subdivision
        )
        reading.notes.name(edge, entry.text, "canonical", citation)
        reading.notes.link("OF_PROVIDER", edge, reading.provider.id, citation)
        if where.country:
            named = where.country in whole
            country = (
                reading.state_country(where.country, entry.first_line, citation)
                if named
                else reading.state_country_of(where.country, citation)
            )
            reading.notes.link("LOCATED_IN", edge, country, citation)
        _in_scope(reading, edge, entry.text, citation)
        members.append(Member(edge, entry.text, entry))
    return members


_STATE: dict[Scope, Callable[[Reading, ScopeList], list[Member]]] = {
    Scope.SERVICES: _services,
    Scope.REGIONS: _regions,
    Scope.EDGES: _edges,
}


def _in_scope(reading: Reading, id_: str, written: str, *citations: str, **beside: str | None) -> None:
    reading.notes.link("IN_SCOPE_OF", id_, reading.assessment, *citations, name_as_written=written, **beside)


def _warn_of_differences(reading: Reading, found: list[tuple[ScopeList, list[Member]]]) -> None:
    """Names what one place lacks that another lists (rule 4), and what one place lists twice."""
    everything = {member.id: member for _, members in reversed(found) for member in members}
    for one, members in found:
        here = [member.id for member in members]
        where = f"the list of {_plural(one.scope)} that begins here"
        for id_ in dict.fromkeys(id_ for id_ in here if here.count(id_) > 1):
            reading.notes.warn(one.first_line, f"{where} names {everything[id_].name} more than once")
        for id_, member in everything.items():
            if id_ not in here:
                other = member.entry.first_line
                reading.notes.warn(one.first_line, f"{where} lacks {member.name}, which line {other} lists")


def _plural(scope: Scope) -> str:
    return {Scope.SERVICES: "services", Scope.REGIONS: "Regions", Scope.EDGES: "edge locations"}[scope]
