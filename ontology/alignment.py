"""Which terms of known vocabularies data have beside ours, never instead of them."""

from __future__ import annotations

from collections.abc import Mapping

from ontology.namespaces import DCTERMS, EARL, OA, PROV, RDFS, SCHEMA, SKOS, SKOSXL

CLASSES: Mapping[str, str] = {
    "Document": PROV.Entity,
    "Citation": OA.SpecificResource,
    "Name": SKOSXL.Label,
    "LoadRun": PROV.Activity,
    "Organization": PROV.Organization,
    "Service": SCHEMA.Service,
    "Region": SCHEMA.Place,
    "EdgeLocation": SCHEMA.Place,
    "Facility": SCHEMA.Place,
    "Country": SCHEMA.Country,
    "Framework": DCTERMS.Standard,
    "ControlTest": EARL.TestCase,
    "GlossaryTerm": SCHEMA.DefinedTerm,
    "Resource": SCHEMA.WebPage,
}
"""The known class of a label; a node has it as a second type."""

VALUES: Mapping[tuple[str, str], str] = {
    ("Document", "title"): DCTERMS.title,
    ("Name", "text"): SKOSXL.literalForm,
    ("GlossaryTerm", "definition"): SKOS.definition,
    ("Requirement", "code"): SKOS.notation,
}
"""The known property of a label's property; the same value stands under it."""

NAMES: Mapping[str, str] = {"name": RDFS.label, "aliases": SKOS.altLabel}
"""The same for what every label has."""
