"""What a sentence about SOC reports says of which of them: how often, for how long, for whom, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.records import Value
from loaders.pages.claims import ACT, WORDS, Telling
from loaders.pages.prose import Sentence
from loaders.soc.wording import trust_services_categories

Stated = tuple[Sequence[str], int, dict[str, Value]]
"""Which reports, by their numbers, with which precedence, have which values."""

_GROUP = re.compile(r"\bSOC (?P<numbers>[123](?:(?:\s*/\s*|,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)(?:SOC )?[123]\b)*)(?!®)")
_TYPE = re.compile(r"\bSOC (?P<number>[12])®?,?(?: \([^()]*\),?)? Type (?P<type>II|I|2|1)\b")
_OFTEN = (
    ("quarterly", r"quarterly|(?:every|each) quarter|every three months|four times (?:per|a|each) year"),
    ("semiannual", r"twice (?:per|a|each|every) year|semi-?annual(?:ly)?|half-?yearly|every six months"),
    ("annual", r"annual(?:ly)?|yearly|once (?:per|a|each|every) year|every (?:year|twelve months|12 months)"),
)
_CADENCE = re.compile(rf"\b(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _OFTEN)})\b")
_ISSUED = re.compile(r"\b(?:issue|publish|release|produce|complete|update)(?:s|d|es|ed)?\b")
_NUMBERS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_COUNT = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_LENGTH = re.compile(
    rf"\b(?P<a>{_COUNT})[ -]months?(?: \w+)? periods?\b|\bperiods? of (?P<b>{_COUNT}) months\b",
    re.IGNORECASE,
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = rf"(?:mid-|early |late )?(?:{'|'.join(_MONTHS)})"
_RELEASED = re.compile(rf"(?P<months>{_MONTH}(?:(?:,| and|, and) {_MONTH})*) for SOC (?P<for>[\d/ ]+)")
_RELEASED_IN = re.compile(
    rf"\b(?:released|issued|published|available)\b[^.;]{{0,40}}? in (?P<months>{_MONTH}(?:(?:,| and|, and) {_MONTH})*)"
)
_NDA_WORDS = r"(?:NDA|[Nn]on-?[Dd]isclosure [Aa]greement)s?"
_NDA = re.compile(
    rf"\b{_NDA_WORDS}(?: \(NDA\))? (?:is|are) (?:required|needed)\b|\brequires? (?:\S+ ){{0,4}}?{_NDA_WORDS}\b"
    rf"|\b(?:under|after signing|subject to) (?:an? |our |the )?(?:\S+ )?{_NDA_WORDS}\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:publicly available|available (?:to|for) (?:the (?:general )?public|anyone|everyone))\b",
    re.IGNORECASE,
)
_CUSTOMERS = re.compile(r"\bavailable to (?:all |our |existing |current )?(?:\S+ )?customers\b", re.IGNORECASE)
_EXAMINATION = re.compile(r"\bindependent third-party (?:examination|attestation) reports\b")
_CATEGORY = r"(?:[Ss]ecurity|[Aa]vailability|[Pp]rocessing [Ii]ntegrity|[Cc]onfidentiality|[Pp]rivacy)"
_CATEGORIES = re.compile(
    rf"\bSOC (?P<number>[23])(?: Type \w+)?(?: [Rr]eports?)?(?: on| for| covers?|:)? "
    rf"(?P<categories>{_CATEGORY}(?:(?:,? & |,? and |, ){_CATEGORY})*)"
)
_FIRM = r"[A-Z][\w&.'’-]*(?:(?: &| and|,)? (?:[A-Z][\w&.'’-]*))*"
_PERFORMS = re.compile(
    rf"^(?P<name>{_FIRM}) (?:performs?|conducts?|carries out|examines?|audits?) "
    r"[^.?!]*\b(?:audits?|examinations?|reports?)\b"
)
_DONE_BY = re.compile(
    r"\b(?:audit|examin|report|assess)\w*\b[^.?!]*?"
    r"\b(?:performed|conducted|examined|audited|issued|carried out|done) by "
    rf"(?:[a-z][\w-]* ){{0,5}}?(?P<name>{_FIRM})"
)
_NOBODY = re.compile(r"^(?:An?|The|Our|We|It|They|This|These|Independent|Third|External|Each|Who|Customers?)\b")
_AUDITOR_ROW = re.compile(r"\b(?:audit(?:or|ed)|examin)", re.IGNORECASE)


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of the SOC reports that a text names, `SOC 1/2/3` and `SOC 1, SOC 2, and SOC 3` being three."""
    return tuple(dict.fromkeys(number for numbers in _groups(text) for number in numbers))


