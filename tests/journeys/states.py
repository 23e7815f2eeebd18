"""Every state that a page can be in, and how somebody comes to it.

`answering()` gives the pages of people who answer, in any language; `office()` those of staff.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import func, select, update

from feedback.models.collections import Collection
from feedback.models.responses import Response
from feedback.questionnaire import Questionnaire
from feedback.vocabulary import Channel, Presentation, QuestionKind

from .hands import Mouse
from .people import SKIPPED, Plan, talkative
from .phone import Phone
from .site import Site, new_code
from .surveys import GALLERY, gallery, page_of, walked
from .walk import Walk

WRONG_CODE = "apple apple apple apple"
TYPED = "We waited a long time. Nobody told us why."


@dataclass(frozen=True)
class Place:
    """What a state is reached with: a browser, the site, its surveys, a language."""

    phone: Phone
    site: Site
    collections: dict[str, Collection]
    language: str = "en"

    def somebody(
        self,
        survey: Questionnaire,
        plan: Plan,
        *,
        code: str | None = None,
        presentation: Presentation = Presentation.STANDARD,
    ) -> Walk:
        """Somebody who has come to the last page with some answers, in this browser."""
        collection = self.collections[survey.survey]
        if code is not None:
            collection = self.site.open(survey, code)
        visit = self.site.answer(
            collection, plan, send=False, language=self.language, presentation=presentation
        )
        self.phone.come_back(self.site.words_to_come_back(visit))
        return Walk(self.phone, collection.code, survey, plan, Mouse(self.phone.page))

    def checking(self, survey: Questionnaire, plan: Plan) -> Walk:
        """Somebody who looks at their answers before sending them."""
        walk = self.somebody(survey, plan)
        self.phone.goto(f"/s/{walk.code}/check")
        return walk

    def press(self, target: str) -> None:
        """Press something and wait for what follows."""
        with self.phone.page.expect_navigation():
            self.phone.page.locator(target).first.click()


Reach = Callable[[Place], object]


@dataclass(frozen=True)
class State:
    """One page in one condition. `error` marks those that say what to mend."""

    name: str
    reach: Reach
    status: int = 200
    error: bool = False


# Pages for everybody


def _go(path: str, place: Place) -> None:
    place.phone.goto(path)


def _start(place: Place, *, read: str = "standard") -> None:
    place.phone.goto(f"/s/{place.collections['every_kind'].code}?read={read}")


def _start_by(channel: Channel, place: Place) -> str:
    collection = place.site.open(walked()["every_kind"], new_code(), channels=list(Channel))
    place.phone.goto(f"/s/{collection.code}?by={channel.by}")
    return collection.code


def _passed_on(path: str, place: Place) -> None:
    """Somebody on a shared device who has sent, or stops."""
    survey = walked()["every_kind"]
    collection = place.site.open(survey, new_code(), channels=list(Channel))
    visit = place.site.answer(
        collection,
        talkative(survey),
        send=False,
        language=place.language,
        channel=Channel.SHARED_DEVICE,
    )
    place.phone.come_back(place.site.words_to_come_back(visit))
    place.phone.goto(f"/s/{collection.code}/{path}")
    if path == "check":
        place.press('form[action$="/send"] .govuk-button')


def _begun(place: Place) -> None:
    survey = walked()["every_kind"]
    place.somebody(survey, {})
    _start(place)


def _help_while_answering(place: Place) -> None:
    _of_kind(QuestionKind.COMMENT, Presentation.STANDARD, place)
    place.press(".top__help")


def _typed_code(path: str, code: str, place: Place) -> None:
    place.phone.goto(path)
    place.phone.page.locator("#code").fill(code)
    place.press("main form button")


# Pages of a survey


def _of_kind(kind: QuestionKind, presentation: Presentation, place: Place) -> Walk:
    walk = place.somebody(gallery(), {}, presentation=presentation)
    place.phone.goto(f"/s/{walk.code}/{page_of(kind)}")
    return walk


def _answered(kind: QuestionKind, place: Place) -> None:
    walk = place.somebody(gallery(), talkative(gallery()))
    place.phone.goto(f"/s/{walk.code}/{page_of(kind)}")


def _not_answered(kind: QuestionKind, place: Place) -> None:
    _of_kind(kind, Presentation.STANDARD, place).do("continue")


def _page(survey: str, position: int, presentation: Presentation, place: Place) -> Walk:
    walk = place.somebody(walked()[survey], talkative(walked()[survey]), presentation=presentation)
    place.phone.goto(f"/s/{walk.code}/{position}")
    return walk


def _display_open(place: Place) -> None:
    _of_kind(QuestionKind.FACES, Presentation.STANDARD, place)
    place.phone.page.locator("details summary").click()


def _too_long(place: Place) -> None:
    _of_kind(QuestionKind.COMMENT, Presentation.STANDARD, place)
    place.phone.page.locator("textarea").fill("No answer. " * 400)
    place.press('button[value="continue"]')


def _check(place: Place) -> Walk:
    survey = walked()["every_kind"]
    return place.checking(survey, talkative(survey))


def _check_with_gaps(place: Place) -> None:
    survey = walked()["parents"]
    place.checking(survey, dict.fromkeys(survey.questions, SKIPPED))


def _changed(place: Place) -> None:
    walk = _check(place)
    place.phone.page.locator("input[name=fingerprint]").evaluate("el => el.value = 'other'")
    walk.follow('form[action$="/send"] .govuk-button')


def _sent(place: Place) -> Walk:
    walk = _check(place)
    walk.send()
    return walk


def _stop(place: Place) -> None:
    _of_kind(QuestionKind.COMMENT, Presentation.STANDARD, place).do("stop")


# Receipt


def _status(place: Place) -> None:
    receipt = _sent(place).receipt()
    with place.site.database.writing() as session, session.begin():
        newest = select(func.max(Response.id)).scalar_subquery()
        session.execute(update(Response).where(Response.id == newest).values(may_be_quoted=True))
    _typed_code("/receipt", receipt, place)


def _no_quotes(place: Place) -> None:
    _status(place)
    place.press('button[value="no_quotes"]')


def _withdraw(place: Place) -> None:
    _status(place)
    place.press('button[value="ask"]')


def _withdrawn(place: Place) -> None:
    _withdraw(place)
    place.press('button[value="withdraw"]')


# Pages that say no


def _opened(place: Place, **times: datetime) -> None:
    collection = place.site.open(walked()["live"], new_code(), **times)
    place.phone.goto(f"/s/{collection.code}")


def _taken_away(place: Place) -> None:
    collection = place.site.open(walked()["live"], new_code())
    place.site.change(collection.code, withdrawn_at=_hours(-1))
    place.phone.goto(f"/s/{collection.code}")


def _closed_while_writing(place: Place) -> None:
    code = new_code()
    walk = place.somebody(gallery(), {}, code=code)
    place.phone.goto(f"/s/{code}/{page_of(QuestionKind.COMMENT)}")
    place.phone.page.locator("textarea").fill(TYPED)
    place.site.change(code, closes_at=_hours(-1))
    walk.do("continue")


def _words_after_sending(place: Place) -> None:
    walk = _check(place)
    other = place.phone.context.new_page()
    other.goto(place.phone.page.url)
    position = len(walk.asked.pages)
    place.phone.goto(f"/s/{walk.code}/{position}")
    with other.expect_navigation():
        other.locator('form[action$="/send"] .govuk-button').click()
    other.close()
    place.phone.page.locator("textarea").fill(TYPED)
    walk.do("continue")


def _lost_place(place: Place) -> None:
    place.phone.goto(f"/s/{place.collections['live'].code}/1")


def _key_too_old(place: Place) -> None:
    walk = _of_kind(QuestionKind.COMMENT, Presentation.STANDARD, place)
    place.phone.page.locator("textarea").fill(TYPED)
    place.phone.page.locator("input[name=csrf_token]").evaluate("el => el.value = 'old'")
    walk.do("continue")


def _deleted(place: Place) -> None:
    walk = _sent(place)
    receipt = walk.receipt()
    _typed_code("/receipt", receipt, place)
    place.press('button[value="ask"]')
    place.press('button[value="withdraw"]')
    place.phone.goto(f"/s/{walk.code}/1")


def open_all(site: Site) -> dict[str, Collection]:
    """Every survey, open to everybody, by the survey's name."""
    everything = {**walked(), GALLERY: gallery()}
    return {name: site.open(survey, new_code()) for name, survey in everything.items()}


