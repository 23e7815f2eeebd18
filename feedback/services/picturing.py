"""Takes pictures into the library: written anew, found by words, never taken out again.

A published survey may show any of them, so there is no way to delete one here.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.analysis.text import one_line
from feedback.models.pictures import UploadedPicture
from feedback.outputs import images
from feedback.queries import pictures
from feedback.queries.upserts import dialect_of, insert_into
from feedback.questionnaire import UPLOADED
from feedback.services import audit

MOST_WORDS = 20
LONGEST_WORD = 80  # characters; "the sensory room at the hub" is one word here
LONGEST_CREDIT = 200


def keep(
    session: Session,
    content: bytes,
    words: Iterable[str],
    credit: str,
    user_id: int | None,
    *,
    largest: int = images.LARGEST_FILE,
    now: datetime,
) -> UploadedPicture:
    """Keep a picture; the same one brought twice is kept once, and found by both its words.

    The picture is read before the database is asked for anything, so that nobody who saves an
    answer waits for it: call this with no transaction open.

    Args:
        content: the file as it was sent.
        words: what it shows, then other words to find it by.
        credit: who made it, in the words that they wish for.
        largest: bytes that a file may have.

    Raises:
        PictureRefused: it is not a picture that we can use; nothing was kept.
    """
    clean = images.clean(content, largest=largest)
    name = f"{UPLOADED}{hashlib.sha256(clean.content).hexdigest()}"
    table = UploadedPicture.__table__
    made = session.execute(
        insert_into(dialect_of(session), table)  # type: ignore[arg-type]
        .values(
            name=name,
            **clean._asdict(),
            words=[],
            credit="",
            uploaded_by_id=user_id,
            uploaded_at=now,
        )
        .on_conflict_do_nothing(index_elements=["name"])
        .returning(table.c.id)
    ).first()
    picture = pictures.by_name(session, name)
    assert picture is not None  # noqa: S101 -- one of the two put it there
    picture.words = _unique([*picture.words, *words])
    picture.credit = picture.credit or one_line(credit)[:LONGEST_CREDIT]
    session.flush()
    if made:
        audit.note(session, user_id, "bring in picture", name, now=now)
    return picture


def _unique(words: Iterable[str]) -> list[str]:
    """The words in their order, each once, whatever its case."""
    found: dict[str, str] = {}
    for word in words:
        if tidy := one_line(word)[:LONGEST_WORD].strip():
            found.setdefault(tidy.casefold(), tidy)
    return list(found.values())[:MOST_WORDS]
