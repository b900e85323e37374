"""Where the narrative of a report cites its controls and its control objectives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.soc.controls.index import ControlIndex, control_index
from loaders.soc.narrative.adjustments import adjustment_lines
from loaders.soc.narrative.passages import RunningText
from loaders.soc.reading import Reading

_TEXT = 2

# `AB-7.1`, `LA-07`, `AC.7`, `CC6.1-02`: letters make a number distinct. One without letters counts after the word
# control, or in a list after another.
_PREFIXED = r"[A-Z]{1,10}[-.]\d+(?:\.\d+)*[a-z]?"
_OTHER = r"[A-Z]+\d+(?:[.-][A-Z0-9]+)*"
_PLAIN = r"\d+(?:\.\d+)*[a-z]?"
_END = r"(?![\w%]|[.-]\w)"
_DISTINCT = re.compile(rf"(?<![\w.-])(?:{_PREFIXED}|{_OTHER}){_END}")
_AFTER_WORD = re.compile(
    rf"(?<!Organization )\b[Cc]ontrols?(?: activit(?:y|ies))?(?: (?:[Nn]os?\.|numbers?))? (?={_PLAIN}{_END})"
)
_WORDED_PREFIX = re.compile(r"\b[Cc]ontrols? (?P<prefix>[A-Z]{1,10})-\d")
_A_NUMBER = re.compile(rf"(?:(?:(?P<prefix>[A-Z]{{1,10}})[-.])?(?P<number>{_PLAIN})|(?P<other>{_OTHER})){_END}")
_NEXT = re.compile(
    r"(?P<range>\s(?:through|thru|to|[–—-])\s|[–—])?(?(range)|(?:,? and |, (?:and )?|,? or |\s?[&/]\s?))"
    r"(?:[Cc]ontrols? )?(?=[A-Z0-9])"
)
_OBJECTIVE = re.compile(r"\bControl Objectives? (?=\d)")
_AN_OBJECTIVE = re.compile(r"(?P<number>\d+(?:\.\d+)*)(?:\s*[:–—-]\s*(?P<title>[^;()*]{3,120}))?")


@dataclass(frozen=True, slots=True)
class Cited:
    """A number that a text cites, as it is written, between two offsets.

    `worded` says that the word control stands before it, `implied` that it is not written itself, or not in full: it
    lies in a range, or takes its prefix from the number before.
    """

    written: str
    start: int
    end: int
    worded: bool
    implied: bool = False


def read_citations(reading: Reading, narrative: Iterable[RunningText]) -> None:
    """States where the text outside the tables of tests and of changes cites controls and objectives.

    Warns of unknown numbers.

    The tables of controls have to be read before.
    """
    index = control_index(reading)
    if not index.numbers:
        return
    tables = index.table_lines | adjustment_lines(reading)
    texts = [text for text in narrative if not tables.intersection(range(text.first_line, text.last_line + 1))]
    index = index.with_prefixes(match["prefix"] for text in texts for match in _WORDED_PREFIX.finditer(text.text))
    for text in texts:
        found = {(one.written, text.lines(one.start, one.end)): one for one in cited_numbers(text.text, index)}
        for cited in found.values():
            _state_control(reading, index, text, cited)
        _state_objectives(reading, index, text)


def cited_numbers(text: str, index: ControlIndex) -> Iterator[Cited]:
    """The control numbers in a text, in order: alone, in lists, and in ranges with all that lie between."""
    end = 0
    while (start := _next_start(text, end)) is not None:
        at, sure = start
        end = at + 1
        for cited in _list_at(text, at, sure, index):
            yield cited
            end = max(end, cited.end)


def _list_at(text: str, at: int, sure: bool, index: ControlIndex) -> Iterator[Cited]:
    """The number that begins there, and those that are listed after it."""
    prefix, before = "", None
    while (found := _A_NUMBER.match(text, at)) is not None:
        prefix = found["prefix"] or ("" if found["other"] else prefix)
        plain = found["number"] and not found["prefix"]
        short = bool(plain and prefix)
        cited = Cited(f"{prefix}-{found.group()}" if short else found.group(), *found.span(), sure, implied=short)
        if before and plain and index.control(cited.written) is None:
            return
        if before and _is_range(text, before, cited):
            yield from _between(index, before, cited)
        yield cited
        following = _NEXT.match(text, cited.end)
        if following is None:
            return
        at, before = following.end(), cited


def _next_start(text: str, end: int) -> tuple[int, bool] | None:
    """Where the next number begins, and whether the word control stands before it."""
    distinct, worded = _DISTINCT.search(text, end), _AFTER_WORD.search(text, end)
    if worded and (distinct is None or worded.end() <= distinct.start()):
        return worded.end(), True
    return (distinct.start(), False) if distinct else None


def _is_range(text: str, first: Cited, last: Cited) -> bool:
    between = _NEXT.match(text, first.end)
    return bool(between and between["range"]) and last.start >= first.end


def _between(index: ControlIndex, first: Cited, last: Cited) -> Iterator[Cited]:
    """The controls of the tables whose numbers lie between two that share all but their last part."""
    start, end = index.control(first.written), index.control(last.written)
    numbers = list(index.numbers)
    same = first.written.rpartition(".")[0] == last.written.rpartition(".")[0]
    if start and end and same:
        for number in numbers[numbers.index(start.number) + 1 : numbers.index(end.number)]:
            yield Cited(number, first.start, last.end, worded=True, implied=True)


def _state_control(reading: Reading, index: ControlIndex, text: RunningText, cited: Cited) -> None:
    control = index.control(cited.written)
    lines = text.lines(cited.start, cited.end)
    if control is None:
        if index.may_be(cited.written, worded=cited.worded):
            message = f"the text cites control {cited.written}, which stands in no table"
            reading.notes.warn(lines[0], message)
        return
    citation = reading.notes.cite(*lines, text.section)
    if not cited.implied:
        reading.notes.state("Control", control.id, citation, _TEXT, name=control.number, number=control.number)
        kind = "canonical" if cited.written == control.number else "variant"
        reading.notes.name(control.id, cited.written, kind, citation)
    reading.notes.link("CITED_IN", control.id, citation, citation)


def _state_objectives(reading: Reading, index: ControlIndex, text: RunningText) -> None:
    """An objective that the text names is stated there once more."""
    for word in _OBJECTIVE.finditer(text.text):
        found = _AN_OBJECTIVE.match(text.text, word.end())
        number = found["number"] if found else ""
        id_ = index.objectives.get(number)
        lines = text.lines(word.start(), found.end() if found else word.end())
        if id_ is None:
            if index.objectives:
                reading.notes.warn(lines[0], f"the text cites control objective {number}, which stands in no table")
            continue
        title = index.titles.get(id_)
        written = title if title and found and (found["title"] or "").strip(" .").startswith(title) else None
        citation = reading.notes.cite(*lines, text.section)
        reading.notes.state("ControlObjective", id_, citation, _TEXT, number=number, name=written)
