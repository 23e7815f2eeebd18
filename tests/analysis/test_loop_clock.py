"""The loop's clock: days from heard to replied, decided and over."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis import loop_clock
from feedback.analysis.loop_clock import Clock
from feedback.vocabulary import CommitmentState as State

HEARD, TODAY = date(2026, 3, 2), date(2026, 6, 1)


def after(days: int) -> date:
    return HEARD + timedelta(days=days)


def test_a_finished_loop_has_three_lengths():
    moves = [(State.HEARING, after(3)), (State.DECIDING, after(10)), (State.DOING, after(21))]
    clock = loop_clock.read(HEARD, [*moves, (State.DONE, after(60))], TODAY)
    assert (clock.to_reply, clock.to_decide, clock.to_end) == (3, 21, 60)


def test_what_is_open_counts_on_until_today():
    clock = loop_clock.read(HEARD, [(State.HEARING, after(3))], TODAY)
    assert (clock.decided_on, clock.ended_on) == (None, None)
    assert clock.to_decide == clock.to_end == (TODAY - HEARD).days
    assert loop_clock.read(HEARD, [], TODAY).to_reply == (TODAY - HEARD).days


def test_a_no_is_an_answer_and_an_end():
    clock = loop_clock.read(HEARD, [(State.CANNOT, after(14))], TODAY)
    assert (clock.to_reply, clock.to_decide, clock.to_end) == (14, 14, 14)


def test_what_is_taken_up_again_is_open_again():
    moves = [(State.DOING, after(5)), (State.DONE, after(9)), (State.DOING, after(20))]
    clock = loop_clock.read(HEARD, moves, TODAY)
    assert (clock.decided_on, clock.ended_on) == (after(5), None)
    again = loop_clock.read(HEARD, [*moves, (State.DECIDING, after(30))], TODAY)
    assert again.decided_on is None


def test_several_promises_are_over_with_the_last_and_answered_with_the_first():
    one = Clock(HEARD, TODAY, after(3), after(10), after(20))
    other = Clock(HEARD, TODAY, after(5), after(30), None)
    both = loop_clock.together(HEARD, [one, other], TODAY)
    assert (both.replied_on, both.decided_on, both.ended_on) == (after(3), after(30), None)
    assert loop_clock.together(HEARD, [], TODAY) == Clock(HEARD, TODAY)


def test_a_state_began_with_its_first_words_and_not_with_its_last():
    moves = [(State.DECIDING, after(1)), (State.DOING, after(4)), (State.DOING, after(40))]
    assert loop_clock.since(moves) == after(4)
    assert loop_clock.since([]) is None


def test_late_is_open_and_past_its_day():
    due = TODAY - timedelta(days=12)
    assert loop_clock.days_late(due, State.DOING, TODAY) == 12
    assert loop_clock.days_late(TODAY, State.DOING, TODAY) == 0
    assert loop_clock.days_late(due, State.DONE, TODAY) == 0
    assert loop_clock.days_late(due, State.CANNOT, TODAY) == 0
    assert loop_clock.days_late(None, State.HEARING, TODAY) == 0


def test_the_usual_time_is_the_middle_one():
    assert loop_clock.usual([30, 2, 9]) == 9
    assert loop_clock.usual([2, 9]) == 2
    assert loop_clock.usual([]) is None


MOVES = st.lists(st.tuples(st.sampled_from(list(State)), st.integers(-30, 200)), max_size=8)


@given(MOVES)
def test_no_length_is_under_nothing_and_an_end_is_decided(moves):
    ordered = sorted(((state, after(days)) for state, days in moves), key=lambda move: move[1])
    clock = loop_clock.read(HEARD, ordered, TODAY)
    assert min(clock.to_reply, clock.to_decide, clock.to_end) >= 0
    if clock.ended_on is not None:
        assert clock.replied_on <= clock.decided_on <= clock.ended_on
