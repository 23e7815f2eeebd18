from random import Random

import pytest

from feedback.analysis.raised import (
    Raised,
    Stretch,
    from_json,
    next_stretches,
    raised,
    stretches,
    to_json,
)


def stretch(number, base, hits, **more):
    return Stretch(f"2026-{number:02}-01", f"2026-{number:02}-28", base, hits, **more)


def test_a_stretch_ends_with_the_cycle_that_brings_enough_people():
    assert stretches([4, 7, 30, 2, 3], 10) == [range(0, 2), range(2, 3)]
    assert stretches([], 10) == []


def test_a_theme_is_shown_when_enough_people_stand_on_each_side():
    found = next_stretches([], [stretch(1, 30, 9), stretch(2, 20, 1), stretch(3, 30, 5)], 10)
    assert [each.shown for each in found] == [True, True, False]
    assert raised(found) == Raised(10, 50, "2026-01-01", "2026-02-28")


def test_what_almost_everybody_says_is_hidden_too():
    assert raised(next_stretches([], [stretch(1, 30, 25)], 10)) is None


def test_what_was_shown_stays_and_what_waits_is_joined():
    first = next_stretches([], [stretch(1, 30, 12), stretch(2, 30, 3)], 10)
    assert [each.shown for each in first] == [True, False]
    second = next_stretches(first, [stretch(3, 30, 8)], 10)
    assert [each.shown for each in second] == [True, True, True]
    assert raised(second) == Raised(23, 90, "2026-01-01", "2026-03-28")


def test_a_stretch_that_begins_too_early_is_refused():
    with pytest.raises(ValueError, match="begins after"):
        next_stretches([stretch(2, 30, 12)], [stretch(2, 30, 1)], 10)


@pytest.mark.parametrize(("base", "hits"), [(5, 6), (5, -1)])
def test_more_who_raised_it_than_wrote_is_refused(base, hits):
    with pytest.raises(ValueError, match="hits"):
        stretch(1, base, hits)


def test_frozen_and_read_again_is_the_same():
    found = next_stretches([], [stretch(1, 30, 12), stretch(2, 30, 3)], 10)
    assert from_json(to_json(found)) == found
    assert to_json(found)["people"] == 12
    assert to_json([])["people"] is None


@pytest.mark.parametrize("seed", range(200))
def test_no_two_published_numbers_differ_by_a_few_people(seed):
    """Of themes with one base, in releases one after the other."""
    chance, threshold = Random(seed), 10
    bases = [chance.randint(0, 40) for _ in range(13)]
    together = stretches(bases, threshold)
    themes = {}
    for name in range(4):
        share = chance.random()
        raised_it = [sum(chance.random() < share for _ in range(base)) for base in bases]
        themes[name] = [
            Stretch(
                f"{some[0]:02}",
                f"{some[-1]:02}",
                sum(bases[at] for at in some),
                sum(raised_it[at] for at in some),
            )
            for some in together
        ]
    seen = []
    for name, every in themes.items():
        known, at, last = [], 0, None
        while at < len(every):
            more = chance.randint(1, 4)
            known = next_stretches(known, every[at : at + more], threshold)
            at += more
            now = raised(known)
            if now and last:
                people, others = now.people - last.people, now.of - last.of
                assert people == 0 == others or min(people, others - people) >= threshold
            if now:
                assert min(now.people, now.of - now.people) >= threshold
                seen.append(now)
            last = now or last
        assert name in themes
    for one in seen:
        for two in seen:
            assert one.of == two.of or abs(one.of - two.of) >= threshold
