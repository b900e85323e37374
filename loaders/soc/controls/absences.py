"""Sentences that stand below a criterion in place of its controls: who meets it instead, or that it does not apply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.layout.table_bars import is_row, row_cells
from loaders.layout.table_columns import segments
from loaders.layout.text import clean, ends_sentence, has_bullet
from loaders.soc.controls.exclusions import Exclusion
from loaders.soc.controls.headings import roles_of
from loaders.soc.controls.labels import label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import Numbered, criterion_in, number_in, objective_in
from loaders.soc.controls.register import reason_in, says_not_applicable
from loaders.soc.controls.results import is_procedure
from loaders.soc.controls.titles import names_absence
from loaders.soc.controls.values import Tables

_LONGEST = 6
_FEW = 2


@dataclass(frozen=True, slots=True)
class Absence:
    """What stands below a criterion in place of controls, and on which lines."""

    code: str
    text: str
    lines: tuple[int, ...]


def absences(lines: Sequence[Line]) -> list[Absence]:
    """The sentences below criteria after which another criterion follows."""
    titles = [(at, found) for at in range(len(lines)) if (found := _title(lines[at][1]))]
    return [one for (at, title), (end, _) in pairwise(titles) if (one := _absence(lines, at, end, title))]


def unexplained(tables: Tables, lines: Sequence[Line]) -> list[Exclusion]:
    """The criteria that do not apply by what stands in place of their controls, where no reading has told it."""
    said = [one for one in absences(lines) if says_not_applicable(one.text)]
    known = {code for code, one in tables.criteria.items() if one.rationale is None}
    return [Exclusion(one.code, reason_in(one.text), one.lines[0], one.lines[-1]) for one in said if one.code in known]


def _title(text: str) -> Numbered | None:
    """The criterion whose title a line is, with the words behind its code."""
    words = text.strip("| \t")
    if is_row(text) and sum(bool(cell.strip()) for cell in row_cells(text)) > _FEW:
        return None
    found = criterion_in(clean(words)) if len(segments(words)) <= _FEW else None
    return found if found and not found.rest[:1].islower() and found.rest[:1] not in (",", ";") else None


def _absence(lines: Sequence[Line], at: int, end: int, title: Numbered) -> Absence | None:
    """What stands between a title and the next one, where it is neither a statement nor a control."""
    statement, said = title.rest, list[Line]()
    for number, text in _written(lines, at + 1, end):
        words = clean(text.strip("| \t"))
        if len(said) == _LONGEST or _is_of_table(text, words):
            return None
        if not said and not ends_sentence(statement) and not names_absence(words):
            statement = f"{statement} {words}".strip()
        elif not said and not words[:1].isupper():
            return None
        else:
            said.append((number, words))
    joined = " ".join(words for _, words in said)
    whole = statement and (ends_sentence(joined) or names_absence(joined))
    return Absence(title.number, joined, tuple(number for number, _ in said)) if said and whole else None


def _written(lines: Sequence[Line], start: int, end: int) -> Iterator[Line]:
    """The lines that are neither blank nor headings of columns, as far as they matter."""
    for number, text in lines[start:end]:
        cells = row_cells(text) if is_row(text) else [segment.text for segment in segments(text)]
        if re.search(r"\w", text) and not roles_of(cells):
            yield number, text


def _is_of_table(text: str, words: str) -> bool:
    """Whether a line is one of a table or block of controls, of a list or of a title."""
    found = number_in(words)
    numbered = bool(found and found.marked) or objective_in(words) is not None
    several = sum(bool(c.strip()) for c in row_cells(text)) > 1 if is_row(text) else len(segments(text)) > 1
    return numbered or several or has_bullet(text) or bool(label_in(words)) or is_procedure(words)
