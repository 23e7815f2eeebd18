"""Totals from other sources: no overlapping days, small numbers hidden beside their total."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from feedback.errors import ChangedMeanwhile, CountsOverlap, NotCountedYet
from feedback.models.other_sources import SourceCount
from feedback.outputs.table_rows import WrongTable
from feedback.services import bringing_sources, codebooks, other_sources
from feedback.services.other_sources import Counted
from feedback.vocabulary import SourceKind

TODAY = date(2026, 11, 2)
FACTS = Counted(
    kind=SourceKind.COMPLAINTS,
    theme_id=None,
    first_on=date(2026, 4, 1),
    last_on=date(2026, 6, 30),
    number=61,
    base="Stage 1",
    source="Complaints team",
)
COLUMNS = "kind,theme,first day,last day,number,what counts,source,note\n"


@pytest.fixture
def who(officer, now):
    return {"today": TODAY, "by": officer.id, "now": now}


@pytest.fixture
def themes(officer, session, now):
    return codebooks.ready(session, by=None, now=now).ids


@pytest.fixture
def add(session, who):
    return lambda **changed: other_sources.add(session, replace(FACTS, **changed), **who)


def shown(session, threshold=5):
    return {
        each.theme: each.number.count for each in other_sources.lines(session, threshold=threshold)
    }


def test_the_same_total_twice_is_kept_once(session, add):
    assert add() is add()
    assert len(session.scalars(select(SourceCount)).all()) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 62},
        {"first_on": date(2026, 6, 30), "last_on": date(2026, 7, 31)},
        {"first_on": date(2026, 5, 1), "last_on": date(2026, 5, 31)},
        {"first_on": date(2026, 1, 1), "last_on": date(2026, 10, 31)},
    ],
)
def test_days_are_counted_once_for_a_kind_and_theme(add, changed):
    add()
    with pytest.raises(CountsOverlap):
        add(**changed)


def test_another_kind_theme_or_time_stands_beside_it(session, add, themes):
    add()
    add(kind=SourceKind.MEDIATION)
    add(theme_id=themes["waiting"], number=20)
    add(first_on=date(2026, 7, 1), last_on=date(2026, 9, 30))
    assert len(session.scalars(select(SourceCount)).all()) == 4


def test_a_time_that_is_not_over_is_not_counted(add):
    with pytest.raises(NotCountedYet):
        add(last_on=date(2026, 11, 3))


def test_a_mended_total_must_not_overlap_another_and_two_are_told(session, add, who):
    entry = add()
    other = add(first_on=date(2026, 7, 1), last_on=date(2026, 9, 30))
    facts = replace(FACTS, last_on=date(2026, 7, 5))
    with pytest.raises(CountsOverlap):
        other_sources.change(session, entry, facts, version=1, **who)
    other_sources.change(session, entry, replace(FACTS, number=60), version=1, **who)
    with pytest.raises(ChangedMeanwhile):
        other_sources.change(session, entry, FACTS, version=1, **who)
    other_sources.remove(session, other, by=who["by"], now=who["now"])
    session.flush()
    assert shown(session) == {"": 60}


def test_a_small_number_is_hidden_and_the_total_does_not_give_it_back(session, add, themes):
    add(number=61)
    add(theme_id=themes["waiting"], number=30)
    add(theme_id=themes["transport"], number=3)
    add(theme_id=themes["sensory"], number=28)
    numbers = shown(session)

    assert numbers[""] == 61
    hidden = [number for number in numbers.values() if number is None]
    assert len(hidden) >= 1 and 3 not in numbers.values() and 0 not in numbers.values()
    known = sum(number for name, number in numbers.items() if name and number)
    assert 61 - known >= 5


def test_without_a_total_small_numbers_alone_are_hidden(session, add, themes):
    add(theme_id=themes["waiting"], number=30)
    add(theme_id=themes["transport"], number=3)
    assert sorted(shown(session).values(), key=str) == [30, None]
    assert set(shown(session, threshold=31).values()) == {None}


def test_beside_a_theme_stand_its_own_totals(session, add, themes):
    add()
    add(theme_id=themes["waiting"], number=30)
    add(theme_id=themes["sensory"], number=31)
    rows = other_sources.beside(session, themes["waiting"], threshold=5)
    assert [each.entry.theme_id for each in rows] == [themes["waiting"]]
    both = other_sources.beside(session, themes["waiting"], themes["sensory"], threshold=5)
    assert len(both) == 2


@pytest.mark.parametrize("wrong", [{"number": -1}, {"last_on": date(2026, 3, 1)}])
def test_the_database_refuses_what_is_no_total(session, add, wrong):
    entry = add()
    with pytest.raises(IntegrityError):
        session.execute(update(SourceCount).where(SourceCount.id == entry.id).values(wrong))


def lines(*rows):
    return (COLUMNS + "\n".join(rows)).encode()


def test_a_table_is_looked_at_and_brought_in_once(session, themes, who):
    name = other_sources.themes_in_use(session)[0][1]
    content = lines(
        "complaints,,1/4/2026,30/6/2026,61,Stage 1,Team,",
        f"advice calls,{name.upper()},2026-04-01,2026-06-30,118,Calls,Team,Closed in May",
    )
    assert bringing_sources.look(session, content, today=TODAY).new == 2
    assert session.scalars(select(SourceCount)).all() == []
    assert bringing_sources.bring_in(session, content, **who).new == 2
    assert bringing_sources.bring_in(session, content, **who).new == 0
    assert shown(session) == {"": 61, name: 118}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("riots,,1/4/2026,30/6/2026,61,Stage 1,Team,", "is no kind of source"),
        ("complaints,Weather,1/4/2026,30/6/2026,61,Stage 1,Team,", "is no theme"),
        ("complaints,,1/7/2026,30/6/2026,61,Stage 1,Team,", "before the first day"),
        ("complaints,,1/4/2026,30/6/2027,61,Stage 1,Team,", "still to come"),
        ("complaints,,1/4/2026,30/6/2026,some,Stage 1,Team,", "not a whole number"),
        ("complaints,,1/4/2026,30/6/2026,61,,Team,", "is empty"),
        ("tribunals,,1/6/2026,30/6/2026,61,Stage 1,Team,", "Line %(other)s is of the same kind"),
        ("mediation,,1/6/2026,30/6/2026,61,Stage 1,Team,", "are counted already"),
    ],
)
def test_a_wrong_table_changes_nothing_and_says_where(session, themes, add, who, row, says):
    add(kind=SourceKind.MEDIATION)
    good = "tribunals,,1/6/2026,30/6/2026,5,Appeals,Team,"
    with pytest.raises(WrongTable) as wrong:
        bringing_sources.bring_in(session, lines(good, row), **who)
    assert [each.line for each in wrong.value.problems] == [3]
    assert says in wrong.value.problems[0].words
    assert len(session.scalars(select(SourceCount)).all()) == 1
