"""Refusals about validation rounds, and about messages to who wants to be told."""

from datetime import datetime

from feedback.errors.refusal import N_, Refusal


class UnknownRound(Refusal):
    """No validation round answers to the short address."""

    status = 404
    title = N_("We cannot find that page")
    message = N_("Please check the link. Ask the person who gave it to you. Nothing was lost.")


class RoundNotOpen(Refusal):
    """A group opens its findings before the first day."""

    status = 403
    title = N_("This is not open yet")
    message = N_("It opens on %(moment)s. Please come back then. Nothing has been lost.")

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(moment=opens_at)


class RoundClosed(Refusal):
    """A reply came after the round had ended."""

    status = 410
    title = N_("This has closed")
    message = N_(
        "It closed on %(moment)s. What you told us before then is safe and will be read. "
        "Come back to the same link to see what we changed."
    )

    def __init__(self, closes_at: datetime | None) -> None:
        super().__init__(moment=closes_at)


class RoundPutAway(Refusal):
    """A group opens a round that staff ended before its time."""

    status = 410
    title = N_("We ended this")
    message = N_(
        "This is why: “%(because)s” What you told us is safe. You have nothing to do. "
        "Ask the person who gave you the link if you want to know more."
    )

    def __init__(self, because: str) -> None:
        super().__init__(because=because)


class RoundHasReplies(Refusal):
    """Somebody replied in a round that is to be deleted."""

    status = 409
    title = N_("Somebody has replied in the meantime")
    message = N_(
        "Nothing was deleted, and the replies are safe. Go back: you can end the round and put "
        "it away."
    )


class NothingToValidate(Refusal):
    """A round without findings."""

    status = 422
    title = N_("Choose at least one thing that was heard")
    message = N_("Nothing was made. Go back and choose what the group should look at.")


class RoundStillOpen(Refusal):
    """Changes are shown once nobody can reply any more."""

    status = 409
    title = N_("This round is not closed yet")
    message = N_("Nothing was published. Close it first, so that every reply has its answer.")


class RepliesWaitForAnswer(Refusal):
    """Somebody said "not quite" or "missing", and nobody has said what became of it."""

    status = 409
    title = N_("Some replies have no answer yet")
    message = N_(
        "Nothing was published. Say for each of those findings what you changed, or why you did "
        "not. Then publish."
    )


class LetterLinkOver(Refusal):
    """A link of a letter that is not whole, or whose address was deleted meanwhile."""

    status = 404
    title = N_("This link is over")
    message = N_(
        "We do not have your e-mail address any more, or a part of the link is missing. "
        "If you still want to hear from us, you can ask us again."
    )


class TooManyAsked(Refusal):
    """More addresses wait for a yes than people write in any honest week."""

    status = 503
    title = N_("Sorry, we cannot take more addresses just now")
    message = N_(
        "Your address was not kept. Your answers are safe. Please try again in a few days."
    )


class NotFromHere(Refusal):
    """A form that another site sent in somebody's name."""

    status = 403
    title = N_("Sorry, that did not work")
    message = N_("Your address was not kept. Please open our page again and try once more.")
