"""Laws of loading: what is good is loaded, what is not is named, and loading again changes nothing."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.errors import ManyReplacements, UnknownKind
from graph.merging import Graph
from loaders.jsonl import write_facts
from loaders.names.resolution import read_names
from loaders.pages.frameworks import read_frameworks
from loaders.pipeline import LoadOptions, load
from loaders.registry import all_loaders, recognise
from loaders.report import Status
from tests.loaders.printed import marked_up, preformatted, printed_by_writer
from tests.loaders.stated import FIXTURES, document, fixture
from tests.stores.dicts import DictStore

REFERENCE = "quick_reference_nimbus.txt"
PAGE = "soc_overview_nimbus.txt"


def clock() -> Iterator[datetime]:
    """A clock that goes on by a minute each time that it is looked at."""
    now = datetime(2030, 1, 1, tzinfo=UTC)
    while True:
        yield now
        now += timedelta(minutes=1)


def options(**given: object) -> LoadOptions:
    """Options with that clock."""
    ticks = clock()
    return LoadOptions(clock=lambda: next(ticks), **given)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents, one of them in a folder below."""
    (tmp_path / "below").mkdir()
    shutil.copy(FIXTURES / REFERENCE, tmp_path / "b.txt")
    shutil.copy(FIXTURES / PAGE, tmp_path / "below" / "a.txt")
    return tmp_path


def without_runs(graph: Graph) -> Graph:
    """The graph but for the runs of loading, which hold a clock."""
    return Graph({id_: n for id_, n in graph.nodes.items() if n.label != "LoadRun"}, dict(graph.edges))


def test_a_folder_is_loaded_in_the_order_of_its_paths(folder: Path) -> None:
    report = load([folder], DictStore(), options())
    assert [(Path(d.path).relative_to(folder).as_posix(), d.kind, d.status) for d in report.documents] == [
        ("b.txt", "compliance_quick_reference", Status.LOADED),
        ("below/a.txt", "soc_overview_page", Status.LOADED),
    ]
    assert report.ok


def test_the_report_counts_what_each_document_states(folder: Path) -> None:
    store = DictStore()
    (report,) = load([folder / "b.txt"], store, options()).documents
    nodes, edges = store.counts()
    assert (report.nodes, report.relationships) == (sum(nodes.values()) - nodes["LoadRun"], sum(edges.values()))


def test_loading_the_same_again_changes_nothing(folder: Path) -> None:
    store = DictStore()
    load([folder], store, options())
    before = copy.deepcopy(store.graph)
    report = load([folder], store, options())
    assert [d.status for d in report.documents] == [Status.UNCHANGED, Status.UNCHANGED]
    assert all(d.notice for d in report.documents)
    assert store.graph == before


def test_a_run_is_written_down_with_what_it_did(folder: Path) -> None:
    store = DictStore()
    report = load([folder / "b.txt"], store, options())
    load([folder], store, options())
    first, second = (store.graph.nodes[f"load-run/{n}"].values for n in (1, 2))
    assert dict(first) == {
        "name": "load 1",
        "ordinal": 1,
        "started_at": "2030-01-01T00:00:00Z",
        "finished_at": "2030-01-01T00:01:00Z",
        "complete": True,
        "documents": (report.documents[0].sha256,),
        "nodes": report.documents[0].nodes + 1,
        "relationships": report.documents[0].relationships,
        "loader_version": "1",
    }
    assert (second["ordinal"], second["nodes"]) == (2, len(store.graph.nodes))


def test_a_run_that_stops_stays_incomplete(folder: Path) -> None:
    class Stopped(Exception):
        """Somebody pulled the plug."""

    def stop(done: int, total: int, name: str) -> None:
        if done:
            raise Stopped

    store = DictStore()
    with pytest.raises(Stopped):
        load([folder], store, options(progress=stop))
    assert store.graph.nodes["load-run/1"].values["complete"] is False


def test_the_same_bytes_twice_are_loaded_once_with_a_notice(folder: Path) -> None:
    shutil.copy(folder / "b.txt", folder / "c.txt")
    first, _, second = load([folder], DictStore(), options()).documents
    assert (first.status, second.status) == (Status.LOADED, Status.DUPLICATE)
    assert second.notice == f"the same document as {first.path}; loaded once"


