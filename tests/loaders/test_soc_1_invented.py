"""A SOC 1 report of a provider that no table knows, in the layouts of real ones: page breaks, split rows, footnotes."""

from __future__ import annotations

import pytest

from graph.errors import BrokenDocument
from graph.records import Value
from loaders.inputs.documents import document_from
from loaders.soc.report import SocReport
from tests.loaders.soc_facts import change, extraction, fixture_text, lines_of, replaced, stated

REPORT = "assessment/nimbus-harbor/soc-1-type-2/2022-06-30"
CONTROL = "control/nimbus-harbor/soc-1-type-2/2022-06-30"
TEST = "control-test/nimbus-harbor/soc-1-type-2/2022-06-30"
TEXT = fixture_text("soc_1_nimbus")
STATED = stated(TEXT)


def values(label: str, key: str) -> dict[str, Value]:
    return {id_: value for id_, name, value in STATED.values if id_.startswith(f"{label}/") and name == key}


def ends(type_: str) -> set[tuple[str, Value]]:
    return {(start, end) for start, name, end in STATED.links if name == type_}


def test_the_kind_is_recognised_by_content() -> None:
    assert SocReport().accepts(document_from(TEXT.encode(), "notes.md")) == "soc_1_report"
    assert SocReport().accepts(document_from(b"A page about SOC 1 Type 2 reports.", "soc_1.txt")) is None


def test_services_are_the_union_of_all_lists_with_what_each_item_adds() -> None:
    assert {end for _, end in ends("IN_SCOPE_OF") if _.startswith("service/")} == {
        f"{REPORT} name_as_written=Nimbus Barrel (barrel)",
        f"{REPORT} name_as_written=Nimbus Crane (crane, hook) – [Excludes floating cranes], "
        "qualification=Excludes floating cranes",
        f"{REPORT} name_as_written=Nimbus Keep Vault Store (Nimbus KVS) (kvs)",
        f"{REPORT} name_as_written=Nimbus Lamp (with candles)",
        f"{REPORT} name_as_written=Ropeworks (rope)",
    }
    assert {(id_.split("/")[-1], value) for id_, key, value in STATED.values if key == "namespaces"} == {
        ("nimbus-barrel", ("barrel",)),
        ("nimbus-crane", ("crane", "hook")),
        ("nimbus-crane", ("crane",)),
        ("nimbus-keep-vault-store", ("kvs",)),
        ("ropeworks", ("rope",)),
    }


def test_each_list_that_states_a_member_is_cited() -> None:
    found = extraction(TEXT)
    assert lines_of(found, "IN_SCOPE_OF", "service/nimbus-harbor/ropeworks") == [(36, 36), (74, 74), (117, 117)]


def test_a_region_has_code_country_and_what_its_footnote_calls_it() -> None:
    assert values("region", "code") == {
        "region/nimbus-harbor/ns-west-1": "ns-west-1",
        "region/nimbus-harbor/fe-east-1": "fe-east-1",
        "region/nimbus-harbor/fe-east-2": "fe-east-2",
    }
    nara = ("region/nimbus-harbor/fe-east-2", f"{REPORT} name_as_written=Far East (Nara) (fe-east-2), "
            "qualification=Quiet Region")  # fmt: skip
    assert nara in ends("IN_SCOPE_OF")
    assert {(start, end) for start, end in ends("LOCATED_IN") if start.startswith("region/")} == {
        ("region/nimbus-harbor/ns-west-1", "country/gb"),
        ("region/nimbus-harbor/fe-east-1", "country/jp"),
        ("region/nimbus-harbor/fe-east-2", "country/jp"),
    }


def test_edge_locations_in_a_table_after_a_letterhead_and_in_items_are_one_list() -> None:
    assert {(start, end) for start, end in ends("LOCATED_IN") if start.startswith("edge-location/")} == {
        ("edge-location/nimbus-harbor/leeds-england", "country/gb"),
        ("edge-location/nimbus-harbor/kobe-japan", "country/jp"),
        ("edge-location/nimbus-harbor/hong-kong-china", "country/hk"),
        ("edge-location/nimbus-harbor/texas-united-states", "country/us"),
        ("edge-location/nimbus-harbor/seoul-korea", "country/kr"),
        ("edge-location/nimbus-harbor/singapore", "country/sg"),
    }


def test_a_statement_that_a_page_break_cut_is_one_statement_and_marks_are_no_part_of_it() -> None:
    assert values("control", "statement") == {
        f"{CONTROL}/nim-1.1": "Keys are counted every morning and the count is written into the great book "
        "by two keepers.",
        f"{CONTROL}/nim-1.2": "Vaults are closed at dusk.",
        f"{CONTROL}/nim-2.1": "Water is checked on every full moon.",
        f"{CONTROL}/nim-2.2": "Wet ropes and barrels are dried.",
    }


