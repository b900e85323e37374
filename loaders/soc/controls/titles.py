"""Titles of control objectives and of trust services criteria, and the statements below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.layout.hyphens import glued
from loaders.layout.text import ends_sentence
from loaders.soc.controls.labels import Role
from loaders.soc.controls.numbers import criterion_in, objective_in
from loaders.soc.controls.values import Cell

_ASSURANCE = re.compile(
    r"^(?:The\s+)?(?:Related\s+)?[Cc]ontrols?\b.{0,60}\bassurance\b|^To provide\b|^Provides? (?:a )?reasonable"
    r" assurance\b"
)
_CONTINUED = re.compile(r"\s*[(\[–—-]?\s*\b(?:continued|cont[’'.]?d?\.?)\s*[)\]]?\s*$", re.IGNORECASE)
_ABSENCE = re.compile(
    r"(?:th(?:is|e) )?criteri(?:on|a) (?:is|are|was|were) (?:not|the responsibility|addressed|met|covered|carved)\b"
    r"|(?:this is |is )?(?:the )?responsibility of\b|(?:carved out|not applicable|does not apply|no controls?\b|n/a\b)"
    r"|(?:addressed|met|covered|performed|provided) by\b|(?:refer to|see) (?:the )?(?:section|description|subservice"
    r"|complementary|csocs?)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 110


@dataclass(slots=True)
class Title:
    """A title of an objective or of a criterion, with its lines and the statement that follows."""

    role: Role
    number: str
    text: str
    first_line: int
    last_line: int
    statement: str = ""
    ended: bool = False

    @property
    def key(self) -> tuple[Role, str]:
        """What the title names."""
        return (self.role, self.number)

    def open(self, bare: str) -> bool:
        """Whether the statement goes on with a line; what stands in place of a criterion's controls ends it."""
        self.ended = self.ended or (self.role is Role.CRITERION and names_absence(bare))
        return not self.ended and not ends_sentence(self.statement)

    def takes(self, bare: str) -> bool:
        """Whether a line that looks like a title is in the middle of the statement."""
        return bool(self.statement) and not ends_sentence(self.statement) and bare[:1].islower()

    def add(self, line: int, bare: str, *, gap: bool = False) -> None:
        """Adds a line to the statement; below a subject and a blank line the statement itself begins."""
        if gap and self.role is Role.CRITERION and not ends_sentence(self.statement) and bare[:1].isupper():
            self.statement = ""
        self.statement = glued(self.statement, bare)
        self.last_line = line

    def cells(self) -> Iterator[Cell]:
        """The title and its statement."""
        if self.role is Role.CRITERION:
            stated = self.statement if ends_sentence(self.statement) else ""
            yield Cell(self.role, stated, self.first_line, self.last_line, self.number)
            return
        yield Cell(self.role, self.text, self.first_line, self.last_line, self.number)
        if self.statement:
            yield Cell(self.role, self.statement, self.first_line, self.last_line)


def names_absence(bare: str) -> bool:
    """Whether a line begins as sentences do that stand below a criterion in place of its controls."""
    return bool(_ABSENCE.match(bare))


def is_statement(bare: str) -> bool:
    """Whether a line begins as the statements of control objectives do."""
    return bool(_ASSURANCE.match(bare))


def begin_title(line: int, bare: str) -> Title | None:
    """The title that a line is, of an objective or of a criterion."""
    found, role = objective_in(bare), Role.OBJECTIVE
    if found is None:
        found, role = criterion_in(bare), Role.CRITERION
    if found is None or found.rest[:1].islower() or found.rest[:1] in (",", ";"):
        return None
    rest = _CONTINUED.sub("", found.rest)
    if role is Role.OBJECTIVE and len(rest) > _LONGEST_TITLE and not _ASSURANCE.match(rest):
        return None
    stated = role is Role.CRITERION or bool(_ASSURANCE.match(rest))
    text, statement = ("", rest) if stated else (rest, "")
    inside = re.search(r"\s(?=(?:The\s+)?Controls provide reasonable assurance)", text)
    if inside:
        text, statement = text[: inside.start()], text[inside.end() :]
    return Title(role, found.number, text, line, line, statement)