def _hours(number: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=number)


def answering() -> list[State]:
    """Every state of the pages of people who answer; each kind of question in three and more."""
    standard, easy = Presentation.STANDARD, Presentation.EASY_READ
    kinds = [
        state
        for kind in QuestionKind
        for state in (
            State(f"{kind}, standard", partial(_of_kind, kind, standard)),
            State(f"{kind}, easy read", partial(_of_kind, kind, easy)),
            State(f"{kind}, answered", partial(_answered, kind)),
            State(f"{kind}, error", partial(_not_answered, kind), 422, error=True),
        )
        if kind.has_options or not state.name.endswith("answered")
    ]
    return [
        State("home", partial(_go, "/")),
        State("help now", partial(_go, "/help-now")),
        State("help now, while answering", _help_while_answering),
        State("start", _start),
        State("start, easy read", partial(_start, read="easy_read")),
        State("start, begun already", _begun),
        State("start, with a helper", partial(_start_by, Channel.HELPED)),
        State("start, asked by a young person", partial(_start_by, Channel.PEER_INTERVIEW)),
        *kinds,
        State("statements", partial(_page, "young", 1, easy)),
        State("several questions", partial(_page, "live", 1, standard)),
        State("several questions, easy read", partial(_page, "live", 1, easy)),
        State("how it looks, open", _display_open),
        State("too long", _too_long, 422, error=True),
        State("check", _check),
        State("check, nothing answered", _check_with_gaps),
        State("check, changed elsewhere", _changed, 409),
        State("sent", _sent),
        State("sent, shared device", partial(_passed_on, "check")),
        State("stop", _stop),
        State("stop, shared device", partial(_passed_on, "stop")),
        State("come back", partial(_go, "/come-back")),
        State("come back, no code", partial(_typed_code, "/come-back", ""), 422, error=True),
        State("come back, wrong code", partial(_typed_code, "/come-back", WRONG_CODE), 404),
        State("receipt", partial(_go, "/receipt")),
        State("receipt, no code", partial(_typed_code, "/receipt", ""), 422, error=True),
        State("receipt, wrong code", partial(_typed_code, "/receipt", WRONG_CODE), 404),
        State("receipt, status", _status),
        State("receipt, no quotes", _no_quotes),
        State("receipt, take back?", _withdraw),
        State("receipt, taken back", _withdrawn),
        State("closed", lambda place: _opened(place, closes_at=_hours(-1)), 410),
        State("closed while writing", _closed_while_writing, 410),
        State("not yet open", lambda place: _opened(place, opens_at=_hours(48)), 403),
        State("taken away", _taken_away, 410),
        State("unknown survey", partial(_go, "/s/nothing"), 404),
        State("no such page", partial(_go, "/nothing"), 404),
        State("words after sending", _words_after_sending, 409),
        State("lost place", _lost_place, 403),
        State("key too old", _key_too_old, 400),
        State("answers deleted", _deleted, 410),
    ]
