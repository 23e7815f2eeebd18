"""One field a kind of question: reads what was sent, says kindly what to mend, gives the answer.

A field keeps what the person typed, right or wrong, so that nothing has to be typed twice.
"""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field
from wtforms.validators import ValidationError

from feedback.analysis.text import card_words, one_line, tidy
from feedback.questionnaire import Given, Question
from feedback.vocabulary import LONGEST_COMMENT, LONGEST_SHORT_TEXT, AnswerState, QuestionKind

UNKNOWN = "-unknown"  # no option's code can begin with a hyphen
FIRST_YEAR, LAST_YEAR = 1900, 2100


class AnswerField(Field):
    """The answer to one question; what the kinds share.

    After validation `answer` holds the answer, or None where it was left blank.
    """

    def __init__(self, label: str, *, question: Question, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.question = question
        self.answer: Given | None = None
        self.unknown = False

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the answer kept earlier, or what was just sent."""
        self.process_errors: list[str] = []
        kept = data if isinstance(data, Given) else None
        if formdata is None:
            self.unknown = kept is not None and kept.state is AnswerState.UNKNOWN
            self.show(kept if kept is not None and kept.state is AnswerState.GIVEN else None)
        else:
            sent = formdata.getlist(self.name)
            self.unknown = UNKNOWN in sent or f"{self.name}{UNKNOWN}" in formdata
            self.read([value for value in sent if value != UNKNOWN], formdata)

    def show(self, kept: Given | None) -> None:
        """Fill the field from an answer kept earlier."""
        raise NotImplementedError

    def read(self, sent: list[str], formdata: Any) -> None:
        """Fill the field from what was sent."""
        raise NotImplementedError

    def given(self) -> Given | None:
        """The answer as filled in, or None where nothing is.

        Raises:
            ValidationError: in words for the person.
        """
        raise NotImplementedError

    def pre_validate(self, form: Any) -> None:
        """Work out the answer, or raise the words that say what to mend."""
        found = self.given()
        if self.unknown and found is not None:
            raise ValidationError(_("Give one answer, or “I don’t know”, but not both"))
        if self.unknown and self.question.dont_know:
            found = Given(state=AnswerState.UNKNOWN)
        if found is None and self.question.required:
            raise ValidationError(self.missing())
        self.answer = found

    def missing(self) -> str:
        """What to say when a needed answer is not there."""
        return _("Choose one of the answers")

    @property
    def first_id(self) -> str:
        """The id of the part that an error message leads to."""
        return str(self.id)

    def _value(self) -> str:
        return ""


class OptionField(AnswerField):
    """One answer out of several: a choice, a face, how far one agrees, 0 to 10."""

    chosen: str | None = None

    def show(self, kept: Given | None) -> None:
        """Mark the option chosen earlier."""
        values = kept.as_values() if kept else ()
        self.chosen = values[0] if values else None

    def read(self, sent: list[str], formdata: Any) -> None:
        """Mark the option sent; of several, the first."""
        self.chosen = sent[0] if sent else None

    def given(self) -> Given | None:
        """The option, if it is one of the question's."""
        if self.chosen is None:
            return None
        if self.question.kind is QuestionKind.RATING:
            if self.chosen not in _RATINGS:
                raise ValidationError(_("Choose a number from 0 to 10"))
            return Given(number=int(self.chosen))
        if self.chosen not in self.question.codes:
            raise ValidationError(_("Choose one of the answers on this page"))
        return Given(codes=(self.chosen,))

    @property
    def first_id(self) -> str:
        """The first option's id."""
        return f"{self.id}-1"


_RATINGS = frozenset(str(number) for number in range(11))


class OptionsField(AnswerField):
    """As many of the options as apply."""

    chosen: tuple[str, ...] = ()

    def show(self, kept: Given | None) -> None:
        """Tick the options chosen earlier."""
        self.chosen = kept.codes if kept else ()

    def read(self, sent: list[str], formdata: Any) -> None:
        """Tick the options sent."""
        self.chosen = tuple(sent)

    def given(self) -> Given | None:
        """The options in the order of the question, each once."""
        if not self.chosen:
            return None
        if not self.question.codes.issuperset(self.chosen):
            raise ValidationError(_("Choose from the answers on this page"))
        return Given(codes=tuple(o.code for o in self.question.options if o.code in self.chosen))

    def missing(self) -> str:
        """What to say when nothing is ticked."""
        return _("Choose one answer or more")

    @property
    def first_id(self) -> str:
        """The first option's id."""
        return f"{self.id}-1"


class NumberField(AnswerField):
    """A whole number, in any script's digits."""

    text: str = ""

    def show(self, kept: Given | None) -> None:
        """Write the number kept earlier."""
        self.text = "" if kept is None or kept.number is None else str(kept.number)

    def read(self, sent: list[str], formdata: Any) -> None:
        """Keep what was typed."""
        self.text = one_line(sent[0])[:100] if sent else ""

    def given(self) -> Given | None:
        """The number, if it is one and within bounds."""
        if not self.text:
            return None
        number = whole(self.text)
        if number is None:
            raise ValidationError(_("Write a whole number, like 6"))
        low, high = self.question.lowest, self.question.highest
        if not low <= number <= high:
            raise ValidationError(_("Write a number from %(low)s to %(high)s", low=low, high=high))
        return Given(number=number)

    def missing(self) -> str:
        """What to say when there is no number."""
        return _("Write a number, like 6")


class MonthField(AnswerField):
    """A month and a year, kept as one number: 202611 for November 2026."""

    month: str = ""
    year: str = ""

    def show(self, kept: Given | None) -> None:
        """Write the month kept earlier."""
        if kept is None or kept.number is None:
            self.month = self.year = ""
        else:
            self.month, self.year = str(kept.number % 100), str(kept.number // 100)

    def read(self, sent: list[str], formdata: Any) -> None:
        """Keep what was typed in the two boxes."""
        self.month = one_line(formdata.get(f"{self.name}-month"))[:100]
        self.year = one_line(formdata.get(f"{self.name}-year"))[:100]

    def given(self) -> Given | None:
        """The month, if both boxes hold one."""
        if not self.month and not self.year:
            return None
        month, year = whole(self.month), whole(self.year)
        if month is None or not 1 <= month <= 12:
            raise ValidationError(_("Write the month as a number from 1 to 12"))
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(_("Write the year with 4 digits, like 2025"))
        return Given(number=year * 100 + month)

    def missing(self) -> str:
        """What to say when there is no month."""
        return _("Write a month and a year")

    @property
    def first_id(self) -> str:
        """The month box, or the year box when only that needs a look."""
        month = whole(self.month)
        only_year = month is not None and 1 <= month <= 12
        return f"{self.id}-{'year' if only_year else 'month'}"


class WordsField(AnswerField):
    """The person's own words, short or long."""

    text: str = ""

    @property
    def longest(self) -> int:
        """How many characters are kept."""
        short = self.question.kind is QuestionKind.SHORT_TEXT
        return LONGEST_SHORT_TEXT if short else LONGEST_COMMENT

    def show(self, kept: Given | None) -> None:
        """Write the words kept earlier."""
        self.text = (kept.text or "") if kept else ""

    def read(self, sent: list[str], formdata: Any) -> None:
        """Keep the words, without characters that nobody can see."""
        short = self.question.kind is QuestionKind.SHORT_TEXT
        self.text = (one_line if short else tidy)(sent[0]) if sent else ""

    def given(self) -> Given | None:
        """The words, if they are not too many."""
        surplus = len(self.text) - self.longest
        if surplus > 0:
            raise ValidationError(
                ngettext(
                    "Your answer is %(num)d letter too long. It is still here. Make it shorter",
                    "Your answer is %(num)d letters too long. It is still here. Make it shorter",
                    surplus,
                )
            )
        return Given(text=self.text) if self.text else None

    def missing(self) -> str:
        """What to say when there are no words."""
        return _("Write a few words")


class CardField(AnswerField):
    """The two words on a card, kept in small letters with one blank between them."""

    text: str = ""

    def show(self, kept: Given | None) -> None:
        """Write the words kept earlier."""
        self.text = (kept.text or "") if kept else ""

    def read(self, sent: list[str], formdata: Any) -> None:
        """Keep what was typed."""
        self.text = one_line(sent[0])[:100] if sent else ""

    def given(self) -> Given | None:
        """The two words, if there are two."""
        if not self.text:
            return None
        words = card_words(self.text)
        if words is None:
            raise ValidationError(_("Write the two words on your card, like “apple river”"))
        return Given(text=words)

    def missing(self) -> str:
        """What to say when there are no words."""
        return _("Write the two words on your card")


def whole(text: str) -> int | None:
    """A whole number in any script's digits, or None; at most nine digits are read."""
    plain = text.replace("\u066c", "").replace(",", "").strip()
    sign = -1 if plain.startswith(("-", "−")) else 1
    digits = plain.lstrip("-−+") if plain[:1] in "-−+" else plain
    if not digits.isdecimal() or len(digits) > 9:
        return None
    return sign * int(digits)


FIELDS: dict[QuestionKind, type[AnswerField]] = {
    QuestionKind.CHOICE: OptionField,
    QuestionKind.CHOICES: OptionsField,
    QuestionKind.YES_NO: OptionField,
    QuestionKind.FACES: OptionField,
    QuestionKind.AGREEMENT: OptionField,
    QuestionKind.RATING: OptionField,
    QuestionKind.NUMBER: NumberField,
    QuestionKind.MONTH: MonthField,
    QuestionKind.SHORT_TEXT: WordsField,
    QuestionKind.COMMENT: WordsField,
    QuestionKind.CARD: CardField,
}