def test_the_prefix_of_controls_is_the_one_that_the_narrative_uses_most() -> None:
    variant = (f"{CONTROL}/nim-2.1", "HAS_NAME")
    names = {end for start, type_, end in STATED.links if (start, type_) == variant}
    assert {str(name).split(" ", 1)[1] for name in names} == {
        "kind=canonical, text=NIM-2.1",
        "kind=variant, text=NH-2.1",
    }


def test_controls_are_specific_to_the_services_of_their_mark() -> None:
    assert ends("SPECIFIC_TO") == {
        (f"{CONTROL}/nim-1.2", "service/nimbus-harbor/nimbus-keep-vault-store"),
        (f"{CONTROL}/nim-2.2", "service/nimbus-harbor/nimbus-barrel"),
        (f"{CONTROL}/nim-2.2", "service/nimbus-harbor/rope"),
    }
    assert values("control", "service_specific") == {
        f"{CONTROL}/nim-1.1": False,
        f"{CONTROL}/nim-1.2": True,
        f"{CONTROL}/nim-2.1": False,
        f"{CONTROL}/nim-2.2": True,
    }


def test_a_row_cut_by_a_page_break_is_one_test() -> None:
    assert values("control-test", "result") == {
        f"{TEST}/nim-1.1/1": "no_deviation",
        f"{TEST}/nim-1.1/2": "no_deviation",
        f"{TEST}/nim-1.1/3": "no_deviation",
        f"{TEST}/nim-1.2/1": "no_deviation",
        f"{TEST}/nim-2.1/1": "no_deviation",
        f"{TEST}/nim-2.1/2": "not_tested",
        f"{TEST}/nim-2.2/1": "no_deviation",
    }
    cut = "Selected a sample of mornings, observed the count and called the keeper to ascertain who held the keys."
    assert values("control-test", "procedure")[f"{TEST}/nim-1.1/3"] == cut
    assert values("control-test", "methods")[f"{TEST}/nim-1.1/3"] == ("observation", "reperformance")


def test_the_assessment_says_what_the_report_says() -> None:
    assert {(key, value) for id_, key, value in STATED.values if id_ == REPORT} == {
        ("name", "SOC 1 Type 2 (2021-07-01 to 2022-06-30)"),
        ("status", "attested"),
        ("report_type", "type_2"),
        ("system_name", "Nimbus Harbor System"),
        ("period_start", "2021-07-01"),
        ("period_end", "2022-06-30"),
        ("opinion", "unqualified"),
        ("opinion_date", "2022-08-09"),
    }
    assert ends("EXAMINED_BY") == {(REPORT, "organization/quill-partners-llp signed_at=Leeds, England")}
    assert ends("PERFORMED_UNDER") == {(REPORT, "framework/isae-3402")}


def test_the_document_says_when_it_was_signed_and_who_may_read_it() -> None:
    document = extraction(TEXT).facts.document
    assert {key: document[key] for key in ("kind", "published", "distribution", "publisher")} == {
        "kind": "soc_1_report",
        "published": "2022-08-09",
        "distribution": "restricted",
        "publisher": "Nimbus Harbor",
    }


def test_the_headings_of_descriptions_give_former_names_and_misspelt_namespaces() -> None:
    former = {str(end).split(" ", 1)[1] for _, end in ends("HAS_NAME") if "kind=former" in str(end)}
    assert former == {"kind=former, text=Nimbus Cask", "kind=former, text=Nimbus Tun"}
    assert "the heading gives Nimbus Crane the namespace hock, the lists give crane, hook" in STATED.warnings


def test_names_that_nothing_knows_are_entities_and_warnings() -> None:
    unknown = {w.split("'")[1] for w in STATED.warnings if "known by no rule" in w}
    assert {"Nimbus Harbor", "Ropeworks", "Rope", "North Sea (Leeds)", "Quill & Partners LLP"} <= unknown


def test_a_member_that_one_list_lacks_stays_and_is_named() -> None:
    changed = change(TEXT, replaced("- Ropeworks (rope)\n", "", 1))
    assert (changed.gone, changed.new) == (frozenset(), frozenset())
    assert changed.warnings == {"the list of services that begins here lacks Ropeworks, which line 73 lists"}


def test_a_page_break_at_another_place_changes_nothing() -> None:
    broken = "- Nimbus Crane (crane, hook) – [Excludes floating cranes]\n\n\n\n"
    moved = TEXT.replace(broken, broken.replace("\n\n\n\n", "\n")).replace(
        "- Nimbus Barrel (b", "\n\n\n- Nimbus Barrel (b"
    )
    changed = change(TEXT, lambda _: moved)
    assert (changed.gone, changed.new, changed.warnings) == (frozenset(), frozenset(), frozenset())


def test_a_statement_cut_at_another_place_is_the_same() -> None:
    def recut(text: str) -> str:
        return text.replace("the count is\tInq", "the\tInq").replace(
            "written into the great", "count is written into the great"
        )

    changed = change(TEXT, recut)
    assert (changed.gone, changed.new) == (frozenset(), frozenset())


