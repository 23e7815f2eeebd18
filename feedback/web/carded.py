"""Issue cards as pages and files show them: what was said, about what, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_datetime, gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from feedback.forms.office_words import CARD_STATES
from feedback.models.issue_cards import IssueCard
from feedback.queries import codebooks
from feedback.queries import issue_cards as stored
from feedback.services import following_up
from feedback.vocabulary import CardState, Permission
from feedback.web import reasons
from feedback.web.frame import db, today, zone

COLUMNS = (
    *(_l("Event"), _l("Taken"), _l("What was said"), _l("Question"), _l("Theme"), _l("Service")),
    *(_l("State"), _l("What was said back"), _l("Who follows it up"), _l("By which day")),
    _l("Late"),
)
QUESTIONS, LATE = "questions", "late"  # what a list may show beside the cards of one state


@dataclass(frozen=True)
class Shown:
    """A card on a page. `late` says in words since when somebody waits too long.

    `heard_at` is the address of what was heard that it is part of, `lead_at` the one that makes
    it part of that.
    """

    card: IssueCard
    theme: str
    service: str
    owner: str
    state: str
    late: Sequence[str]
    warnings: Sequence[str]
    heard_at: str | None
    lead_at: str | None


def shown(cards: Iterable[IssueCard]) -> list[Shown]:
    """Cards for a page, in their order."""
    cards = list(cards)
    names, day = theme_names(cards), today()
    return [
        Shown(
            card=card,
            theme=names.get(card.theme_id or 0, ""),
            service=_service(card),
            owner=_owner(card),
            state=str(CARD_STATES[card.state]),
            late=_late(card, day),
            warnings=reasons.hard(f"{card.words}\n{card.answer}"),
            heard_at=_heard_at(card),
            lead_at=_lead_at(card),
        )
        for card in cards
    ]


def matching(cards: Iterable[Shown], wanted: str) -> list[Shown]:
    """The cards that a filter leaves: those of a state, questions, what is late; else all."""
    if wanted == QUESTIONS:
        return [each for each in cards if each.card.question]
    if wanted == LATE:
        return [each for each in cards if each.late]
    if wanted in set(CardState):
        return [each for each in cards if each.card.state == wanted]
    return list(cards)


def filters(overview: following_up.Overview) -> list[tuple[str, str, int]]:
    """What a list can be narrowed to: the filter, its words, how many cards it leaves."""
    found = [
        ("", gettext("All"), overview.total),
        *((state.value, str(CARD_STATES[state]), overview.of_state[state]) for state in CardState),
        (QUESTIONS, gettext("Questions"), overview.questions),
        (LATE, gettext("Late"), overview.late),
    ]
    return [each for each in found if each[2] or not each[0]]


def row(each: Shown) -> list[Any]:
    """A card as a line of a file."""
    card = each.card
    return [
        card.event.name,
        format_datetime(card.taken_at, "y-MM-dd HH:mm"),
        card.words,
        gettext("yes") if card.question else "",
        *(each.theme, each.service, each.state, card.answer, each.owner),
        card.due_on,
        " ".join(each.late),
    ]


def numbers(event_id: int) -> following_up.Overview | None:
    """The cards of an event in numbers, for those who may read each of them."""
    if not current_user.may(Permission.TAKE_NOTES):
        return None
    cards = stored.of_event(db(), event_id)
    return following_up.overview(cards, today=today(), zone=zone())


def late_everywhere() -> int:
    """How many cards of all events wait too long, for those who may read them."""
    if not current_user.may(Permission.TAKE_NOTES):
        return 0
    cards = stored.waiting(db(), only_of=current_user.only_of)
    return following_up.overview(cards, today=today(), zone=zone()).late


def theme_names(cards: Iterable[IssueCard]) -> Mapping[int, str]:
    """What the themes of some cards are called now; a merged one by the name it went into."""
    themes = {card.theme.id: card.theme for card in cards if card.theme is not None}
    words: dict[int, str] = {}
    for codebook_id in sorted({theme.codebook_id for theme in themes.values()}):
        last = codebooks.last_wordings(db(), codebook_id)
        words |= {number: wording.name for number, wording in last.items()}
    return {
        number: words.get(theme.merged_into_id or number, words.get(number, ""))
        for number, theme in themes.items()
    }


def themes_in_use() -> list[tuple[int, str]]:
    """The themes that a card can have, in the codebook's order."""
    codebook = codebooks.in_use(db())
    if codebook is None:
        return []
    newest = codebooks.newest(db(), codebook.id)
    return [(each.theme_id, each.name) for each in codebooks.wordings(db(), newest.id)]


def _service(card: IssueCard) -> str:
    return card.organisation.name if card.organisation else card.service


def _owner(card: IssueCard) -> str:
    owners = (card.owner, card.owner_organisation)
    return ", ".join(each.name for each in owners if each is not None)


def _heard_at(card: IssueCard) -> str | None:
    if card.insight is None:
        return None
    return url_for("improving.insight", code=card.insight.code)


def _lead_at(card: IssueCard) -> str | None:
    """The way to "you said, we did", where that door is there and open to this person."""
    may = current_user.may(Permission.PROMISE)
    if not may or card.insight_id is not None or card.forgotten_at is not None:
        return None
    return url_for("improving.new", card=card.id)


def _late(card: IssueCard, day: date) -> list[str]:
    found, words = following_up.late(card, today=day, zone=zone()), []
    if found.asked is not None:
        words.append(
            ngettext(
                "Asked %(num)d working day ago.", "Asked %(num)d working days ago.", found.asked
            )
        )
    if found.due is not None:
        words.append(ngettext("%(num)d day late.", "%(num)d days late.", found.due))
    return words
