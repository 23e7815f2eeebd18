"""What weighting does to the core measures: right, and nothing where a group is hidden."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from followed import send
from signing_ground import sign_where_needed

from feedback.analysis.profiles import Group, NoWeights
from feedback.outputs import exchange
from feedback.services import authoring, collecting, profiling, reweighing, tallying
from feedback.services.profiling import Facts
from feedback.vocabulary import Audience

THRESHOLD = 5
THIS_YEAR, LAST_YEAR = date(2026, 10, 1), date(2026, 3, 2)
SURVEY = exchange.read_survey(
    b"""\
survey: core
audience: parent
languages: [en]
minutes: 2
title: {en: "How is the help?"}
asked_by: {en: "The partnership asks"}
why: {en: "To make the help better"}
read_by: {en: "Our team"}
afterwards: {en: "We say what we did"}
pages:
  - {name: satisfied, questions: [{bank: satisfied}]}
  - {name: about, questions: [{bank: area}, {bank: need}, {bank: language}]}
"""
)


@pytest.fixture
def answer(officer, session, now):
    """Lets parents, or others, answer: so many with a good answer and with another."""
    edition = authoring.keep_draft(session, SURVEY, now=now)
    authoring.publish(session, edition, now=now)
    collections = {}

    def sent(good, other, *, audience=Audience.PARENT, day=THIS_YEAR, **about):
        if audience not in collections:
            sign_where_needed(session, edition, now, audience)
            collections[audience] = collecting.open_collection(
                session,
                edition,
                audience.value,
                audience.value,
                audience=audience,
                opens_at=now - timedelta(days=700),
                now=now,
            )
        people = [{"satisfied": "4", **about}] * good + [{"satisfied": "2", **about}] * other
        send(session, collections[audience], datetime.combine(day, time(12), UTC), people)
        tallying.tally_all(session, ZoneInfo("Europe/London"))

    return sent


@pytest.fixture
def profile(officer, session, now):
    def kept(name="area", audience=Audience.PARENT, **shares):
        groups = [Group(code, None, share) for code, share in shares.items()]
        facts = Facts(name, audience, groups, "Made up", date(2026, 1, 1), 1_000)
        profiling.keep(session, facts, by=officer.id, now=now)

    return kept


@pytest.fixture
def weighed(session):
    def found(*names, audience=Audience.PARENT, first=None, last=None):
        return reweighing.core_measures(
            session, names or ("area",), audience, first, last, THRESHOLD
        )

    return found


def test_a_measure_stands_as_answered_and_weighted_with_what_it_costs(answer, profile, weighed):
    profile(north=0.5, south=0.5)
    answer(40, 20, area="north")
    answer(10, 30, area="south")
    (found,) = weighed()

    assert found.measure.name == "satisfied"
    assert found.answered == 0.5
    assert found.weighted == pytest.approx((40 / 60 + 10 / 40) / 2)
    assert found.weighed.base == 100
    assert found.weighed.effective == pytest.approx(96)  # 100 / (0.6·(5/6)² + 0.4·(5/4)²)
    assert found.weighed.design_effect == pytest.approx(100 / 96)


def test_who_is_in_no_group_of_the_profile_does_not_count(answer, profile, weighed):
    profile(north=0.5, south=0.5)
    for area in ("north", "south", "east"):
        answer(20, 20, area=area)
    answer(20, 20)

    assert weighed()[0].weighed.base == 80


@pytest.mark.parametrize("few", [(3, 20), (20, 3), (2, 1), (0, 0)])
def test_where_a_group_is_hidden_there_are_no_weights(answer, profile, weighed, few):
    profile(north=0.4, south=0.3, east=0.3)
    answer(40, 40, area="north")
    answer(40, 40, area="south")
    answer(*few, area="east")
    (found,) = weighed()

    assert found.weighed.reasons == (NoWeights.HIDDEN,)
    assert (found.answered, found.weighted, found.weighed.base) == (0, 0, 0)


def test_a_group_that_is_hidden_in_one_school_year_is_not_had_from_two(answer, profile, weighed):
    profile(north=0.5, south=0.5)
    for area in ("north", "south"):
        answer(30, 30, area=area, day=LAST_YEAR)
    answer(30, 30, area="north")
    answer(3, 20, area="south")

    assert weighed()[0].weighed.reasons == (NoWeights.HIDDEN,)
    assert weighed(first=THIS_YEAR)[0].weighed.reasons == (NoWeights.HIDDEN,)
    assert weighed(last=LAST_YEAR)[0].weighed.base == 120


def test_only_surveys_for_these_people_count(answer, profile, weighed):
    profile(north=0.5, south=0.5)
    for audience in (Audience.PARENT, Audience.PRACTITIONER):
        for area in ("north", "south"):
            answer(20, 20, audience=audience, area=area)

    assert weighed()[0].weighed.base == 80
    profile(audience=Audience.EVERYONE, north=0.5, south=0.5)
    assert weighed(audience=Audience.EVERYONE)[0].weighed.base == 160


def test_too_few_answers_once_weighted_have_no_weights(answer, profile, weighed):
    profile(north=0.5, south=0.5)
    answer(6, 6, area="north")
    answer(8, 8, area="south")

    assert NoWeights.TOO_FEW in weighed()[0].weighed.reasons


def test_measures_are_weighed_by_one_profile_whose_groups_are_counted(answer, profile, weighed):
    profile(north=0.5, south=0.5)
    profile("language", en=0.9, pl=0.1)
    profile("need", slcn=0.5, asd=0.5)
    answer(40, 40, area="north", language="en", need="slcn")

    assert weighed("area", "language") == weighed("language") == weighed("setting") == []
    assert weighed("need")[0].weighed.reasons == (NoWeights.SEVERAL,)
