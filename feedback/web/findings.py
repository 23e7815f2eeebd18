"""Results in the page's language: a sentence first, then the chart and the table it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.lists import format_list
from flask_babel import format_decimal, format_percent, get_locale, gettext, ngettext
from markupsafe import Markup

from feedback import languages
from feedback.analysis import disclosure
from feedback.analysis.disclosure import Shown
from feedback.models.surveys import Edition
from feedback.outputs.charts import Bar, bar_chart, column_chart
from feedback.questionnaire import Page, Wording, Words, said
from feedback.services.counting import UNKNOWN, Measured, Row
from feedback.services.measuring import Part, Together
from feedback.vocabulary import Better, Presentation, QuestionKind
from feedback.vocabulary import Part as PartOfEvent
from feedback.web.frame import language


@dataclass(frozen=True)
class Line:
    """A line of a question's table; a hidden one has neither count nor share."""

    label: str
    count: str | None
    share: str | None
    quiet: bool


@dataclass(frozen=True)
class Figure:
    """A question's one number: the share of a measure, or a mean."""

    title: str
    value: str
    meaning: str
    range: str  # of chance; empty for a mean


@dataclass(frozen=True)
class Finding:
    """All that the page shows of one question.

    `base` is None where too few answered; then nothing but the sentence is shown.
    """

    anchor: str
    title: str
    tag: str
    kind: QuestionKind
    name: str
    sentence: str
    base: str | None
    low_base: bool
    hidden: bool
    notes: Sequence[str]
    lines: Sequence[Line]
    ends: str
    figure: Figure | None
    chart: Markup | None


@dataclass(frozen=True)
class Titled:
    """A title and the language it is in."""

    words: str
    tag: str


def findings(part: Part, number: int, *, threshold: int) -> list[Finding]:
    """What the answers to one edition say, question by question.

    Args:
        number: of the part on its page, so that each question's address is its own.
        threshold: people; a smaller group is hidden.
    """
    pages = part.asked.questionnaire.pages
    return [
        _finding(each, pages[each.position - 1], f"part-{number}-{each.question.name}", threshold)
        for each in part.measured
    ]


def spoken(words: Words) -> str:
    """A survey's words in the page's language, or in the one they were first written in."""
    return said(words, language())


def titled(edition: Edition) -> Titled:
    """What a survey is called, in the page's language or in the one it was first written in."""
    return kept(edition.title)


def kept(words: Mapping[str, Any], presentation: Presentation = Presentation.STANDARD) -> Titled:
    """Words as a table keeps them, in the page's language or the one they were first written in."""
    read = {tag: Wording(**said) for tag, said in words.items()}
    return Titled(said(read, language(), presentation), tag_of(read))


def counted_together(line: Together, threshold: int) -> str:
    """A series in numbers: "84 sessions, 686 before, 612 after"."""
    many = format_decimal(line.sessions)
    sessions = ngettext("%(many)s session", "%(many)s sessions", line.sessions, many=many)
    sent = [_sent_together(part, each, threshold) for part, each in line.sent.items()]
    return format_list([sessions, *sent], style="unit", locale=get_locale())


def _sent_together(part: PartOfEvent, sent: Shown, threshold: int) -> str:
    if sent.count is None:
        number = gettext("fewer than %(threshold)s", threshold=format_decimal(threshold))
    else:
        number = format_decimal(sent.count)
    match part:
        case PartOfEvent.BEFORE:
            return gettext("%(number)s before", number=number)
        case PartOfEvent.AFTER:
            return gettext("%(number)s after", number=number)
        case PartOfEvent.LATER:
            return gettext("%(number)s three months later", number=number)
    return gettext("%(number)s sent", number=number)


def tag_of(words: Mapping[str, Any]) -> str:
    """The language that `spoken` words are in."""
    if language() in words or not words:
        return language()
    return languages.DEFAULT if languages.DEFAULT in words else next(iter(words))


