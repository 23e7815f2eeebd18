"""Coverage and figures of providers in the page's language: sentences, tables and charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_percent as exact_percent
from flask_babel import (
    format_date,
    format_decimal,
    format_percent,
    get_locale,
    gettext,
    ngettext,
)
from markupsafe import Markup

from feedback import languages
from feedback.analysis.coverage import per_cent
from feedback.analysis.disclosure import Share
from feedback.forms.office_words import ORGANISATION_KINDS
from feedback.models.coverage import Coverage
from feedback.outputs.charts import Bar, bar_chart
from feedback.services.coverage_figures import Counted, Figure, Line, Training
from feedback.web.frame import language


@dataclass(frozen=True)
class Row:
    """One count in words; a hidden one has no numbers."""

    entry: Coverage
    organisation: str
    trained: str | None
    staff: str | None
    share: str
    low_base: bool
    target: str
    missing: str
    moved: str


@dataclass(frozen=True)
class TrainingSaid:
    """One training: its sentence, its rows, its chart; `earlier` are the counts before."""

    anchor: str
    title: str
    series_id: int | None
    sentence: str
    notes: Sequence[str]
    rows: Sequence[Row]
    earlier: Sequence[Row]
    chart: Markup | None
    hidden: bool


@dataclass(frozen=True)
class FigureSaid:
    """One provider's figure: its sentence, its range of chance, and what does not fit."""

    figure: Figure
    sentence: str
    range: str
    differs: str


def headline(trainings: Sequence[Training]) -> str:
    """All trainings in one sentence."""
    shown = [line for each in trainings for line in each.lines if not line.now.staff.hidden]
    aiming = [line for line in shown if line.now.missing is not None]
    if not shown:
        return gettext("The groups counted so far are too small to show.")
    if not aiming:
        return ngettext(
            "%(groups)s group of staff is counted. It has no target yet.",
            "%(groups)s groups of staff are counted. None has a target yet.",
            len(shown),
            groups=format_decimal(len(shown)),
        )
    missing = sum(line.now.missing or 0 for line in aiming)
    if not missing:
        return ngettext(
            "The %(groups)s group of staff with a target has reached it.",
            "All %(groups)s groups of staff with a target have reached it.",
            len(aiming),
            groups=format_decimal(len(aiming)),
        )
    return ngettext(
        "%(reached)s of %(groups)s group of staff has reached its target. "
        "%(people)s still need training to get there.",
        "%(reached)s of %(groups)s groups of staff have reached their target. "
        "%(people)s still need training to get there.",
        len(aiming),
        reached=format_decimal(sum(line.reached for line in aiming)),
        groups=format_decimal(len(aiming)),
        people=_people(missing),
    )


def said(trainings: Iterable[Training]) -> list[TrainingSaid]:
    """Each training as the page shows it."""
    return [_training(each, number) for number, each in enumerate(trainings, start=1)]


def figures_said(figures: Iterable[Figure]) -> list[FigureSaid]:
    """Each provider's figure as the page shows it."""
    return [_figure(each) for each in figures]


def said_per_cent(digits: str) -> str:
    """A per cent as somebody gave it, with all its digits."""
    places = len(digits.partition(".")[2])
    whole = format_decimal(Decimal(digits), "#,##0." + "0" * places if places else "#,##0")
    return gettext("%(number)s%%", number=whole)


def share_words(part: int, whole: int) -> str:
    """A share with one decimal: "65.8%"."""
    share = per_cent(part, whole) / 100
    return str(exact_percent(share, locale=get_locale(), decimal_quantization=False))


def _training(training: Training, number: int) -> TrainingSaid:
    notes = []
    if training.hidden:
        notes.append(
            ngettext(
                "%(groups)s group is too small to show. It is not counted in this sum.",
                "%(groups)s groups are too small to show. They are not counted in this sum.",
                training.hidden,
                groups=format_decimal(training.hidden),
            )
        )
    days = sorted({line.now.entry.counted_on for line in training.lines})
    if len(days) > 1:
        notes.append(
            gettext(
                "The groups were counted on different days, from %(first)s to %(last)s.",
                first=_day(days[0]),
                last=_day(days[-1]),
            )
        )
    lines = training.lines
    return TrainingSaid(
        anchor=f"training-{number}",
        title=training.title,
        series_id=training.series.id if training.series else None,
        sentence=_sentence(training),
        notes=notes,
        rows=[_row(line.now, _moved(line)) for line in lines],
        earlier=[_row(each) for line in lines for each in line.earlier],
        chart=_chart(training, number),
        hidden=bool(training.hidden) or any(e.staff.hidden for one in lines for e in one.earlier),
    )


