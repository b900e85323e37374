"""Relationship types of an assessment: what it covers, who examined it, its objectives, controls and tests."""

from __future__ import annotations

from graph.model.joining import MANY_TO_MANY, MANY_TO_ONE, ONE_TO_MANY, fans, joins, stated
from graph.model.types import Pair
from graph.model.vocabulary import boolean, choice, date, text, verbatim

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
