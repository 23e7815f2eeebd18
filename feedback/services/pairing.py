"""Before and after: what a session, or a whole series of them, changed; small groups hidden.

Who reads one session is its trainer; who reads the series sees all sessions. So the same session
may say more to its trainer than to an officer, who could take it away from the total: decision
0018 says why. Cards themselves never leave this module.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from sqlalchemy.orm import Session

from feedback.analysis import disclosure
from feedback.analysis.disclosure import Shown
from feedback.analysis.measures import mean
from feedback.analysis.pairing import Matched, together
from feedback.errors import GroupTooSmall
from feedback.models.events import Event, Series
from feedback.queries import pairing
from feedback.queries.pairing import Scope, Written
from feedback.queries.surveys import Editions
from feedback.questionnaire import Measure, Question
from feedback.services.comparing import Compared, compare
from feedback.services.counting import gated, question_counted
from feedback.services.matching import Forms, read_forms
from feedback.services.measuring import Part as Counted
from feedback.vocabulary import Part, QuestionKind

MOST_WORDS = 300  # comments on one question; a page of more is not read to its end


@dataclass(frozen=True)
class Heard:
    """What people wrote to one question, in no order; none where too few wrote."""

    question: Question
    people: Shown
    said: Sequence[Written]


@dataclass(frozen=True)
class Moved:
    """The mean change of one session on one measure; None where it may not be shown.

    `beside` says that there are enough pairs, and that a smaller session could be worked out.
    """

    measure: Measure
    change: float | None  # points
    beside: bool


@dataclass(frozen=True)
class SessionReport:
    """All that a trainer sees of a session: three counts, the mean changes, the words."""

    before: Shown
    after: Shown
    matched: Shown
    asked: bool
    moved: Sequence[Moved] = ()
    heard: Sequence[Heard] = ()


@dataclass(frozen=True)
class Sitting:
    """One session in the list: how many came, and how many could be matched with both numbers."""

    event: Event
    people: int
    pairs: int


@dataclass(frozen=True)
class Programme:
    """A series as a whole. Nothing but `people` is to be shown while that is hidden.

    `sittings` are the sessions that may stand in a list by themselves; all others are `pooled`.
    """

    sessions: int
    people: Shown
    cards: Matched = field(default_factory=Matched)
    compared: Sequence[Compared] = ()
    sittings: Sequence[Sitting] = ()
    pooled: int = 0
    pooled_people: int = 0
    pooled_pairs: int = 0
    counted: Mapping[Part, Counted] = field(default_factory=dict)
    half_matched: bool = True


def session_report(
    session: Session,
    event: Event,
    editions: Editions,
    threshold: int,
    *,
    own: bool = False,
    with_words: bool = False,
    chance: Random,
) -> SessionReport:
    """What one session changed.

    Args:
        threshold: people; a smaller group is hidden.
        own: the reader is the trainer, who sees neither other sessions nor the series. For all
            others a change is also hidden where it would give a smaller session's back.
        with_words: whether the reader may read what people wrote.
        chance: mixes the order of what they wrote.
    """
    scope = Scope(event_id=event.id)
    read = read_forms(session, scope, editions)
    mine = read.matched(event.id)
    wider = read
    if not own and event.series_id is not None:
        wider = read_forms(session, Scope(series_id=event.series_id), editions)
    moved = []
    for measure, _question in read.measures.values():
        pairs = wider.pairs_by_event(measure.name)
        own_pairs = read.matched(event.id, measure.name).pairs
        enough = len(own_pairs) >= threshold
        shown = enough and (own or event.id in _alone(pairs, threshold))
        change = mean(after - before for before, after in own_pairs) if shown else None
        moved.append(Moved(measure, change, enough))
    return SessionReport(
        before=gated(mine.before.forms, threshold),
        after=gated(mine.after.forms, threshold),
        matched=gated(mine.matched, threshold),
        asked=bool(pairing.asks(session, scope)),
        moved=moved,
        heard=_heard(session, scope, read, (Part.AFTER,), threshold, chance) if with_words else (),
    )


def programme(session: Session, series: Series, editions: Editions, threshold: int) -> Programme:
    """What all sessions of a series changed together.

    Args:
        threshold: people; a smaller group is hidden.
    """
    scope = Scope(series_id=series.id)
    read = read_forms(session, scope, editions)
    cards = together(read.matched(event_id) for event_id in read.events)
    people = {event_id: read.people(event_id) for event_id in read.events}
    total = gated(sum(people.values()), threshold)
    if total.hidden:
        return Programme(0, total)
    compared = [
        compare(read, measure, question, threshold) for measure, question in read.measures.values()
    ]
    pairs = read.pairs_by_event(next(iter(read.measures), ""))
    alone = _alone(pairs, threshold)
    rest = pairs.keys() - alone
    most = max(cards.before.forms, cards.after.forms)
    return Programme(
        sessions=len(read.events),
        people=total,
        cards=cards,
        compared=compared,
        sittings=[
            Sitting(event, people[event.id], pairs[event.id])
            for event in pairing.events(session, alone)
        ],
        pooled=len(rest),
        pooled_people=sum(people[each] for each in rest),
        pooled_pairs=sum(pairs[each] for each in rest),
        counted=_counted(session, scope, read, threshold),
        half_matched=2 * cards.matched >= most,
    )


def words(
    session: Session, series: Series, editions: Editions, threshold: int, *, chance: Random
) -> list[Heard]:
    """What people wrote after all sessions of a series and later, in no order.

    Args:
        threshold: people; a question that fewer wrote to stays closed.
        chance: mixes the order.
    """
    scope = Scope(series_id=series.id)
    read = read_forms(session, scope, editions)
    return _heard(session, scope, read, (Part.AFTER, Part.LATER), threshold, chance)


def table(
    session: Session, series: Series, editions: Editions, threshold: int, *, chance: Random
) -> tuple[list[str], list[list[str | int]]]:
    """Headers and rows of the pairs of a series: one row a person and measure.

    The rows of one measure rebuild what the page says of it. No row says which session it is
    from, nor which row of another measure is the same person's.

    Raises:
        GroupTooSmall: no measure has as many pairs as the threshold.
    """
    read = read_forms(session, Scope(series_id=series.id), editions)
    rows: list[list[str | int]] = []
    for name in read.measures:
        pairs = list(read.pairs(name))
        if len(pairs) >= threshold:
            chance.shuffle(pairs)
            rows += [[f"{chance.getrandbits(48):012x}", name, *pair] for pair in pairs]
    if not rows:
        raise GroupTooSmall(threshold=threshold)
    return ["row", "measure", "before", "after"], rows


# Hiding


def _alone(pairs: Mapping[int, int], threshold: int) -> set[int]:
    """The events whose pairs may be told apart from all others, when the total is known.

    What is left when these are taken from the total is nobody's, or two sessions and the
    threshold at the least: the same gate as for the counts of a question.
    """
    shown = disclosure.hide_counts({str(at): count for at, count in pairs.items()}, threshold)
    return {at for at in pairs if not shown.cells[str(at)].hidden}


# Questions with options, and words


def _counted(session: Session, scope: Scope, read: Forms, threshold: int) -> dict[Part, Counted]:
    """Who came, and what they did three months later: all sessions as one, never session by
    session."""
    found = {}
    for part in (Part.BEFORE, Part.LATER):
        for asked in read.asked[part][:1]:
            pages = enumerate(asked.questionnaire.pages, start=1)
            questions = [
                (at, each) for at, page in pages for each in page.questions if each.kind.has_options
            ]
            ids = {each.name: asked.question_ids[each.name] for _, each in questions}
            counts = pairing.code_counts(session, scope, part, ids.values())
            found[part] = Counted(
                asked,
                [
                    question_counted(
                        asked, each, at, counts.get(ids[each.name], {}), {}, threshold=threshold
                    )
                    for at, each in questions
                ],
            )
    return {part: counted for part, counted in found.items() if counted.measured}


def _heard(
    session: Session,
    scope: Scope,
    read: Forms,
    parts: Iterable[Part],
    threshold: int,
    chance: Random,
) -> list[Heard]:
    heard = []
    for part in parts:
        asked_now = {}
        names = {}
        for asked in reversed(read.asked[part]):  # the words as they are asked now win
            for name, question in asked.questionnaire.questions.items():
                if question.kind is QuestionKind.COMMENT:
                    asked_now[name] = question
                    names[asked.question_ids[name]] = name
        written: dict[str, list[Written]] = {name: [] for name in asked_now}
        for each in pairing.written(session, scope, part, names):
            written[names[each.question_id]].append(each)
        for name, said in written.items():
            people = gated(len(said), threshold)
            some = chance.sample(said, min(len(said), MOST_WORDS))
            heard.append(Heard(asked_now[name], people, () if people.hidden else some))
    return heard
