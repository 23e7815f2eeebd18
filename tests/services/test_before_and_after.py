"""What a session and a series say of before and after; and what nobody can work out from it."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

import feedback
from feedback.analysis.measures import paired, unpaired
from feedback.errors import GroupTooSmall
from feedback.models.events import Event, Series
from feedback.outputs import exchange
from feedback.queries import collections
from feedback.queries.surveys import Editions
from feedback.questionnaire import Given
from feedback.services import authoring, collecting, exporting, pairing, planning
from feedback.vocabulary import AnswerState, Audience, EventKind, Part

THRESHOLD = 5
SURVEYS = Path(feedback.__file__).parent / "demo" / "surveys"
SKIPPED = Given(state=AnswerState.SKIPPED)


@dataclass
class Course:
    """A series of sessions that people answer in."""

    session: object
    answered: object
    codes: object
    now: object
    series: Series
    editions: dict
    events: list[Event] = field(default_factory=list)

    def sit(self, *learners, series: bool = True) -> Event:
        """A session; a learner is the numbers given before and after, and what else they did."""
        event = planning.plan(
            self.session,
            f"Session {len(self.events) + 1}",
            EventKind.TRAINING,
            self.now.date(),
            series=self.series if series else None,
            chance=Random(len(self.events)),
            now=self.now,
        )
        self.events.append(event)
        cards = self.codes.cards(event.code, 40)
        for card, learner in zip(cards, learners, strict=False):
            before, after, *more = learner
            given = more[0] if more else {}
            self.fill(event, Part.BEFORE, given.get("card", card), before)
            typed = given.get("card_after", given.get("card", card))
            self.fill(event, Part.AFTER, typed, after, takeaway=given.get("takeaway"))
            if "later" in given:
                self.fill(event, Part.LATER, card, given["later"])
        return event

    def fill(self, event, part, card, number, *, takeaway=None):
        """One form; none where the number is "absent"."""
        if number == "absent":
            return
        given = {"card": Given(text=card) if card else SKIPPED}
        given["knowledge"] = SKIPPED if number is None else Given(number=number)
        if takeaway:
            given["takeaway"] = Given(text=takeaway)
        self.answered(self.session, self.collection(event, part), given)

    def collection(self, event, part):
        """An event's collection for a part, opened when it is first needed."""
        code = f"{event.code}{part.value}"
        found = collections.by_code(self.session, code)
        return found or collecting.open_collection(
            self.session,
            self.editions[part],
            code,
            f"{event.name}: {part.value}",
            audience=Audience.PRACTITIONER,
            opens_at=self.now - timedelta(days=1),
            event=event,
            part=part,
            now=self.now,
        )

    def programme(self, threshold=THRESHOLD):
        return pairing.programme(self.session, self.series, Editions(), threshold)

    def report(self, event, **reader):
        return pairing.session_report(
            self.session, event, Editions(), THRESHOLD, chance=Random(1), **reader
        )

    def knowledge(self, event, **reader):
        """What a reader is told of a session's change in knowledge."""
        return next(m for m in self.report(event, **reader).moved if m.measure.name == "knowledge")


@pytest.fixture
def course(session, answered, codes, now) -> Course:
    editions = {}
    for part in (Part.BEFORE, Part.AFTER, Part.LATER):
        survey = exchange.read_survey((SURVEYS / f"{part.value}.yaml").read_bytes())
        editions[part] = authoring.keep_draft(session, survey, now=now)
        authoring.publish(session, editions[part], now=now)
    series = Series(name="Training", created_at=now)
    session.add(series)
    session.flush()
    return Course(session, answered, codes, now, series, editions)


def of(measures, name="knowledge"):
    return next(each for each in measures if each.measure.name == name)


# One session, for its trainer


