"""A text in the other forms in which documents come: printed to PDF by a browser and by a plain writer, and as HTML."""

from __future__ import annotations

import html
import re
import subprocess
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from fpdf import FPDF

from loaders.layout.text import ends_sentence, has_bullet, is_rule

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A document</title><style>
pre { white-space: pre-wrap; font: 10pt monospace }
</style><script>document.title = "Shown"</script></head>
"""
_AROUND = """<header><nav><ul><li><a href="/">Home</a></li><li><a href="/all">All documents</a></li></ul></nav></header>
<div id="cookie-banner">This page sets cookies. <button>Accept</button></div>
"""
_BELOW = '<footer><a href="/terms">Terms</a></footer>\n</body></html>\n'
_TITLE = 100
_SECONDS = 240
_WRITER_WIDTH = 117


def preformatted(text: str) -> bytes:
    """The text as a web page that shows it as it is."""
    return f"{_PAGE}<body><pre>\n{html.escape(text)}</pre></body></html>\n".encode()


def marked_up(text: str) -> bytes:
    """The text as a web page of headings, paragraphs, lists and tables, with what pages have around their text."""
    blocks = (block.split("\n") for block in re.split(r"\n\s*\n", text) if block.strip())
    body = "\n".join(element for block in blocks for element in _elements(block))
    return f"{_PAGE}<body>{_AROUND}<main>\n{body}\n</main>{_BELOW}".encode()


def _elements(block: Sequence[str]) -> Iterator[str]:
    """The elements that lines between blank lines are."""
    runs: list[tuple[str, list[str]]] = []
    for line in block:
        if is_rule(line):
            continue
        tag = _tag(line)
        if runs and runs[-1][0] == "ul" and tag == "p" and line[:1].isspace():
            runs[-1][1][-1] += line
        elif runs and runs[-1][0] == tag and not (tag == "p" and line.startswith(" ")):
            runs[-1][1].append(line)
        else:
            runs.append((tag, [line]))
    for tag, lines in runs:
        yield _WRITTEN[tag](lines)


def _tag(line: str) -> str:
    if "\t" in line or line.lstrip("- ").startswith("|"):
        return "table"
    return "ul" if has_bullet(line) else "p"


def _table(lines: Sequence[str]) -> str:
    return "<table>\n" + "\n".join(f"<tr>{_cells(line)}</tr>" for line in lines) + "\n</table>"


def _cells(line: str) -> str:
    bare = line.strip("- ")
    cells = line.split("\t") if "\t" in line else bare.removeprefix("|").removesuffix("|").split("|")
    return "".join(f"<td>{html.escape(cell.strip())}</td>" for cell in cells)


def _list(lines: Sequence[str]) -> str:
    items = (html.escape(line.strip()[1:].strip()) for line in lines)
    return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"


def _paragraph(lines: Sequence[str]) -> str:
    title = len(lines) == 1 and len(lines[0]) < _TITLE and not ends_sentence(lines[0])
    tag = "h2" if title else "p"
    return f"<{tag}>" + "<br>\n".join(map(html.escape, lines)) + f"</{tag}>"


_WRITTEN = {"table": _table, "ul": _list, "p": _paragraph}


def printed_by_browser(text: str, chromium: Path, folder: Path) -> bytes:
    """The PDF that a browser prints of the preformatted page, on its usual paper."""
    page, printed = folder / "page.html", folder / "printed.pdf"
    page.write_bytes(preformatted(text))
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [str(chromium), *options, profile, f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return printed.read_bytes()


def printed_by_writer(text: str) -> bytes:
    """A plain PDF in a monospaced font: lines are folded at the width of the page, blank lines are kept."""
    pdf = FPDF(format="A4")
    pdf.core_fonts_encoding = "windows-1252"
    pdf.set_font("courier", size=7.5)
    pdf.add_page()
    for line in text.expandtabs(4).split("\n"):
        for part in _folded(line):
            if part:
                pdf.cell(0, 3.6, part, new_x="LMARGIN", new_y="NEXT")
            else:
                pdf.ln(3.6)
    return bytes(pdf.output())


def _folded(line: str) -> list[str]:
    return textwrap.wrap(line, _WRITER_WIDTH, break_on_hyphens=False) or [""]
