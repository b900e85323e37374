"""What the store holds, what was loaded, and what may be asked: `stats`, `loadStatus`, `limits`."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from api.inputs import DateTime, label_enum, relationship_enum
from api.limits import Limits
from api.making import Made, object_type
from api.special import Asking, Found, ModelTypes, Special
from graph.merging import Node
from graph.model import camel

_MEANINGS = {
    "head_bytes": "The most bytes of a request's head: its target and its fields.",
    "head_seconds": "How long a request's head may take to come, in seconds.",
    "body_bytes": "The most bytes of a request's body.",
    "body_seconds": "How long a request's body may take to come, in seconds.",
    "tokens": "The most tokens of a document.",
    "depth": "The most fields below one another.",
    "fields": "The most fields of an operation, those of a fragment counted each time it is spread.",
    "aliases": "The most aliases of an operation, counted in the same way.",
    "directives": "The most directives of an operation, counted in the same way.",
    "repeats": "How often one response name may be asked for at one place of the answer.",
    "nodes": "The most nodes that an operation may ask for, by the sizes of its pages.",
    "page": "The most nodes of a page: of `first` and of `last`.",
    "page_default": "The size of a page for which neither is given.",
    "ids": "The most ids of `nodes`.",
    "where_levels": "The most levels of a `where`.",
    "where_branches": "The most conditions of a `where`.",
    "in_values": "The most values of `in`.",
    "order_keys": "The most keys of an `orderBy`.",
    "order_relations": "Through how many relations a key of an `orderBy` leads, at most.",
    "search_words": "The most words of the text of `search`.",
    "seconds": "How long a request may run, in seconds.",
    "response_bytes": "The most bytes of an answer.",
    "together": "How many questions of GraphQL are answered at once; others wait.",
    "sparql_together": "How many SPARQL queries run at once; others wait.",
    "sparql_memory_bytes": "The most bytes of memory that a SPARQL query may take.",
}


def _stats_type(_: ModelTypes) -> Any:
    label, type_ = label_enum(), relationship_enum()
    labels = object_type(
        "LabelCount",
        "How many nodes a label has.",
        {
            "label": Made(label, "The label."),
            "count": Made(int, "The number of its nodes."),
        },
    )
    types = object_type(
        "RelationshipCount",
        "How many relationships a type has.",
        {
            "type": Made(type_, "The type."),
            "count": Made(int, "The number of its relationships."),
        },
    )
    return object_type(
        "Stats",
        "What the store holds.",
        {
            "nodes": Made(int, "The number of all nodes."),
            "relationships": Made(int, "The number of all relationships."),
            "labels": Made(list[labels], "By label, in the order of the model."),  # type: ignore[valid-type]
            "types": Made(list[types], "By type, in the order of the model."),  # type: ignore[valid-type]
        },
    )


def _stats(asking: Asking) -> Any:
    nodes, edges = asking.store.counts()
    labels, types = label_enum(), relationship_enum()
    return {
        "nodes": sum(nodes.values()),
        "relationships": sum(edges.values()),
        "labels": [{"label": labels(label), "count": count} for label, count in nodes.items()],
        "types": [{"type": types(type_), "count": count} for type_, count in edges.items()],
    }


STATS = Special("stats", "What the store holds, in numbers.", _stats_type, _stats)


def _load_type(types: ModelTypes) -> Any:
    run, document = types.label("LoadRun"), types.label("Document")
    return object_type(
        "LoadStatus",
        "Whether all is loaded, when, and from which documents.",
        {
            "complete": Made(bool | None, "Whether the last load was complete; null where the store records no load."),
            "startedAt": Made(DateTime | None, "When the last load began."),
            "finishedAt": Made(DateTime | None, "When it ended; null where it never did."),
            "loaderVersion": Made(str | None, "The version of the loaders that ran."),
            "lastRun": Made(run | None, "The last load."),
            "documents": Made(list[document], "All documents that are loaded, by id."),  # type: ignore[valid-type]
            "message": Made(str, "The state in words, with what to do where it is not complete."),
        },
    )


def _load(asking: Asking) -> Any:
    run = last_run(asking)
    values = run.values if run else {}
    return {
        "complete": values.get("complete"),
        "startedAt": values.get("started_at"),
        "finishedAt": values.get("finished_at"),
        "loaderVersion": values.get("loader_version"),
        "lastRun": Found((run.id,), ("LoadRun",), one=True) if run else None,
        "documents": Found(tuple(node.id for node in asking.store.documents()), ("Document",)),
        "message": _message(run),
    }


def last_run(asking: Asking) -> Node | None:
    """The last load that the store records."""
    runs = list(asking.answering.scan("LoadRun"))
    return max(runs, key=lambda node: int(str(node.values["ordinal"])), default=None)


def _message(run: Node | None) -> str:
    if run is None:
        return "The store records no load; what is missing cannot be told. `cg load` records one."
    if run.values.get("complete") is True:
        return "The last load was complete."
    return "The last load was not complete; facts may be missing. Load the documents again."


LOAD_STATUS = Special("loadStatus", "Whether all is loaded, and from which documents.", _load_type, _load)


def _limits_type(_: ModelTypes) -> Any:
    made = {camel(f.name): Made(float if f.type == "float" else int, _MEANINGS[f.name]) for f in fields(Limits)}
    return object_type("Limits", "What a request may ask; over a limit it is refused with the limit's code.", made)


def _limits(asking: Asking) -> Any:
    return {camel(name): value for name, value in asdict(asking.limits).items()}


LIMITS = Special("limits", "What a request may ask.", _limits_type, _limits)
