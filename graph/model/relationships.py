"""The relationship types: which labels they join, under which field names, how many, and what they carry."""

from __future__ import annotations

from graph.model.types import Cardinality, Pair, Property, RelationshipType, ValueType
from graph.model.vocabulary import boolean, choice, date, text, verbatim

UNCITED_LABELS = ("Document", "Citation", "Name", "LoadRun")

ASSERTION = choice(
    "assertion", "Assertion", ("stated", "derived"), "Whether a document states it or a rule derives it."
)
RULE = text("rule", "The rule that derived it.")
CLAIMS = Property(
    "claims",
    "What each document states of it, as JSON, where that is more than its citations.",
    internal=True,
)

ONE_TO_MANY = Cardinality.ONE_TO_MANY
MANY_TO_ONE = Cardinality.MANY_TO_ONE
MANY_TO_MANY = Cardinality.MANY_TO_MANY


def joins(starts: str, start_field: str, ends: str, end_field: str) -> tuple[Pair, ...]:
    """Every start with every end, under one field name at either side; several labels are separated by spaces."""
    return tuple(Pair(s, start_field, e, end_field) for s in starts.split() for e in ends.split())


def fans(pairs: str, start_field: str, end: str) -> tuple[Pair, ...]:
    """`Service:services Region:regions` to one end, each start under a field of its own at the end."""
    return tuple(Pair(s, start_field, end, f) for s, f in (p.split(":") for p in pairs.split()))


def stated(
    type_: str,
    cardinality: Cardinality,
    pairs: tuple[Pair, ...],
    description: str,
    *properties: Property,
    shared: bool = False,
) -> RelationshipType:
    """A relationship that documents state: besides its own properties it has an assertion and its claims."""
    own = (*properties, ASSERTION, RULE, CLAIMS)
    return RelationshipType(type_, description, pairs, cardinality, own, shared)


SCOPE = (
    stated(
        "IN_SCOPE_OF",
        MANY_TO_MANY,
        fans(
            "Service:services Region:regions EdgeLocation:edgeLocations Facility:facilities",
            "assessments",
            "Assessment",
        ),
        "The report or certificate covers it.",
        text("name_as_written", "The item as written, without bullet and markup, brackets kept."),
        text("qualification", "What the document adds to the item, such as a part that is excluded."),
        date("from", "From when, where only a part of the period is covered."),
        date("to", "Until when, where only a part of the period is covered."),
        text("role", "The role in which it is covered, such as primary or backup."),
        text("only_regions", "The ids of the Regions where alone the claim holds.", many=True),
        shared=True,
    ),
    stated(
        "EXCLUDED_FROM",
        MANY_TO_MANY,
        joins("Service", "excludedFrom", "Assessment", "excludedServices"),
        "The document says that the service is not covered.",
        shared=True,
    ),
    stated(
        "AGAINST",
        MANY_TO_MANY,
        joins("Assessment", "frameworks", "Framework", "assessments"),
        "The framework against which was assessed.",
        shared=True,
    ),
    stated(
        "OF_PROVIDER",
        MANY_TO_ONE,
        fans(
            "Assessment:assessments Service:services ServiceCategory:serviceCategories "
            "EdgeLocation:edgeLocations Policy:policies",
            "provider",
            "Organization",
        ),
        "The provider whose it is.",
    ),
    stated(
        "LIMITED_TO",
        MANY_TO_MANY,
        joins("Assessment", "limitedTo", "Region", "limitedAssessments"),
        "The claim holds only there.",
        shared=True,
    ),
    stated(
        "INCLUDES_SERVICE",
        MANY_TO_MANY,
        joins("Assessment", "namedServices", "Service", "namedIn"),
        "The claim names the service without a scope list.",
        shared=True,
    ),
)

EXAMINATION = (
    stated(
        "EXAMINED_BY",
        MANY_TO_MANY,
        joins("Assessment", "auditors", "Organization", "examinations"),
        "Who examined it.",
        text("signed_at", "The place at which the opinion was signed."),
        shared=True,
    ),
    stated(
        "PERFORMED_UNDER",
        MANY_TO_MANY,
        joins("Assessment", "standards", "Framework", "performed"),
        "The professional standard under which the examination was performed.",
        shared=True,
    ),
    stated(
        "QUALIFIED_ON",
        MANY_TO_MANY,
        joins("Assessment", "qualifiedOn", "ControlObjective Requirement", "qualifications"),
        "What the opinion is qualified on.",
        choice(
            "aspect",
            "QualifiedAspect",
            ("description", "design", "operating_effectiveness"),
            "In which respect.",
        ),
        verbatim("reason", "Why, as the auditor words it."),
    ),
    stated(
        "RELIES_ON",
        MANY_TO_MANY,
        joins("Assessment", "subserviceOrganizations", "Organization", "reliedOnBy"),
        "A subservice organization on which the system relies.",
        choice("method", "SubserviceMethod", ("carve_out", "inclusive"), "How the report treats it."),
        text("service", "What the subservice organization provides."),
        shared=True,
    ),
    stated(
        "EVALUATES",
        MANY_TO_MANY,
        joins("Assessment", "requirements", "Requirement", "assessments"),
        "A requirement that the assessment evaluates or declares not applicable.",
        boolean("applicable", "False where the document declares that it does not apply."),
        verbatim("rationale", "Why it does not apply."),
        shared=True,
    ),
)

