"""Where in a text of JSON-LD an error of meaning stands, of which the parser tells the keyword and no place.

Keys of that name are taken out of their meaning, from one on, and the rest is read again: where the error is then
another or none, it stands there or behind. So it is found by halving: a reading for each doubling of the keys.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence

from pyoxigraph import RdfFormat, parse

REMOTE = "LoadDocumentCallback"
"""The parser says so of a context that it would have to fetch."""
_KEYWORD = re.compile("@[A-Za-z]+")


def byte_of(content: bytes, told: str) -> int | None:
    """The byte at which the key stands that is wrong; None where no key of the text is."""
    found = _KEYWORD.findall(told)
    names = ("@context", "@import") if REMOTE in told or not found else (found[0],)
    keys = [match.start() for match in _keys(names, content)]
    if not keys or _error(_without(content, keys)) == told:
        return None
    low, high = 0, len(keys)
    while high - low > 1:
        middle = (low + high) // 2
        if _error(_without(content, keys[middle:])) == told:
            high = middle
        else:
            low = middle
    return keys[low]


def _keys(names: Sequence[str], content: bytes) -> Iterator[re.Match[bytes]]:
    """The keys of those names, or of what a context says for them."""
    known = "|".join(map(re.escape, names)).encode()
    aliases = re.findall(rb'"([^"\\@]+)"\s*:\s*"(?:' + known + rb')"', content)
    every = b"|".join((known, *map(re.escape, aliases)))
    return re.compile(rb'"(?:' + every + rb')"(?=\s*:)(?!\s*:\s*"(?:' + known + rb')")').finditer(content)


def _without(content: bytes, keys: Sequence[int]) -> bytes:
    """The text in which those keys mean nothing; every byte stays where it is."""
    changed = bytearray(content)
    for key in keys:
        changed[key + 1] = ord("!")
    return bytes(changed)


def _error(content: bytes) -> str:
    try:
        deque(parse(content, format=RdfFormat.JSON_LD, lenient=True), maxlen=0)
    except SyntaxError as error:
        return error.msg
    return ""
