"""Names, told by what stands around them, by short lists, and by capitals inside sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.analysis.privacy.given_names import (
    AFTER_NAME,
    BELONGING,
    GIVEN,
    GIVEN_MONTHS,
    GIVEN_WORDS,
    KIN,
    NEVER_SMALL,
    NOT_FIRST,
    OWNERS,
    ROLES,
    SURNAMES,
    TITLES,
    WEAK_TITLES,
)
from feedback.analysis.privacy.kinds import Kind, Taken
from feedback.analysis.privacy.ordinary import known, ordinary

LONGEST_NAME = 4  # words
MOSTLY = 0.6  # share of words with a capital from which capitals say nothing
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_BEGINS = re.compile(r"[.!?…:;•\n\"“‘(\[]|[-–—] |\d\)")
_CLOSE = re.compile(r"[ \t]{1,2}|\. ?|-")
_CUE = re.compile(r"[ \t]{0,2}[:,(\-–—.]?[ \t]{0,2}[\"“‘(]?")
_AFTER_NUMBER = re.compile(r"\s?\(?(?:aged? )?\d")
_POSSESSIVE = re.compile(r"['’]s?$")
# Places are told by these words before or after them; they stay.
_IN = frozenset("in near around across outside throughout at via visiting".split())
_OF_A_PLACE = frozenset(
    """school schools primary infants infant junior high academy college nursery preschool hospital
    hub centre center library clinic surgery road street park hall house church council university
    station club street estate beach village leisure trust baths grammar secondary children
    community arena theatre museum zoo farm forum team service services nhs hospice""".split()
)
# Words of daily life that may be names in small letters, beside a cue.
_MAY_BE_SMALL = SURNAMES | GIVEN | GIVEN_WORDS
_SIGNING = frozenset("thanks thank regards wishes love cheers sincerely from signed yours".split())
_NOT_BEFORE_MISS = frozenset(
    """i we they he she you it to will would dont don't didn't not really may can could might who
    i'll we'll he'll she'll they'll i'd often always never just also and kids children did do does
    must should shall cannot can't if""".split()
)
_NAMED = frozenset("called named name name's names".split())
_IS_CALLED = (
    frozenset("is was be are were who's named someone boy girl son daughter child lady man".split())
    | KIN
    | ROLES
)


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    small: str  # without a possessive ending
    capital: bool  # where a capital means something
    begins: bool  # a sentence
    owns: bool  # ends in 's


def found_names(text: str, kept: Sequence[tuple[int, int]] = ()) -> list[Taken]:
    """Names of people in a text.

    Args:
        text: what somebody wrote.
        kept: spans in which nothing is looked for, such as names of services; they may overlap.
    """
    words = _words(text, kept)
    reading = _Reading(text, words)
    return list(reading.names())


def _words(text: str, kept: Sequence[tuple[int, int]]) -> list[_Word]:
    free = bytearray(len(text))
    for start, end in kept:
        free[start:end] = b"\1" * (end - start)
    found = list(_TOKEN.finditer(text))
    said = _capitals_count(text, found)
    words: list[_Word] = []
    before = 0
    for at, match in enumerate(found):
        word = match[0]
        plain = _POSSESSIVE.sub("", word)
        if any(free[match.start() : match.end()]):
            # It stays in the row, as a word that is no name and part of none.
            words.append(_Word(match.start(), match.end(), "\0", False, False, False))
        else:
            begins = at == 0 or bool(_BEGINS.search(text, before, match.start()))
            shouted = len(plain) > 1 and (plain.isupper() or word.removesuffix("s").isupper())
            capital = said[at] and word[0].isupper() and not shouted
            words.append(
                _Word(match.start(), match.end(), plain.lower(), capital, begins, plain != word)
            )
        before = match.end()
    return words


def _capitals_count(text: str, found: Sequence[re.Match[str]]) -> list[bool]:
    """For each word, whether capitals mean something in its sentence."""
    counts: list[bool] = []
    sentence: list[re.Match[str]] = []

    def close() -> None:
        long = [m for m in sentence[1:] if len(m[0]) > 3]
        raised = sum(m[0][0].isupper() and not m[0].isupper() for m in long)
        counts.extend([len(long) < 4 or raised < MOSTLY * len(long)] * len(sentence))
        sentence.clear()

    for at, match in enumerate(found):
        if at and re.search(r"[.!?\n]", text[found[at - 1].end() : match.start()]):
            close()
        sentence.append(match)
    close()
    return counts


