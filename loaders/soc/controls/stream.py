"""Tables of controls that lost the borders of their cells, read as a stream of sentences into cells with their roles.

A control begins with its number, a procedure with a verb of the auditor, a result has a known wording. What comes
before the first procedure is the control's wording. What can not be told apart is a doubt, with its lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import Numbered, criterion_in, families, follows, number_in, objective_in
from loaders.soc.controls.results import CAPITAL_VERB, begins_test, is_procedure, is_reference, result_of
from loaders.soc.controls.values import Cell

_COLUMNS = re.compile(
    r"(?:(?:Control\s+)?(?:No\.?|#|Ref\.?|Number|ID)\s+)?Controls?\b(?:(?!\bControl"
    r" Objective)[^.:;]){0,80}?\bTest(?:s|ing)?\b"
    r"[^.:;]{0,80}?\bResults?\b(?:\s+of\s+(?:the\s+)?(?:[Ss]ervice\s+)?(?:[Aa]uditor[’']?s?[’']?\s+)?[Tt]est(?:s"
    r"|ing)?(?:\s+of\s+Controls)?)?"
)
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!U\.S\.)(?<!"
    r" No\.)(?<!Inc\.)[\"”’)\]]{0,2}(?:</\w+>)?\s+(?=[<“\"(•*]{0,3}[A-Z0-9])"
)
_VERB = re.compile(rf"(?<=[a-z0-9,;:)”\"’>])\s+(?=(?:{CAPITAL_VERB})\s+(?:of\s|an?\s|the\s|[a-z]))")
_ENDED = re.compile(
    r"\b[Nn]o\s+(?:relevant\s+)?(?:deviations?|exceptions?)\s+(?:were\s+|was\s+)?(?:noted|identified)"
    r"(?:\.(?=\s+[a-z])|(?=\s+(?:[A-Z]|\d{1,3}[.:])))"
)
_NONE = re.compile(
    r"(?<=\S)\s+(?=No\s+(?:relevant\s+)?(?:deviations?|exceptions?)\s+(?:were\s+|was\s+)?(?:noted|identified)\b)"
)
_TITLE = re.compile(r"(?<=\S)(?<!\bControl)\s+(?=(?:Control )?Objective \d{1,3}\s*[:–—-]\s)")
_STATEMENT = re.compile(r"^(?:<\w+>)?(?:The\s+[Cc]|C)ontrols?\s+(?:\w+\s+){0,3}(?:reasonable\s+)?assurance\b")
_STATEMENT_INSIDE = re.compile(
    r"(?<=\S)\s+(?=(?:<\w+>)?(?:The\s+[Cc]|C)ontrols?\s+(?:\w+\s+){0,2}(?:reasonable\s+)?assurance\b)"
)
_LONE_NUMBER = re.compile(r"\W*[\w.-]{1,14}[.:)]?")
# A criterion with its words at the beginning of a line.
_HEADED = re.compile(rf"(?:CC[1-9]|A1|C1|PI1|P[1-8])\.\d{{1,2}}(?:\s*[:–—-]\s+| (?!{CAPITAL_VERB}|For\b|No\b))[A-Z]")
_LONGEST_TITLE = 12
_MOST_CUT = 0.25
_ONE_EACH = 0.75
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    first_line: int
    last_line: int
    cut: bool = False


@dataclass(slots=True)
class _Open:
    """A cell that may go on."""

    role: Role
    text: str
    first_line: int
    last_line: int
    number: str = ""

    def add(self, sentence: _Sentence) -> None:
        self.text = glued(self.text, sentence.text)
        self.last_line = sentence.last_line

    def cell(self) -> Cell:
        return Cell(self.role, self.text, self.first_line, self.last_line, self.number)


@dataclass(slots=True)
class StreamReader:
    """Reads the lines of the part with the controls as sentences."""

    lines: Sequence[Line]
    doubts: list[tuple[int, str]] = field(default_factory=list)
    _cells: list[_Open | Cell] = field(default_factory=list)
    _control: _Open | None = None
    _last: _Open | None = None
    _number: str | None = None
    _current: tuple[Role, str] | None = None
    _heading: _Open | None = None
    _statement: _Open | None = None
    _broken: bool = False
    _merge: bool = True
    _letters: frozenset[str] = frozenset()

    def read(self) -> list[Cell]:
        """All cells of the stream; the titles alone where sentences of several columns are mixed."""
        sentences = list(_sentences(list(_without_group_titles(self.lines))))
        procedures = [s for s in sentences if begins_test(s.text)]
        results = [s for s in sentences if not is_procedure(s.text) and result_of(s.text) is not None]
        cut = sum(1 for s in procedures if s.cut)
        if len(procedures) >= _FEWEST and cut > _MOST_CUT * len(procedures):
            first, last = sentences[0].first_line, sentences[-1].last_line
            said = f"the columns of the tables in lines {first}-{last} run into each other; their controls are not read"
            self.doubts.append((first, said))
            sentences = [s for s in sentences if objective_in(s.text) or _STATEMENT.match(s.text)]
        self._merge = len(results) >= _ONE_EACH * len(procedures)
        self._letters = families(f for s in sentences if (f := number_in(s.text)) and f.letters)
        for sentence in sentences:
            self._take(sentence)
        self._end_heading()
        return [one.cell() if isinstance(one, _Open) else one for one in self._cells]

    def _take(self, sentence: _Sentence) -> None:
        if _COLUMNS.fullmatch(sentence.text):
            self._end_heading()
            self._broken = True
        elif self._begins_title(sentence):
            self._begin_title(sentence)
        elif self._heading is not None and self._states(sentence):
            self._add_statement(sentence)
        else:
            self._end_heading()
            self._take_cell(sentence)

    def _begins_title(self, sentence: _Sentence) -> bool:
        found = objective_in(sentence.text) or criterion_in(sentence.text)
        return found is not None and not found.rest[:1].islower()

    def _begin_title(self, sentence: _Sentence) -> None:
        self._end_heading()
        found, role = objective_in(sentence.text), Role.OBJECTIVE
        if found is None:
            found, role = criterion_in(sentence.text), Role.CRITERION
        assert found is not None
        text = found.rest
        self._heading = _Open(role, text, sentence.first_line, sentence.last_line, found.number)
        self._statement = None
        if role is Role.OBJECTIVE and _STATEMENT.match(text):
            self._heading.text = ""
            self._statement = _Open(role, text, sentence.first_line, sentence.last_line)
        if role is Role.OBJECTIVE and text.endswith("."):
            self._end_heading()

    def _states(self, sentence: _Sentence) -> bool:
        assert self._heading is not None
        if self._statement is None:
            plain = number_in(sentence.text) is None and not is_procedure(sentence.text)
            return bool(_STATEMENT.match(sentence.text)) or (plain and self._heading.role is Role.OBJECTIVE)
        return not ends_sentence(self._statement.text)

    def _add_statement(self, sentence: _Sentence) -> None:
        if self._statement is None:
            assert self._heading is not None
            self._statement = _Open(self._heading.role, clean(sentence.text), sentence.first_line, sentence.last_line)
        else:
            self._statement.add(sentence)

    def _end_heading(self) -> None:
        heading, statement = self._heading, self._statement
        if heading is None:
            return
        self._heading, self._statement, self._broken = None, None, True
        key = (heading.role, heading.number)
        last = statement.last_line if statement else heading.last_line
        again = key == self._current
        if not again:
            self._control, self._last = None, None
            self._number = None
        self._current = key
        self._cells.append(Cell(heading.role, clean(heading.text), heading.first_line, last, heading.number))
        if statement and not again:
            self._cells.append(statement)

    def _take_cell(self, sentence: _Sentence) -> None:
        found = self._new_number(sentence)
        if found is not None:
            self._begin(Role.CONTROL, sentence, found)
        elif self._control is None:
            return
        elif is_reference(sentence.text):
            # In place of a test and of its result the same words point to where they stand.
            again = self._last is not None and self._last.role is Role.PROCEDURE and is_reference(self._last.text)
            self._begin(Role.RESULT if again else Role.PROCEDURE, sentence)
        elif self._begins_procedure(sentence):
            self._begin(Role.PROCEDURE, sentence)
        elif self._is_result(sentence):
            self._begin(Role.RESULT, sentence)
        elif (label := label_in(sentence.text)) and label[0] is Role.RESPONSE:
            self._begin(Role.RESPONSE, _Sentence(label[1], sentence.first_line, sentence.last_line))
        elif label and label[0] in (Role.PROCEDURE, Role.RESULT) and label[1]:
            self._begin(label[0], _Sentence(label[1], sentence.first_line, sentence.last_line))
        else:
            self._go_on(sentence)
        self._broken = False if found or self._last is not self._control else self._broken

    def _new_number(self, sentence: _Sentence) -> Numbered | None:
        found = number_in(sentence.text)
        if found is None or not found.marked or not found.rest or found.rest[:1].islower():
            return None
        if found.letters and found.letters not in self._letters:
            return None
        last = self._last
        settled = self._broken or last is None or last.role in (Role.RESULT, Role.RESPONSE) or is_reference(last.text)
        return found if (settled or self._number is None) and follows(found.number, self._number or "0") else None

    def _begin(self, role: Role, sentence: _Sentence, found: Numbered | None = None) -> None:
        text = found.rest if found else sentence.text
        cell = _Open(role, text, sentence.first_line, sentence.last_line, found.number if found else "")
        self._cells.append(cell)
        if found:
            self._control, self._number = cell, found.number
        self._last = cell

    def _begins_procedure(self, sentence: _Sentence) -> bool:
        last = self._last
        if not begins_test(sentence.text) and not (last is self._control and is_procedure(sentence.text)):
            return False
        goes_on = last is not None and last.role is Role.PROCEDURE and self._merge
        return not goes_on

    def _is_result(self, sentence: _Sentence) -> bool:
        last = self._last
        open_ = last is not None and last.role is Role.PROCEDURE
        return open_ and not is_procedure(sentence.text) and result_of(sentence.text) is not None

    def _go_on(self, sentence: _Sentence) -> None:
        """A sentence that begins nothing goes on with the cell that is open; after a heading that is the left one."""
        last, control = self._last, self._control
        assert last is not None and control is not None
        if (self._broken and last.role is Role.RESULT and not self._result_goes_on(sentence, last)) or (
            self._broken
            and last.role is Role.PROCEDURE
            and ends_sentence(last.text)
            and not ends_sentence(control.text)
        ):
            self._resume(sentence)
        elif last.role in (Role.CONTROL, Role.PROCEDURE, Role.RESPONSE) or self._result_goes_on(sentence, last):
            last.add(sentence)
        else:
            said = f"of which cell this is a part is not told: {sentence.text!r}"
            self.doubts.append((sentence.first_line, said))

    def _resume(self, sentence: _Sentence) -> None:
        """The wording of the control goes on after a heading."""
        assert self._control is not None
        self._control.add(sentence)
        self._last = self._control

    def _result_goes_on(self, sentence: _Sentence, last: _Open) -> bool:
        if not ends_sentence(last.text):
            return sentence.text[:1].islower() or not ends_sentence(last.text)
        return result_of(last.text) in ("deviation", "not_tested") and not self._broken


def _without_group_titles(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without titles of groups: a few words below a whole sentence, right above a criterion."""
    written = [(number, text) for number, text in lines if text.strip()]
    for at, (number, text) in enumerate(written):
        above, below = (written[near][1].strip() if 0 <= near < len(written) else "" for near in (at - 1, at + 1))
        is_title = len(text.split()) <= _LONGEST_TITLE and not ends_sentence(text) and text.strip()[0].isupper()
        if not (is_title and _HEADED.match(below) and (not above or ends_sentence(above))):
            yield number, text


