"""The domain's words: kinds, statuses, roles, permissions and the limits that go with them."""

from enum import StrEnum

LONGEST_COMMENT = 4000  # characters; about two pages, far over the longest comment seen in practice
LONGEST_SHORT_TEXT = 200  # characters
LARGEST_NUMBER = 1_000_000  # beyond any head count or count of weeks
DAYS_TO_COME_BACK = 14
DAYS_TO_PUT_BACK = 7  # a card of an event that somebody took away
MONTHS_OF_CARDS = 18  # after which the words of a card are deleted
WORKING_DAYS_TO_ANSWER = 20  # for a question that somebody asked at an event
DAYS_FOR_PAPER = 60  # after a collection closes: what came on paper takes its time to arrive
MOST_TOGETHER = 60  # people before one screen in a validation round; a hall
LONGEST_VOICE = 140  # letters of why a member does not say yes yet, or of what answers lack
LONGEST_REASON_PRINTED = 400  # letters of why a survey opened without its group's yes
MOST_TOKENS = 3  # that a member of a room has to vote with
LEAST_VOTERS = 5  # before numbers of votes are shown; below, only the order
LEAST_IN_ORDER = 2  # voters before there is an order: one voter's is that voter's vote
DAYS_OF_WORRIES = 90  # after closing: then the words of a worry are deleted
LONGEST_REPLY = 140  # letters of talk on an idea
LONGEST_PILE = 60  # letters
LONGEST_IDEA = 300  # letters
MOST_PILES = 12
HOURS_OF_ROOM = 3  # after which a room closes by itself
DAYS_TO_CATCH_UP = 14  # after a room closed, for members who were away
MOST_ON_A_SCREEN = 12  # members of a room who share one browser
MOST_MEMBERS = 60  # of one room; a hall
RECEIPT_WORDS = 4  # words a code has; each of 2,048 words carries 11 bits
ASSENT_VERSION = "2026-11"  # raise when the words of the start page change in meaning


class QuestionKind(StrEnum):
    """What sort of answer a question takes."""

    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    FACES = "faces"
    AGREEMENT = "agreement"
    RATING = "rating"
    NUMBER = "number"
    MONTH = "month"
    SHORT_TEXT = "short_text"
    COMMENT = "comment"
    CARD = "card"

    @property
    def has_options(self) -> bool:
        """One answer out of options that are written down (several for CHOICES)."""
        return self in _WITH_OPTIONS

    @property
    def has_text(self) -> bool:
        """The answer is in the person's own words."""
        return self in (QuestionKind.SHORT_TEXT, QuestionKind.COMMENT)

    @property
    def is_written(self) -> bool:
        """The answer is typed in: own words, or the two words of a card."""
        return self.has_text or self is QuestionKind.CARD

    @property
    def has_number(self) -> bool:
        """The answer is kept as a whole number (a month as year and month, 202611)."""
        return self in (QuestionKind.RATING, QuestionKind.NUMBER, QuestionKind.MONTH)


_WITH_OPTIONS = frozenset(
    {
        QuestionKind.CHOICE,
        QuestionKind.CHOICES,
        QuestionKind.YES_NO,
        QuestionKind.FACES,
        QuestionKind.AGREEMENT,
    }
)


class EditionStatus(StrEnum):
    """Where an edition is in its life; a published edition never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class AnswerState(StrEnum):
    """Whether somebody answered, said they do not know, or passed the question by."""

    GIVEN = "given"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Presentation(StrEnum):
    """Which wording a person reads; one survey, two ways to read it."""

    STANDARD = "standard"
    EASY_READ = "easy_read"


class Test(StrEnum):
    """How a route compares an earlier answer."""

    __test__ = False  # the test runner collects classes of this name

    EQUALS = "equals"
    ONE_OF = "one_of"
    GREATER_THAN = "greater_than"
    ANSWERED = "answered"


class Match(StrEnum):
    """Whether all of a page's routes must hold, or any one of them."""

    ALL = "all"
    ANY = "any"


class Better(StrEnum):
    """Which way is an improvement for a measure."""

    HIGHER = "higher"
    LOWER = "lower"


