"""How the facts of one report's tables of controls are written: on which lines, under which numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graph.identifiers import identify_below
from loaders.soc.controls.prefix import usual_prefix
from loaders.soc.controls.reading import ControlsRead
from loaders.soc.controls.values import ControlRow
from loaders.soc.reading import Reading


@dataclass
class Telling:
    """Cites the lines that were read, names what is not understood, and numbers controls as the report does."""

    reading: Reading
    read: ControlsRead
    _doubted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        tables = self.read.tables
        counts = Counter(control.number for control in tables.controls.values() if control.number.isdigit())
        self._restart = any(n > 1 for n in counts.values()) or len(tables.objectives) == 1
        numbers = frozenset(n for c in tables.controls.values() if (n := self.completed(c))[:1].isdigit())
        self._prefix = usual_prefix(self.reading.layout.pieces, numbers)

    def cite(self, place: tuple[int, int]) -> str:
        """The citation of lines, below the headings that stand above them."""
        first, last = self.read.line(place[0]), self.read.line(place[1])
        return self.reading.notes.cite(first, last, self.reading.section_at(first))

    def warn(self, line: int, message: str) -> None:
        """Adds a line to the load report, by the number of a line that was read."""
        self.reading.notes.warn(self.read.line(line), message)

    def doubt_once(self, line: int, said: str) -> None:
        """Warns of something for the first time alone."""
        if said not in self._doubted:
            self._doubted.add(said)
            self.warn(line, said)

    def completed(self, control: ControlRow) -> str:
        """The number with that of the objective, which tables leave out below its title."""
        if not control.number.isdigit() or not control.objective or not self._restart:
            return control.number
        return f"{control.objective}.{control.number}"

    def number(self, control: ControlRow) -> str:
        """The full number of a control, with the prefix under which the narrative cites it."""
        number = self.completed(control)
        return f"{self._prefix}-{number}" if self._prefix and number[:1].isdigit() else number

    def id_of(self, control: ControlRow) -> str:
        """The id of a control of the report."""
        return identify_below("Control", self.reading.assessment, self.number(control))
