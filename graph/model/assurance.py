"""Labels of assurance: frameworks, assessments, objectives, controls, tests, and what is left to others."""

from __future__ import annotations

from graph.model.types import NodeType
from graph.model.vocabulary import (
    FREQUENCIES,
    IDENTITY,
    METHODS,
    RESULTS,
    STATUSES,
    boolean,
    choice,
    date,
    integer,
    ordinal,
    text,
    verbatim,
)

NAMED = (("name",),)
PERIOD_MONTHS = "The length of the period in months; one document can give several, each with its citation."

FRAMEWORK = NodeType(
    "Framework",
    "frameworks",
    "A standard, law, certification or programme against which is assessed.",
    "name",
    (
        *IDENTITY,
        choice(
            "kind",
            "FrameworkKind",
            ("attestation", "certification", "regulation", "standard", "program", "guideline"),
            "What kind of framework it is.",
        ),
        text("full_name", "Its name written out."),
        text("edition", "The edition that a document names."),
        integer("element_count", "How many elements it has, as a document states."),
        text("element_kind", "What those elements are, such as questions."),
    ),
    lookups=NAMED,
    colour="#BF616A",
)

REQUIREMENT = NodeType(
    "Requirement",
    "requirements",
    "A unit of a framework, shared by all reports: a criterion, a control, a clause.",
    "framework + code",
    (
        *IDENTITY,
        text("code", "The framework's own code, such as CC6.1.", natural=True),
        choice(
            "kind",
            "RequirementKind",
            ("criterion", "control", "clause", "requirement"),
            "What the framework calls it.",
        ),
        text("category", "The framework's heading above it."),
        verbatim("statement", "Its wording."),
    ),
    order=("code",),
    lookups=(("code",),),
    colour="#C97B82",
)

ASSESSMENT = NodeType(
    "Assessment",
    "assessments",
    "One claim of conformity: a report, a certificate, an authorization, a statement.",
    "provider + framework + report type + period end, or as-of date, or document date, or the document's hash",
    (
        *IDENTITY,
        choice("status", "AssessmentStatus", STATUSES, "What the provider claims."),
        choice(
            "report_type",
            "ReportType",
            ("type_1", "type_2"),
            "Type 1 (design, as of a date) or Type 2 (a period).",
        ),
        text("levels", "The levels, tiers or baselines of the claim, as written.", many=True),
        text("framework_edition", "The edition of the framework that the claim names."),
        text("system_name", "The name of the system that was examined."),
        date("period_start", "The first day of the period."),
        date("period_end", "The last day of the period."),
        date("as_of", "The date as of which the claim holds."),
        choice(
            "opinion",
            "Opinion",
            ("unqualified", "qualified", "adverse", "disclaimer"),
            "The auditor's opinion.",
        ),
        date("opinion_date", "The date of the auditor's opinion."),
        verbatim("emphasis", "The auditor's emphasis of a matter."),
        text("trust_services_categories", "The trust services categories in scope.", many=True),
        verbatim("purpose", "What the report is for, as the document words it."),
        text("audience", "Whom the report is for."),
        choice(
            "availability",
            "Availability",
            ("public", "under_nda", "customers"),
            "To whom the report is given.",
        ),
        choice(
            "cadences",
            "Cadence",
            ("quarterly", "semiannual", "annual"),
            "How often the report is issued; each stated value with its own citation.",
            many=True,
        ),
        integer("period_months", PERIOD_MONTHS, many=True),
        text("release_months", "The months in which reports are released.", many=True),
    ),
    order=("name",),
    colour="#D08770",
)

CONTROL_OBJECTIVE = NodeType(
    "ControlObjective",
    "controlObjectives",
    "An aim that a report's controls are to achieve (SOC 1); its name is its title.",
    "assessment + number",
    (
        *IDENTITY,
        text("number", "The report's number of the objective.", natural=True),
        verbatim("statement", "The objective's wording."),
    ),
    order=("number",),
    lookups=(("number", "assessment"),),
    colour="#EBCB8B",
    required=("id", "name", "number"),
)

CONTROL = NodeType(
    "Control",
    "controls",
    "A control of one report; CONTINUES joins it to the same control of the report before.",
    "assessment + number",
    (
        *IDENTITY,
        text("number", "The report's number of the control, with its prefix.", natural=True),
        verbatim("statement", "The control's wording, without marks such as the service it is specific to."),
        text("title", "A short title in this project's own words."),
        boolean("service_specific", "Whether the report marks the control as specific to services."),
        choice("frequency", "ControlFrequency", FREQUENCIES, "How often the control operates."),
        choice("nature", "ControlNature", ("manual", "automated"), "Whether people or systems perform it."),
        text("owner", "Who performs it."),
        boolean("operated", "False where there was no occasion for the control in the period."),
    ),
    order=("number",),
    lookups=(("number", "assessment"),),
    colour="#5E81AC",
    required=("id", "name", "number"),
)

