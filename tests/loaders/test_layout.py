"""The layout of a document is read once for all loaders: breaks, letterheads, footnotes, lists, tables, headings."""

from __future__ import annotations

from loaders.inputs.documents import document_from
from loaders.layout.layout import Kind, Layout, read_layout
from loaders.layout.lists import Entry, entries, join_wrapped
from loaders.layout.pages import running_lines
from loaders.layout.text import clean

LETTERHEAD = "Nimbus Harbor\n\n12 Quay Street\nPorthaven\n"
LONG = "This is a paragraph that stands on one line " + "and goes on " * 12 + "to its end."


def layout(text: str) -> Layout:
    return read_layout(document_from(text.encode(), "text.txt"))


def kinds(text: str) -> list[tuple[Kind, str, int, int]]:
    return [(p.kind, p.text, p.first_line, p.last_line) for p in layout(text).pieces]


def listed(text: str) -> list[tuple[str, int, int]]:
    return [(e.text, e.first_line, e.last_line) for e in entries(layout(text).pieces)]


def test_bullet_and_markup_are_no_text() -> None:
    text = "• **Bold:** `code` [name](#) <i>so</i> *it* is¹ <https://quay.example>"
    assert clean(text) == "Bold: code name so it is <https://quay.example>"


def test_a_list_goes_on_after_a_footnote_and_a_letterhead() -> None:
    text = f"{LONG}\n\n\n\n{LETTERHEAD}\n- one\n- two\n\n¹ A note.\n\n\n\n{LETTERHEAD}\n- three\n\n{LONG}\n\n- other\n"
    pieces = layout(text).pieces
    assert [e.text for e in entries(pieces[1:])] == ["one", "two", "three"]


def test_a_form_feed_is_a_page_break() -> None:
    text = f"{LONG}\n\f{LETTERHEAD}- one\n\f{LETTERHEAD}- two\n"
    assert [e[0] for e in listed(text.split("\n", 1)[1])] == ["one", "two"]


def test_items_are_items_whatever_marks_them() -> None:
    assert [e[0] for e in listed("• one\n- two\n| • three | • four |\n|---|---|\n| • five | |\n")] == [
        "one",
        "two",
        "three",
        "four",
        "five",
    ]


def test_a_cell_without_a_bullet_goes_on_with_the_cell_above() -> None:
    text = "| • Leeds, United | • Kobe, Japan |\n| Kingdom | • Nara, Japan |\n"
    assert listed(text) == [("Leeds, United Kingdom", 1, 2), ("Kobe, Japan", 1, 1), ("Nara, Japan", 2, 2)]


def test_a_wrapped_item_keeps_both_its_lines() -> None:
    found = entries(layout("- Barrel\n- Keep of the\n  Vault\n- Crane\n").pieces)
    assert [(e.text, e.first_line, e.last_line) for e in found] == [
        ("Barrel", 1, 1),
        ("Keep of the Vault", 2, 3),
        ("Crane", 4, 4),
    ]


def test_an_entry_that_is_known_alone_is_joined_to_none() -> None:
    rows = [
        Entry(text, text, line, line, ()) for line, text in enumerate(("Pennsylvania, United", "States", "Ohio"), 1)
    ]
    known = {"Pennsylvania, United States", "Ohio"}
    assert [(e.text, e.first_line, e.last_line) for e in join_wrapped(rows, known.__contains__)] == [
        ("Pennsylvania, United States", 1, 2),
        ("Ohio", 3, 3),
    ]


def test_an_entry_with_a_bullet_of_its_own_goes_on_with_none() -> None:
    found = entries(layout("- Crane as a yard\n- Mooring\n").pieces)
    assert [e.text for e in join_wrapped(found, frozenset[str]().__contains__)] == ["Crane as a yard", "Mooring"]


def test_short_lines_before_a_paragraph_are_headings_and_others_are_a_list() -> None:
    text = (
        "Keeping\nBarrel\nBarrel holds whatever guests pour into it, be it wine or be it oil, and\n"
        "keeps it until they come again.\n\n\n\nLeeds\nKobe\nNara\n"
    )
    assert kinds(text) == [
        (Kind.HEADING, "Keeping", 1, 1),
        (Kind.HEADING, "Barrel", 2, 2),
        (
            Kind.PARAGRAPH,
            "Barrel holds whatever guests pour into it, be it wine or be it oil, and keeps it until they come again.",
            3,
            4,
        ),
        (Kind.LINE, "Leeds", 8, 8),
        (Kind.LINE, "Kobe", 9, 9),
        (Kind.LINE, "Nara", 10, 10),
    ]


def test_a_piece_stands_under_the_headings_of_the_table_of_contents() -> None:
    text = (
        "SECTION I – Words\t2\nOn Quays\t3\nSECTION II – Deeds\t4\n\nSECTION I – Words\n\nOn Quays\n\nA. Stone\n\n"
        f"Granite\n\n{LONG}\n\n**SECTION II –\nDeeds**\n\n{LONG}\n"
    )
    found = layout(text)
    assert [piece.text for piece in found.contents] == ["SECTION I – Words", "On Quays", "SECTION II – Deeds"]
    assert [p.section for p in found.pieces if p.kind is Kind.PARAGRAPH] == [
        ("SECTION I – Words", "On Quays", "A. Stone", "Granite"),
        ("SECTION II – Deeds",),
    ]


