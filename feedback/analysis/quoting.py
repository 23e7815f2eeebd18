"""Whether a quote is somebody's own words, and nothing but theirs."""

import re

LEFT_OUT = "…"
_DOTS = re.compile(r"\s*(?:…|\.{3,})\s*")


def tidied(quote: str) -> str:
    """A quote with single spaces, and one sign where words were left out.

    A sign at either end says nothing: that a quote is a part is known.
    """
    parts = (" ".join(part.split()) for part in _DOTS.split(quote))
    return f" {LEFT_OUT} ".join(part for part in parts if part)


def own_words(quote: str, comment: str) -> bool:
    """Whether each part of a quote stands in the comment, word for word and in the same order.

    Args:
        quote: parts of the comment with "…" or "..." between them.
        comment: all that was written.
    """
    said = tidied(comment)
    start = 0
    parts = tidied(quote).split(f" {LEFT_OUT} ")
    for part in parts:
        # Whole words: half of "unhappy" would say the contrary.
        found = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(said, start) if part else None
        if found is None:
            return False
        start = found.end()
    return True