def test_a_procedure_cut_before_a_capital_letter_goes_on_though_its_result_stands_above() -> None:
    old = "Inspected the drying room and ascertained it was dry.\tNo deviations noted.\n"
    new = "Inspected the drying room of\tNo deviations noted.\n\tPorthaven and ascertained it was dry.\t\n"
    changed = change(TEXT, replaced(old, new))
    key = (f"{TEST}/nim-2.2/1", "procedure")
    assert changed.gone == {(*key, "Inspected the drying room and ascertained it was dry.")}
    assert changed.new == {(*key, "Inspected the drying room of Porthaven and ascertained it was dry.")}


def test_a_mark_of_a_control_is_evidence_of_the_short_name_alone() -> None:
    found, service = extraction(TEXT), "service/nimbus-harbor/nimbus-keep-vault-store"
    marked = next(c.id for c in found.facts.citations if str(c.quote).startswith("2. KVS-Specific"))
    names = {
        x.values["text"]
        for x in found.facts.links
        if (x.type, x.start) == ("HAS_NAME", service) and marked in x.citations
    }
    assert names == {"KVS"}
    assert [c.values for c in found.facts.claims if (c.id, c.citation) == (service, marked)] == [{}]


def test_a_deviation_is_a_result_and_a_node_with_its_wording() -> None:
    wording = "Deviation noted. For 1 of 9 rooms the floor was wet."
    old = "ascertained it was dry.\tNo deviations noted."
    changed = change(TEXT, replaced(old, f"ascertained it was dry.\t{wording}"))
    test, node = f"{TEST}/nim-2.2/1", "deviation/nimbus-harbor/soc-1-type-2/2022-06-30/nim-2.2/1/1"
    assert changed.gone == {(test, "result", "no_deviation"), (test, "result_text", "No deviations noted.")}
    assert changed.new == {
        (test, "result", "deviation"),
        (test, "result_text", wording),
        (node, "name", "NIM-2.2 test 1 deviation 1"),
        (node, "ordinal", 1),
        (node, "statement", wording),
        (node, "occurrences", 1),
        (node, "sample_size", 9),
        (test, "HAS_DEVIATION", node),
    }


def test_a_result_of_unknown_wording_is_silent_and_warns_with_the_wording() -> None:
    changed = change(TEXT, replaced("ascertained it was dry.\tNo deviations noted.", "ascertained it was dry.\tFine."))
    test = f"{TEST}/nim-2.2/1"
    assert changed.gone == {(test, "result", "no_deviation"), (test, "result_text", "No deviations noted.")}
    assert changed.new == {(test, "result_text", "Fine.")}
    assert changed.warnings == {"NIM-2.2 test 1: no known wording of a result: 'Fine.'"}


@pytest.mark.parametrize(
    ("end", "what"),
    [
        ("SECTION II – Independent", "the document ends before 'SECTION II"),
        ("Control Objective 2: Water Supply\t\t", "the document ends before 'Control Objective 2"),
        ("\nAPPENDIX – Words\n", "the document ends before 'APPENDIX"),
    ],
)
def test_a_report_that_was_cut_says_where_it_ends_and_what_is_missing(end: str, what: str) -> None:
    cut = TEXT[: TEXT.rindex(end)]
    with pytest.raises(BrokenDocument, match=what):
        extraction(cut)


def test_an_unfinished_last_paragraph_of_a_report_is_warned_of() -> None:
    cut = stated(TEXT[: TEXT.rindex("lie.")])
    assert [said for said in cut.warnings if "in the middle of a sentence" in said]
    assert cut.values <= stated(TEXT).values


def test_a_control_with_which_the_document_ends_before_its_result_is_not_read() -> None:
    whole = TEXT[: TEXT.rindex("\nAPPENDIX – Words")].replace("APPENDIX – Words\t12\n", "")
    cut = change(whole, replaced("ascertained it was dry.\tNo deviations noted.", "ascertained it was dry.\t"))
    assert {start for start, *_ in cut.gone if start.startswith("control/")} == {f"{CONTROL}/nim-2.2"}
    assert cut.new == frozenset()
    said = "control 2.2 has no result of its last test, with which the document ends; it is not read"
    assert cut.warnings == {said}


def test_every_citation_quotes_lines_that_name_the_member() -> None:
    found = extraction(TEXT)
    quotes = {c.id: " ".join(str(c.quote).replace("`", "").replace("| ", "").split()) for c in found.facts.citations}
    for link in found.facts.links:
        if link.type == "HAS_NAME" and link.values["kind"] == "acronym":
            assert all(str(link.values["text"]).removeprefix("Nimbus ") in quotes[c] for c in link.citations)
        if link.type == "IN_SCOPE_OF" and link.start.startswith("service/"):
            assert all(str(link.values["name_as_written"]) in quotes[c] for c in link.citations)
