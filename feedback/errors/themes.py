"""Refusals about codebooks and quotes."""

from feedback.errors.refusal import N_, Refusal


class ThemeNotThere(Refusal):
    """A theme was retired, merged or split while somebody was working on it."""

    status = 409
    title = N_("This theme is not in the codebook any more")
    message = N_(
        "Somebody else took it out in the meantime. Nothing was changed. Its page says what became "
        "of it, and you can bring it back there."
    )


class CodebookFull(Refusal):
    """More themes than anybody codes with."""

    status = 409
    title = N_("There are very many themes already")
    message = N_(
        "A codebook holds up to %(most)s themes. Nothing was changed. Merge or retire some first."
    )


class NotToBeQuoted(Refusal):
    """A comment whose writer did not say yes, or that is not there any more."""

    status = 409
    title = N_("These words may not be quoted")
    message = N_(
        "The person who wrote them did not say yes, or has taken them back. Nothing was changed."
    )


class NotTheirWords(Refusal):
    """A quote that is not what the comment says, perhaps because it was masked again meanwhile."""

    status = 409
    title = N_("These are not the words of the comment")
    message = N_("The comment may have changed. Nothing was changed. Go back and look once more.")


class NoYesToQuote(Refusal):
    """Words of a comment on the local offer are to be shown, and their writer did not say yes."""

    status = 409
    title = N_("These words may not be shown")
    message = N_("The person who wrote them did not say yes. Nothing was changed.")
