"""Labels whose values stand in a column of their own without a colon, as `Owner      Head of IT`, written with one.

A word and a gap alone are no label: the values of at least two kinds of labels begin often at one place of the line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.lines import Line

_PADDED = re.compile(r"^(?P<label>\s*[A-Z][\w’'()/-]*(?: [\w’'()/-]+){0,4})(?P<gap> {2,})(?P<value>\S.*)$")
_KINDS = (Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.PERFORMER, Role.CRITERION)
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """A line that may be a padded label: its role, and where its label and its value begin."""

    role: Role
    places: tuple[int, int]
    text: str


def with_colons(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a colon behind the labels of a padded column."""
    found = {number: one for number, text in lines if (one := _padded(text))}
    columns = _columns(found.values())
    return [
        (number, found[number].text if number in found and found[number].places in columns else text)
        for number, text in lines
    ]


def _columns(found: Iterable[_Found]) -> frozenset[tuple[int, int]]:
    """The places at which labels of several kinds and their values begin."""
    roles = defaultdict[tuple[int, int], list[Role]](list)
    for one in found:
        roles[one.places].append(one.role)
    return frozenset(place for place, of in roles.items() if len(of) >= _FEWEST and len(set(of)) > 1)


def _padded(text: str) -> _Found | None:
    found = _PADDED.match(text.rstrip())
    label = label_in(found["label"]) if found else None
    if found is None or label is None or label[0] not in _KINDS or label_in(found["value"]):
        return None
    start = len(found["label"]) - len(found["label"].lstrip())
    return _Found(label[0], (start, found.start("value")), f"{found['label']}:{found['gap'][1:]}{found['value']}")
