"""The pages about things and terms in a browser: links lead on, nothing is refused, nothing foreign is asked for."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.browser.browsing import visit

SERVICE = "/id/service/aws/amazon-simple-storage-service"


def test_a_person_goes_from_a_document_to_a_service_to_the_meaning_of_a_word(browser: Browser, served_app: str) -> None:
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{served_app}{SERVICE}")
        expect(page.locator("h1")).to_have_text("Amazon Simple Storage Service")
        assert page.url.endswith(SERVICE.replace("/id/", "/doc/"))
        page.locator("#links-assessments + .wide tbody th a").first.click()
        expect(page.locator("header .purpose a")).to_have_text("assessment")
        page.locator("header .purpose a").click()
        expect(page.locator("#Assessment h3")).to_be_visible()
        page.locator("#picture + .picture svg a", has_text="Country").first.click()
        assert page.url.endswith("/ontology#Country")
        assert page.evaluate("getComputedStyle(document.querySelector('article.term')).borderStyle") == "solid"
        assert (seen.foreign_requests(), seen.complaints) == ([], [])
