"""Where the labels of a column stand: one wraps (`Test` above `procedures`) or stands at half the height of its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.soc.controls.label_columns import Column, role_of, role_of_parts
from loaders.soc.controls.lines import Line

_MOST_PARTS = 4
_MOST_LINES = 20
_MOST = 10


@dataclass(frozen=True, slots=True)
class Label:
    """A label, where its column stands, and which lines hold words of it."""

    words: str
    column: Column
    at: frozenset[int]


@dataclass(slots=True)
class LabelPlaces:
    """The labels that stand in some columns of lines."""

    lines: Sequence[Line]
    columns: Sequence[Column]
    _spaced: bool | None = None

    def begun(self, at: int, *, between: bool) -> Label | None:
        """The label whose row begins with a line: beside it, or lower where the label stands at half height.

        `between` says that the row above has ended, so that a line without a label may begin one.
        """
        if (label := self._label(at)) is not None or not between or self._is_written(at - 1):
            return label
        labels, run = self._labels(at), self._run(at)
        if len(labels) != 1 or not self._is_spaced():
            return None
        above = range(at, min(labels[0].at))
        beside = [labels[0].column.cut(self.lines[one][1]) for one in above]
        middle = abs(len(above) - (run[-1] - max(labels[0].at))) <= 1
        return labels[0] if middle and all(cut is not None and not cut[0] for cut in beside) else None

    def _label(self, at: int) -> Label | None:
        """The label with which a line begins, with words of it below; none where nothing stands beside it."""
        return next((found for column in self.columns if (found := self._label_in(column, at)) is not None), None)

    def _label_in(self, column: Column, at: int) -> Label | None:
        parts, places = list[str](), list[int]()
        known: Label | None = None
        said = cut_off = False
        for below in range(at, min(at + _MOST_LINES, len(self.lines))):
            cut = column.cut(self.lines[below][1])
            if not self._is_written(below):
                cut_off = True
                continue
            ends = cut is None or (not parts and not cut[0]) or len(parts) == _MOST_PARTS
            if cut is None or ends or (cut[0] and parts and not _goes_on(parts, *cut, cut_off=cut_off)):
                break
            said = said or (not cut_off and bool(cut[1].strip()))
            if cut[0]:
                parts.append(cut[0].rstrip(" :"))
                places.append(below)
                known = Label(" ".join(parts), column, frozenset(places)) if role_of_parts(parts) else known
        return known if said else None

    def _labels(self, at: int) -> list[Label]:
        """The labels of rows from a line up to the next blank one."""
        found = list[Label]()
        for below in self._run(at):
            label = self._label(below) if not found or below not in found[-1].at else None
            found += [label] if label else []
        return found

    def _is_spaced(self) -> bool:
        """Whether blank lines part the rows: else what stands above a label may be the rest of the row before."""
        if self._spaced is None:
            starts = [n for n in range(len(self.lines)) if self._is_written(n) and not self._is_written(n - 1)]
            counts = [len(self._labels(start)) for start in starts]
            self._spaced = sum(count == 1 for count in counts) > _MOST * sum(count > 1 for count in counts)
        return self._spaced

    def _is_written(self, at: int) -> bool:
        return at >= 0 and bool(self.lines[at][1].strip())

    def _run(self, at: int) -> range:
        """The lines from one up to the next blank one."""
        end = next((n for n in range(at, len(self.lines)) if not self._is_written(n)), len(self.lines))
        return range(at, end)


def _goes_on(parts: Sequence[str], label: str, value: str, *, cut_off: bool) -> bool:
    """Whether a label that has begun goes on with words below it, beside which a value may stand.

    Below a blank line, as where a page ends, they have to be no label of their own, or begin in small letters.
    """
    role, above = role_of(label), role_of_parts(parts)
    small = label[:1].islower()
    both = role_of_parts([*parts, label])
    if above is None or cut_off:
        rest = role is None or small or (not value.strip() and role is both)
        return rest and (not cut_off or both is not None)
    if both is None:
        return False
    return small or not value.strip() or role is above
