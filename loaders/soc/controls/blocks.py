"""Controls that are written one after the other, each a block of labelled lines, read into cells with their roles.

A block begins with the number of a control. What stands behind a label goes on until the next label; tests and results
that are counted off are one each, also where all tests stand before all results.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.layout.text import clean, ends_sentence, has_bullet, is_unfinished
from loaders.soc.controls.answer_columns import answers_as_lines
from loaders.soc.controls.block_items import Block, Item
from loaders.soc.controls.block_labels import MARK, TESTS, split_at_labels
from loaders.soc.controls.counted_tests import tests_answered
from loaders.soc.controls.label_rows import rows_as_lines
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import (
    Numbered,
    criteria_in,
    criterion_in,
    families,
    follows,
    is_codes_alone,
    is_label_of_control,
    number_in,
    objective_in,
)
from loaders.soc.controls.performer_lines import with_performers
from loaders.soc.controls.register import says_not_applicable
from loaders.soc.controls.results import is_procedure, is_reference, result_of
from loaders.soc.controls.titles import Title, begin_title
from loaders.soc.controls.values import Cell, Fragment

_INLINE = re.compile(r"\s{2,}|\s[|•·]\s|;\s(?=[A-Z])|\t+")
_REFERRED = re.compile(
    r"(?<![\w.-])[A-Z]{1,8}[-.]?\d[\w.-]*\d(?:(?:,| and|, and)\s+[A-Z]{1,8}[-.]?\d[\w.-]*\d)*(?![\w-])"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(slots=True)
class BlockReader:
    """Reads the lines of the part with the controls as labelled blocks."""

    lines: Sequence[Line]
    anonymous: bool = False
    cells: list[Cell] = field(default_factory=list)
    _letters: frozenset[str] = frozenset()
    _block: Block | None = None
    _title: Title | None = None
    _current: tuple[Role, str] | None = None
    _role: Role | None = None
    _item: Item | None = None
    _gap: bool = False
    _last: str | None = None
    _excluded: Item | None = None
    _width: int = 80
    _before: str = ""

    def read(self) -> list[Cell]:
        """All cells of the blocks, in order."""
        self.lines = with_performers(rows_as_lines(answers_as_lines(self.lines)))
        self._letters = families(f for _, text in self.lines if (f := _leading_number(text)) and f.letters)
        lengths = sorted(len(text) for _, text in self.lines if text.strip())
        self._width = lengths[int(0.95 * (len(lengths) - 1))] if lengths else 80
        for number, text in self.lines:
            for part in split_at_labels(text):
                self._read_line(number, part)
        self._end_title()
        self._end_block()
        return self.cells

    def _read_line(self, line: int, text: str) -> None:
        bare = clean(text)
        if not re.search(r"\w", bare):
            self._gap = True
            return
        title = None if self._names_criteria(text) else begin_title(line, bare)
        if title is not None and not (self._title and self._title.takes(bare)):
            self._begin(title)
        elif (found := self._new_control(text, bare)) is not None:
            self._begin_block(line, found)
        elif (
            (self._title is not None and self._without_controls(line, bare))
            or self._answers_tests(line, bare)
            or self._labelled(line, text)
        ):
            pass
        elif self._title is not None and self._title.open(bare):
            self._title.add(line, bare, gap=self._gap)
        elif self._excluded is not None and not self._gap:
            self._excluded.fragments.append(Fragment(line, bare))
        else:
            self._go_on(line, text, bare)
        self._gap, self._before = False, text

    def _names_criteria(self, text: str) -> bool:
        """Whether a line within a block says which criteria its control serves, and is no title of a criterion."""
        if self._block is None or self._gap:
            return False
        if self._role is Role.CRITERION and self._before.rstrip().endswith(","):
            return is_codes_alone(text)
        label = label_in(text)
        return label is not None and label[0] is Role.CRITERION and is_codes_alone(label[1])

    def _answers_tests(self, line: int, bare: str) -> bool:
        """Takes a result that says of which of the tests above it is."""
        found = tests_answered(bare) if self._role in (Role.RESULT, Role.RESPONSE) else None
        if found is None or self._block is None or is_procedure(found[1]):
            return False
        self._role, self._item = Role.RESULT, Item(Role.RESULT, " ".join(found[0]))
        self._block.items.append(self._item)
        self._item.fragments.append(Fragment(line, found[1]))
        return True

    def _without_controls(self, line: int, bare: str) -> bool:
        """Takes what stands below a criterion in place of controls: that it does not apply, or controls by number."""
        assert self._title is not None
        if self._title.role is not Role.CRITERION:
            return False
        if says_not_applicable(bare):
            self._end_title()
            self._excluded = Item(Role.RESULT, "", [Fragment(line, bare)])
            return True
        numbers = _REFERRED.search(bare) if is_reference(bare) else None
        if numbers is None:
            return False
        number, first = self._title.number, self._title.first_line
        self._end_title()
        self.cells.append(Cell(Role.MAPPED, numbers.group(), first, line, number))
        return True

    def _end_excluded(self) -> None:
        if self._excluded is not None:
            self.cells.append(self._excluded.cell())
            self._excluded = None

    def _begin(self, title: Title) -> None:
        self._end_title()
        if title.key != self._current:
            self._end_block()
        self._title = title

    def _end_title(self) -> None:
        self._end_excluded()
        if self._title is not None:
            self.cells.extend(self._title.cells())
            self._current = self._title.key
            self._title = None

    def _new_control(self, text: str, bare: str) -> Numbered | None:
        """The control whose block a line begins."""
        labelled = label_in(text)
        if labelled and labelled[0] in (Role.CONTROL, Role.NUMBER):
            found = number_in(labelled[1])
            return found if found and (found.marked or not found.rest) and not criterion_in(labelled[1]) else None
        found = number_in(bare)
        if (
            found is None
            or criteria_in(bare[: len(found.number) + 2])
            or (MARK.match(bare) and self._is_counting(bare))
        ):
            return None
        if is_label_of_control(bare):
            return found
        if not found.letters and self._is_cut(found):
            return None
        if not found.marked or (found.letters and found.letters not in self._letters) or found.rest[:1].islower():
            return None
        return found if found.letters or follows(found.number, self._last) else None

    def _is_cut(self, found: Numbered) -> bool:
        """Whether a number at the beginning of a line is the rest of the sentence above, as the year of a date."""
        above = "" if self._gap else clean(self._before)
        return bool(above) and (is_unfinished([above]) or (bool(_YEAR.fullmatch(found.number)) and not found.rest))

    def _is_counting(self, bare: str) -> bool:
        """Whether a number counts off tests or results and begins no control."""
        return self._role in (*TESTS, Role.RESPONSE) or "." not in bare.split(maxsplit=1)[0].rstrip(".)")

    def _begin_block(self, line: int, found: Numbered) -> None:
        self._end_title()
        self._end_block()
        self._block, self._last, self._role, self._item = Block(found.number, line), found.number, Role.CONTROL, None
        labelled = label_in(found.rest)
        if labelled and labelled[0] not in (Role.CONTROL, Role.NUMBER):
            self._take_label(line, *labelled)
        elif found.rest:
            self._block.heading.append(Fragment(line, found.rest.lstrip(":–—- ")))

    def _end_block(self) -> None:
        if self._block is not None:
            self.cells.extend(self._block.cells())
        self._block, self._role, self._item = None, None, None

    def _labelled(self, line: int, text: str) -> bool:
        """Takes the labels of a line; False where it has none."""
        parts = [part for part in _INLINE.split(text.strip()) if part]
        found = [label_in(part) for part in parts]
        if len(parts) > 1 and all(found):
            for label in found:
                assert label is not None
                self._take_label(line, *label)
            return True
        label = label_in(text)
        if label is None or (not label[1] and self._is_sentence(text)):
            return False
        self._take_label(line, *label)
        return True

    def _is_sentence(self, text: str) -> bool:
        """Whether a line that looks like a label is the last line of what stands above it."""
        return text.rstrip().endswith(".") or (not self._gap and self._before != "" and text.strip()[:1].islower())

    def _take_label(self, line: int, role: Role, rest: str, index: str) -> None:
        self._end_title()
        if self._block is None and self.anonymous and role is not Role.CRITERION:
            self._block = Block("", line)
        if self._block is None:
            if role is Role.CRITERION and criteria_in(rest):
                self.cells.append(Cell(role, rest, line, line))
            return
        self._role, self._item = role, None
        if role is Role.CONTROL:
            self._block.stated = [Fragment(line, rest)] if rest else []
            return
        self._item = Item(role, index)
        self._block.items.append(self._item)
        if rest:
            self._add(line, rest)

    def _go_on(self, line: int, text: str, bare: str) -> None:
        """What stands on a line without a label goes on with what stands above it."""
        if self._block is None or self._role is None:
            return
        mark = MARK.match(bare)
        if self._gap and self._is_wording_to_come():
            self._role = Role.CONTROL
        if self._gap and not self._still(bare, bool(mark)):
            self._role = None if self._role is not Role.CONTROL else self._role
            if self._role is None or self._block.stated or self._block.items:
                self._role = None
                return
        if self._role is Role.CONTROL:
            (self._block.stated or self._block.heading).append(Fragment(line, bare))
            return
        if self._role is Role.RESPONSE and mark and self._counts_on(mark["mark"]):
            self._role = Role.RESULT
        self._add(line, bare if not mark or self._role not in TESTS else text.strip(), begins=has_bullet(text))

    def _is_wording_to_come(self) -> bool:
        """Whether nothing but who performs a control stands between its number and a blank line."""
        assert self._block is not None
        said = [item.role for item in self._block.items]
        return said == [Role.PERFORMER] and not self._block.heading and not self._block.stated

    def _still(self, bare: str, marked: bool) -> bool:
        """Whether a line after a blank one goes on with the text above it."""
        if self._role is Role.CONTROL and self._block is not None:
            wording = self._block.stated or self._block.heading
            return not wording or not ends_sentence(wording[-1].text)
        if self._item is None or not self._item.fragments:
            return True
        if self._role not in (*TESTS, Role.RESPONSE):
            return bare[:1].islower() or is_unfinished([self._item.fragments[-1].text])
        if not ends_sentence(self._item.fragments[-1].text) or bare[:1].islower() or marked:
            return True
        return (self._role is Role.PROCEDURE and is_procedure(bare)) or (
            self._role is Role.RESULT and result_of(bare) is not None
        )

    def _counts_on(self, mark: str) -> bool:
        assert self._block is not None
        marks = [item.mark for item in self._block.items if item.role is Role.RESULT and item.mark]
        return bool(marks) and mark > marks[-1]

    def _add(self, line: int, text: str, *, begins: bool = False) -> None:
        assert self._block is not None
        role = self._role
        assert role is not None
        found = MARK.match(text) if role in TESTS else None
        words = clean(text[found.end() :] if found else text)
        item = self._item
        if item is None or item.role is not role or (item.fragments and (found or self._begins(words, begins))):
            item = Item(role, found["mark"] if found else "")
            self._block.items.append(item)
        elif found and not item.fragments:
            item.mark = found["mark"]
        self._item = item
        item.fragments.append(Fragment(line, words))

    def _begins(self, words: str, bulleted: bool) -> bool:
        """Whether a line begins a further test or result: after a bullet, or after a line that ended early."""
        assert self._item is not None
        if self._role not in TESTS or not ends_sentence(self._item.fragments[-1].text):
            return False
        # The line above ended early where the first word of this one would still have fitted there.
        early = self._gap or len(self._before.rstrip()) + 1 + len(words.split(" ", maxsplit=1)[0]) <= self._width
        if self._role is Role.PROCEDURE:
            return (bulleted or early) and is_procedure(words)
        return (bulleted or early) and result_of(words) is not None


def _leading_number(text: str) -> Numbered | None:
    labelled = label_in(text)
    if labelled and labelled[0] in (Role.CONTROL, Role.NUMBER):
        return number_in(labelled[1])
    return None if criterion_in(text) or objective_in(text) else number_in(text)
