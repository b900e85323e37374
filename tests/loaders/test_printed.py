"""The same document in another form states the same facts: printed to PDF or shown as a web page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from graph.records import DocumentFacts, Value
from loaders.inputs.documents import document_from
from loaders.names.resolution import read_names
from loaders.registry import all_loaders, recognise
from tests.loaders.printed import marked_up, preformatted, printed_by_browser, printed_by_writer
from tests.loaders.stated import FIXTURES, fixture

INVENTED = sorted(path.name for path in FIXTURES.glob("*_nimbus.txt"))
REAL = ("000_*", "001_*", "002_*", "003_*", "004_*")
OF_THE_FILE = {"sha256", "lines", "pages", "media_type"}


def stated(content: bytes) -> frozenset[tuple[object, ...]]:
    """What a document states, without where it stands: values of nodes and relationships, white space folded."""
    document = document_from(content, "made")
    loader, _ = recognise(document, all_loaders())
    facts = loader.extract(document, read_names()).facts
    return frozenset(tuple(_placeless(facts, one) for one in fact) for fact in _facts(facts))


def _facts(facts: DocumentFacts) -> Iterator[tuple[object, ...]]:
    yield from (("document", key, value) for key, value in facts.document.items() if key not in OF_THE_FILE)
    for claim in facts.claims:
        yield from ((claim.label, claim.id, key, value) for key, value in claim.values.items())
    for link in facts.links:
        yield link.type, link.start, link.end
        yield from ((link.type, link.start, link.end, key, value) for key, value in link.values.items())


def _placeless(facts: DocumentFacts, value: Value | object) -> object:
    if not isinstance(value, str):
        return value
    bare = value.replace(facts.sha256, "document").replace(facts.sha256[:8], "document")
    return re.sub(r"\s+", " ", re.sub(r"^citation/document/\d+-\d+$", "a citation", bare)).strip()


def differences(expected: bytes, given: bytes) -> list[str]:
    """What is missing (`-`) and what is more (`+`) in a second form of a document."""
    before, after = stated(expected), stated(given)
    return [f"- {fact}" for fact in sorted(map(str, before - after))] + [
        f"+ {fact}" for fact in sorted(map(str, after - before))
    ]


def text_of(documents: Path, pattern: str) -> str:
    """The text of a real document."""
    (path,) = documents.glob(pattern)
    return path.read_text(encoding="utf-8-sig")


BY_BROWSER = {"002_*": r"'control-revision/|/aws-cloudtrail\b", "004_*": r"/(?:aws-auto-scaling|aws-lambda)\b"}
"""What differs in print: a table of changes whose cells touch; a name that stands alone below the end of a sentence."""
BY_WRITER = {"002_*": rf"{BY_BROWSER['002_*']}|'user-entity-control/[^']*/12'"}


def unknown(pattern: str, known: Mapping[str, str], found: Iterable[str]) -> list[str]:
    """The differences that are not those that are known of a document."""
    return [one for one in found if not (pattern in known and re.search(known[pattern], one))]


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_document_as_a_web_page_states_the_same(name: str) -> None:
    text = fixture(name)
    assert differences(text.encode(), preformatted(text)) == []
    assert differences(text.encode(), marked_up(text)) == []


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_document_printed_by_a_writer_states_the_same(name: str) -> None:
    text = fixture(name)
    assert differences(text.encode(), printed_by_writer(text)) == []


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_document_printed_by_a_browser_states_the_same(name: str, chromium: Path, tmp_path: Path) -> None:
    text = fixture(name)
    assert differences(text.encode(), printed_by_browser(text, chromium, tmp_path)) == []


@pytest.mark.parametrize("pattern", REAL)
def test_a_real_document_as_a_web_page_states_the_same(documents: Path, pattern: str) -> None:
    text = text_of(documents, pattern)
    assert differences(text.encode(), preformatted(text)) == []
    assert differences(text.encode(), marked_up(text)) == []


@pytest.mark.parametrize("pattern", REAL)
def test_a_real_document_printed_by_a_writer_states_the_same(documents: Path, pattern: str) -> None:
    text = text_of(documents, pattern)
    assert unknown(pattern, BY_WRITER, differences(text.encode(), printed_by_writer(text))) == []


@pytest.mark.parametrize("pattern", REAL)
def test_a_real_document_printed_by_a_browser_states_the_same(
    documents: Path, pattern: str, chromium: Path, tmp_path: Path
) -> None:
    text = text_of(documents, pattern)
    found = differences(text.encode(), printed_by_browser(text, chromium, tmp_path))
    assert unknown(pattern, BY_BROWSER, found) == []
