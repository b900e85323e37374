"""How reports number what they examine: control objectives, trust services criteria, controls."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_ROMAN = "[IVX]{1,5}"
_OBJECTIVE = re.compile(
    r"^\W*(?:(?i:(?:Control\s+)?Objective\s+(?:No\.?\s*|Number\s+|#\s*)?)"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}})*|[A-Z]{{1,4}}[-.]?\d{{1,3}}|{_ROMAN}|[A-Z])"
    r"|(?P<code>CO[-.\s]?\d{1,3}(?:\.\d{1,2})?))\b\**"
    r"(?:\s*[:.–—|-]+\s*\**\s*(?P<title>\S.*)|\s*$|\s+(?P<plain>[A-Z]\S*.*)|\s*\((?P<bracket>[^()]+)\)\s*$)"
)
_CODE = r"(?:CC[1-9]\.\d{1,2}|A1\.[1-9]|C1\.[1-9]|PI1\.[1-9]|P[1-8]\.\d{1,2})"
_CRITERION = re.compile(rf"(?<![\w.-]){_CODE}(?![\w-]|\.\d)")
_BETWEEN = re.compile(r"\b(?:and|to|through)\b")
_CRITERION_RANGE = re.compile(rf"({_CODE})\s*(?:-|–|—|to|through)\s*({_CODE})")
_CRITERION_START = re.compile(
    r"^\W*(?:(?:(?:Trust\s+Services?\s+)?(?:Common\s+)?Criteri(?:on|a)|TSC|TSP)\s*(?:No\.?|#"
    r"|Ref(?:erence)?\.?)?\s*[:.–—-]?\s*)?\**"
    rf"(?P<code>{_CODE})(?![\w-]|\.\d)\**\s*(?:[:.–—|)-]+\s*)?\**\s*(?P<rest>.*)$"
)
_SERIES_TITLE = re.compile(r"^(?:CC[1-9]|A1|C1|PI1|P[1-8])(?:\.0)?\s*[–—:-]\s+[A-Z](?:(?!\s{2})[^.;|\t]){2,90}$")
_LETTERS = r"(?:[A-Z][A-Za-z]{0,9}\d{0,2}(?:\.\d{1,2})?(?:[-.][A-Z]{1,6})?[-.#]?)"
_DIGITS = r"\d{1,4}(?:[.-]\d{1,3}){0,3}[a-z]?"
_NUMBER = re.compile(
    r"^\W*(?:Control\s+(?:Activity\s+)?(?:(?:No|Ref|Id|ID)\.?|Number|Reference|Identifier|#)?\s*[:#]?\s*)?"
    rf"\**(?P<number>(?P<letters>{_LETTERS})?(?P<digits>{_DIGITS}))\**(?P<end>\s*[.:)|–—]|\s+-(?=\s)|\])?\**(?=\s|$)"
)
# Letters before a number that name a standard, a protocol or a thing, never a control.
_NO_CONTROL = frozenset(
    {
        "AES",
        "TLS",
        "SSL",
        "SHA",
        "RSA",
        "ISO",
        "IEC",
        "SSAE",
        "ISAE",
        "SOC",
        "NIST",
        "PCI",
        "FIPS",
        "HTTP",
        "IPV",
        "CIS",
    }
    | {"SAS", "SLA", "TSP", "RFC", "CVE", "ISMS", "TYPE", "TIER", "LEVEL", "SECTION", "PAGE", "PART", "STEP", "TABLE"}
    | {"FIGURE", "APPENDIX", "NOTE", "ROW", "TEST", "RESULT", "RESULTS", "CONTROLS"}
)
# Two digits count the controls of a family, such as those of a security operations center.
_COUNTED = re.compile(r"[A-Z]+-0\d|SOC-\d\d")
_FEWEST_OF_A_FAMILY = 2


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number with which a text begins, and the text after it."""

    number: str
    rest: str
    letters: str = ""
    marked: bool = False


def objective_in(text: str) -> Numbered | None:
    """The objective whose title a line is: its number as written (`1`, `CO-3`) and its title."""
    found = _OBJECTIVE.match(text)
    if found is None:
        return None
    number = found["number"] or found["code"] or ""
    if not number[-1].isdigit() and not re.fullmatch(f"{_ROMAN}|[A-Z]", number):
        return None
    return Numbered(number, (found["title"] or found["bracket"] or found["plain"] or "").strip("* "))


