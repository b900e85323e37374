"""The services of a SOC report: an item of a list taken apart, and the headings under which services are described."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.errors import BrokenDocument
from graph.identifiers import identify
from loaders.layout.layout import Kind, Piece
from loaders.names.resolution import Resolved, former_names
from loaders.soc.reading import Member, Reading
from loaders.soc.scope_items import split_service

_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]+)\)$")
_NAMESPACE = re.compile(r"[A-Za-z0-9.-]+")
_ACRONYM = re.compile(r"(?:[A-Z]\w*\s)?[A-Z][A-Z0-9]+")
_LETTERED = re.compile(r"^[A-Z]\.\s")
_DESCRIPTIONS = re.compile(r"\bservice descriptions\b", re.IGNORECASE)
_OFFERS = re.compile(r"\bdescription of the .*services .*(?:in scope|within the scope|covered)\b.*:$", re.IGNORECASE)
_TWO = 2

_Service = Callable[[Piece, Sequence[Piece]], Resolved | None]


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """An item such as `Harbor Keys (keys-api, keys-sync) – [part only]` taken apart.

    `name` keeps brackets that are no namespaces: an acronym, or words that belong to the name.
    """

    name: str
    namespaces: tuple[str, ...]
    qualification: str | None
    start: str | None = None
    end: str | None = None


def service_item(text: str) -> ServiceItem:
    """The parts of an item of a list of services."""
    rest, beside = split_service(text)
    brackets = _BRACKETS.search(rest)
    spaces = tuple(part.strip() for part in brackets["inside"].split(",")) if brackets else ()
    are_namespaces = bool(spaces) and all(map(_is_namespace, spaces))
    name = rest[: brackets.start()] if brackets and are_namespaces else rest
    spaces = spaces if are_namespaces else ()
    return ServiceItem(name.strip(), spaces, beside.qualification, beside.from_, beside.to)


def _is_namespace(text: str) -> bool:
    """A namespace is one word; a word all in capitals is an acronym."""
    return bool(_NAMESPACE.fullmatch(text)) and not _ACRONYM.fullmatch(text)


@dataclass(frozen=True, slots=True)
class Description:
    """A heading with the pieces below it, and the service that it names, None where it names none."""

    heading: Piece
    below: tuple[Piece, ...]
    service: Resolved | None


def read_descriptions(reading: Reading, scope: Mapping[str, Member]) -> tuple[Description, ...]:
    """States what the headings of the descriptions say: names, namespaces, categories (rule 3: below the lists).

    Answers the descriptions of services.

    Warns of services that are described but in no list, and of those in a list that are not described. Raises
    `BrokenDocument` where a report without a table of contents ends within the descriptions.
    """
    found = _descriptions(reading, scope)
    last = max((index for index, one in enumerate(found) if one.service), default=-1)
    _must_go_on(reading, found, last)
    category: Piece | None = None
    for one in found[: last + 1]:
        if one.service is not None:
            _state_description(reading, one, one.service, scope)
            if category is not None:
                _state_category(reading, one.service, one.heading, category)
        elif one.below:
            message = f"no service of the scope is called {one.heading.text!r}, though it stands among descriptions"
            reading.notes.warn(one.heading.first_line, message)
        else:
            category = one.heading
    described = {one.service.id for one in found if one.service}
    _warn_of_undescribed(reading, described, scope)
    return tuple(one for one in found if one.service is not None)


def _must_go_on(reading: Reading, found: Sequence[Description], last: int) -> None:
    """A report without the auditor's words and without contents goes on after its descriptions; else it was cut."""
    if reading.layout.contents or reading.sectioned or last + 1 < len(found):
        return
    line = len(reading.document.lines)
    why = (
        "the document ends within the descriptions of services"
        if found
        else "the document ends before it describes its services"
    )
    raise BrokenDocument(reading.document.where, line, why, "a whole report goes on after them")


def _descriptions(reading: Reading, scope: Mapping[str, Member]) -> list[Description]:
    parts = _sections(_described_part(reading), lambda heading, below: _service(reading, heading, below, scope))
    return [Description(heading, below, _service(reading, heading, below, scope)) for heading, below in parts]