def test_the_trainer_sees_how_many_matched_and_their_mean_change(course):
    event = course.sit((4, 9), (5, 9), (6, 8), (3, 10), (7, 8), (2, "absent"))
    report = course.report(event, own=True)

    assert (report.before.count, report.after.count, report.matched.count) == (6, 5, 5)
    assert course.knowledge(event, own=True).change == pytest.approx((5 + 4 + 2 + 7 + 1) / 5)


def test_cards_match_however_they_were_typed_and_a_wrong_letter_does_not(course):
    typed = ["Apple-River", "APPLE RIVER", " apple,  river ", "apple\u00a0river", "aple river"]
    for way in typed:
        event = course.sit((4, 9, {"card": "apple river", "card_after": way}))
        cards = course.programme(threshold=2)
        assert pairing.read_forms(course.session, pairing.Scope(event.id), Editions()).matched(
            event.id
        ).matched == (way != "aple river")
    assert cards.cards.matched == len(typed) - 1
    assert (cards.cards.before.unmatched, cards.cards.after.unmatched) == (1, 1)


def test_a_card_used_twice_is_left_out_and_lost_cards_are_counted(course):
    course.sit(
        *[(5, 9)] * 6,
        (0, 1, {"card": "apple river"}),
        (0, 1, {"card": "Apple River"}),
        (0, 1, {"card_after": None}),
        (0, 1, {"card": None}),
    )
    programme = course.programme()

    assert (programme.cards.matched, programme.cards.duplicates) == (6, 1)
    assert programme.cards.before.repeated == programme.cards.after.repeated == 2
    assert (programme.cards.before.without_card, programme.cards.after.without_card) == (1, 2)
    assert programme.cards.before.unmatched == 1
    assert of(programme.compared).change == 4


@pytest.mark.parametrize("reader", [{"own": True}, {"own": False}])
def test_nothing_is_said_of_fewer_pairs_than_the_threshold(course, reader):
    event = course.sit(*[(4, 9)] * 4, *[(4, 9, {"card_after": None})] * 3)
    report = course.report(event, **reader)

    assert (report.before.count, report.after.count) == (7, 7)
    assert report.matched.hidden
    assert [moved.change for moved in report.moved] == [None, None]
    assert not any(moved.beside for moved in report.moved)


def test_who_passed_the_question_by_is_no_pair(course):
    event = course.sit(*[(4, 9)] * 4, (4, None), (None, 9))

    assert course.report(event, own=True).matched.count == 6
    assert course.knowledge(event, own=True).change is None


def test_forms_that_were_not_sent_do_not_count(course):
    event = course.sit(*[(4, 9)] * 5)
    given = {"card": Given(text="apple river"), "knowledge": Given(number=0)}
    for part in (Part.BEFORE, Part.AFTER):
        course.answered(course.session, course.collection(event, part), given, sent=False)

    assert course.report(event, own=True).matched.count == 5


def test_words_come_in_mixed_order_and_only_when_enough_people_wrote(course):
    words = [f"I learned {number}" for number in range(8)]
    few = course.sit(*[(4, 9, {"takeaway": each}) for each in words[:4]], (4, 9))
    many = course.sit(*[(4, 9, {"takeaway": each}) for each in words])

    def takeaways(event, seed=1, **reader):
        report = pairing.session_report(
            course.session, event, Editions(), THRESHOLD, chance=Random(seed), **reader
        )
        return [
            [said.text for said in each.said]
            for each in report.heard
            if each.question.name == "takeaway"
        ]

    assert takeaways(few, with_words=True) == [[]]
    assert takeaways(many) == []
    (first,), (second,) = takeaways(many, with_words=True), takeaways(many, 2, with_words=True)
    assert sorted(first) == sorted(second) == words
    assert len({tuple(first), tuple(second), tuple(words)}) == 3


def test_an_event_that_asks_nothing_before_and_after_says_so(course):
    event = course.sit()

    assert not course.report(event).asked


# All sessions together