class _Reading:
    """The words of one text, walked once from the left."""

    def __init__(self, text: str, words: Sequence[_Word]) -> None:
        self.text = text
        self.words = words
        self.small_elsewhere = {
            w.small for w in words if text[w.start : w.end].islower() and w.small not in GIVEN
        }

    def names(self) -> Iterator[Taken]:
        at = 0
        while at < len(self.words):
            first, last = self._name_at(at)
            if last < first:
                at += 1
                continue
            end = self.words[last].end
            if self.words[last].owns:
                end -= len(self.text[self.words[last].start : end]) - len(self.words[last].small)
            yield Taken(Kind.NAME, self.words[first].start, end)
            at = last + 1

    def _name_at(self, at: int) -> tuple[int, int]:
        """The first and the last word of a name here; the last before the first where none is."""
        if self._is_name(at):
            return at, self._last(at)
        return at, at - 1

    # What a word is.

    def _word(self, at: int) -> str:
        return self.words[at].small if 0 <= at < len(self.words) else ""

    def _gap(self, at: int) -> str:
        """What stands before a word."""
        if not 0 < at < len(self.words):
            return "\n"
        return self.text[self.words[at - 1].end : self.words[at].start]

    def _is_name(self, at: int) -> bool:
        word = self.words[at]
        small = word.small
        if small == "\0" or len(small) > 30:
            return False
        if not word.capital and known(small) and small not in _MAY_BE_SMALL:
            return False
        if small == "eve" and self._word(at - 1) in ("christmas", "year", "years", "easter"):
            return False
        if small in GIVEN and not self._of_a_place(at):
            return True
        return (
            self._titled(at)
            or self._of_kin(at)
            or self._in_a_role(at)
            or self._called(at)
            or self._owner(at)
            or self._parent_of(at)
            or self._signed(at)
            or self._beside_a_name(at)
            or self._raised(at)
        )

    def _could_be(self, at: int, *, strong: bool = False) -> bool:
        """Whether a word beside a cue is a name, by its letters.

        Args:
            strong: only a name or very few words can stand here.
        """
        word = self.words[at]
        small = word.small
        if small == "\0":
            return False
        if small in GIVEN or (word.capital and (small in GIVEN_WORDS or small in GIVEN_MONTHS)):
            return True
        if len(small) == 1:
            return small not in "iaoxs" if not word.capital else small not in "ai"
        if word.capital:
            return not (known(small) if strong else ordinary(small)) or (
                strong and small in SURNAMES
            )
        if small in GIVEN_WORDS and small not in NEVER_SMALL:
            return strong or self._word(at + 1) in AFTER_NAME
        if self.text[word.start : word.end].isupper() and len(small) <= 5 and not strong:
            return False  # an abbreviation
        if ordinary(small):
            return strong and small in SURNAMES
        return strong or self._word(at + 1) in AFTER_NAME

    def _last(self, at: int) -> int:
        """The last word of the name that begins here: first names, initials, surnames."""
        last = at
        while last + 1 < len(self.words) and last + 1 - at < LONGEST_NAME:
            following = self.words[last + 1]
            if self.words[last].owns or not _CLOSE.fullmatch(self._gap(last + 1)):
                break
            if self._gap(last + 1).startswith(".") and len(self.words[last].small) > 1:
                break
            small = following.small
            surname = small in SURNAMES and (following.capital or not ordinary(small))
            initial = len(self.words[last].small) == 1
            if following.capital and (initial or not following.begins):
                if ordinary(small) and not surname:
                    break
            elif not (surname and small not in NEVER_SMALL and small not in GIVEN_WORDS):
                break
            last += 1
        return last

    # What stands around a word.

    def _titled(self, at: int) -> bool:
        title = self._word(at - 1)
        if title not in TITLES or not _CLOSE.fullmatch(self._gap(at)):
            return False
        if title in WEAK_TITLES and not self.words[at - 1].capital:
            if self._word(at - 2) in _NOT_BEFORE_MISS:
                return False
            if not self._could_be(at) and self._word(at) not in SURNAMES:
                return False
        return self._could_be(at, strong=True)

    def _of_kin(self, at: int) -> bool:
        cue = self._word(at - 1)
        if cue == "s" or cue not in KIN or not _CUE.fullmatch(self._gap(at)):
            return False
        if self.words[at - 1].owns or "." in self._gap(at):
            return False
        owned = any(self._word(at - back) in OWNERS for back in range(2, 7))
        word = self.words[at]
        if word.small in NEVER_SMALL and not word.capital:
            return False
        if word.capital:
            return self._could_be(at, strong=False)
        return owned and self._could_be(at)

    def _in_a_role(self, at: int) -> bool:
        if self._word(at - 1) not in ROLES or not _CUE.fullmatch(self._gap(at)):
            return False
        if self.words[at - 1].owns or "." in self._gap(at):
            return False
        word = self.words[at]
        return word.capital and self._could_be(at) and not self._of_a_place(at)

    def _called(self, at: int) -> bool:
        cue = self._word(at - 1)
        if cue in ("is", "s", "was", "are") and self._word(at - 2) in ("name", "names"):
            return self._could_be(at, strong=True)
        if cue in ("i'm", "im", "i’m") or (cue == "am" and self._word(at - 2) == "i"):
            return self.words[at].capital and self._could_be(at)
        if cue == "is" and self._word(at - 2) == "this":
            return self.words[at].capital and self._could_be(at)
        if cue not in _NAMED or not _CUE.fullmatch(self._gap(at)):
            return False
        if self.words[at].capital:
            return self._could_be(at, strong=True)
        return self._word(at - 2) in _IS_CALLED and self._could_be(at, strong=True)

    def _owner(self, at: int) -> bool:
        following = self._word(at + 1)
        if following not in BELONGING or self._gap(at + 1) not in (" ", "  "):
            return False
        word = self.words[at]
        if word.owns:
            return (not word.begins and word.capital and self._could_be(at)) or (
                not ordinary(word.small) and not self._abbreviation(at)
            )
        # "jaydens mum": an apostrophe left out.
        bare = word.small.removesuffix("s")
        return bare != word.small and bare in GIVEN

    def _parent_of(self, at: int) -> bool:
        return (
            self._word(at - 1) in ("of", "to", "for")
            and self._word(at - 2) in BELONGING
            and not self.words[at - 2].owns
            and self.words[at].capital
            and self._could_be(at)
        )

    def _signed(self, at: int) -> bool:
        """A name under a comment: "Thanks, Ola"."""
        if at + 2 < len(self.words) or at == 0:
            return False
        before = any(self._word(at - back) in _SIGNING for back in (1, 2))
        return (
            before
            and self.words[at].capital
            and self._could_be(at)
            and (
                self._word(at - 1) not in ("from", "love")
                or not self.words[at - 1].begins
                or at > 3
            )
        )

    def _beside_a_name(self, at: int) -> bool:
        """The second of two: "Sam and Tylah"."""
        joined = self._word(at - 1) in ("and", "n") or self._gap(at).strip() in ("&", ",", "/")
        if not joined or not (self.words[at].capital or self._word(at + 1) in AFTER_NAME):
            return False
        other = at - 2 if self._word(at - 1) in ("and", "n") else at - 1
        if self._word(other) not in GIVEN and self._word(other - 1) not in KIN | _NAMED:
            return False
        return self._could_be(at)

    def _raised(self, at: int) -> bool:
        """A capital inside a sentence, on a word that is none of those that have one."""
        word = self.words[at]
        if not word.capital or word.small in TITLES or self._of_a_place(at):
            return False
        goes_on = self._word(at + 1) in AFTER_NAME
        if word.begins:
            return word.small in GIVEN_WORDS - NOT_FIRST and goes_on
        if word.small in GIVEN_MONTHS:
            return self._word(at - 1) in ("my", "our") and goes_on
        if word.small in GIVEN_WORDS:
            return True
        if len(word.small) < 2 or word.small in self.small_elsewhere or self._word(at - 1) in _IN:
            return False
        return not ordinary(word.small)

    def _of_a_place(self, at: int) -> bool:
        """Whether a capital belongs to the name of a school, a road or a place."""
        if not self.words[at].capital and not self.words[at].begins:
            return False
        for ahead in (1, 2, 3):
            if self._gap(at + ahead) not in (" ", "-"):
                return False
            if self._word(at + ahead) in _OF_A_PLACE:
                return not self.words[at].owns or ahead > 1 or self.words[at + ahead].capital
            if not (at + ahead < len(self.words) and self.words[at + ahead].capital):
                return False
        return False

    def _abbreviation(self, at: int) -> bool:
        word = self.text[self.words[at].start : self.words[at].end]
        return len(word) > 1 and _POSSESSIVE.sub("", word).isupper()
