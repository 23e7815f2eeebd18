"""Words read aloud: a sound of the right length, in the languages that have a voice."""

import io
import wave

import pytest

from feedback.languages import OFFERED
from feedback.outputs import speech

pytestmark = pytest.mark.skipif(
    not speech.can_read("en"), reason="espeak-ng is not on this machine"
)


def seconds(sound):
    with wave.open(io.BytesIO(sound)) as read:
        return read.getnframes() / read.getframerate()


def test_a_longer_text_takes_longer_and_says_how_long():
    short = seconds(speech.read_aloud("How is it?", "en"))
    long = seconds(speech.read_aloud("How is the bus that brings you to school?", "en"))
    assert 0.4 < short < long < 10


@pytest.mark.parametrize("tag", OFFERED)
def test_every_language_that_we_offer_has_a_voice(tag):
    assert speech.can_read(tag)
    assert seconds(speech.read_aloud("1 2 3", tag)) > 0.4


def test_what_somebody_wrote_is_no_command():
    assert seconds(speech.read_aloud("-w /tmp/nothing; $(echo no)", "en")) > 0.4


def test_a_language_without_a_voice_is_not_read():
    assert not speech.can_read("so")
    assert speech.read_aloud("Haa", "so") is None
