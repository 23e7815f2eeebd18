"""Looks at the word somebody wants to go by: no real name, no address, no insult."""

import re
import unicodedata
from enum import StrEnum

from feedback.analysis.privacy import Kind, mask
from feedback.analysis.privacy.given_names import GIVEN, GIVEN_WORDS, SURNAMES
from feedback.analysis.privacy.ordinary import known
from feedback.analysis.readability import is_familiar, stems

_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d")
MOST_DIGITS = 2  # an age or a favourite number; more could be a phone or a house
# Marks that stand for letters in words that are meant to get past.
_MARKS = str.maketrans("013457@$!", "oieastasi")
# Letters of other alphabets that look like Latin ones.
_TWINS = {
    **dict(zip((0x430, 0x441, 0x435, 0x43E, 0x440, 0x445, 0x443), "aceopxy", strict=True)),
    **dict(zip((0x456, 0x458, 0x455, 0x501, 0x4BB, 0x51B, 0x51D), "ijsdhqw", strict=True)),
    **dict(zip((0x432, 0x43A, 0x43C, 0x43D, 0x442), "bkmht", strict=True)),
    **dict(zip((0x3B1, 0x3BF, 0x3B5, 0x3C1, 0x3BD, 0x3B9, 0x3BA, 0x3C4), "aoepvikt", strict=True)),
}
# Insults and rude words that children know; forms of them are found by their stems.
RUDE = frozenset(
    """
    arse arsehole ass asshole bastard bellend bimbo bitch bollocks boob bugger bum bumhole butt
    chav chink cock coon crap cretin cum cunt damn dick dickhead dildo dumb dumbass dyke fag faggot
    fanny fart fat fatso fatty flid freak fuck fucker gay gimp git gyppo hell ho homo hoe idiot
    imbecile jerk jizz knob knobhead kike kill loser lunatic minger minging moron mong mug muppet
    nazi negro nigga nigger nob nonce nutter paedo paki pedo penis perv pervert pig pikey pillock
    piss plonker poo poof poop porn prat prick psycho pube pussy queer rape rapist retard schizo sex
    sexy shag shit shite shithead simp skank slag slapper slut spack spastic spaz spunk stupid
    tart thick tit titty tosser tranny turd twat ugly vagina vegetable wank wanker weirdo whore
    willy wog yid
    """.split()
)
# Long enough that no kind word holds them by chance.
_ANYWHERE = ("fuck", "cunt", "shit", "wank", "nigg", "faggot", "retard", "bitch", "paedo")
_SHORTEST = 2  # letters of a word


class Trouble(StrEnum):
    """Why a word is asked for again."""

    NAME = "name"
    CONTACT = "contact"
    RUDE = "rude"
    UNKNOWN = "unknown"  # perhaps a name; whoever wrote it knows
    TAKEN = "taken"
    NOTHING = "nothing"


def trouble_of(
    word: str, familiar: frozenset[str] = frozenset(), *, sure: bool = False
) -> Trouble | None:
    """What is wrong with a word that somebody wants to go by; None where nothing is.

    Args:
        familiar: words that everybody knows; one that stands nowhere may be somebody's name.
        sure: they said that it is no real name.
    """
    word = _plain(word)
    letters = _LETTERS.findall(word)
    if sum(map(len, letters)) < _SHORTEST:
        return Trouble.CONTACT if _DIGITS.search(word) else Trouble.NOTHING
    if _rude(word):
        return Trouble.RUDE
    taken = {each.kind for each in mask(word).taken} - {Kind.NAME}
    digits = len(_DIGITS.findall(word))
    if taken or digits > MOST_DIGITS or re.search(r"[@/\\]", word):
        return Trouble.CONTACT
    small = [each.casefold() for each in letters]
    bare = [_bare(each) for each in small]
    spelled = "".join(bare) if len(bare) > 1 and all(len(each) == 1 for each in bare) else ""
    strange = [
        each
        for each in small
        if each.isascii() and not (known(each) or is_familiar(each, familiar))
    ]
    if any(each in GIVEN for each in (*bare, spelled)) or any(
        each in SURNAMES for each in strange[1:]
    ):
        return Trouble.NAME
    if any(map(_mixed, small)):  # nobody writes a word so but to get past
        return Trouble.NAME
    if not sure and (strange or any(each in GIVEN_WORDS for each in (*bare, spelled))):
        return Trouble.UNKNOWN
    return None


def looks(word: str) -> str:
    """What two words have in common that nobody could tell apart on a screen."""
    return " ".join(_bare(_plain(word).casefold()).split())


def _plain(word: str) -> str:
    """A word as it looks: wide letters as usual ones, nothing in it that nobody sees."""
    wide = unicodedata.normalize("NFKC", word)
    return "".join(each for each in wide if unicodedata.category(each) != "Cf")


def _bare(word: str) -> str:
    """A word in small letters without the marks on them; what looks like Latin in it is Latin."""
    apart = unicodedata.normalize("NFD", word.translate(_TWINS) if _mixed(word) else word)
    return "".join(each for each in apart if not unicodedata.combining(each))


def _mixed(word: str) -> bool:
    """Whether Latin letters stand among those of another alphabet that look the same."""
    return any(each.isascii() for each in word) and any(ord(each) in _TWINS for each in word)


def _rude(word: str) -> bool:
    plain = _bare(word.casefold())
    for each in (plain, plain.translate(_MARKS)):
        together = "".join(_LETTERS.findall(each))
        if any(part in together for part in _ANYWHERE) or together in RUDE:
            return True
        if any(stem in RUDE for part in _LETTERS.findall(each) for stem in stems(part)):
            return True
    return False
