"""What Neo4j Browser takes from us: a style for every label, and saved queries, both made from the model's words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from graph.model import MODEL, NodeType

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive, so that the same queries give the same bytes."""

_FOLDER = "compliance-graph"
_DARK = 140
_SIZES = {"Assessment": 80, "Framework": 65, "Organization": 65, "Citation": 35, "Name": 35}
_DEFAULT_SIZE = 50


def style() -> str:
    """The style sheet (GraSS): a colour, a size and a caption for each label, the type as caption of relationships.

    Entity, which every node has, stands first: Neo4j Browser would make up a rule for it that overrides all others.
    """
    plain = {"diameter": "50px", "color": "#A5ABB6", "text-color-internal": "#FFFFFF"}
    rules = [_rule("node", plain), _rule("node.Entity", plain)]
    rules += [_label_rule(node) for node in MODEL.nodes]
    rules.append(_rule("relationship", {"color": "#A5ABB6", "shaft-width": "1px", "caption": "'<type>'"}))
    return "\n".join(rules)


def saved_queries(queries: Mapping[str, tuple[str, str]]) -> bytes:
    """A ZIP archive of saved queries: by file name a title and the query; Neo4j Browser makes favourites of it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, (title, query) in sorted(queries.items()):
            info = zipfile.ZipInfo(f"{_FOLDER}/{name}.cypher", _FIRST_DAY)
            opened.writestr(info, f"// {title}\n{query.strip()}\n")
    return archive.getvalue()


def _label_rule(node: NodeType) -> str:
    size = _SIZES.get(node.label, _DEFAULT_SIZE)
    values = {
        "color": node.colour,
        "border-color": node.colour,
        "text-color-internal": _text_colour(node.colour),
        "diameter": f"{size}px",
        "caption": "'{name}'",
    }
    return _rule(f"node.{node.label}", values)


def _rule(selector: str, values: Mapping[str, str]) -> str:
    lines = "".join(f"  {key}: {value};\n" for key, value in values.items())
    return f"{selector} {{\n{lines}}}\n"


def _text_colour(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#FFFFFF" if (red * 299 + green * 587 + blue * 114) / 1000 < _DARK else "#2E3440"
