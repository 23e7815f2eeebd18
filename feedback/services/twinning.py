"""What young people and what parents say of the same thing, side by side; who is whose twin.

A share is put together from counts that stand on the results pages of single collections, and from
nothing else: whoever takes those away from it is left with nothing. Decision 0030 says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Share, Shown
from feedback.analysis.measures import Interval, newcombe_interval, wilson_interval
from feedback.errors import NoTwins
from feedback.models.surveys import Measure
from feedback.models.twins import Twin
from feedback.queries import twins
from feedback.queries.surveys import Editions
from feedback.queries.twins import Asked
from feedback.questionnaire import Question
from feedback.services import audit
from feedback.services.counting import Measured, question_counted
from feedback.vocabulary import Audience

ALIKE_WITHIN = 0.15  # difference of two shares; about one family in seven


class Verdict(Enum):
    """What two shares, and how far each may be off, come to."""

    ALIKE = auto()
    COULD_BE_CHANCE = auto()
    MORE_PARENTS = auto()
    MORE_YOUNG_PEOPLE = auto()


@dataclass(frozen=True)
class Side:
    """One twin: how many of those who answered gave one of the best answers.

    `given` holds those who said "I don't know" too, for how many they are may be hidden.
    `question` is as it was last asked; None where nobody answered. `share` is None where too few
    answered for one; then there is no interval either.
    """

    measure: Measure
    question: Question | None = None
    hits: int = 0
    given: int = 0
    share: Share | None = None
    interval: Interval | None = None  # 95%, Wilson, proportions


@dataclass(frozen=True)
class Pair:
    """Two twins side by side; no verdict where one of them has no share."""

    id: int
    young: Side
    parent: Side
    difference: Interval | None = None  # 95%, Newcombe, parents less young people, proportions
    verdict: Verdict | None = None

    @property
    def same_scale(self) -> bool:
        """Whether both chose from the same answers."""
        young, parent = self.young, self.parent
        if young.question is None or parent.question is None:
            return False
        return (young.question.codes, young.measure.top) == (
            parent.question.codes,
            parent.measure.top,
        )


def pairs(session: Session, editions: Editions, threshold: int) -> list[Pair]:
    """All twins, in the order in which they were put together.

    Args:
        threshold: people; a smaller group is hidden.
    """
    known = twins.listed(session)
    ids = {each for twin in known for each in (twin.young_measure_id, twin.parent_measure_id)}
    asked = twins.answers(session, ids)
    return [
        _pair(
            twin,
            _side(session, twin.young, Audience.YOUNG_PERSON, asked, editions, threshold),
            _side(session, twin.parent, Audience.PARENT, asked, editions, threshold),
        )
        for twin in known
    ]


def join(session: Session, young_id: int, parent_id: int, *, by: int | None, now: datetime) -> Twin:
    """Let two measures be read side by side; two that are already stay as they are.

    Raises:
        NoTwins: one of them is not there, or does not come to a share.
    """
    if not {young_id, parent_id} <= {measure.id for measure in twins.with_share(session)}:
        raise NoTwins
    found = twins.of(session, young_id, parent_id)
    if found is not None:
        return found
    made = Twin(young_measure_id=young_id, parent_measure_id=parent_id, created_at=now)
    session.add(made)
    session.flush()
    audit.note(session, by, "join twins", f"twins {made.id}", now=now)
    return made


def part(session: Session, twin: Twin, *, by: int, now: datetime) -> None:
    """Do not read two measures side by side any more; no answer is lost."""
    subject = f"twins {twin.id}"
    session.delete(twin)
    audit.note(session, by, "part twins", subject, now=now)


def _side(
    session: Session,
    measure: Measure,
    audience: Audience,
    asked: Iterable[Asked],
    editions: Editions,
    threshold: int,
) -> Side:
    newest: Question | None = None
    hits = given = 0
    counted_once: set[tuple[int, int]] = set()  # who answers two questions is one person
    for each in asked:
        form = (each.collection_id, each.edition_id)
        if (each.measure_id, each.audience) != (measure.id, audience) or form in counted_once:
            continue
        counted_once.add(form)
        edition = editions.asked(session, each.edition_id)
        question = edition.questionnaire.questions[edition.names[each.question_id]]
        newest = newest or question
        counted = question_counted(edition, question, 1, each.counts, {}, threshold=threshold)
        best = _best(counted, measure)
        if best is not None and counted.base.count is not None:
            hits, given = hits + best, given + counted.base.count
    share = disclosure.share(Shown(hits), Shown(given))
    return Side(
        measure, newest, hits, given, share, wilson_interval(hits, given) if share else None
    )


def _best(counted: Measured, measure: Measure) -> int | None:
    """How many gave one of the best answers, where a reader could add that up themselves."""
    shown = {row.key: row.count.count for row in counted.rows}
    counts = [count for code in measure.top if (count := shown.get(code)) is not None]
    enough = (counted.base.count or 0) >= disclosure.SHARE_NEEDS
    return sum(counts) if enough and len(counts) == len(measure.top) else None


def _pair(twin: Twin, young: Side, parent: Side) -> Pair:
    if young.share is None or parent.share is None:
        return Pair(twin.id, young, parent)
    difference = newcombe_interval(young.hits, young.given, parent.hits, parent.given)
    return Pair(twin.id, young, parent, difference, _verdict(difference))


def _verdict(difference: Interval) -> Verdict:
    """Alike is only what is known to be: small, wherever in its interval it truly lies."""
    if difference.lower > 0:
        return Verdict.MORE_PARENTS
    if difference.upper < 0:
        return Verdict.MORE_YOUNG_PEOPLE
    widest = max(-difference.lower, difference.upper)
    return Verdict.ALIKE if widest <= ALIKE_WITHIN else Verdict.COULD_BE_CHANCE
