"""Labels that stand alone above what they say, a blank line between, as where a table is given cell by cell.

They are written beside it, as in the columns of the table. A response that stands elsewhere than below a result is left
out: cells that were side by side come apart, and whose it is can not be told then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.layout.text import ends_sentence
from loaders.soc.controls.label_columns import role_of_parts
from loaders.soc.controls.labelled_cells import ATTRIBUTES
from loaders.soc.controls.labels import Role
from loaders.soc.controls.lines import Line

_MOST_PARTS = 3
_FEWEST = 4
_PAIR = 2
_WIDTH = 40

_Run = list[Line]


def stacks_as_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines, with the labels that stand alone beside what they say, where there are some of several kinds."""
    runs = list(_runs(lines))
    labels = [_label(run) for run in runs]
    roles = [role for role, _ in filter(None, labels) if role in (*ATTRIBUTES, Role.CRITERION)]
    if len(roles) < _FEWEST or len({*roles}) < _PAIR:
        return list(lines)
    kept = _are_kept(runs, labels)
    found = list[Line]()
    at = 0
    while at < len(runs):
        label = labels[at]
        if label is None or at + 1 == len(runs) or labels[at + 1] is not None:
            found += _with_gap(runs[at])
            at += 1
            continue
        role, size = label
        end = _end(runs, labels, at + 1)
        found += runs[at][:-size]
        value = [line for run in runs[at + 1 : end] for line in run]
        if role is not Role.RESPONSE or kept:
            found += _beside(runs[at][-size:], value)
        found += [(value[-1][0], "")]
        at = end
    return found


def _runs(lines: Sequence[Line]) -> Iterator[_Run]:
    """The lines that stand together."""
    run: _Run = []
    for number, text in lines:
        if text.strip():
            run.append((number, text))
        elif run:
            yield [*run]
            run = []
    if run:
        yield run


def _with_gap(run: _Run) -> _Run:
    return [*run, (run[-1][0], "")]


def _label(run: _Run) -> tuple[Role, int] | None:
    """The role of the label with which lines end, the whole of it, and on how many of them it stands."""
    for size in range(min(_MOST_PARTS, len(run)), 0, -1):
        role = role_of_parts(text.strip() for _, text in run[-size:])
        if role is not None:
            return role, size
    return None


def _end(runs: Sequence[_Run], labels: Sequence[object], at: int) -> int:
    """Where what a label says ends: it goes on below a gap, as of a page, in the middle of a sentence."""
    end = at + 1
    while end < len(runs) and labels[end] is None:
        above, below = runs[end - 1][-1][1], runs[end][0][1].strip()
        if ends_sentence(above) or not below[:1].islower():
            break
        end += 1
    return end


def _are_kept(runs: Sequence[_Run], labels: Sequence[tuple[Role, int] | None]) -> bool:
    """Whether each response stands right below a result."""
    roles = [(role, at) for at, label in enumerate(labels) if label for role in label[:1]]
    above = [
        (roles[n - 1][0] if n else None, at - roles[n - 1][1])
        for n, (role, at) in enumerate(roles)
        if role is Role.RESPONSE
    ]
    return all(role is Role.RESULT and distance == _PAIR for role, distance in above)


def _beside(label: _Run, value: _Run) -> Iterator[Line]:
    """The label and the first line of what it says on one line, the others in the column of that."""
    words = " ".join(text.strip() for _, text in label)
    yield value[0][0], f"{words.ljust(_WIDTH)}{value[0][1].strip()}"
    yield from ((number, " " * _WIDTH + text.strip()) for number, text in value[1:])
