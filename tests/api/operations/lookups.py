"""Look-ups of one node, in the words of the schema: by id, by its own values, by any of its names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLError

from graph.merging import Node
from graph.model import MODEL
from tests.api.operations.dicts import Dicts, properties, stored


def one(dicts: Dicts, label: str, given: Mapping[str, Any]) -> Node | None:
    """The one node that all arguments find, or None; an error where there are several, or no argument."""
    asked = {key: value for key, value in given.items() if value is not None}
    if not asked:
        raise GraphQLError("nothing is given", extensions={"code": "BAD_USER_INPUT"})
    found = [node for node in dicts.labelled(label) if all(_found(dicts, node, *pair) for pair in asked.items())]
    if "name" in asked and len(found) > 1:
        found = _nearest(dicts, found, asked["name"])
    if len(found) > 1:
        raise GraphQLError(f"{len(found)} nodes", extensions={"code": "AMBIGUOUS"})
    return found[0] if found else None


def _found(dicts: Dicts, node: Node, key: str, value: str) -> bool:
    if key == "name":
        return node.values["name"] == value or any(_folded(text) == _folded(value) for text, _ in _names(dicts, node))
    if key == "assessment":
        ways = dicts.ways(node, MODEL.relations(node.label)["assessment"])
        return any(value in (way.node.id, way.node.values["name"]) for way in ways)
    return bool(stored(node, properties(node.label)[key]) == value)


def _nearest(dicts: Dicts, found: list[Node], name: str) -> list[Node]:
    """Those that have it for a name and not only for a namespace; in the same case; that are called so themselves."""
    words = [node for node in found if _folded(name) in {_folded(t) for t in _words(dicts, node)} or _own(node, name)]
    found = words or found
    exact = [node for node in found if name in _words(dicts, node) or _own(node, name)]
    found = exact or found
    return [node for node in found if _own(node, name)] or found


def _own(node: Node, name: str) -> bool:
    return node.values["name"] == name


def _words(dicts: Dicts, node: Node) -> list[str]:
    return [text for text, kind in _names(dicts, node) if kind != "namespace"]


def _names(dicts: Dicts, node: Node) -> Iterator[tuple[str, str]]:
    names = MODEL.relations(node.label).get("names")
    for way in dicts.ways(node, names) if names else ():
        yield str(way.node.values["text"]), str(way.node.values["kind"])


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
