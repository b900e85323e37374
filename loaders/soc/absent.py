"""What a report of its kind has and what was not found in this one, so that nothing is missing without a word."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.soc.kinds import ReportKind
from loaders.soc.reading import Reading
from loaders.soc.sections import Part, Section

_PARTS = (
    (Part.AUDITOR, "no part is titled as the auditor's report: no opinion, auditor and date of signature are read"),
    (Part.DESCRIPTION, "no part is titled as the description of the system"),
)
_LABELS = (
    (("Service",), "no service in scope could be read"),
    (
        ("Facility", "Region", "EdgeLocation"),
        "no place could be read: no office, no data center and no Region is stated",
    ),
)
_OF_TYPE_2 = (("ControlTest",), "no test of a control could be read, and the report is of type 2")


def warn_of_absent(reading: Reading, kind: ReportKind, sections: Sequence[Section]) -> None:
    """Warns of parts and of lists that a report of its kind has and of which nothing was found; all has to be read."""
    notes = reading.notes
    there = {section.part for section in sections}
    said = [message for part, message in _PARTS if part not in there]
    wanted = (*_LABELS, _OF_TYPE_2) if kind.number != "3" and kind.report_type == "type_2" else _LABELS
    said += [message for labels, message in wanted if not any(notes.claims(*labels))]
    for message in said:
        notes.warn(kind.first_line, message)
