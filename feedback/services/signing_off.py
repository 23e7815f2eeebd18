"""A group's yes to exactly the words that people will read, until somebody changes one of them.

The yes is to a fingerprint: it stands for an edition only while that says the very same. Nothing
here opens a survey; `check` refuses where a yes is missing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from feedback import questionnaire as q
from feedback.analysis.privacy import mask
from feedback.comparison import How, differences
from feedback.errors import (
    ChangedWhileReading,
    NobodySaidYes,
    NotSignedOff,
    NotThisGroup,
    ReasonTooShort,
)
from feedback.models.proposals import (
    Designer,
    Proposal,
    Room,
    SignOff,
    SignOffOverride,
    SignOffVoice,
    VoiceGroup,
)
from feedback.models.surveys import Edition, Survey
from feedback.queries import groups, surveys
from feedback.queries import signing_off as stored
from feedback.services import audit, holding, masking
from feedback.vocabulary import (
    LONGEST_REASON_PRINTED,
    Audience,
    ProposalState,
)

SHORTEST_REASON = 20  # letters; less says nothing to whoever reads the report
_UNMET = {"measures"}  # what whoever answers never meets

Change = dict[str, str]


@dataclass(frozen=True)
class Standing:
    """Whether an edition may be opened, and why.

    `approved` is the group's yes to exactly these words. `last` is its newest yes to any words of
    the survey, and `changes` what differs since.
    """

    needed: bool
    fingerprint: str
    group: VoiceGroup | None
    approved: SignOff | None = None
    overridden: SignOffOverride | None = None
    last: SignOff | None = None
    changes: Sequence[Change] = ()

    @property
    def may_open(self) -> bool:
        """Nothing keeps it from being opened."""
        return not self.needed or self.approved is not None or self.overridden is not None

    @property
    def state(self) -> str:
        """One word for where it stands."""
        if not self.needed:
            return "not_needed"
        if self.approved is not None:
            return "approved"
        if self.overridden is not None:
            return "overridden"
        if self.group is None:
            return "no_group"
        return "waiting" if self.last is None else "changed"


def fingerprint(questionnaire: q.Questionnaire) -> str:
    """One line for all that a respondent meets; names of measures and scores change nothing."""
    tree = questionnaire.model_dump(mode="json", exclude=_UNMET, exclude_defaults=True)
    for page in tree["pages"]:
        for question in page.get("questions", ()):
            question.pop("measure", None)
            for option in question.get("options", ()):
                option.pop("score", None)
    plain = json.dumps(tree, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def name_group(
    session: Session, survey: Survey, group: VoiceGroup, *, user_id: int | None, now: datetime
) -> None:
    """Say which group signs a survey off; another one's yes counts no more. Safe to do twice."""
    kept = session.get(Designer, survey.id)
    if kept is not None and kept.group_id == group.id:
        return
    if kept is None:
        session.add(Designer(survey_id=survey.id, group_id=group.id))
    else:
        kept.group_id = group.id
    session.flush()
    if kept is not None:
        session.expire(kept, ["group"])
    if user_id is not None:
        audit.note(session, user_id, "name signing group", f"{survey.name} {group.id}", now=now)


def standing(session: Session, edition: Edition, audience: Audience | None = None) -> Standing:
    """Whether an edition may be opened, as it is at this moment.

    Args:
        audience: whom a collection asks; a survey for somebody else that is put to young people
            is one for young people.
    """
    named = stored.designer(session, edition.survey_id)
    group = named.group if named else None
    needed = group is not None or Audience.YOUNG_PERSON in (edition.audience, audience)
    if not needed:
        return Standing(needed, "", None)
    asked = surveys.read_edition(session, edition.id).questionnaire
    mark = fingerprint(asked)
    known = stored.sign_offs(session, edition.survey_id, group.id) if group else ()
    same = [each for each in known if each.fingerprint == mark and each.cleared_at is None]
    last = known[0] if known else None
    return Standing(
        needed=needed,
        fingerprint=mark,
        group=group,
        approved=same[0] if same else None,
        overridden=stored.override(session, edition.id),
        last=last,
        changes=[] if same or last is None else since(last, asked),
    )


def since(sign_off: SignOff, asked: q.Questionnaire) -> list[Change]:
    """What differs from the words that a group approved; what it took back where nothing does."""
    before = q.Questionnaire.model_validate(sign_off.tree)
    return changed_words(before, asked) or list(sign_off.changes)


def changed_words(old: q.Questionnaire, new: q.Questionnaire) -> list[Change]:
    """Each thing that differs for whoever answers, with its words before and after."""
    found = []
    for each in differences(old, new):
        if each.how is How.CHANGED:
            found += [
                _change(
                    each.place,
                    detail.what,
                    detail.before,
                    detail.after,
                    detail.tag or "",
                    detail.presentation or "",
                )
                for detail in each.details
                if detail.what != "measure"
            ]
            continue
        words = q.said(each.words, next(iter(each.words), ""))
        after = "" if each.how is How.REMOVED else words
        before = "" if each.how is How.ADDED else words
        found.append(_change(each.place, each.how.value, before, after))
    if not found and fingerprint(old) != fingerprint(new):
        found.append(_change("start", "other", "", ""))
    return found


