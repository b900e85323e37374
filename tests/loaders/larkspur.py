"""The report of Larkspur with another text in one of its parts, and what it then states of its scope."""

from __future__ import annotations

from tests.loaders.soc_facts import Stated, fixture_text, stated

LARKSPUR = fixture_text("soc_2_larkspur")


def larkspur_with(letter: str, text: str, title: str = "Where it runs") -> str:
    """The report with that title and text in place of a part of its description."""
    start = LARKSPUR.index(f"\n{letter}. ")
    end = LARKSPUR.index(f"\n{chr(ord(letter) + 1)}. ", start)
    return f"{LARKSPUR[:start]}\n{letter}. {title}\n{text}\n{LARKSPUR[end:]}"


def with_part(letter: str, text: str, title: str = "Where it runs") -> Stated:
    """What the report states with that text."""
    return stated(larkspur_with(letter, text, title))


def links(found: Stated, label: str, type_: str) -> set[tuple[str, str]]:
    """The relationships of a type that start at nodes of a label: the last part of the id, the end with its values."""
    pairs = ((start, str(end)) for start, name, end in found.links if name == type_)
    return {(start.split("/")[-1], end) for start, end in pairs if start.startswith(label)}


def scope(found: Stated, label: str) -> dict[str, str]:
    """The members of the scope of a label, each with the day since which it is there."""
    said = {start: end.split(" name_as_written=")[0] for start, end in links(found, label, "IN_SCOPE_OF")}
    return {start: end.split(" ", 1)[1].strip(",") if " " in end else "" for start, end in said.items()}
