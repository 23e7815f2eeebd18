"""Forms of groups and rooms: coming in, who it is, a group, a room."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from feedback.analysis.naming import Trouble
from feedback.forms.account import WordsForm
from feedback.forms.office_fields import LineField, PickField
from feedback.forms.office_words import AUDIENCES
from feedback.forms.public_words import PublicWordsForm, with_text
from feedback.models.proposals import Proposal
from feedback.settings import picture_index
from feedback.vocabulary import Audience, GroupColour

LONGEST_WORD = 20  # letters of the word somebody goes by; the column holds no more
LONGEST_CREDIT = 120  # letters of a credit line; it stands on every page of a survey
LENGTHS = (60, 90, 120, 180)  # minutes a room may stay open

# Quiet pictures that nobody minds to be, with their names.
PICTURES = {
    "openmoji/fox": _l("Fox"),
    "openmoji/owl": _l("Owl"),
    "openmoji/turtle": _l("Turtle"),
    "openmoji/hedgehog": _l("Hedgehog"),
    "openmoji/whale": _l("Whale"),
    "openmoji/penguin": _l("Penguin"),
    "openmoji/butterfly": _l("Butterfly"),
    "openmoji/honeybee": _l("Bee"),
    "openmoji/otter": _l("Otter"),
    "openmoji/snail": _l("Snail"),
    "openmoji/deciduous-tree": _l("Tree"),
    "openmoji/sunflower": _l("Sunflower"),
    "openmoji/maple-leaf": _l("Leaf"),
    "openmoji/mushroom": _l("Mushroom"),
    "openmoji/mountain": _l("Mountain"),
    "openmoji/cloud": _l("Cloud"),
    "openmoji/star": _l("Star"),
    "openmoji/crescent-moon": _l("Moon"),
    "openmoji/sun": _l("Sun"),
    "openmoji/snowflake": _l("Snow"),
    "openmoji/sailboat": _l("Boat"),
    "openmoji/kite": _l("Kite"),
    "openmoji/drum": _l("Drum"),
    "openmoji/key": _l("Key"),
}
KIND_WORDS = (
    *(_l("Calm"), _l("Gentle"), _l("Brave"), _l("Sunny"), _l("Funny"), _l("Quick")),
    *(_l("Quiet"), _l("Lucky"), _l("Bright"), _l("Jolly"), _l("Cosy"), _l("Bold")),
)
COLOURS = {
    GroupColour.PLUM: _l("Plum"),
    GroupColour.SEA: _l("Sea"),
    GroupColour.LEAF: _l("Leaf"),
    GroupColour.SUN: _l("Sun"),
    GroupColour.BRICK: _l("Brick"),
}


def picture_words(picture: str) -> str:
    """What somebody's picture shows."""
    return str(PICTURES.get(picture, ""))


def idea_words(idea: Proposal) -> str:
    """What an idea is called on a button: its words, or what its picture shows."""
    searched = picture_index().get(idea.picture, {}).get("words") or [""]
    return idea.words or searched[0].capitalize() or _("A picture")


class CodeForm(WordsForm):
    """The code of a room."""

    room = LineField(_l("The code"), longest=40, missing=_l("Write the code of the room"))


class WordForm(WordsForm):
    """The word that somebody goes by."""

    picture = HiddenField()
    word = LineField(
        _l("Your own word"),
        longest=LONGEST_WORD,
        missing=_l("Choose a word, or write one"),
    )


def trouble_words(trouble: Trouble) -> str:
    """Why a word is asked for again, kindly."""
    return {
        Trouble.NAME: _("That looks like a real name. Please leave real names out"),
        Trouble.CONTACT: _("That looks like an address or a number. Please leave those out"),
        Trouble.RUDE: _("That word can hurt. Please choose another one"),
        Trouble.UNKNOWN: _("We do not know this word. Is it a real name"),
        Trouble.TAKEN: _("Somebody has this picture and word. Please choose another one"),
        Trouble.NOTHING: _("Choose a word, or write one"),
    }[trouble]


@with_text("credit", longest=LONGEST_CREDIT, lines=False, missing=_l("Write the credit line"))
class GroupForm(PublicWordsForm):
    """A group: what it is called, who is in it, its colour, what stands under its questions."""

    name = LineField(_l("Name of the group"), missing=_l("Write the name of the group"))
    audience = PickField(_l("Who is in it"), missing=_l("Choose who is in the group"))
    colour = PickField(_l("Colour"), missing=_l("Choose a colour"))

    def __init__(self, **kept: object) -> None:
        super().__init__(**kept)
        offered = (Audience.YOUNG_PERSON, Audience.PARENT)
        self.audience.offer((each.value, AUDIENCES[each]) for each in offered)
        self.colour.offer((each.value, words) for each, words in COLOURS.items())


class OpenRoomForm(WordsForm):
    """How long a room stays open."""

    minutes = PickField(_l("How long is the meeting?"), missing=_l("Choose how long it is"))

    def __init__(self, **kept: object) -> None:
        super().__init__(**kept)
        self.minutes.offer((str(each), _("%(number)s minutes", number=each)) for each in LENGTHS)
