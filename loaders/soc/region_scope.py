"""Cloud Regions in scope, of whatever operator: in tables, items and sentences, with code, country, role and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.layout.layout import Kind, Piece
from loaders.names.places import find_country, find_state
from loaders.soc.mentions import in_use, is_in_use, lists_what_is_in_use, told
from loaders.soc.organizations import Organizations
from loaders.soc.reading import Reading
from loaders.soc.region_words import ELEMENT, elements, named_alone
from loaders.soc.scope_items import Beside, denies, read_beside, read_titled, role_of, split_beside
from loaders.soc.sections import Section
from loaders.soc.topics import Grid, grids

# A code without a hyphen, such as `fra1`, is one where it stands in brackets or in a column of codes.
_CODE = re.compile(r"(?<![\w-])[a-z]{2,}(?:-[a-z]+)*-[a-z]*\d{1,2}(?![\w-])|(?<=\()[a-z]{2,5}\d{1,2}(?=[),])")
_NO_CODE = re.compile(r"(?:n/?a|none|not applicable|[–—-]*)\.?", re.IGNORECASE)
_ONE_WORD = re.compile(r"[a-z]{2,}\d{0,2}(?:-[a-z\d]+)*|[A-Z]{2,5}\d{1,2}")
_OWN_CODE = re.compile(r"[a-z]{2,}(?:-[a-z]+)*-[a-z]{2,}")
_FEWEST = 2
_SQUEEZED = re.compile(r"(?P<name>[^()]+?)\s*\((?P<code>[a-z]+\d?)(?:,\s*(?P<rest>[^()]*))?\)$")
_BEHIND_COMMA = re.compile(r"(?P<name>[^(),]+),\s+(?P<code>[a-z]+\d?)$")
_REGION = re.compile(r"\bregions?\b", re.IGNORECASE)
_HOSTED = re.compile(r"\b(?:hosted|runs?|running|deployed|operates?|housed)\b")
_AFTER = re.compile(
    r"\b[Rr]egions?\b(?:\s+of\s+(?:the\s+)?[A-Z][^:.;]{1,60}:|:?)\s+(?=[A-Z]|[a-z]{2,}(?:-[a-z]+)*-[a-z]*\d)"
)
_IN_PLACES = re.compile(r"\bin\s+(?:the\s+)?(?=[A-Z][\w.]*(?: [A-Z][\w.]*)*\s\()")
_BEFORE = re.compile(
    r"\b(?:in|across|within|from|on|of)\s+(?:the\s+)?(?P<list>(?:(?!\b(?:in|across|within|from|on"
    r"|of)\b)[^.;:])+?)\s+[Rr]egions?\b"
)
_PURPOSE = re.compile(r"(?:production|hosting|staging|main|operations?)(?: regions?| hosting)?", re.IGNORECASE)
_FOR_WHOM = re.compile(r"\s+(?:for|of|to|serving)\s+(?!(?:19|20)\d{2}\b)")
_SINCE = re.compile(r"\b(?:[Ss]ince|[Ff]rom|[Uu]ntil)\s+[^,.;]*?(?:,\s)?(?:19|20)\d{2}(?:-\d\d-\d\d)?")
_BEGAN = re.compile(r"\b(?:added|opened|introduced|launched)\s+on\s+[^,.;]*?(?:,\s)?(?:19|20)\d{2}")
# A country with a part of it, by the points of the compass: `US East (N. Virginia)`, `UK South`, `East US 2`.
_POINT = r"(?:North|South|East|West|Central)(?:[ -]?(?:[Cc]entral|[Ee]ast|[Ww]est))?"
_COMPASS = re.compile(
    rf"^(?:{_POINT} (?P<after>[A-Z][\w.]*)|(?P<before>[A-Z][\w.]*(?: [A-Z][\w.]*)?) {_POINT})(?: \d)?(?= \(|$)"
)
_COUNTRIES = re.compile(r"^country|\bcountry\b")
_OPERATORS = re.compile(
    r"\boperator\b|\bprovider\b|\bvendor\b|^cloud$|\bplatform\b|\borgani[sz]ation\b|^hosted (?:by|on)"
)
_ROLES = re.compile(r"^(?:role|use|purpose|function|usage|type|status|used as)\b")
_PERIODS = re.compile(r"\bcovered\b|\bincluded\b|\bperiod\b|\bcoverage\b|\bin scope\b|\bfrom\b|\bsince\b|\buntil\b")
_TITLE = re.compile(r"^(?:(?!sub-?service)[\w-]+ ){0,2}?regions?\b(?! of\b)")
_CODES = re.compile(r"\bcode\b|(?:^|\bregion )id$|\bidentifier\b")
_OPERATES = re.compile(
    r"\b(?:operates|runs|owns) (?:the|these|its(?: own)?) (?:[\w-]+ ){0,2}?regions?\b", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"[A-Z][\w.’' -]*")
_NOTES = re.compile(r"^(?:notes?|remarks?|comments?)$")
_PLACES = re.compile(r"\b(?:location|geograph|place|city)\b")


@dataclass(frozen=True, slots=True)
class RegionFound:
    """A Region as a report names it; `operator` is the id of an organization, which its code alone may tell."""

    name: str
    code: str | None
    country: str | None
    beside: Beside
    operator: str | None
    written: str
    piece: Piece
    by_code: bool = False


def read_regions(reading: Reading, sections: Sequence[Section], organizations: Organizations) -> int:
    """States the Regions of tables, items and sentences; answers how many there are."""
    count = 0
    for one in regions_named(sections, organizations):
        if not reading.covers(one.beside.from_, one.beside.to):
            message = f"{one.written!r} is in use on no day that the report covers, and is not in its scope"
            reading.notes.warn(one.piece.first_line, message)
            continue
        _state(reading, _with_operator(one, organizations))
        count += 1
    return count


def regions_named(sections: Sequence[Section], organizations: Organizations) -> Iterator[RegionFound]:
    """The Regions that the description says are in use."""
    for heading, pieces in told(sections):
        for grid in grids(pieces):
            yield from _in_table(grid, pieces, heading, organizations)
    for one in in_use(sections):
        if one.piece.kind is Kind.ITEM:
            if _REGION.search(one.intro) or (not one.intro and _REGION.search(one.heading)):
                operator = _operator(one.text, organizations) or _operator(one.intro, organizations)
                yield from _one(one.text, operator, one.piece, organizations)
        elif _REGION.search(one.text) or (_HOSTED.search(one.text) and organizations.mentioned(one.text)):
            yield from _in_sentence(one.text, one.piece, organizations)


def _with_operator(one: RegionFound, organizations: Organizations) -> RegionFound:
    """A Region whose operator no words tell, with the one that alone has its code, if the report relies on it."""
    if one.operator or not one.code:
        return one
    scopes = organizations.reading.names.scopes_of("Region", one.code)
    found = [id_ for id_ in organizations.named if id_.rsplit("/", 1)[1] in scopes]
    return replace(one, operator=found[0], by_code=True) if len(scopes) == len(found) == 1 else one


def _operator(text: str, organizations: Organizations) -> str | None:
    """The one organization that a text names, the provider itself aside; None where it names none or several."""
    found = [id_ for id_ in organizations.mentioned(text) if id_ != organizations.reading.provider.id]
    return found[0] if len(found) == 1 else None


def _one(text: str, operator: str | None, piece: Piece, organizations: Organizations) -> Iterator[RegionFound]:
    """The Region that a text names alone."""
    name, beside = split_beside(re.sub(r"^[Rr]egion\s+", "", text))
    name, behind = _behind_code(name)
    beside = beside.and_(behind)
    tail = re.search(r",\s+(?P<tail>[^,()]+(?:, (?:19|20)\d{2})?)$", name)
    said = (read_beside(tail["tail"]) or _role_for(tail["tail"])) if tail else None
    if tail and said:
        name, beside = name[: tail.start()], beside.and_(said)
    name, squeezed = _squeezed_code(name)
    name, more = split_beside(name)
    beside = beside.and_(more)
    code = _CODE.search(name)
    rest = f"{name[: code.start()]} {name[code.end() :]}" if code else name
    brackets = re.search(r"\(([^()]*)\)\s*$", rest.strip()) if code else None
    rest = _without_operator(re.sub(r"\(\s*\)", "", rest), organizations).strip(" ,;:.–—-`")
    if brackets and rest.strip().startswith("("):
        parts = [part.strip() for part in brackets[1].split(",")]
        for part in parts:
            beside = beside.and_(read_beside(part) or Beside())
        rest = ", ".join(part for part in parts if not read_beside(part))
    if not code and not rest:
        return
    if not code and organizations.called(rest):
        return
    country = next((t for t in (rest, *re.findall(r"\(([^()]*)\)", rest)) if find_country(t)), _country_of(rest))
    yield RegionFound(
        " ".join(rest.split()), code.group() if code else squeezed, country, beside, operator, text, piece
    )


def _role_for(tail: str) -> Beside | None:
    """The role behind a comma that says for whom the Region has it: `backup for guests in the north`."""
    whose = _FOR_WHOM.search(tail)
    said = read_beside(tail[: whose.start()]) if whose else None
    return Beside(role=said.role) if said and said.role else None


def _behind_code(name: str) -> tuple[str, Beside]:
    """A name without what stands behind a dash after its code, or a colon after both, and the role this begins with.

    Words before a colon may say the role of the Region behind it: `Backup: Europe (Ireland), eu-west-1`.
    """
    head, _, behind = re.sub(r"\s+[–—-]\s+|:\s+", "\0", name, count=1).partition("\0")
    if not behind:
        return name, Beside()
    if _CODE.search(behind) and not _CODE.search(head):
        said = read_beside(head)
        return (behind, said) if said else (behind if _PURPOSE.fullmatch(head) else name, Beside())
    whole = _CODE.sub("", head).strip(" ,()–—-") if name[len(head)] == ":" else head
    coded = _CODE.search(head) or _squeezed_code(head)[1]
    return (head, Beside(role=role_of(behind))) if whole and coded else (name, Beside())


def _country_of(name: str) -> str | None:
    """The country in a name of a part of it; none where that may be a state."""
    found = _COMPASS.match(name)
    country = (found["after"] or found["before"]) if found else ""
    return country if find_country(country) and not find_state(country) else None


def _squeezed_code(text: str) -> tuple[str, str | None]:
    """A name without the code that is the name in small letters without spaces: `West Europe (westeurope)`.

    It may stand behind a comma, too.
    """
    found = _SQUEEZED.match(text) or _BEHIND_COMMA.match(text)
    if found and found["code"] == re.sub(r"\W", "", found["name"]).lower():
        rest = found.groupdict().get("rest")
        return (f"{found['name']} ({rest})" if rest else found["name"]), found["code"]
    return text, None


def _without_operator(text: str, organizations: Organizations) -> str:
    forms = sorted((f for forms in organizations.forms.values() for f in forms), key=len, reverse=True)
    plain = text.strip()
    return next((plain[len(form) :] for form in forms if plain.startswith(f"{form} ")), plain)


def _in_sentence(text: str, piece: Piece, organizations: Organizations) -> Iterator[RegionFound]:
    operator = _operator(text, organizations) or _operator(piece.text, organizations)
    when = _SINCE.search(text) or (_BEGAN.search(text) if len(_CODE.findall(text)) == 1 else None)
    beside = (read_beside(when.group()) if when else None) or Beside()
    after = _AFTER.search(text)
    found = list(elements(text[after.end() :])) if after else []
    found = found or list(named_alone(text))
    coded = any(_CODE.search(item) for item in found)
    if not found and not _REGION.search(text):
        where = _IN_PLACES.search(text)
        found = [item for item in elements(text[where.end() :]) if "(" in item] if where else []
        found = found if all(_CODE.search(i) or _squeezed_code(i)[1] for i in found) else []
    elif not found:
        before = _BEFORE.search(text)
        items = _without_operator(before["list"], organizations) if before else ""
        found = [i for i in re.split(r",\s+and\s+|,\s+|\s+and\s+", items) if ELEMENT.fullmatch(i)] if items else []
        if before and items == before["list"].strip() and operator:
            found = []
    if operator is None and not coded:
        return
    for item in found:
        for one in _one(item, operator, piece, organizations):
            yield replace(one, beside=one.beside.and_(beside))


def _in_table(
    grid: Grid, pieces: Sequence[Piece], heading: Piece | None, organizations: Organizations
) -> Iterator[RegionFound]:
    column = next((i for i, title in enumerate(grid.titles) if _TITLE.match(title)), None)
    if column is None or any(re.search(r"\bcontrols?\b|\btests?\b", title) for title in grid.titles):
        return
    coded, column = column, _named(grid, column)
    others = [i for i in range(len(grid.titles)) if i != column]
    operator, role, country, period, code, place, notes = (
        next((i for i in others if pattern.search(grid.titles[i])), None)
        for pattern in (_OPERATORS, _ROLES, _COUNTRIES, _PERIODS, _CODES, _PLACES, _NOTES)
    )
    code = coded if coded != column else code
    above = [p.text for p in pieces if p.kind is Kind.PARAGRAPH and p.first_line < grid.heading.first_line][-1:]
    if above and not lists_what_is_in_use(above[0]):
        return
    speaking = (grid.heading.cells[column], *above, heading.text if heading else "")
    told_by = _titled_operator(grid.heading, column, organizations)
    told_by = told_by or next((o for t in speaking if (o := _operator(t, organizations))), None)
    told_by = told_by or next((o for t in above if (o := _own_operator(t, organizations))), None)
    own = told_by is None and operator is None and _holds_own_codes(grid, column)
    for row in grid.rows:
        named = (row.cells[column], grid.cell(row, code))
        out = not is_in_use(row.text) or denies(grid.cell(row, period))
        if not named[0] or out or (above and not lists_what_is_in_use(above[0], *named)):
            continue
        text = row.cells[column]
        if own and _OWN_CODE.fullmatch(text):
            yield _own(grid, row, column, (country, place, role, period))
            continue
        text = _with_place(text, grid.cell(row, place))
        if not _NO_CODE.fullmatch(grid.cell(row, code)):
            text = f"{text} ({grid.cell(row, code)})"
        whose = _named_operator(row, operator, organizations) if operator is not None else told_by
        for one in (_with_code(found, grid.cell(row, code)) for found in _one(text, whose, row, organizations)):
            beside = one.beside.and_(_said(grid, row, role)).and_(_said(grid, row, period))
            beside = beside.and_(read_beside(grid.cell(row, notes)) or Beside())
            where = _country_in(grid.cell(row, country)) or _country_in(grid.cell(row, place)) or one.country
            yield replace(one, beside=beside, country=where, written=row.cells[column])


def _own_operator(text: str, organizations: Organizations) -> str | None:
    """The provider, where words say of it that it operates the Regions: `Example, Inc. operates the regions below`."""
    provider = organizations.reading.provider.id
    found = _OPERATES.search(text)
    links = organizations.reading.notes.links("HAS_NAME") if found else ()
    names = tuple(str(link.values["text"]) for link in links if link.start == provider)
    return provider if found and names and text[: found.start()].rstrip().endswith(names) else None


def _with_place(text: str, place: str) -> str:
    """A code with the place beside it as its name, where this is one name: `us-east4` beside `Northern Virginia`."""
    named = _CODE.fullmatch(text) and _NAME_ALONE.fullmatch(place)
    return f"{place} ({text})" if named else text


def _with_code(one: RegionFound, cell: str) -> RegionFound:
    """A Region with the one word that its column of codes holds, where this is written as no other operator's is."""
    if one.code or not _ONE_WORD.fullmatch(cell):
        return one
    return replace(one, name=one.name.removesuffix(f"({cell})").strip(), code=cell)


