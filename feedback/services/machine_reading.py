"""What the machine does in a run: learns from people's codings, reads batch by batch, sums up.

Each step is a short transaction of its own, driven by `jobs`, so that nobody who answers a survey
waits for it. What needs numpy and its kin is imported when it is used: pages never need it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from feedback.analysis.privacy import blanked
from feedback.models.themes import Coding, Reading, ThemingRun
from feedback.queries import codebooks as books
from feedback.queries import themes as stored
from feedback.queries.themes import Comment, Key, Labelled
from feedback.services.codebooks import words_of
from feedback.services.theming import SEED
from feedback.vocabulary import CodingState, RunState

if TYPE_CHECKING:
    from feedback.analysis.assigning import Assigned
    from feedback.analysis.codebook import Codebook
    from feedback.analysis.coding import ThemeCoder
    from feedback.analysis.feeling_coder import FeelingCoder
    from feedback.analysis.vectors import Vectors

BATCH = 1_000  # comments; a second of work, and one short transaction
FEELINGS_FROM = 100  # comments that people gave a feeling; fewer teach less than the words know
MOST_SUMMED_UP = 20_000  # comments that typical words are taken from
ONE_SIDED = 0.8  # of a theme's comments feel one way: then the other way is a surprise
MANY_TO_TELL = 10  # comments of a theme before one side can be told
KINDS = 4  # of comments that take turns on the desk
ROWS = 2_000  # deleted or changed at a time


@dataclass(frozen=True)
class Ground:
    """What a run rests on: the words, the number of each code, and what people have read."""

    words: "Codebook"
    ids: dict[str, int]
    texts: Sequence[str]
    themes: Sequence[Sequence[str]]
    levels: Sequence[int | None]
    writers: Sequence[str]


@dataclass(frozen=True)
class Learned:
    """Coders that are ready to read, and how good the words alone and the learning are."""

    coder: "ThemeCoder"
    feelings: "FeelingCoder | None"
    quality: Mapping[str, Any]
    learned_from: int


def ground(session: Session, run: ThemingRun) -> Ground:
    """All that a run needs to know before it reads."""
    wordings = books.wordings(session, run.version_id)
    words = words_of(run.version, wordings)
    codes = {each.theme_id: each.theme.code for each in wordings}
    read_as = books.resolved(session, run.version.codebook_id)
    kept = [each for each in stored.labelled(session) if _still_holds(each, codes, read_as)]
    return Ground(
        words=words,
        ids={code: theme_id for theme_id, code in codes.items()},
        texts=[blanked(each.comment.text) for each in kept],
        themes=[sorted({codes[read_as[theme]] for theme in each.theme_ids}) for each in kept],
        levels=[each.level for each in kept],
        writers=[str(each.comment.response_id) for each in kept],
    )


def _still_holds(each: Labelled, codes: Mapping[int, str], read_as: Mapping[int, int]) -> bool:
    """Whether all themes that a person put on are still there; what was split is not learned."""
    return all(read_as.get(theme) in codes for theme in each.theme_ids)


def learn(
    here: Ground, coder: "ThemeCoder | None" = None, vectors: "Vectors | None" = None
) -> Learned:
    """Learn from what people have read, and see how good it is.

    Args:
        coder: one that has learned already, in a run that goes on.
        vectors: of sentences, where the host has a model.
    """
    from feedback.analysis import quality
    from feedback.analysis.coding import ThemeCoder

    if coder is not None:
        return Learned(coder, _feelings(here), {}, coder.training.comments)
    coder = ThemeCoder(here.words, vectors=vectors)
    measured: dict[str, Any] = {}
    count = len(here.texts)
    if count:
        words = quality.from_words(here.words, here.texts, here.themes, here.writers)
        measured["words"] = asdict(words)
    if count >= quality.FEWEST and len(set(here.writers)) > 1:
        learned = quality.having_learned(here.words, here.texts, here.themes, here.writers, vectors)
        measured["learned"] = asdict(learned)
        coder.fit(here.texts, [list(each) for each in here.themes], groups=here.writers)
    return Learned(coder, _feelings(here), measured, coder.training.comments)


def _feelings(here: Ground) -> "FeelingCoder | None":
    """What was learned of feelings; None while too few people have said how comments feel."""
    from feedback.analysis.feeling_coder import FeelingCoder

    said = [
        (text, level)
        for text, level in zip(here.texts, here.levels, strict=True)
        if level is not None
    ]
    if len(said) < FEELINGS_FROM:
        return None
    try:
        return FeelingCoder().fit([text for text, _ in said], [level for _, level in said])
    except ValueError:  # all of one side: there is nothing to tell apart
        return None


def keep_learned(session: Session, run_id: int, learned: Learned, *, key: bytes) -> None:
    """Keep what was learned until the run is finished, and how good it is."""
    from feedback.analysis.coding import to_bytes

    session.execute(
        update(ThemingRun)
        .where(ThemingRun.id == run_id)
        .values(
            model=to_bytes(learned.coder, key=key),
            quality=dict(learned.quality),
            learned_from=learned.learned_from,
            total=stored.comment_count(session),
        )
    )


def keep_batch(
    session: Session,
    run: ThemingRun,
    ids: Mapping[str, int],
    comments: Sequence[Comment],
    made: "Sequence[Assigned]",
    *,
    now: datetime,
) -> bool:
    """Keep what was made of some comments; False where somebody has stopped the run."""
    beating = session.execute(
        update(ThemingRun)
        .where(ThemingRun.id == run.id, ThemingRun.state == RunState.RUNNING)
        .values(beat_at=now, done=ThemingRun.done + len(comments))
    )
    if not beating.rowcount:  # type: ignore[attr-defined] # an UPDATE always has one
        return False
    there = _still_there(session, comments)
    pairs = [(c, m) for c, m in zip(comments, made, strict=True) if c.key in there]
    if not pairs:
        return True
    rows = [_reading(run, comment, each, now) for comment, each in pairs]
    numbers = session.scalars(
        insert(Reading).returning(Reading.id, sort_by_parameter_order=True), rows
    ).all()
    codings = [
        coding
        for number, (_, each) in zip(numbers, pairs, strict=True)
        for coding in _codings(number, each, ids)
    ]
    if codings:
        session.execute(insert(Coding), codings)
    return True


def _still_there(session: Session, comments: Sequence[Comment]) -> set[Key]:
    """Those of some comments that nobody has taken back since they were read."""
    first, last = comments[0].key, comments[-1].key
    there: set[Key] = set()
    while batch := stored.comments_after(session, (first[0], first[1] - 1), len(comments) + 1):
        there.update(each.key for each in batch if each.key <= last)
        if batch[-1].key >= last:
            break
        first = (batch[-1].response_id, batch[-1].question_id + 1)
    return there


def _reading(run: ThemingRun, comment: Comment, made: "Assigned", now: datetime) -> dict[str, Any]:
    doubts = [doubt.value for doubt in made.reading.unsure]
    if made.feeling.unsure:
        doubts.append("feeling")
    return {
        "response_id": comment.response_id,
        "question_id": comment.question_id,
        "run_id": run.id,
        "version_id": run.version_id,
        "level": made.feeling.level,
        "sure": round(made.feeling.sure, 3),
        "unsure": " ".join(doubts),
        "read_at": now,
    }


def _codings(number: int, made: "Assigned", ids: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "reading_id": number,
            "theme_id": ids[code],
            "state": CodingState.SUGGESTED,
            "suggested": True,
            "score": round(made.reading.scores[code], 4),
            "level": made.by_theme[code].level,
            "spans": [
                [span.start, span.end, round(span.pull, 3)] for span in made.reading.why[code]
            ],
        }
        for code in made.reading.themes
    ]


def coder_of(
    session: Session, run_id: int, key: bytes, vectors: "Vectors | None" = None
) -> "ThemeCoder | None":
    """What a run had learned when it was stopped; None where it was thrown away since.

    Raises:
        UnusableModel: what is kept is not what this program kept.
    """
    from feedback.analysis.coding import from_bytes

    kept = session.scalar(select(ThemingRun.model).where(ThemingRun.id == run_id))
    return from_bytes(kept, key=key, vectors=vectors) if kept else None


# When all is read


def sum_up(session: Session, run: ThemingRun, *, fewest: int) -> dict[str, Any]:
    """The words that are typical of each theme, and what comments that nothing fits may be about.

    Args:
        fewest: people who must have used a word of a theme before it is shown.
    """
    from feedback.analysis.typical import typical_words

    rows = session.execute(
        stored.read_comments(run.id).order_by(*stored.in_no_order(Reading)).limit(MOST_SUMMED_UP)
    ).all()
    codes = stored.codes_of(session, run.id, [row.id for row in rows])
    typical = typical_words(
        [blanked(row.masked) for row in rows],
        [codes.get(row.id, ()) for row in rows],
        [row.response_id for row in rows],
        fewest=fewest,
    )
    unnamed = [row for row in rows if row.id not in codes]
    return {
        "typical": {code: list(words) for code, words in typical.items()},
        "topics": _topics(unnamed, fewest),
    }


def _topics(rows: Sequence[Any], fewest: int) -> list[dict[str, Any]]:
    """What comments that nothing fits may be about; none where too few or too alike."""
    from feedback.analysis.topics import TooFewComments, discover

    try:
        found = discover([blanked(row.masked) for row in rows], seed=SEED)
    except TooFewComments:
        return []
    return [
        {
            "words": list(topic.words),
            "comments": len(topic.comments),
            "stability": round(topic.stability, 2),
            "stable": topic.stable,
            "typical": [[rows[at].response_id, rows[at].question_id] for at in topic.typical],
        }
        for topic in found
        if len({rows[at].response_id for at in topic.comments}) >= fewest
    ]


def set_turns(session: Session, run: ThemingRun) -> list[dict[str, int]]:
    """When each comment's turn on the desk is: hard ones, those that nothing fits, surprises, rest.

    They take turns, so that whoever reads the first fifty has read some of each.
    """
    surprising = stored.surprising(session, run.id, share=ONE_SIDED, fewest=MANY_TO_TELL)
    put = stored.readings_with_themes(session, run.id)
    kinds: dict[int, int] = {}
    turns = []
    for reading_id, unsure in session.execute(
        select(Reading.id, Reading.unsure)
        .where(Reading.run_id == run.id)
        .order_by(*stored.in_no_order(Reading))
    ):
        kind = _kind(unsure.split(), reading_id in put, reading_id in surprising)
        place = kinds[kind] = kinds.get(kind, -1) + 1
        turns.append({"reading": reading_id, "turn": place * KINDS + kind})
    return turns


def _kind(unsure: Sequence[str], has_theme: bool, surprising: bool) -> int:
    """0 hard, 1 nothing fits, 2 surprising, 3 the rest."""
    if surprising:
        return 2
    if not has_theme:
        return 3 if "empty" in unsure else 1
    return 0 if unsure and unsure != ["feeling"] else 3


def keep_turns(session: Session, turns: Sequence[Mapping[str, int]]) -> None:
    """Keep some turns."""
    table = cast(Table, Reading.__table__)
    session.connection().execute(
        update(table).where(table.c.id == bindparam("reading")).values(turn=bindparam("turn")),
        list(turns),
    )


def finish(session: Session, run: ThemingRun, summary: Mapping[str, Any], *, now: datetime) -> None:
    """From now on all figures rest on this run; what it had learned is not needed any more."""
    session.execute(
        update(ThemingRun)
        .where(ThemingRun.id == run.id)
        .values(
            state=RunState.DONE,
            finished_at=now,
            model=None,
            quality={**run.quality, **summary},
        )
    )


def clear_older(session: Session, run_id: int) -> int:
    """Take some readings of older runs away; how many went. The runs and their figures stay."""
    old = list(
        session.scalars(
            select(Reading.id)
            .where(Reading.run_id.is_not(None), Reading.run_id < run_id)
            .limit(ROWS)
        )
    )
    if old:
        session.execute(delete(Reading).where(Reading.id.in_(old)))
    return len(old)
