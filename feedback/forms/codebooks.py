"""Forms of the codebooks: a theme's words, merging, splitting, a codebook out of a file."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField
from wtforms.validators import ValidationError

from feedback.analysis.text import one_line
from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import LineField, LinesField, PickField, SeveralField
from feedback.forms.office_words import tag_choices

LONGEST_DEFINITION = 2_000  # letters, as in a file
LONGEST_LIST = 8_000  # letters of all seeds or examples; some hundred
LONGEST_SEED = 200  # letters, as in a file
LONGEST_EXAMPLE = 2_000
MOST_PARTS = 4  # of a theme that is split at once; a part can be split again


class SeenForm(WordsForm):
    """Something done to a codebook that somebody else may change at the same time."""

    seen = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version that the person had before them; 0 where that cannot be told."""
        return whole(self.seen.data or "") or 0


class ListField(LinesField):
    """Words or sentences, one a line; each counts once, however it is written.

    Args:
        longest_line: letters that one of them may have.
    """

    def __init__(self, label: Any = None, *, longest_line: int, **kwargs: Any) -> None:
        super().__init__(label, longest=LONGEST_LIST, **kwargs)
        self.longest_line = longest_line

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands there, line by line."""
        found: dict[str, str] = {}
        for line in (self.text or "").splitlines():
            if plain := one_line(line):
                found.setdefault(plain.casefold(), plain)
        return tuple(found.values())

    def written(self, data: Any) -> str:
        """Each on a line of its own."""
        return "\n".join(one_line(each) for each in data)

    def meaning(self, text: str) -> str:
        """The lines, if none is too long."""
        for line in self.lines:
            if len(line) > self.longest_line:
                raise ValidationError(
                    _(
                        "A line may have up to %(most)s letters. This one is longer: “%(line)s…”",
                        most=self.longest_line,
                        line=line[:40],
                    )
                )
        return super().meaning(text)


class ThemeForm(SeenForm):
    """All that is said of a theme."""

    name = LineField(_l("Name"), missing=_l("Write a name for the theme"))
    definition = LinesField(_l("What belongs to it?"), longest=LONGEST_DEFINITION)
    seeds = ListField(_l("Words that point at it"), longest_line=LONGEST_SEED)
    examples = ListField(_l("Comments as somebody might write them"), longest_line=LONGEST_EXAMPLE)
    tags = SeveralField(_l("Which frameworks does it speak to?"))

    def offer(self) -> None:
        """The parts of frameworks that there are."""
        self.tags.offer(pair for _framework, tags in tag_choices() for pair in tags)

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, by the names that a theme has for it."""
        return {
            "name": self.name.data,
            "definition": self.definition.data,
            "seeds": self.seeds.lines,
            "examples": self.examples.lines,
            "tags": tuple(self.tags.data),
        }


class MergeForm(SeenForm):
    """The theme that another one is read as from now on."""

    into = PickField(
        _l("Which theme does it become part of?"),
        empty=_l("Choose a theme"),
        missing=_l("Choose the theme that it becomes part of"),
        unknown=_l("Choose a theme from the list"),
    )
    with_words = BooleanField(_l("Take its words, examples and frameworks along"))

    def offer(self, themes: Iterable[tuple[int, str]]) -> None:
        """The themes to choose from."""
        self.into.offer(themes)


class SplitForm(SeenForm):
    """The themes that one becomes: a name and words for each."""

    name_1 = LineField(_l("Name"), missing=_l("Write a name for the first theme"))
    seeds_1 = ListField(_l("Words that point at it"), longest_line=LONGEST_SEED)
    name_2 = LineField(_l("Name"), missing=_l("Write a name for the second theme"))
    seeds_2 = ListField(_l("Words that point at it"), longest_line=LONGEST_SEED)
    name_3 = LineField(_l("Name"))
    seeds_3 = ListField(_l("Words that point at it"), longest_line=LONGEST_SEED)
    name_4 = LineField(_l("Name"))
    seeds_4 = ListField(_l("Words that point at it"), longest_line=LONGEST_SEED)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the parts can be told apart, and no words stand without a name."""
        sound = bool(super().validate(extra_validators))
        names: set[str] = set()
        for name, seeds in self.pairs:
            wrong = ""
            if seeds.lines and not name.data:
                wrong = _("Write a name for these words, or move them")
            elif name.data and name.data.casefold() in names:
                wrong = _("Two of the themes have this name. Choose another")
            if wrong and not name.errors:
                name.errors, sound = [wrong], False
            names.add(name.data.casefold())
        return sound

    @property
    def pairs(self) -> list[tuple[LineField, ListField]]:
        """Name and words of each part, empty ones too."""
        return [(self[f"name_{at}"], self[f"seeds_{at}"]) for at in range(1, MOST_PARTS + 1)]

    @property
    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Name and words of each part that has a name."""
        return [(name.data, seeds.lines) for name, seeds in self.pairs if name.data]


class CodebookFileForm(SeenForm):
    """A codebook out of a file."""

    class Meta(SeenForm.Meta):
        """How the form reads a request."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The words and the file."""
            return super(WordsForm.Meta, self).wrap_formdata(form, formdata)

    file = FileField(_l("Codebook file"))
