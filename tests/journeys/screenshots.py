"""Pictures of every state, for people to look at: `python -m tests.journeys.screenshots FOLDER`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from .design_states import design
from .office_states import office
from .paper_states import paper
from .phone import ARGUMENTS, DESK, PHONE, chromium, new_phone
from .planning_states import planning_answering
from .site import Site
from .states import Place, State, answering, open_all
from .telling_states import telling_states

DARK, STRONG = {"color_scheme": "dark"}, {"contrast": "more"}
FORCED, PRINT = {"forced_colors": "active"}, {"media": "print"}
USUAL = {
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
    "media": "screen",
}
# How a state is looked at: width, language, and what its reader wishes for.
ANSWERING: list[tuple[int, str, dict[str, str]]] = [
    (PHONE, "en", {}),
    (DESK, "en", {}),
    (PHONE, "ar", {}),
    (PHONE, "en", DARK),
    (PHONE, "en", STRONG),
    (PHONE, "en", FORCED),
]
OFFICE = [(DESK, "en", {}), (PHONE, "en", {}), (DESK, "en", DARK), (DESK, "en", PRINT)]


def shoot(folder: Path) -> Iterator[Path]:
    """Take the pictures, one after the other."""
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        site = Site(Path(place))
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        collections = open_all(site)
        for_families = [*answering(), *planning_answering(), *telling_states()]
        desks = [*office(), *design(), *paper()]
        for states, looks in ((for_families, ANSWERING), (desks, OFFICE)):
            for state in states:
                for language in dict.fromkeys(tag for _, tag, _ in looks):
                    seen = Place(_phone(browser, site, language), site, collections, language)
                    state.reach(seen)
                    yield from _looks(folder, state, seen, looks)
                    seen.phone.close()
        browser.close()
        site.close()


def _phone(browser: Browser, site: Site, language: str):
    phone = new_phone(browser, site)
    phone.speak(language)
    return phone


def _looks(folder: Path, state: State, seen: Place, looks: Any) -> Iterator[Path]:
    page = seen.phone.page
    for width, language, wish in looks:
        if language != seen.language:
            continue
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(**{**USUAL, **wish})
        name = "".join(letter if letter.isalnum() else "_" for letter in state.name)
        file = folder / f"{'-'.join([name, str(width), language, *wish.values()])}.png"
        page.screenshot(path=file, full_page=True)
        yield file


def main() -> None:
    """Take them into the folder that is named."""
    if len(sys.argv) != 2 or chromium() is None:
        sys.exit("python -m tests.journeys.screenshots FOLDER (and a Chromium on this machine)")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file in shoot(folder):
        print(file)


if __name__ == "__main__":
    main()