def check(session: Session, edition: Edition, audience: Audience) -> None:
    """Say nothing where an edition may be put to an audience.

    Raises:
        NotSignedOff: its group has not said yes to these words, and nobody gave a reason.
    """
    if not standing(session, edition, audience).may_open:
        raise NotSignedOff


def approve(
    session: Session,
    edition: Edition,
    group: VoiceGroup,
    *,
    seen: str,
    members: int,
    room: Room | None = None,
    user_id: int | None = None,
    now: datetime,
) -> SignOff:
    """Keep a group's yes to an edition's words; safe to do twice.

    Args:
        seen: the fingerprint of the words that the group had before it.
        members: how many said yes.

    Raises:
        NotThisGroup: another group, or none, signs this survey off.
        NobodySaidYes: a yes without anybody.
        ChangedWhileReading: the words changed since the group read them.
    """
    lock(session, edition.id)
    stands = standing(session, edition)
    if stands.group is None or stands.group.id != group.id:
        raise NotThisGroup
    if members < 1:
        raise NobodySaidYes
    if stands.fingerprint != seen:
        raise ChangedWhileReading
    if stands.approved is not None:
        return stands.approved
    asked = surveys.read_edition(session, edition.id).questionnaire
    made = SignOff(
        group_id=group.id,
        survey_id=edition.survey_id,
        edition_id=edition.id,
        fingerprint=seen,
        tree=asked.model_dump(mode="json", exclude_defaults=True),
        members=members,
        room_id=room.id if room else None,
        user_id=user_id,
        approved_at=now,
        changes=[],
    )
    session.add(made)
    session.flush()
    if user_id is not None:
        audit.note(session, user_id, "approve survey", _numbered(session, edition), now=now)
    return made


def clear_where_changed(
    session: Session, edition: Edition, questionnaire: q.Questionnaire, *, now: datetime
) -> None:
    """Take back what was approved of a draft, where its new state says anything else.

    Whoever keeps a draft calls this before the new state stands.
    """
    lock(session, edition.id)
    stands = stored.standing_on(session, edition.id)
    mark = fingerprint(questionnaire) if stands else ""
    for each in stands:
        if each.fingerprint != mark:
            before = q.Questionnaire.model_validate(each.tree)
            each.cleared_at = now
            each.changes = changed_words(before, questionnaire)
    session.flush()
    named = stored.designer(session, edition.survey_id)
    if named is not None:  # its screens may show these very words
        for room in groups.rooms(session, named.group_id):
            if holding.state_of(room, now=now) == "open":
                holding.touch(session, room)


def forget_draft(session: Session, edition_id: int, survey_id: int, *, last: bool) -> None:
    """Let go of what was said of a draft that is thrown away.

    Args:
        last: the survey goes with it, and so does everything that was said of it.
    """
    session.execute(update(SignOff).where(SignOff.edition_id == edition_id).values(edition_id=None))
    session.execute(delete(SignOffOverride).where(SignOffOverride.edition_id == edition_id))
    if not last:
        return
    for table in (SignOff, SignOffVoice, Designer):
        session.execute(delete(table).where(table.survey_id == survey_id))
    session.execute(
        update(Proposal)
        .where(Proposal.survey_id == survey_id)
        .values(survey_id=None, question="", state=ProposalState.TALKING)
    )


def override(
    session: Session, edition: Edition, reason: str, *, user_id: int, now: datetime
) -> SignOffOverride:
    """Let an edition be opened without its group's yes; the reason is printed in every report.

    Safe to do twice: the first reason stands.

    Raises:
        ReasonTooShort: less than `SHORTEST_REASON` letters say why.
    """
    lock(session, edition.id)
    kept = stored.override(session, edition.id)
    if kept is not None:
        return kept
    plain = " ".join(reason.split())
    if len(plain) < SHORTEST_REASON:
        raise ReasonTooShort(count=SHORTEST_REASON)
    plain = mask(plain, masking.names_that_stay(session)).text[:LONGEST_REASON_PRINTED]
    made = SignOffOverride(
        survey_id=edition.survey_id,
        edition_id=edition.id,
        reason=plain,
        user_id=user_id,
        happened_at=now,
    )
    session.add(made)
    session.flush()
    audit.note(session, user_id, "open without sign-off", _numbered(session, edition), now=now)
    return made


def told(session: Session, sign_offs: Sequence[SignOff], *, now: datetime) -> None:
    """Note that the group knows that these were taken back; safe to do twice."""
    for each in sign_offs:
        each.told_at = each.told_at or now
    session.flush()


def _change(
    where: str, what: str, before: str, after: str, tag: str = "", presentation: str = ""
) -> Change:
    plain = {"where": where, "what": what, "before": before, "after": after}
    return {**plain, "tag": tag, "presentation": str(presentation)}


def lock(session: Session, edition_id: int) -> None:
    """Keep others who change or approve an edition waiting until this transaction ends."""
    session.execute(select(Edition.id).where(Edition.id == edition_id).with_for_update())


def _numbered(session: Session, edition: Edition) -> str:
    name = session.scalar(select(Survey.name).where(Survey.id == edition.survey_id))
    return f"{name} {edition.number}"
