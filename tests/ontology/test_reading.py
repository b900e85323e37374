"""RDF of ours read back: the same bytes again, and a clear refusal of all that would be lost."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, parse, serialize

from graph.ledger import put, stated_by
from graph.records import DocumentFacts
from graph.sqlite.store import SqliteStore
from graph.store import Store
from ontology.data import SUFFIXES
from ontology.example import stated
from ontology.export import export
from ontology.formats import Format
from ontology.namespaces import CG, DEFAULT_BASE
from ontology.parsing import BadRdf
from ontology.parts import EXPORTED_LABELS
from ontology.reader import RdfReader
from ontology.things import Things
from tests.graph.histories import SHAS, ordered, report
from tests.ontology import harbour
from tests.stores.invented import documents
from tests.stores.referee import Referee

SUFFIX = {
    Format.TRIG: ".trig",
    Format.NQUADS: ".nq",
    Format.JSONLD: ".jsonld",
    Format.TURTLE: ".ttl",
    Format.NTRIPLES: ".nt",
    Format.RDFXML: ".rdf",
}
DATASETS = (Format.TRIG, Format.NQUADS, Format.JSONLD)
PREFIXES = """
@prefix cg: <https://w3id.org/compliance-graph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/compliance-graph/id/> .
"""
SHA = "c" * 64
GOOD = f"""
<document/{SHA}> a cg:Document ; cg:sha256 "{SHA}" ; cg:recency "2020"^^xsd:gYear .
<citation/{SHA}/3-4> a cg:Citation ; cg:firstLine 3 ; cg:lastLine 4 ; cg:quoteSha256 "{SHA}" .
<service/tidal/quay> a cg:Service ; cg:name "Quay" ; cg:evidencedBy <citation/{SHA}/3-4> .
<service/tidal/pier> a cg:Service ; cg:name "Pier" ; cg:evidencedBy <citation/{SHA}/3-4> .
<control/tidal/1> a cg:Control ; cg:name "1" ; cg:number "1" .
<statement/evidenced-by/service/tidal/quay~citation/{SHA}/3-4> a cg:EvidencedByStatement ;
    cg:subject <service/tidal/quay> ; cg:object <citation/{SHA}/3-4> ; cg:name "Quay" .
<statement/evidenced-by/service/tidal/pier~citation/{SHA}/3-4> a cg:EvidencedByStatement ;
    cg:subject <service/tidal/pier> ; cg:object <citation/{SHA}/3-4> ; cg:name "Pier" .
<statement/evidenced-by/control/tidal/1~citation/{SHA}/3-4> a cg:EvidencedByStatement ;
    cg:subject <control/tidal/1> ; cg:object <citation/{SHA}/3-4> ; cg:name "1" ; cg:number "1" ; cg:precedence 0 .
<service/tidal/quay> cg:partOf <service/tidal/pier> .
<statement/part-of/service/tidal/quay~service/tidal/pier> a cg:PartOfStatement ;
    cg:subject <service/tidal/quay> ; cg:object <service/tidal/pier> ;
    cg:citation <citation/{SHA}/3-4> ; cg:assertion cg:stated .
