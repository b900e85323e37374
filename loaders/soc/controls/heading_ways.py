"""The ways in which lines may name columns side by side: which words are the title of one column, which of the next.

In print the titles of columns that are full touch each other, and long ones go on in the lines below. Which words
belong together is told by what they say; where that is open the rows beneath decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from loaders.layout.table_bars import is_row
from loaders.layout.text import clean, ends_sentence, has_bullet
from loaders.soc.controls.cell_labels import holds_label
from loaders.soc.controls.heading_words import SMALL, are_of_headings
from loaders.soc.controls.headings import roles_of, tiers
from loaders.soc.controls.labels import Role, column_role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in

_WORD = re.compile(r"\S+")
_CAMEL = re.compile(r"(?<=[a-z.)])(?=[A-Z])")
_JOINING = frozenset(("of", "the", "by", "and", "for", "&", "to", "in", "or", "a", "with", "on", "/", "as"))
_BEGINNING = frozenset(
    (
        *("service", "auditor's", "auditors'", "auditor’s", "auditors’", "independent", "management's", "management’s"),
        *("operating", "how", "trust", "applicable", "related", "management", "relevant", "common", "no.", "summary"),
    )
)
# A sentence ends inside, or a result begins: words of a cell.
_SAID = re.compile(r"[a-z]{4}[.;] |^No (?:relevant )?(?:exceptions?|deviations?)\b")
_CONTINUING = _JOINING | {
    "performed",
    "specified",
    "provided",
    "conducted",
    "applied",
    "executed",
    "described",
    "tested",
}
_BEFORE_NOUN = frozenset(("control", "test", "activity"))
_NOUNS = frozenset(("activity", "activities", "description", "no.", "number", "id", "procedures", "procedure"))
_NAMED_BY = re.compile(r"\bby(?: the)?(?: [A-Z][\w.,&’'-]*)*$")
# The name of a firm goes on in the line below: `by Ash &`.
_NAME_GOES_ON = re.compile(r"\bby(?: the)?(?: [A-Z][\w.,’'-]*)+ & $")
_MOST_LINES, _LONGEST, _MOST_COLUMNS, _MOST_WAYS, _TRIED = 5, 100, 9, 400, 10
_UNKNOWN, _TWICE, _OPEN, _SEVERAL, _SPLIT, _PARTED, _TURNED = 3.0, 4.0, 4.0, 2.0, 0.3, 3.0, 1.0
_NEAR, _FARTHEST, _ASKED = 3, 9, 40
_ASIDE, _MOST_ASIDE = 0.05, 0.5
_FEWEST, _SEVERAL_COLUMNS, _SHORT = 2, 3, 5


@dataclass(frozen=True, slots=True)
class HeadingWay:
    """One way to read a heading: what its columns hold, about where they begin, how many lines it takes, its titles."""

    roles: tuple[Role | None, ...]
    starts: tuple[int, ...]
    size: int
    titles: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that stand together on a line."""

    line: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_Column = tuple[_Words, ...]


def heading_ways(lines: Sequence[Line], position: int) -> list[HeadingWay]:
    """The ways to read the heading of a table of controls that begins at a line, the likeliest first."""
    found: dict[tuple[str, ...], HeadingWay] = {}
    columns: list[tuple[_Column, ...]] = [()]
    are_beside, seen = False, list[_Words]()
    for size, (number, text) in enumerate(lines[position : position + _MOST_LINES], 1):
        parts = _segments(number, text)
        if not parts or is_row(text) or not _may_be_heading(parts) or (size > 1 and not _goes_on(columns, parts, size)):
            break
        seen += parts
        are_beside = are_beside or any(a.end < b.start for a in seen for b in seen)
        columns = [way for known in columns for way in _with_line(known, parts)][:_MOST_WAYS]
        for one in columns if are_beside else ():
            way = _way(one, size)
            if way is not None and way.titles not in found:
                found[way.titles] = way
    largest = max((way.size for way in found.values()), default=0)
    return sorted((way for way in found.values() if way.size == largest), key=lambda way: way.cost)[:_TRIED]


def _segments(line: int, text: str) -> list[_Words]:
    return [_Words(line, m.start(), m.group()) for m in re.finditer(r"\S+(?: \S+)*", text.expandtabs())]


