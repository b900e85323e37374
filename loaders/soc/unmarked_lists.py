"""Lists whose bullets are no letters of the text: lines set in below words that lead to a list, in one or more columns.

A program that draws its bullets leaves none in the text of a page: the margin alone tells the items from the words
around them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from loaders.layout.layout import Kind, Piece
from loaders.layout.table_columns import Segment, segments
from loaders.layout.text import clean, ends_sentence, has_bullet, number_of
from loaders.soc.column_titles import begins_small, is_title
from loaders.soc.controls.joining import Joining
from loaders.soc.controls.lines import Line
from loaders.soc.leading_to_users import leads_to_user_controls
from loaders.soc.names_in_columns import are_services, leads_to_services
from loaders.soc.services_left_out import SENTENCES
from loaders.soc.unmarked_items import is_cut, unmarked_items

_DEEPER = 3
_DEEPEST = 16
_NEAR = 2
_LONGEST_NAME = 60
_MOST_WORDS = 9
_FEWEST_NAMES = 2
_IN_SCOPE = re.compile(
    r"^\s*(?:[\dA-Z.]+\.?\s+)?(?:services|products|applications|modules)"
    r" (?:(?:not )?(?:in|within) (?:the )?scope|(?:not )?(?:covered|included)|out of scope)"
    r"(?: (?:of|by|in) (?:the|this) report)?\s*$",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:edge locations|services|products|applications|modules|regions|offices|data cent(?:er|re)s|facilities"
    r"|locations|sites)(?: (?:in|within) (?:the )?scope| covered| included)?(?: (?:of|by) (?:the|this) report)?$",
    re.IGNORECASE,
)
_TOLD_BELOW = re.compile(
    r"\bfollowing (?:[\w-]+ ){0,2}(?:services|products|applications|modules|offerings|regions|offices|facilities"
    r"|locations|sites)\b|\b(?:services|products|applications|modules|offerings|regions|offices|facilities|locations"
    r"|sites)\b(?: [\w-]+){0,2} below\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"\s[–—-]\s|:\s")
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Co|Corp)\.$|\b(?:[A-Za-z]\.){2,}$")
_BULLET = re.compile("(?:(?<=\\s)|^)[•●○◦▪■□◆❖‣►▶➢➤✓∙⁃\uf06e\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]\\s+(?=\\S)")


@dataclass(frozen=True, slots=True)
class UnmarkedLists:
    """Reads the lists without bullets among the lines of a report, which usually end at the column `end`."""

    lines: Sequence[Line]
    joining: Joining
    end: int

    def list_at(self, at: int, pieces: Sequence[Piece]) -> tuple[list[Piece], int] | None:
        """The items of the list that begins there below those pieces, and where it ends."""
        if len(bulleted(self.lines[at][1])) > 1:
            return self._bulleted(at)
        if _IN_SCOPE.match(self.lines[at][1]):
            return self._right_below(at)
        return self._set_in(at, pieces)

    def _set_in(self, at: int, pieces: Sequence[Piece]) -> tuple[list[Piece], int] | None:
        """The items of lines that are set in below words that lead to them."""
        margin = self._margin(pieces)
        first = _indent(self.lines[at][1])
        if margin is None or not 0 <= first - margin <= _DEEPEST or not self._fits(pieces[-1], first):
            return None
        if first - margin < _DEEPER:
            return self._of_services(at, pieces)
        block = self._block(at, first)
        if self._heads_deeper(at, block, first):
            return None
        lead = next((piece for piece in reversed(pieces) if piece.kind is Kind.PARAGRAPH), pieces[0])
        tells = _tells_below(lead)
        if any(len(segments(text)) > 1 for _, text in block):
            found = self._side_by_side(block) if not tells else []
        else:
            found = self._one_below_another(block, first, open_=_is_open(pieces))
        if (tells or _announces(pieces[-1])) and not all(_is_name(_EXPLAINED.split(one.text)[0]) for one in found):
            return None  # Below a heading, what is set in may be the text of the section.
        if leads_to_user_controls(lead.text) and not all(ends_sentence(one.text) for one in found):
            return None
        return (found, at + len(block)) if found else None

    def _of_services(self, at: int, pieces: Sequence[Piece]) -> tuple[list[Piece], int] | None:
        """The services of columns that are set in no deeper than the words that lead to them.

        Only the names tell these from a table: those of each column begin as others of the list do.
        """
        above = list(takewhile(lambda piece: piece.kind is not Kind.PARAGRAPH, reversed(pieces)))
        lead = pieces[-1 - len(above)].text if len(above) < len(pieces) else ""
        block = self._block(at, _indent(self.lines[at][1]))
        listed = [piece.text for piece in above if piece.kind is Kind.ITEM]
        if not block or not leads_to_services(lead) or not are_services(block, listed):
            return None
        found = self._side_by_side(block)
        return (found, at + len(block)) if found else None

    def _heads_deeper(self, at: int, block: Sequence[Line], first: int) -> bool:
        """Whether a line alone is the title of what is set in deeper below it, and no item."""
        below = next((text for _, text in self.lines[at + 1 :] if text.strip()), "")
        whole = len(block) == 1 and ends_sentence(block[0][1]) and not _ABBREVIATED.search(block[0][1].rstrip())
        return len(block) == 1 and not whole and _indent(below) > first

    def _block(self, at: int, first: int) -> list[Line]:
        """The lines that stand together there; none where one is set in less, has a mark, or is a row."""
        end = at
        while end < len(self.lines) and self.lines[end][1].strip():
            text = self.lines[end][1]
            marked = has_bullet(text) or number_of(text) or "\t" in text.strip() or text.strip().startswith("|")
            if marked or _indent(text) < first - _NEAR:
                return []
            end += 1
        return list(self.lines[at:end])

    def _margin(self, pieces: Sequence[Piece]) -> int | None:
        """Where the words begin that lead to a list: a paragraph with a colon, headings and items below it aside.

        A heading that says what is in scope leads to a list too.
        """
        last = pieces[-1] if pieces else None
        if last and _announces(last):
            return self._indent_at(last.first_line)
        heads: list[int] = []
        for piece in reversed(pieces):
            if piece.kind is Kind.PARAGRAPH:
                own = self._indent_at(piece.first_line)
                leads = piece.text.endswith(":") or _tells_below(piece) or leads_to_user_controls(piece.text)
                return max([own, *heads[:1]]) if leads else None
            if piece.kind is Kind.ROW:
                return None
            heads += [self._indent_at(piece.first_line)] if piece.kind is Kind.HEADING else []
        return None

    def _fits(self, last: Piece, first: int) -> bool:
        """Whether a list may go on there: below an item only with another one like it."""
        if last.kind is not Kind.ITEM:
            return True
        above = self._text_at(last.first_line)
        return not has_bullet(above) and abs(_indent(above) - first) <= _NEAR

    def _indent_at(self, number: int) -> int:
        return _indent(self._text_at(number))

    def _text_at(self, number: int) -> str:
        at = bisect_left(self.lines, number, key=_number)
        return self.lines[at][1] if at < len(self.lines) and self.lines[at][0] == number else ""

    def _one_below_another(self, block: Sequence[Line], first: int, *, open_: bool) -> list[Piece]:
        """The items of lines that are all set in alike; what begins small goes on with an open item, or is a text."""
        if not block or any(_indent(text) > first + _NEAR for _, text in block):
            return []
        if begins_small(block[0][1].strip()) or (open_ and block[0][1].strip()[:1].islower()):
            return []
        groups = unmarked_items(block, self.end)
        return [self._item([(number, text.strip()) for number, text in group]) for group in groups]

    def _side_by_side(self, block: Sequence[Line]) -> list[Piece]:
        """The names of columns, each from its top to its bottom; nothing where the columns are those of a table."""
        found = [(number, segment) for number, text in block for segment in segments(text)]
        starts = _starts([segment for _, segment in found])
        first = [segment.text for segment in segments(block[0][1])]
        if not all(_is_name(segment.text) for _, segment in found) or any(map(is_title, first)):
            return []
        items: list[Piece] = []
        for column in starts:
            groups: list[list[Line]] = []
            for number, segment in ((n, s) for n, s in found if abs(s.start - column) <= _NEAR):
                if groups and is_cut(groups[-1][-1][1], segment.text):
                    groups[-1].append((number, segment.text))
                else:
                    groups.append([(number, segment.text)])
            items += map(self._item, groups)
        return items

    def _right_below(self, at: int) -> tuple[list[Piece], int] | None:
        """A heading that says which services are in scope, or out of it, with the names that stand right below it."""
        end = at + 1
        while end < len(self.lines) and self.lines[end][1].strip():
            end += 1
        block = [(number, text.strip()) for number, text in self.lines[at + 1 : end]]
        names = all(_is_name(text) and text[:1].isupper() and len(segments(text)) == 1 for _, text in block)
        if len(block) < _FEWEST_NAMES or not names:
            return None
        number, text = self.lines[at]
        heading = Piece(Kind.HEADING, clean(text), number, number, text.strip())
        return [heading, *(self._item([line]) for line in block)], end

    def _bulleted(self, at: int) -> tuple[list[Piece], int]:
        """The items of columns in which each item has its bullet; what has none goes on with the item above it."""
        end = at
        columns: dict[int, list[list[Line]]] = {}
        while end < len(self.lines) and self.lines[end][1].strip():
            number, text = self.lines[end]
            for segment in _with_bullets(text):
                known = [start for start in columns if start <= segment.start + _NEAR]
                column = max(known, default=segment.start)
                if has_bullet(segment.text):
                    near = column if abs(column - segment.start) <= _NEAR else segment.start
                    columns.setdefault(near, []).append([(number, segment.text)])
                elif known:
                    columns[column][-1].append((number, segment.text))
            end += 1
        return [self._item(group) for column in sorted(columns) for group in columns[column]], end

    def _item(self, lines: Sequence[Line]) -> Piece:
        raw = self.joining.lines(lines)
        return Piece(Kind.ITEM, clean(raw), lines[0][0], lines[-1][0], raw)


def _announces(piece: Piece) -> bool:
    """Whether a piece is a heading that says that a list of what is in scope follows."""
    return piece.kind is Kind.HEADING and len(piece.text) <= _LONGEST_NAME and bool(_ANNOUNCES.search(piece.text))


def _tells_below(piece: Piece) -> bool:
    """Whether the last sentence of a paragraph says, without a colon, which services or places follow."""
    last = SENTENCES.split(piece.text)[-1]
    return piece.kind is Kind.PARAGRAPH and last.endswith(".") and bool(_TOLD_BELOW.search(last))


def _number(line: Line) -> int:
    return line[0]


def bulleted(line: str) -> list[int]:
    """Where a line has bullets that are nothing but bullets, whatever stands before them."""
    return [found.start() for found in _BULLET.finditer(line.expandtabs())]


def _with_bullets(line: str) -> list[Segment]:
    """The segments of a line; a bullet is the first word of what stands behind it."""
    text = line.expandtabs()
    cuts = [0, *bulleted(text), len(text)]
    found: list[Segment] = []
    for start, end in pairwise(cuts):
        part = text[start:end]
        whole = _BULLET.sub(lambda m: f"{m.group().strip()} ", part, count=1) if _BULLET.match(part) else part
        pieces = segments(whole)
        found += [Segment(start + one.start, one.text) for one in pieces]
    return found


def _starts(found: Sequence[Segment]) -> list[int]:
    starts: list[int] = []
    for start in sorted({segment.start for segment in found}):
        if not starts or start - starts[-1] > _NEAR:
            starts.append(start)
    return starts


def _is_open(pieces: Sequence[Piece]) -> bool:
    """Whether the last item goes on, as below a page break."""
    return bool(pieces) and pieces[-1].kind is Kind.ITEM and not ends_sentence(pieces[-1].text)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and len(text.split()) <= _MOST_WORDS and not text.endswith((".", ";", ":"))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
