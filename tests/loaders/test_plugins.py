"""Loaders of other packages: the documented one works as it stands, a broken one is named and harms no other."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from loaders.pipeline import LoadOptions
from loaders.pipeline import load as load_all
from loaders.plugins import find_plugins
from loaders.report import Status
from tests.facts import CHECKOUT, cg
from tests.loaders.stated import FIXTURES
from tests.stores.dicts import DictStore

PAGE = (CHECKOUT / "docs" / "loaders.md").read_text(encoding="utf-8")
OURS = FIXTURES / "soc_3_nimbus.txt"


def example(language: str) -> str:
    """The page's block of code in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def installed(folder: Path, package: str, entry: str, source: str) -> Path:
    """A folder with an installed package: its module beside what an installer writes of its entry points."""
    module = entry.partition(":")[0]
    (folder / f"{module}.py").write_text(source, encoding="utf-8")
    metadata = folder / f"{package.replace('-', '_')}-0.1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.1.0\n")
    (metadata / "entry_points.txt").write_text(f"[compliance_graph.loaders]\nmade = {entry}\n")
    return folder


def documented(folder: Path) -> Path:
    """The documented package, installed as its own pyproject.toml says."""
    project = tomllib.loads(example("toml"))["project"]
    (entry,) = project["entry-points"]["compliance_graph.loaders"].values()
    return installed(folder, project["name"], entry, example("python"))


def module_of(folder: Path) -> str:
    """A name for a module that no other test has imported."""
    return re.sub(r"\W", "_", folder.name)


def load(packages: Path, *arguments: str | Path) -> CompletedProcess[str]:
    """`cg load` with those packages installed."""
    return cg("load", *arguments, environment={"PYTHONPATH": str(packages)})


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The documented document."""
    path = tmp_path / "certificate.txt"
    path.write_text(example("text"), encoding="utf-8")
    return path


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    return f"sqlite:///{tmp_path / 'facts.db'}"


def test_the_documented_loader_loads_the_documented_document(tmp_path: Path, certificate: Path, address: str) -> None:
    done = load(documented(tmp_path), certificate, "--store", address, "--format", "json")
    report = json.loads(done.stdout)
    (document,) = report["documents"]
    assert (done.returncode, document["kind"], document["status"]) == (0, "other", "loaded")
    assert report["broken_loaders"] == []
    query = "{ assessments { nodes { name periodEnd citations { nodes { firstLine } } } } }"
    answer = cg("query", "-", "--store", address, given=query)
    (assessment,) = json.loads(answer.stdout)["data"]["assessments"]["nodes"]
    assert (assessment["name"], assessment["periodEnd"]) == ("ISO 27001 of Lantern Cloud", "2024-02-28")
    assert [citation["firstLine"] for citation in assessment["citations"]["nodes"]] == [5, 7]


def test_the_documented_loader_says_how_it_understood(tmp_path: Path, certificate: Path) -> None:
    done = load(documented(tmp_path), certificate, "--explain", "--format", "json")
    (told,) = json.loads(done.stdout)["documents"]
    assert told["why"] == "certificate 1 accepts it: line 1 is 'Certificate of Registration'"
    assert [(one["first_line"], one["last_line"]) for one in told["seen"]] == [(5, 7)]


def test_without_the_package_no_loader_accepts_the_document(certificate: Path, address: str) -> None:
    done = cg("load", certificate, "--store", address)
    assert (done.returncode, "no loader accepts it" in done.stderr) == (1, True)


BROKEN = [
    ("import no_such_module\n", "ModuleNotFoundError"),
    ("class Made:\n    name = 'made'\n", "version is to be a text; kinds is to be a tuple of texts"),
    ("class Made:\n    def __init__(self):\n        raise ValueError('no tea')\n", "ValueError: no tea"),
    ("Other = 1\n", "AttributeError"),
    (
        "class Made:\n    name = version = 'made'\n    kinds = facts = ('song',)\n    accepts = extract = print\n",
        "not song",
    ),
]


@pytest.mark.parametrize(("source", "said"), BROKEN)
def test_a_broken_loader_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, said: str
) -> None:
    monkeypatch.syspath_prepend(installed(tmp_path, "broken-package", f"{module_of(tmp_path)}:Made", source))
    (problem,) = find_plugins().problems
    assert "the loader made of the package broken-package failed" in problem
    assert said in problem


def test_beside_a_broken_loader_all_others_go_on(tmp_path: Path, address: str) -> None:
    packages = installed(documented(tmp_path), "broken-package", "broken_module:Made", "import no_such_module\n")
    certificate = tmp_path / "certificate.txt"
    certificate.write_text(example("text"), encoding="utf-8")
    done = load(packages, certificate, OURS, "--store", address)
    assert done.returncode == 0, done.stderr
    assert "the loader made of the package broken-package failed" in done.stderr
    assert "2 of 2 documents loaded" in done.stderr


FAILING = """
class Made:
    name = version = "made"
    kinds = ("other",)
    facts = ("Service",)

    def accepts(self, document):
        {accepts}

    def extract(self, document, names):
        {extract}
"""


@pytest.mark.parametrize(
    ("accepts", "extract", "said"),
    [
        ("raise KeyError('tea')", "return None", "KeyError: 'tea'"),
        ("return 'song'", "return None", "accepts gave 'song'; kinds are other"),
        ("return 'other'", "return 3", "extract gave 3"),
        ("return 'other'", "return document.tea", "no attribute 'tea'"),
    ],
)
def test_a_loader_that_fails_on_a_document_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: Path, accepts: str, extract: str, said: str
) -> None:
    source = FAILING.format(accepts=accepts, extract=extract)
    monkeypatch.syspath_prepend(installed(tmp_path, "failing-package", f"{module_of(tmp_path)}:Made", source))
    refused, ours = load_all([certificate, OURS], DictStore(), LoadOptions()).documents
    assert (refused.status, ours.status) == (Status.REFUSED, Status.LOADED)
    assert "the loader made of the package failing-package failed" in str(refused.error)
    assert said in str(refused.error)
