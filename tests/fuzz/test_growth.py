"""Reading is linear: twice the text takes at most 2.2 times the instructions."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from graph.errors import InputRefused
from loaders.inputs.documents import document_from
from loaders.layout.layout import read_layout
from tests.fuzz.stated_facts import extraction
from tests.fuzz.texts import DOCUMENTS, LONG, text_of

MOST = 2.2
PATTERNS = str(Path(re.__file__).parent)


def instructions(read: Callable[[str], object], text: str) -> int:
    """How many instructions of Python a reading takes, without those that compile patterns: these depend on what was
    read before."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename.startswith(PATTERNS):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        _refused_or(read, text)
    finally:
        sys.settrace(before)
    return count


def _refused_or(read: Callable[[str], object], text: str) -> None:
    with contextlib.suppress(InputRefused):
        read(text)


def layout(text: str) -> object:
    return read_layout(document_from(text.encode(), "text.txt"))


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in LONG])
def test_twice_the_document_takes_twice_the_work(name: str, documents: Path) -> None:
    text = text_of(name, documents)
    extraction(text)  # Tables that are read once are read now.
    assert instructions(extraction, f"{text}\n{text}") <= MOST * instructions(extraction, text)


@pytest.mark.parametrize("name", LONG)
def test_twice_the_lines_take_twice_the_work_of_the_layout(name: str, documents: Path) -> None:
    text = text_of(name, documents)
    assert instructions(layout, f"{text}\n{text}") <= MOST * instructions(layout, text)


@pytest.mark.parametrize(
    "line",
    (
        "- item\n",
        "•\n",
        "a\tb\tc\n",
        "| a | b\n",
        "word " * 14 + "\n",
        "Title\n",
        "\n\n\nHead\n1 Street\nTown\n",
        "(\n",
    ),
)
def test_one_line_again_and_again_takes_no_more_than_that(line: str) -> None:
    assert instructions(layout, line * 800) <= MOST * instructions(layout, line * 400)
