"""Codebooks change version by version, by two at once, and no coding is ever lost."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import func, select

from feedback.errors import (
    ChangedMeanwhile,
    CodebookFull,
    InListAlready,
    NotKept,
    ThemeNotThere,
)
from feedback.models.oversight import AuditEvent
from feedback.models.responses import Answer
from feedback.models.themes import (
    CodebookVersion,
    Coding,
    Reading,
    Theme,
    ThemeWording,
    ThemingRun,
)
from feedback.outputs import codebooks as files
from feedback.queries import codebooks as stored
from feedback.questionnaire import Given
from feedback.services import codebooks, people, recoding, versions
from feedback.services.codebook_changes import By, Facts, facts_of
from feedback.services.versions import Step
from feedback.vocabulary import CodingState, Role, RunState

SMALL = """\
codebook: small
version: 7
themes:
  - {code: food, name: Food, definition: To eat., seeds: [lunch, cake], tags: [area-3]}
  - {code: venue, name: Venue, seeds: [room, Cake], tags: [area-3, lundy-1]}
  - {code: staff, name: Staff, seeds: [kind]}
  - {code: money, name: Money, seeds: [cost]}
"""


@pytest.fixture
def by(session, now):
    user = people.add_user(session, "o@example.org", "Olive", Role.OFFICER, "a password", now=now)
    return By(user.id, now)


@pytest.fixture
def codebook(session, by):
    words, ties = files.read_codebook(SMALL), files.read_ties(SMALL)
    loaded = recoding.load(session, words, ties, seen=0, by=by)
    recoding.choose(session, loaded, by=by)
    return loaded


@pytest.fixture
def ids(session, codebook):
    """Code of a theme → its number."""
    return {theme.code: theme.id for theme in stored.themes(session, codebook.id)}


def number(session, codebook) -> int:
    return stored.newest(session, codebook.id).number


def names(session, codebook) -> list[str]:
    newest = stored.newest(session, codebook.id)
    return [row.name for row in stored.wordings(session, newest.id)]


def theme_facts(session, codebook, theme_id) -> Facts:
    return facts_of(stored.last_wordings(session, codebook.id)[theme_id])


def lines(session) -> list[tuple[str, str]]:
    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(row.action, row.subject) for row in rows]


@pytest.fixture
def read(session, answered, open_collection, codebook, by, now):
    """Somebody writes a comment that a person puts themes on.

    A test asks for `open_collection` first: it is kept before this session takes the lock.
    """

    def made(*theme_ids: int, state: CodingState = CodingState.CONFIRMED, run=None) -> int:
        visit = answered(session, open_collection, {"more": Given(text="It was late")})
        row = session.scalars(select(Answer).where(Answer.response_id == visit.id)).first()
        return coded(row.response_id, row.question_id, theme_ids, state, run)

    def coded(response_id, question_id, theme_ids, state, run=None) -> int:
        reading = Reading(
            response_id=response_id,
            question_id=question_id,
            run_id=run,
            user_id=None if run else by.user_id,
            version_id=stored.newest(session, codebook.id).id,
            read_at=now,
        )
        session.add(reading)
        session.flush()
        for theme_id in theme_ids:
            session.add(Coding(reading_id=reading.id, theme_id=theme_id, state=state, spans=[]))
        session.flush()
        return response_id

    made.coded = coded
    return made


# One change after the other


def test_the_codebook_that_travels_along_is_used_where_there_is_none(session, by):
    first = recoding.begin(session, by=by)
    assert recoding.begin(session, by=by) is first
    assert (first.name, first.in_use) == ("send", True)
    assert len(names(session, first)) == 29
    assert lines(session) == [("use codebook", f"codebook {first.id}")]


def test_each_change_is_one_version_and_those_before_stay_as_they_are(session, codebook, ids, by):
    before = {
        (row.version_id, row.theme_id): facts_of(row)
        for row in session.scalars(select(ThemeWording))
    }
    new = recoding.add(session, codebook, Facts(name="Quiet space"), by=by)
    food = theme_facts(session, codebook, ids["food"])
    recoding.reword(
        session, codebook, ids["food"], Facts(name="Meals", seeds=food.seeds), seen=2, by=by
    )
    recoding.retire(session, codebook, ids["money"], seen=3, by=by)
    assert [(each.number, each.what, each.by) for each in stored.changes(session, codebook.id)] == [
        (4, f"retire {ids['money']}", "Olive"),
        (3, f"words {ids['food']}", "Olive"),
        (2, f"add {new}", "Olive"),
        (1, "file", "Olive"),
    ]
    assert names(session, codebook) == ["Meals", "Venue", "Staff", "Quiet space"]
    for (version_id, theme_id), facts in before.items():
        assert facts_of(session.get_one(ThemeWording, (version_id, theme_id))) == facts
    assert lines(session)[2:] == [
        ("add theme", f"codebook {codebook.id} theme {new}"),
        ("change theme", f"codebook {codebook.id} theme {ids['food']}"),
        ("retire theme", f"codebook {codebook.id} theme {ids['money']}"),
    ]


def test_a_change_that_changes_nothing_makes_no_version(session, codebook, ids, by):
    same = theme_facts(session, codebook, ids["food"])
    recoding.reword(session, codebook, ids["food"], same, seen=1, by=by)
    recoding.back(session, codebook, ids["food"], by=by)
    assert number(session, codebook) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Quiet space!", "quiet_space"),
        ("Food", "food_2"),
        ("Élan & Ärger", "elan_arger"),
        ("الانتظار", "theme"),
        ("3 wishes", "wishes"),
        ("x" * 200, "x" * 36),
    ],
)
def test_a_new_theme_has_a_code_from_its_name_that_a_file_may_have(
    session, codebook, ids, by, name, code
):
    recoding.retire(session, codebook, ids["food"], seen=1, by=by)
    theme_id = recoding.add(session, codebook, Facts(name=name), by=by)
    assert session.get_one(Theme, theme_id).code == code
    now = codebooks.current(session)
    again = files.read_codebook(files.write_codebook(now.words, {}))
    assert again == now.words


def test_two_themes_never_have_one_name(session, codebook, ids, by):
    with pytest.raises(InListAlready):
        recoding.add(session, codebook, Facts(name="fOOD"), by=by)
    with pytest.raises(InListAlready):
        recoding.reword(session, codebook, ids["venue"], Facts(name="Staff"), seen=1, by=by)
    with pytest.raises(InListAlready):
        recoding.split(
            session, codebook, ids["food"], [Facts(name="A"), Facts(name="venue")], seen=1, by=by
        )
    recoding.retire(session, codebook, ids["food"], seen=1, by=by)
    recoding.add(session, codebook, Facts(name="Food"), by=by)
    with pytest.raises(InListAlready):
        recoding.back(session, codebook, ids["food"], by=by)
    assert number(session, codebook) == 3
    assert session.scalar(select(func.count()).select_from(Theme)) == 5  # none was half made


def test_a_codebook_does_not_grow_without_end(session, codebook, by, monkeypatch):
    monkeypatch.setattr("feedback.services.codebook_changes.MOST_THEMES", 4)
    with pytest.raises(CodebookFull):
        recoding.add(session, codebook, Facts(name="One more"), by=by)


# Merging and splitting


def test_a_merged_theme_is_read_as_the_other_and_comes_back_as_it_was(session, codebook, ids, by):
    before = theme_facts(session, codebook, ids["food"])
    recoding.merge(session, codebook, ids["venue"], ids["food"], with_words=True, seen=1, by=by)
    together = theme_facts(session, codebook, ids["food"])
    assert (together.seeds, together.tags) == (("lunch", "cake", "room"), ("area-3", "lundy-1"))
    assert stored.resolved(session, codebook.id)[ids["venue"]] == ids["food"]

    more = Facts(name="Food", definition=before.definition, seeds=(*together.seeds, "tea"))
    recoding.reword(session, codebook, ids["food"], more, seen=2, by=by)
    recoding.back(session, codebook, ids["venue"], by=by)
    assert theme_facts(session, codebook, ids["food"]).seeds == ("lunch", "cake", "tea")
    assert names(session, codebook) == ["Food", "Venue", "Staff", "Money"]
    assert stored.resolved(session, codebook.id)[ids["venue"]] == ids["venue"]


def test_what_was_merged_into_a_merged_theme_goes_along_and_comes_back(session, codebook, ids, by):
    alone = {"with_words": False, "by": by}
    recoding.merge(session, codebook, ids["money"], ids["venue"], seen=1, **alone)
    recoding.merge(session, codebook, ids["venue"], ids["food"], seen=2, **alone)
    resolved = stored.resolved(session, codebook.id)
    assert resolved[ids["money"]] == resolved[ids["venue"]] == ids["food"]

    recoding.back(session, codebook, ids["venue"], by=by)
    resolved = stored.resolved(session, codebook.id)
    assert resolved[ids["money"]] == resolved[ids["venue"]] == ids["venue"]


def test_the_parts_of_a_split_theme_stand_in_its_place(session, codebook, ids, by):
    parts = [Facts(name="Lunch", seeds=("lunch",)), Facts(name="Food")]
    made = recoding.split(session, codebook, ids["food"], parts, seen=1, by=by)
    assert names(session, codebook) == ["Lunch", "Food", "Venue", "Staff", "Money"]
    assert stored.split_up(session, codebook.id) == {ids["food"]}
    assert stored.resolved(session, codebook.id)[ids["food"]] == ids["food"]
    [gone] = stored.gone(session, codebook.id)
    assert (gone.words.theme_id, gone.into, gone.parts) == (ids["food"], None, ["Lunch", "Food"])

    recoding.back(session, codebook, ids["food"], by=by)
    assert names(session, codebook) == ["Food", "Venue", "Staff", "Money"]
    assert stored.split_up(session, codebook.id) == set()
    resolved = stored.resolved(session, codebook.id)
    assert {resolved[part] for part in made} == {ids["food"]}


def test_a_theme_cannot_be_merged_into_itself_or_split_into_one(session, codebook, ids, by):
    food = ids["food"]
    with pytest.raises(ValueError, match="itself"):
        recoding.merge(session, codebook, food, food, with_words=True, seen=1, by=by)
    with pytest.raises(ValueError, match="two parts"):
        recoding.split(session, codebook, food, [Facts(name="Meals")], seen=1, by=by)


def test_people_are_counted_once_and_a_persons_word_outranks_the_machines(
    open_collection, session, codebook, ids, read, by, now
):
    version = stored.newest(session, codebook.id).id
    runs = [
        ThemingRun(
            version_id=version, state=RunState.DONE, parameters={}, quality={}, queued_at=now
        )
        for _ in range(2)
    ]
    session.add_all(runs)
    session.flush()
    old, new = (run.id for run in runs)
    food, suggested = ids["food"], CodingState.SUGGESTED

    read(food, ids["venue"])  # by a person
    read(food, state=CodingState.REFUSED)
    read(food, state=suggested, run=old)  # not found any more
    read(food, state=suggested, run=new)
    corrected = read(food, state=suggested, run=new)
    row = session.scalars(select(Answer).where(Answer.response_id == corrected)).first()
    read.coded(row.response_id, row.question_id, [food], CodingState.REFUSED)

    assert stored.carried(session, codebook.id, [food]) == 2
    assert stored.carried(session, codebook.id, [food, ids["venue"]]) == 2
    assert stored.carried(session, codebook.id, [ids["money"]]) == 0


# Two at once


def test_two_who_change_different_things_both_have_their_way(session, codebook, ids, by):
    seen = theme_facts(session, codebook, ids["food"])
    recoding.reword(
        session, codebook, ids["food"], Facts(**{**vars(seen), "name": "Meals"}), seen=1, by=by
    )
    recoding.reword(
        session, codebook, ids["food"], Facts(**{**vars(seen), "tags": ("area-1",)}), seen=1, by=by
    )
    recoding.retire(session, codebook, ids["money"], seen=1, by=by)
    both = theme_facts(session, codebook, ids["food"])
    assert (both.name, both.tags, both.seeds) == ("Meals", ("area-1",), ("lunch", "cake"))


def test_who_changes_the_same_words_second_is_told_and_loses_nothing(session, codebook, ids, by):
    first = Facts(name="Meals", definition="Eating.", seeds=("lunch",))
    recoding.reword(session, codebook, ids["food"], first, seen=1, by=by)
    mine = Facts(name="Eating", definition="To eat.", seeds=("lunch", "cake"))
    with pytest.raises(recoding.ThemeChanged) as told:
        recoding.reword(session, codebook, ids["food"], mine, seen=1, by=by)
    assert told.value.latest == first
    assert told.value.meant == Facts(name="Eating", definition="Eating.", seeds=("lunch",))
    assert told.value.number == 2
    assert names(session, codebook)[0] == "Meals"


def test_who_comes_second_is_told(session, codebook, ids, by):
    food, venue = ids["food"], ids["venue"]
    recoding.reword(session, codebook, food, Facts(name="Meals"), seen=1, by=by)
    parts = [Facts(name="A"), Facts(name="B")]
    for act in (
        lambda: recoding.retire(session, codebook, food, seen=1, by=by),
        lambda: recoding.split(session, codebook, food, parts, seen=1, by=by),
        lambda: recoding.merge(session, codebook, venue, food, with_words=True, seen=1, by=by),
        lambda: recoding.merge(session, codebook, food, venue, with_words=True, seen=1, by=by),
        lambda: recoding.restore(session, codebook, 1, seen=1, by=by),
        lambda: recoding.load(session, files.read_codebook(SMALL), {}, seen=1, by=by),
    ):
        with pytest.raises(ChangedMeanwhile):
            act()
    recoding.retire(session, codebook, food, seen=2, by=by)
    for act in (
        lambda: recoding.retire(session, codebook, food, seen=3, by=by),
        lambda: recoding.merge(session, codebook, venue, food, with_words=True, seen=3, by=by),
        lambda: recoding.reword(session, codebook, food, Facts(name="C"), seen=3, by=by),
    ):
        with pytest.raises(ThemeNotThere):
            act()
    assert number(session, codebook) == 3


def test_two_changes_at_the_same_moment_make_two_versions(database, now):
    with database.writing() as session, session.begin():
        book = codebooks.keep(
            session, files.read_codebook(SMALL), files.read_ties(SMALL), by=None, now=now
        )
    together = Barrier(2)

    def add(name: str) -> None:
        together.wait()
        with database.writing() as session, session.begin():
            locked = stored.one(session, book.id, lock=True)
            recoding.add(session, locked, Facts(name=name), by=By(None, now))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(add, ["One", "Two"]))
    with database.reading() as session:
        assert number(session, book) == 3
        assert set(names(session, book)) >= {"One", "Two"}


# Files and earlier versions


def test_a_file_of_the_same_name_is_the_next_version_and_keeps_the_themes(
    session, codebook, ids, by
):
    recoding.merge(session, codebook, ids["venue"], ids["food"], with_words=False, seen=1, by=by)
    text = SMALL.replace("code: money, name: Money", "code: travel, name: Travel")
    again = recoding.load(session, files.read_codebook(text), {}, seen=2, by=by)
    assert again is codebook
    assert names(session, codebook) == ["Food", "Venue", "Staff", "Travel"]
    now = codebooks.current(session)
    assert now.ids["food"] == ids["food"]
    assert stored.resolved(session, codebook.id)[ids["venue"]] == ids["venue"]
    assert [each.words.name for each in stored.gone(session, codebook.id)] == ["Money"]


def test_going_back_to_a_version_and_forth_again_brings_back_the_merges(session, codebook, ids, by):
    recoding.merge(session, codebook, ids["venue"], ids["food"], with_words=True, seen=1, by=by)
    recoding.restore(session, codebook, 1, seen=2, by=by)
    assert stored.resolved(session, codebook.id)[ids["venue"]] == ids["venue"]
    assert theme_facts(session, codebook, ids["food"]).seeds == ("lunch", "cake")
    recoding.restore(session, codebook, 2, seen=3, by=by)
    assert stored.resolved(session, codebook.id)[ids["venue"]] == ids["food"]


def test_going_back_to_before_a_split_counts_the_parts_for_the_whole(session, codebook, ids, by):
    parts = [Facts(name="Lunch"), Facts(name="Cake")]
    made = recoding.split(session, codebook, ids["food"], parts, seen=1, by=by)
    recoding.restore(session, codebook, 1, seen=2, by=by)
    resolved = stored.resolved(session, codebook.id)
    assert {resolved[part] for part in made} == {ids["food"]}


def test_a_version_that_never_was_cannot_be_gone_back_to(session, codebook, by):
    for wrong in (0, 2, 2**40):
        with pytest.raises(NotKept):
            recoding.restore(session, codebook, wrong, seen=1, by=by)


def test_one_codebook_is_in_use(session, codebook, by):
    other = recoding.load(
        session, files.read_codebook(SMALL.replace("small", "other")), {}, seen=0, by=by
    )
    recoding.choose(session, other, by=by)
    session.expire_all()
    assert [(each.name, each.in_use) for each in stored.listed(session)] == [
        ("other", True),
        ("small", False),
    ]


def test_what_a_version_keeps_of_a_change_is_read_again():
    assert versions.read(versions.said(Step.SPLIT, 3, 14, 15)) == (Step.SPLIT, (3, 14, 15))
    for strange in ("", "read from a file", "merge a b", "nonsense 1"):
        assert versions.read(strange) == (None, ())
    assert len(versions.said(Step.SPLIT, *[2**31] * 5)) <= CodebookVersion.what.type.length


# Whatever happens


def _something(session, codebook, chance: Random, by) -> None:
    """One change, any of those there are."""
    newest = stored.newest(session, codebook.id)
    here = [row.theme_id for row in stored.wordings(session, newest.id)]
    away = [each.words.theme_id for each in stored.gone(session, codebook.id)]
    seen, name = newest.number, f"Theme {newest.number}"
    given = {"seen": seen, "by": by}
    do = chance.choice(["add", "words", "retire", "merge", "merge", "split", "back", "restore"])
    if do == "add" or len(here) < 3:
        recoding.add(session, codebook, Facts(name=name, seeds=(name,)), by=by)
    elif do == "words":
        recoding.reword(session, codebook, chance.choice(here), Facts(name=name), **given)
    elif do == "retire":
        recoding.retire(session, codebook, chance.choice(here), **given)
    elif do == "merge":
        one, other = chance.sample(here, 2)
        recoding.merge(session, codebook, one, other, with_words=chance.random() < 0.5, **given)
    elif do == "split":
        parts = [Facts(name=f"{name} {part}") for part in range(chance.choice([2, 3]))]
        recoding.split(session, codebook, chance.choice(here), parts, **given)
    elif do == "back" and away:
        recoding.back(session, codebook, chance.choice(away), by=by)
    else:
        recoding.restore(session, codebook, chance.randint(1, seen), **given)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_every_coding_stays_and_is_read_as_a_theme(
    open_collection, session, codebook, read, by, seed
):
    chance = Random(seed)
    here = stored.themes(session, codebook.id)
    for theme in here:
        read(theme.id)
    kept = session.execute(select(Coding.reading_id, Coding.theme_id)).all()
    as_it_was = {}
    for _ in range(25):
        _something(session, codebook, chance, by)
        rows = session.execute(select(Coding.reading_id, Coding.theme_id)).all()
        assert sorted(rows) == sorted(kept)

        session.flush()
        resolved = stored.resolved(session, codebook.id)
        newest = stored.newest(session, codebook.id)
        standing = {row.theme_id for row in stored.wordings(session, newest.id)}
        every = {theme.id: theme for theme in stored.themes(session, codebook.id)}
        for _reading, theme_id in kept:
            assert every[resolved[theme_id]].merged_into_id is None
        assert {resolved[theme_id] for theme_id in standing} == standing
        # Each theme names the end of its chain, so that a count can follow it in one step.
        assert all(
            t.merged_into_id is None or t.merged_into_id == resolved[at] for at, t in every.items()
        )
        as_it_was[newest.number] = standing, resolved

    for version, (standing, resolved) in as_it_was.items():
        recoding.restore(session, codebook, version, seen=number(session, codebook), by=by)
        newest = stored.newest(session, codebook.id)
        assert {row.theme_id for row in stored.wordings(session, newest.id)} == standing
        now = stored.resolved(session, codebook.id)
        assert {theme_id: now[theme_id] for theme_id in resolved} == resolved
