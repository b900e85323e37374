"""The headings over tables of controls: what their columns hold, and where columns side by side begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loaders.layout.table_columns import Segment, segments
from loaders.layout.text import clean, ends_sentence, has_bullet
from loaders.soc.controls.heading_words import SMALL, are_of_headings
from loaders.soc.controls.labels import Role, column_role
from loaders.soc.controls.lines import Line
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.results import is_procedure

_LONGEST_HEADING = 60
_HEADING_LINES = 6
_LONGEST_STACKED = 100
_MAIN = frozenset({Role.NUMBER, Role.CONTROL, Role.PROCEDURE, Role.RESULT, Role.CRITERION})
_APART = 3


def roles_of(cells: Sequence[str], longest: int = _LONGEST_HEADING) -> list[Role | None] | None:
    """What the columns under those cells hold; None where they are no heading of a table of controls."""
    words = [clean(_IN_BRACKETS.sub("", cell)) or clean(cell) for cell in cells]
    written = [word for word in words if word]
    if len(written) < 2 or any(len(word) > longest or (word.endswith(".") and not _is_short(word)) for word in written):
        return None
    if any((is_procedure(word) and column_role(word) is None) or not re.match(r"\W*[A-Z]|#", word) for word in written):
        return None
    if any((found := number_in(word)) and found.marked for word in written):
        return None
    roles = [column_role(word) if word else None for word in words]
    known = [role for role in roles if role]
    if len(set(known)) < 2 or 2 * len(known) < len(written) + 1:
        return None
    roles = _told_apart(_with_wording(roles, words), words)
    return roles if len(set(roles) & _MAIN) > 1 else None


def bracketed_role(words: Sequence[str], roles: Sequence[Role | None]) -> Role | None:
    """What stands in brackets below the wording of controls, where the heading has such brackets."""
    for word, role in zip(words, roles, strict=False):
        found = _IN_BRACKETS.search(word) if role is Role.CONTROL else None
        if found and (inside := column_role(found["inside"])) in (
            Role.OWNER,
            Role.FREQUENCY,
            Role.NATURE,
            Role.PERFORMER,
        ):
            return inside
    return None


_IN_BRACKETS = re.compile(r"\s*[\[(](?P<inside>[^\[\]()]{3,40})[\])]\s*$")


def _is_short(word: str) -> bool:
    return (len(word) <= _SHORTENED and " " not in word.strip()) or bool(_SHORT_WORD.search(word))


_SHORTENED = 12
_SHORT_WORD = re.compile(r"\b(?:No|Nos|Nr|Ref|Freq|Resp|Obj|Desc|Crit|Id)\.$")


def _with_wording(roles: list[Role | None], words: Sequence[str]) -> list[Role | None]:
    """Beside a column of controls and those of their attributes a column of another heading holds the wording."""
    known = {role for role in roles if role}
    attributes = known & {Role.OWNER, Role.FREQUENCY, Role.NATURE}
    if not attributes or known & {Role.PROCEDURE, Role.RESULT} or len(known & _MAIN) != 1:
        return roles
    at = next(index for index, role in enumerate(roles) if role in _MAIN)
    beside = at + 1 if at + 1 < len(roles) and roles[at + 1] is None and words[at + 1] else None
    if beside is None or roles[at] not in (Role.CONTROL, Role.NUMBER):
        return roles
    return [*roles[:at], Role.NUMBER, Role.CONTROL, *roles[beside + 1 :]]


def _told_apart(roles: list[Role | None], words: Sequence[str]) -> list[Role | None]:
    """Of two columns of controls the first holds their numbers; a further column of a role is none."""
    if roles.count(Role.CONTROL) > 1 and Role.NUMBER not in roles:
        # Beside criteria a statement or description is theirs.
        beside = roles[0] is Role.CRITERION and not re.search(
            r"control", words[roles.index(Role.CONTROL)], re.IGNORECASE
        )
        roles[roles.index(Role.CONTROL)] = None if beside else Role.NUMBER
    seen: set[Role] = set()
    for index, role in enumerate(roles):
        if role in seen and role is not Role.CONTROL:
            roles[index] = None
        elif role:
            seen.add(role)
    return roles


def heading_at(
    lines: Sequence[Line], position: int, *, parting: bool = False
) -> tuple[list[Role | None], list[int], int, list[str]] | None:
    """The heading of columns side by side at a line: what they hold, where they begin, how many lines it takes.

    With `parting` words that name two columns are those of two, wherever the cells below begin.
    """
    first = segments(lines[position][1])
    if not first or len(first) > _MOST_COLUMNS or not all(_is_title_case(s.text) for s in first):
        return None
    first = _with_touching(first, lines, position, parting=parting)
    columns, best = [[s] for s in first], None
    for size in range(1, _HEADING_LINES + 1):
        if size > 1:
            if position + size > len(lines):
                break
            below = segments(lines[position + size - 1][1])
            if not below or not all(_is_title_case(s.text) for s in below) or len(below) > _MOST_COLUMNS:
                break
            if best and not (_completes(best[3], below) and _is_named(lines, position + size - 1)):
                break
            columns = merged(columns, _with_touching(below, lines, position + size - 1, parting=parting))
        if len(columns) > 1:
            texts = [" ".join(s.text for s in column) for column in columns]
            roles = roles_of(texts, _LONGEST_HEADING if size == 1 else _LONGEST_STACKED)
            if roles is not None and size > 1:
                roles = _tiers(roles, [[s.text for s in column] for column in columns])
            if roles is not None:
                best = (roles, [min(s.start for s in column) for column in columns], size, texts)
    return best


_MOST_COLUMNS = 9


def _with_touching(found: Sequence[Segment], lines: Sequence[Line], position: int, *, parting: bool) -> list[Segment]:
    """The cells of a line of a heading, also where but one space parts two: a column begins there below."""
    if parting and len(found) >= _FEWEST_BESIDE:
        return [part for segment in found for part in _parted(segment)]
    if len(found) < _FEWEST_BESIDE or all(" " not in segment.text for segment in found):
        return list(found)
    below = Counter(s.start for _, text in lines[position + 1 : position + _LOOKED_AT] for s in segments(text))
    return [part for segment in found for part in _touching(segment, below)]


def _touching(segment: Segment, below: Counter[int]) -> list[Segment]:
    for at, letter in enumerate(segment.text):
        left, right = segment.text[:at], segment.text[at + 1 :]
        if letter != " " or not right[:1].isupper() or left.split()[-1] in _JOINING:
            continue
        roles = (column_role(left), column_role(right))
        place = segment.start + at + 1
        # Cells that begin where the whole heading does are those of one column.
        begin = sum(below[start] for start in range(max(segment.start + _NEAR, place - _NEAR), place + _NEAR + 1))
        if roles[0] is not roles[1] and None not in roles and begin >= _FEWEST_BELOW:
            return [Segment(segment.start, left), Segment(segment.start + at + 1, right)]
    return [segment]


def _parted(segment: Segment) -> list[Segment]:
    """The cells of words that name several columns one after the other."""
    for at, letter in enumerate(segment.text):
        left, right = segment.text[:at], segment.text[at + 1 :]
        if letter == " " and right[:1].isupper() and left.split()[-1] not in _JOINING and _are_two(left, right):
            return [Segment(segment.start, left), *_parted(Segment(segment.start + at + 1, right))]
    return [segment]


def _are_two(left: str, right: str) -> bool:
    """Whether words name a column and the next ones another: of another role, the same again, or below numbers."""
    above, begun = column_role(left), column_role(right.split(maxsplit=1)[0])
    if left == right.split(maxsplit=1)[0]:
        return True
    return above is not None and (above is not begun if begun else above in (Role.NUMBER, Role.CRITERION))


_JOINING = frozenset(("of", "the", "and", "for", "&", "to", "in", "or"))
_FEWEST_BESIDE = 2
_FEWEST_BELOW = 2
_LOOKED_AT = 30
_NEAR = 6


def _completes(texts: Sequence[str], below: Sequence[Segment]) -> bool:
    """Whether a line goes on with a heading: after a small word that asks for more, or with words of headings alone."""
    known = all(are_of_headings(segment.text) for segment in below)
    asked = any(text.split()[-1] in _ASKING for text in texts if text)
    return known or asked or any(segment.text.split()[0] in _ASKING for segment in below)


def _is_named(lines: Sequence[Line], position: int) -> bool:
    """Whether a line of a heading or the next has a word with a capital letter: a small word alone is of a sentence."""
    near = [segment.text for _, text in lines[position : position + 2] for segment in segments(text)]
    written = [segment.text for segment in segments(lines[position][1])]
    return any(word[:1].isupper() for text in written for word in text.split()) or (
        len(near) > len(written) and all(text[:1].isupper() and are_of_headings(text) for text in near[len(written) :])
    )


_ASKING = frozenset(
    (*("of", "by", "the", "and", "for", "in", "to", "or", "a", "an", "with", "on", "&", "its", "as", "from"),)
)


def _tiers(roles: list[Role | None], columns: Sequence[Sequence[str]]) -> list[Role | None]:
    """The roles of columns over which two headings stand, as where a control's tests stand below its wording."""
    if Role.CONTROL in roles:
        return roles
    found = list(roles)
    for index, texts in enumerate(columns):
        first, last = column_role(texts[0]), column_role(texts[-1])
        if texts[0].split()[-1].lower() in SMALL and texts[0].split()[-1].islower():
            continue
        if first is Role.CONTROL and last is Role.PROCEDURE:
            found[index] = Role.CONTROL_OR_TEST
        elif first in (Role.FREQUENCY, Role.NATURE, Role.OWNER) and last is Role.RESULT:
            found[index] = Role.ATTRIBUTE_OR_RESULT
    return found if Role.CONTROL_OR_TEST in found else roles


def merged(columns: list[list[Segment]], below: Sequence[Segment]) -> list[list[Segment]]:
    """The columns of a heading with its next line, each cell below or above those over which it stands."""
    found = [list(column) for column in columns]
    for segment in below:
        over = [
            c
            for c in found
            if min(s.start for s in c) - _APART <= segment.start <= max(s.end for s in c)
            or segment.start <= min(s.start for s in c) < segment.end
        ]
        if over:
            over[0].append(segment)
        else:
            found.append([segment])
    return sorted(found, key=lambda column: min(s.start for s in column))


def _is_title_case(text: str) -> bool:
    """Whether words can be those of a heading: in title case but for small words, or of a known heading."""
    if text in ("No.", "Ref.", "Control No.", "Control Ref."):
        return True
    words = [word.strip("()[]/.,:*’'") for word in re.split(r"[\s/]+", clean(text))]
    if (ends_sentence(text.rstrip(":")) and not _is_short(text)) or has_bullet(text):
        return False
    plain = all(word[:1].isupper() or word in SMALL or not word[:1].isalpha() for word in words)
    known = len(words) <= _MOST_WORDS and words[0][:1].isupper() and column_role(text) is not None
    return plain or known


_MOST_WORDS = 5
