"""The members' door: a room for a group, opened by a short code, with no account and no name.

Each file beside this one hangs its own pages on the one door.
"""

from importlib import import_module
from pkgutil import iter_modules

from feedback.web.together.door import bp

__all__ = ["bp"]

for _each in iter_modules(__path__):
    import_module(f"{__name__}.{_each.name}")
