"""The command line as a user has it: results on standard output, all else on standard error, exit codes as promised."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graph.model import MODEL
from graph.neo4j.server import RunningServer, ServerSettings, start, stop
from tests.facts import CHECKOUT, DATA, cg

FIXTURES = CHECKOUT / "tests" / "loaders" / "fixtures"
REPORT = FIXTURES / "soc_1_nimbus.txt"


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'new' / 'facts.db'}"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a store that holds the report of the invented provider."""
    made = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'facts.db'}"
    done = cg("load", REPORT, "--store", made)
    assert done.returncode == 0, done.stderr
    yield made


def test_a_load_reports_each_document(address: str) -> None:
    done = cg("load", REPORT, "--store", address, "--format", "json")
    report = json.loads(done.stdout)
    (document,) = report["documents"]
    assert (done.returncode, report["ok"]) == (0, True)
    assert (document["kind"], document["status"]) == ("soc_1_report", "loaded")
    assert document["sha256"] == hashlib.sha256(REPORT.read_bytes()).hexdigest()


def test_loading_the_same_bytes_again_changes_nothing(loaded: str) -> None:
    before = cg("export", "--store", loaded, "--format", "jsonl", "--with-quotes").stdout
    counts = cg("stats", "--store", loaded, "--format", "json").stdout
    done = cg("load", REPORT, "--store", loaded)
    assert (done.returncode, "unchanged" in done.stderr) == (0, True)
    assert cg("export", "--store", loaded, "--format", "jsonl", "--with-quotes").stdout == before
    assert cg("stats", "--store", loaded, "--format", "json").stdout == counts


def test_a_plain_report_has_no_escape_codes_and_stays_off_standard_output(address: str) -> None:
    done = cg("load", REPORT, "--store", address)
    assert done.stdout == ""
    assert "\x1b" not in done.stderr


def test_standard_input_is_a_document(address: str) -> None:
    content = REPORT.read_text("utf-8")
    done = cg("load", "-", "--store", address, given=content)
    assert done.returncode == 0, done.stderr
    assert json.loads(cg("stats", "--store", address, "--format", "json").stdout)["nodes"]["Document"] == 1


def test_a_dry_run_writes_nothing(address: str) -> None:
    done = cg("load", REPORT, "--store", address, "--dry-run")
    assert done.returncode == 0
    assert not Path(address.removeprefix("sqlite:///")).exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("shopping.txt", b"milk\nbread\n", "no loader accepts it; known kinds are "),
        ("empty.txt", b"", "the file is empty"),
        ("binary.txt", b"\x00\x01\x02", "the file is binary"),
        ("latin.txt", b"first\nca\xf1on\n", "line 2 is not UTF-8"),
        ("broken.jsonl", b'{"type": "document"\n', "broken.jsonl"),
    ],
)
def test_what_cannot_be_read_is_named_and_all_else_is_loaded(
    tmp_path: Path, address: str, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "report.txt").write_bytes(REPORT.read_bytes())
    done = cg("load", tmp_path, "--store", address)
    assert done.returncode == 1
    assert name in done.stderr
    assert said in done.stderr
    assert json.loads(cg("stats", "--store", address, "--format", "json").stdout)["nodes"]["Document"] == 1


def test_a_folder_without_documents_is_refused(tmp_path: Path, address: str) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    done = cg("load", tmp_path, "--store", address)
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr


def test_a_missing_file_is_refused(tmp_path: Path, address: str) -> None:
    done = cg("load", tmp_path / "nothing.txt", "--store", address)
    assert (done.returncode, "nothing.txt" in done.stderr) == (1, True)


