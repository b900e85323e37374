"""What a loader stated of one report, read back in the shape of an expected.json and under its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.identifiers import fold
from graph.merging import Graph, Node, Statements, merge
from graph.records import DocumentFacts, Value
from tests.reports.truth import Truth
from tests.reports.view import View, view

Found = dict[str, Any]

ASSESSMENT = [
    "system_name",
    "report_type",
    "period_start",
    "period_end",
    "as_of",
    "opinion",
    "opinion_date",
    "emphasis",
]
CONTROL = ["number", "statement", "owner", "frequency", "nature", "operated"]
TEST = ["procedure", "result", "result_text", "result_scope"]
DEVIATION = ["statement", "sample_size", "occurrences", "response", "response_examined", "remediated_on"]
SCOPE = {"Service": "services", "Region": "regions", "EdgeLocation": "edge_locations", "Facility": "facilities"}
CRITERIA = "Trust Services Criteria"
_NOISE = re.compile(r"\b(sections?|no|number|the|revised)\b|[^\w\s-]")


def read_back(facts: DocumentFacts, truth: Truth) -> Found:
    """What the facts say of the report, in the truth's shape."""
    statements = Statements()
    statements.add(facts)
    graph, _ = merge(statements)
    told: Found = {"document": {key: facts.document.get(key) for key in ("kind", "distribution")}}
    reports = _reports(graph)
    if not reports:
        return told
    reader = _Reader(view(graph), reports[0], truth)
    others = [str(other.values["name"]) for other in reports[1:]]
    terms = [node for node in graph.nodes.values() if node.label == "GlossaryTerm"]
    glossary = [reader.view.called(node, truth.get("glossary", [])) for node in terms]
    return {**told, **reader.report(), "glossary": glossary, "assessments": others}


def _reports(graph: Graph) -> list[Node]:
    """The assessments, that of which most is said first."""
    said = dict.fromkeys((id_ for id_, node in graph.nodes.items() if node.label == "Assessment"), 0)
    for edge in graph.edges.values():
        for end in (edge.start, edge.end):
            if end in said:
                said[end] += 1
    return [graph.nodes[id_] for id_, _ in sorted(said.items(), key=lambda item: (-item[1], item[0]))]