def _may_be_heading(parts: Sequence[_Words]) -> bool:
    """Whether all words of a line are of headings or have a capital letter."""
    if len(parts) > _MOST_COLUMNS or any(has_bullet(part.text) for part in parts):
        return False
    return all(_is_title(part.text) for part in parts) or _name_columns(parts)


def _name_columns(parts: Sequence[_Words]) -> bool:
    """Whether each of several short texts names another column, whatever small words stand in it."""
    roles = [column_role(part.text) for part in parts]
    short = all(len(part.text.split()) <= _SHORT and part.text[:1].isupper() for part in parts)
    ended = any(ends_sentence(part.text) or _SAID.search(part.text) for part in parts)
    return (
        len(parts) >= _SEVERAL_COLUMNS and None not in roles and len(set(roles)) == len(roles) and short and not ended
    )


def _is_title(text: str) -> bool:
    words = [word.strip("()[]/.,:*’'") for word in re.split(r"[\s/]+", clean(text))]
    if ends_sentence(text.rstrip(":")) and not re.search(r"\b(?:No|Nos|Nr|Ref|Freq|Resp|Obj|Desc|Crit|Id)\.$", text):
        return False
    if _SAID.search(text):
        return False
    found = number_in(text)
    if (found is not None and found.marked) or any(word[:1].isdigit() for word in words):
        return False
    return all(word[:1].isupper() or word.lower() in SMALL or not word[:1].isalpha() for word in words)


def _goes_on(columns: Sequence[tuple[_Column, ...]], parts: Sequence[_Words], size: int) -> bool:
    """Whether a line goes on with the titles above: with words of headings, or where one of them asks for more."""
    if any(holds_label(part.text) for part in parts):  # A cell goes on below a repeated heading.
        return False
    named = all(column_role(part.text) is not None for part in parts) and (
        len(parts) > 1 or (size == _FEWEST and _begins(parts[0].text.split()[0]))
    )
    if named or all(are_of_headings(part.text) for part in parts):
        return True
    asking = [column for way in columns[:_ASKED] for column in way if _asks(column)]
    return all(
        are_of_headings(part.text)
        or part.text.split()[0].lower() in _CONTINUING
        or any(_is_below(column, part) for column in asking)
        for part in parts
    )


def _asks(column: _Column) -> bool:
    """Whether the last words of a column ask for more below them."""
    text = " ".join(words.text for words in column)
    return column[-1].text.split()[-1].lower() in _JOINING or bool(_NAMED_BY.search(text))


def _is_below(column: _Column, part: _Words) -> bool:
    """Whether words stand below those of a column."""
    return min(w.start for w in column) - _NEAR <= part.start <= max(w.end for w in column)


def _with_line(columns: tuple[_Column, ...], parts: Sequence[_Words]) -> Iterator[tuple[_Column, ...]]:
    """The columns with the words of a further line, in each way in which these may be parted and added."""
    for split in product(*(list(_splits(part)) for part in parts)):
        pieces = [piece for part in split for piece in part]
        if not columns:
            yield tuple((piece,) for piece in pieces)
            continue
        ways = [columns]
        for piece in pieces:
            ways = [added for way in ways for added in _added(way, piece)]
        yield from ways


def _splits(part: _Words) -> Iterator[tuple[_Words, ...]]:
    """The ways to part words that stand together, the whole first."""
    yield (part,)
    for at in _edges(part.text):
        left, right = part.text[:at].rstrip(), part.text[at:]
        behind = _Words(part.line, part.start + at, right)
        yield from ((_Words(part.line, part.start, left), *rest) for rest in _splits(behind))


def _edges(text: str) -> Iterator[int]:
    """Where in words the title of a further column may begin: with a word of headings, behind one that may end."""
    for word in _WORD.finditer(text):
        starts = [word.start(), *(word.start() + m.start() for m in _CAMEL.finditer(word.group()))]
        for at in starts:
            before = text[:at].split()
            first = text[at:].split(maxsplit=1)[0]
            named = first[:1].isupper() and column_role(" ".join(before)) in (Role.NUMBER, Role.CRITERION)
            if before and (_may_end(before[-1]) or _NAME_GOES_ON.search(text[:at])) and (named or _begins(first)):
                yield at


