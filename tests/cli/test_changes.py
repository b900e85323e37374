"""`cg changes` in a checkout with history and in one without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.facts import CHECKOUT, cg

ROOMS = ("api", "cli", "graph")
OLDER = "type Query { node(id: ID!): Node gone: Int } interface Node { id: ID! }"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout without history, as an archive of the sources is."""
    for room in ROOMS:
        shutil.copytree(CHECKOUT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(CHECKOUT / "schema.graphql", tmp_path / "schema.graphql")
    return tmp_path


def told(checkout: Path, *arguments: str) -> tuple[int, str, str]:
    """The exit code, the results and the remarks of `cg changes` in a checkout."""
    command = [sys.executable, "-m", "cli", "changes", *arguments]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def git(checkout: Path, *arguments: str) -> None:
    """Runs git with an author of its own."""
    author = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"]
    subprocess.run(["git", *author, *arguments], cwd=checkout, check=True, capture_output=True)


def test_without_history_it_says_so(copy: Path) -> None:
    assert told(copy) == (0, "", "schema.graphql: git has none of HEAD, so that no changes can be told\n")


def test_what_was_removed_since_the_last_commit_is_breaking(copy: Path) -> None:
    now = (copy / "schema.graphql").read_text("utf-8")
    (copy / "schema.graphql").write_text(OLDER, "utf-8")
    git(copy, "init", "--quiet")
    git(copy, "add", "schema.graphql")
    git(copy, "commit", "--quiet", "--message", "older")
    (copy / "schema.graphql").write_text(now, "utf-8")
    code, results, _ = told(copy)
    assert (code, results.splitlines()[0]) == (0, "breaking: FIELD_REMOVED: Field Query.gone was removed.")
    assert "safe: TYPE_ADDED: " in results


def test_a_commit_that_is_not_there_is_named() -> None:
    done = cg("changes", "--against", "0000000")
    assert (done.returncode, done.stdout) == (0, "")
    assert "git has none of 0000000" in done.stderr
