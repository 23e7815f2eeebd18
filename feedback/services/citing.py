"""What a paper may refer to: figures of its release, what was heard, promises and quotes.

A reference stands in the text in square brackets. Here it becomes what it stands for; which words
that makes is for the page. Nothing but a release gives a number of people.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from sqlalchemy.orm import Session

from feedback.analysis.claims import Known, Way
from feedback.analysis.measures import wilson_interval
from feedback.analysis.releasing import Counted
from feedback.analysis.trends import Span, State
from feedback.models.improvements import Commitment, Insight
from feedback.models.releases import Release, ReleasedTheme
from feedback.models.reports import Report
from feedback.queries import published, releases
from feedback.queries import reports as stored
from feedback.queries.reports import Cleared
from feedback.services import following, released
from feedback.services.released import Released
from feedback.services.series import Series, Spot
from feedback.vocabulary import Audience, Better

AUDIENCES = {
    "parents": Audience.PARENT,
    "young people": Audience.YOUNG_PERSON,
    "practitioners": Audience.PRACTITIONER,
    "everyone": Audience.EVERYONE,
}
MARK = 6  # letters that tell the quotes of one insight apart


class Of(StrEnum):
    """What a reference is to."""

    MEASURE = "measure"
    GROUP = "group"
    THEME = "theme"
    INSIGHT = "insight"
    PROMISE = "promise"
    QUOTE = "quote"
    BLOCK = "block"


class Show(StrEnum):
    """What of a measure or a theme a reference shows."""

    WHOLE = "whole"  # the value and of how many people
    VALUE = "value"
    PEOPLE = "people"
    FIRST = "first"
    PERIOD = "period"
    RANGE = "range"
    SENTENCE = "sentence"
    CHART = "chart"


class Standing(StrEnum):
    """Parts that write themselves from what is kept: each on a line of its own."""

    HEARD = "heard"
    LESS_SURE = "less sure"
    INSIGHTS = "insights"
    ACTIONS = "actions"
    WAYS = "face to face"


@dataclass(frozen=True)
class Figure:
    """A measure in the window of a paper.

    `series` is what its sentence rests on; `shown` has the periods of the window only, and is what
    is drawn.
    """

    released: Released
    series: Series
    shown: Series

    @property
    def latest(self) -> Spot | None:
        """The newest figure of the window."""
        return self.shown.last

    @property
    def figures(self) -> list[Spot]:
        """The figures of the window, oldest first."""
        return [spot for spot in self.shown.spots if spot.value is not None]


@dataclass(frozen=True)
class Cited:
    """What one reference stands for; what does not belong to its kind is None."""

    key: str
    of: Of
    known: Known
    show: Show = Show.WHOLE
    figure: Figure | None = None
    group: tuple[str, str, Counted] | None = None  # dimension, code, its people
    theme: ReleasedTheme | None = None
    insight: Insight | None = None
    promise: Commitment | None = None
    quote: Cleared | None = None
    block: Standing | None = None

    @property
    def stands_alone(self) -> bool:
        """It takes a line of its own."""
        return self.of in (Of.QUOTE, Of.BLOCK) or self.show is Show.CHART


@dataclass(frozen=True)
class Sources:
    """All that one paper may refer to."""

    release: Release | None
    figures: Mapping[str, Figure]
    themes: Mapping[tuple[str, Audience], ReleasedTheme]
    insights: Mapping[str, Insight]
    quotes: Mapping[tuple[str, str], Cleared]
    theme_names: Mapping[int, str] = field(default_factory=dict)

    @property
    def promises(self) -> dict[int, Commitment]:
        """What was promised for what was heard, by number."""
        return {each.id: each for one in self.insights.values() for each in one.commitments}

    def find(self, key: str) -> Cited | None:
        """What a reference stands for; None where it stands for nothing."""
        name, *parts = key.split(", ")
        parts = [part for part in parts if part != "latest"]
        kind, _, rest = name.partition(" ")
        if name in {each.value for each in Standing} and not parts:
            return Cited(key, Of.BLOCK, Known(about=key), block=Standing(name))
        if kind == "theme" and rest:
            return self._theme(key, rest, parts)
        if kind == "insight" and rest in self.insights and not parts:
            return Cited(key, Of.INSIGHT, Known(about=key), insight=self.insights[rest])
        if kind == "promise" and rest.isascii() and rest.isdigit() and not parts:
            found = self.promises.get(int(rest[:12]))
            return Cited(key, Of.PROMISE, Known(about=key), promise=found) if found else None
        if kind == "quote" and rest.count(" ") == 1 and not parts:
            code, mark = rest.split(" ")
            quote = self.quotes.get((code, mark))
            return Cited(key, Of.QUOTE, Known(about=key), quote=quote) if quote else None
        return self._measure(key, name, parts)

    def every(self) -> Iterator[Cited]:
        """Every reference there is, measures first."""
        keys: list[str] = []
        for name, figure in self.figures.items():
            shows = ["", ", value", ", people", ", first", ", period", ", range", ", sentence"]
            keys += [f"{name}{show}" for show in (*shows, ", chart")]
            for dimension, table in figure.released.groups.items():
                keys += [
                    f"{name}, {dimension} {code}" for code, cell in table.cells.items() if cell
                ]
        words = {audience: said for said, audience in AUDIENCES.items()}
        keys += [f"theme {code}, {words[audience]}" for code, audience in self.themes]
        keys += [f"insight {code}" for code in self.insights]
        keys += [f"promise {number}" for number in self.promises]
        keys += [f"quote {code} {mark}" for code, mark in self.quotes]
        keys += [each.value for each in Standing]
        for key in keys:
            if (found := self.find(key)) is not None:
                yield found

    def _measure(self, key: str, name: str, parts: Sequence[str]) -> Cited | None:
        figure = self.figures.get(name)
        if figure is None or len(parts) > 1:
            return None
        part = parts[0] if parts else Show.WHOLE.value
        dimension, _, code = part.partition(" ")
        if code:
            return self._group(key, figure, dimension, code)
        if part not in {each.value for each in Show} or figure.latest is None:
            return None
        return Cited(key, Of.MEASURE, _known(figure, Show(part)), Show(part), figure=figure)

    def _group(self, key: str, figure: Figure, dimension: str, code: str) -> Cited | None:
        table = figure.released.groups.get(dimension)
        counted = table.cells.get(code) if table else None
        if counted is None:
            return None
        share = None if counted.hits is None else counted.hits / counted.base
        ends = wilson_interval(counted.hits or 0, counted.base)
        known = Known(
            share,
            ends.lower if share is not None else None,
            ends.upper if share is not None else None,
            based=True,
            about=key,
        )
        return Cited(key, Of.GROUP, known, figure=figure, group=(dimension, code, counted))

    def _theme(self, key: str, code: str, parts: Sequence[str]) -> Cited | None:
        of = [each for each in self.themes if each[0] == code]
        said = [AUDIENCES[part] for part in parts if part in AUDIENCES]
        rest = [part for part in parts if part not in AUDIENCES]
        if rest not in ([], [Show.VALUE.value]) or len(said) > 1 or (not said and len(of) != 1):
            return None
        row = self.themes.get((code, said[0] if said else of[0][1]))
        if row is None:
            return None
        people, base = row.figures["people"], row.figures["of"]
        ends = wilson_interval(people, base)
        show = Show.VALUE if rest else Show.WHOLE
        known = Known(
            people / base, ends.lower, ends.upper, based=not rest, about=key.split(",")[0]
        )
        return Cited(key, Of.THEME, known, show, theme=row)


def sources_of(session: Session, report: Report, *, threshold: int | None = None) -> Sources:
    """All that a paper may refer to: its release and its window decide; `threshold` as below."""
    return sources(session, report.since, report.until, report.release, threshold=threshold)


def sources(
    session: Session,
    since: date,
    until: date,
    release: Release | None = None,
    *,
    threshold: int | None = None,
) -> Sources:
    """All that a paper about some days may refer to.

    Args:
        release: whose figures count; without one, the newest that counts no later day, or the
            newest there is, of which later periods are left out.
        threshold: people, for the public; quotes on what fewer people raised are left out.
            Without it none is left out.
    """
    release = release or stored.release_for(session, until) or releases.newest(session)
    measures = released.read(session, release, until=until) if release else []
    figures = {
        each.measure.name: _figure(each, since, until)
        for each in measures
        if each.series.last is not None
    }
    themes = {
        (each.theme.code, each.audience): each
        for each in (stored.themes(session, release.id) if release else ())
        if each.figures.get("people") and each.figures.get("of")
    }
    heard = {each.code: each for each in stored.insights(session, until)}
    many = set(heard) if threshold is None else raised_by_many(session, heard.values(), threshold)
    quotes = {
        (each.insight, mark_of(each)): each
        for each in stored.quotes(session)
        if each.insight in many
    }
    names = published.theme_names(session, {each.theme_id for each in themes.values()})
    return Sources(release, figures, themes, heard, quotes, names)


def raised_by_many(session: Session, insights: Iterable[Insight], threshold: int) -> set[str]:
    """Codes of the insights whose theme so many people raised that somebody's words may stand."""
    some = list(insights)
    found = following.raised(session, some, threshold=threshold)
    return {each.code for each in some if each.id in found}


