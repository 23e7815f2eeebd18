"""Keeps the profiles of an area, and sets those who took part beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from feedback.analysis import profiles as analysis
from feedback.analysis.disclosure import Distribution
from feedback.analysis.profiles import Comparison, NotInEducation, NoWeights, Weighed
from feedback.models.profiles import Profile, ProfileRow
from feedback.queries import profiles
from feedback.queries import taking_part as stored
from feedback.queries.taking_part import Asked
from feedback.services import audit, taking_part
from feedback.services.taking_part import SETTING, Told, Window
from feedback.vocabulary import ABOUT, Audience

AGES = ("age_band",)

Labels = Mapping[str, Mapping[str, Any]]  # group → its words in languages


@dataclass(frozen=True)
class Dimension:
    """One question about people: who took part, beside the profile where there is one.

    `unlisted` are groups that surveys offer and the profile does not have.
    """

    name: str
    labels: Labels
    several: bool
    seen: Distribution
    profile: Profile | None = None
    compared: Comparison | None = None
    unlisted: Sequence[str] = ()


@dataclass(frozen=True)
class Heard:
    """Who was heard and who was not; `unasked` are questions without answers or profile."""

    dimensions: Sequence[Dimension]
    not_in_education: NotInEducation
    unasked: Sequence[str]


def heard(session: Session, window: Window, threshold: int) -> Heard:
    """Who took part, question by question, with small groups hidden.

    Args:
        threshold: people; a smaller group is hidden, so that no other window gives it back.
    """
    asked = stored.asked(session, window.audience)
    kept = {each.dimension: each for each in profiles.for_audience(session, window.audience)}
    there = [name for name in ABOUT if name in asked or name in kept]
    told = taking_part.told(session, there, window, threshold)
    found, left_out = [], analysis.NotInEducation(False, None, 0, few=True)
    for name in there:
        each = _dimension(name, asked.get(name), kept.get(name), told[name])
        found.append(each)
        if name == SETTING and name in asked:
            left_out = analysis.not_in_education(
                told[name].sheet,
                asked[name].groups,
                threshold,
                told[name].people_in(analysis.NOT_IN_EDUCATION),
            )
    return Heard(found, left_out, [name for name in ABOUT if name not in there])


def _dimension(name: str, asked: Asked | None, profile: Profile | None, told: Told) -> Dimension:
    several = taking_part.may_be_several(name, asked)
    labels = _labels(name, asked, [row.code for row in profile.rows] if profile else ())
    offered = list(dict.fromkeys([*(asked.groups if asked else ()), *told.codes]))
    if profile is None:
        return Dimension(name, labels, several, told.sheet.seen(offered))
    seen = told.sheet.seen([row.code for row in profile.rows])
    compared = analysis.compare(seen, as_read(profile), several=several)
    unlisted = [code for code in offered if code not in seen.cells]
    return Dimension(name, labels, several, seen, profile, compared, unlisted)


def weighing(session: Session, window: Window, names: Sequence[str], threshold: int) -> Weighed:
    """What weighting to one profile, or to two at once, would change.

    Args:
        names: of the questions; each has a profile for the audience.

    Raises:
        ValueError: one has none, or they are not one or two.
    """
    found = [profiles.one(session, name, window.audience) for name in names]
    kept = [profile for profile in found if profile is not None]
    if len(kept) != len(names) or len(names) not in (1, 2) or len(set(names)) != len(names):
        raise ValueError("weights need one profile or two")
    asked = stored.asked(session, window.audience)
    if any(taking_part.may_be_several(name, asked.get(name)) for name in names):
        return Weighed((NoWeights.SEVERAL,))
    told = taking_part.told(session, names, window, threshold)
    shown = [told[each.dimension].sheet.seen([row.code for row in each.rows]) for each in kept]
    if any(each.any_hidden for each in shown):
        return Weighed((NoWeights.HIDDEN,))
    if len(names) == 1:
        counts: Mapping[tuple[str, ...], int]
        counts = {(code,): cell.count or 0 for code, cell in shown[0].cells.items()}
        return analysis.weights_of(counts, [as_read(each) for each in kept], threshold)
    if window.year is not None or window.audience is Audience.EVERYONE:
        return Weighed((NoWeights.TOGETHER,))
    people = stored.people_by_both(session, names[0], names[1], window.audience)
    if _leaves_few(people, shown, threshold):
        return Weighed((NoWeights.HIDDEN,))
    return analysis.weights_of(people, [as_read(each) for each in kept], threshold)


def _leaves_few(
    people: Mapping[tuple[str, ...], int], shown: Sequence[Distribution], threshold: int
) -> bool:
    """Whether a group that is shown, less those of it who are weighted, is small."""
    weighted = {
        both: count
        for both, count in people.items()
        if all(code in each.cells for code, each in zip(both, shown, strict=True))
    }
    for at, each in enumerate(shown):
        for code, cell in each.cells.items():
            inside = sum(count for both, count in weighted.items() if both[at] == code)
            if 0 < (cell.count or 0) - inside < threshold:
                return True
    return False


def groups_of(session: Session, name: str, audience: Audience) -> Labels:
    """The groups that a profile of a question can have: as surveys ask it, or as the bank does."""
    return _labels(name, stored.asked(session, audience).get(name))


def _labels(name: str, asked: Asked | None, codes: Sequence[str] = ()) -> Labels:
    found = dict(asked.groups) if asked else _ready(name)
    if lost := [code for code in codes if code not in found]:
        ready = _ready(name)
        found |= {code: ready.get(code, {}) for code in lost}
    return found


def _ready(name: str) -> dict[str, Mapping[str, Any]]:
    from feedback.outputs.shorthand import bank  # reads files, which few pages do

    return {each["code"]: each["label"] for each in bank()["questions"][name]["options"]}


def as_read(profile: Profile) -> analysis.Profile:
    """A kept profile as the analysis takes it."""
    groups = (analysis.Group(row.code, row.people, row.share) for row in profile.rows)
    return analysis.Profile(
        profile.dimension,
        profile.audience,
        tuple(groups),
        profile.source,
        profile.counted_on,
        profile.base,
    )


# Keeping them


@dataclass(frozen=True)
class Facts:
    """What a profile says."""

    dimension: str
    audience: Audience
    groups: Sequence[analysis.Group]
    source: str
    day: date
    base: int


def keep(session: Session, facts: Facts, *, by: int, now: datetime) -> Profile:
    """Keep a profile; one of the same question and audience gives way to it."""
    there = profiles.one(session, facts.dimension, facts.audience, lock=True)
    kept = put(session, facts, there, by=by, now=now)
    if there is None:
        audit.note(session, by, "keep profile", _subject(kept), now=now)
    else:
        audit.note(session, by, "replace profile", _subject(kept), now=now)
    return kept


def put(
    session: Session, facts: Facts, there: Profile | None, *, by: int | None, now: datetime
) -> Profile:
    """Write a profile down, in the place of one that is there; the record is not told."""
    kept = there or Profile(dimension=facts.dimension, audience=facts.audience, rows=[])
    kept.source, kept.counted_on, kept.base = facts.source, facts.day, facts.base
    kept.user_id, kept.kept_at = by, now
    kept.rows.clear()
    session.add(kept)
    session.flush()  # the old groups go before the new ones come
    kept.rows += [
        ProfileRow(code=group.code, position=at, people=group.people, share=group.share)
        for at, group in enumerate(facts.groups, start=1)
    ]
    session.flush()
    return kept


def remove(session: Session, profile: Profile, *, by: int, now: datetime) -> None:
    """Take a profile out; who took part is still shown, without it."""
    subject = _subject(profile)
    session.delete(profile)
    audit.note(session, by, "remove profile", subject, now=now)


def _subject(profile: Profile) -> str:
    return f"profile {profile.dimension} {profile.audience}"
