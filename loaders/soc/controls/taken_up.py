"""Sentences on what was examined that take up what those before them speak of: `It includes ... It was not ...`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.soc.controls.deviations import speaks_of_responses

_THEM = re.compile(r"(?:^|\s)(?:them|they|these|(?:that|this|such) information)\b", re.IGNORECASE)
_THE_SAME = re.compile(r"^The same (?:applies|holds|goes|is true|is the case)\b")
_IT = re.compile(r"^(?:It|They|(?:The|This|That|Such) (?:information|section|part|appendix))\b(?! (?:in|of|under)\b)")
_MARK = r"(?:section|part|appendix)\s+(?:[IVX]+|\d{1,2}|[A-Z])\b"
_OF_SECTION = re.compile(
    rf"^(?:(?:the|this|all|any) )?(?:(?:other|additional|further|supplementary) )*information\b[^.]*\b{_MARK}"
    rf"|^{_MARK}[^.]*\b(?:information|responses)\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(r"\b(?:includes?|contains?|comprises?|consists? of|holds?|covers?|gives?|presents?|sets? out)\b")
_INFORMATION, _RESPONSES = "The information in this section", "Management's responses"


def taken_up(sentences: Sequence[str]) -> Iterator[str]:
    """The sentences; where one begins with `It` the information of a section, or its responses, stand in its place.

    `The same applies to ...` says what the sentence before says.
    """
    before = about = ""
    for sentence in sentences:
        said = _THEM.sub(" management's responses", sentence) if speaks_of_responses(before) else sentence
        said = f"{sentence} {before}" if _THE_SAME.match(sentence) else said
        before = sentence
        if not _IT.match(sentence):
            about = _about(sentence)
        elif about:
            said = _IT.sub(about, sentence)
            about = _RESPONSES if speaks_of_responses(sentence) and _HOLDS.search(sentence) else about
        yield said


def _about(sentence: str) -> str:
    """Of what a sentence speaks that the next one may take up; empty where it is no information of a section."""
    if not _OF_SECTION.match(sentence):
        return ""
    return _RESPONSES if speaks_of_responses(sentence) else _INFORMATION
