"""Young people and parents side by side: what is said, and that it gives nobody away."""

from datetime import timedelta
from itertools import count

import pytest
from signing_ground import sign_where_needed
from sqlalchemy import func, select

from feedback.analysis.measures import newcombe_interval, wilson_interval
from feedback.errors import NoTwins
from feedback.models.oversight import AuditEvent
from feedback.models.twins import Twin
from feedback.outputs import exchange
from feedback.queries import twins
from feedback.queries.surveys import Editions
from feedback.questionnaire import Given
from feedback.services import authoring, collecting, people, twinning
from feedback.services.twinning import Verdict
from feedback.vocabulary import AnswerState, Audience, Part, Role

THRESHOLD = 5
UNKNOWN = Given(state=AnswerState.UNKNOWN)
SURVEY = """
survey: {name}
audience: {name}
minutes: 1
title: Yearly
asked_by: The forum
why: To learn
read_by: The forum
afterwards: We write back
pages:
"""
ASKED = {
    Audience.YOUNG_PERSON: ("young_help", "young_listened", "young_aware"),
    Audience.PARENT: ("satisfied", "listened", "aware"),
}


@pytest.fixture
def by(session, now):
    return people.add_user(
        session, "o@brackenshore.example", "Olive", Role.OFFICER, "correct horse battery", now=now
    ).id


@pytest.fixture
def ask(session, answered, now):
    """Opens a collection and answers one question so many times with each code."""
    editions, numbers = {}, count(1)
    for audience, names in ASKED.items():
        pages = "".join(f"  - name: {n}\n    questions:\n      - bank: {n}\n" for n in names)
        text = SURVEY.format(name=audience.value) + pages
        editions[audience] = authoring.keep_draft(
            session, exchange.read_survey(text.encode()), now=now
        )
        authoring.publish(session, editions[audience], now=now)
        sign_where_needed(session, editions[audience], now)

    def asked(audience, name, *, to=None, part=Part.WHOLE, **codes):
        code = f"fern{next(numbers)}"
        collection = collecting.open_collection(
            session,
            editions[audience],
            code,
            code,
            audience=to or audience,
            opens_at=now - timedelta(days=1),
            now=now,
        )
        collection.part = part
        for chosen, many in codes.items():
            plain = chosen.removeprefix("c")
            given = UNKNOWN if chosen == "unknown" else Given(codes=(plain,))
            for _ in range(many):
                answered(session, collection, {name: given})
        session.flush()

    return asked


