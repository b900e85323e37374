"""The id of the request that is being answered, by which its answer, its errors and the log go together."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CURRENT: ContextVar[str] = ContextVar("request_id")


def begin(given: str) -> str:
    """The id of a request that begins: the given one where it can stand in a header and a log, else a new one."""
    id_ = given if _GIVEN.fullmatch(given) else secrets.token_hex(16)
    _CURRENT.set(id_)
    return id_


def current_id() -> str | None:
    """The id of this request; None where none is being answered."""
    return _CURRENT.get(None)


def request_id() -> str:
    """The id of this request; a new one where none is being answered."""
    return current_id() or secrets.token_hex(16)
