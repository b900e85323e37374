"""Frameworks in running text: where one is named, what is known of it, and how the text relates it to others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph.identifiers import fold
from loaders.names.resolution import Names, Resolved

FRAMEWORKS_FILE = Path(__file__).with_name("frameworks.toml")

_ADDRESS = re.compile(r"https?://\S+")
_YEAR = re.compile(r":(\d{4})$")
_VERSION = re.compile(r",? \(?(?:[Vv]ersion |[Vv]\.? ?(?=\d))(\d+(?:\.\d+)*)| (\d\.\d(?:\.\d)?)(?!\.?\w)")
_EDITION_SIGN = re.compile(r"(?::|,?\s+(?:Revision|Rev\.?)\s*)$")
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
    """Designations that follow a pattern, such as `ISO 27001`; `name` is a template of the canonical name.

    Behind those of a `titled` family their title may stand, in capitals.
    """

    pattern: re.Pattern[str]
    name: str
    kind: str
    issuers: tuple[str, ...]
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """What a status is called; an `act` of another party outranks what the provider says of itself.

    One `of_services` says something of the services that its clause names before it.
    """

    status: str
    pattern: str
    act: bool
    heading: bool
    of_services: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a text says that one framework stands to another."""

    type: str
    pattern: str


@dataclass(frozen=True, slots=True)
class KindWord:
    """The words by which a text says of which kind a framework is; `own` ones count right behind any name."""

    kind: str
    pattern: str
    own: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A framework that a text names, between two offsets; `former` where the text says that it was called so once.

    `plain` is the text without an edition that stands in it.
    """

    framework: Resolved
    start: int
    end: int
    text: str
    edition: str | None = None
    former: bool = False
    single: bool = True
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Frameworks:
    """The reviewed table of frameworks."""

    rows: Mapping[str, Known]
    families: tuple[Family, ...]
    wordings: tuple[Wording, ...]
    phrases: tuple[Phrase, ...]
    kinds: tuple[KindWord, ...]

    def names_one(self, title: str) -> bool:
        """Whether a title names a framework of the table or of a family."""
        known = (form for row in self.rows.values() for form in (row.name, row.full_name, *row.forms) if form)
        return any(_bounded_in(re.escape(form), title) for form in known) or any(
            _bounded_in(family.pattern.pattern, title) for family in self.families
        )

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

    def of_body(self, body: str, text: str) -> Resolved | None:
        """The first framework of a text that goes by a body's name, where the text does not name the one known by it.

        None where the name is no body's: such as NIST, of whose publications a text is about one.
        """
        named = [mention.framework for mention in self.mentions(text)]
        if self.is_form(body) or self.resolve(body).id in {framework.id for framework in named}:
            return None
        return next((framework for framework in named if framework.name.startswith(f"{body} ")), None)

    def known(self, framework: Resolved) -> Known | None:
        """The reviewed row of a framework, or one that its family gives; None where neither knows it."""
        row = self.by_id.get(framework.id)
        family = next((f for f in self.table.families if f.pattern.fullmatch(framework.name)), None)
        return Known(framework.name, family.kind, None, (), family.issuers) if family and not row else row

    def is_titled(self, framework: Resolved) -> bool:
        """Whether the designation of the framework carries a title behind it."""
        return any(family.titled and family.pattern.fullmatch(framework.name) for family in self.table.families)

    def is_numbered(self, mention: Mention) -> bool:
        """Whether a framework goes by a number, other than the reports by which is attested."""
        row = self.known(mention.framework)
        numbered = any(family.pattern.fullmatch(mention.framework.name) for family in self.table.families)
        return numbered and (row is None or row.kind != "attestation")

    def explained(self, text: str, mention: Mention) -> str | None:
        """The words of a mention where the framework's own name explains them in brackets right behind."""
        name = mention.framework.name
        behind = re.match(rf"\s\({re.escape(name)}[,)]", text[mention.end :])
        written = text[mention.start : mention.end] == mention.text and len(mention.text) > len(name)
        return mention.text if behind and written and " " in mention.text else None

    def kind(self, mention: Mention, text: str | None = None) -> str:
        """What kind of name the text of a mention is, or a part of it (of the label Name)."""
        text = mention.text if text is None else text
        row = self.names.table.rows.get((_LABEL, "", fold(text)))
        if text == mention.framework.name:
            return "canonical"
        return row.kind if row and row.same_as else "variant"

    def having(self, titles: Iterable[str]) -> FrameworkReader:
        """The same reader, knowing also the frameworks that a document names in its headings."""
        new = {title: title for title in titles if not self.resolve(title).known and len(title) > 1}
        forms = {**new, **self.forms}
        return replace(self, forms=forms, form_pattern=_forms_pattern(forms)) if new else self

    def kind_said(self, text: str, mention: Mention) -> str | None:
        """The kind of framework that a text says it is, by a word of its name or beside it."""
        row = self.known(mention.framework)
        before, after = text[: mention.start], text[mention.end :]
        for word in self.table.kinds:
            if row and row.kind != word.kind:
                continue
            named = word.own and row is None
            if (row or named) and re.search(rf"\b(?:{word.pattern})\b", mention.text):
                return word.kind
            if _calls_it(word.pattern, after) or (row and _beside(word.pattern, before, after)):
                return word.kind
        nouns = (word for word in self.table.kinds if word.own and (row is None or row.kind == "guideline"))
        return next((w.kind for w in nouns if re.match(rf"[)\s]*\s(?:{w.pattern})\b", after)), None)

    def is_form(self, text: str) -> bool:
        """Whether running text that says so means the framework."""
        return text in self.forms

    def is_name(self, mention: Mention) -> bool:
        """Whether the text is a name of the framework: no pair of numbers."""
        return mention.single or mention.text in self.forms or mention.text == mention.framework.name

    def names_in(self, mention: Mention) -> tuple[str, ...]:
        """The names of a framework that a mention writes: as it stands there, and without its edition."""
        if not mention.text or not self.is_name(mention):
            return ()
        return tuple(dict.fromkeys(text for text in (mention.text, mention.plain) if text))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The frameworks that a text names, in order, each at its longest form; addresses are not looked into."""
        found = [*self._by_form(text), *self._by_family(text)]
        addresses = [match.span() for match in _ADDRESS.finditer(text)]
        chosen: list[Mention] = []
        for mention in sorted(found, key=lambda m: (m.start, -m.end, m.edition is None)):
            inside = any(a <= mention.start < b for a, b in addresses)
            if not inside and not any(_covers(other, mention) for other in chosen):
                chosen.append(mention)
        return tuple(chosen)

    def _by_form(self, text: str) -> Iterator[Mention]:
        for match in self.form_pattern.finditer(text):
            framework = self.names.resolve(_LABEL, self.forms[match.group()])
            version = _VERSION.match(text, match.end())
            year = _YEAR.search(match.group())
            edition = year[1] if year else (version[1] or version[2]) if version else None
            yield Mention(framework, *match.span(), match.group(), edition, _former(text, match.start()))

    def _by_family(self, text: str) -> Iterator[Mention]:
        for family in self.table.families:
            for match in re.finditer(_bounded(family.pattern.pattern), text):
                groups = match.groupdict(default="")
                edition, former = groups.get("edition") or None, _former(text, match.start())
                numbers = _numbers(groups["number"], groups.get("second", ""))
                for number in numbers:
                    name = family.name.format(**{**groups, "number": number})
                    framework, single = self.names.resolve(_LABEL, name), len(numbers) == 1
                    plain = _without(edition, match.group())
                    yield Mention(framework, *match.span(), match.group(), edition, former, single, plain)


def read_frameworks(path: Path = FRAMEWORKS_FILE) -> Frameworks:
    """The table in a file."""
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = (
        Known(r["name"], r["kind"], r.get("full_name"), tuple(r.get("forms", ())), tuple(r.get("issuers", ())))
        for r in data["framework"]
    )
    return Frameworks(
        {fold(row.name): row for row in rows},
        tuple(
            Family(re.compile(r["pattern"]), r["name"], r["kind"], tuple(r.get("issuers", ())), r.get("titled", False))
            for r in data["family"]
        ),
        tuple(
            Wording(
                r["status"], r["pattern"], r.get("act", False), r.get("heading", False), r.get("of_services", False)
            )
            for r in data["wording"]
        ),
        tuple(Phrase(r["type"], r["pattern"]) for r in data["relation"]),
        tuple(KindWord(r["kind"], r["pattern"], r.get("own", False)) for r in data["kind"]),
    )


def _forms_pattern(forms: Mapping[str, str]) -> re.Pattern[str]:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(_bounded("|".join(re.escape(form) for form in ordered)))


def _calls_it(words: str, after: str) -> bool:
    """Whether a text goes on behind a name with `is a ...` and one of those words."""
    called = rf"[^.;]{{0,60}}?\b(?:is|are)\s(?:an?|the)\s[^.;]{{0,80}}?\b(?:{words})\b"
    return bool(re.match(called, after))


def _beside(words: str, before: str, after: str) -> bool:
    """Whether a word stands close behind a name (`X security standard`), or right before it."""
    behind = rf"[)\],\s]*(?:[\w-]+,?\s+){{0,2}}(?:an?\s+)?(?:{words})\b"
    return bool(re.match(behind, after) or re.search(rf"\b(?:{words})\s$", before))


def _bounded(pattern: str) -> str:
    return rf"(?<![\w/-])(?:{pattern})(?!\w)"


def _bounded_in(pattern: str, text: str) -> bool:
    return bool(re.search(_bounded(pattern), text))


def _unnamed(pattern: str) -> str:
    return _bounded(re.sub(r"\(\?P<\w+>", "(?:", pattern))


def _covers(one: Mention, other: Mention) -> bool:
    same = (one.start, one.end) == (other.start, other.end)
    pair = same and one.framework.id != other.framework.id
    return one.start <= other.start and other.end <= one.end and not pair


def _former(text: str, start: int) -> bool:
    return text[:start].endswith(("formerly ", "formerly known as "))


def _without(edition: str | None, text: str) -> str:
    """The text of a designation without the edition at its end."""
    return _EDITION_SIGN.sub("", text.removesuffix(edition)) if edition and text.endswith(edition) else ""


def _numbers(number: str, second: str) -> tuple[str, ...]:
    """The numbers of a designation; of a pair such as 27001/02 the second replaces the end of the first."""
    return (number, number[: max(0, len(number) - len(second))] + second) if second else (number,)
