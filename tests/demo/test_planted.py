"""What the demonstration says it holds can be found in it."""

from collections import Counter
from datetime import datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from feedback.analysis.text import card_words
from feedback.demo.families import cycle_begins
from feedback.demo.people import planted
from feedback.demo.training import typed
from feedback.demo.written import hand_written
from feedback.models.collections import Collection
from feedback.models.events import Event, Place
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Question
from feedback.vocabulary import (
    AnswerState,
    Audience,
    EventKind,
    EventStatus,
    Part,
    PlaceKind,
    QuestionKind,
)

FILES = ("parents", "live", "young", "listening", "training", "later", "coproduction")


# Training


def knowledge(loaded, part):  # type: ignore[no-untyped-def]
    """Session and card → how much one person knew."""
    found = {}
    for event, _row, answers in loaded.training(part):
        if answers["card"].text is not None:
            key = (event.id, answers["card"].text)
            assert key not in found, "a card is one person's within a session"
            found[key] = answers["knowledge"].number
    return found


def test_training_reproduces_its_two_means(loaded):
    first, second = knowledge(loaded, Part.BEFORE), knowledge(loaded, Part.AFTER)
    pairs = [(first[key], second[key]) for key in first.keys() & second.keys()]
    pairs = [pair for pair in pairs if None not in pair]
    before, after = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    everybody = [number for number in first.values() if number is not None]

    rules = planted()["training"]
    assert len(loaded.training(Part.BEFORE)) == rules["before"] == 686
    assert len(loaded.training(Part.AFTER)) == rules["after"] == 612
    unmatched = rules["lost_card"] + rules["mistyped"] + rules["no_knowledge"]
    assert len(pairs) == rules["after"] - unmatched == 545
    assert (round(before, 1), round(after, 1), round(after - before, 1)) == (5.6, 9.1, 3.5)
    assert round(sum(everybody) / len(everybody), 1) == 5.6
    assert [pair for pair in pairs if pair[0] == 10] == [(10, 10)] * rules["at_ten_before"]
    assert 0 < sum(b > a for b, a in pairs) < len(pairs) / 20, "a few know less than they thought"
    assert set(everybody) >= set(range(1, 11))


def test_sessions_are_small(loaded):
    sizes = Counter(event.id for event, _row, _answers in loaded.training(Part.BEFORE))
    events = {event.id: event for event, _row, _answers in loaded.training(Part.BEFORE)}

    assert len(sizes) == planted()["training"]["sessions"] == 84
    assert (min(sizes.values()), max(sizes.values())) == (4, 14)
    assert round(sizes.total() / len(sizes), 1) == 8.2
    assert all(event.attended == sizes[event.id] for event in events.values())
    assert all(event.status is EventStatus.DONE for event in events.values())


def test_cards_are_those_that_are_printed_and_kept_as_the_form_keeps_them(loaded, codes):
    sessions = {}
    for event, _row, answers in loaded.training(Part.BEFORE):
        sessions.setdefault(event.code, []).append(answers["card"].text)
    after = [answers["card"] for _event, _row, answers in loaded.training(Part.AFTER)]

    for code, words in sessions.items():
        assert sorted(words) == sorted(codes.cards(code, len(words)))
    assert all(card_words(given.text) == given.text for given in after if given.text)
    assert (
        round([given.state for given in after].count(AnswerState.SKIPPED) / len(after), 2) == 0.08
    )


def test_people_type_their_card_in_many_ways():
    chance = Random(1)
    ways = {typed("apple river", chance) for _ in range(200)}

    assert len(ways) == 6
    assert {card_words(way) for way in ways} == {"apple river"}


def test_a_third_answers_three_months_later(loaded):
    rules = planted()["training"]["later"]
    first, second, third = (
        knowledge(loaded, part) for part in (Part.BEFORE, Part.AFTER, Part.LATER)
    )
    forms = loaded.training(Part.LATER)
    threes = [third[key] for key in third if None not in (first.get(key), second.get(key))]
    did = Counter(code for _event, _row, answers in forms for code in answers["did_it"].codes)
    asked = Counter(event.id for event, _row, _answers in loaded.training(Part.AFTER))
    old = {event.id for event, _row, _answers in forms}

    assert len(forms) == rules["sent"]
    assert len(threes) == rules["sent"] - rules["lost_card"] - rules["mistyped"]
    assert round(sum(threes) / len(threes), 1) == rules["knowledge"]
    assert did == rules["did_it"]
    assert 0.25 < len(forms) / sum(asked[each] for each in old) < 0.5
    for event, row, _answers in forms:
        days = (row.sent_at.astimezone(loaded.zone).date() - event.starts_on).days
        assert rules["after_days"] <= days < rules["after_days"] + rules["open_days"]


