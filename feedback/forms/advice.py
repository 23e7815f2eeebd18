"""What the question checker says to a person: what it saw, why it matters, and a better way.

The checker itself knows no languages; here its findings become words in the reader's own.
"""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import gettext

from feedback.analysis.checking import Finding, Rule
from feedback.errors import N_

LONGEST = 200  # characters of a quoted text; more is cut


class Advice(NamedTuple):
    """A finding in words: what was seen, why it matters, what would be better."""

    title: str
    why: str
    better: str


class _Said(NamedTuple):
    """The words of a rule; the better way by the fact that it needs, the plainest under ""."""

    title: str
    why: str
    better: Mapping[str, str]


def say(finding: Finding) -> Advice:
    """A finding in the language of the page; in English where there is no page."""
    said = SAID[finding.rule]
    facts = {"words": finding.words, **finding.facts}
    needed = next(fact for fact in (*said.better, "") if not fact or fact in facts)
    blanks = {key: _cut(fact) if isinstance(fact, str) else fact for key, fact in facts.items()}
    title, why, better = said.title, said.why, said.better[needed]
    return Advice(gettext(title, **blanks), gettext(why, **blanks), gettext(better, **blanks))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


SAID: dict[Rule, _Said] = {
    Rule.NO_EASY: _Said(
        N_("There is no easy-read wording here"),
        N_("People who choose easy read get the usual words, and these are hard."),
        {"": N_("Write it again with short sentences and words from daily life.")},
    ),
    Rule.TWO_IN_ONE: _Said(
        N_("This asks two things"),
        N_("People can have two different answers, and can give only one."),
        {"first": N_("Ask two questions: “%(first)s” and “%(second)s”"), "": N_("Ask one thing.")},
    ),
    Rule.DOUBLE_NEGATIVE: _Said(
        N_("This says “not” twice"),
        N_("“%(one)s” and “%(other)s” stand in one sentence. People have to turn it round twice."),
        {"": N_("Say what is so, without “%(one)s” and without “%(other)s”.")},
    ),
    Rule.NEGATIVE: _Said(
        N_("This asks for what is not so"),
        N_("A “yes” then means “no”, and people answer the wrong way round."),
        {
            "plain": N_("Ask it the other way round: “%(plain)s”"),
            "": N_("Ask it without “%(words)s”."),
        },
    ),
    Rule.LEADING: _Said(
        N_("This leads people to one answer"),
        N_("“%(words)s” tells people what you hope to hear."),
        {
            "neutral": N_("Leave the answer open: “%(neutral)s”"),
            "": N_("Leave the answer open: ask how it was, without “%(words)s”."),
        },
    ),
    Rule.AGREE_SCALE: _Said(
        N_("Young people are asked to agree"),
        N_("Many young people agree with whatever is put to them."),
        {"": N_("Ask a question with yes, no and not sure, or with faces.")},
    ),
    Rule.LONG_SENTENCE: _Said(
        N_("This sentence is long"),
        N_("It has %(count)s words. Up to %(most)s are easy to follow."),
        {
            "first": N_("Make two sentences, such as: “%(first)s” – “%(second)s”"),
            "": N_("Make two sentences, or take words out."),
        },
    ),
    Rule.MANY_SENTENCES: _Said(
        N_("There is a lot to read at once"),
        N_("There are %(count)s sentences. Up to %(most)s are easy to take in."),
        {"": N_("Take out what people can do without.")},
    ),
    Rule.PASSIVE: _Said(
        N_("It is not clear who does this"),
        N_("“%(words)s” hides the people who do it."),
        {"": N_("Say who does it: “people %(verb)s”, with the right people in it.")},
    ),
    Rule.IDIOM: _Said(
        N_("Some people will read this word by word"),
        N_("“%(words)s” means: %(means)s. Word by word it says: %(literally)s."),
        {"": N_("Say it plainly: “%(means)s”")},
    ),
    Rule.ABBREVIATION: _Said(
        N_("“%(words)s” is not explained"),
        N_("Not everybody knows what these letters stand for."),
        {
            "meaning": N_("Add it to the word list of this survey, such as: “%(meaning)s”"),
            "": N_("Write it in full, or add it to the word list of this survey."),
        },
    ),
    Rule.HARD_WORD: _Said(
        N_("“%(words)s” is a hard word"),
        N_("Some people do not know it, or need long to read it."),
        {
            "plain": N_("Write “%(plain)s”, or something as plain."),
            "": N_("Write a word from daily life, or add it to the word list of this survey."),
        },
    ),
    Rule.NUMBER_WORD: _Said(
        N_("This number is a word"),
        N_("A digit is seen at once; “%(words)s” has to be read."),
        {"": N_("Write “%(digits)s”.")},
    ),
    Rule.ROMAN_NUMERAL: _Said(
        N_("This number is in Roman letters"),
        N_("Many people read “%(words)s” as letters."),
        {"": N_("Write “%(digits)s”.")},
    ),
    Rule.PERCENTAGE: _Said(
        N_("This is a percentage"),
        N_("Many people cannot picture “%(words)s”."),
        {"parts": N_("Write “%(parts)s”."), "": N_("Say it in people, such as “1 in 10”.")},
    ),
    Rule.SHOUTING: _Said(
        N_("These words are in capitals"),
        N_("Capitals are harder to read, and look as if you shout."),
        {"": N_("Write “%(quiet)s”.")},
    ),
    Rule.MANY_OPTIONS: _Said(
        N_("There are many answers to choose from"),
        N_("There are %(count)s. Up to %(most)s can be kept in mind, besides “I don't know”."),
        {"": N_("Join answers that belong together, or ask in two steps.")},
    ),
    Rule.NO_PICTURE: _Said(
        N_("There is no picture here"),
        N_("In easy read each idea has a picture beside its words."),
        {"": N_("Choose a picture that shows what this is about.")},
    ),
    Rule.NO_ALT: _Said(
        N_("This picture says nothing to people who cannot see it"),
        N_("It has no words in this language."),
        {"": N_("Say in a few words what it shows, or mark it as decoration.")},
    ),
    Rule.SAME_PICTURE: _Said(
        N_("Two answers have the same picture"),
        N_("The picture does not tell “%(words)s” from “%(other)s”."),
        {"": N_("Choose another picture for one of them.")},
    ),
    Rule.READABILITY: _Said(
        N_("This is hard to read as a whole"),
        N_("It takes about %(grade)s years at school to read it. Aim for %(most)s."),
        {"": N_("Make the sentences shorter. Begin with the longest: “%(words)s”")},
    ),
}