def page_name(page: Page | None) -> str:
    """What a page is called: its title, or the first thing it asks or says."""
    if page is None:
        return gettext("Check your answers")
    first = [question.ask for question in page.questions]
    first += [statement.say for statement in page.statements]
    return spoken(page.title) or (spoken(first[0]) if first else page.name)


def _finding(measured: Measured, page: Page, anchor: str, threshold: int) -> Finding:
    question, base = measured.question, measured.base.count
    sentence = _sentence(measured, threshold)
    shown = base is not None and not question.kind.is_written
    return Finding(
        anchor=anchor,
        title=spoken(question.ask),
        tag=tag_of(question.ask),
        kind=question.kind,
        name=question.name,
        sentence=sentence,
        base=None if base is None else _people(base),
        low_base=shown and base is not None and base < disclosure.LOW_BASE,
        hidden=shown and measured.any_hidden,
        notes=_notes(measured, page),
        lines=[_line(measured, row) for row in measured.rows] if shown else (),
        ends=_ends(measured) if shown else "",
        figure=_figure(measured) if shown else None,
        chart=_chart(measured, anchor, sentence) if shown else None,
    )


def _sentence(measured: Measured, threshold: int) -> str:
    base, kind = measured.base.count, measured.question.kind
    if base is None:
        return gettext(
            "Fewer than %(threshold)s people answered, so nothing is shown.",
            threshold=format_decimal(threshold),
        )
    if kind.is_written:
        return ngettext(
            "%(people)s person wrote something.",
            "%(people)s people wrote something.",
            base,
            people=format_decimal(base),
        )
    if measured.mean is not None or measured.median is not None:
        return _middle(measured)
    if not measured.leading:
        return gettext("The groups are too small to show who chose what.")
    return _chosen_most(measured, base)


def _middle(measured: Measured) -> str:
    """Mean and median, as far as they may be shown."""
    mean = None if measured.mean is None else _one_decimal(measured.mean)
    if measured.median is None:
        return gettext("The mean is %(mean)s.", mean=mean)
    median = _one_decimal(measured.median)
    if mean is None:
        return gettext("The middle answer (median) is %(median)s.", median=median)
    return gettext(
        "The middle answer (median) is %(median)s and the mean is %(mean)s.",
        median=median,
        mean=mean,
    )


def _chosen_most(measured: Measured, base: int) -> str:
    leading = measured.leading
    first = leading[0]
    facts = {"answer": _label(measured, first), "figures": _figures(first, base)}
    if len(leading) == 2:
        return gettext(
            "“%(answer)s” and “%(other)s” were chosen equally often: %(figures)s each.",
            other=_label(measured, leading[1]),
            **facts,
        )
    if len(leading) > 2:
        return gettext("No single answer was chosen most often.")
    if not measured.leads:
        return gettext(
            "Of the answers we can show, “%(answer)s” was chosen most often: %(figures)s.", **facts
        )
    if 2 * (first.count.count or 0) > base:
        return gettext("Most people chose “%(answer)s”: %(figures)s.", **facts)
    return gettext("“%(answer)s” was chosen most often: %(figures)s.", **facts)


def _figures(row: Row, base: int) -> str:
    facts = {"count": format_decimal(row.count.count or 0), "base": format_decimal(base)}
    if row.share is None:
        return gettext("%(count)s of %(base)s", **facts)
    return gettext(
        "%(count)s of %(base)s (%(share)s)", share=_per_cent(row.share.per_cent), **facts
    )


def _ends(measured: Measured) -> str:
    """What the ends of a scale mean."""
    low, high = measured.question.low_label, measured.question.high_label
    if measured.question.kind is not QuestionKind.RATING or not (low and high):
        return ""
    return gettext("0 means “%(low)s”, 10 means “%(high)s”.", low=spoken(low), high=spoken(high))


def _notes(measured: Measured, page: Page) -> list[str]:
    notes = []
    if page.show_when is not None:
        notes.append(gettext("Only people whose earlier answers led here were asked."))
    if measured.question.kind is QuestionKind.CHOICES:
        notes.append(gettext("People could choose more than one answer."))
    if measured.measure is not None and measured.measure.better is Better.LOWER:
        notes.append(gettext("Lower is better."))
    return notes


