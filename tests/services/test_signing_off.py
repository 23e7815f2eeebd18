"""A group's yes: it stands for the very same words, and for nothing else."""

import threading
from datetime import date, timedelta

import pytest
from signing_ground import sign_off, voice_group
from sqlalchemy import select

from feedback import redrafting
from feedback.errors import (
    ChangedWhileReading,
    NobodySaidYes,
    NotSignedOff,
    NotThisGroup,
    ReasonTooShort,
)
from feedback.models.oversight import AuditEvent
from feedback.models.proposals import Member, Room, SignOff, VoiceGroup
from feedback.models.safeguarding import SafeguardingFlag
from feedback.models.surveys import Edition, Survey
from feedback.outputs import exchange
from feedback.queries import signing_off as stored
from feedback.queries import surveys
from feedback.questionnaire import Picture, Wording, Words
from feedback.redrafting import changed
from feedback.services import agreeing, authoring, collecting, people, signing_off
from feedback.vocabulary import Audience, Role, RoomStep

LONG_ENOUGH = "The group does not meet before the holidays begin."


@pytest.fixture
def officer(session, now):
    """Whoever is at work, added in the same transaction."""
    email = "officer@brackenshore.example"
    return people.add_user(session, email, "Olive", Role.OFFICER, "a password", now=now)


@pytest.fixture
def young(every_kind):
    return every_kind.model_copy(update={"audience": Audience.YOUNG_PERSON})


@pytest.fixture
def draft(session, young, now):
    return authoring.keep_draft(session, young, now=now)


@pytest.fixture
def group(session, now):
    return voice_group(session, now)


@pytest.fixture
def opened(session, now):
    """Opens an edition to young people."""

    def made(edition, code="fern42", audience=Audience.YOUNG_PERSON):
        times = {"opens_at": now, "now": now}
        return collecting.open_collection(
            session, edition, code, "Autumn", audience=audience, **times
        )

    return made


@pytest.fixture
def room(session, group, now):
    """An open room with three members."""
    made = Room(
        group_id=group.id,
        code="room",
        step=RoomStep.APPROVING,
        opens_at=now,
        closes_at=now + timedelta(hours=1),
    )
    session.add(made)
    session.flush()
    for at in range(3):
        session.add(
            Member(
                room_id=made.id,
                token_hash=f"{at}",
                picture="own/quiet",
                word=f"word{at}",
                joined_on=now.date(),
            )
        )
    session.flush()
    return made


def members(session, room):
    found = select(Member.id).where(Member.room_id == room.id).order_by(Member.id)
    return list(session.scalars(found))


def one_letter(words: Words, tag: str = "en") -> Words:
    plain = words[tag]
    return {**words, tag: Wording(standard=plain.standard + "s", easy=plain.easy)}


def question_changed(tree, name="safe", **changes):
    return redrafting.set_question(tree, name, changed(tree.questions[name], **changes))


def edited(session, draft, edit, officer, now):
    seen = surveys.revision(session, draft.id)
    by = {"user_id": officer.id, "what": "question", "now": now}
    authoring.change(session, draft, edit, seen=seen, **by)


def state(session, edition):
    return signing_off.standing(session, edition).state


def test_a_survey_for_young_people_does_not_open_without_its_groups_yes(
    session, draft, opened, now
):
    authoring.publish(session, draft, now=now)

    with pytest.raises(NotSignedOff):
        opened(draft)

    assert state(session, draft) == "no_group"


def test_what_the_group_approved_as_a_draft_opens_once_it_is_published(session, draft, opened, now):
    sign_off(session, draft, now)
    authoring.publish(session, draft, now=now)
    session.expire_all()

    assert state(session, draft) == "approved"
    assert opened(draft).code == "fern42"


def test_a_survey_for_others_needs_no_yes_until_a_group_signs_it_off(
    session, every_kind, group, officer, opened, now
):
    edition = authoring.keep_draft(session, every_kind, now=now)
    authoring.publish(session, edition, now=now)
    opened(edition, audience=Audience.PARENT)
    survey = session.get_one(Survey, edition.survey_id)
    signing_off.name_group(session, survey, group, user_id=officer.id, now=now)

    with pytest.raises(NotSignedOff):
        opened(edition, "oak22", audience=Audience.PARENT)


def a_word(tree):
    return question_changed(tree, ask=one_letter(tree.questions["safe"].ask))


def another_picture(tree):
    return question_changed(tree, picture=Picture(name="own/quiet", decorative=True))


def an_option(tree):
    options = tree.questions["safe"].options
    first = changed(options[0], label=one_letter(options[0].label))
    return question_changed(tree, options=[first, *options[1:]])


def the_start(tree):
    return changed(tree, why=one_letter(tree.why))