def mark_of(quote: Cleared) -> str:
    """A few letters that tell a quote from the others of its insight, and lead to nobody."""
    whole = f"{quote.insight}-{quote.response_id}-{quote.question_id}"
    return sha256(whole.encode()).hexdigest()[:MARK]


def _figure(found: Released, since: date, until: date) -> Figure:
    groups = {
        dimension: table
        for dimension, table in found.groups.items()
        if since.isoformat() <= min(table.periods) and max(table.periods) <= until.isoformat()
    }
    return Figure(replace(found, groups=groups), found.series, _shown(found.series, since))


def _shown(series: Series, since: date) -> Series:
    """A series without the periods before a day; what it says is not worked out anew."""
    cut = sum(spot.period.first < since for spot in series.spots)
    if not cut:
        return series
    reading = series.reading
    if reading is not None:
        reading = replace(
            reading,
            spans=tuple(_moved(span, cut) for span in reading.spans if span.last > cut),
            states=reading.states[cut:],
            limits=reading.limits[cut:],
            since=None,
            moved=None,
        )
    return replace(
        series,
        spots=series.spots[cut:],
        reading=reading if cut < len(series.spots) else None,
        broken=[at - cut for at in series.broken if at > cut + 1],
        marks=[
            replace(each, position=each.position - cut)
            for each in series.marks
            if each.position > cut
        ],
        set_aside=frozenset(at - cut for at in series.set_aside if at > cut),
        older=True,
    )