def test_one_trainer_has_words_to_read(loaded):
    wrote = Counter(
        event.id for event, _row, answers in loaded.training(Part.AFTER) if answers["takeaway"].text
    )

    assert max(wrote.values()) >= planted()["training"]["takeaways_of_one_session"] >= 5


# The calendar


def events(loaded):  # type: ignore[no-untyped-def]
    with loaded.database.reading() as session:
        found = select(Event).options(
            joinedload(Event.place), joinedload(Event.series), joinedload(Event.organisation)
        )
        return session.scalars(found.order_by(Event.starts_on, Event.id)).all()


def test_the_training_is_a_series_in_eleven_hubs(loaded):
    sessions = [each for each in events(loaded) if each.series_id and each.attended]
    sessions = [each for each in sessions if each.series.name == "Family Hub SEND training"]

    assert len(sessions) == 84
    assert {each.series.designed_with for each in sessions} == {"Brackenshore Together"}
    assert len({each.place.name for each in sessions}) == 11
    assert {each.place.kind for each in sessions} == {PlaceKind.HUB}


def test_the_calendar_has_life(loaded):
    every = events(loaded)
    kinds, status = Counter(each.kind for each in every), Counter(each.status for each in every)

    assert len(every) == 84 + len(planted()["events"])
    assert set(kinds) == set(EventKind)
    assert status[EventStatus.CANCELLED] == 1
    assert status[EventStatus.PLANNED] >= 8
    assert {each.organisation.name for each in every} >= {"Brackenshore Together"}
    with loaded.database.reading() as session:
        kinds = Counter(session.scalars(select(Place.kind)))
    assert (kinds[PlaceKind.HUB], kinds[PlaceKind.SCHOOL], kinds[PlaceKind.CLINIC]) == (11, 3, 2)


