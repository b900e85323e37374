"""What the narrative of a report of a provider that no table knows says beside its scope and its controls."""

from __future__ import annotations

import pytest

from graph.records import Value
from tests.loaders.soc_facts import change, extraction, fixture_text, lines_of, replaced, stated

TEXT = fixture_text("soc_1_meridian")
FOUND = extraction(TEXT)
STATED = stated(TEXT)
SERVICE = "service/meridian-loom"
ANCHOR = f"{SERVICE}/meridian-anchor"
CONTROL = "control/meridian-loom/soc-1-type-2/2023-12-31"
REVISION = "control-revision/meridian-loom/soc-1-type-2/2023-12-31"
REPORT = "assessment/meridian-loom/soc-1-type-2/2023-12-31"


def values(key: str, label: str = "") -> dict[str, Value]:
    """The values of a property by the last part of the id."""
    return {id_.rsplit("/", 1)[-1]: v for id_, k, v in STATED.values if k == key and id_.startswith(label)}


def ends(type_: str) -> set[tuple[str, str]]:
    """The relationships of a type, by the last parts of the ids of their ends."""
    return {(start.rsplit("/", 1)[-1], str(end).rsplit("/", 1)[-1]) for start, t, end in STATED.links if t == type_}


def test_a_description_goes_from_its_heading_to_the_next_with_its_list_and_without_page_breaks() -> None:
    assert values("description")["meridian-spindle"] == (
        "Meridian Spindle turns wool from a Meridian Bale into thread, as HIPAA never forbade. Anchor every thread "
        "before use. Threads may go by sts or by STS, and guests should anchor their Bale well.\n"
        "It sorts threads by:\n"
        "- colour, which the Meridian Dye Works gives\n"
        "- length\n"
        "Threads that are cut too short for the loom, and those that nobody has asked for since the last fair in the "
        "town, are kept in a basket (Control LM-1.3) until spring."
    )
    assert len(values("description")) == 8


def test_a_description_cites_its_heading_and_its_text() -> None:
    cited = {
        c.citation.rsplit("/")[-1]: sorted(c.values)
        for c in FOUND.facts.claims
        if c.id == f"{SERVICE}/meridian-spindle"
    }
    assert cited["100-100"] == ["name", "namespaces"]
    assert cited["102-117"] == ["description"]


def test_a_description_mentions_what_it_names_by_an_unambiguous_name() -> None:
    assert ends("MENTIONS") == {
        ("meridian-spindle", "meridian-bale"),
        ("meridian-spindle", "meridian-dye-works"),
        ("meridian-spindle", "meridian-shuttle-transport-service"),
        ("meridian-spindle", "hipaa"),
        ("meridian-carding-engine", "meridian-vault-keeper"),
        ("meridian-shuttle-transport-service", "meridian-anchor"),
        ("meridian-shuttle-transport-service", "meridian-carding-engine"),
    }


def test_an_acronym_that_stands_before_its_explanation_may_mean_something_else() -> None:
    early = change(TEXT, lambda text: text.replace("(STS) ", "").replace(" (STS)", "").replace(
        "Shuttle Transport Service carries", "Shuttle Transport Service (STS) carries"))  # fmt: skip
    mention = f"{SERVICE}/meridian-spindle", "MENTIONS", f"{SERVICE}/meridian-shuttle-transport-service"
    assert mention in early.gone


def test_a_responsibility_is_that_of_the_services_that_its_paragraph_gives_as_members() -> None:
    assert values("responsibility") == {
        "meridian-spindle": "infrastructure",
        "meridian-carding-engine": "infrastructure",
        "meridian-dyeworks": "container",
        "meridian-order-and-return-desk": "container",
        "meridian-bale": "abstracted",
        "meridian-shuttle-transport-service": "abstracted",
    }


def test_a_member_that_no_list_knows_is_an_entity_of_its_own_and_is_named() -> None:
    assert any("'Meridian Dyeworks' is known by no rule" in warning for warning in STATED.warnings)


