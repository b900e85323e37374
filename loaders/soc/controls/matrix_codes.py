"""The codes of requirements in tables that map them to controls, and the numbers of controls that their cells list."""

from __future__ import annotations

import re

_LAW = r"(?:\d{2}\s+)?C\.?F\.?R\.?\s+(?:Part\s+)?|Art(?:icle|\.)\s+|Annex\s+"
_CODE = re.compile(rf"(?:{_LAW})?(?:§\s*)?(?P<code>(?:[A-Z]{{1,6}}[.-])*[A-Z]{{0,6}}-?\d[\w.()/-]*)(?=[\s,;:]|$)")
_MORE = re.compile(r"(?:\(\w{1,4}\))+")
_AND = re.compile(r"\s*(?:[,;]|and\b|&)\s*")
_RANGE = re.compile(
    r"(?<![\w.-])(?P<series>[\w.-]*?)(?P<first>\d{1,3})\s*(?:\bto\b|\bthrough\b|–|\s-\s)\s*(?P=series)(?P<last>\d{1,3})\b"
)
_LONGEST_RANGE = 40


def is_code(text: str) -> bool:
    """Whether a text begins with the code of a requirement."""
    return bool(_CODE.match(text))


def codes_of(text: str) -> list[str]:
    """The codes with which a cell begins, before the words behind them."""
    found: list[str] = []
    at = 0
    while code := _CODE.match(text, at):
        found.append(code["code"])
        behind = _AND.match(text, code.end())
        if behind is None:
            break
        at = behind.end()
    return found


def is_rest_of_code(text: str) -> bool:
    """Whether a text is but the end of a code, such as `(ii)(A)`."""
    return bool(_MORE.fullmatch(text))


def with_rest(code: str, more: str) -> str:
    """A code with what the end of a line cut off it, or with the words below."""
    return f"{code}{more}" if _MORE.match(more) else f"{code} {more}".strip()


def ranges_filled(text: str) -> str:
    """A list of numbers with each number of its ranges: `AC-01 to AC-03` is `AC-01, AC-02, AC-03`."""
    return _RANGE.sub(_filled, text)


def _filled(found: re.Match[str]) -> str:
    first, last = int(found["first"]), int(found["last"])
    if not 0 < last - first <= _LONGEST_RANGE:
        return found.group()
    return ", ".join(f"{found['series']}{number:0{len(found['first'])}}" for number in range(first, last + 1))
