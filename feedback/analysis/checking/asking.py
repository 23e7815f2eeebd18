"""Rules about how something is asked: the wrong way round, or with the answer in it.

All of them are for English only.
"""

import re
from collections.abc import Iterator

from feedback.analysis.checking.findings import Finding, Reading, Rule
from feedback.analysis.checking.verbs import past, third
from feedback.analysis.readability import sentences

# Negatives.

_NOT = re.compile(
    r"\b(?:not|cannot|never|no|nobody|no one|none|nothing|nowhere|neither|nor|without|hardly)\b"
    r"|n['’]t\b",
    re.I,
)
# Words that say "not" in one piece; they count only beside another.
_HIDDEN = re.compile(
    r"\b(?:un(?:able|aware|clear|common|fair|friendly|happy|helpful|important|kind|known|likely"
    r"|necessary|pleasant|reasonable|safe|satisfied|usual|welcome|well)|im(?:possible|polite)"
    r"|in(?:adequate|appropriate|complete|correct|frequent|sufficient)|disagree|dislike|lacks?"
    r"|refuse[ds]?|fail(?:s|ed)?|den(?:y|ies|ied)|avoid(?:s|ed)?|doubt)\b",
    re.I,
)
# What turns nothing round.
_HARMLESS = re.compile(
    r"\b(?:whether or not|or not\b(?=\?)|not sure|not only|if not|say no|yes or no|yes and no"
    r"|no matter|neither agree nor disagree)\b",
    re.I,
)
_PARTS = re.compile(r"[,;:–—()]|\b(?:but|so|because|if|when|and|or|unless|until)\b", re.I)
_OPEN = re.compile(r"^(?:what|why|how|where|who)\b", re.I)


def double_negatives(text: str, reading: Reading) -> Iterator[Finding]:
    """Each part of a sentence that says "not" twice."""
    for sentence in sentences(text):
        for part in _PARTS.split(_HARMLESS.sub(" ", sentence)):
            nots = [match.group() for match in _NOT.finditer(part)]
            both = nots + [match.group() for match in _HIDDEN.finditer(part)] if nots else []
            if len(both) > 1:
                yield reading.finding(
                    Rule.DOUBLE_NEGATIVE, part.strip(), fault=True, one=both[0], other=both[1]
                )
                return


def negatives(stem: str, reading: Reading, *, is_open: bool) -> Iterator[Finding]:
    """Whether a "yes" to this question would mean "no".

    Args:
        stem: what is asked, or the sentence to agree with.
        is_open: the answer is in free words, so that "What is not good?" is plain enough.
    """
    if is_open:
        return
    for sentence in sentences(stem):
        match = _NOT.search(_HARMLESS.sub(lambda found: "~" * len(found.group()), sentence))
        if match:
            said = sentence[match.start() : match.end()]
            yield reading.finding(Rule.NEGATIVE, said, plain=turned_round(sentence))
            return


_WITHOUT_NOT = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can"}
_WITHOUT_NO = {
    "never": "ever",
    "nobody": "somebody",
    "no one": "someone",
    "nothing": "something",
    "nowhere": "somewhere",
}


def turned_round(sentence: str) -> str | None:
    """A question or statement without its "not"; None where that takes more than a word."""
    asked = sentence.endswith("?")

    def without(match: re.Match[str]) -> str:
        word = match.group().lower().replace("’", "'")
        plain = _WITHOUT_NOT.get(word) or word.removesuffix("n't")
        return plain.capitalize() if match.group()[0].isupper() else plain

    if not asked:
        turned = re.sub(r"\b(do|does|did)(?: not|n['’]t) (\w+)", _stated, sentence, count=1)
        if turned != sentence:
            return turned
    turned = re.sub(r"\b(?:\w+n['’]t|cannot)\b", without, sentence, count=1)
    if turned == sentence:
        turned = re.sub(r" not\b", "", sentence, count=1)
    if turned == sentence:
        for no, some in _WITHOUT_NO.items():
            turned = re.sub(rf"\b{no}\b", some, turned, count=1, flags=re.I)
    return turned if turned != sentence and not _NOT.search(turned) else None


def _stated(match: re.Match[str]) -> str:
    """ "do not feel" as "feel", "did not tell" as "told"."""
    did, verb = match.group(1).lower(), match.group(2)
    return {"do": verb, "does": third(verb), "did": past(verb)}[did]


