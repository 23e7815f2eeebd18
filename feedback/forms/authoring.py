"""What an officer fills in while designing a survey: start, pages, questions, routes, pictures."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from feedback.analysis.text import one_line
from feedback.forms.account import WordsForm
from feedback.forms.wordings import WordsField
from feedback.languages import OFFERED
from feedback.questionnaire import (
    LARGEST,
    Measure,
    Picture,
    Question,
    Questionnaire,
    Term,
    said,
)
from feedback.redrafting import changed
from feedback.vocabulary import Audience, Better, QuestionKind

LONGEST_TITLE = 200  # letters
BLANK_TERMS = 2  # rows to fill in on the page of hard words

KINDS: dict[str, Any] = {
    "faces:3": _l("Faces: 3, with a word under each"),
    "faces:5": _l("Faces: 5, with a word under each"),
    "faces:2": _l("Faces: 2, with a word under each"),
    "yes_no:3": _l("Yes, no, not sure"),
    "choice:": _l("One answer out of several"),
    "choices:": _l("As many answers as fit"),
    "comment:": _l("Their own words, as long as they like"),
    "short_text:": _l("A few words of their own"),
    "rating:": _l("A number from 0 to 10"),
    "agreement:5": _l("How far they agree: 5 steps"),
    "agreement:3": _l("How far they agree: 3 steps"),
    "number:": _l("A whole number"),
    "month:": _l("A month and a year"),
    "card:": _l("The two words on their card, to match before and after"),
}
AUDIENCES: dict[Audience, Any] = {
    Audience.PARENT: _l("Parents and carers"),
    Audience.YOUNG_PERSON: _l("Children and young people"),
    Audience.PRACTITIONER: _l("Practitioners"),
    Audience.EVERYONE: _l("Everyone"),
}


def kind_of(choice: str) -> tuple[QuestionKind, int | None]:
    """The kind and the number of points behind one of `KINDS`."""
    kind, _colon, points = choice.partition(":")
    return QuestionKind(kind), int(points) if points else None


def choice_of(question: Question) -> str:
    """One of `KINDS` for a question."""
    return f"{question.kind}:{question.points or ''}"


def _choices(words: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(key), label) for key, label in words.items()]


def new_survey_form(beginnings: Iterable[tuple[str, str, str]]) -> type[WordsForm]:
    """How a new survey begins: its name, and what to take it from."""

    class NewSurveyForm(WordsForm):
        title = StringField(
            _l("What is the survey called?"),
            [
                DataRequired(_l("Give the survey a name that people will see")),
                Length(max=LONGEST_TITLE, message=_l("Choose a shorter name")),
            ],
            filters=[one_line],
        )
        begin = RadioField(
            _l("What do you want to begin with?"),
            [InputRequired(_l("Choose what to begin with"))],
            choices=[SelectChoice(value, label) for value, label, _hint in beginnings],
            default="nothing",
        )

    return NewSurveyForm


class FromFileForm(WordsForm):
    """A survey out of a file."""

    class Meta(WordsForm.Meta):
        """How the form reads a request."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The words and the file."""
            return super(WordsForm.Meta, self).wrap_formdata(form, formdata)

    file = FileField(_l("Survey file"))


def start_form(draft: Questionnaire) -> type[WordsForm]:
    """The words of a survey's start and end, whom it is for and in which languages."""
    texts = {
        "title": (_l("Title"), 2),
        "why": (_l("Why you ask"), 3),
        "asked_by": (_l("Who is asking"), 2),
        "read_by": (_l("Who reads the answers, and when"), 3),
        "afterwards": (_l("What happens next, and where people can read it"), 3),
    }

    class StartForm(WordsForm):
        audience = SelectField(_l("Whom is it for?"), choices=_choices(AUDIENCES))
        minutes = IntegerField(
            _l("How many minutes does it take?"),
            [
                InputRequired(_l("Write the minutes as a number, like 3")),
                NumberRange(1, 60, _l("Write a number from 1 to 60")),
            ],
        )
        easy_first = BooleanField(_l("Begin in easy read. People can switch to the usual words"))

    for key, (label, rows) in texts.items():
        field = WordsField(label, languages=draft.languages, wanted=True, rows=rows)
        setattr(StartForm, key, field)
    return StartForm


