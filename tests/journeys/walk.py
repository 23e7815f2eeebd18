"""Walks any survey from its first page to the receipt, by its definition alone."""

import re
from collections.abc import Mapping

from feedback.questionnaire import Given, Questionnaire
from feedback.vocabulary import AnswerState

from .fillers import fill
from .hands import Hand
from .phone import Phone

ASKED = re.compile(r"/s/\w+/(\d+)$")


class Walk:
    """Somebody with a browser who answers one survey as a plan says."""

    def __init__(
        self, phone: Phone, code: str, asked: Questionnaire, plan: Mapping[str, Given], hand: Hand
    ) -> None:
        self.phone, self.page = phone, phone.page
        self.code, self.asked, self.plan, self.hand = code, asked, plan, hand

    def start(self) -> None:
        """Read the first page, and agree."""
        self.phone.goto(f"/s/{self.code}")
        self.follow(".govuk-button--start")

    @property
    def position(self) -> int | None:
        """Which page of the survey is open; None when it is none of them."""
        found = ASKED.search(self.phone.path)
        return int(found[1]) if found else None

    def fill(self) -> None:
        """Answer what the open page asks."""
        for question in self._open_page.questions:
            fill(self.page, self.hand, question, self.plan[question.name])

    def leave(self) -> None:
        """Press the button that fits what was answered."""
        given = [self.plan[question.name] for question in self._open_page.questions]
        nothing = bool(given) and all(each.state is AnswerState.SKIPPED for each in given)
        self.do("skip" if nothing and self._open_page.can_be_skipped else "continue")

    def do(self, action: str) -> None:
        """Press one of the page's own buttons."""
        self.follow(f'button[name=do][value="{action}"]')

    def to_page(self, position: int) -> None:
        """Answer page after page until the one at a position is open."""
        while self.position is not None and self.position < position:
            self.fill()
            self.leave()
        assert self.position == position, f"came to {self.phone.path}"

    def to_check(self) -> list[int]:
        """Answer page after page to the check page; says which pages were asked."""
        seen = []
        while (position := self.position) is not None:
            assert position not in seen, (
                f"page {position} came twice: {self.page.inner_text('main')}"
            )
            seen.append(position)
            self.fill()
            self.leave()
        assert self.phone.path.endswith("/check"), f"came to {self.phone.path}"
        return seen

    def send(self) -> str:
        """Send from the check page; gives the receipt code."""
        self.follow('form[action$="/send"] .govuk-button')
        return self.receipt()

    def receipt(self) -> str:
        """The receipt code of the thank-you page."""
        assert self.phone.path.endswith("/sent"), f"came to {self.phone.path}"
        return self.page.locator("#receipt-code").inner_text()

    def follow(self, target: str) -> None:
        """Press something, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.hand.press(self.page.locator(target))

    @property
    def _open_page(self):
        assert self.position is not None, f"no page of questions: {self.phone.path}"
        return self.asked.pages[self.position - 1]
