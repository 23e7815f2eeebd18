"""Words read aloud by the espeak-ng of the system, as a sound file; nothing leaves the machine."""

import io
import shutil
import subprocess
import wave
from functools import cache, lru_cache

SLOW = 140  # words a minute; a calm reader, where 175 is usual
SLOWEST_READING = 10  # seconds; a question takes some 30 ms
LONGEST_READ = 600  # letters
KEPT = 40  # sounds, each of some 100 kB
_HEAD = 44  # bytes before the sound itself in what is written to a pipe
_RATE = 22_050  # samples a second, of two bytes

# Languages that we offer, by the name that the program gives to their voice. It knows no Somali.
VOICES = {
    "en": "en-gb",
    **{tag: tag for tag in ("ar", "bn", "pa", "pl", "pt", "ro", "ur", "cy", "fa", "tr", "uk")},
}


@cache
def _program() -> str | None:
    return shutil.which("espeak-ng")


def can_read(language: str) -> bool:
    """Whether this machine has a voice for a language."""
    return language in VOICES and _program() is not None


@lru_cache(maxsize=KEPT)
def read_aloud(words: str, language: str) -> bytes | None:
    """Words as a sound file (WAV); None where there is no voice, or none that was quick enough.

    Args:
        words: what is read; no more than `LONGEST_READ` letters of it.
        language: their tag.
    """
    program = _program()
    if program is None or language not in VOICES:
        return None
    try:
        made = subprocess.run(  # noqa: S603 -- what somebody wrote goes in as text, not in the command
            [program, "-v", VOICES[language], "-s", str(SLOW), "--stdin", "--stdout"],
            input=words[:LONGEST_READ].encode(),
            capture_output=True,
            timeout=SLOWEST_READING,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return _whole(made.stdout[_HEAD:])


def _whole(sound: bytes) -> bytes:
    """The sound with its true length in its head: a pipe does not know it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(_RATE)
        written.writeframes(sound)
    return file.getvalue()