def test_a_row_keeps_its_cells_and_a_title_row_of_the_contents_is_a_heading() -> None:
    text = "Part one\t1\nPart two\t2\nPart three\t3\n\nPart two\t\t\nkeys\tcounted\tyes\n"
    assert [(p.kind, p.cells, p.section) for p in layout(text).pieces] == [
        (Kind.HEADING, ("Part two", "", ""), ("Part two",)),
        (Kind.ROW, ("keys", "counted", "yes"), ("Part two",)),
    ]


def test_page_numbers_and_rules_of_tables_are_no_pieces() -> None:
    assert kinds(f"{LONG}\n\n12\n\n|---|---|\n\nPage 3 of 9\n") == [(Kind.PARAGRAPH, LONG, 1, 1)]


def test_entries_without_a_letter_or_a_digit_are_none() -> None:
    assert [e[0] for e in listed("- one\n- --\n• | | | |\n• | • two | — |\n")] == ["one", "two"]


def test_items_are_items_with_any_bullet_and_with_numbers() -> None:
    for marks in (
        "••",
        "--",
        "––",
        "**",
        "oo",
        "··",
        "▪▪",
        "\uf0b7\uf0b7",
        ("1.", "2."),
        ("a)", "b)"),
        ("(i)", "(ii)"),
    ):
        text = f"These are ours:\n\n{marks[0]} Barrel\n{marks[1]} Keep of the Vault\n"
        assert [e.text for e in entries(layout(text).pieces[1:])] == ["Barrel", "Keep of the Vault"], marks


def test_a_number_alone_makes_no_list() -> None:
    assert kinds("1. Scope\n\n2. Opinion\n") == [(Kind.HEADING, "1. Scope", 1, 1), (Kind.HEADING, "2. Opinion", 3, 3)]


def test_an_item_goes_on_in_a_line_that_stands_above_the_next_item_whatever_its_case() -> None:
    assert listed("- Barrel\n- Keep of the\nVault\n- Crane\n") == [
        ("Barrel", 1, 1),
        ("Keep of the Vault", 2, 3),
        ("Crane", 4, 4),
    ]


def test_a_bullet_alone_belongs_to_the_line_below() -> None:
    assert listed("•\nBarrel\n•\nCrane\n") == [("Barrel", 1, 2), ("Crane", 3, 4)]


def test_an_item_goes_on_over_a_page_break() -> None:
    text = "- Barrel\n- Keep of the Vault (keep,\n\n¹ A note.\n\n\n\nstore)\n- Crane\n"
    assert listed(text) == [("Barrel", 1, 1), ("Keep of the Vault (keep, store)", 2, 8), ("Crane", 9, 9)]


def test_a_row_in_pipes_goes_on_to_the_pipe_that_ends_it() -> None:
    text = "| • Leeds, United\nKingdom | • Kobe,\nJapan |\n|---|---|\n| • Nara, Japan | |\n"
    assert listed(text) == [("Leeds, United Kingdom", 1, 1), ("Kobe, Japan", 1, 1), ("Nara, Japan", 3, 3)]


def test_a_list_that_a_report_holds_twice_at_the_top_of_a_page_is_no_letterhead() -> None:
    names = "Anvil\nBarrel\nCrane\nDerrick\nEngine\nFender"
    text = f"{LONG}\n\n\n\n{names}\n\n{LONG}\n\n\n\n{names}\n"
    assert [p.text for p in layout(text).pieces if p.kind is Kind.LINE] == [*names.split("\n"), *names.split("\n")]


def test_a_lettered_heading_goes_on_where_its_series_stood() -> None:
    contents = "Contents\n\nSECTION I - Harbor\t1\nHarbor Controls\t2\nShips of the Harbor\t3\n\n"
    body = ("SECTION I - Harbor", "Harbor Controls", "A. Gates", LONG, "Ships of the Harbor", LONG, "B. Keys", LONG)
    pieces = layout(contents + "".join(f"{line}\n\n" for line in body)).pieces
    assert pieces[-1].section == ("SECTION I - Harbor", "Harbor Controls", "B. Keys")


def test_rows_that_end_with_numbers_far_behind_the_first_pages_are_no_table_of_contents() -> None:
    rows = ["Boats tied up at night     2", "Ropes dried each week     2", "Sails counted     4"]
    assert len(layout("\n\n".join(rows)).contents) == len(rows)
    assert not layout("\n\n".join(("The harbor.", *["It is wet."] * 120, *rows))).contents


def test_a_list_goes_on_below_the_head_and_the_foot_of_a_page() -> None:
    foot, head = (
        "Only for those who are named in part 1{gap}Page {n}\n",
        "\fNimbus Harbor | What the harbor keeps in its sheds\n",
    )
    pages = ["- one\n- two", "- three\n- four", "- five", "- six"]
    text = head + f"\n\n{foot}{head}\n".join(pages)
    for n in range(1, 4):
        text = text.replace("{gap}Page {n}", f"{' ' * (10 * n)}Page {n}", 1)
    assert [one[0] for one in listed(text)] == ["one", "two", "three", "four", "five", "six"]


def test_titles_of_columns_items_and_what_few_pages_have_are_no_heads() -> None:
    pages = [["\fNumber   Place   Use", f"1.{n} Quay", "- again"] for n in range(4)]
    assert running_lines([line for page in pages for line in page]) == frozenset()
    few = [["\fThe same", f"one {n}", "Page x"] for n in range(2)]
    assert running_lines([line for page in few for line in page]) == frozenset()
    heads = [["\fThe same", "one", f"Page {n}"] for n in range(3)]
    assert running_lines([line for page in heads for line in page]) == {0, 2, 3, 5, 6, 8}
