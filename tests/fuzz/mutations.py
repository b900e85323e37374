"""Ways in which a document's text changes on its way to us: each a pure function of a text and a seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

Mutation = Callable[[str, int], str]

BULLETS = ("•", "-", "–", "*", "o", "·", "▪", "\uf0b7", "●", "‣", "◦")
_BULLET = re.compile(r"^(?P<indent>[ ]*)[•–*·▪-](?= )(?! \|)", re.MULTILINE)
_CELL = re.compile(r"\| [•·▪](?= )")
_MARKED = re.compile(r"\s*(?:[•–*·▪|-]|\d+[.)]|[a-z][.)]|https?:|$)")
_WORD = re.compile(r"[A-Za-z]{6,}")
_NARROWEST, _WIDEST = 60, 200
_FULL = 0.75


def width_of(seed: int) -> int:
    """The number of columns that belongs to a seed: 60 to 200."""
    return Random(seed).randint(_NARROWEST, _WIDEST)


def fold_lines(text: str, seed: int) -> str:
    """Every line that is longer than a width is folded at spaces; tabs and leading spaces stay."""
    width = width_of(seed)
    return "\n".join(part for line in text.split("\n") for part in folded(line, width))


def refold_prose(text: str, seed: int) -> str:
    """Hard-wrapped prose is joined, then every line is folded at a width."""
    return fold_lines("\n".join(_joined(text.split("\n"))), seed)


def folded(line: str, width: int) -> list[str]:
    """The line in parts of at most that width, broken at spaces alone."""
    found: list[str] = []
    line = line if len(line) <= width else line.rstrip(" ")
    while len(line) > width:
        at = line.rfind(" ", 1, width + 1)
        at = at if at > 0 and line[:at].strip() else line.find(" ", width)
        if at < 0:
            break
        found.append(line[:at])
        line = line[at + 1 :]
    return [*found, line]


def _joined(lines: Sequence[str]) -> list[str]:
    """The lines with those joined that prose broke: full ones, followed by what is no mark and no address."""
    long = sorted(len(line) for line in lines if line.strip())
    usual = long[len(long) * 3 // 4]
    cut = [below[:1].islower() for line, below in pairwise(lines) if _FULL * usual <= len(line) and below]
    if usual > _WIDEST or 3 * sum(cut) < len(cut):
        return list(lines)
    found: list[str] = []
    full = False
    for line in lines:
        goes_on = full and not _MARKED.match(line) and "\t" not in line and not line.startswith(" ")
        title = len(line) < _FULL * usual and line.rstrip()[-1:] not in ".:" and found[-1:] and found[-1].endswith(".")
        if goes_on and not title and found:
            above = found[-1].rstrip()
            found[-1] = above + ("" if above.endswith("-") else " ") + line
        else:
            found.append(line)
        prose = not (_MARKED.match(line) or "\t" in line) or bool(_BULLET.match(line))
        full = prose and len(line.strip()) >= _FULL * usual
    return found


def cuts(text: str, width: int) -> int:
    """How often folding at a width cuts a sentence before a small letter, which alone shows that it was folded."""
    parts = (folded(line, width)[1:] for line in text.split("\n") if "\t" not in line)
    return sum(part[:1].islower() for rest in parts for part in rest)


def hides_an_end(text: str, width: int) -> bool:
    """Whether some line ends where folding would have cut it too, so that nothing tells it from one that goes on."""
    for line, below in pairwise(text.split("\n")):
        last = folded(line.rstrip(), width)[-1]
        plain = bool(last and below.strip() and not _MARKED.match(below))
        if plain and len(last) + 1 + len(below.split()[0]) > width:
            return True
    return False


def other_bullets(text: str, seed: int) -> str:
    """Every bullet is another one, the same in all of the document, in cells too."""
    mark = Random(seed).choice(BULLETS)
    return _CELL.sub(f"| {mark}", _BULLET.sub(rf"\g<indent>{mark}", text))


def numbered_items(text: str, seed: int) -> str:
    """Items of lists have numbers or letters for bullets; a list begins anew after a blank line."""
    form = Random(seed).choice(("{}.", "{})", "({})"))
    found: list[str] = []
    number = 0
    for line in text.split("\n"):
        item = _BULLET.match(line)
        number = number + 1 if item else 0 if not line.strip() else number
        found.append(f"{item['indent']}{form.format(number)}{line[item.end() :]}" if item else line)
    return "\n".join(found)


def lost_bullets(text: str, seed: int) -> str:
    """Items of lists have lost their bullets."""
    return re.sub(r"^[•–*·▪-] (?!\|)", "", text, flags=re.MULTILINE)


def crlf(text: str, seed: int) -> str:
    """Lines end as on Windows."""
    return text.replace("\n", "\r\n")


def other_spaces(text: str, seed: int) -> str:
    """A part of the spaces are non-breaking or otherwise odd ones."""
    rng = Random(seed)
    return "".join(rng.choice("\u00a0\u202f\u2009 ") if c == " " and rng.random() < 0.3 else c for c in text)


def trailing_spaces(text: str, seed: int) -> str:
    """Some lines end in spaces."""
    rng = Random(seed)
    return "\n".join(line + " " * rng.randint(0, 3) if line.strip() else line for line in text.split("\n"))


def soft_hyphens(text: str, seed: int) -> str:
    """Long words hold soft hyphens and other characters without a width."""
    rng = Random(seed)

    def hyphened(match: re.Match[str]) -> str:
        word = match.group()
        at = rng.randint(2, len(word) - 2)
        return word[:at] + rng.choice("\u00ad\u200b") + word[at:] if rng.random() < 0.2 else word

    return _WORD.sub(hyphened, text)


def byte_order_mark(text: str, seed: int) -> str:
    """The text begins with a byte order mark."""
    return "\ufeff" + text


def typographic_quotes(text: str, seed: int) -> str:
    """Straight quotation marks are typographic ones."""
    text = re.sub(r"(?<=[\s(])\"", "“", text).replace('"', "”")
    return re.sub(r"(?<=[\s(])'", "‘", text).replace("'", "’")


def straight_quotes(text: str, seed: int) -> str:
    """Typographic quotation marks are straight ones."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def deleted_lines(text: str, seed: int) -> str:
    """Some lines are not there."""
    rng = Random(seed)
    return "\n".join(line for line in text.split("\n") if rng.random() > 0.02)


