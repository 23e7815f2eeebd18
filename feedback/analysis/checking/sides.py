"""A sentence seen from one of its "and"s: what it joins, and the two sentences it could be.

Without a grammar of English, what stands on both sides decides: clauses, verbs, adjectives, or
things that the question judges.
"""

import re
from typing import NamedTuple

from feedback.analysis.checking.speech import (
    DETERMINERS,
    FIXED,
    GROUPS,
    LIGHT,
    PAIRS,
    PREPOSITIONS,
    TAILS,
    Token,
    is_adjective,
    is_adverb,
    is_plural,
    is_state,
    word_set,
)
from feedback.analysis.checking.verbs import ASKING, BE, NOUNS_TOO, OPENERS, PRONOUNS, base_of


class Split(NamedTuple):
    """Two questions found in one."""

    joint: str
    first: str
    second: str


# Behind one of these, "and how to complain" goes on asking.
_KNOWING = word_set("clear explained knew know sure told understand")
# Behind one of these stands a noun: "need help and support".
_GETTING = word_set(
    "about find for found gave get gets getting give given got had has have need needed needs of"
    " offer offered receive received use want wanted wants with"
)
# Before one of these stands a verb: "and help you".
_OBJECTS = word_set(
    "a an her him his how it me my our the their them us what when where who you your"
)
# Behind one of these no noun goes on: "on your own or use the bus".
_ENDS = word_set("again alone better here home more now out own there today together too well")
_WITH_SOMEBODY = word_set("chat play talk work")  # "find the stall and talk to someone"
_FIRST_OF_TWO = word_set("come go stay sit try wait")  # "try and", "go and see", "wait and see"
# What works on both sides at once is one thing: "Do school and home work together?"
_MUTUAL = re.compile(
    r"\b(?:together|each other|one another|the same|shared?|agreed?|between|both sides"
    r"|in touch|link(?:ed|s)?|get on with|communicat(?:e|es|ed))\b",
    re.I,
)
# The question judges what it names.
_JUDGING = re.compile(
    r"^(?:and |so |overall,? |in general,? |please )?(?:"
    r"how (?:was|were|is|are|good|bad|clear|easy|useful|helpful|happy|satisfied|pleased|important"
    r"|well|quick|quickly|often|much|sure|confident|do you (?:feel about|rate|find|like)"
    r"|would you (?:rate|describe)|did you (?:find|like))"
    r"|(?:are|were) you (?:happy|satisfied|pleased|unhappy|sure|confident|clear|worried"
    r"|(?:involved|included) in)"
    r"|rate|what (?:did|do) you think (?:of|about)|(?:did|do) you (?:like|enjoy|value|trust)"
    r"|(?:was|were|is|are) (?:the|our|your|their|these|this|those)"
    r"|tell us (?:about|how)|what (?:was|were|is|are) (?:the|your))\b",
    re.I,
)


