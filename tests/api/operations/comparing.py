"""An operation is answered by a store and by the executor over dicts; what they answer has to be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from api.schema import Api
from tests.api.operations.arguments import Slot, probe
from tests.api.operations.paging import PLACE
from tests.api.operations.resolving import Executor
from tests.api.operations.writing import Operation

Errors = list[tuple[tuple[str | int, ...], str]]


@dataclass(slots=True)
class Bench:
    """An API over a store beside the executor over dicts, with the cursors of both that stand for one place."""

    api: Api
    executor: Executor
    cursors: dict[str, str] = field(default_factory=dict)
    """The store's cursor of each place."""
    probed: dict[str, list[str]] = field(default_factory=dict)

    def check(self, operation: Operation) -> None:
        """Fails where data or errors differ, the order of keys included, or a cursor stands for two places."""
        places = {slot.variable: self._place(slot) for slot in operation.slots}
        cursors = {variable: self.cursors[place] for variable, place in places.items() if place is not None}
        ours = {**operation.variables, **dict.fromkeys(places), **cursors}
        theirs = {**operation.variables, **places}
        found = self._asked(operation.document, ours, operation.name)
        expected, errors = self._expected(operation.document, theirs, operation.name)
        assert _errors(found) == errors
        self._learn(expected, found.get("data"))
        assert orjson.dumps(found.get("data")) == orjson.dumps(self._translated(expected))

    def _place(self, slot: Slot) -> str | None:
        """One of the places of a list; None where it has none."""
        document = probe(slot)
        if document not in self.probed:
            expected, _ = self._expected(document, {})
            self._learn(expected, self._asked(document, {})["data"])
            self.probed[document] = list(dict.fromkeys(_places(expected)))
        known = self.probed[document]
        return known[slot.place % len(known)] if known else None

    def _asked(self, document: str, variables: Mapping[str, Any], name: str | None = None) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.api.run(document, variables, name).json())
        return found

    def _expected(self, document: str, variables: Mapping[str, Any], name: str | None = None) -> tuple[Any, Errors]:
        result = self.executor.run(document, variables, name)
        errors = [(tuple(e.path or ()), str((e.extensions or {}).get("code"))) for e in result.errors or ()]
        return result.data, sorted(errors, key=str)

    def _learn(self, expected: Any, found: Any) -> None:
        """Notes which cursor the store has for a place: always the same, and that of no other place."""
        for place, cursor in _pairs(expected, found):
            assert isinstance(cursor, str) and cursor, f"no cursor for {place}"
            assert self.cursors.setdefault(place, cursor) == cursor, f"two cursors for {place}"

    def _translated(self, expected: Any) -> Any:
        if isinstance(expected, dict):
            return {key: self._translated(value) for key, value in expected.items()}
        if isinstance(expected, list):
            return [self._translated(value) for value in expected]
        return self.cursors[expected] if _is_place(expected) else expected


def _errors(body: Mapping[str, Any]) -> Errors:
    errors = [(tuple(e.get("path", ())), e["extensions"]["code"]) for e in body.get("errors", [])]
    return sorted(errors, key=str)


def _is_place(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(PLACE)


def _places(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _places(inner)
    elif _is_place(value):
        yield value


def _pairs(expected: Any, found: Any) -> Iterator[tuple[str, Any]]:
    """Each place with what the store has there, as far as both answers have the same shape."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in expected.keys() & found.keys():
            yield from _pairs(expected[key], found[key])
    elif isinstance(expected, list) and isinstance(found, list):
        for one, other in zip(expected, found, strict=False):
            yield from _pairs(one, other)
    elif _is_place(expected):
        yield expected, found
