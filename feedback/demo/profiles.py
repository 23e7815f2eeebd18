"""The made-up profile of Brackenshore, to set beside those who took part."""

from datetime import timedelta

from sqlalchemy.orm import Session

from feedback.analysis.profiles import Group
from feedback.demo.people import Maker, planted
from feedback.queries import profiles
from feedback.services import profiling
from feedback.services.profiling import Facts
from feedback.vocabulary import Audience


def keep_profiles(session: Session, maker: Maker) -> None:
    """Keep the profiles anew; one that an officer has put in the place of ours stays."""
    rules = planted()["profiles"]
    for name, people in rules[Audience.PARENT.value].items():
        there = profiles.one(session, name, Audience.PARENT)
        if there is not None and there.source != rules["source"]:
            continue
        base = sum(people.values())
        groups = [Group(code, count, count / base) for code, count in people.items()]
        day = maker.today + timedelta(days=rules["days"])
        facts = Facts(name, Audience.PARENT, groups, rules["source"], day, base)
        profiling.put(session, facts, there, by=None, now=maker.now)