def a_translation(tree):
    title = {**tree.title, "cy": Wording(standard="Teitl")}
    return changed(tree, title=title, languages=[*tree.languages, "cy"])


def easy_words(tree):
    ask = tree.questions["safe"].ask
    easy = Wording(standard=ask["en"].standard, easy="Are you safe now?")
    return question_changed(tree, ask={**ask, "en": easy})


def a_term(tree):
    told = {"en": Wording(standard="plan")}
    return changed(tree, glossary=[*tree.glossary, {"word": told, "meaning": told}]).model_validate(
        {**tree.model_dump(), "glossary": [{"word": told, "meaning": told}]}
    )


@pytest.mark.parametrize(
    "edit", [a_word, another_picture, an_option, the_start, a_translation, easy_words, a_term]
)
def test_one_change_takes_the_yes_back_and_says_what_it_was(session, draft, officer, edit, now):
    yes = sign_off(session, draft, now)

    edited(session, draft, edit, officer, now)

    assert state(session, draft) == "changed"
    assert yes.cleared_at == now
    assert yes.changes
    assert stored.untold(session, yes.group_id) == [yes]


def test_the_words_before_and_after_are_kept_for_the_group(session, draft, officer, now):
    yes = sign_off(session, draft, now)
    before = surveys.read_draft(session, draft.id).questions["safe"].ask["en"].standard

    edited(session, draft, a_word, officer, now)

    [change] = yes.changes
    assert change["where"], change["what"] == ("question:safe", "ask")
    assert (change["before"], change["after"]) == (before, before + "s")


def test_a_file_with_one_letter_more_takes_the_yes_back(session, draft, young, now):
    yes = sign_off(session, draft, now)
    same = exchange.read_survey(exchange.write_survey(young), file="young.yaml")
    authoring.keep_draft(session, same, now=now)
    assert yes.cleared_at is None

    authoring.keep_draft(session, a_word(same), now=now)

    assert yes.cleared_at == now


def test_an_earlier_state_taken_back_takes_the_yes_back(session, draft, officer, now):
    edited(session, draft, a_word, officer, now)
    yes = sign_off(session, draft, now)

    authoring.restore(session, draft, 1, user_id=officer.id, now=now)

    assert yes.cleared_at == now
    assert state(session, draft) == "changed"


def test_going_back_to_the_approved_words_needs_a_new_yes(session, draft, officer, now):
    yes = sign_off(session, draft, now)
    edited(session, draft, a_word, officer, now)
    authoring.restore(session, draft, 1, user_id=officer.id, now=now)

    standing = signing_off.standing(session, draft)

    assert standing.state == "changed"
    assert standing.changes == yes.changes
    sign_off(session, draft, now)
    assert state(session, draft) == "approved"


def test_what_nobody_meets_changes_nothing(session, draft, officer, now):
    yes = sign_off(session, draft, now)

    def score(tree):
        options = [changed(each, score=7) for each in tree.questions["safe"].options]
        return question_changed(tree, options=options)

    edited(session, draft, score, officer, now)

    assert yes.cleared_at is None
    assert state(session, draft) == "approved"


def test_the_next_draft_leaves_the_published_edition_approved(session, draft, young, opened, now):
    yes = sign_off(session, draft, now)
    authoring.publish(session, draft, now=now)
    session.expire_all()

    later = authoring.keep_draft(session, a_word(young), now=now)

    assert yes.cleared_at is None
    assert state(session, draft) == "approved"
    assert state(session, later) == "changed"
    assert [each["what"] for each in signing_off.standing(session, later).changes] == ["ask"]
    opened(draft)


def test_a_yes_to_words_that_changed_meanwhile_is_not_kept(session, draft, group, officer, now):
    survey = session.get_one(Survey, draft.survey_id)
    signing_off.name_group(session, survey, group, user_id=officer.id, now=now)
    seen = signing_off.standing(session, draft).fingerprint
    edited(session, draft, a_word, officer, now)

    with pytest.raises(ChangedWhileReading):
        signing_off.approve(session, draft, group, seen=seen, members=3, now=now)


def test_a_yes_sent_twice_is_one(session, draft, now):
    assert sign_off(session, draft, now) is sign_off(session, draft, now)
    assert len(session.scalars(select(SignOff)).all()) == 1


def test_another_groups_yes_does_not_count(session, draft, officer, now):
    sign_off(session, draft, now)
    other = voice_group(session, now, "Other Group")
    seen = signing_off.standing(session, draft).fingerprint
    with pytest.raises(NotThisGroup):
        signing_off.approve(session, draft, other, seen=seen, members=3, now=now)

    survey = session.get_one(Survey, draft.survey_id)
    signing_off.name_group(session, survey, other, user_id=officer.id, now=now)

    assert state(session, draft) == "waiting"


