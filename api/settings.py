"""What the environment says, read once into one frozen value."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.limits import Limits
from api.tracing import NO_TRACING, Tracing, configured
from graph.addresses import StoreAddress, parse_address
from graph.errors import UsageError
from graph.opening import Credentials

ROOT = Path(__file__).resolve().parent.parent
"""The checkout from which the application runs."""

DEFAULT_STORE = ROOT / "var" / "compliance-graph.db"
QUESTIONS = ROOT / "tests" / "questions"
LEVELS = ("debug", "info", "warning", "error")
BASE = "COMPLIANCE_GRAPH_BASE"
"""What the IRIs of things begin with."""
LICENCE = "COMPLIANCE_GRAPH_LICENCE"
_CORS = "COMPLIANCE_GRAPH_CORS"
_DIGITS = 9
_NUMBER = re.compile(r"[1-9]\d{0,8}")
SETTABLE = (
    "head_bytes",
    "head_seconds",
    "body_bytes",
    "body_seconds",
    "tokens",
    "depth",
    "fields",
    "aliases",
    "directives",
    "repeats",
    "nodes",
    "seconds",
    "response_bytes",
    "together",
    "sparql_together",
    "sparql_memory_bytes",
)
"""The limits that are settings; the sizes of pages, lists and filters are part of the schema's meaning."""
_IRI = re.compile(r'[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+')
_ORIGIN = re.compile(r"https?://[^/\s,*]+")


class BadSetting(UsageError):
    """A setting of the environment that cannot be read."""

    def __init__(self, name: str, given: str, valid: str) -> None:
        super().__init__(f"{name} is {given!r}; it is {valid}")


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """What is offered over HTTP, and to whom.

    `saved` are folders of saved questions beside our own; with `only_saved` GraphQL answers no others. `max_age` is for
    how many seconds an answer may be used again without asking. `origins` are those whose pages may read answers;
    `tokens` is the file with the hashes of bearer tokens, without which none is asked for; `log` is the log's level.
    With `no_check` data are exported as they are, whether or not they keep to the shapes.
    """

    saved: tuple[Path, ...] = ()
    only_saved: bool = False
    max_age: int = 0
    origins: tuple[str, ...] = ()
    tokens: Path | None = None
    log: str = "info"
    tracing: Tracing = NO_TRACING
    limits: Limits = field(default_factory=Limits)
    no_check: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and how it is entered; `public` hides the wording of restricted documents."""

    store: StoreAddress
    credentials: Credentials
    public: bool = False
    neo4j_browser: str | None = None
    base: str | None = None
    """What the IRIs of things begin with, where it is not the usual one."""
    licence: str | None = None
    """The licence under which the data are given, where it is not that of the bundled facts."""
    http: HttpSettings = HttpSettings()


def settings_from(environment: Mapping[str, str], store: str | None = None, *, public: bool = False) -> Settings:
    """The settings of an environment; an address that is given goes before that of the environment.

    Reads COMPLIANCE_GRAPH_STORE, NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE and NEO4J_BROWSER (the address of
    Neo4j Browser that the start page links to), COMPLIANCE_GRAPH_BASE and COMPLIANCE_GRAPH_LICENCE.
    """
    address = store or environment.get("COMPLIANCE_GRAPH_STORE") or f"sqlite:///{DEFAULT_STORE}"
    credentials = Credentials(
        environment.get("NEO4J_USERNAME", "neo4j"),
        environment.get("NEO4J_PASSWORD"),
        environment.get("NEO4J_DATABASE", "neo4j"),
    )
    browser = environment.get("NEO4J_BROWSER")
    base, licence = environment.get(BASE) or None, environment.get(LICENCE) or None
    if licence and not _IRI.fullmatch(licence):
        raise BadSetting(LICENCE, licence, "an IRI such as https://creativecommons.org/licenses/by/4.0/")
    return Settings(parse_address(address), credentials, public, browser, base, licence, http_settings(environment))


def http_settings(environment: Mapping[str, str]) -> HttpSettings:
    """The settings of HTTP; raises `BadSetting` for a value that cannot be read.

    Reads COMPLIANCE_GRAPH_SAVED (folders, parted as in PATH), COMPLIANCE_GRAPH_ONLY_SAVED (`true` or `false`),
    COMPLIANCE_GRAPH_NO_CHECK (likewise), COMPLIANCE_GRAPH_MAX_AGE (whole seconds), COMPLIANCE_GRAPH_CORS (origins,
    parted by commas), COMPLIANCE_GRAPH_TOKENS (a file), COMPLIANCE_GRAPH_LOG (a level), and OpenTelemetry's own.
    """
    tokens, log = environment.get("COMPLIANCE_GRAPH_TOKENS"), environment.get("COMPLIANCE_GRAPH_LOG") or "info"
    if log not in LEVELS:
        raise BadSetting("COMPLIANCE_GRAPH_LOG", log, f"one of {', '.join(LEVELS)}")
    return HttpSettings(
        tuple(map(Path, _parts(environment, "COMPLIANCE_GRAPH_SAVED", os.pathsep))),
        _flag(environment, "COMPLIANCE_GRAPH_ONLY_SAVED"),
        _seconds(environment, "COMPLIANCE_GRAPH_MAX_AGE"),
        tuple(map(_origin, _parts(environment, _CORS, ","))),
        Path(tokens) if tokens else None,
        log,
        configured(environment),
        limits_from(environment),
        _flag(environment, "COMPLIANCE_GRAPH_NO_CHECK"),
    )


def limits_from(environment: Mapping[str, str]) -> Limits:
    """The limits with those that the environment sets, such as COMPLIANCE_GRAPH_LIMIT_DEPTH (whole numbers above 0)."""
    found: dict[str, int] = {}
    for key in SETTABLE:
        name = f"COMPLIANCE_GRAPH_LIMIT_{key.upper()}"
        if given := environment.get(name):
            if not _NUMBER.fullmatch(given):
                raise BadSetting(name, given, "a whole number from 1 to 999999999")
            found[key] = int(given)
    return Limits(**found)


def _origin(given: str) -> str:
    if given != "*" and not _ORIGIN.fullmatch(given):
        raise BadSetting(_CORS, given, "an origin such as https://compliance.example, without a path, or *")
    return given


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
