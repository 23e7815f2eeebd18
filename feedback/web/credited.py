"""What stands beside figures: which group asked, and what was opened without its group's yes."""

from collections.abc import Iterable
from datetime import date

from flask_babel import format_decimal, gettext
from sqlalchemy.orm import Session

from feedback.queries import published
from feedback.queries import signing_off as stored
from feedback.vocabulary import Presentation
from feedback.web.findings import Titled, kept, titled


def credits(
    session: Session,
    measure_ids: Iterable[int],
    presentation: Presentation = Presentation.STANDARD,
) -> list[Titled]:
    """How the groups that asked for some measures want to be named beside their figures."""
    named = [words for each in measure_ids for words in published.credits_of_measure(session, each)]
    return list(dict.fromkeys(kept(words, presentation) for words in named if words))


def without_yes(
    session: Session, measures: Iterable[str] | None, since: date, until: date
) -> list[str]:
    """Why some of the answers behind figures were asked without the group's yes.

    Args:
        measures: by name; None stands for everything that was asked on these days.
    """
    return [
        gettext(
            "“%(title)s”, edition %(number)s, was opened without the yes of the group that looks "
            "over its words. The reason: %(reason)s",
            title=titled(edition).words,
            number=format_decimal(edition.number),
            reason=override.reason,
        )
        for override, edition in stored.overrides_for(session, measures, since, until)
    ]
