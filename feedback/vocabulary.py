"""The domain's words: kinds, statuses, roles, permissions and the limits that go with them."""

from enum import StrEnum

LONGEST_COMMENT = 4000  # characters; about two pages, far over the longest comment seen in practice
LONGEST_SHORT_TEXT = 200  # characters
LARGEST_NUMBER = 1_000_000  # beyond any head count or count of weeks
DAYS_TO_COME_BACK = 14
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

    @property
    def has_options(self) -> bool:
        """One answer out of options that are written down (several for CHOICES)."""
        return self in _WITH_OPTIONS

    @property
    def has_text(self) -> bool:
        """The answer is in the person's own words."""
        return self in (QuestionKind.SHORT_TEXT, QuestionKind.COMMENT)

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


class Role(StrEnum):
    """What a member of staff is here to do."""

    OFFICER = "officer"
    VIEWER = "viewer"


class Permission(StrEnum):
    """What a page asks of the person who opens it."""

    EVERYONE = "everyone"
    ANSWERING = "answering"
    SIGNED_IN = "signed_in"
    READ_RESULTS = "read_results"
    READ_COMMENTS = "read_comments"
    EXPORT = "export"


PERMISSIONS_OF: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.SIGNED_IN, Permission.READ_RESULTS}),
    Role.OFFICER: frozenset(
        {
            Permission.SIGNED_IN,
            Permission.READ_RESULTS,
            Permission.READ_COMMENTS,
            Permission.EXPORT,
        }
    ),
}