CONTROL_TEST = NodeType(
    "ControlTest",
    "controlTests",
    "What the auditor did to test a control, and with what result.",
    "control + ordinal",
    (
        *IDENTITY,
        ordinal("the tests of the control"),
        verbatim("procedure", "What the auditor did, as the report words it."),
        choice("methods", "TestMethod", METHODS, "How it was tested.", many=True),
        choice("result", "TestResult", RESULTS, "The result; null with a warning where its wording is unknown."),
        verbatim("result_text", "The result, as the report words it."),
        choice(
            "result_scope",
            "ResultScope",
            ("test", "control"),
            "Whether the result line answers for this test or for all tests of the control.",
        ),
    ),
    order=("ordinal",),
    colour="#81A1C1",
    required=("id", "name", "ordinal"),
)

DEVIATION = NodeType(
    "Deviation",
    "deviations",
    "A deviation that the auditor noted.",
    "test + ordinal",
    (
        *IDENTITY,
        ordinal("the deviations of the test"),
        verbatim("statement", "The deviation, as the report words it."),
        integer("sample_size", "How many items were in the sample."),
        integer("occurrences", "In how many of them the control failed."),
        verbatim("response", "Management's response."),
        boolean("response_examined", "Whether the auditor examined the response."),
        date("remediated_on", "When it was remediated."),
    ),
    order=("ordinal",),
    colour="#BF616A",
    required=("id", "name", "ordinal"),
)

USER_ENTITY_CONTROL = NodeType(
    "UserEntityControl",
    "userEntityControls",
    "A complementary user entity control: what is left for the customer to do.",
    "assessment + ordinal",
    (
        *IDENTITY,
        ordinal("the user entity controls of the report"),
        text("number", "The report's number, where it has one.", natural=True),
        text("area", "The heading under which the report puts it, where that is no control objective by its number."),
        verbatim("statement", "Its wording."),
    ),
    order=("ordinal",),
    colour="#A3BE8C",
    required=("id", "name", "ordinal"),
)

SUBSERVICE_CONTROL = NodeType(
    "SubserviceControl",
    "subserviceControls",
    "A complementary control that is expected of a subservice organization.",
    "assessment + ordinal",
    (
        *IDENTITY,
        ordinal("the subservice controls of the report"),
        text("number", "The report's number, where it has one.", natural=True),
        verbatim("statement", "Its wording."),
    ),
    order=("ordinal",),
    colour="#8FBCBB",
    required=("id", "name", "ordinal"),
)

COMMITMENT = NodeType(
    "Commitment",
    "commitments",
    "A service commitment or system requirement.",
    "assessment + ordinal",
    (
        *IDENTITY,
        ordinal("the commitments of the report"),
        text("category", "The heading under which the report puts it."),
        verbatim("statement", "Its wording."),
    ),
    order=("ordinal",),
    colour="#88C0D0",
    required=("id", "name", "ordinal"),
)

CONTROL_REVISION = NodeType(
    "ControlRevision",
    "controlRevisions",
    "A change of a control's wording from one period to the next.",
    "control + ordinal",
    (
        *IDENTITY,
        ordinal("the revisions of the control"),
        verbatim("from_statement", "The wording before."),
        verbatim("to_statement", "The wording after."),
        text("from_period", "The period of the old wording, as written."),
        text("to_period", "The period of the new wording, as written."),
        date("changed_on", "When it was changed."),
        verbatim("rationale", "Why it was changed."),
    ),
    order=("ordinal",),
    colour="#B48EAD",
    required=("id", "name", "ordinal"),
)

POLICY = NodeType(
    "Policy",
    "policies",
    "A policy of the provider that a report names.",
    "assessment's provider + name",
    IDENTITY,
    lookups=NAMED,
    colour="#7B88A1",
)

LABELS: tuple[NodeType, ...] = (
    FRAMEWORK,
    REQUIREMENT,
    ASSESSMENT,
    CONTROL_OBJECTIVE,
    CONTROL,
    CONTROL_TEST,
    DEVIATION,
    USER_ENTITY_CONTROL,
    SUBSERVICE_CONTROL,
    COMMITMENT,
    CONTROL_REVISION,
    POLICY,
)
