"""Typed settings, read once from the environment (names begin with FEEDBACK_)."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_SECRET = "only-for-development-never-in-production"  # noqa: S105
SHORTEST_SECRET = 32  # characters

_PACKAGE = Path(__file__).parent


def place(name: str) -> Path:
    """Where a folder that travels with the program is: "templates", "translations" …

    An installed wheel carries the folders inside the package; a checkout has them beside it.
    """
    carried = _PACKAGE / "_data" / name
    return carried if carried.exists() else _PACKAGE.parent / name


class Settings(BaseSettings):
    """What a host can set. Every setting has a default that runs on one laptop."""

    model_config = SettingsConfigDict(env_prefix="FEEDBACK_", extra="ignore", frozen=True)

    production: bool = False
    secret: SecretStr = SecretStr(DEFAULT_SECRET)
    database: str = "sqlite:///instance/feedback.sqlite"
    instance: Path = Path("instance")
    # where the addresses are of those who want to be told; empty: a file in the instance folder
    addresses: str = ""
    demonstration: bool = False
    host_name: str = "Brackenshore SEND partnership"
    contact: str = "send@brackenshore.example"

    # what people open, such as https://feedback.example.gov.uk; empty: as the browser asked for it
    address: str = "127.0.0.1"
    port: int = 8000
    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=6, ge=1, le=256)
    work: bool = True  # `serve` also does the long work; off where `feedback work` runs by itself
    analysis_workers: int = Field(default=1, ge=1, le=64)  # processes that read comments
    proxies: int = Field(default=0, ge=0, le=5)

    threshold_public: int = Field(default=10, ge=1)
    threshold_staff: int = Field(default=5, ge=1)
    idle_minutes: int = Field(default=30, ge=1)
    busy_seconds: float = Field(default=5.0, gt=0)
    # bytes; twice the longest honest page
    largest_request: int = Field(default=128 * 1024, ge=1024)
    largest_picture: int = Field(default=5_000_000, ge=100_000, le=50_000_000)  # bytes of a file
    wrong_codes_a_minute: int = Field(default=30, ge=1)
    time_zone: str = "Europe/London"
    public_address: str = ""  # where people reach us; empty: as each request says
    # sites that may show our block of promises in a frame, with blanks between; "*": any
    embed_sites: str = "*"
    log_format: Literal["lines", "json"] = "lines"

    mail_server: str = ""  # empty: no e-mail leaves, and links are handed over by hand
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_tls: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = ""  # empty: the contact
    mail_seconds: float = Field(default=10.0, gt=0)
    letters_a_minute: int = Field(default=120, ge=1)
    letter_minutes: int = Field(default=60, ge=1, le=60)  # whole steps in which letters leave
    letter_days: int = Field(default=90, ge=1)  # from when all is done until the last letter
    notify_key: SecretStr = SecretStr("")  # of GOV.UK Notify; empty: letters leave by e-mail server
    notify_template: str = ""
    notify_address: str = "https://api.notifications.service.gov.uk"

    vectors: Path | None = None  # folder of a model for sentence vectors; empty: none

    help_line: str = "Childline"
    help_number: str = "0800 1111"
    emergency_number: str = "999"

    @field_validator("public_address")
    @classmethod
    def _can_be_printed(cls, address: str) -> str:
        plain = address.rstrip("/")
        parts = urlsplit(plain)
        if plain and (parts.scheme not in ("http", "https") or plain != _root(parts)):
            raise ValueError(
                "FEEDBACK_PUBLIC_ADDRESS is not the address of a site. "
                "Write it like https://feedback.example.gov.uk, with nothing behind the name."
            )
        return plain

    @field_validator("embed_sites")
    @classmethod
    def _are_sites(cls, sites: str) -> str:
        for site in sites.split():
            parts = urlsplit(site)
            if site != "*" and (parts.scheme not in ("http", "https") or site != _root(parts)):
                raise ValueError(
                    f"FEEDBACK_EMBED_SITES holds {site}, which is not the address of a site. "
                    "Write sites like https://localoffer.example.gov.uk with blanks between, "
                    "* for any, or nothing for none."
                )
            if set(site) & set(";,'\""):
                raise ValueError("FEEDBACK_EMBED_SITES holds a mark that no address has.")
        return " ".join(sites.split())

    @property
    def address_store(self) -> str:
        """The database of those who want to be told: never the one that holds the answers."""
        return self.addresses or f"sqlite:///{self.instance / 'addresses.sqlite'}"

    @property
    def root(self) -> str:
        """Where people reach the site, for letters, which no browser asks for."""
        return self.public_address or f"http://{self.address}:{self.port}"

    @property
    def writes_letters(self) -> bool:
        """Whether people can be told: nothing is promised that cannot be sent."""
        by_notify = self.notify_key.get_secret_value() and self.notify_template
        return bool(self.mail_server or by_notify or self.demonstration)

    @model_validator(mode="after")
    def _two_databases(self) -> "Settings":
        if self.addresses == self.database:
            raise ValueError(
                "FEEDBACK_ADDRESSES is the database of the answers. Addresses stand in one of "
                "their own, so that no copy holds both."
            )
        return self

    @field_validator("vectors", mode="before")
    @classmethod
    def _holds_a_model(cls, folder: str | Path | None) -> Path | None:
        if not folder:
            return None
        lacking = [
            name for name in ("model.onnx", "tokenizer.json") if not (Path(folder) / name).is_file()
        ]
        if lacking:
            raise ValueError(
                f"FEEDBACK_VECTORS is {folder}, and there is no {' and no '.join(lacking)} in it. "
                "Name a folder that holds both, or leave it empty: themes work without."
            )
        return Path(folder)

    @model_validator(mode="after")
    def _safe_in_production(self) -> "Settings":
        if not self.production:
            return self
        secret = self.secret.get_secret_value()
        if secret == DEFAULT_SECRET or len(secret) < SHORTEST_SECRET:
            raise ValueError(
                "FEEDBACK_SECRET is the default or shorter than "
                f"{SHORTEST_SECRET} characters. "
                "Set it to a long random text before you start in production."
            )
        if self.demonstration:
            raise ValueError(
                "FEEDBACK_DEMONSTRATION cannot be on in production: "
                "its sign-ins are printed on the screen."
            )
        if self.mail_tls == "none" and self.mail_password.get_secret_value():
            raise ValueError(
                "FEEDBACK_MAIL_TLS is none, so everybody on the way could read "
                "FEEDBACK_MAIL_PASSWORD. Set it to starttls or tls."
            )
        if not self.notify_address.startswith("https://"):
            raise ValueError(
                "FEEDBACK_NOTIFY_ADDRESS does not begin with https://, so everybody on the way "
                "could read FEEDBACK_NOTIFY_KEY."
            )
        return self


def _root(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


@cache
def manifest() -> dict[str, str]:
    """Plain name of a built file to its name with a hash, written by the asset build."""
    found = place("static/dist") / "manifest.json"
    return json.loads(found.read_text()) if found.exists() else {}


@cache
def picture_index() -> dict[str, dict[str, Any]]:
    """Each picture of the built sets with its search words and credit; none before the build."""
    found = place("static/dist") / "pictures" / "index.json"
    return json.loads(found.read_text(encoding="utf-8")) if found.exists() else {}


@cache
def easy_words() -> frozenset[str]:
    """Words that children know, in small letters, written by the asset build; empty before it."""
    found = place("static/dist") / "words" / "easy.json"
    return frozenset(json.loads(found.read_text())) if found.exists() else frozenset()
