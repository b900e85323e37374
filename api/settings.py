"""What the environment says, read once into one frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.addresses import StoreAddress, parse_address
from graph.errors import UsageError
from graph.opening import Credentials

ROOT = Path(__file__).resolve().parent.parent
"""The checkout from which the application runs."""

DEFAULT_STORE = ROOT / "var" / "compliance-graph.db"
QUESTIONS = ROOT / "tests" / "questions"
_DIGITS = 9


class BadSetting(UsageError):
    """A setting of the environment that cannot be read."""

    def __init__(self, name: str, given: str, valid: str) -> None:
        super().__init__(f"{name} is {given!r}; it is {valid}")


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """What is offered over HTTP, and to whom.

    `saved` are folders of saved questions beside our own; with `only_saved` GraphQL answers no others. `max_age` is for
    how many seconds an answer may be used again without asking.
    """

    saved: tuple[Path, ...] = ()
    only_saved: bool = False
    max_age: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and how it is entered; `public` hides the wording of restricted documents."""

    store: StoreAddress
    credentials: Credentials
    public: bool = False
    neo4j_browser: str | None = None
    http: HttpSettings = HttpSettings()


def settings_from(environment: Mapping[str, str], store: str | None = None, *, public: bool = False) -> Settings:
    """The settings of an environment; an address that is given goes before that of the environment.

    Reads COMPLIANCE_GRAPH_STORE, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE and NEO4J_BROWSER (the address of
    Neo4j Browser that the start page links to).
    """
    address = store or environment.get("COMPLIANCE_GRAPH_STORE") or f"sqlite:///{DEFAULT_STORE}"
    credentials = Credentials(
        environment.get("NEO4J_USERNAME", "neo4j"),
        environment.get("NEO4J_PASSWORD"),
        environment.get("NEO4J_DATABASE", "neo4j"),
    )
    browser = environment.get("NEO4J_BROWSER")
    return Settings(parse_address(address), credentials, public, browser, http_settings(environment))


def http_settings(environment: Mapping[str, str]) -> HttpSettings:
    """The settings of HTTP; raises `BadSetting` for a value that cannot be read.

    Reads COMPLIANCE_GRAPH_SAVED (folders, parted as in PATH), COMPLIANCE_GRAPH_ONLY_SAVED (`true` or `false`) and
    COMPLIANCE_GRAPH_MAX_AGE (whole seconds).
    """
    return HttpSettings(
        tuple(map(Path, _parts(environment, "COMPLIANCE_GRAPH_SAVED", os.pathsep))),
        _flag(environment, "COMPLIANCE_GRAPH_ONLY_SAVED"),
        _seconds(environment, "COMPLIANCE_GRAPH_MAX_AGE"),
    )


def _parts(environment: Mapping[str, str], name: str, separator: str) -> list[str]:
    return [part.strip() for part in environment.get(name, "").split(separator) if part.strip()]


def _flag(environment: Mapping[str, str], name: str) -> bool:
    given = environment.get(name) or "false"
    if given not in ("true", "false"):
        raise BadSetting(name, given, "true or false")
    return given == "true"


def _seconds(environment: Mapping[str, str], name: str) -> int:
    given = environment.get(name) or "0"
    if not given.isdecimal() or len(given) > _DIGITS:
        raise BadSetting(name, given, "a number of seconds such as 60")
    return int(given)
