"""Counts of trained staff and figures of providers: kept with their base, small groups hidden."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from feedback.errors import ChangedMeanwhile, CountedAlready, NotCountedYet, ShareWithoutBase
from feedback.models.coverage import Coverage, ProviderFigure
from feedback.models.events import Series
from feedback.models.oversight import AuditEvent
from feedback.models.people import Organisation
from feedback.outputs.table_rows import WrongTable
from feedback.services import bringing_figures, coverage_figures, covering, planning
from feedback.services.covering import Covered, Figured
from feedback.services.cutting import Window
from feedback.vocabulary import OrganisationKind

TODAY = date(2026, 11, 2)
FACTS = Covered(
    training="Co-production",
    kind=OrganisationKind.COUNCIL,
    staff_group="Social workers",
    trained=45,
    staff=100,
    target=95,
    counted_on=date(2026, 10, 1),
    source="Return",
)
FIGURE = Figured(
    programme="Sleep course",
    title="Sleeps better",
    counted="Parents who said yes",
    among="All who answered",
    numerator=73,
    denominator=111,
    said="65",
    counted_on=date(2026, 10, 1),
    source="Report",
)
COLUMNS = "training,organisation,kind,staff group,trained,staff,counted on,target,source\n"
LATER = date(2026, 10, 20)


@pytest.fixture
def who(officer, now):
    return {"today": TODAY, "by": officer.id, "now": now}


@pytest.fixture
def by(officer, now):
    return {"by": officer.id, "now": now}


@pytest.fixture
def add(session, who):
    return lambda **changed: covering.add(session, replace(FACTS, **changed), **who)


@pytest.fixture
def add_figure(session, who):
    return lambda **changed: covering.add_figure(session, replace(FIGURE, **changed), **who)


@pytest.fixture
def shown(session):
    return lambda threshold=5: coverage_figures.trainings(session, threshold)


@pytest.fixture
def known_figures(session):
    return lambda threshold=5: coverage_figures.figures(session, threshold)


def actions(session):
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()


# What cannot be kept


@pytest.mark.parametrize("numbers", [(0, 0), (5, 0), (6, 5), (-1, 5), (1, -5)])
def test_a_share_without_its_base_cannot_be_kept(session, add, add_figure, numbers):
    part, whole = numbers
    with pytest.raises(ShareWithoutBase):
        add(trained=part, staff=whole)
    with pytest.raises(ShareWithoutBase):
        add_figure(numerator=part, denominator=whole)
    assert session.scalar(select(func.count()).select_from(Coverage)) == 0
    assert session.scalar(select(func.count()).select_from(ProviderFigure)) == 0


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"staff": None}, True),
        ({"staff": 0, "trained": 0}, True),
        ({"trained": 101}, True),
        ({"trained": -1}, True),
        ({"target": 0}, True),
        ({"target": 101}, True),
        ({"target": None}, False),
        ({}, False),
    ],
)
def test_the_database_itself_keeps_no_share_without_its_base(session, now, changed, refused):
    row = {name: getattr(FACTS, name) for name in ("training", "kind", "staff_group", "trained")}
    row |= {name: getattr(FACTS, name) for name in ("staff", "target", "counted_on", "source")}
    row |= {"kept_at": now, "created_at": now, "version": 1, **changed}
    if not refused:
        session.execute(insert(Coverage), [row])
        return
    with pytest.raises(IntegrityError):
        session.execute(insert(Coverage), [row])


def test_the_database_itself_keeps_no_figure_without_its_base(session, now):
    row = {**vars(FIGURE), "kept_at": now, "created_at": now, "version": 1}
    for wrong in ({"denominator": None}, {"denominator": 0, "numerator": 0}, {"numerator": 112}):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(insert(ProviderFigure), [{**row, **wrong}])
    session.execute(insert(ProviderFigure), [row])


def test_nothing_is_counted_on_a_day_to_come(add, add_figure):
    with pytest.raises(NotCountedYet):
        add(counted_on=TODAY + timedelta(days=1))
    with pytest.raises(NotCountedYet):
        add_figure(counted_on=TODAY + timedelta(days=1))
    assert add(counted_on=TODAY).counted_on == TODAY


# Keeping, changing, removing


def test_the_same_count_twice_is_kept_once_and_another_of_that_day_is_refused(session, add):
    first = add()
    assert add(training=" co-PRODUCTION ", staff_group="social  workers") is first
    for changed in ({"trained": 46}, {"staff": 101}, {"target": None}, {"source": "Elsewhere"}):
        with pytest.raises(CountedAlready):
            add(**changed)
    assert actions(session) == ["add coverage"]


def test_the_same_figure_twice_is_kept_once_and_another_of_that_day_is_refused(session, add_figure):
    first = add_figure()
    assert add_figure(title="SLEEPS better") is first
    for changed in ({"numerator": 72}, {"said": "65.8"}, {"among": "Some"}):
        with pytest.raises(CountedAlready):
            add_figure(**changed)
    assert add_figure(counted_on=LATER) is not first
    assert actions(session) == ["add provider figure"] * 2


def test_a_change_is_of_the_entry_that_was_seen_and_says_who(session, viewer, add, who, now):
    entry = add()
    later = {**who, "by": viewer.id, "now": now + timedelta(hours=1)}
    covering.change(session, entry, replace(FACTS, trained=46), version=1, **later)
    assert (entry.trained, entry.version, entry.user_id) == (46, 2, viewer.id)
    assert (entry.kept_at, entry.created_at) == (now + timedelta(hours=1), now)
    with pytest.raises(ChangedMeanwhile):
        covering.change(session, entry, FACTS, version=1, **later)
    with pytest.raises(ShareWithoutBase):
        covering.change(session, entry, replace(FACTS, staff=0), version=2, **later)
    add(counted_on=LATER)
    with pytest.raises(CountedAlready):
        covering.change(session, entry, replace(FACTS, counted_on=LATER), version=2, **later)
    assert entry.trained == 46
    assert actions(session) == ["add coverage", "change coverage", "add coverage"]


def test_a_figure_is_changed_and_removed(session, add_figure, who, by):
    figure = add_figure()
    covering.change_figure(session, figure, replace(FIGURE, said="65.8"), version=1, **who)
    assert (figure.said, figure.version) == ("65.8", 2)
    with pytest.raises(ChangedMeanwhile):
        covering.change_figure(session, figure, FIGURE, version=1, **who)
    covering.remove_figure(session, figure, **by)
    assert session.scalar(select(func.count()).select_from(ProviderFigure)) == 0
    assert actions(session)[1:] == ["change provider figure", "remove provider figure"]


def test_a_removed_count_is_gone_and_noted(session, add, by, shown):
    covering.remove(session, add(), **by)
    assert shown() == []
    assert actions(session) == ["add coverage", "remove coverage"]


def test_a_training_keeps_its_name_when_its_series_goes(session, add, now, shown):
    series = planning.add_series(session, "SEND basics", now=now)
    add(training="SEND basics", series=series)
    planning.change_series(session, series, "SEND first steps", about="", designed_with="", now=now)
    assert [each.title for each in shown()] == ["SEND first steps"]
    session.delete(series)
    session.flush()
    session.expire_all()
    assert [(each.title, each.series) for each in shown()] == [("SEND basics", None)]


# What is shown


def test_a_group_shows_its_newest_count_what_is_missing_and_how_it_moved(add, shown):
    add(trained=33, counted_on=date(2026, 5, 1))
    add(trained=20, counted_on=date(2026, 1, 1))
    add()
    [training] = shown()
    [line] = training.lines
    assert (line.now.trained.count, line.now.share.per_cent, line.now.missing) == (45, 45, 50)
    assert [each.share.per_cent for each in line.earlier] == [33, 20]
    assert line.moved == 12
    assert not line.reached
    assert (training.trained.count, training.staff.count, training.missing) == (45, 100, 50)
    add(trained=95, counted_on=LATER)
    [line] = shown()[0].lines
    assert (line.reached, line.moved, line.now.missing) == (True, 50, 0)


def test_days_that_are_chosen_pick_the_counts_of_these_days(
    session, add, add_figure, shown, known_figures
):
    add()
    add(trained=60, counted_on=LATER)
    add(staff_group="Teachers", trained=20)
    add_figure()
    october = Window(first=date(2026, 10, 1), last=date(2026, 10, 1))
    (first,) = coverage_figures.trainings(session, 5, october)

    assert [line.now.trained.count for line in first.lines] == [45, 20]
    assert [line.earlier for line in first.lines] == [[], []]
    (after,) = coverage_figures.trainings(session, 5, Window(first=LATER))
    assert [line.now.trained.count for line in after.lines] == [60]
    assert (after.trained.count, after.staff.count) == (60, 100)
    assert (after.lines[0].moved, shown()[0].lines[0].moved) == (None, 15)
    assert coverage_figures.trainings(session, 5, Window(last=date(2026, 9, 30))) == []
    assert len(coverage_figures.figures(session, 5, october)) == 1
    assert coverage_figures.figures(session, 5, Window(first=LATER)) == []


def test_groups_stand_by_kind_of_organisation_and_name(session, add, now, shown):
    school = Organisation(name="Ash School", kind=OrganisationKind.EDUCATION, created_at=now)
    session.add(school)
    add(kind=OrganisationKind.VOLUNTARY)
    add(kind=OrganisationKind.EDUCATION, organisation=school)
    add(kind=OrganisationKind.EDUCATION)
    add(staff_group="Advisers")
    add()
    add(training="Another", kind=OrganisationKind.HEALTH)
    other, training = shown()
    assert (other.title, len(other.lines)) == ("Another", 1)
    assert [
        (line.now.entry.kind.value, line.now.entry.organisation_id, line.now.entry.staff_group)
        for line in training.lines
    ] == [
        ("council", None, "Advisers"),
        ("council", None, "Social workers"),
        ("education", None, "Social workers"),
        ("education", school.id, "Social workers"),
        ("voluntary", None, "Social workers"),
    ]
    assert (training.trained.count, training.staff.count) == (225, 500)


def test_of_a_small_group_nothing_is_shown_and_no_sum_gives_it_back(add, shown):
    add()
    add(staff_group="Sessional", trained=1, staff=4)
    [training] = shown()
    small = training.lines[0].now
    assert small.entry.staff_group == "Sessional"
    assert (small.trained.count, small.staff.count, small.share, small.missing) == (None,) * 4
    assert (training.trained.count, training.staff.count, training.missing) == (45, 100, 50)
    assert training.hidden == 1
    add(staff_group="Sessional", trained=2, staff=5, counted_on=LATER)
    grown = shown()[0].lines[0]
    assert (grown.now.trained.count, grown.now.staff.count) == (2, 5)
    assert grown.earlier[0].staff.hidden
    assert grown.moved is None


def test_where_every_group_is_small_there_is_no_sum(add, shown):
    add(trained=1, staff=4)
    [training] = shown()
    assert training.trained.hidden and training.staff.hidden
    assert (training.share, training.missing, training.hidden) == (None, None, 1)


def test_under_ten_staff_there_is_no_per_cent_and_under_thirty_a_low_base(add, shown):
    add(trained=4, staff=9)
    add(staff_group="Others", trained=14, staff=29)
    others, nine = shown()[0].lines
    assert (nine.now.staff.count, nine.now.share, nine.now.missing) == (9, None, 5)
    assert others.now.share.low_base


def test_65_per_cent_from_73_of_111_is_flagged(add_figure, known_figures):
    """T8: it shows 65.8% and flags the difference."""
    add_figure()
    add_figure(title="Other", said="66")
    add_figure(title="None given", said="")
    found = {each.figure.title: each for each in known_figures()}
    wrong = found["Sleeps better"]
    assert wrong.disagrees
    assert (wrong.numerator.count, wrong.denominator.count, wrong.has_share) == (73, 111, True)
    assert 0.56 < wrong.interval.lower < 0.58 < 0.73 < wrong.interval.upper < 0.75
    assert not found["Other"].disagrees
    assert not found["None given"].disagrees


def test_a_figure_of_few_people_is_hidden_with_all_that_could_give_it_back(
    add_figure, known_figures
):
    add_figure(numerator=1, denominator=4, said="30")
    [few] = known_figures()
    assert few.numerator.hidden and few.denominator.hidden
    assert (few.has_share, few.interval, few.disagrees) == (False, None, False)
    [shown] = known_figures(4)
    assert (shown.numerator.count, shown.has_share, shown.disagrees) == (1, False, True)


# Tables


@pytest.fixture
def lists(session, officer, now):
    """A series and an organisation that a table may name."""
    series = Series(name="SEND basics", created_at=now)
    school = Organisation(name="Ash School", kind=OrganisationKind.EDUCATION, created_at=now)
    session.add_all([series, school])
    session.flush()
    return series, school


def problems(act, session, rows, **more):
    with pytest.raises(WrongTable) as wrong:
        act(session, (COLUMNS + rows).encode(), **more)
    return [(each.line, each.words % each.facts) for each in wrong.value.problems]


def test_a_table_is_looked_at_and_then_kept_once(session, lists, who):
    series, school = lists
    content = (
        COLUMNS + "send BASICS,ash school,,Teachers,5,50,1/10/2026,95,Mail\n"
        "Another,,health,Nurses,6,60,1/10/2026,,Mail\n"
    ).encode()
    look = bringing_figures.look(session, content, today=TODAY)
    assert (look.new, look.known) == (2, 0)
    assert session.scalar(select(func.count()).select_from(Coverage)) == 0
    bringing_figures.bring_in(session, content, **who)
    kept = session.scalars(select(Coverage).order_by(Coverage.id)).all()
    assert [(each.series_id, each.organisation_id, each.kind.value) for each in kept] == [
        (series.id, school.id, "education"),
        (None, None, "health"),
    ]
    assert [each.training for each in kept] == ["SEND basics", "Another"]
    again = bringing_figures.bring_in(session, content, **who)
    assert (again.new, again.known) == (0, 2)
    assert session.scalar(select(func.count()).select_from(Coverage)) == 2
    assert actions(session) == ["add coverage"] * 2


def test_a_table_with_anything_wrong_changes_nothing(session, lists, add, who):
    add()
    rows = (
        "Co-production,,council,Social workers,46,100,1/10/2026,95,Return\n"
        "X,Elm School,,Staff,5,50,1/10/2026,,Mail\n"
        "X,Ash School,health,Staff,5,50,1/10/2026,,Mail\n"
        "X,,health,Staff,5,50,1/10/2026,,Mail\n"
        "x,,Health,staff,5,50,1/10/2026,,Mail\n"
    )
    assert problems(bringing_figures.bring_in, session, rows, **who) == [
        (
            2,
            "There is a count of that day already, and it says something else. Change it on the "
            "page, or take this line out.",
        ),
        (3, "“Elm School” is not in the list of organisations. Leave it out, or add it."),
        (4, "“Ash School” is of another kind. Leave the kind out."),
        (6, "The same people, or the same figure, stand on line 5 with the same day."),
    ]
    assert session.scalar(select(func.count()).select_from(Coverage)) == 1


def test_a_table_of_figures_is_kept(session, who):
    content = (
        b"programme,title,what counts,out of whom,number,base,per cent,counted on,source\n"
        b"Sleep,Better,Yes,All,73,111,65%,1/10/2026,Report\n"
    )
    bringing_figures.bring_in(session, content, **who)
    [figure] = session.scalars(select(ProviderFigure)).all()
    assert (figure.numerator, figure.denominator, figure.said) == (73, 111, "65")
    assert actions(session) == ["add provider figure"]