# Leading questions.

_NOTS = r"(?:is|are|was|were|do|does|did|have|has|had|would|should|could|ca|wo)n['’]t"
_GOOD = (
    r"(?:amazing|beneficial|brilliant|caring|clear|easy|effective|enjoyable|excellent|fantastic"
    r"|friendly|fun|good|great|happy|helpful|important|interesting|kind|lovely|nice|pleased"
    r"|positive|quick|safe|satisfied|successful|supportive|supported|useful|valuable|welcome|well"
    r"|wonderful)"
)
_PRAISE = (
    r"(?:amazing|award-winning|brilliant|dedicated|excellent|exciting|fantastic|great|hard-?working"
    r"|improved|lovely|outstanding|popular|successful|super|wonderful)"
)
_BEGINS_NOT = re.compile(rf"^(?:so,? |and |but )?({_NOTS})\b(?: you\b)?", re.I)
_TAG = re.compile(
    rf",? (?:{_NOTS} (?:it|they|you|we|he|she|there|that)|right|correct|yes|agreed"
    r"|do you not|don['’]t you (?:think|agree))\?$",
    re.I,
)
_AGREE = re.compile(
    r"\b(?:do|would|will|can|could) (?:you|we)(?: all)? (?:not )?agree\b|\byou agree\b", re.I
)
_HOW_GOOD = re.compile(rf"\bhow (?:very )?({_GOOD})\b", re.I)
_HOW_WAS = re.compile(
    rf"\b(how) (?:very )?{_GOOD} ((?:is|are|was|were) (?:the|our|your|this|that|these|it))\b", re.I
)
_HOW_MUCH = re.compile(
    r"\bhow much (?:do|did|have) (?:you|your child) (?:enjoy|like|love|value|appreciate)d?\b"
    r"|\bhow much (?:better|easier|happier|nicer|quicker|safer|more)\b"
    r"|\bhow much (?:has|have|did|does) .{1,60}\b(?:improved?|helped?|benefit(?:ed|s)?)\b",
    re.I,
)
_SURE = re.compile(
    r"\b(?:surely|obviously|of course|naturally|undoubtedly|no doubt|needless to say"
    r"|as (?:you|we all) know|clearly,)\b"
    r"|\b(?:everyone|everybody|most (?:people|parents|families|of us|young people|staff|children)"
    r"|many (?:people|parents|families|young people)|experts) (?:agrees?|knows?|loves?|likes?"
    r"|says?|thinks?|feels?|finds?|enjoys?|believes?)\b"
    r"|\bdo you (?:really|honestly|seriously) (?:think|believe|feel|want)\b"
    r"|^why (?:is|are|was|were) .{1,60}\b(?:so|such a)\b",
    re.I,
)
_PRAISED = re.compile(rf"\b(?:our|this|the|these|their) (?:new )?{_PRAISE}\b", re.I)


def leading(stem: str, reading: Reading, *, both_ends: bool) -> Iterator[Finding]:
    """Whether the question says which answer is wanted.

    Args:
        stem: what is asked.
        both_ends: a scale beside it names the bad end as plainly as the good one, so that
            "How useful was it?" leaves the choice open.
    """
    for sentence in sentences(stem):
        for pattern in (_BEGINS_NOT, _AGREE, _TAG, _SURE, _PRAISED):
            match = pattern.search(sentence)
            if match:
                said = match.group().strip(" ,?")
                yield reading.finding(Rule.LEADING, said, neutral=_neutral(sentence, pattern))
                return
        match = None if both_ends else _HOW_GOOD.search(sentence) or _HOW_MUCH.search(sentence)
        if match:
            plain = _HOW_WAS.sub(lambda found: f"{found[1]} {found[2]}", sentence)
            neutral = plain if plain != sentence else None
            yield reading.finding(Rule.LEADING, match.group(), neutral=neutral)
            return


def _neutral(sentence: str, pattern: re.Pattern[str]) -> str | None:
    """The question without what leads, where taking it out is enough."""
    if pattern is _BEGINS_NOT:
        return turned_round(sentence)
    if pattern is _SURE and re.match(
        r"(?:surely|obviously|naturally|clearly),? you\b", sentence, re.I
    ):
        return re.sub(r"^\w+,? you\b", "Do you", sentence)
    return None
