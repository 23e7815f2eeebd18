"""Words for everybody on a form: in every language, as most people read and in easy words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from flask_babel import gettext as _
from wtforms import Field

from feedback import languages
from feedback.forms.account import WordsForm
from feedback.forms.office_fields import LineField, LinesField

EASY = "easy"


class Pair(NamedTuple):
    """One text in one language, as two fields."""

    language: languages.Language
    standard: Field
    easy: Field


class PublicWordsForm(WordsForm):
    """A form with texts for everybody; `texts` names them."""

    texts: tuple[str, ...] = ()

    def pairs(self, name: str) -> Iterator[Pair]:
        """One text's fields, language by language."""
        for tag, language in languages.OFFERED.items():
            yield Pair(language, self[f"{name}_{tag}"], self[f"{name}_{tag}_{EASY}"])

    def words(self, name: str) -> dict[str, Any]:
        """One text as tables keep it: language → wordings; a language without words is left out."""
        return {
            pair.language.tag: {"standard": pair.standard.data, EASY: pair.easy.data or None}
            for pair in self.pairs(name)
            if pair.standard.data
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Easy words stand beside the words that most people read, never alone."""
        right = bool(super().validate(extra_validators))
        for name in self.texts:
            for pair in self.pairs(name):
                if pair.easy.data and not pair.standard.data and not pair.standard.errors:
                    words = _("Write it as most people read it too. The easy words are still here")
                    pair.standard.errors = [*pair.standard.errors, words]
                    right = False
        return right


F = TypeVar("F", bound=type[PublicWordsForm])


def with_text(
    name: str, *, longest: int, lines: bool = True, missing: Any = None
) -> Callable[[F], F]:
    """Add the fields of one text to a form: `title_en`, `title_en_easy`, and so on.

    Args:
        longest: letters of one wording.
        lines: several lines instead of one.
        missing: what to say where it does not stand in the first language.
    """
    kind = LinesField if lines else LineField
    fields: dict[str, Any] = {}  # made here, so that they stand before the form's own
    for tag in languages.OFFERED:
        needed = missing if tag == languages.DEFAULT else None
        fields[f"{name}_{tag}"] = kind(longest=longest, missing=needed)
        fields[f"{name}_{tag}_{EASY}"] = kind(longest=longest)

    def add(form: F) -> F:
        for each, field in fields.items():
            setattr(form, each, field)
        form.texts = (*form.texts, name)
        return form

    return add


def words_data(**texts: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the fields of texts that are kept already."""
    return {
        f"{name}_{tag}{ending}": wording.get(key) or ""
        for name, words in texts.items()
        for tag, wording in words.items()
        for key, ending in (("standard", ""), (EASY, f"_{EASY}"))
    }
