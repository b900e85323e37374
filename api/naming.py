"""Entities that a client names: by id, or by any name, alias, acronym or namespace, as documents write them.

A name that nothing goes by as it stands is tried as a list prints it, with another name of the same entity in brackets,
and a service's without the vendor's word, which may be left out in speech where no document leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from api.errors import BadArgument
from graph.answering import Answering
from graph.asking import among, equal, listed, some, values
from graph.errors import Ambiguous
from graph.identifiers import fold
from graph.model import MODEL
from graph.selection import And, Compare, Filter, Operator, Or

CANDIDATES = 10
"""How many candidates an error lists."""

_BRACKETED = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<inside>[^()]+)\)")
_FOLDED = MODEL.node("Name").prop("folded")
_KIND = MODEL.node("Name").prop("kind")
_WORDS = tuple(kind for kind in _KIND.values if kind != "namespace")
_NOTHING, _ANYTHING = Or(()), And(())
_VENDOR = 3
"""How many services have names that begin with a word which is their vendor's."""


def named(answering: Answering, label: str, text: str) -> str:
    """The id of the one entity of a label that a text names.

    Raises `BadArgument` where there is none, `Ambiguous` with the candidates' ids where there are several.
    """
    found = matching(answering, label, text, among(label, (text,)))
    if len(found) > 1:
        raise Ambiguous(f"{label} {text!r}", found[:CANDIDATES])
    if not found:
        raise BadArgument(f"no {label} is called {text!r}; give its id, or a name, alias, acronym or namespace of it")
    return found[0]


def all_named(answering: Answering, label: str, texts: Sequence[str]) -> tuple[str, ...]:
    """The ids of the entities that the texts name, each once, in their order; raises as `named` does."""
    return tuple(dict.fromkeys(named(answering, label, text) for text in texts))


def matching(
    answering: Answering, label: str, text: str, other: Filter = _NOTHING, also: Filter = _ANYTHING
) -> list[str]:
    """The ids of the entities that a text names, or that `other` finds, and to which `also` applies.

    Where there are several, those go before the others that have it for a name and not only for a namespace, then
    those that have it in the same case, then those that are called so first of all: one where that tells them apart.
    """
    for way in _ways(answering, label, text, other):
        condition = And((way, also))
        found = answering.matching(label, condition, CANDIDATES + 1)
        for closer in _closer(label, text) if len(found) > 1 else ():
            nearer = answering.matching(label, And((condition, closer)), CANDIDATES + 1)
            if nearer:
                found, condition = nearer, And((condition, closer))
        if found:
            return found
    return []


def _ways(answering: Answering, label: str, text: str, other: Filter) -> Iterator[Filter]:
    """The conditions under which a text names an entity, the nearest first."""
    by_name = equal(label, "name", text)
    if "names" not in MODEL.relations(label):
        yield Or((by_name, other))
        return
    yield Or((_called(label, text), by_name, other))
    listed_ = _BRACKETED.fullmatch(text.strip())
    if listed_:
        parts = (listed_["name"], *listed_["inside"].split(","))
        yield And(tuple(_called(label, part) for part in parts))
    if label == "Service":
        yield _without_vendor(answering, label, text)


def _closer(label: str, text: str) -> Iterator[Filter]:
    by_name = equal(label, "name", text)
    if "names" in MODEL.relations(label):
        a_word = Compare(_KIND, Operator.IN, _WORDS)
        yield Or((some(label, "names", And((equal("Name", "folded", fold(text)), a_word))), by_name))
        yield Or((some(label, "names", And((equal("Name", "text", text), a_word))), by_name))
    yield by_name


def _called(label: str, text: str) -> Filter:
    return some(label, "names", equal("Name", "folded", fold(text)))


def _without_vendor(answering: Answering, label: str, text: str) -> Filter:
    """The entities of which a name is the text after one word more, with which several of them begin."""
    end = f" {fold(text)}"
    near = And((Compare(_FOLDED, Operator.CONTAINS, end), Compare(_KIND, Operator.IN, _WORDS)))
    found = answering.connection("Name", listed("Name", *values("Name", "folded"), where=near))["nodes"]
    names = {row["folded"] for row in found if row["folded"].endswith(end)}
    words = {word for name in names if " " not in (word := name.removesuffix(end))}
    vendors = sorted(word for word in words if _is_vendor(answering, label, word))
    whole = tuple(f"{word}{end}" for word in vendors)
    return some(label, "names", Compare(_FOLDED, Operator.IN, whole)) if whole else Or(())


def _is_vendor(answering: Answering, label: str, word: str) -> bool:
    begins = Compare(_FOLDED, Operator.STARTS_WITH, f"{word} ")
    return len(answering.matching(label, some(label, "names", begins), _VENDOR)) == _VENDOR
