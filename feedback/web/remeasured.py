"""What the numbers say since something was promised: measures of the newest release, marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy.orm import Session

from feedback.models.improvements import Insight
from feedback.queries import releases
from feedback.services import released
from feedback.services.released import FrozenNote
from feedback.services.series import Series
from feedback.vocabulary import CommitmentState, NoteKind, PeriodKind, Presentation
from feedback.web import credited, promises, trend_words
from feedback.web.findings import Titled
from feedback.web.trend_words import Told


@dataclass(frozen=True)
class Remeasured:
    """A measure of an insight as a release has it; `release` is that release's number."""

    name: str
    title: Titled
    told: Told
    series: Series
    release: int
    credits: Sequence[Titled]


def measured(
    session: Session, insight: Insight, today: date, presentation: Presentation
) -> list[Remeasured]:
    """The measures that an insight rests on, or is measured again by, with a mark where something
    was promised; none before the first release."""
    release = releases.newest(session)
    if release is None:
        return []
    found = []
    for number, notes in _marks(insight, today).items():
        one = released.one(session, release, number, also=notes)
        if one is not None and one.series.last is not None:
            told = trend_words.told(one.series, PeriodKind.CYCLE)
            title = Titled(told.title, told.tag)
            found.append(
                Remeasured(
                    one.measure.name,
                    title,
                    told,
                    one.series,
                    release.number,
                    credited.credits(session, [number], presentation),
                )
            )
    return found


def _marks(insight: Insight, today: date) -> dict[int, list[FrozenNote]]:
    """Measure → when something was promised that it should show."""
    first = [insight.measure_id, *(each.measure_id for each in insight.commitments)]
    marks: dict[int, list[FrozenNote]] = {number: [] for number in first if number is not None}
    for each in insight.commitments:
        decided = promises.clock_of(each, insight.heard_on, today).decided_on
        what = promises.worded(each.what, Presentation.STANDARD)
        if decided is None or what is None or each.state is CommitmentState.CANNOT:
            continue
        words = gettext("We promised: %(what)s", what=what.words)
        note = FrozenNote(NoteKind.CHANGE, decided, None, words)
        for number in [each.measure_id] if each.measure_id else list(marks):
            marks[number].append(note)
    return marks
