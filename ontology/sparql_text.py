"""What the text of a SPARQL query tells before it is parsed: its form, what it may not ask, if its answer changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import TypeAlias
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from graph.errors import BadQuery
from graph.model import NAMESPACE
from ontology.namespaces import CG, DEFAULT_BASE

Token: TypeAlias = re.Match[str]

ROWS = frozenset({"SELECT", "ASK"})
GRAPHS = frozenset({"CONSTRUCT", "DESCRIBE"})

_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_CHANGING = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_FEDERATED = "SERVICE"
_HINTS = 3
"""How many hints a query is worth; each looks through the whole vocabulary."""

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
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
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
    hints: tuple[str, ...] = ()
    """What of the vocabulary it asks that is not there, so that it finds nothing by it."""

    @property
    def graph(self) -> bool:
        """Whether the answer is a graph; else it is rows, or yes or no."""
        return self.form in GRAPHS

    @property
    def merges(self) -> bool:
        """Whether the default graph is made of several, in which a triple may stand more than once."""
        return len(self.default_graphs or ()) > 1


@dataclass(frozen=True, slots=True)
class _Named:
    """An IRI of a query, the keyword behind which it stands, and the prefix that it declares, if it does."""

    iri: str
    behind: str
    prefix: str


def read(
    text: str, default_graphs: tuple[str, ...] = (), named_graphs: tuple[str, ...] = (), base: str = DEFAULT_BASE
) -> Asked:
    """The query in a text; raises `BadQuery` for none, for an update, for SERVICE, and for graphs that are no IRIs."""
    for graph in (*default_graphs, *named_graphs):
        _check(graph)
    tokens = _tokens(text)
    if not tokens:
        raise BadQuery("there is no query in it; SELECT, ASK, CONSTRUCT and DESCRIBE are answered", 1, 1)
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
    named = list(_named(tokens, base))
    once = {(one.iri, one.prefix): one for one in named}.values()
    hints = tuple(islice(filter(None, map(_hint, once)), _HINTS))
    if not default_graphs and not named_graphs:
        default_graphs, named_graphs = _data_set(named)
        if len(default_graphs) < 2:  # the engine has it from the text
            return Asked(text, known, changing, hints=hints)
    default, among = (tuple(dict.fromkeys(graphs)) for graphs in (default_graphs, named_graphs))
    return Asked(text, known, changing, default, among, hints)


def _hint(named: _Named) -> str:
    """What of the vocabulary an IRI seems to mean and is not, so that nothing is found; else nothing."""
    if named.behind == "PREFIX":
        is_other = named.prefix == "cg" and named.iri != NAMESPACE
        return f"the prefix cg is <{named.iri}>; the vocabulary is <{NAMESPACE}>" if is_other else ""
    name = named.iri.removeprefix(NAMESPACE)
    if not named.iri.startswith(NAMESPACE) or not name or name in CG:
        return ""
    near = get_close_matches(name, list(CG), 1, 0.5)
    return f"cg:{name} is no term of the vocabulary" + (f"; did you mean cg:{near[0]}?" if near else "")


def _data_set(named: Sequence[_Named]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs after FROM and those after FROM NAMED, as far as their IRIs can be told."""
    default, among = ([one.iri for one in named if one.behind == word] for word in ("FROM", "NAMED"))
    return tuple(default), tuple(among)


def _named(tokens: Sequence[Token], base: str) -> Iterator[_Named]:
    """The IRIs of a query in their order, by its base and its prefixes."""
    prefixes = dict[str, str]()
    before: Sequence[Token | None] = (None, None, *tokens)
    for first, second, token in zip(before, before[1:], tokens, strict=False):
        iri = _iri(token, prefixes, base)
        if iri is None:
            continue
        behind, prefix = _word(second), ""
        if behind == "BASE":
            base = iri
        elif _word(first) == "PREFIX" and second:
            behind, prefix = "PREFIX", second["prefix"]
            prefixes[prefix] = iri
        yield _Named(iri, behind, prefix)


def _word(token: Token | None) -> str:
    return (token["word"] or "").upper() if token else ""


def _iri(token: Token, prefixes: Mapping[str, str], base: str) -> str | None:
    if token["iri"] is not None:
        return _joined(base, str(token["iri"]))
    if token["prefix"] in prefixes:
        return prefixes[token["prefix"]] + re.sub(r"\\(.)", r"\1", str(token["local"]))
    return None


def _joined(base: str, iri: str) -> str:
    """An absolute IRI as it is, a relative one under the base; with the empty fragment, which `urljoin` takes away."""
    if _ABSOLUTE.match(iri):
        return iri
    return urljoin(base, iri).rstrip("#") + "#" if iri.endswith("#") else urljoin(base, iri)


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
