"""Requirements of frameworks beside the trust services criteria, by their codes: which of them a report speaks of.

Columns of controls and tables from requirements to controls state them below the name of their framework. Elsewhere a
code stands alone; it is one of the framework that has it, or that alone has codes of its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.identifiers import identify
from loaders.names.resolution import Resolved
from loaders.soc.controls.numbers import shape
from loaders.soc.framework_names import has_code
from loaders.soc.reading import Reading

_CODE = re.compile(r"(?:§ ?)?(?P<code>(?:[A-Z]{1,6}[.-])*[A-Z]{0,6}\d[\w.()/-]*)")
_TOKEN = re.compile(r"[A-Z\d][\w.()/-]*[\w)]")


@dataclass(slots=True)
class OtherRequirements:
    """The codes that a report states, each with the framework that alone has it, and the forms of those codes."""

    reading: Reading
    codes: dict[str, Resolved | None]
    shapes: dict[str, Resolved | None]
    _named: dict[str, tuple[Resolved, str]] = field(default_factory=dict)

    def find(self, text: str) -> str | None:
        """The id of the requirement of which a text is the code; None where it is no code, or of no one framework."""
        found = _CODE.fullmatch(text.strip())
        code = found["code"] if found else ""
        framework = self.codes[code] if code in self.codes else self.shapes.get(shape(code)) or self._formed(code)
        return self._id(framework, code) if framework else None

    def _formed(self, code: str) -> Resolved | None:
        """The one framework of the report whose codes have this form, where none of them is stated elsewhere."""
        found = {one.id: one for one in self.reading.frameworks.values() if has_code(one.name, code)}
        return next(iter(found.values())) if len(found) == 1 and shape(code) not in self.shapes else None

    def within(self, text: str) -> Iterator[str]:
        """The ids of the requirements that the report states and that a text names by their codes."""
        for code in _TOKEN.findall(text):
            framework = self.codes.get(code)
            if framework:
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
    codes: dict[str, set[str]] = {}
    shapes: dict[str, set[str]] = {}
    frameworks = {framework.id: framework for framework, _ in reading.requirements}
    for framework, code in reading.requirements:
        codes.setdefault(code, set()).add(framework.id)
        shapes.setdefault(shape(code), set()).add(framework.id)
    numbers = {str(claim.values["number"]) for claim in reading.notes.claims("Control") if "number" in claim.values}
    taken = {shape(number) for number in numbers}
    told = {form: ids for form, ids in shapes.items() if "a" in form and form not in taken}
    return OtherRequirements(
        reading,
        {code: _one(ids, frameworks) if code not in numbers else None for code, ids in codes.items()},
        {form: _one(ids, frameworks) for form, ids in told.items()},
    )


def _one(ids: set[str], frameworks: dict[str, Resolved]) -> Resolved | None:
    return frameworks[next(iter(ids))] if len(ids) == 1 else None


def state_requirement(reading: Reading, framework: Resolved, code: str, cited: str) -> str:
    """Writes down the requirement of a framework by its code; answers its id."""
    requirement = identify("Requirement", framework.key, code)
    reading.requirements.setdefault((framework, code))
    reading.notes.state("Framework", framework.id, cited, 2, name=framework.name)
    reading.notes.state("Requirement", requirement, cited, name=code, code=code)
    reading.notes.link("HAS_REQUIREMENT", framework.id, requirement, cited)
    return requirement
