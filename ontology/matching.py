"""Which terms of nine known vocabularies are broader than ours, and which come close: reviewed, one table each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ontology.namespaces import D3F, DCAT, DCTERMS, DPV, EARL, OA, PROV, SCHEMA, SKOS, SKOSXL, Vocabulary


@dataclass(frozen=True, slots=True)
class Matches:
    """The matches with one vocabulary: `broader` makes ours a special case, `close` says that they mean nearly one."""

    name: str
    title: str
    vocabularies: tuple[Vocabulary[str], ...]
    broader: Mapping[str, str]
    close: Mapping[str, str]

    def iri(self, term: str) -> str:
        """The IRI of a foreign term, looked for in the closed vocabularies in turn."""
        *others, last = self.vocabularies
        return next((vocabulary[term] for vocabulary in others if term in vocabulary), "") or last[term]


def _table(text: str) -> dict[str, str]:
    """`Service=Service Region=Place` as ours to theirs."""
    return dict(pair.split("=") for pair in text.split())


MATCHES = (
    Matches(
        "schema",
        "schema.org",
        (SCHEMA,),
        _table(
            "Organization=Organization Service=Service Region=Place EdgeLocation=Place Facility=Place Country=Country "
            "GlossaryTerm=DefinedTerm Resource=WebPage locatedIn=containedInPlace"
        ),
        _table(
            "Document=DigitalDocument ServiceCategory=CategoryCode Assessment=Report id=identifier name=name "
            "aliases=alternateName description=description url=url city=addressLocality subdivision=addressRegion "
            "ofProvider=provider partOf=isPartOf mentions=mentions definedIn=inDefinedTermSet mediaType=encodingFormat "
            "pages=numberOfPages sha256=sha256 audience=audience validFrom=validFrom validTo=validThrough "
            "publisher=publisher title=name basedOn=isBasedOn code=termCode inCategory=category category=category"
        ),
    ),
    Matches(
        "prov",
        "PROV-O",
        (PROV,),
        _table(
            "Document=Entity Citation=Entity Statement=Entity LoadRun=Activity Organization=Organization "
            "citation=wasDerivedFrom startedAt=startedAtTime finishedAt=endedAtTime"
        ),
        _table(
            "DocumentRevision=Revision ControlRevision=Revision revises=wasRevisionOf evidencedBy=wasDerivedFrom "
            "fromDocument=hadPrimarySource quote=value continues=wasRevisionOf"
        ),
    ),
    Matches(
        "earl",
        "EARL 1.0",
        (EARL,),
        _table("ControlTest=TestCase"),
        _table(
            "TestResult=OutcomeValue result=outcome resultText=info TestMethod=TestMode methods=mode Deviation=Fail "
            "Requirement=TestRequirement ControlObjective=TestCriterion noDeviation=passed deviation=failed "
            "notTested=untested"
        ),
    ),
    Matches(
        "oa",
        "the Web Annotation vocabulary",
        (OA,),
        _table("Citation=SpecificResource fromDocument=hasSource"),
        _table("quote=exact"),
    ),
    Matches(
        "skos",
        "SKOS and SKOS-XL",
        (SKOS, SKOSXL),
        _table("Name=Label text=literalForm"),
        _table(
            "GlossaryTerm=Concept ServiceCategory=Concept definition=definition aliases=altLabel name=prefLabel "
            "code=notation mappedTo=mappingRelation"
        ),
    ),
    Matches(
        "dcat",
        "DCAT 3",
        (DCAT,),
        {},
        _table("periodStart=startDate periodEnd=endDate mediaType=mediaType url=landingPage Resource=Resource"),
    ),
    Matches(
        "dcterms",
        "DCMI Metadata Terms",
        (DCTERMS,),
        _table("Framework=Standard supersedes=replaces subsetOf=isPartOf partOf=isPartOf refersTo=references"),
        _table(
            "Document=BibliographicResource Policy=Policy Region=Location EdgeLocation=Location Facility=Location "
            "Country=Location Cadence=Frequency ControlFrequency=Frequency Distribution=RightsStatement title=title "
            "publisher=publisher published=issued distribution=accessRights availability=accessRights mediaType=format "
            "kind=type id=identifier description=description audience=audience cadences=accrualPeriodicity date=date "
            "changedOn=modified against=conformsTo performedUnder=conformsTo issuedBy=publisher hasRequirement=hasPart "
            "inCategory=subject mentions=references"
        ),
    ),
    Matches(
        "d3fend",
        "MITRE D3FEND",
        (D3F,),
        {},
        _table(
            "Organization=Organization Document=DigitalDocument Facility=PhysicalLocation "
            "EdgeLocation=PhysicalLocation Requirement=ExternalControl url=URL"
        ),
    ),
    Matches(
        "dpv",
        "the Data Privacy Vocabulary",
        (DPV,),
        {},
        _table(
            "Organization=Organisation Service=Service Country=Country Framework=Standard Policy=Policy "
            "Assessment=ConformanceAssessment Control=TechnicalOrganisationalMeasure "
            "UserEntityControl=TechnicalOrganisationalMeasure SubserviceControl=TechnicalOrganisationalMeasure "
            "Commitment=Obligation AssessmentStatus=ConformanceStatus ControlFrequency=Frequency locatedIn=hasCountry "
            "ofProvider=hasServiceProvider result=hasOutcome frequency=hasFrequency"
        ),
    ),
)
