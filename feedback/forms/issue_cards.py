"""The form of an issue card: what was said, what it is about, and what became of it."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField

from feedback.forms.account import WordsForm
from feedback.forms.fields import whole
from feedback.forms.office_fields import DayField, LineField, LinesField, PickField, TypedField
from feedback.forms.office_words import CARD_STATES
from feedback.forms.planning import NO_CHOICE, Difference
from feedback.models.issue_cards import IssueCard
from feedback.models.people import Organisation, User

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LISTS = ("theme", "organisation", "owner", "owner_organisation")


class CardForm(WordsForm):
    """A card, new or to be changed.

    `key` and `taken` are made by the device that the card is taken on; `version` is the one that
    somebody who changes the card saw.
    """

    key = HiddenField()
    taken = HiddenField()
    version = HiddenField()
    words = LinesField(_l("What was said"), missing=_l("Write what was said"))
    question = BooleanField(_l("It is a question that needs an answer"))
    state = PickField(
        _l("What became of it?"),
        missing=_l("Choose whether it is answered or somebody follows it up"),
    )
    theme = PickField(_l("Theme"), empty=_l("No theme"))
    answer = LinesField(_l("What was said back"))
    organisation = PickField(_l("Which service is it about?"), empty=NO_CHOICE)
    service = LineField(_l("Another service"))
    owner = PickField(_l("Who follows it up?"), empty=NO_CHOICE)
    owner_organisation = PickField(_l("Or which organisation?"), empty=NO_CHOICE)
    due_on = DayField(_l("By which day?"))

    def offer(
        self,
        *,
        themes: Iterable[tuple[int, str]],
        organisations: Iterable[Organisation],
        people: Iterable[User],
    ) -> None:
        """What there is to choose from."""
        bodies = [(each.id, each.name) for each in organisations]
        self.state.offer(CARD_STATES.items())
        self.theme.offer(themes)
        self.organisation.offer(bodies)
        self.owner.offer((each.id, each.name) for each in people)
        self.owner_organisation.offer(bodies)

    def begin(self, card: IssueCard | None = None) -> None:
        """A key for a new card, or the version of the one that is to be changed."""
        self.key.data = card.key if card else str(uuid4())
        self.version.data = str(card.version) if card else ""

    def forgive(self) -> None:
        """Leave out what the lists no longer have: a card that waited on a device is never lost."""
        for name in LISTS:
            if self[name].data not in self[name].offered:
                self[name].data = ""
        self.service.data = self.service.text = self.service.text[: self.service.longest]

    @property
    def seen_version(self) -> int:
        """The version that the person saw when they began; 0 where that cannot be told."""
        return whole(self.version.data or "") or 0

    @property
    def sound_key(self) -> str | None:
        """The key, if it is one."""
        key = (self.key.data or "").lower()
        return key if _KEY.fullmatch(key) else None

    @property
    def taken_at(self) -> datetime | None:
        """When the card was taken by the clock of its device, if that can be told."""
        try:
            moment = datetime.fromisoformat(self.taken.data or "")
        except ValueError:
            return None
        return moment.astimezone(UTC) if moment.tzinfo else None


def card_data(card: IssueCard) -> Mapping[str, Any]:
    """What a card says, for the fields of a form."""
    names = ("words", "question", "answer", "service", "due_on")
    return {
        **{name: getattr(card, name) for name in names},
        "state": card.state.value,
        "theme": card.theme_id,
        "organisation": card.organisation_id,
        "owner": card.owner_id,
        "owner_organisation": card.owner_organisation_id,
    }


def differences(mine: CardForm, now: CardForm) -> list[Difference]:
    """Where a card as it stands now says something else than what somebody wrote."""
    names = (
        *("words", "question", "state", "theme", "answer", "organisation", "service"),
        *("owner", "owner_organisation", "due_on"),
    )
    return [
        Difference(str(now[name].label.text), _said(now[name]), _said(mine[name]))
        for name in names
        if _said(now[name]) != _said(mine[name])
    ]


def _said(field: Field) -> str:
    """What stands in a field, in words."""
    if isinstance(field, PickField):
        return next((each.label for each in field.iter_choices() if each.selected), "")
    if isinstance(field, BooleanField):
        return _("yes") if field.data else _("no")
    return field.text if isinstance(field, TypedField) else str(field.data)
