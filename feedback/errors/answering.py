"""Refusals to somebody who answers, or comes back with a code."""

from datetime import datetime

from feedback.errors.refusal import N_, Refusal


class UnknownCollection(Refusal):
    """No survey answers to the short code."""

    status = 404
    title = N_("We cannot find that survey")
    message = N_(
        "Please check the code on the poster or in your message. "
        "Capital letters, spaces and dashes do not matter."
    )


class NotYetOpen(Refusal):
    """The collection's first day is still to come."""

    status = 403
    title = N_("This survey is not open yet")
    message = N_("It opens on %(moment)s. Please come back then. Nothing has been lost.")

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(moment=opens_at)


class CollectionClosed(Refusal):
    """The collection takes no more answers; perhaps while the person was filling it in."""

    status = 410
    title = N_("This survey has closed")
    message = N_(
        "It closed on %(moment)s and takes no more answers. "
        "Answers that were sent before then are safe and will be read."
    )

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(moment=closes_at)


class CollectionWithdrawn(Refusal):
    """The team took the survey back."""

    status = 410
    title = N_("This survey has been taken away")
    message = N_(
        "The people who asked have stopped this survey. "
        "You do not need to do anything. You can still ask for help at any time."
    )


class PlaceNotFound(Refusal):
    """The phone does not say whose answers these are (no cookie, or a very old one)."""

    status = 403
    title = N_("We lost your place")
    message = N_(
        "This device did not tell us which answers are yours. "
        "Answers you saved are still safe. Open the survey again from its link or code, "
        "or use your code to come back. If this keeps happening, "
        "allow cookies for this site: we use only one, to keep your place."
    )


class AlreadySent(Refusal):
    """A page or a second sending arrived after the answers were sent."""

    status = 409
    title = N_("You have already sent your answers")
    message = N_(
        "The answers you sent are safe and have not changed. What you wrote just now was not added."
    )


class ResponseWithdrawn(Refusal):
    """The person took these answers back, or they were deleted after 14 days."""

    status = 410
    title = N_("These answers have been deleted")
    message = N_(
        "They were taken back, or they were not finished in time. "
        "We keep nothing of them. You can start again if you want to."
    )


class CodeNotKnown(Refusal):
    """No such code, or one whose time is over: the two look the same on purpose."""

    status = 404
    title = N_("We cannot find anything for that code")
    message = N_(
        "Please check the four words and their order. "
        "If the answers were taken back, or the code is too old, there is nothing left to show."
    )


class TooManyCodes(Refusal):
    """Somebody is guessing codes; everybody waits a little."""

    status = 429
    title = N_("Please try your code again in a minute")
    message = N_(
        "Many wrong codes were tried just now, so we are going slowly to keep answers safe. "
        "Your answers and your code are safe."
    )
    wait = 60
