"""The domain's words as staff read them on pages and in files."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from feedback.frameworks import FRAMEWORKS, TAGS, Framework, Standing
from feedback.vocabulary import (
    Audience,
    CardState,
    Channel,
    EventKind,
    EventStatus,
    OrganisationKind,
    Part,
    PlaceKind,
)

KINDS = {
    EventKind.EVENT: _l("Event"),
    EventKind.LISTENING_SESSION: _l("Listening session"),
    EventKind.TRAINING: _l("Training"),
    EventKind.VISIT: _l("Visit"),
    EventKind.PANEL: _l("Panel"),
    EventKind.SURVEY_ROUND: _l("Survey round"),
}
STATES = {
    EventStatus.PLANNED: _l("Planned"),
    EventStatus.DONE: _l("Done"),
    EventStatus.CANCELLED: _l("Cancelled"),
}
AUDIENCES = {
    Audience.PARENT: _l("Parents and carers"),
    Audience.YOUNG_PERSON: _l("Children and young people"),
    Audience.PRACTITIONER: _l("Practitioners"),
    Audience.EVERYONE: _l("Everyone"),
}
CARD_STATES = {
    CardState.ANSWERED_TODAY: _l("Answered on the day"),
    CardState.FOLLOW_UP: _l("To follow up"),
    CardState.PASSED_ON: _l("Passed on"),
    CardState.ANSWERED_LATER: _l("Answered later"),
    CardState.NO_ANSWER: _l("Cannot be answered"),
}
PLACE_KINDS = {
    PlaceKind.HUB: _l("Family Hub"),
    PlaceKind.SCHOOL: _l("School or college"),
    PlaceKind.CLINIC: _l("Clinic"),
    PlaceKind.AREA: _l("Area"),
    PlaceKind.ONLINE: _l("Online"),
    PlaceKind.OTHER: _l("Another place"),
}
ORGANISATION_KINDS = {
    OrganisationKind.COUNCIL: _l("Council"),
    OrganisationKind.HEALTH: _l("Health"),
    OrganisationKind.EDUCATION: _l("Education"),
    OrganisationKind.CARE: _l("Care"),
    OrganisationKind.VOLUNTARY: _l("Voluntary or community group"),
    OrganisationKind.PRIVATE: _l("Private company"),
    OrganisationKind.EARLY_YEARS: _l("Early years"),
    OrganisationKind.PARENTS: _l("Parents and carers"),
}
PARTS = {
    Part.WHOLE: _l("The whole event"),
    Part.BEFORE: _l("Before the session"),
    Part.AFTER: _l("After the session"),
    Part.LATER: _l("Three months later"),
}
CHANNELS = {
    Channel.OWN_PHONE: _l("Own phone or computer"),
    Channel.SHARED_DEVICE: _l("A shared tablet"),
    Channel.PAPER: _l("Paper"),
    Channel.HELPED: _l("With a worker’s help"),
    Channel.PEER_INTERVIEW: _l("Asked by a young interviewer"),
}
CHANNEL_HINTS = {
    Channel.OWN_PHONE: _l("People open the link, type the code or scan the square."),
    Channel.SHARED_DEVICE: _l("One tablet goes round; each person clears it for the next."),
    Channel.PAPER: _l("People fill in a printed form, and somebody types it in."),
    Channel.HELPED: _l("A worker reads the questions out and taps what the person says."),
    Channel.PEER_INTERVIEW: _l("A young person asks another young person and taps the answers."),
}
STANDINGS = {
    Standing.LIVE: _l("live"),
    Standing.USUAL: _l("business as usual"),
    Standing.CLOSED: _l("closed"),
}


def tag_words(code: str) -> str:
    """What a tag is called; the code itself where it is no longer known."""
    return gettext(TAGS[code].name) if code in TAGS else code


def tag_choices() -> list[tuple[Framework, list[tuple[str, str]]]]:
    """The frameworks with the codes and words of their tags; what is not live says so."""
    return [
        (
            framework,
            [(tag.code, _standing(gettext(tag.name), tag.standing)) for tag in framework.tags],
        )
        for framework in FRAMEWORKS
    ]


def tags_counted(codes: Iterable[str]) -> list[tuple[str, int]]:
    """The frameworks that some tags belong to, and how many of their parts, in words."""
    chosen = set(codes)
    counts = [
        (gettext(framework.name), sum(tag.code in chosen for tag in framework.tags))
        for framework in FRAMEWORKS
    ]
    return [(name, count) for name, count in counts if count]


def in_words(codes: Iterable[str], words: Mapping[Any, Any]) -> list[str]:
    """Words of a vocabulary in the page's language, in the vocabulary's order."""
    chosen = set(codes)
    return [str(said) for code, said in words.items() if code in chosen]


def _standing(name: str, standing: Standing) -> str:
    return name if standing is Standing.LIVE else f"{name} ({STANDINGS[standing]})"
