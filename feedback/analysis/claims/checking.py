"""Puts a text against what its references stand for, sentence by sentence."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from feedback.analysis.claims import loose as words_of
from feedback.analysis.claims.known import Finding, Kind, Known
from feedback.analysis.claims.loose import Words, loose
from feedback.analysis.claims.numbers import numbers
from feedback.analysis.claims.text import (
    Sentence,
    Token,
    hidden,
    paragraphs,
    sentences,
    tokens,
)
from feedback.errors import N_

LONGEST_TITLE = 5  # words in quotation marks that may be a name or a title
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
# A sentence that owns to not knowing claims nothing.
_ADMITS = re.compile(
    r"\b(?:we|it)\s+(?:do|does|did|can|could|are|is)(?:\s+not|n[’']t|not)\s+(?:yet\s+)?"
    r"(?:know|say|tell|sure|clear)\b|\btoo early to (?:say|tell|know)\b|\bnothing to report\b",
    re.I,
)

_NOWHERE = (
    N_("%(words)s points at nothing that this paper can use."),
    N_("Choose a figure from the list, or take the brackets away."),
)
_UNPROVED = (
    N_("This sentence says what changed, and leads to no evidence."),
    N_("Put a figure, something heard or a promise into it, or say “We do not know yet”."),
)


def check(
    text: str, known: Mapping[str, Known], *, impact: bool = False, words: bool = True
) -> list[Finding]:
    """What does not stand in a text, in its order.

    Args:
        known: what each reference stands for, by its key; others are references to nothing.
        impact: each sentence has to lead to evidence, or to own that nothing is known yet.
        words: read the words too; without, as for a language that is not known well enough, only
            the references are looked at, and impact has to lead to one anywhere.
    """
    if not words:
        return list(_references(text, known, impact=impact))
    found = [
        finding
        for paragraph in paragraphs(text)
        for sentence in sentences(paragraph)
        for finding in _sentence(sentence, paragraph, known, impact=impact)
    ]
    return sorted(found, key=lambda each: each.start)


def _references(text: str, known: Mapping[str, Known], *, impact: bool) -> Iterator[Finding]:
    """What is wrong with the references of a text, whatever its language."""
    found = tokens(text)
    for token in found:
        if token.key not in known:
            written = text[token.start : token.end]
            yield Finding(
                Kind.UNKNOWN, written, written, token.start, *_NOWHERE, {"words": written}
            )
    if impact and text.strip() and not any(token.key in known for token in found):
        line = next(paragraphs(text))
        words = line.text.strip()
        yield Finding(Kind.UNPROVED, words, words, line.start, *_UNPROVED, {"words": words})


def _sentence(
    sentence: Sentence, paragraph: Sentence, known: Mapping[str, Known], *, impact: bool
) -> Iterator[Finding]:
    here = tokens(sentence.text)
    plain = hidden(sentence.text)

    def finding(
        kind: Kind,
        words: str,
        start: int,
        why: str,
        instead: str,
        facts: Mapping[str, str] | None = None,
    ) -> Finding:
        place = sentence.start + start
        return Finding(kind, words, sentence.text, place, why, instead, facts or {"words": words})

    for token in here:
        if token.key not in known:
            yield finding(
                Kind.UNKNOWN,
                sentence.text[token.start : token.end],
                token.start,
                *_NOWHERE,
            )
    if impact and not any(each.key in known for each in here) and not _ADMITS.search(plain):
        yield finding(
            Kind.UNPROVED,
            sentence.text.strip(),
            0,
            *_UNPROVED,
        )
    for quoted in _QUOTED.finditer(plain):
        if len(quoted[0].split()) > LONGEST_TITLE:
            yield finding(
                Kind.QUOTED,
                quoted[0],
                quoted.start(),
                N_("These look like somebody’s words, and nothing shows that they said yes."),
                N_("Insert a cleared quote, so that it goes when they take it back."),
            )
    plain = _QUOTED.sub(lambda each: " " * len(each[0]), plain)
    for number in numbers(plain):
        if not number.reason:
            yield finding(
                Kind.TYPED,
                number.words,
                number.start,
                N_("“%(words)s” is typed, and traced to nothing."),
                N_("Choose the figure from the list, so that everybody can see where it is from."),
            )
    for words in loose(plain):
        verdict = _judged(words, plain, here, paragraph, known)
        if verdict is not None:
            yield finding(
                verdict.kind, words.words, words.start, verdict.why, verdict.instead, verdict.facts
            )
    yield from _without_base(sentence, here, paragraph, known, finding)


def _judged(
    words: Words,
    plain: str,
    here: Sequence[Token],
    paragraph: Sentence,
    known: Mapping[str, Known],
) -> words_of.Verdict | None:
    around = [known[each.key] for each in tokens(paragraph.text) if each.key in known]
    beside = [known[each.key] for each in here if each.key in known]
    if words_of.reported(plain, words.start) and words.rule in words_of.MAY_BE_REPORTED:
        if around:
            return None
        return words_of.nobody_said(words.words)
    return words.rule(words.words, _nearest(words, here, known, around), beside or around)


def _nearest(
    words: Words, here: Sequence[Token], known: Mapping[str, Known], around: Sequence[Known]
) -> Known | None:
    """The share that words speak of: the next one behind them, or the last before, or any near."""
    shares = [each for each in here if each.key in known and known[each.key].share is not None]
    behind = [each for each in shares if each.start >= words.start]
    if behind:
        return known[behind[0].key]
    if shares:
        return known[shares[-1].key]
    return next((each for each in around if each.share is not None), None)


def _without_base(
    sentence: Sentence,
    here: Sequence[Token],
    paragraph: Sentence,
    known: Mapping[str, Known],
    finding: Callable[..., Finding],
) -> Iterator[Finding]:
    based = {
        known[each.key].about
        for each in tokens(paragraph.text)
        if each.key in known and known[each.key].based
    }
    for token in here:
        each = known.get(token.key)
        if (
            each is not None
            and each.share is not None
            and not each.based
            and each.about not in based
        ):
            yield finding(
                Kind.BARE,
                sentence.text[token.start : token.end],
                token.start,
                N_("A per cent says little without how many people it is of."),
                N_("Insert the figure with its people, or its “people” into this paragraph."),
            )
