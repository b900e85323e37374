"""Who issued the professional standards under which a report was examined, as its auditor says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.layout.layout import Kind
from loaders.soc.controls.sentences import TEXT, denies
from loaders.soc.narrative.passages import RunningText
from loaders.soc.reading import Reading
from loaders.soc.wording import standards_in

_ISSUED = re.compile(
    r"\b(?:issued|established|promulgated|published) by the "
    r"(?P<body>[A-Z][\w&’']*(?: (?:(?:of|and|for) )?[A-Z][\w&’']*)*(?: \([A-Z]{2,}\))?)"
)


def read_issuers(reading: Reading, texts: Iterable[RunningText]) -> None:
    """States the body that issued a standard, where a sentence names one of each.

    The standards have to be stated before. A body that no table knows is an organization of its own, and is named.
    """
    performed = {link.end for link in reading.notes.links("PERFORMED_UNDER")}
    for text in texts if performed else ():
        if text.kind is not Kind.PARAGRAPH or not _ISSUED.search(text.text):
            continue
        for offset, sentence in text.sentences():
            for start, end, standard, body in _pairs(sentence):
                framework = reading.resolve("Framework", standard, text.first_line)
                if framework.id in performed:
                    cited = reading.notes.cite(*text.lines(offset + start, offset + end), text.section)
                    _state(reading, framework.id, body, text.first_line, cited)


def _pairs(sentence: str) -> Iterator[tuple[int, int, str, str]]:
    """A standard and the body that issued it, between the body named before and this one."""
    start = 0
    for found in _ISSUED.finditer(sentence):
        standards = standards_in(sentence[start : found.end()])
        if len(standards) == 1 and not denies(sentence[start : found.start()]):
            yield start, found.end(), standards[0], found["body"]
        start = found.end()


def _state(reading: Reading, framework: str, body: str, line: int, cited: str) -> None:
    issuer = reading.resolve("Organization", body, line)
    reading.notes.state("Organization", issuer.id, cited, TEXT, name=issuer.name)
    reading.state_names(issuer, cited)
    reading.notes.link("ISSUED_BY", framework, issuer.id, cited)
