"""Words a group's question together, says which words were hard, and puts it into a survey."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from feedback import questionnaire as q
from feedback import redrafting
from feedback.analysis.privacy import mask
from feedback.analysis.readability import words as words_of
from feedback.analysis.text import one_line
from feedback.models.proposals import Designer, HardWord, Member, Proposal, Room, Wording
from feedback.models.surveys import Edition
from feedback.outputs import shorthand
from feedback.queries import surveys, wordings
from feedback.services import authoring, holding, masking, safeguarding
from feedback.vocabulary import ProposalState, QuestionKind

LONGEST_ASK = 300  # letters; nobody should be asked more at once
LONGEST_ANSWER = 80
LONGEST_WHY = 140
MOST_ANSWERS = 5
LONGEST_WORD = 60  # letters, as wide as it is kept
NAMED_SO = "group_question"  # what a question is called until a survey gives it a name
_MAY_PASS = frozenset({QuestionKind.FACES, QuestionKind.CHOICE})  # "I don't know" stands beside


Edit = Callable[[q.Question | None], q.Question]


class WordingMoved(Exception):
    """Somebody else changed, meanwhile, the very part that was being changed.

    `theirs` is what stands now; `mine` is what would have stood.
    """

    def __init__(self, theirs: Wording, mine: q.Question) -> None:
        super().__init__("worded meanwhile")
        self.theirs, self.mine = theirs, mine


@dataclass(frozen=True)
class By:
    """Who changes a question, where, when, and what for."""

    room: Room
    member: Member | None
    today: date
    now: datetime
    why: str = ""


def begun(words: str, language: str) -> q.Question:
    """A question as it begins: only words, answered with three faces until somebody says so."""
    blank = q.Question(name=NAMED_SO, kind=QuestionKind.FACES, ask={}, skip=True)
    asked = with_words(blank, words, language, easy=False)
    return answered_with(asked, QuestionKind.FACES, 3)


def question_of(wording: Wording) -> q.Question:
    """The question that a wording keeps."""
    return q.Question.model_validate(wording.question)


def language_of(question: q.Question) -> str:
    """The language in which a group words its question: it writes in one."""
    return next(iter(question.ask))


def with_words(question: q.Question, words: str, language: str, *, easy: bool) -> q.Question:
    """A question with other words; with `easy`, only those of easy read.

    New usual words take the easy ones with them: they may say something else.
    """
    words = one_line(words)[:LONGEST_ASK]
    if easy:
        kept = question.ask[language].standard
        worded = q.Wording(standard=kept, easy=words if words and words != kept else None)
    else:
        worded = q.Wording(standard=words)
    return redrafting.changed(question, ask={language: worded})


def answered_with(question: q.Question, kind: QuestionKind, points: int | None) -> q.Question:
    """A question with another kind of answers; ready scales bring their own words and pictures."""
    spoken = [language_of(question)]
    ready = [q.Option.model_validate(each) for each in _ready(kind, points, spoken)]
    made = redrafting.of_kind(question, kind, points, ready)
    if question.points:  # those of a scale are no answers of the group's own
        made = redrafting.changed(made, options=ready)
    return redrafting.changed(made, dont_know=kind in _MAY_PASS, skip=True)


def _ready(kind: QuestionKind, points: int | None, spoken: list[str]) -> list[object]:
    return shorthand.ready_options(kind, points, spoken)


def with_answers(question: q.Question, answers: Collection[str], language: str) -> q.Question:
    """A question with answers of the group's own; one that stays as it was keeps its picture."""
    before = {q.said(option.label, language): option for option in question.options}
    chosen = question.kind is QuestionKind.CHOICE
    made, taken = [], {option.code for option in question.options} if chosen else set()
    for words in list(dict.fromkeys(filter(None, (one_line(each) for each in answers)))):
        label = words[:LONGEST_ANSWER]
        option = before.get(label) if chosen else None
        if option is None:
            code = redrafting.free_name(label, taken)
            taken.add(code)
            option = q.Option(code=code, label={language: q.Wording(standard=label)})
        made.append(option)
    asked = answered_with(question, QuestionKind.CHOICE, None)
    return redrafting.changed(asked, options=made[:MOST_ANSWERS])


def put(question: q.Question, path: Sequence[str | int], words: str, *, easy: bool) -> q.Question:
    """A question with other words at a place, as the question checker names it."""
    language = language_of(question)
    match path:
        case ("ask",):
            return with_words(question, words, language, easy=easy)
        case ("options", int(at), "label") if at < len(question.options):
            label = {language: q.Wording(standard=one_line(words)[:LONGEST_ANSWER])}
            option = redrafting.changed(question.options[at], label=label)
            options = [*question.options[:at], option, *question.options[at + 1 :]]
            return redrafting.changed(question, options=options)
    return question


