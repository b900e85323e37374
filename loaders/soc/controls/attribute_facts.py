"""Who performs a control, how often and how, and the units of other frameworks beside it, become facts."""

from __future__ import annotations

import re

from graph.records import Value
from loaders.layout.pieces import Kind, Piece
from loaders.layout.text import is_abbreviated
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.labels import Role
from loaders.soc.controls.numbers import criterion_in, objective_in
from loaders.soc.controls.telling import Telling
from loaders.soc.controls.values import Cell, ControlRow
from loaders.soc.other_frameworks import framework_headed
from loaders.soc.other_requirements import OtherRequirements, state_requirement

_CODE = re.compile(r"[\w§][\w.()/&-]*[\w)]")
_COMPANY = re.compile(
    r"(?:\b(?:LLC|Inc|Incorporated|Ltd|Limited|Corp|Corporation|Company|LLP|PLC|plc|GmbH|AG|SE|S\.?A|SAS|B\.?V"
    r"|N\.?V|AS|ASA|AB|Oy|SIA|ApS|[AIKP]/S|Pty|Pte|Co|S\.?p\.?A|s\.r\.o|K\.K|KK)\b\.?)\s*$"
)


_EXPLICIT = re.compile(
    r"\s+(?:criteri(?:a|on)|requirements?|safeguards?|references?|controls?|articles?|clauses?)$", re.IGNORECASE
)
_BY = re.compile(r"\b(?:performed|operated|carried out) by\s")
_LISTED = r"(?P<numbers>[A-Z0-9][\w.-]*(?:(?:,| and|, and)\s+[A-Z0-9][\w.-]*)*)"
_PERFORMED = re.compile(
    rf"{_LISTED} (?:is|are) (?:performed|carried out) by (?P<name>[A-Z][^;,]{{2,80}}(?:,\s+(?:Inc|LLC|Ltd)\.?)?)"
)
_PERFORMS = re.compile(
    r"\b[Cc]ontrols? (?:that|which) (?:is|are) (?:performed|operated|carried out) by (?:the )?"
    rf"(?P<name>[A-Z][^;,]{{2,80}}?(?:,\s+(?:Inc|LLC|Ltd)\.?)?) (?:is|are) {_LISTED}"
)
_ANNOUNCED = re.compile(
    r"\bfollowing controls?\b(?: in this section)? (?:is|are|was|were) (?:performed|operated) by (?:the )?"
    r"(?P<name>[A-Z][^:;]{2,80}?)\s*:?\s*$"
)
_TITLED = re.compile(
    r"\W*Controls? (?:performed|operated|executed) by (?:the )?(?P<name>[A-Z][^:;()]{2,80}?)(?:\s*\([^()]*\))?:?"
)
_HEADED = re.compile(
    r"(?:[(–—,:-]|^[\W\d]*Controls?)\s*(?:controls?\s+)?(?:performed|operated|executed) by (?:the )?"
    r"(?P<name>[A-Z][^:;()]{2,80}?)\s*(?:\)|\([^()]*\))?\s*$"
)
_ENDED = re.compile(r"(?<=\w{2})\.\s+(?=[A-Z])")
_NUMBERS = re.compile(r"[A-Z0-9][\w.-]*\w")


def _line(one: tuple[int, object]) -> int:
    return one[0]