def _named(grid: Grid, column: int) -> int:
    """The column of the names of Regions, where the first that is titled so holds but their codes."""
    codes = all(_CODE.fullmatch(row.cells[column]) for row in grid.rows)
    names = (i for i, title in enumerate(grid.titles) if i != column and _TITLE.match(title))
    return next(names, column) if codes else column


def _holds_own_codes(grid: Grid, column: int) -> bool:
    """Whether a column holds codes of Regions in a notation that no other operator has, such as `north-osl`."""
    cells = [cell for row in grid.rows if (cell := row.cells[column])]
    return len(cells) >= _FEWEST and all(_OWN_CODE.fullmatch(cell) for cell in cells)


def _own(grid: Grid, row: Piece, column: int, others: tuple[int | None, ...]) -> RegionFound:
    """A Region by its code in the provider's own notation; its place is its name, where the table has one."""
    country, place, role, period = others
    name, beside = split_beside(grid.cell(row, place))
    where = _country_in(grid.cell(row, country)) or _country_in(name)
    code = row.cells[column]
    beside = beside.and_(_said(grid, row, role)).and_(_said(grid, row, period))
    return RegionFound(name, code, where, beside, None, code, row)


def _titled_operator(heading: Piece, column: int, organizations: Organizations) -> str | None:
    """The organization of the report that stands before `Region` in the title of a column, in another form even."""
    before = re.split(r"\s*\bregions?\b", heading.cells[column], maxsplit=1, flags=re.IGNORECASE)[0]
    found = organizations.reading.names.resolve("Organization", before) if before else None
    if found is None or found.id not in organizations.named:
        return None
    lines = (heading.first_line, heading.last_line)
    citation = organizations.reading.notes.cite(*lines, organizations.reading.section_at(lines[0]))
    organizations.reading.state_names(found, citation)
    return found.id


