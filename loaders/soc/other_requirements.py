"""Requirements of frameworks beside the trust services criteria, by their codes: which of them a report speaks of.

Columns of controls and tables from requirements to controls state them below the name of their framework. Elsewhere a
code stands alone; it is one of the framework that has it, or that alone can have it. Many a code looks like the number
of a control: where a control of the report has that number, only a place beside criteria tells that it is a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from graph.identifiers import identify
from loaders.names.resolution import Resolved
from loaders.soc.controls.numbers import shape
from loaders.soc.framework_names import has_code, has_form
from loaders.soc.reading import Reading

_CODE = re.compile(r"(?:§ ?)?(?P<code>(?:[A-Z]{1,6}[.-])*[A-Z]{0,6}\d[\w.()/-]*)")
_TOKEN = re.compile(r"[A-Z\d][\w.()/-]*[\w)]")


@dataclass(slots=True)
class OtherRequirements:
    """The codes that a report states with the frameworks that have them, the shapes of these, the controls' numbers."""

    reading: Reading
    codes: dict[str, dict[str, Resolved]]
    shapes: dict[str, dict[str, Resolved]]
    numbers: Set[str]
    _named: dict[str, tuple[Resolved, str]] = field(default_factory=dict)

    def find(self, text: str) -> str | None:
        """The id of the requirement of which a text is the code; None where it is no code, or of no one framework."""
        found = _CODE.fullmatch(text.strip())
        return self.beside_criteria(found["code"]) if found and found["code"] not in self.numbers else None

    def beside_criteria(self, code: str) -> str | None:
        """The id of the requirement whose code stands among those of criteria, be it the number of a control too."""
        framework = _one(self.codes.get(code) or self._able(code))
        return self._id(framework, code) if framework else None

    def _able(self, code: str) -> dict[str, Resolved]:
        """The frameworks that can have a code: by the form of their codes, or else by the shape of those stated."""
        alike = self.shapes.get(shape(code), {}).values()
        formed = (one for one in self.reading.frameworks.values() if has_code(one.name, code))
        return {one.id: one for one in (*formed, *(one for one in alike if not has_form(one.name)))}

    def within(self, text: str) -> Iterator[str]:
        """The ids of the requirements that the report states and that a text names by their codes."""
        for code in _TOKEN.findall(text):
            framework = _one(self.codes.get(code, {}))
            if framework and code not in self.numbers:
                yield self._id(framework, code)

    def _id(self, framework: Resolved, code: str) -> str:
        id_ = identify("Requirement", framework.key, code)
        self._named[id_] = (framework, code)
        return id_

    def knows(self, id_: str) -> bool:
        """Whether an id was found here."""
        return id_ in self._named

    def state(self, id_: str, cited: str) -> None:
        """Writes down a requirement that was found here."""
        state_requirement(self.reading, *self._named[id_], cited)


def other_requirements(reading: Reading) -> OtherRequirements:
    """The requirements of a report whose controls were read before; forms of numbers of controls tell nothing."""
    codes: dict[str, dict[str, Resolved]] = {}
    shapes: dict[str, dict[str, Resolved]] = {}
    for framework, code in reading.requirements:
        codes.setdefault(code, {})[framework.id] = framework
        shapes.setdefault(shape(code), {})[framework.id] = framework
    numbers = {str(claim.values["number"]) for claim in reading.notes.claims("Control") if "number" in claim.values}
    taken = {shape(number) for number in numbers}
    told = {form: found for form, found in shapes.items() if "a" in form and form not in taken}
    return OtherRequirements(reading, codes, told, numbers)


def _one(found: dict[str, Resolved]) -> Resolved | None:
    return next(iter(found.values())) if len(found) == 1 else None


def state_requirement(reading: Reading, framework: Resolved, code: str, cited: str) -> str:
    """Writes down the requirement of a framework by its code; answers its id."""
    requirement = identify("Requirement", framework.key, code)
    reading.requirements.setdefault((framework, code))
    reading.notes.state("Framework", framework.id, cited, 2, name=framework.name)
    reading.notes.state("Requirement", requirement, cited, name=code, code=code)
    reading.notes.link("HAS_REQUIREMENT", framework.id, requirement, cited)
    return requirement
