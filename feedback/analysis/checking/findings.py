"""What the question checker can say: which rule, where, how strongly, and on what grounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from feedback.languages import DEFAULT
from feedback.vocabulary import Audience, Presentation

Path = tuple[str | int, ...]
Fact = str | int


class Rule(StrEnum):
    """What is looked at, in the order in which findings are worth reading."""

    NO_EASY = "no_easy"
    TWO_IN_ONE = "two_in_one"
    DOUBLE_NEGATIVE = "double_negative"
    NEGATIVE = "negative"
    LEADING = "leading"
    AGREE_SCALE = "agree_scale"
    LONG_SENTENCE = "long_sentence"
    MANY_SENTENCES = "many_sentences"
    PASSIVE = "passive"
    IDIOM = "idiom"
    ABBREVIATION = "abbreviation"
    HARD_WORD = "hard_word"
    NUMBER_WORD = "number_word"
    ROMAN_NUMERAL = "roman_numeral"
    PERCENTAGE = "percentage"
    SHOUTING = "shouting"
    MANY_OPTIONS = "many_options"
    NO_PICTURE = "no_picture"
    NO_ALT = "no_alt"
    SAME_PICTURE = "same_picture"
    READABILITY = "readability"


class Strength(StrEnum):
    """How much a finding weighs.

    Nothing is ever refused for it; a fault in easy read keeps the easy-read badge away.
    """

    ADVICE = "advice"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that could be said better.

    `path` leads to the piece, as in `feedback.soundness`; `words` are those that set the rule
    off; `facts` fill the sentences that explain it (`feedback.forms.advice`).
    """

    rule: Rule
    strength: Strength
    words: str
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)
    path: Path = ()
    language: str = DEFAULT
    presentation: Presentation = Presentation.STANDARD

    @property
    def is_fault(self) -> bool:
        """Heavier than advice."""
        return self.strength is Strength.FAULT

    def at(self, path: Path) -> "Finding":
        """The same finding in another place."""
        return replace(self, path=path)


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, in which words, and what is explained to them already.

    `explained` holds the words of the glossary and `names` the proper names of the survey, both
    in small letters; `known` is the list of easy words (none: no word counts as strange).
    """

    language: str = DEFAULT
    presentation: Presentation = Presentation.STANDARD
    audience: Audience = Audience.EVERYONE
    explained: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def easy(self) -> bool:
        """In easy read."""
        return self.presentation is Presentation.EASY_READ

    @property
    def english(self) -> bool:
        """In the one language that all rules know."""
        return self.language == DEFAULT

    def finding(
        self, rule: Rule, words: str, *, fault: bool = False, **facts: Fact | None
    ) -> Finding:
        """What a rule has to say; facts that are None are left out."""
        return Finding(
            rule,
            Strength.FAULT if fault else Strength.ADVICE,
            words,
            # Nobody can change them, for findings are kept and shared.
            MappingProxyType({key: fact for key, fact in facts.items() if fact is not None}),
            language=self.language,
            presentation=self.presentation,
        )
