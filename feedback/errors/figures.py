"""Refusals to show or to keep a figure."""

from feedback.errors.refusal import N_, Refusal


class GroupTooSmall(Refusal):
    """So few people answered that rows would point at somebody."""

    status = 403
    title = N_("There are too few answers to show")
    message = N_(
        "A download would show what single people said. "
        "It opens when at least %(threshold)s people have answered."
    )


class ReadWithItsSession(Refusal):
    """Rows of one part of a session would undo what its page and its series' page hide."""

    status = 403
    title = N_("These answers are read with their session")
    message = N_(
        "They belong to a session that was asked before and after. Rows of one session would show "
        "what single people said. The page of its series has a file of all pairs together."
    )


class ReleaseUnderWay(Refusal):
    """Releases are made one after the other."""

    status = 409
    title = N_("Figures are being made public already")
    message = N_("Wait until they are there. It takes a minute or so. Nothing was changed.")


class ShareWithoutBase(Refusal):
    """A share of nobody, or of fewer people than it counts."""

    status = 422
    title = N_("This cannot be a share")
    message = N_(
        "A share needs how many people it is out of, and cannot count more than those. Nothing was "
        "changed. Please look at both numbers."
    )


class NotCountedYet(Refusal):
    """A count of a day that has not come."""

    status = 422
    title = N_("The day it was counted on is still to come")
    message = N_("Nothing was changed. Write the day on which somebody counted.")


class CountedAlready(Refusal):
    """Another entry says something else of the same people, or the same figure, on that day."""

    status = 409
    title = N_("There is a count of that day already")
    message = N_(
        "It says something else. Nothing was changed. Change that one, or write another day here."
    )


class NoTwins(Refusal):
    """Two measures that cannot be read side by side, or a pair that is not there any more."""

    status = 409
    title = N_("These two cannot be read side by side")
    message = N_(
        "Each of them needs a share of good answers, and one may have gone meanwhile. "
        "Nothing was changed. Choose two from the lists."
    )


class CountsOverlap(Refusal):
    """Two totals of the same kind and theme share some days."""

    status = 409
    title = N_("These days are counted already")
    message = N_(
        "There is a count of the same kind and theme that shares some of these days. Nothing was "
        "changed. Change that one, or write other days here."
    )
