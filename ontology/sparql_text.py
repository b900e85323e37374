"""What the text of a SPARQL query tells before it is parsed: its form, what it may not ask, if its answer changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from graph.errors import BadQuery
from ontology.namespaces import DEFAULT_BASE

Token: TypeAlias = re.Match[str]

ROWS = frozenset({"SELECT", "ASK"})
GRAPHS = frozenset({"CONSTRUCT", "DESCRIBE"})

_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_CHANGING = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_FEDERATED = "SERVICE"

# Each alternative takes what it begins, whole, so that no keyword is found within it; what is not closed goes on to the
# end, and the parser complains of it. A local name holds signs behind a backslash, a quotation mark among them.
_TOKEN = re.compile(
    r"""
      \#[^\r\n]*+
    | <(?P<iri>[^<>"{}|^`\\\x00-\x20]*+)>
    | \"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3}|\Z)
    | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3}|\Z)
    | "(?:[^"\\\r\n]|\\.)*+"?
    | '(?:[^'\\\r\n]|\\.)*+'?
    | [?$@]\w++
    | (?P<word>[A-Za-z_]\w*+)(?![:.\-])
    | (?P<prefix>[\w.\-]*+):(?P<local>(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\.)*+)
    | [\w.\-]++
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the data set that it or the request names; `form` is None where the text is none of a query.

    With `changing` two answers from the same triples can differ. The data set of a request goes before the query's own;
    with None for both lists the text alone says what it is.
    """

    text: str
    form: str | None
    changing: bool
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None

    @property
    def graph(self) -> bool:
        """Whether the answer is a graph; else it is rows, or yes or no."""
        return self.form in GRAPHS

    @property
    def merges(self) -> bool:
        """Whether the default graph is made of several, in which a triple may stand more than once."""
        return len(self.default_graphs or ()) > 1


def read(
    text: str, default_graphs: tuple[str, ...] = (), named_graphs: tuple[str, ...] = (), base: str = DEFAULT_BASE
) -> Asked:
    """The query in a text; raises `BadQuery` for an update, for SERVICE, and for graphs that are no IRIs."""
    for graph in (*default_graphs, *named_graphs):
        _check(graph)
    tokens = _tokens(text)
    words = [(_word(token), token.start()) for token in tokens if token["word"]]
    form = next((word for word, _ in words if word not in _PROLOGUE), None)
    if form in _UPDATES:
        raise BadQuery(f"{form} is an update; this is read only, and answers SELECT, ASK, CONSTRUCT and DESCRIBE")
    for word, place in words:
        if word == _FEDERATED:
            raise BadQuery("SERVICE asks another server, which this one does not do", *_position(text, place))
    blank = form == "CONSTRUCT" and ("[" in text or "_:" in text)  # labels of blank nodes are made anew each time
    changing = blank or any(word in _CHANGING for word, _ in words)
    known = form if form in ROWS | GRAPHS else None
    if not default_graphs and not named_graphs:
        default_graphs, named_graphs = _data_set(tokens, base)
        if len(default_graphs) < 2:  # the engine has it from the text
            return Asked(text, known, changing)
    return Asked(text, known, changing, tuple(dict.fromkeys(default_graphs)), tuple(dict.fromkeys(named_graphs)))


def _data_set(tokens: Sequence[Token], base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs after FROM and those after FROM NAMED, as far as their IRIs can be told."""
    prefixes, default, named = dict[str, str](), list[str](), list[str]()
    before: Sequence[Token | None] = (None, None, *tokens)
    for first, second, token in zip(before, before[1:], tokens, strict=False):
        iri = _iri(token, prefixes, base)
        if iri is None:
            continue
        if _word(second) == "BASE":
            base = iri
        elif _word(first) == "PREFIX" and second:
            prefixes[second["prefix"]] = iri
        elif _word(second) == "FROM":
            default.append(iri)
        elif (_word(first), _word(second)) == ("FROM", "NAMED"):
            named.append(iri)
    return tuple(default), tuple(named)


def _word(token: Token | None) -> str:
    return (token["word"] or "").upper() if token else ""


def _iri(token: Token, prefixes: Mapping[str, str], base: str) -> str | None:
    if token["iri"] is not None:
        return urljoin(base, str(token["iri"]))
    if token["prefix"] in prefixes:
        return prefixes[token["prefix"]] + re.sub(r"\\(.)", r"\1", str(token["local"]))
    return None


def _tokens(text: str) -> list[Token]:
    """The words, IRIs and names of a text; escapes count as what they stand for, as the parser has it."""
    found = _TOKEN.finditer(_ESCAPED.sub(_unescaped, text))
    return [token for token in found if token.lastgroup]


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _position(text: str, place: int) -> tuple[int, int]:
    before = text[:place]
    return before.count("\n") + 1, place - before.rfind("\n")


def _check(graph: str) -> None:
    try:
        NamedNode(graph)
    except ValueError as error:
        raise BadQuery(f"the graph {graph!r} is no absolute IRI: {error}") from error
