"""One question counted, small groups hidden: what its sentence, chart and table rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.analysis import disclosure, measures
from feedback.analysis.disclosure import Distribution, Share, Shown
from feedback.analysis.measures import Interval
from feedback.analysis.revealing import mean_reveals, median_reveals
from feedback.queries.surveys import Asked
from feedback.questionnaire import Measure, Question, Words
from feedback.vocabulary import AnswerState, QuestionKind

BINS = 6  # ranges that whole numbers are sorted into
MOST_YEARS = 20  # years that months are sorted into
UNKNOWN = "-unknown"

StateCounts = Mapping[tuple[AnswerState, str], int]


@dataclass(frozen=True)
class Row:
    """One line of a question's table: an option or a range, its count and its share.

    `label` is the option's words; None for ranges, whose bounds are `low` and `high`. A range
    without a bound is open at that end.
    """

    key: str
    label: Words | None
    count: Shown
    share: Share | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Top:
    """How many of those with an answer chose one that counts for the measure."""

    hits: int
    given: int
    interval: Interval  # 95%, proportions

    @property
    def share(self) -> float:
        """The hits as a proportion, 0 to 1."""
        return self.hits / self.given


@dataclass(frozen=True)
class Measured:
    """One question counted.

    `leading` are the lines with the most answers of all that are shown; unless `leads`, a hidden
    line may have more. `mean` and `median` are rounded as far as they may be shown.
    """

    question: Question
    position: int
    base: Shown
    rows: Sequence[Row] = ()
    leading: Sequence[Row] = ()
    leads: bool = False
    mean: float | None = None
    median: float | None = None
    measure: Measure | None = None
    top: Top | None = None

    @property
    def any_hidden(self) -> bool:
        """Something in the table is hidden."""
        return any(row.count.hidden for row in self.rows)


def question_counted(
    asked: Asked,
    question: Question,
    position: int,
    counts: StateCounts,
    numbers: Mapping[int, int],
    *,
    threshold: int,
) -> Measured:
    """A question's counts as they may leave.

    Args:
        position: the page it stands on, from 1.
        counts: sent responses for each state and the codes chosen.
        numbers: sent responses for each number given.
        threshold: people; a smaller group is hidden.
    """
    if question.kind.has_number:
        return _numbers(asked, question, position, counts, numbers, threshold)
    if question.kind is QuestionKind.CHOICES:
        return _choices(question, position, counts, threshold)
    if question.kind.has_options:
        return _options(asked, question, position, counts, threshold)
    wrote = _in_state(counts, AnswerState.GIVEN)
    return Measured(question, position, gated(wrote, threshold))


def gated(count: int, threshold: int) -> Shown:
    """A count by itself: hidden where it is under the threshold."""
    return disclosure.HIDDEN if disclosure.hide_summary(count, threshold) else Shown(count)


def _options(
    asked: Asked, question: Question, position: int, counts: StateCounts, threshold: int
) -> Measured:
    cells = {
        option.code: counts.get((AnswerState.GIVEN, option.code), 0) for option in question.options
    }
    unknown = {UNKNOWN: _in_state(counts, AnswerState.UNKNOWN)} if question.dont_know else {}
    shown = disclosure.hide_counts({**cells, **unknown}, threshold)
    labels = {option.code: option.label for option in question.options}
    rows = [_row(shown, key, labels.get(key)) for key in shown.cells]
    leading, leads = _leading(rows, shown.base)
    measure = _measure(asked, question)
    top = _top(measure, cells, shown, threshold) if measure else None
    return Measured(question, position, shown.base, rows, leading, leads, measure=measure, top=top)


def _choices(question: Question, position: int, counts: StateCounts, threshold: int) -> Measured:
    cells = {option.code: 0 for option in question.options}
    for (state, chosen), count in counts.items():
        if state is AnswerState.GIVEN:
            for code in chosen.split():
                if code in cells:
                    cells[code] += count
    shown = disclosure.hide_choices(cells, _in_state(counts, AnswerState.GIVEN), threshold)
    rows = [_row(shown, option.code, option.label) for option in question.options]
    leading, _ = _leading(rows, shown.base)
    # A hidden option may be one that nearly everybody chose.
    return Measured(
        question, position, shown.base, rows, leading, leads=bool(rows) and not shown.any_hidden
    )


def _numbers(
    asked: Asked,
    question: Question,
    position: int,
    counts: StateCounts,
    numbers: Mapping[int, int],
    threshold: int,
) -> Measured:
    ranges = {f"{low}-{high}": (low, high) for low, high in _ranges(question, numbers, threshold)}
    cells = {
        key: sum(
            count
            for number, count in numbers.items()
            if (low is None or low <= number) and (high is None or number <= high)
        )
        for key, (low, high) in ranges.items()
    }
    unknown = {UNKNOWN: _in_state(counts, AnswerState.UNKNOWN)} if question.dont_know else {}
    shown = disclosure.hide_counts({**cells, **unknown}, threshold)
    rows = [_row(shown, key, None, *ranges.get(key, ())) for key in shown.cells]
    leading, leads = _leading(rows, shown.base)
    given = sum(numbers.values())
    mean = median = None
    if question.kind is not QuestionKind.MONTH and not disclosure.hide_summary(given, threshold):
        summary = measures.summarise(numbers)
        mean, median = round(summary.mean, 1), summary.median
    if mean is not None and mean_reveals(mean, shown, ranges, threshold):
        mean = None
    if median is not None and median_reveals(shown, ranges):
        median = None
    return Measured(
        question,
        position,
        shown.base,
        rows,
        leading,
        leads,
        mean=mean,
        median=median,
        measure=_measure(asked, question),
    )


def _row(
    shown: Distribution,
    key: str,
    label: Words | None,
    low: int | None = None,
    high: int | None = None,
) -> Row:
    count = shown.cells[key]
    return Row(key, label, count, disclosure.share(count, shown.base), low, high)


def _measure(asked: Asked, question: Question) -> Measure | None:
    return next((m for m in asked.questionnaire.measures if m.name == question.measure), None)


def _top(
    measure: Measure, cells: Mapping[str, int], shown: Distribution, threshold: int
) -> Top | None:
    """The measure's share, where a reader could add it up from what is shown."""
    given = sum(cells.values())
    needed = [*measure.top, *shown.cells.keys() & {UNKNOWN}]
    hidden = any(key not in shown.cells or shown.cells[key].hidden for key in needed)
    if not measure.top or hidden or given < max(threshold, disclosure.SHARE_NEEDS):
        return None
    hits = sum(cells[code] for code in measure.top)
    return Top(hits, given, measures.wilson_interval(hits, given))


