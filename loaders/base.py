"""What a loader is: it says whether a document is of its kind, and states its facts; it knows no store."""

from __future__ import annotations

from typing import Protocol

from loaders.documents import Document
from loaders.facts import Extraction
from loaders.resolution import Names


class Loader(Protocol):
    """One kind of document. Loaders hold no state, so one instance serves every document."""

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
