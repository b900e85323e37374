"""What tests stand on: a Neo4j, a browser, the documents; what is missing skips visibly, in CI it fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from graph.neo4j.server import RunningServer, ServerSettings, start, stop
from graph.neo4j.server.errors import JarsUnavailable
from graph.store import Store
from tests.facts import LoadedServer, loaded_server, loaded_store, served

CHECKOUT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PLAYWRIGHT_CHROMIUM = "ms-playwright/chromium-*/chrome-linux*/chrome"


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A real Neo4j with an empty home, on free ports, without a password."""
    home = tmp_path_factory.mktemp("neo4j")
    try:
        yield start(ServerSettings(home, auth=False))
    except JarsUnavailable as error:
        cannot_be_had(str(error))
    finally:
        stop(home)


@pytest.fixture(scope="session")
def neo4j_loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedServer]:
    """A second Neo4j, which holds the bundled facts; tests only read it."""
    home = tmp_path_factory.mktemp("neo4j-loaded")
    try:
        with loaded_server(start(ServerSettings(home, auth=False))) as loaded:
            yield loaded
    except JarsUnavailable as error:
        cannot_be_had(str(error))
    finally:
        stop(home)


@pytest.fixture(scope="session")
def bundled_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a SQLite file with the bundled facts."""
    address = f"sqlite:///{tmp_path_factory.mktemp('bundled') / 'facts.db'}"
    with loaded_store(address):
        return address


@pytest.fixture(scope="session")
def bundled_store(bundled_address: str) -> Iterator[Store]:
    """The store on that file."""
    with loaded_store(bundled_address) as store:
        yield store


@pytest.fixture(scope="session")
def served_app(bundled_address: str) -> Iterator[str]:
    """The base URL of `cg serve` over the bundled facts."""
    with served(bundled_address) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The program of a Chromium or Chrome: named by CHROMIUM, else on PATH, else Playwright's own."""
    for name in (os.environ.get("CHROMIUM"), *CHROMIUM_NAMES):
        found = shutil.which(name) if name else None
        if found is not None:
            return Path(found)
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    downloaded = sorted(caches.glob(PLAYWRIGHT_CHROMIUM))
    if downloaded:
        return downloaded[-1]
    cannot_be_had(f"no browser: set CHROMIUM, or put one of {', '.join(CHROMIUM_NAMES)} on PATH")


@pytest.fixture(scope="session")
def documents() -> Path:
    """The folder of the source documents: named by DOCUMENTS, else where they lie beside the checkout."""
    folder = Path(os.environ.get("DOCUMENTS") or CHECKOUT.parent / "shared" / "documents")
    if folder.is_dir():
        return folder
    cannot_be_had(f"no source documents in {folder}: set DOCUMENTS to their folder")


def cannot_be_had(reason: str) -> NoReturn:
    """Skip with the reason; in CI, where everything has to be there, fail with it."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