def types_in(text: str) -> dict[str, str]:
    """The type of each report that a text gives: `type_1` or `type_2`."""
    return {m["number"]: "type_2" if m["type"] in ("II", "2") else "type_1" for m in _TYPE.finditer(text)}


def facts_in(telling: Telling, sentence: Sentence, every: Sequence[str]) -> Iterator[Stated]:
    """What a sentence says, of the reports that it names for it, else of all."""
    text = sentence.text
    for match in _CATEGORIES.finditer(text):
        yield (match["number"],), WORDS, {"trust_services_categories": trust_services_categories(match["categories"])}
    if text.endswith("?"):
        return
    named = numbers_in(text) or every
    for number, type_ in types_in(text).items():
        yield (number,), WORDS, {"report_type": type_}
    for reports, often in cadences_in(text):
        yield reports or every, WORDS, {"cadences": (often,)}
    for months in lengths_in(text):
        yield named, WORDS, {"period_months": (months,)}
    for reports, released in releases_in(text):
        yield reports or every, WORDS, {"release_months": released}
    if telling.affirmed(_EXAMINATION, sentence) or any(s == "attested" for s in telling.words_of(sentence)):
        yield named, WORDS, {"status": "attested"}
    yield from _availability(telling, sentence, every)


def values_in(text: str) -> Iterator[dict[str, Value]]:
    """What a cell of a table says of its report."""
    if _PUBLIC.search(text) or text.strip().lower() == "public":
        yield {"availability": "public"}
    elif _NDA.search(text):
        yield {"availability": "under_nda"}
    elif _CUSTOMERS.search(text):
        yield {"availability": "customers"}
    for match in _CADENCE.finditer(text):
        yield {"cadences": (str(match.lastgroup),)}


def cadences_in(text: str) -> list[tuple[tuple[str, ...], str]]:
    """How often which reports are issued: those named right behind the word, else since the cadence before."""
    found, start = [], 0
    for match in _CADENCE.finditer(text) if _ISSUED.search(text) else ():
        behind = re.match(r"\s+(?:reports? (?:on|for) )?(?=SOC )", text[match.end() :])
        reports = _groups(text[match.end() :])[:1] if behind else _groups(text[start : match.start()])
        found.append((tuple(dict.fromkeys(n for numbers in reports for n in numbers)), str(match.lastgroup)))
        start = match.end()
    return found


def lengths_in(text: str) -> tuple[int, ...]:
    """How many months a report covers."""
    found = (match["a"] or match["b"] for match in _LENGTH.finditer(text))
    return tuple(dict.fromkeys(_NUMBERS.get(words.lower()) or int(words) for words in found))


def releases_in(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """In which months which reports are released, in the order of the year."""
    months: dict[str, set[str]] = {}
    for match in _RELEASED.finditer(text):
        for number in re.findall(r"[123]", match["for"]):
            months.setdefault(number, set()).update(re.findall(r"[A-Z][a-z]+", match["months"]))
    if months:
        return [((number,), _in_order(found)) for number, found in sorted(months.items())]
    released = _RELEASED_IN.search(text)
    return (
        [(numbers_in(text[: released.start()]), _in_order(set(re.findall(r"[A-Z][a-z]+", released["months"]))))]
        if released
        else []
    )


def auditor_in(text: str) -> str | None:
    """Who a sentence says performs the audits."""
    found = _PERFORMS.search(text.lstrip("•-–* ")) or _DONE_BY.search(text)
    name = found["name"].rstrip(".,") if found else ""
    return name if name and not _NOBODY.match(name) else None


def auditor_row(label: str) -> bool:
    """Whether a row of a table says who the auditor is."""
    return bool(_AUDITOR_ROW.search(label))


def _availability(telling: Telling, sentence: Sentence, every: Sequence[str]) -> Iterator[Stated]:
    """A report that is under an agreement is available to customers too, so the stricter word is shown."""
    text = sentence.text
    for pattern, value, precedence in (
        (_NDA, "under_nda", ACT),
        (_PUBLIC, "public", WORDS),
        (_CUSTOMERS, "customers", WORDS),
    ):
        match = telling.affirmed(pattern, sentence)
        if match and not _EXAMINATION.search(text):
            before, after = _groups(text[: match.start()]), _groups(text[match.end() :])
            reports = before[-1] if before else after[0] if after else every
            yield reports, precedence, {"availability": value}


def _groups(text: str) -> list[tuple[str, ...]]:
    return [tuple(re.findall(r"[123]", re.sub("SOC ", "", m["numbers"]))) for m in _GROUP.finditer(text)]


def _in_order(months: set[str]) -> tuple[str, ...]:
    return tuple(month for month in _MONTHS if month in months)
