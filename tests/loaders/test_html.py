"""Laws of reading web pages: the main text in lines, lists and tables as such, nothing of what stands around it."""

from __future__ import annotations

import pytest

from graph.errors import UnreadableDocument
from loaders.inputs.documents import document_from


def lines(body: str) -> list[str]:
    """The lines of a page with that body."""
    return document_from(f"<!doctype html><body>{body}</body>".encode(), "made.html").written.split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Title</h1><p>One\n  line.<p>Another.", ["Title", "", "One line.", "", "Another."]),
        ("<p>First<br>second", ["First", "second"]),
        ("<div>One</div><div>Two</div>", ["One", "Two"]),
        ("<ul><li>One<li>Two</ul>After", ["- One", "- Two", "", "After"]),
        ("<ol start=3><li>One<li>Two</ol>", ["3. One", "4. Two"]),
        ("<ul><li>One<ul><li>In</ul><li>Two</ul>", ["- One", "  - In", "- Two"]),
        ("<ul><li><p>One</p></li><li><p>Two</p></li></ul>", ["- One", "", "- Two"]),
        ("<pre>  as\tit\n\n stands</pre>", ["  as\tit", "", " stands"]),
        ("Far East<sup>1</sup>", ["Far East¹"]),
        ("<table><tr><th>A<th>B<tr><td>1<td>2</table>", ["A\tB", "1\t2"]),
        ("<table><tr><td>1<br>one<td>2</table>", ["1<br>one\t2"]),
        ("<table><tr><td><ul><li>1<li>2</ul><td><ul><li>3</ul></table>", ["- 1\t- 3", "- 2\t"]),
        ("<table><tr><td rowspan=2>A<td>1<tr><td>2</table>", ["A\t1", "\t2"]),
        ("<table><tr><td colspan=2>A<td>1<tr><td>2<td>3<td>4</table>", ["A\t\t1", "2\t3\t4"]),
        ("<table><tr><td>Alone</table>", ["Alone"]),
        ("<table><tr><td>Out<table><tr><td>1<td>2</table><td>B</table>", ["Out<br>1\t2\tB"]),
    ],
)
def test_what_is_marked_up_reads_as_it_is_shown(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<dl><dt>Keeper</dt><dd>The <b>crew</b></dd><dt>Rhythm:<dd>Weekly</dl>",
            ["Keeper: The crew", "Rhythm: Weekly"],
        ),
        ("<dl><div><dt>Keeper</dt><!-- of it --><dd>Crew</dd></div></dl>After", ["Keeper: Crew", "", "After"]),
        ("<dl><dt>Keeper</dt><dd></dd></dl>", ["Keeper:"]),
        (
            "<dl><dt>Hulls<dd>One.<dd>Two.<dt>Sails<dd>Three.</dl>",
            ["Hulls", "", "- One.", "- Two.", "", "Sails", "", "- Three."],
        ),
        (
            "<dl><dt>Keeper<dd><p>Crew</p></dd><dt>Rhythm<dd> <p>Weekly</p> </dd></dl>",
            ["Keeper: Crew", "Rhythm: Weekly"],
        ),
        ("<dl><dt>Hulls<dd>One<p>Two</p></dl>", ["Hulls", "One", "", "Two"]),
        ("<dl><dt>Hulls<dt>Sails<dd>Both.</dl>", ["Hulls", "Sails", "Both."]),
        ("<dl><dt>Hulls<dd><p>One.</p><p>Two.</p></dl>", ["Hulls", "", "One.", "", "Two."]),
        ("<dl><dt>What is a hull?<dd>A part.</dl>", ["What is a hull?", "A part."]),
        ("<dl><dt>Hulls<dd><dl><dt>Keeper<dd>Crew</dl></dl>", ["Hulls", "", "Keeper: Crew"]),
        ("<table><tr><td><dl><dt>Hulls<dd>One<dd>Two</dl><td>B</table>", ["Hulls<br>One<br>Two\tB"]),
        ("<dt>Keeper</dt><dd>Crew</dd>", ["Keeper", "Crew"]),
    ],
)
def test_a_list_of_definitions_reads_as_labels_or_as_lists_below_its_terms(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href='/'>Home</a></nav>",
        "<script>document.write('x')</script>",
        "<style>p { color: red }</style>",
        "<header>Bank</header>",
        "<footer>Terms</footer>",
        "<aside>Read also</aside>",
        "<div class='page-cookie-notice'>We set cookies</div>",
        "<div id=consent>Agree?</div>",
        "<div role=dialog>Chat?</div>",
        "<p hidden>Not shown</p>",
        "<p style='display: none'>Not shown</p>",
        "<span aria-hidden=true>★</span>",
        "<button>Buy</button>",
        "<template><p>Later</p></template>",
        "<noscript>Please switch it on</noscript>",
        "<!-- a remark -->",
    ],
)
def test_what_stands_around_the_text_is_left_out(around: str) -> None:
    assert lines(f"{around}<p>Doors are shut.</p>{around}") == ["Doors are shut."]


