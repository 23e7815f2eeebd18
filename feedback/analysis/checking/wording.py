"""Rules about words: hard ones, abbreviations, figures of speech, capitals, the passive.

All of them are for English only.
"""

import re
from collections.abc import Iterator
from functools import cache

from feedback.analysis.checking.abbreviations import ABBREVIATIONS, COMMON, COMMON_IN_STANDARD
from feedback.analysis.checking.everyday import EVERYDAY, NAMES
from feedback.analysis.checking.findings import Finding, Reading, Rule
from feedback.analysis.checking.idioms import find_idioms
from feedback.analysis.checking.numbers import ROMAN, number_words, roman_numerals
from feedback.analysis.checking.plainer import EASIER, OFFICE
from feedback.analysis.checking.verbs import (
    BASES,
    BE,
    OPENERS,
    PRONOUNS,
    base_of,
    ing,
    of_participle,
    third,
)
from feedback.analysis.checking.verbs import forms as verb_forms
from feedback.analysis.checking.verbs import past as past_of
from feedback.analysis.readability import is_familiar, sentences, stems, syllables, words

LONG_WORD = 3  # syllables from which a strange word keeps the easy-read badge away


def about_words(text: str, around: str, reading: Reading) -> Iterator[Finding]:
    """All that the rules of this file say about one English text.

    Args:
        text: what is looked at.
        around: all that is read beside it, where a word may be explained.
        reading: who reads.
    """
    yield from passives(text, reading)
    for said, idiom in find_idioms(text):
        yield reading.finding(
            Rule.IDIOM, said, fault=reading.easy, means=idiom.means, literally=idiom.literally
        )
    yield from abbreviations(text, around, reading)
    yield from hard_words(text, around, reading)
    if reading.easy:
        yield from number_words(text, reading)
        yield from roman_numerals(text, reading)
    yield from shouting(text, reading)


# Passive: "you were told" hides who tells.

_ADVERBS = frozenset(
    "not n't all also always both ever fully just never often really still usually well".split()
)
# Participles that say how somebody or something is, not what is done to it.
_STATES = frozenset(
    """
    aged agreed allowed amazed annoyed ashamed based become been bored born called closed come
    committed complicated concerned confused convinced crowded dedicated delighted depressed
    detailed determined disabled disappointed divorced done embarrassed employed engaged excited
    exhausted experienced finished flown frightened gifted gone got grown had hurt impressed
    interested involved isolated known limited located lost made married meant mixed moved opposed
    overwhelmed pleased prepared qualified registered related relaxed reserved retired run
    satisfied scared separated set shocked shut skilled spread stressed stuck supposed surprised
    talented terrified thrilled tired trained unexpected upset used worried
    """.split()
)
_NO_PARTICIPLES = frozenset(
    "bed bleed breed exceed feed hundred indeed naked need proceed red sacred seed shed speed weed"
    " wicked".split()
)
_WORD = re.compile(r"[\w’'-]+|[^\w\s]")


def passives(text: str, reading: Reading) -> Iterator[Finding]:
    """Each "was told", "were you asked": a verb in the passive."""
    for sentence in sentences(text):
        tokens = _WORD.findall(sentence.lower().replace("’", "'"))
        for at, token in enumerate(tokens):
            if token not in BE:
                continue
            found = _participle_after(tokens, at)
            if found is None:
                continue
            base = of_participle(tokens[found])
            if token in ("was", "were", "been") or base is None:
                base = past_of(base) if base else tokens[found]
            said = " ".join(tokens[at : found + 1])
            yield reading.finding(Rule.PASSIVE, said, verb=base)
            break  # one a sentence is enough to say


def _participle_after(tokens: list[str], at: int) -> int | None:
    """Where the participle stands that makes this form of "be" a passive."""
    place = at + 1
    while place < len(tokens) and tokens[place] in _ADVERBS:
        place += 1
    if place < len(tokens) and _is_participle(tokens[place]):
        return place
    opens = at <= 2 or not tokens[at - 1].isalpha() or tokens[at - 1] in ("and", "but", "or", "so")
    if not opens or tokens[at] in ("be", "been", "being"):
        return None
    # "Was the assessment asked for": somebody stands between, without a verb of their own.
    for step, token in enumerate(tokens[place : place + 5], start=place):
        if _is_participle(token):
            of_another = step - 1 > place and tokens[step - 1] in PRONOUNS  # "the help you got"
            return None if of_another else step
        if not token[0].isalpha() or token in OPENERS or token in _STOPS or token.endswith("ing"):
            return None
    return None