def _may_end(word: str) -> bool:
    """Whether the title of a column may end with a word on a line: `by` asks for the line below."""
    return word.lower() not in _JOINING - {"by"} and not word.endswith((",", "–", "-"))


def _begins(word: str) -> bool:
    first = _CAMEL.split(word)[0]
    return word == "#" or (word[:1].isupper() and (column_role(first) is not None or first.lower() in _BEGINNING))


def _added(columns: tuple[_Column, ...], piece: _Words) -> Iterator[tuple[_Column, ...]]:
    """The columns with a piece below those over which it stands, or as one of its own."""
    over = [
        n
        for n, column in enumerate(columns)
        if min(w.start for w in column) - _NEAR <= piece.start <= max(w.end for w in column)
        or piece.start <= min(w.start for w in column) < piece.end
    ]
    before = max((n for n, column in enumerate(columns) if min(w.start for w in column) <= piece.start), default=0)
    near = min(w.start for w in columns[before])
    if not over and 0 <= piece.start - near <= _FARTHEST:
        over = [before]
    for n in over[:2]:
        yield (*columns[:n], (*columns[n], piece), *columns[n + 1 :])
    apart = all(abs(min(w.start for w in column) - piece.start) >= _NEAR for column in columns)
    if apart and (_begins(piece.text.split()[0]) or column_role(piece.text) is not None):
        at = sum(min(w.start for w in column) < piece.start for column in columns)
        yield (*columns[:at], (piece,), *columns[at:])
        # Words that touch stand before their place: what stands below them may be left of it.
        if at in over:
            yield (*columns[: at + 1], (piece,), *columns[at + 1 :])


def _way(columns: Sequence[_Column], size: int) -> HeadingWay | None:
    """Columns as a heading; None where they name no table of controls."""
    if not _FEWEST <= len(columns) <= _MOST_COLUMNS:
        return None
    titles = tuple(clean(" ".join(words.text for words in column)) for column in columns)
    roles = roles_of(titles, _LONGEST)
    if roles is None:
        return None
    return HeadingWay(
        tuple(tiers(roles, [[words.text for words in column] for column in columns]) if size > 1 else roles),
        tuple(min(words.start for words in column) for column in columns),
        size,
        titles,
        _cost(titles, columns),
    )


def _cost(titles: Sequence[str], columns: Sequence[_Column]) -> float:
    """How unlikely it is that those are the titles of columns."""
    known = [column_role(title) for title in titles]
    cost = _UNKNOWN * sum(role is None for role in known)
    for role in set(known) - {None}:
        most = 2 if role is Role.CONTROL and Role.NUMBER not in known else 1
        cost += _TWICE * max(0, known.count(role) - most)
    for title in titles:
        words = title.split()
        cost += _OPEN * (words[-1].lower() in _JOINING or words[0].lower() in _JOINING)
        cost += _SEVERAL * sum(_are_two(title[:at].rstrip(), title[at:]) for at in _edges(title))
    for left, right in pairwise(columns):
        cost += _TURNED * (min(w.start for w in left) > min(w.start for w in right))
        cost += _PARTED * any(_are_one(a, b) for a in left for b in right)
    for column in columns:
        cost += sum(min(_MOST_ASIDE, _ASIDE * abs(words.start - column[0].start)) for words in column[1:])
    return cost + _SPLIT * len(titles)


def _are_one(left: _Words, right: _Words) -> bool:
    """Whether words right behind others are usually of the same title: `Control Activity`."""
    noun = left.text.split()[-1].lower() in _BEFORE_NOUN and right.text.split()[0].lower() in _NOUNS
    return noun and left.line == right.line and 0 <= right.start - left.end <= 1


def _are_two(left: str, right: str) -> bool:
    """Whether words name a column and the next ones another."""
    above, begun = column_role(left), column_role(_CAMEL.split(right.split(maxsplit=1)[0])[0])
    if left.lower() in _BEFORE_NOUN and left != right.split(maxsplit=1)[0]:
        return False
    if left.rsplit(maxsplit=1)[-1] == right.split(maxsplit=1)[0] or left == right.split(maxsplit=1)[0]:
        return True
    return above is not None and (above is not begun if begun else above in (Role.NUMBER, Role.CRITERION))
