"""Addresses of stores: what a text such as `sqlite:///facts.db` or `neo4j://host:7687` names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from graph.errors import BadAddress

_NEO4J = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


class StoreKind(Enum):
    """What serves a store."""

    SQLITE = "sqlite"
    NEO4J = "neo4j"


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Where a store is: the path of a SQLite file, or the URL of a Neo4j server without any password."""

    kind: StoreKind
    place: str

    def __str__(self) -> str:
        return f"sqlite:///{self.place}" if self.kind is StoreKind.SQLITE else self.place


def parse_address(text: str) -> StoreAddress:
    """The address that a text gives: `sqlite:///relative.db`, `sqlite:////absolute.db` or a Neo4j URL.

    Raises `BadAddress` for anything else, and for a password in the address.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise BadAddress(text.split("://", 1)[0], str(error)) from error
    if parts.scheme == "sqlite":
        return _sqlite(text)
    if parts.scheme not in _NEO4J:
        raise BadAddress(parts.scheme or text, "it is of no known scheme")
    if parts.username is not None or parts.password is not None:
        raise BadAddress(parts.scheme, "user and password stand in NEO4J_USERNAME and NEO4J_PASSWORD, never here")
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise BadAddress(text, "it has a host and a port alone")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return StoreAddress(StoreKind.NEO4J, f"{parts.scheme}://{host}:{port or 7687}")


def _sqlite(text: str) -> StoreAddress:
    rest = text.removeprefix("sqlite://")
    if not rest.startswith("/") or len(rest) == 1:
        raise BadAddress(text, "three slashes stand before a relative path, four before an absolute one")
    return StoreAddress(StoreKind.SQLITE, rest[1:])