"""
HERE = f"<citation/{SHA}/3-4>"
BROKEN = {
    "syntax": ("cg:partOf <service/tidal/pier> .", "cg:partOf <service/tidal/pier ", "line 18, column 32: Invalid"),
    "relative to nothing": ("@base", "# @base", "line 7, column 1: No scheme"),
    "a datatype": (
        "cg:firstLine 3",
        'cg:firstLine "three"',
        'line 8, column .* "three" under cg:firstLine; .* integer',
    ),
    "a date": ('"2020"^^xsd:gYear', '"2020-13"', "line 7, column .*recency.*date"),
    "a month that is none": (
        '"2020"^^xsd:gYear',
        '"2020-13"^^xsd:gYearMonth',
        "line 7, column .*recency; it is a date",
    ),
    "a time of day": (
        '"2020"^^xsd:gYear',
        '"2020-03-31T12:00Z"^^<http://purl.org/dc/terms/W3CDTF>',
        "line 7.*recency.*date as it is exported",
    ),
    "a character that is no text": (
        'cg:number "1" ; cg:p',
        'cg:number "1\0" ; cg:p',
        'line 17, column 152: .* has "1.u0000" under cg:number',
    ),
    "a heading that no XML holds": (
        "cg:firstLine 3",
        'cg:section "Page\f" ; cg:firstLine 3',
        "line 8, column 108: .* under cg:section",
    ),
    "a number beyond all": (
        f'cg:sha256 "{SHA}" ; cg:r',
        f'cg:lines {2**63} ; cg:sha256 "{SHA}" ; cg:r',
        "line 7, column .*cg:lines",
    ),
    "a language": ('cg:number "1"', 'cg:number "1"@en', 'number "1"@en; .* it is "1"'),
    "a term misspelt": ("cg:partOf <", "cg:partof <", "line 18, column 22: cg:partof is no term.* did you mean partOf"),
    "an unknown term": ('cg:name "Quay" ; cg:ev', "<http://tidal.example/x> 1 ; cg:ev", "line 9, column.*known are"),
    "a term of another class": ('cg:name "Pier" ; cg:e', "cg:firstLine 3 ; cg:e", "firstLine, which is not said of it"),
    "a class misspelt": (
        "a cg:Service ; cg:name",
        "a cg:Servise ; cg:name",
        "line 9, .*cg:Servise.*did you mean Service",
    ),
    "a thing of no class": ("cg:partOf <service/", "cg:partOf <servise/", "a plain triple without a statement"),
    "outside the base": (
        "cg:partOf <service/tidal/pier>",
        "cg:partOf <http://tidal.example/pier>",
        "line 18, column 32: <http://tidal",
    ),
    "another base": ("@base <https://w3id.org/", "@base <https://tidal.example/", "line 7, .*stands outside the base"),
    "a value for a thing": (
        "cg:partOf <service/tidal/pier>",
        'cg:partOf "Pier"',
        'line 18, column 32: "Pier".* is no thing',
    ),
    "no citation": (f"cg:citation {HERE} ; ", "", "line 19, column 1: .*no cg:citation"),
    "no assertion": (" ; cg:assertion cg:stated", "", "line 19, column 1: .*no cg:assertion"),
    "no statement": ("cg:partOf <service/tidal/pier> .", "cg:integratesWith <service/tidal/pier> .", "plain triple"),
    "no evidence": (
        'cg:Control ; cg:name "1" ; cg:number "1"',
        'cg:Control ; cg:number "2"',
        'line 11, .*"2".*it is "1"',
    ),
    "a part": ("cg:recency", "cg:statedFacts 6 ; cg:recency", "line 7, .* states 6 facts, and 5 are here"),
    "no hash": (f' ; cg:sha256 "{SHA}"', "", "line 7, .*no cg:sha256"),
    "another hash": (f' ; cg:sha256 "{SHA}"', f' ; cg:sha256 "{"d" * 64}"', "line 7, .*IRI ends"),
    "no document": (
        f'<document/{SHA}> a cg:Document ; cg:sha256 "{SHA}" ; cg:recency "2020"^^xsd:gYear .',
        "",
        "no doc",
    ),
    "a blank node": ("cg:partOf <service/tidal/pier> .", "cg:partOf [] .", "line 18, column 22: .*blank node"),
    "other lines": (
        f"{HERE} a cg:Citation",
        f"<citation/{SHA}/3-5> a cg:Citation",
        "line 8, .*with which its IRI ends",
    ),
    "another text": (
        "cg:firstLine 3",
        'cg:quote "Not it." ; cg:firstLine 3',
        "line 8, .*is not the text of those lines",
    ),
    "several headings": ("cg:firstLine 3", 'cg:section "A", "B" ; cg:firstLine 3', "line 8, .*order of its headings"),
    "two values": ('cg:number "1"', 'cg:number "1", "2"', 'number "2"; .* it is "1"'),
    "another statement": (
        "cg:object <service/tidal/pier> ;",
        "cg:object <service/tidal/quay> ;",
        "is not the IRI of that",
    ),
    "a link of nobody": (
        'cg:name "Quay" ; cg:ev',
        "<https://schema.org/sameAs> <http://tidal.example/quay> ; cg:ev",
        "line 9, column.*sameAs",
    ),
    "nothing to cite": ("cg:quoteSha256", "cg:title", "no cg:quoteSha256"),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """An empty store."""
    found = SqliteStore(tmp_path / "again.db")
    found.prepare()
    yield found
    found.close()


@pytest.mark.parametrize("format_", DATASETS)
@pytest.mark.parametrize("with_quotes", [True, False])
def test_an_export_read_back_exports_the_same_bytes(
    tmp_path: Path, store: SqliteStore, format_: Format, with_quotes: bool
) -> None:
    first = harbour.store(tmp_path)
    content = written(first, format_, with_quotes)
    load(store, content, format_)
    assert written(store, format_, with_quotes) == content
    if with_quotes:
        for sha in (harbour.SECRET, harbour.PUBLIC):
            assert ordered(stated_by(store, sha)) == ordered(stated_by(first, sha))
    first.close()


@pytest.mark.parametrize("format_", [f for f in SUFFIX if f not in DATASETS])
def test_a_format_without_graphs_tells_as_much_where_no_two_documents_state_a_value(
    store: SqliteStore, format_: Format
) -> None:
    first = referee(documents(1))
    content = written(first, format_)
    load(store, content, format_)
    assert written(store, format_) == content
    assert written(store, Format.TRIG) == written(first, Format.TRIG)


def test_facts_of_every_label_and_relationship_come_back(store: SqliteStore) -> None:
    first = referee(documents(4))
    content = written(first, Format.TRIG)
    load(store, content, Format.TRIG)
    assert written(store, Format.TRIG) == content


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(*(report((sha,)) for sha in SHAS[:3])))
def test_any_documents_come_back(given_facts: tuple[DocumentFacts, ...]) -> None:
    first, again = referee(given_facts), referee(())
    content = written(first, Format.TRIG)
    load(again, content, Format.TRIG)
    assert written(again, Format.TRIG) == content
    for facts in given_facts:
        assert ordered(stated_by(again, facts.sha256)) == ordered(stated_by(first, facts.sha256))


def test_what_people_write_in_turtle_is_read() -> None:
    (facts,) = RdfReader().read((PREFIXES + GOOD).encode(), "tidal.ttl").documents
    assert [claim.id for claim in facts.claims] == ["service/tidal/quay", "service/tidal/pier", "control/tidal/1"]
    assert [(x.type, x.start, x.end) for x in facts.links] == [("PART_OF", "service/tidal/quay", "service/tidal/pier")]


@pytest.mark.parametrize("date", ["2020", "2020-03", "2020-03-31"])
def test_dates_as_the_context_has_them_are_read(date: str) -> None:
    text = (PREFIXES + GOOD).replace('"2020"^^xsd:gYear', f'"{date}"^^<http://purl.org/dc/terms/W3CDTF>')
    (facts,) = RdfReader().read(text.encode(), "tidal.ttl").documents
    assert facts.recency == date


@pytest.mark.parametrize("what", list(BROKEN))
def test_what_would_be_lost_is_refused_with_its_place(what: str) -> None:
    good, bad, message = BROKEN[what]
    assert good in GOOD + PREFIXES
    with pytest.raises(BadRdf, match=message):
        RdfReader().read((PREFIXES + GOOD).replace(good, bad, 1).encode(), "tidal.ttl")


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        (CG.partOf, "partof", "<partof> is neither a thing"),
        (CG.partOf, "x:part of", "<x:part of> is neither a thing"),
        (CG.Control, "Control", "<Control> is neither a thing"),
        ("@graph", "graph", "<graph> is neither a thing"),
        (f"{DEFAULT_BASE}service/tidal/quay", "service/tidal/quay", "<service/tidal/quay> stands outside the base"),
    ],
)
def test_what_means_nothing_in_json_ld_is_refused_with_its_place(good: str, bad: str, message: str) -> None:
    """By its own rules a reader passes over it."""
    content = written(referee(RdfReader().read((PREFIXES + GOOD).encode(), "tidal.ttl").documents), Format.JSONLD)
    changed = content.replace(f'"{good}"'.encode(), f'"{bad}"'.encode())
    assert changed != content
    with pytest.raises(BadRdf, match=f"line 1, column [0-9]+: {message}"):
        RdfReader().read(changed, "tidal.jsonld")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"@id": "x:a",\n "x:p": {"@id": 3}}', "line 2, column 10: @id value must be a string"),
        (
            '[{"@id": "x:a"},\n {"@id": "x:b",\n "@id": "x:c"}, {"@id": "x:d"}]',
            "line 3, column 2: @id is defined twice",
        ),
        (
            '{"@context": {"is": "@id"},\n "is": "x:a", "x:p":\n {"is": 3}}',
            "line 3, column 3: @id value must be a string",
        ),
        ('{"@context": {\n"@version": 2}, "@id": "x:a"}', "line 2, column 1: The only supported @version"),
        ('{"@id": "x:a", "x:p":\n {"@context": {"a": "b:x", "b": "a:y"}}}', "line 2, column 3: Cyclic"),
        ('{"@context": {\n "@import": "https://a.example/"}}', "line 2, column 2: it names a context of another place"),
        (
            '{"@context": {"x": "y:"}, "x:p": {\n "@context": "https://a.example/"}}',
            "line 2, column 2: it names a context",
        ),
        ('{"x:p":\n "\0"}', "line 2, column 3: 'U.0000' is not allowed"),
    ],
)
def test_json_ld_that_is_wrong_in_what_it_means_is_refused_with_its_place(content: str, message: str) -> None:
    """The parser itself tells none but of the syntax of JSON."""
    with pytest.raises(BadRdf, match=f"tidal.jsonld, {message}"):
        RdfReader().read(content.encode(), "tidal.jsonld")


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        (
            "<cg:Service rdf:about='https://w3id.org/compliance-graph/id/service/x'>\n  <cg:id>a</cg:is>",
            "line 4, column 18: ill-formed",
        ),
        ("\n<cg:Service rdf:about='x'/>", "line 4, column 27: .*IRI 'x'"),
        ("\n\n<cg:Service", "line 9, column 10: error while parsing attribute"),
    ],
)
def test_rdf_in_xml_that_is_broken_is_refused_with_its_place(inside: str, message: str) -> None:
    """The parser of RDF/XML itself tells none."""
    prefixes = f'xmlns:cg="{CG.iri}"\nxmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    content = f"<rdf:RDF {prefixes}>\n{inside}\n\n\n\n</rdf:RDF>"
    with pytest.raises(BadRdf, match=message):
        RdfReader().read(content.encode(), "tidal.rdf")


@pytest.mark.parametrize(
    ("name", "opens", "inside", "closes", "place"),
    [
        ("tidal.ttl", "<< <a:a> <a:b> ", "<a:c>", " >>", "line 1000, column 1"),
        ("tidal.jsonld", '{"a:b": ', "1", "}", "line 1000, column 1"),
        ("tidal.jsonld", '{"a:b\\"}": [', "1", "]}", "line 500, column 12"),
        ("tidal.rdf", "<a:a xmlns:a='a:'>", "", "</a:a>", "line 1000, column 1"),
    ],
)
def test_what_nests_too_deep_does_not_bring_the_process_down(
    name: str, opens: str, inside: str, closes: str, place: str
) -> None:
    deep = f"{opens}\n" * 50_000 + inside + closes * 50_000
    with pytest.raises(BadRdf, match=f"{place}: it nests too deep"):
        RdfReader().read(deep.encode(), name)


def test_what_stands_in_texts_does_not_nest() -> None:
    quote = "It says: " + "<< " * 2_000
    hashed = f'cg:quote "{quote}" ; cg:quoteSha256 "{hashlib.sha256(quote.encode()).hexdigest()}"'
    text = PREFIXES + GOOD.replace(f'cg:quoteSha256 "{SHA}"', hashed)
    (facts,) = RdfReader().read(text.encode(), "tidal.ttl").documents
    assert facts.citations[0].quote == quote


def test_a_reader_takes_every_format_of_rdf_but_plain_xml() -> None:
    assert {*RdfReader().suffixes} == SUFFIXES.keys() - {".xml"}


def test_what_is_not_under_the_base_that_is_given_is_refused() -> None:
    moved = (PREFIXES + GOOD).replace("https://w3id.org/compliance-graph/id/", "https://tidal.example/things/")
    found = RdfReader("https://tidal.example/things/").read(moved.encode(), "tidal.ttl")
    assert found == RdfReader().read((PREFIXES + GOOD).encode(), "tidal.ttl")


@pytest.mark.parametrize("format_", [Format.TRIG12, Format.NTRIPLES12])
def test_reifiers_say_what_the_statements_say(format_: Format) -> None:
    first, suffix = referee([harbour.page()]), SUFFIX[Format(format_.value.removesuffix("12"))]
    content = written(first, format_)
    (facts,) = RdfReader().read(content, f"export{suffix}").documents
    assert ordered(facts) == ordered(harbour.page())
    assert b"integratesWith> <" in content or b"cg:integratesWith <" in content
    wrong = re.sub(rb"(<<\( \S+ \S*)integratesWith", rb"\1partOf", content, count=1)
    with pytest.raises(BadRdf, match="reifies"):
        RdfReader().read(wrong, f"export{suffix}")


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_one_quad_says_otherwise_is_refused_or_comes_back(data: st.DataObject) -> None:
    """A quad in another graph, of another subject, with another predicate or object, or none in its place."""
    whole = list(parse(written(referee([harbour.report(), harbour.page()]), Format.NQUADS), format=RdfFormat.N_QUADS))
    place, other = data.draw(st.sampled_from(range(len(whole)))), data.draw(st.sampled_from(whole))
    old, part = whole[place], data.draw(st.sampled_from(("subject", "predicate", "object", "graph_name", "none")))
    told = {
        name: getattr(other if name == part else old, name) for name in ("subject", "predicate", "object", "graph_name")
    }
    changed = [*whole[:place], *([Quad(**told)] if part != "none" else []), *whole[place + 1 :]]
    content = serialize(changed, format=RdfFormat.N_QUADS)
    assert content
    try:
        again = referee(RdfReader().read(content, "changed.nq").documents)
    except BadRdf:
        return
    assert set(changed) <= set(parse(written(again, Format.NQUADS), format=RdfFormat.N_QUADS))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(*(report((sha,)) for sha in SHAS[:3])), st.sampled_from(sorted(SUFFIX, key=str)))
def test_one_document_of_many_comes_back_with_its_own_names(
    given_facts: tuple[DocumentFacts, ...], format_: Format
) -> None:
    """What others made of names is told of, where the document does not say so itself."""
    whole = referee(given_facts)
    for facts in given_facts:
        found = RdfReader().read(part(whole, format_, document=facts.sha256), f"part{SUFFIX[format_]}")
        assert [ordered(one) for one in found.documents] == [ordered(stated_by(whole, facts.sha256))]
        assert all("its own name is taken" in message for _, message in found.remarks)


def test_what_a_file_of_one_document_calls_otherwise_is_told_with_its_line() -> None:
    text = (PREFIXES + GOOD).replace('cg:Service ; cg:name "Quay"', 'cg:Service ; cg:name "Dock"')
    found = RdfReader().read(text.encode(), "tidal.ttl")
    assert found.documents == RdfReader().read((PREFIXES + GOOD).encode(), "tidal.ttl").documents
    ((line, message),) = found.remarks
    assert (line, message.partition(" is ")[2][:14]) == (9, 'called "Dock";')


@pytest.mark.parametrize(
    "wanted", [*({"class": label} for label in EXPORTED_LABELS), {"graph": "identity"}, {"graph": ""}]
)
def test_a_part_of_a_document_does_not_take_its_place(wanted: dict[str, str]) -> None:
    """What a class or a graph has of a document is refused, whatever it is; where it is all, it is the same."""
    whole = referee([stated(), harbour.page()])
    things = {"identity": Things().identity.value, "": Things().thing(f"document/{harbour.page().sha256}").value}
    content = part(whole, Format.TRIG, **{key: things.get(value, value) for key, value in wanted.items()})
    with suppress(BadRdf):
        for facts in RdfReader().read(content, "part.trig").documents:
            assert ordered(facts) == ordered(stated_by(whole, facts.sha256))


def part(store: Store, format_: Format, **wanted: str) -> bytes:
    """The bytes of an export of a part."""
    sink = io.BytesIO()
    export(store, format_.value, sink, with_quotes=True, wanted=wanted)
    return sink.getvalue()


def referee(given_facts: Iterable[DocumentFacts]) -> Referee:
    """A store with those facts."""
    made = Referee()
    made.prepare()
    for facts in given_facts:
        put(made, facts)
    return made


def load(store: Store, content: bytes, format_: Format) -> None:
    """Puts all that an export states."""
    for facts in RdfReader().read(content, f"export{SUFFIX[format_]}").documents:
        put(store, facts)


def written(store: Store, format_: Format, with_quotes: bool = True) -> bytes:
    """The bytes of an export."""
    sink = io.BytesIO()
    export(store, format_.value, sink, with_quotes=with_quotes)
    return sink.getvalue()
