"""RESULTS.md: one section for each benchmark, each written by itself."""

from __future__ import annotations

import re
from pathlib import Path

RESULTS = Path(__file__).resolve().parent.parent / "RESULTS.md"
_SECTION = re.compile(r"^## ", re.MULTILINE)


def put_section(title: str, text: str) -> None:
    """Writes a section under its title in the place of the one before, the others as they are."""
    found = RESULTS.read_text() if RESULTS.exists() else "# Results\n\n"
    head, *sections = _SECTION.split(found)
    kept = {section.split("\n", 1)[0]: section.split("\n", 1)[1].strip() for section in sections}
    kept[title] = text.strip()
    body = "\n\n".join(f"## {name}\n\n{content}" for name, content in sorted(kept.items()))
    RESULTS.write_text(f"{head.strip()}\n\n{body}\n")
