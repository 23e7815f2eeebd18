"""Many files as one, the same bytes each time they are put together."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date

_PLAIN = 0o644 << 16  # a file that its owner may change and everybody read
_UNIX = 3  # what it was packed on is part of the bytes, so one is named


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """A zip of files in the order given; every file carries the same day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = _PLAIN, _UNIX
            archive.writestr(entry, content)
    return packed.getvalue()
