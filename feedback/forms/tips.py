"""What the helper in a room says of a question: one short sentence, and what can be pressed.

It is the question checker in the easiest words that we have. It only proposes: whatever it says,
the group can leave its question as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from feedback.analysis.checking import Finding, Rule, check_question
from feedback.analysis.checking.mending import mended
from feedback.errors import N_
from feedback.questionnaire import Question, Wording, Words, said
from feedback.redrafting import changed
from feedback.settings import easy_words
from feedback.vocabulary import Audience, Presentation

# What is looked at in the usual words where there are easy ones beside them.
_OF_ASKING = frozenset({Rule.TWO_IN_ONE, Rule.DOUBLE_NEGATIVE, Rule.NEGATIVE, Rule.LEADING})
# Where somebody goes who has to think themselves.
_PLACES = {
    Rule.MANY_OPTIONS: "answers",
    Rule.NO_PICTURE: "picture",
    Rule.SAME_PICTURE: "picture",
}
_NOT_SAID = frozenset({Rule.NO_ALT, Rule.NO_EASY, Rule.AGREE_SCALE})

# What is said where a better way can be pressed.
PRESS: Mapping[Rule, str] = {
    Rule.TWO_IN_ONE: N_("This asks 2 things. Which one comes first?"),
    Rule.NEGATIVE: N_("The word “not” makes it hard. Is this better?"),
    Rule.LEADING: N_("This tells people what to say. Is this more fair?"),
    Rule.HARD_WORD: N_("“%(words)s” is a hard word. Is this better?"),
    Rule.NUMBER_WORD: N_("A number is quick to see. Is this better?"),
    Rule.ROMAN_NUMERAL: N_("A number is quick to see. Is this better?"),
    Rule.PERCENTAGE: N_("“%(words)s” is hard to see in your head. Is this better?"),
    Rule.SHOUTING: N_("Big letters look like a shout. Is this better?"),
}
# What is said where people have to think of one.
THINK: Mapping[Rule, str] = {
    Rule.TWO_IN_ONE: N_("This asks 2 things. Can you ask one?"),
    Rule.DOUBLE_NEGATIVE: N_("It says “not” two times. Can you say it with no “not”?"),
    Rule.NEGATIVE: N_("The word “not” makes it hard. Can you say it with no “not”?"),
    Rule.LEADING: N_("“%(words)s” tells people what to say. Can you ask in a fair way?"),
    Rule.LONG_SENTENCE: N_("This is long. Can you make it short?"),
    Rule.MANY_SENTENCES: N_("There is a lot to read. Can you take some out?"),
    Rule.PASSIVE: N_("“%(words)s”: who does this? Can you say who?"),
    Rule.IDIOM: N_("Not all people know “%(words)s”. It means: %(means)s."),
    Rule.ABBREVIATION: N_("What is “%(words)s”? Can you say it in full?"),
    Rule.HARD_WORD: N_("“%(words)s” is a hard word. Do you know an easy one?"),
    Rule.PERCENTAGE: N_("“%(words)s” is hard to see in your head. Can you say it in people?"),
    Rule.MANY_OPTIONS: N_("There are a lot of answers. Can you take one out?"),
    Rule.NO_PICTURE: N_("There is no picture yet. Which one is good?"),
    Rule.SAME_PICTURE: N_("Two answers have the same picture. Can you change one?"),
    Rule.READABILITY: N_("This is hard to read. Can you use short words?"),
}
_OTHERWISE = N_("Can you say “%(words)s” in an easy way?")
# Why a wording was changed, as its history says it.
WHY: Mapping[Rule, str] = {
    Rule.TWO_IN_ONE: N_("It asked 2 things."),
    Rule.NEGATIVE: N_("It said “not”."),
    Rule.LEADING: N_("It told people what to say."),
    Rule.HARD_WORD: N_("“%(words)s” is a hard word."),
    Rule.NUMBER_WORD: N_("A number is quick to see."),
    Rule.ROMAN_NUMERAL: N_("A number is quick to see."),
    Rule.PERCENTAGE: N_("“%(words)s” is hard to see in your head."),
    Rule.SHOUTING: N_("Big letters look like a shout."),
}


@dataclass(frozen=True)
class Tip:
    """One thing to look at.

    `choices` are the ways of saying it that can be pressed; without any, `place` is where
    somebody thinks of one: the words, the answers or the picture (of the answer `code`).
    `easy` says that the easy words are meant, and `path` which of the texts.
    """

    rule: Rule
    sentence: str
    why: str
    choices: tuple[str, ...]
    place: str
    code: str
    path: tuple[str | int, ...]
    easy: bool

    @property
    def parts_two(self) -> bool:
        """Each of its ways asks one of two questions that stood in one."""
        return self.rule is Rule.TWO_IN_ONE and len(self.choices) == 2


def tips(question: Question, audience: Audience) -> list[Tip]:
    """What could be said better in a group's question, what matters most first."""
    language = next(iter(question.ask))
    found: dict[tuple[str, tuple[str, ...]], Tip] = {}
    for finding in sorted(_findings(question, language, audience), key=_weight):
        if finding.rule in _NOT_SAID:
            continue
        tip = _tip(question, finding, language)
        found.setdefault((tip.sentence, tip.choices), tip)
    return list(found.values())


def _findings(question: Question, language: str, audience: Audience) -> Iterator[Finding]:
    """In easy read first: the words of a group are easy words, unless it wrote others beside."""

    def seen(asked: Question, presentation: Presentation) -> list[Finding]:
        return check_question(
            asked,
            language=language,
            presentation=presentation,
            audience=audience,
            known=easy_words(),
        )

    yield from seen(_as_easy(question), Presentation.EASY_READ)
    if any(each.easy for each in question.ask.values()):
        found = seen(question, Presentation.STANDARD)
        yield from (finding for finding in found if finding.rule in _OF_ASKING)


def _weight(finding: Finding) -> tuple[bool, int]:
    return (finding.rule is Rule.NO_PICTURE, list(Rule).index(finding.rule))


def _as_easy(question: Question) -> Question:
    options = [changed(option, label=_twice(option.label)) for option in question.options]
    return changed(question, ask=_twice(question.ask), options=options)


def _twice(words: Words) -> Words:
    return {
        tag: Wording(standard=each.standard, easy=each.easy or each.standard)
        for tag, each in words.items()
    }


def _tip(question: Question, finding: Finding, language: str) -> Tip:
    path, code = tuple(finding.path), ""
    words: Words = question.ask
    match path:
        case ("options", int(at), *_rest):
            words, code = question.options[at].label, question.options[at].code
    easy = finding.presentation is Presentation.EASY_READ and any(
        each.easy for each in words.values()
    )
    text = said(words, language, finding.presentation)
    choices = mended(text, finding) if path[-1:] in (("ask",), ("label",)) else ()
    facts = {"words": finding.words, **finding.facts}
    said_of = PRESS if choices else THINK
    return Tip(
        rule=finding.rule,
        sentence=gettext(said_of.get(finding.rule, _OTHERWISE), **facts),
        why=gettext(WHY[finding.rule], **facts) if finding.rule in WHY else "",
        choices=choices,
        place=_PLACES.get(finding.rule, "easy" if easy else "words"),
        code=code,
        path=path,
        easy=easy,
    )


def hard_word_why(word: str) -> str:
    """Why a word that somebody tapped is changed, as the history says it."""
    return gettext(WHY[Rule.HARD_WORD], words=word)
