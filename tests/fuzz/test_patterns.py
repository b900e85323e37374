"""No regular expression of the loaders can be made to backtrack without end."""

from __future__ import annotations

import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator

import pytest

import loaders
from loaders.pages.frameworks import read_frameworks

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from regexploit.ast.sre import SreOpParser  # type: ignore[import-untyped]
    from regexploit.redos import find  # type: ignore[import-untyped]

MOST = 3
"""Cubic in the length of one line or sentence; what is exponential has 11."""


def patterns() -> Iterator[tuple[str, str, int]]:
    """Every pattern that a module of the loaders or a table of theirs holds, with where and its flags."""
    for module in pkgutil.walk_packages(loaders.__path__, "loaders."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in value.values() if isinstance(value, dict) else (value,):
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    yield f"{module.name}.{name}", pattern.pattern, pattern.flags
    table = read_frameworks()
    yield from ((f"family {row.name}", row.pattern.pattern, row.pattern.flags) for row in table.families)
    yield from ((f"wording {row.status}", row.pattern, 0) for row in table.wordings)
    yield from ((f"phrase {row.type}", row.pattern, 0) for row in table.phrases)


def starriness(pattern: str, flags: int) -> int:
    """How many times over a part of a text can be taken by one repetition or another."""
    tree = SreOpParser().parse_sre(pattern, re.compile(pattern, flags).flags)
    return max((found.starriness for found in find(tree)), default=0)


@pytest.mark.parametrize(("where", "pattern", "flags"), tuple(patterns()))
def test_a_pattern_cannot_backtrack_without_end(where: str, pattern: str, flags: int) -> None:
    assert starriness(pattern, flags) <= MOST, where


def test_the_check_finds_what_it_is_for() -> None:
    assert starriness(r"(?:a+)+$", 0) > MOST
