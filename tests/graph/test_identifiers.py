"""Ids are made from content, readable and stable."""

from __future__ import annotations

import pytest

from graph import identifiers as ids
from graph.errors import NoKey
from graph.model import MODEL


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Amazon Simple Storage Service", "amazon-simple-storage-service"),
        ("São Paulo, Brazil", "sao-paulo-brazil"),
        ("AWSCA-3.1", "awsca-3.1"),
        ("AWS Lambda@Edge", "aws-lambda-edge"),
        ("  Two   words ", "two-words"),
        ("東京", "東京"),
    ],
)
def test_a_slug_keeps_letters_digits_and_points(text: str, slug: str) -> None:
    assert ids.slug(text) == slug


def test_an_id_is_the_label_and_the_parts_of_the_key() -> None:
    assert ids.identify("Service", "aws", "Amazon S3") == "service/aws/amazon-s3"
    assert ids.identify("EdgeLocation", "aws", "Sydney, Australia") == "edge-location/aws/sydney-australia"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-number"),
        ("Nimbus Store+", "nimbus-store-plus"),
        ("Q<A", "q-less-than-a"),
        ("Nimbus Store (Archive)", "nimbus-store-archive"),
        ("Rain & Hail / Snow", "rain-hail-snow"),
        ("AWS Lambda@Edge", "aws-lambda-edge"),
    ],
)
def test_signs_that_tell_names_apart_are_spelled_and_all_else_separates_words(name: str, key: str) -> None:
    assert ids.identify("Service", "nimbus", name) == f"service/nimbus/{key}"


def test_a_key_of_a_key_is_itself() -> None:
    for text in ("C++", "Amazon S3", "https://a.example/B?c", "São Paulo"):
        assert ids.key_of(ids.key_of(text)) == ids.key_of(text)


def test_an_ordinary_address_has_a_readable_id() -> None:
    assert ids.identify("Resource", "https://A.example/faqs/pci_dss/") == "resource/https-a.example-faqs-pci-dss"


def test_addresses_that_differ_in_case_or_signs_have_ids_of_their_own() -> None:
    paths = ("rules", "Rules", "RULES", "rules?a=1", "rules?a=2", "rules#a", "rules%20a", "rules+a", "rules~a")
    made = {ids.identify("Resource", f"https://a.example/{path}") for path in paths}
    assert len(made) == len(paths)
    assert all(id_.startswith("resource/https-a.example-rules") for id_ in made)


def test_the_case_of_a_host_tells_nothing_apart() -> None:
    one, other = (ids.identify("Resource", f"HTTPS://{host}/rules") for host in ("A.example", "a.EXAMPLE"))
    assert one == other


def test_a_node_that_belongs_to_another_needs_a_key_too() -> None:
    with pytest.raises(NoKey, match="Control from '-'"):
        ids.identify_below("Control", "assessment/aws/soc-1", "-")


def test_a_node_that_belongs_to_another_has_its_key() -> None:
    report = "assessment/aws/soc-1-type-2/2020-03-31"
    assert ids.identify_below("Control", report, "AWSCA-3.1") == "control/aws/soc-1-type-2/2020-03-31/awsca-3.1"


def test_a_key_without_a_letter_makes_no_id() -> None:
    with pytest.raises(NoKey, match="needs a letter or a digit"):
        ids.identify("Service", "aws", "(-)")


def test_names_that_differ_in_case_alone_have_ids_of_their_own() -> None:
    assert ids.name_id("service/a/b", "IoT") != ids.name_id("service/a/b", "IOT")


def test_every_label_is_known_by_its_prefix() -> None:
    assert [ids.label_of(f"{node.prefix}/x") for node in MODEL.nodes] == list(MODEL.labels)


def test_numbers_are_ordered_as_people_count() -> None:
    numbers = ["X-1.10", "X-1.2", "X-10.1", "X-2.1", "CC6.10", "CC6.9"]
    assert sorted(numbers, key=ids.natural_order) == ["CC6.9", "CC6.10", "X-1.2", "X-1.10", "X-2.1", "X-10.1"]


def test_the_document_of_a_citation_is_in_its_id() -> None:
    assert ids.document_of(ids.citation_id("ab12", 3, 4)) == "ab12"
