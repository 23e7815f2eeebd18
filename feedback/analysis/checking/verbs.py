"""English verbs that surveys use, and their forms.

No list of all verbs: those that stand in questions to families, young people and staff. It tells
"listen and explain" (two things) from "fish and chips" (one).
"""

from collections.abc import Iterator
from functools import cache

# Base, past, participle.
IRREGULAR: dict[str, tuple[str, str]] = {
    base: (past, participle)
    for base, past, participle in (
        line.split()
        for line in """
        become became become|begin began begun|bend bent bent|bite bit bitten|blow blew blown
        break broke broken|bring brought brought|build built built|buy bought bought
        catch caught caught|choose chose chosen|come came come|cut cut cut|deal dealt dealt
        do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
        fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found
        fly flew flown|forget forgot forgotten|forgive forgave forgiven|get got got|give gave given
        go went gone|grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden
        hit hit hit|hold held held|hurt hurt hurt|keep kept kept|know knew known|lead led led
        learn learned learned|leave left left|lend lent lent|let let let|lie lay lain
        lose lost lost|make made made|mean meant meant|meet met met|pay paid paid|put put put
        read read read|ride rode ridden|run ran run|say said said|see saw seen|sell sold sold
        send sent sent|set set set|shake shook shaken|show showed shown|shut shut shut
        sing sang sung|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent
        spread spread spread|stand stood stood|steal stole stolen|stick stuck stuck
        sweep swept swept|swim swam swum|take took taken|teach taught taught|tear tore torn
        tell told told|think thought thought|throw threw thrown|understand understood understood
        undertake undertook undertaken|wake woke woken|wear wore worn|win won won
        withdraw withdrew withdrawn|write wrote written
        """.replace("\n", "|").split("|")
        if line.strip()
    )
}

# Verbs and nothing else (nearly): beside "and" they are a second thing asked.
_PLAIN = frozenset(
    """
    accept achieve add advise agree allow apply appreciate arrange arrive ask assess attend avoid
    believe belong brush bully collect communicate complain complete consider contribute cope
    decide deliver describe develop discuss dislike dress encourage enjoy ensure enter examine
    expect explain express fail fill finish fix follow happen hate identify ignore improve include
    inform introduce invite involve join listen live manage miss observe organise participate pick
    pour prefer prepare prevent produce provide raise realise receive recognise recommend refer
    refuse relax remember remind respond seem solve speak suggest warn
    """.split()
)
# Nouns as often as verbs: what stands around them decides.
NOUNS_TOO = frozenset(
    """
    act answer break building call care change chat check clean contact cook cut dance display draw
    drink drive drop email experience fall feel fight finding focus guess help hold hope hurt
    interest judge laugh lead leave let lie like look love mark match matter mean meeting move name
    need note notice offer own pay phone place plan play point post practise present promise
    question rate reach reading record reply report request respect rest return review ride run
    save say school score set share show sign sleep smile sort spend stand start state stay step
    stop study supply support swim talk teaching test thought touch train training travel treat
    trust try turn update use value view visit voice wait walk want wash watch welcome wish work
    worry writing
    """.split()
)
# Double their last letter: stopped, planning.
_DOUBLING = frozenset(
    """
    begin chat cut drag drop fit fob get hit let plan put refer run set shut sit step stop swim win
    """.split()
)

# "Meeting" and "thought" are nouns that look like a form of a verb, and no base.
BASES = (
    frozenset(IRREGULAR)
    | _PLAIN
    | {word for word in NOUNS_TOO if not word.endswith("ing") and word != "thought"}
)


def past(base: str) -> str:
    """What a verb is in the past: "tell" gives "told"."""
    return IRREGULAR[base][0] if base in IRREGULAR else _with("ed", base)


def participle(base: str) -> str:
    """The form that stands after "have" or "be": "tell" gives "told"."""
    return IRREGULAR[base][1] if base in IRREGULAR else _with("ed", base)


def third(base: str) -> str:
    """The form for he or she: "try" gives "tries"."""
    if base in ("do", "go") or base.endswith(("s", "sh", "ch", "x", "z")):
        return f"{base}es"
    if base == "have":
        return "has"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}s"


def ing(base: str) -> str:
    """The -ing form: "write" gives "writing"."""
    return _with("ing", base)


def _with(ending: str, base: str) -> str:
    if base.endswith("e") and not base.endswith("ee"):
        return f"{base[:-1]}{ending}"
    if ending == "ed" and base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    if base in _DOUBLING:
        return f"{base}{base[-1]}{ending}"
    return f"{base}{ending}"


def forms(base: str) -> Iterator[str]:
    """Every form of a verb, the plain one first."""
    yield from dict.fromkeys((base, third(base), past(base), participle(base), ing(base)))


@cache
def _base_of() -> dict[str, str]:
    return {form: base for base in sorted(BASES) for form in reversed([*forms(base)])}


@cache
def _participle_of() -> dict[str, str]:
    return {participle(base): base for base in sorted(BASES)}


def base_of(word: str) -> str | None:
    """The verb that a word is a form of; None where it is none of ours."""
    return _base_of().get(word)


def of_participle(word: str) -> str | None:
    """The verb whose participle a word is: "told" gives "tell"."""
    return _participle_of().get(word)


# Are and have as they open a question or stand before a participle.
BE = frozenset("am is are was were be been being isn't aren't wasn't weren't".split())
OPENERS = (
    frozenset(
        """
        am are aren't can can't could couldn't did didn't do does doesn't don't had hadn't has
        hasn't have haven't is isn't may might must shall should shouldn't was wasn't were weren't
        will won't would wouldn't
        """.split()
    )
    - BE
) | BE
ASKING = frozenset("how what when where which who whom whose why".split())
PRONOUNS = frozenset("i you we they he she it there".split())
