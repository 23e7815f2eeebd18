"""Parts of speech, as far as single English words tell them: what the rule about two questions in
one stands on.
"""

import re
from typing import NamedTuple

from feedback.analysis.checking.verbs import of_participle

_TOKEN = re.compile(r"and/or\b|as well as\b|[\w’'%-]+|[/&,;:–—?!.()]", re.I)
_JOINTS = frozenset({"and", "or", "/", "&", "and/or", "as well as"})


class Token(NamedTuple):
    """A word or a sign of a sentence, in small letters, and where it stands."""

    low: str
    start: int
    end: int

    @property
    def joins(self) -> bool:
        """An "and" or an "or", however it is written."""
        return self.low in _JOINTS

    @property
    def is_word(self) -> bool:
        """A word that joins nothing."""
        return self.low[0].isalpha() and not self.joins


def tokens_of(sentence: str) -> list[Token]:
    """The words and signs of a sentence, in order."""
    return [
        Token(match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(sentence)
    ]


def word_set(text: str) -> frozenset[str]:
    """The words of a list, to look others up in."""
    return frozenset(text.split())


DETERMINERS = word_set(
    "a an any each every her his its my our some that the their these this those your"
)
PREPOSITIONS = word_set(
    "about after around at before by during for from in into near of on over through to under with"
    " within without"
)
# Begin what belongs to both sides: "the speed and quality [of our reply]".
TAILS = PREPOSITIONS | word_set("that which who whom you we they i he she it there when if")
LIGHT = word_set(
    "also always even ever fully just never not often only really so still then to too very well"
)
# One thing in two words, and opposites that mark the ends of one thing.
PAIRS = frozenset(
    frozenset(pair.split())
    for pair in """
    above beyond|advice guidance|advice information|advice support|arts crafts|back forth
    bed breakfast|before after|better worse|big small|black white|boys girls|bread butter
    brother sister|brothers sisters|care support|child young|children families|children young
    clean dirty|day night|days nights|deaf blind|drop drag|early late|easy hard|education health
    families friends|family friends|fast slow|first last|fish chips|friends family|girl boy
    good bad|happy sad|he she|health care|health safety|health social|health wellbeing|help advice
    help support|here there|hide seek|higher lower|him her|his her|hopes dreams|hot cold|in out
    information support|inside outside|knife fork|ladies gentlemen|language communication
    large small|left right|light dark|likes dislikes|loud quiet|man woman|men women|more less
    morning afternoon|morning evening|mother father|mum dad|mums dads|near far|needs disabilities
    needs disability|needs strengths|new old|now then|old young|on off|once twice|parent carer
    parent guardian|parents carers|pen paper|physical mental|pros cons|questions answers
    quicker slower|reading writing|rich poor|right wrong|rules regulations|safe sound|said did
    salt pepper|she he|short long|son daughter|sooner later|speech language|staff pupils
    strengths weaknesses|teaching learning|terms conditions|trial error|true false|up down
    ups downs|wants needs|wife husband|yes no
    """.replace("\n", "|").split("|")
    if pair.strip()
)
# Two of one group are one thing: family, times of the day, people that a plan is for.
GROUPS = [
    word_set(
        "aunt auntie brother brothers carer carers cousin cousins dad dads daughter families family"
        " father foster friend friends gran grandad grandads grandfather grandma grandmas"
        " grandmother grandparent grandparents granny guardian guardians husband mother mum mums"
        " nan nana parent parents partner sibling siblings sister sisters son step-mum step-dad"
        " uncle wife"
    ),
    word_set(
        "afternoon afternoons evening evenings morning mornings night nights weekday weekdays"
        " weekend weekends lunchtime breakfast lunch tea dinner"
    ),
    word_set(
        "adult adults babies baby boy boys child children girl girls men people teenagers"
        " toddlers women young youth"
    ),
    word_set("crayons glue paper pencil pencils pens scissors"),
]
# Names of services and papers.
FIXED = re.compile(
    r"\b(?:education, health and (?:social )?care|speech, language and communication"
    r"|information, advice and (?:support|guidance))\b",
    re.I,
)

_ADJECTIVES = word_set(
    """
    able absent afraid alert alone amazing angry anxious aware awful awkward bad best better big
    blind bored boring brave brief bright brilliant broad busy calm caring cheap clean clear
    clearer clever close cold colourful comfortable complete confident confused confusing
    convenient correct cosy cross cruel current daily dark deaf decent deep different difficult
    direct dirty distant dry dull early easier easy efficient empty encouraging engaging equal
    essential exact excellent excited exciting expensive extra fair familiar famous fast fine firm
    fit flat formal free frequent fresh friendly frightened frightening full fun funny general
    gentle genuine glad good great happier happy hard healthy heard heavy helped high honest hot
    hungry ill included independent informed inspiring intelligent interested interesting involved
    isolated kind kinder large late lazy light listened lively local lonely long loud lovely low
    loyal lucky mad main mean mixed modern natural near neat nervous new nice noisy normal obvious
    old open ordinary organised own patient perfect personal physical plain pleasant pleased polite
    poor positive powerful practical prepared present pretty private professional proper proud
    public punctual pure qualified quick quicker quiet rapid rare ready real realistic reassuring
    recent relaxed relaxing relevant respected rich rough rude sad safe safer satisfied scared
    scary secure serious shared sharp short shy sick silly simple sincere slow small smart smooth
    social soft spacious special steady stressed stressful strict strong stupid sudden supported
    sure sweet tall tasty thin thorough tidy timely tiny tired tiring tough trained true trusted
    understanding understood upset upsetting urgent usual valued varied warm weak welcome welcoming
    well wet wide wise worried worrying worse worst wrong young
    """
)
_ADJECTIVE_ENDINGS = ("able", "ful", "ible", "ive", "less", "ous")
_NOT_ADJECTIVES = word_set("table vegetable vegetables five give live arrive house bus receive")
_NOT_ADVERBS = word_set("early family only reply supply daily apply rely july fly ally belly")


def is_adjective(word: str) -> bool:
    """A word that says how somebody or something is."""
    return word in _ADJECTIVES or (
        word.endswith(_ADJECTIVE_ENDINGS) and len(word) > 5 and word not in _NOT_ADJECTIVES
    )


def is_adverb(word: str) -> bool:
    """A word that says how something is done: "quickly"."""
    return word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS


def is_plural(word: str) -> bool:
    """A noun for more than one."""
    return word in ("people", "children", "staff", "men", "women") or (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )


def is_state(word: str) -> bool:
    """A participle that may say how somebody is: "informed", "shaken"."""
    return of_participle(word) is not None and word.endswith(("ed", "en"))