def duplicated_lines(text: str, seed: int) -> str:
    """Some lines stand there twice."""
    rng = Random(seed)
    return "\n".join(line for line in text.split("\n") for _ in range(1 + (rng.random() < 0.02)))


def swapped_lines(text: str, seed: int) -> str:
    """Some lines have changed places with the next."""
    rng = Random(seed)
    lines = text.split("\n")
    for at in range(len(lines) - 1):
        if rng.random() < 0.02:
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "\n".join(lines)


def page_breaks(text: str, seed: int) -> str:
    """Pages end between some lines: with a form feed, with blank lines, with a number of the page."""
    rng = Random(seed)
    found: list[str] = []
    for page, line in enumerate(text.split("\n"), 1):
        if rng.random() < 0.02:
            found += rng.choice((["\f" + line], ["", "", "", line], ["", str(page), "\f" + line]))
        else:
            found.append(line)
    return "\n".join(found)


def byte_noise(text: str, seed: int) -> str:
    """A few characters are others: control characters, letters, marks."""
    rng = Random(seed)
    found = list(text)
    for _ in range(rng.randint(1, 8)):
        found[rng.randrange(len(found))] = rng.choice("\x01\x07\x1b\x7f\x9f\ufffe\ufffdaZ7.,|\t-")
    return "".join(found)


def cut_off(text: str, seed: int) -> str:
    """The text ends too early."""
    return text[: Random(seed).randint(1, len(text))]


REWRAPPING: tuple[Mutation, ...] = (fold_lines, refold_prose)
CHARACTERS: tuple[Mutation, ...] = (
    crlf, other_spaces, trailing_spaces, soft_hyphens, byte_order_mark, typographic_quotes, straight_quotes,
)  # fmt: skip
BULLETING: tuple[Mutation, ...] = (other_bullets, numbered_items, lost_bullets)
PRESERVING: tuple[Mutation, ...] = (*REWRAPPING, *BULLETING, *CHARACTERS)
"""What changes no fact."""

CHANGING: tuple[Mutation, ...] = (
    deleted_lines, duplicated_lines, swapped_lines, page_breaks, byte_noise, cut_off,
)  # fmt: skip
"""What may change facts: what is stated then must stand in the lines that are cited."""
