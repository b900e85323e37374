"""Labels of the provider's side: organizations, services, Regions, edge locations, facilities, countries."""

from __future__ import annotations

from graph.model.types import NodeType
from graph.model.vocabulary import IDENTITY, choice, text, verbatim

NAMED = (("name",),)

ORGANIZATION = NodeType(
    "Organization",
    "organizations",
    "A company, an authority or a standards body; its relationships say what role it plays.",
    "name",
    IDENTITY,
    lookups=NAMED,
    colour="#5E81AC",
)

SERVICE = NodeType(
    "Service",
    "services",
    "A service of a cloud provider.",
    "provider + canonical name",
    (
        *IDENTITY,
        text("namespaces", "The prefixes that name the service in access policies.", many=True),
        verbatim("description", "What a document says the service does."),
        choice(
            "responsibility",
            "ResponsibilityCategory",
            ("infrastructure", "container", "abstracted"),
            "The category of shared responsibility in which a document puts the service.",
        ),
        choice(
            "content_storage",
            "ContentStorage",
            ("primary", "local"),
            "Whether the service stores customer content primarily or locally.",
        ),
    ),
    lookups=NAMED,
    colour="#D08770",
)

SERVICE_CATEGORY = NodeType(
    "ServiceCategory",
    "serviceCategories",
    "A heading under which a provider groups its services.",
    "provider + name",
    IDENTITY,
    lookups=NAMED,
    colour="#EBCB8B",
)

REGION = NodeType(
    "Region",
    "regions",
    "A Region of a cloud operator.",
    "operator + code",
    (
        *IDENTITY,
        text("code", "The operator's code of the Region, such as eu-west-1."),
        text("partition", "The partition of the Region, as a document states it."),
    ),
    order=("code",),
    lookups=(("code",), ("name",)),
    colour="#A3BE8C",
)

EDGE_LOCATION = NodeType(
    "EdgeLocation",
    "edgeLocations",
    "A place at which a provider serves content near its users.",
    "provider + place",
    (
        *IDENTITY,
        text("city", "The city; null where only a state is given."),
        text("subdivision", "The ISO 3166-2 code of the state or part of the country, such as US-MO."),
    ),
    lookups=NAMED,
    colour="#8FBCBB",
)

FACILITY = NodeType(
    "Facility",
    "facilities",
    "A building that a report covers.",
    "provider + kind + place",
    (
        *IDENTITY,
        choice(
            "kind",
            "FacilityKind",
            ("office", "data_center", "processing_center", "print_facility", "warehouse"),
            "What kind of building it is.",
        ),
        text("city", "The city."),
        text("subdivision", "The ISO 3166-2 code of the state or part of the country."),
        text("use", "What the facility is used for."),
    ),
    lookups=NAMED,
    colour="#B48EAD",
)

COUNTRY = NodeType(
    "Country",
    "countries",
    "A country or territory with a code of its own.",
    "ISO 3166-1 alpha-2",
    (*IDENTITY, text("code", "The ISO 3166-1 alpha-2 code.")),
    lookups=(("code",), ("name",)),
    colour="#81A1C1",
    required=("id", "name", "code"),
)

LABELS = (ORGANIZATION, SERVICE, SERVICE_CATEGORY, REGION, EDGE_LOCATION, FACILITY, COUNTRY)
