"""Laws of reading PDF: what stands apart on paper stands apart in the lines; what cannot be read is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fpdf import FPDF

from graph.errors import UnreadableDocument
from loaders.inputs.documents import Document, document_from
from loaders.names.resolution import read_names
from loaders.registry import all_loaders, recognise
from tests.loaders.printed import printed_by_writer
from tests.loaders.stated import fixture


def drawn(draw: Callable[[FPDF], object], font: str = "helvetica") -> bytes:
    """A PDF of one page on which something is drawn."""
    pdf = FPDF(format="A4")
    pdf.set_font(font, size=10)
    pdf.add_page()
    draw(pdf)
    return bytes(pdf.output())


def lines_of(draw: Callable[[FPDF], object]) -> list[str]:
    """The lines of that PDF, without blank ones."""
    return [line for line in document_from(drawn(draw), "made.pdf").written.split("\n") if line]


def two_pages() -> Document:
    """A document of two pages."""

    def draw(pdf: FPDF) -> None:
        pdf.text(20, 20, "The first line")
        pdf.text(20, 25, "The second line")
        pdf.add_page()
        pdf.text(20, 20, "The third line")

    return document_from(drawn(draw), "made.pdf")


def test_a_page_break_is_a_form_feed_and_lines_know_their_page() -> None:
    made = two_pages()
    assert made.written.split("\n") == ["The first line", "The second line", "\fThe third line"]
    assert (made.media_type, made.pages, made.file_lines) == ("application/pdf", 2, 3)
    assert [made.page_of(line) for line in (1, 2, 3)] == [1, 1, 2]


def test_columns_side_by_side_stand_apart_and_below_each_other() -> None:
    rows = [("1.01", "Keys are kept in a safe.", "None noted."), ("1.02", "Doors are shut.", "One door stood open.")]

    def draw(pdf: FPDF) -> None:
        for number, row in enumerate(rows):
            for x, cell in zip((20, 40, 120), row, strict=True):
                pdf.text(x, 20 + 5 * number, cell)

    made = lines_of(draw)
    assert [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in made] == [list(row) for row in rows]
    assert made[0].index("None noted.") == made[1].index("One door")


def test_the_order_of_drawing_does_not_matter() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(100, 25, "right below")
        pdf.text(20, 20, "left above")
        pdf.text(100, 20, "right above")
        pdf.text(20, 25, "left below")

    assert [line.split() for line in lines_of(draw)] == [
        ["left", "above", "right", "above"],
        ["left", "below", "right", "below"],
    ]


def test_room_between_lines_is_a_blank_line() -> None:
    def draw(pdf: FPDF) -> None:
        for y in (20, 25, 30, 35, 45, 50, 70):
            pdf.text(20, y, f"at {y}")

    made = document_from(drawn(draw), "made.pdf").written.split("\n")
    assert made == ["at 20", "at 25", "at 30", "at 35", "", "at 45", "at 50", "", "", "", "at 70"]


def test_lines_that_go_on_tell_the_usual_distance_though_rows_of_tables_are_more() -> None:
    def draw(pdf: FPDF) -> None:
        for number in range(9):
            pdf.text(20, 20 + 11 * number, "A harbor is")
            pdf.text(20, 24 + 11 * number, "where ships lie")
        for number in range(25):
            pdf.text(20, 125 + 6 * number, f"Row {number}")

    made = document_from(drawn(draw), "made.pdf").written.split("\n")
    assert made[:4] == ["A harbor is", "where ships lie", "", "A harbor is"]
    assert made[-3:] == ["Row 23", "", "Row 24"]


def test_a_full_cell_that_nearly_touches_the_next_one_ends_where_the_column_begins() -> None:
    names = ["Ferry", "Berth", "Interharborage"]

    def draw(pdf: FPDF) -> None:
        edge = 22 + pdf.get_string_width(names[-1])
        for number, name in enumerate(names):
            pdf.text(20, 20 + 5 * number, name)
            pdf.text(edge, 20 + 5 * number, "Is for all ships")

    assert [line.split("  ")[-1].strip() for line in lines_of(draw)] == ["Is for all ships"] * 3


def test_lines_that_go_on_in_a_column_tell_where_it_begins() -> None:
    def draw(pdf: FPDF) -> None:
        edge = 21.7 + pdf.get_string_width("Interharborage")
        for number in range(2):
            pdf.text(20, 20 + 10 * number, "Interharborage")
            pdf.text(edge, 20 + 10 * number, "Is for all ships")
            pdf.text(edge, 25 + 10 * number, "of the harbor")

    assert [line.split("  ")[0] for line in lines_of(draw)][::2] == ["Interharborage"] * 2


def test_a_small_raised_number_is_the_mark_of_a_footnote() -> None:
    def draw(pdf: FPDF) -> None:
        end = 20 + pdf.get_string_width("Far East")
        pdf.text(20, 20, "Far East")
        pdf.set_font(size=6)
        pdf.text(end, 18.6, "12")

    assert lines_of(draw) == ["Far East¹²"]


def test_a_page_that_lies_on_its_side_is_read_along_its_lines() -> None:
    def draw(pdf: FPDF) -> None:
        for number, text in enumerate(("The first line", "The second line")):
            with pdf.rotation(90, 100, 100):
                pdf.text(20, 90 + 5 * number, text)

    assert lines_of(draw) == ["The first line", "The second line"]


def test_a_mark_across_the_page_is_no_text() -> None:
    def draw(pdf: FPDF) -> None:
        for y in (20, 25, 30):
            pdf.text(20, y, "Doors are shut at night.")
        with pdf.rotation(45, 30, 30):
            pdf.text(20, 25, "CONFIDENTIAL")

    assert lines_of(draw) == ["Doors are shut at night."] * 3


def encrypted() -> bytes:
    """A PDF that opens with a password alone."""
    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password="user")
    pdf.set_font("helvetica", size=10)
    pdf.add_page()
    pdf.text(20, 20, "A secret")
    return bytes(pdf.output())


WHOLE = printed_by_writer("Doors are shut at night.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (encrypted(), "the PDF is encrypted"),
        (drawn(lambda pdf: pdf.rect(20, 20, 50, 50, style="F")), "the PDF holds no text, only images"),
        (WHOLE[: len(WHOLE) // 2], "the PDF is cut"),
        (b"%PDF-1.7\n" + b"\xff\x00" * 200 + b"\n%%EOF\n", "the PDF is damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"made\.pdf: {said}"):
        document_from(content, "made.pdf")


def test_a_citation_of_a_pdf_has_the_page_of_its_lines() -> None:
    made = document_from(printed_by_writer(fixture("soc_3_nimbus.txt") + "\n" * 90), "made.pdf")
    loader, _ = recognise(made, all_loaders())
    facts = loader.extract(made, read_names()).facts
    assert facts.document["pages"] == made.pages
    assert {citation.page for citation in facts.citations} == {1}
    assert all(made.page_of(c.first_line) == c.page for c in facts.citations)


def test_a_page_that_is_an_image_is_named_in_the_report() -> None:
    pdf = FPDF(format="A4")
    pdf.set_font("courier", size=7.5)
    pdf.add_page()
    for number, line in enumerate(fixture("soc_3_nimbus.txt").split("\n")):
        pdf.text(10, 10 + 4 * number, line)
    pdf.add_page()
    pdf.rect(20, 20, 50, 50, style="F")
    pdf.add_page()
    made = document_from(bytes(pdf.output()), "made.pdf")
    loader, _ = recognise(made, all_loaders())
    warnings = loader.extract(made, read_names()).warnings
    assert [one.line for one in warnings if "page 2 holds no text" in one.message] == [made.page_starts[1]]
    assert not any("page 3" in one.message for one in warnings)


def test_a_space_parts_what_stands_right_behind_it_though_other_spaces_were_drawn_in_between() -> None:
    def draw(pdf: FPDF) -> None:
        marks = ("1. ", "2. ")
        for number, mark in enumerate(marks):
            pdf.text(20, 20 + 5 * number, mark)
        for number, words in enumerate(("Keys are kept.", "Doors are shut.")):
            pdf.text(20 + pdf.get_string_width(marks[number]), 20 + 5 * number, words)

    assert lines_of(draw) == ["1. Keys are kept.", "2. Doors are shut."]


JOINED = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>
endobj
4 0 obj
<< /Length 50 >>
stream
BT /F1 12 Tf 72 300 Td (An oXce, aYairs) Tj ET   
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>
endobj
6 0 obj
<< /Length 120 >>
stream
1 begincodespacerange <00> <ff> endcodespacerange
2 beginbfchar <58> <006600660069> <59> <00660066> endbfchar             
endstream
endobj
trailer
<< /Root 1 0 R >>
%%EOF
"""


def test_letters_that_one_shape_joins_are_all_read() -> None:
    """The shape `X` of the font is `ffi`, and `Y` is `ff`."""
    assert document_from(JOINED, "made.pdf").written.split() == ["An", "office,", "affairs"]
