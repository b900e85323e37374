"""Facilities in scope: offices, data centers, processing centers, print facilities, warehouses, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.identifiers import identify
from loaders.layout.layout import Kind, Piece
from loaders.names.places import Place, find_country, find_state, is_region, place
from loaders.soc.facility_changes import facility_changes, with_change
from loaders.soc.facility_headings import kinds_headed
from loaders.soc.facility_kinds import ANY_KIND, FacilityFound, is_place, kind_of, kind_promised, use_with_dates
from loaders.soc.facility_tables import in_table
from loaders.soc.mentions import Told, in_use, is_in_use, told
from loaders.soc.organizations import Organizations
from loaders.soc.reading import Reading
from loaders.soc.scope_items import Beside, read_beside, role_of, split_beside
from loaders.soc.sections import Section
from loaders.soc.topics import grids

_BEGINS = re.compile(rf"^(?:the |a |an |its |our )?(?P<kind>{ANY_KIND})\b(?P<rest>.*)$", re.IGNORECASE)
_SENTENCE = re.compile(
    rf"\b(?P<kind>{ANY_KIND})\b(?: and (?!in\b|at\b)[a-z]+(?: [a-z]+)?)?(?:,)?(?P<owner> (?:of|operated by|run by)"
    rf" [A-Z][\w&.,’' -]{{1,60}}?)?(?:(?: (?:are|is) (?:located|situated)| located| (?:are|is))? (?:in|at) |"
    rf" \()(?=[A-Z])",
    re.IGNORECASE,
)
_OWNER = re.compile(r"^\s+(?:of|operated by|run by) [A-Z][^:–]{1,80}?(?=:|\s[–—-]\s|\s+in\s)")
_LEAD = re.compile(r"^\s*(?:\((?P<note>[^()]*)\))?\s*(?:[:–—,-]\s*|in\s+|at\s+|located in\s+)?(?:in\s+|at\s+)?")
_WORD = r"[^\W\d_]+(?:[’'-][^\W\d_]+){0,2}\.?"
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_PLACE = re.compile(rf"(?P<place>{_NAME}, {_NAME}(?:, {_NAME})?)")
_PLACED = re.compile(rf"^{_PLACE.pattern}\s*(?:[–—:-]|\()\s*(?P<kind>{ANY_KIND})\b\)?(?P<rest>.*)$", re.IGNORECASE)
_SPAN = re.compile(
    r",?\s*(?:which |that )?(?:was |were |has been |have been )?(?:in (?:use|operation|scope) )?"
    r"(?P<span>(?:opened|added|since|from|until)\b[^,;.]{0,24}(?:,\s)?(?:19|20)\d{2})"
)
_CLAUSE = re.compile(r"^(?:\s*\((?P<use>[^()]*)\))")
_HEADED = re.compile(
    r"\b(?:premises|locations?|facilit(?:y|ies)|offices|places|sites|data cent(?:er|re)s)\b", re.IGNORECASE
)
_BRACKETED = re.compile(rf"(?P<city>{_NAME}) \((?P<last>{_NAME})\)")
_INSIDE = re.compile(r" \(([^()]+)\)")
_PAIR = 2


def read_facilities(reading: Reading, sections: Sequence[Section], organizations: Organizations) -> int:
    """States the facilities in scope, those of organizations aside that the report leaves out; answers their number."""
    count, changes = 0, facility_changes(sections)
    for named in facilities_named(sections):
        one, told_by = with_change(named, changes)
        if one.owner and organizations.leaves_out(one.owner):
            continue
        if not reading.covers(one.beside.from_, one.beside.to):
            message = f"{one.written!r} is in use on no day that the report covers, and is not in its scope"
            reading.notes.warn(one.piece.first_line, message)
            continue
        where = place(one.place, in_state=one.in_state)
        if not where.country or (find_country(where.country) is None):
            reading.notes.warn(one.piece.first_line, f"no country is known of the place {one.place!r}")
            where = Place("", one.place) if where.city is None and one.in_city else where
            # Of a place in another, such as `Old Quay, Leeds`, nothing says which of the two is the city.
            if where.city is None or (where.country and not is_region(where.country)):
                continue
        _state(reading, one, where, told_by)
        count += 1
    return count


def _with_commas(text: str) -> str:
    """`Dublin (Ireland)` as `Dublin, Ireland`."""
    if not any(is_place(f"x, {inside}") for inside in _INSIDE.findall(text)):
        return text
    return _BRACKETED.sub(lambda m: f"{m['city']}, {m['last']}" if is_place(f"x, {m['last']}") else m.group(), text)


def facilities_named(sections: Sequence[Section]) -> Iterator[FacilityFound]:
    """The facilities of tables, items and sentences, in the order of the description."""
    for heading, pieces in told(sections):
        for grid in grids(pieces):
            yield from in_table(grid, heading, pieces)
    headings = kinds_headed(sections)
    for one in (replace(told_, text=_with_commas(told_.text)) for told_ in in_use(sections)):
        kind = headings.get(one.piece.first_line)
        begins = _BEGINS.match(one.text) if one.whole else None
        headed = one.intro or _HEADED.search(one.heading)
        if begins and (headed or _PLACE.search(begins["rest"])) and not _is_sentence(begins["rest"]):
            owner = _OWNER.match(begins["rest"])
            found_ = _in_item(begins, one.piece)
            yield from (replace(facility, owner=owner.group() if owner else None) for facility in found_)
        elif kind and (below := _below_heading(one, kind)):
            yield below
        elif one.whole and (found := _PLACED.match(one.text)) and _place_of(found["place"]) == found["place"]:
            yield from _place_first(found, one)
        elif one.piece.kind is Kind.ITEM and (alone := _kind_first(one) or _place_alone(one)):
            yield alone
        else:
            yield from _in_sentence(one.text, one.piece)


def _kind_first(one: Told) -> FacilityFound | None:
    """An item whose kind has words before it: `Spare parts warehouse – Bergen, Norway`."""
    name, beside = split_beside(one.text)
    what, _, where = re.sub(r"\s+[–—-]\s+|:\s+", "\0", name, count=1).partition("\0")
    kind = kind_of(what)
    return FacilityFound(kind, where, None, beside, one.text, one.piece) if kind and _place_of(where) == where else None


def _below_heading(one: Told, kind: str) -> FacilityFound | None:
    """A place that is an item below a heading of its kind, where it names no other kind; all behind it is its use."""
    named = _PLACED.match(one.text)
    if named and (kind_of(named["kind"]) != kind or not named["rest"].startswith((",", " and "))):
        return None
    return _place_of_kind(one, kind)


def _place_alone(one: Told) -> FacilityFound | None:
    """A place that is an item, of the kind that the words above the list name: `from the following offices:`."""
    kind = kind_promised(one.intro)
    return _place_of_kind(one, kind) if kind else None


def _place_of_kind(one: Told, kind: str) -> FacilityFound | None:
    name, beside = split_beside(one.text)
    where, _, use = re.sub(r"\s+[–—-]\s+|:\s+", "\0", name, count=1).partition("\0")
    if _place_of(where) != where:
        return None
    said = read_beside(use) if use else None
    beside = beside.and_(said or Beside())
    shown = None if said or not use else use
    return FacilityFound(kind, where, shown, beside, one.text, one.piece, owner=one.intro)


def _place_first(found: re.Match[str], one: Told) -> Iterator[FacilityFound]:
    """`Rotterdam, Netherlands – office: operations`; below words that lead to offices `headquarters` is a use."""
    rest, beside = split_beside(found["rest"])
    kind = kind_of(found["kind"])
    use = rest.strip(" ,;:()–—-")
    use = f"{found['kind']} {use}" if use.startswith("and ") else use
    named = kind == kind_promised(one.intro) and kind not in found["kind"].lower()
    use = found["kind"] if named and not use else use
    said = read_beside(use) if use else None
    if kind:
        shown = None if said else use or None
        yield FacilityFound(kind, found["place"], shown, beside.and_(said or Beside()), one.piece.text, one.piece)


def _is_sentence(rest: str) -> bool:
    return bool(re.search(r"\b(?:is|are|was|were|has|have|houses?|hosts?)\b", rest.split(":", maxsplit=1)[0]))


def _in_item(begins: re.Match[str], piece: Piece) -> Iterator[FacilityFound]:
    """`Office in Oslo, Norway: head office (until 31 August 2023)`, or several places with their uses in brackets."""
    kind = kind_of(begins["kind"])
    role = Beside(role=role_of(begins["kind"]))
    rest = _OWNER.sub("", begins["rest"], count=1)
    lead = _LEAD.match(rest)
    note = lead["note"] if lead else None
    rest = rest[lead.end() :] if lead else rest
    found = list(_PLACE.finditer(_without_brackets(rest)))
    outer = read_beside(note) if note else None
    outer = outer.and_(role) if outer else (role if role.role else None)
    if kind and len([m for m in found if is_place(m["place"])]) > 1 and ":" not in rest:
        yield from _listed(kind, rest, piece, outer or Beside())
        return
    name, beside = split_beside(rest)
    where, _, use = name.partition(":")
    if not use:
        where, _, use = re.sub(r"\s+[–—-]\s+", "\0", name, count=1).partition("\0")
    match = _PLACE.match(where.strip()) or re.fullmatch(rf"(?P<place>{_NAME})", where.strip())
    if kind is None or match is None:
        return
    inner = _CLAUSE.match(where.strip()[match.end() :])
    use = use.strip() or (inner["use"] if inner else "") or (note if note and outer is None else "")
    said = read_beside(use) if use else None
    more = use_with_dates(use) if use and said is None else (use, Beside())
    beside = beside.and_(outer or Beside()).and_(said or more[1])
    use = "" if use.lower() == kind.replace("_", " ") else use
    yield FacilityFound(kind, match["place"], None if said or not use else more[0] or None, beside, piece.text, piece)


def _without_brackets(text: str) -> str:
    """A text in which what stands in brackets is blank, so that places keep their offsets."""
    return re.sub(r"\([^()]*\)", lambda m: "(" + "." * (len(m.group()) - 2) + ")", text)


def _listed(kind: str, text: str, piece: Piece, outer: Beside) -> Iterator[FacilityFound]:
    """Places one after another, each with what it is used for, or its role, in brackets."""
    at = 0
    while True:
        found = _PLACE.match(text, at)
        if found is None:
            return
        where, end = _place_of(found["place"]), found.end()
        if where is None:
            return
        end = found.start() + len(where)
        inner = _CLAUSE.match(text[end:])
        use = inner["use"] if inner else None
        end += inner.end() if inner else 0
        said = read_beside(use) if use else None
        span = _SPAN.match(text[end:])
        spoken = read_beside(span["span"]) if span else None
        if span and spoken:
            end, outer_ = end + span.end(), outer.and_(spoken)
        else:
            outer_ = outer
        yield FacilityFound(kind, where, None if said else use, outer_.and_(said or Beside()), where, piece)
        joint = re.match(r"\s*(?:,\s*and|;\s*and|and|,|;)\s+(?:in |at )?", text[end:])
        if joint is None:
            return
        at = end + joint.end()


def _place_of(text: str) -> str | None:
    """The part of a text that is a place: with its country or state where it names one, without what follows."""
    parts = text.rstrip(".").split(", ")
    for size in (3, 2):
        candidate = ", ".join(parts[:size])
        if size > _PAIR and not (len(parts) >= size and find_state(parts[1])):
            continue
        if len(parts) >= size and is_place(candidate):
            return candidate
        shorter = re.sub(r" (?:and|or|as|with|for|to|which|where|houses?|hosts?|serves?)\b.*$", "", candidate)
        if len(parts) >= size and shorter != candidate and is_place(shorter):
            return shorter
    return None


def _in_sentence(text: str, piece: Piece) -> Iterator[FacilityFound]:
    for found in _SENTENCE.finditer(text):
        kind = kind_of(found["kind"])
        if kind and is_in_use(text):
            listed = _listed(kind, text[found.end() :], piece, Beside(role=role_of(found["kind"])))
            yield from (replace(one, owner=found["owner"]) for one in listed)


def _state(reading: Reading, one: FacilityFound, where: Place, told_by: Piece | None) -> None:
    notes = reading.notes
    id_ = identify("Facility", reading.provider.key, one.kind, one.place)
    line = one.piece.first_line
    citation = notes.cite(line, one.piece.last_line, reading.section_at(line))
    name = f"{one.kind.replace('_', ' ').capitalize()} in {one.place}"
    notes.state(
        "Facility", id_, citation, name=name, kind=one.kind, city=where.city, subdivision=where.subdivision, use=one.use
    )
    if one.code:
        notes.name(id_, one.code, "variant", citation)
    cited = (citation, reading.cite(told_by)) if told_by else (citation,)
    notes.link(
        "IN_SCOPE_OF",
        id_,
        reading.assessment,
        *cited,
        name_as_written=one.written,
        **one.beside.within(reading.covered).values(),
    )
    if where.country and find_country(where.country):
        stated = where.country in one.piece.text or where.country in one.place
        country = (
            reading.state_country(where.country, line, citation)
            if stated
            else reading.state_country_of(where.country, citation)
        )
        notes.link("LOCATED_IN", id_, country, citation)
