"""What an expected.json says, flattened: one fact is one membership or one value of one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graph.identifiers import fold

Truth = Mapping[str, Any]

LISTS = {
    "services": "service",
    "excluded_services": "excluded service",
    "regions": "region",
    "edge_locations": "edge location",
    "facilities": "facility",
    "subservice_organizations": "subservice organization",
    "objectives": "objective",
    "requirements": "requirement",
    "controls": "control",
    "tests": "test",
    "deviations": "deviation",
    "user_entity_controls": "user entity control",
    "subservice_controls": "subservice control",
    "commitments": "commitment",
    "policies": "policy",
    "glossary": "glossary",
    "qualified_on": "qualified on",
    "standards": "standard",
    "other_frameworks": "framework",
    "trust_services_categories": "category",
    "out_of_scope": "never in scope",
    "assessments": "assessment",
}
"""The kind of fact of each list of things; other lists are values of the thing that has them."""

KEYS = {
    "service": ("name",),
    "region": ("code", "name"),
    "subservice organization": ("name",),
    "objective": ("number",),
    "requirement": ("code",),
    "control": ("number",),
    "user entity control": ("statement",),
    "subservice control": ("statement",),
    "commitment": ("statement",),
    "qualified on": ("on",),
}
"""What names a thing of each kind: the first of these that it has."""

NOT_COUNTED = frozenset({"may", "key", "framework"})
_HEAD = re.compile(r"(exceptions?|deviations?)( was| were)? (noted|identified|found) ?[.:;,–—-]? ", re.IGNORECASE)


class Fact(NamedTuple):
    """One fact; of a membership `what` and `value` are empty."""

    kind: str
    of: str
    what: str = ""
    value: str = ""

    def __str__(self) -> str:
        said = f" {self.what}: {self.value}" if self.what else " is there"
        return f"{self.kind} {self.of[:80]}{said}"


def flatten(truth: Truth) -> frozenset[Fact]:
    """The facts of a truth, or of what a loader found in the same shape."""
    return frozenset(_flatten(truth))


def allowed(truth: Truth) -> frozenset[Fact]:
    """What a loader may state or leave: the running text says it, the report does not set it apart as a value."""
    things = ((kind, thing) for key, kind in LISTS.items() for thing in truth.get(key, []) if "may" in thing)
    return frozenset(
        Fact(kind, _key(kind, "", thing, 0), key, text(value))
        for kind, thing in things
        for key, values in thing["may"].items()
        for value in (values if isinstance(values, list) else [values])
    )


def text(value: object) -> str:
    """A value as it is compared: white space folded."""
    return " ".join(str(value).split())


def _flatten(truth: Truth) -> Iterator[Fact]:
    for key, value in truth.items():
        if key in LISTS:
            yield from _things(LISTS[key], "", value)
        elif key in ("document", "auditor"):
            yield from (Fact("report", key, what, text(said)) for what, said in value.items() if said is not None)
        elif key != "never_in_scope" and value is not None:
            yield Fact("report", "", key, fold(str(value)) if key == "system_name" else text(value))


def _things(kind: str, of: str, things: list[Any]) -> Iterator[Fact]:
    for ordinal, thing in enumerate(things, start=1):
        if isinstance(thing, str):
            yield Fact(kind, text(thing))
        else:
            yield from _thing(kind, _key(kind, of, thing, ordinal), thing)


def _thing(kind: str, of: str, thing: Truth) -> Iterator[Fact]:
    yield Fact(kind, of)
    named_by = _named_by(kind, thing)
    for key, value in thing.items():
        if key in LISTS and key not in ("services", "objectives", "requirements"):
            yield from _things(LISTS[key], f"{of} {LISTS[key]}" if of else LISTS[key], value)
        elif isinstance(value, list):
            yield from (Fact(kind, of, key, text(item)) for item in value)
        elif value is not None and key not in (named_by, *NOT_COUNTED) and (key, value) != ("applicable", True):
            yield Fact(kind, of, key, _value(kind, key, value))


def _key(kind: str, of: str, thing: Truth, ordinal: int) -> str:
    if kind == "facility":
        return f"{thing['kind']} {thing.get('city') or thing.get('subdivision') or thing.get('country')}"
    if "key" in thing:
        return str(thing["key"])
    key = _named_by(kind, thing)
    return text(thing[key]) if key else f"{of} {ordinal}"


def _named_by(kind: str, thing: Truth) -> str | None:
    return next((key for key in KEYS.get(kind, ()) if thing.get(key)), None)


def _value(kind: str, key: str, value: object) -> str:
    """A deviation's statement is the same with and without `Exception noted.` before it."""
    return _HEAD.sub("", text(value), count=1) if (kind, key) == ("deviation", "statement") else text(value)
