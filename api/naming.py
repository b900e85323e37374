"""Entities that a client names: by id, or by any name, alias, acronym or namespace."""

from __future__ import annotations

from collections.abc import Sequence

from api.errors import BadArgument
from graph.answering import Answering
from graph.asking import among, equal, some
from graph.errors import Ambiguous
from graph.identifiers import fold
from graph.selection import Or

_CANDIDATES = 10


def named(answering: Answering, label: str, text: str) -> str:
    """The id of the one entity of a label that a text names.

    Raises `BadArgument` where there is none, `Ambiguous` with the candidates' ids where there are several.
    """
    by_name = some(label, "names", equal("Name", "folded", fold(text)))
    found = answering.matching(label, Or((among(label, (text,)), by_name, equal(label, "name", text))), _CANDIDATES + 1)
    if len(found) > 1:
        own = answering.matching(label, equal(label, "name", text), 2)
        found = own if len(own) == 1 else found
    if len(found) > 1:
        raise Ambiguous(f"{label} {text!r}", found[:_CANDIDATES])
    if not found:
        raise BadArgument(f"no {label} is called {text!r}; give its id, or a name, alias, acronym or namespace of it")
    return found[0]


def all_named(answering: Answering, label: str, texts: Sequence[str]) -> tuple[str, ...]:
    """The ids of the entities that the texts name, each once, in their order; raises as `named` does."""
    return tuple(dict.fromkeys(named(answering, label, text) for text in texts))