def _sentence(training: Training) -> str:
    if training.staff.count is None or training.trained.count is None:
        return gettext("The groups are too small to show.")
    facts = {
        "trained": format_decimal(training.trained.count),
        "staff": _people(training.staff.count),
    }
    if training.share is None:
        words = gettext("%(trained)s of %(staff)s are trained.", **facts)
    else:
        words = gettext(
            "%(trained)s of %(staff)s are trained: %(share)s.",
            share=_whole(training.share),
            **facts,
        )
    if training.missing is None:
        return words
    if not training.missing:
        all_there = gettext("Every group with a target has reached it.")
        return f"{words} {all_there}"
    more = ngettext(
        "%(people)s person is still missing to the targets.",
        "%(people)s people are still missing to the targets.",
        training.missing,
        people=format_decimal(training.missing),
    )
    return f"{words} {more}"


def _row(counted: Counted, moved: str = "") -> Row:
    entry = counted.entry
    missing = ""
    if counted.missing is not None:
        missing = format_decimal(counted.missing) if counted.missing else gettext("reached")
    return Row(
        entry=entry,
        organisation=organisation_words(entry),
        trained=None if counted.trained.count is None else format_decimal(counted.trained.count),
        staff=None if counted.staff.count is None else format_decimal(counted.staff.count),
        share=_whole(counted.share) if counted.share else "–",
        low_base=bool(counted.share and counted.share.low_base),
        target=format_percent(entry.target / 100) if entry.target else "–",
        missing=missing or "–",
        moved=moved,
    )


def organisation_words(entry: Coverage) -> str:
    """Whose staff it is: an organisation, or all of a kind."""
    return entry.organisation.name if entry.organisation else str(ORGANISATION_KINDS[entry.kind])


def _moved(line: Line) -> str:
    """How a share moved since the count before; nothing where either is not shown."""
    if line.moved is None:
        return ""
    before = line.earlier[0]
    facts = {
        "points": format_decimal(abs(line.moved)),
        "before": _whole(before.share) if before.share else "",
        "day": _day(before.entry.counted_on),
    }
    if line.moved > 0:
        return ngettext(
            "up %(points)s point from %(before)s on %(day)s",
            "up %(points)s points from %(before)s on %(day)s",
            line.moved,
            **facts,
        )
    if line.moved < 0:
        return ngettext(
            "down %(points)s point from %(before)s on %(day)s",
            "down %(points)s points from %(before)s on %(day)s",
            -line.moved,
            **facts,
        )
    return gettext("the same as on %(day)s", **facts)


def _chart(training: Training, number: int) -> Markup | None:
    bars = [_bar(line.now) for line in training.lines if line.now.share or line.now.staff.hidden]
    if sum(bar.value is not None for bar in bars) < 2:
        return None
    return Markup(  # noqa: S704 -- the chart escapes every label
        bar_chart(
            bars,
            chart_id=f"chart-{number}",
            title=gettext("Share of staff who are trained"),
            description="; ".join(f"{bar.label}: {bar.said}" for bar in bars),
            full=100,
            right_to_left=languages.direction(language()) == "rtl",
        )
    )


def _bar(counted: Counted) -> Bar:
    entry = counted.entry
    label = f"{organisation_words(entry)}: {entry.staff_group}"
    if counted.share is None:
        return Bar(label, None, gettext("hidden, small group"))
    return Bar(label, counted.share.per_cent, _whole(counted.share))


def _figure(each: Figure) -> FigureSaid:
    figure = each.figure
    if each.numerator.hidden:
        return FigureSaid(each, gettext("The group is too small to show."), "", "")
    facts = {
        "part": format_decimal(figure.numerator),
        "whole": format_decimal(figure.denominator),
        "share": share_words(figure.numerator, figure.denominator),
    }
    words = gettext("%(part)s of %(whole)s", **facts)
    if each.has_share:
        words = gettext("%(share)s: %(part)s of %(whole)s", **facts)
    differs = ""
    if each.disagrees:
        differs = gettext(
            "The provider gave %(said)s. %(part)s of %(whole)s is %(share)s. Ask them which of "
            "the numbers is right.",
            said=said_per_cent(figure.said),
            **facts,
        )
    interval = ""
    if each.interval:
        low, high = (
            format_percent(round(100 * end) / 100)
            for end in (each.interval.lower, each.interval.upper)
        )
        interval = gettext("Chance alone could make it %(low)s to %(high)s.", low=low, high=high)
    return FigureSaid(each, words, interval, differs)


def _people(count: int) -> str:
    return ngettext("%(people)s person", "%(people)s people", count, people=format_decimal(count))


def _whole(share: Share) -> str:
    return str(format_percent(share.per_cent / 100))


def _day(day: object) -> str:
    return str(format_date(day, "d MMM y"))
