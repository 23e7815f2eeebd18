"""The states of the pages about themes, and of the coding desk."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import jobs
from feedback.models.collections import Collection
from feedback.models.responses import Response
from feedback.models.themes import ThemingRun
from feedback.queries import people
from feedback.queries import themes as runs
from feedback.queries.themes import Key
from feedback.questionnaire import Given
from feedback.services import quoting, theming
from feedback.vocabulary import RunState

from .people import talkative
from .site import OFFICER, VIEWER, Site, new_code, now
from .states import Place, State
from .surveys import walked

KEY = b"a key of journeys"
NAME = "Themes of a spring"
LISTED = "We are still on the waiting list"
TEXTS = (
    *["The taxi to school was late again and nobody rang us."] * 12,
    *["We are still on the waiting list for an assessment."] * 8,
    *["The staff are lovely but the wait for a plan is awful."] * 6,
    *["Purple elephants like marmalade."] * 6,
    "She does not want to be here anymore and I am scared for her.",
)


def themed(site: Site) -> Collection:
    """Comments that the machine has read, once a site."""
    with site.database.reading() as session:
        known = session.scalars(select(Collection).where(Collection.name == NAME)).first()
    if known is not None:
        return known
    survey = walked()["every_kind"]
    collection = site.open(survey, new_code())
    plan = talkative(survey)
    site.answer(collection, *({**plan, "more": Given(text=text)} for text in TEXTS))
    read_all(site)
    with site.database.writing() as session, session.begin():
        session.get(Collection, collection.id).name = NAME
    return collection


def read_all(site: Site) -> int:
    """A run from beginning to end; its number."""
    with site.database.writing() as session, session.begin():
        officer = people.by_email(session, OFFICER)
        run_id = theming.start(session, by=officer.id, now=now()).id
    jobs.theme(site.database, run_id, key=KEY, fewest=5)
    return run_id


def _page(path: str, place: Place, *, email: str = OFFICER) -> None:
    collection = themed(place.site)
    place.phone.sign_in(email)
    place.phone.goto(path.format(collection=collection.id))


def _comment_saying(words: str, path: str, place: Place) -> None:
    key = _key_of(words, place)
    place.phone.sign_in(OFFICER)
    place.phone.goto(path.format(response=key[0], question=key[1]))


def _quoted(words: str, path: str, place: Place, *, email: str = OFFICER) -> None:
    """A comment that may be quoted, and is."""
    key = _key_of(words, place)
    with place.site.database.writing() as session, session.begin():
        session.get(Response, key[0]).may_be_quoted = True
        officer = people.by_email(session, OFFICER)
        quoting.clear(session, key, words, enough=5, by=officer.id, now=now())
    place.phone.sign_in(email)
    place.phone.goto(path.format(response=key[0], question=key[1]))


def _cleared_wrongly(words: str, path: str, place: Place) -> None:
    _quoted(words, path, place)
    place.phone.page.locator("textarea").fill("Nobody wrote this.")
    place.press("main form button")


def _key_of(words: str, place: Place) -> Key:
    collection = themed(place.site)
    with place.site.database.reading() as session:
        run = runs.newest_done(session)
        assert run is not None
        return next(
            each.key
            for each in runs.comments_after(session, (0, 0), 10_000)
            if words in each.text and _is_of(session, each.key, collection)
        )


def _is_of(session: Session, key: tuple[int, int], collection: Collection) -> bool:
    return session.get(Response, key[0]).collection_id == collection.id


def _run(state: RunState, place: Place) -> None:
    """A run as it stands in some state; nothing else looks at it."""
    themed(place.site)
    with place.site.database.writing() as session, session.begin():
        done = runs.newest_done(session)
        run = ThemingRun(
            version_id=done.version_id,
            user_id=done.user_id,
            state=state,
            parameters={},
            quality={},
            total=40,
            done=25,
            queued_at=now(),
            beat_at=now(),
        )
        session.add(run)
        session.flush()
        number = run.id
    place.phone.sign_in(OFFICER)
    place.phone.goto(f"/staff/themes/runs/{number}")
    with place.site.database.writing() as session, session.begin():
        session.get(ThemingRun, number).state = RunState.FAILED


def theme_office() -> list[State]:
    """Every state of the pages about themes."""
    desk = "/staff/coding/{response}/{question}"
    whole = "/staff/comments/{response}/{question}"
    theme = "/staff/theme/waiting?collection={collection}"
    comments = "/staff/theme/waiting/comments"
    return [
        State("themes", partial(_page, "/staff/themes?collection={collection}")),
        State("themes, none here", partial(_page, "/staff/themes?collection=999999")),
        State("themes for a viewer", partial(_page, "/staff/themes", email=VIEWER)),
        State("theme", partial(_page, theme)),
        State("theme, comments", partial(_page, comments)),
        State("theme, no comments", partial(_page, f"{comments}?collection=999999")),
        State("topics", partial(_page, "/staff/themes/suggestions")),
        State("runs", partial(_page, "/staff/themes/runs")),
        State("run at work", partial(_run, RunState.RUNNING)),
        State("run stopped", partial(_run, RunState.STOPPED)),
        State("run broken off", partial(_run, RunState.FAILED)),
        State("desk", partial(_comment_saying, "lovely but", desk)),
        State("desk, a check", partial(_comment_saying, "lovely but", f"{desk}?pile=check")),
        State("desk, hard words", partial(_comment_saying, "be here anymore", desk)),
        State("desk, nothing left", partial(_page, "/staff/coding?after=2000000000")),
        State("comment", partial(_comment_saying, "lovely but", whole)),
        State("comment, quoted", partial(_quoted, LISTED, whole)),
        State("theme with quotes", partial(_quoted, LISTED, "/staff/theme/waiting", email=VIEWER)),
        State("quote", partial(_quoted, LISTED, f"{whole}/quote")),
        State("quote, wrong", partial(_cleared_wrongly, LISTED, f"{whole}/quote"), 422, error=True),
        State("quote, nobody said yes", partial(_comment_saying, "lovely but", f"{whole}/quote")),
    ]
