"""Codes of four easy words: made from a response's id and a key, kept only as keyed hashes."""

import hashlib
import hmac
import math
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

from feedback.vocabulary import RECEIPT_WORDS

_WORD = re.compile(r"[^\W\d_]+")


@cache
def easy_words() -> tuple[str, ...]:
    """The words that codes are made of, in a fixed order."""
    return tuple((Path(__file__).parent.parent / "words.txt").read_text("utf-8").split())


def bits() -> float:
    """How hard a code is to guess: 44 bits or more."""
    return RECEIPT_WORDS * math.log2(len(easy_words()))


class Codes:
    """Makes and recognises codes with the host's secret.

    The same response always gets the same code, so a repeated sending shows the same receipt,
    and a database without the secret gives no code away.
    """

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"codes:{secret}".encode()).digest()

    def words(self, purpose: str, submission_id: str, turn: int = 0) -> str:
        """Four words for one purpose ("receipt", "resume"), such as "apple kite drum river"."""
        number = int.from_bytes(self._mac(f"{purpose}:{submission_id}:{turn}"))
        words = easy_words()
        chosen = []
        for _ in range(RECEIPT_WORDS):
            number, at = divmod(number, len(words))
            chosen.append(words[at])
        return " ".join(chosen)

    def cards(self, event_code: str, number: int) -> list[str]:
        """Two words each for the learners of an event; the same each time they are printed."""
        words = easy_words()
        cards: dict[str, None] = {}
        turn = 0
        while len(cards) < number:
            drawn = int.from_bytes(self._mac(f"card:{event_code}:{turn}")[:8])
            first, second = words[drawn % len(words)], words[drawn // len(words) % len(words)]
            if first != second:
                cards[f"{first} {second}"] = None
            turn += 1
        return list(cards)

    def hashed(self, purpose: str, typed: str) -> str:
        """What is kept of a code, and looked up; case, marks and blanks do not matter."""
        plain = unicodedata.normalize("NFKC", typed[:200]).casefold()
        return self._mac(f"{purpose}|{' '.join(_WORD.findall(plain))}").hex()

    def reference(self, submission_id: str) -> str:
        """What a deletion keeps of a response's id."""
        return self._mac(f"deleted|{submission_id}").hex()

    def second_step_key(self, user_id: int, turn: int) -> bytes:
        """The key that somebody's app and we make the numbers of the second step from."""
        return self._mac(f"second-step|{user_id}|{turn}")[:20]  # bytes that every app takes

    def cards_key(self, user_id: int) -> bytes:
        """The key that locks what somebody's tablet keeps of issue cards until they are sent."""
        return self._mac(f"issue-cards|{user_id}")

    def tapped(self, browser: str, page: str, day: date) -> str:
        """What a day keeps of a browser that said whether a page is clear."""
        return self._mac(f"tapped|{day.isoformat()}|{page}|{browser}").hex()

    def room_key(self, code: str) -> str:
        """What the square of a room carries: whoever scanned it did not guess the code."""
        return self._mac(f"room|{code}").hex()[:12]

    def guessed(self, what: str) -> str:
        """What a count of wrong guesses keeps of the thing that was guessed at."""
        return self._mac(f"guessed|{what}").hex()

    def _mac(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), "sha256")
