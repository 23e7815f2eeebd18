"""Clears words of a comment for others to read, and takes a quote back."""

from datetime import datetime

from sqlalchemy.orm import Session

from feedback.analysis.quoting import own_words, tidied
from feedback.errors import NotTheirWords, NotToBeQuoted
from feedback.models.quotes import Quote
from feedback.queries import coding as stored
from feedback.queries import quotes
from feedback.queries.themes import Key
from feedback.services import audit


def clear(session: Session, key: Key, text: str, *, enough: int, by: int, now: datetime) -> Quote:
    """Let others read words of a comment; cleared again, the new words take the old ones' place.

    Args:
        text: parts of the masked comment, with "…" where something was left out.
        enough: people who must have sent to the comment's collection.

    Raises:
        NotToBeQuoted: its writer did not say yes, it is gone, or too few have sent.
        NotTheirWords: the text is not what the comment says.
    """
    stored.hold(session, key)
    words = stored.words(session, key, enough=enough)
    if words is None or not words.may_be_quoted:
        raise NotToBeQuoted
    if not own_words(text, words.text):
        raise NotTheirWords
    found = quotes.of_comment(session, key)
    quote = found[0] if found else Quote(response_id=key[0], question_id=key[1])
    quote.text, quote.user_id, quote.cleared_at = tidied(text), by, now
    session.add(quote)
    audit.note(session, by, "clear quote", _subject(key), now=now)
    return quote


def take_back(session: Session, key: Key, *, by: int, now: datetime) -> None:
    """Let nobody read a quote any more; safe to do twice."""
    stored.hold(session, key)
    found = quotes.of_comment(session, key)
    if found:
        session.delete(found[0])
        audit.note(session, by, "take back quote", _subject(key), now=now)


def _subject(key: Key) -> str:
    return f"comment {key[0]}-{key[1]}"
