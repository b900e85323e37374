"""Which report of a service auditor a document is, if it is one: by its title page, else by the auditor's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.inputs.documents import Document

_TITLE_LINES = 60
_TITLE_LENGTH = 140
_WINDOW = 4
_MARKS = r"(?:\s?[®™]|\s?\((?:R|SM|TM)\))?"
_NUMBERED = re.compile(
    rf"\bSOC{_MARKS}\s?-?\s?(?P<a>[123])(?![\d.])"
    rf"|\b(?:System and Organization|Service Organization) Controls?(?: Reports?)?{_MARKS}\s+(?:\(SOC{_MARKS}\)\s+"
    rf"|SOC{_MARKS}\s+)?"
    rf"(?P<b>[123])(?![\d.])",
    re.IGNORECASE,
)  # fmt: skip
_TYPE = re.compile(r"\bType[\s-]+(?P<type>2|1|II|I)\b", re.IGNORECASE)
_FULL_NAME = re.compile(r"^(?P<full>(?:System and Organization|Service Organization) Controls? [123])\W*\bSOC\b", re.I)
_CONTENTS = re.compile(r"^\W*(?:table of )?contents\W*$", re.IGNORECASE)

_EXAMINED = re.compile(
    r"\bin\s+our\s+opinion\b|\bwe have (?:also )?examined\b|\bdo not express an opinion\b"
    r"|\bwe were engaged to examine\b"
    r"|\bwe have prepared (?:the|this|our|a|an)\b[\w\s,’']{0,60}\bdescription\b"
    r"|\bevaluation of the effectiveness of the controls\b"
    r"|^\W*(?:section |part )?[ivx\d]+[\s.:–—-]+independent (?:service )?(?:auditor|accountant)s?['’]?s?['’]?"
    r" (?:assurance )?report\b",
    re.IGNORECASE | re.MULTILINE,
)
_FINANCIAL = re.compile(
    r"\binternal controls? over financial reporting\b|\buser entities['’] financial statements\b", re.I
)
# Standards for reports on controls over financial reporting alone, which many houses name in place of SOC 1.
_OF_FINANCIAL = (
    r"(?:\b(?:ISAE|ASAE|HKSAE|Assurance\s+Engagements(?:\s+\((?:ISAE|ASAE|HKSAE)\))?)\s+(?:No\.?\s+)?3402\b"
    r"|\b(?:CSAE|Assurance\s+Engagements(?:\s+\(CSAE\))?)\s+(?:No\.?\s+)?3416\b|\bSSAE\s+(?:No\.?\s+)?16\b"
    r"|\bAT-C\s+(?:sections?\s+)?(?:105,?\s+(?:and\s+)?)?(?:205,?\s+(?:and\s+)?)?(?:AT-C\s+(?:section\s+)?)?320\b)"
)
_FOLLOWED = re.compile(rf"\b(?:accordance\s+with|according\s+to|under)\b[^.;]{{0,160}}?{_OF_FINANCIAL}", re.IGNORECASE)
_STANDARD = re.compile(_OF_FINANCIAL, re.IGNORECASE)
_OBJECTIVES = re.compile(r"\bcontrol objectives\b", re.IGNORECASE)
_TRUST_CRITERIA = re.compile(
    r"\bcriteria (?:for|relevant to)\s+(?:the )?(?:security|availability|processing integrity|confidentiality"
    r"|privacy)\b"
    r"|\btrust services criteria\b|\bTrust Services Principles and Criteria\b",
    re.IGNORECASE,
)
_ASSERTED = re.compile(
    r"\bevaluation of the effectiveness of the controls\b|\bassertion\b[^.]{0,160}\bthat the controls\b", re.IGNORECASE
)
_DESCRIBED = re.compile(
    r"\bsuitability of the design\b|\bdescription criteria\b|\bResults? of Tests?\b|\bControl Objective 1\b"
    r"|\bdescription\b[^.]{0,120}\b(?:presents|fairly)\b"
)
_THROUGHOUT = re.compile(r"\bthroughout the\s+(?:specified\s+)?period\b", re.IGNORECASE)
_AS_OF = re.compile(r"\bas (?:of|at)\s+(?:\d{1,2}|[A-Z][a-z]+)\b")


Words = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: 1, 2 or 3, its type, the lines of its title; `stated` says whether the title page names the number.

    `typed` are the lines that say of which type it is, where these are not those of the title; `why` says by what the
    kind was recognised.
    """

    number: str
    report_type: str | None
    first_line: int
    last_line: int
    title: str | None = None
    full_name: str | None = None
    typed: tuple[int, int] | None = None
    why: str = ""

    @property
    def kind(self) -> str:
        """The document's kind in the words of the model."""
        return f"soc_{self.number}_report"

    @property
    def framework(self) -> str:
        """The name of the framework."""
        return f"SOC {self.number}"

    @property
    def stated(self) -> bool:
        """Whether the title page names the report."""
        return self.title is not None

    @property
    def key(self) -> str:
        """What assessments of this kind are called, such as `SOC 1 Type 2`."""
        if self.number == "3" or self.report_type is None:
            return self.framework
        return f"{self.framework} {self.report_type.replace('_', ' ').capitalize()}"