def _moved(span: Span, cut: int) -> Span:
    return replace(span, first=max(1, span.first - cut), last=span.last - cut)


def _known(figure: Figure, show: Show) -> Known:
    """What a claim beside a measure can be judged by."""
    series = figure.series
    spot = figure.figures[0] if show is Show.FIRST else figure.latest
    shows_value = show in (Show.WHOLE, Show.VALUE, Show.FIRST, Show.SENTENCE)
    share = spot.value if spot and series.shares and shows_value else None
    ends = None
    if spot and share is not None and spot.people.count and spot.hits.count is not None:
        ends = wilson_interval(spot.hits.count, spot.people.count)
    return Known(
        share,
        ends.lower if ends else None,
        ends.upper if ends else None,
        based=show in (Show.WHOLE, Show.PEOPLE, Show.SENTENCE, Show.RANGE, Show.CHART),
        went=went(series),
        series=show not in (Show.PEOPLE, Show.PERIOD),
        higher_is_better=series.measure.better is Better.HIGHER,
        spread=show is Show.RANGE,
        about=series.measure.name,
    )


def went(series: Series) -> frozenset[Way] | None:
    """Where a series went by more than chance; None where that cannot be said."""
    reading = series.reading
    if reading is None or reading.now is None:
        return None
    if reading.now is State.COMMON:
        return frozenset({Way.UP, Way.DOWN}) if reading.moved else frozenset()
    good = Way.UP if series.measure.better is Better.HIGHER else Way.DOWN
    bad = Way.DOWN if good is Way.UP else Way.UP
    if reading.now is State.NEITHER:
        return frozenset({Way.UP, Way.DOWN})
    return frozenset({good if reading.now is State.IMPROVEMENT else bad})