class Audience(StrEnum):
    """Whom a survey or a collection is for."""

    PARENT = "parent"
    YOUNG_PERSON = "young_person"
    PRACTITIONER = "practitioner"
    EVERYONE = "everyone"


class Channel(StrEnum):
    """How an answer came in; the same answers by each way give the same rows but for this."""

    OWN_PHONE = "own_phone"
    SHARED_DEVICE = "shared_device"
    PAPER = "paper"
    HELPED = "helped"
    PEER_INTERVIEW = "peer_interview"

    @property
    def by(self) -> str:
        """The word in a link that begins this way of answering; none where no link does."""
        return _BY.get(self, "")

    @property
    def passes_on(self) -> bool:
        """One device goes from person to person, so that nothing of the one before may stay."""
        return self in (Channel.SHARED_DEVICE, Channel.PEER_INTERVIEW)


_BY = {
    Channel.SHARED_DEVICE: "shared",
    Channel.HELPED: "helped",
    Channel.PEER_INTERVIEW: "peer",
}


class Helper(StrEnum):
    """Who helped somebody to answer."""

    NOBODY = "nobody"
    FAMILY = "family"
    FRIEND = "friend"
    WORKER = "worker"
    YOUNG_PERSON = "young_person"


class Part(StrEnum):
    """Which part of an event a collection asks about; before, after and later are matched."""

    WHOLE = "whole"
    BEFORE = "before"
    AFTER = "after"
    LATER = "later"


class EventKind(StrEnum):
    """What sort of thing happens."""

    EVENT = "event"
    LISTENING_SESSION = "listening_session"
    TRAINING = "training"
    VISIT = "visit"
    PANEL = "panel"
    SURVEY_ROUND = "survey_round"


class EventStatus(StrEnum):
    """Where an event is in its life."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class CardState(StrEnum):
    """What became of something that was said at an event."""

    ANSWERED_TODAY = "answered_today"
    FOLLOW_UP = "follow_up"
    PASSED_ON = "passed_on"
    ANSWERED_LATER = "answered_later"
    NO_ANSWER = "no_answer"  # nobody can answer it; the reason stands where the answer would

    @property
    def is_open(self) -> bool:
        """Whoever said it is still owed an answer."""
        return self in (CardState.FOLLOW_UP, CardState.PASSED_ON)


class PlaceKind(StrEnum):
    """What sort of place something happens at."""

    HUB = "hub"
    SCHOOL = "school"
    CLINIC = "clinic"
    AREA = "area"
    ONLINE = "online"
    OTHER = "other"


class OrganisationKind(StrEnum):
    """Which sector an organisation belongs to."""

    COUNCIL = "council"
    HEALTH = "health"
    EDUCATION = "education"
    CARE = "care"
    VOLUNTARY = "voluntary"
    PRIVATE = "private"
    EARLY_YEARS = "early_years"
    PARENTS = "parents"


class CodingState(StrEnum):
    """What became of a theme for a comment: suggested by the machine, or a person's word."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class PeriodKind(StrEnum):
    """What a measure is looked at by."""

    CYCLE = "cycle"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    SCHOOL_YEAR = "school_year"
    ROUND = "round"


class NoteKind(StrEnum):
    """What a note on a chart says."""

    CHANGE = "change"  # a service changed
    NEW_START = "new_start"  # limits are worked out anew from here on
    SET_ASIDE = "set_aside"  # a period that does not count


# The one menu of breakdowns, one at a time: the bank's questions about whoever answers. Single
# answers to all of them are counted day by day, so each new one makes the tallies longer.
DIMENSIONS = ("area", "stage", "need", "age_band", "setting")
# Measures that are read as one figure too: the bank's core questions about one thing.
INDICES = {"valued_visible_included": ("valued", "visible", "included")}
# The bank's questions that say who took part, and the one whose answers are the audiences.
ABOUT = ("stage", "need", "age_band", "setting", "area", "language", "ethnicity", "role")
WHO = "who"