def test_some_coming_months_have_nothing_for_young_people(loaded):
    today = loaded.now.astimezone(loaded.zone).date()
    reaching = {Audience.YOUNG_PERSON.value, Audience.EVERYONE.value}
    planned = {
        (each.starts_on.year, each.starts_on.month)
        for each in events(loaded)
        if each.starts_on >= today and reaching & set(each.audiences)
    }
    coming = [
        (today.year + (today.month + at) // 12, (today.month + at) % 12 + 1) for at in range(6)
    ]

    assert planned
    assert len(set(coming) - planned) >= 2


def test_what_is_over_is_done_and_what_is_to_come_is_planned(loaded):
    today = loaded.now.astimezone(loaded.zone).date()
    for each in events(loaded):
        if each.status is not EventStatus.CANCELLED:
            assert (each.status is EventStatus.DONE) == (each.ends_on < today), each.name


# Parents: measures


def cycle_of(moment: datetime, loaded) -> int:  # type: ignore[no-untyped-def]
    day, today = (each.astimezone(loaded.zone).date() for each in (moment, loaded.now))
    return next(cycle for cycle in range(13, 0, -1) if cycle_begins(today, cycle) <= day)


def top_shares(loaded, name):  # type: ignore[no-untyped-def]
    """The share that gives one of the two best answers in each cycle."""
    good, given = Counter(), Counter()
    for row, answers in loaded.answers("parents"):
        if answers[name].state is AnswerState.GIVEN:
            cycle = cycle_of(row.sent_at, loaded)
            given[cycle] += 1
            good[cycle] += answers[name].codes[0] in "45"
    return {cycle: good[cycle] / given[cycle] for cycle in sorted(given)}


def mean(shares, cycles):  # type: ignore[no-untyped-def]
    return sum(shares[cycle] for cycle in cycles) / len(cycles)


def test_each_cycle_has_as_many_families_as_a_month_brings(loaded):
    sizes = Counter(cycle_of(row.sent_at, loaded) for row, _answers in loaded.answers("parents"))

    assert sorted(sizes) == list(range(1, 14))
    assert all(55 <= size <= 95 for size in sizes.values())


def test_satisfaction_falls_with_the_buses_and_rises_again(loaded):
    shares = top_shares(loaded, "satisfied")

    assert all(abs(shares[cycle] - 0.58) < 0.03 for cycle in range(1, 7))
    assert all(abs(shares[cycle] - 0.46) < 0.03 for cycle in range(7, 10))
    assert all(abs(shares[cycle] - 0.62) < 0.03 for cycle in range(10, 14))


def test_being_listened_to_rises_slowly_and_being_informed_does_not(loaded):
    listened, informed = top_shares(loaded, "listened"), top_shares(loaded, "informed")

    assert abs(listened[1] - 0.44) < 0.03
    assert abs(listened[13] - 0.58) < 0.03
    assert max(abs(listened[at + 1] - listened[at]) for at in range(1, 13)) < 0.05
    assert all(abs(share - 0.52) < 0.06 for share in informed.values())
    assert abs(mean(informed, range(1, 7)) - mean(informed, range(8, 14))) < 0.05


def test_small_groups_and_other_languages_occur(loaded):
    everybody = loaded.answers("parents")
    learns = Counter(code for _row, answers in everybody for code in answers["setting"].codes)
    languages = Counter(row.language for row, _answers in everybody)

    assert 0 < learns["eotas"] < 10
    assert set(languages) == {"en", "pl", "ar"}
    assert languages["en"] > 0.9 * languages.total()


def test_people_leave_at_several_pages_of_one_survey(loaded):
    with loaded.database.reading() as session:
        left = Counter(
            session.scalars(
                select(Response.furthest)
                .join(Collection)
                .where(Collection.code == "live", Response.sent_at.is_(None))
            )
        )

    assert left == planted()["live"]["begun_only"]


# Comments


def theme_shares(loaded, about):  # type: ignore[no-untyped-def]
    """The share of comments on what should be better that are about something, each cycle."""
    mine = [r for r in loaded.comments if (r["survey"], r["question"]) == ("parents", "better")]
    every = Counter(int(row["cycle"]) for row in mine)
    some = Counter(int(row["cycle"]) for row in mine if about(row))
    return {cycle: some[cycle] / every[cycle] for cycle in range(1, 14)}


def test_themes_move_where_they_were_planted(loaded):
    def theme(name, sentiments="12345"):  # type: ignore[no-untyped-def]
        return theme_shares(
            loaded, lambda row: name in row["themes"].split() and row["sentiment"] in sentiments
        )

    bus, wait, unheard = theme("transport"), theme("waiting"), theme("communication", "45")
    portal = theme_shares(loaded, lambda row: row["topic"] == "portal")

    assert min(bus[cycle] for cycle in (7, 8, 9)) > 0.28
    assert max(bus[cycle] for cycle in (*range(1, 7), *range(10, 14))) < 0.2
    assert all(abs(share - 0.18) < 0.04 for share in wait.values())
    assert mean(unheard, range(11, 14)) < 0.7 * mean(unheard, range(1, 11))
    assert all(portal[cycle] == 0 for cycle in range(1, 9))
    assert 0 < portal[9] < portal[11] < portal[13]


def test_live_holds_the_topic_that_no_theme_covers(loaded):
    about = [r for r in loaded.comments if (r["survey"], r["topic"]) == ("live", "photos")]

    assert len(about) >= 8


def test_at_least_600_comments_are_written_by_hand_and_labelled():
    written = [comment for file in FILES for comment in hand_written(file)]

    assert len({comment.text for comment in written}) >= 600
    for file in FILES:
        mine = [
            (comment.question, comment.audience, comment.text) for comment in hand_written(file)
        ]
        assert len(set(mine)) == len(mine)
    assert all(1 <= comment.sentiment <= 5 for comment in written)
    assert len({theme for comment in written for theme in comment.themes}) == 29


def test_each_hand_written_comment_is_said_once_where_it_belongs(loaded):
    whole = Counter(row["source"] for row in loaded.comments if row["varied"] == "no")
    joined = Counter(
        part
        for row in loaded.comments
        if row["survey"] == "listening"  # fewer people than comments: short ones share a card
        for part in row["source"].split("+")
    )

    for file in FILES:
        for comment in hand_written(file):
            said = joined if file == "listening" else whole
            assert said[comment.source] == 1, comment.source


def test_the_written_out_map_is_true(loaded):
    written = {comment.source: comment for file in FILES for comment in hand_written(file)}
    with loaded.database.reading() as session:
        rows = session.execute(
            select(Response.submission_id, Question.name, Answer.text)
            .join(Answer, Answer.response_id == Response.id)
            .join(Question, Question.id == Answer.question_id)
            .where(Answer.text.is_not(None), Question.kind == QuestionKind.COMMENT)
        )
        kept = {(submission, question): text for submission, question, text in rows}

    comments = loaded.comments
    assert kept == {(row["submission_id"], row["question"]): row["text"] for row in comments}
    for row in comments:
        sources = [written[part] for part in row["source"].split("+")]
        assert {comment.question for comment in sources} == {row["question"]}
        assert set(row["themes"].split()) == {t for comment in sources for t in comment.themes}
        assert (row["text"] == sources[0].text) or row["varied"] == "yes"
        assert bool(row["cycle"]) == (row["survey"] == "parents")