def test_a_report_that_is_cut_leaves_nothing(tmp_path: Path, address: str) -> None:
    lines = REPORT.read_text("utf-8").splitlines(keepends=True)
    cut = tmp_path / "cut.txt"
    cut.write_text("".join(lines[: len(lines) * 2 // 3]), "utf-8")
    done = cg("load", cut, "--store", address)
    assert (done.returncode, "cut.txt" in done.stderr) == (1, True)
    counts = json.loads(cg("stats", "--store", address, "--format", "json").stdout)
    assert sum(counts["nodes"].values()) == 0


def test_a_query_prints_what_http_answers(loaded: str) -> None:
    done = cg(
        "query",
        "-",
        "--store",
        loaded,
        "--variables",
        '{"n": 1}',
        given="query($n: Int) { services(first: $n) { nodes { id } } }",
    )
    assert done.returncode == 0
    assert list(json.loads(done.stdout)["data"]) == ["services"]


def test_a_query_with_errors_exits_with_1(loaded: str) -> None:
    done = cg("query", "-", "--store", loaded, given="{ nothing }")
    assert done.returncode == 1
    assert json.loads(done.stdout)["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("format_", ["jsonl", "trig", "nquads", "turtle", "ntriples"])
def test_an_export_is_the_same_bytes_each_time(loaded: str, tmp_path: Path, format_: str) -> None:
    plain, packed = tmp_path / "a", tmp_path / "b"
    assert cg("export", "--store", loaded, "--format", format_, "--output", plain).returncode == 0
    assert cg("export", "--store", loaded, "--format", format_, "--output", packed, "--gzip").returncode == 0
    assert plain.stat().st_size > 1000
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()


def test_a_part_is_exported_by_document_class_or_graph(loaded: str) -> None:
    facts = cg("export", "--store", loaded, "--format", "jsonl").stdout
    sha256 = hashlib.sha256(REPORT.read_bytes()).hexdigest()
    base = "https://compliance.example/id/"
    whole = set(cg("export", "--store", loaded, "--format", "nquads", "--base", base).stdout.splitlines())
    for part in (("--document", sha256[:12]), ("--class", "Service"), ("--graph", f"{base}document/{sha256}")):
        done = cg("export", "--store", loaded, "--format", "nquads", "--base", base, *part)
        assert (done.returncode, set(done.stdout.splitlines()) <= whole, bool(done.stdout)) == (0, True, True), part
    assert cg("export", "--store", loaded, "--format", "jsonl", "--document", sha256[:12]).stdout == facts
    refused = [("--format", "trig", "--class", "Servise"), ("--format", "jsonl", "--class", "Service")]
    refused += [("--format", "trig", "--class", ""), ("--format", "trig", "--document", "")]
    assert [cg("export", "--store", loaded, *arguments).returncode for arguments in refused] == [2, 2, 2, 2]


def test_the_data_set_is_described_under_the_base_and_the_licence_that_are_given(loaded: str) -> None:
    licence, base = "https://licence.example/by", "https://compliance.example/id/"
    arguments = ("export", "--store", loaded, "--format", "void", "--base", base)
    done = cg(*arguments, environment={"COMPLIANCE_GRAPH_LICENCE": licence})
    assert (done.returncode, f"<{licence}>" in done.stdout, f"<{base}dataset>" in done.stdout) == (0, True, True)
    assert cg(*arguments, environment={"COMPLIANCE_GRAPH_BASE": "https://other.example/id/"}).stdout.count(base) > 10
    assert cg(*arguments, "--class", "Service").returncode == 2
    assert cg("export", "--store", loaded, "--format", "trig", "--base", "nothing").returncode == 2


def test_exported_facts_load_into_the_same_store(loaded: str, address: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    assert cg("export", "--store", loaded, "--format", "jsonl", "--with-quotes", "--output", facts).returncode == 0
    assert cg("load", facts, "--store", address).returncode == 0
    again = cg("export", "--store", address, "--format", "jsonl", "--with-quotes").stdout
    assert again == facts.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--format", "trig", "--output", "no/such/folder/x.trig"], 1, "its folder is not there"),
        (["--format", "trig", "--output", "data"], 1, "it is a folder"),
        (["--format", "trig", "--output", "/proc/x.trig"], 1, "and can be written"),
        (["--format", "jsonl", "--output", "/proc"], 1, "and can be written"),
        (["--format", "jsonl", "--output", "data", "--gzip"], 2, "a folder of facts is written plain"),
    ],
)
def test_an_export_that_cannot_be_written_is_refused(loaded: str, arguments: list[str], code: int, said: str) -> None:
    done = cg("export", "--store", loaded, *arguments)
    assert (done.returncode, said in done.stderr) == (code, True)


def test_a_load_that_is_made_good_is_complete(address: str, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(REPORT.read_bytes())
    (tmp_path / "bad.txt").write_text("milk\n")
    assert cg("load", tmp_path, "--store", address).returncode == 1
    (tmp_path / "bad.txt").unlink()
    assert cg("load", tmp_path, "--store", address).returncode == 0
    query = "{ loadRuns { nodes { ordinal complete } } }"
    runs = json.loads(cg("query", "-", "--store", address, given=query).stdout)["data"]["loadRuns"]["nodes"]
    assert runs == [{"ordinal": 1, "complete": False}, {"ordinal": 2, "complete": True}]


def test_the_bundled_facts_leave_loaded_wording_alone(address: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    cg("load", REPORT, "--store", address)
    before = cg("export", "--store", address, "--format", "jsonl", "--with-quotes").stdout
    assert cg("export", "--store", address, "--format", "jsonl", "--output", facts).returncode == 0
    done = cg("load", facts, "--store", address)
    assert (done.returncode, "unchanged" in done.stderr) == (0, True)
    assert cg("export", "--store", address, "--format", "jsonl", "--with-quotes").stdout == before


def test_what_is_unloaded_is_gone(address: str) -> None:
    cg("load", REPORT, "--store", address)
    done = cg("unload", hashlib.sha256(REPORT.read_bytes()).hexdigest(), "--store", address)
    assert done.returncode == 0
    counts = json.loads(cg("stats", "--store", address, "--format", "json").stdout)
    assert {label: n for label, n in counts["nodes"].items() if n} == {"LoadRun": 1}


def test_what_was_never_loaded_cannot_be_unloaded(loaded: str) -> None:
    done = cg("unload", "0" * 64, "--store", loaded)
    assert (done.returncode, "is loaded" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("store", "code", "said"),
    [
        ("sqlite:///nowhere/at-all.db", 3, "there is no such file"),
        ("bolt://127.0.0.1:1", 3, "127.0.0.1:1"),
        ("mysql://host", 2, "sqlite:///relative.db"),
        ("neo4j://neo4j:secret@host:7687", 2, "NEO4J_PASSWORD"),
    ],
)
def test_a_store_that_is_not_there_is_one_clear_line(store: str, code: int, said: str) -> None:
    done = cg("stats", "--store", store)
    assert done.returncode == code
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "secret" not in done.stderr


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database, but long enough to be read as one")
    done = cg("stats", "--store", f"sqlite:///{tmp_path / 'x.db'}")
    assert (done.returncode, "not a database" in done.stderr) == (3, True)


@pytest.mark.parametrize("arguments", [["stats"], ["load", str(REPORT)]])
def test_a_file_of_another_program_is_left_alone(tmp_path: Path, arguments: list[str]) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    before = path.read_bytes()
    done = cg(*arguments, "--store", f"sqlite:///{path}")
    assert (done.returncode, "holds no graph" in done.stderr) == (3, True)
    assert path.read_bytes() == before


def test_a_wrong_password_is_one_clear_line_without_it(tmp_path: Path) -> None:
    try:
        running = start(ServerSettings(tmp_path, password="right-password-1"))
        done = cg("stats", "--store", running.bolt_url, environment={"NEO4J_PASSWORD": "wrong-password-1"})
        assert done.returncode == 3
        assert "NEO4J_PASSWORD" in done.stderr
        assert "wrong-password-1" not in done.stderr
        good = cg("load", REPORT, "--store", running.bolt_url, environment={"NEO4J_PASSWORD": "right-password-1"})
        assert good.returncode == 0, good.stderr
    finally:
        stop(tmp_path)


def test_a_port_in_use_is_one_clear_line(loaded: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = cg("serve", "--store", loaded, "--port", str(port))
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["load"], ["nothing"], ["export", "--format", "xlsx"], ["query", "x", "--variables", "["]]
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    done = cg(*arguments)
    assert done.returncode == 2
    assert done.stderr


def test_generated_files_are_fresh() -> None:
    done = cg("generate", "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_bundled_facts_are_those_of_the_documents(documents: Path, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'facts.db'}"
    folder = tmp_path / "data"
    folder.mkdir()
    assert cg("load", documents, "--store", address).returncode == 0
    assert cg("export", "--store", address, "--format", "jsonl", "--output", folder).returncode == 0
    rebuilt = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert rebuilt == {path.name: path.read_bytes() for path in DATA.iterdir()}


def test_the_bundled_facts_hold_no_wording() -> None:
    wording = {p.key for node in MODEL.nodes for p in node.properties if p.verbatim}
    held = {
        key
        for path in DATA.iterdir()
        for line in path.read_text("utf-8").splitlines()
        for key in wording
        if f'"{key}":' in line
    }
    assert held == set()


def test_both_stores_hold_the_same_facts(neo4j_server: RunningServer, tmp_path: Path) -> None:
    here = f"sqlite:///{tmp_path / 'facts.db'}"
    exports = []
    for address in (here, neo4j_server.bolt_url):
        assert cg("load", REPORT, "--store", address).returncode == 0
        exports.append(cg("export", "--store", address, "--format", "jsonl", "--with-quotes").stdout)
    assert exports[0] == exports[1]
