"""Laws of quick references: a programme under each heading, found by layout, its claim read from its prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BrokenDocument
from graph.records import DocumentFacts
from loaders.names.resolution import read_names
from loaders.pages.frameworks import read_frameworks
from loaders.pages.quick_reference import QuickReference
from loaders.pages.quick_reference_layout import take_apart
from tests.loaders.stated import cited, document, extracted, fixture, joined, shown

LOADER = QuickReference(read_frameworks())
NIMBUS = fixture("quick_reference_nimbus.txt")
PROGRAMMES: dict[str, tuple[str | None, tuple[str, ...] | None]] = {
    "CJIS": ("compliant", None),
    "CSA": ("registered", None),
    "Skyline Shield Plus": ("certified", None),
    "DoD SRG Levels 2 and 5": ("authorized", ("2", "5")),
    "FedRAMP": ("authorized", ("Moderate",)),
    "FERPA and HIPAA": ("enables", None),
    "ISO 22301": ("certified", None),
    "ISO 27018": ("certified", None),
    "ITAR": ("enables", None),
    "MPAA": ("aligned", None),
    "MTCS Tier 2 Certification": ("certified", ("2",)),
    "NIST": ("compliant", None),
    "PCI DSS Level 1": ("compliant", ("1",)),
    "SOC 1/ISAE 3402": ("attested", None),
    "SOC 3": ("attested", None),
    "Weather Code": (None, None),
}


def test_each_heading_over_a_claim_is_a_programme_with_its_status_and_levels() -> None:
    assert shown(extracted(LOADER, NIMBUS).facts, "Assessment", "status", "levels") == PROGRAMMES


def test_a_renamed_programme_is_found_under_its_new_name() -> None:
    facts = extracted(LOADER, NIMBUS.replace("ISO 22301 \n", "ISO 22399 \n", 1)).facts
    expected = {name.replace("ISO 22301", "ISO 22399"): value for name, value in PROGRAMMES.items()}
    assert shown(facts, "Assessment", "status", "levels") == expected
    assert ("ISO 22399", "ISO 22399") in joined(facts, "AGAINST")


def test_an_added_programme_is_one_more() -> None:
    added = "TISAX \nNimbus Cloud has achieved TISAX certification for all of its cars and carts. \n\nSOC 3 \n"
    facts = extracted(LOADER, NIMBUS.replace("SOC 3 \n", added, 1)).facts
    assert shown(facts, "Assessment", "status", "levels") == {**PROGRAMMES, "TISAX": ("certified", None)}


def test_a_programme_taken_out_is_gone_and_nothing_else_changes() -> None:
    start, end = NIMBUS.index("ITAR \n"), NIMBUS.index("MPAA \n")
    facts = extracted(LOADER, NIMBUS[:start] + NIMBUS[end:]).facts
    expected = {name: value for name, value in PROGRAMMES.items() if name != "ITAR"}
    assert shown(facts, "Assessment", "status", "levels") == expected


def test_a_heading_that_a_page_break_moves_stays_a_heading() -> None:
    facts = extracted(LOADER, NIMBUS.replace("\nITAR \n", "\nhttps://nimbus.example/x/\n ITAR \n", 1)).facts
    assert shown(facts, "Assessment", "status", "levels") == PROGRAMMES


def test_a_heading_over_two_lines_is_one_and_is_cited_whole() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    assert cited(facts, "assessment/nimbus-cloud/skyline-shield-plus/2018-04", "name") == {
        "21-22": "Skyline Shield Plus"
    }


def test_of_two_statuses_the_act_of_another_party_is_shown_and_both_stay() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    stated = cited(facts, "assessment/nimbus-cloud/fedramp/2018-04", "status")
    assert stated == {"33-33": "compliant", "33-35": "authorized"}


def test_unknown_wording_is_no_status_and_a_warning_names_the_line() -> None:
    warnings = extracted(LOADER, NIMBUS).warnings
    assert [(w.line, "status" in w.message) for w in warnings if w.message.startswith("Weather Code")] == [(107, True)]


def test_a_framework_that_no_table_knows_is_an_entity_of_its_own_and_named() -> None:
    warnings = extracted(LOADER, NIMBUS).warnings
    lines = [w.line for w in warnings if w.message.startswith("Framework ")]
    assert lines == [21, 43, 107]


def test_a_joint_heading_is_against_both_frameworks_and_a_stroke_names_the_standard() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    against = {end for start, end in joined(facts, "AGAINST") if start == "FERPA and HIPAA"}
    assert against == {"FERPA", "HIPAA"}
    assert joined(facts, "PERFORMED_UNDER") == {("SOC 1/ISAE 3402", "ISAE 3402"), ("SOC 1/ISAE 3402", "AT 801")}
    assert {end for start, end in joined(facts, "AGAINST") if start == "SOC 1/ISAE 3402"} == {"SOC 1"}


def test_a_claim_that_holds_only_in_a_region_is_limited_to_it() -> None:
    expected = {("Skyline Shield Plus", "North (Harbour)"), ("ITAR", "South Cove")}
    assert joined(extracted(LOADER, NIMBUS).facts, "LIMITED_TO") == expected


def test_frameworks_are_related_as_the_prose_says() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    relations = ("BASED_ON", "SUBSET_OF", "SUPERSEDES", "SUMMARIZES", "ASSESSED_UNDER", "MENTIONS", "ISSUED_BY")
    assert {type_: joined(facts, type_) for type_ in relations} == {
        "BASED_ON": {("ISO 27018", "ISO 27002"), ("MTCS", "ISO 27001"), ("MTCS", "ISO 27002")},
        "SUBSET_OF": {("NIST SP 800-171", "NIST SP 800-53")},
        "SUPERSEDES": {("SSAE 16", "SAS 70")},
        "SUMMARIZES": {("SOC 3", "SOC 2")},
        "ASSESSED_UNDER": {("NIST SP 800-53", "FedRAMP")},
        "MENTIONS": {
            ("CSA STAR", "CAIQ"),
            ("ISO 22301", "ISO 9001"),
            ("ISO 22301", "AS9100"),
            ("NIST SP 800-171", "FedRAMP"),
        },
        "ISSUED_BY": {
            ("CJIS", "Federal Bureau of Investigation"),
            ("CSA STAR", "Cloud Security Alliance"),
            ("DoD SRG", "Department of Defense"),
            ("MPAA", "Motion Picture Association of America"),
            ("MTCS", "SPRING"),
            ("NIST SP 800-171", "National Institute of Standards and Technology"),
        },
    }


def issued(facts: DocumentFacts) -> dict[tuple[str, str], list[str]]:
    """The lines that say who issues which framework."""
    links = (link for link in facts.links if link.type == "ISSUED_BY")
    return {
        (link.start.split("/")[1], link.end.split("/")[1]): [one.rsplit("/", 1)[1] for one in link.citations]
        for link in links
    }


def with_prose(heading: str, prose: str) -> str:
    """The reference with one more sentence under a heading."""
    return NIMBUS.replace(f"{heading} \n", f"{heading} \n{prose} \n", 1)


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("This CAIQ published by the CSA and STAR are two things that Nimbus Cloud keeps.", {"caiq"}),
        ("The CSA launched STAR, of which the CAIQ is a part that Nimbus Cloud keeps.", {"csa-star"}),
        ("Nimbus Cloud keeps the CSA CAIQ beside the papers of its STAR entry in a box.", {"caiq"}),
        ("Nimbus Cloud met the CSA, which keeps CAIQ papers, and some of its own guests.", set()),
    ],
)
def test_a_body_issues_the_framework_beside_its_name_and_no_other(prose: str, expected: set[str]) -> None:
    before = issued(extracted(LOADER, NIMBUS.replace("CSA \n", "CSA \n\n", 1)).facts)
    added = issued(extracted(LOADER, with_prose("CSA", prose)).facts)
    line = NIMBUS[: NIMBUS.index("CSA \n")].count("\n") + 2
    assert {start for (start, _), lines in added.items() if f"{line}-{line}" in lines} == expected
    assert {pair for pair in before if pair not in added} == set()


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("In spring the Guild of Umbrella Makers (GUM) launched ITAR for its own members.", "guild-of-umbrella-makers"),
        ("The Umbrella Guild has published guidelines 800-37 about the rain.", "umbrella-guild"),
        ("In February Umbrella Guild released ITAR, and in May it rained.", "umbrella-guild"),
        ("The Umbrella Guild launched support for ITAR in its shops.", None),
        ("Umbrella Guild LLP issued SOC 2 Type II reports about the clouds.", None),
        ("Umbrella Guild LLP issued ISO 27001 certificates to the clouds.", None),
        ("Nimbus Cloud has published ITAR as it reads it.", None),
    ],
)
def test_a_body_that_no_table_knows_issues_what_it_launched_or_published(prose: str, expected: str | None) -> None:
    before = issued(extracted(LOADER, NIMBUS).facts)
    added = issued(extracted(LOADER, with_prose("ITAR", prose)).facts)
    assert {end for _, end in added.keys() - before.keys()} == ({expected} if expected else set())


def test_a_designation_that_begins_with_its_issuer_says_who_issued_it() -> None:
    prose = "It needs National Institute of Standards and Technology Special Publication 800-37, Revision 2 as well."
    facts = extracted(LOADER, with_prose("ITAR", prose)).facts
    assert ("nist-sp-800-37", "national-institute-of-standards-and-technology") in issued(facts)
    names = {
        str(link.values["text"])
        for link in facts.links
        if link.start == "framework/nist-sp-800-37" and "text" in link.values
    }
    whole = "National Institute of Standards and Technology Special Publication 800-37"
    assert {whole, f"{whole}, Revision 2"} <= names


@pytest.mark.parametrize(
    ("prose", "framework", "full_name"),
    [
        ("It heeds SSAE 19, Papers of Rain and Hail (AICPA, A Book), which is long.", "SSAE 19",
         "Papers of Rain and Hail"),
        ("It heeds AT-C section 315, Wet Papers, and AT-C 320.", "AT-C 315", "Wet Papers"),
        ("It heeds SSAE 19, Nimbus Cloud says.", "SSAE 19", None),
        ("It heeds SSAE 19, Wet Papers and some other things.", "SSAE 19", None),
        ("It heeds the NIST 800-160, “Dry Papers for All”, too.", "NIST SP 800-160", "Dry Papers for All"),
        ("It heeds the NIST 800-160, “as it should be”, too.", "NIST SP 800-160", None),
        ("It heeds ISO 27005 “Risky Papers”, too.", "ISO 27005", None),
        ("It heeds SOC 2, “Type II Report”, too.", "SOC 2", None),
        ("It heeds Service Organization Controls 2 (SOC 2) papers.", "SOC 2", "Service Organization Controls 2"),
    ],
)  # fmt: skip
def test_a_title_behind_a_designation_is_its_full_name(prose: str, framework: str, full_name: str | None) -> None:
    facts = extracted(LOADER, with_prose("ITAR", prose)).facts
    assert shown(facts, "Framework", "full_name")[framework] == (full_name,)


def test_that_a_standard_replaced_another_is_derived_from_what_is_said_of_the_reports() -> None:
    links = extracted(LOADER, NIMBUS).facts.links
    found = [(link.assertion, link.rule) for link in links if link.type == "SUPERSEDES"]
    assert found == [("derived", "standard-of-a-report-that-replaces-another")]


def test_a_heading_that_is_the_name_of_a_body_names_the_framework_only_beside_its_kind() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    said = "Nimbus Cloud visited the CSA."
    line = NIMBUS[: NIMBUS.index("CSA \n")].count("\n") + 2
    more = extracted(LOADER, with_prose("CSA", said)).facts
    assert f"{line}-{line}" not in {c.citation.rsplit("/", 1)[1] for c in more.claims if c.id == "framework/csa-star"}
    assert shown(more, "Framework") == shown(facts, "Framework")


def test_a_heading_of_one_framework_is_a_name_of_it_as_it_is_written() -> None:
    links = extracted(LOADER, NIMBUS).facts.links
    names = {(link.start.split("/")[1], str(link.values["text"])) for link in links if link.type == "HAS_NAME"
             and link.start.startswith("framework/")}  # fmt: skip
    assert {("dod-srg", "DoD SRG Levels 2 and 5"), ("mtcs", "MTCS Tier 2 Certification")} <= names
    assert {("fedramp", "FedRAMPsm"), ("isae-3402", "ISAE 3402"), ("soc-1", "SOC 1")} <= names
    assert not any("/" in text or " and " in text for _, text in names if text != "DoD SRG Levels 2 and 5")


def test_revisions_stand_below_the_heading_of_their_table() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    cited_ = {claim.citation for claim in facts.claims if claim.label == "DocumentRevision"}
    headings = {citation.section for citation in facts.citations if citation.id in cited_}
    title = next(line.strip() for line in NIMBUS.split("\n") if "Revision" in line)
    assert headings == {(title,)}


def test_acronyms_of_frameworks_are_acronyms() -> None:
    links = extracted(LOADER, NIMBUS).facts.links
    kinds = {link.values["text"]: link.values["kind"] for link in links if link.start.startswith("framework/")
             and link.type == "HAS_NAME"}  # fmt: skip
    assert {text: kinds[text] for text in ("STAR", "SRG")} == {"STAR": "acronym", "SRG": "acronym"}


def test_counts_and_editions_are_read_where_they_are_stated() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    known = shown(facts, "Framework", "element_count", "element_kind", "edition")
    stated = {name: values for name, values in known.items() if any(values)}
    assert stated == {
        "CAIQ": (140, "questions", None),
        "ISO 22301": (4, "principles", "2019"),
        "MTCS": (None, None, "2015"),
        "PCI DSS": (None, None, "3.2"),
    }


def test_an_address_cut_by_a_line_break_is_whole() -> None:
    expected = {
        ("CJIS", "https://nimbus.example/compliance/cjis/"),
        ("CSA", "https://alliance.example/star/"),
        ("CSA", "https://alliance.example/star-registrant/nimbus/"),
        ("DoD SRG Levels 2 and 5", "https://defense.example/srg.html"),
        ("ISO 22301", "https://nimbus.example/certifications/iso-22301-certificate.pdf"),
        ("Skyline Shield Plus", "https://sky.example/shield.html"),
    }
    assert joined(extracted(LOADER, NIMBUS).facts, "REFERS_TO") == expected


def test_an_address_at_the_foot_is_of_the_programme_that_its_place_or_its_words_leave() -> None:
    found = {
        (x.end.rsplit("/", 1)[1], x.assertion, x.rule)
        for x in extracted(LOADER, NIMBUS).facts.links
        if x.type == "REFERS_TO"
    }
    assert ("https-nimbus.example-compliance-cjis", "stated", None) in found
    assert ("https-sky.example-shield.html", "derived", "address-at-the-foot-of-a-page") in found


def test_an_address_that_could_be_of_several_programmes_is_a_resource_of_none_and_a_warning() -> None:
    found = extracted(LOADER, NIMBUS.replace("https://sky.example/shield.html", "https://sky.example/x.html"))
    assert "https://sky.example/x.html" in shown(found.facts, "Resource")
    assert "https://sky.example/x.html" not in {end for _, end in joined(found.facts, "REFERS_TO")}
    assert [w.line for w in found.warnings if "several programmes" in w.message] == [37]


def test_objectives_are_rows_whose_titles_may_stand_apart_or_behind_a_page_break() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    rows = shown(facts, "ControlObjective", "number")
    assert rows == {"Umbrella Keeping": ("1",), "Clouds, Fog and Drizzle": ("2",), "Puddles": ("3",)}
    assert len(joined(facts, "HAS_OBJECTIVE")) == len(rows)


def test_the_newest_revision_dates_the_document() -> None:
    facts = extracted(LOADER, NIMBUS).facts
    assert (facts.document["published"], facts.recency) == ("2018-04", "2018-04")
    revisions = shown(facts, "DocumentRevision", "ordinal", "date", "description")
    assert revisions == {
        "April 2018": (1, "2018-04", "The Weather Code is new."),
        "June 2017": (2, "2017-06", "First leaflet, of which some copies are damp."),
    }


@pytest.mark.parametrize("line", [60, 80, 100, 110, 116])
def test_one_that_was_cut_is_refused_with_the_line_and_what_is_missing(line: int) -> None:
    cut = document("\n".join(NIMBUS.split("\n")[:line]))
    with pytest.raises(BrokenDocument, match=r"made.txt, line \d+: it ends without its revision history"):
        LOADER.extract(cut, read_names())


def test_a_page_of_another_layout_is_not_accepted() -> None:
    others = ("soc_overview_nimbus.txt", "security_overview_nimbus.txt", "soc_1_nimbus.txt", "soc_3_nimbus.txt")
    assert [LOADER.accepts(document(fixture(name))) for name in others] == [None] * 4


TIDEWATER = fixture("quick_reference_tidewater.txt")


def test_another_providers_reference_with_numbers_before_its_headings_is_read_alike() -> None:
    found = extracted(LOADER, TIDEWATER)
    assert shown(found.facts, "Assessment", "status", "levels", "framework_edition", "report_type") == {
        "ISO 27001": ("certified", None, "2013", None),
        "TISAX": ("compliant", ("2", "3"), None, None),
        "LDPA": ("enables", None, None, None),
        "PCI DSS": ("compliant", ("2",), "4.0", None),
        "SOC 2": ("attested", None, None, "type_2"),
        "Cyber Essentials Plus": (None, None, None, None),
    }
    assert found.facts.document["published"] == "2021-06-12"
    assert [w.line for w in found.warnings if "negated" in w.message] == [39]


def test_lists_below_a_sentence_give_services_and_elements_whatever_their_marks() -> None:
    facts = extracted(LOADER, TIDEWATER).facts
    sheds = "Tide Boat Sheds for Long and Heavy Boats"
    assert joined(facts, "INCLUDES_SERVICE") == {("LDPA", name) for name in ("Tide Boats", sheds, "Tide Ropes")}
    elements = ("Know what floats and what Sinks", "Write it down", "Read it again")
    assert joined(facts, "HAS_REQUIREMENT") == {("ISO 27001", name) for name in elements}
    assert shown(facts, "Framework", "element_count", "element_kind")["ISO 27001"] == (3, "clauses")


def test_a_count_that_a_list_contradicts_is_a_warning_and_both_stay() -> None:
    found = extracted(LOADER, TIDEWATER.replace("lists 3 clauses", "lists 4 clauses"))
    assert len(joined(found.facts, "HAS_REQUIREMENT")) == 3
    assert shown(found.facts, "Framework", "element_count")["ISO 27001"] == (4,)
    assert [w.line for w in found.warnings if "are listed" in w.message] == [4]


def test_several_regions_named_together_are_each_one_and_a_group_that_no_table_knows_is_none() -> None:
    facts = extracted(LOADER, TIDEWATER).facts
    assert joined(facts, "LIMITED_TO") == {("ISO 27001", "Flanders (Bruges)"), ("ISO 27001", "Zealand (Veere)")}
    group = extracted(LOADER, TIDEWATER.replace("Flanders (Bruges) and Zealand (Veere)", "Flemish"))
    assert joined(group.facts, "LIMITED_TO") == set()
    assert [w.line for w in group.warnings if "no Regions" in w.message] == [12]


def test_kinds_and_full_names_are_stated_where_lines_say_them() -> None:
    known = shown(extracted(LOADER, TIDEWATER).facts, "Framework", "kind", "full_name")
    assert {name: values for name, values in known.items() if any(values)} == {
        "ISO 27001": ("standard", None),
        "TISAX": ("program", None),
        "LDPA": ("regulation", "Lagoon Data Protection Act"),
        "SOC 2": ("attestation", None),
    }


def test_a_reference_without_a_history_is_dated_by_the_line_above_its_first_heading() -> None:
    whole = TIDEWATER[: TIDEWATER.index("Version History")]
    facts = extracted(LOADER, whole.rstrip() + "\n").facts
    assert (facts.document["published"], shown(facts, "DocumentRevision")) == ("2021-06-12", {})


def test_what_holds_as_of_the_date_of_issue_says_as_of_when() -> None:
    said = TIDEWATER.replace("and keeps\nits papers in a tin", "as of the date of issue")
    facts = extracted(LOADER, said).facts
    assert set(shown(facts, "Assessment", "as_of").values()) == {("2021-06-12",)}
    assert set(shown(extracted(LOADER, TIDEWATER).facts, "Assessment", "as_of").values()) == {(None,)}


REAL: dict[str, tuple[str | None, tuple[str, ...] | None]] = {
    "CJIS": ("compliant", None),
    "CSA": ("registered", None),
    "Cyber Essentials Plus": ("certified", None),
    "DoD SRG Levels 2 and 4": ("authorized", ("2", "4")),
    "FedRAMP": ("authorized", ("Moderate",)),
    "FERPA": ("enables", None),
    "FIPS 140-2": ("validated", None),
    "FISMA and DIACAP": ("enables", None),
    "GxP": ("enables", None),
    "HIPAA": ("enables", None),
    "IRAP": ("assessed", None),
    "ISO 9001": ("certified", None),
    "ISO 27001": ("certified", None),
    "ISO 27017": ("certified", None),
    "ISO 27018": ("certified", None),
    "ITAR": ("enables", None),
    "MPAA": ("aligned", None),
    "MTCS Tier 3 Certification": ("certified", ("3",)),
    "NIST": ("compliant", None),
    "PCI DSS Level 1": ("compliant", ("1",)),
    "SOC 1/ISAE 3402": ("attested", None),
    "SOC 2": ("attested", None),
    "SOC 3": ("attested", None),
}


@pytest.fixture(scope="module")
def real(documents: Path) -> str:
    """The text of the real quick reference."""
    return next(path.read_text(encoding="utf-8") for path in documents.glob("000_*.txt"))


def test_the_real_one_holds_23_programmes(real: str) -> None:
    facts = extracted(LOADER, real).facts
    assert shown(facts, "Assessment", "status", "levels") == REAL
    assert facts.document["published"] == "2017-03"


def test_the_real_one_limits_five_claims_to_regions(real: str) -> None:
    graph = {(s, e) for s, e in joined(extracted(LOADER, real).facts, "LIMITED_TO") if s != "FedRAMP"}
    govcloud = "AWS GovCloud (US)"
    expected = {
        ("Cyber Essentials Plus", "EU (Ireland)"),
        ("IRAP", "AWS Sydney"),
        ("ITAR", govcloud),
        ("FIPS 140-2", govcloud),
    }
    assert graph == expected


def test_fedramp_holds_in_the_regions_of_the_united_states(real: str) -> None:
    links = extracted(LOADER, real).facts.links
    ends = {x.end.rsplit("/", 1)[1] for x in links if x.type == "LIMITED_TO" and "/fedramp/" in x.start}
    assert ends == {"us-gov-west-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"}
    limits = (x for x in links if x.type == "LIMITED_TO")
    stated = {(x.start.split("/")[2], x.end.rsplit("/", 1)[1]) for x in limits if x.assertion == "stated"}
    assert stated == {
        ("cyber-essentials-plus", "eu-west-1"), ("irap", "ap-southeast-2"), ("itar", "us-gov-west-1"),
        ("fips-140-2", "us-gov-west-1"), ("fedramp", "us-gov-west-1"),
    }  # fmt: skip


def test_the_real_one_relates_frameworks(real: str) -> None:
    facts = extracted(LOADER, real).facts
    assert {type_: joined(facts, type_) for type_ in ("BASED_ON", "SUBSET_OF", "SUPERSEDES", "SUMMARIZES")} == {
        "BASED_ON": {("ISO 27018", "ISO 27002"), ("MTCS", "ISO 27001"), ("MTCS", "ISO 27002")},
        "SUBSET_OF": {("NIST SP 800-171", "NIST SP 800-53")},
        "SUPERSEDES": {("SSAE 16", "SAS 70")},
        "SUMMARIZES": {("SOC 3", "SOC 2")},
    }
    assert joined(facts, "PERFORMED_UNDER") == {("SOC 1/ISAE 3402", "AT 801"), ("SOC 1/ISAE 3402", "ISAE 3402")}


def test_the_real_one_holds_eight_objectives_and_every_address(real: str) -> None:
    facts = extracted(LOADER, real).facts
    footnotes = {note.url for note in take_apart(document(real)).footnotes}
    assert len(shown(facts, "ControlObjective")) == 8
    assert footnotes <= set(shown(facts, "Resource"))
    assert {end for _, end in joined(facts, "REFERS_TO")} == set(shown(facts, "Resource"))
    assert len(joined(facts, "HAS_REQUIREMENT")) == 8
    assert shown(facts, "Framework", "element_count")["CAIQ"] == (298,)


def test_a_programme_renamed_in_the_real_one_changes_that_programme_alone(real: str) -> None:
    facts = extracted(LOADER, real.replace("\nGxP \n", "\nZephyr \n", 1)).facts
    expected = {("Zephyr" if name == "GxP" else name): value for name, value in REAL.items()}
    assert shown(facts, "Assessment", "status", "levels") == expected


def test_a_heading_that_is_a_bodys_name_stands_for_the_publication_that_the_text_names() -> None:
    found = extracted(LOADER, NIMBUS.replace("800-171", "800-172")).facts
    assert ("NIST", "NIST SP 800-172") in joined(found, "AGAINST")
    stated = {(claim.id, key): value for claim in found.claims for key, value in claim.values.items()}
    assert not any("800-171" in id_ for id_, _ in stated)
    assert ("framework/nist-sp-800-172", "full_name") not in stated