def test_members_that_a_sentence_takes_out_are_no_members() -> None:
    changed = change(TEXT, replaced("Services such as Meridian Spindle", "No guests except such as Meridian Spindle"))
    assert {(id_.rsplit("/")[-1], value) for id_, key, value in changed.gone if key == "responsibility"} == {
        ("meridian-spindle", "infrastructure"),
        ("meridian-carding-engine", "infrastructure"),
    }
    assert any("may take services out of a category" in warning for warning in changed.warnings)


def test_services_store_content_as_the_sentence_about_them_says() -> None:
    assert values("content_storage") == {
        "meridian-bale": "primary",
        "meridian-shuttle-transport-service": "primary",
        "spn": "primary",
        "meridian-vault-keeper": "local",
        "meridian-dye-works": "local",
        "loft-bale": "local",
    }
    assert any("it is not understood which services store content" in warning for warning in STATED.warnings)


def test_services_of_the_list_are_integrated_with_the_one_that_announces_it() -> None:
    assert ends("INTEGRATES_WITH") == {
        (name, "meridian-vault-keeper")
        for name in (
            "meridian-bale",
            "meridian-anchor",
            "meridian-shuttle-transport-service",
            "meridian-order-and-return-desk",
        )
    }


def test_integrated_services_may_stand_in_a_list_below() -> None:
    def as_items(text: str) -> str:
        old = (
            "Services integrated with Meridian Vault Keeper include: Meridian Bale, Meridian Anchor, Meridian Shuttle "
        )
        new = "These services are integrated with Meridian Vault Keeper:\n\n- Meridian Bale\n- Meridian Anchor\n"
        return text.replace(
            old + "Transport Service (STS) and ORD.", new + "- Meridian Shuttle Transport Service (STS)\n- ORD\n\n"
        ).replace("These services", "The services")

    changed = change(TEXT, as_items)
    assert not {fact for fact in changed.gone | changed.new if fact[1] == "INTEGRATES_WITH"}


def policies(text: str, assertion: str) -> set[str]:
    """The policies of the report, as stated or as derived."""
    links = (link for link in extraction(text).facts.links if link.type == "INSPECTED_IN")
    return {link.start.rsplit("/", 1)[-1] for link in links if link.assertion == assertion}


def test_policies_of_a_list_were_inspected_where_it_says_so_and_are_else_those_of_the_description() -> None:
    inspected = {"loom-cleaning-policy", "thread-needle-standard", "policy-on-fire-water-and-moths"}
    assert policies(TEXT, "stated") == inspected
    assert policies(TEXT, "derived") == {"tea-break-policy", "umbrella-policy"}
    owned = {start for start, _ in ends("OF_PROVIDER")}
    assert {*inspected, "tea-break-policy", "umbrella-policy"} < owned


