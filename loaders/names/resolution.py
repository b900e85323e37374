"""Names become entities: rules first, then the reviewed table; an unknown name is an entity of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.identifiers import fold, identify
from loaders.names.places import find_country
from loaders.names.table import BadTable, Key, Row, Table, read_table

__all__ = ["NAMES_FILE", "BadTable", "Names", "Resolved", "former_names", "read_names"]

NAMES_FILE = Path(__file__).with_name("names.toml")

_BRACKETS = re.compile(r"^(?P<name>.*\S)\s*\((?P<inside>[^()]+)\)$")
_WITH = re.compile(r"^(?P<name>.*\S)\s+\(with [^()]+\)$")
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2}|.*[A-Z]\d|.*\d[A-Z])[A-Za-z0-9&-]{2,12}")
_MIXED = re.compile(r"[A-Z][a-z]+[A-Z]\w*")
_REGION_CODE = re.compile(r"[a-z]{2,}(?:-[a-z]+)+(?:-?\d+)?|[a-z]{2,}-[a-z]+\d+")
_LEGAL_FORM = re.compile(
    r",?\s+(?:Inc\.?|Incorporated|Corp\.?|Corporation|LLC|L\.L\.C\.|Ltd\.?|Limited|plc|GmbH|AG|SE|B\.V\.|N\.V\.|AS"
    r"|ASA|AB|"
    r"[AIKP]/S|ApS|Oy|Oyj|a\.s\.|s\.r\.o\.|SIA|S\.A\.|S\.A\.S\.|S\.p\.A\.|N\.A\.|Pty\.? Ltd\.?|Pte\.? Ltd\.?|P\.A\.)$"
)
_FORMERLY = re.compile(r"^formerly(?: known as)?:?\s+")
_ONCE_CALLED = re.compile(
    r"\bformerly (?:known as|called)\s+(?P<names>[\"“][^\"“”]+[\"”](?:(?:,| and|, and) [\"“][^\"“”]+[\"”])*)"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")

Forms = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name in a document stands for.

    `name` is the document's own form without brackets, `names` every form found with its kind (of the label Name),
    `part_of` the id of the entity in which this one lives on by the rule `part_rule`, under the name `part_name`;
    `known` says whether the table or a rule knows the name; `learned` that a service stands there under a short form
    alone, which the document explains elsewhere: `name` is then no word of the place.
    """

    id: str
    label: str
    name: str
    names: Forms
    part_of: str | None = None
    known: bool = True
    part_rule: str | None = None
    part_name: str | None = None
    learned: bool = False

    @property
    def key(self) -> str:
        """The last part of the id: a Region's code, an organization's key."""
        return self.id.rsplit("/", 1)[1]


