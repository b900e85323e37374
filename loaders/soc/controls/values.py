"""What the tables of controls say, as values: objectives and criteria, controls, tests, results, responses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.soc.controls.labels import Role

_SPECIFIC = re.compile(r"^(?P<names>[A-Z0-9][\w ./&+-]*?)\s*-?\s*Specific\s*[–—-]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Fragment:
    """What stands in one cell on one line, and whether the line before held nothing for this cell."""

    line: int
    text: str
    gap: bool = False
    last: int = 0

    @property
    def last_line(self) -> int:
        """The last line on which it stands."""
        return self.last or self.line


@dataclass(frozen=True, slots=True)
class Cell:
    """A wording of the tables with its role and lines; `number` is that with which an objective or control begins."""

    role: Role
    text: str
    first_line: int
    last_line: int
    number: str = ""


@dataclass(slots=True)
class Test:
    """A test of a control: what was done, with what result, and the lines on which that stands."""

    first_line: int
    last_line: int
    procedure: str
    result: str = ""
    scope: str | None = None
    result_lines: tuple[int, int] | None = None
    response: Cell | None = None
    remediated: Cell | None = None
    places: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class ControlRow:
    """A control: its number as written, its wording with marks, the lines of its wording, its tests.

    `objective` is the number of the objective above it, `criteria` the codes with the lines that say so.
    """

    objective: str
    number: str
    first_line: int
    last_line: int
    wording: str = ""
    criteria: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    objectives: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    attributes: list[Cell] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    remarks: list[Cell] = field(default_factory=list)
    referred: bool = False
    stated: bool = False

    @property
    def specific_to(self) -> tuple[str, ...]:
        """The services for which alone the control is marked, as the mark writes them."""
        mark = _SPECIFIC.match(self.wording)
        return tuple(name.strip() for name in mark["names"].split("/")) if mark else ()

    @property
    def statement(self) -> str:
        """The wording without the mark."""
        return _SPECIFIC.sub("", self.wording, count=1)


@dataclass(slots=True)
class ObjectiveRow:
    """A control objective: its number, title and statement, the places that name it, and its controls.

    Of the places that name it, `others` have another wording.
    """

    number: str
    title: str = ""
    statement: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    others: list[tuple[int, int]] = field(default_factory=list)
    controls: list[ControlRow] = field(default_factory=list)


@dataclass(slots=True)
class CriterionRow:
    """A trust services criterion: its code, its statement where the report has it, and the places that name it."""

    code: str
    statement: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    stated: list[tuple[int, int]] = field(default_factory=list)
    rationale: Cell | None = None


@dataclass(slots=True)
class Tables:
    """All that the tables of controls of a report say, in order, and what could not be read, with its lines.

    `excluded` are the codes of other requirements that are declared not applicable, each with its reason.
    """

    objectives: dict[str, ObjectiveRow] = field(default_factory=dict)
    criteria: dict[str, CriterionRow] = field(default_factory=dict)
    controls: dict[str, ControlRow] = field(default_factory=dict)
    excluded: list[Cell] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def tested(self) -> bool:
        """Whether any control has a test."""
        return any(control.tests for control in self.controls.values())

    def numbers(self) -> Iterator[str]:
        """The numbers of the controls, as written."""
        return (control.number for control in self.controls.values())
