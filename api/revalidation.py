"""ETags: what an answer depends on, the question and the state of the store, told without answering."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import orjson
from graphql import DocumentNode, FieldNode, FragmentSpreadNode, SelectionSetNode, strip_ignored_characters

from api.costs import fragments_of, operation_of
from api.schema import Api, schema_text
from graph.errors import ComplianceGraphError
from graph.model import MODEL
from graph.state import loaded, recorded

_LOADS = "LoadRun"
_OF_FACTS = frozenset(
    field for node in MODEL.nodes if node.label != _LOADS for field in (node.singular, node.plural)
) | {"compare", "coverage", "path", "responsibilities", "search", "limits", "__typename", "__schema", "__type"}
"""The root fields whose answers hold no load: a LoadRun has no relationships, so that no other field leads to one."""


class Revalidation:
    """The ETags of what one API answers; `release` stands for what else is served and can change with the program."""

    def __init__(self, api: Api, release: str = "") -> None:
        self._api = api
        self._release = _hash([schema_text(), asdict(api.limits), api.public, release])

    def question(self, query: str, variables: Mapping[str, Any], name: str | None, media: str) -> str | None:
        """The ETag of an operation's answer; None where it cannot be told, or the operation is refused.

        It is read before the operation runs: a load between both makes a client ask once more, never too rarely.
        """
        document = self._api.accepted(query, variables, name)
        if document is None:
            return None
        loads = not root_fields(document, name) <= _OF_FACTS
        return self._tag(loads, [_normal(query), dict(variables), name, media])

    def export(self, *asked: Any) -> str | None:
        """The ETag of an export or of whatever else holds the facts alone, by what is asked."""
        return self._tag(False, ["export", *asked])

    def sparql(self, state: str | None, *parts: Any) -> str | None:
        """The ETag of what is answered from that state of the facts; None where the state cannot be told."""
        return None if state is None else etag(_hash([self._release, state, "sparql", *parts]))

    def _tag(self, loads: bool, parts: list[Any]) -> str | None:
        try:
            with self._api.store.snapshot(self._api.limits.seconds) as snapshot:
                facts, runs = loaded(snapshot), recorded(snapshot) if loads else None
        except ComplianceGraphError:  # the answer itself says so
            return None
        return None if facts is None else etag(_hash([self._release, facts, runs, *parts]))


def etag(content: str | bytes) -> str:
    """A strong ETag of that content, or of what decides the content."""
    return f'"{hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:32]}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether the ETag is among those of the header, or `*`; weakly, since caches that compress weaken ETags."""
    given = {part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")}
    return not given.isdisjoint((tag, "*"))


def root_fields(document: DocumentNode, name: str | None) -> set[str]:
    """The names of the root fields that an operation selects, in fragments too."""
    operation, fragments = operation_of(document, name), fragments_of(document)
    found, seen = set[str](), set[str]()
    waiting: list[SelectionSetNode] = [operation.selection_set] if operation else []
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                found.add(node.name.value)
            elif not isinstance(node, FragmentSpreadNode):
                waiting.append(node.selection_set)  # type: ignore[attr-defined]
            elif node.name.value not in seen:
                seen.add(node.name.value)
                waiting.append(fragments[node.name.value].selection_set)
    return found


@lru_cache(512)
def _normal(query: str) -> str:
    """The document without spaces and remarks that mean nothing."""
    return strip_ignored_characters(query)


def _hash(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)).hexdigest()
