"""The short names under which a report goes on speaking of its auditor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.layout.layout import Kind
from loaders.names.resolution import Resolved
from loaders.soc.reading import Reading

_SHORT = r" \((?:the )?[“\"]?(?P<short>[A-Z][\w&.-]{1,20}(?: [A-Z][\w&.-]{1,20})?)[”\"]?\)"


def read_auditor_names(reading: Reading) -> None:
    """States each place at which the report calls its auditor by a short name that it explains or a table knows.

    The auditor has to be stated before.
    """
    for auditor in {link.end for link in reading.notes.links("EXAMINED_BY")}:
        forms = dict(_forms(reading, auditor))
        if not forms:
            continue
        pattern = re.compile(rf"(?<![\w&])(?:{'|'.join(sorted(map(re.escape, forms)))})(?![\w&])")
        for piece in reading.layout.pieces:
            if piece.kind is not Kind.HEADING:
                for text in sorted(set(pattern.findall(piece.text))):
                    _state(reading, forms[text], text, reading.cite(piece))


def _forms(reading: Reading, auditor: str) -> Iterator[tuple[str, Resolved]]:
    """The short names of an auditor: those in brackets after a longer one, and the acronyms of the table."""
    claims = [claim for claim in reading.notes.claims("Organization") if claim.id == auditor]
    written = {str(claim.values["name"]) for claim in claims if "name" in claim.values}
    written |= {str(link.values["text"]) for link in reading.notes.links("HAS_NAME") if link.start == auditor}
    for name in sorted(written):
        for match in re.finditer(re.escape(name) + _SHORT, reading.document.text):
            kind = "acronym" if match["short"].isupper() else "variant"
            yield match["short"], Resolved(auditor, "Organization", name, ((match["short"], kind),))
    for text in reading.names.spellings("Organization", ""):
        found = reading.names.resolve("Organization", text)
        if found.id == auditor and any(kind == "acronym" for _, kind in found.names):
            yield text, found


def _state(reading: Reading, found: Resolved, text: str, citation: str) -> None:
    kind = next((kind for name, kind in found.names if name == text), "variant")
    reading.notes.name(found.id, text, kind, citation)
