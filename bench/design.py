"""How fast the designer's pages answer with a large survey: 60 questions in 5 languages."""

import statistics
import time
from datetime import UTC, datetime

from bench.desk import Desk, add_officer
from bench.ground import Ground
from bench.report import Outcome, Table, at_most
from bench.running import Server
from feedback.database import Database, migrate
from feedback.languages import OFFERED, Language
from feedback.outputs import shorthand
from feedback.questionnaire import Questionnaire
from feedback.services import authoring

QUESTIONS, MOST_MS = 60, 100
AGAIN = 25  # times each page is asked for
# The program offers three; a survey in five needs two more, in a script of its own each.
MORE = {"ur": ("اردو", "rtl"), "pa": ("ਪੰਜਾਬੀ", "ltr")}
SERVE = (
    "-c",
    "from feedback.languages import OFFERED, Language\n"
    f"for tag, (name, way) in {MORE!r}.items(): OFFERED[tag] = Language(tag, name, way)\n"
    "from feedback.cli import main; main()",
    "serve",
)


def run(ground: Ground) -> Outcome:
    """Ask for each page of the designer again and again, and change the draft as often."""
    for tag, (name, way) in MORE.items():
        OFFERED[tag] = Language(tag, name, way)
    where = ground.sqlite.fresh()
    database = Database(where)
    migrate(database)
    with database.writing() as session, session.begin():
        key = add_officer(session)
        authoring.keep_draft(session, large(), now=datetime.now(UTC))
    database.close()
    with Server(where, ground.folder, command=SERVE) as server:
        desk = Desk(server.port, key)
        rows = [(name, *timed(desk, path, do)) for name, path, do in PAGES]
    medians = [row[1] for row in rows]
    table = Table(
        f"Designing, {QUESTIONS} questions in 5 languages and 2 wordings (ms, loopback)",
        ("page", "median", "slowest of " + str(AGAIN), "KB"),
        [
            (name, f"{middle:.0f}", f"{most:.0f}", f"{size / 1000:.0f}")
            for name, middle, most, size in rows
        ],
    )
    return Outcome([table], [at_most("slowest page, median ms", max(medians), MOST_MS)])


PAGES = (
    ("outline", "/staff/surveys/large/", None),
    ("start", "/staff/surveys/large/start", None),
    ("question", "/staff/surveys/large/questions/question_30", None),
    ("page and rule", "/staff/surveys/large/pages/page_30", None),
    ("picture", "/staff/surveys/large/picture?at=question:question_30", None),
    ("publish", "/staff/surveys/large/publish", None),
    ("try, in the frame", "/staff/surveys/large/try/30", None),
    ("history", "/staff/surveys/large/history", None),
    ("move a page (saved)", "/staff/surveys/large/change", "page-down:page_30"),
    ("copy a question (saved)", "/staff/surveys/large/change", "question-copy:question_30"),
)


def large() -> Questionnaire:
    """A survey of many questions, each on a page, with words in every language."""
    tags = ["en", "pl", "ar", *MORE]

    def words(text: str) -> dict[str, dict[str, str]]:
        return {tag: {"standard": f"{text}?", "easy": f"{text}?"} for tag in tags}

    faces = shorthand.ready_options("faces", 5, ["en"])  # type: ignore[arg-type]
    options = [{**option, "label": words(f"Answer {at}")} for at, option in enumerate(faces)]
    pages = [
        {
            "name": f"page_{number}",
            "questions": [
                {
                    "name": f"question_{number}",
                    "kind": "faces",
                    "points": 5,
                    "ask": words(f"How was part {number} of the help that you got"),
                    "help": words("Think of the last three months"),
                    "skip": True,
                    "options": options,
                }
            ],
        }
        for number in range(1, QUESTIONS + 1)
    ]
    start = {
        key: words(f"The {key}") for key in ("title", "asked_by", "why", "read_by", "afterwards")
    }
    return Questionnaire.model_validate(
        {"survey": "large", "languages": tags, "pages": pages, **start}
    )


def timed(desk: Desk, path: str, do: str | None) -> tuple[float, float, int]:
    """Median and slowest of a page in milliseconds, and its size in bytes."""
    took, size = [], 0
    for _ in range(AGAIN):
        began = time.perf_counter()
        page = desk.ask("POST", path, do=do, seen="1") if do else desk.ask("GET", path)
        took.append((time.perf_counter() - began) * 1000)
        size = len(page)
    return statistics.median(took), max(took), size