CONTROLS = (
    stated(
        "HAS_OBJECTIVE",
        ONE_TO_MANY,
        joins("Assessment", "objectives", "ControlObjective", "assessment"),
        "A control objective of the report.",
    ),
    stated(
        "HAS_CONTROL",
        ONE_TO_MANY,
        joins("Assessment", "controls", "Control", "assessment"),
        "A control of the report.",
    ),
    stated(
        "HAS_USER_ENTITY_CONTROL",
        ONE_TO_MANY,
        joins("Assessment", "userEntityControls", "UserEntityControl", "assessment"),
        "A complementary user entity control of the report.",
    ),
    stated(
        "HAS_SUBSERVICE_CONTROL",
        ONE_TO_MANY,
        joins("Assessment", "subserviceControls", "SubserviceControl", "assessment"),
        "A complementary subservice organization control of the report.",
    ),
    stated(
        "HAS_COMMITMENT",
        ONE_TO_MANY,
        joins("Assessment", "commitments", "Commitment", "assessment"),
        "A service commitment or system requirement of the report.",
    ),
    stated(
        "ACHIEVES",
        MANY_TO_MANY,
        joins("Control", "objectives", "ControlObjective", "controls"),
        "The control objective that the control is to achieve (SOC 1).",
    ),
    stated(
        "ADDRESSES",
        MANY_TO_MANY,
        joins("Control", "requirements", "Requirement", "controls"),
        "The requirement that the control addresses.",
        shared=True,
    ),
    stated("HAS_TEST", ONE_TO_MANY, joins("Control", "tests", "ControlTest", "control"), "A test of the control."),
    stated(
        "HAS_DEVIATION",
        ONE_TO_MANY,
        joins("ControlTest", "deviations", "Deviation", "test"),
        "A deviation that the test brought up.",
    ),
    stated(
        "CONTINUES",
        MANY_TO_MANY,
        joins("Control", "continues", "Control", "continuedBy"),
        "The same control of the same provider in the report before.",
    ),
    stated(
        "REVISES",
        MANY_TO_ONE,
        joins("ControlRevision", "control", "Control", "revisions"),
        "The control whose wording changed.",
    ),
    stated(
        "SPECIFIC_TO",
        MANY_TO_MANY,
        fans("Control:controls UserEntityControl:userEntityControls", "services", "Service"),
        "The service for which alone the control is marked.",
        shared=True,
    ),
    stated(
        "PERFORMED_BY",
        MANY_TO_MANY,
        joins("Control", "performedBy", "Organization", "performs"),
        "The inclusive subservice organization that performs the control.",
        shared=True,
    ),
    stated(
        "COMPLEMENTS",
        MANY_TO_MANY,
        tuple(
            Pair(start, field, end, end_field)
            for start, end_field in (
                ("UserEntityControl", "userEntityControls"),
                ("SubserviceControl", "subserviceControls"),
            )
            for field, end in (("objectives", "ControlObjective"), ("requirements", "Requirement"))
        ),
        "What it helps to achieve.",
    ),
    stated(
        "EXPECTED_OF",
        MANY_TO_MANY,
        joins("SubserviceControl", "organizations", "Organization", "expectedControls"),
        "The subservice organization of which it is expected.",
        shared=True,
    ),
    stated(
        "CITED_IN",
        MANY_TO_MANY,
        joins("Control", "narrative", "Citation", "controls"),
        "Where the narrative refers to the control.",
    ),
    stated(
        "INSPECTED_IN",
        MANY_TO_MANY,
        joins("Policy", "assessments", "Assessment", "policies"),
        "The assessment in which the policy was inspected.",
        shared=True,
    ),
)

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


def provenance_of_all(labels: tuple[str, ...]) -> tuple[RelationshipType, ...]:
    """The relationships that every label has but documents, citations, names and loads."""
    cited = " ".join(label for label in labels if label not in UNCITED_LABELS)
    states = integer_internal("precedence", "Where in its document the fact is stated: lower wins (rule 3).")
    return (
        stated("HAS_NAME", ONE_TO_MANY, joins(cited, "names", "Name", "entity"), "A name of the entity."),
        RelationshipType(
            "EVIDENCED_BY",
            "The citation that states it; the relationship carries the property values that the citation states.",
            joins(cited, "citations", "Citation", "evidences"),
            MANY_TO_MANY,
            (states,),
            cited=False,
            carries_values=True,
        ),
        RelationshipType(
            "FROM_DOCUMENT",
            "The document in which the lines stand.",
            joins("Citation", "document", "Document", "evidence"),
            MANY_TO_ONE,
            cited=False,
        ),
    )


def integer_internal(key: str, description: str) -> Property:
    """A whole number that no door shows."""
    return Property(key, description, ValueType.INTEGER, internal=True)


def relationships(labels: tuple[str, ...]) -> tuple[RelationshipType, ...]:
    """All relationship types over those labels."""
    return (
        *SCOPE,
        *EXAMINATION,
        *CONTROLS,
        *CATALOGUE,
        *FRAMEWORKS,
        *PROVENANCE,
        *provenance_of_all(labels),
    )
