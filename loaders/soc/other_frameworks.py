"""Frameworks beside the trust services criteria whose requirements the auditor says the controls meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.identifiers import fold
from loaders.layout.layout import Kind, Piece
from loaders.names.resolution import Resolved
from loaders.soc.framework_names import FRAMEWORKS, without_version
from loaders.soc.reading import Reading
from loaders.soc.sections import Part, Section, pieces_of

_EXAMINED = re.compile(
    r"\bwe have (?:also )?examined\b|\bin our opinion\b"
    r"|\b(?:engaged|asked us|requested us|engaged us) (?:also )?to (?:also )?(?:examine|report)\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?i:requirements?|criteria|specifications|safeguards|controls|control objectives|catalogue|(?:sub)?categories"
    r"|outcomes|practices)\s+"
    r"(?:(?:set forth|set out|contained|specified|stated|listed|described|published)\s+(?:in|by)|of|in|from|under|for)"
    r"\s+"
    r"(?:the\s+|of\s+|[“\"(]+|[A-Z][\w.&’'-]*\s+){0,8}$"
)
_SPOKEN = re.compile(
    r"(?<=\bthe )(?P<name>[A-Z][\w&/-]*(?: (?:(?:of|for|and|on|the) ){0,2}[A-Z\d][\w&/-]*)*)"
    r"(?:,? (?:version |v)?\d[\d.]*)?(?: \((?:the )?[“\"]?(?P<short>[A-Z][\w &/-]*)[”\"]?\))?"
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
        for spoken in _SPOKEN.finditer(piece.text):
            if _NEAR.search(piece.text[: spoken.start()]):
                for heading in filter(None, (spoken["name"], spoken["short"])):
                    reading.spoken.setdefault(fold(heading), (spoken["name"], piece))


def framework_headed(reading: Reading, heading: str) -> Resolved | None:
    """The framework of the report that the heading of a column names, with its version or without.

    What the auditor names in the place of a framework is one where codes stand below that name.
    """
    names = [fold(name) for name in (heading, without_version(heading))]
    spoken = next((reading.spoken[name] for name in names if name in reading.spoken), None)
    if spoken is not None and not any(name in reading.frameworks for name in names):
        reading.frameworks.update(dict.fromkeys(names, _state(reading, spoken[0], spoken[0], spoken[1])))
    return next((reading.frameworks[name] for name in names if name in reading.frameworks), None)


def _demanded(text: str) -> Iterator[tuple[str, str, Sequence[str]]]:
    """The frameworks of whose requirements a text speaks: name, as written, and headings; the first at each place."""
    taken: list[tuple[int, int]] = []
    for name, pattern, headings in FRAMEWORKS:
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
