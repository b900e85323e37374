"""Frameworks beside the trust services criteria whose requirements the auditor says the controls meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.identifiers import fold
from loaders.layout.layout import Kind, Piece
from loaders.names.resolution import Resolved
from loaders.soc.reading import Reading
from loaders.soc.sections import Part, Section, pieces_of

# The name of a framework, how reports write it, and how the columns with its codes are headed.
_FRAMEWORKS = (
    ("CSA Cloud Controls Matrix", r"(?:CSA )?Cloud Controls Matrix|CSA CCM|CCM", ("CCM", "CSA CCM", "CSA")),
    ("HIPAA Security Rule", r"HIPAA Security Rule", ("HIPAA", "Security Rule")),
    ("HIPAA", r"HIPAA|Health Insurance Portability and Accountability Act", ("HIPAA",)),
    ("BSI C5:2020", r"(?:BSI )?C5:2020", ("C5", "BSI C5", "C5:2020")),
    ("ISO 27001", r"ISO(?:/IEC)? 27001(?::\d{4})?", ("ISO", "ISO 27001", "ISO/IEC 27001", "Annex A")),
    ("NIST CSF", r"NIST (?:Cybersecurity Framework|CSF)", ("NIST", "CSF", "NIST CSF")),
    ("NIST SP 800-53", r"(?:NIST )?(?:SP|Special Publication) 800-53", ("NIST", "800-53", "NIST 800-53")),
    ("NIST SP 800-171", r"(?:NIST )?(?:SP|Special Publication) 800-171", ("NIST", "800-171", "NIST 800-171")),
    ("HITRUST CSF", r"HITRUST CSF", ("HITRUST", "CSF", "HITRUST CSF")),
    ("PCI DSS", r"PCI DSS|Payment Card Industry Data Security Standard", ("PCI", "PCI DSS")),
)
_EXAMINED = re.compile(
    r"\bwe have (?:also )?examined\b|\bin our opinion\b|\bengaged to (?:examine|report)\b", re.IGNORECASE
)
_NEAR = re.compile(
    r"\b(?i:requirements?|criteria|specifications|safeguards|controls|control objectives|catalogue)\s+"
    r"(?:(?:set forth|set out|contained|specified|stated|listed|described|published)\s+(?:in|by)|of|in|from|under|for)"
    r"\s+"
    r"(?:the\s+|of\s+|[“\"(]+|[A-Z][\w.&’'-]*\s+){0,8}$"
)


def read_other_frameworks(reading: Reading, sections: Sequence[Section]) -> None:
    """States against which other frameworks the report was examined; tables name these by the headings of columns."""
    for piece in pieces_of(sections, Part.AUDITOR):
        if piece.kind is not Kind.PARAGRAPH or not _EXAMINED.search(piece.text):
            continue
        for name, written, headings in _demanded(piece.text):
            found = _state(reading, name, written, piece)
            for heading in (name, written, *headings):
                reading.frameworks.setdefault(fold(heading), found)


def _demanded(text: str) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The frameworks of whose requirements a text speaks: name, as written, and headings; the first at each place."""
    taken: list[tuple[int, int]] = []
    for name, pattern, headings in _FRAMEWORKS:
        for found in re.finditer(rf"\b(?:{pattern})(?![\w-])", text):
            before = _NEAR.search(text[: found.start()])
            within = any(start <= found.start() < end for start, end in taken)
            if before is None or within:
                continue
            taken.append(found.span())
            yield name, found.group(), headings


def _state(reading: Reading, name: str, written: str, piece: Piece) -> Resolved:
    found = reading.resolve("Framework", name, piece.first_line)
    cited = reading.cite(piece)
    reading.notes.state("Framework", found.id, cited, 2, name=found.name)
    if written != found.name:
        reading.notes.name(found.id, written, "variant", cited)
    reading.notes.link("AGAINST", reading.assessment, found.id, cited)
    return found