def with_picture(question: q.Question, code: str, picture: q.Picture | None) -> q.Question:
    """A question with a picture beside its words, or beside one of its answers."""
    if not code:
        return redrafting.changed(question, picture=picture)
    options = [
        redrafting.changed(option, picture=picture) if option.code == code else option
        for option in question.options
    ]
    return redrafting.changed(question, options=options)


def change(
    session: Session,
    idea: Proposal,
    edit: Edit,
    by: By,
    *,
    seen: int,
    part: Callable[[q.Question], object],
) -> Wording:
    """Word a question anew, on top of what others have changed since somebody saw it.

    Words are masked before they are kept, and a trained person is told of words of concern.

    Args:
        edit: gives the changed question, made from the one that stands (None at first).
        seen: the number of the wording that the person had before them, 0 for none.
        part: what of a question is changed, to compare.

    Raises:
        WordingMoved: somebody else has changed that part since.
    """
    latest = _locked(session, idea)
    stay = masking.names_that_stay(session)
    standing = question_of(latest) if latest else None
    if latest is not None and standing is not None and seen != latest.number:
        base = wordings.numbered(session, idea.id, seen)
        based = question_of(base) if base else None
        if based is None or part(based) != part(standing):
            mine = _masked(edit(based), stay)
            if part(mine) != part(standing):
                raise WordingMoved(latest, mine)
    made = edit(standing)
    if latest is not None and made == standing:
        return latest
    known = set(_texts(standing)) if standing else set()
    written = [text for text in (*_texts(made), by.why) if text and text not in known]
    if written:
        words = " ".join(written)
        safeguarding.look(session, words, room=by.room, member=by.member, now=by.now)
    return _kept(session, idea, _masked(made, stay), by, mask(by.why, stay).text)


def keep_aside(session: Session, idea: Proposal, edit: Edit, by: By, *, seen: int) -> Wording:
    """Let another's words stand and keep one's own in the history, so that nothing is lost.

    Args:
        seen: the number of the wording that stands, as the person saw it.

    Raises:
        WordingMoved: a third person has changed the question since.
    """
    theirs = wordings.numbered(session, idea.id, seen)
    mine = change(session, idea, edit, by, seen=seen, part=lambda question: question)
    if theirs is None or theirs.number == mine.number:
        return mine
    return _kept(session, idea, question_of(theirs), by, "")


def _locked(session: Session, idea: Proposal) -> Wording | None:
    """Let one person at a time word a question; the words that stand."""
    session.execute(select(Proposal.id).where(Proposal.id == idea.id).with_for_update())
    return wordings.latest(session, idea.id)


def _kept(session: Session, idea: Proposal, question: q.Question, by: By, why: str) -> Wording:
    latest = wordings.latest(session, idea.id)
    wording = Wording(
        proposal_id=idea.id,
        number=latest.number + 1 if latest else 1,
        question=question.model_dump(mode="json", exclude_defaults=True),
        why=one_line(why)[:LONGEST_WHY],
        member_id=by.member.id if by.member else None,
        created_on=by.today,
    )
    session.add(wording)
    if idea.state in (ProposalState.NEW, ProposalState.TALKING):
        idea.state = ProposalState.TRYING
        idea.version += 1
    session.flush()
    holding.touch(session, by.room)
    return wording


def apart(session: Session, idea: Proposal, words: str, by: By) -> Proposal:
    """Keep the second of two questions in one as an idea of its own, so that nothing is lost."""
    stay = masking.names_that_stay(session)
    other = Proposal(
        group_id=idea.group_id,
        room_id=by.room.id,
        member_id=by.member.id if by.member else None,
        words=mask(one_line(words)[:LONGEST_ASK], stay).text,
        pile_id=idea.pile_id,
        state=ProposalState.NEW,
        created_on=by.today,
    )
    session.add(other)
    session.flush()
    return other


def say_hard(
    session: Session, room: Room, wording: Wording, member: Member, said: Collection[str]
) -> None:
    """Keep which words a member finds hard; said again, it takes the place of what was said.

    Only words of the question are kept, whatever is sent.
    """
    known = words_to_tap(question_of(wording))
    of = (HardWord.wording_id == wording.id, HardWord.member_id == member.id)
    session.execute(select(Member.id).where(Member.id == member.id).with_for_update())
    session.execute(delete(HardWord).where(*of))
    session.add_all(
        HardWord(wording_id=wording.id, member_id=member.id, said=word)
        for word in known
        if word in said
    )
    session.flush()
    holding.touch(session, room)


def words_to_tap(question: q.Question) -> list[str]:
    """Each word of a question and its answers once, in small letters, in the order read."""
    found = (word.casefold() for text in _texts(question) for word in words_of(text))
    return [word for word in dict.fromkeys(found) if len(word) <= LONGEST_WORD]


def _texts(question: q.Question) -> list[str]:
    """What a group wrote of a question: its words and its own answers."""
    own = question.options if question.kind is QuestionKind.CHOICE else []
    texts = [question.ask, *(option.label for option in own)]
    found = [
        text for words in texts for each in words.values() for text in (each.standard, each.easy)
    ]
    return list(dict.fromkeys(text for text in found if text))


