"""`cg validate` as a user has it: data that keep to the shapes pass, what does not is told with its lines."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from pyoxigraph import RdfFormat, parse

from ontology.namespaces import CG, DCTERMS
from tests.facts import CHECKOUT, cg

REPORT = CHECKOUT / "tests" / "loaders" / "fixtures" / "soc_1_nimbus.txt"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the invented provider's report, from a store that keeps to the shapes."""
    folder = tmp_path_factory.mktemp("validating")
    address = f"sqlite:///{folder / 'facts.db'}"
    assert cg("load", REPORT, "--store", address).returncode == 0
    done = cg("validate", "--store", address, "--with-quotes")
    assert (done.returncode, "all shapes are kept" in done.stdout) == (0, True)
    assert cg("export", "--store", address, "--format", "turtle", "--output", folder / "good.ttl").returncode == 0
    return folder / "good.ttl"


def test_what_breaks_a_shape_is_told_with_its_lines(exported: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text(exported.read_text("utf-8").replace("cg:noDeviation", "cg:noDeviatoin", 1), "utf-8")
    done = cg("validate", broken)
    assert done.returncode == 1
    assert "the nearest is cg:noDeviation" in done.stdout
    assert "has at most one “result”, one of no deviation, deviation, not tested." in done.stdout
    assert "  lines " in done.stdout
    report = json.loads(cg("validate", broken, "--format", "json").stdout)
    assert (report["conforms"], {breach["broken"] for breach in report["breaches"]}) == (False, {"member", "query"})


def test_the_same_data_in_another_base_are_refused_unless_it_is_named(exported: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.ttl"
    text = exported.read_text("utf-8").replace("https://w3id.org/compliance-graph/id/", "https://harbour.example/id/")
    moved.write_text(text, "utf-8")
    assert cg("validate", moved, "--base", "https://harbour.example/id/").returncode == 0
    assert "begins with the base" in cg("validate", moved).stdout
    environment = {"COMPLIANCE_GRAPH_BASE": "https://harbour.example/id/"}
    assert cg("validate", moved, environment=environment).returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.ttl", "<https://a.example/b> a", "line 1"),
        ("cut.rdf", "<a:a xmlns:a='a:'>\n<a:b></c>", "cut.rdf, line 2, column 9: ill-formed"),
        (
            "deep.ttl",
            f"<a:a> <a:b> {'<<( <a:a> <a:b> ' * 50_000}<a:c>{' )>>' * 50_000} .",
            "deep.ttl, line 1, column 15997",
        ),
        ("far.jsonld", '{"@context": "https://a.example/"}', "far.jsonld, line 1, column 2: it names a context"),
        ("data.csv", "a,b", "the end of its name tells no format"),
    ],
)
def test_what_is_no_rdf_is_refused_with_its_line(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    done = cg("validate", tmp_path / name)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr


def test_a_date_under_the_context_is_that_of_an_export(exported: Path, tmp_path: Path) -> None:
    """A property of one value has one where both are read, and two where they differ."""
    ends = (t for t in parse(exported.read_bytes(), format=RdfFormat.TURTLE) if t.predicate.value == CG.periodEnd)
    dated = next(t for t in ends if "/statement/" not in str(t.subject))
    for said, code in ((dated.object.value, 0), ("1999", 1)):
        (tmp_path / "more.nt").write_text(f'{dated.subject} {dated.predicate} "{said}"^^<{DCTERMS.W3CDTF}> .')
        done = cg("validate", exported, tmp_path / "more.nt")
        assert (done.returncode, "at most one “period end”" in done.stdout) == (code, code == 1), done.stdout


def test_data_of_which_nothing_is_ours_are_told_apart_from_good_ones(exported: Path, tmp_path: Path) -> None:
    (tmp_path / "other.jsonld").write_text('{"@id": "service/x", "@type": "Service", "name": "X"}')
    done, good = cg("validate", tmp_path / "other.jsonld"), cg("validate", exported)
    assert (done.returncode, done.stdout) == (0, "2 triples: all shapes are kept\n")
    assert done.stderr.startswith("no node is of a class of the vocabulary")
    assert (good.returncode, good.stderr) == (0, "")


def test_an_export_is_checked_first_and_written_whole_or_not_at_all(exported: Path, tmp_path: Path) -> None:
    facts, written = exported.with_name("facts.db"), tmp_path / "checked.ttl"
    asked = ("export", "--format", "turtle", "--output", written, "--store")
    assert cg(*asked, f"sqlite:///{facts}").returncode == 0
    assert written.read_bytes() == exported.read_bytes()
    written.unlink()
    edited = tmp_path / "edited.db"
    edited.write_bytes(facts.read_bytes())
    with closing(connect(edited)) as by_hand, by_hand:
        by_hand.execute("UPDATE citation SET first_line = last_line + 1")
    done = cg(*asked, f"sqlite:///{edited}")
    assert (done.returncode, written.exists(), "breaches of shapes, nothing is written" in done.stderr) == (
        1,
        False,
        True,
    )
    assert cg(*asked, f"sqlite:///{edited}", "--no-check").returncode == 0
    assert (written.read_bytes() != exported.read_bytes(), written.exists()) == (True, True)
    assert cg("export", "--check", "--format", "jsonl", "--store", f"sqlite:///{facts}").returncode == 2


def test_files_and_a_store_are_not_checked_at_once(exported: Path) -> None:
    assert cg("validate", exported, "--store", "sqlite:///x.db").returncode == 2
