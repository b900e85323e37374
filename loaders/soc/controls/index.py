"""The controls and objectives of a report by their numbers, and the lines on which its tables state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.records import Claim
from loaders.soc.reading import Reading

_PREFIXED = re.compile(r"(?P<prefix>[A-Z]{2,10})-(?P<number>\d+(?:\.\d+)*)")
_TESTED = ("ControlTest", "Deviation")
_OF_TABLES = ("HAS_CONTROL", "HAS_TEST", "ACHIEVES", "ADDRESSES")
_FEW = 12


@dataclass(frozen=True, slots=True)
class NumberedControl:
    """A control of the tables: its id and its number there."""

    id: str
    number: str


@dataclass(frozen=True, slots=True)
class ControlIndex:
    """`numbers` has the full numbers, `bare` those without their prefix, where only one control has it.

    `others` are further prefixes under which the text cites controls.
    """

    numbers: Mapping[str, NumberedControl]
    bare: Mapping[str, NumberedControl]
    objectives: Mapping[str, str]
    titles: Mapping[str, str]
    table_lines: frozenset[int]
    others: frozenset[str] = frozenset()

    @property
    def prefixes(self) -> frozenset[str]:
        """The prefixes that the numbers of the tables have."""
        return frozenset(m["prefix"] for number in self.numbers if (m := _PREFIXED.fullmatch(number)))

    def control(self, written: str) -> NumberedControl | None:
        """The control with that number, under its own prefix or under another one that the text has for controls."""
        found = self.numbers.get(written)
        prefixed = _PREFIXED.fullmatch(written)
        if found or prefixed is None or prefixed["prefix"] not in self.others | self.prefixes:
            return found
        return self.bare.get(prefixed["number"])

    def with_prefixes(self, prefixes: Iterable[str]) -> ControlIndex:
        """The same controls, known also under these prefixes, where one of the tables has any prefix."""
        return replace(self, others=frozenset(prefixes))

    def may_be(self, written: str, *, worded: bool) -> bool:
        """Whether a number that no table has is one of a control: by its prefix, or after the word control."""
        prefix, separator, _ = written.partition("-")
        plain = worded and not separator and any(number[:1].isdigit() for number in self.numbers)
        return (bool(separator) and prefix in self.prefixes) or (plain and "." in written)


def control_index(reading: Reading) -> ControlIndex:
    """The index of a report whose tables of controls were read before."""
    claims = reading.notes.claims("Control", "ControlTest", "Deviation", "ControlObjective")
    controls = [
        NumberedControl(c.id, str(c.values["number"])) for c in claims if c.label == "Control" and "number" in c.values
    ]
    numbers = {control.number: control for control in controls}
    objectives = [c for c in claims if c.label == "ControlObjective"]
    return ControlIndex(
        numbers,
        _bare(numbers.values()),
        {str(c.values["number"]): c.id for c in objectives if "number" in c.values},
        {c.id: str(c.values["name"]) for c in objectives if "name" in c.values},
        _table_lines(reading, claims),
    )


def _table_lines(reading: Reading, claims: Iterable[Claim]) -> frozenset[int]:
    """The lines of the text that state controls, tests and what controls are for, with the few lines between them."""
    citations = {claim.citation for claim in claims if _is_of_table(claim)}
    citations |= {citation for link in reading.notes.links(*_OF_TABLES) for citation in link.citations}
    stated = sorted({line for citation in citations for line in _lines(reading, citation)})
    between = (range(above, below) for above, below in pairwise(stated) if below - above <= _FEW)
    return frozenset({*stated, *(line for lines in between for line in lines)})


def _lines(reading: Reading, citation: str) -> range:
    """The lines of the text that are cited; a citation has those of the file."""
    first, last = (int(number) for number in citation.rsplit("/", 1)[1].split("-"))
    return range(reading.document.in_text(first), reading.document.in_text(last) + 1)


def _is_of_table(claim: Claim) -> bool:
    if claim.label == "Control":
        return bool({"statement", "service_specific"} & claim.values.keys())
    return claim.label in _TESTED or "statement" in claim.values


def _bare(controls: Iterable[NumberedControl]) -> dict[str, NumberedControl]:
    found: dict[str, list[NumberedControl]] = {}
    for bare, control in _without_prefix(controls):
        found.setdefault(bare, []).append(control)
    return {bare: same[0] for bare, same in found.items() if len(same) == 1}


def _without_prefix(controls: Iterable[NumberedControl]) -> Iterator[tuple[str, NumberedControl]]:
    for control in controls:
        prefixed = _PREFIXED.fullmatch(control.number)
        yield (prefixed["number"] if prefixed else control.number), control
