"""Settings are read from the environment once, each into its place."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from api.limits import Limits
from api.settings import SETTABLE, HttpSettings, http_settings, limits_from


def test_without_settings_nothing_is_open_that_was_not() -> None:
    assert http_settings({}) == HttpSettings()
    assert limits_from({}) == Limits()


def test_each_setting_has_its_place() -> None:
    given = {
        "COMPLIANCE_GRAPH_SAVED": "one:/two",
        "COMPLIANCE_GRAPH_ONLY_SAVED": "true",
        "COMPLIANCE_GRAPH_NO_CHECK": "true",
        "COMPLIANCE_GRAPH_MAX_AGE": "60",
        "COMPLIANCE_GRAPH_CORS": "https://a.example, http://localhost:3000",
        "COMPLIANCE_GRAPH_TOKENS": "tokens",
        "COMPLIANCE_GRAPH_LOG": "warning",
        "COMPLIANCE_GRAPH_LIMIT_DEPTH": "9",
    }
    assert http_settings(given) == HttpSettings(
        (Path("one"), Path("/two")),
        True,
        60,
        ("https://a.example", "http://localhost:3000"),
        Path("tokens"),
        "warning",
        limits=Limits(depth=9),
        no_check=True,
    )


def test_every_limit_that_is_a_setting_can_be_set() -> None:
    given = {f"COMPLIANCE_GRAPH_LIMIT_{key.upper()}": str(number) for number, key in enumerate(SETTABLE, 1)}
    found = asdict(limits_from(given))
    assert {key: found[key] for key in SETTABLE} == {key: number for number, key in enumerate(SETTABLE, 1)}
