"""What a text would say after a finding is mended, where a machine can put it in one press."""

import re
from collections.abc import Callable

from feedback.analysis.checking.findings import Finding, Rule
from feedback.analysis.checking.joining import split
from feedback.analysis.readability import sentences

# The fact that stands in the place of the words that set the rule off.
_IN_PLACE = {
    Rule.HARD_WORD: "plain",
    Rule.NUMBER_WORD: "digits",
    Rule.ROMAN_NUMERAL: "digits",
    Rule.PERCENTAGE: "parts",
    Rule.SHOUTING: "quiet",
}
# The fact that is the whole sentence, said better.
_WHOLE = {Rule.NEGATIVE: "plain", Rule.LEADING: "neutral"}


def mended(text: str, finding: Finding) -> tuple[str, ...]:
    """The ways in which a text can be said better; none where people have to think themselves.

    Two questions in one give two texts, the first question first: whoever takes one leaves the
    other for later.

    Args:
        text: the words that were looked at.
        finding: what was seen in them.
    """
    rule, facts = finding.rule, finding.facts
    if rule is Rule.TWO_IN_ONE:
        return _apart(text, str(facts["first"]), str(facts["second"]))
    if rule in _WHOLE and _WHOLE[rule] in facts:
        better, sentence = str(facts[_WHOLE[rule]]), _sentence_with(text, finding.words)
        if better in text:  # it is asked beside it already
            return (_without(text, sentence),)
        return _others(text, sentence, better)
    if rule in _IN_PLACE and _IN_PLACE[rule] in facts:
        made = with_word(text, finding.words, str(facts[_IN_PLACE[rule]]))
        return (made,) if made != text else ()
    return ()


def with_word(text: str, word: str, other: str) -> str:
    """A text with another word in the place of one, wherever it stands as a whole word."""
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.I)
    return pattern.sub(_as_written(other), text)


def _as_written(other: str) -> Callable[[re.Match[str]], str]:
    """The other word, with a capital where the one before had one."""

    def put(found: re.Match[str]) -> str:
        return other[:1].upper() + other[1:] if found[0][:1].isupper() else other

    return put


def _apart(text: str, first: str, second: str) -> tuple[str, ...]:
    whole = next((each for each in sentences(text) if split(each)), "")
    if whole and whole not in (first, second):
        return (*_others(text, whole, first), *_others(text, whole, second))
    return (_without(text, second), _without(text, first))


def _sentence_with(text: str, words: str) -> str:
    found = [each for each in sentences(text) if words.lower() in each.lower()]
    return found[0] if found else text


def _others(text: str, sentence: str, better: str) -> tuple[str, ...]:
    """The text with one of its sentences said in another way."""
    if text.count(sentence) != 1:
        return (better,)
    return (text.replace(sentence, better),)


def _without(text: str, sentence: str) -> str:
    return " ".join(text.replace(sentence, "", 1).split())
