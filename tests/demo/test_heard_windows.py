"""Whoever takes the windows of "Heard and not heard" from each other finds nobody small."""

import pytest
from window_attack import Attack

from feedback.analysis.disclosure import hide_choices, hide_counts, people_in
from feedback.analysis.periods import place_of
from feedback.analysis.profiles import NOT_IN_EDUCATION
from feedback.queries import taking_part as stored
from feedback.services import profiling
from feedback.services.taking_part import Window, years
from feedback.vocabulary import ABOUT, Audience

THRESHOLD = 5
NEED = "need"  # the one question where people may be in several groups


@pytest.fixture(scope="module")
def truth(loaded):
    """Question → audience → what people chose in each year."""
    with loaded.trying() as session:
        spans = years(session)
        found = {}
        for (name, audience, day), people in stored.chosen(session, ABOUT).items():
            of = found.setdefault(name, {}).setdefault(audience, [{} for _ in spans])
            year = of[place_of(spans, day)]
            for codes, count in people.items():
                if count:
                    year[codes] = year.get(codes, 0) + count
    return {
        name: {whom: cut for whom, cut in each.items() if any(cut)} for name, each in found.items()
    }


@pytest.fixture(scope="module")
def shown(loaded):
    """Each window with what its page is made of."""
    with loaded.trying() as session:
        spans = years(session)
        windows = [Window(audience) for audience in Audience]
        windows += [
            Window(audience, span.first.year)
            for audience in Audience
            for span in spans
            if audience is not Audience.EVERYONE
        ]
        found = [(each, profiling.heard(session, each, THRESHOLD)) for each in windows]
    return [span.first.year for span in spans], found


def attack_on(answers, several):
    codes = {
        whom: sorted({code for year in cut for each in year for code in each})
        for whom, cut in answers.items()
    }
    return Attack(answers, codes, several)


def by_the_pages(name, truth, shown):
    """Everything that all windows say of a question."""
    starts, pages = shown
    answers, attack = truth[name], attack_on(truth[name], name == NEED)
    for window, page in pages:
        everybody = window.audience is Audience.EVERYONE
        audiences = list(answers) if everybody else [window.audience]
        if not answers.keys() >= set(audiences):
            continue
        of = range(len(starts)) if window.year is None else [starts.index(window.year)]
        seen = next(each.seen for each in page.dimensions if each.name == name)
        attack.learns(seen, audiences, of)
        if name == "setting" and page.not_in_education.count is not None:
            attack.knows(NOT_IN_EDUCATION, audiences, of, page.not_in_education.count)
    return attack


def one_by_one(name, truth):
    """The same windows, and years of everybody, as they were hidden before: each by itself."""
    answers, attack = truth[name], attack_on(truth[name], name == NEED)
    cuts = len(next(iter(answers.values())))
    for audiences in [list(answers), *([whom] for whom in answers)]:
        for of in [range(cuts), *([at] for at in range(cuts))]:
            chosen = [answers[whom][at] for whom in audiences for at in of]
            codes = {code: None for whom in audiences for code in attack.codes[whom]}
            counts = {code: sum(people_in(each, code) for each in chosen) for code in codes}
            base = sum(sum(each.values()) for each in chosen)
            alone = (
                hide_choices(counts, base, THRESHOLD)
                if name == NEED
                else hide_counts(counts, THRESHOLD)
            )
            attack.learns(alone, audiences, of)
    return attack


def test_no_difference_of_windows_gives_a_small_group_away(truth, shown):
    found = {name: by_the_pages(name, truth, shown).found(THRESHOLD) for name in truth}
    assert len(found) >= 7
    assert {name: groups for name, groups in found.items() if groups} == {}


def test_this_outsider_finds_what_there_is_to_be_found(truth):
    found = [one_by_one(name, truth).found(THRESHOLD) for name in truth]
    assert sum(map(len, found)) >= 10


def test_the_windows_of_parents_still_show_most_groups(shown):
    _starts, pages = shown
    cells = [
        cell
        for window, page in pages
        if window.audience is Audience.PARENT
        for each in page.dimensions
        for cell in each.seen.cells.values()
    ]
    assert sum(not cell.hidden for cell in cells) > 0.6 * len(cells)
