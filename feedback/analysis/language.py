"""Whether a comment is in English, as far as its commonest words and its letters tell."""

import re
import unicodedata

FEWEST_WORDS = 4  # fewer may be a name or a term in any language
LEAST_SHARE = 0.12  # of the words; English prose has 0.4 to 0.6, telegram style 0.2
LETTERS_LOOKED_AT = 2_000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# Words that stand in nearly every English sentence and are no common words of Polish, Romanian,
# French, Spanish, German, Portuguese, Italian or Welsh.
_ENGLISH = frozenset(
    """the and of is was are were be been being have has had having it it's its that that's this
    these those they they're their them there there's with for from not isn't wasn't don't didn't
    doesn't can't couldn't won't would wouldn't should could will can you your yours we we've were
    our ours us my mine he she his her him i'm i've i'd when what which who why how because but
    very too more most much many any all some every each both other than then just only always
    never still again about after before into out up off over by at if or so as get got getting
    go going went make made need needs needed help helped want wanted think know told said say
    feel felt good great nice lovely bad poor thank thanks please nothing everything something
    time school staff people children child son daughter parents support waiting wait""".split()
)


def english(text: str) -> bool | None:
    """Whether a comment is English; None where it is too short or has no words to tell by."""
    shown = text[:LETTERS_LOOKED_AT]
    if not shown.isascii():
        letters = [letter for letter in shown if letter.isalpha()]
        latin = sum(letter.isascii() or _latin(letter) for letter in letters)
        if latin < len(letters) / 2:
            return False
    words = [word.replace("’", "'").lower() for word in _WORD.findall(shown)]
    if len(words) < FEWEST_WORDS:
        return None
    return sum(word in _ENGLISH for word in words) >= LEAST_SHARE * len(words)


def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
