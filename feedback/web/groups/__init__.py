"""The workers' door to groups that design questions: groups, rooms, what is written there.

Each file beside this one hangs its own pages on the one door.
"""

from importlib import import_module
from pkgutil import iter_modules

from feedback.web.groups.door import bp

__all__ = ["bp"]

for _each in iter_modules(__path__):
    import_module(f"{__name__}.{_each.name}")
