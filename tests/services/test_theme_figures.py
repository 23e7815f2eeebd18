from datetime import timedelta

import pytest
from sqlalchemy import select
from theming_ground import LATER, NOTHING, TRANSPORT, WAITING, read_all, write

from feedback.analysis.codebook import Codebook
from feedback.analysis.codebook import Theme as Words
from feedback.analysis.theme_change import Verdict
from feedback.models.themes import Reading, Theme
from feedback.queries import theme_counts
from feedback.queries import themes as runs
from feedback.queries.theme_counts import Scope
from feedback.services import codebooks, coding, theme_figures

THRESHOLD = 5


@pytest.fixture
def there(database, answered, open_collection):
    """Twelve who write of transport, eight of waiting, three of nothing that is known."""
    texts = [TRANSPORT] * 12 + [WAITING] * 8 + [NOTHING] * 3
    return write(database, answered, open_collection, *texts)


def figures(database, now, *, weeks=None, **scope):
    with database.reading() as session:
        run = runs.newest_done(session)
        return theme_figures.figures(
            session, Scope(run.id, **scope), threshold=THRESHOLD, weeks=weeks, now=now
        )


def line(found, code):
    return next(each for each in found.lines if each.theme.theme.code == code)


def say(database, user, now, response_id, *codes):
    with database.writing() as writing, writing.begin():
        run = runs.newest_done(writing)
        question = writing.scalar(
            select(Reading.question_id).where(Reading.response_id == response_id)
        )
        ids = [writing.scalar(select(Theme.id).where(Theme.code == code)) for code in codes]
        coding.say(writing, run, (response_id, question), ids, 4, by=user.id, check=False, now=now)


def test_a_share_is_of_the_people_who_wrote_something(database, there, officer, now):
    read_all(database, officer, now)
    found = figures(database, now)
    transport = line(found, "transport")
    assert (found.base.count, transport.count.count) == (23, 12)
    assert transport.share.per_cent == 52
    assert transport.interval.lower < 12 / 23 < transport.interval.upper


def test_no_small_group_is_shown(database, there, officer, now):
    read_all(database, officer, now)
    found = figures(database, now)
    for each in found.lines:
        assert each.count.hidden or each.count.count >= THRESHOLD
        if each.count.hidden:
            assert each.share is None
            assert each.interval is None
            assert all(cell.hidden for cell in each.sides.cells.values())
    assert found.nothing_fits.hidden


def test_with_fewer_people_than_the_threshold_nothing_is_shown(
    database, answered, open_collection, officer, now
):
    write(database, answered, open_collection, *[TRANSPORT] * 4)
    read_all(database, officer, now)
    found = figures(database, now)
    assert found.base.hidden
    assert all(each.count.hidden for each in found.lines)


def test_a_persons_word_counts_and_not_the_machines(database, there, officer, now):
    read_all(database, officer, now)
    for number in there[:5]:
        say(database, officer, now, number, "food")
    found = figures(database, now)
    assert line(found, "transport").count.count == 7
    assert line(found, "food").count.count == 5


def test_a_person_counts_once_however_often_they_raise_a_theme(
    database, answered, open_collection, officer, now
):
    from feedback.questionnaire import Given

    for _ in range(6):
        with database.writing() as writing, writing.begin():
            both = {"more": Given(text=TRANSPORT), "again": Given(text=TRANSPORT)}
            answered(writing, open_collection, both)
    read_all(database, officer, now)
    found = figures(database, now)
    assert (found.base.count, line(found, "transport").count.count) == (6, None)  # all six: hidden


def test_one_question_can_be_looked_at_alone(database, there, officer, now):
    read_all(database, officer, now)
    assert figures(database, now, question="again").base.hidden
    assert figures(database, now, question="more").base.count == 23


def test_a_theme_that_came_after_a_person_read_is_still_put_on_by_the_machine(
    database, there, officer, now
):
    read_all(database, officer, now)
    for number in there[:6]:
        say(database, officer, now, number, "food")
    with database.writing() as writing, writing.begin():
        current = codebooks.current(writing)
        rows = [
            {"code": each.theme.code, "name": each.name, "seeds": each.seeds}
            for each in current.themes
        ]

        themes = [Words(row["code"], row["name"], "", tuple(row["seeds"])) for row in rows]
        themes.append(Words("taxis", "Taxis", "", ("taxi", "driver was new")))
        codebooks.keep(writing, Codebook("send", 2, tuple(themes)), {}, by=officer.id, now=now)
    read_all(database, officer, now + LATER)
    assert line(figures(database, now), "taxis").count.count == 12


