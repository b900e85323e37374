"""What shapes are made of: which nodes they are about, and what must hold of each, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ontology.namespaces import DCTERMS

WRITTEN = {DCTERMS.W3CDTF: "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"}
"""How values of a datatype are written that engines of SHACL do not know themselves."""


@dataclass(frozen=True, slots=True)
class OfClasses:
    """The instances of the classes."""

    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectsOf:
    """Whatever has the property."""

    predicate: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The data as a whole; a rule about it finds the nodes that break it as values."""


Target: TypeAlias = OfClasses | SubjectsOf | Whole


@dataclass(frozen=True, slots=True)
class Path:
    """A property, or the way back along it."""

    predicate: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """What the values along a path must be, or the node itself where there is no path; `message` says what is valid."""

    message: str
    path: Path | None = None
    datatypes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    pattern: str = ""
    minimum: int | None = None
    not_above: str = ""

    @property
    def alike(self) -> Values:
        """What many shapes ask alike of one path, whoever asks: it is looked for once."""
        return replace(self, message="", least=0)


@dataclass(frozen=True, slots=True)
class Query:
    """What must not be found: `where`, without that `unless` is found too; `?this` is the node, `?value` what breaks.

    `outside` is a variable of `where` that must have one of the terms.
    """

    message: str
    where: str
    unless: str = ""
    outside: tuple[str, tuple[str, ...]] = ("", ())


Rule: TypeAlias = Values | Query


@dataclass(frozen=True, slots=True)
class Shape:
    """What must hold of each node of the target."""

    name: str
    label: str
    target: Target
    rules: tuple[Rule, ...] = field(default=())
