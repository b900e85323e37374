"""The state of a store as a short text: equal for equal facts, in whatever order and however often they were loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import orjson

from graph.errors import StoreChanging
from graph.store import Snapshot


def loaded(snapshot: Snapshot) -> str | None:
    """The state of all facts: which documents are loaded, and what each of them states; one statement.

    None where a document was put by a release that kept no digest of what it states; loading it again puts it there.
    What writes into a store otherwise than by putting and taking documents is not seen.
    """
    stated = [node.values.get("stated_sha256") for node in snapshot.scan("Document")]
    return None if None in stated else _digest(sorted(map(str, stated)))


@contextmanager
def steady(snapshot: Snapshot, before: str | None) -> Iterator[None]:
    """Raises `StoreChanging` where the state at the end is not what it was before, whatever came of the mixture."""
    try:
        yield
    finally:
        if loaded(snapshot) != before:
            raise StoreChanging


def recorded(snapshot: Snapshot) -> str:
    """The state of the loads that the store records; one statement."""
    return _digest([[node.id, dict(node.values)] for node in snapshot.scan("LoadRun")])


def _digest(value: object) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()
