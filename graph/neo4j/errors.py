"""Why a Neo4j server cannot be used: each error says which server, what it answered, and what would be valid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import QueryTimedOut, StoreUnreachable

_NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"
_SILENT = (ServiceUnavailable, SessionExpired, ConfigurationError, ConnectionAcquisitionTimeoutError)


class ServerUnreachable(StoreUnreachable):
    """Nothing that speaks Bolt answers there."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"{url}: no Neo4j server answers ({why}); start one with `cg neo4j start`, or give the address of one"
        )


class WrongCredentials(StoreUnreachable):
    """The server refuses the user or the password."""

    def __init__(self, url: str, username: str | None) -> None:
        who = f"the password of user {username} is wrong" if username else "it asks for a password"
        super().__init__(f"{url}: {who}; set NEO4J_USERNAME and NEO4J_PASSWORD to those of the server")


class UnknownDatabase(StoreUnreachable):
    """The server has no database of that name."""

    def __init__(self, url: str, database: str) -> None:
        super().__init__(f"{url}: it has no database {database}; set NEO4J_DATABASE to one that it has, such as neo4j")


@contextmanager
def translated(url: str, username: str | None, database: str) -> Iterator[None]:
    """Turns what the driver raises into an error of ours, where it is not a fault of this program."""
    try:
        yield
    except AuthError as error:
        raise WrongCredentials(url, username) from error
    except _SILENT as error:
        raise ServerUnreachable(url, _first_line(error)) from error
    except Neo4jError as error:
        if error.code == _NO_DATABASE:
            raise UnknownDatabase(url, database) from error
        if "TimedOut" in (error.code or ""):
            raise QueryTimedOut(url) from error
        raise


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].strip() if str(error) else type(error).__name__
