"""The texts that the tests change, and how many examples of each change they try."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, settings

FIXTURES = Path(__file__).parent.parent / "loaders" / "fixtures"
DOCUMENTS = ("000", "001", "002", "003", "004")
INVENTED = tuple(sorted(path.stem for path in FIXTURES.glob("*_nimbus.txt")))
LONG = ("002",)

LINES_ARE_PARAGRAPHS = ("001", "003", "security_overview_nimbus", "soc_overview_nimbus")
"""Texts without blank lines between paragraphs: where a paragraph fills its last line, folding hides its end."""

QUICK_REFERENCES = ("000", "quick_reference_nimbus")

_ASKED = os.environ.get("FUZZ_EXAMPLES")
_FEW = 3


def examples(name: str) -> settings:
    """The settings of hypothesis for a text: few examples, always the same, unless FUZZ_EXAMPLES asks for more."""
    wanted = int(_ASKED) if _ASKED else 1 if name in LONG else _FEW
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
    return settings(
        max_examples=wanted, deadline=None, database=None, derandomize=not _ASKED, suppress_health_check=slow
    )


def text_of(name: str, documents: Path) -> str:
    """The text of a document, known by the first three digits of its file name, or of a fixture."""
    paths = sorted(documents.glob(f"{name}_*.txt")) if name in DOCUMENTS else [FIXTURES / f"{name}.txt"]
    return paths[0].read_bytes().decode()
