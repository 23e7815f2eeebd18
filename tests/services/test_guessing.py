"""Wrong guesses are counted for all processes together, and nothing of the guess is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.errors import CodeNotKnown, TooManyCodes, TooManySignIns
from feedback.models.oversight import Deletion, WrongGuesses
from feedback.services import guessing
from feedback.services.guessing import Guess

MOST = 3
MINUTE = timedelta(seconds=TooManyCodes.wait)
MOMENT = timedelta(seconds=1)
THREADS, TURNS = 10, 4


def _guess(session, codes, now, *, right: bool, what: str = "codes", most: int = MOST) -> None:
    guess = Guess(what, most=most, wrong=CodeNotKnown, refusal=TooManyCodes)
    with guessing.slowed(session, codes, guess, now=now):
        session.add(Deletion(what="guess", reference_hash="", reason="", erased_at=now))
        session.flush()
        if not right:
            raise CodeNotKnown


def _wrong(session, codes, now, times: int = MOST, **more) -> None:
    for _ in range(times):
        with pytest.raises(CodeNotKnown):
            _guess(session, codes, now, right=False, **more)


def test_only_wrong_guesses_are_counted(session, codes, now):
    for _ in range(2 * MOST):
        _guess(session, codes, now, right=True)
    _wrong(session, codes, now)

    with pytest.raises(TooManyCodes):
        _guess(session, codes, now, right=True)


def test_after_a_while_guesses_are_let_pass_and_counted_anew(session, codes, now):
    _wrong(session, codes, now)
    with pytest.raises(TooManyCodes):
        _guess(session, codes, now + MINUTE - MOMENT, right=True)

    _guess(session, codes, now + MINUTE, right=True)
    _wrong(session, codes, now + MINUTE)
    with pytest.raises(TooManyCodes):
        _guess(session, codes, now + MINUTE, right=True)


def test_the_words_of_a_refusal_and_its_wait_are_the_same_time():
    assert "15 minutes" in TooManySignIns.title and TooManySignIns.wait == 15 * 60
    assert TooManyCodes.wait == 60


def test_guesses_at_one_thing_do_not_slow_another(session, codes, now):
    _wrong(session, codes, now, what="sign-in:one@example.org")

    _guess(session, codes, now, right=True, what="sign-in:other@example.org")
    with pytest.raises(TooManyCodes):
        _guess(session, codes, now, right=True, what="sign-in:one@example.org")


def test_a_wrong_guess_changes_nothing_but_the_count(session, codes, now):
    _wrong(session, codes, now, times=2, what="sign-in:ana@example.org")

    assert session.scalar(select(func.count()).select_from(Deletion)) == 0
    kept = session.scalars(select(WrongGuesses)).one()
    assert (kept.number, kept.since) == (2, now)
    assert "ana" not in kept.what_hash


def test_guesses_of_many_at_once_are_all_counted(database, codes, now):
    def work(_: int) -> None:
        with database.writing(durable=False) as session:
            _wrong(session, codes, now, times=TURNS, most=1_000)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))

    with database.reading() as session:
        assert session.scalar(select(WrongGuesses.number)) == THREADS * TURNS


def test_counts_are_forgotten_after_a_day(session, codes, now):
    _wrong(session, codes, now)
    _wrong(session, codes, now + MINUTE, what="newer")

    guessing.forget(session, now=now + timedelta(days=1) + MOMENT)

    assert session.scalars(select(WrongGuesses.since)).all() == [now + MINUTE]
