"""What was heard and promised, in the page's language and the wording that somebody reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, gettext, ngettext

from feedback.analysis import loop_clock
from feedback.analysis.loop_clock import Clock, Move
from feedback.forms.office_words import AUDIENCES
from feedback.models.improvements import Commitment, Insight, Update
from feedback.questionnaire import Wording
from feedback.services.following import Raised
from feedback.vocabulary import CommitmentState, Presentation
from feedback.web.findings import Titled, tag_of
from feedback.web.frame import language
from feedback.web.promise_words import STATE_WORDS
from feedback.web.trend_words import people_words

STANDARD = Presentation.STANDARD


@dataclass(frozen=True)
class Said:
    """One update: where the promise was from that day on, and the words for it."""

    anchor: str
    state: CommitmentState
    state_words: str
    day: date
    words: Titled | None


@dataclass(frozen=True)
class Passed:
    """One part of the loop: what, on which day, and how long it took or has taken."""

    name: str
    day: date | None
    words: str


@dataclass(frozen=True)
class Promise:
    """A commitment. `late` is empty where it is not; `why_late` None where nobody has said."""

    anchor: str
    what: Titled
    state: CommitmentState
    state_words: str
    since: date
    body: str
    due_on: date | None
    late: str
    why_late: Titled | None
    hoped_on: date | None  # where it is late, by when it is hoped for now
    notice: Titled | None
    reason: Titled | None
    checking: bool
    again_on: date | None
    meeting: str
    held_on: date | None
    updates: Sequence[Said]
    parts: Sequence[Passed]


@dataclass(frozen=True)
class Heard:
    """An insight with all that was promised on it."""

    code: str
    title: Titled
    said: Titled
    audience: str
    place: str
    heard_on: date
    promises: Sequence[Promise]
    figure: str
    base: str
    reply: str
    clock: str


def worded(words: Mapping[str, Any], presentation: Presentation) -> Titled | None:
    """A text as somebody reads it, with the language it is in; None where there is none."""
    if not words:
        return None
    tag = tag_of(words)
    return Titled(Wording(**words[tag]).text(presentation), tag)


def heard(
    insight: Insight,
    raised: Raised | None,
    *,
    today: date,
    presentation: Presentation = STANDARD,
    short: bool = False,
) -> Heard:
    """An insight as a page shows it.

    Args:
        short: for a page of many: without what happened on each promise.
    """
    nothing = Titled(insight.code, "en")
    promises = [
        promised(each, insight.heard_on, today=today, presentation=presentation, short=short)
        for each in insight.commitments
    ]
    clock = clock_of_all(insight, today)
    return Heard(
        code=insight.code,
        title=worded(insight.title, presentation) or nothing,
        said=worded(insight.said, presentation) or nothing,
        audience=str(AUDIENCES[insight.audience]),
        place=insight.place.name if insight.place else "",
        heard_on=insight.heard_on,
        promises=promises,
        figure="" if raised is None else figure(insight, raised),
        base="" if raised is None else _base(raised),
        reply=reply_words(clock),
        clock=_in_short(clock),
    )


def promised(
    commitment: Commitment,
    heard_on: date,
    *,
    today: date,
    presentation: Presentation = STANDARD,
    short: bool = False,
) -> Promise:
    """A commitment as a page shows it; `short` as in `heard`."""
    late = loop_clock.days_late(commitment.due_on, commitment.state, today)
    why = _explains(commitment) if late else None
    return Promise(
        anchor=f"promise-{commitment.id}",
        what=worded(commitment.what, presentation) or Titled("", language()),
        state=commitment.state,
        state_words=str(STATE_WORDS[commitment.state]),
        since=loop_clock.since(_moves(commitment)) or heard_on,
        body=commitment.organisation.name if commitment.organisation else "",
        due_on=commitment.due_on,
        late=late_words(late),
        why_late=worded(why.words, presentation) if why else None,
        hoped_on=why.hoped_on if why else None,
        notice=worded(commitment.notice, presentation),
        reason=worded(commitment.reason, presentation)
        if commitment.state is CommitmentState.CANNOT
        else None,
        checking=_waits_for_a_second_look(commitment),
        again_on=commitment.measure_again_on,
        meeting=commitment.meeting.name if commitment.meeting else "",
        held_on=commitment.meeting.held_on if commitment.meeting else None,
        updates=()
        if short
        else [update_said(each, presentation) for each in reversed(commitment.updates)],
        parts=() if short else _parts(clock_of(commitment, heard_on, today), commitment.state),
    )


def update_said(update: Update, presentation: Presentation) -> Said:
    """An update as a page shows it."""
    return Said(
        f"update-{update.id}",
        update.state,
        str(STATE_WORDS[update.state]),
        update.happened_on,
        worded(update.words, presentation),
    )


def clock_of(commitment: Commitment, heard_on: date, today: date) -> Clock:
    """How long a commitment took, or has taken so far."""
    return loop_clock.read(heard_on, _moves(commitment), today)


def clock_of_all(insight: Insight, today: date) -> Clock:
    """How long all that was promised on one thing took, or has taken so far."""
    clocks = [clock_of(each, insight.heard_on, today) for each in insight.commitments]
    return loop_clock.together(insight.heard_on, clocks, today)


def reply_words(clock: Clock) -> str:
    """How long people waited for the first word back, or have waited so far."""
    if clock.replied_on is not None:
        if not clock.to_reply:
            return gettext("We first answered on the same day.")
        return gettext("We first answered after %(days)s.", days=days_words(clock.to_reply))
    if not clock.to_reply:
        return gettext("Heard today. No answer yet.")
    return gettext("No answer yet, after %(days)s.", days=days_words(clock.to_reply))


def usual_reply(clocks: Sequence[Clock]) -> str:
    """How long a first word back usually takes, and how much waits for one; empty of nothing."""
    if not clocks:
        return ""
    usual = loop_clock.usual(each.to_reply for each in clocks if each.replied_on is not None)
    waiting = sum(each.replied_on is None for each in clocks)
    if usual is None:
        return gettext("We have not answered yet.")
    found = (
        gettext("A first answer usually comes on the same day.")
        if not usual
        else gettext("A first answer usually comes after %(days)s.", days=days_words(usual))
    )
    if not waiting:
        return found
    rest = ngettext(
        "%(many)s thing still waits for an answer.",
        "%(many)s things still wait for an answer.",
        waiting,
        many=format_decimal(waiting),
    )
    return f"{found} {rest}"


def figure(insight: Insight, raised: Raised) -> str:
    """How many said so, of how many who wrote."""
    people = people_words(raised.people, frozenset({insight.audience}))
    if raised.of is None:
        return gettext("%(people)s said this.", people=people)
    return gettext(
        "%(people)s said this, of %(of)s who wrote to us.",
        people=people,
        of=format_decimal(raised.of),
    )


def days_words(days: int) -> str:
    """So many days."""
    return ngettext("%(many)s day", "%(many)s days", days, many=format_decimal(days))


def late_words(days: int) -> str:
    """How late a promise is; empty where it is not."""
    if not days:
        return ""
    return ngettext(
        "This is %(many)s day late.",
        "This is %(many)s days late.",
        days,
        many=format_decimal(days),
    )


def _moves(commitment: Commitment) -> list[Move]:
    return [(each.state, each.happened_on) for each in commitment.updates]


def _base(raised: Raised) -> str:
    if raised.since == raised.until:
        return gettext("Their words came in on %(day)s.", day=format_date(raised.since, "d MMMM y"))
    return gettext(
        "Their words came in from %(first)s to %(last)s.",
        first=format_date(raised.since, "d MMMM y"),
        last=format_date(raised.until, "d MMMM y"),
    )


def _explains(commitment: Commitment) -> Update | None:
    """What was said since a promise is late, about why it still is where it was."""
    return next(
        (
            each
            for each in reversed(commitment.updates)
            if each.words
            and commitment.due_on is not None
            and each.happened_on > commitment.due_on
            and each.state is commitment.state
        ),
        None,
    )


def _waits_for_a_second_look(commitment: Commitment) -> bool:
    return (
        commitment.state is not CommitmentState.DONE
        and commitment.done_by_id is not None
        and commitment.checked_by_id is None
    )


def _parts(clock: Clock, state: CommitmentState) -> list[Passed]:
    """Heard, decided, done: each with its day, or how long it has been open."""
    last = gettext("We said no") if state is CommitmentState.CANNOT else gettext("It is done")
    found = [Passed(gettext("Heard"), clock.heard_on, "")]
    found.append(_part(gettext("Decided"), clock.decided_on, clock.to_decide))
    found.append(_part(last, clock.ended_on, clock.to_end))
    return found


def _part(name: str, day: date | None, days: int) -> Passed:
    if day is None:
        return Passed(name, None, gettext("not yet, after %(days)s", days=days_words(days)))
    return Passed(name, day, gettext("after %(days)s", days=days_words(days)))


def _in_short(clock: Clock) -> str:
    if clock.replied_on is None:
        return ""  # how long that has been is said already
    if clock.ended_on is not None:
        return gettext("From heard to the end: %(days)s.", days=days_words(clock.to_end))
    if clock.decided_on is not None:
        return gettext(
            "Decided after %(decided)s. It is day %(day)s now.",
            decided=days_words(clock.to_decide),
            day=format_decimal(clock.to_end),
        )
    if not clock.to_end:
        return gettext("Heard today. Not decided yet.")
    return gettext("Heard %(days)s ago. Not decided yet.", days=days_words(clock.to_end))