@dataclass(frozen=True, slots=True)
class Names:
    """The reviewed table of names, and the short names that one document explains itself (see `having`).

    `written` holds the names that the document lists, and their short forms, as they are spelt there.
    """

    table: Table
    own: Mapping[Key, tuple[str, str]] = field(default_factory=dict)
    written: Mapping[Key, str] = field(default_factory=dict)

    def resolve(self, label: str, text: str, scope: str = "") -> Resolved:
        """What the text stands for; `scope` is the first part of the entity's key, such as the provider's."""
        base, extra = _forms(label, text)
        if label == "Region":
            return self._region(base, extra, scope)
        if label == "Country":
            return _country(base)
        own = self.own.get((label, scope, fold(base)))
        if own:
            extra, base = (*extra, (base, own[1])), own[0]
        row = self._row(label, scope, base)
        found = self._resolved(label, scope, base, extra, row)
        if own and label == "Service":
            return replace(found, names=extra, learned=True)
        return found

    def resolve_all(self, label: str, text: str, scope: str = "") -> tuple[Resolved, ...]:
        """The members of the group that the text names, else the one entity that it stands for."""
        group = self.table.groups.get((label, scope, fold(text)))
        return tuple(self.resolve(label, name, scope) for name in (group.members if group else (text,)))

    def having(self, label: str, scope: str, texts: Iterable[str]) -> Names:
        """The same table, knowing also how one document shortens these names.

        A name may drop its vendor's prefix and a bracket that says with what it comes, and an acronym that stands in
        brackets, with or without the prefix, may stand for its name. A short form that would stand for two names stands
        for neither.
        """
        forms = [_forms(label, text) for text in texts]
        bases = [base for base, _ in forms] if label == "Service" else []
        prefixes = self.table.prefixes.get(scope) or _common_words(bases)
        found: defaultdict[Key, dict[str, str]] = defaultdict(dict)
        spelt: dict[Key, str] = {}
        for base, extra in forms:
            for short, kind in _short_forms(prefixes, base, extra):
                found[(label, scope, fold(short))].setdefault(base, kind)
                spelt.setdefault((label, scope, fold(short)), short)
        full = {(label, scope, fold(base)): base for base, _ in forms}
        learned = {key: bases.popitem() for key, bases in found.items() if len(bases) == 1 and key not in full}
        written = {**{key: spelt[key] for key in learned}, **full}
        return replace(self, own={**self.own, **learned}, written={**self.written, **written})

    def without_vendor(self, scope: str) -> Names:
        """The same, knowing services of the table by one word that is written as no ordinary one, such as `RopeWalk`.

        What the document says itself stays.
        """
        vendors = tuple(f"{prefix} " for prefix in self.table.prefixes.get(scope, ()))
        rows = [row for row in self.table.rows.values() if (row.label, row.scope) == ("Service", scope)]
        found = {
            ("Service", scope, fold(short)): (short, row.name)
            for row in rows
            for short in (row.name.removeprefix(v) for v in vendors if row.name.startswith(v))
            if _MIXED.fullmatch(short)
        }
        new = {key: both for key, both in found.items() if key not in self.own and key not in self.table.rows}
        own = {key: (name, "variant") for key, (_, name) in new.items() if key not in self.written}
        written = {key: new[key][0] for key in own}
        return replace(self, own={**own, **self.own}, written={**written, **self.written})

    def spellings(self, label: str, scope: str) -> tuple[str, ...]:
        """Every name of the table and of the document that is known there, as it is spelt."""
        table = (row.name for row in self.table.rows.values() if (row.label, row.scope) == (label, scope))
        own = (text for key, text in self.written.items() if key[:2] == (label, scope))
        return tuple(sorted({*table, *own}))

    def prefixes(self, scope: str) -> tuple[str, ...]:
        """The words that a vendor sets before the names of its services: those of the table, else the usual ones."""
        bases = [name for key, name in self.written.items() if key[:2] == ("Service", scope) and key not in self.own]
        return self.table.prefixes.get(scope) or _common_words(bases)

    def scopes_of(self, label: str, key: str) -> tuple[str, ...]:
        """The scopes in which the table has an entity with that key, such as the operators of Regions with a code."""
        return tuple(sorted(scope for of, scope, known in self.table.keyed if (of, known) == (label, key)))

    def _row(self, label: str, scope: str, name: str | None) -> Row | None:
        name = fold(name or "")
        return self.table.rows.get((label, scope, name)) or self.table.rows.get((label, "", name))

    def _resolved(self, label: str, scope: str, base: str, extra: Forms, row: Row | None) -> Resolved:
        target = self._row(label, scope, row.same_as) if row and row.same_as else row
        canonical = target.name if target else base
        kind = row.kind if row else "canonical"
        scope = target.scope if target else scope
        id_ = _id(label, scope, (target.key if target else None) or canonical)
        shown = canonical if kind in ("acronym", "misspelt") else base
        extra = tuple((text, "canonical" if text == canonical else other) for text, other in extra)
        found = Resolved(id_, label, shown, tuple(dict.fromkeys(((base, kind), *extra))), known=row is not None)
        part = self.table.parts.get((label, scope, fold(canonical)))
        if part is None:
            return found
        whole = self.resolve(label, part.inside, scope)
        return replace(found, part_of=whole.id, part_rule=part.rule, part_name=part.inside)

    def _region(self, base: str, extra: Forms, scope: str) -> Resolved:
        """A Region is known by its code; a code as written that is not the operator's own is one more name."""
        code = next((text for text, kind in extra if kind == "code"), None)
        row = self._row("Region", scope, base)
        target = self._row("Region", scope, row.same_as) if row and row.same_as else row
        if row is None and base and not code:
            target = self._by_place(base, scope)
        other = self._row("Region", scope, code)
        stated = self._row("Region", scope, other.same_as if other else code) or self.table.keyed.get(
            ("Region", scope, code or "")
        )
        key = (stated.key if stated else code) or (target.key if target else None)
        name = base or (stated.name if stated else code or "")
        kind = row.kind if row else "variant" if target else "canonical"
        names = [(name, kind), *((code, "variant") for _ in (1,) if code and code != key)]
        known = bool(stated or (target and not code))
        return Resolved(_id("Region", scope, key or name), "Region", name, tuple(names), known=known)

    def _by_place(self, text: str, scope: str) -> Row | None:
        """The only Region of an operator with that place in brackets, such as `Nimbus Kobe` of `Far East (Kobe)`."""
        vendor = next((p for p in self.table.prefixes.get(scope, ()) if text.startswith(f"{p} ")), "")
        place = fold(text.removeprefix(vendor))
        rows = (row for (label, of, _), row in self.table.keyed.items() if (label, of) == ("Region", scope))
        found = [row for row in rows if fold(row.name).endswith(f"({place})")]
        return found[0] if len(found) == 1 else None


