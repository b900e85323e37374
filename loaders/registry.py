"""The loaders in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import LoaderFailed, UnknownKind
from loaders.base import Loader
from loaders.inputs.documents import Document
from loaders.pages.frameworks import read_frameworks
from loaders.pages.quick_reference import QuickReference
from loaders.pages.security_overview import SecurityOverview
from loaders.pages.soc_overview import SocOverview
from loaders.plugins import find_plugins
from loaders.soc.report import SocReport

VERSION = "1"
"""The version of the loaders as a whole; it stands in every LoadRun."""


def own_loaders() -> tuple[Loader, ...]:
    """Our own loaders, the most particular layout first: a page about reports names them as their own titles do."""
    frameworks = read_frameworks()
    return (SocOverview(frameworks), SocReport(), QuickReference(frameworks), SecurityOverview(frameworks))


def all_loaders() -> tuple[Loader, ...]:
    """Our own loaders, then those of other packages, so that these change nothing of what is read without them."""
    return (*own_loaders(), *find_plugins().loaders)


def recognise(document: Document, loaders: Sequence[Loader]) -> tuple[Loader, str]:
    """The loader that accepts a document, and the kind that it is; raises `UnknownKind` where none does."""
    failures: list[str] = []
    for loader in loaders:
        try:
            kind = loader.accepts(document)
        except LoaderFailed as error:
            failures.append(str(error))
            continue
        if kind:
            return loader, kind
    raise UnknownKind(document.where, [kind for loader in loaders for kind in loader.kinds], failures)
