"""Rules about numbers: digits are seen at once, and people are pictured, not percentages."""

import re
from collections.abc import Iterator

from feedback.analysis.checking.findings import Finding, Reading, Rule

ROMAN = re.compile(r"\b(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\b")

_UNITS = {
    word: value
    for value, word in enumerate(
        """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen
        """.split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_COUNTED = (
    "answers?|boxes|box|child|faces?|hours?|minutes?|months?|pages?|pictures?|questions?|schools?"
    "|teachers?|weeks?|words?|years?"
)
_SPELLED = "|".join([*(word for word in _UNITS if word not in ("zero", "one")), *_TENS, *_LARGE])
_NUMBER = re.compile(
    rf"\b(?:(?:a|one|{_SPELLED})[ -])?(?:{_SPELLED})(?:[ -](?:and )?(?:one|{_SPELLED}))*\b"
    rf"|\bone(?= (?:{_COUNTED})\b)",
    re.I,
)


def number_words(text: str, reading: Reading) -> Iterator[Finding]:
    """Each number written as a word: a digit is seen at once."""
    for match in _NUMBER.finditer(text):
        said = match.group()
        yield reading.finding(Rule.NUMBER_WORD, said, fault=True, digits=f"{_value(said):,}")


def _value(said: str) -> int:
    total = current = 0
    for word in re.split(r"[ -]", said.lower()):
        if word in _LARGE:
            current = max(current, 1) * _LARGE[word]
            if word in ("thousand", "million"):
                total, current = total + current, 0
        else:
            current += {**_UNITS, **_TENS, "a": 1}.get(word, 0)
    return total + current


_BEFORE_ROMAN = re.compile(
    r"\b(?:part|section|stage|step|year|level|phase|chapter|band|tier|group|page|question|unit"
    r"|key stage)\s+([IVX]+)\b",
    re.I,
)
_ALONE = re.compile(r"\b(?:I{2,3}|VI{2,3}|IX|XI{1,3}|XIV|XVI{0,3}|XIX|XX)\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def roman_numerals(text: str, reading: Reading) -> Iterator[Finding]:
    """Each number written with Roman letters; "VI" alone may be an abbreviation."""
    seen: set[str] = set()
    found = [match.group(1) for match in _BEFORE_ROMAN.finditer(text)]
    found += [match.group() for match in _ALONE.finditer(text)]
    for said in found:
        if said in seen or not said.isupper() or not ROMAN.fullmatch(said):
            continue
        seen.add(said)
        values = [_ROMAN_VALUES[letter] for letter in said]
        total = sum(
            -value if value < max(values[at:]) else value for at, value in enumerate(values)
        )
        yield reading.finding(Rule.ROMAN_NUMERAL, said, fault=True, digits=total)


_MAY_BE_ONE = re.compile(r"[%٪]|cent", re.I)  # a quick look first, for most texts have none
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?|[٠-٩]+)?\s?[%٪]|[%٪]\s?\d+", re.I)
_PERCENT_WORDS = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s)?\bper ?cent(?:age)?s?\b", re.I)
_AS_PARTS = {10: "1 in 10", 20: "1 in 5", 25: "1 in 4", 33: "1 in 3", 50: "half", 75: "3 in 4"}


def percentages(text: str, reading: Reading) -> Iterator[Finding]:
    """Each percentage, in every language by its sign."""
    if not _MAY_BE_ONE.search(text):
        return
    found = [*_PERCENT.finditer(text), *(_PERCENT_WORDS.finditer(text) if reading.english else ())]
    for match in found:
        said = match.group().strip()
        digits = re.search(r"\d+", said)
        number = int(digits.group()) if digits else None
        parts = _AS_PARTS.get(number or -1) or (f"{number} in 100" if number is not None else None)
        yield reading.finding(
            Rule.PERCENTAGE, said, fault=reading.easy, parts=parts if reading.english else None
        )