_STOPS = frozenset(
    """
    a about and as at but by for from if in into like of on or than that there to when which who
    with
    """.split()
) - {"a"}


def _is_participle(word: str) -> bool:
    if word in _STATES or word in _NO_PARTICIPLES or word.startswith("un"):
        return False
    # Most verbs are not in our list and end so; "left-handed" is no verb.
    return of_participle(word) is not None or (word.endswith("ed") and word.isalpha())


# Abbreviations.

_CAPITALS = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z]*\d?\b")
_TITLED = re.compile(r"\b[A-Z][a-z]{3,}\b")  # Senco, Camhs


def abbreviations(text: str, around: str, reading: Reading) -> Iterator[Finding]:
    """Each abbreviation that neither the glossary nor the words beside it explain."""
    seen: set[str] = set()
    for match in [*_CAPITALS.finditer(text), *_TITLED.finditer(text)]:
        word = match.group()
        plain = _singular(word)
        key = plain.upper()
        if key in seen or not _is_abbreviation(plain, text, reading):
            continue
        seen.add(key)
        if plain.lower() in reading.explained or _explains(around, plain):
            continue
        meaning = ABBREVIATIONS.get(key)
        yield reading.finding(Rule.ABBREVIATION, plain, fault=reading.easy, meaning=meaning)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:-1].isupper() else word


def _is_abbreviation(word: str, text: str, reading: Reading) -> bool:
    key = word.upper()
    if key in COMMON or (not reading.easy and key in COMMON_IN_STANDARD):
        return False
    if key in ABBREVIATIONS:
        return not word.istitle() or not is_familiar(word.lower(), _vocabulary(reading.known))
    return word.isupper() and not _is_shouted(word, reading) and not ROMAN.fullmatch(word)


def _explains(around: str, word: str) -> bool:
    """Whether the words around say what a word means, in one of the usual ways."""
    return word.lower() in _explained_in(around)


_MEANS = re.compile(
    r"((?:[\w’'-]+\s)?[\w’'-]+)[”\"’]?\s*"
    r"(?:\(|:\s|\b(?:means?|stands? for|is short for|is when|is where)\b)"
)
_BEGINS = re.compile(
    r"(?:^|[.!?:]\s+)(?:"
    r"an?\s+([\w’'-]+(?:\s[\w’'-]+)?)\s+(?:is|[a-z]{2,}s)\s"  # "A carer looks after …"
    r"|(?:the\s+)?([\w’'-]+(?:\s[\w’'-]+)?)\s+(?:is|are|means?)\s+"  # "Social care is help with …"
    r"(?:an?|the|when|where|what|how|help|people|someone|somebody|money|time|lessons|needing)\b)",
    re.I,
)
_THEN_SAID = re.compile(  # "An EHC plan. It says what help a child must get."
    r"(?:^|[.!?:]\s+)(?:(?:an?|the)\s+)?((?:[\w’'-]+\s?){1,3})\.\s+(?:it|this|they)\s+"
    r"(?:is|are|means?|[a-z]{2,}s)\s",
    re.I,
)
_BRACKETS = re.compile(r"(\b\w+\b[^()]{0,80})\(([^()]+)\)")


@cache
def _explained_in(around: str) -> frozenset[str]:
    """Words that a text explains where they stand, in small letters."""
    found: set[str] = set()
    for match in _MEANS.finditer(around):  # "EHC plan (education, …)"
        found.update(match.group(1).split())
    for match in _BEGINS.finditer(around):
        found.update((match.group(1) or match.group(2)).split())
    for match in _THEN_SAID.finditer(around):
        found.update(match.group(1).split())
    for match in _BRACKETS.finditer(around):
        inside = words(match.group(2))
        if len(inside) == 1 or len(inside) > 2:  # "other words (ABC)", "(other words, ABC)"
            found.update(word for word in inside if _CAPITALS.fullmatch(word))
    return frozenset(_singular(word).lower() for word in found)


# Hard words.


