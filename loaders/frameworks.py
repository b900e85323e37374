"""Frameworks in running text: where one is named, what is known of it, and how the text relates it to others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.identifiers import fold
from loaders.resolution import Names, Resolved

FRAMEWORKS_FILE = Path(__file__).with_name("frameworks.toml")

_ADDRESS = re.compile(r"https?://\S+")
_YEAR = re.compile(r":(\d{4})$")
_VERSION = re.compile(r",? [Vv]ersion (\d+(?:\.\d+)*)")
_LABEL = "Framework"


@dataclass(frozen=True, slots=True)
class Known:
    """One reviewed row: a framework's kind, its full name, and by which names its issuers go in a text."""

    name: str
    kind: str
    full_name: str | None
    forms: tuple[str, ...]
    issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Designations that follow a pattern, such as `ISO 27001`; `name` is a template of the canonical name."""

    pattern: re.Pattern[str]
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a status is called; an `act` of another party outranks what the provider says of itself."""

    status: str
    pattern: str
    act: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a text says that one framework stands to another."""

    type: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A framework that a text names, between two offsets; `former` where the text says that it was called so once."""

    framework: Resolved
    start: int
    end: int
    text: str
    edition: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Frameworks:
    """The reviewed table of frameworks."""

    rows: Mapping[str, Known]
    families: tuple[Family, ...]
    wordings: tuple[Wording, ...]
    phrases: tuple[Phrase, ...]

    def reader(self, names: Names) -> FrameworkReader:
        """What finds frameworks in a text, by this table and the table of names."""
        bodies = {row.name for row in names.table.rows.values() if row.label == "Organization"}
        forms = {row.name: row.same_as or row.name for row in names.table.rows.values() if row.label == _LABEL}
        for row in self.rows.values():
            forms |= dict.fromkeys((*row.forms, *([row.full_name] if row.full_name else ())), row.name)
        running = {form: name for form, name in forms.items() if form not in bodies}
        by_id = {names.resolve(_LABEL, row.name).id: row for row in self.rows.values()}
        return FrameworkReader(self, names, running, _forms_pattern(running), by_id)


@dataclass(frozen=True, slots=True)
class FrameworkReader:
    """Finds frameworks in texts. A name that is also that of a body, such as NIST, means the body in running text."""

    table: Frameworks
    names: Names
    forms: Mapping[str, str]
    form_pattern: re.Pattern[str]
    by_id: Mapping[str, Known]

    @property
    def pattern(self) -> str:
        """A pattern of every form in which a framework can be named."""
        families = (_unnamed(family.pattern.pattern) for family in self.table.families)
        return "(?:" + "|".join((self.form_pattern.pattern, *families)) + ")"

    def resolve(self, text: str) -> Resolved:
        """The framework of that name; a name that is in no table and of no family is a framework of its own."""
        found = [m.framework for m in self.mentions(text) if (m.start, m.end) == (0, len(text))]
        row = self.names.table.rows.get((_LABEL, "", fold(text)))
        resolved = self.names.resolve(_LABEL, (row.same_as or row.name) if row else text)
        return resolved if resolved.known or not found else found[0]

    def known(self, framework: Resolved) -> Known | None:
        """The reviewed row of a framework, or one that its family gives; None where neither knows it."""
        row = self.by_id.get(framework.id)
        families = (f.kind for f in self.table.families if f.pattern.fullmatch(framework.name))
        kind = None if row else next(families, None)
        return Known(framework.name, kind, None, (), ()) if kind else row

    def kind(self, mention: Mention) -> str:
        """What kind of name the text is (of the label Name)."""
        row = self.names.table.rows.get((_LABEL, "", fold(mention.text)))
        if mention.text == mention.framework.name:
            return "canonical"
        return row.kind if row and row.same_as else "variant"

    def is_name(self, mention: Mention) -> bool:
        """Whether the text is a name of the framework by itself, not a pattern that holds a number or a version."""
        return mention.text in self.forms or mention.text == mention.framework.name

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The frameworks that a text names, in order, each at its longest form; addresses are not looked into."""
        found = [*self._by_form(text), *self._by_family(text)]
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        chosen: list[Mention] = []
        for mention in sorted(found, key=lambda m: (m.start, -m.end)):
            inside = any(a <= mention.start < b for a, b in addresses)
            if not inside and not any(_covers(other, mention) for other in chosen):
                chosen.append(mention)
        return tuple(chosen)

    def _by_form(self, text: str) -> Iterator[Mention]:
        for match in self.form_pattern.finditer(text):
            framework = self.names.resolve(_LABEL, self.forms[match.group()])
            edition = _YEAR.search(match.group()) or _VERSION.match(text, match.end())
            former = _former(text, match.start())
            yield Mention(framework, *match.span(), match.group(), edition[1] if edition else None, former)

    def _by_family(self, text: str) -> Iterator[Mention]:
        for family in self.table.families:
            for match in re.finditer(_bounded(family.pattern.pattern), text):
                groups = match.groupdict(default="")
                edition, former = groups.get("edition") or None, _former(text, match.start())
                for number in _numbers(groups["number"], groups.get("second", "")):
                    name = family.name.format(**{**groups, "number": number})
                    framework = self.names.resolve(_LABEL, name)
                    yield Mention(framework, *match.span(), match.group(), edition, former)


def read_frameworks(path: Path = FRAMEWORKS_FILE) -> Frameworks:
    """The table in a file."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = (
        Known(r["name"], r["kind"], r.get("full_name"), tuple(r.get("forms", ())), tuple(r.get("issuers", ())))
        for r in data["framework"]
    )
    return Frameworks(
        {fold(row.name): row for row in rows},
        tuple(Family(re.compile(r["pattern"]), r["name"], r["kind"]) for r in data["family"]),
        tuple(
            Wording(r["status"], r["pattern"], r.get("act", False), r.get("heading", False)) for r in data["wording"]
        ),
        tuple(Phrase(r["type"], r["pattern"]) for r in data["relation"]),
    )


def _forms_pattern(forms: Mapping[str, str]) -> re.Pattern[str]:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(_bounded("|".join(re.escape(form) for form in ordered)))


def _bounded(pattern: str) -> str:
    return rf"(?<![\w/-])(?:{pattern})(?!\w)"


def _unnamed(pattern: str) -> str:
    return _bounded(re.sub(r"\(\?P<\w+>", "(?:", pattern))


def _covers(one: Mention, other: Mention) -> bool:
    same = (one.start, one.end) == (other.start, other.end)
    pair = same and one.framework.id != other.framework.id
    return one.start <= other.start and other.end <= one.end and not pair


def _former(text: str, start: int) -> bool:
    return text[:start].endswith(("formerly ", "formerly known as "))


def _numbers(number: str, second: str) -> tuple[str, ...]:
    """The numbers of a designation; of a pair such as 27001/02 the second replaces the end of the first."""
    return (number, number[: max(0, len(number) - len(second))] + second) if second else (number,)