def test_policies_may_stand_below_a_title_or_in_a_sentence() -> None:
    def text(new: str) -> str:
        return TEXT.replace("The foreman also keeps the following policies in a drawer:", new)

    titled = text("1.4 Policies\n\n* Ladder Policy\n* Policy on Kettles\n\nThat is all.")
    assert policies(titled, "derived") >= {"ladder-policy", "policy-on-kettles"}
    beside = text("He has the following policies:\n\nAwl Policy    Hat Policy\nTea Standard Rope Policy\n\nSo be it.")
    assert policies(beside, "derived") >= {"awl-policy", "hat-policy", "tea-standard", "rope-policy"}
    own = text("He keeps to the following directives:\n\n* Ladder Directive\n* Directive on Kettles\n\nThat is all.")
    assert policies(own, "derived") >= {"ladder-directive", "directive-on-kettles"}
    of_law = text("These directives of the European Union are listed below:\n\n* Kettle Directive\n\nThat is all.")
    numbered = text("He keeps to the following directives:\n\n* Directive 90/12 on Kettles\n\nThat is all.")
    for others in (of_law, numbered):
        assert not policies(others, "derived") & {"kettle-directive", "directive-90-12-on-kettles"}
    named = text("The Ladder Policy, the Policy Book and the Backup and Kettle Policy apply; the Hat Policy too.")
    assert not policies(named, "derived") & {"ladder-policy", "hat-policy"}
    listed = text("The Ladder Policy, the Hat Policy and the Backup and Kettle Policy apply to all.")
    assert policies(listed, "derived") >= {"ladder-policy", "hat-policy", "backup-and-kettle-policy"}
    stop = text(
        "He keeps the following policies and standards, which are all in force.\n\n- Awl Policy\n- Tea Standard"
    )
    assert policies(stop, "derived") >= {"awl-policy", "tea-standard"}
    table = text(
        "The following policies were renewed in spring.\n\n| Policy | Keeper |\n|---|---|\n| Awl Policy | The foreman |"
    )
    assert policies(table, "derived") >= {"awl-policy"}
    assert "the-foreman" not in policies(table, "derived")
    those = text(
        "He has written policies. Those inspected by the service auditor include:\n\n- Awl Policy\n- Hat Policy"
    )
    assert policies(those, "stated") >= {"awl-policy", "hat-policy"}
    these = text("He has written policies. The following were inspected:\n\n- Awl Policy\n- Hat Policy\n\nSo be it.")
    assert policies(these, "stated") >= {"awl-policy", "hat-policy"}
    others = text("He has policies. The following controls were inspected:\n\n- Awl Policy\n- Hat Policy\n\nSo be it.")
    assert not policies(others, "stated") & {"awl-policy", "hat-policy"}


def test_a_title_that_is_set_in_less_than_the_policies_above_it_is_none_of_them() -> None:
    listed = (
        "The following policies are in force:\n\n      Awl Policy\n      Plan for Floods\n\n{title}\nIt is run by hand."
    )
    texts = [
        TEXT.replace("The foreman also keeps the following policies in a drawer:", listed.format(title=title))
        for title in ("Looms and ladders", " Looms and ladders", "   Looms and ladders")
    ]
    for text in texts:
        assert policies(text, "derived") >= {"awl-policy", "plan-for-floods"}
        assert "looms-and-ladders" not in policies(text, "derived")


def test_a_title_alone_on_the_line_below_a_row_of_policies_is_a_row() -> None:
    def listed(*rows: str) -> set[str]:
        said = "The foreman also keeps the following policies in a drawer:"
        table = "\n".join(("He keeps the following policies:", "", *rows, "", "That is all."))
        return policies(TEXT.replace(said, table), "derived")

    inside = listed("Awl Policy\tHat Policy", "Boot Policy", "Rope Policy\tTea Standard")
    assert inside >= {"awl-policy", "hat-policy", "boot-policy", "rope-policy", "tea-standard"}
    assert listed("Awl Policy\tHat Policy", "Boot Policy") >= {"awl-policy", "hat-policy", "boot-policy"}
    assert "boots" not in listed("Awl Policy\tHat Policy", "Boots")
    assert "boot-policy" not in listed("Awl Policy\tHat Policy", "", "Boot Policy")


@pytest.mark.parametrize(
    ("said", "items", "read"),
    [
        ("Our policies bind each weaver:", ("Ladder Policy", "Standard for Awls"), True),
        ("Weaving rests on the policies below, which each weaver can read.", ("Ladder Policy", "Awl Standard"), True),
        ("Weaving rests on the policies below, which each weaver can read.", ("Ladder Policy", "Awls"), False),
        ("Our policies bind each weaver:", ("Ladder Policy", "Flood Plan", "Standard for Awls"), True),
        ("Our policies bind each weaver:", ("Ladder Policy", "Flood Plan"), False),
        ("Weaving rests on policies of customers.", ("Ladder Policy", "Standard for Awls"), False),
        ("Our policies bind each weaver:", ("Ladder Policy", "Awls and Needles"), False),
        ("Our policies bind each weaver:", ("Weavers learn the Ladder Policy", "Standard for Awls"), False),
        ("Our policies do not contain any of:", ("Ladder Policy", "Standard for Awls"), False),
        ("Policies that customers need to keep:", ("Ladder Policy", "Standard for Awls"), False),
    ],
)
def test_a_sentence_about_policies_leads_to_a_list_of_documents_alone(
    said: str, items: tuple[str, ...], read: bool
) -> None:
    listed = "\n".join(f"* {item}" for item in items)
    text = TEXT.replace(
        "The foreman also keeps the following policies in a drawer:", f"{said}\n\n{listed}\n\nSo be it."
    )
    assert bool(policies(text, "derived") & {"ladder-policy", "standard-for-awls"}) is read