def read_kind(document: Document) -> ReportKind | None:
    """The report that a document is; None where it is none, though it may name one."""
    if not _EXAMINED.search(document.text):
        return None
    titled = _titled(document.lines)
    number, words = _by_content(document.text)
    named = titled[0]["a"] or titled[0]["b"] if titled else None
    if titled is None or named is None or (number is not None and number != named and "1" in (number, named)):
        return _untitled(document, number, words) if number else None
    return _as_titled(document, named, *titled[1:])


def _untitled(document: Document, number: str, words: Words) -> ReportKind:
    """A report whose title page does not say which one it is, or names another that it only speaks of."""
    report_type, typed = _type_by_standard(document) if number == "1" else (None, None)
    if report_type is None:
        report_type, typed = _type_by_content(document.text, number)
    found = ", ".join(f"line {_line(document.text, at)}: {' '.join(text.split())!r}" for text, at in words)
    return ReportKind(number, report_type, 1, 1, typed=typed, why=f"no title, but the words of a SOC {number}: {found}")


def _as_titled(document: Document, named: str, first: int, last: int, title: str) -> ReportKind:
    report_type, typed = (None if named == "3" else _type(document, first, last)), None
    if report_type is None:
        report_type, typed = _type_by_content(document.text, named)
    full = _FULL_NAME.search(title)
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    why = f"{lines}: the title {title!r}"
    return ReportKind(named, report_type, first, last, title, full["full"] if full else None, typed, why)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _titled(lines: Sequence[str]) -> tuple[re.Match[str], int, int, str] | None:
    """The first title of a report on the title page, be it broken over lines, with its lines."""
    page = _title_page(lines)
    for size in range(1, _WINDOW + 1):
        for at in range(len(page) - size + 1):
            window = page[at : at + size]
            text = " ".join(line for _, line in window)
            found = _NUMBERED.search(text)
            if found and window[-1][0] - window[0][0] < 2 * _WINDOW:
                return found, window[0][0], window[-1][0], text
    return None


def _title_page(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The short lines before the contents or the first page of text."""
    page: list[tuple[int, str]] = []
    for number, line in enumerate(lines[: 2 * _TITLE_LINES], 1):
        text = " ".join(line.split()).strip("*# ")
        if _CONTENTS.match(text) or len(text) > _TITLE_LENGTH or len(page) >= _TITLE_LINES:
            break
        if text:
            page.append((number, text))
    return page


def _type(document: Document, first: int, last: int) -> str | None:
    """The type that stands on the title page: in the title itself, else on its other lines."""
    page = " ".join(text for _, text in _title_page(document.lines))
    title = " ".join(document.lines[first - 1 : last])
    found = _TYPE.search(" ".join(title.split())) or _TYPE.search(page)
    return {"1": "type_1", "I": "type_1"}.get(found["type"].upper(), "type_2") if found else None


def _type_by_standard(document: Document) -> tuple[str | None, tuple[int, int] | None]:
    """The type that stands beside the standard on a line of the title page, with that line."""
    for line, text in _title_page(document.lines):
        if _STANDARD.search(text) and _TYPE.search(text):
            return _type(document, line, line), (line, line)
    return None, None


def _type_by_content(text: str, number: str | None) -> tuple[str | None, tuple[int, int] | None]:
    """The type by the words for the time that a report covers, with their lines."""
    found = None if number == "3" else _THROUGHOUT.search(text) or _AS_OF.search(text)
    if found is None:
        return None, None
    report_type = "type_2" if found.re is _THROUGHOUT else "type_1"
    return report_type, (_line(text, found.start()), _line(text, found.end()))


def _by_content(text: str) -> tuple[str | None, Words]:
    """The number of the report whose criteria and subject the text has, with its words; None where it has no one's."""
    financial, objectives, criteria, asserted, described = (
        pattern.search(text) for pattern in (_FINANCIAL, _OBJECTIVES, _TRUST_CRITERIA, _ASSERTED, _DESCRIBED)
    )
    subject = financial or _FOLLOWED.search(text)
    if subject and objectives and not criteria:
        return "1", _words(subject, objectives)
    if not criteria or financial:
        return None, ()
    if asserted and not described:
        return "3", _words(criteria, asserted)
    return ("2", _words(criteria, described)) if described else (None, ())


def _words(*found: re.Match[str]) -> Words:
    return tuple((match.group(), match.start()) for match in found)
