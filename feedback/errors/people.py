"""Refusals about signing in and about who may."""

from feedback.errors.refusal import N_, Refusal


class TooManySignIns(Refusal):
    """Somebody is guessing a password; this account waits."""

    status = 429
    title = N_("Please try to sign in again in 15 minutes")
    message = N_(
        "The wrong password was tried many times, so signing in to this account is closed for a "
        "while. Nothing has been changed. If it was not you, tell the person who looks after "
        "sign-ins."
    )
    wait = 15 * 60


class WrongSignIn(Refusal):
    """The e-mail and the password do not belong together."""

    status = 422
    title = N_("Check your e-mail address and password")
    message = N_("They do not match what we know. Nothing else happened. Please try again.")


class WrongNumber(Refusal):
    """The six digits of the second step are wrong, too old, or were used before."""

    status = 422
    title = N_("Check the number")
    message = N_(
        "That number is not right, or it was used already. Wait for the next one in your app and "
        "type it."
    )


class TooManyNumbers(Refusal):
    """Somebody is guessing the second step of this account."""

    status = 429
    title = N_("Please try again in 15 minutes")
    message = N_(
        "A wrong number was typed many times, so the second step of this account is closed for a "
        "while. Nothing has been changed. If it was not you, somebody knows your password: tell "
        "the person who looks after sign-ins."
    )
    wait = 15 * 60


class WrongPassword(Refusal):
    """The password that somebody has now, asked again before a change, is not the one typed."""

    status = 422
    title = N_("Check your password")
    message = N_("That is not the password you have now.")


class PasswordTooWeak(Refusal):
    """A new password that others would guess."""

    status = 422
    title = N_("Choose another password")


class PasswordTooShort(PasswordTooWeak):
    """Fewer letters than we ask for."""

    message = N_(
        "Choose a password of at least %(least)s characters. A few words in a row are good."
    )


class PasswordTooPlain(PasswordTooWeak):
    """A password that stands on every list, one letter again and again, or the e-mail address."""

    message = N_("Others would guess this password. Choose another one.")


class InvitationNotKnown(Refusal):
    """No such invitation, one that was used, or one whose time is over: the same on purpose."""

    status = 404
    title = N_("This link does not work")
    message = N_(
        "It was used already, or its time is over, or a part of it is missing. "
        "Ask the person who invited you to send a new one."
    )


class AlreadyStaff(Refusal):
    """The address that is invited belongs to somebody who is in the list of people."""

    status = 409
    title = N_("This person is in the list already")
    message = N_(
        "Somebody with this address is in the list of people already. "
        "Open their page to change what they may do."
    )


class NotOneself(Refusal):
    """Nobody ends or changes their own access, so that nobody locks themselves out."""

    status = 409
    title = N_("You cannot do this to yourself")
    message = N_("Nothing was changed. Ask another administrator to do it.")


class LastAdministrator(Refusal):
    """Without an administrator nobody could let anybody in."""

    status = 409
    title = N_("This is the last administrator")
    message = N_("Nothing was changed. Make somebody else an administrator first.")
