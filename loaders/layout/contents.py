"""Tables of contents whose titles and pages a single space parts, as printed text leaves them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TITLE = re.compile(r"^\W*(?:table of )?contents\W*$", re.IGNORECASE)
_PAGE_AT_END = re.compile(r"(?<=\S)\s+(?P<page>\d{1,4})\s*$")
_FEWEST = 3


def contents_entries(lines: Sequence[str]) -> frozenset[int]:
    """The indices of the entries below the title of a table of contents, whatever stands before their pages."""
    titles = (index for index, line in enumerate(lines) if _TITLE.match(line))
    return frozenset(entry for at in titles for entry in _below(lines, at + 1))


def with_tabs(lines: Sequence[str]) -> list[str]:
    """The lines, with a tab before the page of each entry of the table of contents."""
    entries = contents_entries(lines)
    return [_PAGE_AT_END.sub(r"\t\g<page>", line) if i in entries else line for i, line in enumerate(lines)]


def _below(lines: Sequence[str], at: int) -> list[int]:
    """Where the lines that end in the number of a page stand, each of the same page as the one above or a later."""
    found: list[int] = []
    last = 0
    for index, line in enumerate(lines[at:], at):
        page = _PAGE_AT_END.search(line)
        if line.strip() and (page is None or int(page["page"]) < last):
            break
        if page:
            found.append(index)
            last = int(page["page"])
    return found if len(found) >= _FEWEST else []
