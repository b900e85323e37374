"""What stands around the auditor's report: standards on the title page, words on readers below the last part."""

from __future__ import annotations

from tests.loaders.larkspur import LARKSPUR, links
from tests.loaders.soc_facts import extraction, fixture_text, replaced, stated

RESTRICTED = LARKSPUR[LARKSPUR.index("Restricted Use\n") : LARKSPUR.index("Tamarind Assurance LLP\nRotterdam")]
FERRUM = fixture_text("soc_1_ferrum")
COVER = "SOC 1 Type 1\n"


def test_a_standard_that_the_title_page_says_was_followed_is_one() -> None:
    without = replaced(" (SSAE No. 18, AT-C Section 320) and ISAE 3402", "")(FERRUM)
    followed = without.replace(COVER, f"{COVER}Prepared in accordance with ISAE 3402\n")
    assert _standards(followed) - _standards(without) == {"framework/isae-3402"}
    assert _standards(without.replace(COVER, f"{COVER}Readers of ISAE 3402 reports\n")) == _standards(without)


def test_a_standard_whose_name_the_end_of_a_page_cuts_is_one() -> None:
    cut = replaced("Certified Public Accountants (", "Certified Public\n\n\fAccountants (")(FERRUM)
    assert _standards(cut) == _standards(FERRUM)
    ended = replaced("Institute of Certified Public Accountants (", "Institute.\n\nAccountants (")(FERRUM)
    assert _standards(FERRUM) - _standards(ended) == {"framework/aicpa-attestation-standards"}


def test_words_below_the_last_part_say_who_may_read_a_report_where_no_others_do() -> None:
    last = "This report may be freely distributed. Larkspur is listed in Rotterdam.\n"
    assert extraction(LARKSPUR + last).facts.document["distribution"] == "restricted"
    silent = LARKSPUR.replace(RESTRICTED, "")
    assert extraction(silent).facts.document.get("distribution") is None
    assert extraction(silent + last).facts.document["distribution"] == "public"
    other = "The handbook may be freely distributed.\n"
    assert extraction(silent + other).facts.document.get("distribution") is None


def _standards(text: str) -> set[str]:
    return {end for _, end in links(stated(text), "assessment", "PERFORMED_UNDER")}