@cache
def _vocabulary(known: frozenset[str]) -> frozenset[str]:
    """All words that count as easy, irregular forms such as "shown" among them."""
    easy = known | EVERYDAY | NAMES
    return easy.union(*(verb_forms(base) for base in BASES if base in easy))


@cache
def _phrases() -> re.Pattern[str]:
    """Office phrases of several words; single ones are looked up."""
    several = sorted((key for key in EASIER if " " in key), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b", re.I)


def hard_words(text: str, around: str, reading: Reading) -> Iterator[Finding]:
    """Each hard word with a plain one in its place, and in easy read each strange word."""
    for match in _phrases().finditer(text):
        said = match.group()
        yield reading.finding(Rule.HARD_WORD, said, fault=reading.easy, plain=EASIER[said.lower()])
    seen: set[str] = set()
    vocabulary = _vocabulary(reading.known)
    explained = reading.explained | _explained_in(around)
    for word, first, follows in _in_sentences(text):
        lower = word.lower().replace("’", "'")
        if lower in seen or _is_named(word, lower, first, follows, reading):
            continue
        seen.add(lower)
        if not explained.isdisjoint(stems(lower)):
            continue
        base, plain = _plainer(lower, EASIER if reading.easy else OFFICE)
        familiar = is_familiar(lower, vocabulary)
        if plain:
            heavy = reading.easy and (base in OFFICE or not familiar)
            yield reading.finding(Rule.HARD_WORD, word, fault=heavy, plain=plain)
        elif reading.easy and reading.known and not familiar:
            yield reading.finding(Rule.HARD_WORD, word, fault=syllables(lower) >= LONG_WORD)


def _in_sentences(text: str) -> Iterator[tuple[str, bool, str]]:
    """Each word, whether it begins a sentence, and the word behind it."""
    for sentence in sentences(text):
        found = words(sentence)
        for at, word in enumerate(found):
            yield word, at == 0, found[at + 1] if at + 1 < len(found) else ""


def _is_named(word: str, lower: str, first: bool, follows: str, reading: Reading) -> bool:
    """A proper name or an abbreviation: no word to look up."""
    if not word[0].isupper():
        return False
    if lower in reading.names or _CAPITALS.fullmatch(word):
        return True
    return not first or (follows[:1].isupper() and follows != "I")


def _plainer(lower: str, plainer: dict[str, str]) -> tuple[str, str | None]:
    """The hard word that a word is a form of, and the plain one in the same form."""
    for base in stems(lower):
        if base in plainer:
            return base, _in_form(lower, base, plainer[base])
    return lower, None


def _in_form(word: str, base: str, plain: str) -> str:
    """The plain words in the form that the hard one has: "got" for "received"."""
    head, _, rest = plain.partition(" ")
    if word == base:
        return plain
    if base_of(head) == head:
        if word.endswith("ed"):
            head = past_of(head)
        elif word.endswith("ing"):
            head = ing(head)
        elif word.endswith("s"):
            head = third(head)
        return f"{head} {rest}".strip()
    return plain


# Capitals.

_LONGEST_UNKNOWN = 5  # letters of an abbreviation that is not in our list
_LOUD = re.compile(r"\b[A-Z][A-Z’']+\b(?:[ ,]+[A-Z][A-Z’']*\b)*")


def shouting(text: str, reading: Reading) -> Iterator[Finding]:
    """Each run of words in capitals that is no abbreviation."""
    for match in _LOUD.finditer(text):
        said = match.group().strip()
        loud = [word for word in words(said) if len(word) > 1 and _is_shouted(word, reading)]
        if loud:
            quiet = said.capitalize() if _begins(text, match.start()) else said.lower()
            yield reading.finding(Rule.SHOUTING, said, fault=reading.easy, quiet=quiet)


def _begins(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip()[-1] in ".!?"


def _is_shouted(word: str, reading: Reading) -> bool:
    """A word in capitals that is a word of daily life and nothing's abbreviation."""
    if word.upper() in ABBREVIATIONS or word.upper() in COMMON or not word.isupper():
        return False
    if word.lower() in reading.explained or ROMAN.fullmatch(word):
        return False
    return len(word) > _LONGEST_UNKNOWN or is_familiar(word.lower(), _vocabulary(reading.known))
