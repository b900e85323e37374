"""Labels that stand in a column of their own, as `Owner      Head of IT`: where it begins, and where its values do.

A word and a gap alone are no label: the values of at least two kinds of labels begin often at one place of the line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.layout.text import has_bullet
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line

_PADDED = re.compile(r"^(?P<label>\s*[A-Z][\w’'()/-]*(?: [\w’'()/-]+){0,4})(?P<gap>:? {2,})(?P<value>\S.*)$")
KINDS = (Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.PERFORMER, Role.CRITERION, Role.PROCEDURE, Role.RESULT)
_FEWEST = 4
_GAP = 2


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """Where on a line labels begin, and where what they say does."""

    start: int
    value: int

    def cut(self, text: str) -> tuple[str, str] | None:
        """A line's part of the column of labels, and of the one beside it; None where its words stand elsewhere."""
        label, value = text[: self.value], text[self.value :]
        if not label.strip():
            return "", value.rstrip()
        within = len(label) - len(label.lstrip()) == self.start
        apart = not value.strip() or not label[-_GAP:].strip()
        return (label.strip(), value.rstrip()) if within and apart else None


def label_columns(lines: Sequence[Line]) -> tuple[Column, ...]:
    """The places at which labels of several kinds and their values begin."""
    roles = defaultdict[Column, list[Role]](list)
    for column, role in filter(None, (_padded(text) for _, text in lines)):
        roles[column].append(role)
    return tuple(sorted(place for place, of in roles.items() if len(of) >= _FEWEST and len(set(of)) > 1))


def role_of(words: str) -> Role | None:
    """The role of words that are a label and nothing else."""
    label = label_in(words.rstrip(" :"))
    return label[0] if label and not label[1] else None


def role_of_parts(parts: Iterable[str]) -> Role | None:
    """The role of a label that stands on several lines."""
    return role_of(" ".join(parts))


def _padded(text: str) -> tuple[Column, Role] | None:
    found = _PADDED.match(text.rstrip())
    role = role_of(found["label"]) if found else None
    if found is None or role not in KINDS or has_bullet(found["value"]) or label_in(found["value"]):
        return None
    return Column(len(found["label"]) - len(found["label"].lstrip()), found.start("value")), role
