"""The reviewed table of names: its rows, and what a table may not say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import InputRefused
from graph.identifiers import fold
from graph.model import MODEL

KINDS = ("acronym", "former", "variant", "misspelt")
Key = tuple[str, str, str]


class BadTable(InputRefused):
    """The table of names contradicts itself; the message lists every row that does."""

    def __init__(self, where: str, breaches: Sequence[str]) -> None:
        super().__init__(f"{where}: the table of names cannot be used:\n" + "\n".join(f"  {b}" for b in breaches))
        self.breaches = tuple(breaches)


@dataclass(frozen=True, slots=True)
class Row:
    """One name: what it is the same as (None: it stands for itself), of which kind, and why that is known.

    `key` is the last part of the entity's id where that is not made from the name, such as a Region's code.
    """

    place: str
    label: str
    scope: str
    name: str
    reason: str
    same_as: str | None = None
    kind: str = "canonical"
    key: str | None = None

    @property
    def index(self) -> Key:
        """What there is only one row of."""
        return (self.label, self.scope, fold(self.name))


@dataclass(frozen=True, slots=True)
class Part:
    """An entity that lives on inside another, by a named rule; `inside` is the other's canonical name."""

    place: str
    label: str
    scope: str
    name: str
    inside: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """One name for several entities, such as all Regions of a country at that time."""

    place: str
    label: str
    scope: str
    name: str
    members: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """All rows by label, scope and folded name, those with a key also by it; vendor prefixes by scope."""

    rows: Mapping[Key, Row]
    keyed: Mapping[Key, Row]
    parts: Mapping[Key, Part]
    groups: Mapping[Key, Group]
    prefixes: Mapping[str, tuple[str, ...]]


def read_table(path: Path) -> Table:
    """The table in a file; raises `BadTable` with every row that contradicts another or lacks something."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadTable(path.name, [str(error)]) from error
    return table_of(data, path.name)


def table_of(data: Mapping[str, Any], where: str) -> Table:
    """The table in parsed TOML; raises `BadTable`."""
    missing = list(_missing(data))
    if missing:
        raise BadTable(where, missing)
    rows = list(_rows(data))
    parts = [
        Part(
            _place("part", n, r),
            r["label"],
            r.get("scope", ""),
            r["name"],
            r["inside"],
            r["rule"],
            r["reason"],
        )
        for n, r in enumerate(data.get("part", ()), 1)
    ]
    groups = [
        Group(_place("group", n, r), r["label"], r.get("scope", ""), r["name"], tuple(r["members"]), r["reason"])
        for n, r in enumerate(data.get("group", ()), 1)
    ]
    index = {row.index: row for row in reversed(rows)}
    breaches = [*_row_breaches(rows, index), *_part_breaches(parts, index), *_group_breaches(groups, index)]
    if breaches:
        raise BadTable(where, breaches)
    return Table(
        index,
        {(row.label, row.scope, row.key): row for row in rows if row.key},
        {(p.label, p.scope, fold(p.name)): p for p in parts},
        {(g.label, g.scope, fold(g.name)): g for g in groups},
        {p["scope"]: tuple(p["prefixes"]) for p in data.get("vendor", ())},
    )


_NEEDED = {
    "vendor": ("scope", "prefixes", "reason"),
    "known": ("label", "names", "reason"),
    "key": ("label", "name", "key", "reason"),
    "name": ("label", "name", "same_as", "kind", "reason"),
    "part": ("label", "name", "inside", "rule", "reason"),
    "group": ("label", "name", "members", "reason"),
}


def _missing(data: Mapping[str, Any]) -> Iterator[str]:
    for section, rows in data.items():
        if section not in _NEEDED:
            yield f"[[{section}]]: no such section; there are {', '.join(_NEEDED)}"
            continue
        for number, row in enumerate(rows, 1):
            for key in _NEEDED[section]:
                if not row.get(key) or (isinstance(row[key], str) and not row[key].strip()):
                    place, needed = _place(section, number, row), ", ".join(_NEEDED[section])
                    yield f"{place}: lacks {key}; a row has {needed}"


def _place(section: str, number: int, row: Mapping[str, Any]) -> str:
    what = row.get("name") or row.get("scope") or row.get("label") or ""
    return f"[[{section}]] row {number} ({what})"


def _rows(data: Mapping[str, Any]) -> Iterator[Row]:
    for number, r in enumerate(data.get("known", ()), 1):
        for name in r["names"]:
            place = f"[[known]] row {number} ({name})"
            yield Row(place, r["label"], r.get("scope", ""), name, r["reason"])
    for number, r in enumerate(data.get("key", ()), 1):
        yield Row(_place("key", number, r), r["label"], r.get("scope", ""), r["name"], r["reason"], key=r["key"])
    for number, r in enumerate(data.get("name", ()), 1):
        place = _place("name", number, r)
        yield Row(place, r["label"], r.get("scope", ""), r["name"], r["reason"], r["same_as"], r["kind"])


def _row_breaches(rows: Sequence[Row], index: Mapping[Key, Row]) -> Iterator[str]:
    keys: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        if row.label not in MODEL.labels:
            yield f"{row.place}: {row.label} is no label of the model"
        first = index[row.index]
        if first is not row:
            yield f"{row.place}: stands twice; the other is {first.place}"
        if row.key and keys.setdefault((row.label, row.scope, row.key), row) is not row:
            yield f"{row.place}: the key {row.key} is that of {keys[(row.label, row.scope, row.key)].place}"
        if row.same_as is not None:
            yield from _alias_breaches(row, index)


def _alias_breaches(row: Row, index: Mapping[Key, Row]) -> Iterator[str]:
    if row.kind not in KINDS:
        yield f"{row.place}: kind {row.kind} is none of {', '.join(KINDS)}"
    target = index.get((row.label, row.scope, fold(str(row.same_as))))
    if target is None:
        yield f"{row.place}: same_as {row.same_as}, which is in no [[known]] or [[key]] row"
    elif target.same_as is not None:
        yield f"{row.place}: same_as {row.same_as}, which is the same as {target.same_as} ({target.place})"


def _part_breaches(parts: Sequence[Part], index: Mapping[Key, Row]) -> Iterator[str]:
    for part in parts:
        for name in (part.name, part.inside):
            target = index.get((part.label, part.scope, fold(name)))
            if target is None or target.same_as is not None:
                yield f"{part.place}: {name} is in no [[known]] or [[key]] row"
        if fold(part.name) == fold(part.inside):
            yield f"{part.place}: is a part of itself"


def _group_breaches(groups: Sequence[Group], index: Mapping[Key, Row]) -> Iterator[str]:
    for group in groups:
        for name in group.members:
            if (group.label, group.scope, fold(name)) not in index:
                yield f"{group.place}: {name} is in no row"
