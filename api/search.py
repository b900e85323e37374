"""`search`: the nodes in whose names, aliases, namespaces and wording words stand, each with the text that matches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from strawberry.types.arguments import StrawberryArgument

from api.errors import BadArgument
from api.filters import page_of
from api.inputs import label_enum
from api.limits import FIRST_DEFAULT, FIRST_MOST
from api.making import Made, argument, object_type
from api.matching_texts import best_texts, matches
from api.special import Asking, Found, Later, ModelTypes, Special
from graph.cursors import encode_cursor
from graph.model import Property, ValueType
from graph.planner import ID
from graph.searching import THOUSAND, Text, Wanted, searched_labels
from graph.selection import Order, Page
from graph.snippets import snippet
from graph.words import Query, parse

_ORDER = (Order(Property("score", "The rank.", ValueType.INTEGER), descending=True), Order(ID))

_SYNTAX = (
    "Words, of which all have to stand in one text of a node, in any order; `prefix*` stands for all words that begin "
    'so; words in "quotation marks", or joined by signs as in us-east-1, stand in a row. Case and diacritics are '
    "folded, and every other sign parts words."
)
_SCORE = (
    "Where the query matches best, and how; from 0 to below 11. Before the point: 10 where it is the whole name (of "
    "which title, number and code are some), 9 an alias, 8 a namespace; 7, 6, 5 where that begins with it; 4, 3, 2 "
    "where it stands within; 1 where it stands in another stated value, 0 in a document's wording. Behind the point: "
    "0.999, less 0.001 for each word of that text. Equal scores are in the order of ids."
)


def _type(types: ModelTypes) -> Any:
    edge = object_type(
        "SearchEdge",
        "A node that was found, and where.",
        {
            "node": Made(types.node, "The node; where a name matches, what it names."),
            "score": Made(float, _SCORE),
            "property": Made(str, "The property that holds the text, by its key in the model."),
            "snippet": Made(
                str,
                "The part of the text that matches, as HTML: matches stand in <mark>, and `&`, `<`, `>` are escaped.",
            ),
            "cursor": Made(str, "The place of the edge in its list, opaque."),
        },
    )
    edges_: Any = list[edge]  # type: ignore[valid-type]
    return object_type(
        "SearchConnection",
        "A page of what was found, the highest score first.",
        {
            "edges": Made(edges_, "The edges of this page."),
            "nodes": Made(list[types.node], "The nodes of this page."),  # type: ignore[name-defined]
            "pageInfo": Made(types.page_info, "Whether there is more, and where this page starts and ends."),
            "totalCount": Made(int, "How many nodes are found, on all pages."),
        },
    )


def _arguments(_: ModelTypes) -> tuple[StrawberryArgument, ...]:
    allowed: Any = list[label_enum()]  # type: ignore[misc]
    not_found = "a name is found as what it names, and loads are not searched"
    return (
        argument("text", str, _SYNTAX),
        argument("types", allowed | None, f"Only nodes of these labels; all where the list is not given; {not_found}."),
        argument("first", int | None, f"At most so many nodes, from 1 to {FIRST_MOST}.", FIRST_DEFAULT),
        argument("after", str | None, "Only nodes after the one with this cursor of the same search."),
    )


def _answer(asking: Asking) -> Any:
    query = parse(asking.arguments["text"], asking.limits.search_words)
    labels = _labels(asking.arguments.get("types"))
    list_ = _list(query, labels)
    page = page_of(list_, _ORDER, asking.arguments)
    found = matches(asking, Wanted(query, labels, limit=page.size + 1, after=_place(page)))
    hits = found.hits[: page.size]
    matching = cache(lambda: best_texts(asking, query, [id_ for _, id_ in hits]))
    cursors = [encode_cursor(list_, _ORDER, hit) for hit in hits]
    return {
        "edges": [_edge(query, *hit, cursor, matching) for hit, cursor in zip(hits, cursors, strict=True)],
        "nodes": Found(tuple(id_ for _, id_ in hits), searched_labels()),
        "pageInfo": {
            "hasNextPage": len(found.hits) > page.size,
            "hasPreviousPage": page.after is not None,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
        "totalCount": found.total,
    }


def _edge(query: Query, rank: int, id_: str, cursor: str, matching: Callable[[], Mapping[str, Text]]) -> dict[str, Any]:
    return {
        "node": Found((id_,), searched_labels(), one=True),
        "score": rank / THOUSAND,
        "property": Later(lambda: matching()[id_].key),
        "snippet": Later(lambda: snippet(matching()[id_].text, query)),
        "cursor": cursor,
    }


def _labels(given: Sequence[Any] | None) -> tuple[str, ...] | None:
    """The labels that are asked for, in the order of the model; None where all are."""
    if given is None:
        return None
    wanted = {type_.value for type_ in given}
    others = [type_.name for type_ in given if type_.value not in searched_labels()]
    if others or not wanted:
        valid = ", ".join(type_.name for type_ in label_enum() if type_.value in searched_labels())
        raise BadArgument(f"types is {f'not searched: {others[0]}' if others else 'empty'}; it can be any of {valid}")
    return tuple(label for label in searched_labels() if label in wanted)


def _list(query: Query, labels: Sequence[str] | None) -> str:
    """The name of what a search finds, so that a cursor of another search is refused."""
    asked = json.dumps([[(term.words, term.prefix) for term in query.terms], labels])
    return f"search {hashlib.sha256(asked.encode()).hexdigest()[:8]}"


def _place(page: Page) -> tuple[int, str] | None:
    if page.after is None:
        return None
    rank, id_ = page.after
    return int(rank or 0), str(id_)


SEARCH = Special(
    "search",
    "Nodes in whose names, aliases, namespaces, numbers, wording and other texts the words of a text stand.",
    _type,
    _answer,
    _arguments,
)
