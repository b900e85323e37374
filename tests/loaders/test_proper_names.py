"""Proper names in running text, with the legal forms that belong to them."""

from __future__ import annotations

import pytest

from loaders.names.proper_names import name_at


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Millpond Trust Bank, N.A., a bank, keeps the money.", "Millpond Trust Bank, N.A."),
        ("Millpond Trust, Inc.'s controls are left out.", "Millpond Trust, Inc."),
        ("Millpond Trust, LLC, and Sluice Works keep it.", "Millpond Trust, LLC"),
        ("Millpond Trust, and Sluice Works, keep it.", "Millpond Trust"),
    ],
)
def test_a_legal_form_behind_a_comma_belongs_to_the_name(text: str, name: str) -> None:
    found = name_at(text, 0)
    assert found and found.text == name
