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
from feedback.queries import profiles, taking_part
from feedback.queries.taking_part import Asked
from feedback.services import audit
from feedback.vocabulary import ABOUT, Audience, QuestionKind

# The ready questions about people that a source may have figures for, in the order of the page.
SETTING = "setting"  # says where a child learns, and so whether they are in education
AGES = ("age_band",)

Labels = Mapping[str, Mapping[str, Any]]  # group → its words in languages


@dataclass(frozen=True)
class Window:
    """Whose answers count, and from when to when."""

    audience: Audience = Audience.EVERYONE
    since: datetime | None = None
    before: datetime | None = None


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
        threshold: people; a smaller group is hidden.
    """
    asked = taking_part.asked(session, window.audience)
    kept = {each.dimension: each for each in profiles.for_audience(session, window.audience)}
    found, left_out = [], analysis.NotInEducation(False, None, 0, few=True)
    for name in ABOUT:
        if name not in asked and name not in kept:
            continue
        counted = _counted(session, name, asked.get(name), window)
        each = _dimension(
            session, name, asked.get(name), kept.get(name), counted, window, threshold
        )
        found.append(each)
        if name == SETTING and name in asked:
            left_out = analysis.not_in_education(counted, each.seen, threshold)
    there = {each.name for each in found}
    return Heard(found, left_out, [name for name in ABOUT if name not in there])


def _counted(session: Session, name: str, asked: Asked | None, window: Window) -> dict[str, int]:
    """People by group, each offered group with its zero."""
    people = taking_part.people_by_group(session, name, **_kept_to(window))
    return {**dict.fromkeys(asked.groups if asked else (), 0), **people}


def _dimension(
    session: Session,
    name: str,
    asked: Asked | None,
    profile: Profile | None,
    counted: Mapping[str, int],
    window: Window,
    threshold: int,
) -> Dimension:
    several = may_be_several(name, asked)
    answered = taking_part.people_answering(session, name, **_kept_to(window)) if several else None
    apart = analysis.NOT_IN_EDUCATION if name == SETTING else ()
    labels = _labels(name, asked, [row.code for row in profile.rows] if profile else ())
    if profile is None:
        seen = analysis.took_part(counted, threshold, answered=answered, apart=apart)
        return Dimension(name, labels, several, seen)
    compared = analysis.compare(
        counted, as_read(profile), threshold, answered=answered, apart=apart
    )
    seen = Distribution({line.group: line.heard for line in compared.lines}, compared.base)
    unlisted = [code for code in asked.groups if code not in seen.cells] if asked else []
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
    asked = taking_part.asked(session, window.audience)
    if any(may_be_several(name, asked.get(name)) for name in names):
        return Weighed((NoWeights.SEVERAL,))
    people: Mapping[tuple[str, ...], int]
    if len(names) == 1:
        counts = taking_part.people_by_group(session, names[0], **_kept_to(window))
        people = {(code,): count for code, count in counts.items()}
    else:
        people = taking_part.people_by_both(session, *names, **_kept_to(window))
    return analysis.weights_of(people, [as_read(each) for each in kept], threshold)


def groups_of(session: Session, name: str, audience: Audience) -> Labels:
    """The groups that a profile of a question can have: as surveys ask it, or as the bank does."""
    return _labels(name, taking_part.asked(session, audience).get(name))


def _labels(name: str, asked: Asked | None, codes: Sequence[str] = ()) -> Labels:
    found = dict(asked.groups) if asked else _ready(name)
    if lost := [code for code in codes if code not in found]:
        ready = _ready(name)
        found |= {code: ready.get(code, {}) for code in lost}
    return found


def _ready(name: str) -> dict[str, Mapping[str, Any]]:
    from feedback.outputs.shorthand import bank  # reads files, which few pages do

    return {each["code"]: each["label"] for each in bank()["questions"][name]["options"]}


def may_be_several(name: str, asked: Asked | None) -> bool:
    """Whether one person may be in several groups of a question."""
    if asked:
        return asked.several
    from feedback.outputs.shorthand import bank

    return bool(bank()["questions"][name]["kind"] == QuestionKind.CHOICES)


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


def _kept_to(window: Window) -> dict[str, Any]:
    return {"audience": window.audience, "since": window.since, "before": window.before}


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
