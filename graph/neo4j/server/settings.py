"""What a server is asked for and what is told of it: its settings, its state, its addresses."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from urllib.parse import urlencode

from graph.neo4j.server.home import Home
from graph.neo4j.server.ports import HOST


def default_cache() -> Path:
    """The user's cache folder: program files and held ports, never data."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "compliance-graph"


def default_home() -> Path:
    """The home of the user's own server, outside every checkout."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "compliance-graph" / "neo4j"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How to start a server; port 0 means a free one, no password means the one kept in the home."""

    home: Path
    bolt_port: int = 0
    http_port: int = 0
    auth: bool = True
    password: str | None = field(default=None, repr=False)
    cache: Path = field(default_factory=default_cache)
    start_seconds: float = 180.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers; `already_running` when the call that returns it did not start it."""

    home: Path
    pid: int
    bolt_port: int
    http_port: int
    auth: bool
    already_running: bool

    @property
    def bolt_url(self) -> str:
        return f"bolt://{HOST}:{self.bolt_port}"

    @property
    def http_url(self) -> str:
        return f"http://{HOST}:{self.http_port}"

    @property
    def browser_url(self) -> str:
        """Neo4j Browser at this server; it connects by itself where no password is asked for."""
        parameters = {"dbms": f"neo4j://{HOST}:{self.bolt_port}"}
        if not self.auth:
            parameters["preselectAuthMethod"] = "NO_AUTH"
        return f"{self.http_url}/browser/?{urlencode(parameters, safe=':/')}"

    @property
    def log(self) -> Path:
        return Home(self.home).log

    @property
    def password_file(self) -> Path | None:
        """Where the made password is kept; None where none is asked for or the user gave it."""
        kept = Home(self.home).password_file
        return kept if self.auth and kept.exists() else None


class ServerState(Enum):
    """Whether a process runs in a home, and whether Bolt has answered yet."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """The state of a home, and the server where one answers."""

    state: ServerState
    server: RunningServer | None
