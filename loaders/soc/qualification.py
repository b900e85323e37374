"""What a qualified opinion is qualified on: the objectives and criteria that its basis names, and in which respect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.layout.layout import Piece
from loaders.soc.controls.facts import requirement_id
from loaders.soc.opinion import Examination
from loaders.soc.reading import Reading
from loaders.soc.references import References

_SENTENCES = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_FAILED = re.compile(r"\bnot\b|\bno control\b|\bfail", re.IGNORECASE)
_AIM = re.compile(r"\bachieve|\bmeet\b|\bmet\b|\bsatisf|\bcriteri|\bobjective", re.IGNORECASE)
_CRITERION = re.compile(r"\b(?:CC|PI|A|C|P)\d{1,2}\.\d{1,2}\b")
_OBJECTIVE = re.compile(
    r"\b[Cc]ontrol [Oo]bjectives?\s+(?P<numbers>[\w.-]*\d[\w.-]*(?:(?:,\s*(?:and\s+)?|\s+and\s+)[\w.-]*\d[\w.-]*)*)"
    r"|\b(?P<code>CO[\s-]?\d+)\b"
)
_ASPECTS = (
    (
        "operating_effectiveness",
        re.compile(
            r"\bnot\b[^.;]{0,60}\boperat\w*[^.;]{0,30}\beffective|\bnot\b[^.;]{0,30}\beffectively operat", re.IGNORECASE
        ),
    ),
    ("design", re.compile(r"\bnot\b[^.;]{0,40}\bdesign|\bno controls?\b[^.;]{0,60}\bdesigned", re.I)),
    ("description", re.compile(r"\bdescription\b[^.;]{0,80}\bnot\b|\bnot\b[^.;]{0,40}\b(?:fairly|present)", re.I)),
)  # fmt: skip


def read_qualifications(reading: Reading, examination: Examination, refers: References) -> None:
    """States on what the opinion is qualified; warns where its basis names nothing that the report has."""
    if examination.opinion not in ("qualified", "adverse"):
        return
    stated = False
    for piece in examination.basis:
        for end, aspect in _qualified(piece, refers):
            citation = reading.notes.cite(piece.first_line, piece.last_line, reading.section_at(piece.first_line))
            if end.startswith("requirement/"):
                refers.state_requirement(end, citation)
            reading.notes.link("QUALIFIED_ON", reading.assessment, end, citation, aspect=aspect, reason=piece.text)
            stated = True
    if not stated:
        line = examination.basis[0].first_line if examination.basis else 1
        reading.notes.warn(line, "the opinion is qualified, but on no objective and no criterion that could be read")


def _qualified(piece: Piece, refers: References) -> Iterator[tuple[str, str | None]]:
    """The ends that a paragraph says were missed, each with the respect that its sentence or the paragraph words."""
    seen: set[str] = set()
    for sentence in _SENTENCES.split(piece.text):
        if not (_FAILED.search(sentence) and _AIM.search(sentence)):
            continue
        for end in _ends(sentence, refers):
            if end not in seen:
                seen.add(end)
                yield end, _aspect(sentence) or _aspect(piece.text)


def _ends(sentence: str, refers: References) -> Iterator[str]:
    yield from (requirement_id(code) for code in _CRITERION.findall(sentence))
    yield from refers.others.within(sentence)
    for found in _OBJECTIVE.finditer(sentence):
        yield from refers.ends((found["numbers"] or found["code"]).rstrip(".,")) or ()
    if not _OBJECTIVE.search(sentence):
        yield from (one.id for one in refers.objectives if len(one.title) > 8 and one.title.lower() in sentence.lower())


def _aspect(text: str) -> str | None:
    return next((aspect for aspect, pattern in _ASPECTS if pattern.search(text)), None)
