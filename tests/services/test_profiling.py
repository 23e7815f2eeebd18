"""Profiles kept, replaced and removed; who took part, counted and set beside them."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from profile_ground import ABOUT, people
from signing_ground import sign_where_needed
from sqlalchemy import func, select

from feedback import vocabulary
from feedback.analysis.profiles import Group, NoWeights
from feedback.models.oversight import AuditEvent
from feedback.models.profiles import Profile, ProfileRow
from feedback.queries import profiles, taking_part
from feedback.services import authoring, collecting, profiling, tallying
from feedback.services.profiling import Facts
from feedback.services.taking_part import Window, years
from feedback.vocabulary import Audience, Part

PARENTS = Window(Audience.PARENT)


@pytest.fixture
def asked(session, now):
    """Opens the survey about people to an audience."""
    edition = authoring.keep_draft(session, ABOUT, now=now)
    authoring.publish(session, edition, now=now)

    def opened(audience, code, **more):
        sign_where_needed(session, edition, now, audience)
        return collecting.open_collection(
            session,
            edition,
            code,
            code,
            audience=audience,
            opens_at=now - timedelta(days=400),
            now=now,
            **more,
        )

    return opened


@pytest.fixture
def send(session, answered):
    """Lets people answer a collection."""

    def sent(collection, given, **more):
        for each in given:
            answered(session, collection, each, **more)
        tallying.tally_all(session, ZoneInfo("Europe/London"))

    return sent


@pytest.fixture
def parents(asked, send):
    """Parents of two areas, a few of a third, nobody of the others."""
    collection = asked(Audience.PARENT, "parents")
    send(collection, people(30, area="north", stage="plan", setting="primary", need="asd slcn"))
    send(collection, people(20, area="south", stage="support", setting="home", need="asd"))
    send(collection, people(10, area="south", stage="plan", setting="secondary", need="semh"))
    send(collection, people(2, area="east", stage="plan", setting="neet"))
    return collection


def facts(name="area", audience=Audience.PARENT, **shares) -> Facts:
    shares = shares or {"north": 0.4, "south": 0.3, "east": 0.2, "west": 0.1}
    groups = [Group(code, round(1000 * share), share) for code, share in shares.items()]
    return Facts(name, audience, groups, "Made-up census", date(2026, 1, 15), 1000)


def dimension(session, name, window=PARENTS):
    found = profiling.heard(session, window, 5)
    return next(each for each in found.dimensions if each.name == name)


# Counting


def counts(session, name, audience=Audience.EVERYONE):
    """Group → people, over all days and, of everybody, over all audiences."""
    found = {}
    for answers in taking_part.chosen(session, [name], audience).values():
        for codes, count in answers.items():
            for code in codes if count else ():
                found[code] = found.get(code, 0) + count
    return found


def test_people_are_counted_by_group_once_in_each(session, parents):
    assert counts(session, "area") == {"north": 30, "south": 30, "east": 2}
    needs = counts(session, "need", Audience.PARENT)
    assert needs == {"asd": 50, "slcn": 30, "semh": 10}
    answering = taking_part.chosen(session, ["need"], Audience.PARENT).values()
    assert sum(sum(each.values()) for each in answering) == 60
    both = taking_part.people_by_both(session, "area", "stage", Audience.PARENT)
    assert both["south", "support"] == 20 and both["south", "plan"] == 10


def test_an_audience_is_told_by_the_collection_or_by_what_somebody_says(session, asked, send):
    send(asked(Audience.EVERYONE, "fair"), people(3, who="parent", area="north"))
    send(asked(Audience.YOUNG_PERSON, "young"), people(4, who="parent", area="north"))
    send(asked(Audience.PARENT, "parents"), people(5, area="north"))

    def count(audience):
        return counts(session, "area", audience).get("north")

    assert (count(Audience.PARENT), count(Audience.YOUNG_PERSON)) == (8, 4)
    assert count(Audience.PRACTITIONER) is None
    assert count(Audience.EVERYONE) == 12


def test_only_what_was_sent_outside_of_sessions_counts(session, asked, send, now):
    collection = asked(Audience.PARENT, "parents")
    send(collection, people(3, area="north"))
    send(collection, people(7, area="north"), sent=False)
    send(asked(Audience.PARENT, "before", part=Part.BEFORE), people(9, area="north"))
    assert counts(session, "area") == {"north": 3}


# School years


@pytest.fixture
def two_years(asked, send, now):
    """Parents in two school years; few of the west in the first."""
    collection = asked(Audience.PARENT, "parents")
    earlier = people(40, area="north") + people(20, area="south") + people(9, area="east")
    earlier += people(6, area="elsewhere")
    send(collection, earlier + people(3, area="west"), at=now - timedelta(days=300))
    later = people(30, area="north") + people(12, area="south") + people(6, area="east")
    later += people(7, area="elsewhere")
    send(collection, later + people(8, area="west"), at=now)
    return collection


def test_the_school_years_to_choose_from_are_those_with_answers(session, two_years):
    assert [year.first for year in years(session)] == [date(2025, 9, 1), date(2026, 9, 1)]


def test_without_answers_there_is_no_school_year(session):
    assert years(session) == []


def test_a_school_year_counts_what_was_sent_in_it(session, two_years):
    seen = dimension(session, "area", Window(Audience.PARENT, 2026)).seen
    assert (seen.base.count, seen.cells["north"].count) == (63, 30)
    seen = dimension(session, "area", Window(Audience.PARENT, 2025)).seen
    assert (seen.base.count, seen.cells["north"].count) == (78, 40)


def test_a_group_that_is_small_in_one_year_is_not_shown_in_another(session, two_years):
    assert dimension(session, "area").seen.cells["west"].count == 11
    for year in (2025, 2026):
        seen = dimension(session, "area", Window(Audience.PARENT, year)).seen
        assert seen.cells["west"].hidden and not seen.cells["south"].hidden


def test_a_year_that_is_not_there_shows_nothing(session, two_years):
    assert dimension(session, "area", Window(Audience.PARENT, 1999)).seen.base.hidden


def test_everybody_is_looked_at_over_all_the_time_and_is_the_sum_of_audiences(
    session, two_years, asked, send
):
    with pytest.raises(ValueError, match="all the time"):
        Window(Audience.EVERYONE, 2026)
    young = people(15, area="north") + people(4, area="south") + people(9, area="east")
    send(asked(Audience.YOUNG_PERSON, "young"), young)
    send(asked(Audience.PRACTITIONER, "few"), people(3, area="north"))

    seen = dimension(session, "area", Window()).seen
    assert seen.cells["north"].count == 85 and seen.cells["south"].hidden
    assert seen.base.count == 169  # without the three, whose number would follow


def test_nobody_learns_from_a_year_that_few_were_not_in_education(session, asked, send, now):
    collection = asked(Audience.PARENT, "parents")
    earlier = people(50, setting="primary") + people(20, setting="home")
    send(collection, earlier, at=now - timedelta(days=300))
    send(collection, people(50, setting="primary") + people(2, setting="home"))

    assert profiling.heard(session, PARENTS, 5).not_in_education.count == 22
    for year in (2025, 2026):
        found = profiling.heard(session, Window(Audience.PARENT, year), 5).not_in_education
        assert found.unsure and not found.few and found.count is None and not found.at_least


# Keeping


def test_a_profile_is_kept_replaced_and_removed_and_each_is_noted(session, officer, now):
    profiling.keep(session, facts(), by=officer.id, now=now)
    again = replace(facts(north=0.5, south=0.5), source="A newer one")
    profiling.keep(session, again, by=officer.id, now=now)
    kept = profiles.one(session, "area", Audience.PARENT)

    assert [(row.code, row.people, row.share) for row in kept.rows] == [
        ("north", 500, 0.5),
        ("south", 500, 0.5),
    ]
    assert (kept.source, kept.base, kept.user_id) == ("A newer one", 1000, officer.id)
    assert session.scalar(select(func.count()).select_from(Profile)) == 1

    profiling.remove(session, kept, by=officer.id, now=now)
    assert session.scalar(select(func.count()).select_from(ProfileRow)) == 0
    noted = session.execute(
        select(AuditEvent.action, AuditEvent.subject).order_by(AuditEvent.id)
    ).all()
    assert noted == [
        ("keep profile", "profile area parent"),
        ("replace profile", "profile area parent"),
        ("remove profile", "profile area parent"),
    ]


# Heard and not heard


def test_groups_that_nobody_or_few_spoke_for_are_named_alike(session, officer, parents, now):
    profiling.keep(session, facts(), by=officer.id, now=now)
    found = dimension(session, "area").compared

    assert found.base.count == 62
    assert {"east", "west"} <= set(found.not_heard)
    lines = {line.group: line for line in found.lines}
    assert lines["east"].heard == lines["west"].heard
    assert lines["east"].share is None and lines["east"].gap is None


def test_the_profile_of_another_audience_is_not_used(session, officer, parents, now):
    profiling.keep(session, facts(audience=Audience.EVERYONE), by=officer.id, now=now)
    assert dimension(session, "area").compared is None
    everyone = dimension(session, "area", Window(Audience.EVERYONE))
    assert everyone.compared is not None


def test_groups_that_the_profile_lacks_are_left_out_and_named(session, officer, parents, now):
    profiling.keep(session, facts(north=0.6, south=0.4), by=officer.id, now=now)
    found = dimension(session, "area")
    assert found.seen.base.count == 60 and set(found.seen.cells) == {"north", "south"}
    assert set(found.unlisted) == {"east", "west", "elsewhere"}


def test_those_not_in_education_are_counted_where_the_number_may_be_said(session, parents):
    assert profiling.heard(session, PARENTS, 5).not_in_education.count == 22


def test_without_their_answers_nobody_or_few_is_all_that_is_said(session, asked, send):
    collection = asked(Audience.PARENT, "parents")
    send(collection, people(30, setting="primary") + people(20, setting="secondary"))
    nobody = profiling.heard(session, PARENTS, 5).not_in_education
    send(collection, people(3, setting="eotas"))
    few = profiling.heard(session, PARENTS, 5).not_in_education

    assert nobody == few and few.few and few.count is None and few.asked
    young = profiling.heard(session, Window(Audience.PRACTITIONER), 5).not_in_education
    assert not young.asked


def test_with_nothing_asked_there_is_nothing_but_what_could_be(session):
    found = profiling.heard(session, PARENTS, 5)
    assert not found.dimensions and found.unasked == list(vocabulary.ABOUT)
    assert not found.not_in_education.asked


# Weights


def test_weights_hide_what_the_years_hide(session, officer, two_years, now):
    for name in ("area", "stage"):
        groups = {"area": {"north": 0.5, "south": 0.5}, "stage": {"plan": 0.5, "support": 0.5}}
        profiling.keep(session, facts(name, **groups[name]), by=officer.id, now=now)
    of_2026 = Window(Audience.PARENT, 2026)
    assert profiling.weighing(session, of_2026, ["area"], 5).base == 42
    both = profiling.weighing(session, of_2026, ["area", "stage"], 5)
    assert both.reasons in ((NoWeights.HIDDEN,), (NoWeights.TOGETHER,))
    profiling.keep(session, facts(north=0.5, south=0.4, west=0.1), by=officer.id, now=now)
    assert profiling.weighing(session, of_2026, ["area"], 5).reasons == (NoWeights.HIDDEN,)


def test_two_profiles_are_refused_where_few_answered_only_one_of_the_questions(
    session, officer, asked, send, now
):
    send(
        asked(Audience.PARENT, "parents"),
        people(30, area="north", stage="plan")
        + people(30, area="south", stage="plan")
        + people(30, area="north", stage="support")
        + people(30, area="south", stage="support")
        + people(2, area="north"),
    )
    profiling.keep(session, facts(north=0.5, south=0.5), by=officer.id, now=now)
    profiling.keep(session, facts("stage", plan=0.4, support=0.6), by=officer.id, now=now)
    both = profiling.weighing(session, PARENTS, ["area", "stage"], 5)
    assert both.reasons == (NoWeights.HIDDEN,)


def test_weights_are_worked_out_for_one_profile_or_two(session, officer, asked, send, now):
    send(
        asked(Audience.PARENT, "parents"),
        people(30, area="north", stage="plan")
        + people(20, area="south", stage="plan")
        + people(20, area="north", stage="support")
        + people(10, area="south", stage="support"),
    )
    profiling.keep(session, facts(north=0.5, south=0.5), by=officer.id, now=now)
    profiling.keep(session, facts("stage", plan=0.4, support=0.6), by=officer.id, now=now)

    one = profiling.weighing(session, PARENTS, ["area"], 5)
    assert one.base == 80 and one.smallest == pytest.approx(0.8)
    two = profiling.weighing(session, PARENTS, ["stage", "area"], 5)
    assert {m.group: round(m.after, 6) for m in two.moved} == {
        "plan": 0.4,
        "support": 0.6,
        "north": 0.5,
        "south": 0.5,
    }


def test_weights_are_refused_for_small_groups_and_for_several_answers(
    session, officer, parents, now
):
    profiling.keep(session, facts(), by=officer.id, now=now)
    profiling.keep(session, facts("need", asd=0.5, semh=0.5), by=officer.id, now=now)

    assert profiling.weighing(session, PARENTS, ["area"], 5).reasons == (NoWeights.HIDDEN,)
    assert profiling.weighing(session, PARENTS, ["need"], 5).reasons == (NoWeights.SEVERAL,)
    for names in ([], ["stage"], ["area", "area"], ["area", "need", "stage"]):
        with pytest.raises(ValueError, match="one profile or two"):
            profiling.weighing(session, PARENTS, names, 5)


def test_the_groups_of_a_profile_are_those_of_the_surveys_or_of_the_bank(session, parents):
    assert "north" in profiling.groups_of(session, "area", Audience.PARENT)
    assert "asian" in profiling.groups_of(session, "ethnicity", Audience.PARENT)
