"""The metric card: what a figure is, so that nobody reads more into it."""

from babel.lists import format_list
from flask_babel import get_locale, gettext

from feedback.forms.office_words import AUDIENCES
from feedback.services.trending import Series
from feedback.vocabulary import Audience, Better
from feedback.web.findings import kept
from feedback.web.trend_words import people_words


def card(series: Series) -> list[tuple[str, str]]:
    """The metric card: what is averaged, over whom, on which scale, on which base."""
    asked, measure, last = series.asked, series.measure, series.last
    labels = {code: kept(label).words for code, label in asked.options}
    quoted = [gettext("“%(answer)s”", answer=label) for label in labels.values()]
    if series.shares:
        chosen = [gettext("“%(answer)s”", answer=labels.get(code, code)) for code in measure.top]
        what = gettext(
            "The share of people who chose %(answers)s.",
            answers=format_list(chosen, "or", get_locale()),
        )
    else:
        what = gettext("The mean of the numbers that people gave.")
    scale = (
        gettext("One of: %(answers)s.", answers=format_list(quoted, "or", get_locale()))
        if quoted
        else gettext("A number from 0 to 10.")
        if asked.kind == "rating"
        else gettext("A whole number.")
    )
    whom = format_list(
        [str(AUDIENCES[each]) for each in Audience if each in series.audiences],
        locale=get_locale(),
    )
    base = last.people.count if last else None
    return [
        (gettext("The question"), gettext("“%(words)s”", words=kept(asked.ask).words)),
        (gettext("What is counted"), what),
        (gettext("The answers"), scale),
        (
            gettext("Over whom"),
            gettext(
                "%(whom)s. Who passed the question by, or did not know, does not count.", whom=whom
            ),
        ),
        (
            gettext("Base of the newest figure"),
            gettext("hidden, small group")
            if base is None
            else people_words(base, series.audiences, rounded=series.rounded),
        ),
        (
            gettext("Which way is better"),
            gettext("Lower") if measure.better is Better.LOWER else gettext("Higher"),
        ),
    ]