def test_what_cannot_be_loaded_is_named_and_all_else_is_loaded(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b" \n")
    (folder / "binary.txt").write_bytes(b"a\0b")
    (folder / "latin.txt").write_bytes("München\n".encode("latin-1"))
    (folder / "letter.txt").write_text("Dear aunt, the rain is fine.\n")
    (folder / "cut.txt").write_text("\n".join(fixture(REFERENCE).split("\n")[:90]))
    (folder / "facts.jsonl").write_text("{}\n")
    report = load([folder, folder / "nowhere.txt"], DictStore(), options())
    refused = {Path(d.path).name: str(d.error) for d in report.documents if d.status is Status.REFUSED}
    assert sorted(refused) == [
        "binary.txt",
        "cut.txt",
        "empty.txt",
        "facts.jsonl",
        "latin.txt",
        "letter.txt",
        "nowhere.txt",
    ]
    assert "the file is empty" in refused["empty.txt"]
    assert "is binary" in refused["binary.txt"]
    assert "line 1 is not UTF-8" in refused["latin.txt"]
    assert "known kinds are soc_overview_page" in refused["letter.txt"]
    assert "line 90: it ends without its revision history" in refused["cut.txt"]
    assert "line 1: its type is null" in refused["facts.jsonl"]
    assert "No such file" in refused["nowhere.txt"]
    assert (report.ok, len(report.loaded)) == (False, 2)