class Attributes:
    """States the cells beside the wording of controls."""

    def __init__(self, told: Telling) -> None:
        self.told, self.reading, self.read = told, told.reading, told.read
        self.notes, self.cite, self.warn = told.reading.notes, told.cite, told.warn
        self._performers = [line for line in told.read.lines if _BY.search(line[1])]
        paragraphs = (piece for piece in told.reading.layout.pieces if piece.kind is Kind.PARAGRAPH)
        self._described = [piece for piece in paragraphs if _BY.search(piece.text)]

    def state(self, control: ControlRow, id_: str, number: str) -> None:
        """States all that stands beside a control, and who performs it where a sentence says so."""
        self._state_told_performer(control, id_)
        self._state_announced_performer(control, id_)
        self._state_headed_performer(control, id_)
        owned = any(cell.role is Role.OWNER for cell in control.attributes)
        for cell in control.attributes:
            cited = self.cite((cell.first_line, cell.last_line))
            if cell.role is Role.REQUIREMENT and cell.number:
                self._state_other_requirements(cell, id_, cited)
            elif cell.role is not Role.REQUIREMENT and not self.state_cell(cell, id_, cited, owned=owned):
                self.warn(cell.first_line, f"{number}: no known wording of a {cell.role.value}: {cell.text!r}")

    def state_beside_criteria(self, control: ControlRow, others: OtherRequirements) -> None:
        """States the requirements of other frameworks beside criteria, once all their codes are known."""
        for cell in control.attributes:
            if cell.role is not Role.REQUIREMENT or cell.number:
                continue
            cited = self.cite((cell.first_line, cell.last_line))
            for code in cell.text.split(", "):
                requirement = others.beside_criteria(code)
                if requirement is None:
                    said = f"{code} stands beside criteria, and is of no one framework of the report"
                    self.told.doubt_once(cell.first_line, said)
                    continue
                others.state(requirement, cited)
                self.notes.link("ADDRESSES", self.told.id_of(control), requirement, cited)
                self.notes.link("EVALUATES", self.reading.assessment, requirement, cited, applicable=True)

    def state_cell(self, cell: Cell, id_: str, cited: str, *, owned: bool) -> bool:
        """States who performs a control, how often, or by which hand; answers whether the wording is known.

        Where the control has an owner too, who performs it is an organization or nothing.
        """
        role = cell.role
        if not re.search(r"\w", cell.text):
            return True
        if role is Role.PERFORMER and (owned or self._is_organization(cell.text)):
            self._state_performer(cell, id_, cited)
            return True
        read = {Role.FREQUENCY: frequency_of, Role.NATURE: nature_of}.get(role)
        value = read(cell.text) if read else cell.text
        key = "owner" if role is Role.PERFORMER else role.value
        said: dict[str, Value] = {key: value} if value else {}
        self.notes.state("Control", id_, cited, 0, **said)
        return value is not None

    def _is_organization(self, text: str) -> bool:
        known = {claim.id for claim in self.notes.claims("Organization")}
        found = self.reading.names.resolve("Organization", text)
        return found.id in known or bool(_COMPANY.search(text)) or self._organizations_named(text) is not None

    def _organizations_named(self, short: str) -> str | None:
        """The one organization of the report whose name begins with a shorter one."""
        claims = self.notes.claims("Organization")
        names = {str(claim.values["name"]) for claim in claims if "name" in claim.values}
        longer = [name for name in names if name.startswith(f"{short} ") and short[:1].isupper()]
        return longer[0] if len(longer) == 1 else None

    def _state_performer(self, cell: Cell, id_: str, cited: str) -> None:
        if not self._is_organization(cell.text):
            return
        name = self._organizations_named(cell.text) or cell.text
        found = self.reading.resolve("Organization", name, self.read.line(cell.first_line))
        if found.id == self.reading.provider.id:
            return
        self.notes.state("Organization", found.id, cited, name=found.name)
        self.reading.state_names(found, cited)
        self.notes.link("PERFORMED_BY", id_, found.id, cited)

    def _state_told_performer(self, control: ControlRow, id_: str) -> None:
        """A sentence of the part with the controls can say who performs one, such as `LA-07 is performed by ...`."""
        for line, text in self._performers:
            for found in _PERFORMED.finditer(text):
                if control.number in _NUMBERS.findall(found["numbers"]):
                    self._state_named_performer(_ENDED.split(found["name"].strip())[0], line, id_)

        for piece in self._described:
            for found in (*_PERFORMED.finditer(piece.text), *_PERFORMS.finditer(piece.text)):
                numbers = [number.rstrip(".") for number in _NUMBERS.findall(found["numbers"])]
                if control.number in numbers and not self._is_among_controls(piece):
                    cited = self.notes.cite(piece.first_line, piece.last_line, piece.section)
                    cell = Cell(
                        Role.PERFORMER, _ENDED.split(found["name"].strip())[0], piece.first_line, piece.last_line
                    )
                    self._state_performer(cell, id_, cited)

    def _is_among_controls(self, piece: Piece) -> bool:
        """Whether a piece stands among the lines of the controls, which are read one by one."""
        return any(self.read.line(number) == piece.first_line for number, _ in self.read.lines)

    def _state_announced_performer(self, control: ControlRow, id_: str) -> None:
        """Words above a table can say who performs all controls up to the next objective or criterion."""
        said = ((line, _ANNOUNCED.search(text) or _TITLED.fullmatch(text.strip())) for line, text in self._performers)
        announced = [(line, found) for line, found in said if found]
        line, found = max((one for one in announced if one[0] < control.first_line), default=(0, None), key=_line)
        between = (text for number, text in self.read.lines if line < number < control.first_line)
        if found is None or any(objective_in(text) or criterion_in(text) for text in between):
            return
        self._state_named_performer(found["name"], line, id_)

    def _state_headed_performer(self, control: ControlRow, id_: str) -> None:
        """The heading of a group can say who performs its controls."""
        line, text = max((one for one in self.read.headings if one[0] < control.first_line), default=(0, ""))
        found = _HEADED.search(text)
        between = (text for number, text in self.read.lines if line < number < control.first_line)
        if found and not any(objective_in(text) for text in between):
            self._state_named_performer(found["name"], line, id_)

    def _state_named_performer(self, name: str, line: int, id_: str) -> None:
        whole = name if is_abbreviated(name) else name.rstrip(".")
        self._state_performer(Cell(Role.PERFORMER, whole, line, line), id_, self.cite((line, line)))

    def _state_other_requirements(self, cell: Cell, id_: str, cited: str) -> None:
        """The units of another framework that a column names, where its heading is a framework that is known."""
        explicit = _EXPLICIT.search(cell.number)
        name = _EXPLICIT.sub("", cell.number)
        demanded = framework_headed(self.reading, name)
        if demanded is None and not self.reading.names.resolve("Framework", name).known and not explicit:
            said = f"{cell.number!r} is the heading of no known framework; what stands below it is not read"
            self.told.doubt_once(cell.first_line, said)
            return
        line = self.read.line(cell.first_line)
        framework = demanded or self.reading.resolve("Framework", name, line)
        for code in _CODE.findall(cell.text):
            requirement = state_requirement(self.reading, framework, code, cited)
            self.notes.link("ADDRESSES", id_, requirement, cited)
            self.notes.link("EVALUATES", self.reading.assessment, requirement, cited, applicable=True)
