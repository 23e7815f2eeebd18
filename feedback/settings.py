"""Typed settings, read once from the environment (names begin with FEEDBACK_)."""

import json
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
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
    demonstration: bool = False
    host_name: str = "Brackenshore SEND partnership"
    contact: str = "send@brackenshore.example"

    address: str = "127.0.0.1"
    port: int = 8000
    workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=6, ge=1, le=256)
    proxies: int = Field(default=0, ge=0, le=5)

    threshold_public: int = Field(default=10, ge=1)
    threshold_staff: int = Field(default=5, ge=1)
    idle_minutes: int = Field(default=30, ge=1)
    busy_seconds: float = Field(default=5.0, gt=0)
    # bytes; twice the longest honest page
    largest_request: int = Field(default=128 * 1024, ge=1024)
    wrong_codes_a_minute: int = Field(default=30, ge=1)
    time_zone: str = "Europe/London"
    log_format: Literal["lines", "json"] = "lines"

    help_line: str = "Childline"
    help_number: str = "0800 1111"
    emergency_number: str = "999"

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
        return self


@cache
def manifest() -> dict[str, str]:
    """Plain name of a built file to its name with a hash, written by the asset build."""
    found = place("static/dist") / "manifest.json"
    return json.loads(found.read_text()) if found.exists() else {}