def _sentences(lines: Sequence[Line]) -> Iterator[_Sentence]:
    """The sentences of the lines, parted also where a title, a heading of columns or a verb of an auditor begins."""
    text, starts, numbers = _flow(lines)
    edges = {0: False, len(text): False}
    for pattern in (_SENTENCE, _TITLE, _NONE, _STATEMENT_INSIDE):
        edges.update((m.end(), False) for m in pattern.finditer(text))
    edges.update((m.end(), False) for m in _ENDED.finditer(text))
    edges.update((at, False) for at in starts if _HEADED.match(text, at))
    for found in _VERB.finditer(text):
        edges.setdefault(found.end(), True)
    for found in _COLUMNS.finditer(text):
        for inside in [at for at in range(found.start() + 1, found.end()) if at in edges]:
            del edges[inside]
        edges[found.start()] = edges[found.end()] = False
    places = sorted(edges)
    held: tuple[int, int] | None = None
    for place, end in pairwise(places):
        start = held[0] if held else place
        part = text[start:end].strip()
        if part and _LONE_NUMBER.fullmatch(part) and number_in(part) and end < len(text):
            held = (start, end)
            continue
        cut = edges.get(held[0] if held else start, False)
        held = None
        if re.search(r"\w", part):
            first = start + (len(text[start:end]) - len(text[start:end].lstrip()))
            last = first + len(part) - 1
            yield _Sentence(_tidy(part), _line(first, starts, numbers), _line(last, starts, numbers), cut)


def _tidy(text: str) -> str:
    return clean(text)


def _flow(lines: Sequence[Line]) -> tuple[str, list[int], list[int]]:
    """The lines as one text, with where each begins; a line that ends in a hyphen is joined without a space."""
    parts, starts, numbers, length = list[str](), list[int](), list[int](), 0
    for number, line in lines:
        words = " ".join(line.split())
        if not words or re.fullmatch(r"[\s|:_-]*", words):
            continue
        joint = "" if not parts or (parts[-1][-1:] == "-" and parts[-1][-2:-1].isalpha()) else " "
        starts.append(length + len(joint))
        numbers.append(number)
        parts.append(joint + words)
        length += len(joint) + len(words)
    return "".join(parts), starts, numbers


def _line(offset: int, starts: Sequence[int], numbers: Sequence[int]) -> int:
    return numbers[max(0, bisect_right(starts, offset) - 1)]
