"""Changes between two schemas: each by its weight, those that break first."""

from __future__ import annotations

import pytest

from api.changes import NotASchema, changes, listed

BEFORE = """
enum Kind { ONE TWO }
type Query { kind(of: ID!): Kind! size: Int number: Int }
"""
NOW = """
enum Kind { ONE TWO THREE }
type Query { kind(of: ID!, at: ID!): Kind! number: Int name: String }
"""


def test_each_change_has_its_weight_those_that_break_first() -> None:
    assert listed(changes(BEFORE, NOW), whole=True) == [
        "breaking: FIELD_REMOVED: Field Query.size was removed.",
        "breaking: REQUIRED_ARG_ADDED: A required argument Query.kind(at:) was added.",
        "dangerous: VALUE_ADDED_TO_ENUM: Enum value Kind.THREE was added.",
        "safe: FIELD_ADDED: Field Query.name was added.",
    ]


def test_safe_changes_are_counted_by_kind() -> None:
    assert listed(changes(BEFORE, NOW))[-1] == "safe: FIELD_ADDED: 1"


def test_the_same_schema_has_no_changes() -> None:
    assert changes(NOW, NOW) == []


def test_a_text_that_is_no_schema_is_refused() -> None:
    with pytest.raises(NotASchema, match="the schema before is none: Syntax Error"):
        changes("type", NOW)
