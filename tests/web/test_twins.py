"""The page of twins: who opens it, what it says, who puts pairs together."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from signing_ground import sign_where_needed
from sqlalchemy import select

from feedback.demo.people import HERE
from feedback.models.oversight import AuditEvent
from feedback.models.surveys import Measure
from feedback.models.twins import Twin
from feedback.outputs import exchange
from feedback.questionnaire import Given
from feedback.services import authoring, collecting, tallying
from feedback.vocabulary import Audience, Role

pytestmark = pytest.mark.any_database  # services' tests put the statements to both
PAGE = "/staff/twins"


@pytest.fixture
def answers(database, answered, now):
    """The demonstration's surveys for both, and how many gave good answers and others."""

    def given(**people):
        with database.writing() as writing, writing.begin():
            for name, audience, question, codes in (
                ("young", Audience.YOUNG_PERSON, "support", (("good",), ("bad", "ok"))),
                ("parents", Audience.PARENT, "satisfied", (("4", "5"), ("1", "2", "3"))),
            ):
                survey = exchange.read_survey((HERE / "surveys" / f"{name}.yaml").read_bytes())
                edition = authoring.keep_draft(writing, survey, now=now)
                authoring.publish(writing, edition, now=now)
                sign_where_needed(writing, edition, now)
                collection = collecting.open_collection(
                    writing,
                    edition,
                    name,
                    name,
                    audience=audience,
                    opens_at=now - timedelta(days=1),
                    now=now,
                )
                for these, many in zip(codes, people[name], strict=True):
                    for number in range(many):
                        code = these[number % len(these)]
                        answered(writing, collection, {question: Given(codes=(code,))})

    return given


@pytest.fixture
def joined(database, now):
    """Puts the two measures of help side by side."""

    def made():
        with database.writing() as writing, writing.begin():
            ids = dict(writing.execute(select(Measure.name, Measure.id)).all())
            twin = Twin(
                young_measure_id=ids["young_help"],
                parent_measure_id=ids["satisfied"],
                created_at=now,
            )
            writing.add(twin)
            writing.flush()
            return twin.id

    return made


def plain(visit) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", visit.text).split())


def numbers(look) -> dict[str, int]:
    return {row.name: row.id for row in look(select(Measure.name, Measure.id))}


def test_the_page_says_where_they_do_not_agree(sign_in, viewer, answers, joined):
    answers(young=(41, 59), parents=(116, 84))
    joined()
    visit = sign_in(viewer)
    visit.get(PAGE)
    words = plain(visit)

    assert (
        "Parents see this better than young people: 58% and 41% gave one of the best answers."
        in words
    )
    assert "The difference is more than chance." in words
    assert "Young people were asked with 3 faces, parents with 5 faces." in words
    assert "Young people How is the help that you get? Good 41% 32% to 51% 100" in words
    assert "Good or Very good 58% 51% to 65% 200" in words
    assert visit.text.count('<svg class="chart"') == 1
    assert "/staff/twins/new" not in visit.text and "/remove" not in visit.text


def test_days_are_counted_in_whole_periods_and_what_is_left_out_is_said(
    sign_in, viewer, answers, joined, database, settings
):
    answers(young=(41, 59), parents=(116, 84))
    joined()
    with database.writing() as writing, writing.begin():
        tallying.tally_all(writing, ZoneInfo(settings.time_zone))
    visit = sign_in(viewer)
    visit.get(f"{PAGE}?kind=school_year&first=2026-10-30&last=2026-10-31")
    words = plain(visit)
    assert "From 30 October 2026 to 31 October 2026. Only whole periods count (School years)." in (
        words
    )
    assert "Young people 1 Sep 2026 to 31 Aug 2027 How is the help that you get?" in words
    assert "41% 32% to 51% 100" in words

    visit.get(f"{PAGE}?last=2020-01-01")
    assert "Too few young people and too few parents have answered" in plain(visit)


