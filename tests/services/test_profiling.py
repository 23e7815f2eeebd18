"""Profiles kept, replaced and removed; who took part, counted and set beside them."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from profile_ground import ABOUT, people
from sqlalchemy import func, select

from feedback import vocabulary
from feedback.analysis.profiles import Group, NoWeights
from feedback.models.oversight import AuditEvent
from feedback.models.profiles import Profile, ProfileRow
from feedback.queries import profiles, taking_part
from feedback.services import authoring, collecting, profiling, tallying
from feedback.services.profiling import Facts, Window
from feedback.vocabulary import Audience, Part

PARENTS = Window(Audience.PARENT)


@pytest.fixture
def asked(session, now):
    """Opens the survey about people to an audience."""
    edition = authoring.keep_draft(session, ABOUT, now=now)
    authoring.publish(session, edition, now=now)

    def opened(audience, code, **more):
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


def test_people_are_counted_by_group_once_in_each(session, parents):
    assert taking_part.people_by_group(session, "area") == {"north": 30, "south": 30, "east": 2}
    needs = taking_part.people_by_group(session, "need", audience=Audience.PARENT)
    assert needs == {"asd": 50, "slcn": 30, "semh": 10}
    assert taking_part.people_answering(session, "need", audience=Audience.PARENT) == 60
    both = taking_part.people_by_both(session, "area", "stage", audience=Audience.PARENT)
    assert both["south", "support"] == 20 and both["south", "plan"] == 10


def test_an_audience_is_told_by_the_collection_or_by_what_somebody_says(session, asked, send):
    send(asked(Audience.EVERYONE, "fair"), people(3, who="parent", area="north"))
    send(asked(Audience.YOUNG_PERSON, "young"), people(4, who="parent", area="north"))
    send(asked(Audience.PARENT, "parents"), people(5, area="north"))

    def count(audience):
        return taking_part.people_by_group(session, "area", audience=audience).get("north")

    assert (count(Audience.PARENT), count(Audience.YOUNG_PERSON)) == (8, 4)
    assert count(Audience.PRACTITIONER) is None
    assert count(None) == count(Audience.EVERYONE) == 12


def test_only_what_was_sent_in_time_and_outside_of_sessions_counts(session, asked, send, now):
    collection = asked(Audience.PARENT, "parents")
    send(collection, people(3, area="north"), at=now - timedelta(days=10))
    send(collection, people(2, area="north"), at=now)
    send(collection, people(7, area="north"), sent=False)
    send(asked(Audience.PARENT, "before", part=Part.BEFORE), people(9, area="north"))

    def count(**times):
        return taking_part.people_by_group(session, "area", **times).get("north", 0)

    edge = now - timedelta(days=1)
    assert (count(), count(since=edge), count(before=edge)) == (5, 2, 3)
    assert (count(since=now), count(before=now)) == (2, 3)


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
