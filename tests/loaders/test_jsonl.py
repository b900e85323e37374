"""Laws of exported facts: the same facts are the same bytes, and a line that cannot be read is named."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from graph.errors import BrokenLine
from graph.model import MODEL
from graph.records import DocumentFacts
from loaders.jsonl import read_facts, write_facts
from loaders.names.resolution import read_names
from loaders.registry import all_loaders, recognise
from tests.graph.histories import facts, ordered
from tests.loaders.stated import document, fixture

SHA = "ab" * 32
HEAD = json.dumps({"type": "document", "values": {"sha256": SHA}, "recency": ""})
CITATION = json.dumps({"type": "citation", "lines": "3-4", "section": [], "sha256": "cd" * 32})
CLAIM = json.dumps(
    {"type": "claim", "label": "Country", "id": "country/de", "at": "3-4", "values": {"name": "Germany", "code": "DE"}}
)
LINK = json.dumps(
    {"type": "link", "link": "OF_PROVIDER", "start": "service/a/b", "end": "organization/a", "at": ["3-4"]}
)


def ended(*lines: str) -> list[str]:
    """The lines of a document with the line that ends it."""
    kinds = [json.loads(line)["type"] for line in lines]
    counts = {"citations": kinds.count("citation"), "claims": kinds.count("claim"), "links": kinds.count("link")}
    return [*lines, json.dumps({"type": "end", **counts})]


def real_facts(name: str) -> DocumentFacts:
    """What the loaders make of a fixture."""
    made = document(fixture(name))
    loader, _ = recognise(made, all_loaders())
    return loader.extract(made, read_names()).facts


@pytest.mark.parametrize("with_quotes", [True, False])
@pytest.mark.parametrize("name", ["quick_reference_nimbus.txt", "soc_1_nimbus.txt", "soc_overview_nimbus.txt"])
def test_what_is_written_reads_back_and_writes_the_same_bytes(name: str, with_quotes: bool) -> None:
    lines = list(write_facts(real_facts(name), with_quotes))
    again = [line for one in read_facts(lines, "made.jsonl") for line in write_facts(one, with_quotes)]
    assert again == lines


@settings(max_examples=100, deadline=None)
@given(facts())
def test_facts_with_quotes_are_read_back_whole(one: DocumentFacts) -> None:
    hashed = DocumentFacts(
        one.document,
        one.recency,
        tuple(type(c)(c.document, c.first_line, c.last_line, c.section, c.quote, "0" * 64) for c in one.citations),
        one.claims,
        one.links,
    )
    (back,) = read_facts(list(write_facts(hashed, with_quotes=True)), "made.jsonl")
    assert ordered(back) == ordered(hashed)


def test_no_wording_of_a_document_leaves_without_quotes() -> None:
    one = real_facts("soc_1_nimbus.txt")
    written = "\n".join(write_facts(one, with_quotes=False))
    hidden = {p.key for node in MODEL.nodes for p in node.properties if p.verbatim}
    hidden |= {p.key for relationship in MODEL.relationships for p in relationship.properties if p.verbatim}
    wordings = {str(c.quote) for c in one.citations if len(str(c.quote)) > 80}
    wordings |= {str(v) for claim in one.claims for key, v in claim.values.items() if key in hidden}
    assert wordings
    assert [text for text in wordings if json.dumps(text, ensure_ascii=False)[1:-1] in written] == []


def test_a_heading_that_is_a_question_leaves_only_with_quotes() -> None:
    one = real_facts("soc_overview_nimbus.txt")
    written = ["\n".join(write_facts(one, with_quotes)) for with_quotes in (True, False)]
    assert ["When will there be new ones?" in text for text in written] == [True, False]


def test_a_claim_that_loses_its_wording_stays_as_evidence() -> None:
    one = real_facts("soc_1_nimbus.txt")
    (bare,) = read_facts(list(write_facts(one, with_quotes=False)), "made.jsonl")
    assert {(c.id, c.citation) for c in bare.claims} == {(c.id, c.citation) for c in one.claims}


def test_a_cut_file_is_refused_wherever_it_was_cut() -> None:
    lines = list(write_facts(real_facts("soc_3_nimbus.txt"), with_quotes=True))
    for cut in range(1, len(lines)):
        with pytest.raises(BrokenLine, match="has no end"):
            read_facts(lines[:cut], "made.jsonl")


def test_several_documents_stand_one_after_the_other() -> None:
    both = [*write_facts(real_facts("soc_1_nimbus.txt"), True), *write_facts(real_facts("soc_3_nimbus.txt"), True)]
    assert [one.document["kind"] for one in read_facts(both, "made.jsonl")] == ["soc_1_report", "soc_3_report"]


def changed(line: str, change: Callable[[dict[str, object]], object]) -> str:
    """The line with something changed in its object."""
    item = json.loads(line)
    change(item)
    return json.dumps(item)


@pytest.mark.parametrize(
    ("lines", "number", "why", "valid"),
    [
        ([], 1, "holds no facts", "of type document"),
        ([CITATION], 1, "no document is open", "of type document"),
        ([HEAD, "{"], 2, "it is no JSON", "one JSON object"),
        ([HEAD, ""], 2, "it is no JSON", "one JSON object"),
        ([HEAD, "[1]"], 2, r"it is \[1\]", "one JSON object"),
        ([HEAD, '{"type": "song"}'], 2, 'its type is "song"', "document, citation, claim, link or end"),
        ([HEAD, CITATION, CITATION], 3, "stands on line 2 already", "stand once"),
        ([HEAD, CITATION, CLAIM, CLAIM], 4, "stands on line 3 already", "stand once"),
        ([*ended(HEAD), HEAD], 3, "stands twice", "each document once"),
        ([HEAD, HEAD], 2, "the document above has no end", "of type end"),
        ([HEAD, CITATION], 2, "the document above has no end", "of type end"),
        ([*ended(HEAD, CITATION), CITATION], 4, "the document above has ended", "of type document"),
        ([HEAD, ended(HEAD, CITATION)[-1]], 2, "has 0 citations and was written with 1", "of type end"),
        ([HEAD, changed(CITATION, lambda i: i.update(quote="a\x01b"))], 2, "no text", "no control characters"),
        ([HEAD, changed(CITATION, lambda i: i.update(quote="\ud800"))], 2, "no text", "no control characters"),
        ([HEAD, changed(CITATION, lambda i: i.update(section=["\f"]))], 2, "no text", "no control characters"),
        ([HEAD.replace(SHA, "ab")], 1, "no sha256", "64 hexadecimal"),
        ([HEAD.replace('"recency": ""', '"recency": "soon"')], 1, 'recency is "soon"', "a date such as 2017"),
        (ended(HEAD.replace('"sha256"', '"colour": 1, "sha256"')), 1, "Document.colour: not in the model", "the model"),
        ([HEAD, changed(CITATION, lambda i: i.update(lines="4-3"))], 2, 'lines is "4-3"', "such as 17-19"),
        ([HEAD, changed(CITATION, lambda i: i.update(lines=3))], 2, "lines is 3", "lines is text"),
        ([HEAD, changed(CITATION, lambda i: i.pop("section"))], 2, "it has lines, sha256", "lines, section, sha256"),
        ([HEAD, changed(CITATION, lambda i: i.update(sha256="x"))], 2, 'sha256 is "x"', "64 hexadecimal"),
        ([HEAD, changed(CITATION, lambda i: i.update(page="1"))], 2, 'page is "1"', "whole number"),
        ([HEAD, CITATION, changed(CLAIM, lambda i: i.update(colour=1))], 3, "it has at, colour", "can have precedence"),
        ([HEAD, CITATION, changed(CLAIM, lambda i: i.update(values=[1]))], 3, r"values is \[1\]", "an object"),
        (
            ended(HEAD, CITATION, changed(CLAIM, lambda i: i.update(values={"code": 1}))),
            3,
            "1 is not a string",
            "the model",
        ),
        (ended(HEAD, CITATION, changed(CLAIM, lambda i: i.update(label="Song"))), 3, "the label Song", "the model"),
        (ended(HEAD, CITATION, changed(CLAIM, lambda i: i.update(at="9-9"))), 3, "not in the document", "the model"),
        (ended(HEAD, CITATION, LINK), 3, "claimed nowhere", "the model"),
        ([HEAD, CITATION, CLAIM, changed(LINK, lambda i: i.update(at="3-4"))], 4, 'at is "3-4"', "a list of texts"),
        ([HEAD, CITATION, CLAIM, changed(LINK, lambda i: i.update(assertion="sung"))], 4, "sung", "stated or derived"),
        (
            ended(HEAD, CITATION, CLAIM, changed(LINK, lambda i: i.update(link="SINGS"))),
            4,
            "unknown 'SINGS'",
            "the model",
        ),
    ],
)
def test_a_broken_line_is_named_with_what_is_wrong_and_what_would_be_valid(
    lines: list[str], number: int, why: str, valid: str
) -> None:
    with pytest.raises(BrokenLine, match=rf"(?s)^made.jsonl, line {number}: .*{why}.*{valid}"):
        read_facts(lines, "made.jsonl")
