"""Changes a codebook: each change is one more version, and no coding is ever moved or lost.

Each change takes `seen`, the version that the person had before them: whoever comes second is
told, unless the two changed different things.
"""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy.orm import Session

from feedback.analysis.codebook import Codebook as Words
from feedback.errors import ChangedMeanwhile, NotKept
from feedback.models.themes import Codebook
from feedback.queries import codebooks as stored
from feedback.services import audit, codebooks, versions
from feedback.services.codebook_changes import By, Change, Facts, facts_of
from feedback.services.codebooks import Ties
from feedback.services.versions import Step, said


class ThemeChanged(Exception):
    """Somebody else changed, meanwhile, the very words of a theme that were being changed.

    `before` is what this person saw, `latest` how they stand now, `meant` what this person wrote
    with what only the other one changed; `number` is the newest version.
    """

    def __init__(self, before: Facts, latest: Facts, meant: Facts, number: int) -> None:
        super().__init__("changed meanwhile")
        self.before, self.latest, self.meant, self.number = before, latest, meant, number


def add(session: Session, codebook: Codebook, facts: Facts, *, by: By) -> int:
    """Put a new theme at the end of a codebook; gives its number.

    Raises:
        InListAlready: another theme has the name.
        CodebookFull: there are very many themes.
    """
    change = Change(session, codebook, by)
    change.check(facts)
    theme_id = change.new_theme(facts.name)
    change.themes.append((theme_id, facts))
    change.keep(Step.ADD, theme_id)
    change.note("add theme", theme_id)
    return theme_id


def reword(
    session: Session, codebook: Codebook, theme_id: int, facts: Facts, *, seen: int, by: By
) -> None:
    """Say something else of a theme: its name, what belongs to it, words, examples, frameworks.

    Raises:
        ThemeChanged: somebody else changed the same words since.
        ThemeNotThere: somebody else took the theme out of the codebook.
        InListAlready: another theme has the name.
    """
    change = Change(session, codebook, by)
    latest = change[theme_id]
    before = change.facts_at(seen).get(theme_id, Facts(name=""))
    meant, disputed = _together(before, facts, latest)
    if disputed:
        raise ThemeChanged(before, latest, meant, change.number)
    if meant == latest:
        return
    change.check(meant, without=theme_id)
    change[theme_id] = meant
    change.keep(Step.WORDS, theme_id)
    change.note("change theme", theme_id)


def retire(session: Session, codebook: Codebook, theme_id: int, *, seen: int, by: By) -> None:
    """Take a theme out of use; what was coded with it stays.

    Raises:
        ChangedMeanwhile: somebody else changed the theme since.
        ThemeNotThere: it is out of use already.
    """
    change = Change(session, codebook, by)
    change.expect(seen, theme_id)
    del change.themes[change.at(theme_id)]
    change.keep(Step.RETIRE, theme_id)
    change.note("retire theme", theme_id)


def merge(
    session: Session,
    codebook: Codebook,
    theme_id: int,
    into_id: int,
    *,
    with_words: bool,
    seen: int,
    by: By,
) -> None:
    """Read one theme as another one from now on; its codings stay where they are.

    Args:
        with_words: the other theme takes over its words, examples and frameworks.

    Raises:
        ChangedMeanwhile: somebody else changed one of them since.
        ThemeNotThere: one of them is not in the codebook any more.
        ValueError: a theme cannot be merged into itself.
    """
    if theme_id == into_id:
        raise ValueError("a theme cannot be merged into itself")
    change = Change(session, codebook, by)
    change.expect(seen, theme_id, into_id)
    _, gone = change.themes.pop(change.at(theme_id))
    if with_words:
        change[into_id] = change[into_id].along_with(gone)
    change.keep(Step.MERGE, theme_id, into_id)
    change.note("merge themes", theme_id, into_id)


def split(
    session: Session,
    codebook: Codebook,
    theme_id: int,
    parts: Sequence[Facts],
    *,
    seen: int,
    by: By,
) -> list[int]:
    """Put two or more new themes in the place of one; gives their numbers.

    What was coded with the old one stays coded with it, and people look at it again.

    Raises:
        ChangedMeanwhile: somebody else changed the theme since.
        ThemeNotThere: it is not in the codebook any more.
        InListAlready: another theme has one of the names.
        CodebookFull: there would be very many themes.
        ValueError: fewer than two parts.
    """
    if len(parts) < 2:
        raise ValueError("a split needs two parts")
    change = Change(session, codebook, by)
    change.expect(seen, theme_id)
    change.check(*parts, without=theme_id)
    made = [change.new_theme(part.name, split_from=theme_id) for part in parts]
    at = change.at(theme_id)
    change.themes[at : at + 1] = zip(made, parts, strict=True)
    change.keep(Step.SPLIT, theme_id, *made)
    change.note("split theme", theme_id, *made)
    return made


