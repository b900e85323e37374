"""Two small documents of an invented provider, as facts: what tests of stores and doors stand on."""

from __future__ import annotations

from graph.identifiers import identify, identify_below
from graph.records import DocumentFacts
from loaders.facts import Notebook
from loaders.inputs.documents import document_from

REPORT = """Northwind Cloud
SOC 1 report, 2023-01-01 to 2023-12-31
- Northwind Objects (objects)
- Northwind Queues (queues) [without dead letters]
- Northwind Tables
Harbour (nw-harbour-1), Norway
1. Access
1.1 Access is granted on request. Inquired. No deviations noted.
1.2 Access is reviewed. Inspected. A deviation was noted.
1.10 Logs are kept. Observed. No samples.
2. Change
2.1 Changes are tested. Inspected. No deviations noted.
Objects-Specific: keys are rotated.
"""
PAGE = """Northwind Cloud compliance
- Northwind Objects
- Northwind Queue Service
is certified against ISO 27001
"""
PROVIDER = "organization/northwind"
SOC = "assessment/northwind/soc-1-type-2/2023-12-31"
ISO = "assessment/northwind/iso-27001/2021"
TESTS = {
    "1.1": ("1", "Access is granted on request.", 8, "inquiry", "no_deviation"),
    "1.2": ("1", "Access is reviewed.", 9, "inspection", "deviation"),
    "1.10": ("1", "Logs are kept.", 10, "observation", "not_tested"),
    "2.1": ("2", "Changes are tested.", 12, "inspection", "no_deviation"),
}


def report() -> DocumentFacts:
    """The restricted report: scope, objectives, controls, tests."""
    book = Notebook(document_from(REPORT.encode(), "report"))
    provider = book.state("Organization", PROVIDER, book.cite(1), name="Northwind Cloud")
    soc = book.state(
        "Assessment",
        SOC,
        book.cite(2),
        name="SOC 1 Type 2 2023",
        status="attested",
        report_type="type_2",
        period_start="2023-01-01",
        period_end="2023-12-31",
    )
    book.link("OF_PROVIDER", soc, provider, book.cite(2))
    framework = book.state("Framework", "framework/soc-1", book.cite(2), name="SOC 1", kind="attestation")
    book.link("AGAINST", soc, framework, book.cite(2))
    _scope(book, provider, soc)
    _controls(book, soc)
    return book.close(
        {"title": "SOC 1 report", "kind": "soc_1_report", "distribution": "restricted"}, "2023-12-31"
    ).facts


def page() -> DocumentFacts:
    """The public page of 2021: a certificate and two services, one under a former name."""
    book = Notebook(document_from(PAGE.encode(), "page"))
    provider = book.state("Organization", PROVIDER, book.cite(1), name="Northwind Cloud")
    iso = book.state("Assessment", ISO, book.cite(4), name="ISO 27001", status="certified")
    book.link("OF_PROVIDER", iso, provider, book.cite(1, 4))
    framework = book.state("Framework", "framework/iso-27001", book.cite(4), name="ISO 27001", kind="standard")
    book.link("AGAINST", iso, framework, book.cite(4))
    for line, key, name, kind in (
        (2, "objects", "Northwind Objects", "canonical"),
        (3, "queues", "Northwind Queue Service", "former"),
    ):
        service = book.state(
            "Service",
            f"service/northwind/northwind-{key}",
            book.cite(line),
            name=name,
            description=f"What {key} do.",
        )
        book.name(service, name, kind, book.cite(line))
        book.link("OF_PROVIDER", service, provider, book.cite(line))
        book.link("INCLUDES_SERVICE", iso, service, book.cite(line))
    return book.close({"title": "Compliance page", "kind": "security_overview_page"}, "2021").facts


def _scope(book: Notebook, provider: str, soc: str) -> None:
    for line, name, namespace, qualification in (
        (3, "Northwind Objects", "objects", None),
        (4, "Northwind Queues", "queues", "without dead letters"),
        (5, "Northwind Tables", None, None),
    ):
        cited = book.cite(line, section=["Northwind Cloud", "Scope"])
        id_ = identify("Service", "northwind", name)
        book.state("Service", id_, cited, name=name, namespaces=(namespace,) if namespace else None)
        book.name(id_, name, "canonical", cited)
        book.link("OF_PROVIDER", id_, provider, cited)
        book.link("IN_SCOPE_OF", id_, soc, cited, name_as_written=name, qualification=qualification)
    cited = book.cite(6)
    country = book.state("Country", "country/no", cited, name="Norway", code="NO")
    region = book.state("Region", "region/northwind/nw-harbour-1", cited, name="Harbour", code="nw-harbour-1")
    book.link("LOCATED_IN", region, country, cited)
    book.link("OPERATED_BY", region, provider, cited)
    book.link("IN_SCOPE_OF", region, soc, cited)


def _controls(book: Notebook, soc: str) -> None:
    for number, line, title in (("1", 7, "Access"), ("2", 11, "Change")):
        objective = identify_below("ControlObjective", soc, number)
        book.state("ControlObjective", objective, book.cite(line), name=title, number=number)
        book.link("HAS_OBJECTIVE", soc, objective, book.cite(line))
    for number, (objective, statement, line, method, result) in TESTS.items():
        cited = book.cite(line)
        control = identify_below("Control", soc, number)
        book.state("Control", control, cited, name=number, number=number, statement=statement, service_specific=False)
        book.link("HAS_CONTROL", soc, control, cited)
        book.link("ACHIEVES", control, identify_below("ControlObjective", soc, objective), cited)
        test = identify_below("ControlTest", control, "1")
        book.state("ControlTest", test, cited, name=f"{number} test 1", ordinal=1, methods=(method,), result=result)
        book.link("HAS_TEST", control, test, cited)
    objects = identify("Service", "northwind", "Northwind Objects")
    cited = book.cite(13)
    keys = identify_below("Control", soc, "2.2")
    book.state("Control", keys, cited, name="2.2", number="2.2", statement="Keys are rotated.", service_specific=True)
    book.link("HAS_CONTROL", soc, keys, cited)
    book.state("Service", objects, cited, precedence=2, name="Northwind Objects")
    book.link("SPECIFIC_TO", keys, objects, cited)
