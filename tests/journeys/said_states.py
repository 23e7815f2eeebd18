"""The states of the pages that say what was heard and promised, and of what became of somebody's
own words."""

from datetime import timedelta
from functools import partial
from secrets import token_hex

from promised_ground import heard, person, promise, raise_theme, theme, words
from signing_ground import voice_group
from sqlalchemy import select

from feedback.models.improvements import Insight
from feedback.models.proposals import Designer
from feedback.models.responses import Answer, Response
from feedback.models.surveys import Edition, Measure, Page, Question
from feedback.models.themes import CodebookVersion, Coding, Reading
from feedback.queries import people, releases
from feedback.services import clarity
from feedback.vocabulary import Audience, CodingState, Presentation

from .measure_states import MEASURE, followed
from .site import OFFICER, Site, now
from .states import Place, State, _status

LATE, DONE, NO, CHECKING = "late-letters", "done-transport", "no-taxis", "checked-twice"
HEARING, GONE = "only-heard", "taken-back"


def promised(site: Site) -> None:
    """An insight in each state, with a release, a measure and taps; once a site."""
    followed(site)
    with site.database.reading() as session:
        if session.scalars(select(Insight.id).where(Insight.code == LATE)).first():
            return
    moment = now()
    with site.database.writing() as session, session.begin():
        release = releases.newest(session)
        measure = session.scalars(select(Measure).where(Measure.name == MEASURE)).one()
        question = session.scalars(
            select(Question.id).where(Question.kind == "comment").order_by(Question.id)
        ).first()
        resting = {
            "theme_id": theme(session, moment).id,
            "release_id": release.id,
            "measure_id": measure.id,
            "question_id": question,
            "audience": Audience.EVERYONE,
            "tags": ["area-1", "statement-3"],
        }
        _designed(session, question, moment)
        late = heard(session, moment, LATE, days_ago=120, **resting)
        raise_theme(session, late, 43, 120, moment)
        promise(
            session, late, moment,
            ("deciding", 100, "We look at it."), ("doing", 80, "A first letter is out."),
            ("doing", 3, "One list is on paper. We type it in first."),
            due_in=-12, body="The health service",
        )  # fmt: skip
        done = heard(session, moment, DONE, days_ago=110, **resting)
        promise(
            session, done, moment, ("doing", 90, "It is decided."), ("done", 60, "It is there."),
            due_in=-50, measure_id=measure.id,
            measure_again_on=moment.date() + timedelta(days=30),
        )  # fmt: skip
        no = heard(session, moment, NO, days_ago=100)
        promise(
            session, no, moment, ("cannot", 80, "We are sorry."),
            reason=words("The law says that the money is for school alone.", ar="لا مال لذلك."),
        )  # fmt: skip
        checked = heard(session, moment, CHECKING, days_ago=90)
        by = people.by_email(session, OFFICER) or person(session, "ana", moment)
        promise(session, checked, moment, ("doing", 30, "Nearly."), due_in=-2, done_by_id=by.id)
        heard(session, moment, HEARING, days_ago=5)
        heard(
            session, moment, GONE, days_ago=80,
            withdrawn_at=moment, withdrawn_because="A number in it was wrong.",
        )  # fmt: skip
        for days in (20, 50, 80):
            for clear in [True] * 16 + [False] * 5:
                day = moment.date() - timedelta(days=days)
                usual, mark = Presentation.STANDARD, token_hex()
                clarity.say(session, LATE, usual, mark, clear=clear, today=day)


def _designed(session, question, moment):
    """A group designed the survey of a question: its line stands beside what came of it."""
    survey = session.scalars(
        select(Edition.survey_id)
        .join(Page, Page.edition_id == Edition.id)
        .join(Question, Question.page_id == Page.id)
        .where(Question.id == question)
    ).one()
    if session.get(Designer, survey) is None:
        session.add(Designer(survey_id=survey, group_id=voice_group(session, moment).id))


def _go(path: str, place: Place) -> None:
    promised(place.site)
    place.phone.goto(path)


def _tapped(place: Place) -> None:
    _go(f"/you-said/{NO}", place)
    place.press('button[value="yes"]')


def _easy(place: Place) -> None:
    _go(f"/you-said/{LATE}?read=easy", place)


def _became(place: Place) -> None:
    """Somebody's words that a person put on the theme of what was promised."""
    promised(place.site)
    _status(place)
    with place.site.database.writing() as session, session.begin():
        key = session.execute(
            select(Answer.response_id, Answer.question_id)
            .join(Response, Response.id == Answer.response_id)
            .join(Question, Question.id == Answer.question_id)
            .where(Question.kind == "comment", Answer.masked.is_not(None))
            .order_by(Response.id.desc())
        ).first()
        about = theme(session, now())
        version = session.scalars(
            select(CodebookVersion.id).where(CodebookVersion.codebook_id == about.codebook_id)
        ).first()
        by = people.by_email(session, OFFICER)
        reading = Reading(
            response_id=key[0], question_id=key[1], user_id=by.id, version_id=version, read_at=now()
        )
        session.add(reading)
        session.flush()
        session.add(
            Coding(reading_id=reading.id, theme_id=about.id, state=CodingState.CONFIRMED, spans=[])
        )
    place.press('button[value="became"]')


def _nothing_became(place: Place) -> None:
    _status(place)
    place.press('button[value="became"]')


def said() -> list[State]:
    """Every state of the public pages of promises."""
    return [
        State("you said", partial(_go, "/you-said")),
        State("you said, what is late", partial(_go, "/you-said?state=late")),
        State("you said, nothing of that kind", partial(_go, "/you-said?tag=area-9")),
        State("said: late", partial(_go, f"/you-said/{LATE}")),
        State("said: late, easy read", _easy),
        State("said: done and measured", partial(_go, f"/you-said/{DONE}")),
        State("said: cannot", partial(_go, f"/you-said/{NO}")),
        State("said: waits for a second look", partial(_go, f"/you-said/{CHECKING}")),
        State("said: only heard", partial(_go, f"/you-said/{HEARING}")),
        State("said: taken back", partial(_go, f"/you-said/{GONE}"), 410),
        State("said: tapped", _tapped),
        State("how clear", partial(_go, "/you-said/clear")),
        State("what changed", partial(_go, "/you-said/what-changed")),
        State("block in a frame", partial(_go, "/you-said/embed")),
        State("became of my words", _became),
        State("nothing became yet", _nothing_became),
    ]  # fmt: skip


def sharing() -> list[State]:
    """The page on which staff take the block."""
    return [State("share promises", _share)]


def _share(place: Place) -> None:
    promised(place.site)
    place.phone.sign_in(OFFICER)
    place.phone.goto("/staff/share")
