"""Each truth agrees with itself, with the model's closed sets, and with the names and numbers in its report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.model import MODEL
from tests.reports.scoring import REPORTS
from tests.reports.truth import LISTS, NOT_COUNTED

FOLDERS = sorted(path.parent for path in REPORTS.glob("*/expected.json"))
CHOICES = {
    ("report", "report_type"): ("Assessment", "report_type"),
    ("report", "opinion"): ("Assessment", "opinion"),
    ("facilities", "kind"): ("Facility", "kind"),
    ("controls", "frequency"): ("Control", "frequency"),
    ("controls", "nature"): ("Control", "nature"),
    ("tests", "result"): ("ControlTest", "result"),
    ("tests", "result_scope"): ("ControlTest", "result_scope"),
}
NAMES = ("name", "city", "number", "code", "statement", "owner", "title", "area", "category")
"""Values that stand in the report, word by word; those of several words may be cut by columns and pages."""

TEXTS = ("statement", "procedure", "result_text", "response", "rationale", "emphasis", "use", "service", "system_name")
REACH = 16
"""Over how many lines the pieces of one text may be apart: columns, a page's end and its next heading."""


def read(folder: Path) -> tuple[str, dict[str, Any]]:
    truth = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return (folder / "report.txt").read_text(encoding="utf-8"), truth


def values(key: str, thing: Any) -> Iterator[tuple[str, str, Any]]:
    """Every value below a thing, with the list and the key under which it stands."""
    for name, value in thing.items() if isinstance(thing, dict) else ():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for item in value:
                yield from values(name, item)
        elif name not in NOT_COUNTED:
            yield (key, name, value)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_values_of_closed_sets_are_those_of_the_model(folder: Path) -> None:
    _, truth = read(folder)
    for key, name, value in values("report", truth):
        if (key, name) in CHOICES:
            label, property_ = CHOICES[(key, name)]
            choices = next(p.values for p in MODEL.node(label).properties if p.key == property_)
            assert value in choices, (key, name, value)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_referred_to_is_stated(folder: Path) -> None:
    _, truth = read(folder)
    objectives = {thing["number"] for thing in truth.get("objectives", [])}
    requirements = {thing["code"] for thing in truth.get("requirements", [])}
    organizations = {thing["name"] for thing in truth.get("subservice_organizations", [])}
    for things in (truth.get(key, []) for key in ("controls", "user_entity_controls", "subservice_controls")):
        for thing in things:
            assert set(thing.get("objectives", ())) <= objectives, thing
            assert set(thing.get("requirements", ())) <= requirements, thing
            assert {*thing.get("organizations", ()), *thing.get("performed_by", ())} <= organizations, thing
    assert {thing["on"] for thing in truth.get("qualified_on", [])} <= objectives | requirements


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_listed_twice(folder: Path) -> None:
    _, truth = read(folder)
    for key in LISTS.keys() - {"tests", "deviations"}:
        names = [json.dumps(thing) if isinstance(thing, str) else key_of(thing) for thing in truth.get(key, [])]
        assert len(names) == len(set(names)), key


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_words_of_names_and_statements_stand_in_the_report(folder: Path) -> None:
    report, truth = read(folder)
    words = set(re.findall(r"\w+", re.sub(r"-\n\s*", "", report))) | set(re.findall(r"\w+", report))
    for key, name, value in values("report", truth):
        if name in NAMES and key != "report":
            assert set(re.findall(r"\w+", str(value))) <= words, (key, name, value)


def key_of(thing: dict[str, Any]) -> str:
    parts = ("number", "code", "on", "kind", "city", "statement", "name")
    return " ".join(str(thing[part]) for part in parts if part in thing)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_texts_stand_in_the_report_piece_by_piece(folder: Path) -> None:
    report, truth = read(folder)
    lines = [" ".join(re.sub(r"<br>|[|*`]", " ", line).split()) for line in report.split("\n")]
    for key, name, value in values("report", truth):
        if name in TEXTS:
            words = str(value).split()
            assert any(continues(lines, at, words) for at in range(len(lines))), (key, name, value)


def continues(lines: list[str], at: int, words: list[str]) -> bool:
    """Whether the words stand from that line on, each piece as long as its line has it."""
    taken = piece(lines[at], words)
    if taken == len(words):
        return True
    return taken > 0 and any(continues(lines, later, words[taken:]) for later in range(at, min(at + REACH, len(lines))))


def piece(line: str, words: list[str]) -> int:
    """How many of the words the line has in a row; a word that is cut by a hyphen counts where it begins."""
    taken = 0
    while taken < len(words) and stands(" ".join(words[: taken + 1]), line):
        taken += 1
    cut = taken < len(words) and re.search(rf"{re.escape(' '.join(words[:taken]))} ?([\w]+)-(?: |$)", line)
    return taken + 1 if cut and words[taken].startswith(cut[1]) else taken


def stands(words: str, line: str) -> bool:
    return words in line and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line) is not None