def test_the_programme_is_over_all_sessions(course):
    course.sit(*[(4, 9)] * 6, (10, 10), *[(3, 9, {"card_after": None})] * 5)
    course.sit((2, 8), (5, 6), (6, 9))
    course.sit(*[(7, 7)] * 5, *[(8, "absent")] * 4)
    programme = course.programme()
    found = of(programme.compared)

    assert (programme.sessions, programme.people.count) == (3, 12 + 3 + 9)
    assert found.pairs.count == 7 + 3 + 5
    assert found.before == pytest.approx((6 * 4 + 10 + 2 + 5 + 6 + 5 * 7) / 15)
    assert found.after == pytest.approx((6 * 9 + 10 + 8 + 6 + 9 + 5 * 7) / 15)
    assert (found.everybody.people_before, found.everybody.people_after) == (24, 20)
    assert found.everybody.before == pytest.approx((15 * found.before + 5 * 3 + 4 * 8) / 24)
    assert found.everybody.after == pytest.approx((15 * found.after + 5 * 9) / 20)
    assert found.interval.lower < found.change < found.interval.upper


def test_a_series_that_few_have_answered_shows_nothing(course):
    course.sit(*[(4, 9)] * 4)
    programme = course.programme()

    assert programme.people.hidden
    assert (programme.sessions, programme.compared, programme.sittings) == (0, (), ())
    assert programme.cards.matched == 0


def test_few_pairs_among_many_people_show_only_what_everybody_said(course):
    course.sit(*[(4, 9)] * 4, *[(4, 9, {"card_after": None})] * 6)
    found = of(course.programme().compared)

    assert found.pairs.hidden
    assert (found.before, found.change, found.interval, found.points) == (None,) * 4
    assert (found.everybody.people_before, found.everybody.change) == (10, 5)
    assert not course.programme().half_matched


def test_too_few_on_one_side_are_compared_with_nobody(course):
    course.sit(*[(4, 9)] * 4, *[(4, "absent")] * 6)
    assert of(course.programme().compared).everybody is None


def test_the_same_people_and_strangers_say_whether_they_agree(course):
    changes = [(3, 8), (4, 9), (5, 7), (2, 8), (6, 9), (4, 6)] * 3
    course.sit(*changes, *[(4, 8, {"card_after": None})] * 6)
    found = of(course.programme().compared)
    before, after = zip(*changes, strict=True)

    assert found.size == pytest.approx(paired(before, after).d_z)
    assert found.everybody.interval == pytest.approx(
        unpaired([*before, *[4] * 6], [*after, *[8] * 6]).interval
    )
    assert found.everybody.chance < 0.01
    assert found.agree is True


def test_strangers_who_hide_a_small_change_do_not_agree(course):
    # golden/stats.json, case 2 in kind: clear for the same people, lost among strangers
    course.sit(*[(each % 11, min(10, each % 11 + (each % 3 > 0))) for each in range(33)])
    found = of(course.programme().compared)

    assert found.interval.lower > 0 > found.everybody.interval.lower
    assert found.agree is False


@pytest.mark.parametrize(("pairs", "shown"), [(9, False), (10, True)])
def test_fewer_than_ten_pairs_have_no_interval_and_no_size(course, pairs, shown):
    course.sit(
        *[(4, 8), (5, 9), (3, 9), (6, 7), (7, 8), (4, 9), (2, 9), (5, 8), (5, 7), (4, 7)][:pairs]
    )
    found = of(course.programme().compared)

    assert found.change > 0
    assert (found.interval is not None, found.size is not None) == (shown, shown)


def test_all_who_changed_alike_have_no_interval(course):
    course.sit(*[(4, 9)] * 12)
    found = of(course.programme().compared)

    assert (found.change, found.interval, found.size, found.agree) == (5, None, None, None)


def test_one_who_fell_among_many_who_stayed_is_not_found_by_the_interval(course):
    course.sit(*[(9, 9)] * 9, (9, 8))
    found = of(course.programme().compared)

    assert found.pairs.count == 10
    assert (found.interval, found.size) == (None, None)


