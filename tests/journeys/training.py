"""Training sessions with people who answered before and after, for the browser to look at."""

from feedback.models.events import Event, Series
from feedback.questionnaire import Given
from feedback.vocabulary import Part

from .people import SKIPPED, Plan
from .site import Site, new_code
from .surveys import walked

TAKEAWAY = "Ask the child first, and wait for the answer."


def held(
    site: Site, people: int, *, series: Series | None = None, trainer: str = ""
) -> tuple[Event, dict[Part, str]]:
    """A session that so many came to; gives it and the short codes of its collections."""
    event = site.plan(f"Training {new_code()}", series, trainer)
    codes = {}
    for part in (Part.BEFORE, Part.AFTER):
        codes[part] = new_code()
        asked = walked()[part.value]
        collection = site.open(asked, codes[part], event=event, part=part)
        plans = [
            {**dict.fromkeys(asked.questions, SKIPPED), **_form(site, event, part, number)}
            for number in range(people)
        ]
        site.answer(collection, *plans)
    return event, codes


def _form(site: Site, event: Event, part: Part, number: int) -> Plan:
    """What one learner answers: some stay where they were, most know more after."""
    after = part is Part.AFTER
    form = {
        "card": Given(text=site.codes.cards(event.code, number + 1)[number]),
        "knowledge": Given(number=8 + number % 3 if after else 2 + number % 9),
        "confidence": Given(number=6 + number % 4 if after else number % 8),
    }
    if after:
        form["takeaway"] = Given(text=TAKEAWAY)
    return form
