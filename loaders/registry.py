"""The loaders in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import UnknownKind
from loaders.base import Loader
from loaders.documents import Document
from loaders.frameworks import read_frameworks
from loaders.quick_reference import QuickReference
from loaders.security_overview import SecurityOverview
from loaders.soc_overview import SocOverview
from loaders.soc_report import SocReport

VERSION = "1"
"""The version of the loaders as a whole; it stands in every LoadRun."""


def all_loaders() -> tuple[Loader, ...]:
    """Every loader, the most particular layout first: a page about reports names them as their own titles do."""
    frameworks = read_frameworks()
    return (SocOverview(frameworks), SocReport(), QuickReference(frameworks), SecurityOverview(frameworks))


def recognise(document: Document, loaders: Sequence[Loader]) -> tuple[Loader, str]:
    """The loader that accepts a document, and the kind that it is; raises `UnknownKind` where none does."""
    for loader in loaders:
        kind = loader.accepts(document)
        if kind:
            return loader, kind
    raise UnknownKind(document.where, [kind for loader in loaders for kind in loader.kinds])
