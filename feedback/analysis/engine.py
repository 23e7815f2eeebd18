"""Does the same work on many batches: here, or in processes beside, with equal results."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, Protocol, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")

AHEAD = 2  # batches handed out for each worker: none waits, and few results lie in memory


class Progress(Protocol):
    """Is told after each batch how many are done."""

    def __call__(self, done: int) -> None: ...


def map(
    function: Callable[[Batch], Result],
    batches: Iterable[Batch],
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Iterator[Result]:
    """The result for each batch, in the order of the batches, each as soon as its turn is done.

    Batches are taken as they are needed, so that a million comments can stream through. Whoever
    keeps each result as it comes can go on after the last kept one when a run was stopped.

    Args:
        function: pure, and for several workers one that a module names (or a `partial` of such).
        batches: what the function takes, one at a time.
        workers: processes; 1 works here and starts none.
        progress: called in this process with 1, 2, 3, … as the results are handed over.

    Raises:
        ValueError: fewer than one worker.
        Exception: what the function raised, at the turn of the batch that it was raised for.
    """
    if workers < 1:
        raise ValueError("work needs one worker at the least")
    return _told(
        _here(function, batches) if workers == 1 else _beside(function, batches, workers), progress
    )


def batched(things: Iterable[Batch], size: int) -> Iterator[list[Batch]]:
    """Lists of up to so many things, in order.

    Raises:
        ValueError: a size under one.
    """
    if size < 1:
        raise ValueError("a batch holds one thing at the least")
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch


def _told(results: Iterator[Result], progress: Progress | None) -> Iterator[Result]:
    for done, result in enumerate(results, start=1):
        if progress:
            progress(done)
        yield result


def _here(function: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
    return (function(batch) for batch in batches)


def _beside(
    function: Callable[[Batch], Result], batches: Iterable[Batch], workers: int
) -> Iterator[Result]:
    # Started anew rather than forked: a fork of a process with threads can stand still for ever.
    fresh = multiprocessing.get_context("spawn")
    left = iter(batches)
    # A function may hold much that was learned, so each worker is given it once, not each batch.
    with ProcessPoolExecutor(
        workers, mp_context=fresh, initializer=_take_up, initargs=(function,)
    ) as pool:
        turns: deque[Future[Result]] = deque(
            pool.submit(_work, batch) for batch in islice(left, workers * AHEAD)
        )
        try:
            while turns:
                result = turns.popleft().result()
                turns.extend(pool.submit(_work, batch) for batch in islice(left, 1))
                yield result
        finally:
            for turn in turns:
                turn.cancel()


_taken_up: list[Callable[[Any], Any]] = []  # in a worker: what it puts batches through


def _take_up(function: Callable[[Any], Any]) -> None:
    _taken_up[:] = [function]


def _work(batch: Any) -> Any:
    return _taken_up[0](batch)
