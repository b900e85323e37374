"""What a loader is: it says whether a document is of its kind, and states its facts; it knows no store."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from loaders.facts import Extraction
from loaders.inputs.documents import Document
from loaders.names.resolution import Names


class Loader(Protocol):
    """One kind of document. Loaders hold no state, so one instance serves every document.

    A loader may also say why a document is of its kind (`SaysWhy`), and note how it understood lines
    (`Notebook.see`): both are for `cg load --explain` alone. docs/loaders.md shows a whole loader of another package.
    """

    @property
    def name(self) -> str:
        """The loader's name, which stands in the Document."""

    @property
    def version(self) -> str:
        """The loader's version, which changes when the facts that it finds do."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of document that it reads."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The kinds of fact that it looks for."""

    def accepts(self, document: Document) -> str | None:
        """The kind (of the model's document kinds) that the document is, by its content; None where it is another's."""

    def extract(self, document: Document, names: Names) -> Extraction:
        """All facts of a document that was accepted; raises `BrokenDocument` where it ends too early to be read."""


@runtime_checkable
class SaysWhy(Protocol):
    """A loader that can say what in a document makes it one of its kind; none needs to."""

    def why(self, document: Document) -> str | None:
        """The reason, for people, with the line where there is one."""
