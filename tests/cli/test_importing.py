"""`cg load` of RDF in our vocabulary: what was exported comes back, what would be lost is refused with its place."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import socket
from pathlib import Path

import pytest

from tests.facts import CHECKOUT, cg

FIXTURES = CHECKOUT / "tests" / "loaders" / "fixtures"
REPORT, PAGE = FIXTURES / "soc_1_nimbus.txt", FIXTURES / "quick_reference_nimbus.txt"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store that holds a report and a page of the invented provider."""
    made = f"sqlite:///{tmp_path_factory.mktemp('importing') / 'facts.db'}"
    assert cg("load", REPORT, PAGE, "--store", made).returncode == 0
    return made


def exported(address: str, format_: str, *more: str | Path) -> str:
    """An export with every wording."""
    done = cg("export", "--store", address, "--format", format_, "--with-quotes", *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_export_loads_into_an_empty_store_and_exports_the_same_bytes(loaded: str, tmp_path: Path) -> None:
    whole, again = tmp_path / "facts.jsonld.gz", f"sqlite:///{tmp_path / 'again.db'}"
    exported(loaded, "jsonld", "--gzip", "--output", whole)
    done = cg("load", whole, "--store", again, "--format", "json")
    assert (done.returncode, [one["kind"] for one in json.loads(done.stdout)["documents"]]) == (
        0,
        ["soc_1_report", "compliance_quick_reference"],
    )
    assert exported(again, "trig") == exported(loaded, "trig")


def test_rdf_in_a_folder_is_loaded_beside_documents(loaded: str, tmp_path: Path) -> None:
    folder, again = tmp_path / "folder", f"sqlite:///{tmp_path / 'again.db'}"
    (folder / "below").mkdir(parents=True)
    (folder / "report.txt").write_bytes(REPORT.read_bytes())
    sha256 = hashlib.sha256(PAGE.read_bytes()).hexdigest()
    exported(loaded, "trig", "--document", sha256, "--output", folder / "below" / "page.trig")
    done = cg("load", folder, "--store", again)
    assert (done.returncode, "2 of 2 documents loaded" in done.stderr) == (0, True), done.stderr
    assert exported(again, "trig") == exported(loaded, "trig")


def test_what_would_be_lost_is_refused_and_nothing_of_it_is_loaded(loaded: str, tmp_path: Path) -> None:
    before, page = exported(loaded, "trig"), hashlib.sha256(PAGE.read_bytes()).hexdigest()
    good = exported(loaded, "trig", "--document", page)
    with socket.create_server(("127.0.0.1", 0)) as foreign:
        foreign.settimeout(0)
        place = foreign.getsockname()[1]
        broken = {
            "a.trig": (good[: len(good) // 2], r", line \d+, column \d+: "),
            "b.trig": (re.sub(r"(cg:firstLine) (\d+)", r'\1 "\2"', good), r", column \d+: .*firstLine; it is a int"),
            "c.trig": (good.replace("cg:ofProvider", "cg:ofprovider"), "cg:ofprovider is no .*you mean ofProvider"),
            "d.trig": (good.replace("cg:ofProvider", "cg:owner"), "cg:owner, which is not said of it; it has cg:"),
            "e.trig": (good.replace("cg:ofProvider", "<https://x.example/of>"), "x.example/of> is neither a thing"),
            "f.trig": (good.replace("/id/framework/", "/idd/framework/"), r"line \d+, column .*idd/framework"),
            "g.trig": (re.sub(r'(cg:quote ")', r"\1Not ", good), r"line \d+, .*not the text of those lines"),
            "h.jsonld": (
                f'{{"@context": "http://127.0.0.1:{place}/", "name": "x"}}',
                "line 1, column 2: .* of another place; .* is fetched",
            ),
            "i.trig.gz": (good, "no whole file of gzip"),
        }
        for name, (content, _) in broken.items():
            packed = gzip.compress(content.encode())[:-9] if name.endswith(".gz") else content.encode()
            (tmp_path / name).write_bytes(packed)
        done = cg("load", tmp_path, "--store", loaded)
        with pytest.raises(BlockingIOError):
            foreign.accept()
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    for line, (name, (_, message)) in zip(lines, broken.items(), strict=False):
        assert re.search(rf"{re.escape(name)}: refused: .*{message}", line), line
    assert lines[len(broken) :] == [f"0 of {len(broken)} documents loaded, {len(broken)} refused"]
    assert exported(loaded, "trig") == before
