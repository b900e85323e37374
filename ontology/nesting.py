"""How deep a text of RDF nests: too deep brings pyoxigraph's process down, or takes the square of the depth.

It bears 6,000 triples in triples and 3,000 objects of JSON in one another; 40,000 elements of XML take it 16 seconds.
What is exported is six deep at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from xml.parsers.expat import ExpatError, ParserCreate

from pyoxigraph import RdfFormat

_DEEPEST = 1_000

_TOKENS = re.compile(
    rb"<<|>>|<[^<>\s]*>|#[^\n]*"
    rb'|"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""'
    rb"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''"
    rb'|"(?:[^"\\\n]|\\.)*"'
    rb"|'(?:[^'\\\n]|\\.)*'",
    re.DOTALL,
)
"""What opens and closes a triple, and what can hold such signs in another sense: IRIs, comments, texts."""
_TEXT = re.compile(rb'"(?:[^"\\]|\\.|\\\Z)*(?:"|\Z)', re.DOTALL)
"""A text of JSON; one that does not end goes to the end, so that no later sign is taken for its beginning."""
_NEITHER = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = {b"<<": 1, b">>": -1, ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


class _Deep(Exception):
    """Where the text goes too deep."""


def too_deep(content: bytes, format_: RdfFormat) -> int | None:
    """The byte at which the text goes too deep; None where it does not."""
    if format_ == RdfFormat.JSON_LD:
        return _in_json(content)
    return _in_xml(content) if format_ == RdfFormat.RDF_XML else _in_triples(content)


def _in_triples(content: bytes) -> int | None:
    if content.count(b"<<") < _DEEPEST:
        return None
    return _place((token.start(), token[0]) for token in _TOKENS.finditer(content))


def _in_json(content: bytes) -> int | None:
    """Most of a text is passed over by what is written in C; the place is looked for where there is one."""
    brackets = _TEXT.sub(b"", content).translate(None, _NEITHER)
    if max(accumulate(map(_STEPS.__getitem__, brackets)), default=0) < _DEEPEST:
        return None
    blank = _TEXT.sub(lambda text: b" " * len(text[0]), content)
    return _place((place, sign) for place, sign in enumerate(blank) if sign in _STEPS)


def _in_xml(content: bytes) -> int | None:
    parser, depth = ParserCreate(), 0

    def begins(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == _DEEPEST:
            raise _Deep(parser.CurrentByteIndex)

    def ends(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begins, ends
    try:
        parser.Parse(content, True)
    except _Deep as found:
        return int(found.args[0])
    except ExpatError:  # the parser of RDF says what is wrong
        return None
    return None


def _place(signs: Iterator[tuple[int, bytes | int]]) -> int | None:
    depth = 0
    for place, sign in signs:
        depth += _STEPS.get(sign, 0)
        if depth == _DEEPEST:
            return place
    return None
