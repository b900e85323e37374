"""A server's life: one home, one process, its own ports, and nothing left when it ends."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from graph.errors import ServerFailed
from graph.neo4j.server import (
    RunningServer,
    ServerSettings,
    ServerState,
    ServerStatus,
    default_cache,
    start,
    status,
    stop,
)
from graph.neo4j.server.errors import PasswordTooShort, PortInUse, ServerDied, WrongPassword

STOPPED = ServerStatus(ServerState.STOPPED, None)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    yield folder
    stop(folder)


def one(server: RunningServer, password: str | None = None) -> int:
    """What the server answers to `RETURN 1`."""
    auth = ("neo4j", password) if password else None
    with GraphDatabase.driver(server.bolt_url, auth=auth) as driver:
        answer = driver.execute_query("RETURN 1 AS one", database_="neo4j").records[0]["one"]
    assert isinstance(answer, int)
    return answer


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_answers_until_it_is_stopped_and_leaves_no_process(home: Path) -> None:
    server = start(ServerSettings(home, auth=False))
    states = [status(home).state]
    answer = one(server)
    stopped = stop(home)
    states.append(status(home).state)
    assert (answer, stopped, states) == (1, True, [ServerState.RUNNING, ServerState.STOPPED])
    assert not is_running(server.pid)


def test_a_home_that_does_not_exist_is_stopped_and_stays_absent(home: Path) -> None:
    assert (status(home), stop(home), home.exists()) == (STOPPED, False, False)


def test_a_second_start_returns_the_server_that_runs_already(neo4j_server: RunningServer) -> None:
    again = start(ServerSettings(neo4j_server.home, auth=False))
    assert again.already_running
    assert (again.pid, again.bolt_url, again.browser_url) == (
        neo4j_server.pid,
        neo4j_server.bolt_url,
        neo4j_server.browser_url,
    )


def test_two_starts_at_once_on_one_home_are_one_server(home: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(start, [ServerSettings(home, auth=False)] * 2))
    assert sorted(server.already_running for server in both) == [False, True]
    assert len({(server.pid, server.bolt_port, server.http_port) for server in both}) == 1


def test_servers_of_two_homes_share_no_port(home: Path, neo4j_server: RunningServer) -> None:
    other = start(ServerSettings(home, auth=False))
    ports = {other.bolt_port, other.http_port, neo4j_server.bolt_port, neo4j_server.http_port}
    assert len(ports) == 4
    assert one(other) == one(neo4j_server) == 1


def test_a_made_password_is_kept_for_the_owner_only_and_is_asked_for(home: Path) -> None:
    server = start(ServerSettings(home))
    kept = server.password_file
    assert kept is not None
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert one(server, kept.read_text(encoding="utf-8").strip()) == 1
    with pytest.raises(AuthError):
        one(server, "not the password")


def test_a_given_password_is_kept_nowhere_and_another_one_is_refused(home: Path) -> None:
    server = start(ServerSettings(home, password="-first-password"))  # its first sign could be that of an option
    assert (one(server, "-first-password"), server.password_file) == (1, None)
    stop(home)
    written = [path for path in home.rglob("*") if path.is_file() and b"-first-password" in path.read_bytes()]
    assert written == []
    with pytest.raises(WrongPassword, match=r"set NEO4J_PASSWORD to the one of its first start"):
        start(ServerSettings(home, password="other-password"))
    assert status(home) == STOPPED


def test_a_home_that_was_first_started_without_a_password_can_be_started_with_one(home: Path) -> None:
    start(ServerSettings(home, auth=False))
    stop(home)
    server = start(ServerSettings(home))
    assert server.password_file is not None
    assert one(server, server.password_file.read_text(encoding="utf-8").strip()) == 1


def test_a_short_password_is_refused_before_anything_starts(home: Path) -> None:
    with pytest.raises(PasswordTooShort, match=r"^NEO4J_PASSWORD has 5 characters; Neo4j takes 8 or more$"):
        start(ServerSettings(home, password="short"))
    assert status(home) == STOPPED


def test_a_port_in_use_gives_one_line_that_names_it_and_starts_nothing(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as refused:
            start(ServerSettings(home, bolt_port=port))
    text = str(refused.value)
    assert text == (
        f"bolt port {port} is in use by another program; give another one with --bolt-port, or 0 for a free one"
    )
    assert refused.value.exit_code == 3
    assert status(home) == STOPPED


def test_a_server_that_dies_while_starting_says_its_last_words(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "databases").write_text("a file where the server needs a folder")
    with pytest.raises(ServerDied, match=r"(?s)ended while starting; the last lines of .*console\.log:\n.+"):
        start(ServerSettings(home, auth=False))
    assert status(home) == STOPPED


def test_a_server_that_was_killed_counts_as_stopped_and_starts_again(home: Path) -> None:
    killed = start(ServerSettings(home, auth=False))
    os.kill(killed.pid, signal.SIGKILL)
    os.waitpid(killed.pid, 0)
    assert status(home) == STOPPED
    again = start(ServerSettings(home, auth=False))
    assert (again.already_running, one(again)) == (False, 1)


def test_a_start_that_runs_out_of_time_leaves_no_process(home: Path) -> None:
    with pytest.raises(ServerFailed, match=r"did not answer within 0\.5 s"):
        start(ServerSettings(home, auth=False, start_seconds=0.5))
    assert status(home) == STOPPED


def test_the_home_of_a_server_holds_no_program_files(neo4j_server: RunningServer) -> None:
    assert list(neo4j_server.home.rglob("*.jar")) == []
    assert list(default_cache().rglob("*.jar")) != []
