"""Stable error codes: every error of an answer has one in `extensions.code`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError, GraphQLSyntaxError

from api.request_ids import request_id
from graph.errors import (
    Ambiguous,
    ComplianceGraphError,
    ForeignCursor,
    InputRefused,
    NothingToSearch,
    QueryTimedOut,
    StoreUnreachable,
)

_LOG = logging.getLogger("compliance_graph.api")

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_INPUT = "BAD_USER_INPUT"
OPERATION_FAILED = "OPERATION_RESOLUTION_FAILURE"
INTERNAL = "INTERNAL_SERVER_ERROR"

_CODES: dict[type[ComplianceGraphError], str] = {
    ForeignCursor: "BAD_CURSOR",
    Ambiguous: "AMBIGUOUS",
    NothingToSearch: "NOTHING_TO_SEARCH",
    StoreUnreachable: "STORE_UNREACHABLE",
    QueryTimedOut: "TIMED_OUT",
    InputRefused: BAD_INPUT,
}


class BadArgument(InputRefused):
    """An argument of a field that cannot be accepted; the message says what would be."""


def bad_request(message: str) -> GraphQLError:
    """A request that names no operation to run."""
    return GraphQLError(message, extensions={"code": OPERATION_FAILED})


def formatted(errors: Sequence[GraphQLError]) -> list[dict[str, Any]]:
    """Errors as an answer holds them; what was not foreseen is masked and logged under an id."""
    return [_formatted(error) for error in errors]


def _formatted(error: GraphQLError) -> dict[str, Any]:
    shown = dict(error.formatted)
    if "code" in (error.extensions or {}):
        return shown
    original = error.original_error
    code = next((c for kind, c in _CODES.items() if isinstance(original, kind)), None)
    if code:
        return {**shown, "extensions": {"code": code}}
    if original is None or isinstance(original, GraphQLError):
        code = PARSE_FAILED if isinstance(error, GraphQLSyntaxError) else VALIDATION_FAILED
        return {**shown, "extensions": {"code": code}}
    return _masked(shown, original)


def _masked(shown: dict[str, Any], original: BaseException) -> dict[str, Any]:
    id_ = request_id()
    _LOG.error("unexpected error %s", id_, exc_info=original)
    message = f"An unexpected error; the log has it under {id_}."
    return {**shown, "message": message, "extensions": {"code": INTERNAL, "id": id_}}