def test_the_distribution_hides_small_counts_and_shows_the_ceiling(course):
    course.sit(*[(5, 10)] * 8, *[(10, 10)] * 7, *[(7, 9)] * 9, *[(1, 9)] * 3, *[(2, 9)] * 3)
    found = of(course.programme().compared)
    before, after = found.points

    assert before.cells["1"].hidden and before.cells["0"].hidden
    assert (found.best_before.count, found.best_before.share.per_cent) == (7, 23)
    assert found.best_after.count == after.cells["10"].count == 15


def test_three_months_later_only_those_with_all_three_numbers_count(course):
    course.sit(*[(4, 9, {"later": 8})] * 6, *[(4, 9)] * 5, (2, 9, {"later": None}))
    found = of(course.programme().compared).afterwards

    assert (found.people, found.before, found.after, found.later) == (6, 4, 9, 8)
    assert course.programme().cards.later_matched == 7


def test_only_the_same_measure_on_the_same_scale_is_compared(course, session, now):
    plain = course.editions[Part.AFTER]
    survey = exchange.read_survey((SURVEYS / "after.yaml").read_bytes())
    pages = [page for page in survey.pages if page.name != "now"]
    other = survey.model_copy(update={"survey": "other", "pages": pages, "measures": []})
    course.editions[Part.AFTER] = authoring.keep_draft(session, other, now=now)
    authoring.publish(session, course.editions[Part.AFTER], now=now)
    event = planning.plan(
        session, "Other", EventKind.TRAINING, now.date(), series=course.series,
        chance=Random(9), now=now,
    )  # fmt: skip
    for number in range(6):
        card = Given(text=course.codes.cards(event.code, 6)[number])
        course.fill(event, Part.BEFORE, card.text, 4)
        course.answered(session, course.collection(event, Part.AFTER), {"card": card})

    assert course.programme().compared == []
    assert course.programme().cards.matched == 6
    course.editions[Part.AFTER] = plain
    course.sit(*[(4, 9)] * 5)
    assert of(course.programme().compared).pairs.count == 5


def test_every_role_is_counted_over_all_sessions_and_never_within_one(course):
    event = course.sit(*[(4, 9)] * 6)

    assert set(course.programme().counted) == {Part.BEFORE}
    fields = pairing.SessionReport.__dataclass_fields__
    assert set(fields) == {"before", "after", "matched", "asked", "moved", "heard"}
    assert course.report(event, own=True).heard == ()


# The file of pairs


def test_somebody_outside_can_rebuild_the_headline_from_the_file(course):
    course.sit(*[(4, 9)] * 6, (0, 7))
    course.sit((2, 8), (5, 6), (6, 9))
    found = of(course.programme().compared)
    headers, rows = pairing.table(
        course.session, course.series, Editions(), THRESHOLD, chance=Random(1)
    )
    mine = [dict(zip(headers, row, strict=True)) for row in rows]
    before = [row["before"] for row in mine if row["measure"] == "knowledge"]
    after = [row["after"] for row in mine if row["measure"] == "knowledge"]

    assert headers == ["row", "measure", "before", "after"]
    assert len(before) == found.pairs.count == 10
    assert sum(before) / len(before) == pytest.approx(found.before)
    assert sum(after) / len(after) == pytest.approx(found.after)
    assert len({row["row"] for row in mine}) == len(mine)


def test_the_file_is_mixed_and_says_nothing_of_sessions_or_cards(course):
    learners = [(number % 11, (number * 7) % 11) for number in range(20)]
    event = course.sit(*learners)
    cards = {word for card in course.codes.cards(event.code, 20) for word in card.split()}

    def made(seed):
        return pairing.table(
            course.session, course.series, Editions(), THRESHOLD, chance=Random(seed)
        )[1]

    first, second = made(1), made(2)
    assert sorted(row[2:] for row in first) == sorted(row[2:] for row in second)
    assert [row[2:] for row in first] != [row[2:] for row in second]
    assert not {row[0] for row in first} & {row[0] for row in second}
    assert not cards & {str(cell) for row in first for cell in row}


