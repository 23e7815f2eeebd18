"""Figures for everybody: what stands in a release, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.analysis import disclosure
from feedback.analysis.releasing import RULES, GroupTable
from feedback.models.releases import Release
from feedback.outputs import tables
from feedback.queries import releases as stored
from feedback.services import released
from feedback.services.released import Released
from feedback.vocabulary import PeriodKind
from feedback.web import clearing, credited, findings, metric_card, trend_words
from feedback.web.access import public
from feedback.web.frame import db, parts
from feedback.web.trend_words import number_words

bp = Blueprint("figures", __name__, url_prefix="/figures")

CYCLE = PeriodKind.CYCLE
_NUMBER = "<int(max=2147483647):number>"


@dataclass(frozen=True)
class Group:
    """One line in a table of groups; what is None is hidden."""

    name: str
    people: str | None
    value: str | None


@bp.get("/")
@public
def newest() -> ResponseReturnValue:
    """The newest release."""
    release = stored.newest(db())
    if release is None:
        return render_template("public/figures_none.html")
    return redirect(url_for(".release", number=release.number))


@bp.get(f"/{_NUMBER}")
@public
def release(number: int) -> ResponseReturnValue:
    """All measures of one release."""
    found = _release(number)
    measures = released.read(db(), found)
    told = [
        trend_words.told(each.series, CYCLE, small=True)
        for each in measures
        if each.series.last is not None
    ]
    newest = stored.newest(db())
    return render_template(
        "public/figures.html",
        release=found,
        newest=newest.number if newest else number,
        moved=[each for each in told if each.standing == "moved"],
        still=[each for each in told if each.standing != "moved"],
        without=_without_yes(found, measures),
        rules=gettext(RULES, threshold=parts().settings.threshold_public),
        threshold=parts().settings.threshold_public,
        **clearing.asked(clearing.FIGURES),
    )


@bp.get(f"/{_NUMBER}/<name>")
@public
def measure(number: int, name: str) -> ResponseReturnValue:
    """One measure of one release: sentence, chart, table, groups, and what the figure is."""
    found = _release(number)
    each = _measure(found, name)
    return render_template(
        "public/figure.html",
        release=found,
        name=name,
        title=findings.kept(each.measure.title).words,
        series=each.series,
        told=trend_words.told(each.series, CYCLE),
        card=metric_card.card(each.series),
        credits=credited.credits(db(), [each.measure.id]),
        without=_without_yes(found, [each]),
        groups=[
            (
                str(trend_words.DIMENSION_WORDS[dimension]),
                trend_words.days_words(table.periods),
                _groups(dimension, table, each),
            )
            for dimension, table in each.groups.items()
        ],
        rules=gettext(RULES, threshold=parts().settings.threshold_public),
        threshold=parts().settings.threshold_public,
        **clearing.asked(f"{clearing.FIGURES}{name}"),
    )


@bp.get(f"/{_NUMBER}/<name>.csv")
@public
def table(number: int, name: str) -> ResponseReturnValue:
    """The figures of one measure as a file: periods with their base, rounded as on the page."""
    found = _release(number)
    each = _measure(found, name)
    headers = ["release", "measure", "first_day", "last_day", "people_about", "value", "unit"]
    unit = "per cent" if each.series.shares else "mean"
    rows: list[list[str | int | float]] = [
        [
            found.number,
            name,
            spot.period.first.isoformat(),
            spot.period.last.isoformat(),
            disclosure.rounded(spot.people.count or 0),
            round(100 * spot.value) if each.series.shares else round(spot.value, 1),
            unit,
        ]
        for spot in each.series.spots
        if spot.value is not None
    ]
    reply = make_response(tables.csv_bytes(headers, rows))
    reply.headers["Content-Type"] = "text/csv; charset=utf-8"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}-{found.number}.csv"'
    return reply


def _days(release: Release, measures: Sequence[Released]) -> tuple[date, date]:
    """The first and the last day that some figures count."""
    first = [each.series.spots[0].period.first for each in measures if each.series.spots]
    return min(first, default=release.until), release.until


def _without_yes(release: Release, measures: Sequence[Released]) -> list[str]:
    names = [each.measure.name for each in measures]
    return credited.without_yes(db(), names, *_days(release, measures))


def _release(number: int) -> Release:
    found = stored.done(db(), number)
    if found is None:
        abort(404)
    return found


def _measure(found: Release, name: str) -> Released:
    each = next((each for each in released.read(db(), found) if each.measure.name == name), None)
    if each is None or each.series.last is None:
        abort(404)
    return each


def _groups(dimension: str, table: GroupTable, of: Released) -> list[Group]:
    names = {code: findings.kept(label).words for code, label in of.names[dimension].items()}
    lines = []
    for code, figure in table.cells.items():
        name = names.get(code, gettext("Did not say"))
        if figure is None:
            lines.append(Group(name, None, None))
            continue
        total = figure.total if figure.hits is None else figure.hits
        value = (total or 0) / figure.base
        said = trend_words.value_words(of.series, value)
        lines.append(Group(name, number_words(figure.base, rounded=True), said))
    return lines
