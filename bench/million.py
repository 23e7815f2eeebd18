"""Made-up answers by the million, written by the database itself."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from feedback.database import Database
from feedback.models.collections import Collection
from feedback.models.surveys import Option, Page, Question
from feedback.vocabulary import ASSENT_VERSION

DAYS = 13 * 28
PORTION = 100_000  # responses in one transaction
RATED = 11  # numbers of a rating
ASKED = (
    *("satisfied", "listened", "informed", "joined_up", "overall"),
    *("stage", "need", "age_band", "setting", "area", "language", "ethnicity"),
)


def keep(database: Database, count: int) -> None:
    """So many sent responses over 13 cycles, each with an answer to 12 questions."""
    sqlite = database.url.get_backend_name() == "sqlite"
    with database.writing() as session:
        collection = session.scalars(select(Collection)).one()
        questions = _questions(session, collection.edition_id)
    for first in range(1, count + 1, PORTION):
        last = min(first + PORTION - 1, count)
        with database.writing(durable=False) as session, session.begin():
            _responses(session, collection, first, last, sqlite=sqlite)
            for number, (question_id, codes) in enumerate(questions):
                _answers(session, question_id, codes, number, first, last, sqlite=sqlite)
    with database.engine.connect() as connection:  # as a database that has run for a while
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _questions(session: Session, edition_id: int) -> list[tuple[int, list[str]]]:
    """Each question with the codes of its answers; none where it takes a number."""
    rows = session.execute(
        select(Question.id, Question.name, Option.code)
        .join(Page, Page.id == Question.page_id)
        .outerjoin(Option, Option.question_id == Question.id)
        .where(Page.edition_id == edition_id, Question.name.in_(ASKED))
        .order_by(Question.id, Option.position)
    )
    found: dict[int, list[str]] = {}
    for question_id, _name, code in rows:
        found.setdefault(question_id, []).extend([code] if code else [])
    return list(found.items())


def _series(first: int, last: int, *, sqlite: bool) -> str:
    """The numbers from first to last as rows of one column, n."""
    if sqlite:
        return (
            f"(with recursive numbers(n) as (select {first} union all "
            f"select n + 1 from numbers where n < {last}) select n from numbers)"
        )
    return f"(select n from generate_series({first}, {last}) as n)"


def _responses(
    session: Session, collection: Collection, first: int, last: int, *, sqlite: bool
) -> None:
    newest = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(hours=1)
    minutes = DAYS * 24 * 60
    sent = (
        f"datetime('{newest}', '-' || ((n * 7919) % {minutes}) || ' minutes')"
        if sqlite
        else f"timestamp '{newest}' - ((n::bigint * 7919) % {minutes}) * interval '1 minute'"
    )
    name = "printf('%032x', n)" if sqlite else "lpad(to_hex(n), 32, '0')"
    yes, no = ("1", "0") if sqlite else ("true", "false")
    session.execute(
        text(
            "insert into response (id, submission_id, collection_id, edition_id, language, "
            "presentation, pictures, assent_version, assent_at, furthest, saved_at, sent_at, "
            "receipt_turn, channel, made_up, may_be_quoted) "
            f"select n, {name}, {collection.id}, {collection.edition_id}, 'en', 'standard', {yes}, "
            f"'{ASSENT_VERSION}', {sent}, 1, {sent}, {sent}, 0, 'own_phone', {yes}, {no} "
            f"from {_series(first, last, sqlite=sqlite)} as numbers"
        )
    )


def _answers(
    session: Session,
    question_id: int,
    codes: list[str],
    number: int,
    first: int,
    last: int,
    *,
    sqlite: bool,
) -> None:
    """Answers that hang together with nothing; each question walks its codes at its own pace."""
    many = len(codes) or RATED
    turn = f"(n * {2 * number + 1} + n / {number + 7}) % {many}"
    given = (
        "case "
        + " ".join(f"when {turn} = {at} then '{code}'" for at, code in enumerate(codes))
        + " end"
        if codes
        else "null"
    )
    value = "null" if codes else turn
    yes = "1" if sqlite else "true"
    session.execute(
        text(
            "insert into answer (response_id, question_id, state, codes, number, language, "
            f"presentation, pictures) select n, {question_id}, 'given', {given}, {value}, 'en', "
            f"'standard', {yes} from {_series(first, last, sqlite=sqlite)} as numbers"
        )
    )
