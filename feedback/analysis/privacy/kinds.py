"""What personal data can be."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of personal data, as their placeholders call them."""

    EMAIL = "email"
    LINK = "link"
    HANDLE = "handle"
    PHONE = "phone"
    POSTCODE = "postcode"
    NHS_NUMBER = "NHS number"
    NATIONAL_INSURANCE = "National Insurance number"
    PUPIL_NUMBER = "pupil number"
    NUMBER = "number"  # a long one that could be anybody's reference
    PLATE = "number plate"
    ADDRESS = "address"
    DATE_OF_BIRTH = "date of birth"
    NAME = "name"


@dataclass(frozen=True)
class Taken:
    """One thing that was taken, by its place in the text as it was written."""

    kind: Kind
    start: int
    end: int
