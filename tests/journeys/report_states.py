"""The states of the pages of papers and meetings."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from feedback.models.reports import Report
from feedback.outputs.papers.paper import Heading, Idea, Paper, Para, Text, to_json
from feedback.queries import people
from feedback.queries import reports as stored
from feedback.services import citing, convening, paper_publishing, reporting
from feedback.services.reporting import Begun, Facts, Sent
from feedback.vocabulary import ReportKind

from .measure_states import MEASURE, followed
from .site import OFFICER, VIEWER, Site, now
from .states import Place, State

IMPACT = f"Children are happier: [{MEASURE}]."
LOOSE = f"Most children are happy [{MEASURE}]. We met 84 families. It is [nowhere]."


def written(site: Site) -> dict[str, int]:
    """A meeting, a draft that claims too much, and a paper with two versions; once a site."""
    followed(site)
    with site.database.reading() as session:
        known = session.scalars(select(Report.id).order_by(Report.id)).all()
    if not known:
        _write(site)
        with site.database.reading() as session:
            known = session.scalars(select(Report.id).order_by(Report.id)).all()
    with site.database.reading() as session:
        frozen, draft = (stored.one(session, number) for number in known[:2])
        return {
            "frozen": frozen.id,
            "draft": draft.id,
            "section": draft.sections[0].id,
            "impact": draft.sections[1].id,
            "meeting": frozen.meeting_id,
        }


def _write(site: Site) -> None:
    moment = now()
    today = moment.date()
    with site.database.writing() as session, session.begin():
        officer = people.by_email(session, OFFICER)
        meeting = convening.call(
            session,
            convening.Facts("Board", today + timedelta(20), today + timedelta(10), today),
            by=officer.id,
            now=moment,
        )
        since = today - timedelta(days=400)
        facts = Facts(ReportKind.BOARD_PAPER, "Trust", "en", since, today, meeting.id)
        frozen = reporting.begin(
            session,
            facts,
            [Begun("impact", "What changed", IMPACT)],
            by=officer.id,
            now=moment,
        )
        reporting.begin(
            session,
            facts,
            [Begun("position", "Where we are", LOOSE), Begun("impact", "What changed", "")],
            by=officer.id,
            now=moment,
        )
        for number, words in enumerate(("Children are happier.", "Children are happy."), start=1):
            paper = Paper(
                "Trust", "Brackenshore", today,
                (Heading("What changed"), Para((Text(words),))), version=number,
            )  # fmt: skip
            session.expire_all()
            whole = stored.one(session, frozen.id)
            version = reporting.freeze(
                session,
                whole,
                citing.sources_of(session, whole),
                {
                    "paper": json.loads(to_json(paper)),
                    "easy": json.loads(to_json(_easy(paper, words))),
                    "figures": {},
                    "heard": {},
                },
                cut_off_on=today,
                change_note="Other words" if number > 1 else "",
                after=number - 1,
                by=officer.id,
                now=moment,
            )
        sent = Sent("pdf", "0" * 64, "Partnership board", "Its meeting", today)
        reporting.note_share(session, version, sent, by=officer.id, now=moment)
        whole = stored.version(session, frozen.id, 2)
        reporting.approve(session, whole, by=officer.id, now=moment)
        paper_publishing.publish(session, whole, by=officer.id, now=moment)


def _easy(paper: Paper, words: str) -> Paper:
    ideas = (Idea((Text(words),), "own/listen"), Idea((Text("We wait too long."),), "own/waiting"))
    return replace(paper, blocks=(paper.blocks[0], *ideas), easy_read=True)


def _page(path: str, place: Place, *, email: str = OFFICER) -> None:
    numbers = written(place.site)
    place.phone.sign_in(email)
    place.phone.goto(path.format(**numbers))


def _sent_empty(path: str, place: Place) -> None:
    _page(path, place)
    place.press("main form button")


def _public(path: str, place: Place) -> None:
    written(place.site)
    place.phone.goto(path)


def public_papers() -> list[State]:
    """The pages of papers that everybody may read."""
    return [
        State("papers for everybody", partial(_public, "/papers")),
        State("a paper for everybody, easy read", partial(_public, "/papers/1?read=easy")),
    ]


def of_reports() -> list[State]:
    """Every state of the pages of papers and meetings."""
    draft, frozen = "/staff/reports/{draft}", "/staff/reports/{frozen}"
    return [
        State("reports: papers", partial(_page, "/staff/reports")),
        State("reports: new paper", partial(_page, "/staff/reports/new")),
        State(
            "reports: new paper, empty", partial(_sent_empty, "/staff/reports/new"), 422, error=True
        ),
        State("reports: paper", partial(_page, draft)),
        State("reports: paper, read only", partial(_page, draft, email=VIEWER)),
        State("reports: paper about", partial(_page, f"{draft}/about")),
        State("reports: section with flags", partial(_page, f"{draft}/sections/{{section}}")),
        State("reports: impact, empty", partial(_page, f"{draft}/sections/{{impact}}")),
        State("reports: preview", partial(_page, f"{draft}/preview")),
        State("reports: cannot freeze", partial(_page, f"{draft}/freeze")),
        State("reports: freeze", partial(_page, f"{frozen}/freeze")),
        State("reports: throw away?", partial(_page, f"{draft}/remove")),
        State("reports: frozen version", partial(_page, f"{frozen}/versions/2")),
        State("reports: older version", partial(_page, f"{frozen}/versions/1")),
        State("reports: what is new", partial(_page, f"{frozen}/versions/2/differences")),
        State("reports: easy read", partial(_page, f"{frozen}/versions/2?read=easy")),
        State("reports: for everybody?", partial(_page, f"{frozen}/versions/1/publish")),
        State(
            "reports: take back, empty",
            partial(_sent_empty, f"{frozen}/versions/2/take-back"),
            422,
            error=True,
        ),
        State("reports: share", partial(_page, f"{frozen}/versions/2/share")),
        State("reports: meetings", partial(_page, "/staff/meetings")),
        State(
            "reports: new meeting, empty",
            partial(_sent_empty, "/staff/meetings/new"),
            422,
            error=True,
        ),
        State("reports: action log", partial(_page, "/staff/meetings/{meeting}")),
        State("reports: meeting off?", partial(_page, "/staff/meetings/{meeting}/remove")),
    ]
