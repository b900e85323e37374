"""Labels on the lines of blocks: where they stand within a line, and how many lines have one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from loaders.layout.text import clean, has_bullet
from loaders.soc.controls.label_rows import rows_as_lines
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.results import is_procedure, is_reference, result_of

MARK = re.compile(r"^\W{0,2}\(?(?P<mark>[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+(?=\S)")
"""The letter or number with which a test or a result is counted off."""

TESTS = (Role.PROCEDURE, Role.RESULT)
_MARK_ALONE = re.compile(r"\W*(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+")
_INSIDE = re.compile(r"(?<=[.;,:)\w])\s+(?=(?P<label>[A-Z][\w’']*(?: [\w’']+){0,4}):\s)")


def split_at_labels(text: str) -> list[str]:
    """A line cut before each label that stands within it, as where lines were joined."""
    if ": " not in text:
        return [text]
    found = (m for m in _INSIDE.finditer(text) if _begins_label(m["label"]))
    inside = (
        m for m in found if not (_MARK_ALONE.fullmatch(text[: m.end()]) or _is_longer(text[: m.start()], m["label"]))
    )
    edges = [0, *(m.end() for m in inside), len(text)]
    return [text[a:b] for a, b in pairwise(edges)]


def _is_longer(before: str, words: str) -> bool:
    """Whether the words before a label belong to it, as `Test` in `Test performed:`."""
    above = before.split()[-_LABEL_WORDS:]
    return any(_begins_label(" ".join([*above[n:], words])) for n in range(len(above)))


_LABEL_WORDS = 3


def _begins_label(words: str) -> bool:
    label = label_in(f"{words}: x")
    return label is not None and label[0] in (*TESTS, Role.RESPONSE, Role.OWNER, Role.FREQUENCY, Role.NATURE)


def labels_of(lines: Sequence[Line]) -> int:
    """How many lines have a label of tests, results or of what belongs to a control; 0 where none is one of tests."""
    written = [text for _, text in rows_as_lines(lines) if text.strip()]
    found = [text for text, below in pairwise((*written, "")) if _is_label(text, below)]
    tested = any((label := label_in(text)) and label[0] in TESTS for text in found)
    return len(found) if tested else 0


def _is_label(text: str, below: str) -> bool:
    """Whether a line is a label of tests or results, with what belongs to it behind or below it."""
    label = label_in(text)
    if label is None or label[0] not in (Role.PROCEDURE, Role.RESULT, Role.OWNER, Role.FREQUENCY):
        return False
    if label[1] or label[0] in (Role.OWNER, Role.FREQUENCY):
        return bool(label[1])
    bare = clean(below)
    said = is_procedure(bare) if label[0] is Role.PROCEDURE else result_of(bare) is not None
    return said or has_bullet(below) or bool(MARK.match(bare)) or is_reference(bare)
