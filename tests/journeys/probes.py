"""Questions to a page that is open, answered in the page itself by `probes.js`."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# What a reader may set for themselves, WCAG 1.4.12.
SPACING = """* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }"""


@cache
def _script() -> str:
    return (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")


def probe(page: Page, name: str, *given: object) -> Any:
    """Ask one of the probes; the page has them from the first question on."""
    asked = f"given => 'probes' in window ? {{said: probes.{name}(...given)}} : null"
    found = page.evaluate(asked, list(given))
    if found is None:
        page.evaluate(f"window.probes = {_script()}, true")
        found = page.evaluate(asked, list(given))
    return found.get("said")


def spaced(page: Page, wanted: bool) -> None:
    """Set the reader's own spacing, or take it away; a page's own rules cannot forbid it."""
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [sheet];
        }""",
        SPACING if wanted else "",
    )


def sized(page: Page, width: int, height: int = 740) -> None:
    """Make the window so many CSS pixels wide and high."""
    page.set_viewport_size({"width": width, "height": height})


def at_400_percent(page: Page) -> None:
    """Zoom in to 400 per cent in a window of 1280 × 1024 px: a quarter of the pixels is left."""
    sized(page, 1280 // 4, 1024 // 4)
