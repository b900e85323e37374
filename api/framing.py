"""What every page for people but the start page is made of: head, links to other formats, tables, escaped values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

PAGE_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of these pages: our style sheet and pictures; data in JSON-LD is no script that runs."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the sections of a page; `alternates` are addresses by media type, `data` is JSON-LD."""

    title: str
    purpose: str
    alternates: Mapping[str, str]
    data: bytes = b""
    status: str = ""


_HTML = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · compliance-graph</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
{alternates}{data}</head>
<body>
<header>
<nav><a href="/">compliance-graph</a></nav>
<h1>{title}</h1>
<p class="purpose">{purpose}</p>
{status}</header>
<main>
{sections}
</main>
<footer><p>As data: {formats}</p></footer>
</body>
</html>
"""


def page(frame: Frame, sections: Iterable[str]) -> str:
    """A whole page; `purpose` and `status` of the frame, and the sections, are HTML already."""
    alternates = "".join(
        f'<link rel="alternate" type="{escape(media)}" href="{escape(address)}">\n'
        for media, address in frame.alternates.items()
    )
    formats = ", ".join(link(media, address) for media, address in frame.alternates.items())
    content = frame.data.decode().replace("<", "\\u003c")
    return _HTML.format(
        title=escape(frame.title),
        alternates=alternates,
        data=f'<script type="application/ld+json">{content}</script>\n' if content else "",
        purpose=frame.purpose,
        status=f"{frame.status}\n" if frame.status else "",
        sections="\n".join(filter(None, sections)),
        formats=formats,
    )


def section(anchor: str, title: str, body: str) -> str:
    """One part of a page under its heading; nothing where there is nothing to show."""
    if not body:
        return ""
    name = escape(anchor)
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(title)}</h2>\n{body}\n</section>'


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose cells are HTML already; the first of each row is what the row is about."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "\n".join(_row(list(cells)) for cells in rows)
    if not body:
        return ""
    inner = f"<thead><tr>{names}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    return f'<div class="wide"><table class="facts">\n{inner}\n</table></div>'


def link(text: str, address: str) -> str:
    """A link to a path of this server or to an http address; anything else is shown and leads nowhere."""
    if not address.startswith(("/", "#", "http://", "https://")):
        return escape(text)
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def words(name: str) -> str:
    """A name as people read it: `inScopeOf` and `in_scope_of` -> `in scope of`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ")).lower()


def _row(cells: list[str]) -> str:
    return f'<tr><th scope="row">{cells[0]}</th>{"".join(f"<td>{cell}</td>" for cell in cells[1:])}</tr>'