def back(session: Session, codebook: Codebook, theme_id: int, *, by: By) -> None:
    """Bring back a theme that was retired, merged or split; done twice it does no harm.

    One that was merged takes along what it had lent to the other. The parts of one that was split
    are read as the whole again.

    Raises:
        InListAlready: another theme has its name by now.
        CodebookFull: there are very many themes.
    """
    change = Change(session, codebook, by)
    if theme_id in change:
        return
    last = stored.last_wordings(session, codebook.id)[theme_id]
    parts = [
        each
        for each in stored.themes(session, codebook.id)
        if each.split_from_id == theme_id and each.id in change
    ]
    for part in parts:
        del change.themes[change.at(part.id)]
    change.check(facts_of(last))
    into_id = versions.merges(session, codebook.id)[change.number].get(theme_id)
    if into_id is not None and into_id in change:
        _take_back(change, theme_id, facts_of(last), into_id)
    change.themes.insert(last.position - 1, (theme_id, facts_of(last)))
    change.keep(Step.WHOLE if parts else Step.BACK, theme_id, *(part.id for part in parts))
    change.note("bring back theme", theme_id)


def restore(session: Session, codebook: Codebook, number: int, *, seen: int, by: By) -> None:
    """Take a codebook back to an earlier version, as one more version.

    Raises:
        ChangedMeanwhile: somebody else changed the codebook since.
        NotKept: there is no such version.
    """
    change = Change(session, codebook, by)
    if change.number != seen:
        raise ChangedMeanwhile
    earlier = change.facts_at(number)
    if not earlier:
        raise NotKept
    change.themes = list(earlier.items())
    change.keep(Step.RESTORE, number)
    change.note("restore codebook")


def load(session: Session, words: Words, ties: Ties, *, seen: int, by: By) -> Codebook:
    """Keep a codebook out of a file; for one that is there it is the next version.

    Args:
        seen: the version that the person said yes to replacing; 0 where they saw none.

    Raises:
        ChangedMeanwhile: there is a codebook of this name, and they did not see its last version.
    """
    known = stored.called(session, words.name)
    if known is not None:
        stored.one(session, known.id, lock=True)
        if stored.newest(session, known.id).number != seen:
            raise ChangedMeanwhile
    codebook = codebooks.keep(session, words, ties, by=by.user_id, now=by.now)
    audit.note(session, by.user_id, "load codebook", f"codebook {codebook.id}", now=by.now)
    return codebook


def choose(session: Session, codebook: Codebook, *, by: By) -> None:
    """Read comments with this codebook from now on."""
    if not codebook.in_use:
        codebooks.use(session, codebook)
        audit.note(session, by.user_id, "use codebook", f"codebook {codebook.id}", now=by.now)


def begin(session: Session, *, by: By) -> Codebook:
    """The codebook in use, or the one that travels with the program where there is none."""
    if (found := stored.in_use(session)) is not None:
        return found
    codebook = codebooks.ready(session, by=by.user_id, now=by.now).codebook
    audit.note(session, by.user_id, "use codebook", f"codebook {codebook.id}", now=by.now)
    return codebook


def _together(before: Facts, mine: Facts, latest: Facts) -> tuple[Facts, bool]:
    """What two people meant, and whether they changed the same words differently."""
    meant, disputed = {}, False
    for field in fields(Facts):
        was, wrote, stands = (getattr(each, field.name) for each in (before, mine, latest))
        meant[field.name] = stands if wrote == was else wrote
        disputed |= wrote not in (was, stands) and stands != was
    return Facts(**meant), disputed


def _take_back(change: Change, theme_id: int, own: Facts, into_id: int) -> None:
    """Let what a theme was merged into stand without what it took over then."""
    what = said(Step.MERGE, theme_id, into_id)
    made = stored.versions(change.session, change.codebook.id)
    merged = next((version.number for version in made if version.what == what), None)
    before = None if merged is None else change.facts_at(merged - 1).get(into_id)
    if before is not None:
        change[into_id] = change[into_id].without(own, but=before)
