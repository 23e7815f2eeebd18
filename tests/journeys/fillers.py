"""How each kind of question is answered by hand: which answers there are, and what is pressed.

A new kind of question needs an entry in `FILLERS`; a test says so when it is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from feedback.questionnaire import Given, Question
from feedback.vocabulary import AnswerState, QuestionKind

from .hands import Hand

LONG = (
    "The helper was “lovely” – thank you, Zoë!\n"
    "But the door is too narrow & we had to wait outside for <b>2 hours</b>."
)
ARABIC = "الممر ضيق جدا، وانتظرنا ساعتين 😀"
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True)
class Filler:
    """How one kind of question is answered.

    `answers` gives some sound answers, the likeliest first; `fill` gives one of them with a hand.
    """

    answers: Callable[[Question], list[Given]]
    fill: Callable[[Page, Hand, Question, Given], None]


def fill(page: Page, hand: Hand, question: Question, given: Given) -> None:
    """Answer one question on the page that is open, whatever its kind."""
    if given.state is AnswerState.SKIPPED:
        return
    if given.state is AnswerState.UNKNOWN:
        own_box = f"#{field(question)}-unknown"
        hand.choose(page.locator(own_box))
        return
    FILLERS[question.kind].fill(page, hand, question, given)


def field(question: Question) -> str:
    """What a question's fields are called on the page."""
    return f"q_{question.name}"


def option(page: Page, question: Question, value: str | int) -> str:
    """Where one of the answers to choose from is."""
    return f'input[name="{field(question)}"][value="{value}"]'


# Options


def _each_option(question: Question) -> list[Given]:
    return [Given(codes=(each.code,)) for each in question.options]


def _some_options(question: Question) -> list[Given]:
    codes = [each.code for each in question.options]
    return [Given(codes=(codes[0], codes[-1])), *(Given(codes=(code,)) for code in codes)]


def _choose(page: Page, hand: Hand, question: Question, given: Given) -> None:
    for value in given.as_values():
        hand.choose(page.locator(option(page, question, value)))


# Numbers


def _ratings(question: Question) -> list[Given]:
    return [Given(number=number) for number in (7, 0, 10, 3)]


def _numbers(question: Question) -> list[Given]:
    low, high = question.lowest, question.highest
    return [Given(number=number) for number in ((low + high) // 2, low, high)]


def _write_number(page: Page, hand: Hand, question: Question, given: Given) -> None:
    digits = str(given.number)
    if page.locator("html[dir=rtl]").count():
        digits = digits.translate(ARABIC_DIGITS)
    hand.write(page.locator(f"#{field(question)}"), digits)


def _months(question: Question) -> list[Given]:
    return [Given(number=month) for month in (202603, 202511)]


def _write_month(page: Page, hand: Hand, question: Question, given: Given) -> None:
    year, month = divmod(given.number or 0, 100)
    hand.write(page.locator(f"#{field(question)}-month"), str(month))
    hand.write(page.locator(f"#{field(question)}-year"), str(year))


# Words


def _few_words(question: Question) -> list[Given]:
    return [Given(text=text) for text in ("apple river", ARABIC)]


def _card(question: Question) -> list[Given]:
    return [Given(text=text) for text in ("apple river", "fern moon")]


def _words(question: Question) -> list[Given]:
    return [Given(text=text) for text in (LONG, ARABIC)]


def _write_words(page: Page, hand: Hand, question: Question, given: Given) -> None:
    hand.write(page.locator(f"#{field(question)}"), given.text or "")


FILLERS: dict[QuestionKind, Filler] = {
    QuestionKind.CHOICE: Filler(_each_option, _choose),
    QuestionKind.CHOICES: Filler(_some_options, _choose),
    QuestionKind.YES_NO: Filler(_each_option, _choose),
    QuestionKind.FACES: Filler(_each_option, _choose),
    QuestionKind.AGREEMENT: Filler(_each_option, _choose),
    QuestionKind.RATING: Filler(_ratings, _choose),
    QuestionKind.NUMBER: Filler(_numbers, _write_number),
    QuestionKind.MONTH: Filler(_months, _write_month),
    QuestionKind.SHORT_TEXT: Filler(_few_words, _write_words),
    QuestionKind.COMMENT: Filler(_words, _write_words),
    QuestionKind.CARD: Filler(_card, _write_words),
}
