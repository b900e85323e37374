"""Who performs a control, on a line of its own between its number and its wording: `Performed by Example Ltd`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.text import clean, is_abbreviated
from loaders.soc.controls.labels import label_in
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import is_label_of_control, number_in

_PERFORMED = re.compile(r"(?P<label>\s*(?:Performed|Operated|Executed) by) (?P<name>(?:the )?[A-Z][^:;|\t]{1,80})")


def with_performers(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a colon behind the label where a line alone below the number of a control says who performs it.

    What stands right below it, or is labelled, is no wording of the control, and a sentence may begin so.
    """
    return [(number, _labelled(lines, at) or text) for at, (number, text) in enumerate(lines)]


def _labelled(lines: Sequence[Line], at: int) -> str | None:
    found = _PERFORMED.fullmatch(lines[at][1].rstrip())
    if found is None or at == 0 or (found["name"].endswith(".") and not is_abbreviated(found["name"])):
        return None
    below = [clean(text) for _, text in lines[at + 1 : at + 3]]
    apart = len(below) > 1 and not below[0] and bool(below[1]) and label_in(below[1]) is None
    return f"{found['label']}: {found['name']}" if apart and _is_number(clean(lines[at - 1][1])) else None


def _is_number(text: str) -> bool:
    """Whether a line is the number of a control and nothing else."""
    labelled = label_in(text)
    found = number_in(labelled[1] if labelled else text)
    return found is not None and not found.rest and (labelled is not None or found.marked or is_label_of_control(text))
