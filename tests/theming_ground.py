"""Comments to theme, and runs over them, for the tests of what comes of comments."""

from datetime import timedelta

from feedback import jobs
from feedback.questionnaire import Given
from feedback.services import theming

KEY = b"a key of tests"
FEWEST = 5
TRANSPORT = "The taxi to school was late again and the driver was new."
WAITING = "We are still on the waiting list for an assessment."
NOTHING = "Purple elephants like marmalade."


def write(database, answered, collection, *texts, at=None, may_be_quoted=False):
    """One sent response for each text; gives their numbers."""
    keys = []
    for text in texts:
        with database.writing() as writing, writing.begin():
            more = {"may_be_quoted": may_be_quoted, **({"at": at} if at else {})}
            visit = answered(writing, collection, {"more": Given(text=text)}, **more)
        keys.append(visit.id)
    return keys


def ask_for(database, user, now):
    """A run that waits; its number."""
    with database.writing() as writing, writing.begin():
        return theming.start(writing, by=user.id, now=now).id


def read_all(database, user, now, **more):
    """A run from beginning to end; its number."""
    run_id = ask_for(database, user, now)
    jobs.theme(database, run_id, key=KEY, fewest=FEWEST, clock=lambda: now, **more)
    return run_id


LATER = timedelta(hours=1)
