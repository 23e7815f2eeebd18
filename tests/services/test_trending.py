"""Measures over periods: right, read for what they say, and nothing of a small group."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from followed import edition, opened, send

from feedback.analysis.trends import Assurance, Chart, Refusal, State
from feedback.queries import trends as stored
from feedback.services import noting, tallying, trending
from feedback.services.trending import CYCLES_FROM, Window
from feedback.vocabulary import Audience, NoteKind, PeriodKind

LONDON = ZoneInfo("Europe/London")
THRESHOLD = 5
DAY = timedelta(days=1)
TODAY = date(2026, 11, 2)
# (happy, not happy) of eight cycles, whose ups and downs are no more than chance.
STEADY = [(15, 15), (16, 14), (14, 16), (15, 15), (17, 13), (15, 15), (14, 16), (16, 14)]


@pytest.fixture
def collection(officer, session, now):
    return opened(session, now)


def day_in(cycle):
    """A day in the middle of a cycle, from 1."""
    return CYCLES_FROM + timedelta(days=28 * (cycle - 1) + 13)


def noon(day):
    return datetime.combine(day, time(12), UTC)


def crowd(happy, not_happy, **more):
    """So many people who gave one of the two best answers, and so many who did not."""
    return [{"face": "4", **more}] * happy + [{"face": "2", **more}] * not_happy


def fill(session, collection, cycles, *, first=1, **more):
    """The answers of one cycle after another; None where nobody answered. All are counted."""
    for at, people in enumerate(cycles, start=first):
        if people:
            send(session, collection, noon(day_in(at)), crowd(*people, **more))
    tallying.tally_all(session, LONDON)


def one(session, name="happy", *, threshold=THRESHOLD, today=TODAY, **window):
    measure = stored.measure(session, name)
    return trending.one_series(session, measure, Window(**window), threshold=threshold, today=today)


def groups(session, by, name="happy", *, threshold=THRESHOLD, **window):
    measure = stored.measure(session, name)
    found = trending.by_group(
        session, measure, Window(**window), by, threshold=threshold, today=TODAY
    )
    return {each.group: each for each in found}


def every(session, **window):
    found = trending.all_series(session, Window(**window), threshold=THRESHOLD, today=TODAY)
    return {each.measure.name: each for each in found}


def people(series):
    return [spot.people.count for spot in series.spots]


def values(series):
    return [spot.value for spot in series.spots]


# Figures


def test_a_share_is_that_of_its_period_s_answers(session, collection):
    fill(session, collection, STEADY)
    series = one(session)

    assert people(series) == [30] * 8
    assert values(series) == [happy / 30 for happy, _ in STEADY]
    assert [spot.hits.count for spot in series.spots] == [happy for happy, _ in STEADY]
    assert [spot.period.first for spot in series.spots][1] == CYCLES_FROM + timedelta(days=28)
    assert (series.shares, series.reading.now) == (True, State.COMMON)
    assert series.last is series.spots[-1]


def test_who_passed_by_or_does_not_know_does_not_count(session, collection):
    for cycle in range(1, 7):
        more = [{"face": None}] * 7 + [{"face": "?"}] * 9
        send(session, collection, noon(day_in(cycle)), [*crowd(10, 10), *more])
    tallying.tally_all(session, LONDON)
    assert people(one(session)) == [20] * 6
    assert values(one(session)) == [0.5] * 6


def test_a_mean_is_that_of_its_period_s_numbers(session, collection):
    for cycle in range(1, 8):
        numbers = [{"wait": number + cycle} for number in range(12)]
        send(session, collection, noon(day_in(cycle)), [*numbers, {"wait": "?"}, {"wait": None}])
    tallying.tally_all(session, LONDON)
    series = one(session, "wait")

    assert not series.shares
    assert people(series) == [12] * 7
    assert values(series) == [5.5 + cycle for cycle in range(1, 8)]
    assert all(spot.hits.hidden for spot in series.spots)


def test_where_nobody_answered_there_is_no_series(session, collection):
    assert every(session) == {}
    measure = stored.measure(session, "happy")
    found = trending.one_series(session, measure, Window(), threshold=5, today=TODAY)
    assert found is None
    assert trending.by_group(session, measure, Window(), "area", threshold=5, today=TODAY) == []
    fill(session, collection, STEADY)
    assert list(every(session)) == ["happy"]


def test_the_period_that_is_not_over_is_called_so(session, collection):
    fill(session, collection, STEADY)
    last = one(session).spots[-1].period
    assert [spot.so_far for spot in one(session, today=last.last).spots] == [False] * 7 + [True]
    assert not any(spot.so_far for spot in one(session, today=last.last + DAY).spots)


# The gate


def test_no_period_under_the_threshold_is_shown_nor_can_be_worked_out(session, collection):
    fill(session, collection, [*STEADY[:4], (2, 1), *STEADY[4:]])
    series = one(session)
    hidden = [at for at, spot in enumerate(series.spots) if spot.value is None]

    assert 4 in hidden and len(hidden) >= 2  # all less those that are shown is not the small one
    for at in hidden:
        spot = series.spots[at]
        assert spot.people.hidden or spot.hits.hidden
        assert series.reading.states[at] is None and series.reading.limits[at] is None
    assert sum(1 for spot in series.spots if spot.people.hidden) >= 2
    left = [happy for happy, _ in [*STEADY[:4], (2, 1), *STEADY[4:]]]
    assert sum(left[at] for at in hidden) >= THRESHOLD


def test_what_a_chart_is_held_against_rests_on_what_is_drawn(session, collection):
    fill(session, collection, [*STEADY, (4, 0)])
    drawn = [value for value in values(one(session)) if value is not None]
    (span,) = one(session).reading.spans
    assert span.middle == pytest.approx(sorted(drawn)[len(drawn) // 2], abs=0.04)
    assert len(drawn) <= 7


def test_few_who_are_not_happy_are_hidden_as_few_who_are(session, collection):
    fill(session, collection, [*STEADY, (28, 2), (2, 28)])
    series = one(session)
    assert values(series)[-2:] == [None, None]
    assert all(spot.hits.hidden for spot in series.spots[-2:])


def test_a_small_mean_is_hidden_with_company(session, collection):
    for cycle, size in enumerate([12, 12, 3, 14, 12, 16, 12, 12], start=1):
        numbers = [{"wait": 7 + at % 3} for at in range(size)]
        send(session, collection, noon(day_in(cycle)), numbers)
    tallying.tally_all(session, LONDON)
    shown = people(one(session, "wait"))
    assert shown[2] is None and shown.count(None) >= 2
    assert [value is None for value in values(one(session, "wait"))] == [
        count is None for count in shown
    ]


@pytest.mark.parametrize(("size", "shown"), [(8, False), (9, False), (10, True)])
def test_a_share_needs_ten_answers(session, collection, size, shown):
    fill(session, collection, [*STEADY[:6], (size // 2, size - size // 2)])
    series = one(session, threshold=2)
    assert people(series)[-1] == size
    assert (series.spots[-1].value is not None) is shown
    assert series.last is series.spots[-1 if shown else -2]
    assert sum(state is not None for state in series.reading.states) == 6 + shown


def test_where_all_is_hidden_nothing_is_read(session, collection):
    fill(session, collection, [(2, 1), (1, 2), (1, 1)])
    series = one(session)
    assert series.reading is None and series.last is None
    assert people(series) == [None] * 3


def areas(session, collection, cycle, **sizes):
    for area, (happy, not_happy) in sizes.items():
        who = {} if area == "unsaid" else {"area": area}
        send(session, collection, noon(day_in(cycle)), crowd(happy, not_happy, **who))


def test_group_figures_do_not_give_a_small_group_back(session, collection):
    sizes = {"north": (12, 12), "south": (15, 10), "east": (2, 1), "unsaid": (10, 11)}
    for cycle in range(1, 8):
        areas(session, collection, cycle, **sizes)
    tallying.tally_all(session, LONDON)
    found, whole = groups(session, "area"), one(session)

    assert list(found) == ["north", "south", "east"]
    for at in range(7):
        shown = [each.spots[at] for each in found.values() if each.spots[at].people.count]
        assert found["east"].spots[at].people.hidden
        left = whole.spots[at].people.count - sum(spot.people.count for spot in shown)
        # What is left over is the small group and somebody else.
        assert left > 3 and left >= THRESHOLD
        hits = [each.spots[at].hits.count for each in found.values() if each.spots[at].hits.count]
        assert whole.spots[at].hits.count - sum(hits) > 2


def test_who_did_not_say_is_a_small_group_too(session, collection):
    for cycle in range(1, 8):
        areas(session, collection, cycle, north=(12, 12), south=(15, 10), unsaid=(1, 1))
    tallying.tally_all(session, LONDON)
    found = groups(session, "area")
    for at in range(7):
        assert sum(each.spots[at].people.count is None for each in found.values()) >= 1


def test_groups_do_not_show_a_period_that_is_hidden_beside_a_small_one(session, collection):
    for cycle in range(1, 9):
        half = (7, 7) if cycle == 3 else (15, 15)
        areas(session, collection, cycle, north=half, south=half)
    areas(session, collection, 9, north=(2, 1))
    tallying.tally_all(session, LONDON)
    hidden = [at for at, spot in enumerate(one(session).spots) if spot.people.hidden]
    assert len(hidden) >= 2 and 8 in hidden
    for each in groups(session, "area").values():
        assert {each.spots[at].people.count for at in hidden} == {None}


def test_of_several_choices_nearly_all_is_as_small_as_nearly_nobody(session, collection):
    for cycle in range(1, 8):
        at = noon(day_in(cycle))
        send(session, collection, at, crowd(19, 19, need="speech sight"))
        send(session, collection, at, crowd(1, 1, need="sight moving"))
        send(session, collection, at, crowd(10, 12))
    tallying.tally_all(session, LONDON)
    found = groups(session, "need")
    assert people(found["speech"]) == [38] * 7
    assert people(found["moving"]) == [None] * 7
    assert people(found["sight"]) == [40] * 7
    nearly = {"need": "speech"}
    for cycle in range(1, 8):
        send(session, collection, noon(day_in(cycle)) + DAY, crowd(10, 12, **nearly))
    # 60 of 62 in one cycle: the two who did not choose it would be the difference.
    send(session, collection, noon(day_in(8)), [*crowd(30, 30, need="speech"), *crowd(1, 1)])
    tallying.tally_all(session, LONDON)
    assert groups(session, "need")["speech"].spots[-1].people.hidden


def test_a_group_is_read_like_everybody(session, collection):
    for cycle in range(1, 7):
        areas(session, collection, cycle, north=(30, 10), south=(15, 15))
    for cycle in range(7, 10):
        areas(session, collection, cycle, north=(10, 30), south=(15, 15))
    tallying.tally_all(session, LONDON)
    found = groups(session, "area")
    assert (found["north"].reading.now, found["north"].reading.since) == (State.CONCERN, 7)
    assert found["south"].reading.now is not State.CONCERN
    assert groups(session, "stage") == {}


def test_an_audience_and_everybody_do_not_give_the_others_back(session, collection, now):
    young = opened(session, now, "oak22", of=edition(session, now), audience=Audience.YOUNG_PERSON)
    fill(session, collection, STEADY)
    fill(session, young, [(10, 10)] * 3 + [(1, 1)] + [(10, 10)] * 4)
    parents = one(session, audience=Audience.PARENT)
    everybody = one(session)

    assert everybody.audiences == {Audience.PARENT, Audience.YOUNG_PERSON}
    assert parents.audiences == {Audience.PARENT}
    assert people(everybody) == [50] * 3 + [32] + [50] * 4
    assert people(parents) == [30] * 3 + [None] + [30] * 4
    assert values(parents)[3] is None
    assert values(every(session, audience=Audience.PARENT)["happy"]) == values(parents)
    assert one(session, audience=Audience.PRACTITIONER) is None


# Scales


def test_another_scale_breaks_the_series_and_says_where(session, collection, now):
    fill(session, collection, [(25, 5)] * 7)
    collection.edition_id = edition(session, now, kind="agreement").id
    fill(session, collection, STEADY, first=8)
    series = one(session)

    assert series.broken == [8]
    assert [span.joined for span in series.reading.spans] == [True, False]
    assert set(series.reading.states[:7]) == {None}
    assert series.reading.now is State.COMMON
    assert series.asked.kind == "agreement"


def test_an_edition_with_the_same_scale_goes_on(session, collection, now):
    fill(session, collection, STEADY[:4])
    collection.edition_id = edition(session, now).id
    fill(session, collection, STEADY[4:], first=5)
    assert one(session).broken == []
    assert one(session).reading.now is State.COMMON


def test_of_two_scales_in_one_period_the_one_with_more_answers_counts(session, collection, now):
    fill(session, collection, STEADY[:4])
    areas(session, collection, 5, north=(9, 9))
    collection.edition_id = edition(session, now, kind="agreement").id
    areas(session, collection, 5, north=(6, 7), south=(10, 12))
    fill(session, collection, STEADY[4:], first=6)
    series, found = one(session), groups(session, "area")

    assert people(series)[4] == 35
    assert series.broken == [5]
    # A group is counted on the scale that everybody of the period is counted on.
    assert people(found["north"])[4] == 13
    assert people(found["south"])[4] == 22


def test_a_number_with_other_bounds_is_another_scale(session, collection, now):
    numbers = [{"wait": 7 + at % 3} for at in range(12)]
    for cycle in range(1, 4):
        send(session, collection, noon(day_in(cycle)), numbers)
    collection.edition_id = edition(session, now, highest=52).id
    for cycle in range(4, 7):
        send(session, collection, noon(day_in(cycle)), numbers)
    tallying.tally_all(session, LONDON)
    assert one(session, "wait").broken == [4]


# Periods


def test_rounds_stand_in_the_order_in_which_they_opened(session, now):
    of = edition(session, now)
    later = opened(session, now, "later1", of=of, days_ago=100)
    first = opened(session, now, "first1", of=of, days_ago=200)
    send(session, later, now - 2 * DAY, crowd(10, 10))
    send(session, first, now - 90 * DAY, crowd(15, 5))
    send(session, first, now - DAY, crowd(5, 5))
    tallying.tally_all(session, LONDON)
    series = one(session, kind=PeriodKind.ROUND)

    assert [spot.round for spot in series.spots] == ["first1", "later1"]
    assert people(series) == [30, 20]
    assert values(series) == [20 / 30, 0.5]


def test_a_round_has_the_same_days_for_every_measure(session, collection, now):
    send(session, collection, now - 9 * DAY, crowd(10, 10))
    send(session, collection, now, [{"wait": 7 + at % 3} for at in range(20)])
    tallying.tally_all(session, LONDON)
    found = every(session, kind=PeriodKind.ROUND)
    assert found["happy"].spots[0].period == found["wait"].spots[0].period


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [
        (PeriodKind.MONTH, [30] * 7 + [60, 30]),
        (PeriodKind.QUARTER, [90, 90, 120]),
        (PeriodKind.SCHOOL_YEAR, [270, 30]),
    ],
)
def test_the_same_answers_are_cut_as_one_asks(session, collection, kind, sizes):
    fill(session, collection, [*STEADY, *STEADY[:2]])
    assert people(one(session, kind=kind)) == sizes


def test_the_year_is_cut_as_the_partnership_says(session, collection, officer, now):
    fill(session, collection, STEADY)
    assert trending.reporting_year(session).cycles_from == CYCLES_FROM
    begins = CYCLES_FROM + timedelta(days=7)
    noting.say_year(session, begins, ((1, 10), (9, 2)), by=officer.id, now=now)
    assert one(session).spots[0].period.first == begins
    terms = one(session, kind=PeriodKind.TERM)
    assert terms.spots[0].period.first == date(2026, 1, 10)
    noting.say_year(session, CYCLES_FROM, ((1, 10),), by=None, now=now)
    assert one(session).spots[0].period.first == CYCLES_FROM


def test_a_window_takes_whole_periods(session, collection):
    fill(session, collection, STEADY)
    assert len(one(session, first=day_in(3)).spots) == 6
    assert len(one(session, last=day_in(3)).spots) == 3
    assert len(one(session, first=day_in(3), last=day_in(5)).spots) == 3
    assert one(session, first=day_in(9)) is None
    # Two windows a day apart do not tell what came on that day.
    send(session, collection, noon(day_in(8)) + DAY, crowd(1, 0))
    tallying.tally_all(session, LONDON)
    for by in (0, 1, 2):
        last = day_in(8) + by * DAY
        assert people(one(session, last=last)) == [30] * 7 + [31]
        assert people(one(session, first=day_in(8) + by * DAY)) == [31]


# Notes and targets


@pytest.fixture
def write(session, officer, now):
    def written(kind, cycle, words="The buses changed.", name="happy", **more):
        measure = stored.measure(session, name) if name else None
        return noting.write(
            session, kind, day_in(cycle), words, measure=measure, by=officer.id, now=now, **more
        )

    return written


def test_a_change_gets_a_letter_at_its_period(session, collection, write):
    fill(session, collection, STEADY)
    write(NoteKind.CHANGE, 5, "Later.")
    write(NoteKind.CHANGE, 2, "Everywhere.", name=None)
    write(NoteKind.CHANGE, 4, "Not here.", name="wait")
    write(NoteKind.CHANGE, 30, "Not yet.")
    marks = [(mark.letter, mark.position, mark.note.words) for mark in one(session).marks]
    assert marks == [("A", 2, "Everywhere."), ("B", 5, "Later.")]
    assert every(session)["happy"].marks == one(session).marks
    assert one(session).reading.spans[0].last == 8


def test_a_new_start_works_out_anew_what_is_usual(session, collection, write):
    fill(session, collection, [*STEADY, *[(24, 6)] * 3, *[(25, 5)] * 3])
    assert one(session).reading.now is State.IMPROVEMENT
    note = write(NoteKind.NEW_START, 9)
    reading = one(session).reading
    assert (reading.now, reading.moved) == (State.COMMON, None)
    assert [span.first for span in reading.spans] == [1, 9]
    noting.take_back(session, note, by=note.user_id, now=note.written_at)
    assert one(session).reading.now is State.IMPROVEMENT
    assert one(session).marks == []


def test_days_that_are_set_aside_stay_in_sight_and_do_not_count(session, collection, write):
    fill(session, collection, [*STEADY[:4], (6, 24), (6, 24), *STEADY[4:]])
    write(NoteKind.SET_ASIDE, 5, ends_on=day_in(6))
    series = one(session)
    assert series.set_aside == {5, 6}
    assert values(series)[4:6] == [0.2, 0.2]
    assert series.reading.states[4:6] == (None, None)
    assert series.marks == []
    assert series.reading.spans[0].middle == pytest.approx(0.5)
    assert every(session)["happy"].set_aside == {5, 6}


def test_one_day_set_aside_is_its_period(session, collection, write):
    fill(session, collection, STEADY)
    write(NoteKind.SET_ASIDE, 3)
    assert one(session).set_aside == {3}
    write(NoteKind.SET_ASIDE, 1, ends_on=day_in(8))
    assert one(session).reading is None


def test_a_target_is_held_against_what_is_usual(session, collection, officer, now):
    usual = [*STEADY, *STEADY]
    fill(session, collection, usual)
    measure = stored.measure(session, "happy")
    assert one(session).target is None and one(session).reading.assurance is None
    for value, due in ((5, Assurance.PASS), (95, Assurance.FAIL), (50, Assurance.HIT_OR_MISS)):
        noting.set_target(session, measure, value, "Said so.", by=officer.id, now=now)
        series = one(session, today=date(2028, 1, 1))
        assert (series.target.value, series.reading.assurance) == (value, due)
        assert series.reading.chart is Chart.CONTROL
    noting.set_target(session, measure, None, "", by=officer.id, now=now)
    assert one(session).target is None


def test_of_a_measure_where_lower_is_better_a_rise_is_worse(session, collection):
    for cycle in range(1, 12):
        numbers = [{"wait": (30 if cycle > 7 else 20) + at % 7} for at in range(20)]
        send(session, collection, noon(day_in(cycle)), numbers)
    tallying.tally_all(session, LONDON)
    reading = one(session, "wait").reading
    assert (reading.now, reading.since) == (State.CONCERN, 8)


def test_a_mean_that_nobody_differs_from_says_nothing(session, collection):
    for cycle in range(1, 9):
        send(session, collection, noon(day_in(cycle)), [{"wait": 20 + 5 * (cycle > 4)}] * 20)
    tallying.tally_all(session, LONDON)
    reading = one(session, "wait").reading
    assert (reading.now, reading.refusal) == (None, Refusal.NEARLY_CONSTANT)


# Several surveys and measures


def test_a_measure_may_live_in_two_surveys(session, collection, now):
    other = opened(session, now, "oak22", of=edition(session, now, name="other"))
    fill(session, collection, STEADY[:5], first=4)
    fill(session, other, STEADY[:5])  # the newer survey has the older answers
    series = one(session)

    assert people(series) == [30] * 3 + [60] * 2 + [30] * 3
    assert series.broken == []
    assert values(every(session)["happy"]) == values(series)


def test_all_together_are_what_each_is_alone(session, collection, now):
    fill(session, collection, STEADY)
    fill(
        session,
        opened(session, now, "oak22", of=edition(session, now, name="o", more="_b")),
        STEADY[2:],
    )
    together = every(session)
    assert list(together) == ["happy", "happy_b"]
    for name, series in together.items():
        assert series == one(session, name)


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_more_measures_ask_the_database_no_more(session, collection, now, statements, kind):
    fill(session, collection, STEADY)

    def asked():
        session.expunge_all()
        with statements() as seen:
            count = len(every(session, kind=kind))
        return count, len(seen)

    few, statements_of_few = asked()
    for at in range(4):
        of = edition(session, now, name=f"s{at}", more=f"_{at}")
        fill(session, opened(session, now, f"elm{at}{at}", of=of), STEADY[:3])
    many, statements_of_many = asked()
    assert (few, many) == (1, 5)
    assert statements_of_many == statements_of_few < 10
