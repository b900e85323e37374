"""Countries and parts of countries: ISO 3166 codes for places as documents write them."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycountry

from graph.identifiers import fold


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 code, its name, and the ISO 3166-2 code where the text names but a part of it."""

    code: str
    name: str
    subdivision: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written (`Sydney, Australia`): the city, the text that names its country, the part of the country."""

    country: str
    city: str | None = None
    subdivision: str | None = None


# What ISO 3166 lists under another name, or what is but a part of a country. The parts of the United Kingdom have
# ISO 3166-2 codes; Hong Kong and Macao have ISO 3166-1 codes of their own and are no part of CN there.
_REVIEWED = {
    "england": Country("GB", "United Kingdom", "GB-ENG"),
    "scotland": Country("GB", "United Kingdom", "GB-SCT"),
    "wales": Country("GB", "United Kingdom", "GB-WLS"),
    "northern ireland": Country("GB", "United Kingdom", "GB-NIR"),
    "uk": Country("GB", "United Kingdom"),
    "hong kong": Country("HK", "Hong Kong"),
    "macau": Country("MO", "Macau"),
    "korea": Country("KR", "South Korea"),
    "south korea": Country("KR", "South Korea"),
    "republic of korea": Country("KR", "South Korea"),
    "taiwan": Country("TW", "Taiwan"),
    "czech republic": Country("CZ", "Czech Republic"),
    "russia": Country("RU", "Russia"),
    "vietnam": Country("VN", "Vietnam"),
    "turkey": Country("TR", "Turkey"),
    "the netherlands": Country("NL", "Netherlands"),
    "usa": Country("US", "United States"),
    "u.s.": Country("US", "United States"),
    "us": Country("US", "United States"),
    "uae": Country("AE", "United Arab Emirates"),
}

# Countries whose states stand among cities in lists of places.
_STATES_AMONG_CITIES = ("US",)

# Countries whose states stand in places without the country (`Columbus, Ohio`), under the names that are stored.
_COUNTRY_NAMES = {"US": "United States", "CA": "Canada", "AU": "Australia"}
_STATES_IN_PLACES = tuple(_COUNTRY_NAMES)

# `Georgia` is a state and a country: which of them is meant, a place does not say.
_STATES_AND_COUNTRIES = ("Georgia",)


# What kinds of parts of countries are, or may be, cities.
_OF_CITIES = re.compile(
    r"\b(?:city|cities|town|metropolitan|municipalit\w+|capital|borough|commune|council|unitary)\b", re.I
)


def find_country(text: str) -> Country | None:
    """The country of that name, None where ISO 3166 and the reviewed names know none."""
    folded = fold(text)
    code = _REVIEWED.get(folded)
    if code:
        return code
    found = _countries().get(folded)
    return Country(found, " ".join(text.split())) if found else None


def place(text: str, *, in_state: bool = False) -> Place:
    """The parts of a place as written; a lone country that is a city too (Singapore) is both.

    The country is that of the state where a text names but the state, and empty where it may be a state or a country,
    unless it is known to be `in_state`.
    """
    *before, last = (part.strip() for part in text.split(","))
    city = ", ".join(before) or None
    if city and _is_own_country(city):
        return Place(city, city)
    either = city and last in _STATES_AND_COUNTRIES
    if either and not in_state:
        return Place("", city)
    country = None if either else find_country(last)
    state = find_state(last) if city and country is None else None
    if city and state:
        return Place(state.name, city, state.subdivision)
    if country is None or city is None:
        return Place(last, last if country and not before else city)
    return _in_country(last, country, before)


def _in_country(text: str, country: Country, before: list[str]) -> Place:
    """The place before a country: a city, a state, or a city in a state."""
    city = ", ".join(before)
    state = _states(country.code).get(fold(city)) if country.code in _STATES_AMONG_CITIES else None
    if state:
        return Place(text, None, state)
    within = _part_before(before[-1]) if len(before) > 1 else None
    if within and within.code == country.code:
        return Place(text, ", ".join(before[:-1]), within.subdivision)
    return Place(text, city, country.subdivision)


def _part_before(text: str) -> Country | None:
    """The state or province of that name, or the reviewed part of a country such as England."""
    part = find_country(text)
    return part if part and part.subdivision else find_state(text)


def find_state(text: str) -> Country | None:
    """The country whose state or province has that name or is written so in addresses, with its ISO 3166-2 code."""
    found = [state for country in _STATES_IN_PLACES if (state := _state_of(text.strip(), country))]
    return found[0] if len(found) == 1 else None


def is_region(text: str) -> bool:
    """Whether a text is the name of a part of a country in ISO 3166-2 that is no city."""
    return _plain(text) in _regions()


def _plain(text: str) -> str:
    """A folded name without the marks of its letters, which many leave out."""
    letters = unicodedata.normalize("NFD", fold(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _state_of(text: str, country: str) -> Country | None:
    short = f"{country}-{text}"
    abbreviated = short if text.isupper() and short in _states(country).values() else None
    code = _states(country).get(fold(text)) or abbreviated
    named = find_country(_COUNTRY_NAMES[country])
    return Country(country, named.name, code) if code and named else None


def _is_own_country(city: str) -> bool:
    """Whether a city has an ISO 3166-1 code of its own whatever country is written after it."""
    found = _REVIEWED.get(fold(city))
    return found is not None and found.code in ("HK", "MO")


@cache
def _countries() -> dict[str, str]:
    keys = ("name", "common_name", "official_name")
    return {fold(getattr(c, key)): str(c.alpha_2) for c in pycountry.countries for key in keys if hasattr(c, key)}


@cache
def _states(country: str) -> dict[str, str]:
    return {fold(name): code for name, code in _parts() if code.startswith(f"{country}-")}


@cache
def _regions() -> frozenset[str]:
    named = [(_plain(name), bool(_OF_CITIES.search(kind))) for name, _, kind in _listed()]
    return frozenset(name for name, _ in named) - {name for name, of_city in named if of_city}


@cache
def _parts() -> list[tuple[str, str]]:
    return [(name, code) for name, code, _ in _listed()]


@cache
def _listed() -> list[tuple[str, str, str]]:
    """Names, codes and types of ISO 3166-2 from pycountry's file, as that makes an object of each of the 5,000."""
    listed = json.loads((Path(pycountry.DATABASE_DIR) / "iso3166-2.json").read_bytes())["3166-2"]
    return [(str(row["name"]), str(row["code"]), str(row["type"])) for row in listed]
