"""What the controls of users and of subservice organizations refer to: objectives, criteria, organizations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.identifiers import fold, identify
from loaders.layout.layout import Kind, Piece
from loaders.soc.controls.facts import TRUST_SERVICES_CRITERIA, requirement_id
from loaders.soc.other_requirements import OtherRequirements, other_requirements
from loaders.soc.reading import Reading

_LOOSE = re.compile(r"\b(CC|PI|A|C|P)[\s-]?(\d{1,2}\.\d{1,2})\b")
_LEADING = re.compile(
    r"(?:CC|PI|A|C|P)[\s-]?\d{1,2}\.\d{1,2}(?:(?:\s*[,;/&+]\s*|\s+(?:and\s+)?)(?:CC|PI|A|C|P)[\s-]?\d{1,2}\.\d{1,2})*"
)
_CODE = r"(?:CC|PI|A|C|P)\d{1,2}\.\d{1,2}"
_SLIPPED = re.compile(rf"(?<=[a-z]) (?P<codes>{_CODE}(?:, {_CODE})*) (?=[a-z])")
_MARKED = re.compile(r"[xX✓✔●•■☒☑]|[Yy](?:es)?")
_AROUND = re.compile(
    r"\b(?:(?:related|trust services|applicable|common|relates? to|supports?|see|and|tsc|the|to|for) ?)?(?:criteria"
    r"|criterion|and|tsc|supports?|relates? to|see)?\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:,|;|&|\band\b|/|\n)\s*")
_OBJECTIVE_WORD = re.compile(
    r"^(?:related |relates? to |for |see )?(?:control )?(?:objectives?|obj\.?|CO|C\.O\.)(?:\s+no\.?|\b)[\s.:#-]*(?=\S)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{1,120})[)\]]\s*\.?\s*$")
_BARE = re.compile(rf"(?<=[.;])\s+(?P<inside>{_CODE}(?:,\s+{_CODE})*)$")
_NOTE = re.compile(r"^(?:related )?(?:control )?(?:objectives?|criteria|criterion)\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Objective:
    """A control objective that the report states."""

    id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class References:
    """Finds the objectives and criteria of one report, and other requirements, in texts that refer to them."""

    reading: Reading
    objectives: tuple[Objective, ...]
    others: OtherRequirements

    def ends(self, text: str) -> tuple[str, ...] | None:
        """The ids of what a text refers to and nothing else; None where it says anything else."""
        codes = [f"{m[1]}{m[2]}" for m in _LOOSE.finditer(text)]
        if codes and not re.search(r"\w", _AROUND.sub("", _LOOSE.sub("", text))):
            return tuple(requirement_id(code) for code in dict.fromkeys(codes))
        text = _NOTE.sub("", text.strip(" .")) if not self._numbered(text) else text.strip(" .")
        found = [self._objective(part) or self._requirement(part) for part in _PARTS.split(text) if part]
        return tuple(dict.fromkeys(o for o in found if o)) if found and all(found) else None

    def marked(self, heading: Piece, row: Piece) -> tuple[str, ...]:
        """What the titles of columns refer to in which a row has a mark, as in a matrix of controls and criteria."""
        pairs = zip(heading.cells, row.cells, strict=False)
        titles = (title for title, cell in pairs if _MARKED.fullmatch(cell.strip()) and self.are_in(title))
        return tuple(dict.fromkeys(end for title in titles for end in self.ends(title) or ()))

    def leading(self, text: str) -> tuple[str, ...]:
        """The criteria with which a text begins, whatever it says of them."""
        found = _LEADING.match(text)
        return self.ends(found.group()) or () if found else ()

    def are_in(self, text: str) -> bool:
        """Whether a text with letters refers to objectives or criteria and says nothing else."""
        return bool(self.ends(text)) and any(map(str.isalpha, text))

    def below(self, pieces: Sequence[Piece], last_line: int) -> tuple[str, ...]:
        """What the piece right below a line refers to, where it says nothing else."""
        found = next((piece for piece in pieces if piece.first_line > last_line), None)
        said = found is not None and found.kind is not Kind.HEADING and self.are_in(found.text)
        return self.ends(found.text) or () if found and said else ()

    def _numbered(self, text: str) -> bool:
        return self._objective(text.strip(" .")) is not None

    def _requirement(self, code: str) -> str | None:
        """The criterion, or the requirement of another framework, of which a text is the code."""
        criterion = _LOOSE.fullmatch(code.strip())
        return requirement_id(f"{criterion[1]}{criterion[2]}") if criterion else self.others.find(code)

    def _objective(self, text: str) -> str | None:
        plain = fold(_OBJECTIVE_WORD.sub("", text.strip(" .")))
        for one in self.objectives:
            if plain in (fold(one.number), fold(_OBJECTIVE_WORD.sub("", one.number))) or fold(text) == fold(one.number):
                return one.id
        return None

    def titled(self, title: str) -> Objective | None:
        """The objective that a heading names, by its number, by its title, or by both."""
        plain = fold(title)
        for one in self.objectives:
            number, name = fold(one.number), fold(one.title)
            bare = fold(_OBJECTIVE_WORD.sub("", title))
            if plain == name or bare in (number, name):
                return one
            if bare.startswith(number) and bare[len(number) :].strip(" :.–—-") == name:
                return one
        return None

    def split(self, statement: str) -> tuple[str, tuple[str, ...]]:
        """A statement without the references at its end, in brackets or behind a whole sentence, and these."""
        found = _BRACKETED.search(statement) or _BARE.search(statement)
        ends = self.ends(found["inside"]) if found else None
        if found is None or ends is None:
            return statement, ()
        return statement[: found.start()].rstrip(), ends

    def apart(self, statement: str, related: str) -> tuple[str, str]:
        """A statement without the one criterion that slipped into it from the empty column beside it, and that one."""
        found = list(_SLIPPED.finditer(statement)) if not related.strip() else []
        if len(found) != 1:
            return statement, related
        return f"{statement[: found[0].start()]} {statement[found[0].end() :]}", found[0]["codes"]

    def state(self, control: str, ends: Iterator[str] | tuple[str, ...], citation: str, *others: str) -> None:
        """Says what a control complements, on its own citation."""
        for end in ends:
            if end.startswith("requirement/"):
                self.state_requirement(end, citation)
            self.reading.notes.link("COMPLEMENTS", control, end, citation, *others)

    def state_requirement(self, id_: str, citation: str) -> None:
        """States a requirement that is referred to, or a criterion of the framework that all reports share."""
        if self.others.knows(id_):
            self.others.state(id_, citation)
            return
        code = id_.rsplit("/", 1)[1].upper()
        framework = identify("Framework", TRUST_SERVICES_CRITERIA)
        self.reading.notes.state("Framework", framework, citation, 2, name=TRUST_SERVICES_CRITERIA)
        self.reading.notes.state("Requirement", id_, citation, 2, name=code, code=code, kind="criterion")
        self.reading.notes.link("HAS_REQUIREMENT", framework, id_, citation)


def references(reading: Reading) -> References:
    """The references of a report whose controls were read before."""
    found: dict[str, Objective] = {}
    for claim in reading.notes.claims("ControlObjective"):
        if "number" in claim.values:
            found.setdefault(
                claim.id, Objective(claim.id, str(claim.values["number"]), str(claim.values.get("name", "")))
            )
    return References(reading, tuple(found.values()), other_requirements(reading))