class CommitmentState(StrEnum):
    """Where a commitment is, in the order in which most go; `cannot` has its reason beside it."""

    HEARING = "hearing"
    DECIDING = "deciding"
    DOING = "doing"
    DONE = "done"
    CANNOT = "cannot"

    @property
    def is_open(self) -> bool:
        """Somebody still owes something."""
        return self not in (CommitmentState.DONE, CommitmentState.CANNOT)

    @property
    def is_decided(self) -> bool:
        """It is known what will be done, or that nothing can be."""
        return self in (CommitmentState.DOING, CommitmentState.DONE, CommitmentState.CANNOT)


class ReportKind(StrEnum):
    """What sort of paper a report is."""

    BOARD_PAPER = "board_paper"
    THEMED = "themed_report"
    SUMMARY = "summary"  # one page of plain words


class Verdict(StrEnum):
    """What a group says of something that was heard, before it is published."""

    AGREE = "agree"
    NOT_QUITE = "not_quite"
    MISSING = "missing"  # something that belongs to it is not said

    @property
    def wants_answer(self) -> bool:
        """Somebody has to say what was changed, or why nothing was."""
        return self is not Verdict.AGREE


class GroupColour(StrEnum):
    """The colour by which a group knows its room; never the only sign of anything."""

    PLUM = "plum"
    SEA = "sea"
    LEAF = "leaf"
    SUN = "sun"
    BRICK = "brick"


class RoomStep(StrEnum):
    """What everybody in a room does now."""

    IDEAS = "ideas"
    SORTING = "sorting"
    TALKING = "talking"
    VOTING = "voting"
    WORDING = "wording"
    TRYING = "trying"
    APPROVING = "approving"


class ProposalState(StrEnum):
    """Where an idea of a group is; `not_asked` has its reason beside it."""

    NEW = "new"
    TALKING = "talking"
    TRYING = "trying"
    ASKED = "asked"
    ANSWERED = "answered"
    NOT_ASKED = "not_asked"


class ReplyFace(StrEnum):
    """What somebody says of an idea without words."""

    GOOD = "good"
    ME_TOO = "me_too"
    NOT_SURE = "not_sure"
    NOT_FOR_ME = "not_for_me"


class FlagCause(StrEnum):
    """What made a flag: somebody pressed "I am worried", or words of concern."""

    PRESSED = "pressed"
    WORDS = "words"


class FlagState(StrEnum):
    """Where a flag is; `closed` says what was done."""

    RAISED = "raised"
    SEEN = "seen"
    REFERRED = "referred"
    CLOSED = "closed"


class OfferKind(StrEnum):
    """What sort of comment on the local offer it is."""

    COMMENT = "comment"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"  # passed on from where complaints are handled


class OfferChannel(StrEnum):
    """How a comment on the local offer came in."""

    ONLINE = "online"
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    MEETING = "meeting"
    PASSED_ON = "passed_on"


class SourceKind(StrEnum):
    """Where numbers come from that are no answers: totals that name nobody."""

    COMPLAINTS = "complaints"
    MEDIATION = "mediation"
    TRIBUNALS = "tribunals"
    ADVICE_CALLS = "advice_calls"
    OTHER = "other"


