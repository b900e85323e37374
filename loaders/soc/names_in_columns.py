"""Names of services that stand side by side as the cells of a table do: what tells a list in columns from a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loaders.layout.table_columns import segments
from loaders.soc.controls.lines import Line

_NEAR = 2
_FEWEST = 2
_SERVICES = re.compile(r"\b(?:services|products|applications|modules|offerings)\b[^.;]*:$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|[*†‡§¶]+)")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_SHORT = 3


def leads_to_services(text: str) -> bool:
    """Whether the last words of a paragraph say that services follow."""
    return bool(_SERVICES.search(text))


def are_services(block: Sequence[Line], listed: Sequence[str]) -> bool:
    """Whether lines hold names in columns, none of them twice, and each column one that begins as another name does.

    The other name stands in another column, or among those that are `listed` above. Cells that say something of a
    name beside them begin otherwise, and so do titles: the uppermost name of a column begins as another one does.
    """
    columns = _columns(block)
    names = [name for column in columns for name in column]
    if len(set(names)) < len(names) or not all(map(_is_named, names)):
        return False
    first = [{_first(name) for name in column} for column in columns]
    above = {_first(name) for name in listed}
    begun = Counter([*above, *(_first(name) for name in names)])
    if any(begun[_first(column[0])] < _FEWEST for column in columns):
        return False
    return all(own & above.union(*first[:at], *first[at + 1 :]) for at, own in enumerate(first))


def _columns(block: Sequence[Line]) -> list[list[str]]:
    """The names of each column, brackets and marks behind them aside; a small letter or a bracket goes on with one."""
    found: dict[int, list[str]] = {}
    for segment in (segment for _, text in block for segment in segments(text)):
        start = next((start for start in found if abs(start - segment.start) <= _NEAR), segment.start)
        column = found.setdefault(start, [])
        if column and (column[-1].count("(") > column[-1].count(")") or segment.text[:1].islower()):
            column[-1] = f"{column[-1]} {segment.text}"
        else:
            column.append(segment.text)
    return [[_BRACKETS.sub("", name).strip() for name in column] for column in found.values()]


def _is_named(name: str) -> bool:
    """Whether the words of a text begin as those of a name do, small ones aside."""
    words = _WORD.findall(name)
    return bool(words) and all(len(word) <= _SHORT or not word.islower() for word in words) and not words[0].islower()


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else ""
