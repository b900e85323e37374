"""Names become entities by rules and by the reviewed table, never by guess."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.names.places import Place, place
from loaders.names.resolution import Names, Resolved, former_names, read_names
from loaders.names.table import BadTable, table_of

NAMES = read_names()

KNOWN: dict[str, Any] = {
    "known": [{"label": "Service", "scope": "nh", "names": ["Nimbus Barrel", "Nimbus Crane"], "reason": "listed"}],
    "key": [{"label": "Region", "scope": "nh", "name": "North Sea", "key": "ns-1", "reason": "its code"}],
}


def row(**changes: str) -> dict[str, Any]:
    given = {"label": "Service", "scope": "nh", "name": "Nimbus Tun", "same_as": "Nimbus Barrel", "kind": "former"}
    return {**KNOWN, "name": [{**given, "reason": "renamed", **changes}]}


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Amazon EC2 Container Registry (ECR)", "amazon-elastic-container-registry"),
        ("Amazon EC2 Container Service (ECS)", "amazon-elastic-container-service"),
        ("Auto Scaling", "aws-auto-scaling"),
        ("Amazon Kinesis Streams", "amazon-kinesis-data-streams"),
        ("Amazon Elastic MapReduce (EMR)", "amazon-emr"),
        ("AWS IoT Platform", "aws-iot-core"),
        ("AWS Directory Service for Microsoft Active Directory", "aws-directory-service"),
        ("Amazon EC2 Systems Manager", "aws-systems-manager"),
        ("AWS Web Application Firewall (WAF)", "aws-waf"),
        ("Amazon Elastic Compute Cloud (EC2)", "amazon-elastic-compute-cloud"),
        ("S3", "amazon-simple-storage-service"),
    ],
)
def test_a_service_under_an_older_or_shorter_name_is_the_same_service(name: str, canonical: str) -> None:
    assert NAMES.resolve("Service", name, "aws").id == f"service/aws/{canonical}"


def test_words_in_brackets_that_are_no_acronym_belong_to_the_name() -> None:
    name = "Amazon DocumentDB (with MongoDB compatibility)"
    found = NAMES.resolve("Service", name, "aws")
    expected = "service/aws/amazon-documentdb-with-mongodb-compatibility"
    assert found == Resolved(expected, "Service", name, ((name, "canonical"),))


def test_an_acronym_in_brackets_is_an_alias() -> None:
    found = NAMES.resolve("Service", "Amazon Virtual Private Cloud (Amazon VPC)", "aws")
    assert (found.name, found.names) == (
        "Amazon Virtual Private Cloud",
        (("Amazon Virtual Private Cloud", "canonical"), ("Amazon VPC", "acronym")),
    )


def test_a_service_that_lives_on_in_another_is_an_entity_of_its_own_and_part_of_it() -> None:
    found = NAMES.resolve("Service", "Amazon CloudWatch Logs", "aws")
    assert (found.id, found.part_of, found.part_rule) == (
        "service/aws/amazon-cloudwatch-logs",
        "service/aws/amazon-cloudwatch",
        "namespace-of-another-service",
    )


def test_an_unknown_name_is_an_entity_of_its_own_and_said_to_be_unknown() -> None:
    found = NAMES.resolve("Service", "Amazon  Blueshift (ABS)", "aws")
    names = (("Amazon Blueshift", "canonical"), ("ABS", "acronym"))
    assert found == Resolved("service/aws/amazon-blueshift", "Service", "Amazon Blueshift", names, known=False)


def test_a_name_of_one_provider_is_none_of_another() -> None:
    assert NAMES.resolve("Service", "Auto Scaling", "nh").id == "service/nh/auto-scaling"


def test_a_document_explains_its_short_names_itself() -> None:
    listed = ["Nimbus Keep Vault Store (Nimbus KVS)", "Nimbus Barrel", "Nimbus Crane", "Nimbus Lamp"]
    names = Names(table_of(KNOWN, "names.toml")).having("Service", "nh", listed)
    short = ("KVS", "Nimbus KVS", "Keep Vault Store", "Barrel", "Crane")
    assert [names.resolve("Service", text, "nh").id for text in short] == [
        "service/nh/nimbus-keep-vault-store",
        "service/nh/nimbus-keep-vault-store",
        "service/nh/nimbus-keep-vault-store",
        "service/nh/nimbus-barrel",
        "service/nh/nimbus-crane",
    ]


def test_a_name_may_leave_out_with_what_it_comes() -> None:
    names = NAMES.having("Service", "nh", ["Nimbus Ledger (with Slate compatibility)", "Crane (with Hook)", "Crane"])
    found = [names.resolve("Service", text, "nh") for text in ("Nimbus Ledger", "Crane")]
    assert [one.id for one in found] == ["service/nh/nimbus-ledger-with-slate-compatibility", "service/nh/crane"]
    assert found[0].names == (("Nimbus Ledger", "variant"),)


def test_one_word_that_is_no_ordinary_one_names_a_service_of_the_table_without_its_vendor() -> None:
    data = {
        "known": [{"label": "Service", "scope": "nh", "names": ["Nimbus RopeWalk", "Nimbus Barrel"], "reason": "r"}],
        "vendor": [{"scope": "nh", "prefixes": ["Nimbus"], "reason": "r"}],
    }
    names = Names(table_of(data, "names.toml")).without_vendor("nh")
    found = [names.resolve("Service", text, "nh").id for text in ("RopeWalk", "Barrel")]
    assert found == ["service/nh/nimbus-ropewalk", "service/nh/barrel"]
    own = Names(table_of(data, "names.toml")).having("Service", "nh", ["Sea RopeWalk (RopeWalk)", "RopeWalk"])
    assert own.without_vendor("nh").resolve("Service", "RopeWalk", "nh").id == "service/nh/ropewalk"


def test_a_short_name_of_two_services_stands_for_neither() -> None:
    names = NAMES.having("Service", "nh", ["Old Vault (VT)", "New Vault (VT)"])
    assert names.resolve("Service", "VT", "nh").id == "service/nh/vt"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Europe (Ireland) (eu-west-1)", "eu-west-1"),
        ("EU (Ireland)", "eu-west-1"),
        ("AWS GovCloud (US)", "us-gov-west-1"),
        ("AWS GovCloud (US-West)", "us-gov-west-1"),
        ("Canada (Central) (ca-central)", "ca-central-1"),
        ("Canada (Central)", "ca-central-1"),
        ("Asia Pacific (ap-east-1)", "ap-east-1"),
        ("us-east-2", "us-east-2"),
    ],
)
def test_a_region_is_known_by_its_code_under_every_name(text: str, code: str) -> None:
    assert NAMES.resolve("Region", text, "aws").id == f"region/aws/{code}"


def test_a_code_as_written_that_is_not_the_operators_is_one_more_name() -> None:
    found = NAMES.resolve("Region", "Canada (Central) (ca-central)", "aws")
    assert found.names == (("Canada (Central)", "canonical"), ("ca-central", "variant"))


def test_one_name_may_stand_for_several_regions() -> None:
    found = NAMES.resolve_all("Region", "all U.S. regions", "aws")
    codes = ["us-gov-west-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"]
    assert [region.key for region in found] == codes
    assert [region.key for region in NAMES.resolve_all("Region", "EU (Ireland)", "aws")] == ["eu-west-1"]


@pytest.mark.parametrize(
    "text", ["AWS", "Amazon Web Services", "Amazon Web Services, Inc.", "Amazon Web Services Inc."]
)
def test_an_organization_is_one_with_and_without_its_legal_form(text: str) -> None:
    assert NAMES.resolve("Organization", text).id == "organization/aws"


def test_the_auditor_has_a_key_of_its_own() -> None:
    found = {NAMES.resolve("Organization", text).id for text in ("Ernst & Young LLP", "EY", "Ernst & Young")}
    assert found == {"organization/ernst-young"}


def test_a_name_in_brackets_after_formerly_is_a_former_name() -> None:
    found = NAMES.resolve("Framework", "AT 801 (formerly SSAE 16)")
    assert (found.name, found.names) == ("AT 801", (("AT 801", "canonical"), ("SSAE 16", "former")))


def test_a_sentence_gives_its_former_names_in_quotation_marks() -> None:
    sentence = 'Barrel, formerly known as "Cask" and "Tun", holds "wine"; formerly it was smaller.'
    assert former_names(sentence) == ("Cask", "Tun")


@pytest.mark.parametrize(
    ("text", "expected", "country"),
    [
        ("Sydney, Australia", Place("Australia", "Sydney"), "country/au"),
        ("Missouri, United States", Place("United States", None, "US-MO"), "country/us"),
        ("London, England", Place("England", "London", "GB-ENG"), "country/gb"),
        ("Perth, Scotland, United Kingdom", Place("United Kingdom", "Perth", "GB-SCT"), "country/gb"),
        ("Perth, Scotland, Canada", Place("Canada", "Perth, Scotland", None), "country/ca"),
        ("Hong Kong, China", Place("Hong Kong", "Hong Kong"), "country/hk"),
        ("Seoul, Korea", Place("Korea", "Seoul"), "country/kr"),
        ("Taipei, Taiwan", Place("Taiwan", "Taipei"), "country/tw"),
        ("Prague, Czech Republic", Place("Czech Republic", "Prague"), "country/cz"),
        ("Singapore", Place("Singapore", "Singapore"), "country/sg"),
        ("Portside, Atlantis", Place("Atlantis", "Portside"), "country/atlantis"),
    ],
)
def test_a_place_has_a_city_or_a_state_and_a_country_by_its_iso_code(text: str, expected: Place, country: str) -> None:
    found = place(text)
    assert (found, NAMES.resolve("Country", found.country).id) == (expected, country)


@pytest.mark.parametrize(
    ("data", "breach"),
    [
        (row(same_as="Nimbus Bucket"), "which is in no [[known]] or [[key]] row"),
        (row(kind="nickname"), "kind nickname is none of acronym, former, variant, misspelt"),
        (row(reason=" "), "lacks reason"),
        (row(name="Nimbus Crane"), "stands twice"),
        (row(label="Boat"), "Boat is no label of the model"),
        ({**KNOWN, "part": [{"label": "Service", "scope": "nh", "name": "Nimbus Crane", "inside": "nimbus crane",
                             "rule": "r", "reason": "r"}]}, "is a part of itself"),
        ({**KNOWN, "key": [*KNOWN["key"], {**KNOWN["key"][0], "name": "South Sea"}]}, "the key ns-1 is that of"),
        ({**KNOWN, "alias": []}, "no such section"),
        ({**KNOWN, "group": [{"label": "Region", "scope": "nh", "name": "all", "members": ["Lake"], "reason": "r"}]},
         "Lake is in no row"),
    ],
)  # fmt: skip
def test_a_table_that_contradicts_itself_names_the_row(data: dict[str, Any], breach: str) -> None:
    with pytest.raises(BadTable) as refused:
        table_of(data, "names.toml")
    assert breach in str(refused.value)


def test_a_name_cannot_be_the_same_as_a_name_that_is_itself_another() -> None:
    data = row()
    data["name"].append({**data["name"][0], "name": "Nimbus Cask", "same_as": "Nimbus Tun"})
    with pytest.raises(BadTable, match=r"\[\[name\]\] row 2 \(Nimbus Cask\): same_as Nimbus Tun"):
        table_of(data, "names.toml")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AWS Tokyo", "ap-northeast-1"),
        ("Sydney", "ap-southeast-2"),
        ("Central", "ca-central-1"),
        ("Atlantis", "atlantis"),
        ("AWS Atlantis", "aws-atlantis"),
    ],
)
def test_a_region_is_known_by_its_place_where_only_one_has_it(text: str, code: str) -> None:
    found = read_names().resolve("Region", text, "aws")
    assert found.key == code
    assert found.known is (code.count("-") == 2)
    assert found.names == ((text, "variant" if found.known else "canonical"),)
