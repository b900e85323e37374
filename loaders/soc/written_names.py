"""The names of frameworks and criteria where a report writes them, so that each is found by its name."""

from __future__ import annotations

import re

from loaders.inputs.normalising import normalised
from loaders.soc.reading import Reading

_LABELS = ("Framework", "Requirement")


def name_what_is_written(reading: Reading) -> None:
    """States the name of a framework and the code of a criterion on each citation whose lines hold it."""
    for claim in reading.notes.claims(*_LABELS):
        first, last = map(int, claim.citation.rsplit("/", 1)[1].split("-"))
        quote = " ".join(normalised(reading.document.quote(first, last)).split())
        for key in ("name", "code", "full_name"):
            text = str(claim.values.get(key, ""))
            if text and re.search(rf"(?<![\w.]){re.escape(text)}(?![\w-]|\.\d)", quote):
                reading.notes.name(claim.id, text, "variant" if key == "full_name" else "canonical", claim.citation)
