"""Content negotiation as RFC 9110 has it: weights, wildcards, what is more specific; and what clients really send."""

from __future__ import annotations

import pytest

from api.negotiation import negotiate, not_acceptable
from tests.long import is_read

TURTLE, XML, JSON, HTML = "text/turtle", "application/rdf+xml", "application/ld+json", "text/html"
OFFERS = (TURTLE, XML, JSON, HTML)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
OLD_JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
PROFILE = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, \\"odd\\"";q=0.9, text/turtle;q=0.1'


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("*/*", TURTLE),
        (JSON, JSON),
        ("Application/LD+JSON", JSON),
        ("application/*", XML),
        ("text/*, application/ld+json", JSON),
        ("*/*, application/rdf+xml", XML),
        ("text/turtle;q=0.3, application/rdf+xml;q=0.7", XML),
        ("text/turtle;q=0.1, */*;q=0.5", XML),
        ("text/turtle;q=0, text/*", HTML),
        ("text/*;q=0, */*;q=0.1", XML),
        ("*/*;q=0", None),
        ("text/turtle;q=0", None),
        ("image/png", None),
        ("text/turtle;q=0.000, application/rdf+xml;q=0.001", XML),
        ("text/turtle ; q=0.5 , application/rdf+xml ;q=1.000", XML),
        ("text/turtle;charset=utf-8", TURTLE),
        ("text/turtle;version=1.2", None),
        (",, text/html,", HTML),
        (PROFILE, JSON),
        (BROWSER, HTML),
        (OLD_JAVA, HTML),
        ("*;q=.2", TURTLE),
        # What is no range says nothing: without any that can be read, all is accepted.
        ("nonsense", TURTLE),
        ("text/turtle;q=2, application/rdf+xml", XML),
        ("text/turtle;q=, text/html;q=0.1", HTML),
        ("*/turtle, text/html", HTML),
        ('text/html;a="open', TURTLE),
    ],
)
def test_the_most_wanted_of_the_offers_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("text/turtle", "text/turtle"),
        ("text/turtle;version=1.2", "text/turtle;version=1.2"),
        ('text/turtle; Version="1.2"; q=0.5, text/turtle;q=0.1', "text/turtle;version=1.2"),
        ("text/turtle;q=0.5, text/turtle;version=1.2;q=0.1", "text/turtle"),
        ("text/*;version=1.2", "text/turtle;version=1.2"),
    ],
)
def test_an_offer_has_the_parameters_of_the_range(accept: str, chosen: str) -> None:
    assert negotiate(accept, ("text/turtle", "text/turtle;version=1.2")) == chosen


def test_the_more_specific_range_decides_whatever_the_order() -> None:
    """The example of RFC 9110, section 12.5.1."""
    field = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5"
    weights = {
        "text/plain;format=flowed": 1.0,
        "text/plain": 0.7,
        "text/html": 0.3,
        "image/jpeg": 0.5,
        "text/plain;format=fixed": 0.4,
        "text/html;level=3": 0.3,
    }
    assert negotiate(field, tuple(weights)) == "text/plain;format=flowed"
    for one, weight in weights.items():
        for other, less in weights.items():
            if weight > less:
                for turned in (field, ", ".join(reversed(field.split(", ")))):
                    assert negotiate(turned, (other, one)) == one


def test_a_field_of_any_length_is_read_in_time_proportional_to_it() -> None:
    pieces = (",", '"', '"\\', "a/b;", "a/b;c=d;", ' \t;"', "*/*;q=0.5,", ";;q=")
    assert is_read("api.negotiation", "accepted", pieces)


def test_who_accepts_nothing_of_it_is_told_what_is_offered() -> None:
    answer = not_acceptable(OFFERS)
    assert (answer.status_code, answer.headers["vary"], answer.headers["cache-control"]) == (406, "Accept", "no-store")
    assert [line.strip() for line in bytes(answer.body).decode().splitlines()[1:]] == list(OFFERS)
