"""What officers say of charts: kept with who said it, taken back, and on the record."""

from datetime import date, timedelta

import pytest
from followed import edition
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from feedback.models.oversight import AuditEvent
from feedback.models.trends import ChartNote, MeasureTarget, ReportingYearSaid
from feedback.queries import trends as stored
from feedback.services import noting
from feedback.vocabulary import NoteKind

DAY = date(2026, 10, 14)


@pytest.fixture
def measure(officer, session, now):
    edition(session, now)
    return stored.measure(session, "happy")


@pytest.fixture
def write(session, officer, now, measure):
    def written(kind=NoteKind.CHANGE, words="The buses changed.", **more):
        facts = {"measure": measure, "by": officer.id, "now": now, **more}
        return noting.write(session, kind, facts.pop("starts_on", DAY), words, **facts)

    return written


def record(session):
    rows = session.execute(
        select(AuditEvent.user_id, AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    )
    return [tuple(row) for row in rows]


# Notes


@pytest.mark.parametrize("kind", list(NoteKind))
def test_a_note_keeps_what_was_said_by_whom_and_when(session, officer, measure, write, now, kind):
    write(kind)
    (note,) = stored.notes(session, measure.id)

    assert (note.kind, note.starts_on, note.words) == (kind, DAY, "The buses changed.")
    assert (note.user.email, note.written_at) == (officer.email, now)
    assert note.taken_back_at is note.taken_back_by_id is note.ends_on is None
    assert record(session) == [(officer.id, "write chart note", f"chart note {note.id}")]


@pytest.mark.parametrize("words", ["", " ", "\n\t "])
@pytest.mark.parametrize("kind", list(NoteKind))
def test_a_note_needs_words(session, write, words, kind):
    with pytest.raises(ValueError, match="needs words"):
        write(kind, words)
    assert session.scalar(select(func.count()).select_from(ChartNote)) == 0
    assert record(session) == []


@pytest.mark.parametrize("kind", [NoteKind.NEW_START, NoteKind.SET_ASIDE])
def test_limits_never_begin_anew_on_all_charts_at_once(session, write, kind):
    with pytest.raises(ValueError, match="one measure"):
        write(kind, measure=None)
    assert session.scalar(select(func.count()).select_from(ChartNote)) == 0


def test_a_change_may_stand_on_all_charts(session, measure, write):
    everywhere, here = write(measure=None), write(starts_on=DAY - timedelta(days=1))
    other = stored.measure(session, "wait")

    assert stored.notes(session, measure.id) == [here, everywhere]  # oldest day first
    assert stored.notes(session, other.id) == [everywhere]
    assert stored.notes(session) == [everywhere]
    assert stored.all_notes(session) == [here, everywhere]


def test_only_days_that_do_not_count_have_a_last_one(write):
    for kind in NoteKind:
        note = write(kind, ends_on=DAY + timedelta(days=3))
        due = DAY + timedelta(days=3) if kind is NoteKind.SET_ASIDE else None
        assert note.ends_on == due


def test_days_that_end_before_they_begin_are_not_kept(write):
    with pytest.raises(IntegrityError):
        write(NoteKind.SET_ASIDE, ends_on=DAY - timedelta(days=1))


def test_a_note_that_was_taken_back_is_off_the_charts_and_still_kept(
    session, officer, measure, write, now
):
    note, other = write(), write(words="Another.")
    later = now + timedelta(hours=1)
    noting.take_back(session, note, by=officer.id, now=later)
    session.flush()
    session.expire_all()

    assert stored.notes(session, measure.id) == stored.all_notes(session) == [other]
    assert stored.note(session, note.id) is None
    assert stored.note(session, other.id) is other
    kept = session.get(ChartNote, note.id)
    assert (kept.taken_back_at, kept.taken_back_by_id) == (later, officer.id)
    assert kept.words == "The buses changed."
    subject = f"chart note {note.id}"
    assert (officer.id, "take back chart note", subject) in record(session)


# Targets


def test_a_target_is_set_changed_and_taken_away(session, officer, measure, now):
    noting.set_target(session, measure, 70, "The board, in May.", by=officer.id, now=now)
    noting.set_target(session, measure, 75.5, "The board, in June.", by=officer.id, now=now)
    session.flush()
    (kept,) = session.scalars(select(MeasureTarget)).all()
    assert (kept.value, kept.words, kept.user_id) == (75.5, "The board, in June.", officer.id)
    assert stored.targets(session) == {measure.id: kept}

    for _ in range(2):  # the second time there is nothing to take away
        noting.set_target(session, measure, None, "", by=officer.id, now=now)
        session.flush()
    assert stored.targets(session) == {}
    actions = [action for _, action, _ in record(session)]
    assert actions == ["set target", "set target", "take back target"]
    assert {subject for *_, subject in record(session)} == {"measure happy"}


def test_a_target_of_nothing_is_a_target(session, officer, measure, now):
    noting.set_target(session, measure, 0, "Nobody waits.", by=officer.id, now=now)
    session.flush()
    assert stored.targets(session)[measure.id].value == 0


# The year


def test_the_newest_word_about_the_year_holds_and_older_ones_stay(session, officer, now):
    assert stored.year_said(session) is None
    noting.say_year(session, DAY, ((9, 1), (1, 1)), by=officer.id, now=now)
    noting.say_year(session, DAY + timedelta(days=7), ((9, 3),), by=officer.id, now=now)
    said = stored.year_said(session)

    assert (said.cycles_from, said.terms) == (DAY + timedelta(days=7), [[9, 3]])
    assert session.scalar(select(func.count()).select_from(ReportingYearSaid)) == 2
    assert record(session) == [(officer.id, "change reporting year", "reporting year")] * 2


def test_what_the_program_says_itself_leaves_no_line(session, now, measure):
    noting.say_year(session, DAY, ((9, 1),), by=None, now=now)
    assert stored.year_said(session).user_id is None
    assert record(session) == []