def test_a_room_says_yes_with_more_than_half_of_those_who_spoke(
    session, draft, group, room, officer, now
):
    survey = session.get_one(Survey, draft.survey_id)
    signing_off.name_group(session, survey, group, user_id=None, now=now)
    seen = signing_off.standing(session, draft).fingerprint
    ids = members(session, room)
    one, two = (session.get_one(Member, each) for each in ids[:2])
    by = {"seen": seen, "today": date(2026, 11, 2), "now": now}
    sure = {"seen": seen, "user_id": officer.id, "now": now}
    with pytest.raises(NobodySaidYes):
        agreeing.confirm(session, draft, room, ids, **sure)
    words = "ring Mia Jones on 07700 900123"
    agreeing.say(session, draft, room, one, yes=False, words=words, **by)
    agreeing.say(session, draft, room, two, yes=True, **by)
    with pytest.raises(NobodySaidYes):
        agreeing.confirm(session, draft, room, ids, **sure)
    said = agreeing.heard(session, draft.survey_id, seen, ids)
    assert (said.yes, len(said.not_yet), said.silent) == (1, 1, 1)
    assert "07700" not in said.not_yet[0].words

    agreeing.say(session, draft, room, one, yes=True, **by)
    yes = agreeing.confirm(session, draft, room, ids, **sure)

    assert (yes.members, yes.room_id, yes.user_id) == (2, room.id, officer.id)


def test_words_of_concern_beside_a_not_yet_bring_a_trained_person(session, draft, group, room, now):
    survey = session.get_one(Survey, draft.survey_id)
    signing_off.name_group(session, survey, group, user_id=None, now=now)
    seen = signing_off.standing(session, draft).fingerprint
    one = session.get_one(Member, members(session, room)[0])
    words = "I want to kill myself"
    days = {"today": now.date(), "now": now}

    agreeing.say(session, draft, room, one, seen=seen, yes=False, words=words, **days)

    assert session.scalars(select(SafeguardingFlag.words)).all() == [words]


def test_what_members_said_of_other_words_does_not_count(session, draft, group, room, officer, now):
    survey = session.get_one(Survey, draft.survey_id)
    signing_off.name_group(session, survey, group, user_id=None, now=now)
    seen = signing_off.standing(session, draft).fingerprint
    ids = members(session, room)
    everybody = [session.get_one(Member, each) for each in ids]
    by = {"seen": seen, "yes": True, "today": now.date(), "now": now}
    for each in everybody:
        agreeing.say(session, draft, room, each, **by)
    edited(session, draft, a_word, officer, now)
    new = signing_off.standing(session, draft).fingerprint

    with pytest.raises(NobodySaidYes):
        agreeing.confirm(session, draft, room, ids, seen=new, user_id=officer.id, now=now)
    with pytest.raises(ChangedWhileReading):
        agreeing.confirm(session, draft, room, ids, seen=seen, user_id=officer.id, now=now)
    with pytest.raises(ChangedWhileReading):
        agreeing.say(session, draft, room, everybody[0], **by)


def test_a_reason_opens_this_edition_and_no_other(session, draft, young, officer, opened, now):
    authoring.publish(session, draft, now=now)
    with pytest.raises(ReasonTooShort):
        signing_off.override(session, draft, "  in a   hurry   ", user_id=officer.id, now=now)

    signing_off.override(session, draft, LONG_ENOUGH, user_id=officer.id, now=now)
    opened(draft)

    lines = select(AuditEvent.subject).where(AuditEvent.action == "open without sign-off")
    assert session.scalars(lines).all() == [f"{young.survey} 1"]
    later = authoring.keep_draft(session, a_word(young), now=now)
    authoring.publish(session, later, now=now)
    with pytest.raises(NotSignedOff):
        opened(later, "oak22")


def test_reasons_are_found_for_the_figures_that_rest_on_them(session, young, officer, opened, now):
    edition = authoring.keep_draft(session, young, now=now)
    authoring.publish(session, edition, now=now)
    signing_off.override(session, edition, LONG_ENOUGH, user_id=officer.id, now=now)
    opened(edition)
    [name, *_] = [measure.name for measure in young.measures]
    today, day = now.date(), timedelta(days=1)

    def reasons(names, since, until):
        return [each.reason for each, _ in stored.overrides_for(session, names, since, until)]

    assert reasons([name], today, today) == [LONG_ENOUGH]
    assert reasons(["another"], today, today) == []
    assert reasons([name], today - 9 * day, today - 2 * day) == []


