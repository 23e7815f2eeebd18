"""A release, a meeting, something heard with a promise and a quote; and papers written about it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followed import opened, send
from promised_ground import raise_theme, theme
from sqlalchemy import select, update

from feedback.models.improvements import Commitment, Insight, InsightQuote
from feedback.models.quotes import Quote
from feedback.models.reports import Report, ReportSection
from feedback.models.responses import Answer, Response
from feedback.services import convening, releasing, tallying
from feedback.services.trending import CYCLES_FROM
from feedback.vocabulary import Audience, CommitmentState

LONDON = ZoneInfo("Europe/London")
FIRST = CYCLES_FROM
LAST = CYCLES_FROM + timedelta(days=28 * 6 - 1)
DAYS = {"since": FIRST.isoformat(), "until": LAST.isoformat()}


def fill(writing, officer, now):
    """All of it; says the number of the meeting and the key of the quote."""
    collection = opened(writing, now)
    for cycle in range(6):
        day = CYCLES_FROM + timedelta(days=28 * cycle + 13)
        people = [{"face": "4", "wait": 6}] * 18 + [{"face": "2", "wait": 9}] * 14
        send(writing, collection, datetime.combine(day, time(12), UTC), people)
    tallying.tally_all(writing, LONDON)
    made = release(writing, now)
    meeting = convening.call(
        writing,
        convening.Facts("Board", LAST + timedelta(30), LAST + timedelta(20), LAST),
        by=None,
        now=now,
    )
    key = writing.execute(
        select(Answer.response_id, Answer.question_id).order_by(Answer.response_id).limit(1)
    ).one()
    insight = Insight(
        code="late-taxis",
        title={"en": {"standard": "Taxis come late", "easy": "Late taxis"}},
        said={
            "en": {
                "standard": "Families said that taxis come late.",
                "easy": "My taxi is late.",
            }
        },
        audience=Audience.PARENT,
        tags=["statement-3"],
        theme_id=theme(writing, now).id,
        release_id=made.id,
        heard_on=FIRST + timedelta(days=30),
        created_at=now,
    )
    insight.commitments = [
        Commitment(
            position=1,
            what={"en": {"standard": "Ask for a text message"}},
            notice={"en": {"standard": "A message comes first"}},
            reason={},
            state=CommitmentState.DOING,
            meeting_id=meeting.id,
            due_on=LAST + timedelta(60),
            created_at=now,
        )
    ]
    writing.add(insight)
    writing.execute(update(Response).where(Response.id == key[0]).values(may_be_quoted=True))
    writing.add(
        Quote(response_id=key[0], question_id=key[1], text="It was late once more",
              user_id=officer.id, cleared_at=now)
    )  # fmt: skip
    writing.flush()
    writing.add(
        InsightQuote(insight_id=insight.id, response_id=key[0], question_id=key[1],
                     user_id=officer.id, approved_at=now)
    )  # fmt: skip
    raise_theme(writing, insight, 43, 120, now)
    return {"meeting": meeting.id, "key": tuple(key)}


def release(writing, now, until=LAST):
    """A release of all that was answered."""
    made = releasing.ask(writing, "", until=until, by=None, now=now)
    releasing.make(writing, made, threshold=10, zone=LONDON, now=now)
    return made


def begin(visit, look, **more):
    """The number of a new paper."""
    given = {"title": "Trust", "kind": "board_paper", "language": "en", "meeting": "", **DAYS}
    visit.get("/staff/reports/new")
    reply = visit.post("/staff/reports/new", {**given, **more})
    assert reply.status_code == 303, visit.text
    return look(select(Report.id).order_by(Report.id.desc()))[0][0]


def section(look, report, key="impact"):
    rows = look(
        select(ReportSection.id, ReportSection.version, ReportSection.body).where(
            ReportSection.report_id == report, ReportSection.key == key
        )
    )
    return rows[0]


def write(visit, look, report, key, body, **more):
    """Save a section as its page would."""
    part = section(look, report, key)
    address = f"/staff/reports/{report}/sections/{part.id}"
    visit.get(address)
    return visit.post(address, {"body": body, "version": part.version, **more})


def freeze(visit, report, after=0, note=""):
    visit.get(f"/staff/reports/{report}/freeze")
    return visit.post(f"/staff/reports/{report}/freeze", {"after": after, "note": note})


def frozen(visit, look, **sections):
    """A paper with its first version."""
    report = begin(visit, look)
    for key, body in {"impact": "Families feel heard: [happy].", **sections}.items():
        write(visit, look, report, key, body)
    assert freeze(visit, report).status_code == 303, visit.text
    return report