class RunState(StrEnum):
    """Where a reading of all comments is."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_open(self) -> bool:
        """It has work to do, now or once it is told to go on."""
        return self in (RunState.QUEUED, RunState.RUNNING, RunState.STOPPED)


class Role(StrEnum):
    """What a member of staff is here to do."""

    ADMINISTRATOR = "administrator"
    OFFICER = "officer"
    FACILITATOR = "facilitator"
    PARTNER = "partner"
    VIEWER = "viewer"
    DATA_ENTRY = "data_entry"


class Permission(StrEnum):
    """What a page asks of the person who opens it."""

    EVERYONE = "everyone"
    ANSWERING = "answering"
    MEMBER = "member"  # a page of somebody in a room
    SIGNED_IN = "signed_in"
    READ_RESULTS = "read_results"  # counted answers, small groups hidden
    READ_MEASURES = "read_measures"  # figures of everybody over time, small groups hidden
    READ_THEMES = "read_themes"  # what comments are about, counted, small groups hidden
    READ_COMMENTS = "read_comments"  # what people wrote, personal data masked
    READ_RAW = "read_raw"  # a comment as it was written; each look is noted
    CLEAR_QUOTES = "clear_quotes"  # let others read words of a comment whose writer said yes
    CODE = "code"  # say what comments are about; codebooks; let the machine read
    EXPORT = "export"  # rows of single answers
    SEE_CALENDAR = "see_calendar"  # events: what is planned, done and cancelled
    PLAN = "plan"  # add and change events, open and close collections
    TAKE_NOTES = "take_notes"  # cards of what people said at an event: read, write, follow up
    KEEP_LISTS = "keep_lists"  # places, courses
    PRINT = "print"  # posters, slips, cards, paper surveys
    ENTER_PAPER = "enter_paper"  # type in what came on paper
    KEEP_FIGURES = "keep_figures"  # notes on charts, profiles, coverage, twins
    RELEASE = "release"  # freeze figures for the public
    SEE_PROMISES = "see_promises"  # insights and commitments, drafts too
    PROMISE = "promise"  # write insights and commitments, say what became of them
    WRITE_REPORTS = "write_reports"  # papers for meetings, freezing them, whom they went to
    APPROVE_REPORTS = "approve_reports"  # say that a frozen paper is right, as its co-owner
    DESIGN = "design"  # write, publish and retire surveys
    HOLD_ROOMS = "hold_rooms"  # open a group's room, look over what is written, close it
    SAFEGUARD = "safeguard"  # words of concern and worries: read, refer, close
    MANAGE_PEOPLE = "manage_people"  # invite, change and end sign-ins; organisations
    READ_AUDIT = "read_audit"  # who did what


_P = Permission
# The one table of who may do what; a test walks it against every page and role.
PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {_P.SIGNED_IN, _P.READ_RESULTS, _P.READ_THEMES, _P.READ_MEASURES, _P.SEE_CALENDAR}
        | {_P.SEE_PROMISES, _P.KEEP_LISTS, _P.MANAGE_PEOPLE, _P.READ_AUDIT}
    ),
    Role.OFFICER: frozenset(
        {_P.SIGNED_IN, _P.READ_RESULTS, _P.READ_COMMENTS, _P.EXPORT, _P.SEE_CALENDAR}
        | {_P.PLAN, _P.KEEP_LISTS, _P.PRINT, _P.ENTER_PAPER, _P.DESIGN}
        | {_P.READ_THEMES, _P.CODE, _P.CLEAR_QUOTES, _P.READ_RAW}
        | {_P.READ_MEASURES, _P.KEEP_FIGURES, _P.RELEASE}
        | {_P.SEE_PROMISES, _P.PROMISE, _P.TAKE_NOTES, _P.WRITE_REPORTS}
        | {_P.HOLD_ROOMS, _P.SAFEGUARD}
    ),
    # Only in the events that are theirs.
    Role.FACILITATOR: frozenset(
        {_P.SIGNED_IN, _P.READ_RESULTS, _P.SEE_CALENDAR, _P.PLAN, _P.PRINT, _P.ENTER_PAPER}
        | {_P.TAKE_NOTES, _P.HOLD_ROOMS}
    ),
    Role.PARTNER: frozenset(
        {_P.SIGNED_IN, _P.READ_RESULTS, _P.READ_THEMES, _P.READ_MEASURES, _P.SEE_CALENDAR}
        | {_P.SEE_PROMISES, _P.PROMISE, _P.APPROVE_REPORTS, _P.HOLD_ROOMS}
    ),
    Role.VIEWER: frozenset(
        {_P.SIGNED_IN, _P.READ_RESULTS, _P.READ_THEMES, _P.READ_MEASURES, _P.SEE_PROMISES}
    ),
    Role.DATA_ENTRY: frozenset({_P.SIGNED_IN, _P.PRINT, _P.ENTER_PAPER}),
}

# Sees and does only what belongs to their own events.
OWN_EVENTS_ONLY = frozenset({Role.FACILITATOR})
# Signing in takes a second step for whoever may do one of these: read what people wrote, or make
# an account that may.
SECOND_STEP = frozenset(
    {Permission.READ_COMMENTS, Permission.READ_RAW, Permission.CODE}
    | {Permission.EXPORT, Permission.MANAGE_PEOPLE, Permission.SAFEGUARD}
)
