"""What the cells of a column of controls say when they are whole: tests, results, codes, frequencies, sentences."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.layout.text import ends_sentence
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.deviations import without_response
from loaders.soc.controls.labels import Role
from loaders.soc.controls.numbers import criteria_in
from loaders.soc.controls.results import is_procedure, is_reference, result_of

PROSE = frozenset((Role.CONTROL, Role.PROCEDURE, Role.RESULT, Role.RESPONSE))
"""Columns whose cells are sentences."""
FILLED = (Role.CONTROL, Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.CRITERION, Role.PROCEDURE, Role.RESULT)
"""Columns of which no cell is empty where a control begins."""
TOLD = frozenset((Role.PROCEDURE, Role.RESULT, Role.CRITERION, Role.FREQUENCY, Role.NATURE))
"""Columns whose cells have wordings that are known."""


def holds_sentences(cells: Sequence[Sequence[str]], column: int) -> bool:
    """Whether sentences end in a column."""
    return any(ends_sentence(row[column]) and " " in row[column] for row in cells)


def reads(role: Role | None, words: str) -> bool:
    """Whether words read as a whole cell of a column does."""
    if role in (Role.PROCEDURE, Role.RESULT) and is_reference(words):
        return True
    if role is Role.PROCEDURE:
        return is_procedure(words)
    if role is Role.RESULT:
        return words[:1].isupper() and result_of(without_response(words)[0]) is not None
    if role is Role.CRITERION:
        return bool(criteria_in(words))
    if role is Role.FREQUENCY:
        return frequency_of(words) is not None
    return role is not Role.NATURE or nature_of(words) is not None
