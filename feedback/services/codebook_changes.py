"""One change of a codebook on its way: how it stands, what the person saw, what it becomes."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from feedback.analysis.codebook import LONGEST_CODE, MOST_THEMES
from feedback.errors import ChangedMeanwhile, CodebookFull, InListAlready, ThemeNotThere
from feedback.models.themes import Codebook, Theme, ThemeWording
from feedback.queries import codebooks as stored
from feedback.services import audit, codebooks
from feedback.services.versions import Step, said

ROOM_FOR_NUMBER = 4  # letters of a code: "_199"
_NOT_IN_CODES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is said of a theme."""

    name: str
    definition: str = ""
    seeds: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def along_with(self, other: "Facts") -> "Facts":
        """The same theme with what points at another one too."""
        return replace(
            self,
            seeds=_both(self.seeds, other.seeds),
            examples=_both(self.examples, other.examples),
            tags=_both(self.tags, other.tags),
        )

    def without(self, other: "Facts", *, but: "Facts") -> "Facts":
        """The same theme without what it has from another one, but with what it had itself."""
        return replace(
            self,
            seeds=_rest(self.seeds, other.seeds, but.seeds),
            examples=_rest(self.examples, other.examples, but.examples),
            tags=_rest(self.tags, other.tags, but.tags),
        )


@dataclass(frozen=True)
class By:
    """Who changes something, and when; nobody for the program itself, which leaves no line."""

    user_id: int | None
    now: datetime


def facts_of(row: ThemeWording) -> Facts:
    """What a version says of a theme."""
    return Facts(
        name=row.name,
        definition=row.definition,
        seeds=tuple(row.seeds),
        examples=tuple(row.examples),
        tags=tuple(row.tags),
    )


class Change:
    """The themes of a codebook as they stand, in order, to be changed and kept as a version.

    Args:
        codebook: as `queries.codebooks.one` locks it.
    """

    def __init__(self, session: Session, codebook: Codebook, by: By) -> None:
        self.session, self.codebook, self.by = session, codebook, by
        newest = stored.newest(session, codebook.id)
        self.number = newest.number
        self.themes = [(row.theme_id, facts_of(row)) for row in stored.wordings(session, newest.id)]

    def __contains__(self, theme_id: int) -> bool:
        return any(each == theme_id for each, _ in self.themes)

    def __getitem__(self, theme_id: int) -> Facts:
        return self.themes[self.at(theme_id)][1]

    def __setitem__(self, theme_id: int, facts: Facts) -> None:
        self.themes[self.at(theme_id)] = theme_id, facts

    def at(self, theme_id: int) -> int:
        """The place of a theme.

        Raises:
            ThemeNotThere: it does not stand in the codebook.
        """
        for at, (each, _) in enumerate(self.themes):
            if each == theme_id:
                return at
        raise ThemeNotThere

    def facts_at(self, number: int) -> dict[int, Facts]:
        """What a version says of its themes; nothing where there is no such version."""
        version = stored.version(self.session, self.codebook.id, number)
        rows = [] if version is None else stored.wordings(self.session, version.id)
        return {row.theme_id: facts_of(row) for row in rows}

    def expect(self, seen: int, *theme_ids: int) -> None:
        """Refuse where some themes are not any more as the person saw them.

        Raises:
            ChangedMeanwhile: somebody else changed one of them.
            ThemeNotThere: somebody else took one of them out.
        """
        latest = [self[theme_id] for theme_id in theme_ids]
        if seen != self.number:
            before = self.facts_at(seen)
            if latest != [before.get(theme_id) for theme_id in theme_ids]:
                raise ChangedMeanwhile

    def check(self, *new: Facts, without: int | None = None) -> None:
        """Refuse what could not be told apart, before anything is written.

        Args:
            new: what comes in.
            without: a theme that goes.

        Raises:
            InListAlready: two themes would have one name.
            CodebookFull: there would be very many themes.
        """
        facts = [each for theme_id, each in self.themes if theme_id != without]
        names = {each.name.casefold() for each in facts}
        for each in new:
            if each.name.casefold() in names:
                raise InListAlready(name=each.name)
            names.add(each.name.casefold())
        if len(facts) + len(new) > MOST_THEMES:
            raise CodebookFull(most=MOST_THEMES)

    def keep(self, step: Step, *numbers: int) -> None:
        """Keep the themes as they are now as the codebook's next version."""
        codebooks.add_version(
            self.session,
            self.codebook,
            [_row(theme_id, facts) for theme_id, facts in self.themes],
            what=said(step, *numbers),
            by=self.by.user_id,
            now=self.by.now,
        )

    def new_theme(self, name: str, *, split_from: int | None = None) -> int:
        """The number of a theme that is new, with a code from its name that none ever had."""
        theme = Theme(codebook_id=self.codebook.id, code=self._code(name), split_from_id=split_from)
        self.session.add(theme)
        self.session.flush()
        return theme.id

    def note(self, action: str, *theme_ids: int) -> None:
        """Add a line to the record of who did what, with numbers and never a name."""
        themes = " ".join(["theme", *map(str, theme_ids)]) if theme_ids else ""
        subject = f"codebook {self.codebook.id} {themes}".rstrip()
        if self.by.user_id is not None:
            audit.note(self.session, self.by.user_id, action, subject, now=self.by.now)

    def _code(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        begins = _NOT_IN_CODES.sub("_", plain).strip("_").lstrip("0123456789_")
        begins = begins[: LONGEST_CODE - ROOM_FOR_NUMBER].strip("_") or "theme"
        taken = {theme.code for theme in stored.themes(self.session, self.codebook.id)}
        number, code = 1, begins
        while code in taken:
            number += 1
            code = f"{begins}_{number}"
        return code


def _both(first: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    """Two lists as one, each word once, however it is written."""
    found: dict[str, str] = {}
    for each in (*first, *more):
        found.setdefault(each.casefold(), each)
    return tuple(found.values())


def _rest(all_of: Iterable[str], lent: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    gone = {each.casefold() for each in lent} - {each.casefold() for each in own}
    return tuple(each for each in all_of if each.casefold() not in gone)


def _row(theme_id: int, facts: Facts) -> ThemeWording:
    return ThemeWording(
        theme_id=theme_id,
        name=facts.name,
        definition=facts.definition,
        seeds=list(facts.seeds),
        examples=list(facts.examples),
        tags=list(facts.tags),
    )
