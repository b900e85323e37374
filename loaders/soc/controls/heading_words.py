"""The words of which the headings over columns of controls are made."""

from __future__ import annotations

import re

from loaders.soc.controls.labels import column_role

SMALL = frozenset(
    (
        *("of", "by", "the", "and", "for", "in", "to", "or", "a", "an", "with", "on", "&", "its", "from", "control"),
        *("controls", "test", "tests", "tested", "testing", "procedure", "procedures", "result", "results"),
        *("performed", "activity", "activities", "number", "no", "owner", "objective", "objectives", "criteria"),
        *("criterion", "response", "responses", "description", "noted", "service", "auditor", "auditor's"),
        *("auditor’s", "management", "management's", "management’s", "specified", "operating", "effectiveness"),
        *("reference", "frequency", "nature", "type", "exceptions", "deviations", "applied", "organization"),
        *("organisation", "organization's", "as"),
    )
)
_OF_HEADINGS = frozenset(
    (
        *("trust", "services", "common", "principles", "independent", "organisation's", "how", "often", "manual"),
        *("automated", "related", "mapped", "addressed", "design", "party", "parties", "role", "responsible"),
        *("identifier", "id", "ref", "method", "category", "as", "described", "entity", "company", "provider"),
    )
)


def are_of_headings(text: str) -> bool:
    """Whether a text has words of headings alone, as a line of a heading of several lines."""
    written = [word for word in re.split(r"[\s/]+", text.strip()) if word]
    if not written or written[0] in ("A", "An"):  # A sentence begins.
        return False
    words = [word.strip("()[]/.,:*’'").lower() for word in written]
    return all(word in SMALL or word in _OF_HEADINGS or column_role(word) for word in words)
