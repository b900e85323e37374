"""Loaders of other packages: found by their entry points, checked against the protocol, kept from harming a load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from graph.errors import ComplianceGraphError, LoaderFailed
from graph.model import MODEL
from loaders.base import Loader, SaysWhy
from loaders.facts import Extraction
from loaders.inputs.documents import Document
from loaders.names.resolution import Names

GROUP = "compliance_graph.loaders"

_TEXTS = ("name", "version")
_LISTS = ("kinds", "facts")
_METHODS = ("accepts", "extract")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Plugins:
    """The loaders of other packages, and one line for each that cannot be used."""

    loaders: tuple[Loader, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideLoader:
    """A loader of another package. Whatever it raises is a `LoaderFailed` that names the package."""

    loader: Loader
    package: str

    @property
    def name(self) -> str:
        """The loader's name."""
        return self.loader.name

    @property
    def version(self) -> str:
        """The loader's version."""
        return self.loader.version

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of document that it reads."""
        return tuple(self.loader.kinds)

    @property
    def facts(self) -> tuple[str, ...]:
        """The kinds of fact that it looks for."""
        return tuple(self.loader.facts)

    def accepts(self, document: Document) -> str | None:
        """The kind that the loader says; one that it did not promise is a failure."""
        kind = self._asked(lambda: self.loader.accepts(document))
        if kind is not None and kind not in self.kinds:
            raise LoaderFailed(self.package, self.name, f"accepts gave {kind!r}", f"kinds are {', '.join(self.kinds)}")
        return kind

    def extract(self, document: Document, names: Names) -> Extraction:
        """What the loader makes of a document."""
        made = self._asked(lambda: self.loader.extract(document, names))
        if not isinstance(made, Extraction):
            raise LoaderFailed(self.package, self.name, f"extract gave {made!r:.60}", "extract gives an Extraction")
        return made

    def why(self, document: Document) -> str | None:
        """What the loader says of why a document is of its kind."""
        inner = self.loader
        return self._asked(lambda: inner.why(document)) if isinstance(inner, SaysWhy) else None

    def _asked(self, ask: Callable[[], _Answer]) -> _Answer:
        try:
            return ask()
        except ComplianceGraphError:
            raise
        except Exception as error:  # Another package's code may raise anything; the other loaders go on.
            raise LoaderFailed(self.package, self.name, _told(error), "a loader refuses by an InputRefused") from error


def find_plugins() -> Plugins:
    """The loaders that installed packages offer, in the order of their packages and names."""
    loaders: list[Loader] = []
    problems: list[str] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: (_package(point), point.name, point.value)):
        try:
            loaders.append(OutsideLoader(_loaded(point), _package(point)))
        except LoaderFailed as error:
            problems.append(str(error))
    return Plugins(tuple(loaders), tuple(problems))


def _loaded(point: EntryPoint) -> Loader:
    """The loader that an entry point names, or that what it names makes when it is called."""
    try:
        named = point.load()
        loader = named() if isinstance(named, type) or not hasattr(named, "accepts") else named
    except Exception as error:  # An import can fail in any way.
        valid = f"{point.value} is a loader, or makes one when it is called"
        raise LoaderFailed(_package(point), point.name, _told(error), valid) from error
    missing = list(_missing(loader))
    if missing:
        why = f"it does not keep to the protocol of loaders.base.Loader: {'; '.join(missing)}"
        raise LoaderFailed(_package(point), point.name, why, "docs/loaders.md shows a whole loader")
    return loader  # type: ignore[no-any-return]


def _missing(loader: object) -> Iterator[str]:
    """What a loader lacks of the protocol."""
    for key in _TEXTS:
        if not isinstance(getattr(loader, key, None), str):
            yield f"{key} is to be a text"
    for key in _LISTS:
        found = getattr(loader, key, None)
        if not isinstance(found, (tuple, list)) or not found or not all(isinstance(one, str) for one in found):
            yield f"{key} is to be a tuple of texts"
    for key in _METHODS:
        if not callable(getattr(loader, key, None)):
            yield f"{key} is to be a method"
    known = MODEL.node("Document").prop("kind").values
    kinds = getattr(loader, "kinds", ())
    unknown = [kind for kind in kinds if kind not in known] if isinstance(kinds, (tuple, list)) else []
    if unknown:
        yield f"kinds are to be of {', '.join(known)}, not {', '.join(map(str, unknown))}"


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "unknown"


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
