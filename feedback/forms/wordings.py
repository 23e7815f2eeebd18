"""A text in every language of a survey and in both presentations, side by side."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from wtforms import Field
from wtforms.validators import ValidationError

from feedback.analysis.text import tidy
from feedback.languages import OFFERED
from feedback.questionnaire import LONGEST_TEXT, Wording, Words
from feedback.vocabulary import Presentation

STANDARD, EASY = Presentation.STANDARD, Presentation.EASY_READ


class Box(NamedTuple):
    """One of the boxes: its id and name in the form, what stands in it, whether it is missing."""

    id: str
    tag: str
    presentation: Presentation
    text: str
    missing: bool


class WordsField(Field):
    """One text of a survey: a box for each language and presentation.

    After validation `words` holds what was written; boxes left empty are left out. Where
    nothing at all is written there are no words. `wanted` marks a text that every survey needs.
    """

    def __init__(
        self,
        label: str,
        *,
        languages: Sequence[str],
        wanted: bool = False,
        rows: int = 2,
        **named: Any,
    ) -> None:
        super().__init__(label, **named)
        self.languages, self.wanted, self.rows = list(languages), wanted, rows
        self.written: dict[tuple[str, Presentation], str] = {}
        self.wrong: str | None = None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the words kept earlier, or what was just sent."""
        self.process_errors: list[str] = []
        kept: Words = data or {}
        for tag in self.languages:
            wording = kept.get(tag)
            for presentation in Presentation:
                box = self._id(tag, presentation)
                if formdata is not None:
                    text = tidy(formdata.get(box))
                elif presentation is STANDARD:
                    text = wording.standard if wording else ""
                else:
                    text = (wording.easy if wording else None) or ""
                self.written[tag, presentation] = text

    def pre_validate(self, form: Any) -> None:
        """Nothing too long, and no easy read without the words that it stands for."""
        for (tag, presentation), text in self.written.items():
            if len(text) > LONGEST_TEXT:
                self._refuse(
                    tag,
                    presentation,
                    _("This is too long. Use at most %(most)s letters", most=LONGEST_TEXT),
                )
            if presentation is EASY and text and not self.written[tag, STANDARD]:
                self._refuse(
                    tag,
                    STANDARD,
                    _(
                        "Write the usual words in %(language)s too. Some people read those",
                        language=OFFERED[tag].own_name,
                    ),
                )

    @property
    def words(self) -> Words:
        """What was written, by language."""
        return {
            tag: Wording(standard=self.written[tag, STANDARD], easy=self.written[tag, EASY] or None)
            for tag in self.languages
            if self.written[tag, STANDARD]
        }

    @property
    def boxes(self) -> list[Box]:
        """The boxes in order: each language's usual words, then its easy read."""
        begun = self.wanted or any(self.written.values())
        return [
            Box(self._id(tag, presentation), tag, presentation, text, begun and not text)
            for (tag, presentation), text in self.written.items()
        ]

    @property
    def first_id(self) -> str:
        """The id of the box that an error message leads to."""
        return self.wrong or self._id(self.languages[0], STANDARD)

    def _refuse(self, tag: str, presentation: Presentation, message: str) -> None:
        self.wrong = self.wrong or self._id(tag, presentation)
        self.errors = [*self.errors, message]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Look at every box; each problem is told once."""
        self.errors: Sequence[str] = []
        self.wrong = None
        self.pre_validate(form)
        for own in extra_validators:
            try:
                own(form, self)
            except ValidationError as wrong:
                self.errors = [*self.errors, str(wrong)]
        return not self.errors

    def _id(self, tag: str, presentation: Presentation) -> str:
        return f"{self.name}-{tag}-{presentation.value}"


def words_of(kept: Mapping[str, Any]) -> Words:
    """Words as a table keeps them, for a field or a page."""
    return {tag: Wording(**text) for tag, text in kept.items()}