class Sides:
    """A sentence and one "and" or "or" in it."""

    def __init__(self, sentence: str, tokens: list[Token], at: int) -> None:
        self.sentence, self.tokens, self.at = sentence, tokens, at
        self.joint = tokens[at].low
        self.left = tokens[:at]
        self.right = [token for token in tokens[at + 1 :] if token.low not in "?!."]
        self.judging = bool(_JUDGING.match(sentence))

    def split(self) -> Split | None:
        """The two sentences, where the joint joins two things asked."""
        while self.right and self.right[0].low in LIGHT - {"well", "to"}:
            self.right = self.right[1:]
        if not self.right or not self.left[-1].is_word or not self.right[0].is_word:
            return None
        last, first = self.left[-1].low, self.right[0].low
        if first in ("not", last) or "between" in [token.low for token in self.left[-6:]]:
            return None
        if self._is_pair():
            return None
        if self.joint == "/":
            return self._by_slash()
        ways = [
            self._clauses,
            self._verbs,
            self._gaps,
            self._adjectives,
            self._places,
            self._things,
        ]
        for way in ways[:1] if self._is_condition() else ways:
            found = way()
            if found:
                return found
        return None

    def _is_pair(self) -> bool:
        """One thing in two words; not so where it ends a longer list that is judged."""
        first = self.right[0].low
        if base_of(first) is not None and base_of(first) not in NOUNS_TOO:
            return False
        last, near = self.left[-1].low, [token.low for token in self.right[:4]]
        paired = any(
            frozenset((last, word)) in PAIRS or f"un{last}" == word or last == f"un{word}"
            for word in near
        )
        if not paired and not any(
            last in group and group.intersection(near[:2]) for group in GROUPS
        ):
            return False
        listed = len(self.left) > 2 and self.left[-2].low == ","
        return not (listed and self.judging) or bool(FIXED.search(self.sentence))

    def _is_condition(self) -> bool:
        """ "… if you feel sad or worried": the joint stands beside what is asked."""
        if self.left[0].low in ("if", "when"):
            return any(token.low == "," for token in self.tokens[self.at :])
        return any(token.low in ("if", "when", "unless", "because") for token in self.left)

    # Ways of joining.

    def _clauses(self) -> Split | None:
        """ "… and do you feel safe?", "… and why", "… and I have friends"."""
        first = self.right[0].low
        second = self.right[1].low if len(self.right) > 1 else ""
        after = self.sentence[self.right[0].start :]
        head = self.left[0].low
        if first in ASKING:
            if first in ("who", "which") and head not in ASKING and not self._knows():
                return None  # "people who listen and who help" is caught by its verbs
            if all(token.low in ASKING for token in self.left):  # "Where and when did it begin?"
                return self._two(f"{self._up_to_joint()} {self._rest(1)}", after)
            return self._two(self._up_to_joint(), self._as_asked(after))
        if first in OPENERS and second not in PREPOSITIONS:  # "to see and do at the event"
            if head in OPENERS or head in ASKING:
                return self._two(self._up_to_joint(), after)
            return self._two(self._up_to_joint(), self._subject() + after)
        if first in PRONOUNS and (base_of(second) or second in OPENERS):
            if first == "you" and self.joint == "or":
                return None
            return self._two(self._up_to_joint(), after)
        return None

    def _knows(self) -> bool:
        return any(token.low in _KNOWING for token in self.left)

    def _as_asked(self, after: str) -> str:
        """ "what to say" behind "Do you know who to ask and" begins as the first does."""
        if self._knows() and self.left[0].low not in ASKING:
            for token in self.left:
                if token.low in ASKING:
                    return self.sentence[: token.start] + after
                if token.low in _KNOWING:
                    return f"{self.sentence[: token.end]} {after}"
        return after

    def _verbs(self) -> Split | None:
        """ "… listen and explain", "… read it and changed"."""
        right = self.right[0].low
        if right == "to" and len(self.right) > 1:
            right = self.right[1].low
            base = base_of(right)
            wanted = any(
                token.low == "to" and at + 1 < len(self.left) and base_of(self.left[at + 1].low)
                for at, token in enumerate(self.left)
            )
            if not base or base != right or not wanted:
                return None
            at = self._last_verb(right)
        else:
            if not self._is_verb_on_right(right):
                return None
            at = self._last_verb(right)
        if at is None:
            return None
        verb = self.left[at].low
        if at == len(self.left) - 1 and base_of(verb) in _FIRST_OF_TWO:
            return None
        if self.left[at - 1].low == "to" and self.right[0].low == "to":
            at -= 1
        shared = self.sentence[: self.left[at].start]
        return self._two(self._up_to_joint(), shared + self._rest(0))

    def _is_verb_on_right(self, word: str) -> bool:
        base = base_of(word)
        behind = self.right[1].low if len(self.right) > 1 else ""
        if is_adjective(word) and not (base and self.left[-2].low == "to"):  # "to cook and clean"
            return False
        if base is None:  # "eat and brush your teeth": a verb that we do not know
            asked = self.left[0].low in OPENERS - BE
            return asked and behind in DETERMINERS and not is_plural(word) and not is_adverb(word)
        if word.endswith("ing"):
            return self._joins_doing()
        if base not in NOUNS_TOO or (word not in (base, f"{base}s", f"{base}es")):
            # A past form is no noun; as a state ("tired and worried") it is an adjective.
            return True
        if word in _WITH_SOMEBODY and behind in ("to", "with"):
            return True
        if is_adverb(self.left[-1].low) or self.left[-1].low in _ENDS:
            return True
        if self._is_thing(len(self.left) - 1):
            return False
        return base_of(self.left[-1].low) is not None or behind in _OBJECTS

    def _joins_doing(self) -> bool:
        """ "Are staff listening and helping?", but not "help with reading and writing"."""
        doing = [at for at, token in enumerate(self.left) if token.low.endswith("ing")]
        if not doing or self.left[0].low not in BE:
            return False
        return self.left[doing[-1] - 1].low not in PREPOSITIONS | DETERMINERS

    def _is_thing(self, at: int) -> bool:
        """Whether a word that could be a verb is a noun where it stands: "the help and support"."""
        word = self.left[at].low
        base = base_of(word)
        if base is None or base not in NOUNS_TOO:
            return base is None
        for before in reversed(self.left[:at]):
            low = before.low
            if low in DETERMINERS or low in PREPOSITIONS - {"to"} or low in _GETTING:
                return True
            if low in PRONOUNS or low in OPENERS or low == "to" or not before.is_word:
                return False
            if base_of(low) and not is_adjective(low):
                return True
        return False

    def _last_verb(self, like: str) -> int | None:
        """Where the verb stands that the one on the right continues."""
        past = like != (base_of(like) or like)
        best = None
        for at in range(len(self.left) - 1, 0, -1):
            low = self.left[at].low
            if low in OPENERS and low not in ("have", "has", "had", "do", "does", "did"):
                continue
            if base_of(low) is None or self._is_thing(at):
                continue
            if (low != base_of(low)) == past:
                return at
            best = best if best is not None else at
        return best

    def _gaps(self) -> Split | None:
        """ "Were the talks fun and the staff kind?": the second verb is left out."""
        if not (is_adjective(self.left[-1].low) and is_adjective(self.right[-1].low)):
            return None
        if (
            self.right[0].low not in DETERMINERS
            or self.left[0].low not in BE
            or len(self.right) < 3
        ):
            return None
        start = _agreeing(self.sentence[: self.left[1].start], self.right[-2].low)
        return self._two(self._up_to_joint(), start + self._rest(0))

    def _adjectives(self) -> Split | None:
        """ "quiet and clean", "clear and useful information", "quickly and clearly"."""
        first = self.right[0].low
        second = self.right[1].low if len(self.right) > 1 else ""
        modified = (is_adverb(first) or first == "well") and is_state(second)
        doing = first.endswith("ing") and base_of(first) and self.left[0].low in BE
        if is_adjective(first) or is_state(first) or modified or doing:
            start = self._adjective_before()
        elif is_adverb(first) or first == "well":
            last = self.left[-1].low
            start = len(self.left) - 1 if is_adverb(last) or last == "well" else None
        else:
            return None
        if start is None:
            return None
        while start > 1 and self.left[start - 1].low in ("very", "too", "so", "really", "quite"):
            start -= 1
        shared = self.sentence[: self.left[start].start]
        tail = ""
        if modified and len(self.right) > 2 and self.right[2].low in BE:
            tail = f" {self._rest(2)}"  # "How kind and well run was it?"
        elif is_adjective(first) and not modified and self._goes_on_with_noun():
            tail = f" {self._rest(1)}"  # "Did you get clear and useful information?"
        return self._two(self._up_to_joint() + tail, shared + self._rest(0))

    def _goes_on_with_noun(self) -> bool:
        """Whether the word behind the right adjective belongs to both adjectives."""
        if len(self.right) < 2 or not self.right[1].is_word:
            return False
        behind = self.right[1].low
        return not (behind in TAILS or behind == "enough" or is_adverb(behind) or is_state(behind))

    def _adjective_before(self) -> int | None:
        """Where the adjective on the left stands: "kind", "listened to", "easy to find"."""
        end = len(self.left) - 1
        if is_adjective(self.left[end].low) or is_state(self.left[end].low):
            return end
        if self.left[end].low in ("to", "for", "after") and is_state(self.left[end - 1].low):
            return end - 1
        if end > 2 and self.left[end - 1].low == "to" and is_adjective(self.left[end - 2].low):
            return end - 2
        return None

    def _places(self) -> Split | None:
        """ "at school and at home"."""
        first = self.right[0].low
        if first not in PREPOSITIONS - {"to"} or self.left[-1].low in PREPOSITIONS:
            return None
        if self.joint == "or" and not self.judging:
            return None
        for at in range(len(self.left) - 2, 0, -1):
            low = self.left[at].low
            if low in PREPOSITIONS:
                shared = self.sentence[: self.left[at].start]
                return self._two(self._up_to_joint(), shared + self._rest(0))
            if low in OPENERS or len(self.left) - at > 5:
                return None
        return None

    def _things(self) -> Split | None:
        """Two things that the question judges, or two that have each their own "the"."""
        if self.left[-1].low in PRONOUNS or self.left[-1].low in LIGHT:
            return None
        if self.right[0].low in PRONOUNS or self.right[0].low in TAILS - PREPOSITIONS:
            return None
        if self.joint != "or" and _MUTUAL.search(self.sentence):
            return None
        if any(token.low.isdigit() for token in (self.left[-1], self.right[0])):
            return None
        start = self._start_of_thing()
        if start is None:
            return None
        own = self.left[start].low in DETERMINERS
        both_own = own and self.right[0].low in DETERMINERS
        acting = self._acts(start)
        if self.joint == "or":
            if not (self.judging and not acting):
                return None
        elif not (self.judging or both_own or acting):
            return None
        return self._two_things(start, own=own and not both_own)

    def _by_slash(self) -> Split | None:
        """ "taxi/bus"."""
        if not (self.left[-1].low.isalpha() and self.right[0].low.isalpha()):
            return None
        if self.left[-1].low in LIGHT | {"s"} or self.right[0].low in {"s", "he"}:
            return None
        start = None if len(self.right) == 1 else self._start_of_thing()
        if start is None:
            start = len(self.left) - 1
        return self._two_things(start, own=self.left[start].low in DETERMINERS)

    # Where things begin and end.

    def _start_of_thing(self) -> int | None:
        """Where the thing on the left begins: at its "the", or behind what it hangs on."""
        comma = None
        for at in range(len(self.left) - 1, -1, -1):
            low = self.left[at].low
            if low in DETERMINERS:
                return at
            if low == ",":  # a list goes on to the left; "Overall, …" does not
                comma = at
                continue
            if not self.left[at].is_word:
                return at + 1 if at + 1 < len(self.left) else None
            verbal = base_of(low) is not None and not self._is_thing(at) and at < len(self.left) - 1
            if low in PREPOSITIONS or low in OPENERS or low in PRONOUNS or verbal:
                return at + 1 if at + 1 < len(self.left) else None
        return 0 if comma is None else comma + 1

    def _acts(self, start: int) -> bool:
        """ "Do teachers and doctors tell you?": the two are who does it."""
        before = [token.low for token in self.left[:start]]
        if len(before) == 2 and before[0] in ASKING:
            before = before[1:]
        if len(before) != 1 or before[0] not in OPENERS:
            return False
        end = self._end_of_thing()
        return any(
            base_of(token.low) or is_adjective(token.low) for token in self.right[end : end + 3]
        )

    def _end_of_thing(self) -> int:
        """How many words on the right belong to the second thing."""
        count = 0
        own = self.right[0].low in DETERMINERS
        for at, token in enumerate(self.right):
            low = token.low
            if not token.is_word or (low in TAILS and at > 0) or low in OPENERS:
                break
            verb = base_of(low) is not None and not (self.judging and base_of(low) in NOUNS_TOO)
            if at > own and (verb or is_adjective(low)):
                break
            count = at + 1
        return max(count, 1)

    # Putting together.

    def _up_to_joint(self) -> str:
        return self.sentence[: self.left[-1].end]

    def _rest(self, count: int) -> str:
        """What stands behind the first words on the right."""
        return self.sentence[self.right[count].start :] if count < len(self.right) else ""

    def _subject(self) -> str:
        """ "My child " of "My child is safe at school"."""
        for at, token in enumerate(self.left):
            if token.low in OPENERS or (base_of(token.low) and at):
                return self.sentence[: token.start]
        return ""

    def _two_things(self, start: int, *, own: bool) -> Split:
        end = self._end_of_thing()
        shared = self.sentence[: self.left[start].start]
        tail = self._rest(end)
        tail = f" {tail}" if tail else ""
        stop = self.right[end - 1].end if end else self.right[0].end
        second = self.sentence[self.right[0].start : stop]
        if own:
            second = f"{self.left[start].low} {second}"
        left = [token for token in self.left[start:] if token.is_word]
        comma = next((t for t in self.left[start:] if t.low == ","), None)
        first = self.sentence[self.left[start].start : (comma.start if comma else left[-1].end)]
        one, other = left[-1].low, self.right[end - 1].low
        return self._two(
            _agreeing(shared, one) + first + tail, _agreeing(shared, other) + second + tail
        )

    def _two(self, first: str, second: str) -> Split:
        return Split(self.joint, self._whole(first), self._whole(second))

    def _whole(self, part: str) -> str:
        end = "?" if self.sentence.rstrip().endswith("?") else "."
        part = part.strip().rstrip(",;:–?!. ")
        return f"{part[:1].upper()}{part[1:]}{end}"


_ONE_MANY = {"is": "are", "was": "were", "does": "do", "has": "have"}
_MANY_ONE = {many: one for one, many in _ONE_MANY.items()}


def _agreeing(shared: str, head: str) -> str:
    """ "Do " or "Does ", as the thing behind it is many or one."""
    match = re.search(r"\b(is|are|was|were|do|does|has|have)( )$", shared, re.I)
    if not match:
        return shared
    verb = match.group(1)
    wanted = (_ONE_MANY if is_plural(head) else _MANY_ONE).get(verb.lower(), verb.lower())
    return shared[: match.start()] + (wanted.capitalize() if verb[0].isupper() else wanted) + " "
