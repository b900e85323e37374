"""Laws of explaining: what was taken and what was left make up the document, with the lines of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.explaining import Explanation, explain
from loaders.facts import Extraction, Seen
from loaders.inputs.documents import Document, document_from
from loaders.names.resolution import Names, read_names
from loaders.registry import all_loaders
from loaders.soc.report import SocReport
from tests.facts import cg
from tests.loaders.stated import FIXTURES, document, extracted, fixture

NAMES = sorted(path.name for path in FIXTURES.glob("*_nimbus.txt"))


def explained(name: str) -> Explanation:
    """How a fixture is understood."""
    return explain(document(fixture(name)), all_loaders(), read_names())


def numbers(spans: list[tuple[int, int]]) -> set[int]:
    """The lines of those spans."""
    return {number for first, last in spans for number in range(first, last + 1)}


@pytest.mark.parametrize("name", NAMES)
def test_every_written_line_is_taken_or_left(name: str) -> None:
    found = explained(name)
    taken = numbers([span for one in (*found.labels, *found.relationships) for span in one.lines])
    left = numbers([(one.first_line, one.last_line) for one in found.left])
    written = {number for number, line in enumerate(document(fixture(name)).lines, 1) if line.strip()}
    assert written - taken - left == set()
    assert taken & {one.first_line for one in found.left} == set()


def test_what_is_taken_is_counted_by_label_and_relationship() -> None:
    facts = extracted(SocReport(), fixture("soc_1_nimbus.txt")).facts
    found = explained("soc_1_nimbus.txt")
    assert {one.what: one.count for one in found.labels} == {
        label: len({claim.id for claim in facts.claims if claim.label == label})
        for label in {claim.label for claim in facts.claims}
    }
    assert sum(one.count for one in found.relationships) == len(facts.links)


def test_sections_and_lists_have_their_lines() -> None:
    found = explained("soc_3_nimbus.txt")
    sections = {one.title: (one.first_line, one.last_line) for one in found.sections}
    lines = fixture("soc_3_nimbus.txt").split("\n")
    assert all(lines[first - 1].strip() == title for title, (first, _) in sections.items())
    assert "Harbor Background" in sections
    assert all(one.entries >= one.cited and one.last_line > one.first_line for one in found.lists)


def test_what_is_left_has_its_reason() -> None:
    reasons = {one.reason for one in explained("soc_1_nimbus.txt").left}
    assert {"the table of contents", "a heading above no fact", "prose without facts"} <= reasons


def test_a_document_that_is_refused_is_shown_as_far_as_it_is_read() -> None:
    cut = fixture("soc_1_nimbus.txt")[:3000]
    found = explain(document_from(cut.encode(), "made.txt"), all_loaders(), read_names())
    assert (found.kind, bool(found.error), found.labels) == ("soc_1_report", True, ())
    assert found.lists


def test_a_document_of_no_known_kind_is_shown_too() -> None:
    found = explain(document("Dear aunt.\n\n- milk\n- tea\n"), all_loaders(), read_names())
    assert (found.kind, found.why) == (None, None)
    assert "no loader accepts it" in str(found.error)
    assert [(one.entries, one.first_line, one.last_line) for one in found.lists] == [(2, 3, 4)]


def test_what_a_loader_saw_is_shown() -> None:
    class Seeing(SocReport):
        """A loader that notes how it understood a line."""

        def extract(self, document: Document, names: Names) -> Extraction:
            made = super().extract(document, names)
            return Extraction(made.facts, made.warnings, (Seen(1, 4, "a title page"),))

    found = explain(document(fixture("soc_1_nimbus.txt")), [Seeing()], read_names())
    assert found.seen == (Seen(1, 4, "a title page"),)


def test_the_command_prints_tables_and_opens_no_store(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'facts.db'}"
    done = cg("load", "--explain", FIXTURES / "soc_3_nimbus.txt", "--store", store)
    assert done.returncode == 0, done.stderr
    for title in ("Sections", "Lists", "Taken: nodes", "Taken: relationships", "Left", "Warnings"):
        assert f"\n{title}" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_command_gives_one_json_object_and_names_what_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((FIXTURES / "soc_3_nimbus.txt").read_bytes())
    (tmp_path / "b.txt").write_text("Dear aunt.\n")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 cut")
    done = cg("load", "--explain", tmp_path, "--format", "json")
    told = json.loads(done.stdout)["documents"]
    assert done.returncode == 1
    assert [one.get("kind") for one in told] == ["soc_3_report", None, None]
    assert [bool(one["error"]) for one in told] == [False, True, True]