def young(ask, good, other, **more):
    ask(Audience.YOUNG_PERSON, "young_help", **more, good=good, bad=other // 2, ok=-(-other // 2))


def parents(ask, good, other, **more):
    """Spread over all faces, for beside one that nobody chose others are hidden."""
    best, rest = (good // 2, good - good // 2), (other // 3, other // 3, other - 2 * (other // 3))
    faces = {f"c{at}": many for at, many in enumerate((*rest, *best), start=1)}
    ask(Audience.PARENT, "satisfied", **more, **faces)


@pytest.fixture
def pair(session, ask, by, now):
    """The pair of how good the help is, as it stands."""

    def stands():
        ids = twins.named(session, ["young_help", "satisfied"])
        twinning.join(session, ids["young_help"], ids["satisfied"], by=by, now=now)
        (found,) = twinning.pairs(session, Editions(), THRESHOLD)
        return found

    return stands


def test_two_shares_stand_side_by_side_with_how_far_each_may_be_off(ask, pair):
    young(ask, 41, 59)
    parents(ask, 116, 84)
    found = pair()

    assert (found.young.share.per_cent, found.parent.share.per_cent) == (41, 58)
    assert found.young.interval == wilson_interval(41, 100)
    assert found.parent.interval == wilson_interval(116, 200)
    assert found.difference == newcombe_interval(41, 100, 116, 200)
    assert found.verdict is Verdict.MORE_PARENTS
    assert found.young.question.name == "young_help" and not found.same_scale


@pytest.mark.parametrize(
    ("of_young", "of_parents", "verdict"),
    [
        ((80, 20), (50, 50), Verdict.MORE_YOUNG_PEOPLE),
        ((80, 80), (84, 76), Verdict.ALIKE),
        ((25, 25), (25, 25), Verdict.COULD_BE_CHANCE),  # the same shares, of too few to be sure
        ((10, 15), (15, 15), Verdict.COULD_BE_CHANCE),
    ],
)
def test_a_difference_is_more_than_chance_or_could_be_chance(
    ask, pair, of_young, of_parents, verdict
):
    young(ask, *of_young)
    parents(ask, *of_parents)

    assert pair().verdict is verdict


def test_few_answers_have_no_share_and_no_verdict(ask, pair):
    young(ask, 6, 3)
    parents(ask, 50, 50)
    found = pair()

    assert (found.young.share, found.young.interval, found.young.given) == (None, None, 0)
    assert (found.verdict, found.difference) == (None, None)
    assert found.parent.share.per_cent == 50


def test_a_share_is_made_of_counts_that_stand_on_other_pages_and_of_no_others(ask, pair):
    young(ask, 20, 20)
    young(ask, 4, 0)  # too few to be shown anywhere: they do not move the share
    young(ask, 3, 30)  # the best answers are hidden there
    parents(ask, 50, 50)
    found = pair()

    assert (found.young.hits, found.young.given) == (20, 40)


def test_how_few_do_not_know_cannot_be_worked_out(ask, pair):
    ask(Audience.YOUNG_PERSON, "young_help", bad=17, ok=32, good=40, unknown=4)
    parents(ask, 50, 50)
    found = pair()

    assert (found.young.hits, found.young.given) == (40, 93)


def test_only_whom_a_side_is_for_is_counted_and_no_part_of_a_session(ask, pair):
    young(ask, 20, 20)
    young(ask, 0, 40, to=Audience.EVERYONE)
    young(ask, 0, 40, part=Part.AFTER)
    parents(ask, 20, 20)

    assert pair().young.given == 40


def test_one_measure_that_both_are_asked_is_its_own_twin(session, ask, by, now):
    ask(Audience.YOUNG_PERSON, "young_aware", yes=12, no=18, not_sure=10)
    ask(Audience.PARENT, "aware", yes=30, no=5, not_sure=5)
    aware = twins.named(session, ["aware"])["aware"]
    twinning.join(session, aware, aware, by=by, now=now)
    (found,) = twinning.pairs(session, Editions(), THRESHOLD)

    assert (found.young.share.per_cent, found.parent.share.per_cent) == (30, 75)
    assert found.same_scale
    assert found.verdict is Verdict.MORE_PARENTS


def test_joined_twice_is_one_pair_and_parted_no_answer_is_lost(session, ask, pair, by, now):
    young(ask, 20, 20)
    parents(ask, 20, 20)
    pair()
    pair()
    twin = session.scalars(select(Twin)).one()
    twinning.part(session, twin, by=by, now=now)

    assert twinning.pairs(session, Editions(), THRESHOLD) == []
    assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()[-2:] == [
        "join twins",
        "part twins",
    ]
    assert pair().young.given == 40


def test_what_is_not_there_or_has_no_share_has_no_twin(session, ask, by, now):
    ids = twins.named(session, ["satisfied", "young_help"])
    with pytest.raises(NoTwins):
        twinning.join(session, ids["young_help"], 999_999, by=by, now=now)
    measure = next(m for m in twins.with_share(session) if m.name == "satisfied")
    measure.top = []
    session.flush()
    with pytest.raises(NoTwins):
        twinning.join(session, ids["young_help"], ids["satisfied"], by=by, now=now)
    assert session.scalar(select(func.count()).select_from(Twin)) == 0
