"""What the lines of a block say of its control, in their order: its wording, its attributes, its tests and results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.soc.controls.labels import Role
from loaders.soc.controls.rows import joined
from loaders.soc.controls.values import Cell, Fragment


@dataclass(slots=True)
class Item:
    """A test, a result or a response of a block, with the letter under which it is counted off."""

    role: Role
    mark: str = ""
    fragments: list[Fragment] = field(default_factory=list)

    def cell(self) -> Cell:
        """The item as a cell."""
        lines = [fragment.line for fragment in self.fragments]
        return Cell(self.role, joined(self.fragments), min(lines), max(lines), self.mark)


@dataclass(slots=True)
class Block:
    """A control with what its lines say, in order."""

    number: str
    line: int
    heading: list[Fragment] = field(default_factory=list)
    stated: list[Fragment] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    def cells(self) -> Iterator[Cell]:
        """The control, where it has a number, then what its lines say, in their order."""
        wording = self.stated or self.heading
        last = max((fragment.line for fragment in wording), default=self.line)
        if self.number:
            yield Cell(Role.CONTROL, joined(wording), self.line, last, self.number)
        for item in self.items:
            if item.fragments:
                yield item.cell()
