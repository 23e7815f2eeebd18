"""Pictures of all sets: those that travel with the program and those that people brought in."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.analysis import picturing
from feedback.analysis.picturing import Catalogue, PictureFacts
from feedback.models.pictures import UploadedPicture
from feedback.settings import picture_index

SETS = ("upload", "own", "openmoji", "healthicons")
_BROUGHT_IN = re.compile(r"upload/[0-9a-f]{64}")  # anything else need not be asked for


class FoundPicture(NamedTuple):
    """A picture without its address: what it is called, found by and owed to."""

    name: str
    words: tuple[str, ...]
    credit: str

    @property
    def shows(self) -> str:
        """What it shows, in a few words: a beginning for what it says to those who do not see."""
        return self.words[0] if self.words else ""

    @property
    def set(self) -> str:
        """Which set it belongs to: one of `SETS`."""
        return self.name.partition("/")[0]


def by_name(session: Session, name: str) -> UploadedPicture | None:
    """A picture that was brought in, with its content."""
    if not _BROUGHT_IN.fullmatch(name):
        return None
    return session.scalars(select(UploadedPicture).where(UploadedPicture.name == name)).first()


def names(session: Session) -> frozenset[str] | None:
    """Names of all pictures that there are; None before the sets are built."""
    if not picture_index():
        return None
    return frozenset([*picture_index(), *session.scalars(select(UploadedPicture.name))])


def counts(session: Session) -> dict[str, int]:
    """How many pictures each set has."""
    counted = dict.fromkeys(SETS, 0)
    for name in picture_index():
        counted[name.partition("/")[0]] += 1
    counted["upload"] = session.scalar(select(func.count(UploadedPicture.id))) or 0
    return counted


def known(session: Session, name: str) -> FoundPicture | None:
    """A picture by its name, or None where there is none."""
    facts: Mapping[str, Any] | None = picture_index().get(name)
    if facts is None and _BROUGHT_IN.fullmatch(name):
        facts = _brought_in(session, name).get(name)
    return _found(name, facts) if facts else None


def find(
    session: Session, words: str, limit: int | None = None, *, of: str = ""
) -> list[FoundPicture]:
    """Pictures that fit the words, the best first; all of them where there are no words.

    Args:
        words: what somebody typed; every word counts.
        limit: how many pictures at most.
        of: only those of this set.
    """
    brought = _brought_in(session)
    if words.strip():
        found: Iterable[str] = picturing.search(words, _catalogue(brought), _travelling())
    else:
        found = [*brought, *_in_order()]
    return _all(brought, (name for name in found if not of or name.startswith(f"{of}/")), limit)


def propose(
    session: Session,
    sentence: str,
    *,
    count: int = picturing.PROPOSED,
    without: Collection[str] = (),
) -> list[FoundPicture]:
    """Different pictures for a question or an answer, the fittest first.

    Args:
        sentence: the words as their author wrote them.
        count: how many pictures.
        without: pictures that other answers of the question have already.
    """
    brought = _brought_in(session)
    proposed = picturing.propose(
        sentence, _catalogue(brought), _travelling(), count=count, without=without
    )
    return _all(brought, proposed, count)


def drawn_for(sentence: str) -> list[str]:
    """Names of our own drawings for a sentence, the fittest first.

    Other sets are too many to be sure what a picture of theirs says beside words that nobody has
    looked at with it.
    """
    return picturing.propose(sentence, _ours())


def _brought_in(session: Session, name: str | None = None) -> dict[str, PictureFacts]:
    """Words and credits of what people brought in, the newest first, without the pictures."""
    wanted = select(UploadedPicture.name, UploadedPicture.words, UploadedPicture.credit)
    if name is not None:
        wanted = wanted.where(UploadedPicture.name == name)
    rows = session.execute(wanted.order_by(UploadedPicture.id.desc()))
    return {row.name: {"words": row.words, "credit": row.credit} for row in rows}


def _all(
    brought: dict[str, PictureFacts], found: Iterable[str], limit: int | None
) -> list[FoundPicture]:
    chosen = list(found)[:limit]
    return [_found(name, brought.get(name) or picture_index()[name]) for name in chosen]


def _found(name: str, facts: Mapping[str, Any]) -> FoundPicture:
    return FoundPicture(name, tuple(facts["words"]), facts["credit"])


def _catalogue(brought: Mapping[str, PictureFacts]) -> Catalogue:
    return _in_catalogue(tuple((name, tuple(facts["words"])) for name, facts in brought.items()))


@lru_cache(maxsize=1)
def _in_catalogue(pictures: tuple[tuple[str, tuple[str, ...]], ...]) -> Catalogue:
    """What was brought in, put in order anew only when something has come in since."""
    return Catalogue({name: {"words": list(words), "credit": ""} for name, words in pictures})


@cache
def _ours() -> Catalogue:
    """Those of the pictures that were drawn for this program."""
    ours = {name: facts for name, facts in picture_index().items() if name.startswith("own/")}
    return Catalogue(cast(dict[str, PictureFacts], ours))


@cache
def _travelling() -> Catalogue:
    """The pictures that travel with the program, put in order once a process."""
    return Catalogue(cast(dict[str, PictureFacts], picture_index()))


@cache
def _in_order() -> tuple[str, ...]:
    """The sets one after the other: ours first, by what they show."""
    index = picture_index()

    def place(name: str) -> tuple[int, bool, str]:
        shown = index[name]["words"][0]
        return SETS.index(name.partition("/")[0]), not shown[:1].isalpha(), shown

    return tuple(sorted(index, key=place))
