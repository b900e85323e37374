"""Results that say of which tests they are, as `Tests 1 and 3: No exceptions noted.`"""

from __future__ import annotations

import re

_AND = r"(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)"
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|through)\s+)"
_NUMBER = r"\d{1,2}"
_ANSWERED = re.compile(
    rf"^\W*(?:tests?|procedures?|steps?)(?:\s+(?:procedures?|steps?|nos?\.?|numbers?))?\s+"
    rf"(?P<tests>{_NUMBER}(?:(?:{_AND}|{_TO}){_NUMBER}){{0,20}})\s*(?::|\s[–—-]\s)\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"({_NUMBER}){_TO}({_NUMBER})")


def tests_answered(text: str) -> tuple[tuple[str, ...], str] | None:
    """The numbers of the tests that a result names before its words, ranges filled, and the words."""
    found = _ANSWERED.match(text)
    if found is None:
        return None
    return _numbers(found["tests"]), found["rest"]


def _numbers(text: str) -> tuple[str, ...]:
    numbers = {int(number) for number in re.findall(_NUMBER, text)}
    for first, last in _RANGE.findall(text):
        numbers |= set(range(int(first), int(last) + 1))
    return tuple(map(str, sorted(numbers)))