@pytest.mark.parametrize("body", ["<p>Doors are shut.</p>", "<main><p>Doors are shut.</p></main>"])
@pytest.mark.parametrize("whose", ["", "© 2024 Doors, Inc. "])
def test_what_the_foot_of_a_page_says_of_the_report_is_read(body: str, whose: str) -> None:
    notice = f"{whose}This door&nbsp;3 report may be freely distributed."
    others = (
        f"<p hidden>{notice}</p>",
        f"<nav><p>{notice}</p></nav>",
        "<p>This report is <a href='/'>here</a>.</p>",
        "<p>This site is ours.</p>",
        "<p>This report</p>",
    )
    foot = f"<footer>{''.join(others)}<div><p>{notice}</p></div><p>© 2024 Doors</p></footer>"
    assert lines(body + foot) == ["Doors are shut.", "", notice.replace("&nbsp;", "\xa0")]


def test_a_page_with_a_main_part_is_that_part() -> None:
    main = "<main><header><h1>Doors</h1></header><p>Shut.</p><aside>A note.</aside></main>"
    assert lines(f"<div>Elsewhere</div>{main}<div>Below</div>") == ["Doors", "", "Shut.", "", "A note."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<html><meta charset=iso-8859-1><p>Zürich – €".encode("cp1252"), "Zürich – €"),
        (
            '<html><meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><p>大阪'.encode("shift_jis"),
            "大阪",
        ),
        ("\ufeff<html><p>Zürich".encode(), "Zürich"),
        ("\ufeff<html><p>Zürich".encode("utf-16-le"), "Zürich"),
        ("\ufeff<html><p>Zürich".encode("utf-16-be"), "Zürich"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><!DOCTYPE html><html><p>Zürich".encode("latin-1"), "Zürich"),
        ("<!-- saved --><!DOCTYPE html><p>Zürich".encode(), "Zürich"),
    ],
)
def test_a_page_is_decoded_as_it_says(content: bytes, expected: str) -> None:
    made = document_from(content, "standard input")
    assert (made.media_type, made.written) == ("text/html", expected)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><p>Z\xfcrich", "cannot be decoded as utf-8"),
        (b"<html><meta charset=klingon><p>x", "cannot be decoded as klingon"),
        (b"<html><meta charset=hex><p>x", "cannot be decoded as hex"),
        (b"<html><script>show()</script>", "holds no text"),
    ],
)
def test_a_page_without_readable_text_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said):
        document_from(content, "made.html")


def test_a_deep_page_is_read() -> None:
    assert lines("<div>" * 5000 + "Deep" + "</div>" * 5000) == ["Deep"]


def test_text_with_angles_is_text() -> None:
    assert document_from(b"a < b\n<p>is markup</p>\n", "made.txt").media_type == "text/plain"
