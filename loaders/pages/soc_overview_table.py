"""The table of a SOC overview page, its cells run together or between strokes: what it says of which report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.pages.prose import Passage

REPORTS = ("1", "2", "3")
_ROWS = {
    "standard": re.compile(r"[A-Z][^.?!|]*\b[Ss]tandard\b[^.?!|]*\?"),
    "purpose": re.compile(r"(?:What's|What’s|What is|What)[^.?!|]*\b[Pp]urpose\b[^.?!|]*\?"),
    "audience": re.compile(r"(?:Who|What)[^.?!|]*\b[Aa]udience\b[^.?!|]*\?"),
    "period": re.compile(r"What[^.?!|]*\b[Pp]eriod\b[^.?!|]*\?"),
}
_LABELS = {
    "standard": re.compile(r"\bstandards?\b", re.IGNORECASE),
    "purpose": re.compile(r"\bpurpose\b", re.IGNORECASE),
    "audience": re.compile(r"\baudience\b|\bfor whom\b|\breaders?\b", re.IGNORECASE),
    "period": re.compile(r"\bperiod\b", re.IGNORECASE),
}
_PERIOD = re.compile(r"(?P<months>\d+) months:?\s*ending (?P<ends>\d{1,2}/\d\d(?:,\s+\d{1,2}/\d\d)*)")
_MONTHS = re.compile(r"\b(\d{1,2})[ -]months?\b")
_CELL = re.compile(r"(?<=[a-z]) (?=[A-Z][a-z]+ )")
_AIM = re.compile(r"(?:^|(?<=\s))(?=To [a-z]+ )")
_HERE = re.compile(r"\s+here$")
_BELOW = re.compile(r"\s-(?=\s|$)|\n|[.?!]\s+(?=[A-Z][^.?!]*\?)")
_FINANCIAL = re.compile(r"\bfinancial\s+reporting\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:(?:Under|By|To|For|In|With|Against|According to|In accordance with) (?:what|which|whom)"
    r"|What|Which|Who|Whose|How|When|Where|Why)\b"
)
_VERB_FIRST = re.compile(r"(?:Is|Are|Can|Could|Do|Does|Did|Has|Have|Will|May|Should|Must)\b")
_HEAD = re.compile(r"^\s*SOC\s+(?P<number>[123])\b")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row of the table says of one report; `label` says what the row is about."""

    report: str
    label: str
    question: str
    text: str
    first_line: int
    last_line: int
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row whose cells cannot be told apart."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class SocTable:
    """The cells, where the table begins and ends in the text, the rows that it lacks, what could not be read."""

    cells: tuple[Cell, ...]
    span: tuple[int, int]
    missing: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its question, and where its text begins and ends in the passage."""

    label: str
    question: str
    begin: int
    start: int
    end: int


Part = tuple[int, int]


def read_run_together(text: Passage) -> SocTable:
    """The table whose rows begin with their questions, and whose cells follow one another."""
    rows = _rows(text.text)
    cells, doubts = list[Cell](), list[Doubt]()
    for row in rows:
        parts = _PARTS[row.label](text, row)
        if parts is None:
            message = f"the cells of the row {row.question!r} cannot be told apart; none is read"
            doubts.append(Doubt(text.lines(row.begin, row.start)[0], message))
        for report, spans in parts or ():
            first, last = spans[0][0], spans[-1][1]
            words = "\n".join(" ".join(text.text[a:b].split()) for a, b in spans)
            months = tuple(int(m["months"]) for m in _PERIOD.finditer(words)) if row.label == "period" else ()
            cells.append(Cell(report, row.label, row.question, words, *text.lines(first, last), months=months))
    found = {row.label for row in rows if text.text[row.start : row.end].strip()}
    missing = tuple(label for label in _ROWS if label not in found) if rows else ()
    span = (min(r.begin for r in rows), max(r.end for r in rows)) if rows else (0, 0)
    return SocTable(tuple(cells), span, missing, tuple(doubts))


def question_at(text: str) -> int:
    """Where the question begins that ends a text: cells of a table, which end in no sign, may run into it."""
    if _VERB_FIRST.match(text):
        return 0
    found = _ASKS.search(text)
    return found.start() if found else 0


def _rows(text: str) -> list[_Row]:
    """The rows in their order; each ends where the next begins, the last at a separator or a question below."""
    asked = [(m, label) for label, pattern in _ROWS.items() for m in [pattern.search(text)] if m]
    asked.sort(key=lambda found: found[0].start())
    found: list[_Row] = []
    for index, (match, label) in enumerate(asked):
        begin = match.start() + match.group().rfind("? ") + 1
        following = asked[index + 1][0].start() if index + 1 < len(asked) else None
        below = _BELOW.search(text, match.end())
        end = following if following is not None else below.start() if below else len(text)
        question = text[begin : match.end()].strip()
        found.append(_Row(label, question[question_at(question) :], begin, match.end(), end))
    return found


def _standards(text: Passage, row: _Row) -> list[tuple[str, list[Part]]] | None:
    """Each cell begins with a standard of the kind with which the first one begins, whatever its number."""
    words = text.text[row.start : row.end].strip().split(",")[0].split()
    first = r"\s+".join(re.sub(r"\\?\d+", r"\\d+", re.escape(word)) for word in words[:3])
    starts = [m.start() for m in re.finditer(first, text.text[row.start : row.end])] if first else []
    return _one_each(row, starts)


def _purposes(text: Passage, row: _Row) -> list[tuple[str, list[Part]]] | None:
    """The aims that speak of financial reporting are those of SOC 1, which is about it; the others go in order.

    A cell may give several aims, so that their number alone does not say whose they are.
    """
    starts = [m.start() for m in _AIM.finditer(text.text[row.start : row.end])]
    parts = [(row.start + a, row.start + b) for a, b in zip(starts, [*starts[1:], row.end - row.start], strict=True)]
    financial = [part for part in parts if _FINANCIAL.search(text.text[slice(*part)])]
    others = [part for part in parts if part not in financial]
    if not financial or len(others) != len(REPORTS) - 1 or not text.text[row.start :].lstrip().startswith("To "):
        return None
    return [(REPORTS[0], financial), *((report, [part]) for report, part in zip(REPORTS[1:], others, strict=True))]


def _audiences(text: Passage, row: _Row) -> list[tuple[str, list[Part]]] | None:
    """Cells are told apart by the capital letter with which each begins."""
    words = text.text[row.start : row.end]
    lead = len(words) - len(words.lstrip())
    return _one_each(row, [lead, *(m.end() for m in _CELL.finditer(words))])


def _periods(text: Passage, row: _Row) -> list[tuple[str, list[Part]]] | None:
    return _one_each(row, [m.start() for m in _PERIOD.finditer(text.text[row.start : row.end])])


def _one_each(row: _Row, starts: Sequence[int]) -> list[tuple[str, list[Part]]] | None:
    """A cell for each report, from where each begins; None where there are more or fewer."""
    if len(starts) != len(REPORTS):
        return None
    ends = [*starts[1:], row.end - row.start]
    parts = [(row.start + a, row.start + b) for a, b in zip(starts, ends, strict=True)]
    return [(report, [part]) for report, part in zip(REPORTS, parts, strict=True)]


_PARTS = {"standard": _standards, "purpose": _purposes, "audience": _audiences, "period": _periods}


def without_here(text: str) -> str:
    """An audience without the word of a link behind it."""
    return _HERE.sub("", text)


def read_delimited(lines: Sequence[str]) -> tuple[SocTable, frozenset[int]] | None:
    """A table whose cells stand between strokes or tabs, its head naming the reports, and its lines.

    A row may be folded. The head is a row too, of the label `report`.
    """
    for index in range(len(lines)):
        mark = "|" if lines[index].strip().startswith("|") else "\t"
        last, heads = _row_at(lines, index, mark)
        reports = {column: m["number"] for column, cell in enumerate(heads) if (m := _HEAD.match(cell))}
        if len(reports) > 1:
            cells = tuple(_cells_of(lines, index, mark, reports))
            span = frozenset(range(index + 1, max((c.last_line for c in cells), default=last + 1) + 1))
            return SocTable(cells, (0, 0)), span
    return None


def _cells_of(lines: Sequence[str], head: int, mark: str, reports: dict[int, str]) -> Iterator[Cell]:
    last, heads = _row_at(lines, head, mark)
    for column, report in reports.items():
        yield Cell(report, "report", "", heads[column], head + 1, last + 1)
    index = last + 1
    while index < len(lines) and mark in lines[index]:
        last, cells = _row_at(lines, index, mark)
        for column, report in reports.items():
            if column < len(cells) and cells[column]:
                label = next((name for name, pattern in _LABELS.items() if pattern.search(cells[0])), cells[0])
                months = tuple(int(n) for n in _MONTHS.findall(cells[column])) if label == "period" else ()
                yield Cell(report, label, cells[0], cells[column], index + 1, last + 1, months)
        index = last + 1


def _row_at(lines: Sequence[str], index: int, mark: str) -> tuple[int, list[str]]:
    """The index of the last line of the row that begins there, and its cells; a folded row ends in a stroke."""
    last, row = index, lines[index]
    while mark == "|" and last + 1 < len(lines) and lines[last + 1].strip():
        if row.rstrip().endswith("|") and lines[last + 1].strip().startswith("|"):
            break
        last += 1
        row = f"{row.rstrip()} {lines[last].strip()}"
    text = row.strip()
    return last, [cell.strip() for cell in (text.strip("|") if mark == "|" else text).split(mark)]