@pytest.mark.parametrize(
    ("said", "listed", "read"),
    [
        ("Our policies bind each weaver:", "      Ladder Policy\n      Standard for Awls", True),
        ("Our policies bind each weaver:", "      Ladder Policy", False),
        ("Our policies bind each weaver.", "      Ladder Policy\n      Standard for Awls", False),
    ],
)
def test_documents_below_a_sentence_about_policies_need_no_marks_below_its_colon(
    said: str, listed: str, *, read: bool
) -> None:
    text = TEXT.replace(
        "The foreman also keeps the following policies in a drawer:",
        f"{said}\n\n{listed}\n\nLooms and Ladders\n\nSo be it.",
    )
    found = policies(text, "derived")
    assert ("ladder-policy" in found) is read
    assert "looms-and-ladders" not in found


def test_a_policy_whose_name_other_cells_cut_is_not_stated() -> None:
    cells = "Looms are kept by the                Inspected the Hat Policy, the Rope\n"
    cells += "foreman, and                         Keeping Policy and the Kettle Policy."
    text = TEXT.replace("The foreman also keeps the following policies in a drawer:", cells)
    assert policies(text, "derived") & {"keeping-policy", "rope-keeping-policy", "kettle-policy"} == {"kettle-policy"}


def test_every_place_that_cites_a_control_is_a_citation_but_the_tables_of_tests_and_changes() -> None:
    cited = {
        n: lines_of(FOUND, "CITED_IN", f"{CONTROL}/lm-{n}") for n in ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3")
    }
    assert cited == {
        "1.1": [(91, 91)],
        "1.2": [(91, 91), (91, 92)],
        "1.3": [(117, 117), (91, 91)],
        "1.4": [(187, 187)],
        "2.1": [(91, 91), (92, 92)],
        "2.2": [(92, 92)],
        "2.3": [(92, 92)],
    }


def test_a_control_that_stands_in_no_table_is_named_and_a_number_of_something_else_is_not() -> None:
    assert {w for w in STATED.warnings if "the text cites" in w} == {
        "the text cites control LM-7.7, which stands in no table",
        "the text cites control LM-1.8, which stands in no table",
    }


def test_an_objective_that_the_narrative_names_has_one_more_citation() -> None:
    claims = [c for c in FOUND.facts.claims if c.label == "ControlObjective" and c.precedence == 2]
    assert [(c.citation.rsplit("/")[-1], dict(c.values)) for c in claims] == [
        ("92-92", {"number": "2", "name": "Quiet Nights"})
    ]


def test_numbers_without_a_prefix_count_after_the_word_control_alone() -> None:
    plain = TEXT.replace(", while AB-1.1 is no control at all", "").replace("LM-", "").replace("ML-", "")
    found = extraction(plain)
    cited = {link.start.rsplit("/")[-1] for link in found.facts.links if link.type == "CITED_IN"}
    assert cited == {"1.1", "1.2", "1.3", "2.1", "2.2", "2.3"}


