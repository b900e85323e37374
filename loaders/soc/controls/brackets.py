"""What stands in brackets at the end of a control's wording: criteria, who performs it, how often, by which hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.foreign_codes import codes_in
from loaders.soc.controls.labels import Role
from loaders.soc.controls.numbers import criteria_in
from loaders.soc.controls.values import Cell, ControlRow

_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{3,120})[)\]](?P<end>\.?)$")
_ALSO = re.compile(
    r"(?:also\s+)?(?:addresses|supports|serves|meets|satisfies|maps to|mapped to|covers|relates to|see also"
    r"|criteri(?:a|on):?)\b",
    re.IGNORECASE,
)
# Below a wording a line may say by whom it is performed.
_BELOW_BY = re.compile(
    r"(?<=[.!?])\s+(?:[Pp]erformed|[Oo]perated|[Ee]xecuted) by:?\s+"
    r"(?P<who>[A-Z][^.;:]{1,60}?(?:\s(?:Inc|Ltd|Co|Corp|N\.A|S\.A|B\.V)\.)?)\.{0,2}$"
)
_BY = re.compile(r"(?:performed|operated|executed) by\s+(?=[A-Z])", re.IGNORECASE)


def brackets_of(control: ControlRow) -> Iterator[tuple[str, Cell]]:
    """The known brackets at the end of a control's wording, each with the wording before it; so is who performs it."""
    text = control.wording
    if by := _BELOW_BY.search(text):
        text = text[: by.start()]
        yield text, Cell(Role.PERFORMER, by["who"], control.first_line, control.last_line)
    while found := _BRACKET.search(text):
        inside, where = found["inside"].strip(), (control.first_line, control.last_line)
        cells = _bracket_cells(inside, where)
        if not cells:
            return
        text = text[: found.start()].rstrip() + found["end"]
        yield from ((text, cell) for cell in cells)


def _bracket_cells(inside: str, where: tuple[int, int]) -> list[Cell]:
    """The cells of a bracket; none where it says anything else."""
    also = _ALSO.match(inside)
    if criteria_in(inside) and (also or not re.sub(r"[A-Z]{1,2}\d?\.\d{1,2}|[,;&\s]|and", "", inside)):
        return [Cell(Role.CRITERION, inside, *where)]
    criteria = Cell(Role.CRITERION, inside, *where)
    others = codes_in(criteria) if criteria_in(inside) else []
    if others:
        return [criteria, *others]
    by = _BY.match(inside)
    if by:
        return [Cell(Role.PERFORMER, inside[by.end() :], *where)]
    parts = [part.strip() for part in re.split(r"[,;/]|\s[–—-]\s", inside)]
    cells = [_attribute(part, where) for part in parts]
    return [cell for cell in cells if cell] if all(cells) else []


def _attribute(part: str, where: tuple[int, int]) -> Cell | None:
    plain = re.sub(r"^(?:frequency|nature|type)\s*:\s*", "", part, flags=re.IGNORECASE)
    if nature_of(plain):
        return Cell(Role.NATURE, plain, *where)
    return Cell(Role.FREQUENCY, plain, *where) if frequency_of(plain) else None
