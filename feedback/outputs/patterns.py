"""Ready patterns: surveys that an officer begins from instead of an empty page.

A pattern names no place and no group. Its questions may be asked as they stand; the words of
`TO_ADAPT` say in general terms who asks, who reads and what follows, and only the officer knows
the days and the names.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from feedback.errors import N_
from feedback.questionnaire import Questionnaire
from feedback.vocabulary import Audience

FOLDER = Path(__file__).parent.parent / "patterns"
TO_ADAPT = ("asked_by", "read_by", "afterwards")


@dataclass(frozen=True)
class Pattern:
    """A survey to begin from; `title` says when to use it, `line` what it asks."""

    name: str
    title: str
    line: str
    audience: Audience


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "event",
        N_("After an event"),
        N_("How it was, whether people were listened to, what to keep and what to change."),
        Audience.EVERYONE,
    ),
    Pattern(
        "listening",
        N_("At the end of a listening session"),
        N_("An exit card: the same three sentences each time, and one thing to remember."),
        Audience.EVERYONE,
    ),
    Pattern(
        "listening_young",
        N_("At the end of a session with young people"),
        N_("An exit card in easy read, with faces, and yes or no."),
        Audience.YOUNG_PERSON,
    ),
    Pattern(
        "training_before",
        N_("Before training"),
        N_("What people know and how sure they feel, matched by two words on a card."),
        Audience.PRACTITIONER,
    ),
    Pattern(
        "training_after",
        N_("Straight after training"),
        N_("The same two questions again, and what people take away."),
        Audience.PRACTITIONER,
    ),
    Pattern(
        "training_later",
        N_("Three months after training"),
        N_("The same two questions once more, and what people really did."),
        Audience.PRACTITIONER,
    ),
    Pattern(
        "parents",
        N_("Regularly, with parents and carers"),
        N_("How the help for their child is, whether they are heard, and how a move went."),
        Audience.PARENT,
    ),
    Pattern(
        "young",
        N_("Regularly, with children and young people"),
        N_("How things are, and whether they have a say and feel valued and included; easy read."),
        Audience.YOUNG_PERSON,
    ),
    Pattern(
        "inspectors",
        N_("When young inspectors visit a place"),
        N_("Five fixed areas: offer, duty, safeguarding, diversity and inclusion; easy read."),
        Audience.YOUNG_PERSON,
    ),
    Pattern(
        "fft",
        N_("For a health service: the Friends and Family Test"),
        N_("The fixed question and answers of the NHS, with words and faces for children."),
        Audience.EVERYONE,
    ),
)


@cache
def read(name: str) -> Questionnaire:
    """A pattern as a questionnaire; its survey has the pattern's name until it is renamed.

    Raises:
        KeyError: there is no pattern of this name.
    """
    from feedback.outputs.exchange import read_survey  # reading YAML costs; most processes never do

    if name not in {pattern.name for pattern in PATTERNS}:
        raise KeyError(name)
    file = FOLDER / f"{name}.yaml"
    return read_survey(file.read_bytes(), file=file.name)