def test_there_is_no_file_of_a_small_group(course):
    course.sit(*[(4, 9)] * 4)

    with pytest.raises(GroupTooSmall):
        pairing.table(course.session, course.series, Editions(), THRESHOLD, chance=Random(1))


def test_cards_stand_in_no_file_of_answers(course, session):
    event = course.sit(*[(4, 9)] * 6)
    collection = course.collection(event, Part.BEFORE)
    headers, rows = exporting.table(session, collection, "answers", Editions(), threshold=THRESHOLD)
    said = {str(cell) for row in rows for cell in row}

    assert "card" not in headers
    assert not said & set(course.codes.cards(event.code, 6))


# What an officer who reads every page could work out

SERIES = [
    [8, 3],
    [6, 7, 3],
    [6, 9, 12, 3],
    [9, 4, 4, 11, 6],
    [5, 5, 5, 1],
    [8, 8, 0],
    [12, 2, 2, 2, 9],
]


@pytest.mark.parametrize("sizes", SERIES, ids=str)
def test_taking_all_shown_sessions_from_the_total_gives_no_small_session_back(course, sizes):
    chance = Random(str(sizes))
    for size in sizes:
        learners = [(chance.randint(0, 9), chance.randint(0, 10)) for _ in range(size)]
        course.sit(*learners, *[(4, 9, {"card_after": None})] * 6)
    total = of(course.programme().compared)
    shown = {event.id: course.knowledge(event).change for event in course.events}
    pairs = dict(zip(shown, sizes, strict=True))
    hidden = [size for event, size in pairs.items() if shown[event] is None]

    assert all(pairs[event] >= THRESHOLD for event, change in shown.items() if change is not None)
    # Whoever takes away what is shown is left with the sum of so many, over so many sessions.
    left = total.pairs.count - sum(pairs[e] for e, change in shown.items() if change is not None)
    assert left == sum(hidden)
    assert left >= THRESHOLD and len(hidden) >= 2
    # And the list of sessions does not tell them apart either.
    programme = course.programme()
    alone = {sitting.event.id for sitting in programme.sittings}
    assert alone == {event for event, change in shown.items() if change is not None}
    assert (programme.pooled, programme.pooled_pairs) == (len(hidden), left)


def test_the_trainer_is_told_what_would_give_another_session_back_to_an_officer(course):
    mine, _small = course.sit(*[(4, 9)] * 8), course.sit(*[(1, 8)] * 3)

    assert course.knowledge(mine, own=True).change == 5
    assert course.knowledge(mine).change is None
    assert course.knowledge(mine).beside


def test_a_session_that_belongs_to_no_series_has_no_total_to_take_it_from(course):
    alone = course.sit(*[(4, 9)] * 5, series=False)
    course.sit(*[(1, 8)] * 3)

    assert course.knowledge(alone).change == 5


def test_where_all_sessions_are_large_all_are_shown(course):
    events = [course.sit(*[(4, 9)] * 5), course.sit(*[(4, 8)] * 6)]

    assert [course.knowledge(event).change for event in events] == [5, 4]
    assert (course.programme().pooled, len(course.programme().sittings)) == (0, 2)


@pytest.mark.parametrize(("unmatched", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_the_means_of_everybody_do_not_give_a_few_unmatched_people_back(course, unmatched, shown):
    course.sit(*[(4, 9)] * 9, *[(0, "absent")] * unmatched)

    assert (of(course.programme().compared).everybody is not None) == shown


@pytest.mark.parametrize(("more", "shown"), [(0, True), (2, False), (5, True)])
def test_the_later_means_do_not_give_those_who_stayed_away_back(course, more, shown):
    course.sit(*[(4, 9, {"later": 8})] * 7, *[(0, 1)] * more)

    assert (of(course.programme().compared).afterwards is not None) == shown
