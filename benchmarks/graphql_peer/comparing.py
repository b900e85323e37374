"""Whether the peer's answer says the same as ours: lists for connections, lists of one for what is one, small enums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SORT_KEYS = frozenset({"name", "number", "numberOrder", "ordinal"})
"""What the peer is asked beside a question, since it sorts nested lists by no key that it does not answer."""


def same(ours: Any, peer: Any) -> bool:
    """Whether both hold the same values in the same order, envelopes aside."""
    if isinstance(ours, Mapping):
        return _same_mapping(ours, peer)
    if isinstance(ours, list):
        return isinstance(peer, list) and len(ours) == len(peer) and all(map(same, ours, peer))
    if ours is None:
        return peer in (None, [])
    return bool(ours == peer)


def _same_mapping(ours: Mapping[str, Any], peer: Any) -> bool:
    if set(ours) == {"nodes"} and isinstance(peer, list):
        return same(ours["nodes"], peer)
    if isinstance(peer, list):
        return len(peer) == 1 and same(ours, peer[0])
    if not isinstance(peer, Mapping):
        return False
    more = peer.keys() - ours.keys()
    return more <= SORT_KEYS and all(key in peer and same(value, peer[key]) for key, value in ours.items())
