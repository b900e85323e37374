"""Lines put together: a word that a line break cut is whole again, one that has a hyphen of its own keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.inputs.normalising import SOFT_HYPHEN
from loaders.layout.hyphens import Hyphens
from loaders.soc.controls.lines import Line

# A soft hyphen at the end of a line or of a cell says that the word goes on below; a mark keeps it until it is joined.
_CUT = "\ue0ad"
_SOFT = re.compile(f"{SOFT_HYPHEN}(?=\\s|$)")


def marked(line: str) -> str:
    """A line in which soft hyphens that cut words are kept by a mark."""
    return _SOFT.sub(_CUT, line)


def joining_of(lines: Iterable[Line]) -> Joining:
    """The joining of a report, which knows all its words."""
    return Joining(Hyphens([text for _, text in lines]))


@dataclass(frozen=True, slots=True)
class Joining:
    """Joins lines of one report, whose words tell a cut word from one with a hyphen."""

    hyphens: Hyphens

    def lines(self, block: Sequence[Line]) -> str:
        """The text of lines that belong together."""
        text = ""
        for _, line in block:
            text = self.join(text, line.strip())
        return text

    def join(self, above: str, below: str) -> str:
        """Two lines as one text; a word that a hyphen cut is whole again where the report has it whole or nowhere."""
        if not above or not below:
            return above or below
        if above.endswith(_CUT):
            return above[:-1] + below
        if above.endswith("-") and above[-2:-1].isalpha() and below[:1].islower():
            first = re.split(r"[^A-Za-z]", above[:-1])[-1]
            second = re.split(r"[^A-Za-z]", below, maxsplit=1)[0]
            return above + below if self.hyphens.belongs(first, second) else above[:-1] + below
        return f"{above}{below}" if above.endswith("-") and above[-2:-1].isalpha() else f"{above} {below}"