def test_open_screens_of_the_group_look_again_when_a_word_changes(
    session, draft, room, officer, now
):
    sign_off(session, draft, now)
    before = room.changes

    edited(session, draft, a_word, officer, now)

    assert room.changes == before + 1


def test_the_group_is_told_once(session, draft, officer, now):
    yes = sign_off(session, draft, now)
    edited(session, draft, a_word, officer, now)

    signing_off.told(session, stored.untold(session, yes.group_id), now=now)

    assert stored.untold(session, yes.group_id) == []


def test_a_draft_thrown_away_leaves_what_the_group_said(session, draft, young, now):
    yes = sign_off(session, draft, now)
    authoring.publish(session, draft, now=now)
    later = authoring.keep_draft(session, a_word(young), now=now)
    newer = sign_off(session, later, now)

    authoring.discard(session, later)
    session.expire_all()

    assert (yes.edition_id, newer.edition_id) == (draft.id, None)


def test_a_survey_that_was_only_a_draft_goes_with_its_sign_off(session, draft, now):
    sign_off(session, draft, now)

    authoring.discard(session, draft)

    assert session.scalars(select(SignOff)).all() == []


def test_a_yes_and_a_change_in_the_same_moment_leave_no_yes_to_other_words(database, young, now):
    with database.writing() as writing, writing.begin():
        draft = authoring.keep_draft(writing, young, now=now)
        survey = writing.get_one(Survey, draft.survey_id)
        group = voice_group(writing, now)
        signing_off.name_group(writing, survey, group, user_id=None, now=now)
        number, group_id = draft.id, group.id
        seen = signing_off.standing(writing, draft).fingerprint
    begin, trouble = threading.Barrier(2), []

    def together(act):
        try:
            begin.wait()
            with database.writing() as writing, writing.begin():
                act(writing)
        except ChangedWhileReading:
            pass
        except Exception as error:
            trouble.append(error)

    def say_yes(writing):
        edition, group = writing.get_one(Edition, number), writing.get_one(VoiceGroup, group_id)
        signing_off.approve(writing, edition, group, seen=seen, members=3, now=now)

    def edit(writing):
        authoring.keep_draft(writing, a_word(young), now=now)

    threads = [threading.Thread(target=together, args=[act]) for act in (say_yes, edit)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert trouble == []
    with database.reading() as reading:
        assert state(reading, reading.get_one(Edition, number)) in ("waiting", "changed")
        stands = [each for each in reading.scalars(select(SignOff)) if each.cleared_at is None]
        assert stands == []


# Put to young people by another way than its own audience


@pytest.fixture
def for_parents(session, every_kind, now):
    """A published survey that is for parents, and that no group signs off."""
    tree = every_kind.model_copy(update={"audience": Audience.PARENT})
    edition = authoring.keep_draft(session, tree, now=now)
    authoring.publish(session, edition, now=now)
    return edition


def test_no_survey_is_put_to_young_people_because_it_was_made_for_others(for_parents, opened):
    with pytest.raises(NotSignedOff):
        opened(for_parents)
    assert opened(for_parents, audience=Audience.PARENT)


def test_no_collection_becomes_one_for_young_people(session, for_parents, opened, officer, now):
    collection = opened(for_parents, audience=Audience.PARENT)
    facts = {"name": "Autumn", "expected": None, "part": collection.part, "channels": []}

    with pytest.raises(NotSignedOff):
        collecting.change(session, collection, audience=Audience.YOUNG_PERSON, **facts, now=now)
    assert collection.audience is Audience.PARENT
    signing_off.override(session, for_parents, LONG_ENOUGH, user_id=officer.id, now=now)
    collecting.change(session, collection, audience=Audience.YOUNG_PERSON, **facts, now=now)
    assert collection.audience is Audience.YOUNG_PERSON


def test_a_closed_collection_opens_again_only_with_the_yes_of_the_group_that_is_asked_now(
    session, draft, opened, now
):
    authoring.publish(session, draft, now=now)
    sign_off(session, draft, now)
    collection = opened(draft)
    other = voice_group(session, now, "Harbour Group")
    survey = session.get_one(Survey, draft.survey_id)
    signing_off.name_group(session, survey, other, user_id=None, now=now)
    later = now + timedelta(days=1)

    collecting.extend(session, collection, later, "", now=now)  # it is open: that stays its right
    collecting.close(session, collection, now=now)
    with pytest.raises(NotSignedOff):
        collecting.extend(session, collection, later, "", now=now)
    collecting.withdraw(session, collection, now=now)
    with pytest.raises(NotSignedOff):
        collecting.put_back(session, collection, now=now)
    collection.withdrawn_at, collection.closes_at, collection.opens_at = None, None, later
    with pytest.raises(NotSignedOff):
        collecting.open_now(session, collection, now=now)
