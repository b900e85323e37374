"""`cg ontology check` as a user has it: every score is at its target, and one below it is named and ends with 1."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from graph.model import MODEL
from tests.facts import CHECKOUT, cg

REPORT = CHECKOUT / "tests" / "loaders" / "fixtures" / "soc_1_nimbus.txt"


def test_every_score_is_at_its_target_until_something_breaks(tmp_path: Path) -> None:
    file = tmp_path / "facts.db"
    address = f"sqlite:///{file}"
    assert cg("load", REPORT, "--store", address).returncode == 0
    done = cg("ontology", "check", "--store", address, "--documents", REPORT, "--format", "json")
    assert done.returncode == 0, done.stdout
    scores = {score["check"]: (score["passed"], score["of"]) for score in json.loads(done.stdout)}
    assert scores["what a header says"] == (16, 16)
    assert scores["formats that two engines read alike"] == (6, 6)
    assert scores["things that are not there (404)"] == (len(MODEL.nodes),) * 2
    assert scores["files with their size and checksum"] == (10, 10)
    assert all(passed == of > 0 for passed, of in scores.values()), scores
    assert f"quotes on the cited lines of {REPORT}" in scores
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE Citation SET quote_sha256 = 'abc' WHERE id = (SELECT min(id) FROM Citation)")
    broken = cg("ontology", "check", "--store", address, "--documents", REPORT)
    assert broken.returncode == 1
    assert "rules that the data keep: " in broken.stderr
    assert f"quotes on the cited lines of {REPORT}: citation/" in broken.stderr
