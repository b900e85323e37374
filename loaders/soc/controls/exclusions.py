"""Trust services criteria that a report declares not applicable outside its tables of controls, with the reason.

Beside them may stand requirements of other frameworks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from loaders.layout.hyphens import glued
from loaders.layout.table_bars import row_cells
from loaders.layout.table_columns import segments
from loaders.layout.table_middle import MiddleRows, in_the_middle
from loaders.layout.text import clean, ends_sentence
from loaders.soc.controls.labels import Role, column_role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import Numbered, criteria_in, criterion_in
from loaders.soc.controls.register import reason_in, says_not_applicable

_NOT = r"(?:not (?:applicable|relevant)|do(?:es)? not apply|(?:was|were|are|is) excluded)"
_CRITERIA = r"(?:criteri(?:a|on)|subcategor(?:y|ies))"
_LIST = re.compile(
    rf"\b{_CRITERIA}\b.{{0,120}}\b{_NOT}|\b{_NOT}.{{0,60}}\b{_CRITERIA}\b|\bnon-applicable {_CRITERIA}\b",
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
            for one in excluding_table(lines, index + 1) or _listed(lines, index + 1):
                found.setdefault(one.code, one)
        if criteria_in(text):
            for one in _sentences(lines, index):
                found.setdefault(one.code, one)
    return list(found.values())


def _says(lines: Sequence[Line], index: int) -> bool:
    """Whether a line, or a line with the next, says that criteria do not apply and names none itself."""
    near = " ".join(text for _, text in lines[index : index + 2])
    if not re.search(r"criteri|subcategor|tsc|code|ref", near, re.IGNORECASE):
        return False
    text = clean(lines[index][1])
    if not text:
        return False
    if _heads_reasons(lines, index):
        return True
    below = clean(lines[index + 1][1]) if index + 1 < len(lines) else ""
    both = f"{text} {below}"
    said = _LIST.search(text) or (None if _LIST.search(below) else _LIST.search(both))
    return bool(said) and not criteria_in(text) and not any(map(_NEGATED.search, _with(both, said)))


def _with(text: str, said: re.Match[str] | None) -> list[str]:
    """The clauses of a text in which something was found."""
    words = said.group() if said else ""
    return [clause for clause in re.split(r"(?<=[.;:])\s+", text) if words[-_TAIL:] in clause]


_TAIL = 20


def _heads_reasons(lines: Sequence[Line], index: int) -> bool:
    """Whether a line heads a table of criteria with the reasons why they do not apply."""
    text = lines[index][1]
    cells = [s.text for s in segments(text)] if "|" not in text and "\t" not in text else row_cells(text)
    if len(cells) == 1 and (touching := _TOUCHING.match(cells[0])):
        cells = list(touching.groups())
    if len(cells) != _PAIR or column_role(cells[0]) not in _CODING or not _REASON.search(cells[1]):
        return False
    above = " ".join(one for _, one in lines[max(0, index - _ABOVE) : index + 1])
    return bool(re.search(rf"\b{_NOT}\b|\b(?:omitted|out of scope|non-applicable)\b", above, re.IGNORECASE))


_PAIR = 2
_TOUCHING = re.compile(r"\s*(Criteri(?:on|a)|TSC|Code|Ref\.?|Reference|No\.)\s+([A-Z].{2,60})$")
_CODING = (Role.CRITERION, Role.NUMBER)
_ABOVE = 12
_REASON = re.compile(r"\breason|\brationale\b|\bwhy\b|\bexplanation\b|\bjustification\b|\bbasis\b", re.IGNORECASE)


def excluding_rows(lines: Sequence[Line]) -> list[Exclusion]:
    """The rows of the tables in columns whose codes stand at half the height of their reasons."""
    return [one for index in range(len(lines)) if _says(lines, index) for one in excluding_table(lines, index + 1)]


def excluding_table(lines: Sequence[Line], start: int) -> list[Exclusion]:
    """The rows of a table in two columns below, where its codes stand at half the height of their reasons."""
    block = [line for line in _block(lines, start) if line[1].strip()]
    cells = [_code_and_reason(text) for _, text in block]
    if not block or not any(code for code, _ in cells):
        return []
    middle, top = in_the_middle(cells, 0, _is_code)
    if not middle or middle < top:
        return []
    rows = MiddleRows(cells, 0, _is_code, frozenset({1})).rows()
    return [
        Exclusion(code, _tidy(reduce(glued, (reason for _, reason in cells[a : b + 1]), "")), block[a][0], block[b][0])
        for a, b in rows
        for code in criteria_in(" ".join(code for code, _ in cells[a : b + 1]))
    ]


def _block(lines: Sequence[Line], start: int) -> list[Line]:
    """The lines of a table of codes and reasons: around its first code, as far as lines stand in its columns."""
    end = min(len(lines), start + _WINDOW)
    first = next((at for at in range(start, end) if _begins_with_code(lines[at][1])), None)
    if first is None:
        return []
    top = first
    while top > start and (not lines[top - 1][1].strip() or _is_indented(lines[top - 1][1])):
        top -= 1
    last = first
    for at in range(first, end):
        if lines[at][1].strip() and not (_begins_with_code(lines[at][1]) or _is_indented(lines[at][1])):
            break
        last = at
    return list(lines[top : last + 1])


def _begins_with_code(text: str) -> bool:
    parts = segments(text)
    return bool(parts) and _is_code(parts[0].text)


def _is_indented(text: str) -> bool:
    """Whether a line has but the text of a second column."""
    parts = segments(text)
    return len(parts) == 1 and parts[0].start >= _INDENT


_INDENT = 8


def _code_and_reason(text: str) -> tuple[str, str]:
    parts = segments(text)
    code = parts[0].text if _is_code(parts[0].text) else ""
    return code, clean(" ".join(part.text for part in parts[1 if code else 0 :]))


def _is_code(text: str) -> bool:
    """Whether a cell has codes of criteria alone."""
    return bool(_CODES.fullmatch(text.strip())) and bool(criteria_in(text))


_CODES = re.compile(r"(?:[A-Z]{1,2}\d?\.?\d{1,2}(?:\.\d{1,2})?(?:\s*(?:,|and|&|/)\s*|$))+")


def _listed(lines: Sequence[Line], start: int) -> Iterator[Exclusion]:
    """The items below that begin with the code of a criterion or of another requirement, each with its reason."""
    codes: tuple[str, ...] = ()
    reason, first, last, gaps = "", 0, 0, 0
    for number, text in lines[start : start + _WINDOW]:
        bare = re.sub(r"^\(?\d{1,2}[.)]\s+(?=[A-Z]{1,2}\d)", "", clean(text.strip("| \t")))
        if not re.search(r"\w", bare):
            gaps += 1
            continue
        item = criterion_in(bare) or _other(text)
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


def _other(text: str) -> Numbered | None:
    """The code of another requirement that fills the first cell of a row, or stands before a colon or a dash."""
    cells = [clean(c) for c in (row_cells(text) if "\t" in text or "|" in text else [s.text for s in segments(text)])]
    cells = [cell for cell in cells if cell]
    if len(cells) > 1:
        return Numbered(cells[0], cells[-1]) if _OTHER.fullmatch(cells[0]) else None
    led = _OTHER_LED.match(clean(text))
    return Numbered(led["code"], led["rest"]) if led else None


_OTHER = re.compile(r"(?:§ ?)?(?:(?:[A-Z]{1,6}[.-])+[A-Z]{0,6}\d[\w.()/-]*|\d{3}\.\d[\w.()-]*)")
_OTHER_LED = re.compile(rf"\W*(?P<code>{_OTHER.pattern})(?::|\s[–—-])\s+(?P<rest>\S.*)")


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


_TO_WHAT = re.compile(
    r"^to (?:the|this|our) (?:[\w-]+ ){0,3}?(?:system|services?|report|examination|platform)"
    r"(?: for the reasons? (?:stated|given|explained|described) in [^.]*)?\.(?:\s+|$)"
)
_THE_OTHERS = re.compile(r"(?:^|(?<=[.;])\s+)All (?:the |of the )?other criteria\b.*$")


def _tidy(reason: str) -> str:
    """A reason without the words that say that a criterion does not apply, and to what, or that all others do."""
    plain = re.sub(r"^[\s:–—-]+", "", reason).strip()
    plain = reason_in(plain) if says_not_applicable(plain) else plain
    return _THE_OTHERS.sub("", _TO_WHAT.sub("", plain))


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
