"""The options `--store` and `--base`, and the store that is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from api.settings import BASE, Settings, settings_from
from graph.addresses import StoreAddress, StoreKind
from graph.opening import open_store
from graph.store import Store

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="sqlite:///relative.db, sqlite:////absolute.db, neo4j://host:7687 or bolt://host:7687; "
        "else COMPLIANCE_GRAPH_STORE, else the SQLite file of `make run`.",
    ),
]

BaseOption = Annotated[
    str | None,
    typer.Option(
        "--base",
        metavar="IRI",
        help="What the IRIs of things begin with; else COMPLIANCE_GRAPH_BASE, else w3id.org/compliance-graph/id/.",
    ),
]


def base_of(base: str | None) -> str:
    """What the IRIs of things begin with: as given, as the environment says, or the usual."""
    from ontology.namespaces import DEFAULT_BASE

    return base or os.environ.get(BASE) or DEFAULT_BASE


def licence_of() -> str:
    """The licence under which the data are given, as an IRI: as the environment says, or that of the bundled facts."""
    from ontology.header import LICENCE

    return settings(None).licence or LICENCE


def settings(store: str | None, *, public: bool = False) -> Settings:
    """The settings of this process."""
    return settings_from(os.environ, store, public=public)


@contextmanager
def opened(store: str | None, *, create: bool = False) -> Iterator[Store]:
    """The store that the option or the environment names, closed at the end."""
    found = settings(store)
    with closing(open_store(found.store, found.credentials, create=create)) as handle:
        yield handle


@contextmanager
def tried(store: str | None) -> Iterator[Store]:
    """A store of which nothing is to stay: the one that is named, or a passing one where its file is not there."""
    found = settings(store)
    with TemporaryDirectory() as folder:
        missing = found.store.kind is StoreKind.SQLITE and not Path(found.store.place).is_file()
        address = StoreAddress(StoreKind.SQLITE, f"{folder}/tried.db") if missing else found.store
        with closing(open_store(address, found.credentials, create=missing)) as handle:
            yield handle
