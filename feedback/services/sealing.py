"""Seals addresses, finds them again, and makes links that only the host can have made.

All keys come from the host's secret: the address store alone gives no address away, nor a link that
stops or confirms anything.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass

from feedback.vocabulary import Presentation

ID_BYTES = 16  # 128 bits
NONCE_BYTES = 12  # as AES-GCM wants them
BLOCK = 512  # bytes; what is sealed is filled up, so that its length says nothing
TOKEN_LETTERS = 32  # 128 bits of the keyed hash


class NotOurs(Exception):
    """Something was sealed with another secret, or was changed."""


@dataclass(frozen=True)
class Recipient:
    """Where a letter goes, and how it is to be read."""

    address: str
    language: str
    presentation: Presentation


class Seals:
    """Seals and opens with keys of the host's secret."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"addresses:{secret}".encode()).digest()
        self._hash = hashlib.sha256(f"address hashes:{secret}".encode()).digest()

    def mark(self, survey: str, address: str) -> str:
        """What finds an address again for one survey; for another survey it is another one."""
        return self._mac(f"mark|{survey}|{address.strip().casefold()}")

    def seal(self, follower_id: str, recipient: Recipient) -> bytes:
        """Make unreadable where a letter goes; opens for this follower only."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # late: few pages need it

        plain = json.dumps(
            [recipient.address, recipient.language, recipient.presentation], ensure_ascii=False
        ).encode()
        filled = plain + b" " * (-len(plain) % BLOCK)
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._key).encrypt(nonce, filled, follower_id.encode())

    def open(self, follower_id: str, sealed: bytes) -> Recipient:
        """Where a letter goes.

        Raises:
            NotOurs: the secret has changed since, or the row was tampered with.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            plain = AESGCM(self._key).decrypt(nonce, rest, follower_id.encode())
        except InvalidTag:
            raise NotOurs from None
        address, language, presentation = json.loads(plain)
        return Recipient(address, language, Presentation(presentation))

    def token(self, purpose: str, follower_id: str) -> str:
        """What stands in a link ("yes", "stop")."""
        return f"{follower_id}{self._mac(f'{purpose}|{follower_id}')[:TOKEN_LETTERS]}"

    def follower_of(self, purpose: str, token: str) -> str:
        """Whose link it is.

        Raises:
            NotOurs: no such link was ever made, or a part of it is missing.
        """
        follower_id = token[: 2 * ID_BYTES]
        if not hmac.compare_digest(token.encode(), self.token(purpose, follower_id).encode()):
            raise NotOurs
        return follower_id

    def letter_name(self, follower_id: str, about: str) -> str:
        """A name for a letter, the same each time it is tried."""
        return self._mac(f"letter|{follower_id}|{about}")[:TOKEN_LETTERS]

    def _mac(self, text: str) -> str:
        return hmac.digest(self._hash, text.encode(), "sha256").hex()


def fresh_id() -> str:
    """A key for a new row that says nothing."""
    return secrets.token_hex(ID_BYTES)
