"""Before and after in the page's language: sentences, tables and charts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, format_percent, gettext, ngettext
from markupsafe import Markup

from feedback import languages
from feedback.analysis import disclosure
from feedback.analysis.disclosure import Distribution
from feedback.outputs.charts import Bar, column_chart
from feedback.services.comparing import AtBest, Compared
from feedback.services.pairing import Programme
from feedback.vocabulary import Better
from feedback.web import comparing
from feedback.web.comparing import change_words, mean_words
from feedback.web.findings import spoken, tag_of
from feedback.web.frame import language


@dataclass(frozen=True)
class Row:
    """One line of means: who, how many, before, after, and the difference in words."""

    who: str
    people: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class Picture:
    """One chart with its heading and its sentence."""

    title: str
    sentence: str
    chart: Markup


@dataclass(frozen=True)
class Side:
    """One measure as the page shows it.

    `points` are the lines of the table under the charts: the number, how many gave it before,
    how many after; None where hidden.
    """

    name: str
    title: str
    tag: str
    sentence: str
    notes: Sequence[str]
    rows: Sequence[Row]
    pictures: Sequence[Picture]
    points: Sequence[tuple[str, str | None, str | None]]
    base: str


def headline(programme: Programme, threshold: int) -> str:
    """A series in two or three sentences."""
    people = programme.people.count
    if people is None:
        return gettext(
            "Fewer than %(threshold)s people have answered, so nothing is shown yet.",
            threshold=format_decimal(threshold),
        )
    sentences = [
        gettext(
            "%(people)s came to %(sessions)s.",
            people=people_words(people),
            sessions=sessions_words(programme.sessions),
        )
    ]
    for compared in programme.compared[:1]:
        pairs = compared.pairs.count
        if pairs is None:
            sentences.append(_too_few(threshold))
        else:
            sentences.append(
                ngettext(
                    "%(pairs)s could be matched.",
                    "%(pairs)s could be matched.",
                    pairs,
                    pairs=format_decimal(pairs),
                )
            )
        sentences += _averages(compared, half_matched=programme.half_matched)
    return " ".join(sentences)


def side(compared: Compared, threshold: int, *, half_matched: bool) -> Side:
    """One measure set side by side; where most cards are lost, everybody stands first."""
    title = spoken(compared.measure.title)
    pairs = compared.pairs.count
    return Side(
        name=compared.measure.name,
        title=title,
        tag=tag_of(compared.measure.title),
        sentence=" ".join(_averages(compared, half_matched=half_matched)) or _too_few(threshold),
        notes=_notes(compared),
        rows=_rows(compared)[:: 1 if half_matched else -1],
        pictures=_pictures(compared, title),
        points=_points(compared),
        base="" if pairs is None else people_words(pairs),
    )


def people_words(people: int) -> str:
    """ "12 people"."""
    return ngettext("%(people)s person", "%(people)s people", people, people=format_decimal(people))


def sessions_words(sessions: int) -> str:
    """ "3 sessions"."""
    return ngettext(
        "%(sessions)s session", "%(sessions)s sessions", sessions, sessions=format_decimal(sessions)
    )


def _too_few(threshold: int) -> str:
    return gettext(
        "Fewer than %(threshold)s could be matched with both numbers, so no change is shown.",
        threshold=format_decimal(threshold),
    )


def _averages(compared: Compared, *, half_matched: bool) -> list[str]:
    if compared.everybody and not half_matched:
        return [comparing.lost(compared.everybody)]
    if compared.before is None or compared.after is None or compared.change is None:
        return []
    return [comparing.averages(compared.before, compared.after, compared.change)]


def _rows(compared: Compared) -> list[Row]:
    rows = []
    if None not in (compared.before, compared.after, compared.change):
        rows.append(
            Row(
                gettext("The same people, matched by card"),
                format_decimal(compared.pairs.count or 0),
                mean_words(compared.before or 0),
                mean_words(compared.after or 0),
                change_words(compared.change or 0),
            )
        )
    if everybody := compared.everybody:
        rows.append(
            Row(
                gettext("Everybody, matched or not"),
                gettext(
                    "%(before)s before, %(after)s after",
                    before=format_decimal(everybody.people_before),
                    after=format_decimal(everybody.people_after),
                ),
                mean_words(everybody.before),
                mean_words(everybody.after),
                change_words(everybody.change),
            )
        )
    return rows


def _notes(compared: Compared) -> list[str]:
    notes = [*comparing.sure(compared), *comparing.strangers(compared.everybody, compared.agree)]
    if compared.ways is not None:
        notes += [*_ways(compared), *_ceiling(compared)]
    if later := compared.afterwards:
        notes.append(
            gettext(
                "%(people)s answered again three months later. They had said %(before)s before "
                "and %(after)s after, and now said %(later)s.",
                people=people_words(later.people),
                before=mean_words(later.before),
                after=mean_words(later.after),
                later=mean_words(later.later),
            )
        )
    if compared.measure.better is Better.LOWER:
        notes.append(gettext("Lower is better."))
    return notes


def _ways(compared: Compared) -> list[str]:
    """How many rose, stayed and fell, as far as it may be said."""
    cells = compared.ways.cells if compared.ways else {}
    found = {key: cell.count for key, cell in cells.items() if cell.count is not None}
    words = {
        "better": lambda n: ngettext(
            "%(people)s person gave a better number after.",
            "%(people)s people gave a better number after.",
            n,
            people=format_decimal(n),
        ),
        "same": lambda n: ngettext(
            "%(people)s person gave the same number.",
            "%(people)s people gave the same number.",
            n,
            people=format_decimal(n),
        ),
        "worse": lambda n: ngettext(
            "%(people)s person gave a worse number after.",
            "%(people)s people gave a worse number after.",
            n,
            people=format_decimal(n),
        ),
    }
    return [say(found[key]) for key, say in words.items() if key in found]


def _ceiling(compared: Compared) -> list[str]:
    """Who stood at the best end before could not rise: a mean alone does not say so."""
    best = "0" if compared.measure.better is Better.LOWER else "10"
    before, after, base = compared.best_before, compared.best_after, compared.pairs.count or 0
    if before is None:
        notes = [
            gettext(
                "How many already gave %(point)s before is not shown: it is a small group, or "
                "stands beside one.",
                point=format_decimal(int(best)),
            )
        ]
    else:
        notes = [
            gettext(
                "%(figures)s already gave %(point)s before: there was no room for them to grow.",
                figures=_figures(before, base),
                point=format_decimal(int(best)),
            )
        ]
    if after is not None:
        notes.append(
            gettext(
                "After, %(figures)s gave %(point)s: for them the scale can show no more.",
                figures=_figures(after, base),
                point=format_decimal(int(best)),
            )
        )
    return notes


def _figures(at: AtBest, base: int) -> str:
    return gettext(
        "%(count)s of %(base)s (%(share)s)",
        count=format_decimal(at.count),
        base=format_decimal(base),
        share=_per_cent(at.share.per_cent),
    )


def _pictures(compared: Compared, title: str) -> list[Picture]:
    if compared.points is None:
        return []
    headings = (gettext("Before"), gettext("After"))
    shares = [_shares(points) for points in compared.points]
    full = max((value for each in shares for value in each if value is not None), default=0) or None
    pictures = []
    for at, (heading, points, values) in enumerate(
        zip(headings, compared.points, shares, strict=True)
    ):
        sentence = _most(points)
        chart = column_chart(
            [_bar(key, value) for key, value in zip(points.cells, values, strict=True)],
            chart_id=f"chart-{compared.measure.name}-{at}",
            title=f"{title}: {heading}",
            description=sentence,
            unit="%" if _in_per_cent(points) else "",
            full=full,
            right_to_left=languages.direction(language()) == "rtl",
        )
        pictures.append(Picture(heading, sentence, Markup(chart)))  # noqa: S704 -- it escapes
    return pictures


def _in_per_cent(points: Distribution) -> bool:
    return (points.base.count or 0) >= disclosure.SHARE_NEEDS


def _shares(points: Distribution) -> list[int | None]:
    """Each point's height: its share, or its count where shares would say too much."""
    values: list[int | None] = []
    for cell in points.cells.values():
        share = disclosure.share(cell, points.base)
        values.append(cell.count if share is None else share.per_cent)
    return values


def _bar(key: str, value: int | None) -> Bar:
    label = format_decimal(int(key))
    if value is None:
        return Bar(label, None, gettext("hidden, small group"))
    return Bar(label, value, format_decimal(value))


def _most(points: Distribution) -> str:
    shown = {key: cell.count for key, cell in points.cells.items() if cell.count}
    if not shown:
        return gettext("The groups are too small to show who chose what.")
    key, count = max(shown.items(), key=lambda item: item[1])
    return gettext(
        "Of the numbers we can show, %(point)s was given most often: %(count)s of %(base)s.",
        point=format_decimal(int(key)),
        count=format_decimal(count),
        base=format_decimal(points.base.count or 0),
    )


def _points(compared: Compared) -> list[tuple[str, str | None, str | None]]:
    if compared.points is None:
        return []
    before, after = compared.points
    return [
        (format_decimal(int(key)), _count(before, key), _count(after, key)) for key in before.cells
    ]


def _count(points: Distribution, key: str) -> str | None:
    count = points.cells[key].count
    return None if count is None else str(format_decimal(count))


def _per_cent(whole: int) -> str:
    return str(format_percent(whole / 100))
