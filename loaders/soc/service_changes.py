"""Since when and until when services belong to a scope, as sentences say that stand beside their lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graph.identifiers import fold
from loaders.dates import dates_in
from loaders.layout.layout import Kind, Piece
from loaders.soc.mentions import told
from loaders.soc.reading import Member, Reading
from loaders.soc.scope_items import Beside
from loaders.soc.sections import Section

_BEGUN = (
    r"introduced|released|launched|added|first offered|offered|(?:made )?(?:generally )?available|brought into service"
)
_ENDED = r"retired|discontinued|withdrawn|removed|decommissioned|taken out of service"
_IN_SCOPE = r"(?:in|included in|within) (?:the )?scope(?: of (?:this|the) report)?"
_ON = r"(?:on|since|as of|from|with effect from|effective)"
_CHANGED = (
    rf"(?:(?:{_BEGUN}|(?P<ended>{_ENDED}))(?: (?:to|from|during) [\w ]{{1,40}}?)?"
    rf"(?:,? and (?:is|was|are|were) {_IN_SCOPE})?|{_IN_SCOPE}) {_ON} (?P<when>\S.*)$"
)
_OF_SERVICE = re.compile(
    rf"^(?:The )?(?P<name>[A-Z0-9][^.;:]{{1,80}}?)(?: service)? (?:was|were|is|are|became) {_CHANGED}"
)
_FROM_THEN = re.compile(
    r"^,? and (?:is|was|are|were|has been) (?:covered|included|in scope|examined)(?: (?:by|in) [\w ]{1,30}?)?"
    r" (?:from|since|as of) (?:that|this) (?:date|day)(?: on| onwards?)?"
)
_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")


def read_service_changes(reading: Reading, sections: Sequence[Section], members: Mapping[str, Member]) -> None:
    """States the days since when or until when listed services are in scope, where a sentence tells them.

    A day on which the report does not cover them already, or no longer, bounds no part of the period and is not stated.
    """
    services = {fold(member.name): id_ for id_, member in members.items() if id_.startswith("service/")}
    for _, pieces in told(sections):
        for name, told_, piece in _changes(pieces):
            id_, beside = services.get(fold(name)), told_.within(reading.covered)
            if id_ and not beside.nothing:
                reading.notes.link("IN_SCOPE_OF", id_, reading.assessment, reading.cite(piece), **beside.values())


def _changes(pieces: Sequence[Piece]) -> Iterator[tuple[str, Beside, Piece]]:
    """The names with which sentences begin, and what these say of them."""
    for piece in pieces:
        for sentence in _SENTENCES.split(piece.text) if piece.kind in (Kind.PARAGRAPH, Kind.ITEM) else ():
            found = _OF_SERVICE.match(sentence)
            if found and (beside := _beside(found)):
                yield found["name"], beside, piece


def _beside(found: re.Match[str]) -> Beside | None:
    """Since when, or until when, where nothing but a day ends the sentence."""
    days = dates_in(found["when"])
    if not days or days[0].start or _FROM_THEN.sub("", found["when"][days[0].end :]).strip(" .;"):
        return None
    return Beside(to=days[0].iso) if found["ended"] else Beside(from_=days[0].iso)
