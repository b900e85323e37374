"""The fields in a request's head whose value is a list: lines of one name are one list (RFC 9110, 5.3)."""

from __future__ import annotations

from starlette.requests import Request


def listed(request: Request, name: str) -> str | None:
    """The whole list of a field, whatever number of lines it came in; None where there is none."""
    lines = request.headers.getlist(name)
    return ", ".join(lines) if lines else None