def _leading(rows: Sequence[Row], base: Shown) -> tuple[Sequence[Row], bool]:
    """The shown lines with the most answers, and whether no hidden line can have more."""
    shown = [row.count.count for row in rows if row.count.count]
    if not shown or base.count is None:
        return (), False
    most = max(shown)
    return [row for row in rows if row.count.count == most], base.count - sum(shown) < most


def _in_state(counts: StateCounts, wanted: AnswerState) -> int:
    return sum(count for (state, _codes), count in counts.items() if state is wanted)


# Ranges


def _ranges(
    question: Question, numbers: Mapping[int, int], threshold: int
) -> list[tuple[int | None, int | None]]:
    """Ranges to count in: each number of a rating, each year of months, or some even steps.

    Where only a few gave less or more, the range is open: none stands there for one person, and
    a slip of the finger does not flatten the rest.
    """
    if question.kind is QuestionKind.RATING:
        return [(number, number) for number in range(11)]
    if sum(numbers.values()) < threshold:
        return [(None, None)]
    low = _with_company(sorted(numbers), numbers, threshold)
    high = _with_company(sorted(numbers, reverse=True), numbers, threshold)
    if question.kind is QuestionKind.MONTH:
        first, last = max(low // 100, high // 100 - MOST_YEARS + 1), high // 100
        starts = [year * 100 for year in range(first, last + 1)]
        return _open_ended(starts, first_open=True)
    start = min(low, max(0, question.lowest))
    step = _even_step((high - start + 1) / BINS)
    return _open_ended(list(range(start, high + 1, step)), first_open=question.lowest < start)


def _with_company(order: Sequence[int], numbers: Mapping[int, int], threshold: int) -> int:
    """The first number in an order by which the threshold of people has been met."""
    met = 0
    for number in order:
        met += numbers[number]
        if met >= threshold:
            return number
    return order[-1]


def _open_ended(starts: list[int], *, first_open: bool) -> list[tuple[int | None, int | None]]:
    ends = [start - 1 for start in starts[1:]]
    return list(zip([None if first_open else starts[0], *starts[1:]], [*ends, None], strict=True))


def _even_step(width: float) -> int:
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step >= width:
                return step
        size *= 10
