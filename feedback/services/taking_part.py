"""Finds what may be shown of who took part: each window beside all others that staff can choose."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from feedback.analysis.disclosure import Chosen
from feedback.analysis.periods import Period, periods, place_of
from feedback.analysis.profiles import NOT_IN_EDUCATION
from feedback.analysis.sheets import Sheet, Sheets, added, sheets_of
from feedback.models.profiles import Profile
from feedback.queries import profiles, tallies
from feedback.queries import taking_part as stored
from feedback.queries.taking_part import Asked
from feedback.services import trending
from feedback.vocabulary import Audience, PeriodKind, QuestionKind

# The ready question about people that says whether they are in education.
SETTING = "setting"


@dataclass(frozen=True)
class Window:
    """Whose answers count: all of them, or those of the school year that begins in a year.

    Everybody is looked at over all the time. For years of everybody, less those of each audience,
    there is no gate.
    """

    audience: Audience = Audience.EVERYONE
    year: int | None = None

    def __post_init__(self) -> None:
        """Refuse a year of everybody.

        Raises:
            ValueError: it is one.
        """
        if self.year is not None and self.audience is Audience.EVERYONE:
            raise ValueError("everybody is looked at over all the time")


@dataclass(frozen=True)
class Told:
    """What a window may show of a question, and the groups that could be chosen.

    `raw` are the answers where it may be known whether a group is small: of one audience over all
    the time. Of a year, or of several audiences, the other windows could show how small.
    """

    sheet: Sheet
    codes: Sequence[str]
    raw: Chosen | None = None

    def people_in(self, codes: Collection[str]) -> int | None:
        """How many are in some groups, for saying that they are few; None where nobody may know."""
        if self.raw is None:
            return None
        return sum(people for each, people in self.raw.items() if not each.isdisjoint(codes))


def years(session: Session) -> list[Period]:
    """The school years from the first answer to the last, oldest first."""
    days = tallies.first_and_last_day(session)
    if days is None:
        return []
    return periods(PeriodKind.SCHOOL_YEAR, *days, trending.reporting_year(session))


def told(session: Session, names: Sequence[str], window: Window, threshold: int) -> dict[str, Told]:
    """What a window may show, question by question.

    Args:
        names: of questions about people.
        threshold: people; a smaller group is hidden.
    """
    spans = years(session)
    answers = _by_year(session, names, window.audience, spans)
    if window.audience is not Audience.EVERYONE:
        sides = [_side(session, window.audience)]
    else:
        sides = [_side(session, each) for each in Audience]
        sides[-1] = _unsaid(sides)
    at = next((at for at, span in enumerate(spans) if span.first.year == window.year), None)
    found = {}
    for name in names:
        made = [
            (sheets, codes, people)
            for side in sides
            if (people := answers.get((name, side.audience)))
            for sheets, codes in [_sheets(name, side, people, threshold)]
        ]
        found[name] = _told(name, made, window, at)
    return found


@dataclass(frozen=True)
class _Side:
    """What one audience was asked, and the profiles that speak of it."""

    audience: Audience
    asked: Mapping[str, Asked]
    kept: Mapping[str, Profile]


def _side(session: Session, audience: Audience) -> _Side:
    kept = {each.dimension: each for each in profiles.for_audience(session, audience)}
    return _Side(audience, stored.asked(session, audience), kept)


def _unsaid(sides: Sequence[_Side]) -> _Side:
    """Those who do not say who they are: asked is what everybody is asked."""
    everybody = sides[-1]
    asked = {
        name: Asked(
            {
                code: label
                for code, label in each.groups.items()
                if all(name in side.asked and code in side.asked[name].groups for side in sides)
            },
            each.several,
        )
        for name, each in everybody.asked.items()
    }
    return _Side(everybody.audience, asked, everybody.kept)


def _by_year(
    session: Session, names: Sequence[str], audience: Audience, spans: Sequence[Period]
) -> dict[tuple[str, Audience], list[dict[frozenset[str], int]]]:
    """Question and audience → what people chose in each year, where anybody chose anything."""
    found: dict[tuple[str, Audience], list[dict[frozenset[str], int]]] = {}
    for (name, whom, day), people in stored.chosen(session, names, audience).items():
        at = place_of(spans, day)
        for codes, count in people.items():
            if at is None or count <= 0:
                continue
            year = found.setdefault((name, whom), [{} for _ in spans])[at]
            year[codes] = year.get(codes, 0) + count
    return found


def _sheets(
    name: str, side: _Side, people: Sequence[Chosen], threshold: int
) -> tuple[Sheets, list[str]]:
    """The sheets of one audience, and the groups that it could choose."""
    asked, profile = side.asked.get(name), side.kept.get(name)
    codes = list(asked.groups if asked else ())
    chosen = {code for year in people for each in year for code in each}
    codes += sorted(chosen.difference(codes))
    listed = [row.code for row in profile.rows] if profile else codes
    sheets = sheets_of(
        people,
        listed,
        threshold,
        others=[code for code in codes if code not in listed],
        apart=NOT_IN_EDUCATION if name == SETTING else (),
        several=may_be_several(name, asked),
    )
    return sheets, codes


def _told(
    name: str,
    made: Sequence[tuple[Sheets, list[str], Sequence[Chosen]]],
    window: Window,
    at: int | None,
) -> Told:
    codes = list(dict.fromkeys(code for _sheets, codes, _people in made for code in codes))
    if window.year is not None:
        sheet = made[0][0].years[at] if made and at is not None else Sheet()
        return Told(sheet, codes)
    sheet = added(sheets.whole for sheets, _codes, _people in made)
    if len(made) > 1:
        return Told(sheet, codes)
    raw: dict[frozenset[str], int] = {}
    for year in (year for _sheets, _codes, people in made for year in people):
        for each, count in year.items():
            raw[each] = raw.get(each, 0) + count
    return Told(sheet, codes, raw)


def may_be_several(name: str, asked: Asked | None) -> bool:
    """Whether one person may be in several groups of a question."""
    if asked:
        return asked.several
    from feedback.outputs.shorthand import bank  # reads files, which few pages do

    return bool(bank()["questions"][name]["kind"] == QuestionKind.CHOICES)
