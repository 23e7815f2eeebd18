"""The same work, here or in processes beside."""

import pytest

from feedback.analysis import engine


def doubled(batch: list[int]) -> list[int]:
    """What the batches are put through."""
    return [2 * each for each in batch]


def careful(batch: list[int]) -> int:
    """Fails on 3."""
    if 3 in batch:
        raise ArithmeticError("three")
    return len(batch)


BATCHES = [[n, n + 1] for n in range(20)]


def test_processes_give_what_one_gives_in_order():
    here, beside = (list(engine.map(doubled, BATCHES, workers=count)) for count in (1, 2))
    assert here == beside == [doubled(batch) for batch in BATCHES]


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_is_told_after_each_batch(workers):
    told: list[int] = []
    for at, _ in enumerate(
        engine.map(doubled, BATCHES[:4], workers=workers, progress=told.append), start=1
    ):
        assert told == list(range(1, at + 1))
    assert told == [1, 2, 3, 4]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_done_before_a_failure_is_handed_over(workers):
    done = []
    with pytest.raises(ArithmeticError, match="three"):
        done.extend(engine.map(careful, [[1], [2], [3], [4]], workers=workers))
    got = []
    results = engine.map(careful, [[1], [2], [3], [4]], workers=workers)
    got += [next(results), next(results)]
    assert got == [1, 1]


def test_batches_are_taken_only_as_they_are_needed():
    taken = []

    def endless():
        n = 0
        while True:
            taken.append(n)
            yield [n]
            n += 1

    results = engine.map(doubled, endless())
    assert [next(results) for _ in range(3)] == [[0], [2], [4]]
    assert len(taken) == 3


def test_no_batches_give_nothing():
    assert list(engine.map(doubled, [])) == []
    assert list(engine.map(doubled, [], workers=2)) == []


def test_no_worker_is_refused():
    with pytest.raises(ValueError, match="one worker"):
        engine.map(doubled, BATCHES, workers=0)


def test_things_are_put_into_batches_in_order():
    assert list(engine.batched("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    with pytest.raises(ValueError, match="at the least"):
        list(engine.batched("abc", 0))


class Heavy:
    """What is put through batches and counts how often it was packed for another process."""

    packed = 0

    def __call__(self, batch: list[int]) -> int:
        return sum(batch)

    def __reduce__(self) -> tuple[type, tuple[()]]:
        Heavy.packed += 1
        return Heavy, ()


def test_a_worker_is_given_the_function_once_and_not_with_each_batch():
    assert list(engine.map(Heavy(), BATCHES, workers=2)) == [sum(batch) for batch in BATCHES]
    assert 1 <= Heavy.packed <= 2