def _described_part(reading: Reading) -> list[Piece]:
    """The pieces below the title or the sentence that announces the descriptions, to the next part of the report."""
    pieces = reading.layout.pieces
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.HEADING and _DESCRIPTIONS.search(piece.text):
            inside = [p for p in pieces[index + 1 :] if p.section[: len(piece.section)] == piece.section]
            end = next((i for i, p in enumerate(inside) if _LETTERED.match(p.text)), len(inside))
            return inside[:end]
        if piece.kind is Kind.PARAGRAPH and _OFFERS.search(piece.text):
            return list(pieces[index + 1 :])
    return []


def _sections(pieces: Sequence[Piece], service: _Service) -> Iterator[tuple[Piece, tuple[Piece, ...]]]:
    """Each heading with the pieces below it, none where another heading follows at once.

    A line alone above a paragraph is a heading here, where the lines of the whole text are broken at a width too; so
    are two lines right above one that names a service, the first of which is then a category without a service.
    """
    found = {index for index, pair in enumerate(pairwise((*pieces, None))) if _is_heading(*pair)}
    for index in sorted(found):
        above = range(_lines_begin(pieces, index), index)
        if len(above) == _TWO and service(pieces[index], pieces[index + 1 : index + 2]):
            found.update(above)
    for start, end in pairwise([*sorted(found), len(pieces)]):
        yield pieces[start], tuple(pieces[start + 1 : end])


def _lines_begin(pieces: Sequence[Piece], index: int) -> int:
    """Where the run of lines alone begins that stands right above a piece."""
    while index and pieces[index - 1].kind is Kind.LINE and pieces[index].kind is Kind.LINE:
        if pieces[index - 1].last_line + 1 != pieces[index].first_line:
            break
        index -= 1
    return index


def _is_heading(piece: Piece | None, below: Piece | None) -> bool:
    kind = piece.kind if piece else None
    return kind is Kind.HEADING or (kind is Kind.LINE and below is not None and below.kind is Kind.PARAGRAPH)


def _service(reading: Reading, heading: Piece, below: Sequence[Piece], scope: Mapping[str, Member]) -> Resolved | None:
    """The service that a heading names: one of the scope, or one with whose name its description begins."""
    if not below or not any(map(str.isalnum, heading.text)):
        return None
    name = service_item(heading.text).name
    found = reading.names.resolve("Service", name, reading.provider.key)
    if found.id in scope:
        return found
    begins = below[0].text.removeprefix("The ").startswith(found.name)
    return reading.resolve("Service", name, heading.first_line) if begins else None


def _state_description(reading: Reading, one: Description, service: Resolved, scope: Mapping[str, Member]) -> None:
    line, citation = one.heading.first_line, reading.cite(one.heading)
    own = service_item(one.heading.text).namespaces
    listed = scope[service.id].namespaces if service.id in scope else own
    reading.state_service(service, citation, 1, tuple(space for space in own if space in listed))
    for space in (space for space in own if space not in listed):
        reading.notes.name(service.id, space, "misspelt", citation)
        lists = ", ".join(listed) or "none"
        reading.notes.warn(line, f"the heading gives {service.name} the namespace {space}, the lists give {lists}")
    for piece in one.below:
        for former in former_names(piece.text):
            reading.notes.name(service.id, former, "former", reading.cite(piece))
    if service.id not in scope:
        reading.notes.warn(line, f"{service.name} is described, but stands in no list of the scope")


def _state_category(reading: Reading, service: Resolved, heading: Piece, category: Piece) -> None:
    found = reading.names.resolve("ServiceCategory", category.text, reading.provider.key)
    id_ = identify("ServiceCategory", reading.provider.key, found.name)
    above, below = reading.cite(category), reading.cite(heading)
    reading.notes.state("ServiceCategory", id_, above, 1, name=found.name)
    reading.notes.name(id_, found.name, "canonical", above)
    reading.notes.link("OF_PROVIDER", id_, reading.provider.id, above)
    reading.notes.link("IN_CATEGORY", service.id, id_, above, below)


def _warn_of_undescribed(reading: Reading, described: set[str], scope: Mapping[str, Member]) -> None:
    for member in scope.values():
        if described and member.id.startswith("service/") and member.id not in described:
            reading.notes.warn(member.entry.first_line, f"{member.name} stands in the scope, but is not described")