@pytest.mark.parametrize(
    ("young", "parents", "sentence", "chance"),
    [
        ((80, 80), (84, 76), "Young people and parents see this alike: 50% and 53%", "could be"),
        ((10, 15), (15, 15), "40% of young people and 50% of parents gave one", "could be"),
        ((70, 20), (40, 60), "Young people see this better than parents: 78% and 40%", "is more"),
    ],
)
def test_each_verdict_has_its_sentence(
    sign_in, viewer, answers, joined, young, parents, sentence, chance
):
    answers(young=young, parents=parents)
    joined()
    visit = sign_in(viewer)
    visit.get(PAGE)

    assert sentence in plain(visit)
    assert f"The difference {chance}" in plain(visit)


def test_few_people_are_not_compared(sign_in, viewer, answers, joined):
    answers(young=(4, 3), parents=(52, 48))
    joined()
    visit = sign_in(viewer)
    visit.get(PAGE)
    words = plain(visit)

    assert "Too few young people have answered to compare them with parents." in words
    assert "too few to say" in words and "The difference" not in words
    assert "<svg" not in visit.text.partition("<main")[2] and "57%" not in words


def test_without_pairs_the_page_says_what_to_do(sign_in, officer):
    visit = sign_in(officer)
    visit.get("/staff/measures")
    visit.get(PAGE)
    assert "Nothing stands side by side yet" in visit.text
    assert "/staff/twins/new" in visit.text


def test_the_page_is_read_in_other_languages(sign_in, viewer, answers, joined):
    answers(young=(41, 59), parents=(116, 84))
    joined()
    visit = sign_in(viewer)
    for tag in ("pl", "ar"):
        assert visit.get(f"{PAGE}?language={tag}").status_code == 200
        assert f'lang="{tag}"' in visit.text


def test_an_officer_puts_two_side_by_side_and_takes_them_apart(sign_in, officer, answers, look):
    answers(young=(41, 59), parents=(116, 84))
    visit, ids = sign_in(officer), numbers(look)
    visit.get(f"{PAGE}/new")
    assert "weeks_waiting" not in visit.text  # a number of weeks has no best answer
    reply = visit.post(
        f"{PAGE}/new", {"young": str(ids["young_help"]), "parent": str(ids["satisfied"])}
    )
    assert reply.status_code == 303
    visit.get(PAGE)
    assert "They now stand side by side." in visit.text and "58%" in visit.text

    (twin,) = look(select(Twin.id))
    visit.get(f"{PAGE}/{twin.id}/remove")
    assert "No answer is lost." in visit.text and look(select(Twin.id)) == [twin]
    assert visit.post(f"{PAGE}/{twin.id}/remove").status_code == 303
    assert look(select(Twin.id)) == []
    noted = [row.action for row in look(select(AuditEvent.action).order_by(AuditEvent.id))]
    assert noted[-2:] == ["join twins", "part twins"]
    assert visit.post(f"{PAGE}/{twin.id}/remove").status_code == 404


@pytest.mark.parametrize("wrong", [{}, {"young": "999999", "parent": "1"}, {"young": "one"}])
def test_what_is_in_no_list_is_refused(sign_in, officer, answers, look, wrong):
    answers(young=(1, 1), parents=(1, 1))
    visit = sign_in(officer)
    visit.get(f"{PAGE}/new")

    assert visit.post(f"{PAGE}/new", wrong).status_code == 422
    assert look(select(Twin.id)) == []


def test_who_sees_only_their_own_events_sees_no_total(sign_in, staff, answers, joined):
    answers(young=(41, 59), parents=(116, 84))
    twin = joined()
    visit = sign_in(staff(Role.FACILITATOR))
    assert visit.get(PAGE).status_code == 403
    assert "58%" not in visit.text
    for role in (Role.FACILITATOR, Role.VIEWER, Role.PARTNER):
        other = sign_in(staff(role, f"another-{role.value}"))
        other.get("/staff/account")
        assert other.get(f"{PAGE}/new").status_code == 403
        assert other.post(f"{PAGE}/{twin}/remove").status_code == 403
