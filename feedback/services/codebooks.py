"""Keeps codebooks: a version for each change, themes that last, and no coding ever lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from feedback.analysis.codebook import Codebook as Words
from feedback.analysis.codebook import Theme as ThemeWords
from feedback.models.themes import Codebook, CodebookVersion, Theme, ThemeWording
from feedback.queries import codebooks as stored
from feedback.services import versions
from feedback.services.versions import Step, said

Ties = Mapping[str, tuple[str, ...]]  # code of theme → parts of frameworks


@dataclass(frozen=True)
class Current:
    """A codebook as it stands now."""

    codebook: Codebook
    version: CodebookVersion
    themes: Sequence[ThemeWording]

    @property
    def words(self) -> Words:
        """What the machine codes with."""
        return words_of(self.version, self.themes)

    @property
    def ids(self) -> dict[str, int]:
        """The lasting number of each theme by its code."""
        return {each.theme.code: each.theme_id for each in self.themes}


def words_of(version: CodebookVersion, themes: Sequence[ThemeWording]) -> Words:
    """A version as plain words."""
    return Words(
        version.codebook.name,
        version.number,
        tuple(
            ThemeWords(
                each.theme.code, each.name, each.definition, tuple(each.seeds), tuple(each.examples)
            )
            for each in themes
        ),
    )


def current(session: Session) -> Current | None:
    """The codebook in use as it stands now; None while nobody has chosen one."""
    codebook = stored.in_use(session)
    if codebook is None:
        return None
    version = stored.newest(session, codebook.id)
    return Current(codebook, version, stored.wordings(session, version.id))


def ready(session: Session, *, by: int | None, now: datetime) -> Current:
    """The codebook in use; the one that travels with the program where there is none."""
    from feedback.outputs import codebooks as files  # with YAML, which pages do without

    found = current(session)
    if found is None:
        text = files.STARTER.read_bytes()
        codebook = keep(
            session,
            files.read_codebook(text, file=files.STARTER.name),
            files.read_ties(text, file=files.STARTER.name),
            by=by,
            now=now,
        )
        use(session, codebook)
        found = current(session)
    if found is None:
        raise LookupError("no codebook is in use")
    return found


def use(session: Session, codebook: Codebook) -> None:
    """Read comments with this codebook from now on."""
    session.execute(update(Codebook).values(in_use=False))
    codebook.in_use = True
    session.flush()


def keep(session: Session, words: Words, ties: Ties, *, by: int | None, now: datetime) -> Codebook:
    """Keep a codebook that was read from a file: a new one, or a new version of one that is there.

    Themes are known again by their codes; those that the file does not have are retired.
    """
    codebook = stored.called(session, words.name)
    if codebook is None:
        codebook = Codebook(name=words.name, in_use=False, created_at=now)
        session.add(codebook)
        session.flush()
    known = {theme.code: theme for theme in stored.themes(session, codebook.id)}
    rows = []
    for theme in words.themes:
        if theme.code not in known:
            known[theme.code] = Theme(codebook_id=codebook.id, code=theme.code)
            session.add(known[theme.code])
        session.flush()
        rows.append(
            ThemeWording(
                theme_id=known[theme.code].id,
                name=theme.name,
                definition=theme.definition,
                seeds=list(theme.seeds),
                examples=list(theme.examples),
                tags=list(ties.get(theme.code, ())),
            )
        )
    add_version(session, codebook, rows, what=said(Step.FILE), by=by, now=now)
    return codebook


def add_version(
    session: Session,
    codebook: Codebook,
    themes: Sequence[ThemeWording],
    *,
    what: str,
    by: int | None,
    now: datetime,
) -> CodebookVersion:
    """One more version of a codebook; the ones before stay as they are.

    Args:
        themes: new rows, in their order.
        what: what was changed, as `versions.said` writes it.
    """
    before = max((each.number for each in stored.versions(session, codebook.id)), default=0)
    version = CodebookVersion(
        codebook_id=codebook.id, number=before + 1, what=what, user_id=by, made_at=now
    )
    session.add(version)
    session.flush()
    for position, row in enumerate(themes, start=1):
        row.version_id, row.position = version.id, position
        session.add(row)
    session.flush()
    versions.settle(session, codebook.id)
    return version