def _country_in(cell: str) -> str | None:
    """The words of a cell that name a country: all of them, or those behind the last comma."""
    last = cell.rsplit(",", 1)[-1].strip()
    return next((text for text in (cell, last) if text and find_country(text)), None)


def _named_operator(row: Piece, column: int, organizations: Organizations) -> str | None:
    name = row.cells[column]
    if not name:
        return None
    known = organizations.called(name)
    if known:
        return known
    found = organizations.reading.resolve("Organization", organizations.shorts.get(name, name), row.first_line)
    citation = organizations.reading.notes.cite(row.first_line, row.last_line)
    organizations.reading.notes.state("Organization", found.id, citation, name=found.name)
    organizations.reading.state_names(found, citation)
    return found.id


def _said(grid: Grid, row: Piece, column: int | None) -> Beside:
    cell = grid.cell(row, column)
    name, beside = split_beside(cell)
    return read_titled(grid.titles[column or 0], cell) or beside.and_(Beside(role=role_of(name))) if cell else Beside()


def _state(reading: Reading, one: RegionFound) -> None:
    notes, line = reading.notes, one.piece.first_line
    scope = one.operator.rsplit("/", 1)[1] if one.operator else reading.provider.key
    hyphened = one.code and "-" in one.code
    text = f"{one.name} ({one.code})" if one.name and hyphened else one.name or str(one.code)
    region = reading.names.resolve("Region", text, scope)
    citation = notes.cite(line, one.piece.last_line, reading.section_at(line))
    named = region.name.removesuffix(f" ({one.code})") or region.name
    notes.state("Region", region.id, citation, name=named, code=one.code)
    reading.state_names(region, citation)
    notes.link(
        "IN_SCOPE_OF",
        region.id,
        reading.assessment,
        citation,
        name_as_written=one.written,
        **one.beside.within(reading.covered).values(),
    )
    if one.operator and one.by_code:
        notes.derive("OPERATED_BY", region.id, one.operator, citation, rule="operator-of-the-code")
    elif one.operator:
        notes.link("OPERATED_BY", region.id, one.operator, citation)
    if one.country:
        notes.link("LOCATED_IN", region.id, reading.state_country(one.country, line, citation), citation)
