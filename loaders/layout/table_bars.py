"""Rows of tables whose cells are kept apart by tabs or by bars."""

from __future__ import annotations

import re


def is_row(text: str) -> bool:
    bare = text.strip(" ")
    return (
        "\t" in bare.rstrip("\t") or bare.endswith("\t") or bare.lstrip("-*• ").startswith("|") or bare.count(" | ") > 1
    )


def row_cells(text: str, count: int = 0) -> list[str]:
    """The cells of a row by bars or tabs; with bars between cells alone a row of `count` cells begins with one."""
    bare = text.strip(" ")
    if "\t" in bare:
        return [cell.strip() for cell in bare.split("\t")]
    bare = bare.lstrip("-*• ")
    cells = bare.split("|")
    if len(cells) == count:
        return [cell.strip() for cell in cells]
    return [cell.strip() for cell in re.sub(r"^\|", "", re.sub(r"\|\s*$", "", bare)).split("|")]
