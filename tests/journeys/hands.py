"""Ways to work a page: a mouse, a thumb, the keyboard alone."""

from typing import Any, Protocol

from playwright.sync_api import Locator, Page

from .probes import probe

MOST_STOPS = 120  # presses of the tab key before we say that it cannot be reached


class Hand(Protocol):
    """What a person does with a page, however they do it."""

    taps: int

    def press(self, target: Locator) -> None:
        """Press a button or follow a link."""

    def choose(self, target: Locator) -> None:
        """Choose a radio button or tick a box."""

    def write(self, target: Locator, text: str) -> None:
        """Write into a box, in place of what is there."""


class Mouse:
    """Clicks on what it sees; of an answer that is the whole card."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def press(self, target: Locator) -> None:
        self.taps += 1
        self._touch(target)

    def choose(self, target: Locator) -> None:
        if target.is_checked():
            return
        self.taps += 1
        self._touch(self.page.locator(f'label[for="{target.get_attribute("id")}"]'))

    def write(self, target: Locator, text: str) -> None:
        self._touch(target)
        target.fill(text)

    def _touch(self, target: Locator) -> None:
        target.click()


class Thumb(Mouse):
    """Taps, on a phone."""

    def _touch(self, target: Locator) -> None:
        target.tap()


class Keys:
    """Tab, the arrows, Space and Enter, and letters into boxes; never a pointer.

    `stops` collects where the focus stood after each Tab, as the page itself tells it.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.stops: list[dict[str, Any]] = []

    def press(self, target: Locator) -> None:
        self.taps += 1
        self._reach(target)
        self.page.keyboard.press("Enter")

    def choose(self, target: Locator) -> None:
        if target.is_checked():
            return
        if target.get_attribute("type") == "checkbox":
            self._reach(target)
            self.page.keyboard.press("Space")
            return
        name = target.get_attribute("name")
        self._reach(self.page.locator(f'input[name="{name}"]'))
        for _ in range(MOST_STOPS):
            if _focused(target):
                break
            self.page.keyboard.press("ArrowDown")
        if not target.is_checked():
            self.page.keyboard.press("Space")

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def _reach(self, targets: Locator) -> None:
        for _ in range(MOST_STOPS):
            if _focused(targets):
                return
            self.page.keyboard.press("Tab")
            self.stops.append(probe(self.page, "focused"))
        raise AssertionError(f"{targets} is not reached with the tab key")


def _focused(targets: Locator) -> bool:
    return bool(targets.evaluate_all("all => all.includes(document.activeElement)"))
