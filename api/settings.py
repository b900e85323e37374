"""What the environment says, read once into one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.addresses import StoreAddress, parse_address
from graph.opening import Credentials

ROOT = Path(__file__).resolve().parent.parent
"""The checkout from which the application runs."""

DEFAULT_STORE = ROOT / "var" / "compliance-graph.db"
QUESTIONS = ROOT / "tests" / "questions"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and how it is entered; `public` hides the wording of restricted documents."""

    store: StoreAddress
    credentials: Credentials
    public: bool = False
    neo4j_browser: str | None = None


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
    return Settings(parse_address(address), credentials, public, environment.get("NEO4J_BROWSER"))
