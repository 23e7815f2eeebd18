"""Working days between two days: Mondays to Fridays; bank holidays are not known here."""

from datetime import date

WEEK, WORKING = 7, 5  # days


def working_days(since: date, until: date) -> int:
    """How many Mondays to Fridays come after a day, up to another one, which counts too.

    Args:
        since: the day itself does not count.
        until: where it is not after `since`, there are none.
    """
    days = (until - since).days
    if days <= 0:
        return 0
    weeks, rest = divmod(days, WEEK)
    first = since.weekday() + 1
    return weeks * WORKING + sum((first + each) % WEEK < WORKING for each in range(rest))
