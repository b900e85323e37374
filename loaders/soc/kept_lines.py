"""The lines of a report that its pages repeat or that but point to others, blank: running heads and feet, contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loaders.dates import date_of
from loaders.layout.contents import contents_entries
from loaders.soc.controls.furniture import Line, without_furniture
from loaders.soc.dated_lines import dated

_DIGITS = re.compile(r"\d+")
_TIMES = 3
_LONG_TITLE = 70
_SIGNED = 3
_FEW_PAGES = 3


def kept_lines(written: Sequence[str]) -> list[Line]:
    """The lines with their numbers from 1 on, blank where they are of no text."""
    return _without_contents(_with_signatures(written, _without_footers(list(without_furniture(written)))))


def _with_signatures(written: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """The lines with those days put back that no header or footer can be, for they stand on few pages, and with those
    names that stand above a day, though a running header is the same name.
    """
    whole = list(lines)
    often = max(_FEW_PAGES, sum("\f" in line for line in written) // _FEW_PAGES)
    dropped = {at: written[at].strip() for at, (_, text) in enumerate(lines) if not text.strip()}
    seen = Counter(dropped.values())
    for at in (at for at, line in dropped.items() if seen[line] <= often and dated(line)):
        whole[at] = (lines[at][0], written[at].replace("\f", ""))
    for at, (number, text) in enumerate(lines):
        if text.strip() or not any(map(str.isalpha, written[at])):
            continue
        below = [line.strip() for _, line in whole[at + 1 : at + 1 + _SIGNED] if line.strip()]
        day = next((i for i, line in enumerate(below) if date_of(line)), None)
        if day is not None and all(len(line) <= _LONG_TITLE for line in below[:day]):
            whole[at] = (number, written[at])
    return whole


def _without_footers(lines: list[Line]) -> list[Line]:
    """The lines without those that come again between blank lines, page numbers aside, wherever a page may end."""
    alone = [
        text.strip() and not _text_at(lines, at - 1) and not _text_at(lines, at + 1)
        for at, (_, text) in enumerate(lines)
    ]
    shapes = [
        _DIGITS.sub("#", " ".join(text.split())) if single else ""
        for single, (_, text) in zip(alone, lines, strict=True)
    ]
    seen = Counter(shape for shape in shapes if shape)
    return [
        (number, "" if shape and seen[shape] >= _TIMES and _is_footer(shape) else text)
        for shape, (number, text) in zip(shapes, lines, strict=True)
    ]


def _without_contents(lines: list[Line]) -> list[Line]:
    """The lines without the entries of a table of contents."""
    entries = contents_entries([text for _, text in lines])
    return [(number, "" if at in entries else text) for at, (number, text) in enumerate(lines)]


def _text_at(lines: Sequence[Line], at: int) -> bool:
    return 0 <= at < len(lines) and bool(lines[at][1].strip())


def _is_footer(shape: str) -> bool:
    numbered = bool(re.search(r"\bpage #|^- ?# ?-$", shape, re.IGNORECASE))
    return numbered or (shape.endswith("#") and shape.count(" ") >= _TIMES)
