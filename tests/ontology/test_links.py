"""Links outward: each leads from one thing of ours to one IRI of others, and stands in the graph of identity."""

from __future__ import annotations

import re
import tomllib

import pycountry
from pyoxigraph import NamedNode

from graph.identifiers import label_of
from graph.merging import Node
from ontology.example import example
from ontology.facts import facts
from ontology.links import COUNTRIES, TABLE, outward
from ontology.namespaces import SCHEMA
from ontology.things import Things

ROWS = tomllib.loads(TABLE.read_text("utf-8"))["link"]


def test_every_row_leads_one_thing_to_one_place_and_says_why() -> None:
    assert len({row["id"] for row in ROWS}) == len({row["to"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert label_of(row["id"]) in ("Framework", "Organization")
        assert re.fullmatch(r"https://[^\s<>\"]+|urn:iso:std:iso(-iec)?(:ts)?:\d+", row["to"])
        assert (row["to"].startswith("urn:iso:"), "RFC 5141" in row["why"]) in ((True, True), (False, False))
        assert outward(Node(label_of(row["id"]), row["id"], {})) == row["to"]


def test_every_country_leads_to_that_of_its_three_letters() -> None:
    for country in pycountry.countries:
        found = outward(Node("Country", f"country/{country.alpha_2.lower()}", {"code": country.alpha_2}))
        assert found == f"{COUNTRIES}{country.alpha_3}"


def test_what_nobody_else_is_known_to_have_leads_nowhere() -> None:
    assert outward(Node("Country", "country/zz", {"code": "ZZ"})) is None
    assert outward(Node("Country", "country/zz", {})) is None
    assert outward(Node("Framework", "framework/harbour-7", {"code": "US"})) is None


def test_a_link_stands_in_the_graph_of_identity() -> None:
    things = Things()
    found = {(s, o, g) for s, p, o, g in facts(example(), things) if p == NamedNode(SCHEMA.sameAs)}
    assert found == {
        (things.thing(f"country/{key}"), NamedNode(f"{COUNTRIES}{three}"), (things.identity,))
        for key, three in (("iceland", "ISL"), ("faroe-islands", "FRO"))
    }
