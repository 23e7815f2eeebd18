"""What an officer fills in about one page: its heading, its sentences, when it is shown."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.wordings import WordsField
from feedback.questionnaire import Condition, Page, Question, Questionnaire, Route
from feedback.redrafting import changed
from feedback.vocabulary import Match, Test

TESTS: dict[Test, Any] = {
    Test.ONE_OF: _l("they chose one of these"),
    Test.GREATER_THAN: _l("their number is more than"),
    Test.EQUALS: _l("their number is"),
    Test.ANSWERED: _l("they answered, whatever they said"),
}


def page_form(page: Page, draft: Questionnaire, earlier: Sequence[Question]) -> type[WordsForm]:
    """A page's heading, its sentences, and when it is shown."""

    class DesignedPageForm(WordsForm):
        title = WordsField(_l("Heading of the page (if it needs one)"), languages=draft.languages)
        match = RadioField(
            _l("Show this page when"),
            choices=[
                SelectChoice(Match.ALL.value, _l("all of these are so")),
                SelectChoice(Match.ANY.value, _l("any one of these is so")),
            ],
            default=Match.ALL.value,
        )

        @property
        def statements(self) -> list[WordsField]:
            """The sentences' boxes, in order."""
            return [self[f"say_{number}"] for number in range(len(page.statements))]

    for number in range(len(page.statements)):
        label = _l("Sentence %(number)s", number=number + 1)
        field = WordsField(label, languages=draft.languages, wanted=True)
        setattr(DesignedPageForm, f"say_{number}", field)
    asked = {question.name: question for question in earlier}
    for number, condition in enumerate(page.show_when.conditions if page.show_when else []):
        rule = ConditionField(question=asked.get(condition.question), kept=condition)
        setattr(DesignedPageForm, f"when_{number}", rule)
    return DesignedPageForm


class ConditionField(Field):
    """One condition of a route: how an earlier question was answered.

    `question` is None where the route looks at a question that is not asked before this page.
    """

    def __init__(self, *, question: Question | None, kept: Condition, **named: Any) -> None:
        super().__init__("", **named)
        self.question, self.kept = question, kept
        self.test, self.values = kept.test, list(kept.values)

    @property
    def tests(self) -> list[Test]:
        """The tests that fit the question's kind."""
        if self.question is None:
            return []
        if self.question.kind.has_options:
            return [Test.ONE_OF, Test.ANSWERED]
        if self.question.kind.has_number:
            return [Test.GREATER_THAN, Test.EQUALS, Test.ANSWERED]
        return [Test.ANSWERED]

    @property
    def shown_test(self) -> Test:
        """The test as the form offers it: "equals" one option is "one of" one."""
        chosen = self.question is not None and self.question.kind.has_options
        return Test.ONE_OF if chosen and self.test is Test.EQUALS else self.test

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take what was just sent, or leave what was kept."""
        self.process_errors = []
        sent = formdata.get(f"{self.name}-test") if formdata is not None else None
        if sent in list(Test):
            self.test = Test(sent)
            self.values = [v for v in formdata.getlist(f"{self.name}-value") if v]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """The values fit the test."""
        self.errors: Sequence[str] = []
        self._look()
        return not self.errors

    def _look(self) -> None:
        if self.question is None or self.test is Test.ANSWERED:
            return
        if self.question.kind.has_number:
            if len(self.values) != 1 or whole(self.values[0]) is None:
                self.errors = [_("Write a whole number, like 6")]
        elif not self.values or not self.question.codes.issuperset(self.values):
            self.errors = [_("Choose one answer or more")]

    @property
    def condition(self) -> Condition:
        """The condition as it was filled in."""
        if self.question is None:
            return self.kept
        values = self.values
        if self.test is Test.ANSWERED:
            values = []
        elif self.question.kind.has_number:
            values = [str(whole(self.values[0]))]
        test = Test.EQUALS if self.test is Test.ONE_OF and len(values) == 1 else self.test
        return Condition(question=self.question.name, test=test, values=values)

    @property
    def first_id(self) -> str:
        """The first control."""
        return f"{self.name}-test"


def page_data(page: Page) -> dict[str, Any]:
    """What a page's form shows at first."""
    says = {f"say_{number}": each.say for number, each in enumerate(page.statements)}
    match = page.show_when.match.value if page.show_when else Match.ALL.value
    return {"title": page.title, "match": match, **says}


def apply_page(form: Any, page: Page) -> Page:
    """The page with what its form says."""
    statements = [
        changed(statement, say=field.words)
        for statement, field in zip(page.statements, form.statements, strict=True)
    ]
    conditions = [field.condition for field in form if isinstance(field, ConditionField)]
    route = Route(match=Match(form.match.data), conditions=conditions) if conditions else None
    return changed(page, title=form.title.words, statements=statements, show_when=route)