def test_rounds_are_compared_in_the_words_of_the_rule(
    database, answered, open_survey, every_kind, officer, now
):
    open_collection = open_survey(every_kind, opens_at=now - timedelta(weeks=9))
    before, after = now - timedelta(weeks=6), now - timedelta(weeks=1)
    write(database, answered, open_collection, *[TRANSPORT] * 2, *[NOTHING] * 38, at=before)
    write(database, answered, open_collection, *[TRANSPORT] * 30, *[NOTHING] * 10, at=after)
    read_all(database, officer, now)
    found = figures(database, now, weeks=4)
    assert line(found, "transport").change.verdict is Verdict.GROWN
    assert line(found, "food").change is None  # too few to say anything


def test_rounds_are_not_compared_when_the_codebook_has_changed_since(database, there, officer, now):
    read_all(database, officer, now)
    assert not figures(database, now, weeks=4).stale
    with database.writing() as writing, writing.begin():
        current = codebooks.current(writing)
        codebooks.keep(writing, current.words, {}, by=officer.id, now=now)
    found = figures(database, now, weeks=4)
    assert found.stale
    assert all(each.change is None for each in found.lines)


def test_comments_that_came_since_are_counted(
    database, there, answered, open_collection, officer, now
):
    read_all(database, officer, now)
    write(database, answered, open_collection, TRANSPORT)
    assert figures(database, now).newer == 1


def test_each_figure_leads_to_its_comments(database, there, officer, now):
    read_all(database, officer, now)
    with database.reading() as session:
        run = runs.newest_done(session)
        theme = session.scalar(select(Theme.id).where(Theme.code == "transport"))
        count, keys = theme_counts.keys(
            session, Scope(run.id), [theme], enough=THRESHOLD, limit=100, offset=0
        )
    assert count == 12
    assert {response for response, _ in keys} == set(there[:12])


def test_quality_is_shown_once_people_have_read_enough(database, there, officer, now):
    read_all(database, officer, now)
    assert not line(figures(database, now), "transport").checked.precise
    for number in there[:12]:
        say(database, officer, now, number, "transport")
    read_all(database, officer, now + LATER)
    checked = line(figures(database, now), "transport").checked
    assert (checked.comments, checked.put, checked.right) == (12, 12, 12)
    assert checked.precise


def test_audiences_and_rounds_leave_through_the_gate(database, there, officer, now):
    read_all(database, officer, now)
    with database.reading() as session:
        run = runs.newest_done(session)
        theme = session.scalar(select(Theme.id).where(Theme.code == "transport"))
        audiences = theme_figures.by_audience(session, Scope(run.id), [theme], threshold=THRESHOLD)
        rounds = theme_figures.rounds(
            session, Scope(run.id), [theme], weeks=4, number=3, threshold=THRESHOLD, now=now + LATER
        )
    assert [(each.count.count, each.base.count) for each in audiences] == [(12, 23)]
    assert [each.count.count for each in rounds] == [None, None, 12]


def test_a_person_who_is_quicker_than_the_next_run_breaks_no_figure(
    database, there, answered, open_collection, officer, now
):
    read_all(database, officer, now)
    new = write(database, answered, open_collection, *[NOTHING] * 6)
    with database.writing() as writing, writing.begin():
        run = runs.newest_done(writing)
        food = writing.scalar(select(Theme.id).where(Theme.code == "food"))
        question = writing.scalar(select(Reading.question_id).limit(1))
        for number in new:
            key = (number, question)
            coding.say(writing, run, key, [food], 4, by=officer.id, check=False, now=now)
    found = figures(database, now)
    assert (found.base.count, line(found, "food").count.count) == (29, 6)


def test_a_theme_that_is_retired_is_no_theme_of_a_comment(database, there, officer, now):
    read_all(database, officer, now)
    for number in there[-3:]:
        say(database, officer, now, number, "food")
    for number in there[:6]:
        say(database, officer, now, number, "food")
    with database.writing() as writing, writing.begin():
        current = codebooks.current(writing)
        left = tuple(each for each in current.words.themes if each.code != "food")
        words = Codebook("send", 2, left)
        codebooks.keep(writing, words, {}, by=officer.id, now=now)
    read_all(database, officer, now + LATER)
    assert figures(database, now).nothing_fits.count == 9
