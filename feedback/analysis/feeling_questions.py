"""What a question asks for, and what an answer does with it.

"What was good?" wants something good, "What should change?" does not.

Told by the words, so that it works for a survey whose answers nobody has labelled yet. It is a
lean and no rule: what an answer says outweighs it.
"""

import re
from enum import Enum

_TAKEN_OUT = re.compile(r"\bas\s+well\b|\bwould\s+you\s+like\b|\bif\s+anything\b|\bmost\s+useful\b")
_PLANS = re.compile(
    r"\b(?:take\s+away|takeaway|learn(?:ed|t)?|remember|differently|"
    r"will\s+you\s+(?:do|try|use|change)|do\s+(?:now|next))\b"
)
_BAD = re.compile(
    r"\b(?:better|chang(?:e|ed|ing)|improv\w+|not\s+(?:\w+\s+)?(?:good|well|work\w*|help\w*|like)|"
    r"wors[et]|bad(?:ly)?|worr(?:y|ies|ied)|hard(?:er|est)?|difficult\w*|problems?|missing|stop\w*|"
    r"in\s+(?:the|your)\s+way|wrong|dislike\w*|barriers?|concerns?|complain\w*|less|"
    r"(?:did|do|does)n['’]t\s+(?:\w+\s+)?(?:like|work|help|go))\b"
)
_GOOD = re.compile(
    r"\b(?:good|well|best|lik(?:e|ed)\s+(?:most|best|about)|you\s+like|enjoy\w*|proud|help(?:ed|ful)|"
    r"happy|work(?:ed|s)|going\s+right|favourite|pleased|thank\w*)\b"
)


class Asked(Enum):
    """What a question asks for."""

    GOOD = "good"
    BAD = "bad"
    PLANS = "plans"  # or lessons: facts, in which words of trouble tell of no bad feeling
    OPEN = "open"


def asked(question: str) -> Asked:
    """What a question in English asks for, told by its words."""
    words = _TAKEN_OUT.sub(" ", question.lower())
    if _PLANS.search(words):
        return Asked.PLANS
    bad = bool(_BAD.search(words))
    good = bool(_GOOD.search(_BAD.sub(" ", words)))
    if bad == good:
        return Asked.OPEN
    return Asked.BAD if bad else Asked.GOOD


_SUGGESTS = re.compile(
    r"\s*(?:please\s+)?(?:an?|more|some|one|ask|tell|put|have|get|let|make|give|keep|write|bring|text|"
    r"ring|phone|e-?mail|show|train|teach|talk|use|try|send|start|open|move|group|include|invite|"
    r"offer|allow|provide|add|build|run|hold|print|maybe|perhaps|what\s+about|how\s+about|"
    r"could\s+we|it\s+would)\b",
    re.IGNORECASE,
)
_CANNOT_SAY = re.compile(
    r"\W*(?:n/?a|dunno|idk|(?:i\s+)?(?:don['’]?t|do\s+not)\s+know(?:\s+sorry)?|no\s+comment|"
    r"not\s+(?:sure|applicable)|nothing\s+to\s+(?:add|say|report)|(?:can['’]?t|couldn['’]?t)\s+say)\W*",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\W*(?:(?:absolutely|really|honestly)\W+)?(?:nothing|none|no|nope|nowt|nil|not\s+(?:much|a\s+lot))"
    r"(?:\W+(?:really|at\s+all|whatsoever|much))?\W*",
    re.IGNORECASE,
)


def suggests(answer: str) -> bool:
    """Whether an answer begins as somebody who asks for something: "Text me", "A quiet room"."""
    return bool(_SUGGESTS.match(answer))


def cannot_say(answer: str) -> bool:
    """Whether somebody passes the question by: "n/a", "dunno"."""
    return bool(_CANNOT_SAY.fullmatch(answer[:40])) and len(answer) <= 40


def nothing(answer: str) -> bool:
    """Whether the answer is "nothing": good where the question wants what is bad, else bad."""
    return bool(_NOTHING.fullmatch(answer[:40])) and len(answer) <= 40
