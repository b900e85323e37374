"""When facilities of a report were opened or given up, as sentences beside their list say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.dates import dates_in, moment_of
from loaders.layout.pieces import Kind, Piece
from loaders.names.places import place
from loaders.soc.facility_kinds import ANY_KIND, FacilityFound, kind_of
from loaders.soc.mentions import told
from loaders.soc.scope_items import Beside
from loaders.soc.sections import Section

_WHERE = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
_CLOSED = (
    r"(?:(?:was|has been) )?closed(?: down)?|ceased (?:all )?operations?|ceased operating|ended operations?"
    r"|(?:was|has been) (?:vacated|decommissioned|shut down)"
)
_OPENED = r"(?:(?:was|has been) )?opened|(?:began|commenced|started|went into|entered) operations?"
_CHANGED = re.compile(
    rf"^(?:The|Our|Its) (?:(?P<before>{_WHERE}) (?P<first>(?i:{ANY_KIND}))"
    rf"|(?P<second>(?i:{ANY_KIND})) (?:in|at) (?P<behind>{_WHERE})(?:, {_WHERE})?)\s+"
    rf"(?:(?P<closed>{_CLOSED})|{_OPENED})\s+(?:on|in|effective|as of)\s+(?P<when>.{{4,40}})"
)
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Change:
    """A facility, by its kind and the name of its city or its code, with the day on which it was opened or given up."""

    kind: str
    where: str
    beside: Beside
    piece: Piece


def facility_changes(sections: Sequence[Section]) -> tuple[Change, ...]:
    """What the sentences of the description say of the opening and the end of facilities."""
    pieces = (piece for _, inside in told(sections) for piece in inside)
    texts = (piece for piece in pieces if piece.kind in (Kind.PARAGRAPH, Kind.ITEM))
    return tuple(one for piece in texts for one in _changes(piece))


def with_change(one: FacilityFound, changes: Sequence[Change]) -> tuple[FacilityFound, Piece | None]:
    """A facility with the days that a sentence tells of it, where nothing beside it does, and that sentence's piece."""
    names = {place(one.place).city, one.code} - {None}
    own = [change for change in changes if change.kind == one.kind and change.where in names]
    if len(own) != 1 or one.beside.from_ or one.beside.to:
        return one, None
    return replace(one, beside=one.beside.and_(own[0].beside)), own[0].piece


def _changes(piece: Piece) -> Iterator[Change]:
    for sentence in _SENTENCES.split(piece.text):
        found = _CHANGED.match(sentence)
        kind = kind_of(found["first"] or found["second"]) if found else None
        when = _day(found["when"]) if found else None
        if found and kind and when:
            beside = Beside(to=when) if found["closed"] else Beside(from_=when)
            yield Change(kind, found["before"] or found["behind"], beside, piece)


def _day(text: str) -> str | None:
    """The day, or the month, with which a text begins."""
    first = next(iter(dates_in(text)), None)
    if first is not None:
        return first.iso if first.start == 0 else None
    return moment_of(text) if re.match(r"[A-Z][a-z]+\.? (?:19|20)\d{2}\b", text) else None
