"""How deep triples stand in triples in a text of RDF 1.2: pyoxigraph brings down the process where it is too deep."""

from __future__ import annotations

import re

_DEEPEST = 1_000
"""A fifth of what it surely bears; statements here reify plain triples, which are one deep."""

_TOKENS = re.compile(
    rb"<<|>>|<[^<>\s]*>|#[^\n]*"
    rb'|"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""'
    rb"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''"
    rb'|"(?:[^"\\\n]|\\.)*"'
    rb"|'(?:[^'\\\n]|\\.)*'",
    re.DOTALL,
)
"""What opens and closes a triple, and what can hold such signs in another sense: IRIs, comments, texts."""


def too_deep(content: bytes) -> int | None:
    """Where the text goes too deep; None where it does not."""
    if content.count(b"<<") < _DEEPEST:
        return None
    depth = 0
    for token in _TOKENS.finditer(content):
        depth += {b"<<": 1, b">>": -1}.get(token[0], 0)
        if depth == _DEEPEST:
            return token.start()
    return None
