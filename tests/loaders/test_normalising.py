"""Characters are normalised once for all readers; what can be no text gets into no fact."""

from __future__ import annotations

import unicodedata

import pytest

from graph.errors import BrokenDocument
from loaders.inputs.documents import document_from
from loaders.inputs.normalising import DAMAGED, joint, normalised, plain
from loaders.names.resolution import read_names
from loaders.soc.report import SocReport
from tests.loaders.soc_facts import extraction
from tests.loaders.stated import fixture, shown

REPORT = fixture("soc_3_nimbus.txt")


def test_every_space_is_a_plain_one_and_what_has_no_width_vanishes() -> None:
    assert normalised("\ufeffa\u00a0b\u2003c\u200bd\u2060e\x0bf\x85g") == "a b cde f g"


def test_line_feeds_tabs_and_form_feeds_at_the_ends_of_lines_stay() -> None:
    assert normalised("a\tb\r\n\fc\u00a0\f\nd\fe\r\r\n\u2028f") == "a\tb\n\fc \f\nd e\n f"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  •Rowing", " • Rowing"),
        ("•Rowing\n\f\uf0b724-hour guards", "• Rowing\n\f\uf0b7 24-hour guards"),
        ("Boats    ▪Rowing", "Boats   ▪ Rowing"),
        ("Boats\t‣“Rowing”", "Boats\t‣ “Rowing”"),
        ("\u00a0•Rowing", "• Rowing"),
        ("Boats ·Oars 5·3 and *Rowing", "Boats ·Oars 5·3 and *Rowing"),
        ("●  ●●  ● Rowing", "●  ●●  ● Rowing"),
    ],
)
def test_a_bullet_stands_apart_from_its_item_at_the_start_of_a_line_or_of_a_cell(written: str, read: str) -> None:
    assert normalised(written) == read


def test_a_soft_hyphen_joins_a_word_within_a_line_and_over_two() -> None:
    above, below = normalised("as\u00adsur\u00ad\nance").split("\n")
    assert joint(above, below) == "assurance"
    assert joint("no", "hyphen") == "no hyphen"


def test_hyphens_ligatures_and_accents_are_the_usual_characters() -> None:
    assert normalised("us\u2011east con\ufb01g " + unicodedata.normalize("NFD", "São")) == "us-east config São"


def test_quotation_marks_and_dashes_stay_in_the_text_and_are_plain_where_code_compares() -> None:
    assert normalised("“a” – ’b’") == "“a” – ’b’"
    assert plain("“a” – ’b’") == "\"a\" - 'b'"


def test_a_quote_holds_the_lines_as_written_without_control_characters() -> None:
    document = document_from("one\u00a0\u201ctwo\u201d\r\n\fthree\x01\n".encode(), "text.txt")
    assert document.quote(1, 2) == f"one\u00a0“two”\nthree{DAMAGED}"
    assert document.damaged == (2,)


def test_a_damaged_name_is_no_fact_and_a_warning_names_its_line() -> None:
    whole, found = extraction(REPORT), extraction(REPORT.replace("Kobe, Japan", "Ko\x02e, Japan"))
    edges = set(shown(whole.facts, "EdgeLocation"))
    assert set(shown(found.facts, "EdgeLocation")) == edges - {"Kobe, Japan"}
    assert [w.line for w in found.warnings if "no text" in w.message] == [
        REPORT[: REPORT.index("Kobe, Japan")].count("\n") + 1
    ]


def test_a_document_whose_publisher_is_damaged_is_refused() -> None:
    with pytest.raises(BrokenDocument, match="no text"):
        SocReport().extract(document_from(REPORT.replace("Nimbus", "Nim\x01us").encode(), "text.txt"), read_names())
