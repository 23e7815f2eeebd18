"""Turns of phrase that show how something went where no word has a feeling by itself.

"Still on the list", "the fourth this year", "nobody rang": dry reports of trouble; "by herself",
"no fuss", "for once": dry reports of something going right. They are our own judgement, made of
forms rather than of words, and weigh less than a plain word of feeling.
"""

import re
from collections.abc import Iterator

_MANY = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty|thirty|"
    r"forty|fifty|sixty|several|many|some|another|a\s+few|over\s+an?|nearly\s+an?|almost\s+an?)"
)
_NTH = "third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_TROUBLE = (
    # Long times, but no ages, nor how long somebody has worked.
    (
        -1.5,
        _MANY + r"\+?(?:\s+and\s+a\s+half|\s+or\s+(?:more|" + _MANY + r"))?\s+(?:long\s+|whole\s+)?"
        r"(?:months?|years?|weeks?)(?!\s*-?\s*(?:old|olds|of\s+(?:age|experience))\b)"
        r"(?!\s+(?:working|teaching|in\s+(?:the\s+)?(?:job|post|role|teaching|nursing)))",
    ),
    (-1.0, r"(?:weeks?|months?|years?)\s+(?:ago|on|running|late|behind)"),
    # So many of what should be one.
    (-1.5, r"(?:the|our|my|his|her|their)\s+(?:" + _NTH + ")"),
    (-1.5, r"number\s+(?:three|four|five|six|seven|eight|nine|ten|[3-9]|\d\d)"),
    (-1.0, r"(?:" + _NTH + r"|\d+|four|five|six|seven|eight|nine)\s+times"),
    # What was not there, or did not come.
    (-1.0, r"no\s+(?!(?:longer|problem|problems|one|thanks|idea)\b)\w+"),
    (-1.0, r"(?:had|have|has|with|there\s+(?:is|was|are|were)|get|got)\s+(?:no|none|nothing)"),
    (
        -1.0,
        r"(?:i|we|he|she|they|it|you|(?:my|our|the)\s+\w+)\s+"
        r"(?:did|do|does|has|have|had|is|are|was|were|will|would|can|could)(?:n't|\s+not)",
    ),
    (-1.0, r"(?:has|have|had|just)\s+left|leaves|leaving"),
    (-1.5, r"still\s+(?:on|at|in|no|not|the\s+same|have|has|don't|can't|\w+n't|to)"),
    (-1.0, r"(?:supposed|meant)\s+to|promised|used\s+to|(?:was|were)\s+told"),
    (-1.0, r"(?:have|has|had|having)\s+to(?!\s+(?:say|admit|thank))"),
    (-1.0, r"why\s+(?:is|are|do|does|did|was|were|can't|not|ask|should|would|has|have)"),
    (-1.0, r"only\s+(?:\w+\s+)?(?:one|two|once|twice|half|a|an|after|when|because|got|had|get)"),
    (-1.0, r"nowhere|without|apart\s+from|not\s+(?:even|just|only|a|an|the)"),
    (
        -1.5,
        r"^(?:please\s+)?(?:stop|don't|do\s+not|never|get\s+rid|"
        r"turn\s+\w+(?:\s+\w+){0,3}\s+(?:down|off))",
    ),
    (
        -1.0,
        r"screams?|screaming|cries|shakes|shaking|freezing|boiling|starving|kick(?:s|ed|ing)?|"
        r"push(?:es|ed|ing)|hitting|grabs?|grabbed|shut|closed|forgot|forgets",
    ),
)
_RIGHT = (
    (2.0, r"no\s+(?:fuss|tears|rush|pressure|drama|queues?|waiting|meltdowns?|crowds|shouting)"),
    (2.0, r"(?:did|do|does)(?:n't|\s+not)\s+have\s+to"),
    (2.0, r"nobody\s+(?:stared|minded|judged|rushed|shouted|laughed|tutted)"),
    (1.5, r"(?:all\s+)?by\s+(?:himself|herself|myself|themselves|ourselves)"),
    (1.5, r"for\s+once|(?:for\s+the\s+)?first\s+time\s+(?:in|ever|i|he|she|we|anyone|anybody)"),
    (1.5, r"(?:he|she|i|we|they)\s+(?:can|could)\s+(?:now|finally|at\s+last)|(?:is|are)\s+now"),
    (1.5, r"now\s+(?:he|she|i|we|they)\s+(?:can|is|are|goes|has|have)|now\s*$"),
    (1.0, r"(?:he|she|i|you|we|they)\s+can(?!'t|\s+(?:not|never|only|barely|hardly))"),
    (1.0, r"same\s+(?:driver|escort|person|worker|teacher|lady|man|face|faces|staff|time)"),
    (1.5, r"stayed\s+(?:with|behind|on|late)|showed\s+(?:me|us|him|her|them)\s+how"),
    (1.5, r"sat\s+(?:with|next\s+to|beside)|got\s+down\s+(?:on|to)"),
    (
        1.5,
        r"(?:phoned|rang|called|emailed|wrote)\s+(?:me\s+|us\s+)?"
        r"(?:to\s+(?:tell|say|check|ask)|back)",
    ),
    (1.0, r"asked\s+(?:him|her|me|us|my\s+\w+)\s+(?!to\b)"),
    (1.5, r"for\s+free|(?:was|were|is|are|all)\s+free|came\s+(?:inside|within|early|sooner)"),
    (1.5, r"(?:slept|sleeps|sleeping)\s+(?:through|well|better)|settled|laugh(?:ed|ing)\s+with"),
    (3.0, r"(?:made|saved)\s+(?:my|our|his|her|the)\s+(?:day|week|month|year|life)"),
    (1.5, r"(?:knew|knows)\s+(?:his|her|my|our)"),
    (1.0, r"less\s+(?:busy|crowded|packed|noisy|loud|anxious|scared|worried|stressful)"),
)
_PATTERNS: tuple[tuple[float, str], ...] = _RIGHT + _TROUBLE  # the first to claim a word keeps it


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{pattern})(?![\w'])")


_COMPILED = tuple((value, _whole_words(pattern)) for value, pattern in _PATTERNS)
# All begin with a letter or a figure. Most clauses have none, and one look for all tells so.
_ANY = _whole_words(r"(?=\w)(?:" + "|".join(f"(?:{pattern})" for _, pattern in _PATTERNS) + ")")


def patterns(clause: str) -> Iterator[tuple[int, int, float]]:
    """First letter, the one after the last, value: for each turn of phrase in a clause.

    The clause is in small letters, in the one spelling of `aliases`.
    """
    first = _ANY.search(clause)
    if first is None:
        return
    for value, compiled in _COMPILED:
        for match in compiled.finditer(clause, first.start()):
            yield match.start(), match.end(), value
