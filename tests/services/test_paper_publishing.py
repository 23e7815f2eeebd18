"""Papers for everybody: who has to agree, what has to be public, and taking one back."""

from datetime import date

import pytest
from promised_ground import heard, person
from sqlalchemy import func, select

from feedback.errors import PaperNotForEverybody
from feedback.models.oversight import AuditEvent
from feedback.models.reports import Report, ReportVersion
from feedback.queries import published
from feedback.queries import reports as stored
from feedback.services import paper_publishing, reporting
from feedback.vocabulary import ReportKind

pytestmark = pytest.mark.any_database


@pytest.fixture
def version(officer, session, now):
    """A frozen version that speaks of one public insight."""
    heard(session, now, "long-waits")
    days = date(2026, 1, 1), date(2026, 6, 30)
    report = Report(
        kind=ReportKind.SUMMARY, title="Trust", language="en", since=days[0], until=days[1],
        created_at=now,
    )  # fmt: skip
    session.add(report)
    session.flush()
    made = ReportVersion(
        report_id=report.id, number=1, frozen_at=now, cut_off_on=days[1], change_note="",
        content={"paper": {}, "figures": {}, "heard": {"long-waits": ["Waits are too long"]}},
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def agree(session, version, now):
    reporting.approve(session, version, by=person(session, "pat", now).id, now=now)
    session.flush()


def test_nobody_publishes_what_no_co_owner_agreed_with(session, version, officer, now):
    with pytest.raises(PaperNotForEverybody):
        paper_publishing.publish(session, version, by=officer.id, now=now)
    assert published.papers(session) == []


def test_a_paper_on_a_draft_waits_until_the_draft_is_public(session, version, officer, now):
    agree(session, version, now)
    (insight,) = stored.insights_called(session, ["long-waits"])
    insight.published_at = None
    session.flush()
    with pytest.raises(PaperNotForEverybody):
        paper_publishing.publish(session, version, by=officer.id, now=now)
    insight.published_at = now
    session.flush()

    assert paper_publishing.publish(session, version, by=officer.id, now=now).codes == [
        "long-waits"
    ]


def test_publishing_and_taking_back_twice_does_it_once(session, version, officer, now):
    agree(session, version, now)
    for _ in range(2):
        paper = paper_publishing.publish(session, version, by=officer.id, now=now)
    assert [each.id for each in published.papers(session)] == [paper.id]
    whole = stored.public_paper(session, paper.id)
    with pytest.raises(ValueError, match="reason"):
        paper_publishing.take_back(session, whole, " ", by=officer.id, now=now)
    for because in ("A table was wrong.", "Something else"):
        paper_publishing.take_back(session, whole, because, by=officer.id, now=now)

    assert published.papers(session) == []
    assert whole.withdrawn_because == "A table was wrong."
    lines = select(func.count()).where(
        AuditEvent.action.in_(["publish report", "take back report"])
    )
    assert session.scalar(lines) == 2


def test_a_paper_of_which_nobody_kept_what_it_speaks_of_stays_with_staff(
    session, version, officer, now
):
    old = ReportVersion(
        report_id=version.report_id, number=2, frozen_at=now, cut_off_on=version.cut_off_on,
        change_note="", content={"paper": {}, "figures": {}},
    )  # fmt: skip
    session.add(old)
    session.flush()
    agree(session, old, now)
    with pytest.raises(PaperNotForEverybody):
        paper_publishing.publish(session, old, by=officer.id, now=now)
