"""How sure a change is, in the page's language: its size, and whether strangers say the same."""

from collections.abc import Sequence

from flask_babel import format_decimal, gettext

from feedback.analysis.measures import Interval
from feedback.services.comparing import INTERVAL_NEEDS, Compared, Everybody

# Cohen (1988), Statistical Power Analysis, ch. 2: small, medium and large.
SMALL, MEDIUM, LARGE = 0.2, 0.5, 0.8


def mean_words(points: float) -> str:
    """A mean with its one decimal, also where that is 0."""
    return str(format_decimal(round(points, 1), "#,##0.0"))


def change_words(points: float) -> str:
    """ "3.5 more", "0.4 less" or "no change"."""
    rounded = round(points, 1)
    if not rounded:
        return gettext("no change")
    if rounded > 0:
        return gettext("%(points)s more", points=mean_words(rounded))
    return gettext("%(points)s less", points=mean_words(-rounded))


def sure(compared: Compared) -> list[str]:
    """What chance could do to the change of the same people, how large it is, what others say."""
    if compared.change is None:
        return []
    notes = []
    if (compared.pairs.count or 0) < INTERVAL_NEEDS:
        notes.append(
            gettext(
                "Fewer than %(pairs)s people could be matched. That is too few to say how far "
                "chance alone could move this.",
                pairs=format_decimal(INTERVAL_NEEDS),
            )
        )
    elif compared.interval is None:
        notes.append(
            gettext(
                "How far chance alone could move this is not shown: all changed alike, or it "
                "would give a small group away."
            )
        )
    if compared.interval is not None:
        notes.append(
            gettext(
                "By chance alone, the true mean change could lie between %(low)s and %(high)s.",
                **_ends(compared.interval),
            )
        )
    if compared.size is not None:
        notes.append(_size(compared.size))
    return notes


def strangers(everybody: Everybody | None, agree: bool | None) -> list[str]:
    """What all who answered say, counted as two groups of strangers; and if that agrees."""
    notes = []
    if everybody and everybody.interval is not None:
        notes.append(
            gettext(
                "Everybody, counted as two groups of strangers: %(change)s. By chance alone, this "
                "could lie between %(low)s and %(high)s.",
                change=change_words(everybody.change),
                **_ends(everybody.interval),
            )
        )
    if agree is True:
        notes.append(gettext("Both ways of comparing say the same."))
    elif agree is False:
        notes.append(
            gettext(
                "The two ways of comparing do not say the same: in one of them chance alone could "
                "be all of it, or it goes the other way. Do not tell one without the other."
            )
        )
    return notes


def averages(before: float, after: float, change: float) -> str:
    """The means before and after, and what lies between them."""
    return gettext(
        "On average they said %(before)s before and %(after)s after, out of 10: %(change)s.",
        before=mean_words(before),
        after=mean_words(after),
        change=change_words(change),
    )


def lost(everybody: Everybody) -> str:
    """The means of all who answered, for where fewer than half could be matched."""
    return gettext(
        "Fewer than half could be matched, so all who answered are compared, who are not the same "
        "people. On average they said %(before)s before and %(after)s after, out of 10: "
        "%(change)s.",
        before=mean_words(everybody.before),
        after=mean_words(everybody.after),
        change=change_words(everybody.change),
    )


def chances(compared: Sequence[tuple[str, Compared]]) -> list[str]:
    """For those who know statistics: how likely chance alone sets strangers so far apart."""
    return [
        gettext("%(title)s: p = %(chance)s.", title=title, chance=_hundredths(everybody.chance))
        if round(everybody.chance, 2)
        else gettext("%(title)s: p under %(chance)s.", title=title, chance=_hundredths(0.01))
        for title, each in compared
        if (everybody := each.everybody) and everybody.chance is not None
    ]


def _size(times: float) -> str:
    """The change against how differently people changed, as a word and a number."""
    size, shown = abs(times), mean_words(abs(times))
    if size < SMALL:
        return gettext(
            "Against how differently people changed, this is hardly any (%(size)s).", size=shown
        )
    if size < MEDIUM:
        return gettext(
            "Against how differently people changed, this is small (%(size)s).", size=shown
        )
    if size < LARGE:
        return gettext(
            "Against how differently people changed, this is middling (%(size)s).", size=shown
        )
    return gettext("Against how differently people changed, this is large (%(size)s).", size=shown)


def _ends(interval: Interval) -> dict[str, str]:
    return {"low": _signed(interval.lower), "high": _signed(interval.upper)}


def _signed(points: float) -> str:
    return str(format_decimal(round(points, 1), "+#,##0.0;-#,##0.0"))


def _hundredths(share: float) -> str:
    return str(format_decimal(round(share, 2), "0.00"))
