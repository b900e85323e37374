"""Labelled lines in the cell of a control's wording: who owns it, how often it operates, at the cell's head or foot.

A value goes on below its line as a name does; where it can not be told from the wording nothing of the cell is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from loaders.layout.hyphens import glued
from loaders.layout.text import clean, ends_sentence, is_abbreviated, reads_as_title
from loaders.soc.controls.attributes import frequency_of, nature_of
from loaders.soc.controls.labels import Role, label_in
from loaders.soc.controls.numbers import criteria_in, is_codes_alone
from loaders.soc.controls.values import Cell, Fragment

_LABEL = re.compile(r"[•*·–—-]?\s*(?P<label>[A-Z][\w’'/]*(?: [\w’'/]+){0,4})\s?(?::|\s[–—-])(?:\s|$)")
_OPEN = re.compile(r"(?:[,&/–—-]|\b(?:and|or|of|the|for|to))$")
_APART = " |;/·•"
_MOST_WORDS = 12
_ROLES = (Role.OWNER, Role.FREQUENCY, Role.NATURE, Role.PERFORMER, Role.CRITERION)
_KNOWN: dict[Role, Callable[[str], str | None]] = {Role.FREQUENCY: frequency_of, Role.NATURE: nature_of}


def without_labelled(fragments: Sequence[Fragment]) -> tuple[list[Fragment], list[Cell]]:
    """The fragments of a control's wording without labelled lines, and what these say; all of them if none is left."""
    parts = [part for fragment in fragments for part in _at_labels(fragment)]
    wording, cells, at = list[Fragment](), list[Cell](), 0
    while at < len(parts):
        end = _end(parts, at)
        cell = _cell(parts[at:end]) if end else None
        above = wording[-1].text if wording else ""
        cut = bool(above) and not ends_sentence(above) and end < len(parts) and not _label(parts[end].text)
        # Behind a colon a list begins, of what is recorded or compared.
        listed = above.endswith(":") or _label(above) is not None
        if cell is None or cut or listed:
            wording.append(parts[at])
            at += 1
        else:
            cells.append(cell)
            at = end
    return (wording, cells) if wording and cells else (list(fragments), [])


def holds_label(text: str) -> bool:
    """Whether a known label and words behind it begin a text, or stand behind the end of a sentence in it."""
    return any((label := _label(part.text)) and label[1] for part in _at_labels(Fragment(0, text)))


def with_ends(cells: Sequence[str], begun: Sequence[bool]) -> list[str]:
    """The lines of a column of wordings, each labelled value with a full stop: it ends as sentences do.

    No value goes on over a line with which a row has `begun`.
    """
    found = list(cells)
    starts = [at for at, begins in enumerate(begun) if begins]
    for first, end in pairwise(sorted({0, *starts, len(cells)})):
        parts = [Fragment(at, cells[at]) for at in range(first, end) if cells[at]]
        for at in range(len(parts)):
            last = _end(parts, at)
            if last and not ends_sentence(parts[last - 1].text):
                found[parts[last - 1].line] += "."
    return found


def _label(text: str) -> tuple[Role, str] | None:
    """The role of a labelled line of a control, and what stands behind the label."""
    written = _LABEL.match(text)
    label = label_in(text) if written else None
    if written is None or label is None or label[0] not in _ROLES or label[2]:
        return None
    return label[0], clean(text[written.end() :])


def _at_labels(fragment: Fragment) -> Iterator[Fragment]:
    """A fragment cut before each label in it: behind a sentence, or behind the value of another label."""
    text, edges = fragment.text, [0]
    for found in _INSIDE.finditer(text):
        before = text[edges[-1] : found.start()].rstrip(_APART)
        apart = (ends_sentence(before) and not before.endswith(":")) or _label(before)
        if apart and _label(text[found.end() :]):
            edges.append(found.end())
    for first, end in pairwise((*edges, len(text))):
        part = text[first:end].rstrip(_APART if end < len(text) else None)
        yield replace(fragment, text=part, gap=fragment.gap and not first)


_INSIDE = re.compile(r"[\s|;/·•]+(?=[A-Z])")


def _end(parts: Sequence[Fragment], at: int) -> int:
    """Where the value of the label ends with which a part begins; 0 where it begins with none."""
    label = _label(parts[at].text)
    if label is None:
        return 0
    (role, text), end = label, at + 1
    while end < len(parts) and not _label(parts[end].text):
        above = parts[end + 1].text if end + 1 < len(parts) else ""
        if text and (parts[end].gap or not _goes_on(role, text, parts[end].text, above)):
            break
        text, end = glued(text, parts[end].text), end + 1
    return end


def _goes_on(role: Role, value: str, below: str, after: str) -> bool:
    """Whether a value goes on with the line below it, `after` being the one below that."""
    known = _KNOWN.get(role)
    if known is not None:
        return known(value) is None and known(glued(value, below)) is not None
    if role is Role.CRITERION:
        return is_codes_alone(below)
    if below[:1].islower() or _OPEN.search(value):
        return True
    return reads_as_title(below) and not ends_sentence(below) and not after[:1].islower()


def _cell(parts: Sequence[Fragment]) -> Cell | None:
    """What a labelled line says with those below it on which its value goes on; None where that is no value."""
    label = _label(parts[0].text)
    assert label is not None
    role, text = label
    for part in parts[1:]:
        text = glued(text, part.text)
    plain = text if is_abbreviated(text) else text.removesuffix(".")
    if not plain or len(plain.split()) > _MOST_WORDS or re.search(r"[a-z][.!?] ", plain):
        return None
    if role is Role.CRITERION:
        is_value = is_codes_alone(plain)
    elif criteria_in(plain):  # The cell beside it.
        is_value = False
    else:
        known = _KNOWN.get(role)
        is_value = (known is not None and known(plain) is not None) or plain == text or reads_as_title(plain)
    return Cell(role, plain, parts[0].line, parts[-1].last_line) if is_value else None
