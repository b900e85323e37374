"""The data dictionary: the model as a page for people, with a picture."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import MODEL, NodeType, Property, RelationshipType

_PICTURED = (
    "IN_SCOPE_OF",
    "AGAINST",
    "OF_PROVIDER",
    "EXAMINED_BY",
    "HAS_OBJECTIVE",
    "HAS_CONTROL",
    "ACHIEVES",
    "HAS_TEST",
    "SPECIFIC_TO",
    "IN_CATEGORY",
    "LOCATED_IN",
    "FROM_DOCUMENT",
)


def dictionary() -> str:
    """The page in Markdown; it changes when the model changes, and only then."""
    return "\n".join(
        [
            "# The model",
            "",
            "Made from `graph/model/` by `cg generate`; changes belong there.",
            "",
            picture(),
            "## Labels",
            "",
            *(line for node in MODEL.nodes for line in _node(node)),
            "## Relationship types",
            "",
            *(line for relationship in MODEL.relationships for line in _relationship(relationship)),
        ]
    )


def picture() -> str:
    """The middle of the model as a Mermaid diagram."""
    lines = ["```mermaid", "graph LR"]
    for type_ in _PICTURED:
        pairs = MODEL.relationship(type_).pairs
        lines += [f"  {pair.start} -->|{type_}| {pair.end}" for pair in pairs]
    return "\n".join([*lines, "  Service -->|EVIDENCED_BY| Citation", "```", ""])


def _node(node: NodeType) -> Iterable[str]:
    yield f"### {node.label}"
    yield ""
    yield f"{node.description} Key: {node.key}. Root fields: `{node.singular}`, `{node.plural}`."
    yield ""
    yield from _properties(node.shown)


def _relationship(relationship: RelationshipType) -> Iterable[str]:
    yield f"### {relationship.type}"
    yield ""
    shared = ", children commonly shared" if relationship.shared else ""
    yield f"{relationship.description} ({relationship.cardinality.value}{shared})"
    yield ""
    if len(relationship.pairs) > len(MODEL.labels) // 2:
        first = relationship.pairs[0]
        yield f"- every cited label `.{first.start_field}` → {first.end} `.{first.end_field}`"
    else:
        yield from (f"- {p.start} `.{p.start_field}` → {p.end} `.{p.end_field}`" for p in relationship.pairs)
    yield ""
    if relationship.shown:
        yield from _properties(relationship.shown)


def _properties(properties: tuple[Property, ...]) -> Iterable[str]:
    yield "| property | type | meaning |"
    yield "|---|---|---|"
    for prop in properties:
        kind = f"{prop.enum}: {', '.join(f'`{v}`' for v in prop.values)}" if prop.values else prop.type.value
        kind = f"list of {kind}" if prop.many else kind
        wording = " The document's own wording." if prop.verbatim else ""
        yield f"| `{prop.key}` | {kind} | {prop.description}{wording} |"
    yield ""