def test_a_reworded_control_has_both_wordings_the_periods_and_the_reason() -> None:
    facts = {(id_, key): value for id_, key, value in STATED.values if id_.startswith(REVISION)}
    assert facts == {
        (f"{REVISION}/lm-1.2/1", "name"): "LM-1.2 revision 1",
        (f"{REVISION}/lm-1.2/1", "ordinal"): 1,
        (f"{REVISION}/lm-1.2/1", "from_statement"): "Doors are locked on Sundays.",
        (f"{REVISION}/lm-1.2/1", "to_statement"): "Doors are locked.",
        (f"{REVISION}/lm-1.2/1", "rationale"): "Thieves also come on Mondays.",
        (f"{REVISION}/lm-1.2/1", "from_period"): "Spring 2023 (1/1/2023 – 6/30/2023)",
        (f"{REVISION}/lm-1.2/1", "to_period"): "Autumn 2023 (7/1/2023 – 12/31/2023)",
        (f"{REVISION}/lm-2.2/1", "name"): "LM-2.2 revision 1",
        (f"{REVISION}/lm-2.2/1", "ordinal"): 1,
        (f"{REVISION}/lm-2.2/1", "from_statement"): "A goose sits beside the guard.",
        (f"{REVISION}/lm-2.2/1", "to_statement"): "A dog sits beside the guard.",
        (f"{REVISION}/lm-2.2/1", "rationale"): "The goose was eaten.",
        (f"{REVISION}/lm-2.2/1", "from_period"): "Spring 2023 (1/1/2023 – 6/30/2023)",
        (f"{REVISION}/lm-2.2/1", "to_period"): "Autumn 2023 (7/1/2023 – 12/31/2023)",
    }
    assert {end for start, type_, end in STATED.links if type_ == "REVISES"} == {
        f"{CONTROL}/lm-1.2",
        f"{CONTROL}/lm-2.2",
    }


def test_periods_are_those_of_the_heads_of_the_columns_where_no_text_names_them() -> None:
    changed = change(TEXT, replaced("reporting periods", "fairs"))
    periods = {(key, value) for _, key, value in changed.new if key in ("from_period", "to_period")}
    assert periods == {("from_period", "Spring 2023"), ("to_period", "Autumn 2023")}


def test_added_and_removed_controls_are_named() -> None:
    assert {w for w in STATED.warnings if "is stated as" in w or "the change of" in w} == {
        "control LM-1.4 is stated as added, for which the model has no place",
        "control LM-1.8 is stated as removed, for which the model has no place",
        "the change of 'LM-9.9' is that of no control of the report's tables",
    }


def test_a_glossary_may_be_a_table() -> None:
    assert values("definition") == {
        "weft": "The thread that goes across, from one side to the other.",
        "warp": "The threads that hang down: there are many of them.",
        "selvage-the-edge": "A rim that does not fray.",
    }
    assert ends("DEFINED_IN") == {(term, "THIS") for term in values("definition")}


def test_a_glossary_may_be_paragraphs_items_or_headings_over_text() -> None:
    table = TEXT[TEXT.index("Term\tMeaning") :]
    forms = (
        "Weft     The thread that goes across, from one side to the other.\nWarp     See <https://meridian.example/warp>.\n",
        "Word       Sense\nWeft       The thread that goes across, from one side to\n           the other.\n"
        "Warp       See <https://meridian.example/warp>.\n",
        "Weft: The thread that goes\n\nacross, from one side to the other.\n\nWarp: See <https://meridian.example/warp>.\n",
        "- **Weft** – The thread that goes across, from one side to the other.\n"
        "- **Warp** – See <https://meridian.example/warp>.\n",
        "Weft\n\nThe thread that goes across, from one side to the other.\n\nWarp\n\n"
        "See <https://meridian.example/warp>. That is all that needs to be said of it here, and it is enough of it.\n",
    )
    for form in forms:
        found = stated(TEXT.replace(table, form))
        terms = {(id_.rsplit("/", 1)[-1], str(value)[:36]) for id_, key, value in found.values if key == "definition"}
        assert terms == {
            ("weft", "The thread that goes across, from on"),
            ("warp", "See <https://meridian.example/warp>."),
        }


def test_the_auditor_goes_on_under_its_short_name() -> None:
    names = {link.values["text"]: len(link.citations) for link in FOUND.facts.links if link.type == "HAS_NAME"
             and link.start == "organization/oakum-vane-llp"}  # fmt: skip
    assert names == {"Oakum & Vane LLP": 1, "Oakum": 3}


def test_a_standard_has_the_body_that_issued_it() -> None:
    assert ends("ISSUED_BY") == {
        ("aicpa-attestation-standards", "american-institute-of-certified-public-accountants"),
        ("isae-3402", "international-auditing-and-assurance-standards-board"),
    }


