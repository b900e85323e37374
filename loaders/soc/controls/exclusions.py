"""Trust services criteria that a report declares not applicable outside its tables of controls, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.layout.table_bars import row_cells
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import criteria_in, criterion_in
from loaders.soc.controls.register import reason_in, says_not_applicable

_NOT = r"(?:not (?:applicable|relevant)|do(?:es)? not apply|(?:was|were|are|is) excluded)"
_LIST = re.compile(
    rf"\bcriteri(?:a|on)\b.{{0,120}}\b{_NOT}|\b{_NOT}.{{0,60}}\bcriteri(?:a|on)\b|\bnon-applicable criteria\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:none|no|all)\b.{0,40}\bcriteria\b.{0,60}\bnot applicable\b|\ball (?:other )?criteria\b", re.IGNORECASE
)
_SAID = re.compile(
    r"^(?P<codes>.*?)\b(?:is|are|was|were|do|does)\b.{0,40}?(?:not (?:be )?(?:applicable|relevant)|not"
    r" apply)\b(?P<to>[^.;,:]{0,80}?)"
    r"(?:\s*[,;:–—-]*\s*(?:because|as|since|for the reason that|given that|due to the fact that)\s+|\s*[:–—]\s+"
    r"|\.\s+)(?P<reason>.+)$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z(“])")
_WINDOW = 60
_GAPS = 2


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A criterion that does not apply, the reason as worded, and the lines of both."""

    code: str
    reason: str
    first_line: int
    last_line: int


def exclusions(lines: Sequence[Line]) -> list[Exclusion]:
    """The criteria that those lines declare not applicable, in lists below a sentence or title, or in sentences."""
    found: dict[str, Exclusion] = {}
    for index, (_, text) in enumerate(lines):
        if _says(lines, index):
            for one in _listed(lines, index + 1):
                found.setdefault(one.code, one)
        if criteria_in(text):
            for one in _sentences(lines, index):
                found.setdefault(one.code, one)
    return list(found.values())


def _says(lines: Sequence[Line], index: int) -> bool:
    """Whether a line, or a line with the next, says that criteria do not apply and names none itself."""
    near = " ".join(text for _, text in lines[index : index + 2])
    if "criteri" not in near.lower():
        return False
    text = clean(lines[index][1])
    if not text:
        return False
    below = clean(lines[index + 1][1]) if index + 1 < len(lines) else ""
    both = f"{text} {below}"
    said = _LIST.search(text) or (_LIST.search(both) and not _LIST.search(below))
    return bool(said) and not criteria_in(text) and not _NEGATED.search(both)


def _listed(lines: Sequence[Line], start: int) -> Iterator[Exclusion]:
    """The items below that begin with the code of a criterion, each with its reason."""
    codes: tuple[str, ...] = ()
    reason, first, last, gaps = "", 0, 0, 0
    for number, text in lines[start : start + _WINDOW]:
        bare = re.sub(r"^\(?\d{1,2}[.)]\s+(?=[A-Z]{1,2}\d)", "", clean(text.strip("| \t")))
        if not re.search(r"\w", bare):
            gaps += 1
            continue
        item = criterion_in(bare)
        if item is None and codes and gaps and ends_sentence(reason):
            break
        if item is None and not codes and gaps > _GAPS + 1:
            break
        if item is not None:
            yield from (Exclusion(code, _tidy(reason), first, last) for code in codes)
            codes, reason = _codes_of(bare, item.number), _reason(text, item.rest)
            first = last = number
        elif codes:
            reason, last = f"{reason} {bare}".strip(), number
        gaps = 0
    yield from (Exclusion(code, _tidy(reason), first, last) for code in codes)


def _codes_of(bare: str, code: str) -> tuple[str, ...]:
    """The codes with which an item begins, such as `CC6.4, CC6.5: ...`."""
    head = re.match(r"\W*(?:[A-Z]{1,2}\d?\d?\.\d{1,2}(?:\s*(?:,|and|&|/)\s*)?)+", bare)
    return criteria_in(head.group()) if head and criteria_in(head.group()) else (code,)


def _reason(text: str, rest: str) -> str:
    if "\t" in text.strip() or text.count("|") > 1:
        cells = [clean(cell) for cell in row_cells(text) if clean(cell)]
        return cells[-1] if len(cells) > 1 else ""
    parts = re.split(r"\s{3,}", text.strip())
    if len(parts) > 2:
        return clean(parts[-1])
    return re.sub(r"^(?:[,&/]|and)\s*\S+\s*[:–—-]\s*", "", rest)


def _tidy(reason: str) -> str:
    plain = re.sub(r"^[\s:–—-]+", "", reason).strip()
    return reason_in(plain) if says_not_applicable(plain) else plain


def _sentences(lines: Sequence[Line], index: int) -> Iterator[Exclusion]:
    """The sentences that begin on a line and say of criteria that they do not apply, and why."""
    number, text = lines[index]
    joined, last = clean(text), number
    for more, following in lines[index + 1 : index + 6]:
        if not following.strip() or criterion_in(clean(following)):
            break
        joined, last = f"{joined} {clean(following)}", more
    for place, sentence in enumerate(_SENTENCES.split(joined)):
        found = _SAID.match(sentence)
        codes = criteria_in(found["codes"]) if found else ()
        if place and len(joined) > 4 * len(text):
            break
        if found and codes and criteria_in(text):
            for code in codes:
                yield Exclusion(code, _tidy(found["reason"]), number, last)
