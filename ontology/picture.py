"""A picture of the vocabulary in SVG, made from the model: each class where its first relationship leads to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from graph.model import MODEL, RelationshipType
from ontology.terms import words

_ROOT = "Assessment"
_OF_ALL = ("EVIDENCED_BY", "HAS_NAME")
"""What nearly every class has is said below the picture, not drawn."""
_BOX, _ROW, _COLUMN, _HEIGHT, _MARGIN = 150, 40, 300, 28, 12


@dataclass(frozen=True, slots=True)
class Line:
    """A relationship between two classes, as the model declares it."""

    relationship: RelationshipType
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where a class stands, and the line that leads there from the class before."""

    label: str
    x: int
    y: int
    line: Line | None


def picture() -> str:
    """The picture: lines of the tree with their names, all others faint; a class leads to its term on the page."""
    lines = [Line(r, p.start, p.end) for r in MODEL.relationships if r.type not in _OF_ALL for p in r.pairs]
    boxes = _placed(lines)
    drawn = {id(box.line) for box in boxes.values()}
    others = [line for line in lines if id(line) not in drawn and {line.start, line.end} <= boxes.keys()]
    width = max(box.x for box in boxes.values()) + _BOX + _MARGIN
    height = max(box.y for box in boxes.values()) + _HEIGHT + 2 * _ROW
    body = [*_faint(boxes, others), *_tree(boxes), *map(_box, boxes.values()), _note(height - _ROW // 2)]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-label="The classes and their relationships" font-family="system-ui, sans-serif" '
        'font-size="13">'
    )
    return "\n".join([opening, *body, "</svg>"])


def _placed(lines: list[Line]) -> dict[str, Box]:
    """The classes in depth-first order, a row for each that leads no further."""
    below, found = _children(lines), dict[str, Box]()
    row = 0

    def place(label: str, depth: int, line: Line | None) -> int:
        nonlocal row
        places = [place(child, depth + 1, one) for child, one in below.get(label, ())]
        if not places:
            places, row = [_MARGIN + row * _ROW], row + 1
        y = (places[0] + places[-1]) // 2
        found[label] = Box(label, _MARGIN + depth * _COLUMN, y, line)
        return y

    place(_ROOT, 0, None)
    return found


def _children(lines: list[Line]) -> Mapping[str, list[tuple[str, Line]]]:
    """The classes that each one leads to first, breadth first."""
    found, seen, waiting = defaultdict[str, list[tuple[str, Line]]](list), {_ROOT}, [_ROOT]
    for label in waiting:
        for line in lines:
            for here, other in ((line.start, line.end), (line.end, line.start)):
                if here == label and other not in seen:
                    seen.add(other)
                    waiting.append(other)
                    found[label].append((other, line))
    return found


def _tree(boxes: Mapping[str, Box]) -> Iterator[str]:
    for box in boxes.values():
        if box.line is None:
            continue
        out = box.line.end == box.label
        parent = boxes[box.line.start if out else box.line.end]
        name = escape(words(box.line.relationship.term))
        yield _curve(parent.x + _BOX, parent.y, box.x, box.y, "0.6", "")
        yield (
            f'<a href="#{box.line.relationship.term}"><text x="{box.x - 8}" y="{box.y + 9}" text-anchor="end" '
            f'font-size="11" fill="currentColor">{f"{name} →" if out else f"← {name}"}</text></a>'
        )


def _faint(boxes: Mapping[str, Box], lines: list[Line]) -> Iterator[str]:
    names = defaultdict[tuple[str, str], list[str]](list)
    for line in lines:
        names[line.start, line.end].append(words(line.relationship.term))
    for (start, end), said in names.items():
        if start != end:
            a, b = sorted((boxes[start], boxes[end]), key=lambda box: box.x)
            title = f"<title>{escape(': '.join((words(start), ', '.join(said), words(end))))}</title>"
            yield _curve(a.x + _BOX, a.y, b.x + (_BOX if a.x == b.x else 0), b.y, "0.12", title)


def _curve(x1: int, y1: int, x2: int, y2: int, opacity: str, title: str) -> str:
    half, bend = _HEIGHT // 2, max(40, abs(x2 - x1) // 3)
    way = (
        f"M{x1} {y1 + half} C{x1 + bend} {y1 + half} {x2 + (bend if x1 == x2 else -bend)} {y2 + half} {x2} {y2 + half}"
    )
    return f'<path d="{way}" fill="none" stroke="currentColor" stroke-opacity="{opacity}">{title}</path>'


def _box(box: Box) -> str:
    colour = MODEL.node(box.label).colour
    return (
        f'<a href="#{box.label}"><rect x="{box.x}" y="{box.y}" width="{_BOX}" height="{_HEIGHT}" rx="6" '
        f'fill="{colour}" fill-opacity="0.18" stroke="{colour}" stroke-width="1.5"/>'
        f'<text x="{box.x + _BOX // 2}" y="{box.y + _HEIGHT - 9}" text-anchor="middle" fill="currentColor">'
        f"{escape(box.label)}</text></a>"
    )


def _note(y: int) -> str:
    said = (
        "Each of them is evidenced by citations, which stand in documents, and has names; "
        "faint lines are the other relationships."
    )
    return f'<text x="{_MARGIN}" y="{y}" font-size="11" fill="currentColor">{said}</text>'
