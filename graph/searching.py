"""What is searched: the texts of nodes, by the kind of text that each is, and the rank of a match.

A text matches where it holds all terms of a query; a node matches where one of its texts does. Its rank is that of its
best text, a whole number. In thousands it says where the query matches and how, from 10 down:

    the whole name 10, alias 9, namespace 8; the begin of the name 7, alias 6, namespace 5;
    within the name 4, alias 3, namespace 2; another stated value 1; a document's wording 0

and in what is left how short the text is: 999 less its number of words, at least 0. Equal ranks go by id. Both stores
compute it so, `rank` is the rule in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from graph.identifiers import label_of
from graph.merging import Node
from graph.model import MODEL, Property, ValueType
from graph.words import Query, words


class Kind(IntEnum):
    """What a text is for its node, the least telling first."""

    WORDING = 0
    VALUE = 1
    NAMESPACE = 2
    ALIAS = 3
    NAME = 4


THOUSAND = 1_000
BEGIN, WHOLE = 3, 6
"""How many thousands more a name, alias or namespace has whose begin the query is, or that it is whole."""

SHORTEST = THOUSAND - 1
PLAIN_KINDS = tuple(kind for kind in Kind if kind is not Kind.WORDING)

_NAMES = frozenset({"name", "title", "full_name", "number", "code"})
"""What a node is called by the document itself, beside its name."""

_OTHERS = frozenset(
    {
        "id",
        "aliases",  # a Name node has each of them
        "folded",
        "section",  # what stands below the headings is found by its own words
        "sha256",
        "quote_sha256",
        "media_type",
        "loader",
        "loader_version",
        "loaded_facts",
    }
)
"""Text that is not searched."""

_NAME = "Name"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a node: what it is for it, the key of the property that shows it, and the text itself."""

    kind: Kind
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of the nodes of those labels that match by a text of those kinds, the highest rank first.

    Of all labels where `labels` is None; all nodes where `limit` is None. `after` is the rank and the id of a node.
    """

    query: Query
    labels: tuple[str, ...] | None = None
    kinds: tuple[Kind, ...] = tuple(Kind)
    limit: int | None = None
    after: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """How many nodes match, and the rank and the id of those of the page."""

    total: int
    hits: Sequence[tuple[int, str]]


def searched_labels() -> tuple[str, ...]:
    """The labels of nodes that can be found; a name is found as what it names."""
    return tuple(label for label in MODEL.labels if label not in (_NAME, "LoadRun"))


@cache
def searched(label: str) -> tuple[tuple[Kind, Property], ...]:
    """The properties of a label that are searched, the most telling first."""
    found = [(_kind(label, prop), prop) for prop in MODEL.node(label).shown if _is_text(prop)]
    return tuple(sorted(found, key=lambda pair: -pair[0]))


def texts(node: Node) -> list[Text]:
    """The texts by which a node is found, or what a name names; the most telling first."""
    values = node.values
    if node.label == _NAME:
        spaces = values["kind"] == "namespace"
        kind, key = (Kind.NAMESPACE, "namespaces") if spaces else (Kind.ALIAS, "aliases")
        return [Text(kind, key, str(values["text"]))]
    found = searched(node.label) if node.label in searched_labels() else ()
    return [Text(kind, prop.key, item) for kind, prop in found for item in _items(values.get(prop.key))]


def indexed(node: Node) -> list[tuple[Kind, list[str]]]:
    """What a store indexes of a node: the words of each of its texts, those of the most telling kind where equal."""
    found: dict[tuple[str, ...], Kind] = {}
    for text in texts(node):
        found.setdefault(tuple(words(text.text)), text.kind)
    return [(kind, list(cut)) for cut, kind in found.items() if cut]


def entity_of(node: str) -> str:
    """The id of the node that is found by the texts of a node: of a name what it names, which its id holds."""
    return node.split("/", 1)[1].rpartition("/")[0] if label_of(node) == _NAME else node


def best(query: Query, candidates: Iterable[Text]) -> tuple[int, Text] | None:
    """The text with the highest rank, the first of several, and its rank; None where none matches."""
    ranked = [(found, text) for text in candidates if (found := rank(query, text.kind, words(text.text))) is not None]
    return max(ranked, key=lambda pair: pair[0], default=None)


def rank(query: Query, kind: Kind, cut: Sequence[str]) -> int | None:
    """The rank of a text of those words; None where it does not match."""
    line = f"{' '.join(cut)} "
    if not all(term.sought in f" {line}" for term in query.terms):
        return None
    how = 0
    if kind >= Kind.NAMESPACE:
        how = WHOLE if line == f"{query.line} " else BEGIN if line.startswith(query.start) else 0
    return (kind + how) * THOUSAND + max(0, SHORTEST - len(cut))


def _items(value: object) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, tuple | list) else [str(value)]


def _is_text(prop: Property) -> bool:
    return prop.type in (ValueType.STRING, ValueType.URL) and not prop.values and prop.key not in _OTHERS


def _kind(label: str, prop: Property) -> Kind:
    if prop.verbatim:
        return Kind.WORDING
    if prop.key == "namespaces":
        return Kind.NAMESPACE
    made = label == "Citation"  # its name counts lines, and no document says it
    return Kind.NAME if prop.key in _NAMES and not made else Kind.VALUE
