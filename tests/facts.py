"""The bundled facts in stores of either kind, and servers over them, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.addresses import parse_address
from graph.neo4j.server import RunningServer
from graph.opening import Credentials, open_store
from graph.store import Store

CHECKOUT = Path(__file__).resolve().parent.parent
DATA = CHECKOUT / "data"
SECONDS = 240


@dataclass(frozen=True, slots=True)
class LoadedServer:
    """A Neo4j that holds the bundled facts, and the store on it."""

    store: Store
    bolt_url: str
    bolt_port: int
    http_port: int


def cg(
    *arguments: str | Path, environment: dict[str, str] | None = None, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the command line as a user does; `given` is what stands on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *map(str, arguments)],
        cwd=CHECKOUT,
        env={**os.environ, "NO_COLOR": "1", **(environment or {})},
        capture_output=True,
        input=given,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@contextmanager
def loaded_store(address: str) -> Iterator[Store]:
    """The store at an address with the bundled facts in it."""
    done = cg("load", DATA, "--store", address)
    assert done.returncode == 0, done.stderr
    store = open_store(parse_address(address), Credentials())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def loaded_server(running: RunningServer) -> Iterator[LoadedServer]:
    """A server with the bundled facts in it."""
    with loaded_store(running.bolt_url) as store:
        yield LoadedServer(store, running.bolt_url, running.bolt_port, running.http_port)


@contextmanager
def served(
    address: str, *options: str | Path, environment: dict[str, str] | None = None, log: IO[str] | None = None
) -> Iterator[str]:
    """The base URL of `cg serve` over the store at an address; the process ends with the context.

    What it logs goes to the file `log`, else to standard error.
    """
    command = [sys.executable, "-m", "cli", "serve", "--store", address, "--port", "0", *map(str, options)]
    given = {**os.environ, **(environment or {})}
    with subprocess.Popen(command, cwd=CHECKOUT, env=given, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            assert process.stdout is not None
            first, page = process.stdout.readline(), process.stdout.readline()
            assert page.split()[:2] == ["Start", "page"], first + page
            yield page.split()[-1].rstrip("/")
        finally:
            process.terminate()
            process.wait(SECONDS)
