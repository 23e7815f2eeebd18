"""Tells numbers that say how many from numbers that name, date or number something.

A number that says how many is a figure, and a figure in a paper is a reference. What is none is
known by the words round it; each pattern below says which words, and why it is no figure.
"""

import re
from dataclasses import dataclass

from feedback.errors import N_

PEOPLE = (
    r"(?:parents?|carers?|famil(?:y|ies)|children|child|young\s+people|young\s+persons?|people|"
    r"persons?|practitioners?|professionals?|staff|teachers?|schools?|settings?|respondents?|"
    r"pupils?|students?|learners?|mothers?|fathers?|mums?|dads?|siblings?|attendees?|"
    r"participants?|members|households?|those|them|us)\b"
)
_COUNTED = rf"(?:{PEOPLE}|responses?\b|answers?\b|comments?\b|replies\b|surveys?\b|per\s?cent\b)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
_SMALL = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen)"
)
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_WORD = (
    rf"(?:{_TENS}(?:[\s-](?:one|{_SMALL}))?|{_SMALL}|(?:a\s+)?dozen|"
    r"(?:a\s+|one\s+)?hundred|(?:a\s+|one\s+)?thousand)"
)
_ANY = rf"(?:\d+(?:\.\d+)?|one|{_WORD})"
_TIME = r"(?:minute|hour|day|week|month|year|term|cycle|quarter)s?"
_NAMED = (
    r"(?:[Yy]ears?|[Kk]ey [Ss]tages?|KS|[Ss]ections?|[Rr]egulations?|[Pp]arts?|[Cc]hapters?|"
    r"[Ss]tatements?|[Pp]riorit(?:y|ies)|[Pp]riority actions?|[Aa]ctions?|[Aa]reas?|[Vv]ersions?|"
    r"[Rr]eleases?|[Ff]orms?|[Pp]ages?|[Ff]igures?|[Tt]ables?|[Aa]ppendi(?:x|ces)|[Aa]nnex|"
    r"[Ii]tems?|[Pp]hases?|[Ss]tages?|[Tt]iers?|[Ll]evels?|[Ww]aves?|[Rr]ounds?|[Cc]ycles?|"
    r"[Gg]roups?|[Rr]ooms?|[Qq]uestions?|[Pp]aragraphs?|[Pp]apers?|[Nn]umbers?|[Nn]o\.|"
    r"[Mm]eetings?|[Ss]teps?|[Oo]ptions?|[Aa]rticles?|[Ss]chedules?|[Ww]eeks?|[Dd]ays?|"
    r"[Ss]essions?|[Tt]erms?|[Uu]nits?|[Oo]bjectives?|[Oo]utcomes?|[Rr]ecommendations?|"
    r"[Bb]ands?|[Gg]rades?|[Tt]ypes?|[Ss]tandards?|[Pp]rinciples?)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence; `reason` says why it is no figure, and is empty where it is one."""

    words: str
    start: int
    reason: str = ""


_NOT_FIGURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, flags))
    for reason, pattern, flags in (
        (N_("an address or a telephone number"), r"https?://\S+|\S+@\S+|\b0\d[\d ]{8,}\d\b", 0),
        (
            N_("an address or a telephone number"),
            r"\b(?:NHS|call(?:ing)?|ring|dial)\s+(?:111|999|101)\b",
            re.I,
        ),
        (N_("it numbers a list"), r"^\s*\d{1,2}[.)]\s", 0),
        (
            N_("a date"),
            rf"\b\d{{1,2}}\s*(?:to|and|[-–])\s*\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}}\b)?",
            0,
        ),
        (N_("a date"), rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}}\b)?", 0),
        (N_("a date"), rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)\b(?:,?\s+\d{{4}}\b)?", 0),
        (N_("a date"), r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b", 0),
        (N_("a date"), rf"\b{_MONTH}\s+(?:19|20)\d\d\b", 0),
        (N_("a date"), r"\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b", 0),
        (
            N_("a date"),
            rf"(?<![£\d,.])\b(?:19|20)\d\d\b(?![,.]\d|\s*%|\s+(?:{_COUNTED}|pounds\b))",
            0,
        ),
        (
            N_("a time of day"),
            r"\b\d{1,2}:\d\d(?:\s?[ap]m)?\b|\b\d{1,2}(?:\.\d\d)?\s?[ap]m\b|\b24/7\b",
            0,
        ),
        (
            N_("an age"),
            r"\bage[sd]?\s+(?:of\s+)?\d{1,2}(?:\s*(?:to|and|or|[-–])\s*\d{1,2})?\b"
            r"|\b\d{1,2}(?:\s*(?:to|and|[-–])\s*\d{1,2})?[\s-]years?[\s-]olds?\b"
            r"|\b\d{1,2}\s*(?:to|[-–])\s*25\b(?!\s*(?:%|per\s?cent))"
            r"|\b(?:under|over)[\s-]\d{1,2}s\b|\b(?:post|pre)-\d{1,2}\b"
            r"|\bturn(?:s|ed|ing)?\s+\d{1,2}\b"
            r"|\b(?:children|those|pupils|young people)\s+(?:under|over)\s+\d{1,2}\b",
            re.I,
        ),
        (
            N_("it numbers or names something"),
            rf"\b{_NAMED}\s+\d+[a-z]?(?![\d%]|\s*%|\s+per\s?cent)(?:\s*(?:to|[-–])\s*\d+)?"
            rf"(?:\s*(?:and|or|,)\s*\d+\b(?!\s*[\w%]))*",
            0,
        ),
        (
            N_("it numbers or names something"),
            r"\b[A-Z]{1,6}-?\d+[A-Za-z]?\b|\b[Cc]ovid-19\b|\b\d{1,3}(?:st|nd|rd|th)\b",
            0,
        ),
        (
            N_("the ends of a scale"),
            r"\b(?:from|scale of|between)\s+[01]\s+(?:to|and)\s+(?:5|10|100)\b"
            r"|\b[01]\s*(?:to|[-–])\s*(?:5|10|100)\s+scale\b",
            re.I,
        ),
        (
            N_("a rule or a span of time"),
            rf"\b(?:within|every|each|by|up to|at most|no more than|next|last|past|previous|first|"
            rf"coming|statutory)\s+(?:the\s+)?{_ANY}(?:\s+to\s+{_ANY})?[\s-]+"
            rf"(?:working[\s-]|school[\s-])?{_TIME}\b",
            re.I,
        ),
        (
            N_("a rule or a span of time"),
            rf"\b{_ANY}[\s-](?:working[\s-])?{_TIME}[\s-](?:limit|rule|deadline|target|window|plan|"
            r"period|timescale|cycle|review|check|strategy|programme|course)s?\b",
            re.I,
        ),
        (
            N_("a way of speaking"),
            r"\bone\s+of\b|\bone\s+another\b|\bone\s+to\s+one\b|\b1:1\b|\bone[\s-]stop\b"
            r"|\bone\s+(?:day|thing|page|place)\b",
            re.I,
        ),
    )
)
_RATIO = re.compile(
    rf"\b(?:one|{_WORD}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{_WORD}|\d+)\b", re.I
)
_DIGITS = re.compile(
    r"[£€$]?\d[\d,]*(?:\.\d+)?(?:\s?(?:million|thousand|k|m)\b)?(?:\s?%|\s+per\s?cent\b)?", re.I
)
_IN_WORDS = re.compile(
    rf"\b(?!two[\s-]thirds|three[\s-]quarters){_WORD}\s+(?:(?!and\b|or\b)[\w-]+\s+){{0,2}}?(?={_COUNTED})",
    re.I,
)
_PER_CENT = re.compile(rf"\b{_WORD}\s+per\s?cent\b", re.I)
_TRAILING = re.compile(r"[\s,]+$")


def numbers(sentence: str) -> list[Number]:
    """Every number in a sentence, in its order, with the reason where it is no figure.

    Args:
        sentence: without references, or with them made unreadable.
    """
    found: list[Number] = []
    left = sentence

    def take(pattern: re.Pattern[str], reason: str) -> None:
        nonlocal left
        for match in pattern.finditer(left):
            words = _TRAILING.sub("", match[0])
            found.append(Number(words.strip(), match.start(), reason))
        left = pattern.sub(lambda match: " " * len(match[0]), left)

    take(_RATIO, "")  # before what is no figure: "9 out of 10" could be taken for a scale
    for reason, pattern in _NOT_FIGURES:
        take(pattern, reason)
    for pattern in (_PER_CENT, _DIGITS, _IN_WORDS):
        take(pattern, "")
    return sorted(found, key=lambda each: each.start)
