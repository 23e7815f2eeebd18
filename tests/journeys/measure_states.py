"""The states of the pages about measures over time, of who was heard, and of public figures."""

from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from feedback.models.collections import Collection
from feedback.models.responses import Response
from feedback.models.surveys import Measure
from feedback.models.trends import ChartNote
from feedback.queries import people, releases
from feedback.questionnaire import Given
from feedback.services import noting, releasing, tallying
from feedback.vocabulary import NoteKind

from .people import talkative
from .site import OFFICER, VIEWER, Site, new_code, now
from .states import Place, State
from .surveys import walked

NAME = "Faces of a year"
MEASURE = "happy"
ZONE = ZoneInfo("Europe/London")
CYCLES, OF_EACH, GLAD = 16, 24, 14  # people of each cycle, and how many of them are glad
SAD_CYCLES = (7, 8, 9)


def followed(site: Site) -> dict[str, int]:
    """A measure over 16 cycles with a fall, two notes, a target and a release; once a site."""
    with site.database.reading() as session:
        known = session.scalars(select(Collection.id).where(Collection.name == NAME)).first()
    if known is None:
        _follow(site)
    with site.database.reading() as session:
        note = session.scalars(select(ChartNote.id).order_by(ChartNote.id)).first()
        newest = releases.newest(session)
        return {"note": note or 0, "release": newest.number if newest else 0}


def _follow(site: Site) -> None:
    survey = walked()["every_kind"]
    collection = site.open(survey, new_code())
    plan, moment = talkative(survey), now()
    faces = [option.code for option in survey.questions["face"].options]
    for cycle in range(CYCLES):
        glad = 5 if cycle in SAD_CYCLES else GLAD
        given = [faces[-1]] * glad + [faces[0]] * (OF_EACH - glad)
        site.answer(collection, *({**plan, "face": Given(codes=(each,))} for each in given))
        with site.database.writing() as session, session.begin():
            session.execute(
                update(Response)
                .where(Response.collection_id == collection.id, Response.made_up.is_(False))
                .values(sent_at=moment - timedelta(days=28 * (CYCLES - cycle) + 3), made_up=True)
            )
    with site.database.writing() as session, session.begin():
        session.get(Collection, collection.id).name = NAME
        officer = people.by_email(session, OFFICER)
        measure = session.scalars(select(Measure).where(Measure.name == MEASURE)).one()
        tallying.tally_all(session, ZONE)
        for kind, days, words in (
            (NoteKind.CHANGE, 250, "A new company drives the children to school."),
            (NoteKind.SET_ASIDE, 390, "Snow: nearly nobody could come."),
        ):
            noting.write(
                session, kind, (moment - timedelta(days=days)).date(), words,
                measure=measure, by=officer.id, now=moment,
            )  # fmt: skip
        noting.set_target(
            session, measure, 70.0, "The partnership’s plan.", by=officer.id, now=moment
        )
        release = releasing.ask(
            session, "All cycles so far.", until=moment.date(), by=officer.id, now=moment
        )
        releasing.make(session, release, threshold=5, zone=ZONE, now=moment)


def _page(path: str, place: Place, *, email: str = OFFICER) -> None:
    numbers = followed(place.site)
    place.phone.sign_in(email)
    place.phone.goto(path.format(**numbers))


def _sent_empty(path: str, place: Place) -> None:
    _page(path, place)
    place.press("main form button")


def _for_all(path: str, place: Place) -> None:
    numbers = followed(place.site)
    place.phone.goto(path.format(**numbers))


def public_figures() -> list[State]:
    """The pages of figures that everybody may read."""
    return [
        State("public figures", partial(_for_all, "/figures/{release}")),
        State("public figure", partial(_for_all, f"/figures/{{release}}/{MEASURE}")),
    ]


def of_measures() -> list[State]:
    """Every state of the pages about measures over time and about who was heard."""
    at = f"/staff/measures/{MEASURE}"
    backwards = "?first=2026-05-01&last=2026-04-01"
    return [
        State("what moved", partial(_page, "/staff/measures")),
        State("dates backwards", partial(_page, f"/staff/measures{backwards}"), 422, error=True),
        State("measure", partial(_page, at)),
        State("measure by terms and need", partial(_page, f"{at}?kind=term&by=need")),
        State("note", partial(_page, f"{at}/note")),
        State("note, wrong", partial(_sent_empty, f"{at}/note"), 422, error=True),
        State("note off?", partial(_page, "/staff/measures/notes/{note}/take-back")),
        State("cycles and terms", partial(_page, "/staff/reporting-year")),
        State("releases", partial(_page, "/staff/releases")),
        State("heard", partial(_page, "/staff/heard")),
        State("heard in a school year", partial(_page, "/staff/heard?year=2026")),
        State("twins", partial(_page, "/staff/twins", email=VIEWER)),
        State("twins, days", partial(_page, "/staff/twins?kind=month&first=2026-01-01")),
        State("twins, wrong days", partial(_page, f"/staff/twins{backwards}"), 422, error=True),
    ]
