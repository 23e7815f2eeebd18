"""Rules about length: words a sentence, sentences a screen, the grade of a whole page.

They hold in every language, but for the grade.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from feedback.analysis.checking.findings import Finding, Reading, Rule
from feedback.analysis.readability import flesch_kincaid_grade, sentences, words

# Words a sentence: from here a hint, from there a fault. 15 is the ceiling that guides to easy
# read name most often (Department of Health 2010, CHANGE 2016); 25 is GOV.UK's for everybody.
LONGEST_EASY = (12, 15)
LONGEST_STANDARD = (20, 25)
# Sentences that are read at once, besides the options; six and more tire (our judgement).
MOST_SENTENCES = (4, 6)
# American school years.
HARDEST_EASY = 3
HARDEST_STANDARD = 6
# Below this many words the formula says nothing.
FEWEST_WORDS = 30
FEWEST_WORDS_OF_ALL = 100
_NO_BREAK = 3  # words that a half keeps at least


def long_sentences(text: str, reading: Reading) -> Iterator[Finding]:
    """Each sentence with too many words, and where it could be cut."""
    hint, fault = LONGEST_EASY if reading.easy else LONGEST_STANDARD
    if len(words(text)) <= hint:
        return
    for sentence in sentences(text):
        count = len(words(sentence))
        if count > hint:
            first, second = _halves(sentence) if reading.english else (None, None)
            yield reading.finding(
                Rule.LONG_SENTENCE,
                sentence,
                fault=count > fault,
                count=count,
                most=hint,
                first=first,
                second=second,
            )


_BREAKS = frozenset("and but so because if when which who that or where while until before".split())


def _halves(sentence: str) -> tuple[str | None, str | None]:
    """The sentence cut at the comma or joining word nearest its middle; None without one."""
    pieces = sentence.split()
    places = [
        at
        for at in range(_NO_BREAK, len(pieces) - _NO_BREAK + 1)
        if pieces[at - 1][-1] in ",;:–" or pieces[at].lower() in _BREAKS
    ]
    if not places:
        return None, None
    at = min(places, key=lambda place: abs(place - len(pieces) / 2))
    return " ".join(pieces[:at]).rstrip(",;:–"), " ".join(pieces[at:])


def many_sentences(texts: Sequence[str], reading: Reading) -> Iterator[Finding]:
    """Whether more stands on one screen than is read at once; the options do not count."""
    hint, fault = MOST_SENTENCES
    found = [sentence for text in texts for sentence in _sentences(text)]
    if len(found) > hint:
        yield reading.finding(
            Rule.MANY_SENTENCES,
            found[hint],
            fault=reading.easy and len(found) > fault,
            count=len(found),
            most=hint,
        )


@lru_cache(maxsize=4000)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(sentences(text))


def hard_to_read(
    texts: Sequence[str], reading: Reading, *, whole: bool = False
) -> Iterator[Finding]:
    """Whether a page, or with `whole` the whole survey, asks for too many years of school."""
    if not reading.english:
        return
    full, count, grade = _graded(tuple(texts))
    most = HARDEST_EASY if reading.easy else HARDEST_STANDARD
    if count >= (FEWEST_WORDS_OF_ALL if whole else FEWEST_WORDS) and grade > most:
        longest = max(sentences(full), key=lambda sentence: len(words(sentence)))
        yield reading.finding(
            Rule.READABILITY,
            longest,
            fault=whole and reading.easy,
            grade=f"{grade:.1f}",
            most=most,
        )


@lru_cache(maxsize=2000)
def _graded(texts: tuple[str, ...]) -> tuple[str, int, float]:
    full = "\n".join(texts)  # a new line ends a sentence
    return full, len(words(full)), flesch_kincaid_grade(full)
