"""The same controls, tests and results are read from every layout in which a report may print them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.inputs.documents import document_from, read_document
from loaders.soc.controls.reading import read_tables
from loaders.soc.controls.values import Tables
from loaders.soc.report import SocReport
from tests.loaders import control_layouts as layouts

LAYOUTS: dict[str, Callable[[], str]] = {
    "tabs": layouts.tabs,
    "spaces": layouts.spaces,
    "folded at 60": layouts.folded(60),
    "folded at 100": layouts.folded(100),
    "bars": layouts.bars,
    "blocks": layouts.blocks,
    "lettered": layouts.lettered,
    "columns": layouts.columns,
    "tight columns": lambda: layouts.columns(tight=True),
    "drifting columns": lambda: layouts.columns(shift=3, length=17),
    "cut columns": lambda: layouts.columns(shift=2, length=11),
    "columns without repeated headings": lambda: layouts.columns(shift=2, length=19, again=False),
    "cells apart": layouts.cells_apart,
    "control above": layouts.control_above,
    "centred": layouts.centred,
    "numbered tests": layouts.numbered_tests,
    "bars by row": layouts.bars_by_row,
    "blocks on pages with a foot of three lines": layouts.paged_blocks,
    "tight cut columns": lambda: layouts.columns(tight=True, shift=1, length=13),
}


def tables(text: str) -> Tables:
    return read_tables(document_from(text.encode(), "report.txt")).tables


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_layout_gives_the_same_objectives_controls_tests_and_results(name: str) -> None:
    found = tables(LAYOUTS[name]())
    said = {
        (objective.number, objective.title, objective.statement): [
            (control.number, control.statement, [(test.procedure, test.result) for test in control.tests])
            for control in objective.controls
        ]
        for objective in found.objectives.values()
    }
    assert said == {
        (aim.number, aim.title, aim.statement): [
            (control.number, control.statement, [(test.procedure, test.result) for test in control.tests])
            for control in aim.controls
        ]
        for aim in layouts.AIMS
    }
    assert found.doubts == []


@pytest.fixture(scope="module")
def report(documents: Path) -> str:
    read = (read_document(path) for path in sorted(documents.glob("*.txt")))
    return next(one.text for one in read if SocReport().accepts(one) == "soc_1_report")


def said(text: str) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    found = tables(text)
    return [
        (c.objective, c.number, c.statement, [(test.procedure, test.result) for test in c.tests])
        for c in found.controls.values()
    ]


@pytest.mark.parametrize("width", [0, 60, 77, 100, 140, 200])
def test_a_real_table_that_lost_its_tabs_gives_the_same_controls_and_tests(report: str, width: int) -> None:
    plain = report.replace("\t", " ")
    if width:
        plain = "\n".join("\n".join(textwrap.wrap(line, width)) for line in plain.split("\n"))
    found = said(plain)
    assert (len(found), sum(len(tests) for *_, tests in found)) == (85, 234)
    assert found == said(report)


def test_columns_that_run_into_each_other_are_named_and_not_guessed() -> None:
    mixed = "\n".join(" ".join(line.split()) for line in layouts.columns().split("\n"))
    found = tables(mixed)
    assert [line for line, message in found.doubts if "not told apart" in message or "not read" in message]
    assert not any(control.tests for control in found.controls.values())
