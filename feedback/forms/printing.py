"""What staff choose before they print."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined] # their types are one version behind
    Form,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)

from feedback.languages import DEFAULT, OFFERED
from feedback.vocabulary import Presentation

LONGEST_RETURN = 200  # letters: a place and an address
MOST_CARDS = 1000  # of one event


class DocumentForm(Form):
    """In which language and words, and how forms come back."""

    lang = SelectField(_l("Language"))
    read = SelectField(_l("Words"))
    give = StringField(_l("Where people give paper forms back"))

    def offer(self, languages: Sequence[str], *, easy: bool, easy_first: bool) -> None:
        """Offer what a survey is written in; what is not offered falls back to the first."""
        self.lang.choices = language_choices(languages)
        wordings = [SelectChoice(Presentation.STANDARD.value, _("Usual words"))]
        if easy:
            place = 0 if easy_first else 1
            wordings.insert(place, SelectChoice(Presentation.EASY_READ.value, _("Easy read")))
        self.read.choices = wordings
        first_of(self.lang)
        first_of(self.read)
        self.give.data = (self.give.data or "").strip()[:LONGEST_RETURN]


class CardsForm(Form):
    """In which language, and how many cards each event gets."""

    lang = SelectField(_l("Language"))
    number = IntegerField(_l("Cards for each event"))

    def offer(self, *, usual: int) -> None:
        """Offer every language; a number that is none, or far too high, becomes a fitting one."""
        self.lang.choices = language_choices(list(OFFERED))
        first_of(self.lang)
        wished = self.number.data if self.number.data is not None else usual
        self.number.data = min(max(wished, 1), MOST_CARDS)
        self.number.raw_data = None  # shown as it will be printed


def language_choices(tags: Sequence[str]) -> list[SelectChoice]:
    """Languages in their own words."""
    return [SelectChoice(tag, OFFERED[tag].own_name) for tag in tags or [DEFAULT]]


def first_of(field: SelectField) -> None:
    """Let a field hold one of its choices, whatever was sent."""
    offered = [choice[0] for choice in field.iter_choices()]
    if field.data not in offered:
        field.data = offered[0]