def read_names(path: Path = NAMES_FILE) -> Names:
    """The table in a file; raises `BadTable` with the row where it contradicts itself."""
    return Names(read_table(path))


def former_names(sentence: str) -> tuple[str, ...]:
    """The names that a sentence says were used formerly, which stand there in quotation marks."""
    return tuple(name for found in _ONCE_CALLED.finditer(sentence) for name in _QUOTED.findall(found["names"]))


def _id(label: str, scope: str, key: str) -> str:
    return identify(label, scope, key) if scope else identify(label, key)


def _forms(label: str, text: str) -> tuple[str, Forms]:
    """The name without what stands in brackets after it, and the other names that stand there."""
    base, extra = " ".join(text.split()), list[tuple[str, str]]()
    if label == "Region" and _REGION_CODE.fullmatch(base):
        return "", ((base, "code"),)
    legal = _LEGAL_FORM.search(base) if label == "Organization" else None
    if legal:
        extra.append((base, "variant"))
        base = base[: legal.start()]
    found = _BRACKETS.match(base)
    kind = _bracket_kind(label, found["inside"]) if found else None
    if found and kind:
        extra.append((_FORMERLY.sub("", found["inside"]), kind))
        base = found["name"]
    return base, tuple(extra)


def _bracket_kind(label: str, inside: str) -> str | None:
    if label == "Region":
        return "code" if _REGION_CODE.fullmatch(inside) else None
    if _FORMERLY.match(inside):
        return "former"
    words = inside.split()
    short = len(words) <= 2 and _ACRONYM.fullmatch(words[-1])
    return "acronym" if short else None


def _country(text: str) -> Resolved:
    """A country has its ISO code for a key; a name of but a part of it is no name of the whole."""
    found = find_country(text)
    if found is None:
        return Resolved(identify("Country", text), "Country", text, ((text, "canonical"),), known=False)
    kind = "canonical" if found.name == text else "variant"
    names = () if found.subdivision else ((text, kind),)
    return Resolved(identify("Country", found.code), "Country", found.name, names)


def _common_words(names: Iterable[str]) -> tuple[str, ...]:
    """The words with which a quarter of the names begin, and at least three: how a vendor marks its names."""
    first = [name.split()[0] for name in names if " " in name]
    return tuple(sorted(word for word in set(first) if first.count(word) >= max(3, len(first) / 4)))


def _short_forms(prefixes: Iterable[str], base: str, extra: Forms) -> list[tuple[str, str]]:
    vendor = [f"{prefix} " for prefix in prefixes]
    alone = [found["name"] for found in (_WITH.match(base),) if found]
    plain = [name.removeprefix(v) for name in (base, *alone) for v in vendor if name.startswith(v)]
    acronyms = [text for text, kind in extra if kind == "acronym"]
    acronyms += [text.removeprefix(v) for text in acronyms for v in vendor if text.startswith(v)]
    variants = [*alone, *plain, *(v + text for v in vendor for text in plain)]
    marked = [*acronyms, *(v + text for v in vendor for text in acronyms)]
    return [*((text, "acronym") for text in marked), *((text, "variant") for text in variants)]
