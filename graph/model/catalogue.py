"""Relationship types of services, places and frameworks among themselves, and of a document's own parts."""

from __future__ import annotations

from graph.model.joining import MANY_TO_MANY, MANY_TO_ONE, ONE_TO_MANY, fans, joins, stated
from graph.model.vocabulary import text

CATALOGUE = (
    stated(
        "IN_CATEGORY",
        MANY_TO_MANY,
        joins("Service", "categories", "ServiceCategory", "services"),
        "The heading under which a document puts the service.",
        shared=True,
    ),
    stated(
        "INTEGRATES_WITH",
        MANY_TO_MANY,
        joins("Service", "integratesWith", "Service", "integratedBy"),
        "The service that it integrates with.",
        shared=True,
    ),
    stated(
        "PART_OF",
        MANY_TO_ONE,
        joins("Service", "partOf", "Service", "parts"),
        "The service of which it is a part.",
    ),
    stated(
        "MENTIONS",
        MANY_TO_MANY,
        joins("Service Framework UserEntityControl", "mentions", "Service Framework", "mentionedBy"),
        "What its description or wording names.",
        shared=True,
    ),
    stated(
        "LOCATED_IN",
        MANY_TO_ONE,
        fans("Region:regions EdgeLocation:edgeLocations Facility:facilities", "country", "Country"),
        "The country in which it is.",
    ),
    stated(
        "OPERATED_BY",
        MANY_TO_ONE,
        fans("Region:regions Facility:facilities", "operator", "Organization"),
        "Who operates it.",
    ),
)

FRAMEWORKS = (
    stated(
        "ISSUED_BY",
        MANY_TO_MANY,
        joins("Framework", "issuers", "Organization", "frameworks"),
        "Who issues the framework.",
        shared=True,
    ),
    stated(
        "HAS_REQUIREMENT",
        ONE_TO_MANY,
        joins("Framework", "requirements", "Requirement", "framework"),
        "A unit of the framework.",
    ),
    stated(
        "BASED_ON",
        MANY_TO_MANY,
        joins("Framework", "basedOn", "Framework", "basisOf"),
        "The framework on which it is based.",
        shared=True,
    ),
    stated(
        "SUBSET_OF",
        MANY_TO_MANY,
        joins("Framework", "subsetOf", "Framework", "subsets"),
        "The framework of which it is a subset.",
        shared=True,
    ),
    stated(
        "SUPERSEDES",
        MANY_TO_MANY,
        joins("Framework", "supersedes", "Framework", "supersededBy"),
        "The framework whose place it took.",
        shared=True,
    ),
    stated(
        "SUMMARIZES",
        MANY_TO_MANY,
        joins("Framework", "summarizes", "Framework", "summarizedBy"),
        "The framework whose reports it summarises.",
        shared=True,
    ),
    stated(
        "ASSESSED_UNDER",
        MANY_TO_MANY,
        joins("Framework", "assessedUnder", "Framework", "assesses"),
        "The framework under which conformity is assessed.",
        shared=True,
    ),
    stated(
        "MAPPED_TO",
        MANY_TO_MANY,
        joins("Requirement", "mappedTo", "Requirement", "mappedFrom"),
        "A requirement of another framework to which a mapping file maps it.",
        text("predicate", "The SSSOM predicate."),
        text("justification", "The SSSOM mapping justification."),
        text("confidence", "The confidence that the mapping file gives."),
        text("asserted_by", "Who asserts the mapping."),
        shared=True,
    ),
    stated(
        "REFERS_TO",
        MANY_TO_MANY,
        fans("Assessment:assessments Framework:frameworks", "resources", "Resource"),
        "An address that the document gives for it.",
        shared=True,
    ),
)

PROVENANCE = (
    stated(
        "DEFINED_IN",
        MANY_TO_ONE,
        joins("GlossaryTerm", "document", "Document", "glossary"),
        "The document that defines the term.",
    ),
    stated(
        "HAS_REVISION",
        ONE_TO_MANY,
        joins("Document", "revisions", "DocumentRevision", "document"),
        "A row of the document's revision history.",
    ),
)