START_TEXTS = ("title", "why", "asked_by", "read_by", "afterwards")


def apply_start(form: Any, draft: Questionnaire) -> Questionnaire:
    """The draft with what the start form says."""
    return changed(
        draft,
        audience=Audience(form.audience.data),
        minutes=form.minutes.data,
        easy_first=form.easy_first.data,
        **{key: form[key].words for key in START_TEXTS},
    )


def question_form(
    question: Question, draft: Questionnaire, measures: Iterable[Measure]
) -> type[WordsForm]:
    """Everything about one question."""
    languages = draft.languages

    class QuestionForm(WordsForm):
        kind = SelectField(_l("Kind of answer"), choices=_choices(KINDS))
        ask = WordsField(_l("The question"), languages=languages, wanted=True)
        help = WordsField(_l("Help under the question (if it needs any)"), languages=languages)
        reason = WordsField(_l("Why you ask this (if people may wonder)"), languages=languages)
        required = BooleanField(_l("People must answer it"))
        dont_know = BooleanField(_l("Offer “I don’t know”"))
        skip = BooleanField(_l("Offer to skip it"))
        measure = SelectField(_l("What it measures over time"), choices=_measures(draft, measures))
        new_measure = StringField(_l("Name of a new measure"), [Length(max=LONGEST_TITLE)])

        def validate_skip(self, field: Any) -> None:
            """One cannot have to answer and be free to skip."""
            if field.data and self.required.data:
                raise ValidationError(
                    _("People cannot both have to answer and be free to skip. Choose one")
                )

        @property
        def options(self) -> list[tuple[str, WordsField]]:
            """The options' boxes by code."""
            return [
                (option.code, self[f"option_{option.code}"])
                for option in question.options
                if f"option_{option.code}" in self
            ]

    if question.kind is QuestionKind.RATING:
        for key, label in (("low_label", _l("What 0 means")), ("high_label", _l("What 10 means"))):
            setattr(QuestionForm, key, WordsField(label, languages=languages, rows=1))
    if question.kind is QuestionKind.NUMBER:
        for key, label in (("lowest", _l("Smallest number")), ("highest", _l("Largest number"))):
            setattr(QuestionForm, key, IntegerField(label, [Optional(), _within()]))
    for number, option in enumerate(question.options, start=1):
        label = _l("Answer %(number)s", number=number)
        field = WordsField(label, languages=languages, wanted=True, rows=1)
        setattr(QuestionForm, f"option_{option.code}", field)
    return QuestionForm


def _within() -> NumberRange:
    return NumberRange(-LARGEST, LARGEST, _l("Write a smaller number"))


def _measures(draft: Questionnaire, known: Iterable[Measure]) -> list[SelectChoice]:
    found = {measure.name: measure for measure in (*known, *draft.measures)}
    return [
        SelectChoice("", _l("Nothing: it is not followed over time")),
        *(SelectChoice(name, said(each.title, "en")) for name, each in sorted(found.items())),
        SelectChoice("+", _l("A new measure, named below")),
    ]


def question_data(question: Question) -> dict[str, Any]:
    """What a question's form shows at first."""
    keys = ("ask", "help", "reason", "required", "dont_know", "skip", "lowest", "highest")
    data = {key: getattr(question, key) for key in (*keys, "low_label", "high_label")}
    options = {f"option_{option.code}": option.label for option in question.options}
    return {**data, **options, "kind": choice_of(question), "measure": question.measure or ""}


