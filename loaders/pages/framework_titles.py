"""The title that stands behind the designation of a framework, as in `AT-C section 205, Examination Engagements`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.pages.claims import WORDS, Telling
from loaders.pages.frameworks import Mention

_QUOTED = re.compile(r"(?:,|,? (?:en)?titled|,? called)\s+[\"“](?P<title>[A-Z][^\"“”]{8,200}?)[,.]?[\"”]")
_SHORT = 4
_WORD = r"[A-Z][\w’'-]*"
_LINKS = r"(?:(?:and|or|of|on|over|an?|at|to|for|the|in|with|by)\s+){0,3}"
_TITLED = re.compile(rf",\s+(?:\d{{4}}\s+)?(?P<title>{_WORD}(?:[,:]?\s+{_LINKS}{_WORD})+)")
_ENDS = re.compile(r"\s*(?:[(.;]|$|, which\b|, as\b)")
_LONGEST = 300
_NEXT = re.compile(r",?\s+(?:and\s+)?$")


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a framework, between two offsets of the text."""

    text: str
    start: int
    end: int


def state_title(telling: Telling, mention: Mention, citation: str, text: str, *, run_on: bool = False) -> None:
    """Writes down the title of a framework as its full name, where no table gives one."""
    row = telling.reader.known(mention.framework)
    title = None if row and row.full_name else title_behind(telling, mention, text, run_on=run_on)
    if title:
        telling.notes.state("Framework", mention.framework.id, citation, WORDS, full_name=title.text)
        telling.notes.name(mention.framework.id, title.text, "variant", citation)


def title_behind(telling: Telling, mention: Mention, text: str, *, run_on: bool = False) -> Title | None:
    """The title right behind a designation: in quotation marks, or in capitals where such designations carry titles.

    It ends before a bracket, a clause, the next designation or the end of its sentence; in the cell of a table, whose
    lines run together (`run_on`), also where the next designation or a body stands without a sign before it.
    """
    quoted = _QUOTED.match(text, mention.end) if mention.single and telling.reader.is_numbered(mention) else None
    if quoted and all(word[0].isupper() or len(word) <= _SHORT for word in quoted["title"].split()):
        return Title(quoted["title"], *quoted.span("title"))
    if not (telling.reader.is_titled(mention.framework) and _TITLED.match(text, mention.end)):
        return None
    limit = _next_designation(telling, mention, text)
    found = _TITLED.match(text, mention.end, limit)
    if found is None or any(found["title"].startswith(form) for form in telling.forms):
        return None
    end = _before_a_body(telling, found) if run_on else found.end()
    listed = limit < len(text) and _NEXT.fullmatch(text[end:limit]) and (run_on or text[end] == ",")
    ended = end < found.end() or listed or _ENDS.match(text, end)
    title = text[found.start("title") : end].rstrip(" ,:")
    return Title(title, found.start("title"), end) if ended and " " in title else None


def _next_designation(telling: Telling, mention: Mention, text: str) -> int:
    """Where the next framework with a number begins, as far as a title may reach."""
    near = telling.reader.mentions(text[mention.start : mention.end + _LONGEST])
    numbered = (mention.start + m.start for m in near if re.search(r"\d", m.text))
    return min((start for start in numbered if start >= mention.end), default=min(len(text), mention.end + _LONGEST))


def _before_a_body(telling: Telling, found: re.Match[str]) -> int:
    """Where the title ends: before the acronym of a body that begins the next title, such as `AICPA Guide`."""
    for word in re.finditer(r"[A-Z]{3,}", found["title"]):
        if telling.names.resolve("Organization", word.group()).known:
            return found.start("title") + len(found["title"][: word.start()].rstrip())
    return found.end()
