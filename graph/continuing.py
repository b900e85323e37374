"""Which control continues which: the same number in the report before, of the same provider (CONTINUES)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from graph.identifiers import label_of
from graph.merging import Edge, Graph, is_of_rule, joined_citations
from graph.records import DERIVED
from graph.store import Change, Writer

RULE = "same number in the report before"

_OF_PROVIDER = ("OF_PROVIDER",)
_OF_REPORTS = ("OF_PROVIDER", "AGAINST")
_HELD = ("HAS_CONTROL",)
_CONTINUES = ("CONTINUES",)
_DAY = len("2017-03-31")

Before: TypeAlias = Mapping[str, str]
"""The report before each report that has one, by ids."""


def mend(store: Writer, change: Change, around: Iterable[Edge]) -> None:
    """Adds to a change what it makes of CONTINUES; `around` are the relationships of the nodes that it touches.

    The rule: a control continues the one of the same number in the nearest earlier assessment, by period end or as-of
    date, of the same provider against the same frameworks with the same report type. Where any of these is not stated,
    or two assessments could be the nearest, nothing is derived. What a document itself states stays as it states it.
    Only providers whose assessments are touched are looked at.
    """
    touched = _assessments(change, around)
    if not touched:
        return
    was = _reports(store, touched, change)
    old, new = reports_before(was), reports_before(_changed(was, change))
    later = {a for a in old.keys() | new.keys() if touched & {a, old.get(a), new.get(a)} or old.get(a) != new.get(a)}
    if later:
        held = _controls(store, later | {each[a] for each in (old, new) for a in later & each.keys()}, change)
        _replace(change, held, later, {a: new[a] for a in later & new.keys()})


def reports_before(reports: Graph) -> dict[str, str]:
    """The nearest earlier report of each report that has one alone, from assessments with OF_PROVIDER and AGAINST."""
    found: dict[str, str] = {}
    for series in _series(reports):
        moments = _moments(series)
        for earlier, later in pairwise(moments):
            if len(earlier) == 1 and _of_one_day(later):
                found |= {report.id: earlier[0].id for report in later}
    return found


def continued(controls: Graph, before: Before) -> dict[tuple[str, str, str], Edge]:
    """The relationships that the rule derives, from controls with HAS_CONTROL, each with the citations of both."""
    held = _by_number(controls)
    found: dict[tuple[str, str, str], Edge] = {}
    for later, earlier in before.items():
        for number in sorted(held[later].keys() & held[earlier].keys()):
            ones, others = held[later][number], held[earlier][number]
            if len(ones) == len(others) == 1:
                edge = _derived(ones[0], others[0])
                found[edge.key] = edge
    return found


@dataclass(frozen=True, slots=True)
class _Report:
    date: str
    id: str


def _series(reports: Graph) -> list[list[_Report]]:
    """The reports of one provider against the same frameworks with the same type, by date."""
    providers = {e.start: e.end for e in reports.edges.values() if e.type == "OF_PROVIDER"}
    frameworks = defaultdict[str, set[str]](set)
    for edge in reports.edges.values():
        if edge.type == "AGAINST":
            frameworks[edge.start].add(edge.end)
    series = defaultdict[tuple[str, frozenset[str], str], list[_Report]](list)
    for node in reports.nodes.values():
        kind = node.values.get("report_type")
        date = node.values.get("period_end") or node.values.get("as_of")
        if node.id in providers and node.id in frameworks and kind and date:
            series[providers[node.id], frozenset(frameworks[node.id]), str(kind)].append(_Report(str(date), node.id))
    return [sorted(one, key=lambda report: (report.date, report.id)) for one in series.values()]


def _moments(series: list[_Report]) -> list[list[_Report]]:
    """The reports in order, those together of which nobody can say which is earlier: 2017-03 beside 2017-03-31."""
    moments: list[list[_Report]] = []
    for report in series:
        if moments and report.date.startswith(moments[-1][0].date):
            moments[-1].append(report)
        else:
            moments.append([report])
    return moments


def _of_one_day(moment: list[_Report]) -> bool:
    return len(moment) == 1 or all(len(report.date) == _DAY and report.date == moment[0].date for report in moment)


def _by_number(controls: Graph) -> dict[str, dict[str, list[Edge]]]:
    """HAS_CONTROL by assessment and by the number of the control; controls without a number are left out."""
    held: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in controls.edges.values():
        control = controls.nodes.get(edge.end) if edge.type == "HAS_CONTROL" else None
        if control and "number" in control.values:
            held[edge.start][str(control.values["number"])].append(edge)
    return held


def _derived(later: Edge, earlier: Edge) -> Edge:
    citations = joined_citations([later, earlier])
    return Edge("CONTINUES", later.end, earlier.end, {"citations": citations, "assertion": DERIVED, "rule": RULE})


def _assessments(change: Change, around: Iterable[Edge]) -> set[str]:
    """The assessments that a change touches, or a control of theirs."""
    nodes = {*(node.id for node in change.put_nodes), *change.delete_nodes}
    keys = {*(edge.key for edge in change.put_edges), *change.delete_edges}
    controls = {id_ for id_ in nodes if label_of(id_) == "Control"}
    found = {id_ for id_ in nodes if label_of(id_) == "Assessment"}
    found |= {start for type_, start, _ in keys if type_ in (*_OF_REPORTS, *_HELD) and label_of(start) == "Assessment"}
    return found | {edge.start for edge in around if edge.type in _HELD and edge.end in controls}


def _reports(store: Writer, touched: set[str], change: Change) -> Graph:
    """All assessments of the providers whose these are, as the store holds them."""
    of_provider = [*store.leaving(sorted(touched), _OF_PROVIDER), *change.put_edges]
    providers = {edge.end for edge in of_provider if edge.type in _OF_PROVIDER and edge.start in touched}
    found = (edge.start for edge in store.arriving(sorted(providers), _OF_PROVIDER))
    ids = sorted({*touched, *(id_ for id_ in found if label_of(id_) == "Assessment")})
    graph = Graph()
    graph.put(*store.nodes(ids), *store.leaving(ids, _OF_REPORTS))
    return graph


def _controls(store: Writer, assessments: set[str], change: Change) -> Graph:
    """The controls of those assessments, also those that the change gives them, as the store holds them."""
    held = store.leaving(sorted(assessments), _HELD)
    given = (e for e in change.put_edges if e.type in _HELD and e.start in assessments)
    ids = sorted({edge.end for edge in (*held, *given)})
    graph = Graph()
    graph.put(*store.nodes(ids), *held, *store.leaving(ids, _CONTINUES))
    return graph


def _changed(graph: Graph, change: Change) -> Graph:
    """The graph after the change, as far as it matters here."""
    gone = set(change.delete_nodes)
    nodes = {id_: node for id_, node in graph.nodes.items() if id_ not in gone}
    edges = {key: edge for key, edge in graph.edges.items() if key not in set(change.delete_edges)}
    changed = Graph(nodes, edges)
    changed.put(*(node for node in change.put_nodes if node.label in ("Assessment", "Control")))
    changed.put(*(edge for edge in change.put_edges if edge.type in (*_OF_REPORTS, *_HELD, *_CONTINUES)))
    return changed


def _replace(change: Change, was: Graph, later: Collection[str], before: Before) -> None:
    """Adds to the change what the rule derives for the controls of some reports, and takes away what it derived."""
    now = _changed(was, change)
    wanted = continued(now, before)
    starts = {e.end for graph in (was, now) for e in graph.edges.values() if e.type in _HELD and e.start in later}
    present = {key: e for key, e in now.edges.items() if e.type in _CONTINUES and e.start in starts}
    stale = {key for key, edge in present.items() if is_of_rule(edge) and key not in wanted}
    fresh = [e for key, e in wanted.items() if key not in present or (is_of_rule(present[key]) and present[key] != e)]
    change.put_edges = sorted((*change.put_edges, *fresh), key=lambda edge: edge.key)
    change.delete_edges = sorted({*change.delete_edges, *stale} - {edge.key for edge in fresh})
