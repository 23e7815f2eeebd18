"""Refusals about a group's yes to a survey."""

from feedback.errors.refusal import N_, Refusal


class NotSignedOff(Refusal):
    """A survey for young people, or one that a group signs off, without its yes to these words."""

    status = 409
    title = N_("The group has not said yes to these words")
    message = N_(
        "The survey was not opened. Nothing was lost. Ask the group to read these words and say "
        "yes, or give a reason for opening it without them."
    )


class ChangedWhileReading(Refusal):
    """Somebody changed the words while the group read them."""

    status = 409
    title = N_("It changed while you read")
    message = N_("Your yes was not kept. Please go back and read what is new. Then say yes again.")


class NobodySaidYes(Refusal):
    """A worker confirms for a group that has not said yes."""

    status = 409
    title = N_("The group has not said yes yet")
    message = N_(
        "Nothing was kept. More people in the room must say yes than not yet. Ask them once more."
    )


class NotThisGroup(Refusal):
    """A group approves what another one signs off."""

    status = 409
    title = N_("Another group says yes to this survey")
    message = N_("Nothing was kept. The survey's page says which group it is.")


class ReasonTooShort(Refusal):
    """An officer opens a survey without its group and says too little."""

    status = 422
    title = N_("Please say more about why")
    message = N_(
        "The survey was not opened. The reason is printed in every report. Write at least "
        "%(count)s letters."
    )
