"""One row of a table of controls: the pieces of its cells line by line, and the tests and results that they are.

Cells wrap at different heights, and a page break cuts them: what begins a further test is decided by its words and by
what stands beside it, never by the height of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.layout.hyphens import glued
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.cell_labels import without_labelled
from loaders.soc.controls.counting_off import parts_of
from loaders.soc.controls.labelled_cells import ATTRIBUTES, labelled_attributes
from loaders.soc.controls.labels import Role
from loaders.soc.controls.register import names_no_controls, says_not_applicable
from loaders.soc.controls.results import begins_test, is_procedure, is_reference, result_of
from loaders.soc.controls.values import Cell, Fragment

_AHEAD = 6
_MARK = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+\S")
_MARK_ALONE = re.compile(r"^\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+(?=[A-Z])")
_BESIDE = {Role.PROCEDURE: Role.CONTROL, Role.RESULT: Role.PROCEDURE}


_BELOW = re.compile(r"\s*\[(?P<inside>[^\[\]]{2,60})\](?=\s*(?:\([^()]*\)\s*)?$)")
_LISTED = re.compile(r"(?:[A-Z]{0,8}\d{0,2}[-.]?\d{1,4}(?:[.-]\d{1,3})*(?:\s*[,;&]\s*|\s+and\s+|\s+|$)){1,60}")
_CUT_CODE = re.compile(r"(?<=[A-Z])([-.]) (?=\d|[A-Z]{2}-\d)")
_CODES = re.compile(r"(?:(?:[A-Z]{1,6}[.-])*[A-Z§&]{0,5}(?:\s|-)?\d[\w.()/-]*(?:\s*[,;]\s*|\s+and\s+|\s+|$)){1,20}")


@dataclass(slots=True)
class Row:
    """The fragments of the cells of one control, or of the part of it that follows a heading."""

    number: str = ""
    line: int = 0
    is_broken: bool = False
    bracket: Role | None = None
    cells: dict[Role, list[Fragment]] = field(default_factory=dict)
    others: dict[str, list[Fragment]] = field(default_factory=dict)

    def add(self, role: Role, line: int, text: str, *, gap: bool = False) -> None:
        """Adds what stands in a cell on a line."""
        self.cells.setdefault(role, []).extend(_fragments(line, self._slipped(role, line, text) + text, gap=gap))

    def _slipped(self, role: Role, line: int, text: str) -> str:
        """Takes the first words of a reference out of the cell before, which they touch: `Refer` of `to CC6.2`."""
        above = self.cells.get(_BESIDE.get(role, role), [])
        words = above[-1].text.split() if above and above[-1].line == line else []
        if not text[:1].islower() or is_reference(text):
            return ""
        ends = (at for at in (len(words) - 1, len(words) - 2) if at >= 0 and words[at][0].isupper())
        begin = next((at for at in ends if is_reference(" ".join((*words[at:], text)))), None)
        if begin is None:
            return ""
        above[-1:] = [replace(above[-1], text=" ".join(words[:begin]))] if begin else []
        return " ".join((*words[begin:], ""))

    def add_whole(self, role: Role, line: int, text: str, last: int, *, gap: bool) -> None:
        """Adds a whole cell that reaches over several lines, as if it stood on the first."""
        found = [replace(one, last=last) for one in _fragments(line, text, gap=gap)]
        self.cells.setdefault(role, []).extend(found)

    def add_other(self, heading: str, line: int, text: str) -> None:
        """Adds what stands on a line in a cell below a heading of no known wording."""
        self.others.setdefault(heading, []).extend(_fragments(line, text, gap=False))

    def read(self) -> Iterator[Cell]:
        """The cells of the row: what it belongs to, the control, its attributes, then each test with its result."""
        if self.is_broken:
            if self.number:
                yield Cell(Role.CONTROL, "", self.line, self.line, self.number)
            return
        mapped = self._mapped()
        if mapped is not None:
            yield mapped
            return
        control, labelled = without_labelled(self.cells.get(Role.CONTROL, []))
        if self.number or control:
            lines = [*([self.line] if self.number else []), *(f.line for f in control), *(f.last_line for f in control)]
            wording, bracket = self._wording(control)
            yield Cell(Role.CONTROL, wording, min(lines), max(lines), self.number)
            if bracket and self.bracket:
                stands = [fragment for fragment in control if "[" in fragment.text or "]" in fragment.text]
                yield Cell(self.bracket, bracket, stands[0].line, stands[-1].last_line)
        yield from labelled
        for role in (Role.CRITERION, Role.OBJECTIVE, *ATTRIBUTES):
            yield from self._whole(role)
        for heading, found in self.others.items():
            yield from labelled_attributes((one.text, one.line, one.last_line) for one in found)
            codes = _CUT_CODE.sub(r"\1", " ".join(fragment.text for fragment in found))
            if found and _CODES.fullmatch(codes):
                yield Cell(Role.REQUIREMENT, codes, found[0].line, found[-1].line, heading)
        yield from self._tests()

    def _wording(self, control: Sequence[Fragment]) -> tuple[str, str]:
        """The wording of the control, and what stands in brackets below it, where the heading tells what that is."""
        text = joined(control)
        found = _BELOW.search(text) if self.bracket else None
        return (text[: found.start()] + text[found.end() :], found["inside"]) if found else (text, "")

    def _mapped(self) -> Cell | None:
        """The row as the controls of a criterion or objective, where its cell of controls but lists their numbers."""
        aims = self.cells.get(Role.CRITERION) or self.cells.get(Role.OBJECTIVE)
        listed = [*self.cells.get(Role.NUMBER, []), *self.cells.get(Role.CONTROL, [])]
        tested = self.cells.get(Role.PROCEDURE, [])
        text = joined(listed)
        if refers(text) and is_reference(joined(tested)):
            text, tested = _REFERS.sub("", text).rstrip("."), []
        if not aims or not listed or self.number or tested:
            return None
        if not (lists_controls(text) or says_not_applicable(text)):
            return None
        lines = [fragment.line for fragment in (*aims, *listed)]
        return Cell(Role.MAPPED, text, min(lines), max(lines), joined(aims))

    def _whole(self, role: Role) -> Iterator[Cell]:
        found = self.cells.get(role, [])
        if found:
            yield Cell(role, joined(found), found[0].line, found[-1].last_line)

    def _tests(self) -> Iterator[Cell]:
        tests, results = self._procedures(), self.cells.get(Role.RESULT, [])
        groups = _grouped(results, tests)
        whole = self._counted_off(tests, [fragment for group in groups for fragment in group[1]])
        if whole is not None:
            yield from whole
        else:
            given = dict(groups)
            yield from _cells(Role.RESULT, given.get(-1, []))
            for index, test in enumerate(tests):
                yield from _cells(Role.PROCEDURE, test)
                yield from _cells(Role.RESULT, given.get(index, []))
        yield from self._whole(Role.RESPONSE)
        yield from self._whole(Role.REMEDIATED)

    def _counted_off(self, tests: Sequence[list[Fragment]], results: list[Fragment]) -> list[Cell] | None:
        """Tests and results that are counted off by a., b., c. in one cell each."""
        procedures = [part for test in tests for part in _parts(test)]
        said = _parts(results) if results else []
        if len(said) == 1 and len(results) == len(tests) and len({f.line for t in tests for f in t[:1]}) == 1:
            each = all(result_of(fragment.text) is not None for fragment in results)
            said = [_Part(f.text, f.line, f.line) for f in results] if each else said
        if len(said) < 2 or len(said) != len(procedures):
            return None
        pairs = zip(procedures, said, strict=True)
        return [
            Cell(role, part.text, part.first_line, part.last_line)
            for p, r in pairs
            for role, part in ((Role.PROCEDURE, p), (Role.RESULT, r))
        ]

    def _procedures(self) -> list[list[Fragment]]:
        """The fragments of the procedures, one list a test."""
        found: list[list[Fragment]] = []
        fragments, results = self.cells.get(Role.PROCEDURE, []), self.cells.get(Role.RESULT, [])
        for index, fragment in enumerate(fragments):
            if not found or self._begins(fragments, index, results, found[-1][0].line):
                found.append([])
            found[-1].append(fragment)
        return _with_results(found, results)

    def _begins(self, all_: Sequence[Fragment], index: int, results: Sequence[Fragment], since: int) -> bool:
        """Whether a fragment begins a further test."""
        fragment, before = all_[index], all_[index - 1]
        marked = bool(_MARK.match(fragment.text))
        if fragment.text[:1].islower() and not marked:
            return False
        beside = _said_at(results, fragment.line)
        above = [result for result in results if since <= result.line < fragment.line]
        told = beside and bool(above) and ends_sentence(above[-1].text)
        if not ends_sentence(before.text):
            return told and fragment.line != before.line and begins_test(fragment.text)
        ahead = joined(all_[index : index + _AHEAD])
        return told or begins_test(ahead) or (marked and is_procedure(ahead))


def refers(text: str) -> bool:
    """Whether the cell of a control but points to others: `Refer to controls 1.1 and 1.5.`"""
    return bool(_REFERS.match(text)) and lists_controls(_REFERS.sub("", text).rstrip("."))


_REFERS = re.compile(r"^(?:please )?(?:refer|see)(?: also)?(?: to)?(?: the)? controls?\s+", re.IGNORECASE)


def lists_controls(text: str) -> bool:
    """Whether a text but lists the numbers of controls, or says that there are none."""
    return bool(_LISTED.fullmatch(text)) or names_no_controls(text)


def _fragments(line: int, text: str, *, gap: bool) -> list[Fragment]:
    words = (clean(part) for part in re.split(r"<br\s*/?>", text))
    return [Fragment(line, one, gap) for one in words if one]


def _said_at(results: Sequence[Fragment], line: int) -> bool:
    """Whether a result of known wording begins on a line."""
    at = next((index for index, result in enumerate(results) if result.line == line), None)
    if at is None or results[at].text[:1].islower():
        return False
    return any(result_of(text) is not None for text in (_first_sentences(results, at), results[at].text))


def _with_results(tests: list[list[Fragment]], results: Sequence[Fragment]) -> list[list[Fragment]]:
    """Sentences that begin as tests do are one test where more results than one stand beside others alone.

    Where blank lines part the tests, a sentence without one before it belongs to the test above.
    """
    beside = [any(_said_at(results, fragment.line) for fragment in test) for test in tests]
    if sum(beside) < 2 and not any(test[0].gap for test in tests[1:]):
        return tests
    merged: list[list[Fragment]] = []
    for test, told in zip(tests, beside, strict=True):
        own = told or test[0].gap or (sum(beside) < 2 and not any(t[0].gap for t in tests[1:]))
        if merged and not own:
            merged[-1].extend(test)
        else:
            merged.append(list(test))
    return merged


def _grouped(results: Sequence[Fragment], tests: Sequence[Sequence[Fragment]]) -> list[tuple[int, list[Fragment]]]:
    """The fragments of each result with the index of the test beside which it begins (-1: none)."""
    found: list[tuple[int, list[Fragment]]] = []
    for index, fragment in enumerate(results):
        beside = max((n for n, test in enumerate(tests) if test[0].line <= fragment.line), default=-1)
        if not found or _is_further(results, index, tests, beside, found):
            found.append((beside, []))
        found[-1][1].append(fragment)
    return found


def _is_further(
    results: Sequence[Fragment],
    index: int,
    tests: Sequence[Sequence[Fragment]],
    beside: int,
    found: Sequence[tuple[int, list[Fragment]]],
) -> bool:
    """Whether a fragment begins the result of a further test."""
    fragment, before = results[index], results[index - 1]
    if beside in dict(found) or fragment.text[:1].islower():
        return False
    aligned = any(test[0].line == fragment.line for test in tests)
    said = result_of(_first_sentences(results, index)) is not None or is_reference(fragment.text)
    if ends_sentence(before.text):
        return aligned or said
    return aligned and said and result_of(joined(found[-1][1])) is not None


def _first_sentences(fragments: Sequence[Fragment], index: int) -> str:
    text = joined(fragments[index : index + _AHEAD])
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text, maxsplit=1)[0]


def _cells(role: Role, fragments: Sequence[Fragment]) -> Iterator[Cell]:
    if fragments:
        parts = _parts(fragments)
        if role is Role.PROCEDURE:
            yield from (Cell(role, part.text, part.first_line, part.last_line) for part in parts)
        else:
            text = _MARK_ALONE.sub("", joined(fragments), count=1)
            yield Cell(role, text, fragments[0].line, fragments[-1].last_line)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    first_line: int
    last_line: int


def _parts(fragments: Sequence[Fragment]) -> list[_Part]:
    """The parts of a cell that are counted off, each with its lines."""
    text, found, at = joined(fragments), list[_Part](), 0
    for part in parts_of(text):
        at = max(text.find(part, at), at)
        found.append(_Part(part, _line_at(fragments, at), _line_at(fragments, at + len(part) - 1)))
        at += len(part)
    return found


def _line_at(fragments: Sequence[Fragment], offset: int) -> int:
    length = 0
    for fragment in fragments:
        length += len(fragment.text) + 1
        if offset < length:
            return fragment.line
    return fragments[-1].last_line


def joined(fragments: Sequence[Fragment]) -> str:
    """The text of fragments; one that ends in a hyphen after a letter goes on without a space."""
    text = ""
    for fragment in fragments:
        text = glued(text, fragment.text)
    return text
