"""What themes come to: shares of people, which way they feel, and whether a theme really grew.

All of it leaves through the one gate. Figures rest on the newest finished run and on people's
word; where the codebook has changed since, they say so, and rounds are not compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from feedback.analysis import agreement, disclosure, measures
from feedback.analysis.agreement import Agreement
from feedback.analysis.disclosure import HIDDEN, Distribution, Share, Shown
from feedback.analysis.measures import Interval
from feedback.analysis.theme_change import ThemeChange, theme_change
from feedback.models.themes import ThemeWording, ThemingRun
from feedback.queries import codebooks as books
from feedback.queries import coding, theme_counts
from feedback.queries import themes as runs
from feedback.queries.theme_counts import SIDES, Scope
from feedback.services import codebooks
from feedback.vocabulary import Audience

PRECISE = 0.8  # of a theme's suggestions must be right before its share is shown outside
NOTHING = "nothing"  # beside the numbers of themes
CHECKED = 10  # suggestions that people looked at; fewer show nothing


@dataclass(frozen=True)
class Checked:
    """How good the machine is at one theme, on comments that people read.

    `put` is how many of those it put the theme on, `right` how many of those people agreed with,
    `there` on how many people put it.
    """

    comments: int
    put: int
    right: int
    there: int

    @property
    def precision(self) -> float | None:
        """Right of those put, 0 to 1."""
        return self.right / self.put if self.put else None

    @property
    def recall(self) -> float | None:
        """Right of those that were there, 0 to 1."""
        return self.right / self.there if self.there else None

    @property
    def precise(self) -> bool:
        """Shown to be right often enough to be charted outside."""
        return self.put >= CHECKED and (self.precision or 0) >= PRECISE

    @property
    def interval(self) -> Interval:
        """Of the precision; 95%."""
        return measures.wilson_interval(self.right, self.put)


@dataclass(frozen=True)
class Line:
    """One theme: how many people raised it, of how many, which way, and whether it grew."""

    theme: ThemeWording
    count: Shown
    share: Share | None
    interval: Interval | None  # 95%, proportions
    sides: Distribution
    checked: Checked
    change: ThemeChange | None


@dataclass(frozen=True)
class Figures:
    """All themes in one scope.

    `stale` says that the codebook has changed since the run: figures are of the old version, and
    rounds are not compared until the comments are read again.
    """

    run: ThemingRun
    base: Shown
    lines: Sequence[Line]
    nothing_fits: Shown
    stale: bool
    newer: int  # comments that came after the run


def figures(
    session: Session, scope: Scope, *, threshold: int, weeks: int | None, now: datetime
) -> Figures | None:
    """Every theme's figures; None while the machine has read nothing yet.

    Args:
        scope: whose comments count.
        threshold: people; a smaller group is hidden.
        weeks: length of the two rounds that are compared; None compares nothing.
    """
    run = runs.run(session, scope.run_id)
    current = codebooks.current(session)
    if run is None or current is None:
        return None
    stale = current.version.id != run.version_id
    wordings = books.wordings(session, run.version_id)
    base = sum(theme_counts.people(session, scope).values())
    raised = theme_counts.raised(session, scope)
    sides = {each.theme_id: _together(raised.get(each.theme_id, {})) for each in wordings}
    counts = {str(number): sum(of.values()) for number, of in sides.items()}
    standing = [
        each
        for each, as_ in books.resolved(session, run.version.codebook_id).items()
        if as_ in sides
    ]
    counts[NOTHING] = base - theme_counts.with_any(session, scope, standing)
    shown = disclosure.hide_choices(counts, base, threshold)
    changes = _changes(session, scope, wordings, weeks, now) if weeks and not stale else {}
    lines = [
        _line(
            each, shown, sides[each.theme_id], threshold, checked_of(run, each.theme.code), changes
        )
        for each in wordings
    ]
    return Figures(
        run=run,
        base=shown.base,
        lines=sorted(lines, key=lambda line: (-(line.count.count or 0), line.theme.position)),
        nothing_fits=shown.cells[NOTHING],
        stale=stale,
        newer=max(0, runs.comment_count(session) - run.total),
    )


def _together(by_audience: Mapping[Audience, Mapping[str, int]]) -> dict[str, int]:
    return {side: sum(each[side] for each in by_audience.values()) for side in SIDES}


def _line(
    theme: ThemeWording,
    shown: Distribution,
    sides: Mapping[str, int],
    threshold: int,
    checked: Checked,
    changes: Mapping[int, ThemeChange],
) -> Line:
    count = shown.cells[str(theme.theme_id)]
    known = count.count is not None and shown.base.count is not None
    return Line(
        theme=theme,
        count=count,
        share=disclosure.share(count, shown.base),
        interval=measures.wilson_interval(count.count or 0, shown.base.count or 0)
        if known
        else None,
        sides=disclosure.hide_counts(sides, threshold)
        if known
        else Distribution(dict.fromkeys(SIDES, HIDDEN), HIDDEN),
        checked=checked,
        change=changes.get(theme.theme_id) if known else None,
    )


def _changes(
    session: Session,
    scope: Scope,
    wordings: Sequence[ThemeWording],
    weeks: int,
    now: datetime,
) -> dict[int, ThemeChange]:
    """What became of each theme from the round before to the last one."""
    edges = _edges(weeks, 2, now)
    first, last = theme_counts.people_by_round(session, scope, edges)
    raised = theme_counts.raised_by_round(session, scope, edges)
    counts = {each.theme_id: raised.get(each.theme_id, [0, 0]) for each in wordings}
    found = theme_change(
        {str(number): before for number, (before, _) in counts.items()},
        first,
        {str(number): after for number, (_, after) in counts.items()},
        last,
    )
    return {number: found[str(number)] for number in counts}


def _edges(weeks: int, number: int, now: datetime) -> list[datetime]:
    """Where the last rounds of so many weeks begin and end, oldest first."""
    return [now - timedelta(weeks=weeks * at) for at in range(number, -1, -1)]


def checked_of(run: ThemingRun, code: str) -> Checked:
    """How good a run is at a theme: as it has learned, or by the words where it has not."""
    told = run.quality.get("learned") or run.quality.get("words") or {}
    each = told.get("themes", {}).get(code, {"put": 0, "right": 0, "there": 0})
    return Checked(told.get("comments", 0), each["put"], each["right"], each["there"])


def together(told: Mapping[str, Any]) -> Checked:
    """All themes of a kept quality as one."""
    every = list(told.get("themes", {}).values())
    sums = {key: sum(each[key] for each in every) for key in ("put", "right", "there")}
    return Checked(told.get("comments", 0), **sums)


@dataclass(frozen=True)
class OfAudience:
    """How many people of one audience raised a theme, of how many."""

    audience: Audience
    count: Shown
    base: Shown
    share: Share | None


@dataclass(frozen=True)
class Round:
    """How many people raised a theme in one span of weeks."""

    since: datetime
    before: datetime
    count: Shown
    base: Shown
    share: Share | None


def by_audience(
    session: Session, scope: Scope, theme_ids: Sequence[int], *, threshold: int
) -> list[OfAudience]:
    """One theme, audience by audience, through the gate.

    Args:
        theme_ids: the theme and those that are read as it.
    """
    bases = theme_counts.people(session, scope)
    found = theme_counts.raised(session, scope, theme_ids)
    raised = next(iter(found.values()), {})  # all are read as the one theme
    audiences = [each for each in Audience if each in bases]
    if not audiences:
        return []
    table = []
    for each in audiences:
        with_it = sum(raised.get(each, {}).values())
        table.append([with_it, bases[each] - with_it])
    shown = disclosure.hide_table(table, threshold)
    return [
        OfAudience(each, cells[0], total, disclosure.share(cells[0], total))
        for each, cells, total in zip(audiences, shown.cells, shown.row_totals, strict=True)
    ]


def rounds(
    session: Session,
    scope: Scope,
    theme_ids: Sequence[int],
    *,
    weeks: int,
    number: int,
    threshold: int,
    now: datetime,
) -> list[Round]:
    """One theme in the last rounds, oldest first, each through the gate.

    Args:
        theme_ids: the theme and those that are read as it.
    """
    edges = _edges(weeks, number, now)
    bases = theme_counts.people_by_round(session, scope, edges)
    raised = theme_counts.raised_by_round(session, scope, edges, theme_ids)
    counts = [sum(each) for each in zip(*raised.values(), strict=True)] or [0] * number
    found = []
    for since, before, count, base in zip(edges, edges[1:], counts, bases, strict=False):
        shown = disclosure.hide_choices({"it": count}, base, threshold)
        cell = shown.cells["it"]
        found.append(Round(since, before, cell, shown.base, disclosure.share(cell, shown.base)))
    return found


def agreement_on(session: Session, theme_ids: Sequence[int]) -> Agreement:
    """How far two people agree whether comments are about a theme."""
    wanted = set(theme_ids)
    table = [[0, 0], [0, 0]]
    for one, two in coding.read_twice(session):
        table[not (one & wanted)][not (two & wanted)] += 1
    return agreement.kappa(table)
