"""A visit: a window of a headless Chromium, with all that it asked for and complained of while open."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

PATIENCE_MS = 90_000
"""How long one step may take: generous, since a busy machine must not fail a test."""

OWN_HOSTS = frozenset({"127.0.0.1", "localhost"})

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that needs another host must fail here as it would on a machine without a network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """An open page, the addresses that the browser asked for, and the errors that pages raised or logged."""

    context: BrowserContext
    page: Page
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def foreign_requests(self) -> list[str]:
        """The requested addresses on other hosts than this machine; data: and blob: addresses have none."""
        return [address for address in self.requested if urlsplit(address).hostname not in {None, *OWN_HOSTS}]


@contextmanager
def running(chromium: Path) -> Iterator[Browser]:
    """A browser with a new, empty profile, which is gone with it at the end.

    Only one at a time: Playwright refuses a second one, and asyncio one of its own, while it is open.
    """
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser) -> Iterator[Visit]:
    """A window of its own: it shares no storage and no cache with other visits."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    seen = Visit(context, context.new_page())
    _record(seen)
    try:
        yield seen
    finally:
        context.close()


def drop_file(page: Page, target: str, name: str, content: bytes) -> None:
    """Drop a file on the element that the selector `target` finds, as a hand with a mouse would."""
    page.locator(target).first.evaluate(_DROP, [name, b64encode(content).decode()])


_DROP = """(element, [name, content]) => {
  const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  for (const event of ['dragenter', 'dragover', 'drop'])
    element.dispatchEvent(new DragEvent(event, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""


def _record(seen: Visit) -> None:
    def on_request(request: Request) -> None:
        seen.requested.append(request.url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.complaints.append(message.text)

    def on_error(error: Error) -> None:
        seen.complaints.append(str(error))

    seen.context.on("request", on_request)
    seen.page.on("console", on_console)
    seen.page.on("pageerror", on_error)
