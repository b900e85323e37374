"""Bearer tokens (RFC 6750): kept as hashes alone, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

import orjson
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.metrics import Metrics
from graph.errors import UsageError

OPEN = ("/healthz",)
"""What is answered without a token."""

UNAUTHENTICATED = "UNAUTHENTICATED"
REALM = 'Bearer realm="compliance-graph"'

_LINE = re.compile(r"(?P<name>[A-Za-z0-9._-]+) (?P<hash>[0-9a-f]{64})")


class BadTokens(UsageError):
    """A file of tokens that cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}; a line is `NAME SHA256`, as `cg token NAME` writes it")


class BadName(UsageError):
    """A name that a token cannot have."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"a token cannot be called {name!r}: {why}")


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


def line_of(name: str, token: str) -> str:
    """The line of a file of tokens; raises `BadName` where the name cannot stand in one."""
    line = f"{name} {hashed(token)}"
    if not _LINE.fullmatch(line):
        raise BadName(name, "it is no name of letters, digits, `.`, `_` and `-`")
    return line


def hashed(token: str) -> str:
    """What is kept of a token: its SHA-256, which is enough for random bits that nobody can guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def read_tokens(path: Path) -> dict[str, str]:
    """The hashes by the names of their tokens; raises `BadTokens`."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadTokens(path, str(error)) from error
    found = dict[str, str]()
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        read = _LINE.fullmatch(line.strip())
        if not read or read["name"] in found:
            raise BadTokens(path, f"line {number} is no token, or its name was there before")
        found[read["name"]] = read["hash"]
    if not found:
        raise BadTokens(path, "there is no token in it, so that nobody could ask anything")
    return found


def holder(tokens: Mapping[str, str], token: str) -> str | None:
    """The name of a token; it takes as long whether it is the first, the last, or none."""
    given, found = hashed(token), None
    for name, known in tokens.items():
        if hmac.compare_digest(given, known):
            found = name
    return found


class Bearers:
    """Answers those alone who have a token; all others get 401."""

    def __init__(self, app: ASGIApp, tokens: Mapping[str, str], metrics: Metrics) -> None:
        self._app = app
        self._tokens = dict(tokens)
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and holder(self._tokens, token.strip()):
            await self._app(scope, receive, send)
            return
        self._metrics.refused(UNAUTHENTICATED)
        await _refusal(given=kind.lower() == "bearer")(scope, receive, send)


def _refusal(*, given: bool) -> Response:
    why = "the token is not known here" if given else "a token is needed: `Authorization: Bearer TOKEN`"
    error = {"message": why, "extensions": {"code": UNAUTHENTICATED}}
    challenge = f'{REALM}, error="invalid_token"' if given else REALM
    headers = {"WWW-Authenticate": challenge, "Cache-Control": "no-store"}
    return Response(orjson.dumps({"errors": [error]}), 401, headers, "application/json")
