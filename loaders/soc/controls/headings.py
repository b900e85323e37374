"""The headings over tables of controls: what the columns below them hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layout.table_columns import Segment
from loaders.layout.text import clean
from loaders.soc.controls.heading_words import SMALL
from loaders.soc.controls.labels import Role, column_role
from loaders.soc.controls.numbers import number_in
from loaders.soc.controls.results import is_procedure

_LONGEST_HEADING = 60
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
    roles = _listing(_told_apart(_with_wording(roles, words), words), words)
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


def _listing(roles: list[Role | None], words: Sequence[str]) -> list[Role | None]:
    """Beside criteria or objectives with their statement a last column of numbers lists the controls that meet them."""
    between = zip(roles[1:-1], words[1:-1], strict=True)
    stated = all(role is None or (role is Role.CONTROL and not _OF_CONTROLS.search(word)) for role, word in between)
    lists = roles[0] in (Role.CRITERION, Role.OBJECTIVE) and roles[-1] is Role.NUMBER
    return [roles[0], *[None] * (len(roles) - 2), Role.CONTROL] if lists and stated else roles


_OF_CONTROLS = re.compile(r"\b(?:controls?|activit(?:y|ies))\b", re.IGNORECASE)


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


def tiers(roles: list[Role | None], columns: Sequence[Sequence[str]]) -> list[Role | None]:
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
