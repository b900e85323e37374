"""What can go wrong with the server: every error says which home or file, and what to do."""

from __future__ import annotations

from pathlib import Path

from graph.errors import ServerFailed, UsageError


class JarsUnavailable(ServerFailed):
    """The server's program files are not in the cache and cannot be downloaded."""

    def __init__(self, cache: Path, coordinates: str, reason: str) -> None:
        super().__init__(
            f"cannot get {coordinates} of the Neo4j server into {cache}: {reason}; "
            "the first start needs Maven Central, later ones only the cache"
        )


class PortInUse(ServerFailed):
    """Another program listens on a port that was asked for."""

    def __init__(self, name: str, port: int) -> None:
        super().__init__(
            f"{name} port {port} is in use by another program; give another one with --{name}-port, or 0 for a free one"
        )


class NoFreePort(ServerFailed):
    """All ports of the range that is searched are taken."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(f"no free port from {first} to {last}; name one with --bolt-port and --http-port")


class ServerDied(ServerFailed):
    """The process ended before Bolt answered."""

    def __init__(self, home: Path, log: Path, last_lines: str) -> None:
        super().__init__(f"Neo4j in {home} ended while starting; the last lines of {log}:\n{last_lines}")


class ServerSilent(ServerFailed):
    """Bolt did not answer within the time limit."""

    def __init__(self, home: Path, log: Path, seconds: float) -> None:
        super().__init__(f"Neo4j in {home} did not answer within {seconds:g} s; its log is {log}")


class StillRunning(ServerFailed):
    """The process outlived SIGTERM and SIGKILL."""

    def __init__(self, home: Path, pid: int) -> None:
        super().__init__(f"Neo4j in {home} (process {pid}) does not end")


class PasswordNotSet(ServerFailed):
    """The server's tool refused the first password."""

    def __init__(self, home: Path, said: str) -> None:
        super().__init__(f"cannot set the first password of Neo4j in {home}: {said}")


class WrongPassword(ServerFailed):
    """The home was set up with a password that is not the one at hand."""

    def __init__(self, home: Path) -> None:
        super().__init__(
            f"Neo4j in {home} refuses the password; set NEO4J_PASSWORD to the one of its first start, "
            "or start it with --no-auth"
        )


class PasswordTooShort(UsageError):
    """Neo4j takes no password below its minimal length."""

    def __init__(self, length: int, least: int) -> None:
        super().__init__(f"NEO4J_PASSWORD has {length} characters; Neo4j takes {least} or more")
