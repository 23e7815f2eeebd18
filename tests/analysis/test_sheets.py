"""Windows of who took part: whatever is added up or subtracted, nobody small comes out."""

from random import Random

import pytest
from window_attack import Attack

from feedback.analysis.disclosure import Distribution, Shown, hide_choices, hide_counts, people_in
from feedback.analysis.sheets import Sheet, added, sheets_of

CODES = ("a", "b", "c", "d", "e", "f")
APART = ("d", "e", "f")
YEARS = range(3)


def one_each(**people):
    """People who are in one group each."""
    return {frozenset([code]): count for code, count in people.items()}


def random_answers(seed, *, several=False):
    """Three audiences in three years, with many small numbers and zeros."""
    chance = Random(seed)
    found = {}
    for audience in ("parent", "young", "unsaid"):
        usual = {code: chance.choice([0, 2, 4, 8, 15, 40]) for code in CODES}
        found[audience] = []
        for _year in YEARS:
            part = chance.choice([0, 0.2, 1, 1, 2])
            year = {}
            for code, mean in usual.items():
                for _person in range(chance.randint(0, round(2 * mean * part))):
                    more = chance.sample(CODES, chance.choice([0, 0, 1, 2])) if several else ()
                    chosen = frozenset([code, *more])
                    year[chosen] = year.get(chosen, 0) + 1
            found[audience].append(year)
    return found


def together(years):
    whole = {}
    for year in years:
        for chosen, people in year.items():
            whole[chosen] = whole.get(chosen, 0) + people
    return whole


def windows(answers, threshold=5, *, listed=CODES, apart=(), several=False):
    """All that the pages show: each audience over all the time and by year, and everybody."""
    attack = Attack(answers, dict.fromkeys(answers, CODES), several)
    made = {
        audience: sheets_of(
            years,
            listed,
            threshold,
            others=[code for code in CODES if code not in listed],
            apart=apart,
            several=several,
        )
        for audience, years in answers.items()
    }
    shown = 0
    for audience, sheets in made.items():
        for sheet, years in [
            (sheets.whole, YEARS),
            *((s, [at]) for at, s in enumerate(sheets.years)),
        ]:
            seen = sheet.seen(listed)
            shown += sum(not cell.hidden for cell in seen.cells.values())
            attack.learns(seen, [audience], years)
            there = {code for part in sheet.parts for code in part.cells}
            people = sheet.total(apart)
            if apart and there.issuperset(apart) and people is not None:
                attack.knows(apart, [audience], years, people)
        for part in sheets.whole.parts:  # more than everybody's page gives back of one audience
            attack.learns(part, [audience], YEARS)
    everybody = added(sheets.whole for sheets in made.values())
    counted = [
        a for a, sheets in made.items() if not any(p.base.hidden for p in sheets.whole.parts)
    ]
    if len(counted) == len(made):
        attack.learns(everybody.seen(CODES), counted, YEARS)
    return attack, shown


def each_alone(answers, threshold=5, *, several=False):
    """The same windows, each hidden by itself: what a menu without a common gate would show."""
    attack = Attack(answers, dict.fromkeys(answers, CODES), several)
    for audience, years in answers.items():
        for which in [YEARS, *([at] for at in YEARS)]:
            chosen = together(years[at] for at in which)
            counts = {code: people_in(chosen, code) for code in CODES}
            base = sum(chosen.values())
            seen = (
                hide_choices(counts, base, threshold) if several else hide_counts(counts, threshold)
            )
            attack.learns(seen, [audience], which)
    return attack


@pytest.mark.parametrize("several", [False, True])
def test_windows_hidden_one_by_one_give_small_groups_away(several):
    found = [each_alone(random_answers(s, several=several), several=several) for s in range(10)]
    assert sum(len(each.found(5)) for each in found) > 20


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("apart", [(), APART])
def test_no_window_and_no_sum_of_windows_gives_a_small_group_away(seed, apart):
    attack, _shown = windows(random_answers(seed), apart=apart)
    assert attack.found(5) == []


@pytest.mark.parametrize("seed", range(6))
def test_nor_does_a_profile_that_lacks_some_groups(seed):
    attack, _shown = windows(random_answers(seed), listed=CODES[:4], apart=APART)
    assert attack.found(5) == []


@pytest.mark.parametrize("seed", range(6))
def test_nor_where_people_are_in_several_groups(seed):
    attack, _shown = windows(random_answers(seed, several=True), several=True)
    assert attack.found(5) == []


def test_enough_is_shown_to_be_of_use():
    shown = sum(windows(random_answers(seed))[1] for seed in range(6))
    assert shown > 6 * 12  # of 72 numbers, many of them small


def test_a_year_is_shown_beside_all_the_time():
    years = [one_each(a=30, b=20, c=8), one_each(a=40, b=25, c=9)]
    found = sheets_of(years, "abc", 5)
    assert [each.seen("abc").base.count for each in found.years] == [58, 74]
    assert found.years[1].cell("a") == Shown(40) and found.whole.cell("a") == Shown(70)


def test_a_group_that_is_small_in_one_year_is_shown_in_none_but_over_all_the_time():
    years = [one_each(a=30, b=20, c=8, d=7), one_each(a=40, b=25, c=3, d=9)]
    found = sheets_of(years, "abcd", 5)
    assert found.whole.cell("c") == Shown(11)
    assert found.years[0].cell("c").hidden and found.years[1].cell("c").hidden
    assert found.years[0].cell("a") == Shown(30)


def test_a_year_with_few_people_is_hidden_whole_and_another_beside_it():
    years = [one_each(a=3), one_each(a=30, b=20), one_each(a=20, b=20)]
    found = sheets_of(years, "ab", 5)
    assert [each.seen("ab").base.hidden for each in found.years] == [True, False, True]
    assert found.whole.seen("ab").base.count == 93


def test_one_year_alone_is_all_the_time():
    years = [{}, one_each(a=30, b=20, c=3, d=8), {}]
    found = sheets_of(years, "abcd", 5)
    assert found.years[1].seen("abcd") == found.whole.seen("abcd")
    assert found.years[0].seen("abcd").base.hidden


def test_everybody_is_shown_where_each_audience_is():
    parents = sheets_of([one_each(a=30, b=20, c=10)], "abc", 5).whole
    young = sheets_of([one_each(a=40, b=2, c=6)], "abc", 5).whole
    few = sheets_of([one_each(a=3)], "abc", 5).whole
    seen = added([parents, young, few]).seen("abc")
    assert seen.cells["a"] == Shown(70) and seen.cells["c"].hidden
    assert seen.base.count == 108  # those of whom too few answered are left out
    assert added([few]).seen("abc") == Distribution(dict.fromkeys("abc", Shown(None)), Shown(None))
    assert Sheet().seen("a").base.hidden
