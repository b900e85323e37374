"""Which nodes match a search, and by which of their texts, as far as a client may know them.

In public the wording that no document that may be shown states is as if it were not there: it matches nothing, and
neither counts nor ranks. What a store finds by wording alone is therefore looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from api.compiling import wording
from api.special import Asking
from graph.searching import (
    PLAIN_KINDS,
    Kind,
    Matches,
    Text,
    Wanted,
    best,
    entity_of,
    searched,
    searched_labels,
    texts,
)
from graph.selection import Shape
from graph.words import Query


def matches(asking: Asking, wanted: Wanted) -> Matches:
    """How many nodes match, and the rank and the id of those of the page."""
    if not asking.public:
        return asking.answering.search(wanted)
    plain, worded = (
        asking.answering.search(replace(wanted, kinds=kinds, limit=None, after=None))
        for kinds in (PLAIN_KINDS, (Kind.WORDING,))
    )
    ranks = {id_: rank for rank, id_ in plain.hits}  # wording ranks below all else
    for id_, shown in _shown_wording(asking, [id_ for _, id_ in worded.hits if id_ not in ranks]).items():
        found = best(wanted.query, shown)
        if found:
            ranks[id_] = found[0]
    hits = sorted(((rank, id_) for id_, rank in ranks.items()), key=_order)
    after = wanted.after
    left = [hit for hit in hits if after is None or _order(hit) > _order(after)]
    return Matches(len(hits), left[: wanted.limit])


def best_texts(asking: Asking, query: Query, ids: Sequence[str]) -> dict[str, Text]:
    """The text of each node by which it matches best, of several the first in the order of its properties and names."""
    names = [step.end for step in asking.answering.steps(ids, ["HAS_NAME"])]
    own = defaultdict[str, list[Text]](list)
    for node in sorted(asking.answering.whole([*ids, *names]), key=lambda node: (node.label == "Name", node.id)):
        own[entity_of(node.id)] += texts(node)
    if asking.public:
        shown = _shown_wording(asking, ids)
        own.update({id_: [t for t in own[id_] if t.kind is not Kind.WORDING] + shown.get(id_, []) for id_ in ids})
    return {id_: found[1] for id_ in ids if (found := best(query, own[id_]))}


def _order(hit: tuple[int, str]) -> tuple[int, str]:
    return -hit[0], hit[1]


def _shown_wording(asking: Asking, ids: Sequence[str]) -> Mapping[str, list[Text]]:
    """What each node holds of the wording of documents that may be shown."""
    rows = zip(ids, asking.answering.nodes(ids, _wordings()), strict=True)
    return {
        id_: [Text(Kind.WORDING, key, value) for key, value in row.items() if value is not None]
        for id_, row in rows
        if row
    }


@cache
def _wordings() -> Shape:
    worded = {label: [p for kind, p in searched(label) if kind is Kind.WORDING] for label in searched_labels()}
    return Shape({label: tuple(wording(p.key, label, p) for p in props) for label, props in worded.items() if props})
