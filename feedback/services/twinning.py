"""What young people and what parents say of the same thing, side by side; who is whose twin.

A share is put together from counts that stand on the results pages of single collections, and from
nothing else: whoever takes those away from it is left with nothing. Where days are chosen, it is
put together from the periods that stand on the page of the measure. Decision 0030 says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Share, Shown
from feedback.analysis.measures import Interval, newcombe_interval, wilson_interval
from feedback.analysis.periods import Period
from feedback.errors import NoTwins
from feedback.models.surveys import Measure
from feedback.models.twins import Twin
from feedback.queries import tallies, twins
from feedback.queries.surveys import Editions
from feedback.queries.twins import Asked
from feedback.questionnaire import Question
from feedback.services import audit
from feedback.services.counting import Measured, question_counted
from feedback.services.cutting import Window
from feedback.services.gating import gate_sum
from feedback.services.tallied import Count, rounds_of
from feedback.services.trending import cutting_of
from feedback.vocabulary import Audience, PeriodKind

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
    answered for one; then there is no interval either. Where days are chosen, `periods` are those
    that count, and `left_out` is how many others of these days do not.
    """

    measure: Measure
    question: Question | None = None
    hits: int = 0
    given: int = 0
    share: Share | None = None
    interval: Interval | None = None  # 95%, Wilson, proportions
    periods: Sequence[Period] = ()
    left_out: int = 0


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


def pairs(
    session: Session, editions: Editions, threshold: int, window: Window | None = None
) -> list[Pair]:
    """All twins, in the order in which they were put together.

    Args:
        threshold: people; a smaller group is hidden.
        window: which days count and in which periods; its audience does not matter. Without one,
            or without days, every answer does.
    """
    known = twins.listed(session)
    ids = {each for twin in known for each in (twin.young_measure_id, twin.parent_measure_id)}
    found = _Found(session, twins.answers(session, ids), editions, threshold, window or Window())
    return [
        _pair(
            twin,
            found.side(twin.young, Audience.YOUNG_PERSON),
            found.side(twin.parent, Audience.PARENT),
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


@dataclass(frozen=True)
class _Form:
    """The answers of a collection to one measure, as its results page counts them.

    `best` is None where that page does not show how many gave one of the best answers.
    """

    asked: Asked
    question: Question
    given: int
    best: int | None


@dataclass(frozen=True)
class _Found:
    """All answers of young people and of parents to the measures of twins."""

    session: Session
    asked: Sequence[Asked]
    editions: Editions
    threshold: int
    window: Window

    def side(self, measure: Measure, audience: Audience) -> Side:
        """What one of two said in the days that count."""
        forms = list(self._forms(measure, audience))
        if self.window.first is None and self.window.last is None:
            return _side(measure, forms, _sum(forms))
        if self.window.kind is PeriodKind.ROUND:
            return self._in_rounds(measure, forms)
        return self._in_periods(measure, audience, forms)

    def _in_rounds(self, measure: Measure, forms: Sequence[_Form]) -> Side:
        """Collections that were answered in the days that count, each as a whole."""
        rows = tallies.rows(self.session, [form.asked.question_id for form in forms])
        spans = rounds_of(self.session, rows).spans
        within = {
            number for number, span in spans.items() if self.window.touches(span.first, span.last)
        }
        there = [form for form in forms if form.asked.collection_id in within]
        shown = [form for form in there if form.best is not None]
        periods = sorted(spans[form.asked.collection_id] for form in shown)
        return _side(measure, there, _sum(shown), periods, len(there) - len(shown))

    def _in_periods(self, measure: Measure, audience: Audience, forms: Sequence[_Form]) -> Side:
        """Whole periods, as far as the page of the measure shows them; all of them are all days."""
        window = Window(self.window.kind, self.window.first, self.window.last, audience)
        cutting = cutting_of(self.session, measure, window, self.threshold)
        places = cutting.places()
        if not places:
            return _side(measure, (), Count())
        cut, everything = cutting.cuts[-1], _sum(forms)
        if everything.people and {cut.frame.place(row) for row in cutting.own} <= {*places}:
            spans = [cut.frame.spans[at] for at in places]
            return _side(measure, forms, everything, spans)
        cells = gate_sum(cut.cells, cut.counts, everything, self.threshold)
        there = {row.question_id for row in cutting.own if cut.frame.place(row) in places}
        kept = [at for at in places if cells[at].whole]
        total = Count()
        for at in kept:
            total.add(cut.counts[at])
        return _side(
            measure,
            [form for form in forms if form.asked.question_id in there],
            total,
            [cut.frame.spans[at] for at in kept],
            sum(1 for at in places if cut.counts[at].people) - len(kept),
        )

    def _forms(self, measure: Measure, audience: Audience) -> Iterator[_Form]:
        """What each collection's own page shows, the newest edition first."""
        counted_once: set[tuple[int, int]] = set()  # who answers two questions is one person
        for each in self.asked:
            form = (each.collection_id, each.edition_id)
            if (each.measure_id, each.audience) != (measure.id, audience) or form in counted_once:
                continue
            counted_once.add(form)
            edition = self.editions.asked(self.session, each.edition_id)
            question = edition.questionnaire.questions[edition.names[each.question_id]]
            counted = question_counted(
                edition, question, 1, each.counts, {}, threshold=self.threshold
            )
            yield _Form(each, question, counted.base.count or 0, _best(counted, measure))


def _sum(forms: Sequence[_Form]) -> Count:
    """People and best answers of the collections whose own page shows both."""
    found = Count()
    for form in forms:
        if form.best is not None:
            found.add(Count(form.given, form.best))
    return found


def _side(
    measure: Measure,
    forms: Sequence[_Form],
    total: Count,
    periods: Sequence[Period] = (),
    left_out: int = 0,
) -> Side:
    hits, given = int(total.total), total.people
    share = disclosure.share(Shown(hits), Shown(given))
    return Side(
        measure,
        forms[0].question if forms else None,
        hits,
        given,
        share,
        wilson_interval(hits, given) if share else None,
        periods,
        left_out,
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
