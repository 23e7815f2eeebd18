"""Words that say how many, how often, or which way, and what figures each of them takes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from feedback.analysis.claims.known import Kind, Known, Way
from feedback.analysis.claims.numbers import PEOPLE
from feedback.errors import N_

NEARLY_ALL = 0.9  # share from which "nearly all" is fair
MANY = 0.3  # share from which "many" is fair
FEW = 0.2  # share up to which "few" is fair
NEAR = 0.05  # how far a share may be from the fraction that it is called

_OF = rf"(?:\s+of\b|(?:\s+(?!and\b|or\b|of\b)[\w’'-]+){{0,2}}?\s+{PEOPLE})"
_SPOKE = (
    r"\s+(?:said|say|felt|feel|told|agreed?|chose|think|thought|were|are|had|have|did|do|found)\b"
)


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


# Who wanted something claims nothing of how it is; who said something is not us.
_WANTED = _any(
    r"(?:\b(?:to|will|would|should|could|must|can|may|might|if|whether|how|want\w*|asked for|"
    r"asking for|ask for|need\w*|hop(?:e|es|ed|ing)|plan|plans|aim|aims|like|let|called for|"
    r"wish(?:ed)? for|make|towards?|wait(?:ing)? for|look(?:ing)? for)\b|n’t be|not be)"
    r"(?:\s+[\w’'-]+){0,3}\s*$"
)
_REPORTED = _any(
    r"\b(?:said|says?|told|tells?|felt|feels?|reported|reports|wrote|writes?|thinks?|thought|"
    r"described|describes?|mentioned|heard|raised|believed?|according to)\b"
)
_NOT = _any(r"(?:\b(?:not|never|no|without|hardly|neither|nor)\b|n[’']t\b)(?:\s+[\w’'-]+){0,2}\s*$")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a claim, where they stand, and the rule that judges them."""

    words: str
    start: int
    rule: "Rule"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why words do not stand, and what to write instead."""

    kind: Kind
    why: str
    instead: str
    facts: dict[str, str]


Rule = Callable[[str, Known | None, Sequence[Known]], Verdict | None]


def per_cent(share: float) -> str:
    """A proportion as it is written: "48%"."""
    return f"{round(100 * share)}%"


# How many


def _without_share(words: str) -> Verdict:
    return Verdict(
        Kind.BARE,
        N_("“%(words)s” says how many, and no figure stands beside it."),
        N_("Put a figure in the same sentence, or say “some”."),
        {"words": words},
    )


def _more_than_half(words: str, beside: Known | None, _all: Sequence[Known]) -> Verdict | None:
    if beside is None or beside.share is None:
        return _without_share(words)
    facts = {"words": words, "share": per_cent(beside.share)}
    if beside.share <= 0.5:
        return Verdict(
            Kind.AGAINST,
            N_("%(share)s is not more than half, so it is not “%(words)s”."),
            N_("Write the figure by itself, or say “some”."),
            facts,
        )
    if beside.lower is None or beside.lower <= 0.5:
        return Verdict(
            Kind.AGAINST,
            N_("%(share)s could be half or less by chance, so few answered."),
            N_("Write “of those who answered” with the figure, and leave out “%(words)s”."),
            facts,
        )
    return None


def _less_than_half(words: str, beside: Known | None, _all: Sequence[Known]) -> Verdict | None:
    if beside is None or beside.share is None:
        return _without_share(words)
    if beside.share < 0.5 and (beside.upper is None or beside.upper < 0.5):
        return None
    return Verdict(
        Kind.AGAINST,
        N_("%(share)s is not surely less than half."),
        N_("Write the figure by itself."),
        {"words": words, "share": per_cent(beside.share)},
    )


def _nearly_all(words: str, beside: Known | None, _all: Sequence[Known]) -> Verdict | None:
    return _from(words, beside, NEARLY_ALL, N_("“%(words)s” takes %(takes)s or more."))


def _many(words: str, beside: Known | None, _all: Sequence[Known]) -> Verdict | None:
    return _from(words, beside, MANY, N_("“%(words)s” takes %(takes)s or more."))


def _from(words: str, beside: Known | None, least: float, why: str) -> Verdict | None:
    if beside is None or beside.share is None:
        return _without_share(words)
    if beside.share >= least:
        return None
    return Verdict(
        Kind.AGAINST,
        why,
        N_("The figure is %(share)s. Write the figure by itself, or say “some”."),
        {"words": words, "share": per_cent(beside.share), "takes": per_cent(least)},
    )


def _few(words: str, beside: Known | None, _all: Sequence[Known]) -> Verdict | None:
    if beside is None or beside.share is None:
        return _without_share(words)
    if beside.share <= FEW:
        return None
    return Verdict(
        Kind.AGAINST,
        N_("“%(words)s” is %(takes)s at the most."),
        N_("The figure is %(share)s. Write the figure by itself."),
        {"words": words, "share": per_cent(beside.share), "takes": per_cent(FEW)},
    )


def _about(fraction: float) -> Rule:
    def judged(words: str, beside: Known | None, _all: Sequence[Known]) -> Verdict | None:
        if beside is None or beside.share is None:
            return _without_share(words)
        if abs(beside.share - fraction) <= NEAR:
            return None
        return Verdict(
            Kind.AGAINST,
            N_("The figure is %(share)s, and that is not “%(words)s”."),
            N_("Write the figure by itself."),
            {"words": words, "share": per_cent(beside.share)},
        )

    return judged


# How often and how surely


def _consistently(words: str, _beside: Known | None, known: Sequence[Known]) -> Verdict | None:
    spread = next((each for each in known if each.spread), None)
    if spread is None:
        return Verdict(
            Kind.BARE,
            N_("“%(words)s” needs how many periods, how many answers, and from where to where."),
            N_("Insert the “range” of the figure into this sentence."),
            {"words": words},
        )
    if spread.went is None:
        return _too_early(words)
    if spread.went:
        return Verdict(
            Kind.AGAINST,
            N_("The figure moved by more than chance, so it was not the same all the time."),
            N_("Say from where to where it went, and leave out “%(words)s”."),
            {"words": words},
        )
    return None


def _significantly(words: str, _beside: Known | None, known: Sequence[Known]) -> Verdict | None:
    series = [each for each in known if each.series]
    if any(each.went for each in series):
        return None
    if not series:
        return Verdict(
            Kind.BARE,
            N_(
                "“%(words)s” says that it is more than chance, and no figure over time stands here."
            ),
            N_("Insert the figure that moved, or say “large” or “important”."),
            {"words": words},
        )
    return Verdict(
        Kind.AGAINST,
        N_("The chart does not show that this moved by more than chance."),
        N_("Leave out “%(words)s”, or write “We cannot tell yet if this has changed”."),
        {"words": words},
    )


def _absolute(words: str, _beside: Known | None, _all: Sequence[Known]) -> Verdict:
    return Verdict(
        Kind.BARE,
        N_("“%(words)s” leaves room for nobody and no time else. Figures never show that."),
        N_("Say how many, or how often, with a figure."),
        {"words": words},
    )


# Which way


def _too_early(words: str) -> Verdict:
    return Verdict(
        Kind.AGAINST,
        N_("It is too early to say if this figure moved."),
        N_("Leave out “%(words)s”, or write “It is too early to say if this has changed”."),
        {"words": words},
    )


def _went(way: Way | None, *, better: bool | None = None) -> Rule:
    """A claim that something went up or down, or became better or worse."""

    def judged(words: str, _beside: Known | None, known: Sequence[Known]) -> Verdict | None:
        series = [each for each in known if each.series]
        if not series:
            return Verdict(
                Kind.BARE,
                N_("“%(words)s” says that something changed, and no figure over time stands here."),
                N_("Insert the figure that moved, or say who told you so."),
                {"words": words},
            )
        for each in series:
            wanted = way
            if better is not None:
                wanted = Way.UP if better is each.higher_is_better else Way.DOWN
            if each.went and wanted in each.went:
                return None
        if all(each.went is None for each in series):
            return _too_early(words)
        if any(each.went for each in series):
            return Verdict(
                Kind.AGAINST,
                N_("The figure moved, and the other way."),
                N_("Look at the chart once more before you write “%(words)s”."),
                {"words": words},
            )
        return Verdict(
            Kind.AGAINST,
            N_("The figure did not move by more than chance."),
            N_("Leave out “%(words)s”, or write “This has not changed by more than chance”."),
            {"words": words},
        )

    return judged


def _stayed(words: str, _beside: Known | None, known: Sequence[Known]) -> Verdict | None:
    series = [each for each in known if each.series]
    if not series:
        return Verdict(
            Kind.BARE,
            N_("“%(words)s” says that nothing changed, and no figure over time stands here."),
            N_("Insert the figure."),
            {"words": words},
        )
    if all(each.went is None for each in series):
        return _too_early(words)
    if all(each.went for each in series):
        return Verdict(
            Kind.AGAINST,
            N_("The figure moved by more than chance."),
            N_("Say which way it went."),
            {"words": words},
        )
    return None


_FRACTION_OF = rf"(?=\s+(?:of|the|our)?\s*(?:[\w’'-]+\s+){{0,2}}?{PEOPLE})"
_QUANTITIES: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (
        _any(
            r"\b(?:nearly|almost|virtually|practically)\s+(?:all|every\w*)\b"
            r"|\boverwhelming(?:ly)?\b"
        ),
        _nearly_all,
    ),
    (
        _any(
            r"\b(?:less|fewer|under)\s+than\s+half\b|\bunder\s+half\b"
            r"|\b(?:a|the)\s+minority\b"
        ),
        _less_than_half,
    ),
    (
        _any(
            rf"(?<!the )(?<!at )\bmost(?={_OF}|{_SPOKE})|\bmostly\b"
            r"|\b(?:(?:vast|large|great|clear|huge|overwhelming)\s+)?majority\b"
            r"|\b(?:more\s+than|over|well\s+over)\s+half\b"
        ),
        _more_than_half,
    ),
    (_any(r"\btwo[\s-]thirds\b"), _about(2 / 3)),
    (_any(r"\bthree[\s-]quarters\b"), _about(3 / 4)),
    (_any(r"\b(?:a|one)[\s-]third(?=\s+of\b)"), _about(1 / 3)),
    (
        _any(r"\b(?:a|one)[\s-]quarter(?=\s+of\b(?!\s+(?:a|an|the)\s+(?:year|hour)))"),
        _about(1 / 4),
    ),
    (_any(rf"\bhalf{_FRACTION_OF}"), _about(1 / 2)),
    (
        _any(
            rf"(?<!how )(?<!so )(?<!as )\bmany(?={_OF}|{_SPOKE})"
            rf"|\b(?:lots|a\s+lot|large\s+numbers?)\s+of(?=(?:\s+[\w’'-]+){{0,2}}?\s+{PEOPLE})"
            r"|\bnumerous\b|\bwidespread\b"
        ),
        _many,
    ),
    (
        _any(
            rf"\b(?:very\s+few|a\s+few|few)(?={_OF}|{_SPOKE})|\bhardly\s+any\b"
            r"|\ba\s+handful\s+of\b|\ba\s+small\s+number\s+of\b"
        ),
        _few,
    ),
)
_SURENESS: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (
        _any(
            r"(?<!more )\bconsistently\b|\bconsistent(?=\s+(?:high|positive|good|strong|low|poor|"
            r"negative)\w*)|\btime\s+and\s+(?:time\s+)?again\b|\bagain\s+and\s+again\b|"
            r"\b(?:every|each)\s+time\b|\bwithout\s+exception\b|\byear\s+after\s+year\b"
        ),
        _consistently,
    ),
    (
        _any(
            r"\bsignificant(?:ly)?\b(?!\s+(?:[\w’'-]+\s+)?(?:needs?|difficult\w*|disabilit\w*|"
            r"learning|others?)\b)"
        ),
        _significantly,
    ),
)
_ABSOLUTES = _any(
    rf"(?<!not )(?<!nearly )(?<!almost )\balways\b|\bnever\b"
    r"|(?<!at )(?<!not )(?<!nearly )(?<!almost )\b(?:all|every)"
    r"(?=(?:\s+of)?(?:\s+(?:the|our|these|those|local))*"
    rf"(?:\s+[\w’'-]+)?\s+{PEOPLE})"
    r"|(?<!not )(?<!nearly )(?<!almost )\b(?:everyone|everybody)\b|\bnobody\b|\bno\s+one\b"
    r"|\bnone\s+of\b"
)  # fmt: skip
_UPWARDS = (
    r"\b(?:increas(?:ed|es|ing)|rose|risen|rising|(?:grew|grown|growing)(?!\s+up)|"
    r"(?:went|gone|going|goes)\s+up|up\s+from|higher\s+than|(?:an?|the|this)\s+(?:[\w-]+\s+)?"
    r"(?:increase|rise|growth|upturn)\s+(?:in|of|from))\b"
)
_DOWNWARDS = (
    r"\b(?:decreas(?:ed|es|ing)|(?:fell|fallen|falling)(?!\s+(?:ill|out|behind|asleep|over)\b)|dropped|"
    r"(?:went|gone|going|goes)\s+down|down\s+from|lower\s+than|"
    r"reduced(?!\s+(?:timetables?|hours|days?|provision|offer)\b)|(?:an?|the|this)\s+(?:[\w-]+\s+)?"
    r"(?:decrease|fall|drop|decline|reduction)\s+(?:in|of|from))\b"
)
_IMPROVED = (
    r"\b(?:improved|improves|improving|improvements?\s+in|(?:got|gets|getting|become|became|"
    r"is|are|was|were)\s+(?:much\s+)?better|better\s+than)\b"
)
_WORSENED = (
    r"\b(?:worsened|worsening|deteriorat\w+|declin(?:ed|es|ing)|(?:got|gets|getting|become|"
    r"became|is|are|was|were)\s+(?:much\s+)?worse|worse\s+than)\b"
)
_STEADY = (
    r"\b(?:stayed\s+the\s+same|no\s+change|unchanged|not\s+changed|"
    r"(?:remained|stayed)\s+(?:stable|steady|the\s+same|high|low))\b"
)
_WAYS: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (_any(_UPWARDS), _went(Way.UP)),
    (_any(_DOWNWARDS), _went(Way.DOWN)),
    (_any(_IMPROVED), _went(None, better=True)),
    (_any(_WORSENED), _went(None, better=False)),
)
# What people are said to have said is theirs to say; how many said it is not.
MAY_BE_REPORTED = frozenset({_absolute, _stayed, *(rule for _, rule in _WAYS)})
# These change the sense of the words behind them and are no claim by themselves.
_AFTER_A_NAME = _any(r"\b(?:the|our|this|an?)\s+$")


def loose(sentence: str) -> Iterator[Words]:
    """The words of a sentence that claim something, each with its rule.

    Args:
        sentence: without references and without other people's words.
    """
    taken = [False] * len(sentence)

    def free(found: re.Match[str]) -> bool:
        place = range(found.start(), found.end())
        if any(taken[at] for at in place):
            return False
        for at in place:
            taken[at] = True
        return True

    for pattern, rule in (*_QUANTITIES, *_SURENESS):
        for found in pattern.finditer(sentence):
            if free(found):
                yield Words(found[0], found.start(), rule)
    for found in _any(_STEADY).finditer(sentence):
        if not _WANTED.search(sentence[: found.start()]) and free(found):
            yield Words(found[0], found.start(), _stayed)
    for pattern, rule in _WAYS:
        for found in pattern.finditer(sentence):
            before = sentence[: found.start()]
            if _is_description(found[0], before, sentence[found.end() :]):
                continue
            denied = _NOT.search(before)
            if not denied and _WANTED.search(before):
                continue
            if free(found):
                yield Words(found[0], found.start(), _stayed if denied else rule)
    for found in _ABSOLUTES.finditer(sentence):
        if free(found):
            yield Words(found[0], found.start(), _absolute)


def reported(sentence: str, start: int) -> bool:
    """Whether words are what somebody is said to have said."""
    return bool(_REPORTED.search(sentence[:start]))


def nobody_said(words: str) -> Verdict:
    """The verdict on what people are said to have said where nothing shows that they did."""
    return Verdict(
        Kind.BARE,
        N_("Somebody is said to have said “%(words)s”, and nothing here shows that they did."),
        N_("Insert what was heard, or a cleared quote."),
        {"words": words},
    )


def _is_description(words: str, before: str, after: str) -> bool:
    """ "An improved form" describes the form; "communication improved" claims something."""
    participle = words.lower() in ("improved", "increased", "reduced", "rising", "growing")
    return participle and bool(_AFTER_A_NAME.search(before)) and bool(re.match(r"\s+\w", after))
