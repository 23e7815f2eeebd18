"""What changed since the period before, in one paragraph that may say "nothing"."""

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import format_decimal, get_locale, gettext, ngettext

from feedback.analysis.trends import State
from feedback.services.trending import Series
from feedback.vocabulary import PeriodKind
from feedback.web import spans
from feedback.web.findings import kept


def paragraph(series: Sequence[Series], kind: PeriodKind) -> str:
    """What the newest period brought, measure by measure, and how many could be judged."""
    judged = [each for each in series if each.reading is not None and each.reading.now is not None]
    if not judged:
        return gettext(
            "It is too early to say what moved. That takes 6 periods with at least 10 answers each."
        )
    newest = max((each.last.period for each in judged if each.last), default=None)
    lately = [each for each in judged if each.last and each.last.period == newest]
    spot = next(each.last for each in lately if each.last)
    begins = [each for each in lately if _begins(each)]
    ended = [each for each in lately if _ended(each)]
    period = spans.called(kind, spot)
    found = []
    for few, words in (
        (
            [each for each in begins if each.reading and each.reading.now is State.CONCERN],
            gettext("Worse than usual since then: %(names)s."),
        ),
        (
            [each for each in begins if each.reading and each.reading.now is State.IMPROVEMENT],
            gettext("Better than usual since then: %(names)s."),
        ),
        (
            [each for each in begins if each.reading and each.reading.now is State.NEITHER],
            gettext("Not as usual since then: %(names)s."),
        ),
        (ended, gettext("Back to usual: %(names)s.")),
    ):
        if few:
            found.append(words % {"names": _names(few)})
    if not found:
        found.append(gettext("Nothing changed by more than chance since the period before."))
    first = gettext("The newest period is %(period)s.", period=period)
    many = ngettext(
        "%(many)s measure could be judged.",
        "%(many)s measures could be judged.",
        len(judged),
        many=format_decimal(len(judged)),
    )
    return " ".join([first, *found, many])


def _begins(series: Series) -> bool:
    """Its newest figure is not as usual, and began to be so with it."""
    reading = series.reading
    return (
        reading is not None
        and reading.now not in (None, State.COMMON)
        and reading.since is not None
        and series.spots[reading.since - 1] is series.last
    )


def _ended(series: Series) -> bool:
    """Its newest figure is as usual, and the one before it was not."""
    reading = series.reading
    if reading is None or reading.now is not State.COMMON:
        return False
    states = [state for state in reading.states if state is not None]
    return len(states) > 1 and states[-2] is not State.COMMON


def _names(series: Sequence[Series]) -> str:
    titles = [gettext("“%(title)s”", title=kept(each.measure.title).words) for each in series]
    return str(format_list(titles, locale=get_locale()))
