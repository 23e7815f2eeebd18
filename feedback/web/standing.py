"""How an insight stands for staff: its state, what is late, what waits for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy.orm import Session

from feedback import languages
from feedback.analysis import loop_clock
from feedback.analysis.loop_clock import Clock
from feedback.analysis.readability import flesch_kincaid_grade
from feedback.models.improvements import Commitment, Insight
from feedback.services import following
from feedback.vocabulary import CommitmentState
from feedback.web import promises
from feedback.web.promises import Promise

EASY_GRADE = 4.0  # a school grade that easy words stay under
# Of several commitments the one that has furthest to go says how an insight stands.
_OPEN = (CommitmentState.HEARING, CommitmentState.DECIDING, CommitmentState.DOING)


@dataclass(frozen=True)
class Told:
    """An insight with its promises; `marks` are what it can be looked for by."""

    insight: Insight
    state: CommitmentState
    promises: Sequence[tuple[Commitment, Promise]]
    late: bool
    waits: bool  # for a second person to look whether something is done
    draft: bool
    clock: Clock
    marks: frozenset[str]


def state_of(found: Insight) -> CommitmentState:
    """How an insight stands; without a promise it is being listened to."""
    states = {each.state for each in found.commitments}
    for state in (*_OPEN, CommitmentState.DONE):
        if state in states:
            return state
    return CommitmentState.CANNOT if states else CommitmentState.HEARING


def told(found: Insight, today: date) -> Told:
    """An insight as the staff pages show it."""
    every = [
        (each, promises.promised(each, found.heard_on, today=today)) for each in found.commitments
    ]
    state = state_of(found)
    late = any(loop_clock.days_late(each.due_on, each.state, today) for each in found.commitments)
    waits = any(one.checking for _, one in every)
    draft = found.published_at is None
    marks = {state.value} | {
        mark for mark, holds in (("late", late), ("check", waits), ("draft", draft)) if holds
    }
    clock = promises.clock_of_all(found, today)
    return Told(found, state, every, late, waits, draft, clock, frozenset(marks))


def figures(session: Session, found: Insight, threshold: int) -> str:
    """How many people said so, as everybody will read it; empty without a number."""
    raised = following.raised(session, [found], threshold=threshold).get(found.id)
    return promises.figure(found, raised) if raised else ""


def grades(found: Insight) -> Sequence[str]:
    """What is hard about the easy words, where they are harder than they should be."""
    return [
        gettext(
            "The easy words of the %(part)s are at school grade %(grade)s. "
            "Shorter sentences and shorter words help.",
            part=name,
            grade=round(grade),
        )
        for name, words in (
            (gettext("heading"), found.title),
            (gettext("text"), found.said),
        )
        if (grade := _grade(words)) > EASY_GRADE
    ]


def _grade(words: Mapping[str, Mapping[str, str]]) -> float:
    easy = words.get(languages.DEFAULT, {}).get("easy") or ""
    return flesch_kincaid_grade(easy) if len(easy.split()) > 2 else 0.0