def _masked(question: q.Question, stay: Collection[str]) -> q.Question:
    """A question with nothing in its words that names somebody."""

    def clean(words: q.Words) -> q.Words:
        return {
            tag: q.Wording(
                standard=mask(each.standard, stay).text,
                easy=mask(each.easy, stay).text if each.easy else None,
            )
            for tag, each in words.items()
        }

    if question.kind is QuestionKind.CHOICE:
        options = [redrafting.changed(each, label=clean(each.label)) for each in question.options]
        question = redrafting.changed(question, options=options)
    return redrafting.changed(question, ask=clean(question.ask))


# Into a survey.


def is_ready(question: q.Question) -> bool:
    """Whether a question can be asked: it has words and, where it needs them, answers."""
    return bool(question.ask) and (not question.kind.has_options or len(question.options) > 1)


def adopt(
    session: Session,
    idea: Proposal,
    edition: Edition,
    *,
    seen: int,
    after: str | None,
    user_id: int,
    now: datetime,
) -> str:
    """Put a group's question into a survey's draft, on a page of its own; its name there.

    A question that is in the survey already gets the group's latest words, and stays where it is.
    The group signs off the survey from then on, unless another does already.

    Args:
        edition: the draft.
        seen: the revision that the person had before them.
        after: the page behind which it comes; None puts it at the end.

    Raises:
        EditionPublished: the draft was published meanwhile.
        NoSuchPart: the page was taken out meanwhile.
    """
    latest = _locked(session, idea)
    if latest is None:
        raise LookupError("a question without words cannot be adopted")
    asked = question_of(latest)
    named: list[str] = []

    def edit(tree: q.Questionnaire) -> q.Questionnaire:
        there = tree.questions.get(idea.question) if idea.survey_id == edition.survey_id else None
        if there is not None:
            named.append(there.name)
            return redrafting.set_question(tree, there.name, _again(there, _spoken(asked, tree)))
        name = redrafting.free_name(q.said(asked.ask, language_of(asked)), tree.questions)
        named.append(name)
        page = q.Page(
            name=redrafting.free_name(name, {each.name for each in tree.pages}),
            questions=[redrafting.changed(_spoken(asked, tree), name=name)],
        )
        return redrafting.add_page(tree, page, after=after)

    authoring.change(session, edition, edit, seen=seen, user_id=user_id, what="adopt", now=now)
    idea.survey_id, idea.question = edition.survey_id, named[-1]
    idea.state = ProposalState.TRYING
    idea.version += 1
    if wordings.designer(session, edition.survey_id) is None:
        session.add(Designer(survey_id=edition.survey_id, group_id=idea.group_id))
    session.flush()
    return named[-1]


def _again(there: q.Question, asked: q.Question) -> q.Question:
    """A question in a survey with what the group changed; what an officer added stays."""
    same = there.ask.get(language_of(asked)) == asked.ask[language_of(asked)]
    measure = there.measure if _scale(there) == _scale(asked) else None
    return redrafting.changed(
        there,
        ask=there.ask if same else asked.ask,
        kind=asked.kind,
        points=asked.points,
        options=there.options if _labels(there) == _labels(asked) else asked.options,
        picture=asked.picture,
        dont_know=asked.dont_know,
        measure=measure,
    )


def differs(there: q.Question, asked: q.Question) -> bool:
    """Whether the group has changed its question since it went into a survey."""
    tag = language_of(asked)
    return (
        there.ask.get(tag) != asked.ask[tag]
        or there.picture != asked.picture
        or _scale(there) != _scale(asked)
        or _labels(there) != _labels(asked)
    )


def _scale(question: q.Question) -> object:
    return question.kind, question.points, question.codes


def _labels(question: q.Question) -> object:
    """The group's own answers with their pictures; those of ready scales are no one's."""
    if question.kind is not QuestionKind.CHOICE:
        return None if question.points else question.kind
    return [
        (option.code, q.said(option.label, language_of(question)), option.picture)
        for option in question.options
    ]


def draft_of(session: Session, name: str, *, user_id: int, now: datetime) -> Edition | None:
    """A survey's draft, begun from its live edition where there is none; None without a survey."""
    found = surveys.survey(session, name)
    if found is None:
        return None
    if found.draft is not None:
        return found.draft
    tree = surveys.read_edition(session, (found.live or found.editions[0]).id).questionnaire
    return authoring.keep_draft(session, tree, user_id=user_id, what="begin", now=now)


def _spoken(question: q.Question, tree: q.Questionnaire) -> q.Question:
    """A question as a survey has it: ready answers in all of the survey's languages."""
    ready = _ready(question.kind, question.points, list(tree.languages))
    if not ready:
        return question
    return redrafting.changed(question, options=[q.Option.model_validate(each) for each in ready])