@dataclass(frozen=True, slots=True)
class _Reader:
    view: View
    node: Node
    truth: Truth

    def report(self) -> Found:
        found: Found = _values(self.node, ASSESSMENT)
        categories = self.node.values.get("trust_services_categories", ())
        assert isinstance(categories, tuple)
        found["trust_services_categories"] = [str(category).casefold().replace(" ", "_") for category in categories]
        found |= self._provider() | self._frameworks() | self._scope() | self._lists()
        found["excluded_services"] = self._names("EXCLUDED_FROM", "excluded_services")
        found["policies"] = self._names("INSPECTED_IN", "policies")
        return found

    def _provider(self) -> Found:
        found: Found = {}
        for provider, _ in self.view.out("OF_PROVIDER", self.node):
            found["provider"] = self.view.called(provider, [self.truth.get("provider")])
        for auditor, values in self.view.out("EXAMINED_BY", self.node):
            name = self.view.called(auditor, [self.truth.get("auditor", {}).get("name")])
            found["auditor"] = {"name": name, "signed_at": values.get("signed_at")}
        return found

    def _frameworks(self) -> Found:
        expected = [self.truth.get("framework"), *self.truth.get("other_frameworks", [])]
        against = [self.view.called(node, expected) for node, _ in self.view.out("AGAINST", self.node)]
        against = [name for name in against if name != CRITERIA]
        main = next((name for name in against if name == expected[0]), against[0] if against else None)
        standards = [self._standard(node) for node, _ in self.view.out("PERFORMED_UNDER", self.node)]
        return {"framework": main, "other_frameworks": [n for n in against if n != main], "standards": standards}

    def _standard(self, node: Node) -> str:
        known = {_plain(name): name for name in self.truth.get("standards", [])}
        names = self.view.names(node)
        return next((known[_plain(name)] for name in names if _plain(name) in known), names[0])

    def _scope(self) -> Found:
        found: Found = {"regions": [], "facilities": [], "services": [], "edge_locations": [], "out_of_scope": []}
        for node, values in self.view.into("IN_SCOPE_OF", self.node):
            never = self._never(node)
            if never:
                found["out_of_scope"].append(never)
            elif node.label == "EdgeLocation":
                found["edge_locations"].append(self.view.called(node, self.truth.get("edge_locations", [])))
            else:
                found[SCOPE[node.label]].append(self._member(node, values))
        relied = self.view.out("RELIES_ON", self.node)
        found["subservice_organizations"] = [
            {"name": self._called(node, "subservice_organizations"), **_some(values, ["method", "service"])}
            for node, values in relied
        ]
        return found

    def _never(self, node: Node) -> str | None:
        names = {fold(name) for name in [*self.view.names(node), str(node.values.get("city", ""))]}
        return next((name for name in self.truth.get("never_in_scope", []) if fold(name) in names), None)

    def _member(self, node: Node, values: Mapping[str, Value]) -> Found:
        said = _some(values, ["qualification", "from", "to", "role"])
        country = next((str(c.values["code"]) for c, _ in self.view.out("LOCATED_IN", node)), None)
        if node.label == "Service":
            return {"name": self._called(node, "services"), **said}
        if node.label == "Facility":
            return {**_values(node, ["kind", "city", "subdivision", "use"]), "country": country, **said}
        return {**self._region(node), "country": country, **said}

    def _region(self, node: Node) -> Found:
        """A Region under the key of the truth's that has its code or one of its names."""
        names = {fold(name) for name in self.view.names(node)}
        expected = self.truth.get("regions", [])
        twin: Truth = next((r for r in expected if names & {fold(r[k]) for k in ("code", "name") if k in r}), {})
        operators = [operator for operator, _ in self.view.out("OPERATED_BY", node)]
        operator = next((self.view.called(o, [twin.get("operator")]) for o in operators), None)
        key = twin.get("code") or twin.get("name") or node.values.get("code") or node.values["name"]
        name = self.view.called(node, [twin.get("name")])
        return {"key": key, "name": name, "operator": operator, **_values(node, ["code"])}

    def _lists(self) -> Found:
        told, titles = self.view.out, {str(o["number"]): o.get("title") for o in self.truth.get("objectives", [])}
        return {
            "objectives": [
                {
                    **_values(n, ["number", "statement"]),
                    "title": self.view.called(n, [titles.get(str(n.values["number"]))]),
                }
                for n, _ in told("HAS_OBJECTIVE", self.node)
            ],
            "requirements": [
                {"code": _code(n), **_some(values, ["applicable", "rationale"])}
                for n, values in told("EVALUATES", self.node)
            ],
            "qualified_on": [
                {"on": _code(n), **_some(values, ["aspect"])} for n, values in told("QUALIFIED_ON", self.node)
            ],
            "controls": [self._control(n) for n, _ in told("HAS_CONTROL", self.node)],
            "user_entity_controls": [
                {**_values(n, ["number", "area", "statement"]), **self._complements(n), **self._services(n)}
                for n, _ in told("HAS_USER_ENTITY_CONTROL", self.node)
            ],
            "subservice_controls": [
                {**_values(n, ["number", "statement"]), **self._complements(n), **self._expected_of(n)}
                for n, _ in told("HAS_SUBSERVICE_CONTROL", self.node)
            ],
            "commitments": [_values(n, ["category", "statement"]) for n, _ in told("HAS_COMMITMENT", self.node)],
        }

    def _objective(self, node: Node) -> Found:
        titles = [o.get("title") for o in self.truth.get("objectives", []) if o["number"] == node.values.get("number")]
        return {**_values(node, ["number", "statement"]), "title": self.view.called(node, titles)}

    def _control(self, node: Node) -> Found:
        objectives = [_code(n) for n, _ in self.view.out("ACHIEVES", node)]
        requirements = [_code(n) for n, _ in self.view.out("ADDRESSES", node)]
        performers = [n for n, _ in self.view.out("PERFORMED_BY", node)]
        return {
            **_values(node, CONTROL),
            "objectives": objectives,
            "requirements": requirements,
            "performed_by": [self._called(n, "subservice_organizations") for n in performers],
            **self._services(node),
            "tests": [self._test(test) for test, _ in self.view.out("HAS_TEST", node)],
        }

    def _test(self, node: Node) -> Found:
        methods = node.values.get("methods", ())
        assert isinstance(methods, tuple)
        deviations = [_values(deviation, DEVIATION) for deviation, _ in self.view.out("HAS_DEVIATION", node)]
        return {**_values(node, TEST), "methods": list(methods), "deviations": deviations}

    def _complements(self, node: Node) -> Found:
        ends = [end for end, _ in self.view.out("COMPLEMENTS", node)]
        objectives = [_code(end) for end in ends if end.label == "ControlObjective"]
        return {"objectives": objectives, "requirements": [_code(end) for end in ends if end.label == "Requirement"]}

    def _services(self, node: Node) -> Found:
        return {"services": [self._called(service, "services") for service, _ in self.view.out("SPECIFIC_TO", node)]}

    def _expected_of(self, node: Node) -> Found:
        ends = self.view.out("EXPECTED_OF", node)
        return {"organizations": [self._called(end, "subservice_organizations") for end, _ in ends]}

    def _called(self, node: Node, key: str) -> str:
        return self.view.called(node, [thing["name"] for thing in self.truth.get(key, [])])

    def _names(self, type_: str, key: str) -> list[str]:
        ends = [*self.view.out(type_, self.node), *self.view.into(type_, self.node)]
        return [self.view.called(node, self.truth.get(key, [])) for node, _ in ends]


def _code(node: Node) -> str:
    return str(node.values.get("code", node.values.get("number", node.values["name"])))


def _values(node: Node, keys: Iterable[str]) -> Found:
    return _some(node.values, keys)


def _some(values: Mapping[str, Value], keys: Iterable[str]) -> Found:
    return {key: values[key] for key in keys if key in values}


def _plain(standard: str) -> str:
    """A standard's name without what one author writes and another leaves out."""
    plain = " ".join(_NOISE.sub(" ", fold(standard)).split())
    return "aicpa attestation standards" if "attestation standards" in plain else plain