def _figure(measured: Measured) -> Figure | None:
    measure, top = measured.measure, measured.top
    if measure is not None and top is not None:
        low, high = _per_cent(100 * top.interval.lower), _per_cent(100 * top.interval.upper)
        counting = [option for option in measured.question.options if option.code in measure.top]
        chosen = [gettext("“%(answer)s”", answer=spoken(option.label)) for option in counting]
        meaning = gettext(
            "%(hits)s of %(given)s people chose %(answers)s. By chance alone, the true share "
            "could lie between %(low)s and %(high)s.",
            hits=format_decimal(top.hits),
            given=format_decimal(top.given),
            answers=format_list(chosen, "or", get_locale()),
            low=low,
            high=high,
        )
        between = gettext("between %(low)s and %(high)s", low=low, high=high)
        return Figure(spoken(measure.title), _per_cent(100 * top.share), meaning, between)
    if measure is not None and measured.mean is not None:
        return Figure(spoken(measure.title), _one_decimal(measured.mean), "", "")
    return None


def _line(measured: Measured, row: Row) -> Line:
    return Line(
        label=_label(measured, row),
        count=None if row.count.count is None else format_decimal(row.count.count),
        share=None if row.share is None else _per_cent(row.share.per_cent),
        quiet=row.key == UNKNOWN,
    )


def _label(measured: Measured, row: Row) -> str:
    if row.key == UNKNOWN:
        return gettext("I don’t know")
    if row.label is not None:
        return spoken(row.label)
    if row.low is None and row.high is None:
        return gettext("Any answer")
    if measured.question.kind is QuestionKind.MONTH:
        return _years(row.low, row.high)
    if row.low is None:
        return gettext("%(number)s or less", number=format_decimal(row.high or 0))
    if row.high is None:
        return gettext("%(number)s or more", number=format_decimal(row.low))
    low, high = format_decimal(row.low), format_decimal(row.high)
    return low if low == high else gettext("%(low)s to %(high)s", low=low, high=high)


def _years(low: int | None, high: int | None) -> str:
    if low is None:
        return gettext("%(year)s or before", year=(high or 0) // 100)
    if high is None:
        return gettext("%(year)s or later", year=low // 100)
    return str(low // 100)


def _chart(measured: Measured, anchor: str, sentence: str) -> Markup | None:
    if not measured.rows or not any(row.count.count for row in measured.rows):
        return None
    standing = measured.question.kind is QuestionKind.RATING
    rows = [row for row in measured.rows if not (standing and row.key == UNKNOWN)]
    # Eleven columns fit a phone when the per cent sign stands once, above them.
    unit = "%" if standing and any(row.share for row in rows) else ""
    return Markup(  # noqa: S704 -- the chart escapes what it is given
        (column_chart if standing else bar_chart)(
            [_bar(measured, row, in_per_cent=not standing) for row in rows],
            chart_id=f"chart-{anchor}",
            title=spoken(measured.question.ask),
            description=sentence,
            unit=unit,
            right_to_left=languages.direction(language()) == "rtl",
        )
    )


def _bar(measured: Measured, row: Row, *, in_per_cent: bool) -> Bar:
    label = _label(measured, row)
    if row.count.count is None:
        return Bar(label, None, gettext("hidden, small group"))
    if row.share is None:  # then no line of this question has one, as the base is too small
        return Bar(label, row.count.count, format_decimal(row.count.count))
    whole = row.share.per_cent
    return Bar(label, whole, _per_cent(whole) if in_per_cent else format_decimal(whole))


def _people(count: int) -> str:
    return ngettext("%(people)s person", "%(people)s people", count, people=format_decimal(count))


def _per_cent(whole: float) -> str:
    return str(format_percent(round(whole) / 100))


def _one_decimal(number: float) -> str:
    return str(format_decimal(number, "#,##0.#"))
