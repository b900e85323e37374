"""Lines that are a day, with a place before it or alone, as those below a signature."""

from __future__ import annotations

import re

from loaders.dates import date_of, dates_in

_MOST_WORDS = 5


def dated(text: str) -> tuple[str, str] | None:
    """The date of a line that holds nothing else but a place before it, and that place."""
    alone = date_of(text)
    if alone:
        return alone, ""
    dates = dates_in(text)
    before = text[: dates[0].start].rstrip(" ,") if len(dates) == 1 else ""
    whole = bool(dates) and dates[0].end >= len(text.rstrip(" ."))
    named = before[:1].isupper() and not re.search(r"\d|:", before)
    return (dates[0].iso, before) if whole and named and len(before.split()) <= _MOST_WORDS else None
