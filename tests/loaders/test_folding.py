"""Lines that a program folded are whole again, and their places are those of the file."""

from __future__ import annotations

import pytest

from loaders.inputs.documents import Document, document_from

SENTENCE = "The keeper of the harbor counts the keys every morning and writes the count into the great book. "
PROSE = (
    "No guest of the harbor may hold a key, be it day or night, without the word of a keeper who knows the sea and "
    "its moods. Each lamp is lit at dusk and snuffed out at dawn, which saves the harbor a great deal of oil. Once a "
    "year the keepers walk along the quay from one end to the other and look at every stone of it."
)
TEXT = (
    f"Keeping\n\n{SENTENCE}{PROSE}\n\nThese services are ours:\n\n- Nimbus Barrel (barrel)\n"
    "- Nimbus Keep Vault Store for Very Long Winter Nights or Nimbus Vault for Short Ones (keep-vault)\n"
    "- Nimbus Crane (crane)\n\n"
    "Controls\tTests Performed by the Auditor\tResults of the Tests\n"
    f"1. {SENTENCE}\tInquired of a keeper and ascertained that the keys were counted.\tNo deviations noted.\n"
    "\tInspected the great book and ascertained that it held the count of each morning.\tNo deviations noted.\n"
    f"2. {SENTENCE}\tInquired of a keeper and ascertained that the keys were counted.\tNo deviations noted.\n"
).replace(". \t", ".\t")


def parts(line: str, width: int) -> list[str]:
    at = line.rfind(" ", 1, width + 1)
    return [line] if len(line) <= width else [line[:at], *parts(line[at + 1 :], width)]


def folded(text: str, width: int) -> str:
    return "\n".join(part for line in text.split("\n") for part in parts(line, width))


def document(text: str) -> Document:
    return document_from(text.encode(), "text.txt")


@pytest.mark.parametrize("width", range(60, 141))
def test_a_folded_text_has_the_lines_that_it_had(width: int) -> None:
    assert document(folded(TEXT, width)).lines == tuple(TEXT.removesuffix("\n").split("\n"))


def test_a_whole_line_stands_in_the_lines_of_the_file_that_hold_it() -> None:
    found = document(folded(TEXT, 80))
    number = next(n for n, line in enumerate(found.lines, 1) if "Keep Vault" in line)
    first, last = found.in_file(number, number)
    assert found.quote(first, last).replace("\n", " ") == found.lines[number - 1]
    assert found.in_text(first) == found.in_text(last) == number
    assert found.file_lines == folded(TEXT, 80).count("\n")


def test_a_text_that_nobody_folded_keeps_its_lines() -> None:
    ragged = "\n".join(" ".join(["word"] * (9 + 3 * n % 7)) for n in range(40)) + "\n"
    for text in (TEXT, ragged):
        assert document(text).lines == tuple(text.removesuffix("\n").split("\n"))
