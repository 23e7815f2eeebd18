"""Shares worked out from their two counts, and whether a given per cent agrees with them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_PER_CENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,3}))?")
_ALL = 100  # per cent


def per_cent(part: int, whole: int) -> Decimal:
    """A share in per cent with one decimal, halves up: 73 of 111 is 65.8.

    Raises:
        ValueError: not 0 <= part <= whole, or nobody in the whole.
    """
    return _rounded(_share(part, whole))


def read_per_cent(typed: str) -> str | None:
    """A per cent in the digits it was given with: "65,80 %" is "65.80"; None where it is none.

    The digits are kept, for they say how exactly somebody meant it.
    """
    found = _PER_CENT.fullmatch(typed.strip().removesuffix("%").strip())
    if not found or not found[0].isascii():
        return None
    plain = ".".join(filter(None, (str(int(found[1])), found[2])))
    return plain if Fraction(plain) <= _ALL else None


def disagrees(said: str, part: int, whole: int) -> bool:
    """Whether a given per cent is further off its counts than rounding to its digits explains.

    "65" stands for anything from 64.5 to 65.5, so 73 of 111 (65.77) disagrees with it; "65.8"
    stands for 65.75 to 65.85. Both ends count, for people round halves either way.

    Args:
        said: as `read_per_cent` gives it.
    """
    digits = len(said.partition(".")[2])
    return abs(Fraction(said) - _share(part, whole)) > Fraction(1, 2 * 10**digits)


def still_missing(trained: int, staff: int, target: int) -> int:
    """How many more people a staff group needs to have trained to be at its target.

    Args:
        target: per cent of the staff, 1 to 100.
    """
    return max(0, -(-target * staff // _ALL) - trained)


def _share(part: int, whole: int) -> Fraction:
    if not 0 <= part <= whole or not whole:
        raise ValueError("a share needs 0 <= part <= whole, and somebody in the whole")
    return Fraction(_ALL * part, whole)


def _rounded(share: Fraction) -> Decimal:
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
