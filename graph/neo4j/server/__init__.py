"""A real Neo4j Community server, without containers: fetched once, started in the background, stopped."""

from graph.neo4j.server.lifecycle import start, status, stop
from graph.neo4j.server.settings import (
    RunningServer,
    ServerSettings,
    ServerState,
    ServerStatus,
    default_cache,
    default_home,
)

__all__ = [
    "RunningServer",
    "ServerSettings",
    "ServerState",
    "ServerStatus",
    "default_cache",
    "default_home",
    "start",
    "status",
    "stop",
]
