"""A long survey: page 60 costs no more than page 2, with routes and without."""

from statistics import median

from bench.databases import fill
from bench.ground import Ground
from bench.report import Outcome, Table, at_most, spread
from bench.running import Server, bare, ours
from bench.turn import FLOOR_WALK, page_turns, warm
from feedback.questionnaire import Questionnaire

PAGES = 60
MOST_TIMES = 1.2  # page 60 beside page 2
EARLY = 2
PEOPLE = 10  # who stand on a page while it is measured

# name → every how many pages one is shown only where the page before it was answered
ROUTES = {"long_plain": 0, "long_some": 5, "long_all": 1}
SAID = {
    "long_plain": "without routes",
    "long_some": "every fifth page has a route",
    "long_all": "every page has a route",
}


def run(ground: Ground) -> Outcome:
    """CPU of a turn on an early and on the last page of three surveys."""
    where = fill(
        ground.sqlite.fresh(), [long_survey(name, every) for name, every in ROUTES.items()]
    )
    rounds, times = ground.pick(5, 3), ground.pick(30, 10)
    rows, verdicts = [], []
    with (
        ours(where, ground.folder) as us,
        bare(where, ground.folder) as floor,
    ):
        warm(floor, "/", FLOOR_WALK)
        for name in ROUTES:
            start = f"/s/{name.replace('_', '')}"
            warm(us, start, {"most_turns": 3})
            pairs = [
                (_turn_on(us, start, EARLY, times), _turn_on(us, start, PAGES, times))
                for _ in range(rounds)
            ]
            least = page_turns(floor, "/", walks=100, prepare=1, person=FLOOR_WALK)
            ratio = median(late / early for early, late in pairs)
            late = median(late for _, late in pairs)
            rows.append(
                (
                    SAID[name],
                    spread([a for a, _ in pairs]),
                    spread([b for _, b in pairs]),
                    ratio,
                    late / least,
                )
            )
            figure = f"page {PAGES} beside page {EARLY}, {SAID[name]}"
            verdicts.append(at_most(figure, ratio, MOST_TIMES, " times"))
    headings = ("", f"page {EARLY}", f"page {PAGES}", "ratio", f"page {PAGES} to floor")
    title = f"CPU ms of sending a page and showing it again, in a survey of {PAGES} pages"
    return Outcome([Table(title, headings, rows)], verdicts)


def _turn_on(server: Server, start: str, position: int, times: int) -> float:
    """CPU milliseconds of one turn by people who have answered everything before a page."""
    return page_turns(
        server,
        start,
        walks=PEOPLE,
        prepare=1 + position,
        person={"stay": (f"/{position}", times)},
    )


def long_survey(name: str, every: int) -> Questionnaire:
    """A survey of many pages; of each `every`, one looks at the answer on the page before it."""
    pages: list[dict[str, object]] = []
    for at in range(1, PAGES + 1):
        page: dict[str, object] = {"name": f"page_{at}", "questions": [_question(at)]}
        if every and at > 1 and at % every == 0:
            test = {"question": f"answer_{at - 1}", "test": "answered"}
            page["show_when"] = {"conditions": [test]}
        pages.append(page)
    frame = {key: _words(key) for key in ("title", "asked_by", "why", "read_by", "afterwards")}
    return Questionnaire.model_validate({"survey": name, **frame, "pages": pages})


def _words(text: str) -> dict[str, dict[str, str]]:
    return {"en": {"standard": f"Made up: {text}"}}


def _question(at: int) -> dict[str, object]:
    options = [{"code": code, "label": _words(code)} for code in ("yes", "a-little", "no")]
    return {
        "name": f"answer_{at}",
        "kind": "choice",
        "ask": _words(f"question {at}"),
        "options": options,
    }