def test_narrative_facts_are_verbatim_or_none_of_the_bundled_ones() -> None:
    assert {key for _, key, _ in STATED.values} & {"description", "definition", "rationale"}
    assert REPORT in {str(end) for _, type_, end in STATED.links if type_ == "INSPECTED_IN"}


def test_a_wrapped_description_is_one_line_a_paragraph() -> None:
    described = {
        id_.rsplit("/", 1)[-1]: value
        for id_, key, value in stated(fixture_text("soc_3_nimbus")).values
        if key == "description"
    }
    assert described == {
        "nimbus-crane": "Nimbus Crane lifts barrels from one quay to another one, whatever the weather, as long as the "
        "wind is not too strong.",
        "barrel": "Barrel holds whatever guests pour into it, be it wine or be it oil, and keeps it until they come "
        "again to fetch it.",
        "nimbus-keep-vault-store-for-very-long-winter-nights": "Nimbus Keep Vault Store for Very Long Winter Nights "
        "locks things away until somebody asks for them in spring.",
        "nimbus-lamp": "The Nimbus Lamp service shines by night and is snuffed out by day, which saves the harbor a "
        "great deal of oil.",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Meridian Anchor holds ships. Anchor is heavy.", "Anchor"),
        ("Meridian Anchor holds ships. Anchor also sinks.", "Anchor"),
        ("Meridian Anchor holds ships, and Anchor sinks.", "Anchor"),
        ("Meridian Anchor holds ships. Anchor every ship.", None),
        ("Meridian Anchor holds ships. The Royal Anchor is heavy.", None),
        ("Meridian Anchor holds ships with Anchor Chains.", None),
        ("Meridian ANCHOR holds ships.", "Meridian ANCHOR"),
        ("Meridian Anchor, also known as Meridian Hook, holds ships.", "Meridian Hook"),
        ("Meridian Anchor (Iron Edition), also known as Meridian Hook, holds ships.", "Meridian Hook"),
        ("Meridian Anchor holds ships, and an anchor is heavy.", None),
    ],
)
def test_a_description_may_use_another_name_of_its_service(text: str, name: str | None) -> None:
    quiet = TEXT.replace("to the Anchor and back", "to the sea and back")
    changed = change(quiet, replaced("Meridian Anchor holds ships in the harbor.", text))
    names = {
        str(end).rsplit("text=", 1)[1] for start, type_, end in changed.new if (start, type_) == (ANCHOR, "HAS_NAME")
    }
    assert names == ({name} if name else set())


def test_a_service_may_go_by_another_name_anywhere() -> None:
    changed = change(TEXT, replaced("Nothing else has a key.", "Nothing else than the Meridian MVK has a key."))
    assert {(start, str(end).rsplit("text=")[1]) for start, type_, end in changed.new if type_ == "HAS_NAME"} == {
        (f"{SERVICE}/meridian-vault-keeper", "Meridian MVK"),
    }


def test_a_region_may_go_by_its_place() -> None:
    text = fixture_text("soc_1_nimbus")
    changed = change(text, replaced("The keepers count", "In the Kobe Region, not in the Leeds Region, keepers count"))
    assert {(start, str(end).rsplit("text=")[1]) for start, type_, end in changed.new if type_ == "HAS_NAME"} == {
        ("region/nimbus-harbor/fe-east-1", "Kobe"),
        ("region/nimbus-harbor/ns-west-1", "Leeds"),
    }


def test_what_is_named_as_a_service_and_is_none_of_the_report_is_told_once() -> None:
    text = "holds ships by a Meridian Bobbin of the Meridian Cloud. The Meridian Bobbin and Meridian Bale sink."
    changed = change(TEXT, replaced("holds ships in the harbor.", text))
    assert changed.warnings == {
        "'Meridian Anchor (anchor)' names 'Meridian Bobbin', which stands in no list and no table"
    }
    assert not [link for link in changed.new if "bobbin" in str(link)]