def apply_question(form: Any, question: Question) -> Question:
    """The question with what its form says; kind and measure are settled elsewhere."""
    labels = {code: field.words for code, field in form.options}
    values: dict[str, Any] = {
        key: form[key].data for key in ("required", "dont_know", "skip", "lowest", "highest")
        if key in form and form[key].data is not None
    }  # fmt: skip
    texts = ("ask", "help", "reason", "low_label", "high_label")
    values |= {key: form[key].words for key in texts if key in form}
    options = [
        changed(option, label=labels[option.code]) if option.code in labels else option
        for option in question.options
    ]
    return changed(question, **values, options=options)


def new_measure(title: str, name: str, question: Question) -> Measure:
    """A measure that a question begins; the best one or two steps of a scale count as "yes"."""
    scored = sorted((o for o in question.options if o.score is not None), key=_score)
    best = scored[-2:] if len(scored) == 5 else scored[-1:]
    top = [option.code for option in best] if question.points else []
    return Measure.model_validate(
        {"name": name, "title": {"en": {"standard": title}}, "better": Better.HIGHER, "top": top}
    )


def _score(option: Any) -> int:
    return option.score or 0


def glossary_form(draft: Questionnaire) -> type[WordsForm]:
    """The hard words that a survey explains, and room for two more; an emptied one goes."""

    class GlossaryForm(WordsForm):
        @property
        def terms(self) -> list[tuple[WordsField, WordsField]]:
            """Each word's boxes and its meaning's."""
            numbers = range(len(draft.glossary) + BLANK_TERMS)
            return [(self[f"word_{number}"], self[f"meaning_{number}"]) for number in numbers]

        def validate(self, extra_validators: Any = None) -> bool:
            """A word and its meaning come together."""
            sound = bool(super().validate(extra_validators))
            for word, meaning in self.terms:
                if bool(word.words) != bool(meaning.words):
                    lacking = meaning if word.words else word
                    lacking.errors = [_("Write both the word and what it means")]
                    sound = False
            return sound

    for number in range(len(draft.glossary) + BLANK_TERMS):
        word = WordsField(_l("Hard word"), languages=draft.languages, rows=1)
        meaning = WordsField(_l("What it means"), languages=draft.languages)
        setattr(GlossaryForm, f"word_{number}", word)
        setattr(GlossaryForm, f"meaning_{number}", meaning)
    return GlossaryForm


def glossary_data(draft: Questionnaire) -> dict[str, Any]:
    """What the form of hard words shows at first."""
    words = {f"word_{number}": term.word for number, term in enumerate(draft.glossary)}
    return words | {f"meaning_{number}": t.meaning for number, t in enumerate(draft.glossary)}


def apply_glossary(form: Any, draft: Questionnaire) -> Questionnaire:
    """The draft with the hard words that the form explains."""
    terms = [
        Term(word=word.words, meaning=meaning.words) for word, meaning in form.terms if word.words
    ]
    return changed(draft, glossary=terms)


def picture_form(draft: Questionnaire) -> type[WordsForm]:
    """The choice of a picture and what it says to people who cannot see it."""

    class PictureForm(WordsForm):
        name = StringField(_l("Picture"), [Length(max=100)])
        decorative = BooleanField(
            _l("It only repeats the words beside it, so nothing needs to be read out")
        )
        alt = WordsField(
            _l("What the picture shows, for people who cannot see it"),
            languages=draft.languages,
            rows=1,
        )

        def validate_alt(self, field: Any) -> None:
            """Words are needed unless the picture is passed over, or none is taken."""
            if self.name.data and not self.decorative.data and not field.words:
                raise ValidationError(
                    _l("Say what the picture shows, or tick that it only repeats the words")
                )

    return PictureForm


def apply_picture(form: Any) -> Picture | None:
    """The picture that was chosen, or none."""
    if not form.name.data:
        return None
    decorative = form.decorative.data
    return Picture(
        name=form.name.data, alt={} if decorative else form.alt.words, decorative=decorative
    )


def languages_form(draft: Questionnaire) -> list[tuple[str, str, bool]]:
    """The offered languages: tag, own name, and whether the survey is written in it."""
    return [(tag, each.own_name, tag in draft.languages) for tag, each in OFFERED.items()]