def criterion_in(text: str) -> Numbered | None:
    """The trust services criterion with whose code a text begins, and what follows it."""
    found = _CRITERION_START.match(text)
    return Numbered(found["code"], found["rest"].strip("* ")) if found else None


def criteria_in(text: str) -> tuple[str, ...]:
    """All codes of trust services criteria that a text names, in order; ranges such as `CC1.1 - CC1.3` are filled."""
    codes: list[tuple[int, str]] = [(m.start(), m.group()) for m in _CRITERION.finditer(text)]
    for found in _CRITERION_RANGE.finditer(text):
        first, last = found[1].rsplit(".", 1), found[2].rsplit(".", 1)
        if first[0] == last[0]:
            codes += [(found.start(), f"{first[0]}.{n}") for n in range(int(first[1]), int(last[1]) + 1)]
    return tuple(dict.fromkeys(code for _, code in sorted(codes, key=lambda c: c[0])))


def is_codes_alone(text: str) -> bool:
    """Whether a text is codes of trust services criteria and nothing else."""
    return bool(criteria_in(text)) and not re.search(r"\w", _BETWEEN.sub("", without_codes(text)))


def without_codes(text: str) -> str:
    """A text without the codes of trust services criteria in it, and without ranges of them."""
    return _CRITERION.sub("", _CRITERION_RANGE.sub("", text))


def is_series_title(text: str) -> bool:
    """Whether a text is the title of a series of criteria, such as `CC6 – Logical and Physical Access Controls`."""
    return bool(_SERIES_TITLE.match(text.strip("| \t*")))


def number_in(text: str) -> Numbered | None:
    """The control number with which a text begins, where it looks like one."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    letters = re.sub(r"[^A-Za-z].*", "", found["letters"] or "")
    no_control = letters.upper() in _NO_CONTROL and not _COUNTED.fullmatch(found["number"])
    if no_control or (letters and not letters.isupper() and len(letters) > 3):
        return None
    marked = bool(found["end"]) or "." in found["digits"] or bool(letters)
    number = re.sub(r"\s", "", found["number"]).rstrip("#")
    return Numbered(number, text[found.end() :].strip("* "), letters, marked)


def is_label_of_control(text: str) -> bool:
    """Whether a number is introduced by the word control, such as `Control 1.01`."""
    return bool(
        re.match(
            r"^\W*Control\s+(?:Activity\s+|No\.?\s*|Number\s*|ID\s*|Ref\w*\.?\s*|#)*:?\s*\**[A-Z]{0,10}[-.]?\d", text
        )
    )


def families(numbers: Iterable[Numbered]) -> frozenset[str]:
    """The letters under which several controls are numbered, and those of the only shape there is."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for found in numbers:
        seen[found.letters].add(found.number)
    often = {letters for letters, all_ in seen.items() if len(all_) >= _FEWEST_OF_A_FAMILY}
    shapes = {shape(number) for letters in often for number in seen[letters]}
    alike = {letters for letters, all_ in seen.items() if any(shape(number) in shapes for number in all_)}
    return frozenset(often | alike) or frozenset(seen)


def shape(number: str) -> str:
    """A number with its digits and letters replaced, which controls of one report have in common."""
    return re.sub(r"[A-Za-z]", "a", re.sub(r"\d+", "9", number))


def follows(number: str, before: str | None) -> bool:
    """Whether a number can be the next one: the same series a few further, or the beginning of another series."""
    now, last = _series(number), _series(before) if before else None
    if last is None or now[0] != last[0] or len(now[1]) != len(last[1]):
        return True
    if now[1][:-1] == last[1][:-1]:
        return 0 < now[1][-1] - last[1][-1] <= _LONGEST_GAP
    return now[1] > last[1] and now[1][-1] <= _LONGEST_GAP


_LONGEST_GAP = 6


def _series(number: str) -> tuple[str, tuple[int, ...]]:
    tail = re.search(r"\d+(?:\.\d+)*$", number)
    if tail is None:
        return (number, ())
    return (number[: tail.start()], tuple(int(part) for part in tail.group().split(".")))