def test_nothing_of_a_refused_document_is_stored(folder: Path) -> None:
    whole, store = DictStore(), DictStore()
    load([folder], whole, options())
    lines = [line for name in (REFERENCE, PAGE) for line in exported(name)]
    (folder / "facts.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    report = load([folder / "facts.jsonl"], store, options())
    assert ([d.status for d in report.documents], store.graph) == ([Status.REFUSED], Graph())


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text(fixture(PAGE))
    (tmp_path / "picture.png").write_bytes(b"x")
    (report,) = load([tmp_path], DictStore(), options()).documents
    assert report.error == "the folder holds no documents; documents end in .txt or .pdf or .html or .htm or .jsonl"


def test_a_dash_is_standard_input() -> None:
    store = DictStore()
    (report,) = load(["-"], store, options(standard_input=fixture(PAGE).encode())).documents
    assert (report.path, report.kind, report.status) == ("standard input", "soc_overview_page", Status.LOADED)


def exported(name: str) -> list[str]:
    """The facts of a fixture as JSON lines, with quotes."""
    made = document(fixture(name))
    loader, _ = recognise(made, all_loaders())
    return list(write_facts(loader.extract(made, read_names()).facts, with_quotes=True))


def test_exported_facts_give_the_same_graph_as_the_documents(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "both.jsonl"
    file.write_text("".join(f"{line}\n" for name in (REFERENCE, PAGE) for line in exported(name)), encoding="utf-8")
    one, other = DictStore(), DictStore()
    load([folder / "b.txt", folder / "below"], one, options())
    report = load([file], other, options())
    assert [d.kind for d in report.documents] == ["compliance_quick_reference", "soc_overview_page"]
    assert without_runs(one.graph) == without_runs(other.graph)


def test_a_newer_copy_takes_the_place_of_the_older_one(folder: Path) -> None:
    store, fresh = DictStore(), DictStore()
    (old,) = load([folder / "b.txt"], store, options()).documents
    newer = folder / "newer.txt"
    newer.write_text(fixture(REFERENCE).replace("Weather Code", "Weather Rule"))
    load([newer], store, options(replaces=old.sha256))
    load([newer], fresh, options())
    assert without_runs(store.graph) == without_runs(fresh.graph)


def test_only_one_document_can_take_the_place_of_another(folder: Path) -> None:
    store = DictStore()
    with pytest.raises(ManyReplacements, match="only one document"):
        load([folder], store, options(replaces="0" * 64))
    assert store.graph == Graph()


def test_a_document_that_is_not_there_cannot_be_replaced(folder: Path) -> None:
    (report,) = load([folder / "b.txt"], DictStore(), options(replaces="0" * 64)).documents
    assert (report.status, "loaded are: none" in str(report.error)) == (Status.REFUSED, True)


def test_a_dry_run_tells_all_and_writes_nothing(folder: Path) -> None:
    store = DictStore()
    dry = load([folder], store, options(dry=True))
    assert (store.graph, dry.dry, [d.status for d in dry.documents]) == (Graph(), True, [Status.LOADED] * 2)
    assert load([folder], store, options()).documents[0] == dry.documents[0]


def test_progress_is_told_before_each_document_and_at_the_end(folder: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    load([folder], DictStore(), options(progress=lambda *step: heard.append(step)))
    names = [str(folder / "b.txt"), str(folder / "below" / "a.txt")]
    assert heard == [(0, 2, names[0]), (1, 2, names[1]), (2, 2, "")]


def test_a_value_that_another_document_states_differently_is_a_warning_with_its_line(folder: Path) -> None:
    store = DictStore()
    load([folder / "b.txt"], store, options())
    other = folder / "other.txt"
    other.write_text(fixture(REFERENCE).replace("140 \nquestions", "141 \nquestions"))
    (report,) = load([other], store, options()).documents
    (found,) = [w for w in report.warnings if "element_count" in w.message]
    assert found.line == 15
    assert "141" in found.message and "140" in found.message
    told = found.message
    loader, _ = recognise(made := document(other.read_text()), all_loaders())
    facts = folder / "other.jsonl"
    facts.write_text("".join(f"{x}\n" for x in write_facts(loader.extract(made, read_names()).facts, with_quotes=True)))
    again = DictStore()
    load([folder / "b.txt"], again, options())
    (report,) = load([facts], again, options()).documents
    assert f"line 15 of the document: {told}" in {w.message for w in report.warnings if not w.line}


def test_the_report_is_json(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    report = load([folder], DictStore(), options()).as_json()
    again = json.loads(json.dumps(report))
    assert (again["ok"], again["dry_run"]) == (False, False)
    assert [d["status"] for d in again["documents"]] == ["loaded", "loaded", "refused"]
    assert list(again["documents"][0]) == [
        "path", "status", "kind", "sha256", "nodes", "relationships", "warnings", "notice", "error",
    ]  # fmt: skip
    assert again["documents"][0]["warnings"][0].keys() == {"line", "message"}


def test_what_no_loader_accepts_is_told_with_every_kind() -> None:
    with pytest.raises(UnknownKind, match="security_overview_page"):
        recognise(document("Dear aunt.\n"), all_loaders())


def test_each_real_document_is_accepted_by_one_loader_alone(documents: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(documents.glob("*.txt"))]
    accepted = [[kind for loader in all_loaders() if (kind := loader.accepts(document(text)))] for text in texts]
    assert accepted == [
        ["compliance_quick_reference"],
        ["soc_overview_page"],
        ["soc_1_report"],
        ["security_overview_page"],
        ["soc_3_report"],
    ]


def test_the_real_documents_load_once_and_again_without_a_change(documents: Path) -> None:
    store = DictStore()
    first = load([documents], store, options())
    before = copy.deepcopy(store.graph)
    again = load([documents], store, options())
    assert [d.status for d in first.documents] == [Status.LOADED] * 5
    assert [d.status for d in again.documents] == [Status.UNCHANGED] * 5
    assert store.graph == before


def test_each_row_of_the_table_of_frameworks_is_of_a_known_name() -> None:
    names = read_names()
    rows = read_frameworks().rows.values()
    unknown = [row.name for row in rows if names.resolve("Framework", row.name).name != row.name]
    unknown += [body for row in rows for body in row.issuers if not names.resolve("Organization", body).known]
    assert rows
    assert unknown == []


def test_every_form_of_a_document_in_a_folder_is_loaded(tmp_path: Path) -> None:
    text = fixture("soc_3_nimbus.txt")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.PDF").write_bytes(printed_by_writer(text))
    (tmp_path / "c.html").write_bytes(preformatted(text))
    (tmp_path / "d.htm").write_bytes(marked_up(text))
    (tmp_path / "e.docx").write_bytes(b"PK")
    (tmp_path / ".hidden.pdf").write_bytes(b"%PDF-1.7")
    store = DictStore()
    report = load([tmp_path], store, options())
    assert [(Path(one.path).name, one.status) for one in report.documents] == [
        (name, Status.LOADED) for name in ("a.txt", "b.PDF", "c.html", "d.htm")
    ]
    kinds = sorted(str(n.values["media_type"]) for n in store.graph.nodes.values() if n.label == "Document")
    assert kinds == ["application/pdf", "text/html", "text/html", "text/plain"]


@pytest.mark.parametrize("form", [printed_by_writer, preformatted])
def test_standard_input_is_known_by_its_content(form: Callable[[str], bytes]) -> None:
    content = form(fixture("soc_3_nimbus.txt"))
    (report,) = load(["-"], DictStore(), options(standard_input=content)).documents
    assert (report.status, report.kind) == (Status.LOADED, "soc_3_report")
