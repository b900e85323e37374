"""Where others have a thing of ours: links outward, made by rule for countries and by a reviewed table for the rest."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pycountry

from graph.merging import Node

TABLE = Path(__file__).with_name("links.toml")
COUNTRIES = "http://publications.europa.eu/resource/authority/country/"
"""The authority table of countries of the Publications Office of the EU; its codes are those of ISO 3166-1 alpha-3."""


def outward(found: Node) -> str | None:
    """The address at which others have the node; None where none is known."""
    return _countries().get(str(found.values.get("code"))) if found.label == "Country" else _reviewed().get(found.id)


@cache
def _countries() -> Mapping[str, str]:
    return {country.alpha_2: f"{COUNTRIES}{country.alpha_3}" for country in pycountry.countries}


@cache
def _reviewed() -> Mapping[str, str]:
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)["link"]
    return {row["id"]: row["to"] for row in rows}
