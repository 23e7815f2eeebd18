"""Finds what would show who wrote a comment or whom it is about, and takes it out.

Rules only: numbers by their form and their check digits, names by what stands around them and by
short lists. It never sees all: whoever reads masked comments is still told to look out.
"""

from feedback.analysis.privacy.masking import MOST_KEPT, Kind, Masked, Taken, blanked, mask

__all__ = ["MOST_KEPT", "Kind", "Masked", "Taken", "blanked", "mask"]
